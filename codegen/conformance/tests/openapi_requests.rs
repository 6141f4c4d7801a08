//! Requests written by the OpenAPI document alone are the requests that the client sends: every parameter, constant and body, in its place
//! and encoded alike. The writer here knows OpenAPI and nothing of the client.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use actionspec_codegen::catalog::{Action, Breadth, Catalog, Integration, example_arguments};
use actionspec_codegen::spec::{Authentication, Location, Retry};
use actionspec_runtime::{Client, ClientBuilder, MemoryTransport, PreparedRequest, descriptor};
use serde_json::{Map, Value, json};
use support::{operations, projects};

const BASE: &str = "https://api.example.com/base";
const HASH: &str = "a hash of the body";
const KEY: &str = "7b1e5a0e-0000-4000-8000-000000000000";

/// A request in a form that two writers can agree on: encoded texts are decoded, and what may stand in any order is sorted.
#[derive(Debug, Default, PartialEq)]
struct Written {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    headers: BTreeMap<String, String>,
    media_type: String,
    body: Content,
}

#[derive(Debug, Default, PartialEq)]
enum Content {
    #[default]
    None,
    Json(Value),
    /// Fields of a form or names and texts of parts, sorted.
    Fields(Vec<(String, String)>),
    Text(String),
}

/// What was generated, what it was generated from, and the documents.
type Described = (&'static actionspec_runtime::Catalog, Catalog, BTreeMap<String, Value>);

/// Both catalogues.
static CATALOGUES: LazyLock<Vec<Described>> = LazyLock::new(|| {
    let generated = [actionspec::catalog(), conformance::catalog()];
    let with_documents = |(generated, project): (_, support::Project)| {
        let catalog = project.catalog();
        let documents = catalog
            .integrations
            .iter()
            .filter_map(|one| Some((one.id.clone(), support::openapi(&catalog.info, one)?)))
            .collect();
        (generated, catalog, documents)
    };
    generated.into_iter().zip(projects()).map(with_documents).collect()
});

#[test]
fn requests_by_the_document_are_those_of_the_client() {
    let mut failures = Vec::new();
    let mut count = 0;
    for (generated, catalog, documents) in &*CATALOGUES {
        for spec in &catalog.integrations {
            let Some(document) = documents.get(&spec.id) else { continue };
            let scheme = spec.authentication.keys().next().map(String::as_str);
            let client = client(generated.integration(&spec.id).unwrap(), spec, scheme);
            let placed = operations(document);
            for action in &spec.actions {
                let (path, method, operation) = placed
                    .iter()
                    .find(|(_, _, one)| one["operationId"] == json!(action.id))
                    .unwrap();
                for breadth in [Breadth::All, Breadth::Few] {
                    count += 1;
                    let mut arguments: Map<String, Value> =
                        example_arguments(spec, action, breadth).into_iter().collect();
                    let call = generated.action(&format!("{}.{}", spec.id, action.id)).unwrap();
                    let call = call
                        .request(&client, Value::Object(arguments.clone()))
                        .unwrap()
                        .idempotency_key(KEY);
                    let request = match call.request() {
                        Ok(request) => request,
                        Err(error) => {
                            failures.push(error.to_string());
                            continue;
                        }
                    };
                    let sent = sent(&request, document, scheme);
                    add_defaults(action, &mut arguments);
                    if let (Breadth::All, Content::Json(body)) = (breadth, &sent.body)
                        && let Some(example) = example(operation)
                        && example != body
                    {
                        failures.push(format!(
                            "{}.{}: the example is {example}, sent is {body}",
                            spec.id, action.id
                        ));
                    }
                    // The first request of an action of several is the operation, or the first of its other requests.
                    let mut written = match operation["x-actionspec-steps"]
                        .get(0)
                        .filter(|step| step["number"] == json!(1))
                    {
                        Some(step) => write(
                            step["path"].as_str().unwrap(),
                            step["method"].as_str().unwrap(),
                            step,
                            &arguments,
                        ),
                        None => write(path, method, operation, &arguments),
                    };
                    // What only the client can make, of a body that is compared.
                    for (name, value) in
                        written.headers.iter_mut().filter(|(_, value)| value.as_str() == HASH)
                    {
                        sent.headers.get(name).unwrap_or(&String::new()).clone_into(value);
                    }
                    // Of XML the document shows one example, of all arguments.
                    if sent != written
                        && (breadth == Breadth::All || written.media_type != "application/xml")
                    {
                        failures.push(format!(
                            "{}.{}:\n  client   {sent:?}\n  document {written:?}",
                            spec.id, action.id
                        ));
                    }
                }
            }
        }
    }
    assert!(count > 1000, "only {count} requests");
    assert!(failures.is_empty(), "{} of {count}:\n{}", failures.len(), failures.join("\n"));
}

/// The example of an operation's JSON body, if the operation is the action's only request. It holds what the client sends.
fn example(operation: &Value) -> Option<&Value> {
    let content = operation["requestBody"]["content"].as_object()?.values().next()?;
    content.get("example").filter(|_| operation.get("x-actionspec-steps").is_none())
}

/// What the client sends by itself.
fn add_defaults(action: &Action, arguments: &mut Map<String, Value>) {
    for parameter in &action.parameters {
        if let Some(default) = &parameter.schema.default {
            arguments.entry(parameter.key.clone()).or_insert_with(|| default.clone());
        }
    }
}

/// A client with made-up credentials of one scheme, whose requests go nowhere.
fn client(
    integration: &'static descriptor::Integration,
    spec: &Integration,
    scheme: Option<&str>,
) -> Client {
    let mut builder = ClientBuilder::new(integration)
        .base_url(BASE)
        .transport(MemoryTransport::json(200, &json!({})));
    if let Some(scheme) = scheme {
        let forms = spec.authentication[scheme].forms();
        let form = forms.iter().find(|form| form.name == "token").unwrap_or(&forms[0]);
        let name = if form.name.is_empty() {
            scheme.to_owned()
        } else {
            format!("{scheme}.{}", form.name)
        };
        builder = builder.credentials(
            &name,
            form.credentials.iter().map(|_| "bWFkZS11cA==".to_owned()).collect(),
        );
    }
    for (name, variable) in spec.servers.iter().flat_map(|server| &server.variables) {
        builder = builder.variable(
            name,
            variable
                .example
                .clone()
                .or(variable.default.clone())
                .unwrap_or_else(|| "example".to_owned()),
        );
    }
    builder.build().unwrap()
}

/// The client's request without what proves who it is, which the security schemes name.
fn sent(request: &PreparedRequest, document: &Value, scheme: Option<&str>) -> Written {
    let credentials: BTreeSet<(String, String)> =
        schemes(document, scheme).into_iter().map(|(place, name, _)| (place, name)).collect();
    let (path, query) = request.url().strip_prefix(BASE).unwrap().split_once('?').map_or_else(
        || (request.url().strip_prefix(BASE).unwrap().to_owned(), String::new()),
        |(path, query)| (path.to_owned(), query.to_owned()),
    );
    let mut query = pairs(&query);
    query.retain(|(name, _)| !credentials.contains(&("query".to_owned(), name.clone())));
    let mut headers = BTreeMap::new();
    for (name, value) in request.headers() {
        let name = name.as_str().to_owned();
        if !matches!(name.as_str(), "user-agent" | "accept" | "content-type")
            && !credentials.contains(&("header".to_owned(), name.clone()))
        {
            headers.insert(name, String::from_utf8_lossy(value.as_bytes()).into_owned());
        }
    }
    let media_type = request
        .headers()
        .get("content-type")
        .map_or("", |value| value.to_str().unwrap())
        .to_owned();
    let bytes = request.body();
    let (media_type, body) = match media_type.split(';').next().unwrap_or_default() {
        "" => (String::new(), Content::None),
        "application/x-www-form-urlencoded" => {
            (media_type.clone(), Content::Fields(pairs(std::str::from_utf8(&bytes).unwrap())))
        }
        "multipart/form-data" => {
            ("multipart/form-data".to_owned(), Content::Fields(parts(&media_type, &bytes)))
        }
        kind if is_json(kind) => {
            (media_type.clone(), Content::Json(serde_json::from_slice(&bytes).unwrap()))
        }
        "application/xml" => {
            (media_type.clone(), Content::Text(flat(std::str::from_utf8(&bytes).unwrap())))
        }
        _ => (media_type.clone(), Content::Text(String::from_utf8(bytes.to_vec()).unwrap())),
    };
    Written {
        method: request.method().to_string(),
        path: decoded(&path),
        query,
        headers,
        media_type,
        body,
    }
}

/// One JSON text; `ndjson` is many, a line each.
fn is_json(media_type: &str) -> bool {
    media_type.contains("json") && !media_type.contains("ndjson")
}

/// Places, names and prefixes of what the security schemes of an authentication scheme carry.
fn schemes(document: &Value, scheme: Option<&str>) -> Vec<(String, String, String)> {
    let all = document["components"]["securitySchemes"].as_object().into_iter().flatten();
    let of_scheme =
        all.filter(|(_, declared)| declared["x-actionspec-authentication"].as_str() == scheme);
    of_scheme
        .map(|(_, scheme)| match scheme["type"].as_str().unwrap() {
            "apiKey" => {
                let place = scheme["in"].as_str().unwrap();
                let name = scheme["name"].as_str().unwrap();
                let name =
                    if place == "header" { name.to_ascii_lowercase() } else { name.to_owned() };
                (
                    place.to_owned(),
                    name,
                    scheme["x-actionspec-prefix"].as_str().unwrap_or_default().to_owned(),
                )
            }
            "mutualTLS" => ("tls".to_owned(), String::new(), String::new()),
            "http" if scheme["scheme"] == "basic" => {
                ("header".to_owned(), "authorization".to_owned(), "Basic ".to_owned())
            }
            _ => ("header".to_owned(), "authorization".to_owned(), "Bearer ".to_owned()),
        })
        .collect()
}

/// The request that an operation describes.
fn write(path: &str, method: &str, operation: &Value, arguments: &Map<String, Value>) -> Written {
    let path = operation["x-actionspec-path"].as_str().unwrap_or(path);
    let mut out = Written {
        method: method.to_ascii_uppercase(),
        path: path.to_owned(),
        ..Written::default()
    };
    let mut cookies = Vec::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap();
        let place = parameter["in"].as_str().unwrap();
        if (place, name) == ("header", "Idempotency-Key") {
            out.headers.insert(name.to_ascii_lowercase(), KEY.to_owned());
            continue;
        }
        if parameter.get("x-actionspec-checksum").is_some() {
            out.headers.insert(name.to_ascii_lowercase(), HASH.to_owned());
            continue;
        }
        let Some(value) = value(name, parameter, &parameter["schema"], arguments) else {
            assert!(parameter["required"] != json!(true), "`{name}` is required and has no value");
            continue;
        };
        let written = serialized(name, place, parameter, &value);
        match place {
            "path" => out.path = out.path.replace(&format!("{{{name}}}"), &written[0].1),
            "query" => out.query.extend(written),
            "header" => out.headers.extend(
                written.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value)),
            ),
            "cookie" => {
                cookies.extend(written.into_iter().map(|(name, value)| format!("{name}={value}")));
            }
            other => panic!("{other}"),
        }
    }
    if !cookies.is_empty() {
        out.headers.insert("cookie".to_owned(), cookies.join("; "));
    }
    out.query.sort();
    if let Some((media_type, content)) =
        operation["requestBody"]["content"].as_object().and_then(|content| content.iter().next())
    {
        // What the body is may be for the caller to say.
        let told = out.headers.remove("content-type").filter(|_| media_type == "*/*");
        out.media_type = told.unwrap_or_else(|| media_type.clone());
        out.body = body(media_type, content, arguments);
    }
    out
}

/// The value of a parameter or property: a constant, a text put together, or what the caller gives.
fn value(
    name: &str,
    place: &Value,
    schema: &Value,
    arguments: &Map<String, Value>,
) -> Option<Value> {
    // A parameter may have but one value, and yet need not be given.
    if let Some(constant) = schema.get("const").filter(|_| schema.get("title").is_none()) {
        return Some(constant.clone());
    }
    if let Some(template) = schema["x-actionspec-template"].as_str() {
        let mut text = template.to_owned();
        for (key, value) in arguments {
            text = text.replace(&format!("{{{key}}}"), &plain(value));
        }
        return (!text.contains('{')).then(|| json!(text));
    }
    let key = place["x-actionspec-key"].as_str().unwrap_or(name);
    arguments.get(key).cloned()
}

/// A value in the style of OpenAPI, not yet percent-encoded.
fn serialized(name: &str, place: &str, parameter: &Value, value: &Value) -> Vec<(String, String)> {
    match (parameter["x-actionspec-style"].as_str(), value) {
        (Some("numbered"), _) => return dotted(name, "", value),
        (Some("members"), _) => return dotted(name, "member.", value),
        (Some("prefix"), Value::Object(fields)) => {
            return fields
                .iter()
                .map(|(key, value)| (format!("{name}{key}"), plain(value)))
                .collect();
        }
        _ => {}
    }
    if parameter.get("content").is_some() {
        return vec![(name.to_owned(), value.to_string())];
    }
    let style = parameter["style"].as_str().unwrap_or(if matches!(place, "query" | "cookie") {
        "form"
    } else {
        "simple"
    });
    let explode = parameter["explode"].as_bool().unwrap_or(style == "form");
    let separator = match style {
        "pipeDelimited" => "|",
        "spaceDelimited" => " ",
        _ => ",",
    };
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) if explode && style == "form" => {
            items.iter().map(|item| (name.to_owned(), plain(item))).collect()
        }
        Value::Array(items) if items.is_empty() => Vec::new(),
        Value::Array(items) => {
            vec![(name.to_owned(), items.iter().map(plain).collect::<Vec<_>>().join(separator))]
        }
        Value::Object(fields) if style == "deepObject" => {
            fields.iter().flat_map(|(key, value)| deep(&format!("{name}[{key}]"), value)).collect()
        }
        other => vec![(name.to_owned(), plain(other))],
    }
}

/// What OpenAPI leaves open: a deep object within a deep object, as every library does it.
fn deep(name: &str, value: &Value) -> Vec<(String, String)> {
    match value {
        Value::Null => Vec::new(),
        Value::Object(fields) => {
            fields.iter().flat_map(|(key, value)| deep(&format!("{name}[{key}]"), value)).collect()
        }
        Value::Array(items) => {
            items.iter().flat_map(|item| deep(&format!("{name}[]"), item)).collect()
        }
        other => vec![(name.to_owned(), plain(other))],
    }
}

/// What OpenAPI has no style for: names with numbers.
fn dotted(name: &str, between: &str, value: &Value) -> Vec<(String, String)> {
    match value {
        Value::Null => Vec::new(),
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(key, value)| dotted(&format!("{name}.{key}"), between, value))
            .collect(),
        Value::Array(items) => (1..)
            .zip(items)
            .flat_map(|(number, item): (usize, _)| {
                dotted(&format!("{name}.{between}{number}"), between, item)
            })
            .collect(),
        other => vec![(name.to_owned(), plain(other))],
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn body(media_type: &str, content: &Value, arguments: &Map<String, Value>) -> Content {
    let schema = &content["schema"];
    match media_type.split(';').next().unwrap() {
        "application/x-www-form-urlencoded" => Content::Fields(fields(content, arguments, false)),
        "multipart/form-data" => Content::Fields(fields(content, arguments, true)),
        "application/xml" => Content::Text(flat(content["example"].as_str().unwrap())),
        kind if is_json(kind) => Content::Json(match tree("", schema, arguments) {
            // JSON that the caller writes as text.
            Some(Value::String(text)) if schema.get("type").is_none() => {
                serde_json::from_str(&text).unwrap()
            }
            value => value.unwrap_or_else(|| json!({})),
        }),
        _ => match value("", schema, schema, arguments) {
            Some(Value::Object(file)) => Content::Text(text_of(&file)),
            Some(value) => Content::Text(plain(&value)),
            None => Content::None,
        },
    }
}

/// A JSON body. A property with a title is a parameter; others hold properties, or never vary.
fn tree(name: &str, schema: &Value, arguments: &Map<String, Value>) -> Option<Value> {
    if schema.get("title").is_some()
        || schema.get("const").is_some()
        || schema.get("x-actionspec-template").is_some()
    {
        return value(name, schema, schema, arguments);
    }
    if let Some(items) = schema["prefixItems"].as_array() {
        let items: Vec<Option<Value>> =
            items.iter().map(|item| tree("", item, arguments)).collect();
        let last = items.iter().rposition(Option::is_some)?;
        return Some(items.into_iter().take(last + 1).map(Option::unwrap_or_default).collect());
    }
    let properties = schema["properties"].as_object()?.iter();
    let fields: Map<String, Value> = properties
        .filter_map(|(name, schema)| Some((name.clone(), tree(name, schema, arguments)?)))
        .collect();
    // An object that holds nothing is there only if it must be.
    (!fields.is_empty()).then_some(Value::Object(fields))
}

fn fields(
    content: &Value,
    arguments: &Map<String, Value>,
    is_multipart: bool,
) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (name, schema) in content["schema"]["properties"].as_object().unwrap() {
        let Some(value) = value(name, schema, schema, arguments) else { continue };
        let encoding = &content["encoding"][name];
        let is_file = |schema: &Value| schema["format"] == "binary";
        match &value {
            Value::Object(file) if is_multipart && is_file(schema) => {
                out.push((name.clone(), text_of(file)));
            }
            Value::Object(_)
                if encoding["style"] != "deepObject"
                    && encoding.get("x-actionspec-style").is_none() =>
            {
                out.push((name.clone(), value.to_string()));
            }
            Value::Array(_) if encoding["contentType"] == "application/json" => {
                out.push((name.clone(), value.to_string()));
            }
            _ => out.extend(serialized(name, "query", encoding, &value)),
        }
    }
    out.sort();
    out
}

fn text_of(file: &Map<String, Value>) -> String {
    assert_eq!(file["content"], json!("ZXhhbXBsZQ=="), "the one file that example arguments have");
    "example".to_owned()
}

/// Pairs of a query or form, decoded and sorted.
fn pairs(text: &str) -> Vec<(String, String)> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    };
    let mut pairs: Vec<(String, String)> =
        text.split('&').filter(|pair| !pair.is_empty()).map(pair).collect();
    pairs.sort();
    pairs
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let escaped =
            (bytes[at] == b'%').then(|| u8::from_str_radix(&text[at + 1..at + 3], 16).unwrap());
        out.push(escaped.unwrap_or(bytes[at]));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap()
}

/// Names and texts of the parts of a multipart body, sorted.
fn parts(media_type: &str, bytes: &[u8]) -> Vec<(String, String)> {
    let boundary = format!("--{}", media_type.split_once("boundary=").unwrap().1);
    let text = std::str::from_utf8(bytes).unwrap();
    let inner = text.split(&boundary).filter(|part| part.contains("Content-Disposition"));
    let mut parts: Vec<(String, String)> = inner
        .map(|part| {
            let (head, content) = part.split_once("\r\n\r\n").unwrap();
            let name = head.split_once("; name=\"").unwrap().1.split('"').next().unwrap();
            (name.to_owned(), content.strip_suffix("\r\n").unwrap().to_owned())
        })
        .collect();
    parts.sort();
    parts
}

/// An XML document without its declaration and layout.
fn flat(text: &str) -> String {
    let text = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").unwrap_or(text);
    text.lines().map(str::trim_start).collect()
}

/// What the schemes say of credentials is where the client puts them.
#[test]
fn credentials_travel_where_the_schemes_say() {
    let mut count = 0;
    for (generated, catalog, documents) in &*CATALOGUES {
        for spec in catalog.integrations.iter().filter(|spec| documents.contains_key(&spec.id)) {
            let Some(test) = &spec.connection_test else { continue };
            let fixed = |scheme: &Authentication| {
                matches!(
                    scheme,
                    Authentication::Basic(_)
                        | Authentication::Bearer(_)
                        | Authentication::ApiKey(_)
                        | Authentication::Oauth2(_)
                )
            };
            for (scheme, _) in spec.authentication.iter().filter(|(_, scheme)| fixed(scheme)) {
                let client = client(generated.integration(&spec.id).unwrap(), spec, Some(scheme));
                let call = generated
                    .action(&format!("{}.{test}", spec.id))
                    .unwrap()
                    .request(&client, json!({}))
                    .unwrap();
                let request = call.request().unwrap();
                for (place, name, prefix) in schemes(&documents[&spec.id], Some(scheme)) {
                    count += 1;
                    let found = match place.as_str() {
                        "header" => request
                            .headers()
                            .get(&name)
                            .map(|value| value.to_str().unwrap().to_owned()),
                        "cookie" => request
                            .headers()
                            .get("cookie")
                            .map(|value| value.to_str().unwrap().replace(&format!("{name}="), "")),
                        _ => pairs(request.url().split_once('?').unwrap().1)
                            .into_iter()
                            .find(|(own, _)| *own == name)
                            .map(|(_, value)| value),
                    };
                    assert!(
                        found.is_some_and(|value| value.starts_with(&prefix)),
                        "{}: {scheme}: {place} {name}",
                        spec.id
                    );
                }
            }
        }
    }
    assert!(count > 20, "only {count} credentials");
}

/// Each parameter is there once, required when the spec says so, and nothing is there that the spec does not say.
#[test]
fn parameters_are_those_of_the_catalog() {
    for (_, catalog, documents) in &*CATALOGUES {
        for spec in &catalog.integrations {
            let Some(document) = documents.get(&spec.id) else { continue };
            for (_, _, operation) in operations(document) {
                let action = spec
                    .actions
                    .iter()
                    .find(|action| operation["operationId"] == json!(action.id))
                    .unwrap();
                let name = format!("{}.{}", spec.id, action.id);
                let mut found = BTreeSet::new();
                for request in std::iter::once(operation)
                    .chain(operation["x-actionspec-steps"].as_array().into_iter().flatten())
                {
                    for parameter in request["parameters"].as_array().into_iter().flatten() {
                        compare(&name, action, parameter, &mut found);
                    }
                    for content in request["requestBody"]["content"]
                        .as_object()
                        .into_iter()
                        .flatten()
                        .map(|(_, content)| content)
                    {
                        let whole = &content["schema"];
                        let required = request["requestBody"]["required"] == json!(true);
                        in_body(
                            &name,
                            action,
                            "",
                            whole,
                            required && whole.get("title").is_some(),
                            &mut found,
                        );
                    }
                }
                let all: BTreeSet<String> =
                    action.parameters.iter().map(|parameter| parameter.key.clone()).collect();
                assert_eq!(found, all, "{name}");
            }
        }
    }
}

fn compare(name: &str, action: &Action, parameter: &Value, found: &mut BTreeSet<String>) {
    let schema = &parameter["schema"];
    let is_fixed = schema.get("const").is_some() || schema.get("x-actionspec-template").is_some();
    let is_hash = parameter.get("x-actionspec-checksum").is_some();
    let is_key = matches!(&action.retry, Retry::IdempotencyKey(header) if parameter["name"] == json!(header));
    if is_fixed || is_hash || is_key || parameter.get("x-actionspec-capture").is_some() {
        return;
    }
    let key = parameter["x-actionspec-key"].as_str().or(parameter["name"].as_str()).unwrap();
    let own = action
        .parameters
        .iter()
        .find(|own| own.key == key)
        .unwrap_or_else(|| panic!("{name}: {key}"));
    assert_eq!(parameter["in"], json!(own.location), "{name}: {key}");
    let required = own.location == Location::Path || own.schema.required;
    assert_eq!(parameter["required"] == json!(true), required, "{name}: {key}");
    assert_eq!(
        parameter["deprecated"] == json!(true),
        own.schema.deprecated.is_some(),
        "{name}: {key}"
    );
    assert!(
        parameter["description"].as_str().is_some_and(|text| !text.is_empty()),
        "{name}: {key}"
    );
    assert!(
        found.insert(key.to_owned()) || own.location == Location::Path,
        "{name}: {key} is there twice"
    );
}

fn in_body(
    name: &str,
    action: &Action,
    place: &str,
    schema: &Value,
    required: bool,
    found: &mut BTreeSet<String>,
) {
    if schema.get("title").is_some() {
        let key = schema["x-actionspec-key"]
            .as_str()
            .unwrap_or(place.strip_suffix("[]").unwrap_or(place));
        let own = action
            .parameters
            .iter()
            .find(|own| own.key == key)
            .unwrap_or_else(|| panic!("{name}: {key} in the body"));
        assert_eq!(
            (own.location, own.schema.required),
            (Location::Body, required),
            "{name}: {key}"
        );
        assert!(found.insert(key.to_owned()), "{name}: {key} is there twice");
        return;
    }
    let names = schema["required"].as_array().cloned().unwrap_or_default();
    for (property, inner) in schema["properties"].as_object().into_iter().flatten() {
        in_body(name, action, property, inner, names.contains(&json!(property)), found);
    }
    let least = schema["minItems"]
        .as_u64()
        .and_then(|least| usize::try_from(least).ok())
        .unwrap_or_default();
    for (index, inner) in schema["prefixItems"].as_array().into_iter().flatten().enumerate() {
        in_body(name, action, "", inner, index < least, found);
    }
}
