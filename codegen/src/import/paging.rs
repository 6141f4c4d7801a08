//! Paging, where names and types leave no doubt of it.

use indexmap::IndexMap;
use serde_json::Value;

use super::Named;
use super::output::Output;
use crate::paging::LIST_KEYS;
use crate::paging::import::{Look, object};
use crate::spec::{Pagination, PaginationChoice, ParameterSpec, Schema, Waiver};

/// Keys under which vendors put the items of a list.
const ITEMS: &[&str] = &[
    "results",
    "items",
    "values",
    "data",
    "entries",
    "records",
    "list",
    "value",
    "resources",
    "content",
    "objects",
    "rows",
    "hits",
    "elements",
    "nodes",
];

/// How an operation pages; `None` if it returns no list.
pub(super) fn read(
    parameters: &IndexMap<String, ParameterSpec>,
    output: &Output,
    types: &Named,
) -> Option<Option<Pagination>> {
    let schema = output.schema.as_ref()?;
    let example = output.example.as_ref()?;
    let Some(items) = items(schema, example, types) else {
        return has_list_key(example).then_some(None);
    };
    let has_link_header = output.has_link_header;
    let look = Look { parameters, schema, types, has_link_header };
    let found = crate::paging::recognise(&look, &items);
    // A list under an unusual name is one only if its paging is known.
    let is_list = items.is_empty() || LIST_KEYS.iter().any(|key| items == format!("/{key}"));
    (found.is_some() || is_list || has_list_key(example)).then_some(found)
}

fn has_list_key(example: &Value) -> bool {
    example.as_object().is_some_and(|members| {
        LIST_KEYS.iter().any(|key| members.get(*key).is_some_and(Value::is_array))
    })
}

/// What an answer says that is known not to page.
pub(super) fn waived() -> PaginationChoice {
    PaginationChoice::None(Waiver { none: "The vendor's description shows no paging.".to_owned() })
}

/// The pointer of the items: the whole, or the one list among the fields.
fn items(schema: &Schema, example: &Value, types: &Named) -> Option<String> {
    if example.is_array() {
        return Some(String::new());
    }
    let object = object(schema, types)?;
    let is_list = |name: &str| example.get(name).is_some_and(Value::is_array);
    let usual = ITEMS
        .iter()
        .find(|name| is_list(name) && object.properties.contains_key(**name))
        .map(|name| (*name).to_owned());
    let lists: Vec<&String> = object.properties.keys().filter(|name| is_list(name)).collect();
    let found = usual.or_else(|| match lists.as_slice() {
        [one] => Some((*one).clone()),
        _ => None,
    })?;
    Some(format!("/{}", crate::pointer::escape(&found)))
}

/// Ways to page that several actions share are declared once, at the integration.
pub(super) fn share(choices: Vec<&mut Option<PaginationChoice>>) -> IndexMap<String, Pagination> {
    let key = |choice: &Option<PaginationChoice>| match choice {
        Some(PaginationChoice::Own(own)) => {
            serde_json::to_value(own).ok().map(|value| value.to_string())
        }
        _ => None,
    };
    let mut counts: IndexMap<String, usize> = IndexMap::new();
    for key in choices.iter().filter_map(|choice| key(choice)) {
        *counts.entry(key).or_insert(0) += 1;
    }
    let mut shared: IndexMap<String, Pagination> = IndexMap::new();
    let mut names: IndexMap<String, String> = IndexMap::new();
    for choice in choices {
        let Some(text) =
            key(choice).filter(|text| counts.get(text).is_some_and(|count| *count > 2))
        else {
            continue;
        };
        let Some(PaginationChoice::Own(own)) = choice.take() else { continue };
        let name = names.entry(text).or_insert_with(|| {
            let base = own.name();
            let name = std::iter::once(base.to_owned())
                .chain((2..).map(|number| format!("{base}_{number}")))
                .find(|name| !shared.contains_key(name));
            let name = name.unwrap_or_else(|| base.to_owned());
            shared.insert(name.clone(), own);
            name
        });
        *choice = Some(PaginationChoice::Named(name.clone()));
    }
    shared
}
