//! Types of parameters and declared types, and what their values must satisfy.

use serde_json::Value;

use super::report::{Report, join};
use super::text_checks;
use crate::catalog::conform::{self, Mode};
use crate::catalog::infer;
use crate::catalog::model::{EnumValue, Object, Property, Schema, Type};
use crate::catalog::names::{self, Scope};
use crate::diagnostics::Code;
use crate::spec::{self, AdditionalProperties, EnumValues};

/// The declared types of an integration.
pub(super) type Declared<'a> = infer::Types<'a>;

/// What the resolving of schemas needs to know.
pub(super) struct Types<'a> {
    /// Names that may be used.
    pub(super) known: Vec<&'a str>,
    /// Names that were used.
    pub(super) used: std::cell::RefCell<std::collections::BTreeSet<String>>,
}

impl Types<'_> {
    pub(super) fn mark_used(&self, name: &str) {
        self.used.borrow_mut().insert(name.to_owned());
    }
}

/// Resolves a schema as written at `pointer`.
pub(super) fn resolve(spec: &spec::Schema, pointer: &str, types: &Types, report: &mut Report) -> Schema {
    let ty = resolve_type(spec, pointer, types, report);
    let schema = Schema {
        ty,
        description: spec.description.clone(),
        format: spec.format.clone(),
        values: enum_values(spec.values.as_ref(), pointer, report),
        open_enum: spec.open_enum,
        nullable: spec.nullable,
        minimum: spec.minimum,
        maximum: spec.maximum,
        exclusive_minimum: spec.exclusive_minimum,
        exclusive_maximum: spec.exclusive_maximum,
        multiple_of: spec.multiple_of,
        min_length: spec.min_length,
        max_length: spec.max_length,
        pattern: spec.pattern.clone(),
        min_items: spec.min_items,
        max_items: spec.max_items,
        unique_items: spec.unique_items,
        required: spec.required,
        secret: spec.secret,
        default: spec.default.clone(),
        vendor_default: spec.vendor_default.clone(),
        example: spec.example.clone(),
        deprecated: spec.deprecated.clone(),
    };
    check_constraints(spec, &schema, pointer, report);
    if let Some(description) = &spec.description {
        report.not_blank(&join(pointer, "description"), description);
    }
    text_checks::deprecation(spec.deprecated.as_ref(), &join(pointer, "deprecated"), report);
    schema
}

fn resolve_type(spec: &spec::Schema, pointer: &str, types: &Types, report: &mut Report) -> Type {
    let name = spec.ty.as_ref().map_or_else(|| implied_type(spec), |name| Some(name.0.as_str()));
    match name {
        Some("string") => Type::String,
        Some("integer") => Type::Integer,
        Some("number") => Type::Number,
        Some("boolean") => Type::Boolean,
        Some("any") => Type::Any,
        Some("file") => Type::File,
        Some("array") => {
            let items = spec.items.as_ref().map_or_else(Schema::default, |items| resolve(items, &join(pointer, "items"), types, report));
            Type::Array(Box::new(items))
        }
        Some("object") => resolve_object(spec, pointer, types, report),
        Some(named) => {
            if types.known.contains(&named) {
                types.mark_used(named);
            } else {
                report.unknown(&join(pointer, "type"), "type", named, types.known.iter().copied());
            }
            Type::Named(named.to_owned())
        }
        None => {
            report.error_at_key(Code::MissingType, pointer, "the type is missing", |d| {
                d.label("has no `type`").help("add `type: string`, or another type")
            });
            Type::Any
        }
    }
}

/// The type that other keys leave no doubt of.
fn implied_type(spec: &spec::Schema) -> Option<&'static str> {
    if !spec.properties.is_empty() || spec.additional_properties.is_some() {
        return Some("object");
    }
    if spec.items.is_some() {
        return Some("array");
    }
    match spec.values.as_ref()? {
        EnumValues::Described(_) => Some("string"),
        EnumValues::List(values) if values.iter().all(Value::is_string) => Some("string"),
        EnumValues::List(values) if values.iter().all(Value::is_i64) => Some("integer"),
        EnumValues::List(_) => None,
    }
}

fn resolve_object(spec: &spec::Schema, pointer: &str, types: &Types, report: &mut Report) -> Type {
    let additional = match &spec.additional_properties {
        None | Some(AdditionalProperties::Allowed(true)) => Some(Box::new(Schema::default())),
        Some(AdditionalProperties::Allowed(false)) => None,
        Some(AdditionalProperties::Typed(schema)) => Some(Box::new(resolve(schema, &join(pointer, "additionalProperties"), types, report))),
    };
    if spec.properties.is_empty()
        && let Some(values) = additional
    {
        return Type::Map(values);
    }
    let mut scope = Scope::default();
    let properties = spec
        .properties
        .iter()
        .map(|(name, property)| Property {
            name: name.clone(),
            ident: scope.take(names::ident(name)),
            schema: resolve(property, &join(&join(pointer, "properties"), name), types, report),
        })
        .collect();
    Type::Object(Object { properties, additional })
}

fn enum_values(values: Option<&EnumValues>, pointer: &str, report: &mut Report) -> Vec<EnumValue> {
    let at = join(pointer, "enum");
    let mut scope = Scope::reserving(&["Other"]);
    let resolved: Vec<EnumValue> = match values {
        None => return Vec::new(),
        Some(EnumValues::List(list)) => list
            .iter()
            .map(|value| EnumValue {
                variant: scope.take(names::type_ident(&plain(value))),
                value: value.clone(),
                title: None,
                description: None,
                expands: None,
                deprecated: None,
            })
            .collect(),
        Some(EnumValues::Described(map)) => map
            .iter()
            .map(|(value, facts)| {
                let (description, title, expands, deprecated) = match facts {
                    spec::EnumValue::Description(text) => (text.clone(), None, None, None),
                    spec::EnumValue::Detailed { description, title, expands, deprecated } => {
                        text_checks::deprecation(deprecated.as_ref(), &join(&join(&at, value), "deprecated"), report);
                        (description.clone(), title.clone(), expands.clone(), deprecated.clone())
                    }
                };
                report.not_blank(&join(&at, value), &description);
                EnumValue {
                    variant: scope.take(names::type_ident(title.as_deref().unwrap_or(value))),
                    value: Value::String(value.clone()),
                    title,
                    description: Some(description),
                    expands,
                    deprecated,
                }
            })
            .collect(),
    };
    if resolved.is_empty() {
        report.error(Code::BadConstraint, &at, "no value is allowed", |d| d.help("list the allowed values, or remove `enum`"));
    }
    for (index, value) in resolved.iter().enumerate() {
        if resolved[..index].iter().any(|earlier| earlier.value == value.value) {
            report.error(Code::BadConstraint, &join(&at, index), format!("`{}` stands here twice", plain(&value.value)), |d| d);
        }
    }
    resolved
}

/// A value as people write it.
pub(super) fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn check_constraints(spec: &spec::Schema, schema: &Schema, pointer: &str, report: &mut Report) {
    let number = matches!(schema.ty, Type::Integer | Type::Number);
    let text = schema.ty == Type::String;
    let array = matches!(schema.ty, Type::Array(_));
    let free = matches!(schema.ty, Type::Any | Type::Named(_));
    let keys = [
        ("minimum", spec.minimum.is_some(), number, "numbers"),
        ("maximum", spec.maximum.is_some(), number, "numbers"),
        ("exclusiveMinimum", spec.exclusive_minimum.is_some(), number, "numbers"),
        ("exclusiveMaximum", spec.exclusive_maximum.is_some(), number, "numbers"),
        ("multipleOf", spec.multiple_of.is_some(), number, "numbers"),
        ("minLength", spec.min_length.is_some(), text, "strings"),
        ("maxLength", spec.max_length.is_some(), text, "strings"),
        ("pattern", spec.pattern.is_some(), text, "strings"),
        ("minItems", spec.min_items.is_some(), array, "arrays"),
        ("maxItems", spec.max_items.is_some(), array, "arrays"),
        ("uniqueItems", spec.unique_items, array, "arrays"),
        ("items", spec.items.is_some(), array, "arrays"),
        ("properties", !spec.properties.is_empty(), matches!(schema.ty, Type::Object(_) | Type::Map(_)), "objects"),
        ("format", spec.format.is_some(), text || number, "strings and numbers"),
        ("openEnum", spec.open_enum, spec.values.is_some(), "values with an `enum`"),
    ];
    for (key, given, fits, of) in keys {
        if given && !fits {
            let message = if free { format!("`{key}` says nothing without a type of its own") } else { format!("`{key}` is for {of}") };
            report.error_at_key(Code::BadConstraint, &join(pointer, key), message, |d| d.help("remove it, or change `type`"));
        }
    }
    check_range(schema.minimum.or(schema.exclusive_minimum), schema.maximum.or(schema.exclusive_maximum), "minimum", pointer, report);
    #[expect(clippy::cast_precision_loss, reason = "lengths beyond 2^52 do not differ in practice")]
    let float = |length: Option<u64>| length.map(|length| length as f64);
    check_range(float(schema.min_length), float(schema.max_length), "minLength", pointer, report);
    check_range(float(schema.min_items), float(schema.max_items), "minItems", pointer, report);
    if schema.multiple_of.is_some_and(|step| step <= 0.0) {
        report.error(Code::BadConstraint, &join(pointer, "multipleOf"), "`multipleOf` must be more than 0", |d| d);
    }
    if let Some(pattern) = &schema.pattern
        && let Err(error) = regex::Regex::new(pattern)
    {
        let reason = error.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        report.error(Code::BadPattern, &join(pointer, "pattern"), format!("the pattern is not valid: {reason}"), |d| {
            d.note("the syntax is that of Rust's `regex` crate, which matches in linear time: no look-around, no back-references")
        });
    }
}

fn check_range(least: Option<f64>, most: Option<f64>, key: &str, pointer: &str, report: &mut Report) {
    if let (Some(least), Some(most)) = (least, most)
        && least > most
    {
        report.error(Code::BadConstraint, &join(pointer, key), format!("the least, {least}, is more than the most, {most}"), |d| {
            d.label("no value satisfies both")
        });
    }
}

/// Checks that the values in a schema (default, example, allowed values) satisfy it, at every depth.
pub(super) fn check_values(schema: &Schema, pointer: &str, declared: &Declared, report: &mut Report) {
    let mut bare = schema.clone();
    bare.values = Vec::new();
    for (index, value) in schema.values.iter().enumerate() {
        let described = report.tree().node(&join(&join(pointer, "enum"), plain(&value.value))).is_some();
        let at = if described { join(&join(pointer, "enum"), plain(&value.value)) } else { join(&join(pointer, "enum"), index) };
        check_value(&value.value, &bare, &at, "allowed value", declared, report);
    }
    for (key, value) in [("default", &schema.default), ("vendorDefault", &schema.vendor_default), ("example", &schema.example)] {
        if let Some(value) = value {
            check_value(value, schema, &join(pointer, key), key, declared, report);
        }
    }
    match &schema.ty {
        Type::Array(items) => check_values(items, &join(pointer, "items"), declared, report),
        Type::Map(values) => check_values(values, &join(pointer, "additionalProperties"), declared, report),
        Type::Object(object) => {
            for property in &object.properties {
                check_values(&property.schema, &join(&join(pointer, "properties"), &property.name), declared, report);
            }
        }
        _ => {}
    }
}

fn check_value(value: &Value, schema: &Schema, pointer: &str, what: &str, declared: &Declared, report: &mut Report) {
    for misfit in conform::check(value, schema, declared, Mode::Strict) {
        let place = if misfit.pointer.is_empty() { String::new() } else { format!(" at `{}`", misfit.pointer) };
        report.error(
            Code::BadDefault,
            &format!("{pointer}{}", misfit.pointer),
            format!("the {what} does not fit{place}: {}", misfit.message),
            |d| d,
        );
    }
}
