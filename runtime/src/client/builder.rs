//! Building a [`Client`]: everything that is wrong is said at once.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use super::address::Variable;
use super::{Client, Inner, address};
use crate::auth::{self, Authenticator, RefreshHook, Setup};
use crate::descriptor::{Authentication, Integration, Protocol, RateLimit, Server};
use crate::limits::Limits;
use crate::transport::{Layered, Middleware, Transport};
use crate::validate::suggest;

/// The most bytes of an answer that are kept in memory, unless the user says otherwise.
const MAX_RESPONSE_BYTES: usize = 64 << 20;

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
    deadline: Option<Duration>,
    max_tries: Option<u32>,
    max_response_bytes: usize,
    rate_limit: Option<RateLimit>,
    token_url: Option<String>,
    refresh_hook: Option<RefreshHook>,
    certificates: Certificates,
    middlewares: Vec<Arc<dyn Middleware>>,
    transport: Option<Arc<dyn Transport>>,
}

/// Certificates of the user's own, PEM.
#[derive(Default)]
struct Certificates {
    roots: Vec<String>,
    identity: Option<(String, SecretString)>,
}

/// Each server's address without a slash at the end, or why it has none.
type Addresses = Vec<(&'static str, Result<String, String>)>;

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
            deadline: None,
            max_tries: None,
            max_response_bytes: MAX_RESPONSE_BYTES,
            rate_limit: None,
            token_url: None,
            refresh_hook: None,
            certificates: Certificates::default(),
            middlewares: Vec::new(),
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
        self.credentials =
            Some((way.to_owned(), values.into_iter().map(SecretString::from).collect()));
        self
    }

    /// Sends everything to this address instead of the servers'. It begins with `https://`; `http://` is for this machine only. Of integrations that
    /// are not HTTP it is `tcp://host:port`, or `tds://host:port/database`; `tds+plain://`, without TLS, is for this machine only.
    #[must_use]
    pub fn base_url(mut self, address: impl Into<String>) -> Self {
        self.base_url = Some(address.into());
        self
    }

    /// Lets [`base_url`](Self::base_url) be plain `http://` or `tds+plain://` on any host: whoever is on the way reads the credentials.
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

    /// How long one call may take, its tries, pauses and steps together. Default: no limit but those of the requests.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Most tries of one request, the first one included; 1 sends nothing again. Default: what the integration says.
    #[must_use]
    pub fn max_tries(mut self, tries: u32) -> Self {
        self.max_tries = Some(tries);
        self
    }

    /// The most bytes of an answer, decompressed, that are kept in memory. Default: 64 MiB. What streams has no limit.
    #[must_use]
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Sends at most so many requests within a period of seconds, instead of what the integration says; 0 requests is no limit.
    #[must_use]
    pub fn rate_limit(mut self, requests: u32, per_seconds: u32) -> Self {
        self.own_rate_limit(|limit| {
            (limit.requests, limit.per_seconds) = (Some(requests), Some(per_seconds));
        });
        self
    }

    /// Sends at most so many requests at one time, instead of what the integration says; 0 is no limit.
    #[must_use]
    pub fn concurrency(mut self, requests: u32) -> Self {
        self.own_rate_limit(|limit| limit.concurrent = Some(requests));
        self
    }

    fn own_rate_limit(&mut self, change: impl FnOnce(&mut RateLimit)) {
        let declared = self.integration.rate_limit.as_ref();
        let mut limit = self.rate_limit.take().or(declared.cloned()).unwrap_or_default();
        change(&mut limit);
        self.rate_limit = Some(limit);
    }

    /// Asks for tokens at this address instead of the one that the integration declares. It begins with `https://`; `http://` is for this
    /// machine only.
    #[must_use]
    pub fn token_url(mut self, address: impl Into<String>) -> Self {
        self.token_url = Some(address.into());
        self
    }

    /// Is told of every new refresh token, to keep it: vendors that rotate them end the old one.
    #[must_use]
    pub fn on_refresh_token(
        mut self,
        hook: impl Fn(&SecretString) + Send + Sync + 'static,
    ) -> Self {
        self.refresh_hook = Some(Arc::new(hook));
        self
    }

    /// Trusts the authorities of these PEM certificates beside the system's: for vendors within a company's own network.
    #[must_use]
    pub fn root_certificates(mut self, pem: impl Into<String>) -> Self {
        self.certificates.roots.push(pem.into());
        self
    }

    /// Proves the client in TLS by a certificate with its chain and a private key, both PEM, beside its other credentials.
    #[must_use]
    pub fn client_certificate(
        mut self,
        certificate: impl Into<String>,
        key: impl Into<String>,
    ) -> Self {
        self.certificates.identity = Some((certificate.into(), SecretString::from(key.into())));
        self
    }

    /// Puts something between the engine and the network. The first one is outermost.
    #[must_use]
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middlewares.push(Arc::new(middleware));
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
        let default_server = self.default_server(&mut problems);
        let servers = self.addresses(default_server, &mut problems);
        self.check_variables(&mut problems);
        let authenticator = self.take_authenticator(&servers, &mut problems);
        let headers = self.take_headers(&mut problems);
        let transport = self.take_transport(authenticator.as_ref());
        match transport {
            Ok(transport) if problems.is_empty() => Ok(Client(Arc::new(Inner {
                integration: self.integration,
                servers,
                default_server,
                replaced: self.base_url.is_some(),
                authenticator,
                headers,
                timeout: self.timeout,
                deadline: self.deadline,
                max_tries: self.max_tries,
                max_response_bytes: self.max_response_bytes,
                limits: Limits::new(
                    self.rate_limit.as_ref().or(self.integration.rate_limit.as_ref()),
                ),
                transport,
            }))),
            transport => {
                problems.extend(transport.err());
                Err(BuildError { integration: &self.integration.id, problems })
            }
        }
    }

    fn default_server(&self, problems: &mut Vec<String>) -> &'static str {
        let names = || self.integration.servers.iter().map(|server| server.name.as_str());
        if let Some(wanted) = &self.server {
            match names().find(|name| name == wanted) {
                Some(name) => return name,
                None => problems.push(format!(
                    "there is no server `{wanted}`{}",
                    suggest::hint(wanted, names())
                )),
            }
        }
        self.server_of_scheme().or_else(|| names().next()).unwrap_or_default()
    }

    fn addresses(&self, default_server: &str, problems: &mut Vec<String>) -> Addresses {
        let overriding = self.base_url.as_ref().map(|address| {
            address::check_override(address, self.integration.protocol(), self.allow_plain_http)
        });
        if let Some(Err(problem)) = &overriding {
            problems.push(problem.clone());
        }
        let address_of = |server: &Server| match &overriding {
            Some(address) => address.clone().map_err(|problem| vec![problem]),
            None => {
                let variables: Vec<Variable> = variables(server).collect();
                address::fill(&server.url, &variables, &self.variables)
            }
        };
        let mut addresses = Vec::new();
        for server in &self.integration.servers {
            let address = address_of(server);
            // Other servers matter only to the actions that use them.
            if let (Err(more), true, None) = (&address, server.name == default_server, &overriding)
            {
                problems.extend(more.iter().cloned());
            }
            addresses.push((server.name.as_str(), address.map_err(|more| more.join("; "))));
        }
        addresses
    }

    fn check_variables(&self, problems: &mut Vec<String>) {
        let names = || {
            let servers = self.integration.servers.iter();
            servers.flat_map(|server| server.variables.keys()).map(String::as_str)
        };
        for (name, _) in &self.variables {
            if !names().any(|known| known == name) {
                problems
                    .push(format!("there is no variable `{name}`{}", suggest::hint(name, names())));
            }
        }
    }

    /// The server that the chosen authentication scheme wants.
    fn server_of_scheme(&self) -> Option<&'static str> {
        let (wanted, _) = self.credentials.as_ref()?;
        let mut schemes = self.integration.authentication.iter();
        let is_wanted = |name: &str, scheme: &Authentication| {
            scheme.forms().iter().any(|form| auth::full_name(name, form) == *wanted)
        };
        schemes.find(|(name, scheme)| is_wanted(name, scheme))?.1.facts().server
    }

    fn take_authenticator(
        &mut self,
        servers: &Addresses,
        problems: &mut Vec<String>,
    ) -> Option<Authenticator> {
        let Some((name, secrets)) = self.credentials.take() else {
            let schemes: Vec<String> =
                self.integration.authentication.keys().map(|name| format!("`{name}`")).collect();
            if !schemes.is_empty() {
                problems.push(format!("credentials are missing: {}", schemes.join(" or ")));
            }
            return None;
        };
        let variables: Vec<Variable> =
            self.integration.servers.iter().flat_map(variables).collect();
        let token_url = self
            .token_url
            .as_ref()
            .map(|url| address::check_override(url, Protocol::Http, self.allow_plain_http));
        let setup = Setup {
            integration: self.integration,
            fill: &|text| address::fill_text(text, &variables, &self.variables),
            address: &|url| address::fill(url, &variables, &self.variables),
            server: &|server| {
                let wanted =
                    server.or(self.integration.servers.first().map(|server| server.name.as_str()));
                let found = servers.iter().find(|(name, _)| Some(*name) == wanted);
                found.map_or_else(
                    || Err("the integration has no server".to_owned()),
                    |(_, address)| address.clone(),
                )
            },
            token_url,
            hook: self.refresh_hook.clone(),
        };
        match auth::authenticator(&name, secrets, setup) {
            Ok(authenticator) => Some(authenticator),
            Err(more) => {
                problems.extend(more);
                None
            }
        }
    }

    /// The transport with TLS and middlewares.
    fn take_transport(
        &mut self,
        authenticator: Option<&Authenticator>,
    ) -> Result<Arc<dyn Transport>, String> {
        if let Some(Authenticator { scheme: Authentication::ClientCertificate(_), secrets, .. }) =
            authenticator
            && let [certificate, key] = secrets.as_slice()
        {
            self.certificates.identity =
                Some((certificate.expose_secret().to_owned(), key.clone()));
        }
        let transport = self.transport.take().map_or_else(
            || default_transport(self.integration.protocol(), &self.certificates),
            Ok,
        )?;
        let middlewares = std::mem::take(&mut self.middlewares);
        Ok(if middlewares.is_empty() {
            transport
        } else {
            Arc::new(Layered { middlewares, transport })
        })
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
                _ => problems.push(format!(
                    "the header `{}` has a name or value that cannot be sent",
                    name.escape_debug()
                )),
            }
        }
        headers
    }
}

/// The variables of a server's address.
fn variables(server: &Server) -> impl Iterator<Item = Variable<'_>> {
    server.variables.iter().map(|(name, variable)| (name.as_str(), variable))
}

/// What speaks a protocol.
fn default_transport(protocol: Protocol, tls: &Certificates) -> Result<Arc<dyn Transport>, String> {
    match protocol {
        Protocol::Http => http_transport(tls),
        Protocol::Tcp => tcp_transport(),
        Protocol::Tds if tls.identity.is_some() => {
            Err("a client certificate proves nobody here".to_owned())
        }
        Protocol::Tds => tds_transport(tls),
    }
}

#[cfg(feature = "reqwest")]
fn http_transport(tls: &Certificates) -> Result<Arc<dyn Transport>, String> {
    let tls = crate::transport::Tls { roots: tls.roots.clone(), identity: tls.identity.clone() };
    match crate::transport::ReqwestTransport::with(&tls) {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(format!("the HTTP client cannot be set up: {error}")),
    }
}

#[cfg(not(feature = "reqwest"))]
fn http_transport(tls: &Certificates) -> Result<Arc<dyn Transport>, String> {
    let own = if tls.roots.is_empty() && tls.identity.is_none() {
        ""
    } else {
        ", and certificates are the transport's own matter"
    };
    Err(format!("no transport is given, and the crate was built without one{own}"))
}

#[cfg(feature = "tcp")]
#[expect(clippy::unnecessary_wraps, reason = "the same face as without the feature")]
fn tcp_transport() -> Result<Arc<dyn Transport>, String> {
    Ok(Arc::new(crate::transport::TcpTransport))
}

#[cfg(not(feature = "tcp"))]
fn tcp_transport() -> Result<Arc<dyn Transport>, String> {
    Err("no transport is given, and the crate was built without the feature `tcp`".to_owned())
}

#[cfg(feature = "tds")]
#[expect(clippy::unnecessary_wraps, reason = "the same face as without the feature")]
fn tds_transport(tls: &Certificates) -> Result<Arc<dyn Transport>, String> {
    Ok(Arc::new(crate::transport::TdsTransport::new(tls.roots.clone())))
}

#[cfg(not(feature = "tds"))]
fn tds_transport(_: &Certificates) -> Result<Arc<dyn Transport>, String> {
    Err("no transport is given, and the crate was built without the feature `tds`".to_owned())
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
