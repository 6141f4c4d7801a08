//! Packages whose compile cost is measured: those that we generate, and those of others.

use std::fs;
use std::path::{Path, PathBuf};

use actionspec_codegen::catalog::Integration;
use actionspec_codegen::pipeline::{self, Mode, Options};

use crate::process::{self, Cost, median_of};
use crate::{cargo, failed, project};

/// A cargo package, or several that are compiled together.
pub(crate) struct Package {
    /// Where cargo is started.
    folder: PathBuf,
    /// Where cargo builds.
    target: PathBuf,
    /// The folders of what is measured.
    crates: Vec<PathBuf>,
    /// Which of the packages in `folder` cargo compiles, and with which features.
    selection: Vec<String>,
}

/// How much of what one generates there is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counts {
    pub(crate) actions: usize,
    /// Of outputs.
    pub(crate) types: usize,
}

impl Counts {
    /// Of a specs folder.
    pub(crate) fn of(specs: &Path) -> Result<Self, String> {
        let catalog = pipeline::check(specs, "specs").catalog;
        let catalog = catalog.ok_or_else(|| format!("`{}` has errors", specs.display()))?;
        let count = |of: fn(&Integration) -> usize| {
            catalog.integrations.iter().map(of).sum::<usize>().max(1)
        };
        Ok(Self {
            actions: count(|integration| integration.actions.len()),
            types: count(|integration| integration.types.len()),
        })
    }
}

/// Generates the package of the specs in `folder/specs`; `catalog.yaml` there ends in what the crate is called.
pub(crate) fn generate(folder: &Path, target: &Path) -> Result<(Package, Counts), String> {
    let specs = folder.join("specs");
    let catalog = fs::read_to_string(specs.join("catalog.yaml")).map_err(failed)?;
    let runtime = serde_json::to_string(&project().join("runtime")).map_err(failed)?;
    fs::write(specs.join("catalog.yaml"), format!("{catalog}  runtimePath: {runtime}\n"))
        .map_err(failed)?;
    let options = Options {
        specs,
        specs_shown: "specs".to_owned(),
        templates: project().join("docs-templates"),
        layout: "default".to_owned(),
        out: folder.join("out"),
        only: vec!["rust".to_owned()],
        pretty: false,
    };
    let generated = pipeline::generate(&options, Mode::Write { cache: None }).map_err(failed)?;
    if generated.outcome.is_none() {
        let first = generated.findings.first().map(|one| one.message.clone()).unwrap_or_default();
        return Err(format!("{} findings in generated specs: {first}", generated.findings.len()));
    }
    let package = Package::generated(&folder.join("out"), target)?;
    Ok((package, Counts::of(&folder.join("specs"))?))
}

impl Package {
    /// A separate package, with the features of its author's choice. It is made a workspace, wherever its folder is.
    pub(crate) fn alone(folder: PathBuf, target: &Path) -> Result<Self, String> {
        let manifest = folder.join("Cargo.toml");
        let text = fs::read_to_string(&manifest)
            .map_err(|error| format!("`{}`: {error}", manifest.display()))?;
        if !text.lines().any(|line| line.trim() == "[workspace]") {
            fs::write(manifest, text + "\n[workspace]\n").map_err(failed)?;
        }
        Ok(Self {
            crates: vec![folder.clone()],
            folder,
            target: target.to_owned(),
            selection: Vec::new(),
        })
    }

    /// The crates of all integrations in an output folder, without their default features.
    pub(crate) fn generated(out: &Path, target: &Path) -> Result<Self, String> {
        lock(out)?;
        let mut crates: Vec<PathBuf> = fs::read_dir(out.join("rust"))
            .map_err(|error| format!("`{}`: {error}", out.display()))?
            .flatten()
            .map(|entry| entry.path())
            .collect();
        crates.sort();
        let mut selection = vec!["--offline".to_owned(), "--no-default-features".to_owned()];
        let mut integrations = Vec::new();
        for folder in crates {
            let name = name(&folder)?;
            // Only the crate for calls by name is called as its folder is.
            if !folder.ends_with(&name) {
                selection.extend(["--package".to_owned(), name]);
                integrations.push(folder);
            }
        }
        Ok(Self {
            folder: out.to_owned(),
            target: target.to_owned(),
            crates: integrations,
            selection,
        })
    }

    /// A program that depends on one generated crate, without its default features, as any user's would. Of its cost that crate is measured.
    pub(crate) fn user_of(krate: &Path, folder: &Path, target: &Path) -> Result<Self, String> {
        let (name, path) = (name(krate)?, serde_json::to_string(krate).map_err(failed)?);
        fs::create_dir_all(folder.join("src")).map_err(failed)?;
        let manifest = format!(
            "[workspace]\n\n[package]\nname = \"user\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n{name} = {{ path = {path}, default-features = false }}\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest).map_err(failed)?;
        fs::write(folder.join("src/lib.rs"), "").map_err(failed)?;
        lock(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            target: target.to_owned(),
            crates: vec![krate.to_owned()],
            selection: vec!["--offline".to_owned()],
        })
    }

    /// The cost of compiling the crates alone: their dependencies are built before, their first files are touched.
    pub(crate) fn cost(&self, command: &str, rounds: usize) -> Result<Cost, String> {
        self.once(command)?;
        median_of(rounds, || self.once(command))
    }

    /// The cost, and what it is beyond what cargo and the compiler cost on libraries with nothing in them.
    pub(crate) fn cost_beyond_nothing(
        &self,
        command: &str,
        rounds: usize,
    ) -> Result<(Cost, Cost), String> {
        let nothing = self.with_nothing(|| self.cost(command, rounds))?;
        let all = self.cost(command, rounds)?;
        Ok((all, all.beyond(nothing)))
    }

    /// Bytes of the libraries that `cargo build --release` makes, beyond those of libraries with nothing in them.
    pub(crate) fn library_bytes(&self) -> Result<u64, String> {
        let all =
            |_| self.crates.iter().map(|folder| self.bytes_of(folder)).sum::<Result<u64, _>>();
        let command = "build --release";
        let nothing = self.with_nothing(|| self.once(command).and_then(all))?;
        Ok(self.once(command).and_then(all)?.saturating_sub(nothing))
    }

    fn bytes_of(&self, folder: &Path) -> Result<u64, String> {
        let library = format!("release/lib{}.rlib", name(folder)?.replace('-', "_"));
        let library = self.target.join(library);
        let metadata =
            fs::metadata(&library).map_err(|error| format!("`{}`: {error}", library.display()))?;
        Ok(metadata.len())
    }

    /// Measures empty libraries.
    fn with_nothing<T>(&self, measure: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
        let texts = self.libraries()?;
        for (path, _) in &texts {
            fs::write(path, "").map_err(failed)?;
        }
        let nothing = measure();
        for (path, text) in &texts {
            fs::write(path, text).map_err(failed)?;
        }
        nothing
    }

    fn libraries(&self) -> Result<Vec<(PathBuf, Vec<u8>)>, String> {
        let read = |folder: &PathBuf| {
            let path = folder.join("src/lib.rs");
            let text = fs::read(&path).map_err(|error| format!("`{}`: {error}", path.display()))?;
            Ok((path, text))
        };
        self.crates.iter().map(read).collect()
    }

    fn once(&self, command: &str) -> Result<Cost, String> {
        for (path, text) in self.libraries()? {
            fs::write(path, text).map_err(failed)?;
        }
        let arguments = command
            .split(' ')
            .chain(["--quiet", "--lib"])
            .chain(self.selection.iter().map(String::as_str));
        process::run(&cargo(), arguments, |run| {
            run.current_dir(&self.folder)
                .env("CARGO_TARGET_DIR", &self.target)
                .env("CARGO_INCREMENTAL", "0")
        })
    }
}

/// Puts a lock file there that resolves without the network.
fn lock(folder: &Path) -> Result<(), String> {
    fs::copy(project().join("Cargo.lock"), folder.join("Cargo.lock")).map(drop).map_err(failed)
}

/// The name of the package in a folder.
fn name(folder: &Path) -> Result<String, String> {
    let manifest = folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest)
        .map_err(|error| format!("`{}`: {error}", manifest.display()))?;
    text.lines()
        .find_map(|line| line.strip_prefix("name = "))
        .map(|name| name.trim().trim_matches('"').to_owned())
        .ok_or_else(|| format!("`{}` names no package", manifest.display()))
}

/// Copies a folder, without what cargo built in it.
pub(crate) fn copy_all(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        if !path.is_dir() {
            fs::copy(path, to.join(name))?;
        } else if name != "target" {
            copy_all(&path, &to.join(name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{copy_all, name};

    #[test]
    fn a_package_is_copied_without_what_was_built() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        std::fs::create_dir_all(from.join("src"))?;
        std::fs::create_dir_all(from.join("target/debug"))?;
        std::fs::write(from.join("src/lib.rs"), "")?;
        std::fs::write(from.join("Cargo.toml"), "[package]\nname = \"acme-wiki\"\n")?;
        copy_all(&from, &to)?;
        assert!(to.join("src/lib.rs").is_file());
        assert!(!to.join("target").exists());
        assert_eq!(name(&to)?, "acme-wiki");
        Ok(())
    }
}
