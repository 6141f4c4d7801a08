//! The curl sample of an action: the requests that the client would send, printed as commands.

use actionspec_runtime::PreparedRequest;
use actionspec_runtime::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, USER_AGENT};
use actionspec_runtime::http::{HeaderName, Method};
use serde_json::Value;

use super::{form, indent, markdown};
use crate::catalog::{Action, HttpRequest, Integration, Step, Type};
use crate::prepare::{filled, readable, server};
use crate::scheme::{self, Curl, CurlServer};
use crate::spec::{Authentication, BodyKind, Location, OutputKind};

/// The commands, one option a line; one command a step.
pub(super) fn sample(
    integration: &Integration,
    action: &Action,
    requests: &[PreparedRequest],
) -> String {
    let commands: Vec<String> = action
        .steps
        .iter()
        .zip(requests)
        .enumerate()
        .filter_map(|(index, (step, request))| {
            let http = step.http()?;
            Some(Command { integration, action, index, step, http, request }.print())
        })
        .collect();
    commands.join("\n\n")
}

/// The lines that are sent over TCP, one command each; whom an answer refers to is for the reader to ask.
pub(super) fn lines(action: &Action, requests: &[PreparedRequest]) -> String {
    let command = |request: &PreparedRequest| {
        let body = request.body();
        let line = String::from_utf8_lossy(&body);
        let address = request.url().trim_start_matches("tcp://");
        let (host, port) = address.rsplit_once(':').unwrap_or((address, "43"));
        let line = readable(line.trim_end(), action).into_owned();
        format!("printf '%s\\r\\n' {} | nc {host} {port}", quote(&line))
    };
    requests.iter().map(command).collect::<Vec<_>>().join("\n")
}

/// One command.
struct Command<'a> {
    integration: &'a Integration,
    action: &'a Action,
    index: usize,
    step: &'a Step,
    http: &'a HttpRequest,
    request: &'a PreparedRequest,
}

impl Command<'_> {
    fn print(&self) -> String {
        let scheme = self.integration.authentication.values().next();
        let (options, keys) = self.credentials(scheme);
        let url = quote(&self.url(&keys));
        let mut lines = vec![match self.request.method() {
            &Method::HEAD => format!("curl --head {url}"),
            other => format!("curl --request {other} {url}"),
        }];
        lines.extend(options);
        lines.extend(self.headers());
        lines.extend(self.body());
        let is_last = self.index + 1 == self.action.steps.len();
        if self.action.output.kind == OutputKind::Binary && is_last {
            lines.push("--output file".to_owned());
        }
        readable(&lines.join(" \\\n  "), self.action).into_owned()
    }

    /// The URL with the query parameters of the scheme; of a whole URL that an earlier response gives, its name alone.
    fn url(&self, keys: &[(String, String)]) -> String {
        let mut url = match self.http.path.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'))
        {
            Some(name) => format!("<{name}>"),
            None => self.request.url().to_owned(),
        };
        for (name, value) in keys {
            let separator = if url.contains('?') { '&' } else { '?' };
            url.push_str(&format!("{separator}{}={}", encode(name), encode(value)));
        }
        url
    }

    /// What the scheme adds to a request: options, headers and cookies; and its query parameters.
    fn credentials(&self, scheme: Option<&Authentication>) -> (Vec<String>, Vec<(String, String)>) {
        let server = server(self.integration, self.step);
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
                Curl::Header(name, value) => options.push(header(&name, &value)),
                Curl::Cookie(name, value) => {
                    options.push(format!("--cookie {}", quote(&format!("{name}={value}"))));
                }
                Curl::Query(name, value) => query.push((name, value)),
            }
        }
        (options, query)
    }

    /// The headers that say more than curl does by itself; the media type stands with the body.
    fn headers(&self) -> Vec<String> {
        let all = self.request.headers().iter().filter(|(name, value)| {
            let usual = *name == ACCEPT && *value == "*/*";
            **name != USER_AGENT && **name != CONTENT_TYPE && !usual
        });
        all.map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            if *name == COOKIE {
                return format!("--cookie {}", quote(&value));
            }
            header(&self.spelled(name), &value)
        })
        .collect()
    }

    /// The name of a header as the spec spells it.
    fn spelled(&self, name: &HeaderName) -> String {
        let declared = self.integration.headers.keys().chain(self.http.headers.keys());
        let sent = self.action.parameters.iter().filter(|one| one.location == Location::Header);
        let checksum = self.http.checksum.iter().map(|checksum| &checksum.header);
        let names = declared.chain(sent.map(|one| &one.wire_name)).chain(checksum);
        let usual = ["Accept", "Content-Type", "Idempotency-Key"];
        let mut names = names.map(String::as_str).chain(usual);
        let same = |known: &&str| known.eq_ignore_ascii_case(name.as_str());
        names.find(same).unwrap_or(name.as_str()).to_owned()
    }

    fn body(&self) -> Vec<String> {
        let Some(kind) = self.http.body else { return Vec::new() };
        let Some(media_type) = self.request.headers().get(CONTENT_TYPE) else { return Vec::new() };
        let media_type = String::from_utf8_lossy(media_type.as_bytes());
        let bytes = self.request.body();
        let text = String::from_utf8_lossy(&bytes);
        match kind {
            BodyKind::Form => {
                let pairs = form_urlencoded::parse(&bytes);
                pairs.map(|(name, value)| {
                    // curl encodes what stands after the `=`.
                    format!("--data-urlencode {}", quote(&format!("{}={value}", encode(&name))))
                })
                .collect()
            }
            BodyKind::Multipart => {
                form::parts(&media_type, &bytes).iter().map(part).collect()
            }
            BodyKind::Raw if self.carries_file() => {
                let data = "--data-binary '@example.txt'".to_owned();
                vec![header("Content-Type", &media_type), data]
            }
            BodyKind::Json | BodyKind::JsonValue | BodyKind::Graphql
                // A hash is of the very bytes.
                if self.http.checksum.is_none() =>
            {
                let value: Value = serde_json::from_slice(&bytes).unwrap_or_default();
                data(&media_type, &markdown::json(&value))
            }
            BodyKind::Xml if self.http.checksum.is_none() => data(&media_type, &indent::xml(&text)),
            BodyKind::Json
            | BodyKind::JsonValue
            | BodyKind::Graphql
            | BodyKind::Xml
            | BodyKind::Raw => data(&media_type, &text),
        }
    }

    fn carries_file(&self) -> bool {
        self.action.parameters.iter().any(|parameter| {
            parameter.location == Location::Body
                && parameter.step == self.index
                && parameter.schema.ty == Type::File
        })
    }
}

fn header(name: &str, value: &str) -> String {
    format!("--header {}", quote(&format!("{name}: {value}")))
}

/// A text as the body. Unlike `--data`, `--data-raw` takes an `@` at its beginning for what it is.
fn data(media_type: &str, text: &str) -> Vec<String> {
    vec![header("Content-Type", media_type), format!("--data-raw {}", quote(text))]
}

/// A part of a multipart body.
fn part(part: &form::Part) -> String {
    let form::Part { name, media_type, content, is_file } = part;
    if *is_file {
        return format!("--form {}", quote(&format!("{name}=@example.txt")));
    }
    match media_type {
        // The value of `--form` ends at a semicolon unless it is quoted.
        Some(media_type) => {
            let content = content.replace('\\', "\\\\").replace('"', "\\\"");
            format!("--form {}", quote(&format!("{name}=\"{content}\";type={media_type}")))
        }
        None => format!("--form-string {}", quote(&format!("{name}={content}"))),
    }
}

/// A text as one word of a POSIX shell.
fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Percent-encoding of everything but RFC 3986's unreserved characters.
fn encode(text: &str) -> String {
    const RESERVED: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    percent_encoding::utf8_percent_encode(text, RESERVED).to_string()
}
