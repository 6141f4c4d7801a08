//! Response Objects: what an action returns, and what its failures mean.

use actionspec_model::json_schema::convert;
use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::tree::Tree;
use super::{RECEIVED, component, object, some, xml};
use crate::catalog::{Action, Example, Integration, Output, Paging, Schema, Type};
use crate::emit::docs::indent;
use crate::output::Content;
use crate::spec::{ErrorCase, Method, OutputKind};

/// The component that describes an error body. No type has a hyphen in its name.
pub(super) const ENVELOPE: &str = "Error-Envelope";

/// What failures of all actions of an integration have in common.
pub(super) struct Usual {
    headers: Map<String, Value>,
    /// The media type of an error body, where something is known of it.
    envelope: Option<&'static str>,
    /// What the integration's own cases mean, by status.
    errors: IndexMap<String, Value>,
}

impl Usual {
    pub(super) fn new(integration: &Integration) -> Self {
        let media_type =
            if speaks_xml(integration) { "application/xml" } else { "application/json" };
        let envelope = envelope(integration).map(|_| media_type);
        let mut usual =
            Self { headers: usual_headers(integration), envelope, errors: IndexMap::new() };
        let cases = by_status(&integration.errors.cases).into_iter();
        usual.errors = cases
            .map(|(status, cases)| (status.to_owned(), failures(&usual, &cases, true)))
            .collect();
        usual
    }

    /// The responses that actions share: the cases of the integration, and any other failure.
    pub(super) fn components(self) -> Map<String, Value> {
        let other = self
            .envelope
            .map(|_| ("Error".to_owned(), failure(&self, "Any other failure.", Vec::new(), true)));
        self.errors
            .into_iter()
            .map(|(status, response)| (format!("Error-{status}"), response))
            .chain(other)
            .collect()
    }
}

/// The responses of an action's step; those of a step before the last tell that others follow.
pub(super) fn responses(
    integration: &Integration,
    action: &Action,
    index: usize,
    usual: &Usual,
) -> Map<String, Value> {
    let mut responses = Map::new();
    let http = action.steps[index].http();
    let has_body = http.is_none_or(|http| http.method != Method::Head);
    let fine = success(integration, action, index, has_body);
    if index + 1 == action.steps.len() {
        for status in &action.output.statuses {
            responses.insert(status.to_string(), fine.clone());
        }
    }
    responses.insert("2XX".to_owned(), fine);
    let shared = by_status(&integration.errors.cases);
    for (status, cases) in by_status(&action.errors) {
        // Most failures mean what they mean everywhere: those need not be written to be known.
        let response = (!has_body || shared.get(status) != Some(&cases))
            .then(|| failures(usual, &cases, has_body));
        let response = response.filter(|response| usual.errors.get(status) != Some(response));
        responses.insert(
            status.to_owned(),
            response.unwrap_or_else(|| reference("responses", &format!("Error-{status}"))),
        );
    }
    if has_body && usual.envelope.is_some() {
        responses.insert("default".to_owned(), reference("responses", "Error"));
    }
    responses
}

/// The headers that responses name, by component.
pub(super) fn headers(integration: &Integration) -> Map<String, Value> {
    let mut headers = Map::new();
    let mut add = |name: &Option<String>, description: &str| {
        if let Some(name) = name {
            headers.insert(
                component(name),
                json!({ "description": description, "schema": { "type": "string" } }),
            );
        }
    };
    add(
        &integration.errors.request_id_header,
        "Identifies the request, to quote in a support case.",
    );
    if let Some(limit) = &integration.rate_limit {
        add(&limit.remaining_header, "How many requests are left in the period.");
        add(&limit.reset_header, "When the period ends.");
    }
    headers
}

fn reference(folder: &str, name: &str) -> Value {
    json!({ "$ref": format!("#/components/{folder}/{}", component(name)) })
}

/// The headers that every response may carry.
fn usual_headers(integration: &Integration) -> Map<String, Value> {
    let limit = integration.rate_limit.as_ref();
    let names = [
        integration.errors.request_id_header.as_ref(),
        limit.and_then(|limit| limit.remaining_header.as_ref()),
        limit.and_then(|limit| limit.reset_header.as_ref()),
    ];
    names.into_iter().flatten().map(|name| (name.clone(), reference("headers", name))).collect()
}

fn success(integration: &Integration, action: &Action, index: usize, has_body: bool) -> Value {
    let output = &action.output;
    let is_last = index + 1 == action.steps.len();
    let usual = crate::output::kind(output.kind).success();
    let description = match action.steps.get(index + 1) {
        Some(next) => format!("Success; the step `{}` follows.", next.name),
        None => output
            .description
            .clone()
            .filter(|text| !text.trim().is_empty())
            .unwrap_or_else(|| usual.to_owned()),
    };
    let content =
        if is_last && has_body { content(integration, action, output, index) } else { Map::new() };
    let check = integration.errors.success.as_ref().filter(|_| is_last);
    let description = match check.filter(|_| has_schema(output.kind) && !content.is_empty()) {
        Some(check) => format!(
            "{}\n\nA body in which `{}` is not `{}` is a failure.",
            description.trim(),
            check.at,
            check.equals
        ),
        None => description,
    };
    let mut headers = usual_headers(integration);
    if is_last {
        headers.extend(paging_header(&action.paging));
        // A name that ends in `*` stands for many, which OpenAPI cannot say.
        let named = output.headers.values().filter(|name| !name.ends_with('*'));
        headers.extend(named.map(|name| (name.clone(), json!({ "schema": { "type": "string" } }))));
    }
    let cases: Vec<Value> = action
        .errors
        .iter()
        .filter(|(key, _)| key.starts_with('2'))
        .map(|(key, one)| case(key, one))
        .collect();
    Value::Object(fields! {
        "description": description,
        "headers": some(headers),
        "content": some(content),
        "x-actionspec-success": json!(check),
        "x-actionspec-errors": some(cases),
    })
}

fn paging_header(paging: &Paging) -> Option<(String, Value)> {
    let Paging::Paged(pagination) = paging else { return None };
    let (name, meaning) = crate::paging::kind(pagination).header()?;
    Some((name.to_owned(), json!({ "description": meaning, "schema": { "type": "string" } })))
}

/// A response in XML; of an example that is no document, nothing.
fn xml_text(value: &Value) -> Option<String> {
    actionspec_runtime::xml::write(value).ok().map(|text| indent::xml(&text))
}

fn content(
    integration: &Integration,
    action: &Action,
    output: &Output,
    index: usize,
) -> Map<String, Value> {
    let kind = crate::output::kind(output.kind);
    let schema = match kind.content() {
        Content::Nothing => return Map::new(),
        Content::Json => body_schema(integration, action),
        Content::Xml => xml::root(&root_schema(integration, action)),
        Content::Opaque(schema) => schema,
    };
    let http = action.steps[index].http();
    let accepted = http.and_then(|http| super::parameter::header(integration, http, "accept"));
    // A constant `Accept` that fits the kind is what the vendor is asked for; one that says `application/json` to all of them is not.
    let accepted =
        accepted.filter(|accepted| has_schema(output.kind) || *accepted != "application/json");
    let media_types = accepted.or(output.media_type.as_deref()).unwrap_or(output.kind.accept());
    let mut media_type = fields! { "schema": schema };
    if let Example::Given { value, .. } = &output.example {
        let example =
            if output.kind == OutputKind::Xml { json!(xml_text(value)) } else { value.clone() };
        media_type.insert("example".to_owned(), example);
    }
    let names = media_types
        .split(',')
        .map(|range| range.split(';').next().unwrap_or_default().trim())
        .filter(|name| !name.is_empty());
    names.map(|name| (name.to_owned(), Value::Object(media_type.clone()))).collect()
}

/// Whether a document describes what is in such a body.
pub(super) fn has_schema(kind: OutputKind) -> bool {
    crate::output::kind(kind).content().is_described()
}

/// The schema of a whole body: the result, where the vendor puts it, and what else the client reads.
fn body_schema(integration: &Integration, action: &Action) -> Value {
    let mut tree = Tree::default();
    if let Some(check) = &integration.errors.success {
        tree.put(&check.at, json!({ "description": "Tells whether the request succeeded; see `x-actionspec-success`." }), false);
    }
    if let Paging::Paged(pagination) = &action.paging {
        for (at, description) in crate::paging::kind(pagination).facts() {
            tree.put(at, json!({ "description": description }), false);
        }
    }
    // What lies within the result is told by its own type, which takes the place.
    tree.put(&action.output.at, present(&action.output.schema), false);
    tree.into_schema()
}

/// The schema of an XML body as the object whose one key is the root element.
fn root_schema(integration: &Integration, action: &Action) -> Value {
    if !action.output.at.is_empty() {
        return body_schema(integration, action);
    }
    let schema = super::parameter::resolved(integration, &action.output.schema);
    convert(schema, RECEIVED)
}

/// The schema of a whole result or event: unlike what is in it, it is never `null` itself.
pub(super) fn present(schema: &Schema) -> Value {
    let mut written = convert(schema, RECEIVED);
    if schema.nullable {
        return written;
    }
    if let (Type::Named(name), Value::Object(fields)) = (&schema.ty, &mut written) {
        fields.shift_remove("anyOf");
        fields.insert("$ref".to_owned(), json!(RECEIVED.reference(name)));
    }
    never_null(&mut written);
    written
}

/// Takes `null` out of the types of a schema.
pub(super) fn never_null(schema: &mut Value) {
    if let Some(ty) = schema.get_mut("type")
        && let Some(name) = ty.get(0).cloned()
    {
        *ty = name;
    }
}

/// Cases with their keys, by status; statuses of success aside.
fn by_status(cases: &IndexMap<String, ErrorCase>) -> IndexMap<&str, Vec<(&str, &ErrorCase)>> {
    let mut by_status: IndexMap<&str, Vec<(&str, &ErrorCase)>> = IndexMap::new();
    for (key, case) in cases.iter().filter(|(key, _)| !key.starts_with('2')) {
        by_status.entry(key.split(' ').next().unwrap_or_default()).or_default().push((key, case));
    }
    by_status
}

/// The response of all cases of one status.
fn failures(usual: &Usual, cases: &[(&str, &ErrorCase)], has_body: bool) -> Value {
    let lines: Vec<String> =
        cases.iter().map(|(key, case)| line(key, case, cases.len() > 1)).collect();
    let cases: Vec<Value> = cases.iter().map(|(key, one)| case(key, one)).collect();
    failure(usual, &lines.join("\n"), cases, has_body)
}

/// What a case means and what to do: a paragraph, or an item of a list.
fn line(key: &str, case: &ErrorCase, listed: bool) -> String {
    let meaning = match case {
        ErrorCase::Description(text)
        | ErrorCase::Detailed { description: text, remedy: None, .. } => text.trim().to_owned(),
        ErrorCase::Detailed { description, remedy: Some(remedy), .. } => {
            format!("{} {}", description.trim(), remedy.trim())
        }
    };
    let meaning = key
        .split_once(' ')
        .map_or_else(|| meaning.clone(), |(_, code)| format!("`{code}`: {meaning}"));
    if listed { format!("- {}", meaning.replace('\n', "\n  ")) } else { meaning }
}

fn case(key: &str, case: &ErrorCase) -> Value {
    let (description, remedy, retryable) = match case {
        ErrorCase::Description(text) => (text, None, false),
        ErrorCase::Detailed { description, remedy, retryable } => {
            (description, remedy.as_ref(), *retryable)
        }
    };
    let code = key.split_once(' ').map(|(_, code)| code);
    Value::Object(object(json!({
        "code": code,
        "description": description,
        "remedy": remedy,
        "retryable": retryable.then_some(true),
    })))
}

fn failure(usual: &Usual, description: &str, cases: Vec<Value>, has_body: bool) -> Value {
    let mut content = Map::new();
    if let (true, Some(media_type)) = (has_body, usual.envelope) {
        content.insert(
            media_type.to_owned(),
            json!({ "schema": { "$ref": format!("#/components/schemas/{ENVELOPE}") } }),
        );
    }
    let description = if description.trim().is_empty() { "A failure." } else { description };
    Value::Object(fields! {
        "description": description,
        "headers": some(usual.headers.clone()),
        "content": some(content),
        "x-actionspec-errors": some(cases),
    })
}

fn speaks_xml(integration: &Integration) -> bool {
    let kinds = || {
        integration.actions.iter().map(|action| action.output.kind).filter(|kind| has_schema(*kind))
    };
    kinds().next().is_some() && kinds().all(|kind| kind == OutputKind::Xml)
}

/// The schema of an error body, where the integration says what is in it.
pub(super) fn envelope(integration: &Integration) -> Option<Value> {
    let envelope = &integration.errors;
    let mut tree = Tree::default();
    let places: Vec<&String> = envelope.message.iter().chain(&envelope.code).collect();
    // A vendor may say the same in two forms, a text or an object with the text: the object tells more.
    let holds_another = |at: &str| {
        places.iter().any(|other| other.strip_prefix(at).is_some_and(|rest| rest.starts_with('/')))
    };
    let texts =
        envelope.message.iter().map(|at| (at, "What went wrong.", json!(["string", "null"])));
    let codes = envelope
        .code
        .iter()
        .map(|at| (at, "The vendor's code of the error.", json!(["string", "number", "null"])));
    let mut is_known = envelope.example.is_some();
    for (at, description, ty) in texts.chain(codes).filter(|(at, ..)| !at.is_empty()) {
        is_known = true;
        if !holds_another(at) {
            tree.put(at, json!({ "type": ty, "description": description }), false);
        }
    }
    if !is_known {
        return None;
    }
    let mut schema = tree.into_schema();
    for at in places.iter().filter(|at| holds_another(at)) {
        // Each slash of a pointer begins a segment; those within one are escaped.
        let place = at.replace('/', "/properties/");
        if let Some(ty) = schema.pointer_mut(&format!("{place}/type")) {
            *ty = json!(["object", "string", "null"]);
        }
    }
    if speaks_xml(integration) {
        schema = xml::root(&schema);
    }
    if let Value::Object(fields) = &mut schema {
        fields.insert(
            "description".to_owned(),
            json!("What a failed response says; only what the client reads is declared."),
        );
        if let Some(example) = &envelope.example {
            let examples = if speaks_xml(integration) { Value::Null } else { json!([example]) };
            fields.extend(fields! { "examples": examples });
        }
    }
    Some(schema)
}
