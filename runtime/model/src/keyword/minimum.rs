//! `minimum`.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::operand::{self, Operand};
use super::{Class, Constraints, Keyword, limit};
use crate::validate::Checker;

pub(super) struct Minimum;

const GOOD: &[Ordering] = &[Ordering::Greater, Ordering::Equal];

impl Keyword for Minimum {
    fn name(&self) -> &'static str {
        "minimum"
    }

    fn code(&self) -> &'static str {
        "minimum"
    }

    fn about(&self) -> &'static str {
        "Smallest allowed number."
    }

    fn class(&self) -> Class {
        Class::Numbers
    }

    fn form(&self) -> Value {
        limit::number_form()
    }

    fn operand(&self, value: &Value) -> Result<Operand, String> {
        operand::number(value)
    }

    fn examples(&self) -> Vec<Value> {
        vec![json!(-3), json!(0.5), json!(40), json!(u64::MAX - 1)]
    }

    fn check(&self, operand: &Operand, value: &Value, checker: &mut Checker<'_>) {
        if !limit::holds(operand, value, GOOD) {
            checker.report(self.code(), format!("must be at least {}", operand.to_value()));
        }
    }

    fn conflict(&self, operand: &Operand, others: &Constraints) -> Option<String> {
        limit::conflict(operand, others, &[("maximum", false), ("exclusiveMaximum", true)])
    }

    fn merge(&self, left: &Operand, right: &Operand) -> Result<Operand, String> {
        Ok(limit::larger(left, right))
    }

    fn phrase(&self, operand: &Operand, _: &Constraints) -> Option<String> {
        Some(format!("at least {}", operand.to_value()))
    }

    fn mend(&self, operand: &Operand, sample: Value) -> Value {
        limit::moved(operand, sample, GOOD, 0)
    }
}
