//! Whether a value fits a type as specs write it; what the check of specs demands of defaults and examples.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::catalog::conform;
use crate::spec::{AdditionalProperties, EnumValues, Schema};

/// Whether a value fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// That takes knowing a type that is not made yet.
    Unknown,
}

impl Fit {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            _ => Self::Yes,
        }
    }

    fn when(good: bool) -> Self {
        if good { Self::Yes } else { Self::No }
    }
}

/// The types by name.
pub(super) type Named = BTreeMap<String, Schema>;

/// Whether a value fits a type; without `types`, named ones are unknown.
pub(super) fn fits(value: &Value, schema: &Schema, types: Option<&Named>) -> Fit {
    Check { types, strict: true }.value(value, schema, 0)
}

/// Whether an answer fits a type: kinds, names and closed lists of values; anything may be missing or `null`.
pub(super) fn answers(value: &Value, schema: &Schema, types: &Named) -> Fit {
    Check { types: Some(types), strict: false }.value(value, schema, 0)
}

struct Check<'t> {
    types: Option<&'t Named>,
    strict: bool,
}

impl Check<'_> {
    fn value(&self, value: &Value, schema: &Schema, depth: usize) -> Fit {
        if value.is_null() && (schema.nullable || !self.strict) {
            return Fit::Yes;
        }
        if depth > 100 {
            return Fit::No;
        }
        if let Some(values) = &schema.values
            && !schema.open_enum
            && !allows(values, value)
        {
            return Fit::No;
        }
        if schema.constant.as_ref().is_some_and(|constant| constant != value) {
            return Fit::No;
        }
        let alternatives = if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of };
        if !alternatives.is_empty() {
            return self.union(value, schema, alternatives, depth);
        }
        let ty = schema.ty.as_ref().map_or("any", |ty| ty.0.as_str());
        match (ty, value) {
            ("any", _) | ("boolean", Value::Bool(_)) => Fit::Yes,
            ("string", Value::String(text)) => Fit::when(!self.strict || string(text, schema)),
            ("file", Value::String(_)) => Fit::Yes,
            ("integer", Value::Number(number)) if number.is_i64() || number.is_u64() => {
                Fit::when(!self.strict || within(value, schema))
            }
            ("number", Value::Number(_)) => Fit::when(!self.strict || within(value, schema)),
            ("array", Value::Array(items)) => self.items(items, schema, depth),
            ("object", Value::Object(members)) => self.object(members, schema, depth),
            (name, _) if name.starts_with(|c: char| c.is_ascii_uppercase()) => {
                match self.types.map(|types| types.get(name)) {
                    Some(Some(definition)) => self.value(value, definition, depth + 1),
                    Some(None) => Fit::No,
                    None => Fit::Unknown,
                }
            }
            _ => Fit::No,
        }
    }

    fn union(&self, value: &Value, schema: &Schema, alternatives: &[Schema], depth: usize) -> Fit {
        if let Some(discriminator) = &schema.discriminator {
            let Some(members) = value.as_object() else { return Fit::No };
            let tag = members
                .get(&discriminator.property_name)
                .and_then(Value::as_str)
                .and_then(|tag| discriminator.mapping.get(tag));
            let meant = tag.and_then(|name| {
                alternatives.iter().find(|alternative| alternative.ty.as_ref() == Some(name))
            });
            return meant.map_or(Fit::when(!self.strict), |alternative| {
                self.value(value, alternative, depth + 1)
            });
        }
        let fits: Vec<Fit> = alternatives
            .iter()
            .map(|alternative| self.value(value, alternative, depth + 1))
            .collect();
        let fitting = fits.iter().filter(|fit| **fit == Fit::Yes).count();
        if fitting > 0 {
            return Fit::when(!(self.strict && fitting > 1 && !schema.one_of.is_empty()));
        }
        if fits.contains(&Fit::Unknown) { Fit::Unknown } else { Fit::No }
    }

    fn items(&self, items: &[Value], schema: &Schema, depth: usize) -> Fit {
        let count = items.len() as u64;
        let counted = schema.min_items.is_none_or(|least| count >= least)
            && schema.max_items.is_none_or(|most| count <= most);
        let unique = !schema.unique_items
            || items.iter().enumerate().all(|(index, item)| !items[..index].contains(item));
        if self.strict && !(counted && unique) {
            return Fit::No;
        }
        let Some(item) = &schema.items else { return Fit::Yes };
        items.iter().fold(Fit::Yes, |fit, value| fit.and(self.value(value, item, depth + 1)))
    }

    fn object(
        &self,
        members: &serde_json::Map<String, Value>,
        schema: &Schema,
        depth: usize,
    ) -> Fit {
        let count = members.len() as u64;
        let counted = schema.min_properties.is_none_or(|least| count >= least)
            && schema.max_properties.is_none_or(|most| count <= most);
        let missing = |(name, property): (&String, &Schema)| {
            property.required && !property.read_only && !members.contains_key(name)
        };
        if self.strict && (!counted || schema.properties.iter().any(missing)) {
            return Fit::No;
        }
        members.iter().fold(Fit::Yes, |fit, (name, value)| {
            let known = schema.properties.get(name).or(match &schema.additional_properties {
                Some(AdditionalProperties::Typed(typed)) => Some(typed),
                _ => None,
            });
            fit.and(match (known, &schema.additional_properties) {
                (Some(property), _) => self.value(value, property, depth + 1),
                (None, Some(AdditionalProperties::Allowed(false))) => Fit::No,
                (None, _) => Fit::Yes,
            })
        })
    }
}

fn allows(values: &EnumValues, value: &Value) -> bool {
    match values {
        EnumValues::List(list) => list.contains(value),
        EnumValues::Described(map) => value.as_str().is_some_and(|text| map.contains_key(text)),
    }
}

fn string(text: &str, schema: &Schema) -> bool {
    let length = text.chars().count() as u64;
    schema.min_length.is_none_or(|least| length >= least)
        && schema.max_length.is_none_or(|most| length <= most)
        && schema.pattern.as_ref().is_none_or(|pattern| {
            regex::Regex::new(pattern).is_ok_and(|regex| regex.is_match(text))
        })
        && schema.format.as_deref().is_none_or(|format| conform::fits_format(text, format))
}

fn within(value: &Value, schema: &Schema) -> bool {
    let Some(number) = value.as_f64() else { return false };
    schema.minimum.is_none_or(|least| number >= least)
        && schema.maximum.is_none_or(|most| number <= most)
        && schema.exclusive_minimum.is_none_or(|bound| number > bound)
        && schema.exclusive_maximum.is_none_or(|bound| number < bound)
        && schema
            .multiple_of
            .is_none_or(|step| ((number / step).round() - number / step).abs() <= 1e-9)
        && (schema.format.as_deref() != Some("int32")
            || (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&number))
}
