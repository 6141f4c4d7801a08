//! Parameters of an action.

use actionspec_model::{Location, Style};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Schema;

/// One parameter of an action. In addition to the keys listed first, it accepts all keys of a type (`type`, `enum`, `minLength`, …).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ParameterSpec {
    /// The name that people see. Default: derived from the wire name (`accountId` becomes `Account ID`).
    #[serde(default)]
    pub title: Option<String>,
    /// The location of the parameter. Default: `path` if the path template contains it; else `query` for GET, HEAD and DELETE; else `body`. Requests that
    /// are not HTTP have no locations.
    #[serde(default, rename = "in")]
    pub location: Option<Location>,
    /// The name that is sent, if it differs from the key (for example, two parameters with the same name in different locations).
    #[serde(default)]
    pub wire_name: Option<String>,
    /// How an array or object is written into a path, query, header or form. Default: `repeat` in queries and forms, `comma` elsewhere.
    #[serde(default)]
    pub style: Option<Style>,
    /// For a body parameter: the JSON pointer of its place in the body. Default: `/` and the wire name.
    #[serde(default)]
    #[schemars(example = &"/body/storage/value")]
    pub at: Option<String>,
    /// In an action with several steps: the step whose request contains the parameter. Default: the last one. Parameters in a path go to
    /// all steps whose paths contain them.
    #[serde(default)]
    pub step: Option<String>,
    /// Rarely used: listed separately, after the other parameters.
    #[serde(default)]
    pub advanced: bool,
    /// The placeholder of an empty form field. Default: the example.
    #[serde(default)]
    pub placeholder: Option<String>,
    /// The action that returns the possible values.
    #[serde(default)]
    pub values_from: Option<ValuesFrom>,
    /// For a file part or a raw body: the media type that is sent. Default: `application/octet-stream`.
    #[serde(default)]
    pub media_type: Option<String>,
    /// For a file: the maximum size in bytes.
    #[serde(default)]
    pub max_bytes: Option<u64>,
    /// For a request in SQL: the type that the value is bound as: `bit`, `tinyint`, `smallint`, `int`, `bigint`, `real`, `float`, `decimal(p,s)`,
    /// `nvarchar(n)`, `nvarchar(max)`, `varbinary(n)`, `varbinary(max)`, `date`, `time`, `datetime2`, `datetimeoffset`, `uniqueidentifier` or `xml`.
    /// Default: `nvarchar(max)` for texts, `bigint`, `float` and `bit`.
    #[serde(default)]
    #[schemars(example = &"nvarchar(128)")]
    pub sql_type: Option<String>,
    /// Required only for these authentication schemes (names of the integration's `authentication`). Default: all.
    #[serde(default)]
    pub authentication: Vec<String>,
    /// The type of the value.
    #[serde(flatten)]
    pub schema: Schema,
}

/// The source of a parameter's possible values.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ValuesFrom {
    /// The action of this integration that returns them.
    pub action: String,
    /// The JSON pointer of the value in its output; `*` matches each item of an array.
    #[schemars(example = &"/results/*/id")]
    pub value: String,
    /// The JSON pointer of a label for people.
    #[serde(default)]
    pub label: Option<String>,
}
