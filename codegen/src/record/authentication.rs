//! Authentication schemes that recorded requests show.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::report::{Kind, Report};
use crate::scheme::{self, Described, basic, bearer};
use crate::spec::{Authentication, KeyLocation};
use crate::write;

/// A credential that is sent as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) location: KeyLocation,
    pub(super) name: String,
    /// What stands before it: `Bearer `.
    pub(super) prefix: Option<String>,
}

/// What all requests together show.
#[derive(Debug, Default)]
pub(super) struct Schemes {
    pub(super) has_basic: bool,
    /// Keys that are sent together.
    keys: Vec<Key>,
}

impl Schemes {
    pub(super) fn add(&mut self, keys: Vec<Key>) {
        for key in keys {
            let same = |known: &Key| {
                known.location == key.location && known.name.eq_ignore_ascii_case(&key.name)
            };
            if !self.keys.iter().any(same) {
                self.keys.push(key);
            }
        }
    }

    /// The schemes, by name.
    pub(super) fn declared(&self) -> IndexMap<String, Authentication> {
        let mut schemes = IndexMap::new();
        let mut declare = |name: &str, scheme: Value| {
            // The shapes are those of the model; a test declares each.
            if let Ok(scheme) = serde_json::from_value(scheme) {
                schemes.insert(name.to_owned(), scheme);
            }
        };
        if self.has_basic {
            declare("basic", basic::user_and_password(&Described::default()));
        }
        match self.keys.as_slice() {
            [] => {}
            [Key { location: KeyLocation::Header, name, prefix: Some(prefix) }]
                if name == "Authorization" =>
            {
                declare("token", bearer::token(&Described::default(), Some(prefix.trim())));
            }
            keys => {
                let is_session = keys.iter().all(|key| key.location == KeyLocation::Cookie);
                let (name, title) = match (is_session, keys.len()) {
                    (true, _) => ("session_cookie", "Session of a browser"),
                    (false, 1) => ("api_key", "API key"),
                    (false, _) => ("keys", "Keys"),
                };
                let keys: Map<String, Value> = keys
                    .iter()
                    .map(|key| (key.name.clone(), json!({"in": key.location, "prefix": key.prefix, "title": title_of(key)})))
                    .collect();
                declare(name, json!({"kind": "apiKey", "title": title, "keys": keys}));
            }
        }
        schemes
    }

    /// Reports the schemes that an integration does not declare.
    pub(super) fn compare(&self, declared: &IndexMap<String, Authentication>, report: &mut Report) {
        for (name, scheme) in self.declared() {
            if !declared.values().any(|known| scheme::of(known).covers(&scheme)) {
                let text = serde_json::to_value(&scheme)
                    .map(|value| without_nulls(&value))
                    .unwrap_or_default();
                let text = write::value(&json!({ name.clone(): text }));
                let message = format!(
                    "the integration declares no such authentication scheme; add it under `authentication`:\n{}",
                    text.trim_end()
                );
                report.add(Kind::ToDo, name, message);
            }
        }
    }
}

fn title_of(key: &Key) -> String {
    if key.name == "Authorization" {
        "Token".to_owned()
    } else {
        crate::catalog::names::title(&key.name)
    }
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(_, value)| {
                !value.is_null() && value != &&json!([]) && value != &&json!(false)
            });
            Value::Object(kept.map(|(name, value)| (name.clone(), without_nulls(value))).collect())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(location: KeyLocation, name: &str, prefix: Option<&str>) -> Key {
        Key { location, name: name.to_owned(), prefix: prefix.map(str::to_owned) }
    }

    #[test]
    fn each_scheme_is_one_of_the_model() {
        let names = |has_basic: bool, keys: Vec<Key>| {
            Schemes { has_basic, keys }.declared().into_keys().collect::<Vec<_>>()
        };
        let bearer = || key(KeyLocation::Header, "Authorization", Some("Bearer "));
        assert_eq!(names(true, vec![bearer()]), ["basic", "token"]);
        assert_eq!(names(false, vec![key(KeyLocation::Query, "api_key", None)]), ["api_key"]);
        assert_eq!(names(false, vec![key(KeyLocation::Cookie, "sid", None)]), ["session_cookie"]);
        assert_eq!(
            names(false, vec![bearer(), key(KeyLocation::Header, "X-App-Key", None)]),
            ["keys"]
        );
    }
}
