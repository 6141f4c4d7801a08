//! Parameters of an action.

use actionspec_model::{Location, Style};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Schema;

/// One parameter of an action. Beside the keys listed first it takes every key of a type (`type`, `enum`, `minLength`, …).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ParameterSpec {
    /// The name that people see. Default: derived from the wire name (`accountId` becomes `Account ID`).
    #[serde(default)]
    pub title: Option<String>,
    /// Where the parameter travels. Default: `path` if the path template names it; else `query` for GET, HEAD and DELETE; else `body`. Requests that
    /// are not HTTP have no other place.
    #[serde(default, rename = "in")]
    pub location: Option<Location>,
    /// The name on the wire, where it differs from the key (two parameters of one name in different places, say).
    #[serde(default)]
    pub wire_name: Option<String>,
    /// How an array or object is written into a path, query, header or form. Default: `repeat` in queries and forms, `comma` elsewhere.
    #[serde(default)]
    pub style: Option<Style>,
    /// For a body parameter: the JSON pointer of its place in the body. Default: `/` and the wire name.
    #[serde(default)]
    #[schemars(example = &"/body/storage/value")]
    pub at: Option<String>,
    /// In an action of several steps: the step whose request carries the parameter. Default: the last one. Parameters in a path go to
    /// every step whose path names them.
    #[serde(default)]
    pub step: Option<String>,
    /// Few callers need it: shown apart, after the others.
    #[serde(default)]
    pub advanced: bool,
    /// What an empty form field shows. Default: the example.
    #[serde(default)]
    pub placeholder: Option<String>,
    /// The action whose output holds the values to choose from.
    #[serde(default)]
    pub values_from: Option<ValuesFrom>,
    /// For a file part or a raw body: the media type that is sent. Default: `application/octet-stream`.
    #[serde(default)]
    pub media_type: Option<String>,
    /// For a file: the most bytes that the vendor accepts.
    #[serde(default)]
    pub max_bytes: Option<u64>,
    /// For a request in SQL: the type that the value is bound as: `bit`, `tinyint`, `smallint`, `int`, `bigint`, `real`, `float`, `decimal(p,s)`,
    /// `nvarchar(n)`, `nvarchar(max)`, `varbinary(n)`, `varbinary(max)`, `date`, `time`, `datetime2`, `datetimeoffset`, `uniqueidentifier` or `xml`.
    /// Default: `nvarchar(max)` for texts, `bigint`, `float` and `bit`.
    #[serde(default)]
    #[schemars(example = &"nvarchar(128)")]
    pub sql_type: Option<String>,
    /// Needed for these authentication schemes only (names of the integration's `authentication`). Default: all.
    #[serde(default)]
    pub authentication: Vec<String>,
    /// The type of the value.
    #[serde(flatten)]
    pub schema: Schema,
}

/// Where the values of a parameter come from.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ValuesFrom {
    /// The action of this integration that returns them.
    pub action: String,
    /// The JSON pointer of the value in its output; `*` stands for each item of an array.
    #[schemars(example = &"/results/*/id")]
    pub value: String,
    /// The JSON pointer of a text that people recognise.
    #[serde(default)]
    pub label: Option<String>,
}
