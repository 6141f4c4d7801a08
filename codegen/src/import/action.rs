//! Operations to actions.

use indexmap::IndexMap;
use serde_json::Value;

use super::body::{self, listed};
use super::document::{Document, Node};
use super::output::{self, Output};
use super::paging;
use super::parameters::{self, described_by_name};
use super::path::Template;
use super::rules::Rule;
use super::schema::{deprecation, of_type};
use super::security::{self, Needs, Security};
use super::text;
use super::types::Types;
use crate::catalog::names;
use crate::spec::{
    ActionSpec, Location, Method, Note, NoteKind, Notes, PaginationChoice, ParameterSpec,
    Permissions, RequestLine, RequestSpec, Retry, Rule as SpecRule, Server, Source, SourceDocument,
    Waiver,
};

/// An operation that was chosen, with what was decided about it before anything was read.
#[derive(Clone)]
pub(super) struct Operation<'a> {
    pub(super) id: String,
    pub(super) key: String,
    pub(super) name: String,
    pub(super) method: Method,
    pub(super) template: std::rc::Rc<Template>,
    pub(super) group: Option<String>,
    pub(super) path_item: Node<'a>,
    pub(super) node: Node<'a>,
}

/// An action in the making: its request.
pub(super) struct Draft {
    pub(super) method: Method,
    pub(super) variables: Vec<String>,
    pub(super) parameters: IndexMap<String, ParameterSpec>,
    pub(super) rules: Vec<SpecRule>,
    pub(super) request: RequestSpec,
    pub(super) retry: Option<Retry>,
    places: Vec<(String, Location)>,
}

impl Draft {
    /// Whether parameters are in the query unless something else is said.
    pub(super) fn infers_query(&self) -> bool {
        !self.infers_body()
    }

    /// Whether parameters are in the body unless something else is said.
    pub(super) fn infers_body(&self) -> bool {
        matches!(self.method, Method::Post | Method::Put | Method::Patch)
    }

    pub(super) fn has_body_parameters(&self) -> bool {
        self.places.iter().any(|(_, location)| *location == Location::Body)
    }

    /// Adds a parameter under a key that is free, with a description.
    pub(super) fn add(
        &mut self,
        name: &str,
        mut parameter: ParameterSpec,
        location: Location,
        at: &str,
        document: &Document,
    ) {
        if self.places.iter().any(|(known, place)| known == name && *place == location) {
            return document.note(Rule::DuplicateParameter, at, format!("`{name}`"));
        }
        let is_idempotency = location == Location::Header
            && matches!(
                name.to_ascii_lowercase().as_str(),
                "idempotency-key" | "x-idempotency-key"
            );
        if is_idempotency && !matches!(self.method, Method::Get | Method::Head | Method::Options) {
            document.note(Rule::IdempotencyHeader, at, format!("`{name}`"));
            self.retry = Some(Retry::IdempotencyKey(name.to_owned()));
            return;
        }
        if location == Location::Query && self.request.query.contains_key(name) {
            return document.note(
                Rule::DuplicateParameter,
                at,
                format!("`{name}` is a constant of the path"),
            );
        }
        let is_path = |key: &str| self.variables.iter().any(|variable| variable == key);
        let mut key = name.to_owned();
        if self.parameters.contains_key(&key) || (location != Location::Path && is_path(&key)) {
            let place = match location {
                Location::Path => "path",
                Location::Query => "query",
                Location::Header => "header",
                Location::Cookie => "cookie",
                Location::Body => "body",
            };
            key = format!("{name}_in_{place}");
            while self.parameters.contains_key(&key) {
                key.push('_');
            }
            document.note(Rule::CollidingNames, at, format!("`{name}` is `{key}`"));
            parameter.wire_name = Some(name.to_owned());
        }
        if parameter.schema.description.is_none() {
            document.note(Rule::MissingDescription, at, format!("`{name}`"));
            parameter.schema.description = Some(described_by_name(name));
        }
        if parameter.schema.ty.as_ref().is_some_and(|ty| ty.0 == "file")
            && location != Location::Body
        {
            parameter.schema.ty = of_type("string").ty;
        }
        parameter.advanced = parameter.schema.deprecated.is_some() && !parameter.schema.required;
        self.places.push((name.to_owned(), location));
        self.parameters.insert(key, parameter);
    }
}

/// What all actions of an import share.
pub(super) struct Shared<'s, 'a> {
    pub(super) types: &'s Types<'a>,
    pub(super) security: &'s mut Security<'a>,
    pub(super) servers: &'s mut IndexMap<String, Server>,
    pub(super) documentation: &'s str,
    pub(super) document_name: &'s str,
    pub(super) version: Option<&'s str>,
}

/// An action, and what is settled when all are there.
pub(super) struct Made {
    pub(super) spec: ActionSpec,
    pub(super) needs: Needs,
}

impl<'a> Shared<'_, 'a> {
    /// The action that an operation becomes.
    pub(super) fn action(&mut self, operation: &Operation<'a>) -> Made {
        let document = self.types.document;
        self.types.begin();
        let mut draft = Draft {
            method: operation.method,
            variables: operation.template.variables.clone(),
            parameters: IndexMap::new(),
            rules: Vec::new(),
            request: RequestSpec {
                line: format!("{} {}", operation.method.as_str(), operation.template.path),
                ..RequestSpec::default()
            },
            retry: None,
            places: Vec::new(),
        };
        draft.request.query = operation.template.query.iter().cloned().collect();
        let written = parameters::of_operation(document, &operation.path_item, &operation.node);
        let needs = self.security.needs(&operation.node, &written);
        self.parameters(&mut draft, operation, &written, &needs);
        let consumes = listed(&operation.node, &document.node(), "consumes");
        body::add(&mut draft, &operation.node, &written, &consumes, self.types);
        for (name, parameter, location) in &needs.extra {
            draft.add(name, parameter.clone(), *location, &operation.node.at, document);
        }
        draft.request.server = self.server(operation);
        self.types.settle();
        self.types.begin();
        let type_name = names::type_ident(&operation.id);
        let output = output::read(
            &type_name,
            &operation.node,
            &document.node(),
            operation.method,
            self.types,
        );
        self.types.settle();
        let spec = self.assemble(operation, draft, output);
        Made { spec, needs }
    }

    fn parameters(
        &self,
        draft: &mut Draft,
        operation: &Operation<'a>,
        written: &[Node<'a>],
        needs: &Needs,
    ) {
        let document = self.types.document;
        for node in written.iter().filter(|node| {
            !matches!(
                node.text("in").map(str::to_ascii_lowercase).as_deref(),
                Some("body" | "formdata")
            )
        }) {
            if needs.sends(node) {
                let name = node.text("name").unwrap_or_default();
                document.note(Rule::CredentialParameter, &node.at, format!("`{name}`"));
            } else {
                parameters::add(draft, node, self.types);
            }
        }
        for variable in operation.template.variables.clone() {
            if !draft.parameters.contains_key(&variable) {
                document.note(
                    Rule::UndeclaredPathVariable,
                    &operation.node.at,
                    format!("`{variable}`"),
                );
                let schema = crate::spec::Schema {
                    description: Some(described_by_name(&variable)),
                    ..of_type("string")
                };
                draft.add(
                    &variable,
                    ParameterSpec { schema, ..ParameterSpec::default() },
                    Location::Path,
                    &operation.node.at,
                    document,
                );
            }
        }
        for name in &operation.template.query_parameters {
            if !draft
                .places
                .iter()
                .any(|(known, location)| known == name && *location == Location::Query)
            {
                let schema = crate::spec::Schema {
                    description: Some(described_by_name(name)),
                    ..of_type("string")
                };
                let location = Some(Location::Query).filter(|_| !draft.infers_query());
                draft.add(
                    name,
                    ParameterSpec { location, schema, ..ParameterSpec::default() },
                    Location::Query,
                    &operation.node.at,
                    document,
                );
            }
        }
    }

    /// The server of an operation that has its own.
    fn server(&mut self, operation: &Operation<'a>) -> Option<String> {
        let own = [&operation.node, &operation.path_item]
            .into_iter()
            .find_map(|owner| owner.get("servers").and_then(|servers| servers.items().next()))?;
        let name = super::servers::add(&own, self.servers, self.types.document)?;
        Some(name).filter(|name| self.servers.keys().next() != Some(name))
    }

    fn assemble(&self, operation: &Operation<'a>, draft: Draft, output: Output) -> ActionSpec {
        let document = self.types.document;
        let node = &operation.node;
        let (title, description) = self.words(operation);
        let documentation = node
            .get("externalDocs")
            .and_then(|docs| docs.text("url").and_then(security::absolute))
            .unwrap_or_else(|| self.documentation.to_owned());
        let types = self.types.made.borrow();
        let reads = matches!(operation.method, Method::Get | Method::Head | Method::Options);
        let pagination = reads
            .then(|| paging::read(&draft.parameters, &output, &types))
            .flatten()
            .map(|found| {
                found.map_or_else(
                    || {
                        document.note(Rule::NoPaging, &node.at, "");
                        paging::waived()
                    },
                    PaginationChoice::Own,
                )
            });
        drop(types);
        let is_plain = draft.request.server.is_none()
            && draft.request.query.is_empty()
            && draft.request.headers.is_empty()
            && draft.request.body.is_none();
        let request = if is_plain {
            RequestLine::Line(draft.request.line)
        } else {
            RequestLine::Full(Box::new(draft.request))
        };
        ActionSpec {
            title,
            description,
            group: operation.group.clone(),
            keywords: Vec::new(),
            notes: Vec::new(),
            permissions: Permissions::None(Waiver {
                none: "The vendor's description names none.".to_owned(),
            }),
            scopes: IndexMap::new(),
            documentation,
            links: Vec::new(),
            request: Some(request),
            steps: Vec::new(),
            parameters: draft.parameters,
            rules: draft.rules,
            output: output.spec,
            pagination,
            effect: None,
            retry: if reads {
                None
            } else {
                Some(draft.retry.unwrap_or_else(|| retry(operation.method)))
            },
            errors: output::errors(node, document),
            timeout_seconds: None,
            workflows: Vec::new(),
            renamed_from: Vec::new(),
            deprecated: (node.flag("deprecated") == Some(true)).then(deprecation),
            changes: Vec::new(),
            source: Source::One(SourceDocument {
                document: self.document_name.to_owned(),
                operation: Some(operation.name.clone()),
                version: self.version.map(str::to_owned),
                read_on: None,
            }),
        }
    }

    fn words(&self, operation: &Operation<'a>) -> (String, String) {
        let node = &operation.node;
        let summary = node
            .text("summary")
            .or_else(|| operation.path_item.text("summary"))
            .and_then(|words| text::line(words, 400))
            // Some documents have a full stop where nobody wrote a summary.
            .filter(|words| words.chars().any(char::is_alphanumeric));
        let short = summary.as_deref().filter(|summary| {
            summary.chars().count() <= 70 && !summary.trim_end_matches('.').contains(". ")
        });
        let title = short.map_or_else(
            || names::title(&operation.id),
            |summary| summary.trim_end_matches('.').to_owned(),
        );
        let written = node
            .text("description")
            .or_else(|| operation.path_item.text("description"))
            .map(text::long);
        if written.as_ref().is_some_and(|cleaned| cleaned.is_cut) {
            self.types.document.note(Rule::ShortenedText, &node.at, "");
        }
        let sentence = |words: String| {
            if words.ends_with(['.', '!', '?', '…', ':']) { words } else { format!("{words}.") }
        };
        let description = written
            .and_then(|cleaned| cleaned.text)
            .filter(|text| text.chars().any(char::is_alphanumeric))
            .or_else(|| summary.map(sentence))
            .unwrap_or_else(|| format!("{title}."));
        (title, description)
    }
}

/// Whether a request may be sent twice: what HTTP says of its method (RFC 9110, section 9.2.2).
fn retry(method: Method) -> Retry {
    match method {
        Method::Put | Method::Delete => Retry::Safe,
        _ => Retry::Unsafe(
            "The vendor's description does not say that a second request does no harm.".to_owned(),
        ),
    }
}

/// Writes the schemes that an action accepts, where it does not accept all, and the scopes of each.
pub(super) fn settle_security(
    made: &mut Made,
    schemes: &IndexMap<String, crate::spec::Authentication>,
) {
    for (name, scheme) in schemes {
        if crate::scheme::of(scheme).scopes().is_some_and(|scopes| !scopes.is_empty()) {
            let scopes = made.needs.scopes.get(name).cloned().unwrap_or_default();
            made.spec.scopes.insert(name.clone(), scopes);
        }
    }
    let takes: Vec<&String> =
        made.needs.takes.iter().filter(|scheme| schemes.contains_key(*scheme)).collect();
    let text = if made.needs.is_open && !schemes.is_empty() {
        "This needs no authentication.".to_owned()
    } else if !takes.is_empty() && takes.len() < schemes.len() {
        format!(
            "This takes {} alone.",
            takes.iter().map(|scheme| format!("`{scheme}`")).collect::<Vec<_>>().join(" or ")
        )
    } else {
        return;
    };
    made.spec.notes.push(Notes::Note(Note { kind: NoteKind::Important, text }));
}

/// The methods of a path, as keys of a path item.
pub(super) fn method(key: &str) -> Option<Method> {
    Some(match key.to_ascii_lowercase().as_str() {
        "get" => Method::Get,
        "head" => Method::Head,
        "post" => Method::Post,
        "put" => Method::Put,
        "patch" => Method::Patch,
        "delete" => Method::Delete,
        "options" => Method::Options,
        _ => return None,
    })
}

/// Whether a key of a path item is a method that the language lacks.
pub(super) fn is_unknown_method(key: &str, value: &Value) -> bool {
    matches!(key.to_ascii_lowercase().as_str(), "trace" | "query" | "connect")
        || (key.len() < 12 && value.get("responses").is_some() && method(key).is_none())
}
