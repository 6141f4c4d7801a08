//! The features of the spec language against the systems that use them.

use super::page::{FeatureRow, FeatureSection, FeatureSystem, FeaturesPage};
use crate::catalog::Outline;
use crate::features::{self, Use};
use crate::language::{Feature, LANGUAGE};

pub(super) fn page(outline: &Outline) -> FeaturesPage {
    let uses = features::uses(outline);
    let sections = LANGUAGE
        .sections()
        .iter()
        .map(|section| FeatureSection {
            title: section.title.clone(),
            description: section.description.clone(),
            rows: section
                .features
                .iter()
                .map(|id| row(outline, &LANGUAGE.features()[*id], &uses[*id]))
                .collect(),
        })
        .collect();
    FeaturesPage {
        features: uses.len(),
        unused: uses.iter().filter(|used| used.systems.is_empty()).count(),
        systems: outline.integrations.len(),
        escape_hatches: features::escape_hatches(outline),
        sections,
    }
}

fn row(outline: &Outline, feature: &Feature, used: &Use) -> FeatureRow {
    let systems = outline.integrations.iter().filter_map(|integration| {
        let actions = *used.systems.get(&integration.id)?;
        Some(FeatureSystem {
            title: integration.title.clone(),
            slug: integration.slug.clone(),
            actions,
        })
    });
    FeatureRow {
        name: feature.name.clone(),
        meaning: feature.meaning.clone(),
        actions: used.actions(),
        everywhere: used.systems.len() == outline.integrations.len(),
        systems: systems.collect(),
    }
}
