//! What the last import wrote, kept beside the specs in a hidden file: the base of the next merge.

use std::path::Path;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The file's name. Hidden files are no specs.
pub(in crate::import) const FILE: &str = ".import.json";

/// What an import wrote.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(in crate::import) struct Record {
    /// The document, as `source` names it.
    #[serde(default)]
    pub(in crate::import) document: String,
    /// Its version.
    #[serde(default)]
    pub(in crate::import) version: Option<String>,
    /// `integration.yaml`
    #[serde(default)]
    pub(in crate::import) integration: Option<Value>,
    /// The actions, by id.
    #[serde(default)]
    pub(in crate::import) actions: IndexMap<String, Action>,
    /// The example files, by name.
    #[serde(default)]
    pub(in crate::import) examples: IndexMap<String, Value>,
}

/// An action that an import wrote.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(in crate::import) struct Action {
    /// Its operation: method and path.
    pub(in crate::import) operation: String,
    /// `actions/<id>.yaml`
    pub(in crate::import) spec: Value,
}

impl Record {
    /// The record of an integration's folder; an empty one if there is none, or none that can be read.
    pub(in crate::import) fn read(folder: &Path) -> Self {
        let text = std::fs::read_to_string(folder.join(FILE)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// The record as a file: an action a line, so that version control shows which changed.
    pub(in crate::import) fn text(&self) -> String {
        let json = |value: Value| value.to_string();
        let lines = |entries: Vec<(String, Value)>| {
            let lines: Vec<String> = entries
                .into_iter()
                .map(|(key, value)| format!("{}: {}", Value::from(key), json(value)))
                .collect();
            if lines.is_empty() {
                "{}".to_owned()
            } else {
                format!("{{\n{}\n}}", lines.join(",\n"))
            }
        };
        let actions = self
            .actions
            .iter()
            .map(|(id, action)| (id.clone(), serde_json::to_value(action).unwrap_or_default()))
            .collect();
        let examples =
            self.examples.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        format!(
            "{{\n\"document\": {},\n\"version\": {},\n\"integration\": {},\n\"actions\": {},\n\"examples\": {}\n}}\n",
            Value::from(self.document.as_str()),
            Value::from(self.version.as_deref()),
            self.integration.clone().unwrap_or_default(),
            lines(actions),
            lines(examples),
        )
    }
}
