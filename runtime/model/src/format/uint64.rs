//! `uint64`.

use std::ops::RangeInclusive;

use serde_json::{Value, json};

use super::Format;
use crate::keyword::Class;

pub(super) struct Uint64;

impl Format for Uint64 {
    fn name(&self) -> &'static str {
        "uint64"
    }

    fn phrase(&self) -> &'static str {
        "an integer from 0 to 18446744073709551615"
    }

    fn class(&self) -> Class {
        Class::Numbers
    }

    fn range(&self) -> Option<RangeInclusive<i128>> {
        Some(0..=i128::from(u64::MAX))
    }

    fn sample(&self) -> Value {
        json!(1)
    }

    fn good(&self) -> Vec<Value> {
        vec![json!(0), json!(u64::MAX), json!(i64::MAX)]
    }

    fn bad(&self) -> Vec<Value> {
        vec![json!(-1), json!(i64::MIN)]
    }
}
