//! `maxItems`.

use serde_json::{Value, json};

use super::limit::{self, ITEMS};
use super::operand::{self, Operand};
use super::{Class, Constraints, Keyword};
use crate::validate::Checker;

pub(super) struct MaxItems;

impl Keyword for MaxItems {
    fn name(&self) -> &'static str {
        "maxItems"
    }

    fn code(&self) -> &'static str {
        "max_items"
    }

    fn about(&self) -> &'static str {
        "Maximum number of items of an array."
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
        limit::report_many(self, operand, count, &ITEMS, checker);
    }

    fn merge(&self, left: &Operand, right: &Operand) -> Result<Operand, String> {
        Ok(limit::smaller(left, right))
    }

    fn phrase(&self, operand: &Operand, others: &Constraints) -> Option<String> {
        limit::most_phrase(operand, others.get("minItems"), &ITEMS)
    }

    fn mend(&self, operand: &Operand, mut sample: Value) -> Value {
        let most =
            operand.count().and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
        if let Value::Array(items) = &mut sample {
            items.truncate(most);
        }
        sample
    }
}
