//! The index of the search, by Pagefind: in pieces, of which a reader fetches those that a query needs.

use std::path::Path;

use anyhow::Result;

use crate::input::files;
use crate::npm;

/// The words of titles and the other words for them, one on a line.
pub(crate) const VOCABULARY: &str = "assets/words.txt";

/// Pagefind's command line; it starts a prebuilt program.
const PAGEFIND: &str = "pagefind/lib/runner/bin.cjs";

/// Pagefind's own interfaces, which the site does not load: it has its own over the engine.
fn is_unused(path: &str) -> bool {
    path.contains("-ui.")
        || path.ends_with("pagefind-highlight.js")
        || path.ends_with("wasm.unknown.pagefind")
}

/// Indexes a built site, into `pagefind/` in it. Tells the most memory that it took, where that is known.
pub(crate) fn index(site: &Path) -> Result<Option<u64>> {
    let memory = npm::run(PAGEFIND, &["--site", &site.to_string_lossy(), "--quiet"])?;
    for file in files(site, "pagefind")?.into_iter().filter(|(path, _)| is_unused(path)) {
        std::fs::remove_file(&file.1)?;
    }
    Ok(memory)
}
