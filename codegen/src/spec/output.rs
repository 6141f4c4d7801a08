//! What an action returns.

use actionspec_model::OutputKind;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::TypeName;

/// What an action returns. Its type is inferred from the example, unless `type` names one that `types` declares.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OutputSpec {
    /// What the result is. Markdown.
    #[serde(default)]
    pub description: Option<String>,
    /// What the response body is. Default: `json`, or `empty` if `example` is waived.
    #[serde(default)]
    pub kind: Option<OutputKind>,
    /// An example of the response body: the JSON itself, the name of a file in the integration's `examples/` (a string that ends in `.json`), or
    /// `{none: why}`.
    pub example: Value,
    /// The source of the example. Required if there is an example.
    #[serde(default)]
    pub verified: Option<ExampleSource>,
    /// The name of the result's type. If `types` declares it, the example is checked against it; otherwise the example declares it.
    #[serde(default, rename = "type")]
    pub ty: Option<TypeName>,
    /// Names for the types in the example: JSON pointer to name. `*` matches each item or property, `**` any depth. Two pointers with one
    /// name are one type, joined over all actions of the integration. `map` marks an object as a map with arbitrary keys, `any` accepts any value.
    #[serde(default)]
    #[schemars(example = &"/personalSpace/homepage: Content")]
    pub names: IndexMap<String, String>,
    /// The JSON pointer of the result in the response body, if the vendor wraps it. Default: the whole body.
    #[serde(default)]
    pub at: Option<String>,
    /// Of XML: the name of the elements that hold the items of a list, where the vendor wraps every list of the document in an element of its
    /// own. They are left out: with `member`, `<Users><member>…</member></Users>` is a list `Users`.
    #[serde(default)]
    #[schemars(example = &"member")]
    pub item_element: Option<String>,
    /// Of the kind `headers`: the properties of the result, each with the name of its response header. A name that ends with `*` matches every
    /// header with this prefix, as a map by the rest of the name.
    #[serde(default)]
    pub headers: IndexMap<String, String>,
    /// Statuses from 300 to 399 that mean success, as 2xx does: the result is read from the response as it is, and its redirect is not followed.
    #[serde(default)]
    pub statuses: Vec<u16>,
    /// The media type to request. Default: derived from the kind, `application/octet-stream` for `binary`.
    #[serde(default)]
    pub media_type: Option<String>,
}

/// The source of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ExampleSource {
    /// From a live response, anonymised.
    Live,
    /// From the vendor's documentation.
    Documentation,
    /// Composed by hand from the documented fields.
    Composed,
}
