//! Parameters.

use super::object::Object;
use super::schema;
use crate::catalog::{Integration, Parameter};
use crate::emit::rust::docs;
use crate::spec::{Location, Style};

pub(super) fn parameter(integration: &Integration, parameter: &Parameter) -> Object {
    let Parameter { key, wire_name, title, pointer, step, schema, .. } = parameter;
    Object::default()
        .with("key", key.as_str())
        .text("wire_name", wire_name)
        .text("title", title)
        .maybe("location", location(parameter.location))
        .maybe("style", style(parameter.style))
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

/// The default is the query string.
fn location(location: Location) -> Option<&'static str> {
    match location {
        Location::Path => Some("path"),
        Location::Query => None,
        Location::Header => Some("header"),
        Location::Cookie => Some("cookie"),
        Location::Body => Some("body"),
    }
}

/// The default is to repeat the name.
fn style(style: Style) -> Option<&'static str> {
    match style {
        Style::Repeat => None,
        Style::Comma => Some("comma"),
        Style::Pipe => Some("pipe"),
        Style::Space => Some("space"),
        Style::Brackets => Some("brackets"),
        Style::Json => Some("json"),
        Style::Numbered => Some("numbered"),
        Style::Members => Some("members"),
        Style::Segments => Some("segments"),
        Style::Prefix => Some("prefix"),
    }
}
