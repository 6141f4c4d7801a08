//! Fields: lines of `name: value` over TCP.

use serde_json::{Map, Value, json};

use super::{Answer, Kind};
use crate::content::{Form, Unreadable};

/// Fields: lines of `name: value` over TCP.
pub(super) struct Fields;

impl Kind for Fields {
    fn is_read(&self) -> bool {
        false
    }

    fn form(&self) -> Form {
        Form::Json
    }

    fn of_texts(&self, _: &Answer<'_>) -> Option<Result<Value, Unreadable>> {
        None
    }

    fn may_say_failure(&self) -> bool {
        true
    }

    fn of_line(&self, text: &str) -> Value {
        json!({ "objects": objects(text), "text": text })
    }
}

/// The blocks of a text with their fields, each a list of its values.
fn objects(text: &str) -> Vec<Value> {
    let mut objects = Vec::new();
    let mut current = Map::new();
    let mut last: Option<String> = None;
    for line in text.lines() {
        if line.trim().is_empty() {
            last = None;
            if !current.is_empty() {
                objects.push(Value::Object(std::mem::take(&mut current)));
            }
        } else if line.starts_with(['%', '#']) {
            last = None;
        } else if let Some((name, value)) = field(line) {
            let values = current.entry(name).or_insert_with(|| json!([]));
            if let Value::Array(values) = values {
                values.push(Value::from(value));
            }
            last = Some(name.to_owned());
        } else if let Some(name) = last.as_ref().filter(|_| line.starts_with([' ', '\t', '+'])) {
            let more = line[1..].trim();
            if let Some(Value::String(value)) = current
                .get_mut(name)
                .and_then(Value::as_array_mut)
                .and_then(|values| values.last_mut())
            {
                value.push('\n');
                value.push_str(more);
            }
        } else {
            last = None;
        }
    }
    if !current.is_empty() {
        objects.push(Value::Object(current));
    }
    objects
}

/// `name: value`. A name begins with a letter and has at most 64 characters; what follows its colon begins with a space, or is nothing.
fn field(line: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 64;
    let (name, value) = line.split_once(':')?;
    let name = name.trim();
    let is_name = name.starts_with(char::is_alphabetic) && name.chars().count() <= LONGEST;
    (is_name && (value.is_empty() || value.starts_with([' ', '\t']))).then(|| (name, value.trim()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::objects;

    #[test]
    fn lines_become_objects() {
        let text = "% a comment\n\ninetnum:  192.0.2.0 - 192.0.2.255\ndescr: First\ndescr: Second\nremarks: one\n two\n+\n\n   Domain Name: EXAMPLE.COM\n   URL: https://example.com\n>>> Last update: 2026 <<<\nNo colon here\n http://x\nEmpty:\n";
        let expected = json!([
            {"inetnum": ["192.0.2.0 - 192.0.2.255"], "descr": ["First", "Second"], "remarks": ["one\ntwo\n"]},
            {"Domain Name": ["EXAMPLE.COM"], "URL": ["https://example.com"], "Empty": [""]},
        ]);
        assert_eq!(serde_json::Value::Array(objects(text)), expected);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[ a+%:\\n\\t\\PC]{0,80}") {
            let _ = objects(&text);
        }
    }
}
