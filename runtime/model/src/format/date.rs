//! `date`.

use serde_json::{Value, json};

use super::Format;

pub(super) struct Date;

impl Format for Date {
    fn name(&self) -> &'static str {
        "date"
    }

    fn phrase(&self) -> &'static str {
        "a date, such as 2026-01-31"
    }

    fn holds(&self, text: &str) -> bool {
        is_date(text)
    }

    fn sample(&self) -> Value {
        json!("2026-01-31")
    }

    fn good(&self) -> Vec<Value> {
        ["2000-02-29", "0000-01-01", "9999-12-31"].map(Value::from).into()
    }

    fn bad(&self) -> Vec<Value> {
        [
            "1900-02-29",
            "2026-1-1",
            "2026-13-01",
            "2026-00-01",
            "+026-01-01",
            "2026-01-01Z",
            "20260101",
            "2026-01-01[UTC]",
            "2026-W01-1",
        ]
        .map(Value::from)
        .into()
    }
}

/// Whether a text is a `full-date` of RFC 3339. jiff knows the calendar, and also reads shorter and longer forms.
pub(super) fn is_date(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([4, 2, 2])
        && parts.into_iter().all(digits)
        && text.parse::<jiff::civil::Date>().is_ok()
}
