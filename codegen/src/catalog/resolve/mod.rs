//! Resolving: every name looked up, every default filled in, every rule across keys checked.
//!
//! One file a subject; each function takes what was written and a [`Report`], and returns what the Catalog holds, whatever it found.
//! The Catalog is handed out only when no error was found anywhere.

mod action;
mod authentication;
mod combine;
mod cycles;
mod hoist;
mod integration;
mod output;
mod paging;
mod parameter;
mod references;
mod report;
mod request;
mod rules;
mod schema;
mod servers;
mod signing;
mod text_checks;
mod transport;
mod trigger;
mod types;
mod union;
mod values;

use indexmap::IndexMap;
use rayon::prelude::*;

pub(crate) use self::request::placeholders;

use self::report::Report;
use super::model::{Catalog, Package};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::load::Sources;
use crate::spec::CatalogSpec;

/// The Catalog, and every finding of every file. There is a Catalog when none of the findings is an error.
#[must_use]
pub fn resolve(sources: &Sources) -> (Option<Catalog>, Vec<Diagnostic>) {
    let settings = sources.catalog.as_ref().map(|loaded| &loaded.spec);
    let resolved: Vec<_> = sources.integrations.par_iter().map(|(id, files)| integration::resolve(id, files, settings)).collect();
    let mut findings = Vec::new();
    let mut integrations = Vec::new();
    for (integration, found) in resolved {
        findings.extend(found);
        integrations.extend(integration);
    }
    if let Some(loaded) = &sources.catalog {
        let mut report = Report::new(&loaded.tree);
        check_catalog(&loaded.spec, sources, &mut report);
        findings.extend(report.into_findings());
    }
    let failed = findings.iter().any(|finding| finding.severity == Severity::Error);
    let spec = settings.cloned().unwrap_or_default();
    let categories = categories(&spec, &integrations);
    let catalog = Catalog {
        title: spec.title.unwrap_or_else(|| "Integrations".to_owned()),
        description: spec.description,
        edit_url: spec.edit_url,
        categories,
        package: Package {
            name: spec.package.name.unwrap_or_else(|| "actionspec".to_owned()),
            version: spec.package.version.unwrap_or_else(|| "0.1.0".to_owned()),
            license: spec.package.license.unwrap_or_else(|| "MIT OR Apache-2.0".to_owned()),
            runtime_path: spec.package.runtime_path,
            default_integration: spec.package.default_integration,
            examples: spec
                .package
                .examples
                .iter()
                .filter_map(|name| name.split_once('.'))
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
                .collect(),
        },
        integrations,
    };
    ((!failed).then_some(catalog), findings)
}

/// The declared categories; without any, those that the integrations name.
fn categories(spec: &CatalogSpec, integrations: &[super::model::Integration]) -> IndexMap<String, String> {
    if !spec.categories.is_empty() {
        return spec.categories.clone();
    }
    let mut named: Vec<&String> = integrations.iter().map(|integration| &integration.category).collect();
    named.sort_unstable();
    named.into_iter().map(|id| (id.clone(), super::names::title(id))).collect()
}

fn check_catalog(spec: &CatalogSpec, sources: &Sources, report: &mut Report) {
    if let Some(name) = &spec.package.name
        && !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
    {
        report.error(Code::BadId, "/crate/name", format!("`{name}` is no name for a package"), |d| {
            d.help("use lower-case letters, digits and hyphens")
        });
    }
    if let Some(version) = &spec.package.version
        && !version.split(['-', '+']).next().is_some_and(|core| core.split('.').count() == 3 && core.split('.').all(is_number))
    {
        report.error(Code::BadVersion, "/crate/version", format!("`{version}` is no SemVer version"), |d| {
            d.help("write three numbers: `1.0.0`")
        });
    }
    if let Some(url) = &spec.edit_url {
        report.url("/editUrl", url);
    }
    if let Some(id) = &spec.package.default_integration
        && !sources.integrations.contains_key(id)
    {
        let known = sources.integrations.keys().map(String::as_str);
        report.unknown("/crate/defaultIntegration", "integration", id, known);
    }
    for (index, name) in spec.package.examples.iter().enumerate() {
        let known = sources.integrations.iter().flat_map(|(id, files)| files.actions.keys().map(move |action| format!("{id}.{action}")));
        let known: Vec<String> = known.collect();
        if !known.contains(name) {
            report.unknown(&report::join("/crate/examples", index), "action", name, known.iter().map(String::as_str));
        }
    }
    for (id, title) in &spec.categories {
        report.not_blank(&report::join("/categories", id), title);
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}
