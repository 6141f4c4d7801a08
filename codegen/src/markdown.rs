//! From the Markdown of specs to Markdown that is safe on any page.
//!
//! A text is parsed and rewritten from its elements: paragraphs, lists, emphasis, code, links to `https`. Everything else
//! (HTML, images, headings, template syntax) comes out as text. So nothing in a spec can break a table, leave a fence, or reach a browser
//! or a site generator as markup.

use pulldown_cmark::{Event, Parser, Tag, TagEnd, TextMergeStream};
use serde_json::Value;

/// The context of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// On separate lines.
    Block,
    /// In one line of a table.
    Cell,
}

/// A text on separate lines.
pub(crate) fn block(text: &str) -> String {
    write(text, Place::Block)
}

/// A text in a table cell: one line, `<br>` between paragraphs, `•` before list items.
pub(crate) fn cell(text: &str) -> String {
    write(text, Place::Cell)
}

/// A plain text, as it is: nothing in it is markup.
pub(crate) fn plain(text: &str) -> String {
    if is_prose(text) && !text.contains("  ") {
        return text.to_owned();
    }
    let line = visible(text).split_whitespace().collect::<Vec<_>>().join(" ");
    escape_start(&escape(&line))
}

/// A code span.
pub(crate) fn code(text: &str) -> String {
    let text = visible(text).replace(['\n', '\r'], " ");
    if text.trim().is_empty() {
        return if text.is_empty() { "*empty*".to_owned() } else { "*blank*".to_owned() };
    }
    if text.contains('|') || has_template_syntax(&text) {
        return format!("<code>{}</code>", entities(&text, |c| "<>&|{}%#[]*_`\\~$!".contains(c)));
    }
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    let pad = if text.starts_with('`')
        || text.ends_with('`')
        || (text.starts_with(' ') && text.ends_with(' '))
    {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Whether a site generator could take a part of the text for its own language: in code too, most of them do.
fn has_template_syntax(text: &str) -> bool {
    ["{{", "{%", "{#"].iter().any(|start| text.contains(start))
}

/// The text with some characters as numeric references of HTML, which no Markdown and no template language reads.
fn entities(text: &str, wanted: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if wanted(c) { out.push_str(&format!("&#{};", u32::from(c))) } else { out.push(c) }
    }
    out
}

/// JSON for people. Characters that hide or reorder others are escaped, as JSON can.
pub(crate) fn json(value: &Value) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    let hides = |c: char| visible_char(c) != c;
    if !text.contains(hides) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if hides(c) { out.push_str(&format!("\\u{:04x}", u32::from(c))) } else { out.push(c) }
    }
    out
}

/// A fenced block of code.
pub(crate) fn fence(text: &str, language: &str) -> String {
    if has_template_syntax(text) {
        let text = entities(&visible(text), |c| matches!(c, '<' | '>' | '&' | '{' | '%' | '#'));
        return format!(
            "<pre lang=\"{language}\"><code>{}\n</code></pre>",
            text.trim_end_matches('\n')
        );
    }
    let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}", visible(text).trim_end_matches('\n'))
}

fn longest_run(text: &str, wanted: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// The text with characters that hide or reorder others made visible.
pub(crate) fn visible(text: &str) -> String {
    if text.contains(|c| visible_char(c) != c) {
        text.chars().map(visible_char).collect()
    } else {
        text.to_owned()
    }
}

fn visible_char(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

/// Whether a text is one line that begins with a letter and holds nothing that could be markup: most texts, which mean what they are.
fn is_prose(text: &str) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b" ,.;:'\"()/?%=+-".contains(byte);
    let bytes = text.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && bytes.last() != Some(&b' ')
        && bytes.iter().all(is_plain)
}

/// Text in which nothing is markup, of Markdown, HTML or a template language.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let chars: Vec<char> = text.chars().collect();
    for (index, &c) in chars.iter().enumerate() {
        let neighbour =
            |offset: isize| index.checked_add_signed(offset).and_then(|at| chars.get(at)).copied();
        let within_word = || {
            neighbour(-1).is_some_and(char::is_alphanumeric)
                && neighbour(1).is_some_and(char::is_alphanumeric)
        };
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' if neighbour(1).is_some_and(|next| next.is_alphanumeric() || next == '#') => {
                out.push_str("&amp;");
            }
            '{' if matches!(neighbour(1), Some('{' | '%' | '#')) || neighbour(-1) == Some('{') => {
                out.push_str("&#123;");
            }
            '_' if within_word() => out.push('_'),
            // Before a link it would make an image of it.
            '!' if matches!(neighbour(1), None | Some('[')) => out.push_str("\\!"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A paragraph whose beginning could be taken for a list, heading, quote or rule.
fn escape_start(text: &str) -> String {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let after = text[digits..].chars().next();
    if digits > 0 && matches!(after, Some('.' | ')')) {
        return format!("{}\\{}", &text[..digits], &text[digits..]);
    }
    match text.chars().next() {
        Some('#' | '+' | '-' | '=' | ':' | '!') => format!("\\{text}"),
        _ => text.to_owned(),
    }
}

struct Writer {
    place: Place,
    out: String,
    /// For each open list: the next number of an ordered one.
    lists: Vec<Option<u64>>,
    /// The address of the open link; `None` if it leads nowhere safe.
    link: Vec<Option<String>>,
    /// Text of the open code block, with its language.
    code: Option<(String, String)>,
    /// Nothing was written since the last break.
    fresh: bool,
}

fn write(text: &str, place: Place) -> String {
    if is_prose(text) {
        return text.to_owned();
    }
    let text = visible(text);
    let mut writer = Writer {
        place,
        out: String::new(),
        lists: Vec::new(),
        link: Vec::new(),
        code: None,
        fresh: true,
    };
    // An escaped character begins a text of its own, and what is markup shows only in the whole.
    for event in TextMergeStream::new(Parser::new(&text)) {
        writer.event(event);
    }
    // Other blanks stay: without them, what was no heading could become one.
    writer.out.trim_matches([' ', '\n']).to_owned()
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Html(text) | Event::InlineHtml(text) => {
                for line in text.lines() {
                    self.text(line);
                    self.text(" ");
                }
            }
            Event::Code(text) => self.push(&code(&text)),
            Event::SoftBreak => self.push(" "),
            // At the beginning of a line it would open a block of HTML.
            Event::HardBreak if self.fresh => {}
            Event::HardBreak => {
                self.push(if self.place == Place::Cell { "<br>" } else { "<br>\n" });
                self.fresh = true;
            }
            Event::Rule => self.paragraph(),
            Event::Text(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.text(&text),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::HtmlBlock => {
                if self.lists.is_empty() {
                    self.paragraph();
                } else if !self.fresh {
                    self.item_break();
                }
            }
            Tag::Heading { .. } => {
                self.paragraph();
                self.push("**");
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    pulldown_cmark::CodeBlockKind::Fenced(language) => {
                        language.chars().filter(char::is_ascii_alphanumeric).collect()
                    }
                    pulldown_cmark::CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
            }
            Tag::List(first) => {
                if self.lists.is_empty() && self.place == Place::Block {
                    self.paragraph();
                }
                self.lists.push(first);
            }
            Tag::Item => self.item(),
            Tag::Emphasis => self.push("*"),
            Tag::Strong => self.push("**"),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                let safe = dest_url.starts_with("https://")
                    && !dest_url.contains(|c: char| c.is_whitespace() || "<>()|`\"\\".contains(c));
                if safe {
                    self.push("[");
                }
                self.link.push(safe.then(|| dest_url.to_string()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Emphasis => self.push("*"),
            TagEnd::Heading(_) | TagEnd::Strong => self.push("**"),
            TagEnd::Link | TagEnd::Image => {
                if let Some(Some(address)) = self.link.pop() {
                    self.push(&format!("]({address})"));
                }
            }
            _ => {}
        }
    }

    fn end_code(&mut self) {
        let Some((language, text)) = self.code.take() else { return };
        self.paragraph();
        match self.place {
            Place::Cell => {
                let lines: Vec<String> =
                    text.lines().filter(|line| !line.trim().is_empty()).map(code).collect();
                self.push(&lines.join("<br>"));
            }
            Place::Block => {
                let indent = self.indent();
                let block = fence(&text, &language).replace('\n', &format!("\n{indent}"));
                self.push(&block);
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
            return;
        }
        let escaped = escape(&text.replace('\n', " "));
        let escaped = if self.fresh { escape_start(&escaped) } else { escaped };
        // A dropped link or a tag may have stood between the two characters that open template syntax.
        match escaped.strip_prefix(['{', '%', '#']) {
            Some(rest) if self.out.ends_with('{') => {
                self.push(&format!("&#{};{rest}", u32::from(escaped.as_bytes()[0])));
            }
            _ => self.push(&escaped),
        }
    }

    fn push(&mut self, text: &str) {
        if !text.is_empty() {
            self.out.push_str(text);
            self.fresh = false;
        }
    }

    /// The spaces before a line within the open lists.
    fn indent(&self) -> String {
        "   ".repeat(self.lists.len())
    }

    fn paragraph(&mut self) {
        if !self.out.is_empty() {
            match self.place {
                Place::Cell => self.out.push_str("<br>"),
                Place::Block => {
                    let indent = self.indent();
                    self.out.push_str(&format!("\n\n{indent}"));
                }
            }
        }
        self.fresh = true;
    }

    fn item_break(&mut self) {
        self.out.push_str(if self.place == Place::Cell { "<br>" } else { "<br>\n" });
        if self.place == Place::Block {
            let indent = self.indent();
            self.out.push_str(&indent);
        }
        self.fresh = true;
    }

    fn item(&mut self) {
        let depth = self.lists.len().saturating_sub(1);
        let marker = match (self.place, self.lists.last_mut()) {
            (Place::Cell, _) => "• ".to_owned(),
            (Place::Block, Some(Some(number))) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            (Place::Block, _) => "-  ".to_owned(),
        };
        match self.place {
            Place::Cell if self.out.is_empty() => {}
            Place::Cell => self.out.push_str("<br>"),
            Place::Block if self.out.is_empty() || self.out.ends_with('\n') => {}
            Place::Block => self.out.push('\n'),
        }
        if self.place == Place::Block {
            self.out.push_str(&"   ".repeat(depth));
        }
        self.out.push_str(&marker);
        self.fresh = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_ours_survives() {
        assert_eq!(
            block("Returns *a* `user`.\nSee [docs](https://example.com/x)."),
            "Returns *a* `user`. See [docs](https://example.com/x)."
        );
        assert_eq!(block("One:\n\n- a\n- b"), "One:\n\n-  a\n-  b");
        assert_eq!(
            cell("One:\n\n- a\n- `b|c`\n\nTwo"),
            "One:<br>• a<br>• <code>b&#124;c</code><br>Two"
        );
    }

    #[test]
    fn markup_of_others_does_not() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=y>",
            "[x](javascript:alert(1))",
            "{{ x }}{% y %}",
            "<!-- x",
            "![x](http://a)",
        ] {
            for safe in [block(hostile), cell(hostile)] {
                assert!(
                    !safe.contains('<')
                        && !safe.contains("](")
                        && !safe.contains("{{")
                        && !safe.contains("{%"),
                    "{safe}"
                );
            }
        }
    }

    #[test]
    fn markup_in_pieces_does_not_either() {
        for hostile in [
            "&#123;&#123; x }}",
            "\\{\\{ x }}",
            "{[{ x }}](http://a)",
            "{[% x %}](http://a)",
            "{[# x #}](http://a)",
        ] {
            for safe in [block(hostile), cell(hostile)] {
                assert!(
                    !safe.contains("{{") && !safe.contains("{%") && !safe.contains("{#"),
                    "{safe}"
                );
            }
        }
        assert_eq!(block("a\\![x](https://a.example)"), "a\\![x](https://a.example)");
        assert_eq!(block("1\\. x"), "1\\. x");
        assert_eq!(block("a  \n\\# x"), "a<br>\n\\# x");
        assert_eq!(block("\u{a0}# x"), "\u{a0}# x");
        assert_eq!(block("\\\n*x*"), "*x*");
    }

    #[test]
    fn prose_is_what_a_parser_takes_for_prose() {
        for text in [
            "Get a user.",
            "a: b; c (d) / e?",
            "x = 1 + 2 - 3%",
            "a  b",
            "It's \"so\"",
            "a 1. b",
            "e - f",
        ] {
            assert!(is_prose(text), "{text}");
            assert_eq!(block(text), text);
            // What follows keeps it from being taken as it is.
            assert_eq!(block(&format!("{text} *x*")), format!("{text} *x*"));
        }
        for text in ["", "1. a", "- a", " a", "a ", "a_b", "a\nb", "a*", "a&amp;", "a\tb", "ä"] {
            assert!(!is_prose(text), "{text}");
        }
    }

    #[test]
    fn code_survives_backticks() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code(""), "*empty*");
    }

    #[test]
    fn code_survives_pipes_and_template_languages() {
        assert_eq!(code("a|b"), "<code>a&#124;b</code>");
        assert_eq!(code("{{ x }}"), "<code>&#123;&#123; x &#125;&#125;</code>");
        assert_eq!(
            fence("a\n\n\n{% raw %} <b>", "yaml"),
            "<pre lang=\"yaml\"><code>a\n\n\n&#123;&#37; raw &#37;} &#60;b&#62;\n</code></pre>"
        );
        // A parser reads back what was meant.
        let html = code("`{{ *x* | y }}` & <b>");
        let shown: String = Parser::new(&html)
            .filter_map(
                |event| if let Event::Text(text) = event { Some(text.to_string()) } else { None },
            )
            .collect();
        assert_eq!(shown, "`{{ *x* | y }}` & <b>");
    }

    #[test]
    fn json_escapes_what_hides() {
        assert_eq!(
            json(&serde_json::json!({"a": "\u{202e}x\n"})),
            "{\n  \"a\": \"\\u202ex\\n\"\n}"
        );
    }

    proptest::proptest! {
        #[test]
        fn a_cell_is_one_cell(text in "[ -~\\n`|\\\\*_<>\\[\\]]{0,60}") {
            // A parser drops cells beyond the head's, so counting cells proves nothing: what stands after ours must still stand second.
            for ours in [cell(&text), code(&text), plain(&text)] {
                let table = format!("| a | b |\n| --- | --- |\n| {ours} | second |\n| x | y |\n");
                proptest::prop_assert_eq!(second_cells(&table), ["b", "second", "y"], "{}", table);
            }
        }
    }

    /// The text of every row's second cell.
    fn second_cells(table: &str) -> Vec<String> {
        let (mut cells, mut column) = (Vec::new(), 0);
        for event in Parser::new_ext(table, pulldown_cmark::Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => column = 0,
                Event::Start(Tag::TableCell) => {
                    column += 1;
                    if column == 2 {
                        cells.push(String::new());
                    }
                }
                Event::Text(text) | Event::Code(text) if column == 2 => {
                    if let Some(cell) = cells.last_mut() {
                        cell.push_str(&text);
                    }
                }
                _ => {}
            }
        }
        cells
    }
}
