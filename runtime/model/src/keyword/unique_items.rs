//! `uniqueItems`.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::operand::Operand;
use super::{Class, Constraints, Keyword};
use crate::validate::Checker;

pub(super) struct UniqueItems;

impl Keyword for UniqueItems {
    fn name(&self) -> &'static str {
        "uniqueItems"
    }

    fn code(&self) -> &'static str {
        "unique_items"
    }

    fn about(&self) -> &'static str {
        "Items of the array must be unique."
    }

    fn class(&self) -> Class {
        Class::Arrays
    }

    fn form(&self) -> Value {
        json!({ "type": "boolean", "const": true })
    }

    fn operand(&self, value: &Value) -> Result<Operand, String> {
        match value {
            Value::Bool(true) => Ok(Operand::Flag),
            _ => Err("must be `true`, or be omitted".to_owned()),
        }
    }

    fn examples(&self) -> Vec<Value> {
        vec![json!(true)]
    }

    fn check(&self, _: &Operand, value: &Value, checker: &mut Checker<'_>) {
        if let Value::Array(items) = value
            && let Some(index) = repeated(items)
        {
            checker.at(index, |checker| {
                checker.report(self.code(), "is a duplicate of an earlier item");
            });
        }
    }

    fn merge(&self, left: &Operand, _: &Operand) -> Result<Operand, String> {
        Ok(left.clone())
    }

    fn phrase(&self, _: &Operand, _: &Constraints) -> Option<String> {
        Some("items must be unique".to_owned())
    }

    fn mend(&self, _: &Operand, mut sample: Value) -> Value {
        if let Value::Array(items) = &mut sample {
            let mut seen = HashSet::with_capacity(items.len());
            items.retain(|item| seen.insert(item.clone()));
        }
        sample
    }
}

/// The first item that an earlier one equals.
fn repeated(items: &[Value]) -> Option<usize> {
    /// Below this, a linear scan beats hashing.
    const FEW: usize = 8;
    if items.len() <= FEW {
        return (1..items.len()).find(|index| items[..*index].contains(&items[*index]));
    }
    let mut seen = HashSet::with_capacity(items.len());
    items.iter().position(|item| !seen.insert(item))
}
