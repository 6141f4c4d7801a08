//! AWS Signature Version 4.

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use super::{Curl, CurlServer, Described, Scheme, Security, check};
use crate::catalog::Protocol;
use crate::diagnostics::Code;
use crate::report::{Report, check_pointer, join};
use crate::spec::{Authentication, AwsSigV4, ExchangedKeys, IntegrationSpec, KeyExchange};

impl Scheme for AwsSigV4 {
    fn check(&self, at: &str, spec: &IntegrationSpec, report: &mut Report) {
        let servers = || spec.servers.keys().map(String::as_str);
        check::template(&self.region, &join(at, "region"), &check::variables(spec), report);
        for server in self.services.keys().filter(|server| !spec.servers.contains_key(*server)) {
            report.unknown_key(&join(&join(at, "services"), server), "server", server, servers());
        }
        for (server, region) in &self.regions {
            let at = join(&join(at, "regions"), server);
            if !spec.servers.contains_key(server) {
                report.unknown_key(&at, "server", server, servers());
            }
            check::template(region, &at, &check::variables(spec), report);
        }
        if let Some(exchange) = &self.exchange {
            check_exchange(exchange, &join(at, "exchange"), spec, report);
        }
    }

    fn supports(&self, protocol: Protocol) -> bool {
        protocol == Protocol::Http
    }

    fn may_be_optional(&self, credential: &str) -> bool {
        self.is_exchanged(credential)
    }

    fn feature(&self) -> Option<&'static str> {
        Some("aws")
    }

    fn credentials_are_keys(&self) -> bool {
        false
    }

    fn kind(&self, _: Protocol) -> &'static str {
        "AWS Signature Version 4"
    }

    fn place(&self, credential: &str) -> String {
        match credential {
            "secret_access_key" => "signing key, never sent",
            credential if self.is_exchanged(credential) => "request for temporary keys",
            _ => "header `Authorization`",
        }
        .to_owned()
    }

    fn facts(&self) -> Vec<(String, String)> {
        let scope = |name: &&String| {
            let (service, region) = self.scope(name);
            format!("{name}: {service} {region}")
        };
        let servers: IndexSet<&String> = self.services.keys().chain(self.regions.keys()).collect();
        let others = servers.iter().map(scope).collect::<Vec<_>>().join(", ");
        let others = (!others.is_empty()).then(|| ("By server".to_owned(), others));
        let exchange = self.exchange.as_ref().map(|exchange| {
            let server =
                exchange.server.as_ref().map_or_else(String::new, |server| format!(" at {server}"));
            ("Temporary keys".to_owned(), format!("{}{server}", exchange.request))
        });
        let usual = ("Service and region".to_owned(), format!("{} {}", self.service, self.region));
        [usual].into_iter().chain(others).chain(exchange).collect()
    }

    fn scopes(&self) -> Option<&IndexMap<String, String>> {
        None
    }

    fn curl(&self, server: &CurlServer<'_>) -> Vec<Curl> {
        let (service, region) = self.scope(server.name);
        let scope = format!("aws:amz:{}:{service}", (server.fill)(region));
        vec![
            Curl::Option("--aws-sigv4", Some(scope)),
            Curl::Option("--user", Some("ACCESS_KEY_ID:SECRET_ACCESS_KEY".to_owned())),
        ]
    }

    fn security(&self, _: &dyn Fn(&str) -> String) -> Security {
        Security::authorization(None)
    }

    fn covers(&self, _: &Authentication) -> bool {
        false
    }

    /// Documents describe it as a key in a header, which is what they get.
    fn import(_: &Described) -> Option<Value> {
        None
    }

    fn signs_with() -> &'static [&'static str] {
        &["aws4-hmac-sha256"]
    }
}

/// What differs by server, and by who asks.
trait Scopes {
    /// Service and region at a server.
    fn scope(&self, server: &str) -> (&str, &str);

    /// Whether a credential goes into the exchange of keys and nowhere else.
    fn is_exchanged(&self, credential: &str) -> bool;
}

impl Scopes for AwsSigV4 {
    fn scope(&self, server: &str) -> (&str, &str) {
        (
            self.services.get(server).unwrap_or(&self.service),
            self.regions.get(server).unwrap_or(&self.region),
        )
    }

    fn is_exchanged(&self, credential: &str) -> bool {
        self.exchange.as_ref().is_some_and(|exchange| exchange.credentials.contains_key(credential))
    }
}

fn check_exchange(exchange: &KeyExchange, at: &str, spec: &IntegrationSpec, report: &mut Report) {
    const KEYS: &[&str] = &["access_key_id", "secret_access_key", "session_token"];
    check::credential_names(&exchange.credentials, at, report);
    check::headers(exchange.headers.keys(), &join(at, "headers"), report);
    for name in exchange.credentials.keys().filter(|name| KEYS.contains(&name.as_str())) {
        report
            .error_at_key(
                Code::BadId,
                &join(&join(at, "credentials"), name),
                format!("`{name}` is already a credential"),
            )
            .help("the access keys are always given; list only further credentials");
    }
    if let Some(server) =
        exchange.server.as_ref().filter(|server| !spec.servers.contains_key(*server))
    {
        report.unknown(
            &join(at, "server"),
            "server",
            server,
            spec.servers.keys().map(String::as_str),
        );
    }
    let known = exchange.credentials.keys().map(String::as_str).chain(["nonce"]);
    for (key, templates) in [("headers", &exchange.headers), ("fields", &exchange.fields)] {
        for (name, template) in templates {
            check::template(template, &join(&join(at, key), name), &known, report);
        }
    }
    check::path(&exchange.request, &join(at, "request"), report);
    let ExchangedKeys { access_key_id, secret_access_key, session_token, expires } = &exchange.keys;
    let keys = [
        ("accessKeyId", access_key_id),
        ("secretAccessKey", secret_access_key),
        ("sessionToken", session_token),
        ("expires", expires),
    ];
    for (name, value) in keys {
        check_pointer(value, &join(&join(at, "keys"), name), report);
    }
}
