//! The parts of a request that credentials are written to and signatures are computed from.

use actionspec_model::is_framing_header;
use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use url::Url;

use super::Problem;
use crate::descriptor::scheme::KeyLocation;
use crate::percent::{name as percent_encoded_name, value as percent_encoded};

/// A query that keys are added to.
pub(crate) trait Query {
    /// Adds a pair; name and value are encoded already.
    fn add_secret(&mut self, name: &str, value: &str);
}

impl Query for Url {
    fn add_secret(&mut self, name: &str, value: &str) {
        let query = match self.query().filter(|query| !query.is_empty()) {
            Some(present) => format!("{present}&{name}={value}"),
            None => format!("{name}={value}"),
        };
        self.set_query(Some(&query));
    }
}

/// The places of a request that carry credentials.
pub(crate) struct Carrier<'a> {
    pub(crate) headers: &'a mut HeaderMap,
    pub(crate) query: &'a mut dyn Query,
}

impl Carrier<'_> {
    /// Sets the `Authorization` header.
    pub(super) fn authorization(&mut self, value: String) -> Result<(), Problem> {
        self.headers.insert(AUTHORIZATION, secret_value(value)?);
        Ok(())
    }

    /// Puts a key where its declaration says.
    pub(super) fn key(
        &mut self,
        location: KeyLocation,
        name: &str,
        text: String,
    ) -> Result<(), Problem> {
        match location {
            KeyLocation::Header => {
                self.headers.insert(header_name(name)?, secret_value(text)?);
            }
            KeyLocation::Query => {
                self.query.add_secret(&percent_encoded_name(name), &percent_encoded(&text));
            }
            KeyLocation::Cookie => {
                let cookie = match self.headers.get(COOKIE) {
                    // All cookies share one header.
                    Some(present) => {
                        format!("{}; {name}={text}", String::from_utf8_lossy(present.as_bytes()))
                    }
                    None => format!("{name}={text}"),
                };
                self.headers.insert(COOKIE, secret_value(cookie)?);
            }
        }
        Ok(())
    }
}

/// A request that is about to be sent.
pub(crate) struct Signable<'a> {
    #[cfg_attr(
        not(any(feature = "aws", feature = "digest", feature = "hmac", feature = "oci")),
        expect(dead_code, reason = "no signing scheme is compiled in")
    )]
    pub(crate) method: &'a Method,
    pub(crate) url: &'a mut Url,
    pub(crate) headers: &'a mut HeaderMap,
    #[cfg_attr(
        not(any(feature = "aws", feature = "digest", feature = "hmac", feature = "oci")),
        expect(dead_code, reason = "no signing scheme is compiled in")
    )]
    pub(crate) body: &'a Bytes,
    /// The body is not in memory; `body` is empty then.
    #[cfg_attr(
        not(any(feature = "aws", feature = "oci")),
        expect(dead_code, reason = "no scheme that signs bodies is compiled in")
    )]
    pub(crate) streams: bool,
}

impl Signable<'_> {
    /// The host of the request as its `Host` header has it: with the port unless it is that of the scheme. Empty if the URL has none.
    #[cfg_attr(
        not(any(feature = "aws", feature = "hmac", feature = "oci")),
        expect(dead_code, reason = "no scheme that signs the host is compiled in")
    )]
    pub(super) fn host(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        self.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// The places of this request that carry credentials.
    pub(super) fn carrier(&mut self) -> Carrier<'_> {
        Carrier { headers: self.headers, query: self.url }
    }
}

/// A header's name.
pub(crate) fn header_name(name: &str) -> Result<HeaderName, Problem> {
    if is_framing_header(name) {
        return Err(Problem::build(format!(
            "`{name}` is set by the client: it frames the message"
        )));
    }
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
        Problem::build(format!("`{}` is not the name of a header", name.escape_debug()))
    })
}

/// A header's value that no `Debug` output shows.
pub(super) fn secret_value(text: impl Into<String>) -> Result<HeaderValue, Problem> {
    let mut value = HeaderValue::from_maybe_shared(Bytes::from(text.into()))
        .map_err(|_| Problem::build("a credential contains characters that no header can carry"))?;
    value.set_sensitive(true);
    Ok(value)
}
