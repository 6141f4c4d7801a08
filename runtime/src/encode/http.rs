//! Requests over HTTP.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::{Place, PreparedRequest, Problem, body, checksum, style};
use crate::auth;
use crate::descriptor::{HttpRequest, Location, Output, OutputKind, Retry, Style};
use crate::percent;
use crate::template;

const AGENT: &str = concat!("actionspec/", env!("CARGO_PKG_VERSION"));

impl Place<'_> {
    pub(super) fn http(&self, http: &'static HttpRequest) -> Result<PreparedRequest, Problem> {
        let method = Method::from_bytes(http.method.as_str().as_bytes())
            .map_err(|_| Problem::build("the method is not valid"))?;
        let mut target = self.target(http)?;
        let content = body::write(self, http)?;
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        headers.insert(ACCEPT, HeaderValue::from_static(self.accept()));
        if let Some(content_type) = &content.media_type {
            headers.insert(CONTENT_TYPE, header_value(content_type, false)?);
        }
        self.add_headers(http, &mut headers)?;
        if let Some(declared) = &http.checksum {
            let value =
                checksum::header(declared, &content.source.bytes()).map_err(Problem::build)?;
            headers.insert(header_name(&declared.header)?, header_value(&value, false)?);
        }
        if let (Retry::IdempotencyKey(name), Some(key)) =
            (&self.call.action.retry, &self.call.idempotency_key)
        {
            headers.insert(header_name(name)?, header_value(key, false)?);
        }
        self.add_cookies(&mut headers)?;
        self.add_credentials(&mut headers, &mut target)?;
        let (url, shown) = target.into_parts();
        Ok(PreparedRequest {
            method,
            url,
            shown,
            headers,
            body: content.source,
            timeout: self.timeout(),
            server: self.call.client.server_name(self.step.server.as_deref()),
            bare: false,
            hops: None,
            output: self.output(),
        })
    }

    /// What the result may be; of an answer before the last one, JSON is read.
    fn accept(&self) -> &'static str {
        self.output().map_or(OutputKind::Json.accept(), Output::accept)
    }

    fn add_headers(&self, http: &HttpRequest, headers: &mut HeaderMap) -> Result<(), Problem> {
        for (name, text) in &self.call.action.integration.headers {
            let text = HeaderValue::from_maybe_shared(Bytes::from_static(text.as_bytes()));
            headers.insert(header_name(name)?, text.map_err(|_| invalid_header_value())?);
        }
        for (name, value) in self.call.client.headers() {
            headers.insert(name.clone(), value.clone());
        }
        for (name, text) in &http.headers {
            if let Some(text) = template::fill(text, |name| self.placeholder(name))? {
                headers.insert(header_name(name)?, header_value(&text, false)?);
            }
        }
        for parameter in self.parameters(Location::Header) {
            if let Some(value) =
                self.call.arguments.value(parameter).filter(|value| !value.is_null())
            {
                if let (Style::Prefix, Some(fields)) = (parameter.style, value.as_object()) {
                    for (key, field) in fields {
                        let name = header_name(&format!("{}{key}", parameter.wire_name))?;
                        headers.insert(
                            name,
                            header_value(&style::text(field), parameter.schema.secret)?,
                        );
                    }
                    continue;
                }
                let text = style::joined(value, parameter.style, style::plain);
                headers.insert(
                    header_name(&parameter.wire_name)?,
                    header_value(&text, parameter.schema.secret)?,
                );
            }
        }
        Ok(())
    }

    fn add_cookies(&self, headers: &mut HeaderMap) -> Result<(), Problem> {
        let mut cookies = Vec::new();
        for parameter in self.parameters(Location::Cookie) {
            if let Some(value) =
                self.call.arguments.value(parameter).filter(|value| !value.is_null())
            {
                cookies.push(format!(
                    "{}={}",
                    parameter.wire_name,
                    style::joined(value, parameter.style, percent::cookie)
                ));
            }
        }
        if cookies.is_empty() { Ok(()) } else { add_cookie(headers, &cookies.join("; ")) }
    }
}

/// Joins cookies in the one header that carries them all.
fn add_cookie(headers: &mut HeaderMap, cookie: &str) -> Result<(), Problem> {
    let present =
        headers.get(COOKIE).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let text = present.map_or_else(|| cookie.to_owned(), |present| format!("{present}; {cookie}"));
    headers.insert(COOKIE, header_value(&text, true)?);
    Ok(())
}

fn header_name(name: &str) -> Result<HeaderName, Problem> {
    auth::header_name(name).map_err(Problem::from)
}

fn header_value(text: &str, secret: bool) -> Result<HeaderValue, Problem> {
    let mut value = HeaderValue::from_bytes(text.as_bytes()).map_err(|_| invalid_header_value())?;
    value.set_sensitive(secret);
    Ok(value)
}

fn invalid_header_value() -> Problem {
    Problem::build("a header would hold control characters")
}
