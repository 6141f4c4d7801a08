//! What the tests share: both catalogues, their pages, and their paths.

#![allow(dead_code, reason = "each test file uses a part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};

use actionspec_codegen::catalog::{Action, Catalog, Info, Integration};
use actionspec_codegen::diagnostics::{Format, render};
use actionspec_codegen::emit::openapi::OpenApi;
use actionspec_codegen::emit::{EMITTERS, Emitter, Settings};
use actionspec_codegen::pipeline::{self, Options};

/// A specs folder and what is generated from it.
pub struct Project {
    pub name: &'static str,
    pub specs: PathBuf,
    pub generated: PathBuf,
    pub only: Vec<String>,
}

/// The workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// The published catalogue, and the conformance suite's own.
pub fn projects() -> [Project; 2] {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    [
        Project {
            name: "catalogue",
            specs: root().join("specs"),
            generated: root().join("generated"),
            only: Vec::new(),
        },
        Project {
            name: "conformance",
            specs: here.join("specs"),
            generated: here.join("generated"),
            // What describes the language is the same as in the catalogue.
            only: EMITTERS
                .iter()
                .filter(|emitter| !emitter.describes_language())
                .map(|emitter| emitter.name().to_owned())
                .collect(),
        },
    ]
}

impl Project {
    /// The Catalog of the specs, which must be free of errors.
    pub fn catalog(&self) -> Catalog {
        let checked = pipeline::check(&self.specs, self.name);
        checked
            .catalog
            .unwrap_or_else(|| panic!("{}", render(&checked.findings, Format::Human, false)))
    }

    pub fn options(&self) -> Options {
        Options {
            specs: self.specs.clone(),
            specs_shown: "specs".to_owned(),
            templates: root().join("docs-templates"),
            layout: "default".to_owned(),
            out: self.generated.clone(),
            only: self.only.clone(),
            pretty: true,
        }
    }

    /// Every generated Markdown page with its path.
    pub fn pages(&self) -> Vec<(PathBuf, String)> {
        let mut pages = Vec::new();
        // The READMEs of crates are compiled with the crates.
        for folder in ["docs", "reference"].map(|folder| self.generated.join(folder)) {
            if folder.is_dir() {
                collect(&folder, &mut pages);
            }
        }
        pages.sort();
        assert!(!pages.is_empty(), "no page below {}", self.generated.display());
        pages
    }
}

/// The OpenAPI document of an integration, if it has one.
pub fn openapi(info: &Info, integration: &Integration) -> Option<serde_json::Value> {
    let outputs = OpenApi.integration(info, integration, &Settings::default()).unwrap();
    Some(serde_json::from_slice(&outputs.first()?.contents).unwrap())
}

/// The operations of an OpenAPI document: path, method and operation.
pub fn operations(document: &serde_json::Value) -> Vec<(&str, &str, &serde_json::Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths
        .flat_map(|(path, methods)| {
            methods
                .as_object()
                .unwrap()
                .iter()
                .map(|(method, one)| (path.as_str(), method.as_str(), one))
        })
        .collect()
}

fn collect(folder: &Path, pages: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, pages);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let text = std::fs::read_to_string(&path).unwrap();
            pages.push((path, text));
        }
    }
}

/// The fenced code of a page: language and text.
pub fn fences(page: &str) -> Vec<(String, String)> {
    use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
    let mut fences: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for event in Parser::new_ext(page, Options::all()) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                fences.push((language.to_string(), String::new()));
                inside = true;
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(text) if inside => fences.last_mut().unwrap().1.push_str(&text),
            _ => {}
        }
    }
    fences
}

/// The descriptors of an integration, from the files that its crate includes.
pub fn descriptors(
    project: &Project,
    integration: &Integration,
) -> &'static actionspec_runtime::descriptor::Integration {
    let folder = project.generated.join("rust").join(&integration.slug).join("src");
    let text = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let module = |action: &Action| {
        let plain = format!("{}.json", action.ident);
        if folder.join(&plain).exists() { plain } else { format!("{}_.json", action.ident) }
    };
    let actions: Vec<(String, String)> = integration
        .actions
        .iter()
        .map(|action| (action.id.clone(), text(&module(action))))
        .collect();
    let text = text("integration.json");
    let read = actionspec_runtime::descriptor::Integration::from_json(&text, actions).unwrap();
    Box::leak(Box::new(read))
}

/// The value that the samples give a variable of a server.
pub fn usual(variable: &actionspec_codegen::spec::ServerVariable) -> &str {
    let value = variable.default.as_ref().or(variable.example.as_ref());
    value.or(variable.values.keys().next()).map_or("example", String::as_str)
}

/// The addresses of an integration's servers as samples have them, the longest first.
pub fn addresses(integration: &Integration) -> Vec<String> {
    let address = |server: &actionspec_codegen::catalog::Server| {
        server.variables.iter().fold(server.url.clone(), |url, (name, variable)| {
            url.replace(&format!("{{{name}}}"), usual(variable))
        })
    };
    let mut all: Vec<String> = integration.servers.iter().map(address).collect();
    all.sort_by_key(|address| std::cmp::Reverse(address.len()));
    all
}
