//! Constraints of a schema, as far as they make sense.

use actionspec_model::format;
use actionspec_model::keyword::{self, Class, Constraints, KEYWORDS, Keyword};
use serde_json::{Number, Value};

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

/// Puts the constraints that are for the type.
pub(super) fn put(schema: &mut Schema, facts: &Facts, document: &Document) {
    let ty = schema.ty.as_ref().map(|ty| ty.0.clone()).unwrap_or_default();
    let of = Of { facts, document };
    let class = match ty.as_str() {
        "string" => Some(Class::Strings),
        "integer" | "number" => Some(Class::Numbers),
        "array" => Some(Class::Arrays),
        "object" => Some(Class::Objects),
        _ => None,
    };
    schema.format = facts.text("format").filter(|format| is_kept(format, class)).map(str::to_owned);
    for keyword in KEYWORDS.iter().filter(|keyword| Some(keyword.class()) == class) {
        if let Some(operand) = of.operand(*keyword)
            && let Err(fault) = schema.constraints.set(keyword.name(), &operand)
        {
            of.refuse(keyword.name(), fault);
        }
    }
    of.settle(&mut schema.constraints);
    of.note_misplaced(class.filter(|_| ty != "file"), &ty);
}

/// Formats that narrow a type.
fn is_kept(format: &str, class: Option<Class>) -> bool {
    match class {
        Some(Class::Strings) => {
            !matches!(format, "string" | "password" | "binary") && format.len() < 40
        }
        Some(Class::Numbers) => {
            matches!(format, "int64" | "float" | "double" | "unix-time" | "unix-time-ms")
                || format::names(Class::Numbers).any(|known| known == format)
        }
        Some(Class::Arrays | Class::Objects) | None => false,
    }
}

struct Of<'f, 'a> {
    facts: &'f Facts<'a>,
    document: &'f Document,
}

impl Of<'_, '_> {
    fn refuse(&self, key: &str, detail: impl Into<String>) {
        self.document.note(Rule::InvalidConstraint, &join(&self.facts.at, key), detail);
    }

    /// The operand of a keyword, corrected where only its notation is wrong.
    fn operand(&self, keyword: &dyn Keyword) -> Option<Value> {
        let name = keyword.name();
        // Before draft 6, a flag beside a limit made it an exclusive one.
        for (limit, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")]
        {
            if self.facts.flag(exclusive) && name == limit {
                return None;
            }
            if self.facts.flag(exclusive) && name == exclusive {
                return self.facts.first(limit).cloned();
            }
        }
        let value = self.facts.first(name)?;
        let operand = self.mended(name, value)?;
        let demands_nothing = name.starts_with("min")
            && keyword.class() != Class::Numbers
            && operand.as_f64() == Some(0.0);
        (!demands_nothing).then_some(operand)
    }

    fn mended(&self, name: &str, value: &Value) -> Option<Value> {
        match value {
            Value::Bool(false) => None,
            Value::String(text) if name == "pattern" => self.pattern(text).map(Value::from),
            Value::String(text) => {
                let number = text.trim().parse::<f64>().ok().and_then(Number::from_f64);
                Some(number.map_or_else(|| value.clone(), Value::Number))
            }
            Value::Object(members) => Some(
                members
                    .iter()
                    .filter(|(name, _)| {
                        keyword::find(name).is_some_and(|inner| inner.class() == Class::Strings)
                    })
                    .filter_map(|(name, inner)| Some((name.clone(), self.mended(name, inner)?)))
                    .collect(),
            ),
            other => Some(other.clone()),
        }
    }

    /// Leaves out constraints that exclude each other, because it is unknown which of them is wrong.
    fn settle(&self, constraints: &mut Constraints) {
        let conflicts: Vec<_> = constraints.conflicts().collect();
        for (keyword, reason) in conflicts {
            self.refuse(keyword.name(), reason);
            let others: Vec<&str> = constraints.iter().map(|(other, _)| other.name()).collect();
            let to_blame = |other: &str| {
                let mut without = constraints.clone();
                without.retain(|known| known.name() != other);
                !without.conflicts().any(|(conflicting, _)| conflicting.name() == keyword.name())
            };
            let blamed: Vec<&str> = others.into_iter().filter(|other| to_blame(other)).collect();
            constraints.retain(|known| !blamed.contains(&known.name()));
        }
    }

    fn pattern(&self, written: &str) -> Option<String> {
        let at = join(&self.facts.at, "pattern");
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

    fn note_misplaced(&self, class: Option<Class>, ty: &str) {
        let is_for_another = |keyword: &&&dyn Keyword| {
            Some(keyword.class()) != class && !(ty == "file" && keyword.class() == Class::Strings)
        };
        for keyword in KEYWORDS.iter().filter(is_for_another) {
            if self.facts.first(keyword.name()).is_some() {
                self.refuse(keyword.name(), format!("not for the type `{ty}`"));
            }
        }
    }
}
