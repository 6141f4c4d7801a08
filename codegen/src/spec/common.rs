//! Small values that several kinds of spec file share.

use actionspec_model::Waiver;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What was changed in a spec, for those who use what is generated from it.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Change {
    /// When, an ISO 8601 date.
    #[schemars(example = &"2026-01-31")]
    pub date: String,
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// What changed, in words of its users. Markdown, one or two sentences.
    pub description: String,
    /// Whether calls that worked before can fail now.
    #[serde(default)]
    pub breaking: bool,
}

/// What kind of change it is, in the words of keepachangelog.com.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ChangeKind {
    /// Something is new.
    Added,
    /// Something works in another way, or has another name.
    Changed,
    /// Something will go away.
    Deprecated,
    /// Something is gone.
    Removed,
    /// Something was wrong.
    Fixed,
}

/// A link with a label.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The text of the link.
    pub title: String,
    /// An absolute `https` address.
    #[schemars(url)]
    pub url: String,
}

/// What kind of box a note is shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum NoteKind {
    /// Worth knowing.
    #[default]
    Note,
    /// Makes life easier.
    Tip,
    /// Needed to succeed.
    Important,
    /// Can go wrong.
    Warning,
    /// Loses data or opens a hole.
    Caution,
}

/// A boxed remark.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Notes {
    /// Its text, Markdown, in a box of kind `note`.
    Text(String),
    /// A box of another kind.
    Note(Note),
}

/// A boxed remark of a stated kind.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Note {
    /// The kind of box.
    #[serde(default)]
    pub kind: NoteKind,
    /// Markdown.
    pub text: String,
}

/// What the caller must be allowed to do, or why nothing is needed.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Permissions {
    // The list stands first: serde reads a struct from a list too, so that a list of one name would pass for a waiver.
    /// All of these are needed.
    All(Vec<Permission>),
    /// None is needed, and why.
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
        /// What kind of permission it is.
        #[serde(default)]
        kind: PermissionKind,
        /// Only then is it needed. Completes the sentence "needed when …".
        #[serde(default)]
        when: Option<String>,
        /// The vendor's page about it, an absolute `https` address.
        #[serde(default)]
        #[schemars(url)]
        link: Option<String>,
    },
}

/// What kind of permission it is.
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

/// What the facts of a spec were verified against: one source or several.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Source {
    /// An address, or the name of a document.
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
    /// Where the facts stand: an address, or the name of a document.
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
