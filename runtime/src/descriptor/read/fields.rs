//! The fields of a JSON object, each asked for by name.

use std::cell::Cell;
use std::fmt;

use serde_core::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::descriptor::Literal;

/// What is wrong with a text.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::descriptor) struct Damage(String);

impl Damage {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An object whose fields are read; [`end`](Self::end) makes sure that none was left.
pub(super) struct Fields<'a> {
    of: &'static str,
    map: &'a Map<String, Value>,
    read: Cell<usize>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(of: &'static str, value: &'a Value) -> Result<Self, Damage> {
        let map = value.as_object().ok_or_else(|| Damage::new(format!("{of} is no object")))?;
        Ok(Self { of, map, read: Cell::new(0) })
    }

    /// A field. Each is asked for once.
    pub(super) fn get(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key).inspect(|_| self.read.set(self.read.get() + 1))
    }

    pub(super) fn wrong(&self, key: &str) -> Damage {
        Damage::new(format!("`{key}` of {} is missing or wrong", self.of))
    }

    /// A field, made into something else; `None` if it is not there.
    pub(super) fn map<T>(
        &self,
        key: &str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, Damage> {
        self.get(key).map(|value| read(value).ok_or_else(|| self.wrong(key))).transpose()
    }

    /// A field that is read by its own rules; `None` if it is not there.
    pub(super) fn read<T>(
        &self,
        key: &str,
        read: impl FnOnce(&'a Value) -> Result<T, Damage>,
    ) -> Result<Option<T>, Damage> {
        self.get(key).map(read).transpose()
    }

    pub(super) fn text_option(&self, key: &str) -> Result<Option<&'static str>, Damage> {
        self.map(key, |value| value.as_str().map(kept))
    }

    /// A text; empty if it is not there.
    pub(super) fn text(&self, key: &str) -> Result<&'static str, Damage> {
        self.text_option(key).map(Option::unwrap_or_default)
    }

    pub(super) fn flag(&self, key: &str) -> Result<bool, Damage> {
        self.map(key, Value::as_bool).map(Option::unwrap_or_default)
    }

    pub(super) fn count(&self, key: &str) -> Result<Option<u64>, Damage> {
        self.map(key, Value::as_u64)
    }

    pub(super) fn number(&self, key: &str) -> Result<Option<f64>, Damage> {
        self.map(key, Value::as_f64)
    }

    /// A value of a type of the model.
    pub(super) fn named<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, Damage> {
        self.map(key, |value| T::deserialize(value).ok())
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(
        &self,
        key: &str,
        default: T,
        words: &[(&str, T)],
    ) -> Result<T, Damage> {
        let found = self.map(key, |value| word(value, words))?;
        Ok(found.unwrap_or(default))
    }

    /// A list; empty if it is not there.
    pub(super) fn list<T>(
        &self,
        key: &str,
        read: impl FnMut(&'a Value) -> Result<T, Damage>,
    ) -> Result<&'static [T], Damage> {
        let Some(value) = self.get(key) else { return Ok(&[]) };
        let items = value.as_array().ok_or_else(|| self.wrong(key))?;
        Ok(items.iter().map(read).collect::<Result<Vec<T>, _>>()?.leak())
    }

    pub(super) fn texts(&self, key: &str) -> Result<&'static [&'static str], Damage> {
        self.list(key, |value| value.as_str().map(kept).ok_or_else(|| self.wrong(key)))
    }

    pub(super) fn literals(&self, key: &str) -> Result<&'static [Literal], Damage> {
        self.list(key, |value| Ok(literal(value)))
    }

    /// An object as a list of names and what stands there; empty if it is not there.
    pub(super) fn entries<T>(
        &self,
        key: &str,
        mut read: impl FnMut(&'a Value) -> Option<T>,
    ) -> Result<&'static [(&'static str, T)], Damage> {
        let Some(value) = self.get(key) else { return Ok(&[]) };
        let entries = value.as_object().ok_or_else(|| self.wrong(key))?;
        let entries = entries.iter().map(|(name, value)| Some((kept(name), read(value)?)));
        Ok(entries.collect::<Option<Vec<_>>>().ok_or_else(|| self.wrong(key))?.leak())
    }

    pub(super) fn pairs(
        &self,
        key: &str,
    ) -> Result<&'static [(&'static str, &'static str)], Damage> {
        self.entries(key, |value| value.as_str().map(kept))
    }

    /// Makes sure that every field was asked for.
    pub(super) fn end(self) -> Result<(), Damage> {
        if self.read.get() == self.map.len() {
            Ok(())
        } else {
            Err(Damage::new(format!(
                "{} has fields that are not known: {:?}",
                self.of,
                self.map.keys().collect::<Vec<_>>()
            )))
        }
    }
}

/// What a word means.
pub(super) fn word<T: Copy>(value: &Value, words: &[(&str, T)]) -> Option<T> {
    let text = value.as_str()?;
    words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning)
}

/// A text that stays for as long as the program runs.
pub(super) fn kept(text: &str) -> &'static str {
    if text.is_empty() { "" } else { text.to_owned().leak() }
}

pub(super) fn literal(value: &Value) -> Literal {
    match value {
        Value::Null => Literal::Null,
        Value::Bool(value) => Literal::Bool(*value),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Literal::Int(whole),
            None => Literal::Float(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => Literal::Str(kept(text)),
        Value::Array(_) | Value::Object(_) => Literal::Json(value.to_string().leak()),
    }
}
