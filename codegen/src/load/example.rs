//! Example files: JSON with exact places, without duplicate keys.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::ExampleFile;
use crate::diagnostics::{Code, Diagnostic, SourceFile};

const TWICE: &str = "is repeated";

/// The value of an example file.
pub(super) fn parse(file: &Arc<SourceFile>) -> Result<ExampleFile, Diagnostic> {
    // A byte order mark is tolerated; offsets are counted from behind it.
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
    let skipped = file.text.len() - text.len();
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Unique.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    value
        .map(|value| ExampleFile { file: Arc::clone(file), value })
        .map_err(|error| fault(file, text, skipped, &error))
}

fn fault(
    file: &Arc<SourceFile>,
    text: &str,
    skipped: usize,
    error: &serde_json::Error,
) -> Diagnostic {
    let at = skipped + offset(text, error.line(), error.column());
    let whole = error.to_string();
    let message = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(message, _)| message);
    if text.trim().is_empty() {
        return Diagnostic::error(Code::EmptyFile, file.beginning(), "the file is empty").help(
            "write the example, or delete the file and waive it with `example: {none: why}`",
        );
    }
    if let Some(key) = message.strip_suffix(TWICE) {
        // serde_json stops at the closing quote of the key.
        let start = file.text[..at].rfind('"').unwrap_or(at);
        let end = at + 1;
        return Diagnostic::error(
            Code::DuplicateKey,
            file.span(start..end),
            format!("duplicate key {key}in one object"),
        )
        .label("repeated here")
        .help("remove one of the two");
    }
    if message.contains("recursion limit") {
        return Diagnostic::error(
            Code::TooDeep,
            file.span(at..at + 1),
            "values are nested too deeply",
        )
        .label("more than 128 levels")
        .help("shorten the example");
    }
    Diagnostic::error(
        Code::Syntax,
        file.span(at..at + 1),
        format!("this is not valid JSON: {message}"),
    )
    .label("here")
}

/// From `serde_json`'s line and byte column, both from 1, to the byte they mean.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (start + column.saturating_sub(1)).min(text.len())
}

/// Decodes any JSON and refuses objects with a key that stands twice.
struct Unique;

impl<'de> DeserializeSeed<'de> for Unique {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unique {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let (mut object, mut seen) = (Map::new(), HashSet::new());
        while let Some(key) = entries.next_key::<String>()? {
            if !seen.insert(key.clone()) {
                return Err(A::Error::custom(format!("`{key}` {TWICE}")));
            }
            object.insert(key, entries.next_value_seed(Self)?);
        }
        Ok(Value::Object(object))
    }
}
