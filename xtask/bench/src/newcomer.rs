//! `bench newcomer`: from a clone to the first result of `gen`.

use std::fs;
use std::process::Command;

use crate::figure::Figure;
use crate::{cargo, failed, process, project};

/// The figures: everything is compiled, in a folder of its own. With `download`, cargo's cache is empty too.
pub(crate) fn figures(download: bool) -> Result<Vec<Figure>, String> {
    let folder = tempfile::tempdir().map_err(failed)?;
    let home = folder.path().join("cargo");
    fs::create_dir_all(&home).map_err(failed)?;
    let settings =
        std::env::var_os("CARGO_HOME").map(std::path::PathBuf::from).or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    if let Some(settings) = settings.map(|home| home.join("config.toml")).filter(|settings| settings.is_file()) {
        // Where crates come from is the machine's business.
        fs::copy(settings, home.join("config.toml")).map_err(failed)?;
    }
    let set = |run: &mut Command| {
        run.current_dir(project()).env("CARGO_TARGET_DIR", folder.path().join("target"));
        if download {
            run.env("CARGO_HOME", &home);
        }
    };
    let out = folder.path().join("out");
    let cost = process::run(&cargo(), ["xtask".as_ref(), "gen".as_ref(), "--out".as_ref(), out.as_os_str()], |run| {
        set(run);
        run
    })?;
    let crates = fs::read_dir(folder.path().join("target/debug/.fingerprint")).map_err(failed)?.flatten();
    let mut names: Vec<String> = crates.filter_map(|entry| Some(entry.file_name().to_str()?.rsplit_once('-')?.0.to_owned())).collect();
    names.sort();
    names.dedup();
    let on = if download { "empty cargo cache" } else { "crates downloaded before" };
    let count = f64::from(u32::try_from(names.len()).unwrap_or(u32::MAX));
    Ok(vec![
        Figure::new("from clone to the first gen, elapsed", cost.wall, "s", on),
        Figure::new("from clone to the first gen, processor time", cost.cpu, "s", on),
        Figure::new("packages compiled", count, "", on),
    ])
}
