//! A curl command to one request.

use serde_json::Value;

use super::curl_options::{self, Meaning};
use super::report::{Fault, Kind, Report};
use super::request::{Address, Body, Part, Recorded, essence, is_json, method, pairs, shown};
use super::shell::{self, Word};
use crate::spec::Method;

/// Reads the files that a command names.
type ReadFile<'a> = &'a dyn Fn(&str) -> std::io::Result<Vec<u8>>;

/// The request of a curl command.
pub(super) fn read(
    command: &str,
    read_file: ReadFile<'_>,
    report: &mut Report,
) -> Result<Recorded, Fault> {
    let split = shell::split(command)?;
    if let Some(end) = &split.ended_by {
        report.add(Kind::Skipped, end.clone(), "the rest is not part of the request");
    }
    let is_curl =
        |word: &Word| matches!(word.text.rsplit(['/', '\\']).next(), Some("curl" | "curl.exe"));
    let Some(start) = split.words.iter().position(is_curl) else {
        return Err(Fault::new("the command does not contain `curl`")
            .help("give the whole command, in quotes: cargo xtask import curl 'curl https://…'"));
    };
    let mut given = Given::default();
    given.options(command, &split.words[start + 1..], report)?;
    given.request(command, read_file, report)
}

/// What the options say.
#[derive(Default)]
struct Given {
    method: Option<(String, usize)>,
    urls: Vec<(String, usize)>,
    headers: Vec<(String, String)>,
    data: Vec<(Meaning, String, usize)>,
    parts: Vec<(bool, String)>,
    query: Vec<String>,
    user: Option<String>,
    bearer: Option<String>,
    cookies: Vec<String>,
    upload: Option<String>,
    is_get: bool,
    is_head: bool,
}

impl Given {
    fn options(&mut self, command: &str, words: &[Word], report: &mut Report) -> Result<(), Fault> {
        let mut words = words.iter();
        let mut only_urls = false;
        while let Some(word) = words.next() {
            let text = word.text.as_str();
            if only_urls || !text.starts_with('-') || text == "-" {
                self.urls.push((text.to_owned(), word.at));
            } else if text == "--" {
                only_urls = true;
            } else if let Some(name) = text.strip_prefix("--") {
                let (name, inline) = name
                    .split_once('=')
                    .map_or((name, None), |(name, value)| (name, Some(value.to_owned())));
                let Some(meaning) = curl_options::long(name) else {
                    return Err(unknown(name, command, word.at));
                };
                let value = if meaning.takes_value() {
                    Some(value(inline, &mut words, text, command, word.at)?)
                } else {
                    None
                };
                self.take(meaning, value.unwrap_or_default(), word.at, text, report);
            } else {
                self.cluster(text, word.at, &mut words, command, report)?;
            }
        }
        Ok(())
    }

    /// `-sSXPOST`: letters without values, then one that takes the rest of the word or the next one.
    fn cluster<'w>(
        &mut self,
        text: &str,
        at: usize,
        words: &mut impl Iterator<Item = &'w Word>,
        command: &str,
        report: &mut Report,
    ) -> Result<(), Fault> {
        for (index, letter) in text.char_indices().skip(1) {
            let name = format!("-{letter}");
            let Some(meaning) = curl_options::short(letter) else {
                return Err(
                    Fault::new(format!("curl has no option `{name}`")).at(command, at + index)
                );
            };
            if !meaning.takes_value() {
                self.take(meaning, String::new(), at, &name, report);
                continue;
            }
            let rest = &text[index + letter.len_utf8()..];
            let inline = (!rest.is_empty()).then(|| rest.to_owned());
            let value = value(inline, words, &name, command, at)?;
            self.take(meaning, value, at, &name, report);
            break;
        }
        Ok(())
    }

    fn take(
        &mut self,
        meaning: Meaning,
        value: String,
        at: usize,
        option: &str,
        report: &mut Report,
    ) {
        match meaning {
            Meaning::Request => self.method = Some((value, at)),
            Meaning::Header => match value.split_once(':') {
                Some((name, text)) if !text.trim().is_empty() => self.headers.push((name.trim().to_owned(), text.trim().to_owned())),
                _ => report.add(Kind::Skipped, option, "a header without a value takes one away that curl would send"),
            },
            Meaning::Data { .. } | Meaning::DataRaw | Meaning::DataUrlencode | Meaning::Json => self.data.push((meaning, value, at)),
            Meaning::Form => self.parts.push((true, value)),
            Meaning::FormString => self.parts.push((false, value)),
            Meaning::User => self.user = Some(value),
            Meaning::Get => self.is_get = true,
            Meaning::Head => self.is_head = true,
            Meaning::Cookie => self.cookies.push(value),
            Meaning::Url => self.urls.push((value, at)),
            Meaning::UrlQuery => self.query.push(value),
            Meaning::UploadFile => self.upload = Some(value),
            Meaning::Oauth2Bearer => self.bearer = Some(value),
            Meaning::Authentication => report.add(
                Kind::ToDo,
                option,
                "declare this authentication scheme in `integration.yaml`: a recorded request does not show what it needs",
            ),
            Meaning::Nothing { .. } => match option {
                "--aws-sigv4" => report.add(Kind::ToDo, option, "declare `kind: awsSigV4` in `integration.yaml`"),
                "--insecure" | "-k" => report.add(Kind::Skipped, option, "certificates are always checked"),
                "-E" | "--cert" => report.add(Kind::ToDo, option, "declare `kind: clientCertificate` in `integration.yaml`"),
                "-:" | "--next" => report.add(Kind::Skipped, option, "one request is imported, the first"),
                _ => report.add(Kind::Skipped, option, "the option controls sending or printing, which is not part of a spec"),
            },
        }
    }

    fn request(
        mut self,
        command: &str,
        read_file: ReadFile<'_>,
        report: &mut Report,
    ) -> Result<Recorded, Fault> {
        let Some((url, at)) = self.urls.first().cloned() else {
            return Err(Fault::new("the command has no address")
                .help("add the address of the request: https://api.example.com/users"));
        };
        for (other, _) in &self.urls[1..] {
            report.add(Kind::Skipped, shown(other), "one address is imported, the first");
        }
        let mut address = Address::parse(&url).map_err(|fault| fault.at(command, at))?;
        for part in &self.query {
            let written = part
                .strip_prefix('+')
                .map_or_else(|| urlencoded(part, read_file), |raw| Ok(raw.to_owned()));
            address
                .query
                .extend(pairs(&written.map_err(|message| Fault::new(message).at(command, at))?));
        }
        let content_type = self.header("content-type");
        let (body, text) = self.body(command, read_file, content_type.as_deref(), report)?;
        let body = if self.is_get {
            address.query.extend(pairs(&text));
            Body::None
        } else {
            body
        };
        let default = match &body {
            _ if self.is_head => "HEAD",
            _ if self.upload.is_some() => "PUT",
            Body::None => "GET",
            _ => "POST",
        };
        let (name, at) = self.method.take().unwrap_or_else(|| (default.to_owned(), 0));
        let Some(method) = method(&name) else {
            return Err(Fault::new(format!("`{}` is not a supported method", shown(&name)))
                .at(command, at)
                .help("specs have GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS"));
        };
        let body = if matches!(method, Method::Get | Method::Head) && !matches!(body, Body::None) {
            report.add(
                Kind::Skipped,
                name.clone(),
                "a request of this method has no body in a spec",
            );
            Body::None
        } else {
            body
        };
        if let Some(user) = self.user.take().or_else(|| address.user.take()) {
            self.headers.push(("Authorization".to_owned(), format!("Basic {user}")));
        }
        if let Some(token) = self.bearer.take() {
            self.headers.push(("Authorization".to_owned(), format!("Bearer {token}")));
        }
        for cookie in std::mem::take(&mut self.cookies) {
            if cookie.contains('=') {
                self.headers.push(("Cookie".to_owned(), cookie));
            } else {
                report.add(Kind::Skipped, "--cookie", "a file of cookies is not read");
            }
        }
        let mut recorded = Recorded::new(method, address, "the command");
        recorded.headers = self.headers;
        recorded.body = body;
        Ok(recorded)
    }

    fn header(&self, name: &str) -> Option<String> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.clone())
    }

    /// The body, and its text.
    fn body(
        &self,
        command: &str,
        read_file: ReadFile<'_>,
        content_type: Option<&str>,
        report: &mut Report,
    ) -> Result<(Body, String), Fault> {
        if !self.parts.is_empty() {
            return Ok((
                Body::Multipart(
                    self.parts.iter().map(|(files, text)| part(text, *files)).collect(),
                ),
                String::new(),
            ));
        }
        if let Some(file) = &self.upload {
            report.add(Kind::Assumed, file.clone(), "the file is sent as the body, as bytes");
            return Ok((
                Body::Raw(content_type.unwrap_or("application/octet-stream").to_owned()),
                String::new(),
            ));
        }
        if self.data.is_empty() {
            return Ok((Body::None, String::new()));
        }
        let mut texts = Vec::new();
        for (meaning, value, at) in &self.data {
            let text = match (meaning, value.strip_prefix('@')) {
                (Meaning::Data { keeps_lines }, Some(name)) => {
                    let text = file(name, read_file)
                        .map_err(|message| Fault::new(message).at(command, *at))?;
                    if *keeps_lines { text } else { text.replace(['\r', '\n', '\0'], "") }
                }
                (Meaning::Json, Some(name)) => {
                    file(name, read_file).map_err(|message| Fault::new(message).at(command, *at))?
                }
                (Meaning::DataUrlencode, _) => urlencoded(value, read_file)
                    .map_err(|message| Fault::new(message).at(command, *at))?,
                _ => value.clone(),
            };
            texts.push(text);
        }
        let is_json_option = self.data.iter().any(|(meaning, _, _)| *meaning == Meaning::Json);
        let text = texts.join(if is_json_option { "" } else { "&" });
        let at = self.data.first().map_or(0, |(_, _, at)| *at);
        let body = match content_type {
            Some(media_type) => {
                sent_as(media_type, &text, report).map_err(|fault| fault.at(command, at))?
            }
            None if is_json_option => json(&text).map_err(|fault| fault.at(command, at))?,
            None => match serde_json::from_str::<Value>(&text) {
                Ok(value @ (Value::Object(_) | Value::Array(_))) => {
                    report.add(Kind::Assumed, "--data", "the body is JSON, though curl sends it as a form without a header `Content-Type`");
                    Body::Json(value)
                }
                _ => Body::Form(pairs(&text)),
            },
        };
        Ok((body, text))
    }
}

/// A body of a media type.
pub(super) fn sent_as(media_type: &str, text: &str, report: &mut Report) -> Result<Body, Fault> {
    let essence = essence(media_type);
    if is_json(media_type) {
        return json(text);
    }
    match essence.as_str() {
        "application/x-www-form-urlencoded" => Ok(Body::Form(pairs(text))),
        "multipart/form-data" => {
            let boundary = media_type
                .split("boundary=")
                .nth(1)
                .map(|boundary| boundary.split(';').next().unwrap_or_default().trim_matches('"'));
            Ok(Body::Multipart(
                boundary.map(|boundary| multipart(text, boundary)).unwrap_or_default(),
            ))
        }
        // Some pages send JSON as text.
        "text/plain" if text.trim_start().starts_with(['{', '[']) => {
            match serde_json::from_str(text) {
                Ok(value) => {
                    report.add(
                        Kind::Assumed,
                        "Content-Type",
                        "the body is JSON, though it is sent as text",
                    );
                    Ok(Body::Json(value))
                }
                Err(_) => Ok(Body::Raw(essence)),
            }
        }
        _ => Ok(Body::Raw(essence)),
    }
}

fn json(text: &str) -> Result<Body, Fault> {
    serde_json::from_str(text)
        .map(Body::Json)
        .map_err(|error| Fault::new(format!("the body is not JSON: {error}")))
}

/// The parts of a multipart body (RFC 7578).
fn multipart(text: &str, boundary: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for piece in text.split(&format!("--{boundary}")).skip(1) {
        let piece = piece.trim_start_matches(['\r', '\n']);
        let Some((head, body)) = piece.split_once("\r\n\r\n").or_else(|| piece.split_once("\n\n"))
        else {
            continue;
        };
        let attribute = |name: &str| {
            let start = head.find(&format!("{name}=\""))? + name.len() + 2;
            head.get(start..)?.split('"').next().map(str::to_owned)
        };
        let media_type = head.lines().find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-type:")
                .map(|value| value.trim().to_owned())
        });
        let Some(name) = attribute("name") else { continue };
        let is_file = head.contains("filename=");
        parts.push(Part {
            name,
            text: (!is_file).then(|| body.trim_end_matches(['\r', '\n']).to_owned()),
            media_type,
        });
    }
    parts
}

/// `name=value`, `name=@file;type=…`, `name=<file`
fn part(text: &str, files: bool) -> Part {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    if !files {
        return Part { name: name.to_owned(), text: Some(value.to_owned()), media_type: None };
    }
    let (value, media_type) = match value.split_once(";type=") {
        Some((value, rest)) => (value, Some(essence(rest))),
        None => (value, None),
    };
    let is_file = value.starts_with('@');
    Part {
        name: name.to_owned(),
        text: (!is_file).then(|| value.trim_matches('"').to_owned()),
        media_type,
    }
}

/// What `--data-urlencode` makes of `content`, `=content`, `name=content`, `@file` and `name@file`.
fn urlencoded(value: &str, read_file: ReadFile<'_>) -> Result<String, String> {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let at = value.find(['=', '@']);
    Ok(match at.map(|at| (&value[..at], &value[at..=at], &value[at + 1..])) {
        None => encode(value),
        Some(("", "=", content)) => encode(content),
        Some((name, "=", content)) => format!("{name}={}", encode(content)),
        Some(("", _, name)) => encode(&file(name, read_file)?),
        Some((key, _, name)) => format!("{key}={}", encode(&file(name, read_file)?)),
    })
}

fn file(name: &str, read_file: ReadFile<'_>) -> Result<String, String> {
    if name == "-" {
        return Err("the body comes from standard input, which is not available".to_owned());
    }
    let bytes =
        read_file(name).map_err(|error| format!("`{}` cannot be read: {error}", shown(name)))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn value<'w>(
    inline: Option<String>,
    words: &mut impl Iterator<Item = &'w Word>,
    option: &str,
    command: &str,
    at: usize,
) -> Result<String, Fault> {
    inline
        .or_else(|| words.next().map(|word| word.text.clone()))
        .ok_or_else(|| Fault::new(format!("`{option}` needs a value")).at(command, at))
}

fn unknown(name: &str, command: &str, at: usize) -> Fault {
    let near =
        curl_options::names().map(|known| (strsim::damerau_levenshtein(name, known), known)).min();
    let fault = Fault::new(format!("curl has no option `--{}`", shown(name))).at(command, at);
    match near {
        Some((distance, known)) if distance <= 1 + known.len() / 4 => {
            fault.help(format!("did you mean `--{known}`?"))
        }
        _ => fault,
    }
}
