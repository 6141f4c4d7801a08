//! Types of parameters and outputs: a subset of JSON Schema.

use actionspec_model::format;
use actionspec_model::keyword::{Class, Constraints};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Deprecation;

/// The type of a value: a subset of JSON Schema, in its words.
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of the language")]
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(transform = closed)]
pub struct Schema {
    /// The type: a JSON type, `any`, `file`, or the name of a type of this integration.
    #[serde(default, rename = "type")]
    pub ty: Option<TypeName>,
    /// What the value means. Markdown.
    #[serde(default)]
    pub description: Option<String>,
    /// A format of the type; authors read `about_formats`.
    #[serde(default)]
    #[schemars(extend("description" = about_formats()))]
    pub format: Option<String>,
    /// The values that are allowed: a list, or a map from each value to its description. `null` among them is the same as `nullable`.
    #[serde(default, rename = "enum")]
    pub values: Option<EnumValues>,
    /// The only value that is allowed. A parameter that is required is sent with it without asking.
    #[serde(default, rename = "const")]
    pub constant: Option<Value>,
    /// Values outside `enum` are accepted too: the vendor may add some, or a caller may have defined their own.
    #[serde(default)]
    pub open_enum: bool,
    /// `null` is an allowed value, distinct from leaving the key out.
    #[serde(default)]
    pub nullable: bool,
    /// The type of each item of an array.
    #[serde(default)]
    pub items: Option<Box<Schema>>,
    /// The named properties of an object, each with its type; `required: true` stands at the property.
    #[serde(default)]
    pub properties: IndexMap<String, Schema>,
    /// What other properties of the object may be: `true` (the default: anything), `false` (none), or their type.
    #[serde(default)]
    pub additional_properties: Option<AdditionalProperties>,
    /// The constraint keywords. Unknown keys end up here, and are refused.
    #[serde(flatten)]
    pub constraints: Constraints,
    /// The value is of exactly one of these types.
    #[serde(default)]
    pub one_of: Vec<Schema>,
    /// The value is of at least one of these types. Write this rather than `oneOf` where a value may fit two of them.
    #[serde(default)]
    pub any_of: Vec<Schema>,
    /// The value is of all of these types at once: objects have the properties of each, other types keep to the constraints of each. Keys
    /// beside it say more, or say it better: `description` and the like replace what the types say.
    #[serde(default)]
    pub all_of: Vec<Schema>,
    /// With `oneOf` or `anyOf` of objects: the property that says which of the types a value is.
    #[serde(default)]
    pub discriminator: Option<Discriminator>,
    /// The value must be given.
    #[serde(default)]
    pub required: bool,
    /// The vendor sets the property: results have it, and a caller need not give it though it is `required`.
    #[serde(default)]
    pub read_only: bool,
    /// The property is sent and never comes back: results have no accessor for it.
    #[serde(default)]
    pub write_only: bool,
    /// The value is a secret: never printed, logged or put into an example.
    #[serde(default)]
    pub secret: bool,
    /// What the client sends when the caller says nothing.
    #[serde(default)]
    pub default: Option<Value>,
    /// What the vendor assumes when nothing is sent: documented, never sent.
    #[serde(default)]
    pub vendor_default: Option<Value>,
    /// A realistic value, used on the page, in samples and in tests. It must satisfy the constraints.
    #[serde(default)]
    pub example: Option<Value>,
    /// That the value is deprecated.
    #[serde(default)]
    pub deprecated: Option<Deprecation>,
}

impl Schema {
    /// The type in the model, with this structure and these allowed values. All other keys are carried over.
    pub(crate) fn with_structure(
        &self,
        ty: actionspec_model::Type,
        values: Vec<actionspec_model::EnumValue>,
    ) -> actionspec_model::Schema {
        actionspec_model::Schema {
            ty,
            description: self.description.clone(),
            format: self.format.clone(),
            values,
            open_enum: self.open_enum,
            nullable: self.nullable,
            constraints: self.constraints.clone(),
            required: self.required,
            read_only: self.read_only,
            write_only: self.write_only,
            secret: self.secret,
            default: self.default.clone(),
            vendor_default: self.vendor_default.clone(),
            example: self.example.clone(),
            deprecated: self.deprecated.clone(),
        }
    }
}

/// An object of known keys, to the editor and to the check of structure.
fn closed(schema: &mut schemars::Schema) {
    schema.remove("unevaluatedProperties");
    schema.insert("additionalProperties".to_owned(), false.into());
}

/// What authors read about formats.
fn about_formats() -> String {
    let listed = |class| {
        let names: Vec<String> = format::names(class).map(|name| format!("`{name}`")).collect();
        names.join(", ")
    };
    format!(
        "A format of the type. Of strings: {}, `html`, `markdown`, `json`, `query` (in a query language), `multi-line`. Of numbers: {}, \
         `int64`, `unix-time` (seconds), `unix-time-ms`, `float`, `double`. `byte` is base64; integers are of 64 bits and signed unless the \
         format says otherwise. The formats of strings up to `byte`, `int32` and `uint64` are validated; the others, and unknown \
         formats, only inform.",
        listed(Class::Strings),
        listed(Class::Numbers),
    )
}

/// A type's name: `string`, `integer`, `number`, `boolean`, `array`, `object`, `any`, `file`, or a named type of the integration, which
/// begins with a capital letter (`User`).
#[derive(
    Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(transparent)]
pub struct TypeName(
    #[schemars(regex(
        pattern = r"^(string|integer|number|boolean|array|object|any|file|[A-Z][A-Za-z0-9]*)$"
    ))]
    pub String,
);

/// How an object says which of several types it is.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Discriminator {
    /// The property that says it, a string.
    pub property_name: String,
    /// Its values, each with the named type that it stands for. A type that is not here is meant by the `const` or `enum` that it gives the
    /// property, or else by its own name.
    #[serde(default)]
    #[schemars(example = &"cat: Cat")]
    pub mapping: IndexMap<String, TypeName>,
}

/// Allowed values.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum EnumValues {
    /// The values alone.
    List(Vec<Value>),
    /// Each value with its description, or with more facts.
    Described(IndexMap<String, EnumValue>),
}

/// What is said of one allowed value.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum EnumValue {
    /// Its description. Markdown.
    Description(String),
    /// More facts.
    Detailed {
        /// What the value means. Markdown.
        description: String,
        /// The name that pages and Rust derive from, where the value itself says little (`1`, `<=`).
        #[serde(default)]
        title: Option<String>,
        /// For a parameter that expands the output: the JSON pointer of the output field that this value fills.
        #[serde(default)]
        expands: Option<String>,
        /// That the value is deprecated.
        #[serde(default)]
        deprecated: Option<Deprecation>,
    },
}

/// What properties an object may have beside its named ones.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum AdditionalProperties {
    /// `true`: anything; `false`: none.
    Allowed(bool),
    /// Values of this type.
    Typed(Box<Schema>),
}
