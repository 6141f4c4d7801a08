//! `date-time`.

use serde_json::{Value, json};

use super::Format;

pub(super) struct DateTime;

impl Format for DateTime {
    fn name(&self) -> &'static str {
        "date-time"
    }

    fn phrase(&self) -> &'static str {
        "a date and time of RFC 3339, such as 2026-01-31T09:30:00Z"
    }

    fn holds(&self, text: &str) -> bool {
        let Some((day, clock)) = text.split_once(['T', 't']) else { return false };
        super::date::is_date(day) && super::time::is_time(clock, true)
    }

    fn sample(&self) -> Value {
        json!("2026-01-31T12:00:00Z")
    }

    fn good(&self) -> Vec<Value> {
        ["2026-01-31T09:30:00Z", "2024-02-29t23:59:60.123+05:30", "2026-01-01T00:00:00-00:00"]
            .map(Value::from)
            .into()
    }

    fn bad(&self) -> Vec<Value> {
        [
            "2026-01-31",
            "2026-02-29T00:00:00Z",
            "2026-01-31 09:30:00Z",
            "2026-01-31T09:30:00",
            "2026-01-31T24:00:00Z",
            "2026-01-31T09:30:00+0530",
            "2024-02-29T12:00:00.Z",
            "2024-02-2é:00",
            "",
        ]
        .map(Value::from)
        .into()
    }
}
