//! An operation that was recorded, as the spec of an action.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::credentials::is_secret_name;
use super::group::{self, Operation};
use super::place::Place;
use super::report::{Kind, Report};
use super::request::{Answer, Body, Content, Recorded};
use super::scrub::Scrubber;
use super::{Options, shape};
use crate::catalog::names;
use crate::paging::LIST_KEYS;
use crate::spec::{
    ActionSpec, BodyKind, ExampleSource, Location, Method, OutputKind, OutputSpec,
    PaginationChoice, ParameterSpec, Permissions, RequestLine, RequestSpec, Retry, Schema, Source,
    SourceDocument, Style, Waiver,
};

/// Lines of an example that stay in the action's file.
const MOST_LINES: usize = 15;

/// The spec, and the example where it has a file of its own.
pub(super) fn make(
    id: &str,
    operation: &Operation,
    place: &Place<'_>,
    options: &Options,
    scrubber: &mut Scrubber,
    report: &mut Report,
) -> (ActionSpec, Option<Value>) {
    let mut draft = Draft {
        operation,
        request: RequestSpec {
            line: format!("{} {}", operation.method.as_str(), operation.path()),
            server: operation.requests[0].server.clone(),
            ..RequestSpec::default()
        },
        parameters: IndexMap::new(),
        retry: None,
        media_type: None,
        scrubber,
    };
    draft.path();
    draft.query();
    draft.headers(place);
    draft.body(report);
    let Draft { request, parameters, retry, media_type, .. } = draft;
    let (mut output, example) = output(id, operation, scrubber, report);
    output.media_type = output.media_type.or(media_type);
    let title = names::title(id);
    report.add(
        Kind::ToDo,
        format!("actions/{id}.yaml"),
        "say what it does and what its parameters mean, and name permissions",
    );
    let shown = example.as_ref().unwrap_or(&output.example);
    let is_list = shown.is_array()
        || shown.as_object().is_some_and(|fields| {
            LIST_KEYS.iter().any(|key| fields.get(*key).is_some_and(Value::is_array))
        });
    let reads = matches!(operation.method, Method::Get | Method::Head);
    let pagination = (is_list && reads).then(|| {
        report.add(Kind::ToDo, format!("actions/{id}.yaml"), "say how the list is paged");
        PaginationChoice::None(Waiver { none: "The recording shows no paging.".to_owned() })
    });
    let is_plain = request.server.is_none()
        && request.query.is_empty()
        && request.headers.is_empty()
        && request.body.is_none();
    let spec = ActionSpec {
        description: format!("{title}, as recorded: `{}`.", request.line),
        title,
        group: None,
        keywords: Vec::new(),
        notes: Vec::new(),
        permissions: Permissions::None(Waiver {
            none: "The recording does not show what is needed.".to_owned(),
        }),
        scopes: place.scopes(),
        documentation: place.documentation(options),
        links: Vec::new(),
        request: Some(if is_plain {
            RequestLine::Line(request.line)
        } else {
            RequestLine::Full(Box::new(request))
        }),
        steps: Vec::new(),
        parameters,
        rules: Vec::new(),
        output,
        pagination,
        effect: None,
        retry: if reads {
            None
        } else {
            Some(retry.unwrap_or_else(|| usual_retry(operation.method)))
        },
        errors: IndexMap::new(),
        timeout_seconds: None,
        workflows: Vec::new(),
        renamed_from: Vec::new(),
        deprecated: None,
        changes: Vec::new(),
        source: Source::One(SourceDocument {
            document: options.source.clone(),
            operation: Some(format!("{} {}", operation.method.as_str(), operation.path())),
            version: None,
            read_on: None,
        }),
    };
    (spec, example)
}

/// What HTTP says of the method (RFC 9110, section 9.2.2).
fn usual_retry(method: Method) -> Retry {
    match method {
        Method::Put | Method::Delete | Method::Options => Retry::Safe,
        _ => Retry::Unsafe(
            "The recording does not show that a second request does no harm.".to_owned(),
        ),
    }
}

struct Draft<'a> {
    operation: &'a Operation,
    request: RequestSpec,
    parameters: IndexMap<String, ParameterSpec>,
    retry: Option<Retry>,
    media_type: Option<String>,
    scrubber: &'a mut Scrubber,
}

impl Draft<'_> {
    fn is_sent_in_body(&self) -> bool {
        matches!(self.operation.method, Method::Post | Method::Put | Method::Patch)
    }

    fn path(&mut self) {
        for (name, values, secret) in self.operation.variables() {
            let texts: Vec<&str> = values.iter().map(String::as_str).collect();
            let example =
                texts.first().filter(|_| !secret).map(|text| self.scrubber.text(text, name));
            let schema = Schema {
                secret,
                example: example.map(Value::from),
                description: Some(described(name)),
                ..shape::named("string")
            };
            self.parameters
                .insert(name.clone(), ParameterSpec { schema, ..ParameterSpec::default() });
        }
    }

    fn query(&mut self) {
        let mut fields: IndexMap<String, Vec<Vec<String>>> = IndexMap::new();
        for one in &self.operation.requests {
            let mut own: IndexMap<&String, Vec<String>> = IndexMap::new();
            for (name, value) in &one.address.query {
                own.entry(name).or_default().push(value.clone());
            }
            for (name, values) in own {
                fields.entry(name.clone()).or_default().push(values);
            }
        }
        let location = self.is_sent_in_body().then_some(Location::Query);
        self.fields(fields, location, 0, &[]);
    }

    /// Parameters from the names and values of a query or form: `a=1&a=2`, `a[]=1`, `a[b]=1`.
    fn fields(
        &mut self,
        fields: IndexMap<String, Vec<Vec<String>>>,
        location: Option<Location>,
        required_in: usize,
        secret: &[String],
    ) {
        let mut objects: IndexMap<String, Vec<(String, String)>> = IndexMap::new();
        for (name, values) in fields {
            if name.is_empty() {
                continue;
            }
            let inner = name.split_once('[').and_then(|(stem, rest)| {
                Some((stem.to_owned(), rest.strip_suffix(']')?.to_owned()))
            });
            match inner {
                Some((stem, key))
                    if !key.is_empty() && !stem.is_empty() && !key.contains(['[', ']']) =>
                {
                    objects.entry(stem).or_default().push((key, values[0][0].clone()));
                    continue;
                }
                _ => {}
            }
            let is_brackets = name.ends_with("[]") && name.len() > 2;
            let stem =
                if is_brackets { name.trim_end_matches("[]").to_owned() } else { name.clone() };
            let is_list = is_brackets || values.iter().any(|values| values.len() > 1);
            let texts: Vec<&str> = values.iter().flatten().map(String::as_str).collect();
            let typed = shape::typed(&texts, &stem);
            let references: Vec<&Value> = typed.iter().collect();
            let own = shape::of(&references, 0);
            let is_secret = secret.contains(&name) || is_secret_name(&stem);
            let first = values[0].len();
            let example = if is_list {
                self.scrubber.value(&Value::Array(typed[..first].to_vec()))
            } else {
                self.example(&typed[0], &stem)
            };
            let schema = if is_list {
                Schema { items: Some(Box::new(own)), ..shape::named("array") }
            } else {
                own
            };
            let required = required_in > 1 && values.len() == required_in;
            let schema = Schema {
                required,
                secret: is_secret,
                example: Some(example).filter(|_| !is_secret),
                ..schema
            };
            let style = is_brackets.then_some(Style::Brackets);
            self.add(&stem, ParameterSpec { location, style, schema, ..ParameterSpec::default() });
        }
        for (stem, pairs) in objects {
            let example: serde_json::Map<String, Value> =
                pairs.into_iter().map(|(key, value)| (key, Value::from(value))).collect();
            let example = self.scrubber.value(&Value::Object(example));
            let additional =
                crate::spec::AdditionalProperties::Typed(Box::new(shape::named("string")));
            let schema = Schema {
                additional_properties: Some(additional),
                example: Some(example),
                ..shape::named("object")
            };
            self.add(
                &stem,
                ParameterSpec {
                    location,
                    style: Some(Style::Brackets),
                    schema,
                    ..ParameterSpec::default()
                },
            );
        }
    }

    fn example(&mut self, value: &Value, name: &str) -> Value {
        match value {
            Value::String(text) => Value::from(self.scrubber.text(text, name)),
            other => self.scrubber.value(other),
        }
    }

    /// Adds a parameter under a key that is free.
    fn add(&mut self, name: &str, mut parameter: ParameterSpec) {
        let mut key = name.to_owned();
        while self.parameters.contains_key(&key) {
            key.push_str(if parameter.location == Some(Location::Query) {
                "_in_query"
            } else {
                "_in_body"
            });
            parameter.wire_name = Some(name.to_owned());
        }
        if parameter.schema.description.is_none() {
            parameter.schema.description = Some(described(name));
        }
        self.parameters.insert(key, parameter);
    }

    /// What is the same in all requests is a constant; what varies or looks like an id is a parameter.
    fn headers(&mut self, place: &Place<'_>) {
        let mut values: IndexMap<String, Vec<String>> = IndexMap::new();
        for (name, value) in self.operation.requests.iter().flat_map(|one| &one.headers) {
            let known = values.keys().find(|known| known.eq_ignore_ascii_case(name)).cloned();
            values.entry(known.unwrap_or_else(|| name.clone())).or_default().push(value.clone());
        }
        for (name, mut all) in values {
            all.dedup();
            let lower = name.to_ascii_lowercase();
            match lower.as_str() {
                "accept" => {
                    let plain = all.len() == 1
                        && !all[0].contains([',', '*'])
                        && !super::request::is_json(&all[0]);
                    self.media_type = plain.then(|| all[0].clone());
                }
                "idempotency-key" | "x-idempotency-key" => {
                    self.retry = Some(Retry::IdempotencyKey(name));
                }
                _ if place.has_header(&name) => {}
                _ if all.len() == 1 && is_constant(&lower, &all[0]) => {
                    self.request.headers.insert(name, all[0].clone());
                }
                _ => {
                    let example = Value::from(self.scrubber.text(&all[0], &name));
                    let schema = Schema { example: Some(example), ..shape::named("string") };
                    self.add(
                        &name,
                        ParameterSpec {
                            location: Some(Location::Header),
                            schema,
                            ..ParameterSpec::default()
                        },
                    );
                }
            }
        }
    }

    fn body(&mut self, report: &mut Report) {
        let requests = &self.operation.requests;
        let secret: Vec<String> = requests.iter().flat_map(|one| one.secret.clone()).collect();
        match &requests[0].body {
            Body::None => {}
            Body::Json(_) => self.json(&secret, report),
            Body::Form(_) => {
                self.request.body = Some(BodyKind::Form);
                let mut fields: IndexMap<String, Vec<Vec<String>>> = IndexMap::new();
                for one in requests {
                    let mut own: IndexMap<&String, Vec<String>> = IndexMap::new();
                    if let Body::Form(pairs) = &one.body {
                        pairs.iter().for_each(|(name, value)| {
                            own.entry(name).or_default().push(value.clone());
                        });
                    }
                    for (name, values) in own {
                        fields.entry(name.clone()).or_default().push(values);
                    }
                }
                let location = (!self.is_sent_in_body()).then_some(Location::Body);
                self.fields(fields, location, requests.len(), &secret);
            }
            Body::Multipart(parts) => {
                self.request.body = Some(BodyKind::Multipart);
                for part in parts {
                    let is_secret = secret.contains(&part.name);
                    let schema = match &part.text {
                        None => shape::named("file"),
                        Some(text) => {
                            let example = Value::from(self.scrubber.text(text, &part.name));
                            Schema {
                                secret: is_secret,
                                example: Some(example).filter(|_| !is_secret),
                                ..shape::named("string")
                            }
                        }
                    };
                    let media_type = part.media_type.clone().filter(|_| part.text.is_none());
                    let location = (!self.is_sent_in_body()).then_some(Location::Body);
                    self.add(
                        &part.name,
                        ParameterSpec { location, media_type, schema, ..ParameterSpec::default() },
                    );
                }
            }
            Body::Raw(media_type) => {
                self.request.body = Some(BodyKind::Raw);
                let media_type =
                    Some(media_type.clone()).filter(|media_type| !media_type.is_empty());
                let schema = Schema {
                    required: true,
                    description: Some("What is sent.".to_owned()),
                    ..shape::named("file")
                };
                let location = (!self.is_sent_in_body()).then_some(Location::Body);
                self.add(
                    "content",
                    ParameterSpec { location, media_type, schema, ..ParameterSpec::default() },
                );
            }
        }
    }

    fn json(&mut self, secret: &[String], report: &mut Report) {
        let bodies: Vec<Value> =
            self.operation.requests.iter().filter_map(json_body).cloned().collect();
        if let Some(document) = self.operation.requests.first().and_then(group::graphql) {
            self.request.body = Some(BodyKind::Graphql);
            self.request.graphql = Some(document);
            let variables: Vec<Value> = bodies
                .iter()
                .map(|body| body["variables"].clone())
                .filter(Value::is_object)
                .collect();
            return self.properties(&variables, secret);
        }
        if bodies.iter().all(Value::is_object) {
            let is_usual = self.is_sent_in_body();
            self.request.body = (!is_usual).then_some(BodyKind::Json);
            return self.properties(&bodies, secret);
        }
        report.add(
            Kind::Assumed,
            self.request.line.clone(),
            "the body is not an object, so it becomes one parameter, `body`",
        );
        self.request.body = Some(BodyKind::JsonValue);
        let references: Vec<&Value> = bodies.iter().collect();
        let example = bodies.first().map(|body| self.scrubber.value(body));
        let schema = Schema {
            required: true,
            example,
            description: Some("The body.".to_owned()),
            ..shape::of(&references, 0)
        };
        let location = (!self.is_sent_in_body()).then_some(Location::Body);
        self.add("body", ParameterSpec { location, schema, ..ParameterSpec::default() });
    }

    /// A parameter for each property of the bodies.
    fn properties(&mut self, bodies: &[Value], secret: &[String]) {
        let mut fields: IndexMap<&String, Vec<&Value>> = IndexMap::new();
        for (name, value) in bodies.iter().filter_map(Value::as_object).flatten() {
            fields.entry(name).or_default().push(value);
        }
        for (name, values) in fields {
            let is_secret = secret.contains(name) || is_secret_name(name);
            let example =
                values.iter().find(|value| !value.is_null()).map(|value| self.example(value, name));
            let required = bodies.len() > 1
                && values.len() == bodies.len()
                && values.iter().all(|value| !value.is_null());
            let schema = shape::of(&values, 0);
            let schema = if is_secret {
                Schema { secret: true, required, ..shape::named("string") }
            } else {
                Schema { required, example, ..schema }
            };
            let at =
                name.contains(['/', '~']).then(|| format!("/{}", crate::pointer::escape(name)));
            let location = (!self.is_sent_in_body()).then_some(Location::Body);
            self.add(name, ParameterSpec { location, at, schema, ..ParameterSpec::default() });
        }
    }
}

/// Whether a header says how to talk rather than what about.
fn is_constant(name: &str, value: &str) -> bool {
    let is_version = name.contains("version") || group::is_version(value, None);
    (is_version || !group::is_id(value)) && !value.contains(['{', '}', '@']) && !value.is_empty()
}

fn json_body(one: &Recorded) -> Option<&Value> {
    match &one.body {
        Body::Json(value) => Some(value),
        _ => None,
    }
}

fn described(name: &str) -> String {
    let title = names::title(name);
    if title.trim().is_empty() {
        "A value.".to_owned()
    } else {
        format!("{}.", title.trim_end_matches('.'))
    }
}

/// The richest answer, made up where it must be.
fn output(
    id: &str,
    operation: &Operation,
    scrubber: &mut Scrubber,
    report: &mut Report,
) -> (OutputSpec, Option<Value>) {
    let answers: Vec<&Answer> =
        operation.requests.iter().filter_map(|one| one.answer.as_ref()).collect();
    let richest = answers
        .iter()
        .filter_map(|answer| match &answer.content {
            Content::Json(value) => Some(value),
            _ => None,
        })
        .max_by_key(|value| shape::signature(value).len());
    if let Some(value) = richest {
        let example = scrubber.value(value);
        return given(id, example);
    }
    let none = |why: &str| json!({ "none": why });
    let plain = |kind, example, ty| OutputSpec { kind, example, ty, ..OutputSpec::default() };
    let spec = match answers.first().map(|answer| (&answer.content, answer.status)) {
        Some((Content::Empty, _)) => plain(None, none("The response has no body."), None),
        Some((Content::Text, _)) => {
            plain(Some(OutputKind::Text), none("The response is text."), None)
        }
        Some((Content::Binary(media_type), _)) => {
            let output = plain(Some(OutputKind::Binary), none("The response is a file."), None);
            OutputSpec {
                media_type: Some(media_type.clone()).filter(|name| !name.is_empty()),
                ..output
            }
        }
        _ => {
            report.add(
                Kind::ToDo,
                format!("actions/{id}.yaml"),
                "add a response as example: none was recorded",
            );
            plain(Some(OutputKind::Json), none("No response was recorded."), shape::named("any").ty)
        }
    };
    (spec, None)
}

/// An output with an example, in a file of its own if it is long.
pub(super) fn given(id: &str, example: Value) -> (OutputSpec, Option<Value>) {
    let lines = serde_json::to_string_pretty(&example).map_or(0, |text| text.lines().count());
    // A short text that ends like a file's name would be taken for one, and an object of `none` for a waiver.
    let is_long = lines > MOST_LINES || example.is_string() || example.get("none").is_some();
    let shown = if is_long { Value::from(format!("{id}.json")) } else { example.clone() };
    let spec =
        OutputSpec { example: shown, verified: Some(ExampleSource::Live), ..OutputSpec::default() };
    (spec, is_long.then_some(example))
}
