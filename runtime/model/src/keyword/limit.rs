//! What the keywords for limits share: comparing, merging and saying them.

use std::cmp::Ordering;

use serde_json::{Number, Value, json};

use super::operand::{Operand, compare};
use super::{Constraints, Keyword};
use crate::validate::Checker;

/// The larger operand: both lower limits hold.
pub(super) fn larger(left: &Operand, right: &Operand) -> Operand {
    pick(left, right, Ordering::Less)
}

/// The smaller operand: both upper limits hold.
pub(super) fn smaller(left: &Operand, right: &Operand) -> Operand {
    pick(left, right, Ordering::Greater)
}

/// The right one if the left one compares so to it.
fn pick(left: &Operand, right: &Operand, loses: Ordering) -> Operand {
    if order(left, right) == Some(loses) { right.clone() } else { left.clone() }
}

fn order(left: &Operand, right: &Operand) -> Option<Ordering> {
    match (left, right) {
        (Operand::Count(left), Operand::Count(right)) => Some(left.cmp(right)),
        (Operand::Number(left), Operand::Number(right)) => compare(left, right),
        _ => None,
    }
}

/// Why a lower limit and the upper limit of one of these keywords exclude each other. `touching`: equal limits do too.
pub(super) fn conflict(
    least: &Operand,
    others: &Constraints,
    upper: &[(&str, bool)],
) -> Option<String> {
    upper.iter().find_map(|(name, touching)| {
        let most = others.get(name)?;
        let order = order(least, most)?;
        let excludes = order == Ordering::Greater || *touching && order == Ordering::Equal;
        excludes.then(|| {
            format!("the minimum ({}) exceeds the maximum ({})", least.to_value(), most.to_value())
        })
    })
}

/// A number against a limit: whether it compares to the limit in one of these ways.
pub(super) fn holds(operand: &Operand, value: &Value, good: &[Ordering]) -> bool {
    let (Some(limit), Value::Number(number)) = (operand.number(), value) else { return true };
    compare(number, limit).is_some_and(|order| good.contains(&order))
}

/// A sample number that is moved to `to` of the limit unless it holds already.
pub(super) fn moved(operand: &Operand, sample: Value, good: &[Ordering], by: i8) -> Value {
    if holds(operand, &sample, good) {
        return sample;
    }
    let Some(limit) = operand.number() else { return sample };
    if by == 0 {
        return Value::Number(limit.clone());
    }
    let whole = limit.as_i128().map(|limit| limit + i128::from(by)).and_then(Number::from_i128);
    match whole {
        Some(number) => Value::Number(number),
        None => json!(limit.as_f64().unwrap_or_default() + f64::from(by)),
    }
}

/// What a count counts.
pub(super) struct Noun {
    pub(super) one: &'static str,
    pub(super) many: &'static str,
}

impl Noun {
    fn of(&self, count: u64) -> String {
        if count == 1 { format!("1 {}", self.one) } else { format!("{count} {}", self.many) }
    }
}

pub(super) const CHARACTERS: Noun = Noun { one: "character", many: "characters" };
pub(super) const ITEMS: Noun = Noun { one: "item", many: "items" };
pub(super) const PROPERTIES: Noun = Noun { one: "property", many: "properties" };

pub(super) fn report_few(
    keyword: &dyn Keyword,
    operand: &Operand,
    count: Option<u64>,
    noun: &Noun,
    checker: &mut Checker<'_>,
) {
    if let (Some(least), Some(count)) = (operand.count(), count)
        && count < least
    {
        let message = format!("must have at least {}, has {count}", noun.of(least));
        checker.report(keyword.code(), message);
    }
}

pub(super) fn report_many(
    keyword: &dyn Keyword,
    operand: &Operand,
    count: Option<u64>,
    noun: &Noun,
    checker: &mut Checker<'_>,
) {
    if let (Some(most), Some(count)) = (operand.count(), count)
        && count > most
    {
        let message = format!("must have at most {}, has {count}", noun.of(most));
        checker.report(keyword.code(), message);
    }
}

/// `1 to 5 items`, `exactly 5 items`, `at least 1 item`.
pub(super) fn least_phrase(
    operand: &Operand,
    most: Option<&Operand>,
    noun: &Noun,
) -> Option<String> {
    let least = operand.count()?;
    Some(match most.and_then(Operand::count) {
        None => format!("at least {}", noun.of(least)),
        Some(most) if most == least => format!("exactly {}", noun.of(least)),
        Some(most) => format!("{least} to {}", noun.of(most)),
    })
}

/// `at most 5 items`; nothing if the phrase of the lower limit includes it.
pub(super) fn most_phrase(
    operand: &Operand,
    least: Option<&Operand>,
    noun: &Noun,
) -> Option<String> {
    let most = operand.count()?;
    least.is_none().then(|| format!("at most {}", noun.of(most)))
}

/// The form of a count.
pub(super) fn count_form() -> Value {
    json!({ "type": "integer", "format": "uint64", "minimum": 0 })
}

/// The form of a number.
pub(super) fn number_form() -> Value {
    json!({ "type": "number" })
}

/// Samples have at most so many characters, items or properties, whatever the lower limit is.
pub(super) const MOST_SAMPLED: u64 = 10_000;
