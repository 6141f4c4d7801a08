//! Schemas of XML: which properties are attributes, and what the root element is called. See `BodyKind::Xml` and `OutputKind::Xml`.

use serde_json::{Map, Value, json};

/// The schema of the root element, from the schema of the object whose one key names it.
pub(super) fn root(schema: &Value) -> Value {
    let properties = schema["properties"].as_object();
    let mut only = properties.into_iter().flatten();
    match (only.next(), only.next()) {
        (Some((name, element)), None) => {
            let mut element = annotated(element);
            if let Value::Object(fields) = &mut element {
                fields.insert("xml".to_owned(), json!({ "name": name }));
            }
            element
        }
        _ => annotated(schema),
    }
}

/// The schema, with a word on each property that is an attribute.
pub(super) fn annotated(schema: &Value) -> Value {
    let Value::Object(fields) = schema else { return schema.clone() };
    let annotate = |(key, value): (&String, &Value)| {
        let value = match (key.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                Value::Object(properties.iter().map(property).collect::<Map<_, _>>())
            }
            ("items" | "additionalProperties", schema) => annotated(schema),
            ("prefixItems" | "anyOf" | "oneOf" | "allOf", Value::Array(schemas)) => {
                schemas.iter().map(annotated).collect()
            }
            (_, other) => other.clone(),
        };
        (key.clone(), value)
    };
    Value::Object(fields.iter().map(annotate).collect())
}

fn property((name, schema): (&String, &Value)) -> (String, Value) {
    let mut schema = annotated(schema);
    if let (Some(attribute), Value::Object(fields)) = (name.strip_prefix('@'), &mut schema) {
        fields.insert("xml".to_owned(), json!({ "name": attribute, "attribute": true }));
    }
    (name.clone(), schema)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_has_its_name_and_attributes_are_told() {
        let schema = json!({"type": "object", "properties": {"Tagging": {
            "type": "object",
            "properties": {"@xmlns": {"const": "urn:x"}, "Tag": {"type": "array", "items": {"properties": {"@id": {}}}}},
        }}});
        let expected = json!({
            "type": "object",
            "properties": {
                "@xmlns": {"const": "urn:x", "xml": {"name": "xmlns", "attribute": true}},
                "Tag": {"type": "array", "items": {"properties": {"@id": {"xml": {"name": "id", "attribute": true}}}}},
            },
            "xml": {"name": "Tagging"},
        });
        assert_eq!(root(&schema), expected);
    }
}
