//! Which features of the language an integration and an action use.

use std::collections::BTreeSet;

use super::model::{Action, Integration};
use crate::language::{FeatureId, LANGUAGE};

/// What the integration's own file and its triggers use.
pub(super) fn around(integration: &Integration) -> BTreeSet<FeatureId> {
    integration
        .features
        .iter()
        .chain(integration.triggers.iter().flat_map(|trigger| &trigger.features))
        .copied()
        .collect()
}

/// What an action uses, said or by default.
pub(super) fn of_action(action: &Action) -> BTreeSet<FeatureId> {
    let mut ids: BTreeSet<FeatureId> = action.features.iter().copied().collect();
    let mut implied = |definition: &str, value: &dyn erased::Named| {
        ids.extend(LANGUAGE.choice(definition, &value.name()));
    };
    implied("OutputKind", &action.output.kind);
    implied("Effect", &action.effect);
    for step in &action.steps {
        if let Some(http) = step.http() {
            implied("Method", &http.method);
        }
        if let Some(body) = step.body() {
            implied("BodyKind", &body);
        }
    }
    for parameter in &action.parameters {
        implied("Location", &parameter.location);
    }
    ids
}

/// The word that the language has for a value of one of its enums.
mod erased {
    use serde::Serialize;

    pub(super) trait Named {
        fn name(&self) -> String;
    }

    impl<T: Serialize> Named for T {
        fn name(&self) -> String {
            serde_json::to_value(self)
                .ok()
                .and_then(|value| value.as_str().map(str::to_owned))
                .unwrap_or_default()
        }
    }
}
