//! What failures mean.

use serde::{Deserialize, Serialize};

/// What an error means: its description, or its description with a remedy.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged, deny_unknown_fields)]
pub enum ErrorCase {
    /// Its meaning. Markdown.
    Description(String),
    /// More facts.
    Detailed {
        /// Its meaning. Markdown.
        description: String,
        /// What the caller can do about it. Markdown.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        remedy: Option<String>,
        /// Whether the same request can succeed later.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        retryable: bool,
    },
}

impl ErrorCase {
    /// Its meaning. Markdown.
    #[must_use]
    pub fn description(&self) -> &str {
        match self {
            Self::Description(description) | Self::Detailed { description, .. } => description,
        }
    }

    /// Its meaning and, if there is one, the remedy. Markdown.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Description(description) | Self::Detailed { description, remedy: None, .. } => {
                description.clone()
            }
            Self::Detailed { description, remedy: Some(remedy), .. } => {
                format!("{description} {remedy}")
            }
        }
    }

    /// Whether the same request can succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Detailed { retryable: true, .. })
    }
}
