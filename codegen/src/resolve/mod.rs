//! Resolving: every name looked up, every default filled in, every rule across keys checked.
//!
//! One file a subject; each function takes what was written and a `Report`, and returns what the Catalog holds, whatever it found.
//! The Catalog is handed out only when no error was found anywhere.

mod action;
mod authentication;
mod checks;
mod combine;
mod context;
mod cycles;
mod hoist;
mod integration;
mod known;
mod line;
mod nesting;
mod output;
mod paging;
mod parameter;
mod protocol;
mod references;
mod request;
mod rules;
mod schema;
mod servers;
mod sql;
mod text_checks;
mod trigger;
mod types;
mod union;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use rayon::prelude::*;

use crate::catalog::{Catalog, Info, Integration, IntegrationOutline, Package, names};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::load::{IntegrationSources, Loaded, Sources};
use crate::report::{Report, join};
use crate::spec::CatalogSpec;

/// The name of the package for calls by name, unless the catalogue names it.
const PACKAGE: &str = "actionspec";

/// Packages that generated packages depend on.
const RUNTIME_PACKAGES: &[&str] = &["actionspec-runtime", "actionspec-model"];

/// Crates that a Rust program has without naming them; cargo refuses packages of these names.
const RUST_CRATES: &[&str] = &["alloc", "core", "proc_macro", "std", "test"];

/// Whether cargo takes a text as the name of a package, on every system.
fn is_package(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.len() <= 64
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
        && !names::is_device(name)
        && !names::is_reserved(name)
        && !RUST_CRATES.contains(&name.replace('-', "_").as_str())
        && !RUNTIME_PACKAGES.contains(&name)
}

/// The Catalog, and every finding of every file. There is a Catalog when none of the findings is an error.
#[must_use]
pub fn resolve(sources: &Sources) -> (Option<Catalog>, Vec<Diagnostic>) {
    let settings = sources.catalog.as_ref().map(|loaded| &loaded.spec);
    let resolved = sources
        .integrations
        .par_iter()
        .map(|(id, files)| Resolved::new(settings, id, files))
        .collect();
    assemble(sources.catalog.as_ref(), resolved, &[])
}

/// What came of an integration.
pub(crate) struct Resolved {
    pub(crate) id: String,
    /// The ids of its actions, whatever is wrong with them.
    pub(crate) actions: Vec<String>,
    pub(crate) integration: Option<Integration>,
    pub(crate) findings: Vec<Diagnostic>,
}

impl Resolved {
    /// Resolves an integration.
    pub(crate) fn new(
        settings: Option<&CatalogSpec>,
        id: &str,
        files: &IntegrationSources,
    ) -> Self {
        let (integration, findings) = integration::resolve(id, files, settings);
        Self {
            id: id.to_owned(),
            actions: files.actions.keys().cloned().collect(),
            integration,
            findings,
        }
    }
}

/// The Catalog of integrations that were resolved each for itself, in the order of their ids; checks what names integrations and actions against
/// them and those that are `known` in outline.
pub(crate) fn assemble(
    catalog: Option<&Loaded<CatalogSpec>>,
    resolved: Vec<Resolved>,
    known: &[IntegrationOutline],
) -> (Option<Catalog>, Vec<Diagnostic>) {
    let settings = catalog.map(|loaded| &loaded.spec);
    let mut findings = Vec::new();
    let mut integrations = Vec::new();
    let mut names: BTreeMap<String, Vec<String>> = known
        .iter()
        .map(|one| (one.id.clone(), one.actions.iter().map(|action| action.id.clone()).collect()))
        .collect();
    for one in resolved {
        findings.extend(one.findings);
        integrations.extend(one.integration);
        names.insert(one.id, one.actions);
    }
    if let Some(loaded) = catalog {
        let mut report = Report::new(&loaded.tree);
        check_catalog(&loaded.spec, &names, &mut report);
        findings.extend(report.into_findings());
    }
    let failed = findings.iter().any(|finding| finding.severity == Severity::Error);
    let spec = settings.cloned().unwrap_or_default();
    let own = integrations.iter().map(|integration| &integration.category);
    let categories = categories(&spec, own.chain(known.iter().map(|one| &one.category)));
    let info = Info {
        title: spec.title.unwrap_or_else(|| "Integrations".to_owned()),
        description: spec.description,
        edit_url: spec.edit_url,
        categories,
        package: Package {
            name: spec.package.name.unwrap_or_else(|| PACKAGE.to_owned()),
            version: spec.package.version.unwrap_or_else(|| "0.1.0".to_owned()),
            license: spec.package.license.unwrap_or_else(|| "MIT OR Apache-2.0".to_owned()),
            repository: spec.package.repository,
            documentation: spec.package.documentation,
            runtime_path: spec.package.runtime_path,
            examples: spec
                .package
                .examples
                .iter()
                .filter_map(|name| name.split_once('.'))
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
                .collect(),
        },
    };
    ((!failed).then_some(Catalog { info, integrations }), findings)
}

/// The declared categories; without any, those that the integrations name.
fn categories<'a>(
    spec: &CatalogSpec,
    named: impl Iterator<Item = &'a String>,
) -> IndexMap<String, String> {
    if !spec.categories.is_empty() {
        return spec.categories.clone();
    }
    let mut named: Vec<&String> = named.collect();
    named.sort_unstable();
    named.into_iter().map(|id| (id.clone(), names::title(id))).collect()
}

/// `known` are the actions of each integration.
fn check_catalog(spec: &CatalogSpec, known: &BTreeMap<String, Vec<String>>, report: &mut Report) {
    if let Some(name) = &spec.package.name
        && !is_package(name)
    {
        report
            .error(Code::BadId, "/crate/name", format!("`{name}` is not a valid package name"))
            .help(
                "use lower-case letters, digits and hyphens, a letter first; not a reserved \
                word of Rust or one of its own crates",
            );
    }
    if let Some(version) = &spec.package.version {
        text_checks::version(version, "/crate/version", report);
    }
    for (key, url) in
        [("repository", &spec.package.repository), ("documentation", &spec.package.documentation)]
    {
        if let Some(url) = url {
            report.url(&join("/crate", key), url);
        }
    }
    if let Some(url) = &spec.edit_url {
        report.url("/editUrl", url);
    }
    let name = spec.package.name.as_deref().unwrap_or(PACKAGE);
    for id in known.keys() {
        let package = format!("{name}-{}", names::slug(id));
        if RUNTIME_PACKAGES.contains(&package.as_str()) {
            report
                .error(
                    Code::BadId,
                    "/crate/name",
                    format!("`{package}` names the package of `{id}` and one that it depends on"),
                )
                .help("choose another name, or rename the integration");
        }
    }
    if let Some(id) = known.keys().find(|id| names::slug(id) == name) {
        report
            .error(
                Code::BadId,
                "/crate/name",
                format!("`{name}` names the package for calls by name and the folder of `{id}`"),
            )
            .help("choose another name");
    }
    let known: BTreeSet<String> = known
        .iter()
        .flat_map(|(id, actions)| actions.iter().map(move |action| format!("{id}.{action}")))
        .collect();
    for (index, name) in spec.package.examples.iter().enumerate() {
        if !known.contains(name) {
            report.unknown(
                &join("/crate/examples", index),
                "action",
                name,
                known.iter().map(String::as_str),
            );
        }
    }
    for (id, title) in &spec.categories {
        report.not_blank(&join("/categories", id), title);
    }
}
