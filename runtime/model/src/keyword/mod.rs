//! Constraint keywords: what a value must satisfy beyond its structure.
//!
//! A keyword is one file and one row of [`KEYWORDS`]; everything that knows about constraints goes through the table. What belongs in this
//! file: the table, the trait, and the collection of a schema's constraints.

mod exclusive_maximum;
mod exclusive_minimum;
mod limit;
mod max_items;
mod max_length;
mod max_properties;
mod maximum;
mod min_items;
mod min_length;
mod min_properties;
mod minimum;
mod multiple_of;
mod operand;
mod pattern;
mod property_names;
mod unique_items;

use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

pub(crate) use self::operand::compare;
pub use self::operand::{Operand, Pattern};
use crate::validate::Checker;

/// Every keyword, in the order in which constraints are written.
pub static KEYWORDS: &[&dyn Keyword] = &[
    &minimum::Minimum,
    &maximum::Maximum,
    &exclusive_minimum::ExclusiveMinimum,
    &exclusive_maximum::ExclusiveMaximum,
    &multiple_of::MultipleOf,
    &min_length::MinLength,
    &max_length::MaxLength,
    &min_items::MinItems,
    &max_items::MaxItems,
    &min_properties::MinProperties,
    &max_properties::MaxProperties,
    &property_names::PropertyNames,
    &pattern::PatternKeyword,
    &unique_items::UniqueItems,
];

/// The JSON values that a keyword or format constrains. Other values satisfy it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Strings.
    Strings,
    /// Numbers, integers among them.
    Numbers,
    /// Arrays.
    Arrays,
    /// Objects.
    Objects,
}

impl Class {
    /// The plural noun, as in "`maxItems` is for arrays".
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Strings => "strings",
            Self::Numbers => "numbers",
            Self::Arrays => "arrays",
            Self::Objects => "objects",
        }
    }
}

/// One constraint keyword.
pub trait Keyword: Send + Sync {
    /// The keyword in specs and in JSON Schema: `uniqueItems`.
    fn name(&self) -> &'static str;

    /// The code of a violation: `unique_items`.
    fn code(&self) -> &'static str;

    /// What the keyword demands, for authors of specs. Markdown.
    fn about(&self) -> &'static str;

    /// The values that it constrains.
    fn class(&self) -> Class;

    /// The JSON Schema of its operand.
    fn form(&self) -> Value;

    /// The operand of a JSON value. Errors state what an operand must be.
    fn operand(&self, value: &Value) -> Result<Operand, String>;

    /// Operands for tests, each of which at least one value satisfies.
    fn examples(&self) -> Vec<Value>;

    /// Reports how a value breaks the constraint. `value` may be of any JSON type.
    fn check(&self, operand: &Operand, value: &Value, checker: &mut Checker<'_>);

    /// Why no value can satisfy the constraint beside the others, if so: a minimum above the maximum.
    fn conflict(&self, _operand: &Operand, _others: &Constraints) -> Option<String> {
        None
    }

    /// The constraint that demands both. Errors state why none exists.
    fn merge(&self, left: &Operand, right: &Operand) -> Result<Operand, String>;

    /// The constraint as a phrase, for pages; `None` if the phrase of another keyword includes it.
    fn phrase(&self, operand: &Operand, others: &Constraints) -> Option<String>;

    /// A sample value, changed to satisfy the constraint.
    fn mend(&self, operand: &Operand, sample: Value) -> Value;
}

impl fmt::Debug for dyn Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The keyword of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static dyn Keyword> {
    position(name).map(|row| KEYWORDS[row])
}

fn position(name: &str) -> Option<usize> {
    KEYWORDS.iter().position(|keyword| keyword.name() == name)
}

/// The constraints of a schema: at most one a keyword, in the order of [`KEYWORDS`].
///
/// Its serialized form is a map from keyword to operand; an unknown keyword is an error.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints(Vec<(Row, Operand)>);

/// The position of a keyword in the table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Row(usize);

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(KEYWORDS[self.0].name())
    }
}

impl Constraints {
    /// No constraints.
    pub const NONE: Self = Self(Vec::new());

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The constraints, in the order of [`KEYWORDS`].
    pub fn iter(&self) -> impl Iterator<Item = (&'static dyn Keyword, &Operand)> {
        self.0.iter().map(|(row, operand)| (KEYWORDS[row.0], operand))
    }

    /// The operand of a keyword.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Operand> {
        self.iter().find(|(keyword, _)| keyword.name() == name).map(|(_, operand)| operand)
    }

    /// Sets the operand of a keyword. Errors if the keyword is unknown or the operand invalid.
    pub fn set(&mut self, name: &str, operand: &Value) -> Result<(), String> {
        let row = position(name).ok_or_else(|| format!("unknown field `{name}`"))?;
        let operand = KEYWORDS[row].operand(operand).map_err(|must| format!("`{name}` {must}"))?;
        self.put(Row(row), operand);
        Ok(())
    }

    /// Removes the constraints whose keyword is not kept.
    pub fn retain(&mut self, mut keeps: impl FnMut(&'static dyn Keyword) -> bool) {
        self.0.retain(|(row, _)| keeps(KEYWORDS[row.0]));
    }

    /// Removes the constraints of a class of values, and returns them.
    #[must_use]
    pub fn take(&mut self, class: Class) -> Self {
        let of_class = |(row, _): &mut (Row, Operand)| KEYWORDS[row.0].class() == class;
        Self(self.0.extract_if(.., of_class).collect())
    }

    /// Why no value can satisfy all of them: the keyword and the reason, of each conflict.
    pub fn conflicts(&self) -> impl Iterator<Item = (&'static dyn Keyword, String)> {
        self.iter().filter_map(|(keyword, operand)| {
            keyword.conflict(operand, self).map(|reason| (keyword, reason))
        })
    }

    /// The constraints that demand what both demand. Errors name the keyword and state the reason.
    pub fn merge(&self, other: &Self) -> Result<Self, String> {
        let mut merged = self.clone();
        for (row, right) in &other.0 {
            let both = match self.0.iter().find(|(known, _)| known == row) {
                Some((_, left)) => KEYWORDS[row.0].merge(left, right)?,
                None => right.clone(),
            };
            merged.put(*row, both);
        }
        let conflict = merged.conflicts().next().map(|(_, reason)| reason);
        conflict.map_or(Ok(merged), Err)
    }

    /// The constraints in words, one phrase each.
    #[must_use]
    pub fn phrases(&self) -> Vec<String> {
        self.iter().filter_map(|(keyword, operand)| keyword.phrase(operand, self)).collect()
    }

    fn put(&mut self, row: Row, operand: Operand) {
        match self.0.binary_search_by_key(&row, |(row, _)| *row) {
            Ok(index) => self.0[index].1 = operand,
            Err(index) => self.0.insert(index, (row, operand)),
        }
    }
}

impl Serialize for Constraints {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (keyword, operand) in self.iter() {
            map.serialize_entry(keyword.name(), &operand.to_value())?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Constraints {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keywords;
        impl<'de> Visitor<'de> for Keywords {
            type Value = Constraints;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("constraint keywords")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Constraints, A::Error> {
                let mut constraints = Constraints::NONE;
                while let Some(name) = map.next_key::<String>()? {
                    let operand: Value = map.next_value()?;
                    constraints.set(&name, &operand).map_err(A::Error::custom)?;
                }
                Ok(constraints)
            }
        }
        deserializer.deserialize_map(Keywords)
    }
}

/// The properties of an editor schema: each keyword with its description and the form of its operand.
#[cfg(feature = "schema")]
impl schemars::JsonSchema for Constraints {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Constraints".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        forms(KEYWORDS.iter().copied())
    }
}

#[cfg(feature = "schema")]
fn forms(keywords: impl Iterator<Item = &'static dyn Keyword>) -> schemars::Schema {
    let properties: serde_json::Map<String, Value> = keywords
        .map(|keyword| {
            let mut form = serde_json::Map::new();
            form.insert("description".to_owned(), keyword.about().into());
            if let Value::Object(more) = keyword.form() {
                form.extend(more);
            }
            (keyword.name().to_owned(), Value::Object(form))
        })
        .collect();
    schemars::json_schema!({ "type": "object", "properties": properties })
}

#[cfg(test)]
mod tests;
