//! The index of the search, by Pagefind: in pieces, of which a reader fetches those that a query needs.

use std::path::Path;

use anyhow::Result;

use crate::npm;

/// Pagefind's command line; it starts a prebuilt program.
const PAGEFIND: &str = "pagefind/lib/runner/bin.cjs";

/// Indexes a built site, into `pagefind/` in it.
pub(crate) fn index(site: &Path) -> Result<()> {
    // Camel case is split too, so that `accountId` is found by each of its words.
    npm::run(PAGEFIND, &["--site", &site.to_string_lossy(), "--quiet"])
}
