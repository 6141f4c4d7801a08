//! Security Scheme and Security Requirement Objects.
//!
//! An authentication scheme is one security scheme, or one per key if it has several; a requirement names them all. What OpenAPI cannot
//! say, signing and logging in above all, stands whole in the document's `x-actionspec-authentication`, which each scheme points to.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::document::{filled, server_of};
use super::{component, object, some};
use crate::catalog::{Action, Integration};
use crate::spec::{Authentication, KeyLocation, OAuth2, OAuth2Flow};

/// Every scheme, by the name of its component.
pub(super) fn schemes(integration: &Integration) -> Map<String, Value> {
    integration
        .authentication
        .iter()
        .flat_map(|(name, scheme)| of_scheme(integration, name, scheme))
        .collect()
}

/// The schemes that an action accepts, each with the scopes that it needs.
pub(super) fn requirements(integration: &Integration, action: Option<&Action>) -> Vec<Value> {
    let requirement = |(name, scheme): (&String, &Authentication)| {
        let scopes = action.and_then(|action| action.scopes.get(name)).cloned().unwrap_or_default();
        let schemes = of_scheme(integration, name, scheme).into_iter().enumerate();
        let names: Map<String, Value> = schemes
            .map(|(index, (scheme, _))| {
                (scheme, if index == 0 { json!(scopes) } else { json!([]) })
            })
            .collect();
        Value::Object(names)
    };
    integration.authentication.iter().map(requirement).collect()
}

/// The security schemes of an authentication scheme, by name.
fn of_scheme(
    integration: &Integration,
    name: &str,
    scheme: &Authentication,
) -> Vec<(String, Value)> {
    let header = |header: &str, prefix: Option<&str>| json!({ "type": "apiKey", "in": "header", "name": header, "x-actionspec-prefix": prefix });
    let words = |word: Option<&String>, format: Option<&str>| match word.map(String::as_str) {
        None | Some("Bearer") => {
            json!({ "type": "http", "scheme": "bearer", "bearerFormat": format })
        }
        Some(word) => header("Authorization", Some(&format!("{word} "))),
    };
    let keyed = |keys: Vec<(&String, KeyLocation, Option<&String>)>| -> Vec<(String, Value)> {
        let scheme = |key: &str, location: KeyLocation, prefix: Option<&String>| json!({ "type": "apiKey", "in": location, "name": key, "x-actionspec-prefix": prefix });
        match keys.as_slice() {
            [(key, location, prefix)] => vec![(name.to_owned(), scheme(key, *location, *prefix))],
            keys => keys
                .iter()
                .map(|(key, location, prefix)| {
                    (format!("{name}.{key}"), scheme(key, *location, *prefix))
                })
                .collect(),
        }
    };
    let one = |scheme: Value| vec![(name.to_owned(), scheme)];
    let schemes = match scheme {
        Authentication::Basic(_) => one(json!({ "type": "http", "scheme": "basic" })),
        Authentication::Digest(_) => one(json!({ "type": "http", "scheme": "digest" })),
        Authentication::ClientCertificate(_) => one(json!({ "type": "mutualTLS" })),
        Authentication::Bearer(scheme) => one(words(scheme.token_prefix.as_ref(), None)),
        Authentication::Jwt(scheme) => one(words(scheme.token_prefix.as_ref(), Some("JWT"))),
        Authentication::AwsSigV4(_) => one(header("Authorization", None)),
        Authentication::Oauth2(scheme) => one(oauth2(integration, name, scheme)),
        Authentication::ApiKey(scheme) => keyed(
            scheme
                .keys
                .iter()
                .map(|(name, key)| (name, key.location, key.prefix.as_ref()))
                .collect(),
        ),
        Authentication::Session(scheme) => keyed(
            scheme
                .carry
                .iter()
                .map(|(name, key)| (name, key.location, key.prefix.as_ref()))
                .collect(),
        ),
        Authentication::Signature(scheme) => {
            keyed(scheme.headers.keys().map(|name| (name, KeyLocation::Header, None)).collect())
        }
    };
    let finish = |(id, value): (String, Value)| {
        let mut fields = object(value);
        fields.insert("description".to_owned(), json!(description(scheme)));
        fields.insert("x-actionspec-authentication".to_owned(), json!(name));
        (component(&id), Value::Object(fields))
    };
    schemes.into_iter().map(finish).collect()
}

/// The title, when to choose the scheme, and how to get the credentials.
fn description(scheme: &Authentication) -> String {
    let facts = scheme.facts();
    let mut parts = vec![format!("**{}**", facts.title.trim())];
    parts.extend(facts.description.map(|text| text.trim().to_owned()));
    let steps: Vec<String> = facts
        .setup
        .iter()
        .enumerate()
        .map(|(index, step)| format!("{}. {}", index + 1, step.trim().replace('\n', "\n   ")))
        .collect();
    if !steps.is_empty() {
        parts.push(steps.join("\n"));
    }
    parts.join("\n\n")
}

/// The flow, where OpenAPI knows it and the spec names its addresses. Otherwise what travels: a bearer token.
fn oauth2(integration: &Integration, name: &str, scheme: &OAuth2) -> Value {
    let server = server_of(integration, integration.authentication.get(name));
    let address = |url: &str| {
        let base = server.filter(|_| url.starts_with('/')).map_or("", |server| server.url.as_str());
        filled(integration, &format!("{base}{url}"))
    };
    let scopes: &IndexMap<String, String> = &scheme.scopes;
    let token = address(&scheme.token_url);
    let flow = match (scheme.flow, &scheme.authorization_url) {
        (OAuth2Flow::AuthorizationCode, Some(url)) => Some((
            "authorizationCode",
            json!({ "authorizationUrl": address(url), "tokenUrl": token, "refreshUrl": token, "scopes": scopes }),
        )),
        (OAuth2Flow::ClientCredentials, _) => {
            Some(("clientCredentials", json!({ "tokenUrl": token, "scopes": scopes })))
        }
        (OAuth2Flow::AuthorizationCode, None) | (OAuth2Flow::JwtBearer, _) => None,
    };
    match flow {
        Some((kind, flow)) => {
            let templated = (scheme.token_url.contains('{') || scheme.token_url.starts_with('/'))
                .then_some(&scheme.token_url);
            let mut flows = Map::new();
            flows.insert(kind.to_owned(), flow);
            json!({
                "type": "oauth2",
                "flows": flows,
                "x-actionspec-token-url": templated,
                "x-actionspec-default-scopes": some(json!(scheme.default_scopes)),
            })
        }
        None => {
            json!({ "type": "http", "scheme": "bearer", "x-actionspec-token-url": scheme.token_url })
        }
    }
}
