//! Small readings of texts: sentences of Markdown, names in a template.

/// The first sentence of a Markdown text, on one line.
///
/// A sentence ends at a full stop, question or exclamation mark outside code that is followed by white space and then by anything but a
/// lower-case letter, or at the end of the paragraph.
pub(crate) fn first_sentence(text: &str) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut in_code = false;
    for (at, c) in line.char_indices() {
        match c {
            '`' => in_code = !in_code,
            '.' | '!' | '?' if !in_code => {
                let rest = &line[at + 1..];
                let next = rest.trim_start().chars().next();
                if rest.starts_with(' ') && !next.is_some_and(char::is_lowercase) {
                    return line[..=at].to_owned();
                }
            }
            _ => {}
        }
    }
    line
}

/// A value as people write it.
pub(crate) fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The names in braces of a template, in order.
pub(crate) fn placeholders(template: &str) -> Vec<String> {
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
        .collect()
}

/// A list of code spans in prose: "`a`, `b` and `c`".
pub(crate) fn code_list(names: &[String], last_joint: &str) -> String {
    let codes: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match codes.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} {last_joint} {last}", init.join(", ")),
    }
}

/// Whether two files hold the same, whatever their line ends: a checkout may have made `\r\n` of each.
pub(crate) fn same_lines(one: &[u8], other: &[u8]) -> bool {
    fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
        text.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
    }
    one == other || lines(one).eq(lines(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_ends_where_a_reader_ends_it() {
        assert_eq!(first_sentence("Returns a user. The result is `v1.0. Old`."), "Returns a user.");
        assert_eq!(first_sentence("Use e.g. this\none. Then\n\nMore"), "Use e.g. this one.");
        assert_eq!(first_sentence("No stop\n\nSecond"), "No stop");
        assert_eq!(first_sentence(""), "");
    }

    #[test]
    fn lists_read_as_prose() {
        let names = ["a", "b", "c"].map(String::from);
        assert_eq!(code_list(&names, "and"), "`a`, `b` and `c`");
        assert_eq!(code_list(&names[..1], "and"), "`a`");
    }
}
