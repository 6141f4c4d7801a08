//! Phrases for pages: types, constraints, locations, retries.

use crate::catalog::{Request, Schema, Type, Union};
use crate::spec::{ChangeKind, Effect, ExampleSource, Location, PermissionKind, Retry};
pub(super) use crate::type_name::type_name as ty;

pub(super) fn location(location: Location, request: Option<&Request>) -> &'static str {
    match location {
        Location::Body if matches!(request, Some(Request::Line(_))) => "line",
        Location::Body if matches!(request, Some(Request::Sql(_))) => "bound",
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::Body => "body",
    }
}

pub(super) fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "read",
        Effect::Write => "write",
        Effect::Destructive => "destructive",
    }
}

pub(super) fn change_kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "Added",
        ChangeKind::Changed => "Changed",
        ChangeKind::Deprecated => "Deprecated",
        ChangeKind::Removed => "Removed",
        ChangeKind::Fixed => "Fixed",
    }
}

pub(super) fn retry(retry: &Retry) -> String {
    match retry {
        Retry::Safe => "safe (idempotent).".to_owned(),
        Retry::Unsafe(why) => format!("never. {why}"),
        Retry::IdempotencyParameter(key) => {
            format!("safe. The client generates `{key}` for each call unless you set it.")
        }
        Retry::IdempotencyKey(header) => {
            format!("safe. The client sends a generated key in the header `{header}`.")
        }
    }
}

pub(super) fn permission_kind(kind: PermissionKind) -> &'static str {
    match kind {
        PermissionKind::Permission => "permission",
        PermissionKind::Role => "role",
        PermissionKind::License => "license",
    }
}

pub(super) fn example_source(source: ExampleSource) -> &'static str {
    match source {
        ExampleSource::Live => "From a live response, anonymised.",
        ExampleSource::Documentation => "From the vendor's documentation.",
        ExampleSource::Composed => "Composed from the documented fields.",
    }
}

/// The constraints of a value, one phrase each; those of array items are included.
pub(super) fn constraints(schema: &Schema) -> Vec<String> {
    // The table has a separate column for patterns.
    let mut others = schema.constraints.clone();
    others.retain(|keyword| keyword.name() != PATTERN);
    let mut said = others.phrases();
    if schema.nullable {
        said.push("may be `null`".to_owned());
    }
    if let Type::Union(Union { discriminator: Some(property), .. }) = &schema.ty {
        said.push(format!("discriminated by `{property}`"));
    }
    if let Type::Array(items) = &schema.ty {
        said.extend(constraints(items).into_iter().map(|phrase| format!("each item: {phrase}")));
    }
    said
}

/// The pattern of a text.
pub(super) fn pattern(schema: &Schema) -> Option<String> {
    schema.constraints.get(PATTERN)?.to_value().as_str().map(str::to_owned)
}

const PATTERN: &str = "pattern";

/// A period: `10 minutes`.
pub(super) fn period(seconds: u32) -> String {
    let (count, unit) = match seconds {
        s if s % 86_400 == 0 => (s / 86_400, "day"),
        s if s % 3_600 == 0 => (s / 3_600, "hour"),
        s if s % 60 == 0 => (s / 60, "minute"),
        s => (s, "second"),
    };
    if count == 1 { unit.to_owned() } else { format!("{count} {unit}s") }
}
