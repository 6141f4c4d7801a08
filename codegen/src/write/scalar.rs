//! Texts as YAML scalars: plain, quoted, folded or literal.

use super::WIDTH;

/// A text that fits on the rest of its line, or must stand there: a plain scalar if no YAML reader can take it for anything else.
pub(super) fn inline(text: &str, flow: bool) -> String {
    if is_plain(text, flow) {
        text.to_owned()
    } else if text.chars().all(is_printable) && !text.contains('\n') {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        double(text)
    }
}

/// The lines of a block scalar and its header, if the text is better off as one.
pub(super) fn block(text: &str, indent: usize, used: usize) -> Option<(&'static str, Vec<String>)> {
    let clean = text.chars().all(|c| is_printable(c) || c == '\n')
        && !text.starts_with(char::is_whitespace);
    if !clean || text.is_empty() {
        return None;
    }
    let body = text.strip_suffix('\n').unwrap_or(text);
    if body.split('\n').next_back().is_none_or(|last| last.trim().is_empty()) {
        return None;
    }
    if body.contains('\n') || body.len() < text.len() {
        let header = if body.len() < text.len() { "|" } else { "|-" };
        return Some((header, body.split('\n').map(str::to_owned).collect()));
    }
    if used + inline(text, false).chars().count() <= WIDTH || text.ends_with(' ') {
        return None;
    }
    let lines = fold(text, WIDTH.saturating_sub(indent).max(40));
    (lines.len() > 1).then_some((">-", lines))
}

/// Breaks a line at single spaces; a reader puts the spaces back.
fn fold(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut length = 0;
    let mut previous_ended_clean = false;
    for word in text.split(' ') {
        let size = word.chars().count();
        // A word is empty beside a further space: breaking there would lose it, and a line that begins with a tab would not fold.
        let breakable = previous_ended_clean && !word.is_empty() && !word.starts_with('\t');
        match lines.last_mut() {
            Some(line) if length > 0 || !line.is_empty() || previous_ended_clean => {
                if breakable && length + 1 + size > width {
                    lines.push(word.to_owned());
                    length = size;
                } else {
                    line.push(' ');
                    line.push_str(word);
                    length += 1 + size;
                }
            }
            Some(line) => {
                line.push_str(word);
                length = size;
            }
            None => {}
        }
        previous_ended_clean = !word.is_empty();
    }
    lines
}

fn double(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_printable(c) => out.push(c),
            c if u32::from(c) <= 0xff => out.push_str(&format!("\\x{:02X}", u32::from(c))),
            c if u32::from(c) <= 0xffff => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push_str(&format!("\\U{:08X}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// Whether a character may stand in a file as it is: printable in YAML 1.2, no break, and visible to whoever reads the file.
pub(super) fn is_printable(c: char) -> bool {
    match c {
        '\t' => true,
        '\u{feff}' | '\u{fffe}' | '\u{ffff}' => false,
        c => !c.is_control() && !is_hidden(c),
    }
}

/// Line separators, and marks that change how the text around them looks.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
}

fn is_plain(text: &str, flow: bool) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    let leading = first.is_alphanumeric()
        || matches!(first, '/' | '_' | '$' | '.' | '(' | '<' | '^' | '+' | ';')
        || !first.is_ascii();
    let inner = text.chars().all(|c| is_printable(c) && c != '\t');
    let safe = !text.contains(": ") && !text.contains(" #") && !text.ends_with([':', ' ']);
    let closed = !flow || !text.contains([',', '[', ']', '{', '}', ':']);
    leading
        && inner
        && safe
        && closed
        && text != "..."
        && !text.starts_with("<<")
        && !is_other_type(text)
}

/// Whether some YAML reader, of version 1.1 or 1.2, takes the text for something else than text.
fn is_other_type(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", ".nan", ".inf",
        "+.inf", "inf", "infinity",
    ];
    let lower = text.to_ascii_lowercase();
    if WORDS.contains(&lower.as_str()) {
        return true;
    }
    // Numbers in every notation, dates and sexagesimal times: a digit first, and nothing but what those are made of.
    let number = text.trim_start_matches(['+', '.']).starts_with(|c: char| c.is_ascii_digit());
    number && text.chars().all(|c| c.is_ascii_hexdigit() || "+-._:xoXOTtZz, ".contains(c))
}
