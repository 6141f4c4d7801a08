//! A vendor: gives tokens and sessions, and lets in who brings them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use actionspec_runtime::{Value, json};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use tokio::sync::watch;

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    pub(crate) fn form(&self) -> BTreeMap<String, String> {
        url::form_urlencoded::parse(&self.body).into_owned().collect()
    }
}

type Answer = dyn Fn(&Asked, &Vendor) -> Response + Send + Sync;

/// A vendor on this machine.
#[derive(Clone)]
pub(crate) struct Vendor {
    pub(crate) address: String,
    answer: Arc<Answer>,
    asked: Arc<Mutex<Vec<Asked>>>,
    /// How many tokens or sessions were given.
    pub(crate) given: Arc<AtomicUsize>,
    /// The path whose requests wait for their answer; empty: none.
    held: Arc<watch::Sender<&'static str>>,
    /// The token that counts.
    pub(crate) valid: Arc<Mutex<String>>,
}

impl Vendor {
    pub(crate) async fn start(
        answer: impl Fn(&Asked, &Self) -> Response + Send + Sync + 'static,
    ) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let vendor = Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            answer: Arc::new(answer),
            asked: Arc::default(),
            given: Arc::default(),
            held: Arc::default(),
            valid: Arc::default(),
        };
        let app = Router::new().fallback(handle).with_state(vendor.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        vendor
    }

    /// Makes up a token, the only one that counts from now on.
    pub(crate) fn give(&self) -> String {
        let number = self.given.fetch_add(1, Ordering::SeqCst) + 1;
        let token = format!("token-{number}-{}", crate::SECRET);
        self.valid.lock().unwrap().clone_from(&token);
        token
    }

    pub(crate) fn given(&self) -> usize {
        self.given.load(Ordering::SeqCst)
    }

    /// Lets requests to a path wait for their answer until [`Self::release`].
    pub(crate) fn hold(&self, path: &'static str) {
        self.held.send_replace(path);
    }

    pub(crate) fn release(&self) {
        self.held.send_replace("");
    }

    pub(crate) fn revoke(&self) {
        self.valid.lock().unwrap().clear();
    }

    /// Whether a text ends with the token that counts.
    pub(crate) fn accepts(&self, text: &str) -> bool {
        let valid = self.valid.lock().unwrap();
        !valid.is_empty() && text.ends_with(valid.as_str())
    }

    /// The requests to a path so far.
    pub(crate) fn asked(&self, path: &str) -> Vec<Asked> {
        self.asked
            .lock()
            .unwrap()
            .iter()
            .filter(|asked| asked.uri.path() == path)
            .cloned()
            .collect()
    }
}

async fn handle(
    State(vendor): State<Vendor>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let asked = Asked { method, uri, headers, body };
    vendor.asked.lock().unwrap().push(asked.clone());
    let mut held = vendor.held.subscribe();
    held.wait_for(|path| *path != asked.uri.path()).await.unwrap();
    (vendor.answer)(&asked, &vendor)
}

pub(crate) fn answer(status: u16, body: &Value) -> Response {
    (
        StatusCode::from_u16(status).unwrap(),
        [("content-type", "application/json")],
        body.to_string(),
    )
        .into_response()
}

pub(crate) fn refused() -> Response {
    answer(401, &json!({"code": "unauthorized", "message": format!("no {}", crate::SECRET)}))
}
