//! XML with an element a line, for readers.

/// Puts each element that has others within it on lines of its own. The runtime escapes every `<` and `>` of a text, so that those that are
/// left are of tags.
pub(in crate::emit) fn xml(document: &str) -> String {
    let mut out = String::with_capacity(2 * document.len());
    let mut depth = 0_usize;
    let mut pieces = document.split("><").peekable();
    let mut first = true;
    while let Some(piece) = pieces.next() {
        let start = if first { "" } else { "<" };
        let end = if pieces.peek().is_some() { ">" } else { "" };
        let tag = format!("{start}{piece}{end}");
        if tag.starts_with("</") {
            depth = depth.saturating_sub(1);
        }
        if !first {
            out.push('\n');
        }
        out.extend(std::iter::repeat_n("  ", depth));
        out.push_str(&tag);
        let opens = !tag.starts_with("</") && !tag.starts_with("<?") && !tag.contains("</");
        depth += usize::from(opens && !tag.ends_with("/>"));
        first = false;
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_element_has_its_own_line_and_a_text_stays_with_its_tags() {
        let text = "<?xml version=\"1.0\"?><A a=\"1\"><B>x &gt;&lt; y</B><C><D>1</D></C></A>";
        let expected = "<?xml version=\"1.0\"?>\n<A a=\"1\">\n  <B>x &gt;&lt; y</B>\n  <C>\n    <D>1</D>\n  </C>\n</A>";
        assert_eq!(super::xml(text), expected);
    }
}
