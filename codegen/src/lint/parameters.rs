//! Parameters: what is said of them, and bounds on how much a page may hold.

use super::Findings;
use super::descriptions::same_words;
use super::file::{Kind, SpecFile, derived_title, join};
use crate::spec::{ActionSpec, Pagination, PaginationChoice, ParameterSpec, Schema};

/// Most characters of a parameter's description: it stands in a table.
const MOST: usize = 600;

/// Names of parameters that say how many results an answer holds, in lower case and without joints.
const LIMITS: &[&str] = &[
    "limit",
    "perpage",
    "pagesize",
    "maxresults",
    "top",
    "sysparmlimit",
    "pagelimit",
    "maxitems",
    "maxrecords",
];

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

/// How many results an answer may hold has a smallest and a largest value.
pub(super) fn check_limits(file: &SpecFile, findings: &mut Findings) {
    let Kind::Action(action) = file.kind else { return };
    let paged_by = pagination(file, action).and_then(Pagination::limit);
    for (key, parameter) in &action.parameters {
        let named = LIMITS.contains(&key.to_lowercase().replace(['_', '-', '$', '.'], "").as_str());
        if (named || paged_by == Some(key.as_str())) && is_integer(parameter) {
            check_bounds(file, key, &parameter.schema, findings);
        }
    }
}

fn check_bounds(file: &SpecFile, key: &str, schema: &Schema, findings: &mut Findings) {
    let lacks = |names: [&str; 2]| names.iter().all(|name| schema.constraints.get(name).is_none());
    let lower = lacks(["minimum", "exclusiveMinimum"]).then_some("minimum");
    let upper = lacks(["maximum", "exclusiveMaximum"]).then_some("maximum");
    let missing: Vec<&str> = lower.into_iter().chain(upper).collect();
    if !missing.is_empty() {
        let words = missing.join(" and ");
        findings
            .add(file.tree.key(&join("/parameters", key)), format!("`{key}` has no {words}"))
            .help(format!(
                "add the vendor's {words}; where the vendor names none, one that a \
                single answer can bear"
            ));
    }
}

fn is_integer(parameter: &ParameterSpec) -> bool {
    parameter.schema.ty.as_ref().is_some_and(|ty| ty.0 == "integer")
}

fn pagination<'a>(file: &SpecFile<'a>, action: &'a ActionSpec) -> Option<&'a Pagination> {
    match action.pagination.as_ref()? {
        PaginationChoice::None(_) => None,
        PaginationChoice::Named(name) => file.home.spec.pagination.get(name),
        PaginationChoice::Own(own) => Some(own),
    }
}
