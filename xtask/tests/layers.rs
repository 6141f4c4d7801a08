//! The modules of each library are layers: none uses a module of a layer above it.
//!
//! The tables below are the order. Each row is a layer, the lowest first; modules in one row may use each other. A new module needs a place in
//! its table. Tests within the libraries may use whatever they test with.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The layers of a library, the lowest first.
struct Library {
    source: &'static str,
    layers: &'static [&'static [&'static str]],
}

const LIBRARIES: &[Library] = &[
    Library {
        source: "runtime/model/src",
        layers: &[
            &[
                "deprecation",
                "effect",
                "header",
                "pointer",
                "prose",
                "suggest",
                "words",
                "waiver",
                "violation",
            ],
            &["read", "server", "signing"],
            // A keyword checks values, a format too, a schema has both, and a checker follows them.
            &["keyword", "format", "schema", "validate"],
            &["parameter", "rule"],
            &["sample", "json_schema", "paging", "policy", "scheme", "error_case"],
            &["trigger"],
            &["integration"],
            &["protocol"],
            &["request", "output"],
            &["action"],
        ],
    },
    Library {
        source: "runtime/src",
        layers: &[
            // Texts and values.
            &["hex", "pattern", "percent", "template"],
            // A view is a place in a document.
            &["descriptor", "document", "pointer", "view"],
            &["shape"],
            &["sql", "values", "xml", "limits", "retry", "envelope"],
            &["content", "redact", "response"],
            &["output"],
            // The network.
            &["transport"],
            &["error", "file"],
            &["arguments"],
            // A scheme sends its own requests with the client, which holds the scheme.
            &["auth", "client"],
            // A request: from arguments to bytes.
            &["untyped"],
            &["encode"],
            &["referral", "validate"],
            // One request, with its attempts.
            &["attempt"],
            // The requests of a call.
            &["steps"],
            &["call"],
            &["catalog", "download", "paging"],
            &["blocking"],
            &["generated"],
        ],
    },
    Library {
        source: "codegen/src",
        layers: &[
            &["spec", "text", "markdown"],
            &["language"],
            &["catalog"],
            &["features", "stats", "type_name"],
            &["diagnostics", "yaml"],
            &["report"],
            &["output", "paging", "scheme"],
            &["json_schema"],
            &["descriptor"],
            &["prepare"],
            &["emit"],
            &["sync", "load"],
            &["cache", "lint", "resolve"],
            &["pipeline", "write"],
            &["import"],
            &["record"],
        ],
    },
];

#[test]
fn no_module_uses_one_of_a_layer_above_it() {
    let mut problems = Vec::new();
    for library in LIBRARIES {
        check(library, &mut problems);
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn what_a_line_uses_is_found() {
    let used = |text: &str| uses(text, &["paging".to_owned(), "next".to_owned()]);
    assert_eq!(used("use crate::call::{Call, Untyped};"), ["call"]);
    assert_eq!(
        used("use crate::{call::Call, view, error::{Error, ErrorKind}};"),
        ["call", "view", "error"]
    );
    assert_eq!(used("let a = crate::steps::run(super::super::call::now());"), ["steps", "call"]);
    assert_eq!(used("use super::token; // crate::call"), [""; 0]);
    assert_eq!(
        used("use crate::view::View;\n#[cfg(test)]\nmod tests {\n    use crate::call;\n}"),
        ["view"]
    );
}

fn check(library: &Library, problems: &mut Vec<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(library.source);
    let mut layer_of = BTreeMap::new();
    for (layer, modules) in library.layers.iter().enumerate() {
        for module in *modules {
            if layer_of.insert((*module).to_owned(), layer).is_some() {
                problems.push(format!("{}: `{module}` is in two layers", library.source));
            }
        }
    }
    let names = names(&std::fs::read_to_string(root.join("lib.rs")).unwrap());
    let mut found = Vec::new();
    for file in files(&root) {
        let path = module_path(file.strip_prefix(&root).unwrap());
        let Some(module) = path.first() else { continue };
        found.push(module.clone());
        let Some(own) = layer_of.get(module) else { continue };
        for used in uses(&std::fs::read_to_string(&file).unwrap(), &path) {
            let used = names.get(&used).cloned().unwrap_or(used);
            if layer_of.get(&used).is_some_and(|layer| layer > own) {
                let file = file.strip_prefix(&root).unwrap().display();
                problems.push(format!("{}/{file}: `{used}` is above `{module}`", library.source));
            }
        }
    }
    for module in &found {
        if !layer_of.contains_key(module) {
            problems.push(format!("{}: `{module}` has no layer", library.source));
        }
    }
    for module in layer_of.keys().filter(|module| !found.contains(module)) {
        problems.push(format!("{}: there is no module `{module}`", library.source));
    }
    problems.dedup();
}

/// All source files except tests.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if name == "tests" {
            continue;
        }
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") && name != "lib" {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// `paging/next.rs` is the module `paging::next`.
fn module_path(file: &Path) -> Vec<String> {
    let path = file.with_extension("");
    let parts = path.iter().map(|part| part.to_str().unwrap().to_owned());
    parts.filter(|part| part != "mod").collect()
}

/// Which module each name of the root comes from: `pub use call::{Call, Sending}`.
fn names(root: &str) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for statement in root.split("pub use ").skip(1) {
        let statement = statement.split(';').next().unwrap_or_default();
        let Some((module, exported)) = statement.split_once("::") else { continue };
        for name in exported.split(|c: char| !is_name(c)).filter(|name| !name.is_empty()) {
            names.insert(name.to_owned(), module.to_owned());
        }
    }
    names
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The names of the root that a file uses, by `crate::` or by `super::`. Comments and unit tests do not count.
fn uses(text: &str, path: &[String]) -> Vec<String> {
    let code: String = text
        .lines()
        .take_while(|line| line.trim() != "#[cfg(test)]" || line.starts_with(' '))
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n");
    let up = "super::".repeat(path.len());
    let mut used = Vec::new();
    for (at, _) in code.char_indices() {
        let rest = &code[at..];
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| is_name(c) || c == ':' || c == '$') {
            continue;
        }
        let Some(names) = rest.strip_prefix("crate::").or_else(|| rest.strip_prefix(&up)) else {
            continue;
        };
        used.extend(first_names(names));
    }
    used
}

/// The first name of a path, or of each path in braces.
fn first_names(path: &str) -> Vec<String> {
    let name =
        |text: &str| -> String { text.trim_start().chars().take_while(|c| is_name(*c)).collect() };
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let mut depth = 0;
    let mut names = Vec::new();
    let mut start = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(name(&group[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(name(&group[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}
