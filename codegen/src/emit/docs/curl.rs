//! The curl sample of an action: a command that sends what the client would send.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::{flat, markdown, xml};
use crate::catalog::{Action, HttpRequest, Integration, Parameter, Request, Server, Step, Type};
use crate::pointer::put;
use crate::scheme::{self, Curl, CurlServer};
use crate::spec::{Authentication, BodyKind, Location, Method, Style};

/// The start of the option for the media type of a body; a header of the spec replaces it.
const TYPED: &str = "--header 'Content-Type:";

/// The command, one option a line; one command a step.
pub(super) fn sample(
    integration: &Integration,
    action: &Action,
    arguments: &IndexMap<String, Value>,
) -> String {
    let commands: Vec<String> = action
        .steps
        .iter()
        .enumerate()
        .filter_map(|(index, step)| Some((index, step, step.http()?)))
        .map(|(index, step, http)| command(integration, action, arguments, (index, step, http)))
        .collect();
    commands.join("\n\n")
}

/// The lines that are sent over TCP, one command each; whom an answer refers to is for the reader to ask.
pub(super) fn lines(
    integration: &Integration,
    action: &Action,
    arguments: &IndexMap<String, Value>,
) -> String {
    let given = sent(action, arguments);
    let mut captures: Vec<&str> = Vec::new();
    let mut commands = Vec::new();
    for step in &action.steps {
        if let Request::Line(tcp) = &step.request {
            let address = base(integration, step);
            let (host, port) =
                address.trim_start_matches("tcp://").rsplit_once(':').unwrap_or((&address, "43"));
            commands.push(format!(
                "printf '%s\\r\\n' {} | nc {host} {port}",
                quote(&fill(&tcp.send, &given, &captures))
            ));
        }
        captures.extend(step.capture.keys().map(String::as_str));
    }
    commands.join("\n")
}

/// What a request carries: the arguments, and what clients send unasked because it must be there and has one value.
fn sent<'a>(
    action: &'a Action,
    arguments: &'a IndexMap<String, Value>,
) -> Vec<(&'a Parameter, &'a Value)> {
    let value = |parameter: &'a Parameter| {
        let unasked = parameter.schema.default.as_ref().filter(|_| parameter.schema.required);
        arguments.get(&parameter.key).or(unasked)
    };
    action.parameters.iter().filter_map(|parameter| Some((parameter, value(parameter)?))).collect()
}

fn command(
    integration: &Integration,
    action: &Action,
    arguments: &IndexMap<String, Value>,
    (index, step, http): (usize, &Step, &HttpRequest),
) -> String {
    let given = sent(action, arguments);
    let here = |location: Location| {
        given
            .iter()
            .filter(move |(parameter, _)| parameter.location == location && parameter.step == index)
    };
    let captures: Vec<&str> = action.steps[..index]
        .iter()
        .flat_map(|step| step.capture.keys())
        .map(String::as_str)
        .collect();
    let mut url = base(integration, step);
    if http.path.starts_with('/') {
        url.push_str(&path(&http.path, &given));
    } else {
        url = http.path.replace('{', "<").replace('}', ">");
    }
    let mut query: Vec<(String, String)> = http
        .query
        .iter()
        .map(|(name, value)| (name.clone(), fill(value, &given, &captures)))
        .collect();
    here(Location::Query).for_each(|(parameter, value)| query.extend(pairs(parameter, value)));
    let scheme = integration.authentication.values().next();
    let (options, keys) = credentials(scheme, integration, step);
    query.extend(keys);
    if !query.is_empty() {
        let query: Vec<String> = query
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        url.push_str(&format!("?{}", query.join("&")));
    }
    let mut lines = vec![match http.method {
        Method::Head => format!("curl --head {}", quote(&url)),
        other => format!("curl --request {} {}", other.as_str(), quote(&url)),
    }];
    lines.extend(options);
    let replaced = |name: &str| http.headers.keys().any(|own| own.eq_ignore_ascii_case(name));
    let usual = integration.headers.iter().filter(|(name, _)| !replaced(name));
    let headers = usual
        .chain(&http.headers)
        .map(|(name, value)| (name.clone(), fill(value, &given, &captures)));
    let parameters =
        here(Location::Header).flat_map(|(parameter, value)| header_pairs(parameter, value));
    let checksum = http
        .checksum
        .iter()
        .map(|checksum| (checksum.header.clone(), "HASH_OF_THE_BODY".to_owned()));
    lines.extend(
        headers
            .chain(parameters)
            .chain(checksum)
            .map(|(name, value)| format!("--header {}", quote(&format!("{name}: {value}")))),
    );
    lines.extend(here(Location::Cookie).map(|(parameter, value)| {
        format!("--cookie {}", quote(&format!("{}={}", parameter.wire_name, joined(value, ","))))
    }));
    let is_typed = http.headers.keys().any(|name| name.eq_ignore_ascii_case("content-type"));
    lines.extend(
        body(http, &here(Location::Body).copied().collect::<Vec<_>>(), &given, &captures)
            .into_iter()
            .filter(|line| !(is_typed && line.starts_with(TYPED))),
    );
    if action.output.kind == crate::spec::OutputKind::Binary && index + 1 == action.steps.len() {
        lines.push("--output file".to_owned());
    }
    lines.join(" \\\n  ")
}

fn base(integration: &Integration, step: &Step) -> String {
    let server = server(integration, step);
    server.map_or_else(String::new, |found| filled(&found.url, server))
}

/// The server that a request goes to.
fn server<'a>(integration: &'a Integration, step: &Step) -> Option<&'a Server> {
    let chosen =
        integration.authentication.values().next().and_then(|scheme| scheme.facts().server);
    let wanted = step.server.as_deref().or(chosen);
    integration
        .servers
        .iter()
        .find(|server| Some(server.name.as_str()) == wanted)
        .or(integration.servers.first())
}

/// A text with a server's variables at their usual values.
fn filled(text: &str, server: Option<&Server>) -> String {
    server.into_iter().flat_map(|server| &server.variables).fold(
        text.to_owned(),
        |text, (name, variable)| {
            let value = variable
                .default
                .as_ref()
                .or(variable.example.as_ref())
                .or(variable.values.keys().next());
            text.replace(&format!("{{{name}}}"), value.map_or("example", String::as_str))
        },
    )
}

fn path(template: &str, given: &[(&Parameter, &Value)]) -> String {
    given
        .iter()
        .filter(|(parameter, _)| parameter.location == Location::Path)
        .fold(template.to_owned(), |path, (parameter, value)| {
            let text = encode(&joined(value, ","));
            let text =
                if parameter.style == Style::Segments { text.replace("%2F", "/") } else { text };
            path.replace(&format!("{{{}}}", parameter.key), &text)
        })
        .replace('{', "<")
        .replace('}', ">")
}

/// A constant with its placeholders filled. What an earlier answer gives is for the reader to fill in, as `<name>`.
fn fill(text: &str, given: &[(&Parameter, &Value)], captures: &[&str]) -> String {
    let text = given.iter().fold(text.to_owned(), |text, (parameter, value)| {
        text.replace(&format!("{{{}}}", parameter.key), &joined(value, ","))
    });
    captures
        .iter()
        .fold(text, |text, name| text.replace(&format!("{{{name}}}"), &format!("<{name}>")))
}

/// What the scheme adds to a request: options, headers and cookies; and its query parameters.
fn credentials(
    scheme: Option<&Authentication>,
    integration: &Integration,
    step: &Step,
) -> (Vec<String>, Vec<(String, String)>) {
    let server = server(integration, step);
    let to = CurlServer {
        name: server.map(|server| server.name.as_str()).unwrap_or_default(),
        fill: &|text| filled(text, server),
    };
    let (mut options, mut query) = (Vec::new(), Vec::new());
    for part in scheme.into_iter().flat_map(|scheme| scheme::of(scheme).curl(&to)) {
        match part {
            Curl::Option(option, None) => options.push(option.to_owned()),
            Curl::Option(option, Some(value)) => {
                options.push(format!("{option} {}", quote(&value)));
            }
            Curl::Header(name, value) => {
                options.push(format!("--header {}", quote(&format!("{name}: {value}"))));
            }
            Curl::Cookie(name, value) => {
                options.push(format!("--cookie {}", quote(&format!("{name}={value}"))));
            }
            Curl::Query(name, value) => query.push((name, value)),
        }
    }
    (options, query)
}

/// A value as one text.
fn joined(value: &Value, separator: &str) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            items.iter().map(|item| joined(item, separator)).collect::<Vec<_>>().join(separator)
        }
        other => other.to_string(),
    }
}

/// The headers that a parameter becomes.
fn header_pairs(parameter: &Parameter, value: &Value) -> Vec<(String, String)> {
    match (parameter.style, value) {
        (Style::Prefix, Value::Object(fields)) => fields
            .iter()
            .map(|(key, field)| (format!("{}{key}", parameter.wire_name), joined(field, ",")))
            .collect(),
        (_, value) => vec![(parameter.wire_name.clone(), joined(value, ","))],
    }
}

/// The pairs that a parameter becomes in a query or form.
fn pairs(parameter: &Parameter, value: &Value) -> Vec<(String, String)> {
    let name = &parameter.wire_name;
    match (parameter.style, value) {
        (Style::Json, value) => {
            vec![(
                name.clone(),
                if parameter.schema.ty == Type::String {
                    joined(value, ",")
                } else {
                    value.to_string()
                },
            )]
        }
        (Style::Repeat, Value::Array(items)) => {
            items.iter().map(|item| (name.clone(), joined(item, ","))).collect()
        }
        (Style::Brackets, Value::Array(items)) => {
            items.iter().map(|item| (format!("{name}[]"), joined(item, ","))).collect()
        }
        (Style::Brackets, Value::Object(fields)) => fields
            .iter()
            .map(|(key, field)| (format!("{name}[{key}]"), joined(field, ",")))
            .collect(),
        (Style::Numbered | Style::Members, value) => flat::pairs(name, value, parameter.style),
        (Style::Pipe, value) => vec![(name.clone(), joined(value, "|"))],
        (Style::Space, value) => vec![(name.clone(), joined(value, " "))],
        (_, value) => vec![(name.clone(), joined(value, ","))],
    }
}

/// The JSON object that constants and parameters make: a body, what an XML document says, or the variables of GraphQL.
pub(in crate::emit) fn object(
    http: &HttpRequest,
    carried: &[(&Parameter, &Value)],
    given: &[(&Parameter, &Value)],
    captures: &[&str],
) -> Value {
    let mut body = Value::Object(Map::new());
    for (pointer, value) in &http.constants {
        put(
            &mut body,
            pointer,
            value
                .as_str()
                .map_or_else(|| value.clone(), |text| Value::String(fill(text, given, captures))),
        );
    }
    carried
        .iter()
        .for_each(|(parameter, value)| put(&mut body, &parameter.pointer, (*value).clone()));
    body
}

fn body(
    http: &HttpRequest,
    carried: &[(&Parameter, &Value)],
    given: &[(&Parameter, &Value)],
    captures: &[&str],
) -> Vec<String> {
    let Some(kind) = http.body else { return Vec::new() };
    let constants = http.constants.iter().map(|(pointer, value)| {
        let value = value
            .as_str()
            .map_or_else(|| value.clone(), |text| Value::String(fill(text, given, captures)));
        (pointer.clone(), value)
    });
    match kind {
        BodyKind::Xml
            if carried.is_empty() && http.constants.keys().all(|pointer| is_attribute(pointer)) =>
        {
            Vec::new()
        }
        BodyKind::Json => json(&object(http, carried, given, captures)),
        BodyKind::Xml => {
            data("application/xml", &xml::document(&object(http, carried, given, captures)))
        }
        BodyKind::JsonValue => carried.first().map_or_else(Vec::new, |(_, value)| json(value)),
        BodyKind::Graphql => json(
            &serde_json::json!({ "query": http.graphql, "variables": object(http, carried, given, captures) }),
        ),
        BodyKind::Form => {
            let fixed = constants.map(|(pointer, value)| {
                (pointer.trim_start_matches('/').to_owned(), joined(&value, ","))
            });
            let fields = carried.iter().flat_map(|(parameter, value)| pairs(parameter, value));
            fixed
                .chain(fields)
                .map(|(name, value)| {
                    format!("--data-urlencode {}", quote(&format!("{name}={value}")))
                })
                .collect()
        }
        BodyKind::Multipart => {
            let fixed: Vec<String> = constants
                .map(|(pointer, value)| {
                    format!(
                        "--form-string {}",
                        quote(&format!(
                            "{}={}",
                            pointer.trim_start_matches('/'),
                            joined(&value, ",")
                        ))
                    )
                })
                .collect();
            fixed
                .into_iter()
                .chain(carried.iter().flat_map(|(parameter, value)| part(parameter, value)))
                .collect()
        }
        BodyKind::Raw => carried.first().map_or_else(Vec::new, |(parameter, value)| {
            let media_type = parameter.media_type.as_deref().unwrap_or("application/octet-stream");
            if parameter.schema.ty != Type::File {
                return data(media_type, &joined(value, ","));
            }
            vec![
                format!("--header {}", quote(&format!("Content-Type: {media_type}"))),
                "--data-binary '@example.txt'".to_owned(),
            ]
        }),
    }
}

fn is_attribute(pointer: &str) -> bool {
    pointer.rsplit('/').next().is_some_and(|name| name.starts_with('@'))
}

fn json(body: &Value) -> Vec<String> {
    data("application/json", &markdown::json(body))
}

/// A text as the body. Unlike `--data`, `--data-raw` takes an `@` at its beginning for what it is.
fn data(media_type: &str, text: &str) -> Vec<String> {
    vec![
        format!("--header {}", quote(&format!("Content-Type: {media_type}"))),
        format!("--data-raw {}", quote(text)),
    ]
}

/// A part, or several, of a multipart body.
fn part(parameter: &Parameter, value: &Value) -> Vec<String> {
    if parameter.schema.ty == Type::File {
        return vec![format!("--form {}", quote(&format!("{}=@example.txt", parameter.wire_name)))];
    }
    pairs(parameter, value)
        .into_iter()
        .map(|(name, value)| format!("--form-string {}", quote(&format!("{name}={value}"))))
        .collect()
}

/// A text as one word of a POSIX shell.
fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Percent-encoding of everything but RFC 3986's unreserved characters.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
