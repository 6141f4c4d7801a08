//! `duration`.

use jiff::fmt::temporal::SpanParser;
use serde_json::{Value, json};

use super::Format;

pub(super) struct Duration;

impl Format for Duration {
    fn name(&self) -> &'static str {
        "duration"
    }

    fn phrase(&self) -> &'static str {
        "a duration of ISO 8601, such as P3DT12H"
    }

    fn holds(&self, text: &str) -> bool {
        // jiff also reads signs and lowercase designators.
        let is_strict =
            text.bytes().all(|byte| !byte.is_ascii_lowercase() && !b"+-".contains(&byte));
        is_strict && SpanParser::new().parse_span(text).is_ok()
    }

    fn sample(&self) -> Value {
        json!("PT1H")
    }

    fn good(&self) -> Vec<Value> {
        ["P1Y", "P2W", "PT0.5S", "P1Y2M3DT4H5M6S", "PT36H", "P1DT12H", "PT0,5S"]
            .map(Value::from)
            .into()
    }

    fn bad(&self) -> Vec<Value> {
        [
            "", "P", "PT", "P1", "1D", "P1DT", "P1D1Y", "PT1.5H3M", "P-1D", "-P1D", "p1d", "P1é",
            "Pigs", "1 day",
        ]
        .map(Value::from)
        .into()
    }
}
