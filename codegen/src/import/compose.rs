//! Examples composed from types, where the document has none.

use serde_json::{Map, Value, json};

use super::fits::Named;
use crate::catalog::names;
use crate::spec::{AdditionalProperties, EnumValues, Schema};

/// Most values of one example: as much as a reader takes in.
const MOST_VALUES: usize = 250;
const MOST_DEPTH: usize = 7;

/// An example of a type, the same each time.
pub(super) fn compose(schema: &Schema, types: &Named) -> Value {
    let mut composer = Composer { types, left: MOST_VALUES, trail: Vec::new() };
    composer.value(schema, "", 0)
}

struct Composer<'t> {
    types: &'t Named,
    left: usize,
    trail: Vec<String>,
}

impl Composer<'_> {
    fn value(&mut self, schema: &Schema, name: &str, depth: usize) -> Value {
        self.left = self.left.saturating_sub(1);
        if let Some(value) = schema
            .example
            .as_ref()
            .or(schema.vendor_default.as_ref())
            .filter(|value| value.to_string().len() < 600)
        {
            return value.clone();
        }
        if let Some(constant) = &schema.constant {
            return constant.clone();
        }
        let alternatives = if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of };
        if !alternatives.is_empty() {
            return self.union(schema, alternatives, name, depth);
        }
        match &schema.values {
            Some(EnumValues::List(values)) => return values.first().cloned().unwrap_or_default(),
            Some(EnumValues::Described(values)) => {
                return values.keys().next().map(|value| json!(value)).unwrap_or_default();
            }
            None => {}
        }
        match schema.ty.as_ref().map_or("any", |ty| ty.0.as_str()) {
            "string" | "file" => json!(text(schema, name)),
            "integer" => json!(whole(schema)),
            "number" => number(schema),
            "boolean" => json!(true),
            "array" => self.array(schema, name, depth),
            "object" => self.object(schema, depth),
            "any" => json!({}),
            named => self.named(named, name, depth),
        }
    }

    fn named(&mut self, named: &str, name: &str, depth: usize) -> Value {
        let Some(definition) = self.types.get(named) else { return Value::Null };
        if self.trail.iter().any(|above| above == named) || depth > MOST_DEPTH + 8 {
            return Value::Null;
        }
        self.trail.push(named.to_owned());
        let value = self.value(definition, name, depth);
        self.trail.pop();
        value
    }

    /// The first alternative that has a value, with what tells it from the others.
    fn union(
        &mut self,
        schema: &Schema,
        alternatives: &[Schema],
        name: &str,
        depth: usize,
    ) -> Value {
        if depth > MOST_DEPTH + 8 {
            return Value::Null;
        }
        for alternative in alternatives {
            let mut value = self.value(alternative, name, depth + 1);
            if value.is_null() {
                continue;
            }
            if let (Some(discriminator), Some(members)) =
                (&schema.discriminator, value.as_object_mut())
                && let Some((tag, _)) = discriminator
                    .mapping
                    .iter()
                    .find(|(_, meant)| alternative.ty.as_ref() == Some(meant))
            {
                members.insert(discriminator.property_name.clone(), json!(tag));
            }
            return value;
        }
        Value::Null
    }

    fn array(&mut self, schema: &Schema, name: &str, depth: usize) -> Value {
        let Some(items) = schema.items.as_ref().filter(|_| depth < MOST_DEPTH) else {
            return json!([]);
        };
        let item = self.value(items, &singular(name), depth + 1);
        if item.is_null() && !items.nullable { json!([]) } else { json!([item]) }
    }

    fn object(&mut self, schema: &Schema, depth: usize) -> Value {
        let mut members = Map::new();
        for (name, property) in &schema.properties {
            let enough = depth >= MOST_DEPTH || self.left == 0;
            if property.write_only
                || (enough && !property.required)
                || (schema.deprecated.is_none()
                    && property.deprecated.is_some()
                    && !property.required)
            {
                continue;
            }
            let value = self.value(property, name, depth + 1);
            if !value.is_null() {
                members.insert(name.clone(), value);
            }
        }
        if let Some(AdditionalProperties::Typed(typed)) = &schema.additional_properties
            && schema.properties.is_empty()
            && depth < MOST_DEPTH
        {
            let value = self.value(typed, "key", depth + 1);
            if !value.is_null() {
                members.insert("key".to_owned(), value);
            }
        }
        Value::Object(members)
    }
}

fn singular(name: &str) -> String {
    name.strip_suffix('s').unwrap_or(name).to_owned()
}

/// A text of the form and length that the type wants; one that its name suggests where anything goes.
fn text(schema: &Schema, name: &str) -> String {
    let snake = names::ident(name);
    let by_name = || match snake.rsplit('_').next().unwrap_or_default() {
        "email" | "mail" => "ada@example.com",
        "url" | "uri" | "href" | "link" => "https://example.com",
        "name" | "title" | "label" => "Example",
        "id" | "key" | "uuid" | "guid" => "a1b2c3",
        "description" | "summary" | "comment" => "An example.",
        "at" | "created" | "updated" | "timestamp" => "2026-01-31T12:00:00Z",
        _ => "example",
    };
    let text = match schema.format.as_deref() {
        Some("date-time") => "2026-01-31T12:00:00Z",
        Some("date") => "2026-01-31",
        Some("time") => "12:00:00Z",
        Some("duration") => "PT1H",
        Some("email") => "ada@example.com",
        Some("uri" | "url" | "uri-reference") => "https://example.com",
        Some("hostname") => "example.com",
        Some("ipv4" | "ip") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        Some("cidr") => "192.0.2.0/24",
        Some("uuid") => "123e4567-e89b-12d3-a456-426614174000",
        Some("byte") => "ZXhhbXBsZQ==",
        _ => by_name(),
    };
    let least =
        schema.min_length.and_then(|least| usize::try_from(least).ok()).unwrap_or(0).min(1000);
    let most = schema.max_length.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
    let mut text: String = text.chars().take(most).collect();
    while text.chars().count() < least {
        text.push('x');
    }
    text
}

#[expect(clippy::cast_possible_truncation, reason = "bounds of whole numbers, clamped by the cast")]
fn whole(schema: &Schema) -> i64 {
    if matches!(schema.format.as_deref(), Some("unix-time")) {
        return 1_769_860_800;
    }
    let least = schema.minimum.or(schema.exclusive_minimum.map(|least| least + 1.0));
    let start = least
        .filter(|least| *least > 1.0)
        .or(schema.maximum.filter(|most| *most < 1.0))
        .unwrap_or(1.0);
    let step = schema.multiple_of.unwrap_or(1.0);
    ((start / step).ceil() * step) as i64
}

fn number(schema: &Schema) -> Value {
    let low = schema.minimum.or(schema.exclusive_minimum.map(|least| least + 0.5));
    let high = schema.maximum.or(schema.exclusive_maximum.map(|most| most - 0.5));
    let value = low.filter(|low| *low > 1.5).or(high.filter(|high| *high < 1.5)).unwrap_or(1.5);
    schema.multiple_of.map_or_else(|| json!(value), |step| json!((value / step).ceil() * step))
}
