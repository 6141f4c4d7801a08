//! Templates, read from their folder once for all emitters.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The folder of templates that is no layout of pages.
const REFERENCE: &str = "reference";

/// Reads every template below a folder: path with `/`, to source.
pub fn read(folder: &Path) -> std::io::Result<BTreeMap<String, String>> {
    let mut templates = BTreeMap::new();
    collect(folder, "", &mut templates)?;
    Ok(templates)
}

fn collect(
    folder: &Path,
    prefix: &str,
    templates: &mut BTreeMap<String, String>,
) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), templates)?;
        } else if entry.path().extension().is_some_and(|extension| extension == "j2") {
            templates.insert(path, std::fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
}

/// The layouts that the templates have: their top-level folders.
#[must_use]
pub fn layouts(templates: &BTreeMap<String, String>) -> Vec<String> {
    let folders: BTreeSet<&str> = templates
        .keys()
        .filter_map(|path| path.split_once('/').map(|(folder, _)| folder))
        .collect();
    folders.into_iter().filter(|folder| *folder != REFERENCE).map(str::to_owned).collect()
}
