//! `minLength`.

use serde_json::{Value, json};

use super::limit::{self, CHARACTERS};
use super::operand::{self, Operand};
use super::{Class, Constraints, Keyword};
use crate::validate::Checker;

pub(super) struct MinLength;

impl Keyword for MinLength {
    fn name(&self) -> &'static str {
        "minLength"
    }

    fn code(&self) -> &'static str {
        "min_length"
    }

    fn about(&self) -> &'static str {
        "Minimum number of characters (Unicode scalar values)."
    }

    fn class(&self) -> Class {
        Class::Strings
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
            Value::String(text) => Some(text.chars().count() as u64),
            _ => None,
        };
        limit::report_few(self, operand, count, &CHARACTERS, checker);
    }

    fn conflict(&self, operand: &Operand, others: &Constraints) -> Option<String> {
        limit::conflict(operand, others, &[("maxLength", false)])
    }

    fn merge(&self, left: &Operand, right: &Operand) -> Result<Operand, String> {
        Ok(limit::larger(left, right))
    }

    fn phrase(&self, operand: &Operand, others: &Constraints) -> Option<String> {
        limit::least_phrase(operand, others.get("maxLength"), &CHARACTERS)
    }

    fn mend(&self, operand: &Operand, mut sample: Value) -> Value {
        let least = operand.count().unwrap_or(0).min(limit::MOST_SAMPLED);
        if let Value::String(text) = &mut sample {
            for _ in text.chars().count() as u64..least {
                text.push('x');
            }
        }
        sample
    }
}
