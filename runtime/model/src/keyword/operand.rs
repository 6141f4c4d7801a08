//! The operands of keywords.

use std::cmp::Ordering;
use std::fmt;
use std::sync::{Arc, OnceLock};

use regex_automata::meta::{BuildError, Regex};
use regex_automata::nfa::thompson::WhichCaptures;
use serde_json::{Number, Value};

use super::Constraints;

/// The operand of a keyword.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A number, exactly as it was written.
    Number(Number),
    /// A count of characters, items or properties.
    Count(u64),
    /// A regular expression.
    Pattern(Pattern),
    /// The keyword has no operand.
    Flag,
    /// Constraints of texts within the value.
    Texts(Arc<Constraints>),
}

impl Operand {
    /// The operand in JSON.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match self {
            Self::Number(number) => Value::Number(number.clone()),
            Self::Count(count) => Value::from(*count),
            Self::Pattern(pattern) => Value::from(pattern.as_str()),
            Self::Flag => Value::Bool(true),
            Self::Texts(constraints) => serde_json::to_value(&**constraints).unwrap_or_default(),
        }
    }

    pub(super) fn number(&self) -> Option<&Number> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    pub(super) fn count(&self) -> Option<u64> {
        if let Self::Count(count) = self { Some(*count) } else { None }
    }
}

/// A regular expression, compiled when it is first needed. Copies share it.
#[derive(Clone)]
pub struct Pattern(Arc<Compiled>);

struct Compiled {
    text: String,
    regex: OnceLock<Result<Regex, BuildError>>,
}

impl Pattern {
    /// A pattern in the syntax of the `regex` crate.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Arc::new(Compiled { text: text.into(), regex: OnceLock::new() }))
    }

    /// The pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Whether it matches somewhere in a text. A pattern that is not valid matches nothing.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.compiled().as_ref().is_ok_and(|regex| regex.is_match(text))
    }

    /// Why it is not valid, if it is not.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        let error = self.compiled().as_ref().err()?;
        let text = match (error.syntax_error(), error.size_limit()) {
            (Some(error), _) => error.to_string(),
            (None, Some(most)) => format!("Compiled regex exceeds size limit of {most} bytes."),
            (None, None) => error.to_string(),
        };
        let last = text.lines().last().unwrap_or_default();
        Some(last.trim_start_matches("error: ").to_owned())
    }

    /// Groups are not captured: they are not used, and space for hundreds of them in a large pattern would
    /// take gigabytes.
    fn compiled(&self) -> &Result<Regex, BuildError> {
        /// The limit of the `regex` crate.
        const MOST_BYTES: usize = 10 * (1 << 20);
        self.0.regex.get_or_init(|| {
            let config = Regex::config()
                .which_captures(WhichCaptures::Implicit)
                .nfa_size_limit(Some(MOST_BYTES));
            Regex::builder().configure(config).build(&self.0.text)
        })
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.text == other.0.text
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0.text, f)
    }
}

/// Compares numbers: integers exactly, whatever their size.
pub(crate) fn compare(left: &Number, right: &Number) -> Option<Ordering> {
    match (left.as_i128(), right.as_i128()) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}

/// A number as people write it: a whole one without a fraction.
pub(crate) fn plain(number: &Number) -> Number {
    /// Up to here, floats and integers name the same whole numbers.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match number.as_f64() {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole, and smaller than 2^53")]
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < EXACT => {
            Number::from(float as i64)
        }
        _ => number.clone(),
    }
}

pub(super) fn number(value: &Value) -> Result<Operand, String> {
    match value {
        Value::Number(number) => Ok(Operand::Number(plain(number))),
        _ => Err("must be a number".to_owned()),
    }
}

pub(super) fn count(value: &Value) -> Result<Operand, String> {
    let whole = match value {
        Value::Number(number) => plain(number).as_u64(),
        _ => None,
    };
    whole.map(Operand::Count).ok_or_else(|| "must be a whole number of at least 0".to_owned())
}
