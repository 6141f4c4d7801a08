//! What an operation of an imported document shows of its paging: its parameters and the schema of its answer.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::Value;

use crate::spec::{Location, ParameterSpec, Schema};

/// The types of parameters and fields that count.
pub(super) const NUMBERS: &[&str] = &["integer", "number"];

/// Names of the parameter that sets the page size.
const LIMITS: &[&str] = &[
    "limit",
    "per_page",
    "perpage",
    "page_size",
    "pagesize",
    "size",
    "max_results",
    "maxresults",
    "maxitems",
    "max_items",
    "count",
    "page[size]",
    "page[limit]",
    "$top",
    "top",
    "results_per_page",
    "rows",
    "take",
    "pagelimit",
    "page_limit",
];
/// Where answers say whether more pages follow.
const MORE: &[&str] = &[
    "/has_more",
    "/hasMore",
    "/more",
    "/meta/has_more",
    "/pagination/has_more",
    "/has_next",
    "/hasNext",
    "/has_next_page",
    "/hasNextPage",
    "/pagination/hasMore",
    "/pagination/has_next_page",
];

/// An operation, to be searched for its kind of paging.
pub(crate) struct Look<'l> {
    /// Its parameters by key.
    pub(crate) parameters: &'l IndexMap<String, ParameterSpec>,
    /// The schema of its answer.
    pub(crate) schema: &'l Schema,
    /// The types that schemas name.
    pub(crate) types: &'l BTreeMap<String, Schema>,
    /// Whether the document declares a `Link` header.
    pub(crate) has_link_header: bool,
}

impl Look<'_> {
    /// The parameter that sets the page size.
    pub(super) fn limit(&self) -> Option<String> {
        self.parameter(LIMITS, &["integer", "number", "string"])
    }

    /// Where the answer says whether more pages follow.
    pub(super) fn more(&self) -> Option<String> {
        self.first(MORE, &["boolean"])
    }

    /// The query parameter of one of these names.
    pub(super) fn parameter(&self, names: &[&str], kinds: &[&str]) -> Option<String> {
        let is = |(key, parameter): &(&String, &ParameterSpec)| {
            let wire = parameter.wire_name.as_ref().unwrap_or(key).to_ascii_lowercase();
            let ty = parameter.schema.ty.as_ref().map(|ty| ty.0.as_str()).unwrap_or_default();
            let is_query = !matches!(
                parameter.location,
                Some(Location::Header | Location::Cookie | Location::Body | Location::Path)
            );
            is_query
                && names.iter().any(|name| name.eq_ignore_ascii_case(&wire))
                && kinds.contains(&ty)
        };
        self.parameters.iter().find(is).map(|(key, _)| key.clone())
    }

    fn at(&self, pointer: &str) -> Option<&Schema> {
        pointer
            .split('/')
            .skip(1)
            .try_fold(self.schema, |schema, name| object(schema, self.types)?.properties.get(name))
    }

    /// Whether the answer has a text or a whole number there.
    pub(super) fn is_scalar(&self, pointer: &str) -> bool {
        self.at(pointer).is_some_and(|schema| {
            schema.ty.as_ref().is_some_and(|ty| matches!(ty.0.as_str(), "string" | "integer"))
        })
    }

    /// Whether the answer has an address there, by its type, format, example or name.
    pub(super) fn is_address(&self, pointer: &str) -> bool {
        let Some(schema) = self.at(pointer) else { return false };
        let is_text = schema.ty.as_ref().is_some_and(|ty| ty.0 == "string");
        let named = pointer.contains("url")
            || pointer.contains("Url")
            || pointer.contains("link")
            || pointer.contains("Link")
            || pointer.contains("href")
            || pointer.contains("uri");
        let example = schema
            .example
            .as_ref()
            .and_then(Value::as_str)
            .is_some_and(|example| example.starts_with("http") || example.starts_with('/'));
        is_text
            && (named
                || example
                || matches!(schema.format.as_deref(), Some("uri" | "url" | "uri-reference")))
    }

    /// The first of these pointers under which the answer has a value of one of these types.
    pub(super) fn first(&self, pointers: &[&str], kinds: &[&str]) -> Option<String> {
        let fits = |pointer: &&&str| {
            self.at(pointer).is_some_and(|schema| {
                schema.ty.as_ref().is_some_and(|ty| kinds.contains(&ty.0.as_str()))
            })
        };
        pointers.iter().find(fits).map(|pointer| (*pointer).to_owned())
    }
}

/// The schema that has properties: this one, or the type that it names.
pub(crate) fn object<'t>(
    schema: &'t Schema,
    types: &'t BTreeMap<String, Schema>,
) -> Option<&'t Schema> {
    let mut schema = schema;
    for _ in 0..16 {
        if !schema.properties.is_empty() {
            return Some(schema);
        }
        schema = types.get(schema.ty.as_ref()?.0.as_str())?;
    }
    None
}
