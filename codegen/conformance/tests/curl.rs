//! Every curl sample sends what the client sends. curl itself runs each command against a server on this machine, which writes down what arrives;
//! the client prepares the same call from the descriptors of the generated crates.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc;

use actionspec_codegen::catalog::{
    Action, Breadth, Integration, Protocol, Type, example_arguments,
};
use actionspec_codegen::spec::{BodyKind, Location};
use actionspec_runtime::descriptor;
use actionspec_runtime::{Call, Client, MemoryTransport, PreparedRequest};
use serde_json::Value;
use support::{addresses, descriptors, fences, projects, usual};

/// What arrived, or what would have been sent.
#[derive(Debug, PartialEq)]
struct Sent {
    method: String,
    /// Path and query after the address of the server.
    target: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

/// Writes down each request, and answers it.
fn recorder() -> (String, mpsc::Receiver<Sent>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut reader = BufReader::new(stream.unwrap());
            let mut line = || {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                line.trim_end().to_owned()
            };
            let first = line();
            let headers: BTreeMap<String, String> = std::iter::from_fn(|| {
                let line = line();
                let (name, value) = line.split_once(':')?;
                Some((name.to_ascii_lowercase(), value.trim().to_owned()))
            })
            .collect();
            if headers.contains_key("expect") {
                reader.get_mut().write_all(b"HTTP/1.1 100 Continue\r\n\r\n").unwrap();
            }
            let length = headers.get("content-length").map_or(0, |text| text.parse().unwrap());
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let (method, rest) = first.split_once(' ').unwrap();
            let target = rest.rsplit_once(' ').unwrap().0.to_owned();
            sender.send(Sent { method: method.to_owned(), target, headers, body }).unwrap();
            let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            reader.get_mut().write_all(answer).unwrap();
        }
    });
    (address, receiver)
}

/// The requests of a sample's call, as the client prepares them without credentials.
fn prepared(
    read: &descriptor::Integration,
    integration: &Integration,
    action: &Action,
) -> Vec<PreparedRequest> {
    let default = integration.authentication.values().next();
    let default = default.and_then(|scheme| scheme.facts().server);
    let facts = actionspec_model::Integration { authentication: [].into(), ..(**read).clone() };
    let facts: &'static _ = Box::leak(Box::new(descriptor::Integration::new(facts)));
    let builder = integration.servers.iter().flat_map(|server| &server.variables).fold(
        Client::builder(facts).transport(MemoryTransport::json(200, &Value::Null)),
        |builder, (name, variable)| builder.variable(name, usual(variable)),
    );
    let builder = default.iter().fold(builder, |builder, name| builder.server(*name));
    let client = builder.build().unwrap();
    let described = actionspec_codegen::descriptor::action(integration, action);
    let action: &'static _ = Box::leak(Box::new(descriptor::Action::new(facts, described)));
    let arguments =
        example_arguments(integration, action_of(integration, &action.id), Breadth::Few);
    let call = Call::<Value>::new(&client, action).idempotency_key("UNIQUE_KEY");
    let call = arguments.into_iter().fold(call, |call, (key, value)| call.set(&key, value));
    let first = addresses(integration).pop().unwrap();
    let whole = |name: &str| action.steps.iter().any(|step| step.path() == format!("{{{name}}}"));
    let captured = |name: &str| {
        if whole(name) { format!("{first}/~~{name}~~") } else { format!("~~{name}~~") }
    };
    call.requests(captured).unwrap()
}

fn action_of<'a>(integration: &'a Integration, id: &str) -> &'a Action {
    integration.actions.iter().find(|action| action.id == id).unwrap()
}

/// What a body says, whatever its notation: JSON without its layout, a form without its encoding, parts without their boundary.
fn meaning(kind: Option<BodyKind>, headers: &BTreeMap<String, String>, body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body).into_owned();
    match kind {
        Some(BodyKind::Json | BodyKind::JsonValue | BodyKind::Graphql) => {
            serde_json::from_slice::<Value>(body).unwrap().to_string()
        }
        Some(BodyKind::Form) => {
            let pairs: Vec<(String, String)> =
                url::form_urlencoded::parse(body).into_owned().collect();
            format!("{pairs:?}")
        }
        Some(BodyKind::Xml) => text.split('\n').map(str::trim).collect(),
        Some(BodyKind::Multipart) => {
            let boundary = headers["content-type"].split_once("boundary=").unwrap().1;
            let delimiter = format!("--{boundary}");
            let parts = text.split(&delimiter).map(|part| {
                let (head, content) = part.split_once("\r\n\r\n").unwrap_or((part, ""));
                let name = head.split("name=\"").nth(1).and_then(|rest| rest.split('"').next());
                // A sample cannot know the file; its name and its bytes are the reader's.
                if head.contains("filename=") {
                    return format!("{name:?}: a file");
                }
                let media_type = head.lines().find_map(|line| line.strip_prefix("Content-Type: "));
                format!("{name:?} {media_type:?}: {content}")
            });
            parts.collect::<Vec<_>>().join("\n")
        }
        Some(BodyKind::Raw) | None => text,
    }
}

#[test]
fn every_curl_sample_is_the_request_that_the_client_sends() {
    let (recorder, arrived) = recorder();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("example.txt"), "example").unwrap();
    let (mut count, mut differences) = (0, Vec::new());
    for project in projects() {
        for integration in &project.catalog().integrations {
            if integration.protocol() != Protocol::Http {
                continue;
            }
            let read = descriptors(&project, integration);
            for action in &integration.actions {
                let page = format!("docs/{}/actions/{}.md", integration.slug, action.slug);
                let text = std::fs::read_to_string(project.generated.join(page)).unwrap();
                let sample = sample(&text).unwrap_or_else(|| {
                    panic!("{}.{} has no sample", integration.id, action.id);
                });
                let requests = prepared(read, integration, action);
                let commands: Vec<&str> = sample.split("\n\ncurl ").collect();
                assert_eq!(commands.len(), requests.len(), "{}", action.id);
                for (index, (command, request)) in commands.iter().zip(&requests).enumerate() {
                    let command = executable(integration, action, command, &recorder);
                    run(folder.path(), &command);
                    let found = differing(integration, action, index, &arrived, request);
                    differences.extend(
                        found.map(|found| format!("{}.{}: {found}", integration.id, action.id)),
                    );
                    count += 1;
                }
            }
        }
    }
    assert!(count > 700, "only {count} commands");
    assert_eq!(differences, [""; 0], "{} of {count} differ", differences.len());
}

/// The curl sample of a page. Code that a fence cannot hold stands in HTML, its special characters as references.
fn sample(page: &str) -> Option<String> {
    let is_sample =
        |(language, code): &(String, String)| language == "sh" && code.starts_with("curl");
    if let Some((_, code)) = fences(page).into_iter().find(is_sample) {
        return Some(code);
    }
    let (_, rest) = page.split_once("<pre lang=\"sh\"><code>")?;
    let mut pieces = rest.split_once("</code>")?.0.split("&#");
    let mut code = pieces.next()?.to_owned();
    for piece in pieces {
        let (number, text) = piece.split_once(';')?;
        code.push(char::from_u32(number.parse().ok()?)?);
        code.push_str(text);
    }
    Some(code)
}

/// The command with the recorder in the place of the servers, and with values in the place of what earlier responses give.
fn executable(integration: &Integration, action: &Action, command: &str, recorder: &str) -> String {
    let names = action.steps.iter().flat_map(|step| step.capture.keys());
    let command = names.fold(command.to_owned(), |command, name| {
        let whole = format!("'<{name}>");
        command
            .replace(&whole, &format!("'{recorder}/~~{name}~~"))
            .replace(&format!("<{name}>"), &format!("~~{name}~~"))
    });
    let address = addresses(integration).into_iter().find(|address| command.contains(address));
    let command =
        address.map_or_else(|| command.clone(), |address| command.replacen(&address, recorder, 1));
    // Its first request only asks how to sign.
    let command = command.replace(" --digest", "");
    format!("curl --silent --show-error {}", command.trim_start_matches("curl "))
}

fn run(folder: &Path, command: &str) {
    let output = Command::new("bash").args(["-c", command]).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{command}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// How what curl sent differs from what the client sends; `None` if it does not.
fn differing(
    integration: &Integration,
    action: &Action,
    index: usize,
    arrived: &mpsc::Receiver<Sent>,
    request: &PreparedRequest,
) -> Option<String> {
    let Ok(mut curl) = arrived.try_recv() else { return Some("curl sent nothing".to_owned()) };
    assert!(arrived.try_recv().is_err(), "one command is one request");
    let address = addresses(integration).into_iter().find(|one| request.url().starts_with(one));
    let target = request.url().strip_prefix(address.as_deref().unwrap_or_default()).unwrap();
    let kind = action.steps[index].body();
    let headers = request.headers().iter().map(|(name, value)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    });
    let mut client = Sent {
        method: request.method().as_str().to_owned(),
        target: if target.is_empty() { "/".to_owned() } else { target.to_owned() },
        headers: headers.collect(),
        body: request.body().to_vec(),
    };
    let credentials = serde_json::to_string(&integration.authentication).unwrap().to_lowercase();
    let is_credential = |name: &str| {
        let by_curl = ["authorization", "x-amz-date", "x-amz-content-sha256"].contains(&name);
        by_curl || credentials.contains(&format!("\"{}\"", name.to_lowercase()))
    };
    let carries_file = action.parameters.iter().any(|parameter| {
        let here = parameter.location == Location::Body && parameter.step == index;
        here && parameter.schema.ty == Type::File
    });
    // The bytes of a file are the reader's.
    if kind == Some(BodyKind::Raw) && carries_file {
        client.body.clone_from(&curl.body);
    }
    let bodies = [&client, &curl].map(|sent| meaning(kind, &sent.headers, &sent.body));
    for sent in [&mut client, &mut curl] {
        if let Some(media_type) = sent.headers.get_mut("content-type") {
            *media_type = media_type.split("; boundary").next().unwrap_or_default().to_owned();
        }
        sent.body.clear();
        let own = ["host", "user-agent", "content-length", "expect"];
        sent.headers.retain(|name, _| !own.contains(&name.as_str()));
    }
    // What the samples put in the place of credentials.
    let known = |name: &str| client.headers.contains_key(name);
    curl.headers.retain(|name, _| known(name) || !(is_credential(name) || name == "cookie"));
    if let Some((path, query)) = curl.target.split_once('?') {
        let keeps = |pair: &&str| {
            let name = pair.split('=').next().unwrap_or_default();
            client.target.contains(*pair) || !is_credential(name)
        };
        let query = query.split('&').filter(keeps).collect::<Vec<_>>().join("&");
        let separator = if query.is_empty() { "" } else { "?" };
        curl.target = format!("{path}{separator}{query}");
    }
    let [said, expected] = [&bodies[1], &bodies[0]];
    if curl == client && said == expected {
        return None;
    }
    Some(format!("curl: {curl:?} {said}\nclient: {client:?} {expected}"))
}
