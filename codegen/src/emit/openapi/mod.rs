//! OpenAPI 3.1 documents: one for each integration that speaks HTTP.
//!
//! A document describes what travels, for whoever has never heard of this project: parameters as they are encoded, bodies as they are
//! nested, constants as values that may not vary. What OpenAPI has no word for stands in extensions, `x-actionspec-…`.
//!
//! - `document`: the root, its tags and components; `server`: its servers; `text`: texts of descriptions.
//! - `paths`: which action is the operation of which path and method, where several share one.
//! - `operation`: an action as an operation, and its other requests.
//! - `parameter`, `body`, `response`: what travels in each place; `tree` puts values at JSON pointers, `xml` says what is an attribute.
//! - `security`: authentication schemes; `webhook`: triggers that the vendor calls.

/// An object of fields, without those that are `null`. Values are moved, where `json!` would copy each of them, whole documents too.
macro_rules! fields {
    ($($key:literal: $value:expr),+ $(,)?) => {{
        let mut fields = serde_json::Map::new();
        $($crate::emit::openapi::put(&mut fields, $key, $value);)+
        fields
    }};
}

mod body;
mod document;
mod operation;
mod parameter;
mod paths;
mod response;
mod security;
mod server;
mod text;
mod tree;
mod webhook;
mod xml;

use serde_json::{Map, Value, json};

use super::{EmitError, Emitter, Output, Settings, catalog_json};
use crate::catalog::{Info, Integration};
use crate::spec::Deprecation;
use actionspec_model::json_schema::{Dialect, Direction, Writer};

/// OpenAPI 3.1 documents.
pub struct OpenApi;

impl Emitter for OpenApi {
    fn name(&self) -> &'static str {
        "openapi"
    }

    fn about(&self) -> &'static str {
        "an OpenAPI 3.1 document for each integration that speaks HTTP"
    }

    fn committed(&self) -> bool {
        false
    }

    fn integration(
        &self,
        info: &Info,
        integration: &Integration,
        settings: &Settings,
    ) -> Result<Vec<Output>, EmitError> {
        let path = format!("openapi/{}.json", integration.id);
        let document = document::document(info, integration)?;
        Ok(document
            .map(|document| catalog_json::file(path, &document, settings))
            .into_iter()
            .collect())
    }
}

/// What a client sends.
const SENT: Writer = Writer { direction: Direction::Sent, dialect: Dialect::OpenApi };
/// What a client receives.
const RECEIVED: Writer = Writer { direction: Direction::Received, dialect: Dialect::OpenApi };

/// Adds a field, unless it is `null`.
fn put(fields: &mut Map<String, Value>, key: &str, value: impl Into<Value>) {
    let value = value.into();
    if !value.is_null() {
        fields.insert(key.to_owned(), value);
    }
}

/// An object without the fields that are `null`. Fields whose `null` means something are inserted afterwards.
fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields.into_iter().filter(|(_, field)| !field.is_null()).collect(),
        _ => Map::new(),
    }
}

/// A list or map that says something; `null` if it is empty.
fn some(value: impl Into<Value>) -> Value {
    let value = value.into();
    match &value {
        Value::Array(items) if items.is_empty() => Value::Null,
        Value::Object(fields) if fields.is_empty() => Value::Null,
        _ => value,
    }
}

/// A text as the key of a component, which holds nothing but ASCII letters, digits, `.`, `-` and `_`.
fn component(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') {
            out.push(c);
        } else {
            out.push_str(&format!("-u{:x}", u32::from(c)));
        }
    }
    out
}

/// Why something is deprecated, and what to use instead.
fn deprecation(deprecated: Option<&Deprecation>) -> Value {
    catalog_json::without_nulls(json!(deprecated))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_components_hold_nothing_but_what_openapi_allows() {
        assert_eq!(component("X-Rate.Left_1"), "X-Rate.Left_1");
        assert_eq!(component("a b/é"), "a-u20b-u2f-ue9");
    }

    #[test]
    fn a_field_that_is_null_is_left_out() {
        assert_eq!(
            Value::Object(object(json!({"a": null, "b": some(json!([])), "c": {}}))),
            json!({"c": {}})
        );
    }
}
