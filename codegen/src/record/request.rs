//! A request that was recorded, wherever it was.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::report::Fault;
use crate::spec::Method;

/// A request, and its answer where there is one.
#[derive(Clone, Debug)]
pub(super) struct Recorded {
    pub(super) method: Method,
    pub(super) address: Address,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Body,
    pub(super) answer: Option<Answer>,
    /// What reports call it.
    pub(super) at: String,
    /// The path template of the server that it went to: `/wiki` of `https://example.com/wiki`.
    pub(super) prefix: String,
    /// The server of the integration, where it is not the first one.
    pub(super) server: Option<String>,
    /// Names of parameters whose values are secrets.
    pub(super) secret: Vec<String>,
}

impl Recorded {
    pub(super) fn new(method: Method, address: Address, at: impl Into<String>) -> Self {
        Self {
            method,
            address,
            headers: Vec::new(),
            body: Body::None,
            answer: None,
            at: at.into(),
            prefix: String::new(),
            server: None,
            secret: Vec::new(),
        }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The decoded segments of the path below the server's.
    pub(super) fn segments(&self) -> Vec<String> {
        let path = self.address.path.strip_prefix(&self.prefix).unwrap_or(&self.address.path);
        path.split('/')
            .skip(1)
            .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
            .collect()
    }
}

/// An address in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) is_tls: bool,
    /// Lower case, with its port.
    pub(super) host: String,
    /// `user:password` before the host.
    pub(super) user: Option<String>,
    /// As it was sent.
    pub(super) path: String,
    /// Decoded.
    pub(super) query: Vec<(String, String)>,
}

impl Address {
    /// Reads an address as curl does: without a scheme it is `http`.
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        let bad = |what: &str| Err(Fault::new(format!("`{}` is not a URL: {what}", shown(text))));
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        let is_tls = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return bad("it does not start with `https://` or `http://`"),
        };
        let rest = rest.split('#').next().unwrap_or_default();
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user.to_owned()), host),
            None => (None, authority),
        };
        let host = host.to_ascii_lowercase();
        let host =
            host.strip_suffix(if is_tls { ":443" } else { ":80" }).unwrap_or(&host).to_owned();
        let valid =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
        if host.is_empty() || !host.chars().all(valid) {
            return bad("the host is none");
        }
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = if path.is_empty() { "/".to_owned() } else { path.to_owned() };
        if path.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return bad("there is a blank in it");
        }
        Ok(Self { is_tls, host, user, path, query: pairs(query) })
    }

    /// The first label of a host that tells what it is: `acme` of `api.acme.com`.
    pub(super) fn name(&self) -> String {
        let host = self.host.split(':').next().unwrap_or_default();
        let labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty()).collect();
        let is_number = labels.iter().all(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
        match labels.as_slice() {
            _ if is_number => "local".to_owned(),
            [.., name, second, top]
                if top.len() == 2
                    && matches!(*second, "co" | "com" | "org" | "net" | "ac" | "gov") =>
            {
                (*name).to_owned()
            }
            [.., name, _] | [name] => (*name).to_owned(),
            [] => "local".to_owned(),
        }
    }
}

/// Pairs of a query or form, decoded.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

/// A request body.
#[derive(Clone, Debug)]
pub(super) enum Body {
    None,
    Json(Value),
    Form(Vec<(String, String)>),
    Multipart(Vec<Part>),
    /// Of this media type.
    Raw(String),
}

/// A part of a multipart body.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) name: String,
    /// The text; `None` of a file.
    pub(super) text: Option<String>,
    pub(super) media_type: Option<String>,
}

/// An answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content: Content,
}

/// What an answer holds.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Empty,
    Json(Value),
    Text,
    /// Bytes of this media type.
    Binary(String),
    /// It was not recorded.
    Unknown,
}

/// The method of a name.
pub(super) fn method(name: &str) -> Option<Method> {
    Some(match name.to_ascii_uppercase().as_str() {
        "GET" => Method::Get,
        "HEAD" => Method::Head,
        "POST" => Method::Post,
        "PUT" => Method::Put,
        "PATCH" => Method::Patch,
        "DELETE" => Method::Delete,
        "OPTIONS" => Method::Options,
        _ => return None,
    })
}

/// The media type without its parameters, lower case.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type is JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json") || essence == "text/json"
}

/// The beginning of a text, on one line.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 80;
    let line: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST + 1).collect();
    if line.chars().count() > MOST {
        line.chars().take(MOST).chain(['…']).collect()
    } else {
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_apart() {
        let address = Address::parse("https://Ada:pw@API.example.com:443/v1/a%20b?q=a+b&c=%26#top")
            .expect("an address");
        assert_eq!(address.host, "api.example.com");
        assert_eq!(address.user.as_deref(), Some("Ada:pw"));
        assert_eq!(address.path, "/v1/a%20b");
        assert_eq!(
            address.query,
            [("q".to_owned(), "a b".to_owned()), ("c".to_owned(), "&".to_owned())]
        );
        assert_eq!(
            Address::parse("example.com").map(|address| (address.is_tls, address.path)),
            Ok((false, "/".to_owned()))
        );
        for wrong in [
            "ftp://example.com/",
            "https://",
            "https:///x",
            "https://a b/",
            "https://example.com/a b",
        ] {
            assert!(Address::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn hosts_have_names() {
        for (host, name) in [
            ("api.acme.com", "acme"),
            ("acme.co.uk", "acme"),
            ("localhost:8080", "localhost"),
            ("127.0.0.1:80", "local"),
            ("a.b.example.org", "example"),
        ] {
            assert_eq!(
                Address::parse(&format!("https://{host}/")).expect("an address").name(),
                name,
                "{host}"
            );
        }
    }
}
