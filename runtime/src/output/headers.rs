//! Headers: an object made of them, with the types that the action declares.

use serde_json::Value;

use super::{Answer, Kind};
use crate::content::{self, Form, Unreadable};

/// Headers: an object made of them, with the types that the action declares.
pub(super) struct Headers;

impl Kind for Headers {
    fn is_read(&self) -> bool {
        false
    }

    fn form(&self) -> Form {
        Form::Json
    }

    fn of_texts(&self, answer: &Answer<'_>) -> Option<Result<Value, Unreadable>> {
        let mut json = content::of_headers(answer.headers, &answer.action.output.headers);
        content::shape(answer.action, &mut json);
        Some(Ok(json))
    }

    fn may_say_failure(&self) -> bool {
        false
    }

    fn of_line(&self, _: &str) -> Value {
        Value::Null
    }
}
