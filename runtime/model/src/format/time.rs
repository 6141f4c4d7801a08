//! `time`.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Value, json};

use super::Format;

pub(super) struct Time;

impl Format for Time {
    fn name(&self) -> &'static str {
        "time"
    }

    fn phrase(&self) -> &'static str {
        "a time, such as 09:30:00"
    }

    fn holds(&self, text: &str) -> bool {
        is_time(text, false)
    }

    fn sample(&self) -> Value {
        json!("12:00:00Z")
    }

    fn good(&self) -> Vec<Value> {
        ["09:30:00", "09:30:00.5Z", "09:30:00-08:00", "23:59:60Z", "09:30:00.123456789123"]
            .map(Value::from)
            .into()
    }

    fn bad(&self) -> Vec<Value> {
        [
            "9:30:00",
            "09:30",
            "09:30:00.",
            "09:30:00é",
            "Z",
            "24:00:00",
            "09:60:00",
            "09:30:61",
            "09:30:00+24:00",
            "09:30:00+05:60",
            "09:30:00 Z",
            "093000",
            "T09:30:00",
        ]
        .map(Value::from)
        .into()
    }
}

/// The form of a `partial-time` of RFC 3339, and what may follow it.
static FORM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)?([Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?$",
    )
    .ok()
});

/// Whether a text is a time of day of RFC 3339, with or without an offset. jiff knows the clock, leap seconds included, and also reads
/// shorter forms.
pub(super) fn is_time(text: &str, offset_is_required: bool) -> bool {
    let Some(found) = FORM.as_ref().and_then(|form| form.captures(text)) else { return false };
    (found.get(2).is_some() || !offset_is_required) && found[1].parse::<jiff::civil::Time>().is_ok()
}
