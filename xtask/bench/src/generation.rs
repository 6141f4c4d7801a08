//! `bench gen`: generating, against what any generator would have to do.

use std::fs;
use std::path::{Path, PathBuf};

use actionspec_codegen::pipeline::{self, Mode, Options};
use actionspec_synth as synth;
use rayon::prelude::*;

use crate::figure::{Figure, exponent, number};
use crate::process::{self, Cost, median_of};
use crate::{failed, project};

/// Actions of one synthetic integration.
const EACH: usize = 100;

/// The figures; `sizes` are numbers of actions, the largest last, and all is written below the folder.
pub(crate) fn figures(
    sizes: &[usize],
    rounds: usize,
    folder: &Path,
) -> Result<Vec<Figure>, String> {
    let mut figures = Vec::new();
    let mut growth = Vec::new();
    // All of them stay until the end: on ext4, whoever makes files passes over the inodes that were freed shortly before, one by one.
    let benches =
        sizes.iter().map(|actions| Bench::new(*actions, folder)).collect::<Result<Vec<_>, _>>()?;
    for bench in &benches {
        let actions = bench.actions;
        let cold = bench.cold(rounds)?;
        growth.push((actions, cold.cpu));
        let on = format!("{actions} synthetic actions");
        if actions == 10_000 {
            figures.extend(bench.against_floor(cold, rounds)?);
        } else {
            figures.push(Figure::new("cold gen, processor time", cold.cpu, "s", on.as_str()));
            figures.push(Figure::new("cold gen, peak memory", cold.peak, "MiB", on));
        }
    }
    if let Some(exponent) = exponent(&growth) {
        let on = format!(
            "{:?} actions, processor time",
            growth.iter().map(|(actions, _)| actions).collect::<Vec<_>>()
        );
        figures.push(Figure::new("growth of cold gen, exponent", exponent, "", on).at_most(1.05));
    }
    Ok(figures)
}

/// A synthetic catalogue, and where it is generated to.
struct Bench {
    folder: tempfile::TempDir,
    actions: usize,
}

impl Bench {
    fn new(actions: usize, folder: &Path) -> Result<Self, String> {
        let folder = tempfile::tempdir_in(folder).map_err(failed)?;
        let options =
            synth::Options { integrations: actions.div_ceil(EACH), actions: EACH, seed: 1 };
        synth::write(&folder.path().join("specs"), &options).map_err(failed)?;
        Ok(Self { folder, actions })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Moves what an earlier round made out of the way, without removing it.
    fn put_by(&self, name: &str) -> Result<(), String> {
        let (path, old) = (self.path(name), self.path("old"));
        if !path.exists() {
            return Ok(());
        }
        fs::create_dir_all(&old).map_err(failed)?;
        let number = fs::read_dir(&old).map_err(failed)?.count();
        fs::rename(path, old.join(format!("{name}-{number}"))).map_err(failed)
    }

    /// Runs this program's own `internal` command in a process of its own.
    fn run(&self, what: &str) -> Result<Cost, String> {
        let program = std::env::current_exe().map_err(failed)?;
        process::run(
            &program,
            ["internal".as_ref(), what.as_ref(), self.folder.path().as_os_str()],
            |command| command,
        )
    }

    fn cold(&self, rounds: usize) -> Result<Cost, String> {
        median_of(rounds, || {
            self.put_by("out")?;
            self.put_by("cache")?;
            self.run("gen")
        })
    }

    fn against_floor(&self, cold: Cost, rounds: usize) -> Result<Vec<Figure>, String> {
        let on = format!("{} synthetic actions", self.actions);
        let warm = median_of(rounds, || self.run("gen"))?;
        let changed = median_of(rounds, || {
            let action = first(&self.path("specs"), "actions").ok_or("no action")?;
            let text = fs::read_to_string(&action).map_err(failed)?.replacen(
                "description: ",
                "description: Again. ",
                1,
            );
            fs::write(&action, text).map_err(failed)?;
            self.run("gen")
        })?;
        // Reading what is to be formatted and written is no part of a floor.
        let reading = median_of(rounds, || self.run("read"))?;
        let files = number(count(&self.path("out")));
        let mut figures = Vec::new();
        for (what, formatted) in [
            ("floor", "as many bytes formatted as are written"),
            ("rust-floor", "only the Rust formatted"),
        ] {
            let floor = median_of(rounds, || {
                self.put_by("floor")?;
                self.run(what)
            })?;
            let floor = floor.beyond(reading);
            for (of, cold, floor) in
                [("processor time", cold.cpu, floor.cpu), ("elapsed", cold.wall, floor.wall)]
            {
                let on = format!("{on}; floor with {formatted}: {floor:.2} s");
                figures.push(
                    Figure::new(format!("cold gen against its floor, {of}"), cold / floor, "x", on)
                        .at_most(1.5),
                );
            }
        }
        figures.extend([
            Figure::new("cold gen, elapsed", cold.wall, "s", on.as_str()).at_most(10.0),
            Figure::new("cold gen, processor time", cold.cpu, "s", on.as_str()),
            Figure::new("cold gen, peak memory", cold.peak, "MiB", on.as_str())
                .at_most(500.0 * 1e6 / f64::from(1 << 20)),
            Figure::new("cold gen, files a second", files / cold.wall, "files/s", on.as_str()),
            Figure::new("gen with nothing changed, elapsed", warm.wall, "s", on.as_str())
                .at_most(0.3),
            Figure::new("gen with nothing changed, processor time", warm.cpu, "s", on.as_str()),
            Figure::new("gen with one action changed, elapsed", changed.wall, "s", on.as_str())
                .at_most(0.5),
            Figure::new("gen with one action changed, processor time", changed.cpu, "s", on),
        ]);
        Ok(figures)
    }
}

fn first(specs: &Path, kind: &str) -> Option<PathBuf> {
    let found = all(specs).ok()?;
    found.into_iter().find(|path| path.parent().is_some_and(|parent| parent.ends_with(kind)))
}

fn all(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { files.extend(all(&path)?) } else { files.push(path) }
    }
    files.sort();
    Ok(files)
}

fn count(folder: &Path) -> usize {
    all(folder).map_or(0, |files| files.len())
}

/// What runs in a process of its own.
pub(crate) fn internal(what: &str, folder: &Path) -> Result<(), String> {
    match what {
        "gen" => generate_once(folder),
        "floor" => Floor::of(folder)?.work(true),
        "rust-floor" => Floor::of(folder)?.work(false),
        _ => Floor::of(folder).map(drop),
    }
}

fn generate_once(folder: &Path) -> Result<(), String> {
    let options = Options {
        specs: folder.join("specs"),
        specs_shown: "specs".to_owned(),
        templates: project().join("docs-templates"),
        layout: "default".to_owned(),
        out: folder.join("out"),
        only: Vec::new(),
        pretty: false,
    };
    let generated =
        pipeline::generate(&options, Mode::Write { cache: Some(&folder.join("cache")) })
            .map_err(failed)?;
    generated.outcome.map(|_| ()).ok_or_else(|| format!("{} findings", generated.findings.len()))
}

/// What any generator with these outputs has to do: read the specs, have prettyplease lay out text, write as many files.
struct Floor<'f> {
    folder: &'f Path,
    /// Where each file of a run goes, and what is in it.
    outputs: Vec<(PathBuf, Vec<u8>)>,
}

impl<'f> Floor<'f> {
    fn of(folder: &'f Path) -> Result<Self, String> {
        let out = folder.join("out");
        let outputs = all(&out).map_err(failed)?.into_par_iter().map(|path| {
            let below = path.strip_prefix(&out).map_err(failed)?;
            Ok((folder.join("floor").join(below), fs::read(&path).map_err(failed)?))
        });
        Ok(Self { folder, outputs: outputs.collect::<Result<_, String>>()? })
    }

    /// Lays out the Rust; with `all_bytes` again and again, until it was as many bytes as are written.
    fn work(&self, all_bytes: bool) -> Result<(), String> {
        all(&self.folder.join("specs"))
            .map_err(failed)?
            .par_iter()
            .try_for_each(|path| fs::read(path).map(drop))
            .map_err(failed)?;
        self.outputs.par_iter().try_for_each(|(path, contents)| {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).map_err(failed)?;
            }
            if is_rust(path) {
                lay_out(contents)?;
            }
            fs::write(path, contents).map_err(failed)
        })?;
        if all_bytes { self.rest().into_par_iter().try_for_each(lay_out) } else { Ok(()) }
    }

    /// Rust of as many bytes as all other files have.
    fn rest(&self) -> Vec<&[u8]> {
        let rust = self
            .outputs
            .iter()
            .filter(|(path, contents)| is_rust(path) && !contents.is_empty())
            .map(|(_, contents)| contents.as_slice());
        let mut bytes: usize = self
            .outputs
            .iter()
            .filter(|(path, _)| !is_rust(path))
            .map(|(_, contents)| contents.len())
            .sum();
        let mut more = Vec::new();
        for contents in rust.cycle() {
            if bytes == 0 {
                break;
            }
            bytes = bytes.saturating_sub(contents.len());
            more.push(contents);
        }
        more
    }
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}

/// Not what is written: the layout between items is ours.
fn lay_out(rust: &[u8]) -> Result<(), String> {
    let tree = syn::parse_file(&String::from_utf8_lossy(rust)).map_err(failed)?;
    std::hint::black_box(prettyplease::unparse(&tree));
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::Floor;

    #[test]
    fn as_much_rust_is_laid_out_as_bytes_are_written() {
        let file = |path: &str, length: usize| (PathBuf::from(path), vec![b' '; length]);
        let of = |outputs| {
            Floor { folder: Path::new(""), outputs }
                .rest()
                .iter()
                .map(|rust| rust.len())
                .sum::<usize>()
        };
        assert_eq!(of(vec![file("a.rs", 3), file("empty.rs", 0), file("b.md", 7)]), 9);
        assert_eq!(of(vec![file("b.md", 7)]), 0);
    }
}
