//! The address of a request.

use url::Url;

use super::{Place, Problem, style};
use crate::auth::Query;
use crate::descriptor::{HttpRequest, Location, Style};
use crate::percent;
use crate::template::{self, Part};

const REDACTED: &str = "[REDACTED]";

/// An address in two forms: what is sent, and what may be shown.
pub(super) struct Target {
    sent: String,
    /// `None` as long as there is nothing to hide.
    shown: Option<String>,
    has_query: bool,
}

/// Most addresses have room in so many bytes.
const ROOM: usize = 224;

impl Target {
    fn whole(url: &Url) -> Self {
        let mut url = url.clone();
        url.set_fragment(None);
        let shown = without_query(url.as_str()).to_owned();
        Self { shown: Some(shown), has_query: url.query().is_some(), sent: url.into() }
    }

    /// The address of a server, as it is.
    pub(super) fn of(address: &str) -> Self {
        Self { sent: address.to_owned(), shown: None, has_query: false }
    }

    /// Adds an encoded pair to the query.
    pub(super) fn add(&mut self, name: &str, value: &str, secret: bool) {
        let separator = if self.has_query { "&" } else { "?" };
        self.push(separator, false);
        self.push(name, false);
        self.push("=", false);
        self.push(value, secret);
        self.has_query = true;
    }

    fn push(&mut self, text: &str, secret: bool) {
        if secret && self.shown.is_none() {
            self.shown = Some(self.sent.clone());
        }
        if let Some(shown) = &mut self.shown {
            shown.push_str(if secret { REDACTED } else { text });
        }
        self.sent.push_str(text);
    }

    /// What is sent; and what may be shown, where that is something else.
    pub(super) fn into_parts(self) -> (String, Option<String>) {
        (self.sent, self.shown)
    }
}

impl Query for Target {
    fn add_secret(&mut self, name: &str, value: &str) {
        self.add(name, value, true);
    }
}

pub(crate) fn without_query(url: &str) -> &str {
    url.split_once('?').map_or(url, |(address, _)| address)
}

impl Place<'_> {
    /// Address and query without credentials.
    pub(super) fn target(&self, http: &HttpRequest) -> Result<Target, Problem> {
        let is_last = self.index + 1 == self.call.action.steps.len();
        if let (true, Some(url)) = (is_last, &self.call.address) {
            return Ok(Target::whole(url));
        }
        let mut target = match self.captured_address(http)? {
            Some(url) => Target::whole(&url),
            None => self.path(http)?,
        };
        self.query(http, &mut target)?;
        Ok(target)
    }

    /// The whole address that an earlier answer gave, where the path is that capture alone. Credentials go there, so it must be ours.
    fn captured_address(&self, http: &HttpRequest) -> Result<Option<Url>, Problem> {
        let Some(name) = http.path.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
            return Ok(None);
        };
        let Some(text) = self.captures.get(name) else {
            return Err(Problem::build(format!("no earlier request captured `{name}`")));
        };
        match Url::parse(text) {
            Ok(url) if self.call.client.owns(&url) => Ok(Some(url)),
            Ok(_) => Err(Problem::decode(format!(
                "the address in `{name}` is on a host that is not the integration's"
            ))),
            Err(_) => Err(Problem::decode(format!("`{name}` is not an absolute address"))),
        }
    }

    fn path(&self, http: &HttpRequest) -> Result<Target, Problem> {
        let address =
            self.call.client.address(self.step.server.as_deref()).map_err(Problem::build)?;
        let mut target = Target {
            sent: String::with_capacity(ROOM.max(2 * address.len())),
            shown: None,
            has_query: false,
        };
        target.push(address, false);
        for part in template::parts(&http.path) {
            match part {
                Part::Constant(text) => {
                    target.push(&percent::template(text), false);
                }
                Part::Placeholder(name) => {
                    let (text, secret) = self.path_value(name)?;
                    target.push(&text, secret);
                }
            }
        }
        if target.sent[address.len()..].split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(Problem::build("the path would hold a segment `.` or `..`"));
        }
        Ok(target)
    }

    /// An encoded value of the path, and whether it is secret.
    fn path_value(&self, name: &str) -> Result<(String, bool), Problem> {
        if let Some(text) = self.captures.get(name) {
            return match text.as_str() {
                "" | "." | ".." => {
                    Err(Problem::decode(format!("`{name}` cannot be part of a path")))
                }
                text => Ok((percent::value(text).into_owned(), false)),
            };
        }
        let in_path = || {
            self.call
                .action
                .parameters
                .iter()
                .filter(|parameter| parameter.location == Location::Path)
        };
        let found = in_path()
            .find(|parameter| parameter.wire_name == name)
            .or_else(|| in_path().find(|parameter| parameter.key == name));
        let Some(parameter) = found else {
            return Err(Problem::build(format!("no parameter of the path is called `{name}`")));
        };
        match self.call.arguments.value(parameter) {
            Some(value) => {
                let encode = if parameter.style == Style::Segments {
                    percent::segments
                } else {
                    percent::value
                };
                Ok((
                    style::joined(value, parameter.style, encode).into_owned(),
                    parameter.schema.secret,
                ))
            }
            None => Err(Problem::build(format!("`{name}` is part of the path and has no value"))),
        }
    }

    fn query(&self, http: &HttpRequest, target: &mut Target) -> Result<(), Problem> {
        for (name, text) in &http.query {
            if let Some(text) = template::fill(text, |name| self.placeholder(name))? {
                target.add(&percent::name(name), &percent::value(&text), false);
            }
        }
        for parameter in self.parameters(Location::Query) {
            if let Some(value) = self.call.arguments.value(parameter) {
                style::pairs(&parameter.wire_name, value, parameter.style, &mut |name, value| {
                    target.add(name, value, parameter.schema.secret);
                });
            }
        }
        Ok(())
    }
}
