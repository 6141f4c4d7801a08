//! The catalogue, the page of the search, and "not found".

use anyhow::Result;
use indexmap::IndexMap;
use serde::Serialize;

use crate::address::page as address_of;
use crate::build::{Frame, Site};
use crate::index::Integration;
use crate::order::twin;
use crate::text::{line, plain, slug};
use crate::write::Staging;

/// Kinds of actions and triggers: the word of the catalogue, and how the filter names them.
const KINDS: &[(&str, &str)] = &[
    ("read", "Reads"),
    ("write", "Writes"),
    ("destructive", "Destructive"),
    ("polling", "Polling triggers"),
    ("webhook", "Webhook triggers"),
];

#[derive(Serialize)]
struct Home {
    frame: Frame,
    description: String,
    lead: String,
    /// Whether the site has guides.
    guides: bool,
    integrations: usize,
    actions: usize,
    triggers: usize,
    cards: Vec<Card>,
    categories: Vec<Choice>,
    authentication: Vec<Choice>,
    kinds: Vec<Choice>,
}

/// A choice of a filter.
#[derive(Serialize)]
struct Choice {
    id: String,
    title: String,
    count: usize,
}

#[derive(Serialize)]
struct Card {
    title: String,
    initial: String,
    /// One of eight colours, the same for the same title.
    hue: u32,
    category: String,
    category_title: String,
    href: String,
    summary: String,
    actions: usize,
    triggers: usize,
    deprecated: bool,
    /// Ids of the choices that it fits, with a blank between them.
    authentication: String,
    kinds: String,
}

#[derive(Serialize)]
struct Plain {
    frame: Frame,
}

/// The id of a category in addresses of the filtered catalogue.
pub(crate) fn category(id: &str) -> String {
    slug(id)
}

pub(crate) fn write(site: &Site, staging: &Staging) -> Result<()> {
    let html = site.templates.render("home.html", &home(site))?;
    staging.write("index.html", html.as_bytes())?;
    let html = site.templates.render("search.html", &Plain { frame: site.frame("search/") })?;
    staging.write("search/index.html", html.as_bytes())?;
    // A host shows this page at any address: its links cannot be relative.
    let mut frame = site.frame("");
    frame.root.clone_from(&site.options.base_path);
    frame.canonical = None;
    for link in frame.menu.iter_mut().chain(&mut frame.about) {
        link.href = format!("{}{}", site.options.base_path, link.href.trim_start_matches("./"));
    }
    let html = site.templates.render("404.html", &Plain { frame })?;
    staging.write("404.html", html.as_bytes())
}

fn home(site: &Site) -> Home {
    let index = &site.input.index;
    let mut schemes: IndexMap<String, Choice> = IndexMap::new();
    for kind in index.integrations.iter().flat_map(|integration| &integration.authentication_kinds)
    {
        let choice = schemes.entry(slug(kind)).or_insert_with_key(|id| Choice {
            id: id.clone(),
            title: kind.clone(),
            count: 0,
        });
        choice.count += 1;
    }
    schemes.sort_by(|_, a, _, b| a.title.cmp(&b.title));
    let mut kinds: Vec<Choice> = KINDS
        .iter()
        .map(|(id, title)| Choice { id: (*id).to_owned(), title: (*title).to_owned(), count: 0 })
        .collect();
    for integration in &index.integrations {
        for kind in kinds_of(integration) {
            kinds
                .iter_mut()
                .filter(|choice| choice.id == kind)
                .for_each(|choice| choice.count += 1);
        }
    }
    kinds.retain(|choice| choice.count > 0);
    let mut cards: Vec<Card> =
        index.integrations.iter().map(|integration| card(site, integration)).collect();
    cards.sort_by_key(|card| card.title.to_lowercase());
    let count = |id: &String| {
        index.integrations.iter().filter(|integration| integration.category == *id).count()
    };
    let mut categories: Vec<Choice> = index
        .categories
        .iter()
        .map(|(id, title)| Choice { id: category(id), title: title.clone(), count: count(id) })
        .collect();
    categories.retain(|choice| choice.count > 0);
    Home {
        frame: site.frame(""),
        description: plain(&index.description),
        lead: line(&index.description),
        guides: !site.listed.guides.is_empty(),
        integrations: index.integrations.len(),
        actions: index.integrations.iter().map(|integration| integration.actions.len()).sum(),
        triggers: index.integrations.iter().map(|integration| integration.triggers.len()).sum(),
        cards,
        categories,
        authentication: schemes.into_values().collect(),
        kinds,
    }
}

fn card(site: &Site, integration: &Integration) -> Card {
    let title = &integration.title;
    Card {
        title: title.clone(),
        initial: title
            .chars()
            .find(|c| c.is_alphanumeric())
            .map(|c| c.to_uppercase().to_string())
            .unwrap_or_default(),
        hue: title.chars().map(u32::from).sum::<u32>() % 8,
        category: category(&integration.category),
        category_title: site
            .input
            .index
            .categories
            .get(&integration.category)
            .unwrap_or(&integration.category)
            .clone(),
        href: address_of(&twin(&integration.page)).unwrap_or_default(),
        summary: line(&integration.summary),
        actions: integration.actions.len(),
        triggers: integration.triggers.len(),
        deprecated: integration.deprecated.is_some(),
        authentication: integration
            .authentication_kinds
            .iter()
            .map(|kind| slug(kind))
            .collect::<Vec<_>>()
            .join(" "),
        kinds: kinds_of(integration).join(" "),
    }
}

/// The kinds of actions and triggers that an integration has.
fn kinds_of(integration: &Integration) -> Vec<&'static str> {
    let heads = || integration.actions.iter().chain(&integration.triggers);
    let has = |kind: &str| {
        heads()
            .any(|head| head.effect.as_deref() == Some(kind) || head.kind.as_deref() == Some(kind))
    };
    KINDS.iter().map(|(kind, _)| *kind).filter(|kind| has(kind)).collect()
}
