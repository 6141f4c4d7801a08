//! Small readings of texts: sentences of Markdown, names in a template.

pub(crate) use actionspec_model::prose::first_sentence;

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
    fn lists_read_as_prose() {
        let names = ["a", "b", "c"].map(String::from);
        assert_eq!(code_list(&names, "and"), "`a`, `b` and `c`");
        assert_eq!(code_list(&names[..1], "and"), "`a`");
    }
}
