//! `allOf`: several types of one value become one type.

use std::collections::HashSet;

use super::known::Types;
use crate::catalog::{Alternative, EnumValue, Object, Property, Schema, Type, Union};
use crate::report::join;
use crate::text::plain;

/// Named types that stand for named types end somewhere.
const MOST_NAMES: usize = 32;
/// The alternatives that two unions at once may come to.
const MOST_ALTERNATIVES: usize = 256;

/// Why no value is of both types.
pub(super) struct Conflict {
    /// Where in the value's type, as `/properties/id`.
    pub(super) place: String,
    /// What is wrong, as the end of a sentence.
    pub(super) message: String,
}

impl Conflict {
    fn new(message: impl Into<String>) -> Self {
        Self { place: String::new(), message: message.into() }
    }

    fn below(self, place: &str) -> Self {
        Self { place: format!("{place}{}", self.place), message: self.message }
    }
}

type Merged<T> = Result<T, Conflict>;

/// The type of values that are of both types. What the right one says for people replaces what the left one says.
pub(super) fn both(left: Schema, right: Schema, types: &Types) -> Merged<Schema> {
    if says_nothing(&left) {
        return Ok(annotated(right, &left));
    }
    if says_nothing(&right) {
        let required = left.required;
        return Ok(Schema { required: required || right.required, ..annotated_by(&left, &right) });
    }
    // A type that is named for itself keeps its name.
    if left.ty == right.ty
        && matches!(left.ty, Type::Named(_))
        && !is_constrained(&left)
        && !is_constrained(&right)
    {
        return Ok(annotated_by(&left, &right));
    }
    let (left, right) = (opened(left, types)?, opened(right, types)?);
    let nullable = left.nullable && right.nullable;
    let ty = both_types(left.ty.clone(), right.ty.clone(), types)?;
    let (values, open_enum) = both_values(&left, &right)?;
    let merged = Schema {
        ty,
        format: same("format", left.format.clone(), right.format.clone())?,
        values,
        open_enum,
        nullable,
        constraints: left.constraints.merge(&right.constraints).map_err(Conflict::new)?,
        required: left.required || right.required,
        read_only: left.read_only || right.read_only,
        write_only: left.write_only || right.write_only,
        secret: left.secret || right.secret,
        ..Schema::default()
    };
    Ok(annotated(annotated(merged, &right), &left))
}

/// Whether any value fits.
fn says_nothing(schema: &Schema) -> bool {
    schema.ty == Type::Any && !is_constrained(schema)
}

fn is_constrained(schema: &Schema) -> bool {
    let bare = Schema {
        ty: schema.ty.clone(),
        nullable: schema.nullable,
        required: schema.required,
        ..Schema::default()
    };
    annotated(bare, schema) != *schema
}

/// The schema, with what another says for people where it says nothing itself.
fn annotated(schema: Schema, other: &Schema) -> Schema {
    Schema {
        description: schema.description.or_else(|| other.description.clone()),
        default: schema.default.or_else(|| other.default.clone()),
        vendor_default: schema.vendor_default.or_else(|| other.vendor_default.clone()),
        example: schema.example.or_else(|| other.example.clone()),
        deprecated: schema.deprecated.or_else(|| other.deprecated.clone()),
        required: schema.required || other.required,
        read_only: schema.read_only || other.read_only,
        write_only: schema.write_only || other.write_only,
        secret: schema.secret || other.secret,
        ..schema
    }
}

/// The schema, with what another says for people in place of what it says itself.
fn annotated_by(schema: &Schema, other: &Schema) -> Schema {
    let bare = Schema {
        description: None,
        default: None,
        vendor_default: None,
        example: None,
        deprecated: None,
        ..schema.clone()
    };
    annotated(annotated(bare, other), schema)
}

/// A named type as what it stands for.
fn opened(mut schema: Schema, types: &Types) -> Merged<Schema> {
    let first = schema.ty.clone();
    for _ in 0..MOST_NAMES {
        let Type::Named(name) = &schema.ty else { return Ok(schema) };
        let Some(definition) = types.definition(name) else {
            return Err(made_of_itself(name));
        };
        let nullable = schema.nullable || definition.nullable;
        let required = schema.required;
        schema = Schema { nullable, required, ..annotated_by(&definition, &schema) };
    }
    match first {
        Type::Named(name) => Err(made_of_itself(&name)),
        _ => Ok(schema),
    }
}

fn made_of_itself(name: &str) -> Conflict {
    Conflict::new(format!("`{name}` refers to itself"))
}

fn both_types(left: Type, right: Type, types: &Types) -> Merged<Type> {
    Ok(match (left, right) {
        (Type::Any, other) | (other, Type::Any) => other,
        (Type::Integer, Type::Number) | (Type::Number, Type::Integer) => Type::Integer,
        (Type::Array(left), Type::Array(right)) => Type::Array(Box::new(
            both(*left, *right, types).map_err(|conflict| conflict.below("/items"))?,
        )),
        (Type::Map(left), Type::Map(right)) => {
            Type::Map(Box::new(both_additional(*left, *right, types)?))
        }
        (Type::Map(values), Type::Object(object)) => both_objects(
            Object { properties: Vec::new(), additional: Some(values) },
            object,
            types,
        )?,
        (Type::Object(object), Type::Map(values)) => both_objects(
            object,
            Object { properties: Vec::new(), additional: Some(values) },
            types,
        )?,
        (Type::Object(left), Type::Object(right)) => both_objects(left, right, types)?,
        (Type::Union(left), right) => each(left, &right, false, types)?,
        (left, Type::Union(right)) => each(right, &left, true, types)?,
        (left, right) if left == right => left,
        (left, right) => {
            return Err(Conflict::new(format!(
                "{} here is {} there",
                right.phrase(),
                left.phrase()
            )));
        }
    })
}

fn both_additional(left: Schema, right: Schema, types: &Types) -> Merged<Schema> {
    both(left, right, types).map_err(|conflict| conflict.below("/additionalProperties"))
}

/// The properties of both. A closed object stays closed, over the properties of both: that is what authors mean who extend one.
fn both_objects(left: Object, right: Object, types: &Types) -> Merged<Type> {
    let mut properties: Vec<Property> =
        Vec::with_capacity(left.properties.len() + right.properties.len());
    let place = |name: &str| join("/properties", name);
    let mut positions = std::collections::HashMap::new();
    for property in left.properties {
        positions.insert(property.name.clone(), properties.len());
        properties.push(property);
    }
    for property in right.properties {
        match positions.get(&property.name) {
            Some(&index) => {
                let known = std::mem::take(&mut properties[index].schema);
                properties[index].schema = both(known, property.schema, types)
                    .map_err(|conflict| conflict.below(&place(&property.name)))?;
            }
            None => {
                positions.insert(property.name.clone(), properties.len());
                properties.push(property);
            }
        }
    }
    let additional = match (left.additional, right.additional) {
        (Some(left), Some(right)) => Some(Box::new(both_additional(*left, *right, types)?)),
        _ => None,
    };
    Ok(Type::Object(Object { properties, additional }))
}

/// Each alternative and the other type; those that cannot be both are left out.
fn each(union: Union, other: &Type, other_first: bool, types: &Types) -> Merged<Type> {
    let mut alternatives = Vec::new();
    let mut first = None;
    for alternative in union.alternatives {
        let with = Schema { ty: other.clone(), ..Schema::default() };
        let own = alternative.schema.clone();
        let merged = if other_first { both(with, own, types) } else { both(own, with, types) };
        match merged {
            Ok(schema) => alternatives.push(Alternative { schema, ..alternative }),
            Err(conflict) => first = first.or(Some(conflict)),
        }
    }
    if alternatives.len() > MOST_ALTERNATIVES {
        return Err(Conflict::new(format!(
            "the result has more than {MOST_ALTERNATIVES} alternatives"
        )));
    }
    match first {
        Some(conflict) if alternatives.is_empty() => Err(conflict),
        _ => Ok(Type::Union(Union { alternatives, ..union })),
    }
}

fn both_values(left: &Schema, right: &Schema) -> Merged<(Vec<EnumValue>, bool)> {
    match (left.values.is_empty(), right.values.is_empty()) {
        (_, true) => return Ok((left.values.clone(), left.open_enum)),
        (true, false) => return Ok((right.values.clone(), right.open_enum)),
        (false, false) => {}
    }
    match (left.open_enum, right.open_enum) {
        (true, false) => return Ok((right.values.clone(), false)),
        (false, true) => return Ok((left.values.clone(), false)),
        _ => {}
    }
    let known: HashSet<String> = left.values.iter().map(|value| value.value.to_string()).collect();
    let shared: Vec<EnumValue> = right
        .values
        .iter()
        .filter(|value| known.contains(&value.value.to_string()))
        .cloned()
        .collect();
    if shared.is_empty() {
        let value = right.values.first().map(|value| plain(&value.value)).unwrap_or_default();
        return Err(Conflict::new(format!(
            "none of the values allowed here, `{value}` and others, is allowed there"
        )));
    }
    Ok((shared, left.open_enum))
}

fn same(key: &str, left: Option<String>, right: Option<String>) -> Merged<Option<String>> {
    match (left, right) {
        (Some(left), Some(right)) if left != right => {
            Err(Conflict::new(format!("the {key} `{right}` here is `{left}` there")))
        }
        (left, right) => Ok(right.or(left)),
    }
}
