//! The few tags that our templates write into Markdown. Whatever else looks like a tag is text.

use super::block::Code;
use crate::text::escape_into;

/// Tags without attributes that pass as they are.
const TAGS: &[&str] = &[
    "<br>",
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
    "<code>",
    "</code>",
    "<sub>",
    "</sub>",
    "<kbd>",
    "</kbd>",
];

/// A piece of raw HTML with our tags kept, comments dropped and everything else as text.
pub(super) fn safe(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('<') {
        text(&rest[..at], &mut out);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
        } else if let Some(tag) = TAGS.iter().find(|tag| rest.starts_with(**tag)) {
            out.push_str(tag);
            rest = &rest[tag.len()..];
        } else {
            out.push_str("&lt;");
            rest = &rest[1..];
        }
    }
    text(rest, &mut out);
    out
}

/// Text of raw HTML: references to characters are kept.
fn text(text: &str, out: &mut String) {
    escape_into(&decode(text), out);
}

/// The anchor of `<a id="…">`, if that is all there is.
pub(super) fn anchor(tag: &str) -> Option<&str> {
    let id = tag.strip_prefix("<a id=\"")?.strip_suffix("\">")?;
    let is_word =
        !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    is_word.then_some(id)
}

/// The code of `<pre lang="…"><code>…</code></pre>`, the form of code that holds template syntax.
pub(super) fn code(source: &str) -> Option<Code> {
    let rest = source.trim().strip_prefix("<pre lang=\"")?;
    let (language, rest) = rest.split_once("\"><code>")?;
    let body = rest.strip_suffix("</code></pre>")?;
    let is_code = language.chars().all(|c| c.is_ascii_alphanumeric()) && !body.contains('<');
    is_code.then(|| Code {
        language: language.to_owned(),
        text: decode(body).trim_end_matches('\n').to_owned(),
    })
}

/// References to characters, by number and of the four that Markdown needs, as the characters.
fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest.find(';').and_then(|end| Some((character(&rest[1..end])?, end)));
        match reference {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        _ => name.strip_prefix('#')?.parse().ok().and_then(char::from_u32),
    }
}
