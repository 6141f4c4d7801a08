//! The page of figures, `xtask/bench/FIGURES.md`: the table between two marks is replaced, the text around it is kept by hand.

use crate::figure::{Figure, HEAD};

const BEGIN: &str = "<!-- figures: written by `cargo xtask bench --write` -->\n";
const END: &str = "<!-- end of figures -->";

/// The page with these figures. `None`: it does not have the marks.
pub(crate) fn with(page: &str, figures: &[Figure]) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    let rows: Vec<String> = figures.iter().map(Figure::row).collect();
    Some(format!("{before}{BEGIN}{HEAD}\n{}\n{END}{after}", rows.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::with;
    use crate::figure::Figure;

    #[test]
    fn the_table_is_replaced_and_the_text_around_it_stays() {
        let page = include_str!("../FIGURES.md");
        let figures = [Figure::new("cold gen", 3.5, "s", "10 actions").at_most(4.0)];
        let written = with(page, &figures).expect("the page has the marks");
        assert!(written.contains("| cold gen | 3.5 s | 4 s | met | 10 actions |"), "{written}");
        assert!(written.starts_with("# Figures\n") && written.contains("## Notes"));
        assert_eq!(with(&written, &figures).as_deref(), Some(written.as_str()));
        assert_eq!(with("# Figures", &figures), None);
    }
}
