//! `minItems`.

use serde_json::{Value, json};

use super::limit::{self, ITEMS};
use super::operand::{self, Operand};
use super::{Class, Constraints, Keyword};
use crate::validate::Checker;

pub(super) struct MinItems;

impl Keyword for MinItems {
    fn name(&self) -> &'static str {
        "minItems"
    }

    fn code(&self) -> &'static str {
        "min_items"
    }

    fn about(&self) -> &'static str {
        "Minimum number of items of an array."
    }

    fn class(&self) -> Class {
        Class::Arrays
    }

    fn form(&self) -> Value {
        limit::count_form()
    }

    fn operand(&self, value: &Value) -> Result<Operand, String> {
        operand::count(value)
    }

    fn examples(&self) -> Vec<Value> {
        vec![json!(0), json!(1), json!(20)]
    }

    fn check(&self, operand: &Operand, value: &Value, checker: &mut Checker<'_>) {
        let count = match value {
            Value::Array(items) => Some(items.len() as u64),
            _ => None,
        };
        limit::report_few(self, operand, count, &ITEMS, checker);
    }

    fn conflict(&self, operand: &Operand, others: &Constraints) -> Option<String> {
        limit::conflict(operand, others, &[("maxItems", false)])
    }

    fn merge(&self, left: &Operand, right: &Operand) -> Result<Operand, String> {
        Ok(limit::larger(left, right))
    }

    fn phrase(&self, operand: &Operand, others: &Constraints) -> Option<String> {
        limit::least_phrase(operand, others.get("maxItems"), &ITEMS)
    }

    fn mend(&self, operand: &Operand, mut sample: Value) -> Value {
        let least = operand.count().unwrap_or(0).min(limit::MOST_SAMPLED);
        if let Value::Array(items) = &mut sample {
            for index in items.len() as u64..least {
                items.push(items.first().cloned().unwrap_or_else(|| json!(index)));
            }
        }
        sample
    }
}
