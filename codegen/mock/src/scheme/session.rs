//! Sessions: a login request gives what later requests carry.

use actionspec_codegen::pointer::put;
use actionspec_codegen::spec::{Session, TokenPlace};
use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde_json::{Value, json};

use super::{Scheme, TOKEN, has_key, is_line, json_response};
use crate::answer;
use crate::read::Incoming;

impl Scheme for Session {
    fn accepts(&self, incoming: &Incoming) -> bool {
        self.carry
            .iter()
            .all(|(name, key)| has_key(incoming, name, key.location, key.prefix.as_deref()))
    }

    fn query(&self) -> Vec<&str> {
        self.carry.keys().map(String::as_str).collect()
    }

    fn grant(&self, method: &str, path: &str) -> Option<Response<Body>> {
        if is_line(&self.login.request, method, path) {
            return Some(login(self));
        }
        let logout = self.logout.as_ref()?;
        is_line(logout, method, path)
            .then(|| answer::response(StatusCode::NO_CONTENT, "text/plain", Vec::new()))
    }
}

fn login(scheme: &Session) -> Response<Body> {
    let mut body = json!({});
    let mut headers = Vec::new();
    for key in scheme.carry.values() {
        match &key.from {
            TokenPlace::Body(pointer) => put(&mut body, pointer, Value::from(TOKEN)),
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
