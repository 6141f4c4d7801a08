//! The specs folder: which files belong where; everything else is reported.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::de::DeserializeOwned;

use super::shape::{self, Grammar};
use super::{
    ExampleFile, IntegrationSources, Loaded, Sources, decode::decode, example, read::read,
};
use crate::diagnostics::{Code, Diagnostic, SourceFile};
use crate::spec::{ActionSpec, CatalogSpec, IntegrationSpec, TriggerSpec};

const SPEC_LIMIT: u64 = 1 << 20;
/// It may declare thousands of types.
const INTEGRATION_LIMIT: u64 = 16 << 20;
const EXAMPLE_LIMIT: u64 = 8 << 20;

/// A file that belongs where it stands.
struct Found {
    path: PathBuf,
    relative: String,
    integration: String,
    name: String,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Catalog,
    Integration,
    Action,
    Trigger,
    Example,
}

/// What became of a file.
enum Read {
    Catalog(Box<Loaded<CatalogSpec>>),
    Integration(Box<Loaded<IntegrationSpec>>),
    Action(Box<Loaded<ActionSpec>>),
    Trigger(Box<Loaded<TriggerSpec>>),
    Example(ExampleFile),
}

pub(super) fn load(root: &Path, display: &str) -> (Sources, Vec<Diagnostic>) {
    let loaded = load_each(root, display, |_| true, |_, id, sources| (id.to_owned(), sources));
    let integrations = loaded.made.into_iter().collect();
    (Sources { catalog: loaded.catalog, integrations }, loaded.faults)
}

/// What came of a specs folder whose integrations were each made into something.
pub(crate) struct Each<T> {
    pub(crate) catalog: Option<Loaded<CatalogSpec>>,
    /// What came of each integration, by id.
    pub(crate) made: Vec<T>,
    pub(crate) faults: Vec<Diagnostic>,
}

/// Reads the integrations that are wanted and makes each into something at once, so that no more than a few are in memory as they were read.
pub(crate) fn load_each<T: Send>(
    root: &Path,
    display: &str,
    wanted: impl Fn(&str) -> bool,
    make: impl Fn(Option<&CatalogSpec>, &str, IntegrationSources) -> T + Sync,
) -> Each<T> {
    let mut walk = Walk { display, wanted: &wanted, found: BTreeMap::new(), faults: Vec::new() };
    walk.root(root);
    let Walk { mut found, mut faults, .. } = walk;
    let mut sources = Sources::default();
    for file in found.remove("").unwrap_or_default() {
        let result = read_one(&file, display);
        store(&mut sources, &mut faults, file, result);
    }
    let spec = sources.catalog.as_ref().map(|loaded| &loaded.spec);
    let results: Vec<(T, Vec<Diagnostic>)> = found
        .into_par_iter()
        .map(|(id, files)| {
            let mut faults = Vec::new();
            let read: Vec<_> = files.par_iter().map(|file| read_one(file, display)).collect();
            let mut sources = Sources::default();
            sources.integrations.insert(id.clone(), IntegrationSources::default());
            for (file, result) in files.into_iter().zip(read) {
                store(&mut sources, &mut faults, file, result);
            }
            let integration = sources.integrations.remove(&id).unwrap_or_default();
            (make(spec, &id, integration), faults)
        })
        .collect();
    let mut all = Vec::with_capacity(results.len());
    for (made, found) in results {
        all.push(made);
        faults.extend(found);
    }
    Each { catalog: sources.catalog, made: all, faults }
}

/// As [`load`], of files that are in memory.
pub(super) fn load_texts(texts: Vec<(String, String)>) -> (Sources, Vec<Diagnostic>) {
    let (mut sources, mut faults) = (Sources::default(), Vec::new());
    let files: Vec<(Found, std::sync::Arc<SourceFile>)> = texts
        .into_iter()
        .filter_map(|(path, text)| Some((place(&path)?, SourceFile::new(path, text))))
        .collect();
    for (file, _) in &files {
        sources.integrations.entry(file.integration.clone()).or_default();
    }
    let results: Vec<_> = files
        .par_iter()
        .map(|(found, file)| {
            if file.text.len() as u64 > limit(found.kind) {
                Err(vec![too_large(file)])
            } else {
                decode_one(file, found)
            }
        })
        .collect();
    for ((file, _), result) in files.into_iter().zip(results) {
        store(&mut sources, &mut faults, file, result);
    }
    (sources, faults)
}

/// What a path below the specs folder is.
fn place(path: &str) -> Option<Found> {
    let parts: Vec<&str> = path.split('/').collect();
    let (integration, kind, name) = match parts.as_slice() {
        [integration, "integration.yaml"] => (*integration, Kind::Integration, *integration),
        [integration, "actions", name] => (*integration, Kind::Action, name.strip_suffix(".yaml")?),
        [integration, "examples", name] => (*integration, Kind::Example, *name),
        _ => return None,
    };
    Some(Found {
        path: PathBuf::new(),
        relative: path.to_owned(),
        integration: integration.to_owned(),
        name: name.to_owned(),
        kind,
    })
}

fn too_large(file: &std::sync::Arc<SourceFile>) -> Diagnostic {
    Diagnostic::error(Code::TooLarge, file.beginning(), "the file is too large")
}

fn limit(kind: Kind) -> u64 {
    match kind {
        Kind::Integration => INTEGRATION_LIMIT,
        Kind::Example => EXAMPLE_LIMIT,
        Kind::Catalog | Kind::Action | Kind::Trigger => SPEC_LIMIT,
    }
}

fn read_one(found: &Found, display: &str) -> Result<Read, Vec<Diagnostic>> {
    let file = read(&found.path, &format!("{display}/{}", found.relative), limit(found.kind))
        .map_err(|fault| vec![fault])?;
    decode_one(&file, found)
}

fn decode_one(file: &std::sync::Arc<SourceFile>, found: &Found) -> Result<Read, Vec<Diagnostic>> {
    match found.kind {
        Kind::Catalog => spec(file, found, &shape::CATALOG).map(Read::Catalog),
        Kind::Integration => spec(file, found, &shape::INTEGRATION).map(Read::Integration),
        Kind::Action => spec(file, found, &shape::ACTION).map(Read::Action),
        Kind::Trigger => spec(file, found, &shape::TRIGGER).map(Read::Trigger),
        Kind::Example => example::parse(file).map(Read::Example).map_err(|fault| vec![fault]),
    }
}

fn spec<T: DeserializeOwned>(
    file: &std::sync::Arc<SourceFile>,
    found: &Found,
    grammar: &Grammar,
) -> Result<Box<Loaded<T>>, Vec<Diagnostic>> {
    decode(file, &found.relative, grammar).map(Box::new)
}

fn store(
    sources: &mut Sources,
    faults: &mut Vec<Diagnostic>,
    file: Found,
    result: Result<Read, Vec<Diagnostic>>,
) {
    let read = match result {
        Ok(Read::Catalog(catalog)) => {
            sources.catalog = Some(*catalog);
            return;
        }
        Err(found) => {
            faults.extend(found);
            if let (Kind::Action, Some(integration)) =
                (file.kind, sources.integrations.get_mut(&file.integration))
            {
                integration.broken.push(file.name);
            }
            return;
        }
        Ok(read) => read,
    };
    let integration = sources.integrations.entry(file.integration).or_default();
    match read {
        Read::Integration(spec) => integration.integration = Some(*spec),
        Read::Action(spec) => drop(integration.actions.insert(file.name, *spec)),
        Read::Trigger(spec) => drop(integration.triggers.insert(file.name, *spec)),
        Read::Example(example) => drop(integration.examples.insert(file.name, example)),
        Read::Catalog(_) => {}
    }
}

struct Walk<'a> {
    display: &'a str,
    wanted: &'a dyn Fn(&str) -> bool,
    /// The files of each integration; those beside the integrations under an empty name.
    found: BTreeMap<String, Vec<Found>>,
    faults: Vec<Diagnostic>,
}

/// An entry of a folder.
struct Item {
    path: PathBuf,
    relative: String,
    name: String,
    folder: bool,
}

impl Walk<'_> {
    fn report(&mut self, code: Code, relative: &str, message: String, help: &str) {
        let path = if relative.is_empty() {
            self.display.to_owned()
        } else {
            format!("{}/{relative}", self.display)
        };
        let fault = Diagnostic::error(code, SourceFile::new(path, "").beginning(), message);
        self.faults.push(if help.is_empty() { fault } else { fault.help(help) });
    }

    fn root(&mut self, root: &Path) {
        if !root.is_dir() {
            let message = format!("specs folder `{}` not found", self.display);
            return self.report(
                Code::UnreadableFile,
                "",
                message,
                "run the command in the parent of the specs folder, or pass the folder's path",
            );
        }
        for item in self.items(root, "") {
            if item.folder {
                if (self.wanted)(&item.name) {
                    self.integration(&item);
                }
            } else if item.name == "catalog.yaml" {
                self.take(&item, "", Kind::Catalog, item.name.clone());
            } else {
                self.misplaced(&item);
            }
        }
    }

    fn integration(&mut self, folder: &Item) {
        let id = folder.name.clone();
        self.found.entry(id.clone()).or_default();
        let items = self.items(&folder.path, &folder.relative);
        if !items.iter().any(|item| item.name == "integration.yaml" && !item.folder) {
            let message = format!("the integration `{id}` has no `integration.yaml`");
            self.report(
                Code::MissingFile,
                &format!("{}/integration.yaml", folder.relative),
                message,
                "write it, or remove the folder",
            );
        }
        for item in items {
            let kind = match (item.name.as_str(), item.folder) {
                ("integration.yaml", false) => {
                    self.take(&item, &id, Kind::Integration, id.clone());
                    continue;
                }
                ("actions", true) => Kind::Action,
                ("triggers", true) => Kind::Trigger,
                ("examples", true) => Kind::Example,
                _ => {
                    self.misplaced(&item);
                    continue;
                }
            };
            for file in self.items(&item.path, &item.relative) {
                let suffix = if matches!(kind, Kind::Example) { ".json" } else { ".yaml" };
                match file.name.strip_suffix(suffix).filter(|stem| !file.folder && !stem.is_empty())
                {
                    Some(_) if matches!(kind, Kind::Example) => {
                        self.take(&file, &id, kind, file.name.clone());
                    }
                    Some(stem) => self.take(&file, &id, kind, stem.to_owned()),
                    None => self.misplaced(&file),
                }
            }
        }
    }

    fn take(&mut self, item: &Item, integration: &str, kind: Kind, name: String) {
        let (path, relative) = (item.path.clone(), item.relative.clone());
        let found = Found { path, relative, integration: integration.to_owned(), name, kind };
        self.found.entry(found.integration.clone()).or_default().push(found);
    }

    fn misplaced(&mut self, item: &Item) {
        let what = if item.folder { "folder" } else { "file" };
        let (relative, name) = (&item.relative, &item.name);
        let place = relative.rsplit_once('/').map_or("the specs folder", |(folder, _)| folder);
        let integration =
            relative.split_once('/').map_or("<integration>", |(integration, _)| integration);
        let help = match name.rsplit_once('.') {
            _ if item.folder => "an integration's folder holds `actions/`, `triggers/` and `examples/`, which hold no folders".to_owned(),
            Some((stem, "yml")) => format!("rename it to `{stem}.yaml`"),
            Some((_, "json")) => format!("examples belong in `{integration}/examples/`"),
            Some((_, "yaml")) => format!("actions belong in `{integration}/actions/`, triggers in `{integration}/triggers/`"),
            _ => "a specs folder holds specs (`.yaml`), examples (`.json`) and `README.md` files; move it elsewhere".to_owned(),
        };
        self.report(
            Code::MisplacedFile,
            relative,
            format!("the {what} `{name}` does not belong in `{}`", place.trim_matches('`')),
            &help,
        );
    }

    /// What a folder holds, sorted; links are reported, hidden files and `README.md` passed over.
    fn items(&mut self, folder: &Path, relative: &str) -> Vec<Item> {
        let entries =
            match std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
                Ok(entries) => entries,
                Err(error) => {
                    self.report(
                        Code::UnreadableFile,
                        relative,
                        format!("the folder cannot be read: {error}"),
                        "",
                    );
                    return Vec::new();
                }
            };
        let mut items = Vec::new();
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            let relative =
                if relative.is_empty() { name.clone() } else { format!("{relative}/{name}") };
            match entry.file_type() {
                _ if name.starts_with('.') || name == "README.md" => {}
                Ok(kind) if kind.is_dir() || kind.is_file() => {
                    items.push(Item { path: entry.path(), relative, name, folder: kind.is_dir() });
                }
                Ok(kind) if kind.is_symlink() => {
                    self.report(
                        Code::Symlink,
                        &relative,
                        format!("`{name}` is a symbolic link"),
                        "replace it with the file or folder; links are not followed",
                    );
                }
                Ok(_) => self.report(
                    Code::MisplacedFile,
                    &relative,
                    format!("`{name}` is neither a file nor a folder"),
                    "remove it",
                ),
                Err(error) => self.report(
                    Code::UnreadableFile,
                    &relative,
                    format!("`{name}` cannot be read: {error}"),
                    "",
                ),
            }
        }
        items.sort_by(|one, other| one.name.cmp(&other.name));
        items
    }
}
