//! A line over TCP, and where its answer may lead. It travels to the transport in the vocabulary of all requests: a method, an address and a body.

use bytes::Bytes;
use http::HeaderMap;
use serde_json::Value;
use url::Host;

use super::{PreparedRequest, Problem, style};
use crate::descriptor::{Line, Referral};
use crate::template;
use crate::transport::Source;

/// Where the answer to a line may lead, and what is sent there.
#[derive(Clone)]
pub(crate) struct Hops {
    pub(crate) rule: &'static Referral,
    usual: Bytes,
    others: Vec<(&'static str, Bytes)>,
}

impl Hops {
    /// What a host is sent.
    fn line(&self, host: &str) -> Bytes {
        let other = self.others.iter().find(|(other, _)| other.eq_ignore_ascii_case(host));
        other.map_or(&self.usual, |(_, line)| line).clone()
    }
}

impl PreparedRequest {
    /// The same question for another server.
    pub(crate) fn referred_to(mut self, host: &str, port: u16) -> Self {
        self.bare = true;
        let mut body = Source::default();
        body.add(self.hops.as_ref().map(|hops| hops.line(host)).unwrap_or_default());
        self.body = body;
        self.url = format!("tcp://{host}:{port}");
        self.shown = None;
        self
    }
}

impl super::Place<'_> {
    pub(super) fn line(&self, line: &'static Line) -> Result<PreparedRequest, Problem> {
        let usual = self.filled(line, &line.send)?;
        let hops = match &line.referral {
            None => None,
            Some(rule) => {
                let others = rule
                    .send
                    .iter()
                    .map(|(host, text)| Ok((host.as_str(), self.filled(line, text)?)));
                Some(Hops {
                    rule,
                    usual: usual.clone(),
                    others: others.collect::<Result<_, Problem>>()?,
                })
            }
        };
        let mut body = Source::default();
        body.add(usual);
        self.prepared("TCP", HeaderMap::new(), body)
            .map(|request| PreparedRequest { hops, ..request })
    }

    /// A line with its values and its end. No value can hold another line.
    fn filled(&self, line: &Line, text: &str) -> Result<Bytes, Problem> {
        let filled = template::fill(text, |name| {
            let Some(value) = self.placeholder(name)? else { return Ok(None) };
            if !line.host_names.iter().any(|known| known == name) {
                return Ok(Some(value));
            }
            match Host::parse(&value) {
                Ok(Host::Domain(ascii)) => Ok(Some(ascii)),
                Ok(_) => Ok(Some(value)),
                Err(_) => Err(Problem::build(format!("`{name}` is not a host name"))),
            }
        })?;
        let Some(filled) = filled else {
            return Err(Problem::build("the line names a parameter that has no value"));
        };
        if filled.chars().any(char::is_control) {
            return Err(Problem::decode("what an earlier request gave cannot be sent in a line"));
        }
        Ok(Bytes::from(filled + "\r\n"))
    }
}

/// Whether a value can be written as a host name.
pub(crate) fn is_host(value: &Value) -> bool {
    Host::parse(&style::text(value)).is_ok()
}
