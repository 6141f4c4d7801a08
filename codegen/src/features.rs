//! The features of the spec language, and which specs use them.
//!
//! A feature is a choice that the language offers (`kind: cursor`, `style: comma`) or a key that may be left out (`renamedFrom`). All of them
//! are read from the schemas that the model derives, so that none is listed by hand. `load` marks what a file says; what a spec leaves to
//! the language's defaults is added from the Catalog.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::language::{FeatureId, LANGUAGE};

use crate::catalog::Outline;

/// Which systems use a feature.
#[derive(Clone, Debug, Default)]
pub struct Use {
    /// By the integration's id: how many of its actions use it; 0 where the integration or a trigger does.
    pub systems: BTreeMap<String, usize>,
}

impl Use {
    /// How many actions use it.
    #[must_use]
    pub fn actions(&self) -> usize {
        self.systems.values().sum()
    }
}

/// What a catalogue uses, by feature, in the order of [`LANGUAGE`].
#[must_use]
pub fn uses(outline: &Outline) -> Vec<Use> {
    let mut all = vec![Use::default(); LANGUAGE.features().len()];
    for integration in &outline.integrations {
        for &id in &integration.features {
            all[id].systems.entry(integration.id.clone()).or_default();
        }
        for action in &integration.actions {
            for &id in &action.features {
                *all[id].systems.entry(integration.id.clone()).or_default() += 1;
            }
        }
    }
    all
}

/// How many actions hand their work over to code that is no spec.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EscapeHatches {
    /// Keys of the language for that.
    pub keys: usize,
    /// Actions that use one.
    pub actions: usize,
}

/// Keys by which a spec could name code to run instead of a declaration. The language has none: a feature that comes to be one is listed
/// here, and is counted from then on.
const ESCAPE_HATCHES: &[&str] = &[];

/// Counts escape hatches.
#[must_use]
pub fn escape_hatches(outline: &Outline) -> EscapeHatches {
    let ids: BTreeSet<FeatureId> = LANGUAGE
        .features()
        .iter()
        .enumerate()
        .filter(|(_, feature)| ESCAPE_HATCHES.contains(&feature.id.as_str()))
        .map(|(id, _)| id)
        .collect();
    let actions = outline.integrations.iter().flat_map(|integration| &integration.actions);
    EscapeHatches {
        keys: ids.len(),
        actions: actions.filter(|action| action.features.iter().any(|id| ids.contains(id))).count(),
    }
}
