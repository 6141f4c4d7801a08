//! Where specs go: into an integration that is there, found by the host, or into a new one.

use std::path::Path;

use indexmap::IndexMap;
use regex::Regex;
use serde_json::Value;

use super::authentication::Schemes;
use super::report::{Fault, Kind, Report};
use super::request::Recorded;
use super::{Made, Options};
use crate::catalog::names;
use crate::diagnostics::{Diagnostic, Severity};
use crate::load;
use crate::resolve;
use crate::scheme;
use crate::spec::{ActionSpec, ErrorEnvelope, IntegrationSpec, LANGUAGE_VERSION, Server};
use crate::write;

/// The specs that are there.
#[derive(Debug, Default)]
pub struct Specs {
    /// The integrations.
    pub integrations: Vec<Known>,
    /// The first category of the catalogue.
    pub category: Option<String>,
}

/// An integration that is there.
#[derive(Debug)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// Its file.
    pub spec: IntegrationSpec,
    /// The ids of its actions.
    pub actions: Vec<String>,
    /// Its files: paths below the specs folder, and their texts.
    texts: Vec<(String, String)>,
}

impl Specs {
    /// Reads a specs folder. What cannot be read is as if it were not there; `gen` tells of it.
    #[must_use]
    pub fn read(folder: &Path) -> Self {
        let (sources, _) = load::load(folder, "specs");
        let integrations = sources.integrations.into_iter().filter_map(|(id, files)| {
            let spec = files.integration?.spec;
            let paths = std::iter::once(format!("{id}/integration.yaml"))
                .chain(files.actions.keys().map(|action| format!("{id}/actions/{action}.yaml")))
                .chain(files.examples.keys().map(|name| format!("{id}/examples/{name}")));
            let texts = paths
                .filter_map(|path| {
                    std::fs::read_to_string(folder.join(&path)).ok().map(|text| (path, text))
                })
                .collect();
            Some(Known {
                spec,
                actions: files.actions.into_keys().chain(files.broken).collect(),
                texts,
                id,
            })
        });
        let category = crate::import::folder::first_category(folder);
        Self { integrations: integrations.collect(), category }
    }

    /// The integration of an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Known> {
        self.integrations.iter().find(|known| known.id == id)
    }
}

/// Where the requests of one recording go.
pub(super) struct Place<'a> {
    id: String,
    known: Option<&'a Known>,
    servers: IndexMap<String, Server>,
    category: String,
    host: String,
}

/// Finds the integration that the requests are of, or begins one.
pub(super) fn find<'a>(
    recorded: &[Recorded],
    options: &Options,
    specs: &'a Specs,
    report: &mut Report,
) -> Result<Place<'a>, Fault> {
    let Some(first) = recorded.first() else {
        return Err(Fault::new("no request to create a spec from"));
    };
    let address = &first.address;
    let by_id = options.integration.as_deref().and_then(|id| specs.find(id));
    // Of several systems at one host it is the one that says most of the address.
    let nearness = |known: &Known| {
        let servers = known.spec.servers.values().filter(|server| has_own_host(server));
        servers
            .filter_map(|server| {
                Some((prefix(server, &address.host, &address.path)?.len(), server.url.len()))
            })
            .max()
    };
    let by_host = || {
        let near =
            specs.integrations.iter().rev().filter_map(|known| Some((nearness(known)?, known)));
        near.max_by_key(|(nearness, _)| *nearness).map(|(_, known)| known)
    };
    let known = if options.integration.is_some() { by_id } else { by_host() };
    let id = match (&options.integration, known) {
        (Some(id), _) => id.clone(),
        (None, Some(known)) => known.id.clone(),
        (None, None) => names::ident(&address.name()).trim_end_matches('_').to_owned(),
    };
    if !names::is_id(&id) {
        return Err(Fault::new(format!("`{id}` cannot be the id of an integration"))
            .help("give one with `--integration`: lower-case words with underscores"));
    }
    if known.is_some_and(|known| {
        known
            .spec
            .servers
            .values()
            .all(|server| prefix(server, &address.host, &address.path).is_none())
    }) {
        report.add(
            Kind::ToDo,
            address.host.clone(),
            format!("the integration `{id}` has no server at this host; add it under `servers`"),
        );
    }
    if !address.is_tls {
        report.add(
            Kind::Assumed,
            address.host.clone(),
            "the server is asked by `https`: specs know no plain text",
        );
    }
    let server = Server {
        url: format!("https://{}", address.host),
        description: None,
        variables: IndexMap::new(),
    };
    Ok(Place {
        known,
        servers: known.map_or_else(
            || IndexMap::from([("main".to_owned(), server)]),
            |known| known.spec.servers.clone(),
        ),
        category: options
            .category
            .clone()
            .or_else(|| specs.category.clone())
            .unwrap_or_else(|| "imported".to_owned()),
        host: address.host.clone(),
        id,
    })
}

/// Whether a server's host says whose it is: `{host}` may be anybody's.
fn has_own_host(server: &Server) -> bool {
    let host = server
        .url
        .strip_prefix("https://")
        .unwrap_or_default()
        .split('/')
        .next()
        .unwrap_or_default();
    host.rsplit('}')
        .next()
        .is_some_and(|end| end.trim_matches('.').contains('.') || !host.contains('{'))
}

/// The path of a server that an address is below.
fn prefix(server: &Server, host: &str, path: &str) -> Option<String> {
    let url = server.url.strip_prefix("https://")?;
    let mut pattern = String::new();
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        pattern.push_str(&regex::escape(before));
        let variable = server.variables.get(name);
        pattern.push_str(
            &variable
                .and_then(|variable| variable.pattern.clone())
                .filter(|pattern| Regex::new(pattern).is_ok())
                .map_or_else(|| "[^/]+".to_owned(), |own| format!("(?:{own})")),
        );
        rest = after;
    }
    pattern.push_str(&regex::escape(rest));
    let found = Regex::new(&format!("^(?:{pattern})(?:/|$)"))
        .ok()?
        .find(&format!("{host}{path}"))?
        .as_str()
        .to_owned();
    let whole = found.trim_end_matches('/');
    whole.strip_prefix(host).map(str::to_owned)
}

impl Place<'_> {
    /// Says of a request which server it went to.
    pub(super) fn enter(&self, recorded: &mut Recorded) {
        let fitting = self.servers.iter().enumerate().filter_map(|(index, (name, server))| {
            let prefix = prefix(server, &recorded.address.host, &recorded.address.path)?;
            Some((prefix.len(), std::cmp::Reverse(index), name.clone(), prefix))
        });
        if let Some((_, std::cmp::Reverse(index), name, prefix)) = fitting.max() {
            recorded.server = (index > 0).then_some(name);
            recorded.prefix = prefix;
        }
    }

    /// Ids that new actions do not take: none. The same operation is the same action, which is then there already.
    #[expect(clippy::unused_self, reason = "the ids are the integration's")]
    pub(super) fn taken(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether all requests of the integration carry a header.
    pub(super) fn has_header(&self, name: &str) -> bool {
        self.known.is_some_and(|known| {
            known.spec.headers.keys().any(|header| header.eq_ignore_ascii_case(name))
        })
    }

    /// Each scheme that knows scopes, with no scope.
    pub(super) fn scopes(&self) -> IndexMap<String, Vec<String>> {
        let schemes =
            self.known.map(|known| known.spec.authentication.iter()).into_iter().flatten();
        schemes
            .filter(|(_, scheme)| scheme::of(scheme).scopes().is_some())
            .map(|(name, _)| (name.clone(), Vec::new()))
            .collect()
    }

    pub(super) fn documentation(&self, options: &Options) -> String {
        let usual = || self.known.map(|known| known.spec.documentation.clone());
        options.documentation.clone().or_else(usual).unwrap_or_else(|| default_page(&self.host))
    }

    /// The files, with what `gen` would refuse taken out.
    pub(super) fn finish(
        self,
        schemes: &Schemes,
        mut actions: IndexMap<String, ActionSpec>,
        examples: &IndexMap<String, Value>,
        options: &Options,
        mut report: Report,
    ) -> Result<Made, Fault> {
        let mut files = Vec::new();
        match self.known {
            Some(known) => {
                schemes.compare(&known.spec.authentication, &mut report);
                if !self.scopes().is_empty() {
                    report.add(
                        Kind::ToDo,
                        self.id.clone(),
                        "name the scopes of OAuth 2: a recording does not show them",
                    );
                }
            }
            None => {
                let spec = self.integration(schemes, options);
                report.add(
                    Kind::ToDo,
                    format!("{}/integration.yaml", self.id),
                    "say what the system is, and how to get credentials",
                );
                files.push((format!("{}/integration.yaml", self.id), write::integration(&spec)));
            }
        }
        let mut refused: Vec<String> = Vec::new();
        // Taking one action out upsets no other, so twice is enough.
        for _ in 0..2 {
            let own: Vec<(String, String)> =
                files.iter().cloned().chain(texts(&self.id, &actions, examples)).collect();
            let faults = faults(self.known, &own);
            for fault in faults {
                let path = &fault.primary.span.file.path;
                let stem = path
                    .rsplit('/')
                    .next()
                    .unwrap_or_default()
                    .trim_end_matches(".yaml")
                    .trim_end_matches(".json")
                    .to_owned();
                if actions.shift_remove(&stem).is_some() {
                    report.add(
                        Kind::Skipped,
                        stem.clone(),
                        format!("it makes no valid spec: {}", fault.message),
                    );
                    refused.push(stem);
                }
            }
        }
        if actions.is_empty() {
            let why = report
                .of(Kind::Skipped)
                .last()
                .map(|line| line.message.clone())
                .unwrap_or_default();
            return Err(Fault::new(format!("nothing can be made of the recording: {why}")));
        }
        let kept: Vec<String> = actions.keys().cloned().collect();
        files.extend(texts(&self.id, &actions, examples));
        Ok(Made {
            integration: self.id,
            is_new: self.known.is_none(),
            actions: kept,
            files,
            report,
        })
    }

    fn integration(&self, schemes: &Schemes, options: &Options) -> IntegrationSpec {
        let title = names::title(&self.id);
        IntegrationSpec {
            authentication: schemes.declared(),
            servers: self.servers.clone(),
            ..bare(&title, &self.category, self.documentation(options))
        }
    }
}

/// An integration of which nothing is known but its name.
pub(super) fn bare(title: &str, category: &str, documentation: String) -> IntegrationSpec {
    IntegrationSpec {
        spec: LANGUAGE_VERSION,
        title: title.to_owned(),
        vendor: title.to_owned(),
        description: format!("The API of {title}."),
        category: category.to_owned(),
        keywords: Vec::new(),
        documentation,
        links: Vec::new(),
        notes: Vec::new(),
        version: None,
        api_version: None,
        servers: IndexMap::new(),
        authentication: IndexMap::new(),
        connection_test: None,
        headers: IndexMap::new(),
        errors: ErrorEnvelope::default(),
        pagination: IndexMap::new(),
        rate_limit: None,
        retry: None,
        groups: IndexMap::new(),
        types: IndexMap::new(),
        deprecated: None,
        changes: Vec::new(),
    }
}

/// The page of a host, where no other is known.
pub(super) fn default_page(host: &str) -> String {
    let host = host.split(':').next().unwrap_or_default();
    let is_name = host.contains('.') && host.chars().any(char::is_alphabetic);
    if is_name { format!("https://{host}/") } else { "https://docs.example.com/".to_owned() }
}

fn texts(
    id: &str,
    actions: &IndexMap<String, ActionSpec>,
    examples: &IndexMap<String, Value>,
) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (action, spec) in actions {
        files.push((
            format!("{id}/actions/{action}.yaml"),
            super::scaffold::with_schema(&write::action(spec), "action"),
        ));
        let name = format!("{action}.json");
        if let Some(example) = examples.get(&name) {
            files.push((format!("{id}/examples/{name}"), write::json(example)));
        }
    }
    files
}

/// What `gen` would say of the new files beside those that are there.
pub(super) fn faults(known: Option<&Known>, own: &[(String, String)]) -> Vec<Diagnostic> {
    let is_own = |path: &str| own.iter().any(|(name, _)| name == path);
    let there = known.map(|known| known.texts.clone()).unwrap_or_default();
    let all = there.into_iter().filter(|(path, _)| !is_own(path)).chain(own.iter().cloned());
    let (sources, mut faults) = load::load_texts(all.collect());
    let (_, found) = resolve::resolve(&sources);
    faults.extend(found);
    faults
        .retain(|fault| fault.severity == Severity::Error && is_own(&fault.primary.span.file.path));
    faults
}
