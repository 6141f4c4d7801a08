//! `cargo xtask package`: copies what the crate for calls by name reads from its neighbours into its own folder, so that it can be packaged.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::output::{fail, project};

/// The folder of the copy, in the crate; its build script prefers it. Hidden, so that `gen` leaves it alone, and not in git.
const DATA: &str = ".data";

pub(crate) fn run() -> ExitCode {
    match copy(&project().join("generated/rust")) {
        Ok((folder, files)) => {
            anstream::println!("Copied {files} files to {}", folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => fail(&format!("the generated crates cannot be copied: {error}")),
    }
}

/// Copies the JSON files of all integrations; returns the folder and the number of files.
fn copy(crates: &Path) -> io::Result<(PathBuf, usize)> {
    let folders: Vec<PathBuf> =
        fs::read_dir(crates)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    let (integrations, by_name): (Vec<_>, Vec<_>) =
        folders.iter().partition(|folder| folder.join("src/integration.json").is_file());
    let by_name =
        by_name.into_iter().find(|folder| folder.join("build.rs").is_file()).ok_or_else(|| {
            io::Error::other(format!("no crate for calls by name in {}", crates.display()))
        })?;
    let data = by_name.join(DATA);
    if data.is_dir() {
        fs::remove_dir_all(&data)?;
    }
    let mut count = 0;
    for folder in integrations {
        let to = data.join(folder.file_name().unwrap_or_default()).join("src");
        fs::create_dir_all(&to)?;
        for entry in fs::read_dir(folder.join("src"))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                fs::copy(&path, to.join(path.file_name().unwrap_or_default()))?;
                count += 1;
            }
        }
    }
    Ok((data, count))
}

#[cfg(test)]
mod tests {
    use std::fs;

    #[test]
    fn the_files_of_integrations_are_copied_and_nothing_else() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let write = |path: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap_or(folder.path()))?;
            fs::write(path, "{}")
        };
        for path in [
            "wiki/src/integration.json",
            "wiki/src/get.json",
            "wiki/src/get.rs",
            "all/build.rs",
            "all/.data/gone/src/old.json",
        ] {
            write(path)?;
        }
        let (data, count) = super::copy(folder.path())?;
        assert_eq!((data.as_path(), count), (folder.path().join("all/.data").as_path(), 2));
        assert!(data.join("wiki/src/get.json").is_file());
        assert!(!data.join("gone").exists());
        Ok(())
    }
}
