//! The folder of the site. It is made beside the one before and then takes its place, so that a server never shows half a site.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result, bail};

use crate::input::files;

/// The file that tells a folder of ours; hosts need it too, so that they serve every file as it is.
const MARKER: &str = ".nojekyll";

/// A site in the making.
pub(crate) struct Staging {
    out: PathBuf,
    folder: PathBuf,
    folders: Mutex<HashSet<PathBuf>>,
}

impl Staging {
    /// An empty folder beside `out`. A folder there that holds something else than a site is never touched.
    pub(crate) fn new(out: &Path) -> Result<Self> {
        let is_foreign =
            out.is_dir() && !out.join(MARKER).exists() && std::fs::read_dir(out)?.next().is_some();
        if is_foreign || out.is_file() {
            bail!("{} holds something else than a site; it was not touched", out.display());
        }
        let name = out
            .file_name()
            .with_context(|| format!("{} is not a folder to write into", out.display()))?;
        let folder = out.with_file_name(format!("{}.new", name.to_string_lossy()));
        remove(&folder)?;
        std::fs::create_dir_all(&folder).with_context(|| format!("{}", folder.display()))?;
        let staging = Self { out: out.to_owned(), folder, folders: Mutex::default() };
        staging.write(MARKER, b"")?;
        Ok(staging)
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes a file, by its path below the site's root with `/`.
    pub(crate) fn write(&self, path: &str, contents: &[u8]) -> Result<()> {
        if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
            bail!("`{path}` is no path below the site");
        }
        let file = self.folder.join(path);
        if let Some(parent) = file.parent() {
            let mut folders =
                self.folders.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if !folders.contains(parent) {
                std::fs::create_dir_all(parent).with_context(|| format!("{}", parent.display()))?;
                folders.insert(parent.to_owned());
            }
        }
        std::fs::write(&file, contents).with_context(|| format!("{}", file.display()))
    }

    /// Puts the site in its place, and tells how many files it has.
    pub(crate) fn publish(self) -> Result<usize> {
        let count = files(&self.folder, "")?.len();
        let name = self.out.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let old = self.out.with_file_name(format!("{name}.old"));
        remove(&old)?;
        if self.out.exists() {
            std::fs::rename(&self.out, &old).with_context(|| format!("{}", self.out.display()))?;
        }
        std::fs::rename(&self.folder, &self.out)
            .with_context(|| format!("{}", self.out.display()))?;
        remove(&old)?;
        Ok(count)
    }
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| format!("{}", folder.display()))?;
    }
    Ok(())
}
