//! Every row of the table against its own values, and against an outside judge.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{FORMATS, Format, find};
use crate::keyword::Class;
use crate::schema::{Schema, Type};
use crate::validate::{Mode, check};

fn schema(format: &dyn Format) -> Schema {
    let ty = match format.class() {
        Class::Strings => Type::String,
        Class::Numbers => Type::Integer,
        Class::Arrays | Class::Objects => unreachable!("formats are of strings and numbers"),
    };
    Schema { format: Some(format.name().to_owned()), ..Schema::of(ty) }
}

#[test]
fn every_format_accepts_its_good_values_and_refuses_its_bad_ones() {
    for format in FORMATS {
        assert!(!format.good().is_empty() && !format.bad().is_empty(), "{}", format.name());
        for value in format.good() {
            assert_eq!(check(&value, &schema(*format), &(), Mode::Strict), [], "{value}");
        }
        for value in format.bad() {
            let found = check(&value, &schema(*format), &(), Mode::Strict);
            assert_eq!(found.len(), 1, "{} should refuse {value}", format.name());
            assert!(found[0].message.contains(format.phrase()), "{}", found[0].message);
        }
    }
}

#[test]
fn every_format_has_a_phrase_and_a_sample_that_satisfies_it() {
    for format in FORMATS {
        assert!(!format.phrase().is_empty());
        assert!(format.accepts(&format.sample()), "{}", format.name());
        let sample = crate::sample::sent(&schema(*format), &());
        assert_eq!(check(&sample, &schema(*format), &(), Mode::Strict), []);
    }
}

#[test]
fn every_format_is_said_in_json_schema() {
    for format in FORMATS {
        let written = crate::json_schema::convert(&schema(*format), crate::json_schema::ARGUMENTS);
        assert_eq!(written["format"], format.name());
        if let Some(range) = format.range() {
            assert_eq!(written["minimum"].as_i128_exact(), Some(*range.start()));
            assert_eq!(written["maximum"].as_i128_exact(), Some(*range.end()));
        }
    }
}

trait Exact {
    fn as_i128_exact(&self) -> Option<i128>;
}

impl Exact for Value {
    fn as_i128_exact(&self) -> Option<i128> {
        if let Value::Number(number) = self { number.as_i128() } else { None }
    }
}

/// Where we differ from the outside judge on purpose.
const DIFFERENCES: &[(&str, &str, &str)] = &[
    ("date-time", "2024-02-29t23:59:60.123+05:30", "RFC 3339 allows a leap second in any offset"),
    ("time", "09:30:00", "APIs write local times; RFC 3339's `full-time` wants an offset"),
    ("time", "09:30:00.123456789123", "the same"),
    ("duration", "PT0.5S", "ISO 8601 allows a fraction; the grammar in RFC 3339 has none"),
    ("duration", "PT0,5S", "the same"),
];

#[test]
fn an_outside_judge_agrees() {
    let mut differences = Vec::new();
    for format in FORMATS.iter().filter(|format| format.class() == Class::Strings) {
        // It has no opinion on the others.
        if matches!(format.name(), "ip" | "cidr" | "byte") {
            continue;
        }
        let judge = jsonschema::options()
            .should_validate_formats(true)
            .build(&json!({ "type": "string", "format": format.name() }))
            .expect("the example is well-formed");
        for value in format.good().into_iter().chain(format.bad()) {
            if judge.is_valid(&value) != format.accepts(&value) {
                differences.push((format.name(), value));
            }
        }
    }
    let found: BTreeSet<(&str, &str)> =
        differences.iter().filter_map(|(name, value)| Some((*name, value.as_str()?))).collect();
    let explained = DIFFERENCES.iter().map(|(name, text, _)| (*name, *text)).collect();
    assert_eq!(found, explained);
}

proptest! {
    #[test]
    fn no_text_makes_a_check_panic(text in "\\PC*|[0-9TZPYMD:.+-]{0,30}") {
        for format in FORMATS {
            let _ = format.holds(&text);
        }
    }

    #[test]
    fn every_valid_date_time_is_accepted(
        year in 0..=9999_u32, month in 1..=12_u32, day in 1..=28_u32, hour in 0..24_u32,
        minute in 0..60_u32, fraction in "(\\.[0-9]{1,9})?", offset in "Z|[+-][01][0-9]:[0-5][0-9]",
    ) {
        let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:59{fraction}{offset}");
        prop_assert!(find("date-time").is_some_and(|format| format.holds(&text)), "{}", text);
    }
}
