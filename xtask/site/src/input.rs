//! Reads what `cargo xtask gen` wrote.

use std::path::{Path, PathBuf};

use actionspec_codegen::emit::EMITTERS;
use anyhow::{Context, Result};

use crate::address;
use crate::index::Index;
use crate::options::Options;

/// What the site is made of.
pub(crate) struct Input {
    pub(crate) index: Index,
    /// Markdown files, sorted by path.
    pub(crate) pages: Vec<Source>,
    /// Files to copy: path in the site, and where it is now.
    pub(crate) files: Vec<(String, PathBuf)>,
}

/// A Markdown file.
pub(crate) struct Source {
    /// The path of the twin in the site.
    pub(crate) twin: String,
    pub(crate) file: PathBuf,
}

pub(crate) fn read(options: &Options) -> Result<Input> {
    let path = options.on_demand.join("catalog/index.json");
    let text = std::fs::read(&path).with_context(|| {
        format!("{}: `cargo xtask gen --only catalog --only openapi` writes it", path.display())
    })?;
    let index = serde_json::from_slice(&text).with_context(|| format!("{}", path.display()))?;
    let mut input = Input { index, pages: Vec::new(), files: Vec::new() };
    for emitter in EMITTERS.iter().filter(|emitter| emitter.published()) {
        let root = if emitter.committed() { &options.generated } else { &options.on_demand };
        for (path, file) in files(root, emitter.name())? {
            if is(&path, "md") {
                input.pages.push(Source { twin: address::twin(&path), file });
            } else {
                input.files.push((path, file));
            }
        }
    }
    if let Some(folder) = &options.guides {
        input.pages.extend(guides(folder)?);
    }
    Ok(input)
}

/// The guides: the index, then the others in the order of its links.
fn guides(folder: &Path) -> Result<Vec<Source>> {
    let index = folder.join("README.md");
    let text = std::fs::read_to_string(&index).with_context(|| format!("{}", index.display()))?;
    let mut found = Vec::new();
    for (path, file) in files(folder, "")?.into_iter().filter(|(path, _)| is(path, "md")) {
        let place = if path == "README.md" { Some(0) } else { text.find(&format!("]({path})")) };
        let place = place.with_context(|| format!("{} has no link to {path}", index.display()))?;
        found.push((place, Source { twin: format!("{}{path}", address::GUIDES), file }));
    }
    found.sort_by_key(|(place, _)| *place);
    Ok(found.into_iter().map(|(_, source)| source).collect())
}

/// Whether a path has an extension.
pub(crate) fn is(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == extension)
}

/// Every file below a folder, sorted: path below the root with `/`, and where it is. A folder that is not there has none.
pub(crate) fn files(root: &Path, folder: &str) -> Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let path = root.join(&folder);
        if !path.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&path).with_context(|| format!("{}", path.display()))? {
            let entry = entry?;
            let name = entry.file_name();
            let below = if folder.is_empty() {
                name.to_string_lossy().into_owned()
            } else {
                format!("{folder}/{}", name.to_string_lossy())
            };
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(below);
            } else if kind.is_file() {
                found.push((below, entry.path()));
            }
        }
    }
    found.sort();
    Ok(found)
}
