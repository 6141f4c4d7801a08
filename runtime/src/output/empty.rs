//! Nothing: whatever the body is.

use serde_json::Value;

use super::{Answer, Kind};
use crate::content::{Form, Unreadable};

/// Nothing: whatever the body is.
pub(super) struct Empty;

impl Kind for Empty {
    fn is_read(&self) -> bool {
        false
    }

    fn form(&self) -> Form {
        Form::Json
    }

    fn of_texts(&self, _: &Answer<'_>) -> Option<Result<Value, Unreadable>> {
        None
    }

    fn may_say_failure(&self) -> bool {
        true
    }

    fn of_line(&self, _: &str) -> Value {
        Value::Null
    }
}
