//! Parameters.

use serde_json::json;

use super::object::Object;
use super::schema;
use crate::catalog::{Integration, Parameter};
use crate::emit::rust::docs;
use crate::spec::{Location, Style};

pub(super) fn parameter(integration: &Integration, parameter: &Parameter) -> Object {
    let Parameter { key, wire_name, title, location, style, pointer, step, schema, .. } = parameter;
    Object::default()
        .with("key", key.as_str())
        .text("wire_name", wire_name)
        .text("title", title)
        .maybe("location", (*location != Location::Query).then(|| json!(location)))
        .maybe("style", (*style != Style::Repeat).then(|| json!(style)))
        .text("pointer", pointer)
        .maybe("step", Some(*step).filter(|step| *step > 0))
        .flag("required", schema.required)
        .flag("secret", schema.secret)
        .maybe("default", schema.default.clone())
        .maybe("media_type", parameter.media_type.as_deref())
        .maybe("max_bytes", parameter.max_bytes)
        .maybe("sql_type", parameter.sql_type.as_deref())
        .maybe("deprecated", schema.deprecated.as_ref().map(docs::note))
        .with("schema", schema::schema(integration, schema))
}
