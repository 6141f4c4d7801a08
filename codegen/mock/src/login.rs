//! Logins and tokens: what a client asks for before its first action.

use actionspec_codegen::catalog::{Catalog, Step};
use actionspec_codegen::spec::{Authentication, AwsSigV4, ExchangedKeys, Session, TokenPlace};
use axum::body::Body;
use axum::http::{Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::answer;

/// What is given to everyone who asks.
const TOKEN: &str = "mock-token";

/// The answer, if a request is a login, a logout or asks for a token on the server itself.
pub(crate) fn answer(catalog: &Catalog, method: &Method, path: &str) -> Option<Response<Body>> {
    let (slug, rest) = path.trim_start_matches('/').split_once('/')?;
    let integration = catalog.integrations.iter().find(|integration| integration.slug == slug)?;
    let asked = (method.as_str(), format!("/{rest}"));
    // Where an action shares the address with what an authentication scheme asks for, the action answers.
    let shares = |step: &Step| step.method.as_str() == asked.0 && step.path == asked.1;
    if integration.actions.iter().flat_map(|action| &action.steps).any(shares) {
        return None;
    }
    integration
        .authentication
        .values()
        .find_map(|scheme| answer_scheme(scheme, (asked.0, &asked.1)))
}

fn answer_scheme(scheme: &Authentication, asked: (&str, &str)) -> Option<Response<Body>> {
    match scheme {
        Authentication::Oauth2(scheme) if scheme.token_url == asked.1 && asked.0 == "POST" => {
            Some(json_response(
                &json!({"access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600}),
            ))
        }
        Authentication::Session(scheme)
            if scheme.login.request == format!("{} {}", asked.0, asked.1) =>
        {
            Some(login(scheme))
        }
        Authentication::Session(scheme)
            if scheme
                .logout
                .as_ref()
                .is_some_and(|out| *out == format!("{} {}", asked.0, asked.1)) =>
        {
            Some(answer::response(StatusCode::NO_CONTENT, "text/plain", Vec::new()))
        }
        Authentication::AwsSigV4(AwsSigV4 { exchange: Some(exchange), .. })
            if exchange.request == format!("{} {}", asked.0, asked.1) =>
        {
            Some(keys(&exchange.keys))
        }
        _ => None,
    }
}

/// Temporary keys.
fn keys(places: &ExchangedKeys) -> Response<Body> {
    let mut body = json!({});
    for pointer in [&places.access_key_id, &places.secret_access_key, &places.session_token] {
        actionspec_codegen::pointer::put(&mut body, pointer, Value::from(TOKEN));
    }
    actionspec_codegen::pointer::put(
        &mut body,
        &places.expires,
        Value::from("2099-12-31T23:59:59Z"),
    );
    json_response(&body)
}

fn login(scheme: &Session) -> Response<Body> {
    let mut body = json!({});
    let mut headers = Vec::new();
    for key in scheme.carry.values() {
        match &key.from {
            TokenPlace::Body(pointer) => {
                actionspec_codegen::pointer::put(&mut body, pointer, Value::from(TOKEN));
            }
            TokenPlace::Header(name) => headers.push((name.clone(), TOKEN.to_owned())),
            TokenPlace::Cookie(name) => {
                headers
                    .push(("set-cookie".to_owned(), format!("{name}={TOKEN}; Path=/; HttpOnly")));
            }
        }
    }
    let mut response = json_response(&body);
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (name.parse::<axum::http::HeaderName>(), value.parse()) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

fn json_response(body: &Value) -> Response<Body> {
    answer::response(StatusCode::OK, "application/json", body.to_string().into_bytes())
}
