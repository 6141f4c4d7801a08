//! The one sampler: a value of a type, the same each time.

use std::cell::{Cell, RefCell};

use serde_json::{Map, Value, json};

use crate::schema::{Alternative, Object, Schema, Type, Types, Union};
use crate::validate::{Mode, check};
use crate::{format, words};

/// An example of a value that is sent: what is required, with the example of each type that has one.
#[must_use]
pub fn sent(schema: &Schema, types: &dyn Types) -> Value {
    Sampler { purpose: Purpose::Sent, ..Sampler::new(types) }.sample(schema)
}

/// An example of a value that is received: optional properties too.
#[must_use]
pub fn received(schema: &Schema, types: &dyn Types) -> Value {
    Sampler { purpose: Purpose::Received, ..Sampler::new(types) }.sample(schema)
}

/// An example for readers, where a vendor's description has none: of a size that a reader takes in, with texts that the names of
/// properties suggest.
#[must_use]
pub fn composed(schema: &Schema, types: &dyn Types) -> Value {
    Sampler {
        purpose: Purpose::Composed,
        left: Cell::new(MOST_COMPOSED),
        most_depth: 15,
        deep: 7,
        ..Sampler::new(types)
    }
    .sample(schema)
}

/// Values in an example: types that require each other many times over have examples of any size.
const MOST_VALUES: u32 = 10_000;
/// Values in a composed example.
const MOST_COMPOSED: u32 = 250;
/// The longest example that becomes part of a composed one, in bytes of JSON.
const MOST_QUOTED: usize = 600;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Sent,
    Received,
    Composed,
}

struct Sampler<'a> {
    types: &'a dyn Types,
    purpose: Purpose,
    /// How many values may still be made.
    left: Cell<u32>,
    /// A type that requires itself has no finite example.
    most_depth: usize,
    /// Depth from which on lists are empty and optional properties are omitted.
    deep: usize,
    /// The named types on the way, of a composed example.
    trail: RefCell<Vec<String>>,
}

impl<'a> Sampler<'a> {
    fn new(types: &'a dyn Types) -> Self {
        Self {
            types,
            purpose: Purpose::Sent,
            left: Cell::new(MOST_VALUES),
            most_depth: 16,
            deep: 6,
            trail: RefCell::default(),
        }
    }

    fn sample(&self, schema: &Schema) -> Value {
        self.value(schema, "", 0)
    }

    fn is_composed(&self) -> bool {
        self.purpose == Purpose::Composed
    }

    /// The schema's example, or something of its type. `name` is that of the property.
    fn value(&self, schema: &Schema, name: &str, depth: usize) -> Value {
        self.left.set(self.left.get().saturating_sub(1));
        if let Some(value) = self.given(schema) {
            return value;
        }
        if depth > self.most_depth || self.left.get() == 0 && !self.is_composed() {
            // The validator reports better than a crash here would that such a type has no value.
            return Value::Null;
        }
        let value = match &schema.ty {
            Type::Any => json!({}),
            Type::String => json!(self.text(schema, name)),
            Type::File if self.is_composed() => json!(self.text(schema, name)),
            Type::File => json!({ "name": "example.txt", "content": "ZXhhbXBsZQ==" }),
            Type::Integer => schema.format.as_deref().and_then(format::sample).unwrap_or(json!(1)),
            Type::Number => schema.format.as_deref().and_then(format::sample).unwrap_or(json!(1.5)),
            Type::Boolean => json!(true),
            Type::Map(values) => self.map(values, depth),
            Type::Array(items) => self.array(items, name, depth),
            Type::Object(object) => self.object(schema, object, depth),
            Type::Named(named) => self.named(named, name, depth),
            Type::Union(union) => return self.alternative(schema, union, name, depth + 1),
        };
        schema
            .constraints
            .iter()
            .fold(value, |value, (keyword, operand)| keyword.mend(operand, value))
    }

    /// What the schema itself names.
    fn given(&self, schema: &Schema) -> Option<Value> {
        let example = if self.is_composed() {
            let quoted = schema.example.as_ref().or(schema.vendor_default.as_ref());
            quoted.filter(|value| value.to_string().len() < MOST_QUOTED)
        } else {
            schema.example.as_ref()
        };
        let usable = || {
            let current = schema.values.iter().find(|value| value.deprecated.is_none());
            current.or(schema.values.first()).map(|value| &value.value)
        };
        example.or_else(usable).cloned()
    }

    fn text(&self, schema: &Schema, name: &str) -> String {
        let by_format = schema.format.as_deref().and_then(format::sample);
        match by_format {
            Some(Value::String(text)) => text,
            _ if self.is_composed() => by_name(name).to_owned(),
            _ => "example".to_owned(),
        }
    }

    fn map(&self, values: &Schema, depth: usize) -> Value {
        if !self.is_composed() {
            return json!({});
        }
        let says_nothing = *values == Schema::ANY || depth >= self.deep;
        let value = if says_nothing { Value::Null } else { self.value(values, "key", depth + 1) };
        if value.is_null() { json!({}) } else { json!({ "key": value }) }
    }

    /// What holds itself in a list ends with an empty one.
    fn array(&self, items: &Schema, name: &str, depth: usize) -> Value {
        let says_nothing = self.is_composed() && *items == Schema::ANY;
        if depth >= self.deep || says_nothing {
            return json!([]);
        }
        let item = self.value(items, &words::singular(name), depth + 1);
        if self.is_composed() && item.is_null() && !items.nullable {
            json!([])
        } else {
            json!([item])
        }
    }

    fn object(&self, schema: &Schema, object: &Object, depth: usize) -> Value {
        let mut fields = Map::new();
        for property in &object.properties {
            if self.shows(schema, &property.schema, depth) {
                let value = self.value(&property.schema, &property.name, depth + 1);
                if !(self.is_composed() && value.is_null()) {
                    fields.insert(property.name.clone(), value);
                }
            }
        }
        Value::Object(fields)
    }

    fn shows(&self, object: &Schema, property: &Schema, depth: usize) -> bool {
        match self.purpose {
            Purpose::Sent => property.required && !property.read_only,
            Purpose::Received => {
                !property.write_only
                    && property.deprecated.is_none()
                    && (property.required || depth < self.deep)
            }
            Purpose::Composed => {
                let enough = depth >= self.deep || self.left.get() == 0;
                let outdated = object.deprecated.is_none() && property.deprecated.is_some();
                !property.write_only && (property.required || !enough && !outdated)
            }
        }
    }

    fn named(&self, named: &str, name: &str, depth: usize) -> Value {
        let Some(schema) = self.types.named(named) else { return Value::Null };
        if self.is_composed() {
            if self.trail.borrow().iter().any(|above| above == named) {
                return Value::Null;
            }
            self.trail.borrow_mut().push(named.to_owned());
            let value = self.value(schema, name, depth);
            self.trail.borrow_mut().pop();
            return value;
        }
        self.value(schema, name, depth + 1)
    }

    /// The first alternative whose example is of the whole type.
    fn alternative(&self, schema: &Schema, union: &Union, name: &str, depth: usize) -> Value {
        let fits = |value: &Value| {
            if self.is_composed() {
                return !value.is_null();
            }
            check(value, schema, self.types, Mode::Strict).is_empty()
        };
        let mut values = union
            .alternatives
            .iter()
            .map(|alternative| self.tagged(alternative, union, name, depth));
        let first = values.next().unwrap_or_default();
        if fits(&first) { first } else { values.find(|value| fits(value)).unwrap_or(first) }
    }

    /// The example of an alternative, with its discriminator.
    fn tagged(&self, alternative: &Alternative, union: &Union, name: &str, depth: usize) -> Value {
        let mut value = self.value(&alternative.schema, name, depth);
        if let (Some(property), Some(tag), Value::Object(fields)) =
            (&union.discriminator, alternative.tags.first(), &mut value)
        {
            fields.insert(property.clone(), json!(tag));
        }
        value
    }
}

/// A text that the name of a property suggests.
fn by_name(name: &str) -> &'static str {
    match words::last(name).as_str() {
        "email" | "mail" => "ada@example.com",
        "url" | "uri" | "href" | "link" => "https://example.com",
        "name" | "title" | "label" => "Example",
        "id" | "key" | "uuid" | "guid" => "a1b2c3",
        "description" | "summary" | "comment" => "An example.",
        "at" | "created" | "updated" | "timestamp" => "2026-01-31T12:00:00Z",
        _ => "example",
    }
}
