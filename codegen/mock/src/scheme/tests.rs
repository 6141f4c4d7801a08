//! Walks the schemes of the conformance specs, which use every kind.

use std::collections::BTreeSet;
use std::path::Path;

use actionspec_codegen::catalog::Catalog;
use actionspec_codegen::load;
use actionspec_codegen::resolve;
use actionspec_codegen::spec::Authentication;
use axum::http::HeaderMap;

use super::of;
use crate::read::{Body, Incoming};

fn conformance() -> Catalog {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/specs");
    let (sources, _) = load::load(&specs, "specs");
    let (catalog, findings) = resolve::resolve(&sources);
    assert!(catalog.is_some(), "the conformance specs have errors: {findings:?}");
    catalog.expect("was asserted")
}

#[test]
fn a_request_without_credentials_is_refused_by_every_scheme() {
    let incoming = Incoming { query: Vec::new(), headers: HeaderMap::new(), body: Body::Empty };
    let catalog = conformance();
    let mut accepting = BTreeSet::new();
    for scheme in catalog.integrations.iter().flat_map(|one| one.authentication.values()) {
        let optional = matches!(scheme, Authentication::ApiKey(scheme)
            if scheme.keys.values().all(|key| key.credential.optional));
        if !optional && of(scheme).accepts(&incoming) {
            let kind = serde_json::to_value(scheme).expect("JSON")["kind"].clone();
            accepting.insert(kind.as_str().expect("a name").to_owned());
        }
    }
    // TLS proves the client, and loopback has none.
    assert_eq!(accepting, BTreeSet::from(["clientCertificate".to_owned()]));
}
