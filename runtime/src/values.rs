//! The values of arguments by key. There are few of them, and most keys are those of parameters: a list without copies of keys is both
//! smaller and faster than a map.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::descriptor::Action;

/// Values by key, in the order in which they were given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values(Vec<(Cow<'static, str>, Value)>);

impl Values {
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.iter().find(|(given, _)| *given == key).map(|(_, value)| value)
    }

    /// Sets a value; of an action that has a parameter of this key, the key is not copied.
    pub(crate) fn set(&mut self, action: &'static Action, key: &str, value: Value) {
        if let Some((_, present)) = self.0.iter_mut().find(|(given, _)| given == key) {
            *present = value;
            return;
        }
        if self.0.capacity() == 0 {
            self.0.reserve(action.parameters.len());
        }
        let known = action.parameter(key).map(|parameter| parameter.key.as_str());
        self.0.push((known.map_or_else(|| Cow::Owned(key.to_owned()), Cow::Borrowed), value));
    }

    pub(crate) fn remove(&mut self, key: &str) {
        self.retain(|given| given != key);
    }

    pub(crate) fn retain(&mut self, keeps: impl Fn(&str) -> bool) {
        self.0.retain(|(key, _)| keeps(key));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (&**key, value))
    }
}

impl From<Map<String, Value>> for Values {
    fn from(values: Map<String, Value>) -> Self {
        Self(values.into_iter().map(|(key, value)| (Cow::Owned(key), value)).collect())
    }
}
