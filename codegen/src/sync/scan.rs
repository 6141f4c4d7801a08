//! Every file of a folder, with its stamp.

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::stamp::Stamp;

/// Something that a folder holds.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Its path below the folder, with `/`.
    pub(crate) path: String,
    /// What it is.
    pub(crate) kind: Kind,
}

/// What something in a folder is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    File(Stamp),
    Folder,
    /// A link, or something else that is neither file nor folder.
    Other,
}

/// Everything below a folder but what `skip` names, sorted by path. A folder that is missing is empty.
pub(crate) fn scan(folder: &Path, prefix: &str, skip: fn(&str) -> bool) -> io::Result<Vec<Found>> {
    let mut found = below(folder, prefix, skip)?;
    found.sort_unstable_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

fn below(folder: &Path, prefix: &str, skip: fn(&str) -> bool) -> io::Result<Vec<Found>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    let mut folders = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if skip(&name) {
            continue;
        }
        let path = if prefix.is_empty() { name.into_owned() } else { format!("{prefix}/{name}") };
        let kind = entry.file_type()?;
        if kind.is_dir() {
            folders.push((entry.path(), path.clone()));
            found.push(Found { path, kind: Kind::Folder });
        } else if kind.is_file() {
            found.push(Found { path, kind: Kind::File(Stamp::of(&entry.metadata()?)) });
        } else {
            found.push(Found { path, kind: Kind::Other });
        }
    }
    let nested = folders
        .par_iter()
        .map(|(folder, prefix)| below(folder, prefix, skip))
        .collect::<io::Result<Vec<_>>>()?;
    found.extend(nested.into_iter().flatten());
    Ok(found)
}
