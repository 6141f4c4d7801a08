//! Building a [`Client`]: all problems are reported at once.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use actionspec_model::is_framing_header;
use http::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use super::address::Variable;
use super::{Client, Inner, address};
use crate::auth::{self, Authenticator, RefreshHook, Setup};
use crate::descriptor::{Authentication, Integration, Protocol, RateLimit, Server};
use crate::limits::Limits;
use crate::transport::{Layered, Middleware, Transport};
use actionspec_model::suggest;

/// Default maximum size of a response body in memory.
const MAX_RESPONSE_BYTES: usize = 64 << 20;
/// How much more memory a response takes than its body has bytes, at most.
const MEMORY_FACTOR: usize = 4;

/// Builds a [`Client`].
pub struct ClientBuilder {
    integration: &'static Integration,
    variables: Vec<(String, String)>,
    server: Option<String>,
    credentials: Option<(String, Vec<SecretString>)>,
    base_url: Option<String>,
    allow_plain_http: bool,
    allow_private_networks: bool,
    timeout: Option<Duration>,
    headers: Vec<(String, String)>,
    deadline: Option<Duration>,
    max_tries: Option<u32>,
    max_response_bytes: usize,
    max_response_memory: Option<usize>,
    rate_limit: Option<RateLimit>,
    token_url: Option<String>,
    refresh_hook: Option<RefreshHook>,
    certificates: Certificates,
    middlewares: Vec<Arc<dyn Middleware>>,
    transport: Option<Arc<dyn Transport>>,
}

/// Additional certificates, PEM.
#[derive(Default)]
struct Certificates {
    roots: Vec<String>,
    identity: Option<(String, SecretString)>,
}

/// The URL of each server without a trailing slash, or why it has none.
type Addresses = Vec<(&'static str, Result<String, String>)>;

/// All problems that prevent a client from being built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError {
    integration: &'static str,
    problems: Vec<String>,
}

impl BuildError {
    /// The problems, one sentence each.
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
    /// Creates a builder with the integration's defaults.
    #[must_use]
    pub fn new(integration: &'static Integration) -> Self {
        Self {
            integration,
            variables: Vec::new(),
            server: None,
            credentials: None,
            base_url: None,
            allow_plain_http: false,
            allow_private_networks: false,
            timeout: None,
            headers: Vec::new(),
            deadline: None,
            max_tries: None,
            max_response_bytes: MAX_RESPONSE_BYTES,
            max_response_memory: None,
            rate_limit: None,
            token_url: None,
            refresh_hook: None,
            certificates: Certificates::default(),
            middlewares: Vec::new(),
            transport: None,
        }
    }

    /// Sets a variable of the server's URL.
    #[must_use]
    pub fn variable(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    /// Selects a server by name. Default: the server of the authentication scheme, or the first server.
    #[must_use]
    pub fn server(mut self, name: impl Into<String>) -> Self {
        self.server = Some(name.into());
        self
    }

    /// Selects an authentication scheme and its credentials, in declaration order.
    #[must_use]
    pub fn credentials(mut self, scheme: &str, values: Vec<String>) -> Self {
        self.credentials =
            Some((scheme.to_owned(), values.into_iter().map(SecretString::from).collect()));
        self
    }

    /// Sends all requests to this base URL instead of the servers' URLs. It starts with `https://`; `http://` is allowed only for the local machine.
    /// Other protocols use `tcp://host:port` or `tds://host:port/database`; `tds+plain://`, without TLS, is allowed only for the local machine.
    #[must_use]
    pub fn base_url(mut self, address: impl Into<String>) -> Self {
        self.base_url = Some(address.into());
        self
    }

    /// Lets [`base_url`](Self::base_url) be plain `http://` or `tds+plain://` on any host. Credentials are then sent in clear text.
    #[must_use]
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    /// Lets responses lead into private networks: redirects, and referrals over TCP, to addresses that are not of the public internet. Default: only
    /// to the servers of the integration, including [`base_url`](Self::base_url), and to public addresses.
    #[must_use]
    pub fn allow_private_networks(mut self) -> Self {
        self.allow_private_networks = true;
        self
    }

    /// The timeout of one request. Default: the action's own timeout.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The deadline of one call, including its attempts, pauses and steps. Default: none, only the timeouts of the requests apply.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Maximum number of attempts per request, including the first; 1 disables retries. Default: the integration's setting.
    #[must_use]
    pub fn max_tries(mut self, tries: u32) -> Self {
        self.max_tries = Some(tries);
        self
    }

    /// Maximum size of a decompressed response body in memory, in bytes. Default: 64 MiB. Streams have no limit.
    #[must_use]
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Maximum memory that a response in memory takes, however it is read, in bytes: its body, the index of its values, and its JSON. A response that
    /// would take more is the error `TooLarge` before it is read further. Default: four times [`max_response_bytes`](Self::max_response_bytes).
    #[must_use]
    pub fn max_response_memory(mut self, bytes: usize) -> Self {
        self.max_response_memory = Some(bytes);
        self
    }

    /// Sets the rate limit: the number of requests per period of seconds, instead of the integration's setting. 0 requests disables the limit.
    #[must_use]
    pub fn rate_limit(mut self, requests: u32, per_seconds: u32) -> Self {
        self.own_rate_limit(|limit| {
            (limit.requests, limit.per_seconds) = (Some(requests), Some(per_seconds));
        });
        self
    }

    /// Sets the maximum number of concurrent requests, instead of the integration's setting. 0 disables the limit.
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

    /// Requests tokens from this URL instead of the one that the integration declares. It starts with `https://`; `http://` is allowed only for the
    /// local machine.
    #[must_use]
    pub fn token_url(mut self, address: impl Into<String>) -> Self {
        self.token_url = Some(address.into());
        self
    }

    /// Sets a callback that receives every new refresh token, so that you can store it. Vendors that rotate refresh tokens revoke the old one.
    #[must_use]
    pub fn on_refresh_token(
        mut self,
        hook: impl Fn(&SecretString) + Send + Sync + 'static,
    ) -> Self {
        self.refresh_hook = Some(Arc::new(hook));
        self
    }

    /// Trusts these PEM root certificates in addition to the system's, for servers in a private network.
    #[must_use]
    pub fn root_certificates(mut self, pem: impl Into<String>) -> Self {
        self.certificates.roots.push(pem.into());
        self
    }

    /// Authenticates with a TLS client certificate, in addition to other credentials: the certificate with its chain and the private key, both PEM.
    #[must_use]
    pub fn client_certificate(
        mut self,
        certificate: impl Into<String>,
        key: impl Into<String>,
    ) -> Self {
        self.certificates.identity = Some((certificate.into(), SecretString::from(key.into())));
        self
    }

    /// Adds a middleware. The first one added is outermost.
    #[must_use]
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middlewares.push(Arc::new(middleware));
        self
    }

    /// Adds a header to every request. It replaces the integration's header of the same name.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends requests through another transport than the default HTTP client.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Builds the client. The error lists everything that is missing or invalid.
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
                allows_private_networks: self.allow_private_networks,
                authenticator,
                headers,
                timeout: self.timeout,
                deadline: self.deadline,
                max_tries: self.max_tries,
                max_response_bytes: self.max_response_bytes,
                max_response_memory: self
                    .max_response_memory
                    .unwrap_or(self.max_response_bytes.saturating_mul(MEMORY_FACTOR)),
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
                None => problems
                    .push(format!("unknown server `{wanted}`{}", suggest::hint(wanted, names()))),
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
                problems.push(format!("unknown variable `{name}`{}", suggest::hint(name, names())));
            }
        }
    }

    /// The server of the selected authentication scheme.
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
            fill: &|text| address::fill_text(text, &variables, &self.variables),
            address: &|url| address::fill(url, &variables, &self.variables),
            server: &|server| {
                let wanted =
                    server.or(self.integration.servers.first().map(|server| server.name.as_str()));
                let found = servers.iter().find(|(name, _)| Some(*name) == wanted);
                found.map_or_else(
                    || Err("the integration has no servers".to_owned()),
                    |(_, address)| address.clone(),
                )
            },
            token_url,
            hook: self.refresh_hook.clone(),
        };
        match auth::authenticator(self.integration, &name, secrets, &setup) {
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
        if let Some((certificate, key)) = authenticator.and_then(Authenticator::certificate) {
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
            if is_framing_header(&name) {
                problems.push(format!("the header `{name}` is set by the client"));
                continue;
            }
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

/// The default transport of a protocol.
fn default_transport(protocol: Protocol, tls: &Certificates) -> Result<Arc<dyn Transport>, String> {
    match protocol {
        Protocol::Http => http_transport(tls),
        Protocol::Tcp => tcp_transport(),
        Protocol::Tds if tls.identity.is_some() => {
            Err("client certificates are not supported over TDS".to_owned())
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
        "; certificates must be configured in the transport"
    };
    Err(format!("no transport is set, and the crate was built without the feature `reqwest`{own}"))
}

#[cfg(feature = "tcp")]
#[expect(clippy::unnecessary_wraps, reason = "the same face as without the feature")]
fn tcp_transport() -> Result<Arc<dyn Transport>, String> {
    Ok(Arc::new(crate::transport::TcpTransport))
}

#[cfg(not(feature = "tcp"))]
fn tcp_transport() -> Result<Arc<dyn Transport>, String> {
    Err("no transport is set, and the crate was built without the feature `tcp`".to_owned())
}

#[cfg(feature = "tds")]
#[expect(clippy::unnecessary_wraps, reason = "the same face as without the feature")]
fn tds_transport(tls: &Certificates) -> Result<Arc<dyn Transport>, String> {
    Ok(Arc::new(crate::transport::TdsTransport::new(tls.roots.clone())))
}

#[cfg(not(feature = "tds"))]
fn tds_transport(_: &Certificates) -> Result<Arc<dyn Transport>, String> {
    Err("no transport is set, and the crate was built without the feature `tds`".to_owned())
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("integration", &self.integration.id)
            .field("server", &self.server)
            .field("authentication", &self.credentials.as_ref().map(|(scheme, _)| scheme))
            .finish_non_exhaustive()
    }
}
