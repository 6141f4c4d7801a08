//! The preview: the built site on loopback, built anew and reloaded when something changes.

use std::net::Ipv4Addr;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION};
use axum::http::{HeaderValue, Response, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, Sse};
use axum::routing::get;
use futures_util::Stream;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tokio::sync::{broadcast, mpsc};

use crate::options::Options;

/// How long to wait for more changes after one: an editor or a generator writes many files.
const SETTLE: Duration = Duration::from_millis(150);
/// Reloads the page that has it. The preview adds it; a built site has nothing of it.
const RELOAD: &str = "new EventSource('/-/reload').onmessage = () => location.reload();\n";

struct Preview {
    out: PathBuf,
    base_path: String,
    changed: broadcast::Sender<()>,
}

/// A loopback port; 0 takes a free one.
pub async fn bind(port: u16) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.with_context(|| format!("port {port}"))
}

/// Serves a built site until the process ends. `sources` are watched; on a change `rebuild` runs, and pages that are open reload.
pub async fn serve(
    listener: TcpListener,
    options: &Options,
    sources: &[PathBuf],
    mut rebuild: impl FnMut() -> bool + Send + 'static,
) -> Result<()> {
    let (changed, _) = broadcast::channel(4);
    let (watcher, mut events) = watch(sources)?;
    let preview = Arc::new(Preview {
        out: options.out.clone(),
        base_path: options.base_path.clone(),
        changed: changed.clone(),
    });
    // A thread of its own: a build may take seconds, and ends with the process.
    std::thread::spawn(move || {
        while events.blocking_recv().is_some() {
            std::thread::sleep(SETTLE);
            while events.try_recv().is_ok() {}
            if rebuild() {
                // Nobody listens while no page is open.
                let _ = changed.send(());
            }
        }
        drop(watcher);
    });
    let router = Router::new()
        .route("/-/reload", get(reload))
        .route("/-/reload.js", get(async || ([(CONTENT_TYPE, "text/javascript")], RELOAD)))
        .fallback(get(file))
        .layer(middleware::from_fn(local))
        .with_state(preview);
    axum::serve(listener, router).await.context("the server ended")
}

fn watch(sources: &[PathBuf]) -> Result<(RecommendedWatcher, mpsc::UnboundedReceiver<()>)> {
    let (sender, receiver) = mpsc::unbounded_channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| {
            event.kind.is_create() || event.kind.is_modify() || event.kind.is_remove()
        }) {
            let _ = sender.send(());
        }
    })?;
    for source in sources {
        watcher
            .watch(source, RecursiveMode::Recursive)
            .with_context(|| format!("{}", source.display()))?;
    }
    Ok((watcher, receiver))
}

async fn reload(
    State(preview): State<Arc<Preview>>,
) -> Sse<impl Stream<Item = Result<Event, std::convert::Infallible>>> {
    let changes = preview.changed.subscribe();
    Sse::new(futures_util::stream::unfold(changes, async |mut changes| {
        changes.recv().await.ok().map(|()| (Ok(Event::default().data("changed")), changes))
    }))
}

async fn file(State(preview): State<Arc<Preview>>, uri: Uri) -> Response<Body> {
    let path = percent_decode_str(uri.path()).decode_utf8_lossy().into_owned();
    let Some(path) = path.strip_prefix(&preview.base_path) else {
        return redirect(&preview.base_path);
    };
    // Nothing is opened before the path and its target are known to be in the site.
    let is_safe = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    if is_safe && let Some(file) = below(&preview.out, path) {
        if file.is_dir() && !path.is_empty() && !path.ends_with('/') {
            return redirect(&format!("{}{path}/", preview.base_path));
        }
        let file = if file.is_dir() { file.join("index.html") } else { file };
        if file.is_file()
            && let Ok(contents) = tokio::fs::read(&file).await
        {
            return respond(StatusCode::OK, &file, contents);
        }
    }
    let page = preview.out.join("404.html");
    let contents = tokio::fs::read(&page).await.unwrap_or_default();
    respond(StatusCode::NOT_FOUND, &page, contents)
}

/// What stands at a path of the site; `None` if nothing does, or if it leads out of the site through a link.
fn below(site: &Path, path: &str) -> Option<PathBuf> {
    let site = site.canonicalize().ok()?;
    let found = site.join(path.trim_end_matches('/')).canonicalize().ok()?;
    (found.starts_with(&site) && (found.is_dir() || !path.ends_with('/'))).then_some(found)
}

/// Refuses requests that name another host: a page of another site whose name was made to mean this machine (DNS rebinding).
async fn local(request: Request, next: Next) -> Response<Body> {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    if host.is_some_and(is_loopback) {
        next.run(request).await
    } else {
        let mut response = Response::new(Body::from("this server answers to localhost only\n"));
        *response.status_mut() = StatusCode::MISDIRECTED_REQUEST;
        response
    }
}

/// Whether a host, with or without a port, is this machine.
fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

fn respond(status: StatusCode, file: &Path, mut contents: Vec<u8>) -> Response<Body> {
    let kind = match file.extension().and_then(|extension| extension.to_str()) {
        Some("md") => "text/markdown".to_owned(),
        _ => mime_guess::from_path(file).first_or_octet_stream().to_string(),
    };
    if kind == "text/html" {
        contents.extend_from_slice(b"<script src=\"/-/reload.js\"></script>\n");
    }
    let kind = if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind };
    let mut response = Response::new(Body::from(contents));
    *response.status_mut() = status;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(kind) = HeaderValue::from_str(&kind) {
        response.headers_mut().insert(CONTENT_TYPE, kind);
    }
    response
}

fn redirect(to: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::TEMPORARY_REDIRECT;
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}
