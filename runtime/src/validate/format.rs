//! Texts against a [`Format`].

use crate::descriptor::Format;

pub(super) fn holds(format: Format, text: &str) -> bool {
    match format {
        // The model refuses fractions of days and longer units, and numbers that no span of time has.
        Format::Duration => duration(text),
        format => actionspec_model::format::holds(format.name(), text),
    }
}

/// `P1Y2M3DT4H5M6.7S` or `P2W`: units in this order, at least one; only the last may have a fraction.
fn duration(text: &str) -> bool {
    let Some(text) = text.strip_prefix('P') else { return false };
    let (day_part, time_part) =
        text.split_once('T').map_or((text, None), |(days, time)| (days, Some(time)));
    let Some(days) = components(day_part, "YMWD") else { return false };
    let Some(times) = components(time_part.unwrap_or_default(), "HMS") else { return false };
    let fractions: Vec<bool> = days.into_iter().chain(times.iter().copied()).collect();
    let Some((_, before_last)) = fractions.split_last() else { return false };
    !before_last.contains(&true) && (time_part.is_none() || !times.is_empty())
}

/// For each component whether it has a fraction; `None` if one is malformed or out of order.
fn components(mut text: &str, mut units: &str) -> Option<Vec<bool>> {
    let mut fractions = Vec::new();
    while !text.is_empty() {
        let end = text.find(|c: char| c.is_ascii_uppercase())?;
        let (whole, fraction) = text[..end]
            .split_once(['.', ','])
            .map_or((&text[..end], None), |(whole, rest)| (whole, Some(rest)));
        let digits =
            |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !fraction.is_none_or(digits) {
            return None;
        }
        let unit = units.find(&text[end..=end])?;
        units = &units[unit + 1..];
        fractions.push(fraction.is_some());
        text = &text[end + 1..];
    }
    Some(fractions)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::holds;
    use crate::descriptor::Format;

    fn check(format: Format, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(holds(format, text), "{format:?} should accept {text}");
        }
        for text in bad {
            assert!(!holds(format, text), "{format:?} should refuse {text}");
        }
    }

    #[test]
    fn times_follow_rfc_3339() {
        check(
            Format::DateTime,
            &["2026-01-31T09:30:00Z", "2024-02-29t23:59:60.123+05:30", "2026-01-01T00:00:00-00:00"],
            &[
                "2026-01-31",
                "2026-02-29T00:00:00Z",
                "2026-01-31 09:30:00Z",
                "2026-01-31T09:30:00",
                "2026-01-31T24:00:00Z",
                "2026-01-31T09:30:00+0530",
            ],
        );
        check(
            Format::Date,
            &["2000-02-29"],
            &["1900-02-29", "2026-1-1", "2026-13-01", "+026-01-01", "2026-01-01Z"],
        );
        check(
            Format::Time,
            &["09:30:00", "09:30:00.5Z", "09:30:00-08:00"],
            &["9:30:00", "09:30", "09:30:00.", "09:30:00é", "Z"],
        );
    }

    #[test]
    fn durations_follow_iso_8601() {
        check(
            Format::Duration,
            &["P1Y", "P2W", "PT0.5S", "P1Y2M3DT4H5M6S", "PT36H"],
            &["", "P", "PT", "P1", "1D", "P1DT", "P1D1Y", "PT1.5H3M", "P-1D", "P1é"],
        );
    }

    #[test]
    fn names_of_hosts_and_networks() {
        check(
            Format::Hostname,
            &["a", "api.example.com", "1.example"],
            &["", "-a.com", "a..b", "a_b", "a.", "ä.com"],
        );
        check(
            Format::Cidr,
            &["192.0.2.0/24", "2001:db8::/32"],
            &["192.0.2.0", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/+4", "x/1"],
        );
        check(Format::Ip, &["192.0.2.1", "::1"], &["192.0.2.256", "1.2.3", ""]);
        check(Format::Ipv4, &["192.0.2.1"], &["::1", "192.0.02.1"]);
        check(Format::Ipv6, &["2001:db8::1"], &["192.0.2.1", "2001:db8::1%eth0"]);
    }

    #[test]
    fn the_others() {
        check(
            Format::Email,
            &["ada@example.com", "a+b@localhost"],
            &["ada", "@example.com", "ada@", "a@b@c", "a b@example.com"],
        );
        check(
            Format::Uri,
            &["https://example.com/a?b=c#d", "mailto:ada@example.com", "urn:x:y"],
            &["/a", "example.com", "https://exa mple.com", "https://example.com/ü", ""],
        );
        check(
            Format::Uuid,
            &["123e4567-e89b-12d3-a456-426614174000"],
            &["123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g"],
        );
        check(Format::Byte, &["", "YQ==", "YWJj"], &["YQ", "Y Q==", "_-=="]);
    }

    proptest! {
        #[test]
        fn no_text_makes_a_check_panic(text in "\\PC*|[0-9TZPYMD:.+-]{0,30}") {
            for format in [Format::DateTime, Format::Date, Format::Time, Format::Duration, Format::Email, Format::Uri, Format::Hostname, Format::Cidr, Format::Uuid, Format::Byte] {
                let _ = holds(format, &text);
            }
        }

        #[test]
        fn every_valid_date_time_is_accepted(year in 0..=9999_u32, month in 1..=12_u32, day in 1..=28_u32, hour in 0..24_u32, minute in 0..60_u32, fraction in "(\\.[0-9]{1,9})?", offset in "Z|[+-][01][0-9]:[0-5][0-9]") {
            let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00{fraction}{offset}");
            prop_assert!(holds(Format::DateTime, &text));
        }
    }
}
