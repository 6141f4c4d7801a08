//! Walks the table of schemes: each kind is used by the conformance specs, and has its text everywhere.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::{Curl, CurlServer, KINDS, Security, of};
use crate::catalog::Protocol;
use crate::load;
use crate::spec::Authentication;

/// Schemes of the conformance specs, by kind.
fn used() -> BTreeMap<String, Vec<Authentication>> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/specs");
    let (sources, _) = load::load(&specs, "specs");
    let (catalog, findings) = crate::resolve::resolve(&sources);
    let catalog = catalog.unwrap_or_else(|| panic!("the specs have errors: {findings:?}"));
    let mut used: BTreeMap<String, Vec<Authentication>> = BTreeMap::new();
    for scheme in catalog.integrations.iter().flat_map(|one| one.authentication.values()) {
        let kind = serde_json::to_value(scheme).unwrap()["kind"].as_str().unwrap().to_owned();
        used.entry(kind).or_default().push(scheme.clone());
    }
    used
}

#[test]
fn every_kind_has_a_use_and_its_texts() {
    let used = used();
    let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    let unknown: Vec<&String> =
        used.keys().filter(|kind| !kinds.contains(&kind.as_str())).collect();
    assert!(unknown.is_empty(), "named otherwise in the table: {unknown:?}");
    assert_eq!(kinds, Authentication::KINDS, "the tables of the model and the generator differ");
    for kind in kinds {
        let schemes = used.get(kind).unwrap_or_else(|| panic!("no conformance spec uses `{kind}`"));
        for scheme in schemes {
            let this = of(scheme);
            let features: Vec<&str> =
                KINDS.iter().flat_map(|kind| kind.features).map(|(name, _)| *name).collect();
            assert!(this.feature().is_none_or(|name| features.contains(&name)), "`{kind}`");
            assert!(!this.kind(Protocol::Http).is_empty(), "`{kind}` has no text for pages");
            for (name, _) in scheme.forms().into_iter().flat_map(|form| form.credentials) {
                assert!(!this.place(&name).is_empty(), "`{kind}` sends `{name}` nowhere");
            }
            let server = CurlServer { name: "", fill: &str::to_owned };
            assert!(!this.curl(&server).is_empty(), "`{kind}` has no curl sample");
            let forms = match this.security(&str::to_owned) {
                Security::One(form) => vec![form],
                Security::Keys(keys) => keys.into_iter().map(|(_, form)| form).collect(),
            };
            assert!(!forms.is_empty(), "`{kind}` has no form in OpenAPI");
            assert!(forms.iter().all(|form| form["type"].is_string()), "`{kind}`: {forms:?}");
        }
    }
}

#[test]
fn every_kind_has_its_text_in_the_reference() {
    let schema = Value::from(schemars::schema_for!(Authentication));
    let described = |kind: &str| {
        schema["oneOf"].as_array().unwrap().iter().any(|one| {
            one["properties"]["kind"]["const"] == kind
                && one["description"].as_str().is_some_and(|text| !text.is_empty())
        })
    };
    for kind in KINDS {
        assert!(described(kind.name), "`{}` has no text in the reference", kind.name);
    }
}

#[test]
fn samples_hold_no_secret() {
    for (kind, schemes) in used() {
        for scheme in schemes {
            let server = CurlServer { name: "", fill: &str::to_owned };
            for part in of(&scheme).curl(&server) {
                let (Curl::Header(_, value) | Curl::Query(_, value) | Curl::Cookie(_, value)) =
                    part
                else {
                    continue;
                };
                let placeholder = ["TOKEN", "KEY", "SIGNED"].iter().any(|end| value.ends_with(end));
                assert!(placeholder, "`{kind}`: {value}");
            }
        }
    }
}
