//! Texts against a [`Format`].

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use base64::Engine as _;

use crate::descriptor::Format;

pub(super) fn holds(format: Format, text: &str) -> bool {
    match format {
        Format::DateTime => date_time(text),
        Format::Date => date(text),
        Format::Time => time(text).is_some(),
        Format::Duration => duration(text),
        Format::Email => email(text),
        Format::Uri => uri(text),
        Format::Hostname => hostname(text),
        Format::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
        Format::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
        Format::Ip => text.parse::<IpAddr>().is_ok(),
        Format::Cidr => cidr(text),
        Format::Uuid => uuid(text),
        Format::Byte => base64::engine::general_purpose::STANDARD.decode(text).is_ok(),
    }
}

/// A number of exactly `digits` ASCII digits, within limits.
fn number(text: &str, digits: usize, limits: std::ops::RangeInclusive<u32>) -> Option<u32> {
    if text.len() != digits || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|number| limits.contains(number))
}

fn date_time(text: &str) -> bool {
    let Some((day, clock)) = text.split_once(['T', 't']) else { return false };
    date(day) && time(clock) == Some(Offset::Given)
}

fn date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let (Some(year), Some(month)) = (number(year, 4, 0..=9999), number(month, 2, 1..=12)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    number(day, 2, 1..=days).is_some()
}

#[derive(Debug, PartialEq, Eq)]
enum Offset {
    Given,
    Absent,
}

/// Whether a time has an offset; `None` if it is no time.
fn time(text: &str) -> Option<Offset> {
    let (clock, offset) = match text.find(['Z', 'z', '+', '-']) {
        Some(at) => (text.get(..at)?, Some(text.get(at..)?)),
        None => (text, None),
    };
    let (whole, fraction) =
        clock.split_once('.').map_or((clock, None), |(whole, fraction)| (whole, Some(fraction)));
    if fraction
        .is_some_and(|digits| digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()))
    {
        return None;
    }
    let parts: Vec<&str> = whole.split(':').collect();
    let [hour, minute, second] = parts[..] else { return None };
    number(hour, 2, 0..=23)?;
    number(minute, 2, 0..=59)?;
    number(second, 2, 0..=60)?;
    match offset {
        None => Some(Offset::Absent),
        Some("Z" | "z") => Some(Offset::Given),
        Some(offset) => {
            let (hour, minute) = offset.get(1..)?.split_once(':')?;
            number(hour, 2, 0..=23)?;
            number(minute, 2, 0..=59)?;
            Some(Offset::Given)
        }
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

fn email(text: &str) -> bool {
    let mut parts = text.split('@');
    let (Some(user), Some(host), None) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    !user.is_empty()
        && !host.is_empty()
        && text.len() <= 254
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

fn uri(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&b);
    text.bytes().all(allowed) && url::Url::parse(text).is_ok()
}

fn hostname(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(label)
}

fn cidr(text: &str) -> bool {
    let Some((address, prefix)) = text.split_once('/') else { return false };
    let most = match address.parse::<IpAddr>() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    number(prefix, prefix.len().clamp(1, 3), 0..=most).is_some()
}

fn uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_hexdigit()))
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
