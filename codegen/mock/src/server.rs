//! The server: loopback only, one answer a request.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use actionspec_codegen::catalog::{Catalog, Protocol};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::HOST;
use axum::http::{Request, Response, StatusCode, Uri};
use axum::routing::any;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::paging::Asked;
use crate::read::{Body as Content, Incoming};
use crate::routes::{Found, Route};
use crate::{answer, check, lines, read, routes, scheme, sql};

/// The largest request body, 64 MiB.
const MOST_BYTES: usize = 64 << 20;

/// Running servers; they stop when this value is dropped.
pub struct Mock {
    http: SocketAddr,
    /// The addresses of integrations that are not HTTP, by slug.
    others: Vec<(String, String)>,
    tasks: Vec<JoinHandle<std::io::Result<()>>>,
}

impl Mock {
    /// Starts servers on loopback: HTTP on this port, and each integration that speaks something else on the next; 0 takes free ones. Must be
    /// called within a tokio runtime.
    pub async fn start(catalog: Catalog, port: u16) -> std::io::Result<Self> {
        let http = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let mut mock = Self { http: http.local_addr()?, others: Vec::new(), tasks: Vec::new() };
        let mut next = port;
        for integration in &catalog.integrations {
            let protocol = integration.protocol();
            if protocol == Protocol::Http {
                continue;
            }
            if port > 0 {
                next =
                    next.checked_add(1).ok_or_else(|| std::io::Error::other("no port is left"))?;
            }
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, next)).await?;
            let address = listener.local_addr()?;
            let own = Arc::new(integration.clone());
            let (scheme, task) = match protocol {
                Protocol::Tds => ("tds+plain", tokio::spawn(sql::serve(listener, own))),
                Protocol::Tcp | Protocol::Http => {
                    ("tcp", tokio::spawn(lines::serve(listener, own)))
                }
            };
            mock.others.push((integration.slug.clone(), format!("{scheme}://{address}")));
            mock.tasks.push(task);
        }
        mock.tasks.push(tokio::spawn(serve(http, catalog)));
        Ok(mock)
    }

    /// What stands for the address of an integration's server: `http://127.0.0.1:4010/confluence`, `tcp://127.0.0.1:4011`.
    #[must_use]
    pub fn base_url(&self, integration_slug: &str) -> String {
        let other = self.others.iter().find(|(slug, _)| slug == integration_slug);
        other.map_or_else(
            || format!("http://{}/{integration_slug}", self.http),
            |(_, address)| address.clone(),
        )
    }

    /// Serves until accepting fails.
    pub async fn wait(mut self) -> std::io::Result<()> {
        for task in &mut self.tasks {
            task.await.map_err(std::io::Error::other)??;
        }
        Ok(())
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

async fn serve(listener: TcpListener, catalog: Catalog) -> std::io::Result<()> {
    let catalog = Arc::new(catalog);
    let router = Router::new().fallback(any(move |request| handle(Arc::clone(&catalog), request)));
    axum::serve(listener, router).await
}

/// Whether a host, with or without a port, is this machine. A page of another site can make its own name mean this machine (DNS rebinding),
/// but not this one.
fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

async fn handle(catalog: Arc<Catalog>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let host = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
    if !host.is_some_and(is_loopback) {
        return answer::response(
            StatusCode::MISDIRECTED_REQUEST,
            "text/plain",
            b"this server answers to localhost only\n".to_vec(),
        );
    }
    let wanted = parts
        .headers
        .get("x-mock-status")
        .and_then(|value| value.to_str().ok()?.parse::<StatusCode>().ok());
    if let Some(response) = scheme::grant(&catalog, parts.method.as_str(), parts.uri.path()) {
        return response;
    }
    let candidates = match routes::find(&catalog, parts.method.as_str(), parts.uri.path()) {
        Found::Routes(candidates) => candidates,
        Found::OtherMethod(integration) => {
            return answer::error(
                integration,
                StatusCode::METHOD_NOT_ALLOWED,
                &format!("no action sends {} to this path", parts.method),
            );
        }
        Found::NoPath(integration) => {
            return answer::error(
                integration,
                StatusCode::NOT_FOUND,
                &format!("no action sends a request to {}", parts.uri.path()),
            );
        }
        Found::NoIntegration => {
            return answer::response(
                StatusCode::NOT_FOUND,
                "text/plain",
                b"no such integration\n".to_vec(),
            );
        }
    };
    let body = match to_bytes(body, MOST_BYTES).await {
        Ok(bytes) => read::body(&parts.headers, bytes.to_vec()).await,
        Err(_) => Content::Broken("the body is larger than this server takes".to_owned()),
    };
    let incoming = Incoming {
        query: read::pairs(parts.uri.query().unwrap_or_default().as_bytes()),
        headers: parts.headers,
        body,
    };
    respond(&candidates, &incoming, &parts.uri, wanted)
}

fn respond(
    candidates: &[(Route<'_>, Vec<(String, String)>)],
    incoming: &Incoming,
    uri: &Uri,
    wanted: Option<StatusCode>,
) -> Response<Body> {
    let mut agreeing: Vec<_> =
        candidates.iter().filter(|(route, _)| check::constants_agree(route, incoming)).collect();
    // A whole action is meant more than a step of another, and then who says more of what never varies.
    agreeing.sort_by_key(|(route, _)| {
        let http = route.http;
        (
            !route.is_last(),
            std::cmp::Reverse(http.query.len() + http.headers.len() + http.constants.len()),
        )
    });
    let Some((first, _)) = agreeing.first() else {
        let (route, _) = &candidates[0];
        return answer::error(
            route.integration,
            StatusCode::BAD_REQUEST,
            &format!("the constants of `{}` are not in the request", route.action.id),
        );
    };
    if !scheme::is_authenticated(first.integration, incoming) {
        return answer::error(
            first.integration,
            StatusCode::UNAUTHORIZED,
            "no credentials of a declared kind",
        );
    }
    if let Some(status) = wanted {
        return answer::error(first.integration, status, &answer::meaning(first, status));
    }
    let mut complaints = Vec::new();
    let host = incoming.headers.get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    for (route, path) in &agreeing {
        let problems = check::problems(route, path, incoming);
        if problems.is_empty() {
            let url = format!("http://{host}{uri}");
            return answer::success(&Asked { route: *route, path, incoming, url }, host);
        }
        if complaints.is_empty() {
            complaints = problems;
        }
    }
    answer::error(first.integration, StatusCode::BAD_REQUEST, &complaints.join("; "))
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_this_machine_is_a_host() {
        for host in ["localhost", "localhost:4010", "127.0.0.1:4010", "[::1]:4010", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["", "example.com", "localhost.example.com", "127.0.0.1.example.com:4010"] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
