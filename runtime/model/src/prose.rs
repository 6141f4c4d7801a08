//! Sentences of Markdown.

/// The first sentence of a Markdown text, on one line.
///
/// A sentence ends at a full stop, question or exclamation mark outside code that is followed by white space and then by anything but a
/// lower-case letter, or at the end of the paragraph.
#[must_use]
pub fn first_sentence(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn the_first_sentence_ends_where_a_reader_ends_it() {
        assert_eq!(first_sentence("Returns a user. The result is `v1.0. Old`."), "Returns a user.");
        assert_eq!(first_sentence("Use e.g. this\none. Then\n\nMore"), "Use e.g. this one.");
        assert_eq!(first_sentence("No stop\n\nSecond"), "No stop");
        assert_eq!(first_sentence(""), "");
    }
}
