//! What machines read: `llms.txt`, the JSON catalogue, a JSON Schema for the parameters and the result of every action.
//!
//! The Markdown twin of each page lies beside it (`build`).

use anyhow::{Context, Result};
use rayon::prelude::*;
use serde_json::{Map, Value};

use crate::build::Site;
use crate::index::Integration;
use crate::input::Input;
use crate::order::{Kind, Place, groups, twin};
use crate::text::plain;
use crate::write::Staging;

/// The schemas in the JSON of an action or trigger, and the names of their files.
const SCHEMAS: &[(&str, &str, &str)] = &[
    ("arguments", "arguments.schema.json", "JSON Schema of the parameters"),
    ("result", "result.schema.json", "JSON Schema of the result"),
    ("schema", "event.schema.json", "JSON Schema of the event"),
];

/// The files for machines that belong to a page: what they are, and their path.
pub(crate) fn links(place: &Place, input: &Input) -> Vec<(String, String)> {
    let mut links = Vec::new();
    let Some(integration) = place.integration else { return links };
    match place.kind {
        Kind::Action => {
            links.push((SCHEMAS[0].2.to_owned(), format!("{}{}", place.address, SCHEMAS[0].1)));
            if place.head.is_some_and(|head| head.has_result) {
                links.push((SCHEMAS[1].2.to_owned(), format!("{}{}", place.address, SCHEMAS[1].1)));
            }
        }
        Kind::Trigger => {
            links.push((SCHEMAS[2].2.to_owned(), format!("{}{}", place.address, SCHEMAS[2].1)));
        }
        _ => {
            links.push(("Catalogue as JSON".to_owned(), format!("catalog/{}", integration.file)));
            let stem = integration.file.trim_end_matches("json");
            let openapi =
                input.files.iter().filter(|(path, _)| path.starts_with(&format!("openapi/{stem}")));
            links.extend(openapi.map(|(path, _)| ("OpenAPI document".to_owned(), path.clone())));
            links.push((
                "Pages for language models".to_owned(),
                format!("integrations/{}/llms.txt", integration.slug()),
            ));
            links.push((
                "All pages in one file".to_owned(),
                format!("integrations/{}/llms-full.txt", integration.slug()),
            ));
        }
    }
    links
}

pub(crate) fn write(site: &Site, staging: &Staging) -> Result<()> {
    let input = site.input;
    input.files.par_iter().try_for_each(|(path, file)| {
        let contents = std::fs::read(file).with_context(|| format!("{}", file.display()))?;
        staging.write(path, &contents)
    })?;
    input.index.integrations.par_iter().try_for_each(|integration| {
        schemas(site, integration, staging)?;
        let folder = format!("integrations/{}", integration.slug());
        staging.write(
            &format!("{folder}/llms-full.txt"),
            crate::twin::whole(site, integration)?.as_bytes(),
        )?;
        staging.write(&format!("{folder}/llms.txt"), of_integration(site, integration).as_bytes())
    })?;
    staging.write("llms.txt", of_catalogue(site).as_bytes())
}

/// A file for each schema, with the types that it refers to.
fn schemas(site: &Site, integration: &Integration, staging: &Staging) -> Result<()> {
    let path = site.options.on_demand.join("catalog").join(&integration.file);
    let text = std::fs::read(&path).with_context(|| format!("{}", path.display()))?;
    let catalogue: Value =
        serde_json::from_slice(&text).with_context(|| format!("{}", path.display()))?;
    let none = Map::new();
    let types = catalogue.get("$defs").and_then(Value::as_object).unwrap_or(&none);
    for list in ["actions", "triggers"] {
        for one in catalogue.get(list).and_then(Value::as_array).into_iter().flatten() {
            let heads = integration.actions.iter().chain(&integration.triggers);
            let name = one.get("name").and_then(Value::as_str);
            let Some(head) = heads.into_iter().find(|head| Some(head.name.as_str()) == name) else {
                continue;
            };
            let Some(address) = crate::address::page(&twin(&head.page)) else { continue };
            for (key, file, _) in SCHEMAS {
                if let Some(schema) = one.get(*key) {
                    let path = format!("{address}{file}");
                    let document = whole(schema, types, site.options.absolute(&path));
                    staging.write(&path, serde_json::to_string_pretty(&document)?.as_bytes())?;
                }
            }
        }
    }
    Ok(())
}

/// A schema that stands alone.
fn whole(schema: &Value, types: &Map<String, Value>, id: Option<String>) -> Value {
    let mut document = Map::new();
    document
        .insert("$schema".to_owned(), Value::from("https://json-schema.org/draft/2020-12/schema"));
    document.extend(id.map(|id| ("$id".to_owned(), Value::from(id))));
    document.extend(
        schema
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(key, _)| *key != "$schema")
            .map(|(key, value)| (key.clone(), value.clone())),
    );
    let mut needed = Map::new();
    let mut open = vec![schema];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                let reference = fields
                    .get("$ref")
                    .and_then(Value::as_str)
                    .and_then(|reference| reference.strip_prefix("#/$defs/"));
                if let Some((name, target)) = reference
                    .and_then(|name| types.get_key_value(name))
                    .filter(|(name, _)| !needed.contains_key(*name))
                {
                    needed.insert(name.clone(), target.clone());
                    open.push(target);
                }
                open.extend(fields.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    if !needed.is_empty() {
        needed.sort_keys();
        document.insert("$defs".to_owned(), Value::Object(needed));
    }
    Value::Object(document)
}

/// The address of a file for `llms.txt`: absolute where the host is known.
fn address(site: &Site, path: &str) -> String {
    site.options.absolute(path).unwrap_or_else(|| format!("{}{path}", site.options.base_path))
}

/// The Markdown of a page, by the path of its generated file.
fn markdown(site: &Site, twin: &str) -> String {
    site.places.get(twin).map_or_else(|| twin.to_owned(), crate::twin::of)
}

/// Plain text that cannot be taken for a link.
fn text(title: &str) -> String {
    plain(title).replace(['[', ']', '\n'], " ")
}

/// `llms.txt` of the whole catalogue, in the form of llmstxt.org.
fn of_catalogue(site: &Site) -> String {
    let index = &site.input.index;
    let link = |title: &str, path: &str| format!("- [{}]({})", text(title), address(site, path));
    let mut out = format!("# {}\n\n> {}\n\n", text(&index.title), text(&index.description));
    out.push_str("Every page is also available as Markdown, at the same address with `.md` in the place of the last slash; the links below lead to the Markdown. Each integration has an `llms.txt` that lists its pages, and beside it an `llms-full.txt` with all of them.\n");
    for (category, title) in &index.categories {
        let of: Vec<&Integration> = index
            .integrations
            .iter()
            .filter(|integration| integration.category == *category)
            .collect();
        if !of.is_empty() {
            out.push_str(&format!("\n## {}\n\n", text(title)));
        }
        for integration in of {
            let all = address(site, &format!("integrations/{}/llms.txt", integration.slug()));
            let head = link(&integration.title, &markdown(site, &twin(&integration.page)));
            let count = integration.actions.len() + integration.triggers.len();
            out.push_str(&format!(
                "{head}: {} {count} actions and triggers: {all}\n",
                text(&integration.summary)
            ));
        }
    }
    let of_kind = |kind| {
        site.input.pages.iter().filter(move |source| {
            site.places.get(&source.twin).is_some_and(|place| place.kind == kind)
        })
    };
    if !site.listed.guides.is_empty() {
        out.push_str("\n## Guides\n\n");
    }
    for (source, (_, title)) in of_kind(Kind::Guide).zip(&site.listed.guides) {
        out.push_str(&format!("{}\n", link(title, &markdown(site, &source.twin))));
    }
    out.push_str("\n## Data\n\n");
    out.push_str(&format!(
        "{}: every integration, action and trigger\n",
        link("Catalogue as JSON", "catalog/index.json")
    ));
    for (path, _) in site.input.files.iter().filter(|(path, _)| !path.starts_with("catalog/")) {
        let kind = if path.starts_with("openapi/") {
            "OpenAPI document"
        } else {
            "JSON Schema of spec files"
        };
        out.push_str(&format!("{}: {kind}\n", link(path.rsplit('/').next().unwrap_or(path), path)));
    }
    out.push_str("\n## Optional\n\n");
    for source in [Kind::About, Kind::Changelog, Kind::Reference].into_iter().flat_map(of_kind) {
        let kind = site.places.get(&source.twin).map_or("", |place| place.kind.word());
        let name = source.twin.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
        let name = if name == "README" { "Overview" } else { name };
        out.push_str(&format!(
            "{}\n",
            link(&format!("{kind}: {name}"), &markdown(site, &source.twin))
        ));
    }
    out
}

/// `llms.txt` of one integration: every action and trigger.
fn of_integration(site: &Site, integration: &Integration) -> String {
    let link = |title: &str, path: &str| format!("- [{}]({})", text(title), address(site, path));
    let mut out = format!("# {}\n\n> {}\n", text(&integration.title), text(&integration.summary));
    out.push_str(&format!("\n{}\n", link("Overview", &markdown(site, &twin(&integration.page)))));
    let connect = twin(&format!("{}/connect.md", integration.slug()));
    if site.places.contains_key(&connect) {
        out.push_str(&format!("{}\n", link("How to connect", &connect)));
    }
    out.push_str(&format!(
        "{}\n",
        link("All of it as JSON", &format!("catalog/{}", integration.file))
    ));
    for group in groups(integration) {
        out.push_str(&format!("\n## {}\n\n", text(group.title)));
        for head in group.heads {
            out.push_str(&format!(
                "{}: {}\n",
                link(&head.title, &markdown(site, &twin(&head.page))),
                text(&head.summary)
            ));
        }
    }
    out
}
