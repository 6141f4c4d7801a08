//! The integration as a whole.

use indexmap::IndexMap;
use serde_json::Value;

use super::action::Made;
use super::document::{Document, Node};
use super::rules::Rule;
use super::{Options, paging, security, text};
use crate::catalog::names;
use crate::spec::{
    ActionSpec, Authentication, ErrorCase, ErrorEnvelope, IntegrationSpec, LANGUAGE_VERSION, Link,
    Schema, Server,
};

/// What a document says of itself.
pub(super) struct Info<'a> {
    node: Node<'a>,
    root: Node<'a>,
}

impl<'a> Info<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let root = document.node();
        let node = root
            .get("info")
            .unwrap_or_else(|| Node { value: &Value::Null, at: "/info".to_owned() });
        Self { node, root }
    }

    pub(super) fn version(&self) -> Option<String> {
        let version = self
            .node
            .value
            .get("version")
            .filter(|version| version.is_string() || version.is_number())?;
        text::line(&version.as_str().map_or_else(|| version.to_string(), str::to_owned), 60)
    }

    /// The title without the words that every description has.
    pub(super) fn title(&self) -> String {
        let written = self
            .node
            .text("title")
            .and_then(|title| text::line(title, 80))
            .unwrap_or_else(|| "Imported API".to_owned());
        let mut words: Vec<&str> = written.split(' ').collect();
        while words.len() > 1 && words.last().is_some_and(|word| is_noise(word)) {
            words.pop();
        }
        words.join(" ").trim_end_matches([':', '-', ',', '–']).trim().to_owned()
    }

    /// An id that the title gives.
    pub(super) fn id(&self) -> String {
        let id = names::ident(&self.title());
        let words: Vec<&str> = id.split('_').filter(|word| !word.is_empty()).take(5).collect();
        let id = words.join("_");
        let id: String = id.chars().take(48).collect();
        let id = id.trim_end_matches('_').to_owned();
        let reserved = matches!(id.as_str(), "all" | "blocking" | "default" | "rustls");
        if names::is_id(&id) && !reserved {
            id
        } else {
            format!("{}_api", id.trim_start_matches(|c: char| !c.is_ascii_lowercase()))
                .trim_start_matches('_')
                .to_owned()
        }
    }

    fn documentation(&self, servers: &IndexMap<String, Server>, document: &Document) -> String {
        let of = |node: Option<Node<'a>>| {
            node.and_then(|node| node.text("url").and_then(security::absolute))
        };
        let stated = of(self.root.get("externalDocs"))
            .or_else(|| of(self.node.get("contact")))
            .or_else(|| self.node.text("termsOfService").and_then(security::absolute));
        stated.unwrap_or_else(|| {
            document.note(Rule::NoDocumentation, "/info", "");
            let host = servers
                .values()
                .next()
                .and_then(|server| server.url.strip_prefix("https://"))
                .and_then(|rest| rest.split(['/', ':']).next())
                .unwrap_or_default();
            security::absolute(&format!("https://{host}/"))
                .filter(|_| !host.contains('{'))
                .unwrap_or_else(|| "https://example.com/".to_owned())
        })
    }
}

/// The integration's file without what the actions decide.
pub(super) fn read(
    info: &Info,
    options: &Options,
    servers: IndexMap<String, Server>,
    document: &Document,
) -> IntegrationSpec {
    let title = info.title();
    let contact = info
        .node
        .get("contact")
        .and_then(|contact| contact.text("name").and_then(|name| text::line(name, 80)));
    let cleaned = info.node.text("description").map(text::long);
    if cleaned.as_ref().is_some_and(|cleaned| cleaned.is_cut) {
        document.note(Rule::ShortenedText, "/info/description", "");
    }
    let category = options.category.clone().unwrap_or_else(|| {
        document.note(Rule::ChosenCategory, "/info", "");
        "imported".to_owned()
    });
    let documentation = info.documentation(&servers, document);
    let mut links = Vec::new();
    if let Some(terms) = info
        .node
        .text("termsOfService")
        .and_then(security::absolute)
        .filter(|terms| *terms != documentation)
    {
        links.push(Link { title: "Terms of service".to_owned(), url: terms });
    }
    IntegrationSpec {
        spec: LANGUAGE_VERSION,
        vendor: contact.filter(|name| !is_team(name)).unwrap_or_else(|| title.clone()),
        description: cleaned
            .and_then(|cleaned| cleaned.text)
            .unwrap_or_else(|| format!("The API of {title}.")),
        title,
        category,
        keywords: Vec::new(),
        documentation,
        links,
        notes: Vec::new(),
        version: None,
        api_version: info.version(),
        servers,
        authentication: IndexMap::new(),
        connection_test: None,
        headers: IndexMap::new(),
        errors: ErrorEnvelope::default(),
        pagination: IndexMap::new(),
        rate_limit: None,
        retry: None,
        groups: IndexMap::new(),
        types: IndexMap::new(),
        deprecated: None,
        changes: Vec::new(),
    }
}

fn is_noise(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    matches!(
        word.as_str(),
        "api"
            | "apis"
            | "rest"
            | "openapi"
            | "swagger"
            | "specification"
            | "spec"
            | "reference"
            | "public"
            | "documentation"
            | "-"
            | "(beta)"
            | "web"
            | "http"
            | "v1"
            | "v2"
            | "v3"
    ) || word.starts_with('v')
        && word.len() > 1
        && word[1..].chars().all(|c| c.is_ascii_digit() || c == '.')
}

fn is_team(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    ["support", "team", "developer", "api", "contact", "help"]
        .iter()
        .any(|word| lower.contains(word))
}

/// What the actions decide together.
pub(super) fn settle(
    spec: &mut IntegrationSpec,
    actions: &mut IndexMap<String, Made>,
    schemes: IndexMap<String, Authentication>,
    groups: &IndexMap<String, String>,
) {
    spec.authentication = schemes;
    for made in actions.values_mut() {
        super::action::settle_security(made, &spec.authentication);
    }
    spec.pagination =
        paging::share(actions.values_mut().map(|made| &mut made.spec.pagination).collect());
    share_errors(spec, actions);
    spec.groups = groups
        .iter()
        .filter(|(id, _)| actions.values().any(|made| made.spec.group.as_ref() == Some(*id)))
        .map(|(id, title)| (id.clone(), title.clone()))
        .collect();
    spec.connection_test = connection_test(actions);
}

/// What most actions say of a status is said once.
fn share_errors(spec: &mut IntegrationSpec, actions: &mut IndexMap<String, Made>) {
    let mut counts: IndexMap<(String, String), usize> = IndexMap::new();
    for (status, case) in actions.values().flat_map(|made| &made.spec.errors) {
        if let ErrorCase::Description(words) = case {
            *counts.entry((status.clone(), words.clone())).or_insert(0) += 1;
        }
    }
    let least = (actions.len() / 2).max(3);
    for ((status, words), count) in counts {
        if count >= least && !spec.errors.cases.contains_key(&status) {
            for made in actions.values_mut() {
                if matches!(made.spec.errors.get(&status), Some(ErrorCase::Description(own)) if *own == words)
                {
                    made.spec.errors.shift_remove(&status);
                }
            }
            spec.errors.cases.insert(status, ErrorCase::Description(words));
        }
    }
    spec.errors.cases.sort_keys();
}

/// An action that says who is calling, and needs nothing to say it.
fn connection_test(actions: &IndexMap<String, Made>) -> Option<String> {
    let words = [
        "current_user",
        "whoami",
        "who_am_i",
        "get_me",
        "myself",
        "get_authenticated",
        "get_self",
        "auth_test",
        "ping",
        "get_account",
        "get_profile",
    ];
    let is_free = |spec: &ActionSpec| {
        let reads = matches!(&spec.request, Some(crate::spec::RequestLine::Line(line)) if line.starts_with("GET ") && !line.contains('{'));
        reads
            && spec.deprecated.is_none()
            && spec.parameters.values().all(|parameter| !parameter.schema.required)
    };
    words.iter().find_map(|word| {
        let fits = |id: &str| {
            id == *word || id.ends_with(&format!("_{word}")) || id.starts_with(&format!("{word}_"))
        };
        actions
            .iter()
            .filter(|(id, made)| fits(id) && is_free(&made.spec))
            .min_by_key(|(id, _)| id.len())
            .map(|(id, _)| id.clone())
    })
}

/// Where errors say what went wrong: what the error types of most operations have.
pub(super) fn envelope(samples: &[Vec<String>]) -> ErrorEnvelope {
    const MESSAGES: &[&str] = &[
        "/error/message",
        "/message",
        "/error_description",
        "/errorSummary",
        "/errors/0/message",
        "/errors/0/detail",
        "/errors/0",
        "/error/detail",
        "/detail",
        "/errorMessages/0",
        "/msg",
        "/error",
        "/description",
        "/title",
    ];
    const CODES: &[&str] = &[
        "/error/code",
        "/code",
        "/errorCode",
        "/error_code",
        "/errors/0/code",
        "/error/type",
        "/error_type",
        "/type",
        "/error",
    ];
    let vote = |candidates: &[&str]| {
        let mut found: Vec<(usize, usize, &str)> = candidates
            .iter()
            .enumerate()
            .map(|(rank, pointer)| {
                (
                    samples
                        .iter()
                        .filter(|known| known.iter().any(|known| known == pointer))
                        .count(),
                    rank,
                    *pointer,
                )
            })
            .filter(|(count, _, _)| *count * 4 >= samples.len().max(1))
            .collect();
        found.sort_by_key(|(count, rank, _)| (std::cmp::Reverse(*count), *rank));
        found.into_iter().take(2).map(|(_, _, pointer)| pointer.to_owned()).collect::<Vec<_>>()
    };
    let message = vote(MESSAGES);
    let code =
        vote(CODES).into_iter().filter(|pointer| !message.contains(pointer)).take(1).collect();
    ErrorEnvelope { message, code, ..ErrorEnvelope::default() }
}

/// The pointers of texts and numbers in a type, two levels deep.
pub(super) fn scalars(schema: &Schema, types: &super::model::Named) -> Vec<String> {
    let mut found = Vec::new();
    collect(schema, types, String::new(), 0, &mut found);
    found
}

fn collect(
    schema: &Schema,
    types: &super::model::Named,
    at: String,
    depth: usize,
    found: &mut Vec<String>,
) {
    let ty = schema.ty.as_ref().map(|ty| ty.0.as_str()).unwrap_or_default();
    match ty {
        "string" | "integer" => found.push(at),
        "array" if depth < 5 => {
            if let Some(items) = &schema.items {
                collect(items, types, format!("{at}/0"), depth + 1, found);
            }
        }
        "object" if depth < 5 => {
            for (name, property) in schema.properties.iter().take(60) {
                collect(property, types, format!("{at}/{name}"), depth + 1, found);
            }
        }
        named if depth < 5 => {
            if let Some(schema) = types.get(named) {
                collect(schema, types, at, depth + 1, found);
            }
        }
        _ => {}
    }
}
