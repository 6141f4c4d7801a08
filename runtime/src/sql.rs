//! Values of SQL: the types that parameters are bound as, and what JSON fits each of them. What stands in a statement's text is never here.

use std::borrow::Cow;

use base64::Engine as _;
use serde_json::Value;

/// Most characters of an identifier.
const LONGEST_NAME: usize = 128;
/// Most digits of a `decimal`.
const DIGITS: u8 = 38;

/// A type that a parameter is bound as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SqlType {
    Bit,
    /// Smallest and largest value.
    Whole(i64, i64),
    Float,
    /// Digits, and how many of them are decimal places.
    Decimal(u8, u8),
    /// Most UTF-16 code units; `None`: as many as there is room for.
    Text(Option<usize>),
    /// Most bytes.
    Binary(Option<usize>),
    /// What the server reads from a text: dates, times, identifiers, XML.
    Parsed,
}

impl SqlType {
    /// The type of a name, as Transact-SQL writes it, in lower case and without spaces.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "bit" => Self::Bit,
            "tinyint" => Self::Whole(0, 255),
            "smallint" => Self::Whole(i16::MIN.into(), i16::MAX.into()),
            "int" => Self::Whole(i32::MIN.into(), i32::MAX.into()),
            "bigint" => Self::Whole(i64::MIN, i64::MAX),
            "real" | "float" => Self::Float,
            "date" | "time" | "datetime2" | "datetimeoffset" | "uniqueidentifier" | "xml" => {
                Self::Parsed
            }
            name => {
                let (kind, size) = name.strip_suffix(')')?.split_once('(')?;
                match kind {
                    "decimal" => {
                        let (precision, scale) = size.split_once(',')?;
                        let (precision, scale) = (number(precision)?, number(scale)?);
                        let (precision, scale) =
                            (u8::try_from(precision).ok()?, u8::try_from(scale).ok()?);
                        (1..=DIGITS).contains(&precision).then_some(())?;
                        (scale <= precision).then_some(Self::Decimal(precision, scale))?
                    }
                    "nvarchar" => Self::Text(length(size, 4000)?),
                    "varbinary" => Self::Binary(length(size, 8000)?),
                    _ => return None,
                }
            }
        })
    }
}

/// Digits alone: no sign, no spaces.
fn number(text: &str) -> Option<usize> {
    if text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

/// `max`, or a length that there is.
#[expect(clippy::option_option, reason = "no length, and no limit")]
fn length(size: &str, most: usize) -> Option<Option<usize>> {
    if size == "max" {
        return Some(None);
    }
    number(size).filter(|length| (1..=most).contains(length)).map(Some)
}

/// A value ready to be bound.
#[derive(Debug, PartialEq)]
pub(crate) enum Bound<'a> {
    Null,
    Bit(bool),
    Whole(i64),
    Float(f64),
    /// A whole number, and how many of its digits are decimal places.
    Decimal(i128, u8),
    Text(Cow<'a, str>),
    Binary(Vec<u8>),
}

/// The value as a type. Fails with what it must be.
pub(crate) fn bind<'a>(sql_type: &str, value: &'a Value) -> Result<Bound<'a>, String> {
    let Some(ty) = SqlType::parse(sql_type) else {
        return Err("must be of a type that SQL has".to_owned());
    };
    match (ty, value) {
        (_, Value::Null) => Ok(Bound::Null),
        (SqlType::Bit, Value::Bool(flag)) => Ok(Bound::Bit(*flag)),
        (SqlType::Whole(least, most), Value::Number(number)) => {
            let number = number.as_i64().filter(|number| (least..=most).contains(number));
            number.map(Bound::Whole).ok_or_else(|| {
                format!("must be a whole number from {least} to {most}, as {sql_type}")
            })
        }
        (SqlType::Float, Value::Number(number)) => number
            .as_f64()
            .map(Bound::Float)
            .ok_or_else(|| format!("must be a number, as {sql_type}")),
        (SqlType::Decimal(precision, scale), Value::Number(number)) => {
            decimal(&number.to_string(), precision, scale, sql_type)
        }
        (SqlType::Decimal(precision, scale), Value::String(text)) => {
            decimal(text, precision, scale, sql_type)
        }
        (SqlType::Text(most), Value::String(text)) => match most {
            Some(most) if text.encode_utf16().count() > most => {
                Err(format!("must have at most {most} characters, as {sql_type}"))
            }
            _ => Ok(Bound::Text(Cow::Borrowed(text))),
        },
        (SqlType::Parsed, Value::String(text)) => Ok(Bound::Text(Cow::Borrowed(text))),
        (SqlType::Binary(most), Value::String(text)) => {
            let bytes = base64::engine::general_purpose::STANDARD.decode(text).ok();
            let bytes = bytes.filter(|bytes| most.is_none_or(|most| bytes.len() <= most));
            bytes.map(Bound::Binary).ok_or_else(|| format!("must be base64 that fits {sql_type}"))
        }
        _ => Err(format!("cannot be {sql_type}")),
    }
}

fn decimal(text: &str, precision: u8, scale: u8, sql_type: &str) -> Result<Bound<'static>, String> {
    let wrong = || format!("must be a decimal number that fits {sql_type}");
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = !whole.is_empty()
        && are_digits(whole)
        && are_digits(places)
        && places.len() <= scale.into()
        && whole.trim_start_matches('0').len() <= usize::from(precision - scale)
        && (places.is_empty() != digits.contains('.'));
    if !fits {
        return Err(wrong());
    }
    let padded = format!("{whole}{places:0<width$}", width = usize::from(scale));
    let value: i128 = padded.parse().map_err(|_| wrong())?;
    Ok(Bound::Decimal(sign * value, scale))
}

/// An argument that the caller named: its type and value. Fails with what is wrong with it.
pub(crate) fn argument<'a>(
    name: &str,
    value: &'a Value,
) -> Result<(Cow<'static, str>, &'a Value), String> {
    if !is_name(name) {
        return Err("is not a parameter name: use letters, digits and underscores".to_owned());
    }
    let (ty, value): (Cow<'static, str>, &Value) = match value {
        Value::Null | Value::String(_) => ("nvarchar(max)".into(), value),
        Value::Bool(_) => ("bit".into(), value),
        Value::Number(number) if number.is_f64() => ("float".into(), value),
        Value::Number(_) => ("bigint".into(), value),
        Value::Object(fields) => {
            let [Some(Value::String(ty)), Some(value)] = [fields.get("type"), fields.get("value")]
            else {
                return Err("must be a value, or an object of `type` and `value`".to_owned());
            };
            if fields.len() != 2 || SqlType::parse(ty).is_none() {
                return Err("has a `type` that nothing is bound as".to_owned());
            }
            (ty.clone().into(), value)
        }
        Value::Array(_) => return Err("must be no list".to_owned()),
    };
    bind(&ty, value).map(|_| (ty, value))
}

/// A name after `@`, in ASCII.
pub(crate) fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && name.len() < LONGEST_NAME
}

/// `name`, `schema.name` or `database.schema.name`; parts may be in brackets.
pub(crate) fn is_procedure(text: &str) -> bool {
    let mut rest = text;
    for parts in 1..=3 {
        let Some(length) = part(rest) else { return false };
        rest = &rest[length..];
        match rest.strip_prefix('.') {
            None => return rest.is_empty(),
            Some(after) if parts < 3 => rest = after,
            Some(_) => return false,
        }
    }
    false
}

/// The length of the identifier that a text begins with.
fn part(text: &str) -> Option<usize> {
    let length = if let Some(inner) = text.strip_prefix('[') {
        let mut chars = inner.char_indices().peekable();
        let close = loop {
            match chars.next()? {
                (_, c) if c.is_control() => return None,
                (at, ']') if chars.next_if(|(_, next)| *next == ']').is_none() => break at,
                _ => {}
            }
        };
        (close > 0).then_some(close + 2)?
    } else {
        let is_first = |c: char| c.is_alphabetic() || c == '_' || c == '#';
        text.starts_with(is_first).then_some(())?;
        text.find(|c: char| !(c.is_alphanumeric() || "_@#$".contains(c))).unwrap_or(text.len())
    };
    (text[..length].chars().count() <= LONGEST_NAME).then_some(length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::{Bound, SqlType, argument, bind, is_procedure};

    #[test]
    fn values_are_bound_as_their_types_or_refused() {
        assert_eq!(bind("int", &json!(7)), Ok(Bound::Whole(7)));
        assert_eq!(bind("decimal(5,2)", &json!("-12.5")), Ok(Bound::Decimal(-1250, 2)));
        assert_eq!(bind("decimal(5,2)", &json!(3)), Ok(Bound::Decimal(300, 2)));
        assert_eq!(bind("varbinary(3)", &json!("AQID")), Ok(Bound::Binary(vec![1, 2, 3])));
        assert_eq!(bind("bit", &json!(null)), Ok(Bound::Null));
        let wrong = [
            ("tinyint", json!(256)),
            ("int", json!(3_000_000_000_i64)),
            ("decimal(5,2)", json!("1234.5")),
            ("decimal(5,2)", json!("1.")),
            ("decimal(5,2)", json!("1e3")),
            ("decimal(5,2)", json!("")),
            ("nvarchar(2)", json!("abc")),
            ("varbinary(2)", json!("AQID")),
            ("varbinary(max)", json!("no base64!")),
            ("bit", json!("true")),
            ("int; DROP TABLE t", json!(1)),
        ];
        for (ty, value) in wrong {
            assert!(bind(ty, &value).is_err(), "{ty} {value}");
        }
    }

    #[test]
    fn procedures_are_named_and_nothing_else() {
        for good in [
            "sp_who",
            "dbo.Place Order".replace(' ', "").as_str(),
            "sales.[Place; Order]",
            "db.[my]]schema].p",
            "#temp",
        ] {
            assert!(is_procedure(good), "{good}");
        }
        for bad in [
            "",
            "a b",
            "a;b",
            "a.b.c.d",
            "[a",
            "[]",
            "a.",
            ".a",
            "a'",
            "[a\n]",
            "sp_who @x",
            "a--",
            "1a",
        ] {
            assert!(!is_procedure(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_type_or_name_brings_sql_along(text in "\\PC{0,30}|[a-z0-9(),; ]{0,20}") {
            if SqlType::parse(&text).is_some() {
                prop_assert!(text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "(,)".contains(c)), "{}", text);
            }
            if argument(&text, &json!(1)).is_ok() {
                prop_assert!(text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{}", text);
            }
        }

        #[test]
        fn decimals_lose_no_digit(whole in 0_u64..1_000_000, places in 0_u32..10_000) {
            let text = json!(format!("{whole}.{places:04}"));
            let expected = Bound::Decimal(i128::from(whole) * 10_000 + i128::from(places), 4);
            prop_assert_eq!(bind("decimal(20,4)", &text), Ok(expected));
        }
    }
}
