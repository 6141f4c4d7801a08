//! AWS Signature Version 4.

use actionspec_codegen::pointer::put;
use actionspec_codegen::spec::{AwsSigV4, ExchangedKeys};
use axum::body::Body;
use axum::http::Response;
use serde_json::{Value, json};

use super::{Scheme, TOKEN, authorization, is_line, json_response};
use crate::read::Incoming;

impl Scheme for AwsSigV4 {
    fn accepts(&self, incoming: &Incoming) -> bool {
        authorization(incoming, "AWS4-HMAC-SHA256")
            .is_some_and(|fields| fields.contains("Signature="))
    }

    fn query(&self) -> Vec<&str> {
        Vec::new()
    }

    fn grant(&self, method: &str, path: &str) -> Option<Response<Body>> {
        let exchange = self.exchange.as_ref()?;
        is_line(&exchange.request, method, path).then(|| keys(&exchange.keys))
    }
}

/// Temporary keys.
fn keys(places: &ExchangedKeys) -> Response<Body> {
    let mut body = json!({});
    for pointer in [&places.access_key_id, &places.secret_access_key, &places.session_token] {
        put(&mut body, pointer, Value::from(TOKEN));
    }
    put(&mut body, &places.expires, Value::from("2099-12-31T23:59:59Z"));
    json_response(&body)
}
