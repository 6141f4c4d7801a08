//! A JSON value against several types, of which it must be one.

use serde_json::{Map, Value};

use super::schema::{self, is_kind, kind_name};
use super::{Checker, suggest};
use crate::descriptor::{Alternative, Kind, Schema, Union};

/// Alternatives that a message names.
const SHOWN: usize = 6;
/// Characters of the reason that an alternative is refused for.
const MOST_REASON: usize = 120;

pub(super) fn check(checker: &mut Checker, union: &Union, value: &Value) {
    if let Some(property) = union.discriminator {
        return check_tagged(checker, union, property, value);
    }
    let fitting: Vec<&Alternative> = union
        .alternatives
        .iter()
        .filter(|alternative| fits(checker, &alternative.schema, value))
        .collect();
    match fitting.as_slice() {
        [] => refuse(checker, union, value),
        [_, _, ..] if union.exactly_one => {
            let message = format!(
                "must be of exactly one of its types, and is of {}",
                listed(fitting.iter().map(|one| one.title))
            );
            checker.report("one_of", message);
        }
        _ => {}
    }
}

/// The discriminator alone decides, so that what is said is about the type that the caller meant.
fn check_tagged(checker: &mut Checker, union: &Union, property: &str, value: &Value) {
    let Value::Object(fields) = value else {
        return checker.report("type", format!("must be {}", kind_name(Kind::Object)));
    };
    match fields.get(property) {
        Some(Value::String(tag)) => match union
            .alternatives
            .iter()
            .find(|alternative| alternative.tags.contains(&tag.as_str()))
        {
            Some(alternative) => schema::check(checker, &alternative.schema, value),
            None => unknown_tag(checker, union, property, fields),
        },
        Some(_) => unknown_tag(checker, union, property, fields),
        None => checker.below(property, |checker| {
            checker.report("required", "is required: it says which type the object is of");
        }),
    }
}

fn unknown_tag(checker: &mut Checker, union: &Union, property: &str, fields: &Map<String, Value>) {
    let tags = || union.alternatives.iter().flat_map(|alternative| alternative.tags).copied();
    let hint = match fields.get(property) {
        Some(Value::String(tag)) if !checker.secret => suggest::hint(tag, tags()),
        _ => String::new(),
    };
    checker.below(property, |checker| {
        checker.report("enum", format!("must be one of {}{hint}", listed(tags())));
    });
}

/// Whether a value is of a type. Each pair is tried once, whatever lies within.
fn fits(checker: &mut Checker, schema: &Schema, value: &Value) -> bool {
    let key = (std::ptr::from_ref(schema), std::ptr::from_ref(value));
    if let Some(known) = checker.tried.get(&key) {
        return *known;
    }
    let before = checker.found.len();
    checker.trials += 1;
    schema::check(checker, schema, value);
    checker.trials -= 1;
    let fits = checker.found.len() == before;
    checker.found.truncate(before);
    checker.tried.insert(key, fits);
    fits
}

/// Says what is wrong with the one type that can have been meant, or why it is none of them.
fn refuse(checker: &mut Checker, union: &Union, value: &Value) {
    let code = if union.exactly_one { "one_of" } else { "any_of" };
    if checker.trials > 0 {
        return checker.report(code, "must be of one of its types");
    }
    let near: Vec<&Alternative> = union
        .alternatives
        .iter()
        .filter(|alternative| may_be(&alternative.schema, value))
        .collect();
    if let [meant] = near.as_slice() {
        return schema::check(checker, &meant.schema, value);
    }
    let considered = if near.is_empty() { union.alternatives.iter().collect() } else { near };
    let mut reasons: Vec<String> = considered
        .iter()
        .take(SHOWN)
        .map(|alternative| reason(checker, alternative, value))
        .collect();
    if considered.len() > SHOWN {
        reasons.push(format!("and {} more", considered.len() - SHOWN));
    }
    checker.report(code, format!("is of none of its types: {}", reasons.join(", ")));
}

/// `Cat` (`name` is required)
fn reason(checker: &mut Checker, alternative: &Alternative, value: &Value) -> String {
    let path = std::mem::take(&mut checker.path);
    let before = checker.found.len();
    checker.trials += 1;
    schema::check(checker, &alternative.schema, value);
    checker.trials -= 1;
    checker.path = path;
    let text = checker
        .found
        .drain(before..)
        .next()
        .map(|violation| violation.to_string())
        .unwrap_or_default();
    let mut text: String = text.chars().take(MOST_REASON + 1).collect();
    if text.chars().count() > MOST_REASON {
        text = text.chars().take(MOST_REASON).chain(['…']).collect();
    }
    if text.is_empty() {
        format!("`{}`", alternative.title)
    } else {
        format!("`{}` ({text})", alternative.title)
    }
}

/// Whether the value is of the JSON type that the schema is about.
fn may_be(schema: &Schema, value: &Value) -> bool {
    match schema.kind {
        Kind::Integer => value.is_number(),
        kind => is_kind(kind, value),
    }
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    let shown = names.iter().take(2 * SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > 2 * SHOWN {
        format!("{shown} and {} more", names.len() - 2 * SHOWN)
    } else {
        shown
    }
}
