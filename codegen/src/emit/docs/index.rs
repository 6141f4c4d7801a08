//! The index of the catalogue, and the navigation.

use super::action::head;
use super::integration::{action_rows, scheme_kind, trigger_rows};
use super::page::{CategoryPart, IndexPage, IndexRow};
use crate::catalog::{Catalog, Integration};

pub(super) fn page(catalog: &Catalog) -> IndexPage {
    let of = |category: &str| {
        catalog
            .integrations
            .iter()
            .filter(|integration| integration.category == category)
            .map(row)
            .collect::<Vec<_>>()
    };
    let categories = catalog
        .info
        .categories
        .iter()
        .map(|(id, title)| CategoryPart { title: title.clone(), integrations: of(id) })
        .filter(|category| !category.integrations.is_empty())
        .collect();
    IndexPage {
        title: catalog.info.title.clone(),
        description: catalog.info.description.clone(),
        categories,
        integrations: catalog.integrations.len(),
        actions: catalog.integrations.iter().map(|integration| integration.actions.len()).sum(),
        triggers: catalog.integrations.iter().map(|integration| integration.triggers.len()).sum(),
    }
}

fn row(integration: &Integration) -> IndexRow {
    IndexRow {
        head: head(integration),
        summary: integration.summary.clone(),
        schemes: integration
            .authentication
            .values()
            .map(|scheme| scheme_kind(integration, scheme).to_owned())
            .collect(),
        actions: action_rows(integration),
        triggers: trigger_rows(integration),
        deprecated: integration.deprecated.is_some(),
    }
}
