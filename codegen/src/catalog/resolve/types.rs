//! The types of outputs and events, inferred from their examples over the whole integration.

use super::integration::Context;
use super::output::Pending;
use super::report::join;
use crate::catalog::infer::{self, Example, FindingKind, Inferred, RootName};
use crate::catalog::model::{Action, Trigger, TypeDef};
use crate::catalog::names;
use crate::diagnostics::{Code, Diagnostic};
use crate::yaml::Tree;

/// Whose example it is.
#[derive(Clone, Copy)]
pub(super) enum Owner {
    Action(usize),
    Trigger(usize),
}

/// Names that generated modules import.
const RESERVED: &[&str] = &[
    "Binary", "Box", "Call", "Client", "ClientBuilder", "DateTime", "Empty", "Error", "Field", "File", "FromView", "Integration", "List",
    "Map", "Mismatch", "Option", "Response", "Result", "Self", "Sending", "String", "Text", "Typed", "Value", "Vec", "View",
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
            root: example.root.as_deref().map_or(RootName::Fallback(&example.fallback), RootName::Chosen),
            value: &example.value,
            names: &example.names,
        })
        .collect();
    let mut reserved: Vec<String> = RESERVED.iter().map(|name| (*name).to_owned()).collect();
    reserved.extend(actions.iter().map(|action| action.type_name.clone()));
    reserved.push(context.type_name.clone());
    reserved.push(format!("{}Builder", context.type_name));
    let declared: Vec<TypeDef> = context.declared.values().cloned().collect();
    let Inferred { types, roots, findings: found } = infer::infer(&declared, &examples, &reserved, &mut names::ident);
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
        findings.extend(tree(*owner, actions, triggers, context).map(|tree| diagnose(&finding.kind, example, tree)));
    }
    types
}

/// The file that an example belongs to.
fn tree<'a>(owner: Owner, actions: &[Action], triggers: &[Trigger], context: &Context<'a>) -> Option<&'a Tree> {
    match owner {
        Owner::Action(index) => context.sources.actions.get(&actions[index].id).map(|loaded| &loaded.tree),
        Owner::Trigger(index) => context.sources.triggers.get(&triggers[index].id).map(|loaded| &loaded.tree),
    }
}
