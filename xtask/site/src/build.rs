//! The whole of it: reads, renders in parallel, writes beside the old site, indexes, checks, and puts the new one in its place.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use serde::Serialize;

use crate::address::{Addresses, relative, root};
use crate::index::Integration;
use crate::input::{self, Input, Source};
use crate::markdown::{Document, Heading, Reading, Target};
use crate::options::Options;
use crate::order::{self, Kind, Place, Step};
use crate::sidebar::{self, Sidebar};
use crate::synonyms::{self, Synonyms};
use crate::template::Templates;
use crate::text::plain;
use crate::write::Staging;
use crate::{check, data, home, host, machine, markdown, measure, search, twin};

/// What was built.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Pages of HTML, redirects left out.
    pub pages: usize,
    /// Files in all.
    pub files: usize,
    /// Links and anchors that were followed.
    pub links: usize,
    /// Seconds for pages and other files.
    #[serde(serialize_with = "seconds")]
    pub render: Duration,
    /// Seconds for the index of the search.
    #[serde(serialize_with = "seconds")]
    pub index: Duration,
    /// Seconds for following links.
    #[serde(serialize_with = "seconds")]
    pub check: Duration,
    /// The most memory that this process has had, in bytes, where that is known.
    pub memory: Option<u64>,
    /// The most memory that the indexing process has had.
    pub index_memory: Option<u64>,
}

fn seconds<S: serde::Serializer>(
    duration: &Duration,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64())
}

/// What all pages are rendered with.
pub(crate) struct Site<'a> {
    pub(crate) options: &'a Options,
    pub(crate) input: &'a Input,
    pub(crate) templates: &'a Templates,
    pub(crate) places: &'a HashMap<String, Place<'a>>,
    addresses: Addresses,
    pub(crate) listed: Listed,
    synonyms: Synonyms,
    /// Name and version of the crate of each integration that has one, by the integration's slug.
    packages: HashMap<&'a str, (String, String)>,
    /// The generated files of pages, by their paths in the site.
    pub(crate) sources: HashMap<&'a str, &'a Source>,
}

/// Pages that other pages list: address and title.
pub(crate) struct Listed {
    pub(crate) reference: Vec<(String, String)>,
    pub(crate) guides: Vec<(String, String)>,
    /// Pages about the whole catalogue.
    about: Vec<(String, String)>,
}

/// What every template knows.
#[derive(Serialize)]
pub(crate) struct Frame {
    pub(crate) site: String,
    /// The way to the site's root.
    pub(crate) root: String,
    pub(crate) version: String,
    pub(crate) canonical: Option<String>,
    pub(crate) search: bool,
    pub(crate) menu: Vec<Link>,
    /// Pages about the whole catalogue.
    pub(crate) about: Vec<Link>,
}

#[derive(Serialize)]
pub(crate) struct Link {
    pub(crate) title: String,
    pub(crate) href: String,
}

#[derive(Serialize)]
struct Page {
    frame: Frame,
    kind: &'static str,
    title: String,
    /// The title of browser tabs and search results.
    full_title: String,
    description: String,
    integration: Option<String>,
    /// Other words that the search finds the page by.
    words: String,
    name: Option<String>,
    lead: String,
    body: String,
    foot: String,
    contents: Vec<Heading>,
    crumbs: Vec<Link>,
    sidebar: Option<Sidebar>,
    previous: Option<Link>,
    next: Option<Link>,
    edit: Option<String>,
    spec: Option<String>,
    twin: String,
    /// Structured data for search engines, as JSON.
    data: Option<String>,
    /// Name and version of the integration's crate.
    package: Option<(String, String)>,
    machine: Vec<Link>,
}

/// Builds the site, and puts it in the place of the one before.
pub fn build(options: &Options) -> Result<Report> {
    let start = Instant::now();
    let input = input::read(options)?;
    let templates = Templates::read(&options.templates)?;
    let titles = titles(&input.pages)?;
    let places = order::places(&input.index, &input.pages, &titles);
    let site = Site::new(options, &input, &templates, &places, &titles);
    let staging = Staging::new(&options.out)?;
    let unresolved: Vec<Vec<String>> =
        input.pages.par_iter().map(|source| site.page(source, &staging)).collect::<Result<_>>()?;
    let unresolved: Vec<String> = unresolved.into_iter().flatten().collect();
    if !unresolved.is_empty() {
        bail!("links of Markdown pages lead nowhere:\n  {}", unresolved.join("\n  "));
    }
    staging.write(search::VOCABULARY, site.vocabulary().as_bytes())?;
    home::write(&site, &staging)?;
    machine::write(&site, &staging)?;
    host::write(&site, &staging)?;
    templates.assets.par_iter().try_for_each(|(path, contents)| staging.write(path, contents))?;
    let render = start.elapsed();

    let start = Instant::now();
    let index_memory = if options.search { search::index(staging.folder())? } else { None };
    let index = start.elapsed();

    let start = Instant::now();
    let checked = check::links(staging.folder(), &options.base_path)?;
    if !checked.problems.is_empty() {
        bail!(
            "{} links of the site are broken:\n  {}",
            checked.problems.len(),
            checked.problems.join("\n  ")
        );
    }
    let check = start.elapsed();
    let files = staging.publish()?;
    let memory = measure::own_peak();
    Ok(Report {
        pages: checked.pages,
        files,
        links: checked.links,
        render,
        index,
        check,
        memory,
        index_memory,
    })
}

/// The first heading of pages that the index of the catalogue does not name.
fn titles(sources: &[Source]) -> Result<HashMap<&str, String>> {
    let is_named = |source: &&Source| {
        source.twin.starts_with(crate::address::INTEGRATIONS)
            && source.twin.matches('/').count() > 1
    };
    let mut titles = HashMap::new();
    for source in sources.iter().filter(|source| !is_named(source)) {
        let text = read(&source.file)?;
        let heading = text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default();
        titles.insert(source.twin.as_str(), plain(heading));
    }
    Ok(titles)
}

pub(crate) fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{}", file.display()))
}

/// Name and version of the crate of an integration, where crates are generated too.
fn package(options: &Options, integration: &Integration) -> Option<(String, String)> {
    let manifest = options.generated.join("rust").join(integration.slug()).join("Cargo.toml");
    let text = std::fs::read_to_string(manifest).ok()?;
    let value = |key: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""))?;
        Some(line.trim_end_matches('"').to_owned())
    };
    Some((value("name")?, value("version")?))
}

impl<'a> Site<'a> {
    fn new(
        options: &'a Options,
        input: &'a Input,
        templates: &'a Templates,
        places: &'a HashMap<String, Place<'a>>,
        titles: &HashMap<&str, String>,
    ) -> Self {
        let listed = |kind| {
            order::of_kind(&input.pages, places, kind)
                .filter_map(|twin| {
                    Some((places.get(twin)?.address.clone(), titles.get(twin).cloned()?))
                })
                .collect()
        };
        let listed = Listed {
            reference: listed(Kind::Reference),
            guides: listed(Kind::Guide),
            about: listed(Kind::About),
        };
        let addresses = Addresses::new(input.pages.iter().map(|source| source.twin.as_str()));
        let integrations = input.index.integrations.iter();
        let packages = integrations
            .filter_map(|integration| Some((integration.slug(), package(options, integration)?)))
            .collect();
        let sources = input.pages.iter().map(|source| (source.twin.as_str(), source)).collect();
        let synonyms = Synonyms::new();
        Self { options, input, templates, places, addresses, listed, synonyms, packages, sources }
    }

    /// What every template knows, for a page at an address.
    pub(crate) fn frame(&self, address: &str) -> Frame {
        let mut menu = vec![Link { title: "Catalogue".to_owned(), href: relative(address, "") }];
        let mut add = |title: &str, to: &str| {
            menu.push(Link { title: title.to_owned(), href: relative(address, to) });
        };
        if !self.listed.guides.is_empty() {
            add("Guides", "guides/");
        }
        if !self.listed.reference.is_empty() {
            add("Reference", "reference/");
        }
        if self.places.values().any(|place| place.kind == Kind::Changelog) {
            add("Changelog", "changelog/");
        }
        let about = self
            .listed
            .about
            .iter()
            .map(|(to, title)| Link { title: title.clone(), href: relative(address, to) })
            .collect();
        Frame {
            about,
            site: self.input.index.title.clone(),
            root: root(address),
            version: self.templates.version.clone(),
            canonical: self.options.absolute(address),
            search: self.options.search,
            menu,
        }
    }

    /// Renders the page of a Markdown file and copies the file beside it. What its links do not find is returned.
    fn page(&self, source: &Source, staging: &Staging) -> Result<Vec<String>> {
        let markdown = read(&source.file)?;
        staging.write(&source.twin, markdown.as_bytes())?;
        let Some(place) = self.places.get(&source.twin) else { return Ok(Vec::new()) };
        twin::write(place, &source.twin, &markdown, staging)?;
        let unresolved = std::cell::RefCell::new(Vec::new());
        let resolve = |link: &str| {
            if link.starts_with("https://") || link.starts_with("mailto:") {
                return Target::To(link.to_owned());
            }
            match self.addresses.resolve(&source.twin, &place.address, link) {
                Some(address) => Target::To(address),
                None => {
                    unresolved.borrow_mut().push(format!("{}: {link}", source.twin));
                    Target::Nowhere
                }
            }
        };
        // The errors of an integration are listed on each page of it; its own page is where to find them.
        let unsearched: &[&str] = if place.head.is_some() { &["errors", "changes"] } else { &[] };
        let document = markdown::read(&markdown, &Reading { resolve: &resolve, unsearched });
        let html = self.templates.render("page.html", &self.model(place, document))?;
        staging.write(&format!("{}index.html", place.address), html.as_bytes())?;
        Ok(unresolved.into_inner())
    }

    fn model(&self, place: &Place, document: Document) -> Page {
        let from = place.address.as_str();
        let link =
            |step: &Step| Link { title: step.title.clone(), href: relative(from, &step.address) };
        let integration = place.integration.map(|integration| integration.title.clone());
        let description = match (place.head, place.integration, place.kind) {
            (Some(head), ..) => plain(&head.summary),
            (None, Some(integration), Kind::Connect) => {
                format!(
                    "How to connect to {}: addresses, credentials and scopes.",
                    integration.title
                )
            }
            (None, Some(integration), _) => plain(&integration.summary),
            (None, None, _) if !document.summary.is_empty() => document.summary.clone(),
            (None, None, _) => document.title.clone(),
        };
        let site = &self.input.index.title;
        let full_title = match (&integration, place.head) {
            (Some(integration), Some(_)) => format!("{} – {integration} – {site}", document.title),
            _ => format!("{} – {site}", document.title),
        };
        let edit = match (&self.options.edit_url, place.spec) {
            (Some(prefix), Some(spec)) => Some(format!("{prefix}/{spec}")),
            _ => document.edit,
        };
        let crumbs = self.crumbs(place);
        let data = data::of(self.options, site, from, &document.title, &description, &crumbs);
        Page {
            frame: self.frame(from),
            kind: place.kind.word(),
            words: self.words(place, &document.title),
            title: document.title,
            full_title,
            description,
            integration,
            name: place.head.map(|head| head.name.clone()),
            lead: document.lead,
            body: document.body,
            foot: document.foot,
            contents: document.contents,
            crumbs,
            sidebar: sidebar::of(place, &self.listed),
            previous: place.previous.as_ref().map(link),
            next: place.next.as_ref().map(link),
            edit: edit.filter(|address| {
                address.starts_with("https://") || address.starts_with("http://")
            }),
            spec: place.spec.map(str::to_owned),
            twin: relative(from, &twin::of(place)),
            data,
            package: place
                .integration
                .and_then(|integration| self.packages.get(integration.slug()).cloned()),
            machine: machine::links(place, self.input)
                .into_iter()
                .map(|(title, to)| Link { title, href: relative(from, &to) })
                .collect(),
        }
    }

    /// The words of titles and the other words for them: what a query is corrected with.
    fn vocabulary(&self) -> String {
        let mut words = BTreeSet::new();
        for place in self.places.values() {
            let Some(integration) = place.integration else { continue };
            let title = place.head.map_or(&integration.title, |head| &head.title);
            words.extend(synonyms::words(title));
            words.extend(self.words(place, title).split(' ').map(str::to_owned));
        }
        words.into_iter().collect::<Vec<_>>().join("\n")
    }

    /// Other words for an action, a trigger or an integration.
    fn words(&self, place: &Place, title: &str) -> String {
        let Some(integration) = place.integration else { return String::new() };
        let own = place.head.map_or(&[][..], |head| &head.keywords);
        self.synonyms.of(title, &[&integration.keywords, own].concat())
    }

    fn crumbs(&self, place: &Place) -> Vec<Link> {
        let from = place.address.as_str();
        let mut crumbs = Vec::new();
        let mut add = |title: &str, to: &str| {
            if to != from {
                crumbs.push(Link { title: title.to_owned(), href: relative(from, to) });
            }
        };
        add(&self.input.index.title, "");
        if let Some(integration) = place.integration {
            let home = format!("integrations/{}/", integration.slug());
            if let Some(category) = self.input.index.categories.get(&integration.category) {
                add(category, &home::category_address(&integration.category));
            }
            add(&integration.title, &home);
            match place.kind {
                Kind::Action => add("Actions", &format!("{home}#actions")),
                Kind::Trigger => add("Triggers", &format!("{home}#triggers")),
                _ => {}
            }
        }
        match place.kind {
            Kind::Reference => add("Reference", "reference/"),
            Kind::Guide => add("Guides", "guides/"),
            _ => {}
        }
        crumbs
    }
}
