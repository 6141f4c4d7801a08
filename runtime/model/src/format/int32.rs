//! `int32`.

use std::ops::RangeInclusive;

use serde_json::{Value, json};

use super::Format;
use crate::keyword::Class;

pub(super) struct Int32;

impl Format for Int32 {
    fn name(&self) -> &'static str {
        "int32"
    }

    fn phrase(&self) -> &'static str {
        "an integer of 32 bits"
    }

    fn class(&self) -> Class {
        Class::Numbers
    }

    fn range(&self) -> Option<RangeInclusive<i128>> {
        Some(i128::from(i32::MIN)..=i128::from(i32::MAX))
    }

    fn sample(&self) -> Value {
        json!(1)
    }

    fn good(&self) -> Vec<Value> {
        vec![json!(0), json!(i32::MIN), json!(i32::MAX)]
    }

    fn bad(&self) -> Vec<Value> {
        vec![json!(i64::from(i32::MAX) + 1), json!(i64::MIN), json!(u64::MAX)]
    }
}
