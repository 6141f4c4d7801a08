//! `bench peers`: what our generated code costs the compiler, against what others generate of the same document, in one run.

mod table;

use std::fs;
use std::path::{Path, PathBuf};

use actionspec_codegen::import;
use actionspec_codegen::pipeline::{self, Mode};

use crate::figure::{Figure, number};
use crate::package::{self, Package, copy_all};
use crate::process::Cost;
use crate::{failed, project};
use table::{PEERS, Peer};

/// What is compared.
pub(crate) struct Comparison {
    /// OpenAPI documents; none: that of the project's own integration with the most operations.
    pub(crate) documents: Vec<PathBuf>,
    /// Packages that a peer wrote, by its name.
    pub(crate) written: Vec<Written>,
    /// Names of peers of the table; none: all.
    pub(crate) only: Vec<String>,
    /// Where packages are written and built.
    pub(crate) folder: PathBuf,
}

/// A package that a peer wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    name: String,
    folder: PathBuf,
}

impl std::str::FromStr for Written {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            Some((name, folder)) if !name.is_empty() && !folder.is_empty() => {
                Ok(Self { name: name.to_owned(), folder: folder.into() })
            }
            _ => Err("a peer's name, `=`, and the folder of the package that it wrote".to_owned()),
        }
    }
}

/// Names of the peers that can be run.
pub(crate) fn names() -> Vec<&'static str> {
    PEERS.iter().map(|peer| peer.name).collect()
}

/// The figures, a group for each document.
pub(crate) fn figures(comparison: &Comparison, rounds: usize) -> Result<Vec<Figure>, String> {
    let documents = if comparison.documents.is_empty() {
        vec![largest_of_ours()?]
    } else {
        comparison.documents.clone()
    };
    if documents.len() > 1 && !comparison.written.is_empty() {
        return Err("error: a package is of one document: give `--document` once".to_owned());
    }
    let mut figures = Vec::new();
    for document in documents {
        figures.extend(Bench::new(&document, comparison)?.figures(comparison, rounds));
    }
    Ok(figures)
}

/// Of the documents that this project generates, the largest.
fn largest_of_ours() -> Result<PathBuf, String> {
    let options = pipeline::Options {
        specs: project().join("specs"),
        specs_shown: "specs".to_owned(),
        templates: project().join("docs-templates"),
        layout: "default".to_owned(),
        out: project().join("target/bench/generated"),
        only: vec!["openapi".to_owned()],
        pretty: false,
    };
    pipeline::generate(&options, Mode::Write { cache: None }).map_err(failed)?;
    let entries = fs::read_dir(options.out.join("openapi")).map_err(failed)?.flatten();
    let documents = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    documents
        .max_by_key(|path| fs::metadata(path).map_or(0, |metadata| metadata.len()))
        .ok_or_else(|| "no document is generated".to_owned())
}

/// One document.
struct Bench {
    document: PathBuf,
    title: String,
    folder: PathBuf,
    target: PathBuf,
}

/// What one generator's code costs for a document.
#[derive(Clone)]
struct Measured {
    name: String,
    /// How many operations the code has.
    operations: usize,
    /// Beyond the dependencies, cargo, and the compiler's own start.
    cost: Cost,
}

impl Measured {
    fn milliseconds(&self) -> f64 {
        self.cost.cpu * 1000.0 / number(self.operations.max(1))
    }

    fn mebibytes(&self) -> f64 {
        self.cost.peak / number(self.operations.max(1))
    }

    fn rows(&self, title: &str) -> [Figure; 4] {
        let Self { name, operations, cost } = self;
        let row = |what: &str, value: f64, unit| {
            Figure::new(
                format!("{name}: cargo check, {what}"),
                value,
                unit,
                format!("{title}, {operations} operations"),
            )
        };
        [
            row("processor time an operation", self.milliseconds(), "ms"),
            row("peak memory an operation", self.mebibytes(), "MiB"),
            row("processor time", cost.cpu, "s"),
            row("peak memory", cost.peak, "MiB"),
        ]
    }
}

impl Bench {
    fn new(document: &Path, comparison: &Comparison) -> Result<Self, String> {
        let document = std::path::absolute(document).map_err(failed)?;
        let title = document
            .file_stem()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let folder = std::path::absolute(&comparison.folder).map_err(failed)?;
        Ok(Self { folder: folder.join(&title), target: folder.join("target"), document, title })
    }

    fn figures(&self, comparison: &Comparison, rounds: usize) -> Vec<Figure> {
        let (ours, operations) = match self.ours(rounds) {
            Ok(ours) => ours,
            Err(why) => return vec![Figure::missing(format!("ActionSpec: {}", self.title), &why)],
        };
        let mut figures = ours.rows(&self.title).to_vec();
        let mut peers = Vec::new();
        let mut take = |name: &str, measured: Result<Measured, String>| match measured {
            Ok(measured) => {
                figures.extend(measured.rows(&self.title));
                peers.push(measured);
            }
            Err(why) => figures.push(Figure::missing(format!("{name}: {}", self.title), &why)),
        };
        for peer in PEERS.iter().filter(|peer| {
            comparison.only.is_empty() || comparison.only.iter().any(|name| name == peer.name)
        }) {
            if !comparison.written.iter().any(|written| written.name == peer.name) {
                take(peer.name, self.run(peer, operations, rounds));
            }
        }
        for written in &comparison.written {
            take(
                &written.name,
                self.copy(written).and_then(|package| {
                    measure(written.name.clone(), &package, operations, rounds)
                }),
            );
        }
        figures.extend(ratios(&ours, &peers, &self.title));
        figures
    }

    /// Our own code, and how many operations the document has.
    fn ours(&self, rounds: usize) -> Result<(Measured, usize), String> {
        let folder = self.folder.join("actionspec");
        let specs = folder.join("specs");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&specs).map_err(failed)?;
        fs::write(specs.join("catalog.yaml"), "spec: 1\ncategories: {imported: Imported}\ncrate:\n  name: imported\n  version: 0.1.0\n")
            .map_err(failed)?;
        let bytes = fs::read(&self.document)
            .map_err(|error| format!("`{}`: {error}", self.document.display()))?;
        let options = import::Options {
            document: "document".to_owned(),
            category: Some("imported".to_owned()),
            ..import::Options::default()
        };
        let mut imported = import::openapi(&bytes, &options).map_err(failed)?;
        import::folder::write(&mut imported, &specs, import::folder::Scope::All).map_err(failed)?;
        let (package, counts) = package::generate(&folder, &self.target)?;
        let (_, cost) = package.cost_beyond_nothing("check", rounds)?;
        Ok((
            Measured { name: "ActionSpec".to_owned(), operations: counts.actions, cost },
            imported.report.operations,
        ))
    }

    fn run(&self, peer: &Peer, operations: usize, rounds: usize) -> Result<Measured, String> {
        let program = crate::process::on_path(peer.program)
            .ok_or_else(|| format!("not installed: {}", peer.install))?;
        let version = peer.version_of(&program);
        let folder = self.folder.join(peer.name);
        let lock = fs::read(folder.join("Cargo.lock")).ok();
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("src")).map_err(failed)?;
        peer.generate(&program, &self.document, &folder)?;
        if let Some(lock) = lock {
            // So that dependencies that were built stay so.
            fs::write(folder.join("Cargo.lock"), lock).map_err(failed)?;
        }
        measure(
            format!("{} {version}", peer.name),
            &Package::alone(folder, &self.target)?,
            operations,
            rounds,
        )
    }

    /// The package that a peer wrote, in a place where it may be changed.
    fn copy(&self, written: &Written) -> Result<Package, String> {
        let folder = self.folder.join(&written.name);
        let _ = fs::remove_dir_all(&folder);
        copy_all(&written.folder, &folder)
            .map_err(|error| format!("`{}`: {error}", written.folder.display()))?;
        Package::alone(folder, &self.target)
    }
}

fn measure(
    name: String,
    package: &Package,
    operations: usize,
    rounds: usize,
) -> Result<Measured, String> {
    Ok(Measured { name, operations, cost: package.cost_beyond_nothing("check", rounds)?.1 })
}

/// Ours against the leanest, which may be another one for time than for memory.
fn ratios(ours: &Measured, peers: &[Measured], title: &str) -> Vec<Figure> {
    let against = |name: &str, cost: fn(&Measured) -> f64| {
        let figure = match peers.iter().min_by(|one, other| cost(one).total_cmp(&cost(other))) {
            Some(leanest) => Figure::new(
                name,
                cost(ours) / cost(leanest),
                "x",
                format!("{title}; the leanest is {}", leanest.name),
            ),
            None => Figure::missing(name, &format!("{title}; no peer's code was measured")),
        };
        figure.at_most(0.2)
    };
    vec![
        against(
            "cargo check against the leanest peer, processor time an operation",
            Measured::milliseconds,
        ),
        against(
            "cargo check against the leanest peer, peak memory an operation",
            Measured::mebibytes,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::{Cost, Measured, Written, ratios};

    fn measured(name: &str, operations: usize, cpu: f64, peak: f64) -> Measured {
        Measured { name: name.to_owned(), operations, cost: Cost { wall: cpu, cpu, peak } }
    }

    #[test]
    fn a_peer_is_given_by_name_and_folder() {
        assert_eq!(
            "ploidy=/tmp/a=b".parse(),
            Ok(Written { name: "ploidy".to_owned(), folder: "/tmp/a=b".into() })
        );
        assert!("ploidy".parse::<Written>().is_err());
        assert!("=folder".parse::<Written>().is_err());
    }

    #[test]
    fn the_leanest_is_chosen_for_time_and_for_memory_apart() {
        let peers = [measured("quick", 100, 5.0, 900.0), measured("small", 100, 9.0, 500.0)];
        let rows = ratios(&measured("ours", 50, 0.5, 25.0), &peers, "document");
        assert_eq!(
            rows.iter().map(|row| row.on.as_str()).collect::<Vec<_>>(),
            ["document; the leanest is quick", "document; the leanest is small"]
        );
        // An operation of ours costs 10 ms against 50, and 0.5 MiB against 5.
        assert!((rows[0].value.unwrap_or(0.0) - 0.2).abs() < 1e-9);
        assert!((rows[1].value.unwrap_or(0.0) - 0.1).abs() < 1e-9);
    }

    #[test]
    fn without_a_peer_there_is_a_row_that_says_so() {
        let rows = ratios(&measured("ours", 50, 0.5, 25.0), &[], "document");
        assert!(
            rows.iter().all(|row| row.value.is_none() && row.on.contains("no peer")),
            "{rows:?}"
        );
    }
}
