//! JSON Schemas of the spec files, for editors: what completion and hover show is the documentation in `spec`.

use super::{EmitError, Emitter, Output, Settings};
use crate::catalog::Outline;
use crate::language::schema::kinds;

/// JSON Schemas of the spec files.
pub struct EditorSchema;

impl Emitter for EditorSchema {
    fn name(&self) -> &'static str {
        "schema"
    }

    fn about(&self) -> &'static str {
        "JSON Schemas of the spec files, for editors"
    }

    fn describes_language(&self) -> bool {
        true
    }

    fn catalog(&self, _: &Outline, _: &Settings) -> Result<Vec<Output>, EmitError> {
        let outputs = kinds().into_iter().map(|(kind, schema)| {
            let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
            Output::text(format!("schema/{kind}.schema.json"), text + "\n")
        });
        Ok(outputs.collect())
    }
}
