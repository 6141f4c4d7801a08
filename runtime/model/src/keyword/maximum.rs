//! `maximum`.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::operand::{self, Operand};
use super::{Class, Constraints, Keyword, limit};
use crate::validate::Checker;

pub(super) struct Maximum;

const GOOD: &[Ordering] = &[Ordering::Less, Ordering::Equal];

impl Keyword for Maximum {
    fn name(&self) -> &'static str {
        "maximum"
    }

    fn code(&self) -> &'static str {
        "maximum"
    }

    fn about(&self) -> &'static str {
        "Largest allowed number."
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
            checker.report(self.code(), format!("must be at most {}", operand.to_value()));
        }
    }

    fn merge(&self, left: &Operand, right: &Operand) -> Result<Operand, String> {
        Ok(limit::smaller(left, right))
    }

    fn phrase(&self, operand: &Operand, _: &Constraints) -> Option<String> {
        Some(format!("at most {}", operand.to_value()))
    }

    fn mend(&self, operand: &Operand, sample: Value) -> Value {
        limit::moved(operand, sample, GOOD, 0)
    }
}
