//! Documentation pages, rendered through `docs-templates`.
//!
//! This module decides what a page says (`page`, and a builder for each kind of page); templates decide how it looks. Which pages there are
//! is decided by the templates that a layout has: `index`, `summary`, `features`, `changelog`, `integration`, `connect`, `action`, `trigger`.

mod action;
mod changelog;
mod curl;
mod features;
mod form;
pub(super) mod indent;
mod index;
mod integration;
mod page;
mod trigger;
mod words;

pub(super) use integration::scheme_kind;
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::{EmitError, Emitter, Output, Settings};
use crate::catalog::{Info, Integration, Outline};
use crate::markdown;
use crate::prepare::Preparer;

/// Documentation pages.
pub struct Docs;

impl Emitter for Docs {
    fn name(&self) -> &'static str {
        "docs"
    }

    fn about(&self) -> &'static str {
        "the documentation pages"
    }

    fn integration(
        &self,
        info: &Info,
        integration: &Integration,
        settings: &Settings,
    ) -> Result<Vec<Output>, EmitError> {
        integration_pages(info, integration, settings)
    }

    fn catalog(&self, outline: &Outline, settings: &Settings) -> Result<Vec<Output>, EmitError> {
        catalog_pages(outline, settings)
    }
}

fn integration_pages(
    info: &Info,
    integration: &Integration,
    settings: &Settings,
) -> Result<Vec<Output>, EmitError> {
    let templates = Templates::new(settings)?;
    let folder = format!("docs/{}", integration.slug);
    let mut outputs = Vec::new();
    let page = integration::page(info, integration);
    outputs.extend(templates.render("integration", format!("{folder}/README.md"), &page)?);
    outputs.extend(templates.render("connect", format!("{folder}/connect.md"), &page)?);
    let preparer = Preparer::new(integration)
        .map_err(|message| EmitError::Sample { action: integration.id.clone(), message })?;
    for action in &integration.actions {
        let path = format!("{folder}/actions/{}.md", action.slug);
        let page = action::page(info, integration, action, &preparer)?;
        outputs.extend(templates.render("action", path, &page)?);
    }
    for trigger in &integration.triggers {
        let path = format!("{folder}/triggers/{}.md", trigger.slug);
        outputs.extend(templates.render(
            "trigger",
            path,
            &trigger::page(info, integration, trigger),
        )?);
    }
    Ok(outputs)
}

fn catalog_pages(outline: &Outline, settings: &Settings) -> Result<Vec<Output>, EmitError> {
    let templates = Templates::new(settings)?;
    let page = index::page(outline);
    let pages: [&(dyn Fn() -> Result<Option<Output>, EmitError> + Sync); 4] = [
        &|| templates.render("index", "docs/README.md".to_owned(), &page),
        &|| templates.render("summary", "docs/SUMMARY.md".to_owned(), &page),
        &|| {
            templates.render("changelog", "docs/CHANGELOG.md".to_owned(), &changelog::page(outline))
        },
        &|| templates.render("features", "docs/features.md".to_owned(), &features::page(outline)),
    ];
    // Each is of every integration, and the last thing that a run waits for.
    let pages = pages.into_par_iter().map(|page| page()).collect::<Result<Vec<_>, _>>()?;
    Ok(pages.into_iter().flatten().collect())
}

/// The templates of one layout.
struct Templates<'a> {
    environment: Environment<'a>,
    layout: &'a str,
}

impl<'a> Templates<'a> {
    fn new(settings: &'a Settings) -> Result<Self, EmitError> {
        Ok(Self { environment: environment(settings)?, layout: &settings.layout })
    }

    /// Renders a page, if the layout has such a template.
    fn render(
        &self,
        template: &str,
        path: String,
        page: &impl Serialize,
    ) -> Result<Option<Output>, EmitError> {
        let name = format!("{}/{template}.md.j2", self.layout);
        let Ok(template) = self.environment.get_template(&name) else { return Ok(None) };
        let text =
            template.render(minijinja::value::Serde(page)).map_err(|error| fault(&name, &error))?;
        Ok(Some(Output::text(path, tidy(&text))))
    }
}

/// An environment with every template and our filters. Printing what is undefined is an error; in a condition it is false, as a fact
/// that a page does not have is.
fn environment(settings: &Settings) -> Result<Environment<'_>, EmitError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
        .map_err(|error| fault("syntax", &error))?;
    environment.set_syntax(syntax);
    environment.add_filter("md", |text: String| markdown::block(&text));
    environment.add_filter("cell", |text: String| markdown::cell(&text));
    environment.add_filter("plain", |text: String| markdown::plain(&text));
    environment.add_filter("code", |text: String| markdown::code(&text));
    environment.add_filter("json", |value: minijinja::Value| json_code(&value));
    environment
        .add_filter("fence", |text: String, language: String| markdown::fence(&text, &language));
    environment.add_filter("quote", |text: String| format!("> {}", text.replace('\n', "\n> ")));
    for (name, source) in &settings.templates {
        environment.add_template(name, source).map_err(|error| fault(name, &error))?;
    }
    Ok(environment)
}

/// A JSON value as a code span.
fn json_code(value: &minijinja::Value) -> String {
    markdown::code(&serde_json::to_value(value).unwrap_or(Value::Null).to_string())
}

fn fault(template: &str, error: &minijinja::Error) -> EmitError {
    let mut message = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        message.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    EmitError::Template { template: template.to_owned(), message }
}

/// No blank at the end of a line, no two empty lines outside code, one line break at the end.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    let mut empty = 0;
    let mut preformatted = false;
    for line in text.lines() {
        preformatted = (preformatted || line.starts_with("<pre ")) && !line.contains("</pre>");
        let ticks = line.trim_start();
        let ticks = &ticks[..ticks.len() - ticks.trim_start_matches('`').len()];
        match fence {
            Some(open) if ticks.len() >= open.len() && line.trim() == ticks => fence = None,
            None if ticks.len() >= 3 => fence = Some(ticks),
            _ => {}
        }
        let line = if fence.is_some() || preformatted { line } else { line.trim_end() };
        empty = if line.is_empty() && fence.is_none() && !preformatted { empty + 1 } else { 0 };
        if empty < 2 && !(line.is_empty() && out.is_empty()) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// Renders one template of any folder.
pub(super) fn render_with(
    settings: &Settings,
    template: &str,
    path: &str,
    page: &impl Serialize,
) -> Result<Output, EmitError> {
    let environment = environment(settings)?;
    let found = environment.get_template(template).map_err(|error| fault(template, &error))?;
    let model = std::collections::BTreeMap::from([("page", page)]);
    let text =
        found.render(minijinja::value::Serde(&model)).map_err(|error| fault(template, &error))?;
    Ok(Output::text(path, tidy(&text)))
}
