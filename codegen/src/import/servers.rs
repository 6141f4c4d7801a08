//! Where the API is.

use indexmap::IndexMap;
use serde_json::Value;

use super::document::{Document, Node, Version, join};
use super::rules::Rule;
use super::text;
use crate::catalog::names;
use crate::spec::{Server, ServerVariable};

/// The most servers that are offered.
const MOST: usize = 60;
/// A host, with a port or without.
const HOST: &str = "[A-Za-z0-9.-]+(:[0-9]+)?";

/// The servers of a document.
pub(super) fn read(document: &Document) -> IndexMap<String, Server> {
    let root = document.node();
    let mut servers = IndexMap::new();
    if document.version == Version::Swagger2 {
        let host = root.text("host").map(|host| host.trim().trim_end_matches('/').to_owned());
        let base = root.text("basePath").unwrap_or_default();
        let url = host.map_or_else(
            || base.to_owned(),
            |host| {
                format!(
                    "https://{host}{}{base}",
                    if base.starts_with('/') || base.is_empty() { "" } else { "/" }
                )
            },
        );
        let secure = root.get("schemes").is_none_or(|schemes| {
            schemes.items().any(|scheme| scheme.value == "https" || scheme.value == "wss")
        });
        if !secure {
            document.note(Rule::PlainHttp, "/schemes", "");
        }
        if root.text("host").is_some() || !base.is_empty() {
            servers
                .insert("main".to_owned(), server(&url, None, "/host", document, IndexMap::new()));
        }
    }
    for node in root.get("servers").iter().flat_map(Node::items).take(MOST) {
        add(&node, &mut servers, document);
    }
    if servers.is_empty() {
        document.note(Rule::NoServer, "", "");
        servers.insert("main".to_owned(), server("/", None, "", document, IndexMap::new()));
    }
    servers
}

/// Adds a server of a document; its name.
pub(super) fn add(
    node: &Node,
    servers: &mut IndexMap<String, Server>,
    document: &Document,
) -> Option<String> {
    let url = node.value.get("url").and_then(Value::as_str).map(str::trim).unwrap_or_default();
    let mut variables = IndexMap::new();
    for (name, facts) in node.get("variables").iter().flat_map(Node::members).take(20) {
        if let Some(name) = variable_name(name) {
            variables.insert(name.clone(), variable(&name, &facts));
        }
    }
    let description = node.text("description").and_then(|words| text::short(words).text);
    let made = server(url, description, &node.at, document, variables);
    if let Some((name, _)) = servers.iter().find(|(_, known)| known.url == made.url) {
        return Some(name.clone());
    }
    if servers.len() >= MOST * 2 {
        return None;
    }
    let wanted = match servers.len() {
        0 => "main".to_owned(),
        _ => made
            .description
            .as_deref()
            .filter(|text| text.len() <= 32)
            .map(names::ident)
            .filter(|name| names::is_id(name))
            .unwrap_or_else(|| "server".to_owned()),
    };
    let name = std::iter::once(wanted.clone())
        .chain((2..).map(|number| format!("{wanted}_{number}")))
        .find(|name| !servers.contains_key(name))?;
    servers.insert(name.clone(), made);
    Some(name)
}

/// Names in braces hold letters, digits and underscores.
fn variable_name(name: &str) -> Option<String> {
    let good: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '_' || c == '-' { c } else { '_' })
        .collect();
    (!good.is_empty() && names::ident(&good) != "unnamed").then_some(good)
}

fn variable(name: &str, facts: &Node) -> ServerVariable {
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let default = facts
        .value
        .get("default")
        .filter(|value| !value.is_null())
        .map(plain)
        .filter(|text| !text.is_empty());
    let values: IndexMap<String, String> = facts
        .get("enum")
        .iter()
        .flat_map(Node::items)
        .map(|item| plain(item.value))
        .filter(|value| !value.is_empty())
        .take(200)
        .map(|value| (value.clone(), format!("`{value}`.")))
        .collect();
    let default = default.filter(|default| values.is_empty() || values.contains_key(default));
    let label = |text: &String| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let pattern = (!default.iter().chain(values.keys()).all(label)).then(|| {
        let safe =
            |text: &String| text.chars().all(|c| c.is_ascii_alphanumeric() || "._:/-".contains(c));
        if default.iter().chain(values.keys()).all(safe) {
            "[A-Za-z0-9._:/-]*".to_owned()
        } else {
            ".*".to_owned()
        }
    });
    ServerVariable {
        title: None,
        description: facts
            .text("description")
            .and_then(|words| text::short(words).text)
            .unwrap_or_else(|| format!("{}.", names::title(name))),
        default,
        values,
        pattern,
        example: None,
    }
}

fn server(
    url: &str,
    description: Option<String>,
    at: &str,
    document: &Document,
    mut variables: IndexMap<String, ServerVariable>,
) -> Server {
    if url.contains(['?', '#']) || url.contains(char::is_whitespace) {
        document.note(Rule::MalformedServer, at, format!("`{url}`"));
    }
    let address = url.split(['?', '#']).next().unwrap_or_default();
    let mut url: String =
        address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let rest = url.split_once("://").map(|(scheme, rest)| (scheme.to_owned(), rest.to_owned()));
    url = match rest {
        Some((scheme, rest)) => {
            if scheme != "https" {
                document.note(Rule::PlainHttp, at, format!("`{scheme}`"));
            }
            format!("https://{}", rest.trim_start_matches('/'))
        }
        None if url.starts_with("//") => format!("https:{url}"),
        None => {
            let is_host = !url.starts_with('/')
                && url
                    .split('/')
                    .next()
                    .is_some_and(|host| host.contains('.') && !host.starts_with('.'));
            if is_host {
                format!("https://{url}")
            } else {
                if !at.is_empty() {
                    document.note(Rule::RelativeServer, at, format!("`{url}`"));
                }
                variables.insert("host".to_owned(), host());
                format!("https://{{host}}/{}", url.trim_start_matches(['/', '.']))
            }
        }
    };
    settle(&mut url, &mut variables, at, document);
    if url.trim_start_matches("https://").split('/').next().is_none_or(str::is_empty) {
        variables.insert("host".to_owned(), host());
        url = "https://{host}".to_owned();
    }
    variables.retain(|name, _| url.contains(&format!("{{{name}}}")));
    Server { url: url.trim_end_matches('/').to_owned(), description, variables }
}

fn host() -> ServerVariable {
    ServerVariable {
        title: None,
        description: "The host of the API, such as `api.example.com`.".to_owned(),
        default: None,
        values: IndexMap::new(),
        pattern: Some(HOST.to_owned()),
        example: Some("api.example.com".to_owned()),
    }
}

/// Every name in braces is a variable, and braces have partners.
fn settle(
    url: &mut String,
    variables: &mut IndexMap<String, ServerVariable>,
    at: &str,
    document: &Document,
) {
    let mut out = String::new();
    let mut rest = url.as_str();
    while let Some(open) = rest.find(['{', '}']) {
        out.push_str(&rest[..open]);
        let named = rest[open..].starts_with('{').then(|| rest[open..].find('}')).flatten();
        let Some(length) = named else {
            rest = &rest[open + 1..];
            continue;
        };
        if let Some(name) = variable_name(&rest[open + 1..open + length]) {
            out.push_str(&format!("{{{name}}}"));
            variables.entry(name.clone()).or_insert_with(|| {
                document.note(
                    Rule::UndeclaredServerVariable,
                    &join(at, "url"),
                    format!("`{name}`"),
                );
                ServerVariable {
                    title: None,
                    description: format!("{}.", names::title(&name)),
                    default: None,
                    values: IndexMap::new(),
                    pattern: Some("[A-Za-z0-9._-]+".to_owned()),
                    example: None,
                }
            });
        }
        rest = &rest[open + length + 1..];
    }
    out.push_str(rest);
    *url = out;
}
