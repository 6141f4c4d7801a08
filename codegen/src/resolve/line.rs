//! Lines over TCP: whether every name has a value and every parameter a place.

use super::checks::{missing, not_bound, unplaced};
use crate::catalog::{Parameter, Type};
use crate::diagnostics::Code;
use crate::report::{Report, join};
use crate::spec::Line;
use crate::text::placeholders;

/// The most referrals that an action may follow.
const MOST_REFERRALS: u32 = 5;

pub(super) fn settle(
    tcp: &Line,
    pointer: &str,
    parameters: &[Parameter],
    carried: &[&Parameter],
    captured: &[String],
    report: &mut Report,
) {
    let mut lines = vec![(join(pointer, "send"), &tcp.send)];
    if let Some(referral) = &tcp.referral {
        let at = join(pointer, "referral");
        lines.extend(
            referral.send.iter().map(|(host, line)| (join(&join(&at, "send"), host), line)),
        );
        if referral.most.is_some_and(|most| !(1..=MOST_REFERRALS).contains(&most)) {
            report.error(
                Code::BadConstraint,
                &join(&at, "most"),
                format!("the number of referrals must be between 1 and {MOST_REFERRALS}"),
            );
        }
        for (index, field) in referral.fields.iter().enumerate() {
            report.not_blank(&join(&join(&at, "fields"), index), field);
        }
    }
    for (at, line) in &lines {
        if line.chars().any(char::is_control) {
            report.error(
                Code::BadTransport,
                at,
                "a line must not contain control characters; the line ending is added",
            );
        }
        for name in placeholders(line) {
            if !captured.contains(&name)
                && !parameters.iter().any(|parameter| parameter.key == name)
            {
                missing(&name, "the line", &format!("{{{name}}}"), at, parameters.iter(), report);
            }
        }
    }
    for (index, name) in tcp.host_names.iter().enumerate() {
        if !parameters.iter().any(|parameter| parameter.key == *name) {
            let known = parameters.iter().map(|parameter| parameter.key.as_str());
            report.unknown(&join(&join(pointer, "hostNames"), index), "parameter", name, known);
        }
    }
    for parameter in carried {
        if !placeholders(&tcp.send).contains(&parameter.key) {
            unplaced(parameter, "the line", &format!("{{{}}}", parameter.key), report);
        }
        if !matches!(parameter.schema.ty, Type::String | Type::Integer) {
            not_bound(parameter, "a text or a whole number", report);
        }
    }
}
