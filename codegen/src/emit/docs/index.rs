//! The index of the catalogue, and the navigation.

use super::action::head;
use super::integration::{action_rows, scheme_kind, trigger_rows};
use super::page::{CategoryPart, IndexPage, IndexRow};
use crate::catalog::{IntegrationOutline, Outline};

pub(super) fn page(outline: &Outline) -> IndexPage {
    let of = |category: &str| {
        outline
            .integrations
            .iter()
            .filter(|integration| integration.category == category)
            .map(row)
            .collect::<Vec<_>>()
    };
    let categories = outline
        .info
        .categories
        .iter()
        .map(|(id, title)| CategoryPart { title: title.clone(), integrations: of(id) })
        .filter(|category| !category.integrations.is_empty())
        .collect();
    IndexPage {
        title: outline.info.title.clone(),
        description: outline.info.description.clone(),
        categories,
        integrations: outline.integrations.len(),
        actions: outline.integrations.iter().map(|integration| integration.actions.len()).sum(),
        triggers: outline.integrations.iter().map(|integration| integration.triggers.len()).sum(),
    }
}

fn row(integration: &IntegrationOutline) -> IndexRow {
    IndexRow {
        head: head(&integration.title, &integration.slug),
        summary: integration.summary.clone(),
        schemes: integration
            .authentication
            .values()
            .map(|scheme| scheme_kind(integration.protocol, scheme).to_owned())
            .collect(),
        actions: action_rows(integration),
        triggers: trigger_rows(integration),
        deprecated: integration.deprecated.is_some(),
    }
}
