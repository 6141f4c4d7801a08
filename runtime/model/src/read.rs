//! Reading the model from JSON text, with errors that name the place.

use serde::de::DeserializeOwned;

/// A text is not what it should be: malformed JSON, a missing or unknown field, or a value of another type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct Damage {
    path: String,
    message: String,
}

impl Damage {
    /// The place of the error within the text, as `servers[0].url`; `.` for the whole text.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// Reads a value from JSON text. Errors if the text is not JSON, lacks a field, or has one that the type does not know.
pub fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Damage> {
    let mut json = serde_json::Deserializer::from_str(text);
    let damage = |error: serde_path_to_error::Error<serde_json::Error>| Damage {
        path: error.path().to_string(),
        message: error.inner().to_string(),
    };
    let value = serde_path_to_error::deserialize(&mut json).map_err(damage)?;
    json.end().map_err(|error| Damage { path: ".".to_owned(), message: error.to_string() })?;
    Ok(value)
}
