//! Text on its way into HTML. Every character of a spec passes through [`escape`].

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// Text in which nothing is markup: not of HTML, nor of a template language that a host might run over the pages.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    escape_into(text, &mut out);
    out
}

pub(crate) fn escape_into(text: &str, out: &mut String) {
    // A parser may give one text in pieces.
    let mut previous = out.chars().next_back().unwrap_or_default();
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '{' | '%' | '#' if previous == '{' => out.push_str(&format!("&#{};", u32::from(c))),
            c if is_hidden(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
        previous = c;
    }
}

/// Whether a character hides or reorders others.
pub(crate) fn is_hidden(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => true,
        c => c.is_control(),
    }
}

/// A line of Markdown as text: what a reader reads.
pub(crate) fn plain(markdown: &str) -> String {
    let mut out = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                out.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                out.push(' ');
            }
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// A line of Markdown as HTML without links: code, emphasis and text.
pub(crate) fn line(markdown: &str) -> String {
    let mut out = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(text) | Event::InlineHtml(text) | Event::Html(text) => {
                escape_into(&text, &mut out);
            }
            Event::Code(text) => {
                out.push_str("<code>");
                escape_into(&text, &mut out);
                out.push_str("</code>");
            }
            Event::Start(Tag::Emphasis) => out.push_str("<em>"),
            Event::End(TagEnd::Emphasis) => out.push_str("</em>"),
            Event::Start(Tag::Strong) => out.push_str("<strong>"),
            Event::End(TagEnd::Strong) => out.push_str("</strong>"),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out
}

/// A word for a class or an anchor: lower-case letters, digits and hyphens.
pub(crate) fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            ' ' => out.push('-'),
            c if c.is_alphanumeric() || matches!(c, '-' | '_') => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(escape("<script>\"x\" & 'y'"), "&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39;");
        assert_eq!(
            escape("{{ a }} {% b %} {# c #} {{{"),
            "{&#123; a }} {&#37; b %} {&#35; c #} {&#123;&#123;"
        );
        assert_eq!(escape("a\u{202e}b\0"), "a\u{fffd}b\u{fffd}");
    }

    #[test]
    fn a_line_keeps_code_and_drops_links_and_tags() {
        assert_eq!(
            line("Returns *a* `<b>`, see [x](https://a.example) <i>."),
            "Returns <em>a</em> <code>&lt;b&gt;</code>, see x &lt;i&gt;."
        );
        assert_eq!(plain("Returns `a`, **b**"), "Returns a, b");
    }

    #[test]
    fn anchors_are_those_of_github() {
        assert_eq!(slug("Values of Expand (v2)"), "values-of-expand-v2");
    }
}
