//! Examples that no vendor would send: placeholders, counted-up numbers, times that do not exist.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::Findings;
use super::file::{Example, Kind, Leaf, SpecFile};
use crate::spec::ExampleSource;

/// So many numbers in one example are not all zero by chance.
const ZEROS: usize = 4;

#[expect(clippy::unwrap_used, reason = "constant patterns, compiled by a test")]
static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?: string | value | foo(?:\d+|bar)? | bar | baz | qux | quux | test[-_ ]?\d* | testing | asdf\w* | qwerty\w*
            | lorem\b.* | .*\blorem\ ipsum\b.* | todo | tbd | n/a | x{3,} | placeholder | dummy | sample | changeme | change\ me
            | your[-_]\w+ | your\ (?:value|name|id|token|key|domain|api\ key) | my[-_ ]?(?:value|string|id|name) | <[a-z][^<>/]*> | \{\{.*\}\} | some[-_\ ](?:value|string|text) )$",
    )
    .unwrap()
});

/// Keys whose value may well be `string`: they speak of types.
const TYPE_KEYS: &[&str] = &["type", "format", "kind"];

/// Account numbers that AWS documents.
const DOCUMENTED: &[&str] = &["123456789012"];

pub(super) fn check(file: &SpecFile, findings: &mut Findings) {
    for example in file.examples.iter().filter(|example| !is_vendors(file, example)) {
        let mut seen = HashSet::new();
        let leaves = example.leaves();
        for leaf in &leaves {
            if let Some((message, help)) = fault(leaf)
                && seen.insert(leaf.text)
            {
                findings.add(leaf.span.clone(), message).help(help);
            }
        }
        check_zeros(example, &leaves, findings);
    }
}

/// The vendor's own example is shown as the vendor shows it; that it is one is said beside it.
fn is_vendors(file: &SpecFile, example: &Example) -> bool {
    let verified = match file.kind {
        Kind::Integration => None,
        Kind::Action(action) => {
            (example.pointer == "/output/example").then_some(action.output.verified).flatten()
        }
        Kind::Trigger(trigger) => Some(trigger.verified),
    };
    matches!(verified, Some(ExampleSource::Documentation | ExampleSource::Live))
}

/// What is wrong with a value, and what to write instead.
fn fault(leaf: &Leaf) -> Option<(String, &'static str)> {
    let text = leaf.text.trim();
    let about_types = TYPE_KEYS.iter().any(|key| leaf.key.to_lowercase().contains(key));
    if !leaf.bare && !about_types && PLACEHOLDER.is_match(text) {
        return Some((
            format!("`{text}` is a placeholder"),
            "write a value as the vendor would send it",
        ));
    }
    if text.starts_with("1970-01-01") {
        return Some((
            format!("`{text}` is the beginning of time, which no vendor sends"),
            "write a time of the last months",
        ));
    }
    if is_counted(text) && !DOCUMENTED.contains(&text) {
        return Some((
            format!("`{text}` is made of one digit, or counted up"),
            "write a value that looks drawn: `7700481`, `9f1c2b7e`",
        ));
    }
    if has_time(text) && !is_time(text) {
        return Some((
            format!("`{text}` is not a valid date or time"),
            "write it as RFC 3339: `2026-01-31T09:40:00Z`",
        ));
    }
    None
}

fn check_zeros(example: &Example, leaves: &[Leaf], findings: &mut Findings) {
    let numbers: Vec<&Leaf> =
        leaves.iter().filter(|leaf| leaf.bare && leaf.text.parse::<f64>().is_ok()).collect();
    if numbers.len() >= ZEROS && numbers.iter().all(|leaf| leaf.text.parse() == Ok(0.0_f64)) {
        let message = format!(
            "all {} numbers of the example at `{}` are zero",
            numbers.len(),
            example.pointer
        );
        findings
            .add(numbers[0].span.clone(), message)
            .help("write numbers as the vendor would send them");
    }
}

/// All digits are the same (six and more), or each is the next of the one before (five and more); joints of a UUID aside.
fn is_counted(text: &str) -> bool {
    let digits: Vec<u32> =
        text.chars().filter(|c| *c != '-').map_while(|c| c.to_digit(16)).collect();
    let length = text.chars().filter(|c| *c != '-').count();
    if digits.len() != length || text.starts_with('-') {
        return false;
    }
    let same = length >= 6 && digits.windows(2).all(|pair| pair[0] == pair[1]);
    let base = if digits.iter().all(|digit| *digit < 10) { 10 } else { 16 };
    let up = length >= 5 && digits.windows(2).all(|pair| pair[1] == (pair[0] + 1) % base);
    same && text.chars().any(|c| c == '0' || c == '1') || up || text.starts_with("12345678-1234-")
}

/// It has the form of a date with a time.
fn has_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() > 10
        && bytes[10] == b'T'
        && bytes[..10].iter().enumerate().all(|(at, byte)| {
            if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() }
        })
        && !text.contains(|c: char| c == '/' || c.is_whitespace())
}

/// A date and time of the calendar; the offset as vendors write it: `Z`, `+01:00`, `+0100`, or none.
fn is_time(text: &str) -> bool {
    let number = |range: std::ops::Range<usize>| {
        text.get(range).and_then(|digits| digits.parse::<u32>().ok())
    };
    let (Some(year), Some(month), Some(day)) = (number(0..4), number(5..7), number(8..10)) else {
        return false;
    };
    let (Some(hour), Some(minute)) = (number(11..13), number(14..16)) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let rest = text[16..].trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == '.');
    let offset = rest.strip_prefix(['+', '-']).map_or(matches!(rest, "" | "Z"), |offset| {
        offset.chars().filter(char::is_ascii_digit).count() == 4
            && offset.chars().all(|c| c.is_ascii_digit() || c == ':')
    });
    (1..=12).contains(&month) && (1..=days).contains(&day) && hour < 24 && minute < 60 && offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_told_from_values() {
        assert!(
            ["string", "foo", "Test123", "lorem ipsum dolor", "<name>", "XXXX"]
                .iter()
                .all(|text| PLACEHOLDER.is_match(text))
        );
        assert!(
            ["Test Plan", "foothills", "barcode", "<p>Hello</p>", "strings"]
                .iter()
                .all(|text| !PLACEHOLDER.is_match(text))
        );
    }

    #[test]
    fn counted_numbers_are_seen() {
        assert!(
            [
                "12345",
                "123456789",
                "000000",
                "00000000-0000-0000-0000-000000000000",
                "abcdef",
                "111111"
            ]
            .iter()
            .all(|text| is_counted(text))
        );
        assert!(
            [
                "7700481",
                "12346",
                "00000003-0000-0000-c000-000000000000",
                "2026-01-02",
                "0",
                "",
                "100000"
            ]
            .iter()
            .all(|text| !is_counted(text))
        );
    }

    #[test]
    fn times_exist() {
        assert!(
            ["2026-02-28T09:40:00Z", "2024-02-29T23:59:59.123+0100", "2026-01-31T09:40"]
                .iter()
                .all(|text| is_time(text))
        );
        assert!(
            [
                "2026-02-29T09:40:00Z",
                "2026-13-01T09:40:00Z",
                "2026-01-01T25:00:00Z",
                "2026-01-01Tnoon"
            ]
            .iter()
            .all(|text| !is_time(text))
        );
    }
}
