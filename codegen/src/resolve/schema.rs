//! Types of parameters and declared types, and what their values must satisfy.

use actionspec_model::keyword::{Class, Constraints, Keyword, Operand};
use actionspec_model::validate::{self, Mode};
use serde_json::Value;

use super::known::{Declared, Types};
use super::{combine, text_checks, union, values};
use crate::catalog::{Object, Property, Schema, Type};
use crate::diagnostics::Code;
use crate::report::{Report, join};
use crate::spec::{self, AdditionalProperties, EnumValues};
use crate::text::plain;
use crate::yaml::NodeKind;

/// Resolves a schema as written at `pointer`.
pub(super) fn resolve(
    spec: &spec::Schema,
    pointer: &str,
    types: &Types,
    report: &mut Report,
) -> Schema {
    resolve_part(spec, pointer, false, types, report)
}

/// `partial`: it stands in an `allOf`, where others say the type.
pub(super) fn resolve_part(
    spec: &spec::Schema,
    pointer: &str,
    partial: bool,
    types: &Types,
    report: &mut Report,
) -> Schema {
    let combines = !(spec.all_of.is_empty() && spec.any_of.is_empty() && spec.one_of.is_empty());
    let ty = resolve_type(spec, pointer, partial || combines, types, report);
    let (values, null) = values::resolve(spec, &ty, pointer, report);
    let mut own = spec.with_structure(ty, values);
    own.nullable |= null;
    let own_type = own.ty.clone();
    let (schema, consistent) =
        if combines { combined(spec, own, pointer, types, report) } else { (own, true) };
    if spec.discriminator.is_some() && !matches!(schema.ty, Type::Union(_)) {
        report
            .error_at_key(
                Code::BadUnion,
                &join(pointer, "discriminator"),
                "there are no types to distinguish",
            )
            .help("list them under `oneOf`, or remove `discriminator`");
    }
    if consistent && !(partial && schema.ty == Type::Any) {
        let judged = if own_type == Type::Any { &schema.ty } else { &own_type };
        check_constraints(spec, &schema, judged, pointer, report);
    }
    check_patterns(&schema.constraints, pointer, report);
    if let Some(description) = &spec.description {
        report.not_blank(&join(pointer, "description"), description);
    }
    text_checks::deprecation(spec.deprecated.as_ref(), &join(pointer, "deprecated"), report);
    schema
}

/// A schema with what `allOf`, `oneOf` and `anyOf` beside it say; and whether that can be.
fn combined(
    spec: &spec::Schema,
    own: Schema,
    pointer: &str,
    types: &Types,
    report: &mut Report,
) -> (Schema, bool) {
    let mut parts = Vec::new();
    for (index, part) in spec.all_of.iter().enumerate() {
        let at = join(&join(pointer, "allOf"), index);
        parts.push((resolve_part(part, &at, true, types, report), at));
    }
    for (key, alternatives, exactly_one) in
        [("oneOf", &spec.one_of, true), ("anyOf", &spec.any_of, false)]
    {
        if !alternatives.is_empty() {
            let at = join(pointer, key);
            // Beside a type, alternatives may say no more than a constraint each.
            let partial =
                spec.ty.is_some() || !spec.properties.is_empty() || !spec.all_of.is_empty();
            let alternatives = alternatives
                .iter()
                .enumerate()
                .map(|(index, one)| resolve_part(one, &join(&at, index), partial, types, report))
                .collect();
            let union =
                union::resolve(spec, alternatives, exactly_one, &at, pointer, types, report);
            parts.push((union, at));
        }
    }
    // The keys beside say more than the parts, so they come last; but the order of properties is that of reading.
    let nullable = own.nullable;
    let (description, example) = (own.description.clone(), own.example.clone());
    let all_null = parts.iter().all(|(part, _)| part.nullable);
    let mut parts = parts.into_iter();
    let Some((mut schema, _)) = parts.next() else { return (own, true) };
    let mut consistent = true;
    let own_at = pointer.to_owned();
    for (part, at) in parts.chain([(own, own_at)]) {
        // Whether `null` is allowed is settled below.
        let (left, right) =
            (Schema { nullable: true, ..schema.clone() }, Schema { nullable: true, ..part });
        match combine::both(left, right, types) {
            Ok(merged) => schema = merged,
            Err(conflict) => {
                consistent = false;
                let message = format!("no value is of all of these types: {}", conflict.message);
                report
                    .error(Code::BadUnion, &format!("{at}{}", conflict.place), message)
                    .note("a value must satisfy `allOf` and the constraints next to it")
                    .help("correct one of the two types");
            }
        }
    }
    let schema = Schema {
        nullable: nullable || all_null,
        description: description.or(schema.description),
        example: example.or(schema.example),
        ..schema
    };
    (schema, consistent)
}

fn resolve_type(
    spec: &spec::Schema,
    pointer: &str,
    open: bool,
    types: &Types,
    report: &mut Report,
) -> Type {
    let name = spec.ty.as_ref().map_or_else(|| implied_type(spec), |name| Some(name.0.as_str()));
    match name {
        Some("string") => Type::String,
        Some("integer") => Type::Integer,
        Some("number") => Type::Number,
        Some("boolean") => Type::Boolean,
        Some("any") => Type::Any,
        Some("file") => Type::File,
        Some("array") => {
            let items = spec.items.as_ref().map_or_else(Schema::default, |items| {
                resolve(items, &join(pointer, "items"), types, report)
            });
            Type::Array(Box::new(items))
        }
        Some("object") => resolve_object(spec, pointer, types, report),
        Some(named) => {
            if types.is_known(named) {
                types.mark_used(named);
            } else {
                report.unknown(&join(pointer, "type"), "type", named, types.names());
            }
            Type::Named(named.to_owned())
        }
        None if open => Type::Any,
        None => {
            report
                .error_at_key(Code::MissingType, pointer, "the type is missing")
                .label("has no `type`")
                .help("add `type: string`, or another type");
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
    let values: Vec<&Value> = match (spec.values.as_ref(), &spec.constant) {
        (Some(EnumValues::Described(_)), _) => return Some("string"),
        (Some(EnumValues::List(values)), _) => {
            values.iter().filter(|value| !value.is_null()).collect()
        }
        (None, constant) => constant.iter().collect(),
    };
    let all = |is: fn(&Value) -> bool| !values.is_empty() && values.iter().all(|value| is(value));
    if all(Value::is_string) {
        Some("string")
    } else if all(Value::is_boolean) {
        Some("boolean")
    } else if all(|value| value.is_i64() || value.is_u64()) {
        Some("integer")
    } else if all(Value::is_number) {
        Some("number")
    } else {
        (!values.is_empty()).then_some("any")
    }
}

fn resolve_object(spec: &spec::Schema, pointer: &str, types: &Types, report: &mut Report) -> Type {
    let additional = match &spec.additional_properties {
        None | Some(AdditionalProperties::Allowed(true)) => Some(Box::new(Schema::default())),
        Some(AdditionalProperties::Allowed(false)) => None,
        Some(AdditionalProperties::Typed(schema)) => {
            Some(Box::new(resolve(schema, &join(pointer, "additionalProperties"), types, report)))
        }
    };
    if spec.properties.is_empty()
        && let Some(values) = additional
    {
        return Type::Map(values);
    }
    let properties = spec
        .properties
        .iter()
        .map(|(name, property)| Property {
            name: name.clone(),
            schema: resolve(property, &join(&join(pointer, "properties"), name), types, report),
        })
        .collect();
    Type::Object(Object { properties, additional })
}

/// `ty` is what the keys are about.
fn check_constraints(
    spec: &spec::Schema,
    schema: &Schema,
    ty: &Type,
    pointer: &str,
    report: &mut Report,
) {
    // Beside alternatives a constraint holds for those of its type.
    let union = matches!(ty, Type::Union(_));
    let number = union || matches!(ty, Type::Integer | Type::Number);
    let text = union || *ty == Type::String;
    let array = union || matches!(ty, Type::Array(_));
    let object = union || matches!(ty, Type::Object(_) | Type::Map(_));
    let free = matches!(ty, Type::Any | Type::Named(_));
    let fits = |class| match class {
        Class::Strings => text,
        Class::Numbers => number,
        Class::Arrays => array,
        Class::Objects => object,
    };
    let constraints = schema_keywords(spec).map(|keyword| (keyword.name(), keyword.class()));
    let others = [
        ("items", spec.items.is_some(), array, "arrays"),
        ("properties", !spec.properties.is_empty(), object, "objects"),
        ("format", spec.format.is_some(), text || number, "strings and numbers"),
        ("openEnum", spec.open_enum, spec.values.is_some(), "values with an `enum`"),
    ];
    let misplaced = constraints
        .filter(|(_, class)| !fits(*class))
        .map(|(key, class)| (key, class.noun()))
        .chain(
            others.into_iter().filter(|other| other.1 && !other.2).map(|other| (other.0, other.3)),
        );
    for (key, of) in misplaced {
        let message = if free {
            format!("`{key}` has no effect without a `type`")
        } else {
            format!("`{key}` applies only to {of}")
        };
        report
            .error_at_key(Code::BadConstraint, &join(pointer, key), message)
            .help("remove it, or change `type`");
    }
    for (keyword, reason) in schema.constraints.conflicts() {
        report
            .error(Code::BadConstraint, &join(pointer, keyword.name()), reason)
            .label("no value satisfies this");
    }
}

fn schema_keywords(spec: &spec::Schema) -> impl Iterator<Item = &'static dyn Keyword> {
    spec.constraints.iter().map(|(keyword, _)| keyword)
}

fn check_patterns(constraints: &Constraints, pointer: &str, report: &mut Report) {
    for (keyword, operand) in constraints.iter() {
        let at = join(pointer, keyword.name());
        let reason = match operand {
            Operand::Pattern(pattern) => pattern.fault(),
            Operand::Texts(constraints) => {
                check_patterns(constraints, &at, report);
                None
            }
            Operand::Number(_) | Operand::Count(_) | Operand::Flag => None,
        };
        if let Some(reason) = reason {
            report
                .error(Code::BadPattern, &at, format!("the pattern is not valid: {reason}"))
                .note(
                    "the syntax is that of Rust's `regex` crate, which matches in linear \
                time: no look-around, no back-references",
                );
        }
    }
}

/// Checks that the values in a schema (default, example, allowed values) satisfy it, at every depth.
pub(super) fn check_values(
    schema: &Schema,
    pointer: &str,
    declared: &Declared,
    report: &mut Report,
) {
    if schema.secret {
        check_secret(schema, pointer, declared, report);
    }
    let mut bare = schema.clone();
    bare.values = Vec::new();
    let described = report
        .tree()
        .node(&join(pointer, "enum"))
        .is_some_and(|node| matches!(node.kind, NodeKind::Mapping(_)));
    for (index, value) in schema.values.iter().enumerate() {
        let at = if described {
            join(&join(pointer, "enum"), plain(&value.value))
        } else {
            join(&join(pointer, "enum"), index)
        };
        check_value(&value.value, &bare, &at, "allowed value", declared, report);
    }
    for (key, value) in [
        ("default", &schema.default),
        ("vendorDefault", &schema.vendor_default),
        ("example", &schema.example),
    ] {
        if let Some(value) = value {
            check_value(value, schema, &join(pointer, key), key, declared, report);
        }
    }
    match &schema.ty {
        Type::Array(items) => check_values(items, &join(pointer, "items"), declared, report),
        Type::Map(values) => {
            check_values(values, &join(pointer, "additionalProperties"), declared, report);
        }
        Type::Object(object) => {
            for property in &object.properties {
                check_values(
                    &property.schema,
                    &join(&join(pointer, "properties"), &property.name),
                    declared,
                    report,
                );
            }
        }
        Type::Union(union) => {
            let key = if union.exactly_one { "oneOf" } else { "anyOf" };
            for (index, alternative) in union.alternatives.iter().enumerate() {
                check_values(
                    &alternative.schema,
                    &join(&join(pointer, key), index),
                    declared,
                    report,
                );
            }
        }
        _ => {}
    }
}

/// What a spec says is published: on pages, in OpenAPI documents and in the documentation of crates. So it gives no value of a secret.
fn check_secret(schema: &Schema, pointer: &str, declared: &Declared, report: &mut Report) {
    let named = match &schema.ty {
        Type::Named(name) => declared.get(name.as_str()).map(|definition| &definition.schema),
        _ => None,
    };
    for schema in [schema].into_iter().chain(named) {
        for (key, given) in [
            ("default", schema.default.is_some()),
            ("vendorDefault", schema.vendor_default.is_some()),
            ("example", schema.example.is_some()),
            ("enum", !schema.values.is_empty()),
        ] {
            if given {
                report
                    .error_at_key(
                        Code::SecretInExample,
                        &join(pointer, key),
                        format!("a secret value must not have `{key}`"),
                    )
                    .note("it would be published on pages and in generated code")
                    .help(format!("remove `{key}`, or `secret`"));
            }
        }
    }
}

fn check_value(
    value: &Value,
    schema: &Schema,
    pointer: &str,
    what: &str,
    declared: &Declared,
    report: &mut Report,
) {
    for misfit in validate::check(value, schema, declared, Mode::Strict) {
        let place = if misfit.parameter.is_empty() {
            String::new()
        } else {
            format!(" at `{}`", misfit.pointer())
        };
        report.error(
            Code::BadDefault,
            &format!("{pointer}{}", misfit.pointer()),
            format!("the {what} does not fit{place}: {}", misfit.message),
        );
    }
}
