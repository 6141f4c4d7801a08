//! Example arguments of an action: values that satisfy its parameters and the rules across them.

use std::cell::Cell;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::conform::{self, Mode};
use super::infer::Types;
use super::model::{Action, Alternative, Integration, Parameter, Schema, Type, Union};
use crate::spec::{Condition, Rule};

/// A type that requires itself has no finite example.
const MOST_DEPTH: usize = 16;
/// Depth from which on lists are empty.
const DEEP: usize = 6;
/// Items and properties of an example, whatever the least is.
const MOST_ITEMS: u64 = 16;
/// Values in an example.
const MOST_VALUES: u32 = 10_000;

/// How many of the optional parameters are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breadth {
    /// Two at most: for samples on a page.
    Few,
    /// All that have an example: for tests.
    All,
}

/// Arguments that the action accepts, by parameter key, in the order of the parameters.
#[must_use]
pub fn example_arguments(
    integration: &Integration,
    action: &Action,
    breadth: Breadth,
) -> IndexMap<String, Value> {
    let mut chosen = Choice { integration, action, given: vec![false; action.parameters.len()] };
    let mut optional = 0;
    for (index, parameter) in action.parameters.iter().enumerate() {
        let required = parameter.schema.required && parameter.schema.default.is_none();
        let schema = &parameter.schema;
        let wanted = match breadth {
            Breadth::Few => {
                optional < 2
                    && !parameter.advanced
                    && schema.example.is_some()
                    && schema.deprecated.is_none()
            }
            Breadth::All => schema.example.is_some() && schema.deprecated.is_none(),
        };
        chosen.given[index] = required || wanted;
        optional += usize::from(wanted && !required);
    }
    // Each round can only settle what the round before upset; a handful is enough for any rules that can be satisfied.
    for _ in 0..8 {
        let before = chosen.given.clone();
        action.rules.iter().for_each(|rule| chosen.obey(&rule.rule));
        if chosen.given == before {
            break;
        }
    }
    let given = action.parameters.iter().zip(&chosen.given).filter(|(_, given)| **given);
    given.map(|(parameter, _)| (parameter.key.clone(), chosen.value(parameter))).collect()
}

struct Choice<'a> {
    integration: &'a Integration,
    action: &'a Action,
    given: Vec<bool>,
}

impl Choice<'_> {
    fn index(&self, key: &str) -> Option<usize> {
        self.action.parameters.iter().position(|parameter| parameter.key == key)
    }

    fn is_given(&self, key: &str) -> bool {
        self.index(key).is_some_and(|index| self.given[index])
    }

    fn set(&mut self, key: &str, given: bool) {
        if let Some(index) = self.index(key) {
            self.given[index] = given
                || (self.action.parameters[index].schema.required
                    && self.action.parameters[index].schema.default.is_none());
        }
    }

    fn value(&self, parameter: &Parameter) -> Value {
        Maker { integration: self.integration, received: false, left: Cell::new(MOST_VALUES) }
            .value(&parameter.schema, 0)
    }

    /// Gives and withdraws optional parameters until the rule is satisfied.
    fn obey(&mut self, rule: &Rule) {
        match rule {
            Rule::ExactlyOneOf(names) => {
                self.keep_one(names);
                self.give_one(names);
            }
            Rule::AtLeastOneOf(names) => self.give_one(names),
            Rule::AtMostOneOf(names) => self.keep_one(names),
            Rule::AllOrNone(names) => {
                if names.iter().any(|name| self.is_given(name)) {
                    names.iter().for_each(|name| self.set(name, true));
                }
            }
            Rule::Requires(map) => {
                for (name, others) in map {
                    if self.is_given(name) {
                        others.iter().for_each(|other| self.set(other, true));
                    }
                }
            }
            Rule::Conflicts(map) => {
                for (name, others) in map {
                    if self.is_given(name) {
                        others.iter().for_each(|other| self.set(other, false));
                    }
                }
            }
            Rule::RequiredIf(condition) => {
                if self.holds(condition) {
                    condition.parameters.iter().for_each(|name| self.set(name, true));
                }
            }
            Rule::AllowedIf(condition) => {
                if !self.holds(condition) {
                    condition.parameters.iter().for_each(|name| self.set(name, false));
                }
            }
        }
    }

    fn keep_one(&mut self, names: &[String]) {
        let first = names.iter().position(|name| self.is_given(name));
        for (index, name) in names.iter().enumerate() {
            if Some(index) != first {
                self.set(name, false);
            }
        }
    }

    fn give_one(&mut self, names: &[String]) {
        if !names.iter().any(|name| self.is_given(name)) {
            let described = |name: &&String| {
                self.index(name)
                    .is_some_and(|index| self.action.parameters[index].schema.example.is_some())
            };
            let free = |name: &&String| !self.is_excluded(name);
            let best = names
                .iter()
                .find(|name| described(name) && free(name))
                .or_else(|| names.iter().find(free));
            if let Some(name) =
                best.or_else(|| names.iter().find(described)).or(names.first()).cloned()
            {
                self.set(&name, true);
            }
        }
    }

    /// Whether another rule forbids the parameter beside what is given: giving it would only have it withdrawn again.
    fn is_excluded(&self, name: &String) -> bool {
        let given =
            |names: &[String]| names.iter().any(|other| other != name && self.is_given(other));
        self.action.rules.iter().any(|rule| match &rule.rule {
            Rule::ExactlyOneOf(names) | Rule::AtMostOneOf(names) => {
                names.contains(name) && given(names)
            }
            Rule::Conflicts(map) => map.iter().any(|(one, others)| {
                (one == name && given(others)) || (others.contains(name) && self.is_given(one))
            }),
            _ => false,
        })
    }

    fn holds(&self, condition: &Condition) -> bool {
        condition.when.iter().all(|(name, wanted)| {
            let Some(index) = self.index(name) else { return false };
            let parameter = &self.action.parameters[index];
            let value = if self.given[index] {
                Some(self.value(parameter))
            } else {
                parameter.schema.default.clone()
            };
            value.is_some_and(|value| {
                wanted.as_array().map_or(*wanted == value, |all| all.contains(&value))
            })
        })
    }
}

/// A value of a type as it is received: its example, or something that fits, with the properties that need not be there too.
#[must_use]
pub fn example_result(integration: &Integration, schema: &Schema) -> Value {
    Maker { integration, received: true, left: Cell::new(MOST_VALUES) }.value(schema, 0)
}

/// Makes values of types.
struct Maker<'a> {
    integration: &'a Integration,
    /// Rather than sent.
    received: bool,
    /// How many values may still be made: types that require each other many times over have examples of any size.
    left: Cell<u32>,
}

impl Maker<'_> {
    /// The schema's example, or something of its type.
    fn value(&self, schema: &Schema, depth: usize) -> Value {
        if let Some(example) = &schema.example {
            return example.clone();
        }
        let usable =
            schema.values.iter().find(|value| value.deprecated.is_none()).or(schema.values.first());
        if let Some(value) = usable {
            return value.value.clone();
        }
        self.left.set(self.left.get().saturating_sub(1));
        if depth > MOST_DEPTH || self.left.get() == 0 {
            // The validator says better than a crash here would that such a type has no value.
            return Value::Null;
        }
        match &schema.ty {
            Type::Any => json!({}),
            Type::String => json!(text(schema)),
            Type::Integer => json!(whole(schema)),
            Type::Number => json!(
                schema.minimum.or(schema.exclusive_minimum.map(|least| least + 0.5)).unwrap_or(1.5)
            ),
            Type::Boolean => json!(true),
            Type::File => json!({ "name": "example.txt", "content": "ZXhhbXBsZQ==" }),
            Type::Map(values) => {
                let count = schema.min_properties.unwrap_or(0).min(MOST_ITEMS);
                (0..count)
                    .map(|index| (format!("key{}", index + 1), self.value(values, depth + 1)))
                    .collect()
            }
            Type::Array(items) => {
                // What holds itself in a list ends with an empty one.
                let usual = u64::from(depth < DEEP);
                let count = schema.min_items.unwrap_or(usual).max(usual).min(MOST_ITEMS);
                Value::Array((0..count).map(|_| self.value(items, depth + 1)).collect())
            }
            Type::Object(object) => {
                let shown =
                    object.properties.iter().filter(|property| self.shows(&property.schema, depth));
                shown
                    .map(|property| {
                        (property.name.clone(), self.value(&property.schema, depth + 1))
                    })
                    .collect()
            }
            Type::Named(name) => match self.integration.type_named(name) {
                Some(def) => self.value(&def.schema, depth + 1),
                None => Value::Null,
            },
            Type::Union(union) => self.alternative(schema, union, depth + 1),
        }
    }

    fn shows(&self, property: &Schema, depth: usize) -> bool {
        if self.received {
            !property.write_only
                && property.deprecated.is_none()
                && (property.required || depth < DEEP)
        } else {
            property.required && !property.read_only
        }
    }

    /// The first alternative whose example fits the whole.
    fn alternative(&self, schema: &Schema, union: &Union, depth: usize) -> Value {
        let types: Types =
            self.integration.types.iter().map(|def| (def.name.as_str(), def)).collect();
        let fits = |value: &Value| conform::check(value, schema, &types, Mode::Strict).is_empty();
        let mut values =
            union.alternatives.iter().map(|alternative| self.tagged(alternative, union, depth));
        let first = values.next().unwrap_or_default();
        if fits(&first) { first } else { values.find(|value| fits(value)).unwrap_or(first) }
    }

    /// The example of an alternative, with what tells it from the others.
    fn tagged(&self, alternative: &Alternative, union: &Union, depth: usize) -> Value {
        let mut value = self.value(&alternative.schema, depth);
        if let (Some(property), Some(tag), Value::Object(fields)) =
            (&union.discriminator, alternative.tags.first(), &mut value)
        {
            fields.insert(property.clone(), json!(tag));
        }
        value
    }
}

fn text(schema: &Schema) -> String {
    let text = match schema.format.as_deref() {
        Some("date-time") => "2026-01-31T12:00:00Z",
        Some("date") => "2026-01-31",
        Some("time") => "12:00:00",
        Some("duration") => "PT1H",
        Some("email") => "ada@example.com",
        Some("uri") => "https://example.com",
        Some("hostname") => "example.com",
        Some("ipv4" | "ip") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        Some("cidr") => "192.0.2.0/24",
        Some("uuid") => "123e4567-e89b-12d3-a456-426614174000",
        Some("byte") => "ZXhhbXBsZQ==",
        _ => "example",
    };
    let least = schema.min_length.and_then(|least| usize::try_from(least).ok()).unwrap_or(0);
    let most = schema.max_length.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
    let mut text: String = text.chars().take(most).collect();
    while text.chars().count() < least.min(10_000) {
        text.push('x');
    }
    text
}

#[expect(clippy::cast_possible_truncation, reason = "bounds of whole numbers are whole")]
fn whole(schema: &Schema) -> i64 {
    let least = schema.minimum.or(schema.exclusive_minimum.map(|least| least + 1.0)).unwrap_or(1.0);
    let step = schema.multiple_of.unwrap_or(1.0);
    ((least / step).ceil() * step) as i64
}
