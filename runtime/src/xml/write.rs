//! JSON to XML.

use quick_xml::escape::escape;
use serde_json::{Map, Value};

use super::{ATTRIBUTE, TEXT};

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;

/// Writes a document. Fails if the value is not one element, if a name is none of XML, or if a text holds what XML cannot say.
pub fn write(value: &Value) -> Result<String, String> {
    let Some((name, root)) =
        value.as_object().filter(|all| all.len() == 1).and_then(|all| all.iter().next())
    else {
        return Err("an XML document is one element: an object of one key".to_owned());
    };
    if root.is_array() {
        return Err(format!("an XML document is one element, and `{name}` repeats"));
    }
    let mut out = DECLARATION.to_owned();
    element(&mut out, name, root)?;
    Ok(out)
}

fn element(out: &mut String, name: &str, value: &Value) -> Result<(), String> {
    check_name(name)?;
    match value {
        Value::Null => {}
        Value::Array(items) => {
            for item in items {
                element(out, name, item)?;
            }
        }
        Value::Object(fields) => object(out, name, fields)?,
        scalar => {
            let text = text_of(scalar)?;
            out.extend(["<", name, ">", &text, "</", name, ">"]);
        }
    }
    Ok(())
}

fn object(out: &mut String, name: &str, fields: &Map<String, Value>) -> Result<(), String> {
    out.extend(["<", name]);
    for (key, value) in fields {
        if let Some(attribute) = key.strip_prefix(ATTRIBUTE).filter(|_| !value.is_null()) {
            check_name(attribute)?;
            // A reader takes white space that is written as it is for spaces (XML 1.0, section 3.3.3).
            let text = text_of(value)?.replace('\t', "&#9;").replace('\n', "&#10;");
            out.extend([" ", attribute, "=\"", &text, "\""]);
        }
    }
    out.push('>');
    for (key, value) in fields {
        if key == TEXT {
            out.push_str(&text_of(value)?);
        } else if !key.starts_with(ATTRIBUTE) {
            element(out, key, value)?;
        }
    }
    out.extend(["</", name, ">"]);
    Ok(())
}

fn text_of(value: &Value) -> Result<String, String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        Value::Null => String::new(),
        Value::Array(_) | Value::Object(_) => {
            return Err("an attribute or a text of XML is one text".to_owned());
        }
    };
    // XML 1.0, section 2.2: no reference can stand for these either.
    let is_forbidden = |c: char| {
        (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    if text.contains(is_forbidden) {
        return Err("a text holds a control character, which XML cannot say".to_owned());
    }
    Ok(escape(text.as_str()).into_owned())
}

/// XML 1.0, section 2.3, for names as vendors use them: letters of any script, digits, and `_`, `-`, `.`, `:`.
fn check_name(name: &str) -> Result<(), String> {
    let first = name.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    let rest = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'));
    if first && rest {
        Ok(())
    } else {
        Err(format!("`{}` is not the name of an XML element", name.escape_debug()))
    }
}
