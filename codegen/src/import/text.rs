//! Texts of a document as texts of specs: Markdown without control characters, of bounded length, HTML's commonest elements translated.

/// The longest text of an integration or action, in characters.
const LONG: usize = 6000;
/// The longest text of anything else, in characters.
const SHORT: usize = 2000;

/// What became of a text.
pub(super) struct Cleaned {
    /// The text; `None` if it says nothing.
    pub(super) text: Option<String>,
    /// It was cut.
    pub(super) is_cut: bool,
}

/// The description of an integration or action.
pub(super) fn long(text: &str) -> Cleaned {
    clean(text, LONG)
}

/// Any other description.
pub(super) fn short(text: &str) -> Cleaned {
    clean(text, SHORT)
}

/// A text of one line: a title, a reason. `None` if it says nothing.
pub(super) fn line(text: &str, most: usize) -> Option<String> {
    let text = clean(text, SHORT).text?;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_matches(['#', '*', ' ']).trim();
    if line.is_empty() {
        return None;
    }
    if line.chars().count() <= most {
        return Some(line.to_owned());
    }
    let cut: String = line.chars().take(most).collect();
    Some(
        cut.rsplit_once(' ')
            .map_or(cut.as_str(), |(words, _)| words)
            .trim_end_matches([',', ';', ':', ' ', '.'])
            .to_owned()
            + "…",
    )
}

fn clean(text: &str, most: usize) -> Cleaned {
    // A text of megabytes is not looked through to its end.
    let bounded: String = text.chars().take(most * 8).collect();
    let visible: String = bounded
        .replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\r' { '\n' } else { c })
        .filter(|c| is_visible(*c))
        .collect();
    let markdown =
        if visible.contains('<') || visible.contains('&') { from_html(&visible) } else { visible };
    let lines: Vec<&str> = markdown.split('\n').map(str::trim_end).collect();
    let mut joined = lines.join("\n").replace('\t', "    ");
    while joined.contains("\n\n\n") {
        joined = joined.replace("\n\n\n", "\n\n");
    }
    let trimmed = joined.trim();
    let is_cut = trimmed.chars().count() > most;
    let text = if is_cut { cut(trimmed, most) } else { trimmed.to_owned() };
    Cleaned { text: Some(text).filter(|text| !text.is_empty()), is_cut }
}

/// The paragraphs, or at least the sentences, that fit. A code fence that was opened is closed.
fn cut(text: &str, most: usize) -> String {
    let head: String = text.chars().take(most).collect();
    let end = head
        .rfind("\n\n")
        .or_else(|| head.rfind(". ").map(|at| at + 1))
        .or_else(|| head.rfind(' '))
        .unwrap_or(head.len());
    let mut text = head[..end].trim_end().to_owned();
    let fences = text.lines().filter(|line| line.trim_start().starts_with("```")).count();
    if fences % 2 == 1 {
        text.push_str("\n```");
    }
    text
}

fn is_visible(c: char) -> bool {
    matches!(c, '\n' | '\t')
        || !(c.is_control()
            || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fffe}' | '\u{ffff}'))
}

/// Elements that have a Markdown form get it; other tags are left to the pages, which show them as text.
fn from_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut links: Vec<String> = Vec::new();
    let mut in_code = false;
    while let Some(at) = rest.find(['<', '`']) {
        out.push_str(&if in_code { rest[..at].to_owned() } else { entities(&rest[..at]) });
        rest = &rest[at..];
        if rest.starts_with('`') {
            in_code = !in_code;
            out.push('`');
            rest = &rest[1..];
            continue;
        }
        let tag = rest.find('>').filter(|end| *end < 400 && !in_code).map(|end| &rest[1..end]);
        match tag.and_then(|tag| markdown(tag, &mut links)) {
            Some(written) => {
                out.push_str(&written);
                rest = &rest[tag.map_or(1, |tag| tag.len() + 2)..];
            }
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(&if in_code { rest.to_owned() } else { entities(rest) });
    for link in links.into_iter().rev() {
        out.push_str(&format!("]({link})"));
    }
    out
}

fn markdown(tag: &str, links: &mut Vec<String>) -> Option<String> {
    let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next()?.to_ascii_lowercase();
    let closes = tag.starts_with('/');
    Some(match name.as_str() {
        "p" | "div" | "ul" | "ol" | "table" | "tbody" | "thead" | "section" | "blockquote"
        | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dl" => "\n\n".to_owned(),
        "br" | "tr" | "dt" => "\n".to_owned(),
        "li" | "dd" => {
            if closes {
                String::new()
            } else {
                "\n- ".to_owned()
            }
        }
        "b" | "strong" => "**".to_owned(),
        "i" | "em" => "*".to_owned(),
        "code" | "tt" => "`".to_owned(),
        "pre" => "\n```\n".to_owned(),
        "span" | "font" | "u" | "sup" | "sub" | "small" | "center" | "nobr" | "td" | "th" => {
            if name.starts_with('t') { " ".to_owned() } else { String::new() }
        }
        "hr" => "\n\n".to_owned(),
        "a" if closes => links.pop().map_or_else(String::new, |link| format!("]({link})")),
        "a" => match attribute(tag, "href") {
            Some(link) if link.starts_with("https://") && !link.contains([' ', ')', '(']) => {
                links.push(link.to_owned());
                "[".to_owned()
            }
            _ => String::new(),
        },
        _ => return None,
    })
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let after = tag.split_once(&format!("{name}="))?.1;
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    after[1..].split(quote).next()
}

fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let plain = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    plain.iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_markdown_and_code_stays() {
        let cleaned = short(
            "<p>Gets a <b>user</b>.<br/>See <a href=\"https://example.com/a\">this</a> &amp; `<p>`.</p>\r\n\u{200b}<custom>",
        );
        assert_eq!(
            cleaned.text.as_deref(),
            Some("Gets a **user**.\nSee [this](https://example.com/a) & `<p>`.\n\n<custom>")
        );
    }

    #[test]
    fn long_texts_end_at_a_paragraph_and_close_their_fence() {
        let cleaned = short(&format!("```\n{}\n\n{}", "a".repeat(900), "b".repeat(2000)));
        assert!(cleaned.is_cut);
        assert!(cleaned.text.is_some_and(|text| text.ends_with("a\n```")));
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line(" # List\n users ", 80).as_deref(), Some("List users"));
        assert_eq!(line("one two three", 9).as_deref(), Some("one two…"));
        assert_eq!(line("\u{200b}\n", 9), None);
    }
}
