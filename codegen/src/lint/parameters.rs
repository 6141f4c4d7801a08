//! Parameters: what their descriptions say.

use super::Findings;
use super::descriptions::same_words;
use super::file::{Kind, SpecFile, derived_title, join};
use crate::spec::Schema;

/// Most characters of a parameter's description: it stands in a table.
const MOST: usize = 600;

/// A description does more than repeat the name; that it is a sentence is another rule's.
pub(super) fn check_descriptions(file: &SpecFile, findings: &mut Findings) {
    let Kind::Action(action) = file.kind else { return };
    for (key, parameter) in &action.parameters {
        let at = join("/parameters", key);
        let title = parameter.title.clone().unwrap_or_else(|| derived_title(key));
        check_description(file, &at, &title, &parameter.schema, findings);
        check_properties(file, &at, &parameter.schema, findings);
    }
}

fn check_properties(file: &SpecFile, pointer: &str, schema: &Schema, findings: &mut Findings) {
    for (key, property) in &schema.properties {
        let at = join(&join(pointer, "properties"), key);
        check_description(file, &at, &derived_title(key), property, findings);
        check_properties(file, &at, property, findings);
    }
    if let Some(items) = &schema.items {
        check_properties(file, &join(pointer, "items"), items, findings);
    }
}

fn check_description(
    file: &SpecFile,
    pointer: &str,
    title: &str,
    schema: &Schema,
    findings: &mut Findings,
) {
    let Some(description) = schema.description.as_deref() else {
        findings
            .add(file.tree.key(pointer), format!("`{title}` has no description"))
            .help("add a `description`");
        return;
    };
    let span = file.tree.value(&join(pointer, "description"));
    let told = schema.values.is_some()
        || schema.format.is_some()
        || schema.constraints.get("pattern").is_some();
    if !told && same_words(title, description) && description.split_whitespace().count() < 4 {
        findings
            .add(span, format!("the description repeats the title `{title}`"))
            .help("say where the value comes from, what it changes, or what forms it can have");
    } else if description.chars().count() > MOST {
        findings
            .add(span, format!("the description has {} characters", description.chars().count()))
            .help(format!("{MOST} are enough for a table; move the rest to `notes`"));
    }
}
