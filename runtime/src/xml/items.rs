//! Lists whose items a vendor wraps in elements of one name: `<Users><member>…</member></Users>`.

use serde_json::{Map, Value};

/// Leaves out the elements of a name that hold items: an element with nothing else in it is a list. An empty one stays a text, which only a
/// schema tells from a list.
pub fn unwrap_items(value: &mut Value, name: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| unwrap_items(item, name)),
        Value::Object(fields) => {
            fields.values_mut().for_each(|field| unwrap_items(field, name));
            if fields.len() == 1
                && let Some(items) = fields.remove(name)
            {
                *value = if items.is_array() { items } else { Value::Array(vec![items]) };
            }
        }
        _ => {}
    }
}

/// Puts the items of every list in elements of a name: the reverse of [`unwrap_items`].
pub fn wrap_items(value: &mut Value, name: &str) {
    match value {
        Value::Array(items) => {
            items.iter_mut().for_each(|item| wrap_items(item, name));
            *value = Value::Object(Map::from_iter([(name.to_owned(), value.take())]));
        }
        Value::Object(fields) => fields.values_mut().for_each(|field| wrap_items(field, name)),
        _ => {}
    }
}
