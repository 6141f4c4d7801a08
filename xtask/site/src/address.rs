//! Where every page is: from paths of Markdown files to addresses of the site, and between them.
//!
//! Addresses are folders (`integrations/confluence/actions/get-user/`), so that any static host serves them without rules. Links are relative,
//! so that the site works below any path, and the Markdown twins lie where their own links expect them.

use std::collections::HashMap;

/// The folder of everything about integrations: nothing that a catalogue holds can take the place of the site's own pages.
pub(crate) const INTEGRATIONS: &str = "integrations/";

/// The folder of the hand-written guides.
pub(crate) const GUIDES: &str = "guides/";

/// The path of a Markdown twin in the site, from a path below `generated`.
pub(crate) fn twin(generated: &str) -> String {
    match generated.strip_prefix("docs/") {
        Some(path) => format!("{INTEGRATIONS}{path}"),
        None => generated.to_owned(),
    }
}

/// The address of the page of a Markdown file, by the path of its twin; `None` for what is no page.
pub(crate) fn page(twin: &str) -> Option<String> {
    match twin.strip_prefix(INTEGRATIONS).unwrap_or(twin) {
        "README.md" => return Some(String::new()),
        "CHANGELOG.md" => return Some("changelog/".to_owned()),
        "SUMMARY.md" => return None,
        // A page about the whole catalogue.
        path if !path.contains('/') && twin.starts_with(INTEGRATIONS) => {
            return Some(format!("{}/", path.strip_suffix(".md")?));
        }
        _ => {}
    }
    let path = twin.strip_suffix(".md")?;
    Some(match path.strip_suffix("README") {
        Some(folder) => folder.to_owned(),
        None => format!("{path}/"),
    })
}

/// The relative address from one page to another page or file; both from the site's root.
pub(crate) fn relative(from: &str, to: &str) -> String {
    let (path, anchor) = to.find(['#', '?']).map_or((to, ""), |at| to.split_at(at));
    let from: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split_inclusive('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| **b == format!("{a}/")).count();
    let up = "../".repeat(from.len() - shared);
    let down: String = to[shared..].concat();
    match (up.is_empty() && down.is_empty(), anchor.is_empty()) {
        (true, true) => "./".to_owned(),
        (true, false) if anchor.starts_with('#') => anchor.to_owned(),
        (true, false) => format!("./{anchor}"),
        _ => format!("{up}{down}{anchor}"),
    }
}

/// The way from a page to the site's root: `../../`, or `./` from the root itself.
pub(crate) fn root(from: &str) -> String {
    relative(from, "")
}

/// A path without `.` and `..`; `None` if it leaves the root.
pub(crate) fn join(folder_of: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder_of.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Every page by the path of its twin.
#[derive(Default)]
pub(crate) struct Addresses(HashMap<String, String>);

impl Addresses {
    pub(crate) fn new<'a>(twins: impl Iterator<Item = &'a str>) -> Self {
        Self(twins.filter_map(|twin| Some((twin.to_owned(), page(twin)?))).collect())
    }

    /// The relative address of what a page links to, or `None` if there is no such page.
    pub(crate) fn resolve(&self, twin: &str, from: &str, link: &str) -> Option<String> {
        let (path, anchor) = link.find('#').map_or((link, ""), |at| link.split_at(at));
        if path.is_empty() {
            return Some(anchor.to_owned());
        }
        let target = self.0.get(&join(twin, path)?)?;
        Some(relative(from, &format!("{target}{anchor}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_markdown_file_has_its_place() {
        assert_eq!(page("integrations/README.md").as_deref(), Some(""));
        assert_eq!(page("integrations/a/README.md").as_deref(), Some("integrations/a/"));
        assert_eq!(
            page("integrations/a/actions/b.md").as_deref(),
            Some("integrations/a/actions/b/")
        );
        assert_eq!(page("integrations/features.md").as_deref(), Some("features/"));
        assert_eq!(page("reference/action.md").as_deref(), Some("reference/action/"));
        assert_eq!(page("integrations/SUMMARY.md"), None);
    }

    #[test]
    fn relative_addresses_lead_from_page_to_page() {
        assert_eq!(relative("a/b/", "a/c/"), "../c/");
        assert_eq!(relative("a/b/", "a/b/#x"), "#x");
        assert_eq!(relative("", "a/"), "a/");
        assert_eq!(relative("a/b/", ""), "../../");
        assert_eq!(relative("", ""), "./");
        assert_eq!(relative("a/", "a/x.json"), "x.json");
        assert_eq!(relative("ab/", "a/"), "../a/");
    }

    #[test]
    fn links_of_markdown_become_addresses() {
        let addresses =
            Addresses::new(["integrations/a/README.md", "integrations/a/actions/b.md"].into_iter());
        let from = "integrations/a/actions/b/";
        let resolve = |link| addresses.resolve("integrations/a/actions/b.md", from, link);
        assert_eq!(resolve("../README.md#connect").as_deref(), Some("../../#connect"));
        assert_eq!(resolve("#x").as_deref(), Some("#x"));
        assert_eq!(resolve("c.md"), None);
        assert_eq!(resolve("../../../../x.md"), None);
    }
}
