//! Packages whose compile cost is measured: those that we generate, and those of others.

use std::fs;
use std::path::{Path, PathBuf};

use actionspec_codegen::generate;
use actionspec_codegen::pipeline::Options;

use crate::process::{self, Cost, median_of};
use crate::{cargo, failed, project};

/// A cargo package.
pub(crate) struct Package {
    pub(crate) folder: PathBuf,
    /// Where cargo builds.
    pub(crate) target: PathBuf,
}

/// Which features of a package are compiled.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Features<'a> {
    /// Those of its author's choice.
    Default,
    /// These and no other.
    Only(&'a str),
}

/// How much of what one generates there is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counts {
    pub(crate) actions: usize,
    /// Of outputs.
    pub(crate) types: usize,
}

impl Counts {
    /// From the index of a generated catalogue.
    pub(crate) fn read(catalog: &Path) -> Result<Self, String> {
        let index = fs::read_to_string(catalog.join("index.json")).map_err(failed)?;
        let index: serde_json::Value = serde_json::from_str(&index).map_err(failed)?;
        let report = |name: &str| {
            index["report"][name].as_u64().and_then(|count| usize::try_from(count).ok())
        };
        let counts = report("actions")
            .zip(report("types"))
            .ok_or("the catalogue does not tell how large it is")?;
        Ok(Self { actions: counts.0.max(1), types: counts.1.max(1) })
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
        only: vec!["rust".to_owned(), "catalog".to_owned()],
    };
    let generated = generate::generate(&options, None).map_err(failed)?;
    if generated.outcome.is_none() {
        let first = generated.findings.first().map(|one| one.message.clone()).unwrap_or_default();
        return Err(format!("{} findings in generated specs: {first}", generated.findings.len()));
    }
    let package = Package { folder: folder.join("out/rust"), target: target.to_owned() };
    // A lock file that resolves without the network.
    fs::copy(project().join("Cargo.lock"), package.folder.join("Cargo.lock")).map_err(failed)?;
    package.stand_alone()?;
    Ok((package, Counts::read(&folder.join("out/catalog"))?))
}

impl Package {
    /// Makes it a workspace of its own, wherever its folder is.
    pub(crate) fn stand_alone(&self) -> Result<(), String> {
        let manifest = self.folder.join("Cargo.toml");
        let text = fs::read_to_string(&manifest)
            .map_err(|error| format!("`{}`: {error}", manifest.display()))?;
        if text.lines().any(|line| line.trim() == "[workspace]") {
            return Ok(());
        }
        fs::write(manifest, text + "\n[workspace]\n").map_err(failed)
    }

    /// The cost of compiling the package alone: its dependencies are built before, its first file is touched.
    pub(crate) fn cost(
        &self,
        command: &str,
        features: Features<'_>,
        rounds: usize,
    ) -> Result<Cost, String> {
        self.once(command, features)?;
        median_of(rounds, || self.once(command, features))
    }

    /// The same, beyond what cargo and the compiler cost on a library with nothing in it.
    pub(crate) fn cost_beyond_nothing(
        &self,
        command: &str,
        features: Features<'_>,
        rounds: usize,
    ) -> Result<Cost, String> {
        let library = self.folder.join("src/lib.rs");
        let text =
            fs::read(&library).map_err(|error| format!("`{}`: {error}", library.display()))?;
        fs::write(&library, "").map_err(failed)?;
        let nothing = self.cost(command, features, rounds);
        fs::write(&library, text).map_err(failed)?;
        Ok(median_of(rounds, || self.once(command, features))?.beyond(nothing?))
    }

    /// Bytes of the library that the last `cargo build --release` made.
    pub(crate) fn library_bytes(&self) -> Result<u64, String> {
        let manifest = fs::read_to_string(self.folder.join("Cargo.toml")).map_err(failed)?;
        let name = manifest
            .lines()
            .find_map(|line| line.strip_prefix("name = "))
            .ok_or("a package without a name")?;
        let library = self
            .target
            .join("release")
            .join(format!("lib{}.rlib", name.trim().trim_matches('"').replace('-', "_")));
        Ok(fs::metadata(&library)
            .map_err(|error| format!("`{}`: {error}", library.display()))?
            .len())
    }

    fn once(&self, command: &str, features: Features<'_>) -> Result<Cost, String> {
        let library = self.folder.join("src/lib.rs");
        let text =
            fs::read(&library).map_err(|error| format!("`{}`: {error}", library.display()))?;
        fs::write(&library, text).map_err(failed)?;
        let mut arguments: Vec<&str> = command.split(' ').collect();
        arguments.extend(["--quiet", "--lib"]);
        if let Features::Only(features) = features {
            arguments.extend(["--offline", "--no-default-features", "--features", features]);
        }
        process::run(&cargo(), arguments, |run| {
            run.current_dir(&self.folder)
                .env("CARGO_TARGET_DIR", &self.target)
                .env("CARGO_INCREMENTAL", "0")
        })
    }
}
