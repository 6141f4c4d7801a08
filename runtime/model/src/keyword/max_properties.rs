//! `maxProperties`.

use serde_json::{Value, json};

use super::limit::{self, PROPERTIES};
use super::operand::{self, Operand};
use super::{Class, Constraints, Keyword};
use crate::validate::Checker;

pub(super) struct MaxProperties;

impl Keyword for MaxProperties {
    fn name(&self) -> &'static str {
        "maxProperties"
    }

    fn code(&self) -> &'static str {
        "max_properties"
    }

    fn about(&self) -> &'static str {
        "Maximum number of properties of an object."
    }

    fn class(&self) -> Class {
        Class::Objects
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
            Value::Object(fields) => Some(fields.len() as u64),
            _ => None,
        };
        limit::report_many(self, operand, count, &PROPERTIES, checker);
    }

    fn merge(&self, left: &Operand, right: &Operand) -> Result<Operand, String> {
        Ok(limit::smaller(left, right))
    }

    fn phrase(&self, operand: &Operand, others: &Constraints) -> Option<String> {
        limit::most_phrase(operand, others.get("minProperties"), &PROPERTIES)
    }

    fn mend(&self, operand: &Operand, mut sample: Value) -> Value {
        let most =
            operand.count().and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
        if let Value::Object(fields) = &mut sample {
            let surplus: Vec<String> = fields.keys().skip(most).cloned().collect();
            for key in surplus {
                fields.remove(&key);
            }
        }
        sample
    }
}
