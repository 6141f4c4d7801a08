//! Example arguments of an action: values that satisfy its parameters and the rules across them.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::model::{Action, Integration, Parameter, Schema, Type};
use crate::spec::{Condition, Rule};

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
pub fn example_arguments(integration: &Integration, action: &Action, breadth: Breadth) -> IndexMap<String, Value> {
    let mut chosen = Choice { integration, action, given: vec![false; action.parameters.len()] };
    let mut optional = 0;
    for (index, parameter) in action.parameters.iter().enumerate() {
        let required = parameter.schema.required && parameter.schema.default.is_none();
        let schema = &parameter.schema;
        let wanted = match breadth {
            Breadth::Few => optional < 2 && !parameter.advanced && schema.example.is_some() && schema.deprecated.is_none(),
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
            self.given[index] =
                given || (self.action.parameters[index].schema.required && self.action.parameters[index].schema.default.is_none());
        }
    }

    fn value(&self, parameter: &Parameter) -> Value {
        example(&parameter.schema, self.integration, 0)
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
            let described = |name: &&String| self.index(name).is_some_and(|index| self.action.parameters[index].schema.example.is_some());
            let free = |name: &&String| !self.is_excluded(name);
            let best = names.iter().find(|name| described(name) && free(name)).or_else(|| names.iter().find(free));
            if let Some(name) = best.or_else(|| names.iter().find(described)).or(names.first()).cloned() {
                self.set(&name, true);
            }
        }
    }

    /// Whether another rule forbids the parameter beside what is given: giving it would only have it withdrawn again.
    fn is_excluded(&self, name: &String) -> bool {
        let given = |names: &[String]| names.iter().any(|other| other != name && self.is_given(other));
        self.action.rules.iter().any(|rule| match &rule.rule {
            Rule::ExactlyOneOf(names) | Rule::AtMostOneOf(names) => names.contains(name) && given(names),
            Rule::Conflicts(map) => {
                map.iter().any(|(one, others)| (one == name && given(others)) || (others.contains(name) && self.is_given(one)))
            }
            _ => false,
        })
    }

    fn holds(&self, condition: &Condition) -> bool {
        condition.when.iter().all(|(name, wanted)| {
            let Some(index) = self.index(name) else { return false };
            let parameter = &self.action.parameters[index];
            let value = if self.given[index] { Some(self.value(parameter)) } else { parameter.schema.default.clone() };
            value.is_some_and(|value| wanted.as_array().map_or(*wanted == value, |all| all.contains(&value)))
        })
    }
}

/// The schema's example, or something of its type.
fn example(schema: &Schema, integration: &Integration, depth: usize) -> Value {
    if let Some(example) = &schema.example {
        return example.clone();
    }
    let usable = schema.values.iter().find(|value| value.deprecated.is_none()).or(schema.values.first());
    if let Some(value) = usable {
        return value.value.clone();
    }
    match &schema.ty {
        Type::Any | Type::Map(_) => json!({}),
        Type::String => json!(text(schema)),
        Type::Integer => json!(whole(schema)),
        Type::Number => json!(schema.minimum.or(schema.exclusive_minimum.map(|least| least + 0.5)).unwrap_or(1.5)),
        Type::Boolean => json!(true),
        Type::File => json!({ "name": "example.txt", "content": "ZXhhbXBsZQ==" }),
        Type::Array(items) => json!([example(items, integration, depth + 1)]),
        Type::Object(object) => {
            let required = object.properties.iter().filter(|property| property.schema.required);
            required.map(|property| (property.name.clone(), example(&property.schema, integration, depth + 1))).collect()
        }
        Type::Named(name) => match integration.types.iter().find(|def| def.name == *name) {
            // A type that requires itself has no finite value; the validator says so better than a crash here would.
            Some(def) if depth < 16 => example(&def.schema, integration, depth + 1),
            _ => Value::Null,
        },
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
