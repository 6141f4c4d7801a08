//! The XML of a request body, as its JSON says: see `BodyKind::Xml`.

use serde_json::Value;

/// A document with one element a line.
pub(in crate::emit) fn document(value: &Value) -> String {
    let mut out = String::new();
    if let Value::Object(fields) = value {
        fields.iter().for_each(|(name, root)| element(&mut out, name, root, 0));
    }
    out.trim_end().to_owned()
}

fn element(out: &mut String, name: &str, value: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Null => {}
        Value::Array(items) => items.iter().for_each(|item| element(out, name, item, depth)),
        Value::Object(fields) => {
            let attributes: String = fields
                .iter()
                .filter_map(|(key, value)| {
                    Some(format!(" {}=\"{}\"", key.strip_prefix('@')?, escaped(value)))
                })
                .collect();
            out.push_str(&format!("{indent}<{name}{attributes}>\n"));
            for (key, value) in fields.iter().filter(|(key, _)| !key.starts_with('@')) {
                if key == "#text" {
                    out.push_str(&format!("{indent}  {}\n", escaped(value)));
                } else {
                    element(out, key, value, depth + 1);
                }
            }
            out.push_str(&format!("{indent}</{name}>\n"));
        }
        scalar => out.push_str(&format!("{indent}<{name}>{}</{name}>\n", escaped(scalar))),
    }
}

fn escaped(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn a_document_reads_as_xml() {
        let value = json!({"Tagging": {"@xmlns": "urn:x", "TagSet": {"Tag": [{"Key": "a&b"}, {"Key": 7}]}, "Note": null}});
        let expected = "\
<Tagging xmlns=\"urn:x\">
  <TagSet>
    <Tag>
      <Key>a&amp;b</Key>
    </Tag>
    <Tag>
      <Key>7</Key>
    </Tag>
  </TagSet>
</Tagging>";
        assert_eq!(super::document(&value), expected);
    }
}
