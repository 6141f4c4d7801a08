//! Bytes to a tree of JSON values: JSON or YAML, tolerantly, within limits.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::Failure;
use super::rules::{Report, Rule};

/// The largest document that is read.
const MOST_BYTES: usize = 256 << 20;
/// The most values that a document may have: a gigabyte of memory, and four times the largest document known.
const MOST_VALUES: usize = 12_000_000;

/// The most brackets that may be open at once: the time of the YAML parser grows with the square of them.
const MOST_OPEN: usize = 4_000;

/// The document as JSON.
pub(super) fn read(bytes: &[u8], report: &mut Report) -> Result<Value, Failure> {
    if bytes.len() > MOST_BYTES {
        return Err(Failure::TooLarge { limit: MOST_BYTES >> 20 });
    }
    let text = String::from_utf8_lossy(bytes);
    if matches!(text, std::borrow::Cow::Owned(_)) {
        report.add(Rule::NotUtf8, "", "the document");
    }
    let text = text.trim_start_matches('\u{feff}');
    let tolerant = Tolerant { state: &RefCell::new(State { values: 0, twice: Vec::new() }) };
    let value = if text.trim_start().starts_with(['{', '[']) {
        json(text, tolerant).or_else(|error| match &error {
            // The limit on nesting is not a syntax error, so reading the text as YAML would not help.
            Failure::Syntax { message } if message.contains("recursion limit") => Err(error),
            _ => yaml(text, tolerant, report).map_err(|_| error),
        })?
    } else {
        yaml(text, tolerant, report)?
    };
    for key in &tolerant.state.borrow().twice {
        report.add(Rule::DuplicateKey, "", format!("`{key}`"));
    }
    Ok(value)
}

fn json(text: &str, tolerant: Tolerant) -> Result<Value, Failure> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = tolerant.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    value.map_err(|error| Failure::Syntax { message: error.to_string() })
}

fn yaml(text: &str, tolerant: Tolerant, report: &mut Report) -> Result<Value, Failure> {
    if depth(text) > MOST_OPEN {
        return Err(Failure::Syntax { message: "values are nested too deeply".to_owned() });
    }
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let first = documents
        .next()
        .ok_or_else(|| Failure::Syntax { message: "the document is empty".to_owned() })?;
    let value = tolerant
        .deserialize(first)
        .map_err(|error| Failure::Syntax { message: error.to_string() })?;
    if documents.next().is_some() {
        report.add(Rule::SeveralDocuments, "", "the rest of the stream");
    }
    Ok(value)
}

/// How many brackets and braces are open at most. Those of texts count too, so this is only good for a generous limit.
fn depth(text: &str) -> usize {
    let mut open = 0_usize;
    let mut most = 0;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}

struct State {
    values: usize,
    twice: Vec<String>,
}

/// Reads any value; keys of any scalar type become text, and the last of equal keys counts.
#[derive(Clone, Copy)]
struct Tolerant<'s> {
    state: &'s RefCell<State>,
}

impl Tolerant<'_> {
    fn count<E: Error>(self) -> Result<(), E> {
        let mut state = self.state.borrow_mut();
        state.values += 1;
        if state.values > MOST_VALUES {
            Err(E::custom("the document has too many values"))
        } else {
            Ok(())
        }
    }
}

impl<'de> DeserializeSeed<'de> for Tolerant<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.count()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tolerant<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
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

    #[expect(clippy::cast_precision_loss, reason = "JSON has no larger whole numbers")]
    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    #[expect(clippy::cast_precision_loss, reason = "JSON has no larger whole numbers")]
    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or_else(|| Value::from(value.to_string()), Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key_seed(self)? {
            let key = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
            let value = entries.next_value_seed(self)?;
            if object.insert(key.clone(), value).is_some() && key != "<<" {
                let mut state = self.state.borrow_mut();
                if state.twice.len() < 1000 {
                    state.twice.push(key);
                }
            }
        }
        // A merge key of YAML 1.1: what it brings, the object's own keys override.
        if let Some(merged) = object.shift_remove("<<") {
            let sources = if let Value::Array(sources) = merged { sources } else { vec![merged] };
            for (key, value) in sources
                .into_iter()
                .filter_map(|source| if let Value::Object(map) = source { Some(map) } else { None })
                .flatten()
            {
                object.entry(key).or_insert(value);
            }
        }
        Ok(Value::Object(object))
    }

    fn visit_enum<A: serde::de::EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        // A value with a YAML tag: the tag says nothing here.
        use serde::de::VariantAccess;
        let (_, value) = access.variant_seed(self)?;
        value.newtype_variant_seed(self)
    }
}
