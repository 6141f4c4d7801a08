//! Parameters.

use std::collections::HashMap;

use super::context::Context;
use super::known::Declared;
use super::schema;
use super::sql;
use crate::catalog::Request;
use crate::catalog::names::{self, Scope};
use crate::catalog::{Parameter, Schema, Step, Type};
use crate::diagnostics::Code;
use crate::report::{Report, check_pointer, join};
use crate::spec::{ActionSpec, Location, Method, ParameterSpec, Style};

/// The parameters of an action, in order.
pub(super) fn resolve(
    spec: &ActionSpec,
    type_name: &str,
    steps: &[Step],
    context: &Context,
    report: &mut Report,
) -> Vec<Parameter> {
    let mut idents = Scope::default();
    let mut enums = Scope::reserving(&[type_name, &context.type_name]);
    let parameters: Vec<Parameter> = spec
        .parameters
        .iter()
        .map(|(key, written)| one(key, written, steps, &mut idents, &mut enums, context, report))
        .collect();
    let mut seen = HashMap::with_capacity(parameters.len());
    for parameter in &parameters {
        let place = (parameter.location, parameter.step, &parameter.pointer, &parameter.wire_name);
        let twin = *seen.entry(place).or_insert(parameter);
        if !std::ptr::eq(twin, parameter) {
            let message =
                format!("`{}` and `{}` are sent under the same name", twin.key, parameter.key);
            report
                .error_at_key(Code::NameCollision, &join("/parameters", &parameter.key), message)
                .help("give one of them another `wireName`");
        }
    }
    parameters
}

fn one(
    key: &str,
    written: &ParameterSpec,
    steps: &[Step],
    idents: &mut Scope,
    enums: &mut Scope,
    context: &Context,
    report: &mut Report,
) -> Parameter {
    let pointer = join("/parameters", key);
    let mut schema = schema::resolve(&written.schema, &pointer, context.types, report);
    schema::check_values(&schema, &pointer, context.declared, report);
    if schema.description.is_none() {
        report
            .error_at_key(
                Code::Undocumented,
                &pointer,
                format!("the parameter `{key}` has no description"),
            )
            .label("not documented")
            .help("add `description:` with a sentence that explains the value");
    }
    let step = step_index(written, steps, &pointer, report);
    let wire_name = written.wire_name.clone().unwrap_or_else(|| key.to_owned());
    let location = location(key, written, steps, step, &pointer, report);
    if location == Location::Path {
        schema.required = true;
    }
    check_place(&schema, location, written, &pointer, context.declared, report);
    if schema.required && schema.default.is_none() && written.schema.constant.is_some() {
        schema.default.clone_from(&written.schema.constant);
    }
    if location == Location::Header {
        super::checks::check_request_header(&wire_name, &pointer, report);
    }
    if let Some(at) = &written.at {
        check_pointer(at, &join(&pointer, "at"), report);
    }
    for (index, scheme) in written.authentication.iter().enumerate() {
        if !context.spec.authentication.contains_key(scheme) {
            let known = context.spec.authentication.keys().map(String::as_str);
            report.unknown(
                &join(&join(&pointer, "authentication"), index),
                "authentication scheme",
                scheme,
                known,
            );
        }
    }
    let sql_type =
        sql::sql_type(written.sql_type.as_ref(), steps.get(step), &schema.ty, &pointer, report);
    let enum_type =
        has_named_values(&schema, context.declared).then(|| enums.take(names::type_ident(key)));
    let sent = actionspec_model::Parameter {
        key: key.to_owned(),
        title: written.title.clone().unwrap_or_else(|| names::title(key)),
        location,
        style: written.style.unwrap_or(match location {
            Location::Query | Location::Body => Style::Repeat,
            Location::Path | Location::Header | Location::Cookie => Style::Comma,
        }),
        pointer: if location == Location::Body {
            written.at.clone().unwrap_or_else(|| join("", &wire_name))
        } else {
            String::new()
        },
        wire_name,
        step,
        media_type: written.media_type.clone(),
        max_bytes: written.max_bytes,
        sql_type,
        schema,
    };
    Parameter {
        sent,
        ident: idents.take(names::ident(key)),
        enum_type,
        advanced: written.advanced,
        placeholder: written.placeholder.clone(),
        values_from: written.values_from.clone(),
        authentication: written.authentication.clone(),
    }
}

/// Whether the values, or the items' values, are an enum of strings.
fn has_named_values(schema: &Schema, declared: &Declared) -> bool {
    let named = |schema: &Schema| {
        schema.ty == Type::String
            && !schema.values.is_empty()
            && schema.values.iter().all(|value| value.value.is_string())
    };
    let schema = meant(schema, declared);
    match &schema.ty {
        Type::Array(items) => named(meant(items, declared)),
        _ => named(schema),
    }
}

/// What a name stands for.
fn meant<'a>(mut schema: &'a Schema, declared: &'a Declared) -> &'a Schema {
    // Names that go in circles are reported where they are declared.
    for _ in 0..declared.len() {
        let Type::Named(name) = &schema.ty else { break };
        let Some(def) = declared.get(name.as_str()) else { break };
        schema = &def.schema;
    }
    schema
}

/// Whether a value may be an object, which outside JSON is text in one way or another.
fn may_be_object(schema: &Schema, declared: &Declared) -> bool {
    match &meant(schema, declared).ty {
        Type::Object(_) | Type::Map(_) | Type::Named(_) | Type::Any => true,
        Type::Union(union) => union
            .alternatives
            .iter()
            .any(|alternative| may_be_object(&alternative.schema, declared)),
        _ => false,
    }
}

fn step_index(
    written: &ParameterSpec,
    steps: &[Step],
    pointer: &str,
    report: &mut Report,
) -> usize {
    let last = steps.len().saturating_sub(1);
    let Some(name) = &written.step else { return last };
    steps.iter().position(|step| step.name == *name && !name.is_empty()).unwrap_or_else(|| {
        report.unknown(
            &join(pointer, "step"),
            "step",
            name,
            steps.iter().map(|step| step.name.as_str()).filter(|name| !name.is_empty()),
        );
        last
    })
}

fn location(
    key: &str,
    written: &ParameterSpec,
    steps: &[Step],
    step: usize,
    pointer: &str,
    report: &mut Report,
) -> Location {
    let in_path = steps
        .iter()
        .any(|step| crate::text::placeholders(step.path()).iter().any(|name| name == key));
    let inferred = match steps.get(step).map(|step| &step.request) {
        _ if in_path => Location::Path,
        Some(Request::Line(_) | Request::Sql(_)) => Location::Body,
        Some(Request::Http(http)) => match http.method {
            Method::Post | Method::Put | Method::Patch => Location::Body,
            Method::Get | Method::Head | Method::Delete | Method::Options => Location::Query,
        },
        None => Location::Query,
    };
    let stated = written.location.unwrap_or(inferred);
    if in_path && stated != Location::Path {
        report
            .error(
                Code::BadLocation,
                &join(pointer, "in"),
                format!("`{key}` is part of the path, so its location is the path"),
            )
            .help("remove `in`");
    }
    stated
}

fn check_place(
    schema: &Schema,
    location: Location,
    written: &ParameterSpec,
    pointer: &str,
    declared: &Declared,
    report: &mut Report,
) {
    let ty = &schema.ty;
    if *ty == Type::File && location != Location::Body {
        report
            .error(Code::BadLocation, &join(pointer, "type"), "a file must be in the body")
            .help("add `in: body`");
    }
    if written.at.is_some() && location != Location::Body {
        report.error_at_key(
            Code::BadLocation,
            &join(pointer, "at"),
            "`at` applies only to body parameters",
        );
    }
    if *ty != Type::File && written.max_bytes.is_some() {
        report
            .error_at_key(
                Code::BadConstraint,
                &join(pointer, "maxBytes"),
                "`maxBytes` applies only to files",
            )
            .help("use `maxLength`");
    }
    let in_pairs = matches!(location, Location::Query | Location::Body);
    let elsewhere = match written.style {
        Some(Style::Segments) if location != Location::Path => {
            Some("segments` applies only to paths")
        }
        Some(Style::Prefix) if location != Location::Header => {
            Some("prefix` applies only to headers")
        }
        Some(Style::Numbered) if !in_pairs => Some("numbered` applies only to queries and forms"),
        Some(Style::Members) if !in_pairs => Some("members` applies only to queries and forms"),
        _ => None,
    };
    if let Some(said) = elsewhere {
        report
            .error(Code::BadLocation, &join(pointer, "style"), format!("the style `{said}"))
            .help("choose another, or remove it");
    }
    if location != Location::Body && written.style.is_none() && may_be_object(schema, declared) {
        report
            .error_at_key(
                Code::BadLocation,
                pointer,
                "an object outside a JSON body needs a `style`",
            )
            .help("add `style: json`, or `style: brackets`");
    }
}
