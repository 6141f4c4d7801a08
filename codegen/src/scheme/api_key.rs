//! Keys in headers, queries or cookies.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::{Curl, CurlServer, Described, Scheme, Security, check};
use crate::catalog::{Protocol, names};
use crate::report::{Report, join};
use crate::spec::{ApiKey, Authentication, IntegrationSpec, KeyLocation};

impl Scheme for ApiKey {
    fn check(&self, at: &str, _: &IntegrationSpec, report: &mut Report) {
        check::carriers(self.keys.keys(), &join(at, "keys"), report);
        let headers = self.keys.iter().filter(|(_, key)| key.location == KeyLocation::Header);
        check::headers(headers.map(|(name, _)| name), &join(at, "keys"), report);
    }

    fn supports(&self, protocol: Protocol) -> bool {
        protocol == Protocol::Http
    }

    fn may_be_optional(&self, _: &str) -> bool {
        true
    }

    fn feature(&self) -> Option<&'static str> {
        None
    }

    fn credentials_are_keys(&self) -> bool {
        true
    }

    fn kind(&self, _: Protocol) -> &'static str {
        "API key"
    }

    fn place(&self, credential: &str) -> String {
        self.keys.get(credential).map_or_else(String::new, |key| {
            let place = match key.location {
                KeyLocation::Header => "header",
                KeyLocation::Query => "query parameter",
                KeyLocation::Cookie => "cookie",
            };
            format!("{place} `{credential}`")
        })
    }

    fn facts(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    fn scopes(&self) -> Option<&IndexMap<String, String>> {
        None
    }

    fn curl(&self, _: &CurlServer<'_>) -> Vec<Curl> {
        let carried = |location| self.keys.iter().filter(move |(_, key)| key.location == location);
        let value =
            |prefix: &Option<String>| format!("{}KEY", prefix.as_deref().unwrap_or_default());
        let headers = carried(KeyLocation::Header)
            .map(|(name, key)| Curl::Header(name.clone(), value(&key.prefix)));
        let queries = carried(KeyLocation::Query)
            .map(|(name, key)| Curl::Query(name.clone(), value(&key.prefix)));
        let cookies = carried(KeyLocation::Cookie)
            .map(|(name, key)| Curl::Cookie(name.clone(), value(&key.prefix)));
        headers.chain(queries).chain(cookies).collect()
    }

    fn security(&self, _: &dyn Fn(&str) -> String) -> Security {
        Security::keys(
            self.keys.iter().map(|(name, key)| (name, key.location, key.prefix.as_deref())),
        )
    }

    fn covers(&self, recorded: &Authentication) -> bool {
        match recorded {
            Authentication::Bearer(_) => self.keys.contains_key("Authorization"),
            Authentication::ApiKey(seen) => seen.keys.iter().all(|(name, key)| {
                self.keys.iter().any(|(other, place)| {
                    other.eq_ignore_ascii_case(name) && place.location == key.location
                })
            }),
            _ => false,
        }
    }

    fn import(described: &Described) -> Option<Value> {
        (described.ty == "apikey").then(|| {
            let keys: Map<String, Value> = described
                .keys
                .iter()
                .map(|key| {
                    let title = names::title(&key.name);
                    (
                        key.name.clone(),
                        json!({ "in": key.place, "title": title, "description": key.description }),
                    )
                })
                .collect();
            json!({
                "kind": "apiKey",
                "title": described.title_or("API key"),
                "description": described.description,
                "keys": keys,
            })
        })
    }

    fn signs_with() -> &'static [&'static str] {
        &[]
    }
}
