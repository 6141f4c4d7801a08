//! `bench compile`: what generated code costs its users' compiler, beyond the dependencies.

use std::fs;
use std::path::{Path, PathBuf};

use actionspec_codegen::generate;
use actionspec_codegen::pipeline::Options;
use actionspec_synth as synth;

use crate::figure::{Figure, median};
use crate::process::{self, Cost};
use crate::{cargo, failed, project};

/// The figures: of the real catalogue, and of synthetic ones of these numbers of actions.
pub(crate) fn figures(sizes: &[usize], rounds: usize, release: bool) -> Result<Vec<Figure>, String> {
    let folder = tempfile::tempdir().map_err(failed)?;
    let target = project().join("target/bench");
    let mut figures = Vec::new();
    let real = Package { folder: project().join("generated/rust"), target: target.clone() };
    let index = fs::read_to_string(project().join("generated/catalog/index.json")).map_err(failed)?;
    let index: serde_json::Value = serde_json::from_str(&index).map_err(failed)?;
    let report = |name: &str| index["report"][name].as_u64().and_then(|count| u32::try_from(count).ok()).unwrap_or(1);
    figures.extend(real.per_action("check", "all", (report("actions"), report("types")), "the real catalogue", rounds)?);
    if release {
        figures.extend(real.per_action("build --release", "all", (report("actions"), report("types")), "the real catalogue", rounds)?);
    }
    for &actions in sizes {
        let package = synthetic(&folder.path().join(actions.to_string()), &target, actions / 100, 100)?;
        let count = u32::try_from(actions).unwrap_or(u32::MAX);
        figures.extend(package.per_action("check", "all", (count, count), &format!("{actions} synthetic actions"), rounds)?);
    }
    figures.push(alone(folder.path(), &target, rounds)?);
    Ok(figures)
}

/// One integration of a small and of a large catalogue.
fn alone(folder: &Path, target: &Path, rounds: usize) -> Result<Figure, String> {
    let cost = |integrations: usize| {
        let package = synthetic(&folder.join(format!("beside-{integrations}")), target, integrations, 50)?;
        let features = fs::read_to_string(package.folder.join("Cargo.toml")).map_err(failed)?;
        let one = features.lines().find_map(|line| line.strip_suffix(" = []")).ok_or("no feature")?.to_owned();
        package.cost("check", &one, rounds)
    };
    let (few, many) = (cost(10)?, cost(200)?);
    Ok(Figure::new("check of one integration among 200 against one among 10, processor time", many.cpu / few.cpu, "x", "50 actions each")
        .at_most(1.1))
}

fn synthetic(folder: &Path, target: &Path, integrations: usize, actions: usize) -> Result<Package, String> {
    let specs = folder.join("specs");
    synth::write(&specs, &synth::Options { integrations, actions, seed: 1 }).map_err(failed)?;
    let catalog = fs::read_to_string(specs.join("catalog.yaml")).map_err(failed)?;
    let runtime = serde_json::to_string(&project().join("runtime")).map_err(failed)?;
    fs::write(specs.join("catalog.yaml"), format!("{catalog}  runtimePath: {runtime}\n")).map_err(failed)?;
    let options = Options {
        specs,
        specs_shown: "specs".to_owned(),
        templates: project().join("docs-templates"),
        layout: "default".to_owned(),
        out: folder.join("out"),
        only: vec!["rust".to_owned()],
    };
    let generated = generate::generate(&options, None).map_err(failed)?;
    generated
        .outcome
        .ok_or_else(|| format!("{} findings: {:?}", generated.findings.len(), generated.findings.first().map(|one| &one.message)))?;
    // A lock file that resolves without the network.
    fs::copy(project().join("Cargo.lock"), folder.join("out/rust/Cargo.lock")).map_err(failed)?;
    let manifest = folder.join("out/rust/Cargo.toml");
    let text = fs::read_to_string(&manifest).map_err(failed)? + "\n[workspace]\n";
    fs::write(manifest, text).map_err(failed)?;
    Ok(Package { folder: folder.join("out/rust"), target: target.to_owned() })
}

/// A generated package.
struct Package {
    folder: PathBuf,
    target: PathBuf,
}

impl Package {
    fn per_action(
        &self,
        command: &str,
        features: &str,
        (actions, types): (u32, u32),
        on: &str,
        rounds: usize,
    ) -> Result<Vec<Figure>, String> {
        let nothing = self.cost(command, "", rounds)?;
        let all = self.cost(command, features, rounds)?;
        let (cpu, peak) = (all.cpu - nothing.cpu, all.peak - nothing.peak);
        let each = |name: &str, value: f64, unit: &'static str| Figure::new(format!("cargo {command}, {name}"), value, unit, on);
        let bar = |figure: Figure, bar: f64| if command == "check" { figure.at_most(bar) } else { figure };
        Ok(vec![
            bar(each("processor time an action", cpu * 1000.0 / f64::from(actions), "ms"), 5.0),
            each("processor time a type", cpu * 1000.0 / f64::from(types), "ms"),
            bar(each("peak memory an action", peak / f64::from(actions), "MiB"), 0.5 * 1e6 / f64::from(1 << 20)),
            each("processor time", all.cpu, "s"),
            each("peak memory", all.peak, "MiB"),
        ])
    }

    /// The cost of compiling the package alone: its dependencies are there, its first file is touched.
    fn cost(&self, command: &str, features: &str, rounds: usize) -> Result<Cost, String> {
        let once = || {
            let library = self.folder.join("src/lib.rs");
            let text = fs::read(&library).map_err(failed)?;
            fs::write(&library, text).map_err(failed)?;
            let mut arguments: Vec<&str> = command.split(' ').collect();
            arguments.extend(["--offline", "--quiet", "--lib", "--no-default-features", "--features", features]);
            process::run(&cargo(), arguments, |run| {
                run.current_dir(&self.folder).env("CARGO_TARGET_DIR", &self.target).env("CARGO_INCREMENTAL", "0")
            })
        };
        once()?;
        let costs = (0..rounds.max(1)).map(|_| once()).collect::<Result<Vec<_>, _>>()?;
        let middle = |part: fn(&Cost) -> f64| median(costs.iter().map(part).collect());
        Ok(Cost { wall: middle(|cost| cost.wall), cpu: middle(|cost| cost.cpu), peak: middle(|cost| cost.peak) })
    }
}
