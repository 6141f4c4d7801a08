//! The folder of an imported integration: what is there, and what an import writes into it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Imported;
use super::merge::record::{self, Record};
use super::merge::{self, Merged};
use super::rules::{Report, Rule};
use super::settle::references;
use crate::load::{self, IntegrationSources};
use crate::spec::{ActionSpec, Schema, Source};
use crate::{write, yaml};

/// What was written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Written {
    /// Files that were written, because they are new or differ.
    pub files: usize,
    /// Operations that the document has, and that neither the last import nor this one was asked for.
    pub not_asked_for: usize,
}

/// What an import over an earlier one is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The operations that the earlier one had; all if there is none.
    AsBefore,
    /// Those that were named, beside the earlier ones.
    Named,
    /// All.
    All,
}

/// Why nothing, or not all, was written.
#[derive(Debug, thiserror::Error)]
#[error("`{}` cannot be written: {source}", path.display())]
pub struct WriteError {
    /// The file.
    path: PathBuf,
    /// The file system's words.
    source: std::io::Error,
}

/// The first category of a specs folder's catalogue.
#[must_use]
pub fn first_category(specs: &Path) -> Option<String> {
    let text = std::fs::read_to_string(specs.join("catalog.yaml")).ok()?;
    let value: Value = serde_yaml::from_str(&text).ok()?;
    value.get("categories")?.as_object()?.keys().next().cloned()
}

/// Writes an import into a specs folder, over what is there.
pub fn write(imported: &mut Imported, specs: &Path, scope: Scope) -> Result<Written, WriteError> {
    let root = specs.join(&imported.id);
    let before = Record::read(&root);
    let mut written = Written::default();
    let there = there(specs, &imported.id);
    if scope == Scope::AsBefore && !before.actions.is_empty() {
        written.not_asked_for = keep_known(imported, &before);
    }
    let mut folder = Folder {
        root: root.clone(),
        before,
        there,
        report: std::mem::take(&mut imported.report),
        files: 0,
    };
    rename_as_there(imported, &folder);
    let mut next = Record {
        document: document(imported),
        version: imported.integration.api_version.clone(),
        ..folder.before.clone()
    };
    for (id, spec) in &imported.actions {
        let operation = imported.operations.get(id).cloned().unwrap_or_default();
        let theirs = write::action_value(spec);
        if folder.is_deleted(id, scope) {
            folder.report.add(Rule::DeletedByHand, &operation, format!("`{id}`"));
            continue;
        }
        folder.action(
            id,
            &operation,
            &theirs,
            imported.examples.get(&format!("{id}.json")),
            &mut next,
        )?;
        next.actions.insert(id.clone(), record::Action { operation, spec: theirs });
    }
    for (id, action) in &folder.before.actions {
        if scope != Scope::Named && !imported.actions.contains_key(id) && written.not_asked_for == 0
        {
            folder.report.add(Rule::Gone, &action.operation, format!("`{id}`"));
        }
    }
    folder.integration(imported, &mut next)?;
    let text = next.text();
    folder.put(&root.join(record::FILE), &text)?;
    written.files = folder.files;
    imported.report = folder.report;
    Ok(written)
}

fn document(imported: &Imported) -> String {
    let of = |spec: &ActionSpec| match &spec.source {
        Source::One(one) => one.document.clone(),
        Source::Name(name) => name.clone(),
        Source::Many(many) => many.first().map(|one| one.document.clone()).unwrap_or_default(),
    };
    imported.actions.values().next().map(of).unwrap_or_default()
}

/// The specs that are there, as far as they can be read.
fn there(specs: &Path, id: &str) -> IntegrationSources {
    let mut texts = Vec::new();
    let root = specs.join(id);
    let mut take = |path: PathBuf, relative: String| {
        if let Ok(text) = std::fs::read_to_string(path) {
            texts.push((relative, text));
        }
    };
    take(root.join("integration.yaml"), format!("{id}/integration.yaml"));
    let entries = std::fs::read_dir(root.join("actions")).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".yaml"))
        .collect();
    names.sort();
    for name in names {
        take(root.join("actions").join(&name), format!("{id}/actions/{name}"));
    }
    load::load_texts(texts).0.integrations.remove(id).unwrap_or_default()
}

/// Leaves out what the earlier import was not asked for; how many.
fn keep_known(imported: &mut Imported, before: &Record) -> usize {
    let known: BTreeSet<&str> =
        before.actions.values().map(|action| action.operation.as_str()).collect();
    let all = imported.actions.len();
    let operations = imported.operations.clone();
    imported.actions.retain(|id, _| {
        operations.get(id).is_some_and(|operation| known.contains(operation.as_str()))
    });
    let actions = &imported.actions;
    imported.examples.retain(|name, _| actions.contains_key(name.trim_end_matches(".json")));
    all - imported.actions.len()
}

/// Actions keep the ids that they have: those of the earlier import, and those that a person gave them.
fn rename_as_there(imported: &mut Imported, folder: &Folder) {
    let mut renamed = IndexMap::new();
    let mut operations = IndexMap::new();
    for (id, mut spec) in std::mem::take(&mut imported.actions) {
        let operation = imported.operations.get(&id).cloned().unwrap_or_default();
        let earlier = folder
            .before
            .actions
            .iter()
            .find(|(_, action)| action.operation == operation)
            .map(|(id, _)| id.clone());
        let by_person = folder
            .there
            .actions
            .iter()
            .find(|(known, loaded)| {
                !folder.before.actions.contains_key(*known) && names_operation(&loaded.spec, &spec)
            })
            .map(|(id, _)| id.clone());
        let is_there = |id: &String| folder.there.actions.contains_key(id);
        let now = earlier
            .clone()
            .filter(|id| is_there(id))
            .or(by_person)
            .or(earlier)
            .unwrap_or_else(|| id.clone());
        let now = if renamed.contains_key(&now) { id.clone() } else { now };
        if now != id {
            if let Some(example) = imported.examples.shift_remove(&format!("{id}.json")) {
                spec.output.example = Value::from(format!("{now}.json"));
                imported.examples.insert(format!("{now}.json"), example);
            }
            if imported.integration.connection_test.as_ref() == Some(&id) {
                imported.integration.connection_test = Some(now.clone());
            }
        }
        operations.insert(now.clone(), operation);
        renamed.insert(now, spec);
    }
    imported.actions = renamed;
    imported.operations = operations;
}

/// Whether two specs name one operation as their source.
fn names_operation(mine: &ActionSpec, theirs: &ActionSpec) -> bool {
    let operation = |spec: &ActionSpec| match &spec.source {
        Source::One(one) => one.operation.clone(),
        Source::Many(many) => many.iter().find_map(|one| one.operation.clone()),
        Source::Name(_) => None,
    };
    operation(mine).is_some() && operation(mine) == operation(theirs)
}

struct Folder {
    root: PathBuf,
    before: Record,
    there: IntegrationSources,
    report: Report,
    files: usize,
}

impl Folder {
    /// Whether a person deleted the action since it was imported.
    fn is_deleted(&self, id: &str, scope: Scope) -> bool {
        scope != Scope::Named
            && self.before.actions.contains_key(id)
            && !self.root.join("actions").join(format!("{id}.yaml")).exists()
    }

    fn action(
        &mut self,
        id: &str,
        operation: &str,
        theirs: &Value,
        example: Option<&Value>,
        next: &mut Record,
    ) -> Result<(), WriteError> {
        let path = self.root.join("actions").join(format!("{id}.yaml"));
        let base = self.before.actions.get(id).map(|action| action.spec.clone());
        let mine = self
            .there
            .actions
            .get(id)
            .map(|loaded| (write::action_value(&loaded.spec), loaded.tree.clone()));
        let merged = self.file::<ActionSpec>(
            &path,
            operation,
            base.as_ref(),
            mine,
            theirs,
            write::action_value,
        )?;
        let name = format!("{id}.json");
        if let (Some(example), Some(merged)) = (example, merged)
            && merged.pointer("/output/example").and_then(Value::as_str) == Some(&name)
        {
            self.example(&name, operation, example)?;
        }
        example
            .into_iter()
            .for_each(|example| drop(next.examples.insert(name.clone(), example.clone())));
        Ok(())
    }

    fn example(&mut self, name: &str, operation: &str, theirs: &Value) -> Result<(), WriteError> {
        let path = self.root.join("examples").join(name);
        let mine = std::fs::read_to_string(&path)
            .ok()
            .and_then(|text| serde_json::from_str::<Value>(&text).ok());
        let base = self.before.examples.get(name);
        match mine {
            Some(mine) if Some(&mine) != base && mine != *theirs => {
                if base != Some(theirs) {
                    self.report.add(Rule::Conflict, operation, format!("`examples/{name}`"));
                }
                Ok(())
            }
            _ => self.put(&path, &write::json(theirs)),
        }
    }

    /// `integration.yaml`, which keeps what the actions that stay refer to.
    fn integration(
        &mut self,
        imported: &mut Imported,
        next: &mut Record,
    ) -> Result<(), WriteError> {
        let path = self.root.join("integration.yaml");
        let mut theirs = write::integration_value(&imported.integration);
        let base = self.before.integration.clone();
        if let Some(base) = &base {
            keep_in_use(&mut theirs, base, &self.used(imported));
        }
        let mine = self
            .there
            .integration
            .as_ref()
            .map(|loaded| (write::integration_value(&loaded.spec), loaded.tree.clone()));
        self.file::<crate::spec::IntegrationSpec>(
            &path,
            "/info",
            base.as_ref(),
            mine,
            &theirs,
            write::integration_value,
        )?;
        next.integration = Some(theirs);
        Ok(())
    }

    /// The names of types, groups and ways to page that actions refer to which this import is not about.
    fn used(&self, imported: &Imported) -> BTreeSet<String> {
        let mut names = Vec::new();
        for (_, loaded) in
            self.there.actions.iter().filter(|(id, _)| !imported.actions.contains_key(*id))
        {
            let spec = &loaded.spec;
            spec.parameters
                .values()
                .for_each(|parameter| references(&parameter.schema, &mut names));
            names.extend(
                spec.output
                    .ty
                    .iter()
                    .map(|ty| ty.0.clone())
                    .chain(spec.output.names.values().cloned())
                    .chain(spec.group.clone()),
            );
            if let Some(crate::spec::PaginationChoice::Named(name)) = &spec.pagination {
                names.push(name.clone());
            }
        }
        names.into_iter().collect()
    }

    /// Merges one file and writes it; what it says then, if it can be read.
    fn file<T: DeserializeOwned>(
        &mut self,
        path: &Path,
        at: &str,
        base: Option<&Value>,
        mine: Option<(Value, yaml::Tree)>,
        theirs: &Value,
        canonical: fn(&T) -> Value,
    ) -> Result<Option<Value>, WriteError> {
        let Some((mine, tree)) = mine else {
            if path.exists() {
                self.report.add(
                    Rule::Conflict,
                    at,
                    format!("`{}` cannot be read and stays as it is", path.display()),
                );
                return Ok(None);
            }
            self.put(path, &write::value(theirs))?;
            return Ok(Some(theirs.clone()));
        };
        let Merged { value, edits, conflicts } = merge::merge(base, &mine, theirs);
        for conflict in &conflicts {
            let theirs = conflict
                .theirs
                .as_ref()
                .map_or_else(|| "nothing".to_owned(), |theirs| format!("`{theirs}`"));
            self.report.add(
                Rule::Conflict,
                &format!("{at} {}", conflict.path.join(" / ")),
                format!("the vendor says {theirs}"),
            );
        }
        if edits.is_empty() {
            return Ok(Some(value));
        }
        for edit in edits.iter().filter(|_| base.is_some()) {
            let what =
                edit.value.as_ref().map_or_else(|| "gone".to_owned(), |value| format!("`{value}`"));
            self.report.add(Rule::VendorChange, &format!("{at} {}", edit.path.join(" / ")), what);
        }
        let is_untouched = base.is_some_and(|base| tree.file.text == write::value(base));
        let says = |text: &str| {
            let read: Option<T> = serde_yaml::from_str::<Value>(text)
                .ok()
                .and_then(|value| serde_json::from_value(value).ok());
            read.is_some_and(|spec| canonical(&spec) == value)
        };
        let patched = if is_untouched {
            None
        } else {
            merge::patch(&tree, &edits, &value).filter(|text| says(text))
        };
        if patched.is_none() && !is_untouched {
            self.report.add(Rule::Rewritten, at, format!("`{}`", path.display()));
        }
        self.put(path, &patched.unwrap_or_else(|| write::value(&value)))?;
        Ok(Some(value))
    }

    /// Writes a file unless it says the same already.
    fn put(&mut self, path: &Path, text: &str) -> Result<(), WriteError> {
        if std::fs::read(path).is_ok_and(|there| there == text.as_bytes()) {
            return Ok(());
        }
        let fail = |source| WriteError { path: path.to_owned(), source };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(fail)?;
        }
        std::fs::write(path, text).map_err(fail)?;
        self.files += 1;
        Ok(())
    }
}

/// Keeps types, groups and ways to page that are still in use, with the types that they are made of.
fn keep_in_use(theirs: &mut Value, base: &Value, used: &BTreeSet<String>) {
    for key in ["types", "groups", "pagination"] {
        let Some(known) = base.get(key).and_then(Value::as_object) else { continue };
        let mut wanted: Vec<String> = used.iter().cloned().collect();
        let mut kept = BTreeSet::new();
        while let Some(name) = wanted.pop() {
            let Some(value) = known.get(&name).filter(|_| kept.insert(name.clone())) else {
                continue;
            };
            if let Ok(schema) = serde_json::from_value::<Schema>(value.clone())
                .map_err(drop)
                .and_then(|schema| if key == "types" { Ok(schema) } else { Err(()) })
            {
                references(&schema, &mut wanted);
            }
            let Some(members) = theirs.as_object_mut() else { return };
            let target =
                members.entry(key).or_insert_with(|| Value::Object(serde_json::Map::new()));
            if let Some(target) = target.as_object_mut() {
                target.entry(name).or_insert_with(|| value.clone());
            }
        }
    }
}
