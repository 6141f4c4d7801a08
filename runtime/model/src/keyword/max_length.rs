//! `maxLength`.

use serde_json::{Value, json};

use super::limit::{self, CHARACTERS};
use super::operand::{self, Operand};
use super::{Class, Constraints, Keyword};
use crate::validate::Checker;

pub(super) struct MaxLength;

impl Keyword for MaxLength {
    fn name(&self) -> &'static str {
        "maxLength"
    }

    fn code(&self) -> &'static str {
        "max_length"
    }

    fn about(&self) -> &'static str {
        "Maximum number of characters (Unicode scalar values)."
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
        limit::report_many(self, operand, count, &CHARACTERS, checker);
    }

    fn merge(&self, left: &Operand, right: &Operand) -> Result<Operand, String> {
        Ok(limit::smaller(left, right))
    }

    fn phrase(&self, operand: &Operand, others: &Constraints) -> Option<String> {
        limit::most_phrase(operand, others.get("minLength"), &CHARACTERS)
    }

    fn mend(&self, operand: &Operand, mut sample: Value) -> Value {
        let most =
            operand.count().and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
        if let Value::String(text) = &mut sample
            && let Some((end, _)) = text.char_indices().nth(most)
        {
            text.truncate(end);
        }
        sample
    }
}
