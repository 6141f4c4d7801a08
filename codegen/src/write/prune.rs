//! Leaves out what a spec need not say: optional keys whose value is what their absence means.

use serde_json::{Map, Number, Value};

use crate::load::shape::{Grammar, Shape};

/// `value` without the optional keys that say nothing.
pub(super) fn prune(value: &Value, grammar: &Grammar, shape: &Shape) -> Value {
    match (grammar.resolve(shape), value) {
        (Shape::Choice(choices), _) => match best(value, grammar, choices) {
            Some(shape) => prune(value, grammar, shape),
            None => value.clone(),
        },
        (Shape::Struct(known), Value::Object(members)) => {
            let mut kept = Map::new();
            for (name, member) in members {
                let Some(key) = known.keys.get(name) else {
                    kept.insert(name.clone(), member.clone());
                    continue;
                };
                let silent =
                    !key.required && (member.is_null() || key.default.as_ref() == Some(member));
                if !silent {
                    kept.insert(name.clone(), prune(member, grammar, &key.shape));
                }
            }
            Value::Object(kept)
        }
        (Shape::Map { values, .. }, Value::Object(members)) => Value::Object(
            members
                .iter()
                .map(|(name, member)| (name.clone(), prune(member, grammar, values)))
                .collect(),
        ),
        (Shape::List(item), Value::Array(items)) => {
            Value::Array(items.iter().map(|value| prune(value, grammar, item)).collect())
        }
        (Shape::Number, Value::Number(number)) => Value::Number(shortest(number)),
        _ => value.clone(),
    }
}

/// `1` for `1.0`: the model keeps bounds as floating point numbers, people write whole ones.
fn shortest(number: &Number) -> Number {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "only whole numbers within the exact range of a double"
    )]
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 9e15 => {
            Number::from(float as i64)
        }
        _ => number.clone(),
    }
}

/// The form that a value was serialised from. All its keys are there, so the one that knows most of them is the one.
fn best<'g>(value: &Value, grammar: &'g Grammar, choices: &'g [Shape]) -> Option<&'g Shape> {
    flat(grammar, choices)
        .into_iter()
        .filter(|shape| fits(value, shape))
        .rev()
        .max_by_key(|shape| overlap(value, shape))
}

fn flat<'g>(grammar: &'g Grammar, choices: &'g [Shape]) -> Vec<&'g Shape> {
    let mut found = Vec::new();
    for shape in choices {
        match grammar.resolve(shape) {
            Shape::Choice(inner) => found.extend(flat(grammar, inner)),
            other => found.push(other),
        }
    }
    found
}

fn fits(value: &Value, shape: &Shape) -> bool {
    match shape {
        Shape::Any => true,
        Shape::Struct(_) | Shape::Map { .. } => value.is_object(),
        Shape::List(_) => value.is_array(),
        _ => !value.is_object() && !value.is_array(),
    }
}

fn overlap(value: &Value, shape: &Shape) -> usize {
    let (Value::Object(members), Shape::Struct(known)) = (value, shape) else { return 0 };
    let weight = |(name, member): (&String, &Value)| match (
        known.keys.get(name).map(|key| &key.shape),
        member,
    ) {
        (Some(Shape::Words(words)), Value::String(word)) if words.contains(word) => 1000,
        (Some(_), _) => 1,
        (None, _) => 0,
    };
    members.iter().map(weight).sum()
}
