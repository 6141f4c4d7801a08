//! Small values that several kinds of spec file share.

use actionspec_model::Waiver;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A change to a spec, for users of the generated code and pages.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Change {
    /// The date, ISO 8601.
    #[schemars(example = &"2026-01-31")]
    pub date: String,
    /// The kind of change.
    pub kind: ChangeKind,
    /// A description for users. Markdown, one or two sentences.
    pub description: String,
    /// Whether existing calls may fail.
    #[serde(default)]
    pub breaking: bool,
}

/// The kind of a change, as in keepachangelog.com.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ChangeKind {
    /// A new feature.
    Added,
    /// Changed behaviour, or a new name.
    Changed,
    /// A feature that will be removed.
    Deprecated,
    /// A removed feature.
    Removed,
    /// A fixed error.
    Fixed,
}

/// A link with a label.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The text of the link.
    pub title: String,
    /// An absolute `https` URL.
    #[schemars(url)]
    pub url: String,
}

/// The kind of a note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum NoteKind {
    /// Useful information.
    #[default]
    Note,
    /// A helpful hint.
    Tip,
    /// Required for success.
    Important,
    /// A possible problem.
    Warning,
    /// A risk of data loss or of a security problem.
    Caution,
}

/// A note in a box.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Notes {
    /// Its text, Markdown, in a box of kind `note`.
    Text(String),
    /// A box of another kind.
    Note(Note),
}

/// A note with an explicit kind.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Note {
    /// The kind of box.
    #[serde(default)]
    pub kind: NoteKind,
    /// Markdown.
    pub text: String,
}

/// The required permissions, or the reason why none are required.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Permissions {
    // The list stands first: serde reads a struct from a list too, so that a list of one name would pass for a waiver.
    /// All of these are required.
    All(Vec<Permission>),
    /// None are required; the reason.
    None(Waiver),
}

/// One permission: its name, or its name with more facts.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Permission {
    /// The permission in the vendor's words. Markdown.
    Name(String),
    /// A permission with its kind, condition or link.
    Detailed {
        /// The permission in the vendor's words. Markdown.
        name: String,
        /// The kind of permission.
        #[serde(default)]
        kind: PermissionKind,
        /// The condition. Completes the sentence "required when …".
        #[serde(default)]
        when: Option<String>,
        /// The vendor's documentation, an absolute `https` URL.
        #[serde(default)]
        #[schemars(url)]
        link: Option<String>,
    },
}

/// The kind of permission.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum PermissionKind {
    /// A permission within the product.
    #[default]
    Permission,
    /// An administrator's or another role.
    Role,
    /// A licence, plan or add-on.
    License,
}

/// The sources that a spec was verified against: one or several.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Source {
    /// A URL, or the name of a document.
    Name(String),
    /// One source with its date.
    One(SourceDocument),
    /// Several sources.
    Many(Vec<SourceDocument>),
}

/// One source of facts.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SourceDocument {
    /// The document: a URL, or a name.
    pub document: String,
    /// The operation in that document, as it names it.
    #[serde(default)]
    pub operation: Option<String>,
    /// The version of that document.
    #[serde(default)]
    pub version: Option<String>,
    /// When it was read, an ISO 8601 date.
    #[serde(default)]
    pub read_on: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_one_permission_is_no_waiver() {
        let one: Permissions =
            serde_json::from_value(serde_json::json!(["Permission to read"])).expect("permissions");
        assert!(matches!(one, Permissions::All(all) if all.len() == 1));
        let none: Permissions =
            serde_json::from_value(serde_json::json!({"none": "All may."})).expect("permissions");
        assert!(matches!(none, Permissions::None(_)));
    }
}
