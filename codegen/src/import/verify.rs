//! The last net: specs are loaded and resolved as `gen` would, and what it would not accept is taken out.

use std::collections::BTreeSet;

use super::rules::Rule;
use super::settle::put_types;
use super::{Imported, files, paging};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::load;
use crate::resolve;
use crate::spec::TypeName;

/// Rounds of taking out; each leaves less to complain about.
const MOST_ROUNDS: usize = 6;

/// Takes out what `gen` would refuse.
pub(super) fn verify(imported: &mut Imported) {
    for round in 0..MOST_ROUNDS {
        let faults = faults(imported);
        if faults.is_empty() {
            return;
        }
        let mut refused: BTreeSet<String> = BTreeSet::new();
        for fault in &faults {
            let path = &fault.primary.span.file.path;
            let stem = path
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .trim_end_matches(".yaml")
                .trim_end_matches(".json");
            if !path.contains("/actions/") && !path.contains("/examples/") {
                imported.report.add(Rule::Rejected, "/types", &fault.message);
                mend_integration(imported, fault, round);
            } else if !(round < 3 && mend_action(imported, stem, fault)) {
                refused.insert(stem.to_owned());
                imported.report.add(Rule::Rejected, &place(imported, stem), &fault.message);
            }
        }
        for id in refused {
            imported.actions.shift_remove(&id);
            imported.operations.shift_remove(&id);
            imported.examples.shift_remove(&format!("{id}.json"));
        }
        prune(imported);
    }
}

fn place(imported: &Imported, id: &str) -> String {
    imported.operations.get(id).cloned().unwrap_or_else(|| id.to_owned())
}

fn faults(imported: &Imported) -> Vec<Diagnostic> {
    let (sources, mut faults) = load::load_texts(files::texts(imported));
    let (_, found) = resolve::resolve(&sources);
    faults.extend(found);
    faults.retain(|fault| fault.severity == Severity::Error);
    faults
}

/// Takes out of an action what makes it unacceptable, if that is not all of it: an example, a default, the way to page.
fn mend_action(imported: &mut Imported, id: &str, fault: &Diagnostic) -> bool {
    let at = place(imported, id);
    let Some(action) = imported.actions.get_mut(id) else { return true };
    match fault.code {
        Code::BadDefault => {
            action.parameters.values_mut().for_each(|parameter| drop_values(&mut parameter.schema));
            imported.report.add(Rule::MistypedExample, &at, &fault.message);
        }
        Code::MissingPagination => {
            action.pagination = Some(paging::waived());
            imported.report.add(Rule::NoPaging, &at, "");
        }
        Code::ExampleMismatch
        | Code::BadNames
        | Code::TypeConflict
        | Code::BadPointer
        | Code::SecretInExample
        | Code::BadExampleFile
        | Code::TooDeep
        | Code::TooLarge => {
            let output = &mut action.output;
            output.example = serde_json::json!({ "none": "The vendor's description shows none." });
            output.verified = None;
            output.names.clear();
            if output.kind.is_none() && output.ty.is_none() {
                output.ty = Some(TypeName("any".to_owned()));
            }
            if action.pagination.is_some() && fault.code == Code::BadPointer {
                action.pagination = Some(paging::waived());
            }
            imported.examples.shift_remove(&format!("{id}.json"));
            imported.report.add(Rule::MistypedExample, &at, &fault.message);
        }
        _ => return false,
    }
    true
}

/// Without a default and an example a schema cannot contradict itself.
fn drop_values(schema: &mut crate::spec::Schema) {
    (schema.vendor_default, schema.example) = (None, None);
    schema.properties.values_mut().for_each(drop_values);
    schema.one_of.iter_mut().chain(&mut schema.any_of).for_each(drop_values);
    schema.items.iter_mut().for_each(|items| drop_values(items));
}

/// A fault in the integration's own file: of a type it is the values, or the type itself.
fn mend_integration(imported: &mut Imported, fault: &Diagnostic, round: usize) {
    let spec = &mut imported.integration;
    match fault.code {
        Code::BadDefault if round < 2 => spec.types.values_mut().for_each(drop_values),
        Code::BadConnectionTest => spec.connection_test = None,
        _ => {
            // The type whose text the fault points into.
            let text = &fault.primary.span.file.text;
            let before = text.get(..fault.primary.span.range.end).unwrap_or_default();
            let of_types = before.rfind("\ntypes:").map(|at| &before[at..]);
            let name = of_types.and_then(|part| {
                part.lines().rev().find(|line| {
                    line.starts_with("  ")
                        && !line.starts_with("   ")
                        && line.trim_end().ends_with(':')
                })
            });
            if let Some(name) = name.map(|line| line.trim().trim_end_matches(':').to_owned())
                && let Some(schema) = spec.types.get_mut(&name)
            {
                *schema = super::schema::of_type("any");
            }
        }
    }
}

/// What nothing refers to any more.
fn prune(imported: &mut Imported) {
    let named = std::mem::take(&mut imported.integration.types).into_iter().collect();
    put_types(&mut imported.integration, named, imported.actions.values());
    let actions = &imported.actions;
    imported
        .integration
        .groups
        .retain(|id, _| actions.values().any(|action| action.group.as_ref() == Some(id)));
    imported.integration.pagination.retain(|name, _| {
        actions.values().any(|action| matches!(&action.pagination, Some(crate::spec::PaginationChoice::Named(used)) if used == name))
    });
    if imported.integration.connection_test.as_ref().is_some_and(|id| !actions.contains_key(id)) {
        imported.integration.connection_test = None;
    }
}
