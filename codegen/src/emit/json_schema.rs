//! stub
use serde_json::{json, Value};
use crate::catalog::{Action, Integration, Trigger};
pub fn parameters(_: &Integration, _: &Action) -> Value { json!({}) }
pub fn result(_: &Integration, a: &Action) -> Option<Value> { matches!(a.output.kind, crate::spec::OutputKind::Json).then(|| json!({})) }
pub fn types(_: &Integration) -> Value { json!({}) }
pub fn event(_: &Trigger) -> Value { json!({}) }
