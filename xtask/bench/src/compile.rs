//! `bench compile`: what generated code costs its users' compiler, beyond the dependencies.

use std::fs;
use std::path::Path;

use actionspec_synth as synth;

use crate::figure::{Figure, exponent, number};
use crate::package::{self, Counts, Package};
use crate::{failed, project};

/// Largest synthetic catalogue that is compiled with optimization too, in actions.
const LARGEST_RELEASE: usize = 1_000;

/// Actions of one synthetic integration.
const EACH: usize = 100;

/// What is measured.
pub(crate) struct Sizes {
    /// Numbers of actions of synthetic catalogues.
    pub(crate) actions: Vec<usize>,
    /// How many other integrations there are beside one, at most.
    pub(crate) others: usize,
    /// Whether `cargo build --release` is measured too.
    pub(crate) release: bool,
}

/// The figures: of the real catalogue, and of synthetic ones.
pub(crate) fn figures(sizes: &Sizes, rounds: usize) -> Result<Vec<Figure>, String> {
    let folder = tempfile::tempdir().map_err(failed)?;
    let target = project().join("target/bench");
    let real = real(&folder.path().join("real"), &target)?;
    let counts = Counts::of(&project().join("specs"))?;
    let bench = Bench {
        package: &real,
        counts,
        on: format!("the real catalogue: {} actions, {} types", counts.actions, counts.types),
    };
    let mut figures = bench.check(rounds)?.1;
    if sizes.release {
        figures.extend(bench.release(rounds)?);
    }
    let mut growth = Vec::new();
    for &actions in &sizes.actions {
        let (package, counts) =
            synthetic(&folder.path().join(actions.to_string()), &target, actions)?;
        let bench = Bench {
            package: &package,
            counts,
            on: format!("{} synthetic actions, {} types", counts.actions, counts.types),
        };
        let (cpu, rows) = bench.check(rounds)?;
        growth.push((counts.actions, cpu));
        figures.extend(rows);
        if sizes.release && actions <= LARGEST_RELEASE {
            figures.extend(bench.release(rounds)?);
        }
    }
    if let Some(exponent) = exponent(&growth) {
        let on = format!(
            "{:?} synthetic actions",
            growth.iter().map(|(actions, _)| actions).collect::<Vec<_>>()
        );
        figures
            .push(Figure::new("growth of cargo check, exponent", exponent, "", on).at_most(1.05));
    }
    figures.extend(alone(folder.path(), &target, sizes.others, rounds)?);
    Ok(figures)
}

/// The crates of the project's own integrations, in a place where they may be changed.
fn real(folder: &Path, target: &Path) -> Result<Package, String> {
    let generated = project().join("generated");
    package::copy_all(&generated.join("rust"), &folder.join("rust")).map_err(failed)?;
    let manifest = fs::read_to_string(generated.join("Cargo.toml")).map_err(failed)?;
    let runtime = format!("path = \"{}\"", project().join("runtime").display());
    fs::write(folder.join("Cargo.toml"), manifest.replace("path = \"../runtime\"", &runtime))
        .map_err(failed)?;
    Package::generated(folder, target)
}

/// Crates with all that they have, against themselves with nothing.
struct Bench<'a> {
    package: &'a Package,
    counts: Counts,
    on: String,
}

impl Bench<'_> {
    /// Seconds of `cargo check` beyond the dependencies, and the figures.
    fn check(&self, rounds: usize) -> Result<(f64, Vec<Figure>), String> {
        let (all, beyond) = self.package.cost_beyond_nothing("check", rounds)?;
        let rows = vec![
            self.per_action("cargo check, processor time an action", beyond.cpu * 1000.0, "ms")
                .at_most(5.0),
            self.per_type("cargo check, processor time a type", beyond.cpu * 1000.0, "ms"),
            // The bar is half a million bytes.
            self.per_action("cargo check, peak memory an action", beyond.peak, "MiB")
                .at_most(0.5e6 / f64::from(1 << 20)),
            self.row("cargo check, processor time", all.cpu, "s"),
            self.row("cargo check, peak memory", all.peak, "MiB"),
        ];
        Ok((beyond.cpu, rows))
    }

    fn release(&self, rounds: usize) -> Result<Vec<Figure>, String> {
        let command = "build --release";
        let (all, beyond) = self.package.cost_beyond_nothing(command, rounds)?;
        let bytes = self.package.library_bytes()?;
        let kib = number(usize::try_from(bytes / 1024).unwrap_or(usize::MAX));
        Ok(vec![
            self.per_action(
                "cargo build --release, processor time an action",
                beyond.cpu * 1000.0,
                "ms",
            ),
            self.per_type(
                "cargo build --release, processor time a type",
                beyond.cpu * 1000.0,
                "ms",
            ),
            self.per_action("cargo build --release, peak memory an action", beyond.peak, "MiB"),
            self.per_action("cargo build --release, bytes of rlib an action", kib, "KiB"),
            self.row("cargo build --release, processor time", all.cpu, "s"),
            self.row("cargo build --release, peak memory", all.peak, "MiB"),
        ])
    }

    fn row(&self, name: &str, value: f64, unit: &'static str) -> Figure {
        Figure::new(name, value, unit, self.on.as_str())
    }

    fn per_action(&self, name: &str, value: f64, unit: &'static str) -> Figure {
        self.row(name, value / number(self.counts.actions), unit)
    }

    fn per_type(&self, name: &str, value: f64, unit: &'static str) -> Figure {
        self.row(name, value / number(self.counts.types), unit)
    }
}

/// One integration of fifty actions, beside ten others and beside many.
fn alone(
    folder: &Path,
    target: &Path,
    others: usize,
    rounds: usize,
) -> Result<Vec<Figure>, String> {
    const FEW: usize = 10;
    let cost = |others: usize| {
        let folder = folder.join(format!("beside-{others}"));
        let id = write_beside(&folder.join("specs"), others).map_err(failed)?;
        package::generate(&folder, target)?;
        let krate = folder.join("out/rust").join(id.replace('_', "-"));
        Package::user_of(&krate, &folder.join("user"), target)?.cost("check", rounds)
    };
    let (few, many) = (cost(FEW)?, cost(others)?);
    let on = format!("one integration of 50 actions, beside {others} others against beside {FEW}");
    let row = |name: &str, value: f64| Figure::new(name, value, "x", on.as_str());
    Ok(vec![
        row("cargo check of one integration, processor time", many.cpu / few.cpu).at_most(1.1),
        row("cargo check of one integration, peak memory", many.peak / few.peak).at_most(1.1),
    ])
}

/// Writes specs: an integration, whose id is returned, and small others.
fn write_beside(specs: &Path, others: usize) -> std::io::Result<String> {
    let integration = |index: usize, actions: usize| {
        let options = synth::Options { integrations: others + 1, actions, seed: 1 };
        synth::integration(&options, index)
    };
    let one = integration(0, 50);
    let id =
        one.first().and_then(|file| file.path.split('/').next()).unwrap_or_default().to_owned();
    let beside = (1..=others).flat_map(|index| integration(index, 1));
    for file in std::iter::once(synth::catalog()).chain(one).chain(beside) {
        let path = specs.join(&file.path);
        fs::create_dir_all(path.parent().unwrap_or(specs))?;
        fs::write(path, &file.text)?;
    }
    Ok(id)
}

fn synthetic(folder: &Path, target: &Path, actions: usize) -> Result<(Package, Counts), String> {
    let options = synth::Options { integrations: actions.div_ceil(EACH), actions: EACH, seed: 1 };
    synth::write(&folder.join("specs"), &options).map_err(failed)?;
    package::generate(folder, target)
}

#[cfg(test)]
mod tests {
    use super::write_beside;

    #[test]
    fn the_one_integration_is_the_same_however_many_others_there_are()
    -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let (few, many) = (folder.path().join("few"), folder.path().join("many"));
        let id = write_beside(&few, 1)?;
        assert_eq!(id, write_beside(&many, 4)?);
        let entries = |specs: &std::path::Path| std::fs::read_dir(specs).map(Iterator::count);
        assert_eq!((entries(&few)?, entries(&many)?), (3, 6));
        let actions = |specs: &std::path::Path| {
            std::fs::read_dir(specs.join(&id).join("actions")).map(Iterator::count)
        };
        assert_eq!((actions(&few)?, actions(&many)?), (50, 50));
        let text = |specs: &std::path::Path| {
            std::fs::read_to_string(specs.join(&id).join("integration.yaml"))
        };
        assert_eq!(text(&few)?, text(&many)?);
        Ok(())
    }
}
