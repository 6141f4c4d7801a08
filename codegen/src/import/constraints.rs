//! Constraints of a schema, as far as they make sense.

use serde_json::Value;

use super::document::{Document, Node, join};
use super::facts::Facts;
use super::pattern;
use super::rules::Rule;
use crate::spec::Schema;

/// Keywords that the language has no word for.
const UNSAID: &[&str] = &[
    "not",
    "if",
    "then",
    "else",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "propertyNames",
    "contains",
    "minContains",
    "maxContains",
    "unevaluatedItems",
    "additionalItems",
    "contentSchema",
    "$dynamicRef",
    "$recursiveRef",
];

/// Notes the keywords of a schema that are left out.
pub(super) fn note_unsaid(part: &Node, document: &Document) {
    let Some(members) = part.value.as_object() else { return };
    for key in members.keys().filter(|key| UNSAID.contains(&key.as_str())) {
        document.note(Rule::UnsaidKeyword, &join(&part.at, key), format!("`{key}`"));
    }
}

/// Puts the constraints that fit the type.
pub(super) fn put(schema: &mut Schema, facts: &Facts, document: &Document) {
    let ty = schema.ty.as_ref().map(|ty| ty.0.clone()).unwrap_or_default();
    let of = Of { facts, document };
    let format = facts.text("format").map(str::to_owned);
    match ty.as_str() {
        "string" => {
            schema.format = format.filter(|format| {
                !matches!(format.as_str(), "string" | "password" | "binary") && format.len() < 40
            });
            (schema.min_length, schema.max_length) =
                (of.length("minLength"), of.length("maxLength"));
            of.ordered(&mut schema.min_length, &mut schema.max_length, "minLength");
            schema.pattern = of.pattern();
        }
        "integer" | "number" => {
            schema.format = format.filter(|format| {
                matches!(
                    format.as_str(),
                    "int32" | "int64" | "float" | "double" | "unix-time" | "unix-time-ms"
                )
            });
            of.bounds(schema);
        }
        "array" => {
            (schema.min_items, schema.max_items) = (of.length("minItems"), of.length("maxItems"));
            of.ordered(&mut schema.min_items, &mut schema.max_items, "minItems");
            schema.unique_items = facts.flag("uniqueItems");
        }
        "object" => {
            (schema.min_properties, schema.max_properties) =
                (of.length("minProperties"), of.length("maxProperties"));
            of.ordered(&mut schema.min_properties, &mut schema.max_properties, "minProperties");
        }
        _ => {}
    }
    of.note_misplaced(&ty);
}

struct Of<'f, 'a> {
    facts: &'f Facts<'a>,
    document: &'f Document,
}

impl Of<'_, '_> {
    fn refuse(&self, key: &str, detail: impl Into<String>) {
        self.document.note(Rule::InvalidConstraint, &join(&self.facts.at, key), detail);
    }

    fn number(&self, key: &str) -> Option<f64> {
        let value = self.facts.first(key)?;
        let number = match value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            Value::Bool(_) if key.starts_with("exclusive") => return None,
            _ => None,
        };
        let number = number.filter(|number: &f64| number.is_finite());
        if number.is_none() {
            self.refuse(key, format!("`{value}`"));
        }
        number
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked: whole, and not negative"
    )]
    fn length(&self, key: &str) -> Option<u64> {
        let number = self.number(key)?;
        if number < 0.0 || number.fract() != 0.0 || number > 9e15 {
            self.refuse(key, format!("`{number}`"));
            return None;
        }
        Some(number as u64).filter(|length| *length > 0 || key.starts_with("max"))
    }

    fn ordered<T: PartialOrd>(&self, least: &mut Option<T>, most: &mut Option<T>, key: &str) {
        if let (Some(low), Some(high)) = (&*least, &*most)
            && low > high
        {
            self.refuse(key, "the least is more than the most");
            (*least, *most) = (None, None);
        }
    }

    fn bounds(&self, schema: &mut Schema) {
        let (mut minimum, mut maximum) = (self.number("minimum"), self.number("maximum"));
        let (mut above, mut below) =
            (self.number("exclusiveMinimum"), self.number("exclusiveMaximum"));
        if self.facts.flag("exclusiveMinimum") {
            above = minimum.take();
        }
        if self.facts.flag("exclusiveMaximum") {
            below = maximum.take();
        }
        let (low, high) = (minimum.or(above), maximum.or(below));
        if let (Some(low), Some(high)) = (low, high)
            && low > high
        {
            self.refuse("minimum", "the least is more than the most");
            (minimum, maximum, above, below) = (None, None, None, None);
        }
        (schema.minimum, schema.maximum) = (minimum, maximum);
        (schema.exclusive_minimum, schema.exclusive_maximum) = (above, below);
        schema.multiple_of = self.number("multipleOf").filter(|step| {
            let good = *step > 0.0;
            if !good {
                self.refuse("multipleOf", format!("`{step}`"));
            }
            good
        });
    }

    fn pattern(&self) -> Option<String> {
        let value = self.facts.first("pattern")?;
        let at = join(&self.facts.at, "pattern");
        let Some(written) = value.as_str() else {
            self.document.note(Rule::InvalidPattern, &at, format!("`{value}`"));
            return None;
        };
        match pattern::translate(written) {
            Ok(translated) if translated == written => Some(translated),
            Ok(translated) => {
                self.document.note(
                    Rule::TranslatedPattern,
                    &at,
                    format!("`{written}` is `{translated}`"),
                );
                Some(translated)
            }
            Err(why) => {
                self.document.note(Rule::InvalidPattern, &at, format!("`{written}`: {why}"));
                None
            }
        }
    }

    fn note_misplaced(&self, ty: &str) {
        let groups: [(&[&str], &[&str]); 3] = [
            (&["string", "file"], &["minLength", "maxLength", "pattern"]),
            (&["integer", "number"], &["minimum", "maximum", "multipleOf"]),
            (&["array"], &["minItems", "maxItems", "uniqueItems"]),
        ];
        for (types, keys) in groups {
            if !types.contains(&ty) {
                for key in keys.iter().filter(|key| self.facts.first(key).is_some()) {
                    self.refuse(key, format!("not for the type `{ty}`"));
                }
            }
        }
    }
}
