//! Types that lead back to themselves by names and alternatives alone have no values, and are opened.

use std::collections::BTreeSet;

use super::document::Document;
use super::model::Named;
use super::rules::Rule;
use super::schema::of_type;
use crate::spec::Schema;

/// Takes out the alternatives, and the names, that close a circle.
pub(super) fn open(named: &mut Named, document: &Document) {
    let all: Vec<String> = named.keys().cloned().collect();
    // 0 is not seen, 1 on the way, 2 done; kept apart from the types, which change on the way.
    let mut done: BTreeSet<String> = BTreeSet::new();
    for name in all {
        let mut way: Vec<(String, Vec<String>)> = vec![(name.clone(), stands_for(named, &name))];
        while let Some((at, rest)) = way.last_mut() {
            let at = at.clone();
            let Some(next) = rest.pop() else {
                done.insert(at);
                way.pop();
                continue;
            };
            if way.iter().any(|(above, _)| *above == next) {
                document.note(Rule::CircularUnion, &format!("/types/{at}"), format!("`{next}`"));
                named.get_mut(&at).into_iter().for_each(|schema| take_out(schema, &next));
            } else if !done.contains(&next) && named.contains_key(&next) {
                let further = stands_for(named, &next);
                way.push((next, further));
            }
        }
    }
}

fn stands_for(named: &Named, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    named.get(name).into_iter().for_each(|schema| collect(schema, &mut found));
    found
}

fn collect(schema: &Schema, found: &mut Vec<String>) {
    found.extend(
        schema.ty.iter().map(|ty| ty.0.clone()).filter(|name| name.starts_with(char::is_uppercase)),
    );
    schema.one_of.iter().chain(&schema.any_of).for_each(|alternative| collect(alternative, found));
}

fn take_out(schema: &mut Schema, name: &str) {
    let is_it = |schema: &Schema| schema.ty.as_ref().is_some_and(|ty| ty.0 == name);
    if is_it(schema) {
        *schema = Schema { description: schema.description.take(), ..of_type("any") };
        return;
    }
    let had = !(schema.one_of.is_empty() && schema.any_of.is_empty());
    schema.one_of.retain(|alternative| !is_it(alternative));
    schema.any_of.retain(|alternative| !is_it(alternative));
    schema
        .one_of
        .iter_mut()
        .chain(&mut schema.any_of)
        .for_each(|alternative| take_out(alternative, name));
    if let Some(discriminator) = &mut schema.discriminator {
        discriminator.mapping.retain(|_, meant| meant.0 != name);
    }
    if had && schema.one_of.is_empty() && schema.any_of.is_empty() {
        *schema = Schema { description: schema.description.take(), ..of_type("any") };
    }
}
