//! Authentication schemes, which of them an operation takes, and scopes.

use indexmap::IndexMap;
use serde_json::Value;

use super::document::{Document, Node, Version, join};
use super::rules::Rule;
use super::text;
use crate::catalog::names;
use crate::scheme::{self, Described, DescribedFlow, DescribedKey, KINDS, bearer};
use crate::spec::{Authentication, Location, ParameterSpec, Schema, Server, TypeName};

/// The security schemes of a document, as authentication schemes.
pub(super) struct Security<'a> {
    document: &'a Document,
    /// The authentication schemes, by name.
    pub(super) schemes: IndexMap<String, Authentication>,
    /// The authentication schemes of each security scheme of the document: one for each flow.
    by_document_scheme: IndexMap<String, Vec<String>>,
    /// The keys of a scheme that is nothing but keys: name on the wire, place, description.
    keys: IndexMap<String, DescribedKey>,
    used: std::collections::BTreeSet<String>,
    default: Option<Node<'a>>,
}

/// What one operation needs.
#[derive(Default)]
pub(super) struct Needs {
    /// The scopes of each scheme that has some.
    pub(super) scopes: IndexMap<String, Vec<String>>,
    /// The keys that its schemes send: name and place.
    pub(super) keys: Vec<(String, &'static str)>,
    /// Keys that are sent in addition to another scheme.
    pub(super) extra: Vec<(String, ParameterSpec, Location)>,
    /// The schemes that it accepts; empty if the document names none.
    pub(super) takes: Vec<String>,
    /// It says that it needs none.
    pub(super) is_open: bool,
}

impl Needs {
    /// Whether a parameter is a key that the client sends anyway.
    pub(super) fn sends(&self, parameter: &Node<'_>) -> bool {
        let is = |part: &str| parameter.text(part).map(str::trim).unwrap_or_default();
        let (name, place) = (is("name"), is("in"));
        self.keys.iter().any(|(key, of)| {
            let same = if *of == "header" { key.eq_ignore_ascii_case(name) } else { key == name };
            same && of.eq_ignore_ascii_case(place)
        })
    }
}

impl<'a> Security<'a> {
    pub(super) fn read(document: &'a Document, servers: &IndexMap<String, Server>) -> Self {
        let root = document.node();
        let mut security = Self {
            document,
            schemes: IndexMap::new(),
            by_document_scheme: IndexMap::new(),
            keys: IndexMap::new(),
            used: std::collections::BTreeSet::new(),
            default: root.get("security").filter(|node| node.value.is_array()),
        };
        let schemes = match document.version {
            Version::Swagger2 => root.get("securityDefinitions"),
            Version::OpenApi3 => {
                root.get("components").and_then(|components| components.get("securitySchemes"))
            }
        };
        let variables: Vec<&String> =
            servers.values().flat_map(|server| server.variables.keys()).collect();
        for (name, node) in schemes.iter().flat_map(Node::members).take(60) {
            let Some(node) = document.follow(&node).filter(|node| node.value.is_object()) else {
                continue;
            };
            security.scheme(name, &node, &variables);
        }
        security
    }

    fn scheme(&mut self, name: &str, node: &Node<'a>, variables: &[&String]) {
        let mut described = Described {
            ty: node.text("type").unwrap_or_default().to_ascii_lowercase(),
            scheme: node.text("scheme").unwrap_or_default().to_owned(),
            title: node.text("x-displayName").and_then(|title| text::line(title, 60)),
            description: node.text("description").and_then(|words| text::short(words).text),
            ..Described::default()
        };
        match described.ty.as_str() {
            "oauth2" => return self.flows(name, node, variables, &described),
            "apikey" => {
                let key = key(node, described.description.clone());
                self.keys.insert(name.to_owned(), key.clone());
                described.keys.push(key);
            }
            _ => {}
        }
        let made = KINDS.iter().find_map(|kind| (kind.import)(&described)).unwrap_or_else(|| {
            let prefix = Some(described.scheme.as_str());
            let prefix = prefix.filter(|prefix| prefix.chars().all(|c| c.is_ascii_graphic()));
            if described.ty == "http" {
                return bearer::token(&described, prefix);
            }
            self.document.note(Rule::ImplicitGrant, &node.at, format!("`{}`", described.ty));
            bearer::token(&described, None)
        });
        self.add(name, name, made);
    }

    fn add(&mut self, in_document: &str, wanted: &str, scheme: Value) {
        let Ok(scheme) = serde_json::from_value::<Authentication>(scheme) else { return };
        let mut base: String = names::ident(wanted).trim_matches('_').chars().take(40).collect();
        base = base.trim_end_matches('_').to_owned();
        if !names::is_id(&base) || scheme::reserved(&base) {
            base = format!("{base}_authentication").trim_start_matches('_').to_owned();
        }
        if !names::is_id(&base) {
            "access".clone_into(&mut base);
        }
        let mut name = base.clone();
        let mut number = 2;
        while self.schemes.contains_key(&name) {
            name = format!("{base}_{number}");
            number += 1;
        }
        self.by_document_scheme.entry(in_document.to_owned()).or_default().push(name.clone());
        self.schemes.insert(name, scheme);
    }

    /// The flows of OAuth 2: a scheme each.
    fn flows(&mut self, name: &str, node: &Node<'a>, variables: &[&String], described: &Described) {
        let title = described.title.as_deref().unwrap_or("OAuth 2");
        // Version 2 has one flow, beside the type.
        let flows: Vec<(String, Node<'a>)> = match node.get("flows") {
            Some(flows) => flows
                .members()
                .filter(|(_, flow)| flow.value.is_object())
                .map(|(kind, flow)| (kind.to_owned(), flow))
                .collect(),
            None => vec![(node.text("flow").unwrap_or_default().to_owned(), node.clone())],
        };
        let several = flows.len() > 1;
        let mut has_token = false;
        for (kind, flow) in flows {
            let flow_name = match kind.as_str() {
                "authorizationCode" | "accessCode" => "authorizationCode",
                "clientCredentials" | "application" => "clientCredentials",
                _ => "",
            };
            let address = |key: &str| flow.text(key).and_then(|url| usable(url, variables));
            let (token, authorization) = (address("tokenUrl"), address("authorizationUrl"));
            let complete = token.is_some()
                && (flow_name == "clientCredentials"
                    || (flow_name == "authorizationCode" && authorization.is_some()));
            if !complete {
                let rule = if flow_name.is_empty() {
                    Rule::ImplicitGrant
                } else {
                    Rule::BadAuthorizationAddress
                };
                self.document.note(rule, &flow.at, format!("`{kind}`"));
                if !std::mem::replace(&mut has_token, true) {
                    let wanted = if several { format!("{name}_token") } else { name.to_owned() };
                    let token =
                        Described { title: Some(format!("{title} token")), ..described.clone() };
                    self.add(name, &wanted, bearer::token(&token, None));
                }
                continue;
            }
            let scopes: IndexMap<String, String> = flow
                .get("scopes")
                .iter()
                .flat_map(Node::members)
                .map(|(scope, meaning)| {
                    (
                        scope.to_owned(),
                        meaning
                            .value
                            .as_str()
                            .and_then(|words| text::line(words, 300))
                            .unwrap_or_else(|| format!("`{scope}`.")),
                    )
                })
                .collect();
            let for_machines = several && flow_name == "clientCredentials";
            let (wanted, title) = if for_machines {
                (format!("{name}_client_credentials"), format!("{title}, for machines"))
            } else {
                (name.to_owned(), title.to_owned())
            };
            let flow = DescribedFlow {
                name: flow_name,
                token_url: token,
                authorization_url: authorization,
                scopes,
            };
            let described = Described { title: Some(title), flow: Some(flow), ..described.clone() };
            if let Some(made) = KINDS.iter().find_map(|kind| (kind.import)(&described)) {
                self.add(name, &wanted, made);
            }
        }
    }

    /// What an operation with these parameters needs.
    pub(super) fn needs(&mut self, operation: &Node<'a>, parameters: &[Node<'a>]) -> Needs {
        let own = operation.get("security").filter(|node| node.value.is_array());
        let Some(written) = own.or_else(|| self.default.clone()) else {
            return self.by_parameter(parameters);
        };
        let mut needs = Needs::default();
        let mut taken: Vec<String> = Vec::new();
        let alternatives: Vec<Node<'a>> = written.items().collect();
        let is_open = alternatives.is_empty()
            || alternatives
                .iter()
                .any(|node| node.value.as_object().is_some_and(serde_json::Map::is_empty));
        for alternative in &alternatives {
            self.alternative(alternative, &mut taken, &mut needs);
        }
        self.used.extend(taken.iter().cloned());
        needs.is_open = is_open && taken.is_empty();
        needs.takes = taken;
        needs
    }

    /// What an operation needs of which the document names no scheme: whoever must send the header `Authorization` has a key to put there.
    fn by_parameter(&mut self, parameters: &[Node<'a>]) -> Needs {
        const NAME: &str = "Authorization";
        let is_header = |node: &&Node<'a>| {
            let is = |part: &str, wanted: &str| {
                node.text(part).is_some_and(|text| text.trim().eq_ignore_ascii_case(wanted))
            };
            is("in", "header") && is("name", NAME)
        };
        let Some(node) = parameters.iter().find(is_header) else { return Needs::default() };
        let description = node.text("description").and_then(|words| text::short(words).text);
        if !self.by_document_scheme.contains_key(NAME) {
            let key = DescribedKey { name: NAME.to_owned(), place: "header", description };
            let described =
                Described { ty: "apikey".to_owned(), keys: vec![key], ..Described::default() };
            if let Some(made) = KINDS.iter().find_map(|kind| (kind.import)(&described)) {
                self.add(NAME, NAME, made);
            }
        }
        self.document.note(Rule::AuthorizationParameter, &node.at, "");
        let takes = self.by_document_scheme.get(NAME).cloned().unwrap_or_default();
        self.used.extend(takes.iter().cloned());
        Needs { takes, keys: vec![(NAME.to_owned(), "header")], ..Needs::default() }
    }

    fn alternative(&mut self, alternative: &Node<'a>, taken: &mut Vec<String>, needs: &mut Needs) {
        let mut members: Vec<(&str, Node<'a>)> = Vec::new();
        for (scheme, scopes) in alternative.members() {
            if self.by_document_scheme.contains_key(scheme) {
                members.push((scheme, scopes));
            } else {
                self.document.note(
                    Rule::UndeclaredSecurity,
                    &join(&alternative.at, scheme),
                    format!("`{scheme}`"),
                );
            }
        }
        let keys = members.iter().filter_map(|(scheme, _)| self.keys.get(*scheme));
        needs.keys.extend(keys.map(|key| (key.name.clone(), key.place)));
        if members.len() > 1 && members.iter().all(|(scheme, _)| self.keys.contains_key(*scheme)) {
            taken.extend(self.together(&members));
            return;
        }
        let main =
            members.iter().position(|(scheme, _)| !self.keys.contains_key(*scheme)).unwrap_or(0);
        for (index, (scheme, scopes)) in members.iter().enumerate() {
            if index != main {
                self.document.note(Rule::CombinedSecurity, &alternative.at, format!("`{scheme}`"));
                needs.extra.extend(self.keys.get(*scheme).map(extra));
                continue;
            }
            let schemes = self.by_document_scheme.get(*scheme).cloned().unwrap_or_default();
            let wanted: Vec<String> = scopes
                .items()
                .filter_map(|scope| scope.value.as_str().map(str::to_owned))
                .collect();
            for scheme in schemes {
                self.declare(&scheme, &wanted, &scopes.at);
                if self.schemes.get(&scheme).is_some_and(|made| scheme::of(made).scopes().is_some())
                {
                    needs.scopes.entry(scheme.clone()).or_insert_with(|| wanted.clone());
                }
                if !taken.contains(&scheme) {
                    taken.push(scheme);
                }
            }
        }
    }

    /// Keys that are required together are one scheme.
    fn together(&mut self, members: &[(&str, Node<'a>)]) -> Vec<String> {
        let joint = members.iter().map(|(scheme, _)| *scheme).collect::<Vec<_>>().join(" and ");
        if let Some(schemes) = self.by_document_scheme.get(&joint) {
            return schemes.clone();
        }
        let keys = members.iter().filter_map(|(scheme, _)| self.keys.get(*scheme)).cloned();
        let described = Described {
            ty: "apikey".to_owned(),
            title: Some("API keys".to_owned()),
            keys: keys.collect(),
            ..Described::default()
        };
        if let Some(made) = KINDS.iter().find_map(|kind| (kind.import)(&described)) {
            self.add(&joint, &joint, made);
        }
        self.by_document_scheme.get(&joint).cloned().unwrap_or_default()
    }

    fn declare(&mut self, scheme: &str, scopes: &[String], at: &str) {
        let Some(Authentication::Oauth2(oauth2)) = self.schemes.get_mut(scheme) else { return };
        for scope in scopes {
            if !oauth2.scopes.contains_key(scope) {
                self.document.note(Rule::UndeclaredScope, at, format!("`{scope}`"));
                oauth2.scopes.insert(scope.clone(), format!("`{scope}`."));
            }
        }
    }

    /// The schemes that at least one operation accepts; all of them if no operation names one.
    pub(super) fn finish(mut self) -> IndexMap<String, Authentication> {
        if !self.used.is_empty() {
            let used = std::mem::take(&mut self.used);
            self.schemes.retain(|name, _| used.contains(name));
        }
        self.schemes
    }
}

/// A key and the place that carries it.
fn key(node: &Node<'_>, description: Option<String>) -> DescribedKey {
    let name = node.text("name").unwrap_or("Authorization").trim();
    let good =
        !name.contains(|c: char| !c.is_ascii_graphic() || matches!(c, ':' | ';' | '=' | '&'));
    DescribedKey {
        name: if good { name } else { "Authorization" }.to_owned(),
        place: match node.text("in") {
            Some("query") => "query",
            Some("cookie") => "cookie",
            _ => "header",
        },
        description,
    }
}

/// A key that travels in addition to another authentication scheme.
fn extra(key: &DescribedKey) -> (String, ParameterSpec, Location) {
    let (location, stated) = match key.place {
        "query" => (Location::Query, Location::Query),
        "cookie" => (Location::Cookie, Location::Cookie),
        _ => (Location::Header, Location::Header),
    };
    let schema =
        Schema {
            ty: Some(TypeName("string".to_owned())),
            description: Some(key.description.clone().unwrap_or_else(|| {
                "A key that is needed beside the other credentials.".to_owned()
            })),
            required: true,
            secret: true,
            ..Schema::default()
        };
    (
        key.name.clone(),
        ParameterSpec { location: Some(stated), schema, ..ParameterSpec::default() },
        location,
    )
}

/// An address that the language accepts: `https` with a host, or a path on the server; its variables are the servers'.
fn usable(url: &str, variables: &[&String]) -> Option<String> {
    let url = url.trim();
    let url = url
        .strip_prefix("http://")
        .map_or_else(|| url.to_owned(), |rest| format!("https://{rest}"));
    let known = url.split('{').skip(1).all(|rest| {
        rest.split_once('}')
            .is_some_and(|(name, _)| variables.iter().any(|variable| *variable == name))
    });
    let host = url
        .strip_prefix("https://")
        .map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let good = url.starts_with('/') && !url.starts_with("//")
        || host.is_some_and(|host| {
            host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
        });
    (known && good && is_clean(&url)).then_some(url)
}

fn is_clean(url: &str) -> bool {
    !url.contains(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | '\\')
    })
}

/// An absolute `https` address, if a text is one.
pub(super) fn absolute(url: &str) -> Option<String> {
    usable(url, &[]).filter(|url| url.starts_with("https://"))
}
