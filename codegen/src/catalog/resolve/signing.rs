//! Authentication schemes that sign or log in: their templates name what there is.

use indexmap::IndexMap;

use super::report::{Report, join};
use crate::catalog::names;
use crate::diagnostics::Code;
use crate::spec::{
    AwsSigV4, Credential, ExchangedKeys, IntegrationSpec, JwtToken, KeyExchange, OAuth2,
    OAuth2Flow, REQUEST_PLACEHOLDERS, Session, SignatureValue, SignedRequests, TokenPlace,
};

/// What claims may hold beside credentials.
const CLAIM_PLACEHOLDERS: &[&str] = &["token_url", "scope", "nonce"];

/// Checks names of credentials.
fn check_names(credentials: &IndexMap<String, Credential>, pointer: &str, report: &mut Report) {
    for name in credentials.keys().filter(|name| !names::is_id(name)) {
        report
            .error_at_key(
                Code::BadId,
                &join(&join(pointer, "credentials"), name),
                format!("`{name}` cannot name a credential"),
            )
            .help("use lower-case words with underscores: `client_id`");
    }
}

/// Checks that every placeholder of a template is known.
fn check_template<'a>(
    template: &str,
    pointer: &str,
    known: &(impl Iterator<Item = &'a str> + Clone),
    report: &mut Report,
) {
    for name in placeholders(template) {
        let open = known.clone().any(|known| known.ends_with('.') && name.starts_with(known));
        if !open && !known.clone().any(|known| known == name) {
            report.unknown_within(pointer, "placeholder", name, known.clone());
        }
    }
}

/// The names in braces. Braces around anything but a name are text, as JSON in a claim may be.
fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    let is_name = |name: &&str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c))
    };
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .filter(is_name)
}

/// The variables of all servers.
fn variables(spec: &IntegrationSpec) -> impl Iterator<Item = &str> + Clone {
    spec.servers.values().flat_map(|server| server.variables.keys()).map(String::as_str)
}

pub(super) fn oauth2(scheme: &OAuth2, pointer: &str, spec: &IntegrationSpec, report: &mut Report) {
    address(&scheme.token_url, &join(pointer, "tokenUrl"), spec, report);
    if let Some(url) = &scheme.authorization_url {
        address(url, &join(pointer, "authorizationUrl"), spec, report);
    } else if scheme.flow == OAuth2Flow::AuthorizationCode {
        report
            .error_at_key(
                Code::BadAuthentication,
                pointer,
                "the authorization code flow requires `authorizationUrl`",
            )
            .help("add the address where the user grants access");
    }
    for (name, value) in &scheme.parameters {
        check_template(value, &join(&join(pointer, "parameters"), name), &variables(spec), report);
    }
    check_names(&scheme.credentials, pointer, report);
    match (&scheme.assertion, scheme.flow) {
        (Some(token), OAuth2Flow::JwtBearer) => {
            jwt(token, &scheme.credentials, &join(pointer, "assertion"), report);
        }
        (None, OAuth2Flow::JwtBearer) => {
            report
                .error_at_key(
                    Code::BadAuthentication,
                    pointer,
                    "the flow `jwtBearer` requires `assertion`",
                )
                .help(
                    "add `assertion:` with the algorithm, the key and the claims of the \
                    token that the client signs",
                );
        }
        (Some(_), _) => {
            report
                .error_at_key(
                    Code::BadAuthentication,
                    &join(pointer, "assertion"),
                    "only the flow `jwtBearer` signs an assertion",
                )
                .help("remove it, or write `flow: jwtBearer`");
        }
        (None, _) => {}
    }
}

/// An absolute `https` address whose variables are the servers'; or a path on the server.
fn address(url: &str, pointer: &str, spec: &IntegrationSpec, report: &mut Report) {
    check_template(url, pointer, &variables(spec), report);
    if !url.starts_with('/') {
        let filled = variables(spec)
            .fold(url.to_owned(), |url, name| url.replace(&format!("{{{name}}}"), "x"));
        report.url(pointer, &filled);
    }
}

pub(super) fn jwt(
    token: &JwtToken,
    credentials: &IndexMap<String, Credential>,
    pointer: &str,
    report: &mut Report,
) {
    if !credentials.contains_key(&token.key) {
        report.unknown(
            &join(pointer, "key"),
            "credential",
            &token.key,
            credentials.keys().map(String::as_str),
        );
    }
    let known = credentials.keys().filter(|name| **name != token.key).map(String::as_str);
    if let Some(key_id) = &token.key_id {
        check_template(key_id, &join(pointer, "keyId"), &known, report);
    }
    for (name, value) in &token.claims {
        if let Some(text) = value.as_str() {
            check_template(
                text,
                &join(&join(pointer, "claims"), name),
                &known.clone().chain(CLAIM_PLACEHOLDERS.iter().copied()),
                report,
            );
        }
    }
}

/// The credentials of a JSON Web Token and the token itself.
pub(super) fn own_jwt(
    token: &JwtToken,
    credentials: &IndexMap<String, Credential>,
    pointer: &str,
    report: &mut Report,
) {
    check_names(credentials, pointer, report);
    jwt(token, credentials, &join(pointer, "token"), report);
}

pub(super) fn aws(scheme: &AwsSigV4, pointer: &str, spec: &IntegrationSpec, report: &mut Report) {
    check_template(&scheme.region, &join(pointer, "region"), &variables(spec), report);
    for server in scheme.services.keys().filter(|server| !spec.servers.contains_key(*server)) {
        report.unknown_key(
            &join(&join(pointer, "services"), server),
            "server",
            server,
            spec.servers.keys().map(String::as_str),
        );
    }
    for (server, region) in &scheme.regions {
        let at = join(&join(pointer, "regions"), server);
        if !spec.servers.contains_key(server) {
            report.unknown_key(&at, "server", server, spec.servers.keys().map(String::as_str));
        }
        check_template(region, &at, &variables(spec), report);
    }
    if let Some(exchange) = &scheme.exchange {
        key_exchange(exchange, &join(pointer, "exchange"), spec, report);
    }
}

fn key_exchange(
    exchange: &KeyExchange,
    pointer: &str,
    spec: &IntegrationSpec,
    report: &mut Report,
) {
    const KEYS: &[&str] = &["access_key_id", "secret_access_key", "session_token"];
    check_names(&exchange.credentials, pointer, report);
    for name in exchange.credentials.keys().filter(|name| KEYS.contains(&name.as_str())) {
        report
            .error_at_key(
                Code::BadId,
                &join(&join(pointer, "credentials"), name),
                format!("`{name}` is already a credential"),
            )
            .help("the access keys are always given; list only further credentials");
    }
    if let Some(server) =
        exchange.server.as_ref().filter(|server| !spec.servers.contains_key(*server))
    {
        report.unknown(
            &join(pointer, "server"),
            "server",
            server,
            spec.servers.keys().map(String::as_str),
        );
    }
    let known = exchange.credentials.keys().map(String::as_str).chain(["nonce"]);
    for (key, templates) in [("headers", &exchange.headers), ("fields", &exchange.fields)] {
        for (name, template) in templates {
            check_template(template, &join(&join(pointer, key), name), &known, report);
        }
    }
    if exchange.request.split('/').any(|segment| matches!(segment, "." | "..")) {
        report.error(
            Code::BadAuthentication,
            &join(pointer, "request"),
            "the path must not contain a segment `.` or `..`",
        );
    }
    let ExchangedKeys { access_key_id, secret_access_key, session_token, expires } = &exchange.keys;
    let keys = [
        ("accessKeyId", access_key_id),
        ("secretAccessKey", secret_access_key),
        ("sessionToken", session_token),
        ("expires", expires),
    ];
    for (name, value) in keys {
        super::request::check_pointer(value, &join(&join(pointer, "keys"), name), report);
    }
}

pub(super) fn signature(scheme: &SignedRequests, pointer: &str, report: &mut Report) {
    check_names(&scheme.credentials, pointer, report);
    let base: Vec<&str> = scheme
        .credentials
        .keys()
        .map(String::as_str)
        .chain(REQUEST_PLACEHOLDERS.iter().map(|(name, _)| *name))
        .collect();
    let mut known = base;
    for (name, value) in &scheme.values {
        let at = join(&join(pointer, "values"), name);
        if !names::is_id(name) || known.contains(&name.as_str()) {
            report
                .error_at_key(Code::BadId, &at, format!("`{name}` cannot name a computed value"))
                .help("use a unique name in lower case with underscores");
        }
        let templates: Vec<(&str, &String)> = match value {
            SignatureValue::Text(text) => vec![("text", text)],
            SignatureValue::Base64(text) => vec![("base64", text)],
            SignatureValue::Hash(hash) => vec![("hash/of", &hash.of)],
            SignatureValue::Hmac(keyed) => vec![("hmac/of", &keyed.of), ("hmac/key", &keyed.key)],
        };
        for (key, template) in templates {
            check_template(template, &format!("{at}/{key}"), &known.iter().copied(), report);
        }
        known.push(name);
    }
    for (name, template) in &scheme.headers {
        check_template(
            template,
            &join(&join(pointer, "headers"), name),
            &known.iter().copied(),
            report,
        );
    }
}

pub(super) fn session(scheme: &Session, pointer: &str, report: &mut Report) {
    check_names(&scheme.credentials, pointer, report);
    let login = join(pointer, "login");
    let basic =
        scheme.credentials.contains_key("username") && scheme.credentials.contains_key("password");
    let known = scheme.credentials.keys().map(String::as_str).chain(basic.then_some("basic"));
    for (name, template) in &scheme.login.headers {
        check_template(template, &join(&join(&login, "headers"), name), &known, report);
    }
    for (name, template) in &scheme.login.fields {
        check_template(template, &join(&join(&login, "fields"), name), &known, report);
    }
    let logout = scheme.logout.as_ref().map(|logout| (join(pointer, "logout"), logout));
    for (at, line) in [(join(&login, "request"), &scheme.login.request)].into_iter().chain(logout) {
        if line.split('/').any(|segment| matches!(segment, "." | "..")) {
            report.error(
                Code::BadAuthentication,
                &at,
                "the path must not contain a segment `.` or `..`",
            );
        }
    }
    for (name, key) in &scheme.carry {
        if let TokenPlace::Body(body) = &key.from {
            super::request::check_pointer(
                body,
                &format!("{}/from/body", join(&join(pointer, "carry"), name)),
                report,
            );
        }
    }
}
