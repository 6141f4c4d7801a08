//! The catalogue, its categories, the page of the search, and "not found".

use std::collections::HashSet;

use anyhow::Result;
use serde::Serialize;

use crate::address::{page as address_of, relative};
use crate::build::{Frame, Link, Site};
use crate::index::Integration;
use crate::order::twin;
use crate::text::{line, plain, slug};
use crate::write::Staging;

/// Up to this many integrations, the catalogue is one list and each card has a description. A larger one has a list for each category, and
/// descriptions are on the pages of the categories, so that a first view stays small.
const DESCRIBED: usize = 60;

/// Kinds of actions and triggers: the word of the catalogue, the facet, and the name of the choice.
const KINDS: &[(&str, &str, &str)] = &[
    ("read", "effect", "Reads"),
    ("write", "effect", "Writes"),
    ("destructive", "effect", "Destructive"),
    ("polling", "triggers", "Polling"),
    ("webhook", "triggers", "Webhook"),
];

/// Protocols by the URL scheme of servers.
const PROTOCOLS: &[(&str, &str)] = &[("https", "HTTP"), ("tcp", "TCP"), ("tds", "SQL (TDS)")];

/// How many cards before a card have other colours: a row and one more on a wide screen.
const APART: usize = 4;
const HUES: usize = 8;
/// How many cards before a card have other letters: fewer than there are letters and digits, so that there always are some.
const UNLIKE: usize = 32;

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
    facets: Vec<Facet>,
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct CategoryPage {
    frame: Frame,
    title: String,
    full_title: String,
    description: String,
    twin: String,
    crumbs: Vec<Link>,
    cards: Vec<Card>,
    actions: usize,
    others: Vec<Other>,
}

/// A link to another category.
#[derive(Serialize)]
struct Other {
    title: String,
    href: String,
    count: usize,
    current: bool,
}

/// What the catalogue is filtered by. Choices of one facet are alternatives; facets combine.
#[derive(Clone, Serialize)]
struct Facet {
    id: &'static str,
    title: &'static str,
    choices: Vec<Choice>,
}

#[derive(Clone, Serialize)]
struct Choice {
    id: String,
    title: String,
    count: usize,
    /// Its number among the choices of all facets; cards list their numbers.
    number: usize,
    /// Whether it refines the choice before it.
    inner: bool,
}

/// Cards below one heading; the only section of a small catalogue has none.
#[derive(Serialize)]
struct Section {
    title: Option<String>,
    href: String,
    cards: Vec<Card>,
}

#[derive(Clone, Serialize)]
struct Card {
    title: String,
    monogram: String,
    /// One of eight colours.
    hue: usize,
    category: String,
    category_title: String,
    href: String,
    summary: Option<String>,
    authentication: String,
    actions: usize,
    triggers: usize,
    deprecated: bool,
    /// The numbers of the choices that it fits, with a blank between them.
    choices: String,
}

#[derive(Serialize)]
struct Plain {
    frame: Frame,
}

/// The address of the page of a category.
pub(crate) fn category_address(id: &str) -> String {
    format!("categories/{}/", slug(id))
}

/// Categories that have integrations: id and title, in the order of the catalogue.
pub(crate) fn categories<'a>(site: &'a Site) -> impl Iterator<Item = (&'a str, &'a str)> {
    let index = &site.input.index;
    index
        .categories
        .iter()
        .filter(|(id, _)| index.integrations.iter().any(|one| one.category == **id))
        .map(|(id, title)| (id.as_str(), title.as_str()))
}

pub(crate) fn write(site: &Site, staging: &Staging) -> Result<()> {
    let (facets, cards) = catalogue(site);
    for (id, title) in categories(site) {
        let page = category_page(site, id, title, &cards);
        let html = site.templates.render("category.html", &page)?;
        staging.write(&format!("{}index.html", category_address(id)), html.as_bytes())?;
    }
    let switch: Vec<[&str; 2]> =
        cards.iter().map(|card| [card.title.as_str(), card.href.as_str()]).collect();
    staging.write("integrations/index.json", &serde_json::to_vec(&switch)?)?;
    let html = site.templates.render("home.html", &home(site, facets, cards))?;
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

fn home(site: &Site, facets: Vec<Facet>, cards: Vec<Card>) -> Home {
    let index = &site.input.index;
    let sections = if cards.len() <= DESCRIBED {
        vec![Section { title: None, href: String::new(), cards }]
    } else {
        let of = |id: &str| {
            let own = cards.iter().filter(|card| card.category == id);
            own.map(|card| Card { summary: None, ..card.clone() }).collect()
        };
        categories(site)
            .map(|(id, title)| Section {
                title: Some(title.to_owned()),
                href: category_address(id),
                cards: of(id),
            })
            .collect()
    };
    Home {
        frame: site.frame(""),
        description: plain(&index.description),
        lead: line(&index.description),
        guides: !site.listed.guides.is_empty(),
        integrations: index.integrations.len(),
        actions: index.integrations.iter().map(|integration| integration.actions.len()).sum(),
        triggers: index.integrations.iter().map(|integration| integration.triggers.len()).sum(),
        facets,
        sections,
    }
}

fn category_page(site: &Site, id: &str, title: &str, cards: &[Card]) -> CategoryPage {
    let address = category_address(id);
    let own: Vec<Card> = cards
        .iter()
        .filter(|card| card.category == id)
        .map(|card| Card { href: relative(&address, &card.href), ..card.clone() })
        .collect();
    let names: Vec<&str> = own.iter().map(|card| card.title.as_str()).take(5).collect();
    let others = categories(site)
        .map(|(other, title)| Other {
            title: title.to_owned(),
            href: relative(&address, &category_address(other)),
            count: cards.iter().filter(|card| card.category == other).count(),
            current: other == id,
        })
        .collect();
    let index = &site.input.index;
    CategoryPage {
        frame: site.frame(&address),
        title: title.to_owned(),
        full_title: format!("{title} – {}", index.title),
        description: format!("Integrations for {title}: {}.", names.join(", ")),
        twin: relative(&address, "integrations/README.md"),
        crumbs: vec![Link { title: index.title.clone(), href: relative(&address, "") }],
        actions: own.iter().map(|card| card.actions).sum(),
        cards: own,
        others,
    }
}

/// The facets, and a card for each integration, by title.
fn catalogue(site: &Site) -> (Vec<Facet>, Vec<Card>) {
    let index = &site.input.index;
    let mut integrations: Vec<&Integration> = index.integrations.iter().collect();
    integrations.sort_by_key(|integration| integration.title.to_lowercase());
    let mut facets: Vec<Facet> = [
        ("category", "Category"),
        ("authentication", "Authentication"),
        ("effect", "Actions"),
        ("triggers", "Triggers"),
        ("protocol", "Protocol"),
    ]
    .map(|(id, title)| Facet { id, title, choices: Vec::new() })
    .into();
    for (id, title) in categories(site) {
        facets[0].choices.push(choice(slug(id), title, false));
    }
    // A choice that every integration fits is left out below.
    let fits: Vec<Vec<(&str, Choice)>> =
        integrations.iter().map(|integration| fitting(integration)).collect();
    for (facet, wanted) in fits.iter().flatten() {
        let facet = facets.iter_mut().find(|one| one.id == *facet);
        let Some(facet) = facet else { continue };
        match facet.choices.iter_mut().find(|choice| choice.id == wanted.id) {
            Some(found) => found.count += 1,
            None => facet.choices.push(Choice { count: 1, ..wanted.clone() }),
        }
    }
    let mut number = 0;
    for facet in &mut facets {
        if facet.id != "category" {
            facet.choices.sort_by_key(|choice| order(facet.id, choice));
        }
        facet.choices.retain(|choice| (1..integrations.len()).contains(&choice.count));
        for choice in &mut facet.choices {
            choice.number = number;
            number += 1;
        }
    }
    facets.retain(|facet| !facet.choices.is_empty());
    let mut monograms: Vec<String> = Vec::new();
    let mut hues: Vec<usize> = Vec::new();
    let cards = integrations.iter().zip(&fits).map(|(integration, fits)| {
        let monogram = monogram(&integration.title, &monograms);
        monograms.push(monogram.clone());
        let hue = hue(&integration.title, &hues);
        hues.push(hue);
        card(site, integration, monogram, hue, &numbers(&facets, fits))
    });
    let cards = cards.collect();
    (facets, cards)
}

fn choice(id: String, title: &str, inner: bool) -> Choice {
    Choice { id, title: title.to_owned(), count: 0, number: 0, inner }
}

/// The choices that an integration fits, with their facets.
fn fitting(integration: &Integration) -> Vec<(&'static str, Choice)> {
    let mut fits = vec![("category", choice(slug(&integration.category), "", false))];
    let mut families = HashSet::new();
    for kind in &integration.authentication_kinds {
        // `OAuth 2, client credentials`: the family is a choice too.
        if let Some((family, rest)) = kind.split_once(", ") {
            if families.insert(family) {
                fits.push(("authentication", choice(slug(family), family, false)));
            }
            fits.push(("authentication", choice(slug(kind), rest, true)));
        } else {
            fits.push(("authentication", choice(slug(kind), kind, false)));
        }
    }
    if integration.authentication_kinds.is_empty() {
        fits.push(("authentication", choice("none".to_owned(), "None", false)));
    }
    for (kind, facet, title) in KINDS {
        let mut heads = integration.actions.iter().chain(&integration.triggers);
        if heads.any(|head| [&head.effect, &head.kind].contains(&&Some((*kind).to_owned()))) {
            fits.push((*facet, choice((*kind).to_owned(), title, false)));
        }
    }
    let protocol = protocol(integration);
    fits.push(("protocol", choice(slug(protocol), protocol, false)));
    fits
}

/// Choices by name, those that refine another behind it; effects and triggers as in [`KINDS`].
fn order(facet: &str, choice: &Choice) -> (usize, String) {
    let place = KINDS.iter().position(|(kind, of, _)| *of == facet && *kind == choice.id);
    (place.unwrap_or_default(), choice.id.clone())
}

fn numbers(facets: &[Facet], fits: &[(&str, Choice)]) -> String {
    let numbers: Vec<String> = fits
        .iter()
        .filter_map(|(facet, wanted)| {
            let facet = facets.iter().find(|one| one.id == *facet)?;
            facet.choices.iter().find(|choice| choice.id == wanted.id)
        })
        .map(|choice| choice.number.to_string())
        .collect();
    numbers.join(" ")
}

fn card(
    site: &Site,
    integration: &Integration,
    monogram: String,
    hue: usize,
    choices: &str,
) -> Card {
    let mut families: Vec<&str> = Vec::new();
    for kind in &integration.authentication_kinds {
        let family = kind.split(", ").next().unwrap_or(kind);
        if !families.contains(&family) {
            families.push(family);
        }
    }
    let title = &integration.title;
    let category = &integration.category;
    Card {
        title: title.clone(),
        monogram,
        hue,
        category: category.clone(),
        category_title: site.input.index.categories.get(category).unwrap_or(category).clone(),
        href: address_of(&twin(&integration.page)).unwrap_or_default(),
        summary: Some(line(&integration.summary)),
        authentication: if families.is_empty() {
            "No credentials".to_owned()
        } else {
            families.join(", ")
        },
        actions: integration.actions.len(),
        triggers: integration.triggers.len(),
        deprecated: integration.deprecated.is_some(),
        choices: choices.to_owned(),
    }
}

/// The protocol of an integration, in words.
fn protocol(integration: &Integration) -> &str {
    let known = PROTOCOLS.iter().find(|(scheme, _)| *scheme == integration.protocol);
    known.map_or(&integration.protocol, |(_, title)| title)
}

/// Two letters that none of the titles before it nearby has: initials first, then the first letter with each of the others.
fn monogram(title: &str, before: &[String]) -> String {
    let near = &before[before.len().saturating_sub(UNLIKE)..];
    let letters: Vec<char> = title.chars().filter(|c| c.is_alphanumeric()).collect();
    let Some(first) = letters.first() else { return "?".to_owned() };
    let mut previous = ' ';
    let mut initials = Vec::new();
    for c in title.chars() {
        let starts = c.is_alphanumeric() && !previous.is_alphanumeric();
        if starts || c.is_uppercase() && previous.is_lowercase() {
            initials.push(c);
        }
        previous = c;
    }
    let second = initials.into_iter().skip(1).chain(letters.iter().skip(1).copied());
    let pair = |second: char| first.to_uppercase().chain(second.to_lowercase()).collect::<String>();
    let mut pairs = second.chain('a'..='z').chain('0'..='9').map(pair);
    pairs.find(|pair| !near.contains(pair)).unwrap_or_else(|| first.to_uppercase().to_string())
}

/// The colour of a title; the next one if a card nearby has it.
fn hue(title: &str, before: &[usize]) -> usize {
    let near = &before[before.len().saturating_sub(APART)..];
    let wanted = title.bytes().map(usize::from).sum::<usize>();
    (0..HUES).map(|step| (wanted + step) % HUES).find(|hue| !near.contains(hue)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn monograms_differ_and_neighbours_have_other_colours() {
        let mut monograms = Vec::new();
        for title in ["AbuseIPDB", "AWS", "Azure Sentinel", "Azure Storage", "a1"] {
            monograms.push(monogram(title, &monograms));
        }
        assert_eq!(monograms, ["Ai", "Aw", "As", "Az", "A1"]);
        for _ in 0..100 {
            monograms.push(monogram("Amber Base", &monograms));
        }
        assert!(monograms.windows(UNLIKE + 1).all(|near| !near[..UNLIKE].contains(&near[UNLIKE])));
        let mut hues = Vec::new();
        for title in ["x"; 20] {
            hues.push(hue(title, &hues));
        }
        assert!(hues.windows(APART + 1).all(|near| !near[..APART].contains(&near[APART])));
    }
}
