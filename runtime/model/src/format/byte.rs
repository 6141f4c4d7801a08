//! `byte`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::Format;

pub(super) struct Byte;

impl Format for Byte {
    fn name(&self) -> &'static str {
        "byte"
    }

    fn phrase(&self) -> &'static str {
        "base64"
    }

    fn holds(&self, text: &str) -> bool {
        STANDARD.decode(text).is_ok()
    }

    fn sample(&self) -> Value {
        json!("ZXhhbXBsZQ==")
    }

    fn good(&self) -> Vec<Value> {
        ["", "YQ==", "YWJj"].map(Value::from).into()
    }

    fn bad(&self) -> Vec<Value> {
        ["YQ", "Y Q==", "_-==", "YR=="].map(Value::from).into()
    }
}
