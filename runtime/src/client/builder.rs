//! Building a [`Client`]: everything that is wrong is said at once.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use super::{Client, Credentials, Inner, address};
use crate::descriptor::{Authentication, Integration, Location, Scheme};
use crate::transport::Transport;
use crate::validate::suggest;

/// Builds a [`Client`].
pub struct ClientBuilder {
    integration: &'static Integration,
    variables: Vec<(String, String)>,
    server: Option<String>,
    credentials: Option<(String, Vec<SecretString>)>,
    base_url: Option<String>,
    allow_plain_http: bool,
    timeout: Option<Duration>,
    headers: Vec<(String, String)>,
    transport: Option<Arc<dyn Transport>>,
}

/// Everything that keeps a client from being built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError {
    integration: &'static str,
    problems: Vec<String>,
}

impl BuildError {
    /// The problems, a sentence each.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot connect to {}: {}", self.integration, self.problems.join("; "))
    }
}

impl std::error::Error for BuildError {}

impl ClientBuilder {
    /// Starts with nothing but the integration's defaults.
    #[must_use]
    pub fn new(integration: &'static Integration) -> Self {
        Self {
            integration,
            variables: Vec::new(),
            server: None,
            credentials: None,
            base_url: None,
            allow_plain_http: false,
            timeout: None,
            headers: Vec::new(),
            transport: None,
        }
    }

    /// Sets a variable of the server's address.
    #[must_use]
    pub fn variable(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    /// Chooses a server. Default: the one of the way to authenticate, or the first.
    #[must_use]
    pub fn server(mut self, name: impl Into<String>) -> Self {
        self.server = Some(name.into());
        self
    }

    /// Chooses a way to authenticate and gives what it needs, in its order.
    #[must_use]
    pub fn credentials(mut self, way: &str, values: Vec<String>) -> Self {
        self.credentials = Some((way.to_owned(), values.into_iter().map(SecretString::from).collect()));
        self
    }

    /// Sends everything to this address instead of the servers'. It begins with `https://`; `http://` is for this machine only.
    #[must_use]
    pub fn base_url(mut self, address: impl Into<String>) -> Self {
        self.base_url = Some(address.into());
        self
    }

    /// Lets [`base_url`](Self::base_url) be plain `http://` on any host: whoever is on the way reads the credentials.
    #[must_use]
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    /// How long one request may take. Default: what each action says.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Adds a header to every request; it replaces the integration's header of the same name.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends requests by other means than the default HTTP client.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Builds the client. Fails with everything that is missing or wrong.
    pub fn build(mut self) -> Result<Client, BuildError> {
        let mut problems = Vec::new();
        let credentials = self.take_credentials(&mut problems);
        let default_server = self.default_server(credentials.as_ref(), &mut problems);
        let servers = self.addresses(default_server, &mut problems);
        self.check_variables(&mut problems);
        let headers = self.take_headers(&mut problems);
        let transport = self.transport.take().map_or_else(default_transport, Ok);
        match transport {
            Ok(transport) if problems.is_empty() => Ok(Client(Arc::new(Inner {
                integration: self.integration,
                servers,
                default_server,
                credentials,
                headers,
                timeout: self.timeout,
                transport,
            }))),
            transport => {
                problems.extend(transport.err());
                Err(BuildError { integration: self.integration.id, problems })
            }
        }
    }

    fn default_server(&self, credentials: Option<&Credentials>, problems: &mut Vec<String>) -> &'static str {
        let names = || self.integration.servers.iter().map(|server| server.name);
        if let Some(wanted) = &self.server {
            match names().find(|name| name == wanted) {
                Some(name) => return name,
                None => problems.push(format!("there is no server `{wanted}`{}", suggest::hint(wanted, names()))),
            }
        }
        credentials.and_then(|credentials| credentials.way.server).or_else(|| names().next()).unwrap_or_default()
    }

    fn addresses(&self, default_server: &str, problems: &mut Vec<String>) -> Vec<(&'static str, Result<String, String>)> {
        let overriding = self.base_url.as_ref().map(|address| address::check_override(address, self.allow_plain_http));
        if let Some(Err(problem)) = &overriding {
            problems.push(problem.clone());
        }
        let address_of = |server| match &overriding {
            Some(address) => address.clone().map_err(|problem| vec![problem]),
            None => address::fill(server, &self.variables),
        };
        let mut addresses = Vec::new();
        for server in self.integration.servers {
            let address = address_of(server);
            // Other servers matter only to the actions that use them.
            if let (Err(more), true, None) = (&address, server.name == default_server, &overriding) {
                problems.extend(more.iter().cloned());
            }
            addresses.push((server.name, address.map_err(|more| more.join("; "))));
        }
        addresses
    }

    fn check_variables(&self, problems: &mut Vec<String>) {
        let names = || self.integration.servers.iter().flat_map(|server| server.variables).map(|variable| variable.name);
        for (name, _) in &self.variables {
            if !names().any(|known| known == name) {
                problems.push(format!("there is no variable `{name}`{}", suggest::hint(name, names())));
            }
        }
    }

    fn take_credentials(&mut self, problems: &mut Vec<String>) -> Option<Credentials> {
        let ways = || self.integration.authentication.iter().map(|way| way.name);
        let Some((name, secrets)) = self.credentials.take() else {
            if !self.integration.authentication.is_empty() {
                problems.push(format!("credentials are missing: `{}`", ways().collect::<Vec<_>>().join("` or `")));
            }
            return None;
        };
        let Some(way) = self.integration.authentication.iter().find(|way| way.name == name) else {
            problems.push(format!("there is no way to authenticate called `{name}`{}", suggest::hint(&name, ways())));
            return None;
        };
        problems.extend(check_secrets(way, &secrets));
        Some(Credentials { way, secrets })
    }

    fn take_headers(&mut self, problems: &mut Vec<String>) -> Vec<(HeaderName, HeaderValue)> {
        let mut headers = Vec::new();
        for (name, value) in self.headers.drain(..) {
            match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(&value)) {
                (Ok(name), Ok(mut value)) => {
                    // Nobody knows what a header of the user's own holds.
                    value.set_sensitive(true);
                    headers.push((name, value));
                }
                _ => problems.push(format!("the header `{}` has a name or value that cannot be sent", name.escape_debug())),
            }
        }
        headers
    }
}

/// What is wrong with credentials. They appear in no message.
fn check_secrets(way: &Authentication, secrets: &[SecretString]) -> Vec<String> {
    let count = match way.scheme {
        Scheme::Basic => 2,
        Scheme::Bearer(_) => 1,
        Scheme::ApiKey(keys) => keys.len(),
    };
    if secrets.len() != count {
        return vec![format!("`{}` needs {count} values, {} are given", way.name, secrets.len())];
    }
    let mut problems = Vec::new();
    for (index, secret) in secrets.iter().enumerate() {
        let secret = secret.expose_secret();
        let number = index + 1;
        if secret.is_empty() && !matches!(way.scheme, Scheme::Basic) {
            problems.push(format!("value {number} of `{}` is empty", way.name));
        }
        let in_cookie = matches!(way.scheme, Scheme::ApiKey(keys) if keys[index].location == Location::Cookie);
        if secret.chars().any(char::is_control) || (in_cookie && secret.contains([';', ',', ' ', '"', '\\'])) {
            problems.push(format!("value {number} of `{}` holds characters that cannot be sent", way.name));
        }
    }
    if matches!(way.scheme, Scheme::Basic) && secrets[0].expose_secret().contains(':') {
        problems.push(format!("the user name of `{}` must not hold a colon", way.name));
    }
    problems
}

#[cfg(feature = "reqwest")]
fn default_transport() -> Result<Arc<dyn Transport>, String> {
    match crate::transport::ReqwestTransport::new() {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(format!("the HTTP client cannot be set up: {error}")),
    }
}

#[cfg(not(feature = "reqwest"))]
fn default_transport() -> Result<Arc<dyn Transport>, String> {
    Err("no transport is given, and the crate was built without one".to_owned())
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("integration", &self.integration.id)
            .field("server", &self.server)
            .field("authentication", &self.credentials.as_ref().map(|(way, _)| way))
            .finish_non_exhaustive()
    }
}
