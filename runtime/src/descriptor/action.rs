//! An action with the integration that it belongs to.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use actionspec_model as model;
use serde_json::value::RawValue;

use super::Integration;

/// One action: its facts, and its integration. It dereferences to the [facts](model::Action).
pub struct Action {
    /// The integration.
    pub integration: &'static Integration,
    facts: model::Action,
    example: Option<&'static RawValue>,
}

impl Action {
    /// An action of an integration, without an example.
    #[must_use]
    pub fn new(integration: &'static Integration, facts: model::Action) -> Self {
        Self { integration, facts, example: None }
    }

    /// The same with an example of the response body.
    pub(super) fn with_example(self, example: Option<&'static RawValue>) -> Self {
        Self { example, ..self }
    }

    /// The JSON text of an example of the response body.
    pub(crate) fn example_text(&self) -> Option<&'static str> {
        self.example.map(RawValue::get)
    }

    /// How long one request may take.
    pub(crate) fn timeout(&self) -> Duration {
        seconds(self.facts.timeout_seconds)
    }
}

/// A duration; the longest possible, if the seconds are not those of a duration.
pub(crate) fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}

impl Deref for Action {
    type Target = model::Action;

    fn deref(&self) -> &model::Action {
        &self.facts
    }
}

impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Action").field("name", &self.name()).finish_non_exhaustive()
    }
}
