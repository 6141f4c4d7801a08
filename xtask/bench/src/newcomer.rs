//! `bench newcomer`: from a clone to the first result of `gen`.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::figure::{Figure, number};
use crate::{cargo, failed, process, project};

/// The figures: everything is compiled, in a folder of its own. With `download`, cargo's cache is empty too.
pub(crate) fn figures(download: bool) -> Result<Vec<Figure>, String> {
    let folder = tempfile::tempdir().map_err(failed)?;
    let home = folder.path().join("cargo");
    fs::create_dir_all(&home).map_err(failed)?;
    let settings = std::env::var_os("CARGO_HOME")
        .map(std::path::PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    if let Some(settings) =
        settings.map(|home| home.join("config.toml")).filter(|settings| settings.is_file())
    {
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
    let cost = process::run(
        &cargo(),
        ["xtask".as_ref(), "gen".as_ref(), "--out".as_ref(), out.as_os_str()],
        |run| {
            set(run);
            run
        },
    )?;
    let on = if download { "empty cargo cache" } else { "crates downloaded before" };
    let mut figures = vec![
        Figure::new("from clone to the first gen, elapsed", cost.wall, "s", on),
        Figure::new("from clone to the first gen, processor time", cost.cpu, "s", on),
        Figure::new(
            "from clone to the first gen, packages compiled",
            number(compiled(&folder.path().join("target/debug"))?),
            "",
            on,
        ),
    ];
    if download {
        let crates = bytes(&home.join("registry/cache")).map_err(failed)?;
        let mebibytes = number(usize::try_from(crates / 1024).unwrap_or(usize::MAX)) / 1024.0;
        figures.push(Figure::new(
            "from clone to the first gen, crates downloaded",
            mebibytes,
            "MiB",
            on,
        ));
    }
    Ok(figures)
}

/// How many packages cargo compiled: it keeps a folder for each, whose name ends in a hash, and a second one for a build script.
fn compiled(profile: &Path) -> Result<usize, String> {
    let crates = fs::read_dir(profile.join(".fingerprint")).map_err(failed)?.flatten();
    let mut names: Vec<String> = crates
        .filter_map(|entry| Some(entry.file_name().to_str()?.rsplit_once('-')?.0.to_owned()))
        .collect();
    names.sort();
    names.dedup();
    Ok(names.len())
}

fn bytes(folder: &Path) -> std::io::Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        sum += if entry.path().is_dir() { bytes(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_package_with_a_build_script_counts_once() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        for name in ["serde-json-0a1b", "serde-json-9f8e", "libyaml-rs-77aa"] {
            std::fs::create_dir_all(folder.path().join(".fingerprint").join(name))?;
        }
        assert_eq!(super::compiled(folder.path()), Ok(2));
        Ok(())
    }

    #[test]
    fn bytes_of_folders_add_up() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        std::fs::create_dir(folder.path().join("below"))?;
        std::fs::write(folder.path().join("below/a"), "12345")?;
        std::fs::write(folder.path().join("b"), "123")?;
        assert_eq!(super::bytes(folder.path())?, 8);
        Ok(())
    }
}
