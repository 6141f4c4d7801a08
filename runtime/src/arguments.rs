//! The arguments of a call, as its caller gave them.

use base64::Engine as _;
use serde_json::Value;

use crate::descriptor::{Parameter, Type};
use crate::file::File;
use crate::values::Values;

/// Arguments by key: JSON, and files beside it.
#[derive(Clone, Default)]
pub(crate) struct Arguments {
    pub(crate) values: Values,
    pub(crate) files: Vec<(String, File)>,
}

impl Arguments {
    /// Whether the caller gave a value.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.values.get(key).is_some() || self.files.iter().any(|(given, _)| given == key)
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|(key, _)| key).chain(self.files.iter().map(|(key, _)| key.as_str()))
    }

    /// What is sent: the caller's value, or the default.
    pub(crate) fn value<'a>(&'a self, parameter: &'a Parameter) -> Option<&'a Value> {
        self.values.get(&parameter.key).or(parameter.schema.default.as_ref())
    }

    /// The files of a parameter; or why its JSON is not a file.
    pub(crate) fn files(&self, parameter: &Parameter) -> Result<Vec<File>, &'static str> {
        let mut files: Vec<File> = self
            .files
            .iter()
            .filter(|(key, _)| *key == parameter.key)
            .map(|(_, file)| file.clone())
            .collect();
        match self.values.get(&parameter.key) {
            Some(Value::Array(items)) if matches!(parameter.schema.ty, Type::Array(_)) => {
                for item in items {
                    files.push(file_of(item)?);
                }
            }
            Some(value) => files.push(file_of(value)?),
            None => {}
        }
        Ok(files)
    }
}

fn file_of(value: &Value) -> Result<File, &'static str> {
    const WRONG: &str =
        "must be a string, or an object with `content` in base64 and optionally `name`";
    match value {
        Value::String(text) => Ok(File::from(text.as_str())),
        Value::Object(fields) => {
            let content = fields.get("content").and_then(Value::as_str).ok_or(WRONG)?;
            let bytes =
                base64::engine::general_purpose::STANDARD.decode(content).map_err(|_| WRONG)?;
            let name = match fields.get("name") {
                None | Some(Value::Null) => None,
                Some(Value::String(name)) => Some(name.clone()),
                Some(_) => return Err(WRONG),
            };
            Ok(File { name, ..File::new(bytes) })
        }
        _ => Err(WRONG),
    }
}
