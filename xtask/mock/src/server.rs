//! The server: loopback only, one answer a request.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use actionspec_codegen::catalog::Catalog;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::HOST;
use axum::http::{Request, Response, StatusCode};
use axum::routing::any;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::read::{Body as Content, Incoming};
use crate::routes::{Found, Route};
use crate::{answer, check, login, read, routes};

/// The largest request body, 64 MiB.
const MOST_BYTES: usize = 64 << 20;

/// A running server; it stops when this value is dropped.
pub struct Mock {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Mock {
    /// Starts a server on a loopback port; 0 takes a free one. Must be called within a tokio runtime.
    pub async fn start(catalog: Catalog, port: u16) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(async move {
            // An accept error ends the server; its clients then see refused connections.
            let _ = serve(listener, catalog).await;
        });
        Ok(Self { address, task })
    }

    /// What stands for the address of an integration's server: `http://127.0.0.1:4010/confluence`.
    #[must_use]
    pub fn base_url(&self, integration_slug: &str) -> String {
        format!("http://{}/{integration_slug}", self.address)
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Serves until accepting fails.
pub async fn serve(listener: TcpListener, catalog: Catalog) -> std::io::Result<()> {
    let catalog = Arc::new(catalog);
    let router = Router::new().fallback(any(move |request| handle(Arc::clone(&catalog), request)));
    axum::serve(listener, router).await
}

async fn handle(catalog: Arc<Catalog>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let wanted = parts.headers.get("x-mock-status").and_then(|value| value.to_str().ok()?.parse::<StatusCode>().ok());
    if let Some(response) = login::answer(&catalog, &parts.method, parts.uri.path()) {
        return response;
    }
    let candidates = match routes::find(&catalog, parts.method.as_str(), parts.uri.path()) {
        Found::Routes(candidates) => candidates,
        Found::OtherMethod(integration) => {
            return answer::error(integration, StatusCode::METHOD_NOT_ALLOWED, &format!("no action sends {} to this path", parts.method));
        }
        Found::NoPath(integration) => {
            return answer::error(integration, StatusCode::NOT_FOUND, &format!("no action sends a request to {}", parts.uri.path()));
        }
        Found::NoIntegration => return answer::response(StatusCode::NOT_FOUND, "text/plain", b"no such integration\n".to_vec()),
    };
    let body = match to_bytes(body, MOST_BYTES).await {
        Ok(bytes) => read::body(&parts.headers, bytes.to_vec()).await,
        Err(_) => Content::Broken("the body is larger than this server takes".to_owned()),
    };
    let incoming = Incoming { query: read::pairs(parts.uri.query().unwrap_or_default().as_bytes()), headers: parts.headers, body };
    respond(&candidates, &incoming, wanted)
}

fn respond(candidates: &[(Route<'_>, Vec<(String, String)>)], incoming: &Incoming, wanted: Option<StatusCode>) -> Response<Body> {
    let mut agreeing: Vec<_> = candidates.iter().filter(|(route, _)| check::constants_agree(route, incoming)).collect();
    // A whole action is meant more than a step of another, and then who says more of what never varies.
    agreeing.sort_by_key(|(route, _)| {
        let step = route.step();
        (!route.is_last(), std::cmp::Reverse(step.query.len() + step.headers.len() + step.constants.len()))
    });
    let Some((first, _)) = agreeing.first() else {
        let (route, _) = &candidates[0];
        return answer::error(
            route.integration,
            StatusCode::BAD_REQUEST,
            &format!("the constants of `{}` are not in the request", route.action.id),
        );
    };
    if !check::is_authenticated(first, incoming) {
        return answer::error(first.integration, StatusCode::UNAUTHORIZED, "no credentials of a declared kind");
    }
    if let Some(status) = wanted {
        return answer::error(first.integration, status, &answer::meaning(first, status));
    }
    let mut complaints = Vec::new();
    let host = incoming.headers.get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    for (route, path) in &agreeing {
        let problems = check::problems(route, path, incoming);
        if problems.is_empty() {
            return answer::success(route, host);
        }
        if complaints.is_empty() {
            complaints = problems;
        }
    }
    answer::error(first.integration, StatusCode::BAD_REQUEST, &complaints.join("; "))
}
