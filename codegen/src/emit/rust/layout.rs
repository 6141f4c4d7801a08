//! The layout of JSON files that a crate includes: short enough that rustc reads little, with lines that a reviewer can compare.

use serde_json::Value;

/// JSON is kept on one line up to this width.
const WIDTH: usize = 120;

/// JSON text: what fits on a line is kept on one, everything else is broken up and indented by one space a level.
pub(super) fn json(value: &Value) -> String {
    let mut text = String::new();
    write(value, 0, 0, &mut text);
    text.push('\n');
    text
}

/// Writes a value that begins after `used` characters of its line.
fn write(value: &Value, depth: usize, used: usize, text: &mut String) {
    let compact = value.to_string();
    if compact.len() + used <= WIDTH {
        text.push_str(&compact);
        return;
    }
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let fields = fields.iter().map(|(key, value)| {
                let key = Value::from(key.as_str()).to_string() + ": ";
                (key, value)
            });
            broken(('{', '}'), fields, depth, text);
        }
        Value::Array(items) if !items.is_empty() => {
            broken(('[', ']'), items.iter().map(|item| (String::new(), item)), depth, text);
        }
        _ => text.push_str(&compact),
    }
}

fn broken<'a>(
    (open, close): (char, char),
    items: impl Iterator<Item = (String, &'a Value)>,
    depth: usize,
    text: &mut String,
) {
    text.push(open);
    for (index, (key, value)) in items.enumerate() {
        text.push_str(if index > 0 { ",\n" } else { "\n" });
        text.extend(std::iter::repeat_n(' ', depth + 1));
        text.push_str(&key);
        write(value, depth + 1, depth + 2 + key.len(), text);
    }
    text.push('\n');
    text.extend(std::iter::repeat_n(' ', depth));
    text.push(close);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn what_fits_stands_on_one_line() {
        assert_eq!(super::json(&json!({"a": [1, "b"]})), "{\"a\":[1,\"b\"]}\n");
        let long = "x".repeat(100);
        let value = json!({"a": [long, {"b": 1}], "c": {}});
        let text = super::json(&value);
        assert_eq!(text, format!("{{\n \"a\": [\"{long}\",{{\"b\":1}}],\n \"c\": {{}}\n}}\n"));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).expect("JSON"), value);
    }
}
