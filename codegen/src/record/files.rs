//! Specs that were made, as files on disk.

use std::path::Path;

use super::Made;
use super::report::{Fault, Kind};

/// Writes what was made below a specs folder; gives the paths. What is there already stays, unless `force` is given, and is reported.
///
/// # Errors
///
/// Fails if there is nothing new to write, or a file cannot be written.
pub fn write(made: &mut Made, folder: &Path, force: bool) -> Result<Vec<String>, Fault> {
    if !force {
        leave_what_is_there(made, folder)?;
    }
    let mut written = Vec::new();
    for (path, text) in &made.files {
        let file = folder.join(path);
        let failed = |error: std::io::Error| {
            Fault::new(format!("`{}` cannot be written: {error}", file.display()))
        };
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent).map_err(failed)?;
        }
        std::fs::write(&file, text).map_err(failed)?;
        written.push(path.clone());
    }
    Ok(written)
}

fn leave_what_is_there(made: &mut Made, folder: &Path) -> Result<(), Fault> {
    let there = |path: &str| folder.join(path).symlink_metadata().is_ok();
    let id = made.integration.clone();
    if made.files.iter().any(|(path, _)| path.ends_with("/integration.yaml") && there(path)) {
        let message =
            format!("`{id}/integration.yaml` is there already, and cannot be read as a spec");
        return Err(Fault::new(message)
            .help("`cargo xtask check` shows what is wrong with it; `--force` replaces it"));
    }
    let (files, report) = (&mut made.files, &mut made.report);
    made.actions.retain(|action| {
        let paths = [format!("{id}/actions/{action}.yaml"), format!("{id}/examples/{action}.json")];
        let taken = paths
            .iter()
            .find(|path| there(path) && files.iter().any(|(own, _)| own == *path))
            .cloned();
        if let Some(path) = &taken {
            report.add(Kind::Skipped, path.clone(), "it is there already; `--force` replaces it");
            files.retain(|(own, _)| !paths.contains(own));
        }
        taken.is_none()
    });
    if made.files.is_empty() {
        return Err(Fault::new(format!("all of it is there already, in `{id}`"))
            .help("`--force` replaces it"));
    }
    Ok(())
}
