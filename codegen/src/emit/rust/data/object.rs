//! A JSON object that leaves out what goes without saying.

use serde_json::{Map, Value};

/// An object that is being filled.
#[derive(Default)]
pub(super) struct Object(Map<String, Value>);

impl Object {
    /// A field, whatever it is.
    pub(super) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    /// A field, if there is something.
    pub(super) fn maybe(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// A text, unless it is empty.
    pub(super) fn text(self, key: &str, text: &str) -> Self {
        self.maybe(key, Some(text).filter(|text| !text.is_empty()))
    }

    /// A flag, if it is set.
    pub(super) fn flag(self, key: &str, is_set: bool) -> Self {
        self.maybe(key, Some(true).filter(|_| is_set))
    }

    /// A list, unless it is empty.
    pub(super) fn list(self, key: &str, items: impl IntoIterator<Item = impl Into<Value>>) -> Self {
        let items: Vec<Value> = items.into_iter().map(Into::into).collect();
        self.maybe(key, Some(items).filter(|items| !items.is_empty()))
    }

    /// An object of names and values, unless it is empty.
    pub(super) fn entries<'a, V: Into<Value>>(
        self,
        key: &str,
        entries: impl IntoIterator<Item = (&'a String, V)>,
    ) -> Self {
        let entries: Map<String, Value> =
            entries.into_iter().map(|(name, value)| (name.clone(), value.into())).collect();
        self.maybe(key, Some(entries).filter(|entries| !entries.is_empty()))
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object.0)
    }
}

/// An object of one key: an alternative that holds something.
pub(super) fn one(key: &str, value: impl Into<Value>) -> Value {
    Object::default().with(key, value).into()
}
