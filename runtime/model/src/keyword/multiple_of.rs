//! `multipleOf`.

use serde_json::{Number, Value, json};

use super::operand::{self, Operand};
use super::{Class, Constraints, Keyword, limit};
use crate::validate::Checker;

pub(super) struct MultipleOf;

impl Keyword for MultipleOf {
    fn name(&self) -> &'static str {
        "multipleOf"
    }

    fn code(&self) -> &'static str {
        "multiple_of"
    }

    fn about(&self) -> &'static str {
        "The number must be a multiple of this."
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
        vec![json!(1), json!(0.25), json!(7)]
    }

    fn check(&self, operand: &Operand, value: &Value, checker: &mut Checker<'_>) {
        if let (Some(step), Value::Number(number)) = (operand.number(), value)
            && !is_multiple(number, step)
        {
            checker.report(self.code(), format!("must be a multiple of {step}"));
        }
    }

    fn conflict(&self, operand: &Operand, _: &Constraints) -> Option<String> {
        let step = operand.number()?.as_f64()?;
        (step <= 0.0).then(|| "`multipleOf` must be greater than 0".to_owned())
    }

    /// A multiple of both, where one of them is a multiple of the other.
    fn merge(&self, left: &Operand, right: &Operand) -> Result<Operand, String> {
        let (Some(one), Some(other)) = (left.number(), right.number()) else {
            return Ok(left.clone());
        };
        if is_multiple(one, other) {
            Ok(left.clone())
        } else if is_multiple(other, one) {
            Ok(right.clone())
        } else {
            Err(format!("a multiple of {other} here is a multiple of {one} there"))
        }
    }

    fn phrase(&self, operand: &Operand, _: &Constraints) -> Option<String> {
        Some(format!("a multiple of {}", operand.to_value()))
    }

    fn mend(&self, operand: &Operand, sample: Value) -> Value {
        let (Some(step), Value::Number(number)) = (operand.number(), &sample) else {
            return sample;
        };
        if is_multiple(number, step) {
            return sample;
        }
        let (Some(size), Some(float)) = (step.as_f64(), number.as_f64()) else { return sample };
        let up = Number::from_f64((float / size).ceil() * size);
        up.map_or(sample, |number| Value::Number(operand::plain(&number)))
    }
}

/// `0.3` is a multiple of `0.1`, though not in binary.
fn is_multiple(number: &Number, step: &Number) -> bool {
    if let (Some(number), Some(step)) = (number.as_i128(), step.as_i128())
        && step > 0
    {
        return number % step == 0;
    }
    let (Some(number), Some(step)) = (number.as_f64(), step.as_f64()) else { return false };
    let ratio = number / step;
    (ratio - ratio.round()).abs() <= 1e-9 * ratio.abs().max(1.0)
}
