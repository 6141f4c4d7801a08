//! A JSON value against several types, of which it must be one.

use serde_json::{Map, Value};

use super::{Checker, Mode, listed};
use crate::schema::{Alternative, Schema, Union};
use crate::suggest;

/// Alternatives that a message names.
const SHOWN: usize = 6;
/// Characters of the reason why an alternative is refused.
const MOST_REASON: usize = 120;

impl Checker<'_> {
    pub(super) fn union(&mut self, union: &Union, value: &Value) {
        if let Some(property) = &union.discriminator {
            return self.tagged(union, property, value);
        }
        let fitting: Vec<&Alternative> = union
            .alternatives
            .iter()
            .filter(|alternative| self.fits(&alternative.schema, value))
            .collect();
        match fitting.as_slice() {
            [] => self.refuse(union, value),
            [_, _, ..] if union.exactly_one && self.mode == Mode::Strict => {
                let message = format!(
                    "must be of exactly one of its types, but is of {}",
                    listed(fitting.iter().map(|one| &one.title))
                );
                self.report("one_of", message);
            }
            _ => {}
        }
    }

    /// The discriminator alone decides, so that messages are about the type that the caller meant.
    fn tagged(&mut self, union: &Union, property: &str, value: &Value) {
        let Value::Object(fields) = value else {
            return self.report("type", "must be an object");
        };
        let meant = fields.get(property).and_then(Value::as_str).and_then(|tag| {
            union.alternatives.iter().find(|one| one.tags.iter().any(|known| known == tag))
        });
        match (meant, fields.contains_key(property)) {
            (Some(alternative), _) => self.value(&alternative.schema, value),
            // What vendors add is read as it is.
            (None, _) if self.mode == Mode::Lenient => {}
            (None, true) => self.unknown_tag(union, property, fields),
            (None, false) => self.below(property, |checker| {
                checker.report("required", "is required: it selects the type of the object");
            }),
        }
    }

    fn unknown_tag(&mut self, union: &Union, property: &str, fields: &Map<String, Value>) {
        let tags = || union.alternatives.iter().flat_map(|one| &one.tags).map(String::as_str);
        let hint = match fields.get(property) {
            Some(Value::String(tag)) if !self.secret => suggest::hint(tag, tags()),
            _ => String::new(),
        };
        self.below(property, |checker| {
            checker.report("enum", format!("must be one of {}{hint}", listed(tags())));
        });
    }

    /// Whether a value is of a type. Each pair is tried once, whatever lies within.
    fn fits(&mut self, schema: &Schema, value: &Value) -> bool {
        let key = (std::ptr::from_ref(schema), std::ptr::from_ref(value));
        if let Some(known) = self.tried.get(&key) {
            return *known;
        }
        // A type that leads back to itself by alternatives alone has no values by that way.
        self.tried.insert(key, false);
        let before = self.found.len();
        self.trials += 1;
        self.value(schema, value);
        self.trials -= 1;
        let fits = self.found.len() == before;
        self.found.truncate(before);
        self.tried.insert(key, fits);
        fits
    }

    /// Reports what is wrong with the one type that can have been meant, or why the value is of none.
    fn refuse(&mut self, union: &Union, value: &Value) {
        let code = if union.exactly_one { "one_of" } else { "any_of" };
        if self.trials > 0 {
            return self.report(code, "must be of one of its types");
        }
        let near: Vec<&Alternative> = union
            .alternatives
            .iter()
            .filter(|alternative| self.may_be(&alternative.schema, value))
            .collect();
        if let [meant] = near.as_slice() {
            return self.value(&meant.schema, value);
        }
        let considered = if near.is_empty() { union.alternatives.iter().collect() } else { near };
        let mut reasons: Vec<String> = considered
            .iter()
            .take(SHOWN)
            .map(|alternative| self.reason(alternative, value))
            .collect();
        if considered.len() > SHOWN {
            reasons.push(format!("and {} more", considered.len() - SHOWN));
        }
        self.report(code, format!("is of none of its types: {}", reasons.join(", ")));
    }

    /// `Cat` (`name` is required)
    fn reason(&mut self, alternative: &Alternative, value: &Value) -> String {
        let path = std::mem::take(&mut self.path);
        let before = self.found.len();
        self.trials += 1;
        self.value(&alternative.schema, value);
        self.trials -= 1;
        self.path = path;
        let first = self.found.drain(before..).next();
        let mut text = first.map(|violation| violation.to_string()).unwrap_or_default();
        if text.chars().count() > MOST_REASON {
            text = text.chars().take(MOST_REASON).chain(['…']).collect();
        }
        if text.is_empty() {
            format!("`{}`", alternative.title)
        } else {
            format!("`{}` ({text})", alternative.title)
        }
    }
}
