//! `exclusiveMinimum`.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::operand::{self, Operand};
use super::{Class, Constraints, Keyword, limit};
use crate::validate::Checker;

pub(super) struct ExclusiveMinimum;

const GOOD: &[Ordering] = &[Ordering::Greater];

impl Keyword for ExclusiveMinimum {
    fn name(&self) -> &'static str {
        "exclusiveMinimum"
    }

    fn code(&self) -> &'static str {
        "exclusive_minimum"
    }

    fn about(&self) -> &'static str {
        "The number must be greater than this."
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
            checker.report(self.code(), format!("must be greater than {}", operand.to_value()));
        }
    }

    fn conflict(&self, operand: &Operand, others: &Constraints) -> Option<String> {
        limit::conflict(operand, others, &[("maximum", true), ("exclusiveMaximum", true)])
    }

    fn merge(&self, left: &Operand, right: &Operand) -> Result<Operand, String> {
        Ok(limit::larger(left, right))
    }

    fn phrase(&self, operand: &Operand, _: &Constraints) -> Option<String> {
        Some(format!("more than {}", operand.to_value()))
    }

    fn mend(&self, operand: &Operand, sample: Value) -> Value {
        limit::moved(operand, sample, GOOD, 1)
    }
}
