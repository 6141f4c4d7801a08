//! The index of the catalogue, from `catalog/index.json`: what the site needs of it.

use indexmap::IndexMap;
use serde::Deserialize;

/// `catalog/index.json`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Index {
    pub(crate) title: String,
    /// Markdown.
    #[serde(default)]
    pub(crate) description: String,
    /// Ids and titles, in the order of the catalogue.
    #[serde(default)]
    pub(crate) categories: IndexMap<String, String>,
    #[serde(default)]
    pub(crate) integrations: Vec<Integration>,
}

/// An integration. What says nothing is left out of the file, so that every list has a default.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Integration {
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) category: String,
    /// Other words for it.
    #[serde(default)]
    pub(crate) keywords: Vec<String>,
    #[serde(default)]
    pub(crate) authentication_kinds: Vec<String>,
    /// The URL scheme of its servers.
    pub(crate) protocol: String,
    #[serde(default)]
    pub(crate) groups: IndexMap<String, String>,
    pub(crate) deprecated: Option<serde_json::Value>,
    /// The Markdown page, below `generated/docs`.
    pub(crate) page: String,
    pub(crate) spec: String,
    /// The JSON file, below `catalog`.
    pub(crate) file: String,
    #[serde(default)]
    pub(crate) actions: Vec<Head>,
    #[serde(default)]
    pub(crate) triggers: Vec<Head>,
}

/// An action or a trigger.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Head {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    /// `read`, `write` or `destructive`; of an action.
    pub(crate) effect: Option<String>,
    /// `polling` or `webhook`; of a trigger.
    pub(crate) kind: Option<String>,
    #[serde(default)]
    pub(crate) deprecated: bool,
    pub(crate) group: Option<String>,
    /// Other words for it.
    #[serde(default)]
    pub(crate) keywords: Vec<String>,
    /// Whether the action has a result of a type.
    #[serde(default)]
    pub(crate) has_result: bool,
    #[serde(default)]
    pub(crate) renamed_from: Vec<String>,
    pub(crate) page: String,
    pub(crate) spec: String,
}

impl Integration {
    /// The folder of its pages, from `confluence/README.md`.
    pub(crate) fn slug(&self) -> &str {
        self.page.split('/').next().unwrap_or_default()
    }
}
