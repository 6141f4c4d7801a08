//! The types of outputs and events, inferred from their examples over the whole integration.

use super::context::Context;
use super::hoist;
use super::output::Pending;
use crate::catalog::infer::{self, Example, FindingKind, Inferred, RootName};
use crate::catalog::names;
use crate::catalog::{Action, Trigger, TypeDef};
use crate::diagnostics::{Code, Diagnostic};
use crate::report::join;
use crate::yaml::Tree;

/// Whose example it is.
#[derive(Clone, Copy)]
pub(super) enum Owner {
    Action(usize),
    Trigger(usize),
}

/// Names that generated modules import.
const RESERVED: &[&str] = &[
    "Binary",
    "Box",
    "Call",
    "Client",
    "ClientBuilder",
    "DateTime",
    "Empty",
    "Error",
    "Field",
    "File",
    "FromView",
    "Integration",
    "List",
    "Map",
    "Mismatch",
    "Option",
    "Response",
    "Result",
    "Self",
    "Sending",
    "String",
    "Text",
    "Typed",
    "Value",
    "Vec",
    "View",
];

/// Infers the types, puts each root into its place, and returns every named type of the integration by name.
pub(super) fn infer(
    actions: &mut [Action],
    triggers: &mut [Trigger],
    pending: &[(Owner, Pending)],
    context: &Context,
    findings: &mut Vec<Diagnostic>,
) -> Vec<TypeDef> {
    let examples: Vec<Example> = pending
        .iter()
        .enumerate()
        .map(|(origin, (_, example))| Example {
            origin,
            root: example
                .root
                .as_deref()
                .map_or(RootName::Fallback(&example.fallback), RootName::Chosen),
            value: &example.value,
            names: &example.names,
        })
        .collect();
    let mut reserved: Vec<String> = RESERVED.iter().map(|name| (*name).to_owned()).collect();
    reserved.extend(actions.iter().map(|action| action.type_name.clone()));
    reserved.push(context.type_name.clone());
    reserved.push(format!("{}Builder", context.type_name));
    let declared: Vec<TypeDef> = context.declared.values().map(|def| (*def).clone()).collect();
    let Inferred { types, roots, findings: found } = infer::infer(&declared, &reserved, &examples);
    for ((owner, _), root) in pending.iter().zip(roots) {
        match owner {
            Owner::Action(index) => actions[*index].output.schema = root,
            Owner::Trigger(index) => triggers[*index].schema = root,
        }
    }
    for (_, example) in pending {
        for name in example.root.iter().chain(example.names.values()) {
            context.types.mark_used(name);
        }
    }
    for finding in &found {
        let (owner, example) = &pending[finding.origin];
        findings.extend(
            tree(*owner, actions, triggers, context)
                .map(|tree| diagnose(&finding.kind, example, tree)),
        );
    }
    let taken = reserved.into_iter().chain(types.iter().map(|def| def.name.clone()));
    let declared = hoist::hoist(declared, taken.collect::<Vec<_>>());
    let mut all: Vec<TypeDef> = declared.into_iter().chain(types).collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

/// The file that an example belongs to.
fn tree<'a>(
    owner: Owner,
    actions: &[Action],
    triggers: &[Trigger],
    context: &Context<'a>,
) -> Option<&'a Tree> {
    match owner {
        Owner::Action(index) => {
            context.sources.actions.get(&actions[index].id).map(|loaded| &loaded.tree)
        }
        Owner::Trigger(index) => {
            context.sources.triggers.get(&triggers[index].id).map(|loaded| &loaded.tree)
        }
    }
}

fn diagnose(kind: &FindingKind, example: &Pending, tree: &Tree) -> Diagnostic {
    let name_at = |pattern: &str| join(example.names_at, pattern);
    let value_at = |pointer: &str| tree.value(&format!("{}{pointer}", example.example_at));
    match kind {
        FindingKind::UnusedName { pattern } => {
            Diagnostic::error(Code::BadNames, tree.key(&name_at(pattern)), format!("`{pattern}` does not match anything in the example"))
                .help("correct the pointer, show the field in the example, or remove the name")
        }
        FindingKind::BadPattern { pattern, message } => {
            Diagnostic::error(Code::BadNames, tree.key(&name_at(pattern)), format!("`{pattern}` is not a JSON pointer: {message}"))
        }
        FindingKind::BadName { pattern, name } => {
            let span = pattern.as_ref().map_or_else(|| tree.value("/output/type"), |pattern| tree.value(&name_at(pattern)));
            Diagnostic::error(Code::BadNames, span, format!("`{name}` cannot be the name of a type"))
                .help(format!("write it as `{}`, or `map` or `any`", names::type_ident(name)))
        }
        FindingKind::NameTaken { pattern, name } => {
            let span = pattern.as_ref().map_or_else(|| tree.value("/output/type"), |pattern| tree.value(&name_at(pattern)));
            Diagnostic::error(Code::NameCollision, span, format!("the name `{name}` is taken"))
                .note("generated modules use it for an action, for the client, or for what they import")
        }
        FindingKind::NotAnObject { pointer, name, found } => Diagnostic::error(
            Code::BadNames,
            value_at(pointer),
            format!("`{name}` names {found} at `{pointer}`, which cannot be a named type"),
        )
        .help("name only objects, or `null` where an object is possible"),
        FindingKind::FieldConflict { pointer, other_pointer, expected, found, .. } => Diagnostic::error(
            Code::TypeConflict,
            value_at(pointer),
            format!("the field at `{pointer}` is {found} here and {expected} at `{other_pointer}` of another example"),
        )
        .help("give the two objects different names, or write `any` for the field"),
        FindingKind::DeclaredMismatch { pointer, message } => {
            let span = value_at(pointer);
            Diagnostic::error(Code::ExampleMismatch, span, format!("the example does not fit its type at `{pointer}`: {message}"))
        }
    }
}
