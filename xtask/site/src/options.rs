//! What a site is built from and for.

use std::path::PathBuf;

use anyhow::{Result, bail};

/// What a site is built from and for.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder that `cargo xtask gen` writes: the kinds of output that are committed.
    pub generated: PathBuf,
    /// The folder with the kinds of output that are built on demand.
    pub on_demand: PathBuf,
    /// The templates and assets of the site.
    pub templates: PathBuf,
    /// The hand-written guides: `README.md`, and the pages that it links to, in its order. Without it there are none.
    pub guides: Option<PathBuf>,
    /// The folder of the site; it is replaced as a whole.
    pub out: PathBuf,
    /// The path below which the site is served: `/`, or `/docs/`.
    pub base_path: String,
    /// Scheme and host of the site, for canonical addresses and the sitemap. Without it there are none.
    pub base_url: Option<String>,
    /// Where a spec can be edited: this prefix, then its path below the specs folder. Wins over the catalogue's `editUrl`.
    pub edit_url: Option<String>,
    /// Whether the search is indexed. Needs Node.js.
    pub search: bool,
}

impl Options {
    /// Checks the addresses, and gives the base path its slashes.
    pub fn checked(mut self) -> Result<Self> {
        let path = self.base_path.trim_matches('/');
        let is_safe =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '~');
        if !path.chars().all(is_safe) {
            bail!(
                "the base path may have letters, digits, `-`, `_`, `.` and `~`, as in `/docs/`: {}",
                self.base_path
            );
        }
        self.base_path = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
        for url in [&mut self.base_url, &mut self.edit_url].into_iter().flatten() {
            if !url.starts_with("https://") && !url.starts_with("http://")
                || url.contains(|c: char| c.is_whitespace() || "\"'<>".contains(c))
            {
                bail!("an address begins with `https://`: {url}");
            }
            url.truncate(url.trim_end_matches('/').len());
        }
        Ok(self)
    }

    /// The absolute address of a page, if the host is known.
    pub(crate) fn absolute(&self, page: &str) -> Option<String> {
        self.base_url.as_ref().map(|host| format!("{host}{}{page}", self.base_path))
    }
}
