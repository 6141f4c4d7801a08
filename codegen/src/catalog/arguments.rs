//! Example arguments of an action: values that satisfy its parameters and the rules across them.

use actionspec_model::sample;
use indexmap::IndexMap;
use serde_json::Value;

use super::model::{Action, Integration, Parameter, Schema};
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
        sample::sent(&parameter.schema, self.integration)
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
    sample::received(schema, integration)
}
