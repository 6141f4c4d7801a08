//! XML: the body, read as JSON, with the types that the action declares.

use serde_json::Value;

use super::{Answer, Kind};
use crate::content::{self, Form, Unreadable};

/// XML: the body, read as JSON, with the types that the action declares.
pub(super) struct Xml;

impl Kind for Xml {
    fn is_read(&self) -> bool {
        true
    }

    fn form(&self) -> Form {
        Form::Xml
    }

    fn of_texts(&self, answer: &Answer<'_>) -> Option<Result<Value, Unreadable>> {
        let form = answer.form.unwrap_or(self.form());
        Some(content::read_value(form, answer.body, answer.memory).map(|mut json| {
            if form == Form::Xml {
                content::unwrap_items(&mut json, answer.action.output.item_element.as_deref());
            }
            content::shape(answer.action, &mut json);
            json
        }))
    }

    fn may_say_failure(&self) -> bool {
        true
    }

    fn of_line(&self, _: &str) -> Value {
        Value::Null
    }
}
