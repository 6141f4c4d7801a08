//! Outputs: kind, example and where the result is in it. Types are inferred later, over the whole integration.

use indexmap::IndexMap;
use serde_json::Value;

use super::context::Context;
use crate::catalog::secrets;
use crate::catalog::{Example, Output, Protocol, Schema, Type};
use crate::diagnostics::Code;
use crate::output::Shown;
use crate::report::{Report, check_pointer, join};
use crate::spec::{OutputKind, OutputSpec};

/// What inference needs to know of one example.
pub(super) struct Pending {
    /// The name of the result's type, where the author chose one.
    pub(super) root: Option<String>,
    /// The name that is derived otherwise.
    pub(super) fallback: String,
    /// The result.
    pub(super) value: Value,
    /// Names for the types in it.
    pub(super) names: IndexMap<String, String>,
    /// Where names stand in the spec.
    pub(super) names_at: &'static str,
    /// Where the example stands in the spec.
    pub(super) example_at: &'static str,
}

pub(super) fn resolve(
    spec: &OutputSpec,
    type_name: &str,
    context: &Context,
    report: &mut Report,
) -> (Output, Option<Pending>) {
    let example = example(spec, context, report);
    let waived = matches!(example, Example::None(_));
    let kind = spec.kind.unwrap_or(match (&spec.ty, waived) {
        (None, true) => OutputKind::Empty,
        _ => OutputKind::Json,
    });
    let at = spec.at.clone().unwrap_or_default();
    check_pointer(&at, "/output/at", report);
    check_kind(spec, kind, &example, report);
    check_headers(spec, kind, &example, report);
    check_statuses(spec, kind, report);
    let mut output = Output {
        kind,
        description: spec.description.clone(),
        schema: declared_root(spec, context, report),
        example,
        at: at.clone(),
        item_element: spec.item_element.clone(),
        headers: spec.headers.clone(),
        statuses: spec.statuses.clone(),
        media_type: spec.media_type.clone(),
    };
    let Example::Given { value, .. } = &output.example else { return (output, None) };
    if !kind.is_structured() {
        return (output, None);
    }
    if kind == OutputKind::Xml && value.as_object().is_none_or(|fields| fields.len() != 1) {
        report
            .error(
                Code::ExampleMismatch,
                "/output/example",
                "the example is not an XML document: it must have exactly one root element",
            )
            .help("make the name of the root element the only key of the example");
    }
    let Some(result) = value.pointer(&at) else {
        report.error(Code::BadPointer, "/output/at", format!("the example has nothing at `{at}`"));
        return (output, None);
    };
    if spec.ty.as_ref().is_some_and(|name| is_plain(&name.0)) {
        return (output, None);
    }
    let pending = Pending {
        root: spec.ty.as_ref().map(|name| name.0.clone()),
        fallback: format!("{type_name}Output"),
        value: result.clone(),
        names: spec.names.clone(),
        names_at: "/output/names",
        example_at: "/output/example",
    };
    output.schema.ty = Type::Any;
    (output, Some(pending))
}

fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
}

/// The type of a result without an example, or of a plain type.
fn declared_root(spec: &OutputSpec, context: &Context, report: &mut Report) -> Schema {
    let ty = match spec.ty.as_ref().map(|name| name.0.as_str()) {
        None | Some("any" | "file") => Type::Any,
        Some("string") => Type::String,
        Some("integer") => Type::Integer,
        Some("number") => Type::Number,
        Some("boolean") => Type::Boolean,
        Some("array") => Type::Array(Box::default()),
        Some("object") => Type::Map(Box::default()),
        Some(named) => {
            let declared = context.declared.contains_key(named);
            if declared {
                context.types.mark_used(named);
            } else if matches!(&spec.example, Value::Object(map) if map.len() == 1 && map.contains_key("none"))
            {
                report.unknown("/output/type", "type", named, context.declared.keys().copied());
            }
            Type::Named(named.to_owned())
        }
    };
    Schema { ty, ..Schema::default() }
}

fn example(spec: &OutputSpec, context: &Context, report: &mut Report) -> Example {
    if let Value::Object(map) = &spec.example
        && map.len() == 1
        && let Some(Value::String(why)) = map.get("none")
    {
        report.not_blank("/output/example/none", why);
        if spec.verified.is_some() {
            report
                .error_at_key(
                    Code::MissingExampleSource,
                    "/output/verified",
                    "`verified` applies only to an example",
                )
                .help("remove `verified`");
        }
        return Example::None(why.clone());
    }
    let Some(source) = spec.verified else {
        report
            .error_at_key(
                Code::MissingExampleSource,
                "/output",
                "the example has no `verified` source",
            )
            .help("add `verified: live`, `documentation` or `composed` under `output`")
            .note(
                "readers trust a recorded answer more than a composed one, so every \
                example says which it is",
            );
        return Example::None(String::new());
    };
    let value = read(&spec.example, "/output/example", context, report);
    if let Some(success) = &context.spec.errors.success
        && spec.kind.is_none_or(|kind| kind.is_structured() && kind != OutputKind::Headers)
        && value.pointer(&success.at).unwrap_or(&Value::Null) != &success.equals
    {
        let message = format!(
            "the example is an error response: it does not have `{}` at `{}`",
            success.equals, success.at
        );
        report
            .error(Code::ExampleMismatch, "/output/example", message)
            .help("show the whole response body, or correct `errors.success` of the integration");
    }
    Example::Given { value, source }
}

/// An example as written, or the file that it names.
pub(super) fn read(
    written: &Value,
    pointer: &str,
    context: &Context,
    report: &mut Report,
) -> Value {
    let value = match written {
        Value::String(name)
            if std::path::Path::new(name)
                .extension()
                .is_some_and(|extension| extension == "json") =>
        {
            if let Some(file) = context.sources.examples.get(name) {
                context.use_example(name);
                file.value.clone()
            } else {
                report.unknown(
                    pointer,
                    "example file",
                    name,
                    context.sources.examples.keys().map(String::as_str),
                );
                Value::Null
            }
        }
        value => value.clone(),
    };
    for found in secrets::find(&value) {
        report
            .error(
                Code::SecretInExample,
                &format!("{pointer}{found}"),
                format!("the example seems to contain a real credential at `{found}`"),
            )
            .help("replace it with a made-up value, and revoke the credential if it is real");
    }
    value
}

/// Properties of a result of headers: each is named, and names a header.
fn check_headers(spec: &OutputSpec, kind: OutputKind, example: &Example, report: &mut Report) {
    if (kind == OutputKind::Headers) == spec.headers.is_empty() {
        report
            .error_at_key(
                Code::BadExampleFile,
                "/output",
                "`headers` is required for outputs of the kind `headers`, and only allowed there",
            )
            .help("write `kind: headers` and `headers: {property: Name-Of-Header}`, or neither");
    }
    for (property, header) in &spec.headers {
        super::checks::check_header(
            header.strip_suffix('*').unwrap_or(header),
            &join("/output/headers", property),
            report,
        );
    }
    if let (OutputKind::Headers, Example::Given { value: Value::Object(fields), .. }) =
        (kind, example)
    {
        for name in fields.keys().filter(|name| !spec.headers.contains_key(*name)) {
            let known = spec.headers.keys().map(String::as_str);
            let at = join("/output/example", name);
            if report.tree().node(&at).is_some() {
                report.unknown_key(&at, "property of `headers`", name, known);
            } else {
                // The example is a file of its own.
                report.unknown_within("/output/example", "property of `headers`", name, known);
            }
        }
    }
    if spec.item_element.is_some() && kind != OutputKind::Xml {
        report
            .error_at_key(Code::BadNames, "/output/itemElement", "`itemElement` is for XML outputs")
            .help("remove it");
    }
}

/// Statuses of success are redirects: 2xx is one without being named, and what is an error does not become a success.
fn check_statuses(spec: &OutputSpec, kind: OutputKind, report: &mut Report) {
    for (index, status) in spec.statuses.iter().enumerate() {
        let repeats = spec.statuses[..index].contains(status);
        if repeats || !(300..400).contains(status) {
            let problem = if repeats { "is listed twice" } else { "is not from 300 to 399" };
            report
                .error(
                    Code::BadStatus,
                    &join("/output/statuses", index.to_string()),
                    format!("the status {status} {problem}"),
                )
                .help("list each status from 300 to 399 that means success once; 2xx is a success without being listed");
        }
    }
    if !spec.statuses.is_empty() && !kind.comes_over(Protocol::Http) {
        report
            .error_at_key(
                Code::BadStatus,
                "/output/statuses",
                "`statuses` applies only to responses over HTTP",
            )
            .help("remove it");
    }
}

fn check_kind(spec: &OutputSpec, kind: OutputKind, example: &Example, report: &mut Report) {
    let fits = match (crate::output::kind(kind).shown(), example) {
        (Shown::ExampleOrType, Example::Given { .. })
        | (Shown::Either, _)
        | (Shown::NoExample, Example::None(_)) => true,
        (Shown::ExampleOrType, Example::None(_)) => spec.ty.is_some() || spec.verified.is_none(),
        (Shown::NoExample, Example::Given { .. }) => false,
    };
    if !fits {
        report
            .error_at_key(
                Code::BadExampleFile,
                "/output/example",
                "the example does not match the output kind",
            )
            .help(
                "write `example: {none: why}` for binary and empty outputs; a JSON \
                output without an example needs a `type`",
            );
    }
    if !kind.is_structured() {
        for (key, given) in [
            ("names", !spec.names.is_empty()),
            ("at", spec.at.is_some()),
            ("type", spec.ty.is_some()),
        ] {
            if given {
                report
                    .error_at_key(
                        Code::BadNames,
                        &join("/output", key),
                        format!("`{key}` applies only to structured outputs"),
                    )
                    .help("remove it");
            }
        }
    }
}
