//! `minProperties`.

use serde_json::{Value, json};

use super::limit::{self, PROPERTIES};
use super::operand::{self, Operand};
use super::{Class, Constraints, Keyword};
use crate::validate::Checker;

pub(super) struct MinProperties;

impl Keyword for MinProperties {
    fn name(&self) -> &'static str {
        "minProperties"
    }

    fn code(&self) -> &'static str {
        "min_properties"
    }

    fn about(&self) -> &'static str {
        "Minimum number of properties of an object."
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
        limit::report_few(self, operand, count, &PROPERTIES, checker);
    }

    fn conflict(&self, operand: &Operand, others: &Constraints) -> Option<String> {
        limit::conflict(operand, others, &[("maxProperties", false)])
    }

    fn merge(&self, left: &Operand, right: &Operand) -> Result<Operand, String> {
        Ok(limit::larger(left, right))
    }

    fn phrase(&self, operand: &Operand, others: &Constraints) -> Option<String> {
        limit::least_phrase(operand, others.get("maxProperties"), &PROPERTIES)
    }

    fn mend(&self, operand: &Operand, mut sample: Value) -> Value {
        let least = operand.count().unwrap_or(0).min(limit::MOST_SAMPLED);
        if let Value::Object(fields) = &mut sample {
            let usual = fields.values().next().cloned().unwrap_or_default();
            for index in 1.. {
                if fields.len() as u64 >= least {
                    break;
                }
                fields.entry(format!("key{index}")).or_insert_with(|| usual.clone());
            }
        }
        sample
    }
}
