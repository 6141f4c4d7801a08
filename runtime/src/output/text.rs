//! Text: the body as it is.

use serde_json::Value;

use super::{Answer, Kind};
use crate::content::{Form, Unreadable};

/// Text: the body as it is.
pub(super) struct Text;

impl Kind for Text {
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
