//! The one validator: a JSON value against a [`Schema`].

mod union;

use std::collections::HashMap;
use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::schema::{EnumValue, Object, Schema, Type, Types, underlying};
use crate::violation::Violation;
use crate::{format, pointer, suggest};

/// What is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Everything: what is sent must satisfy the schema.
    Strict,
    /// Structure, names of properties, and closed enums. Fields may be missing and anything may be `null`, as in vendors' responses.
    Lenient,
}

/// Everything that is wrong with a value.
#[must_use]
pub fn check(value: &Value, schema: &Schema, types: &dyn Types, mode: Mode) -> Vec<Violation> {
    let mut checker = Checker::new(types, mode);
    checker.value(schema, value);
    checker.finish()
}

/// Collects violations below a place.
pub struct Checker<'a> {
    types: &'a dyn Types,
    mode: Mode,
    path: String,
    secret: bool,
    found: Vec<Violation>,
    /// Whether a value is of a type, by their addresses: alternatives within alternatives are tried once.
    tried: HashMap<(*const Schema, *const Value), bool>,
    /// How many alternatives are being tried.
    trials: usize,
    /// Names and alternatives since the last property or item, which may go in a circle.
    hops: usize,
}

/// A type that is reached through so many names and alternatives is defined as itself.
const MOST_HOPS: usize = 256;

impl<'a> Checker<'a> {
    /// A checker that has found nothing yet.
    #[must_use]
    pub fn new(types: &'a dyn Types, mode: Mode) -> Self {
        Self {
            types,
            mode,
            path: String::with_capacity(64),
            secret: false,
            found: Vec::new(),
            tried: HashMap::new(),
            trials: 0,
            hops: 0,
        }
    }

    /// What it has found.
    #[must_use]
    pub fn finish(self) -> Vec<Violation> {
        self.found
    }

    /// How many violations it has found so far.
    #[must_use]
    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// Whether the values that follow are secrets, which appear in no message.
    pub fn set_secret(&mut self, secret: bool) {
        self.secret = secret;
    }

    /// Reports a violation at the current place.
    pub fn report(&mut self, code: &'static str, message: impl Into<String>) {
        self.found.push(Violation { parameter: self.path.clone(), code, message: message.into() });
    }

    /// Checks an item of an array.
    pub fn at(&mut self, index: usize, check: impl FnOnce(&mut Self)) {
        let (length, hops) = (self.path.len(), std::mem::take(&mut self.hops));
        // The path of a number in digits has nothing to escape, and writing to a string cannot fail.
        let _ =
            if length > 0 { write!(self.path, "/{index}") } else { write!(self.path, "{index}") };
        check(self);
        self.path.truncate(length);
        self.hops = hops;
    }

    /// Checks a property of an object.
    pub fn below(&mut self, step: &str, check: impl FnOnce(&mut Self)) {
        let (length, hops) = (self.path.len(), std::mem::take(&mut self.hops));
        if length > 0 {
            self.path.push('/');
        }
        if step.contains(['~', '/']) {
            self.path.push_str(&pointer::escape(step));
        } else {
            self.path.push_str(step);
        }
        check(self);
        self.path.truncate(length);
        self.hops = hops;
    }

    /// Gives what a check reports another code and a beginning.
    pub(crate) fn renamed(
        &mut self,
        code: &'static str,
        prefix: &str,
        check: impl FnOnce(&mut Self),
    ) {
        let before = self.found.len();
        check(self);
        for violation in &mut self.found[before..] {
            violation.code = code;
            violation.message.insert_str(0, prefix);
        }
    }

    /// Checks a value at the current place.
    pub fn value(&mut self, schema: &Schema, value: &Value) {
        if value.is_null() && (schema.nullable || self.mode == Mode::Lenient) {
            return;
        }
        if !is_of(schema, value) {
            let message = format!("must be {}", expected(schema));
            return self.report("type", message);
        }
        if schema.is_closed_enum() && !schema.values.iter().any(|one| same(&one.value, value)) {
            let message = enum_message(&schema.values, value, self.secret);
            self.report("enum", message);
        }
        match &schema.ty {
            Type::Named(name) => self.named(name, value),
            Type::Union(union) => self.hop("the type", |checker| checker.union(union, value)),
            Type::Array(_)
            | Type::Object(_)
            | Type::Map(_)
            | Type::Any
            | Type::String
            | Type::Integer
            | Type::Number
            | Type::Boolean
            | Type::File => {}
        }
        self.constraints(schema, value);
        match (&schema.ty, value) {
            (Type::Array(item), Value::Array(items)) => {
                for (index, value) in items.iter().enumerate() {
                    self.at(index, |checker| checker.value(item, value));
                }
            }
            (Type::Map(values), Value::Object(fields)) => {
                for (name, value) in fields {
                    self.below(name, |checker| checker.value(values, value));
                }
            }
            (Type::Object(object), Value::Object(fields)) => self.fields(object, fields),
            _ => {}
        }
    }

    /// Checks the constraints and the format of a schema, not its structure.
    pub fn constraints(&mut self, schema: &Schema, value: &Value) {
        if self.mode == Mode::Lenient {
            return;
        }
        for (keyword, operand) in schema.constraints.iter() {
            keyword.check(operand, value, self);
        }
        // The range of an integer was part of its type.
        if schema.ty != Type::Integer
            && let Some(wanted) = schema.format.as_deref().and_then(format::find)
            && !wanted.accepts(value)
        {
            self.report("format", format!("must be {}", wanted.phrase()));
        }
    }

    fn named(&mut self, name: &str, value: &Value) {
        let types = self.types;
        let Some(schema) = types.named(name) else {
            return self
                .report("type", format!("must be of the type `{name}`, which does not exist"));
        };
        self.hop(name, |checker| checker.value(schema, value));
    }

    fn hop(&mut self, name: &str, check: impl FnOnce(&mut Self)) {
        if self.hops >= MOST_HOPS {
            return self.report("type", format!("has a type, `{name}`, that is defined as itself"));
        }
        self.hops += 1;
        check(self);
        self.hops -= 1;
    }

    fn fields(&mut self, object: &Object, fields: &Map<String, Value>) {
        for property in &object.properties {
            let schema = &property.schema;
            self.below(&property.name, |checker| match fields.get(&property.name) {
                Some(value) => checker.value(schema, value),
                None if schema.required && !schema.read_only && checker.mode == Mode::Strict => {
                    checker.report("required", "is required");
                }
                None => {}
            });
        }
        for (name, value) in fields {
            if object.property(name).is_some() {
                continue;
            }
            self.below(name, |checker| match &object.additional {
                Some(additional) => checker.value(additional, value),
                None => {
                    let known = object.properties.iter().map(|property| property.name.as_str());
                    let hint = suggest::hint(name, known);
                    checker.report(
                        "unknown_property",
                        format!("is not a property of this object{hint}"),
                    );
                }
            });
        }
    }

    /// Whether the value can be meant to be of a type, judged by its JSON type alone.
    fn may_be(&self, schema: &Schema, value: &Value) -> bool {
        let Some(schema) = underlying(schema, self.types) else { return true };
        match schema.ty {
            Type::Integer => value.is_number(),
            _ => is_of(schema, value),
        }
    }
}

/// Whether a value has the JSON type of a schema.
fn is_of(schema: &Schema, value: &Value) -> bool {
    match &schema.ty {
        Type::Any | Type::Named(_) | Type::Union(_) => true,
        Type::String => value.is_string(),
        Type::Integer => is_integer(schema, value),
        Type::Number => value.is_number(),
        Type::Boolean => value.is_boolean(),
        Type::Array(_) => value.is_array(),
        Type::Object(_) | Type::Map(_) => value.is_object(),
        Type::File => value.is_string() || value.is_object(),
    }
}

/// A whole number in the range of its format. Of floats, those that are exact.
fn is_integer(schema: &Schema, value: &Value) -> bool {
    let Value::Number(number) = value else { return false };
    let range = format::integers(schema.format.as_deref());
    match number.as_i128() {
        Some(whole) => range.contains(&whole),
        #[expect(clippy::cast_possible_truncation, reason = "it is whole, and small")]
        None => number.as_f64().is_some_and(|float| {
            float.fract() == 0.0 && float.abs() < 9e15 && range.contains(&(float as i128))
        }),
    }
}

fn expected(schema: &Schema) -> &'static str {
    let format = schema.format.as_deref().and_then(format::find);
    match (&schema.ty, format.filter(|format| format.range().is_some())) {
        (Type::Integer, Some(format)) => format.phrase(),
        (Type::Integer, None) => "an integer of 64 bits",
        (ty, _) => ty.phrase(),
    }
}

/// Whether two values are the same. Numbers are compared by value: `1` is `1.0`.
#[must_use]
pub fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            crate::keyword::compare(left, right) == Some(std::cmp::Ordering::Equal)
        }
        (left, right) => left == right,
    }
}

fn enum_message(values: &[EnumValue], value: &Value, secret: bool) -> String {
    let texts = values.iter().map(|one| match &one.value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    let mut message = format!("must be one of {}", listed(texts));
    let known = values.iter().filter_map(|one| one.value.as_str());
    if let (Value::String(wrong), false) = (value, secret) {
        message.push_str(&suggest::hint(wrong, known));
    }
    message
}

/// Names as code. A message that lists hundreds of them is not readable.
fn listed(names: impl Iterator<Item = impl AsRef<str>>) -> String {
    const SHOWN: usize = 12;
    let names: Vec<String> = names.map(|name| format!("`{}`", name.as_ref())).collect();
    let shown = names.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN { format!("{shown} and {} more", names.len() - SHOWN) } else { shown }
}

#[cfg(test)]
mod tests;
