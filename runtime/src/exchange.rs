//! One request of an action on its way: limits, credentials, tries, redirects.

use std::error::Error as _;
use std::time::Duration;

use bytes::Bytes;
use http::header::LOCATION;
use http::{Method, Response as HttpResponse, StatusCode};
use tokio::time::Instant;
use url::Url;

use crate::auth::{Authenticator, Problem, Proof, Signable};
use crate::call::Untyped;
use crate::encode::PreparedRequest;
use crate::error::{Error, ErrorKind};
use crate::retry;
use crate::transport::TransportError;

/// How many redirects are followed.
const MAX_REDIRECTS: usize = 5;

/// Where a call stands: when it must be done, and how often it sent something.
pub(crate) struct Progress {
    deadline: Option<Instant>,
    pub(crate) tries: u32,
}

impl Progress {
    pub(crate) fn new(deadline: Option<Duration>) -> Self {
        Self { deadline: deadline.and_then(|limit| Instant::now().checked_add(limit)), tries: 0 }
    }

    fn left(&self) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    /// Waits, unless the deadline comes first.
    pub(crate) async fn pause(&self, wait: Duration) -> bool {
        if self.left().is_some_and(|left| left <= wait) {
            return false;
        }
        tokio::time::sleep(wait).await;
        true
    }
}

/// Sends a request until it has an answer that is to be judged, and says how often it may still be tried.
pub(crate) async fn send(call: &Untyped, request: PreparedRequest, progress: &mut Progress) -> Result<HttpResponse<Bytes>, Error> {
    let policy = &call.action.integration.retry;
    let limits = call.client.limits();
    let most = call.client.max_tries().unwrap_or(policy.max_tries).max(1);
    let may_repeat = retry::is_safe(call.action) && request.is_repeatable();
    let mut renewed = false;
    let mut tries = 0;
    loop {
        tries += 1;
        progress.tries += 1;
        let (result, proof) = follow(call, &request, progress).await;
        if let (Ok(response), Some(proof)) = (&result, &proof)
            && response.status() == StatusCode::UNAUTHORIZED
            && !renewed
            && request.is_repeatable()
            && call.client.authenticator().is_some_and(|authenticator| authenticator.refused(proof, response.headers()))
        {
            // The vendor looked at the credentials and at nothing else: this is no second attempt of the action.
            renewed = true;
            tries -= 1;
            continue;
        }
        let asked = match &result {
            Ok(response) => {
                if let Some(wait) = retry::exhausted(call.action.integration, response.headers()) {
                    limits.pause(wait.min(retry::LONGEST_WAIT));
                }
                if !policy.statuses.contains(&response.status().as_u16()) {
                    if tries == 1 {
                        limits.earn();
                    }
                    return result;
                }
                retry::asked_wait(call.action.integration, response.headers())
            }
            Err(error) if error.may_be_lost() => None,
            Err(_) => return result,
        };
        let wait = asked.unwrap_or_else(|| retry::pause(tries));
        let give_up = !may_repeat || tries >= most || wait > retry::LONGEST_WAIT || !limits.spend();
        if give_up || !progress.pause(wait).await {
            return result;
        }
        tracing::debug!(action = %call.action.name(), tries, "sent again");
    }
}

/// One try, with the redirects that it leads to. They are followed for what only reads; to another host nothing goes along that tells
/// who the client is.
async fn follow(call: &Untyped, request: &PreparedRequest, progress: &Progress) -> (Result<HttpResponse<Bytes>, Error>, Option<Proof>) {
    let mut moved: Option<PreparedRequest> = None;
    for redirects in 0.. {
        let current = moved.as_ref().unwrap_or(request);
        let (response, proof) = match once(call, current, progress).await {
            Ok(answer) => answer,
            Err(error) => return (Err(error), None),
        };
        match next_address(current, &response) {
            Some((url, same_host)) if redirects < MAX_REDIRECTS => moved = Some(current.clone().moved_to(&url, same_host)),
            _ => return (Ok(response), proof),
        }
    }
    (Err(Error::new(ErrorKind::Build, call.action, "no request was sent")), None)
}

async fn once(call: &Untyped, request: &PreparedRequest, progress: &Progress) -> Result<(HttpResponse<Bytes>, Option<Proof>), Error> {
    let exchange = async {
        let _permit = call.client.limits().turn().await;
        let mut http = request
            .to_http()
            .map_err(|error| Error::new(ErrorKind::Build, call.action, format!("the request cannot be built: {error}")))?;
        let proof = prove(call, request, &mut http).await?;
        let timeout = progress.left().map_or(request.timeout(), |left| left.min(request.timeout()));
        let response = call.client.transport().send(http, timeout).await.map_err(|error| lost(call, request, error))?;
        Ok((response, proof))
    };
    match progress.deadline {
        None => exchange.await,
        Some(deadline) => match tokio::time::timeout_at(deadline, exchange).await {
            Ok(result) => result,
            Err(_) => Err(lost(call, request, TransportError::timeout())),
        },
    }
}

/// Adds what proves the client, where that is not in the request already.
async fn prove(call: &Untyped, request: &PreparedRequest, http: &mut http::Request<Bytes>) -> Result<Option<Proof>, Error> {
    let dynamic = |authenticator: &&Authenticator| !authenticator.is_fixed() && !request.is_bare();
    let Some(authenticator) = call.client.authenticator().filter(dynamic) else { return Ok(None) };
    let failed = |problem: Problem| {
        let problem = Problem { message: call.scrub(problem.message), code: problem.code.map(|code| call.scrub(code)), ..problem };
        problem.into_error(call.action)
    };
    let url = Url::parse(request.url()).map_err(|_| failed(Problem::build("the address is not valid".to_owned())))?;
    let method = http.method().clone();
    let body = http.body().clone();
    let mut signable = Signable { method: &method, url: &url, headers: http.headers_mut(), body: &body };
    authenticator.apply(&call.client, &mut signable, request.server()).await.map(Some).map_err(failed)
}

/// There is no answer. The whole chain of causes is in the message, because causes of other crates may hold addresses with keys.
fn lost(call: &Untyped, request: &PreparedRequest, error: TransportError) -> Error {
    let kind = if error.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Transport };
    let mut message = format!("{} {}: {error}", request.method(), request.redacted_url());
    let mut cause = error.source();
    while let Some(inner) = cause {
        message.extend([": ", &inner.to_string()]);
        cause = inner.source();
    }
    Error::new(kind, call.action, call.scrub(message)).with(|details| {
        details.retryable = retry::is_safe(call.action);
        details.source = Some(Box::new(error));
    })
}

/// Where a redirect leads, and whether that is the same host. None from TLS to plain text, and none with credentials in its address.
fn next_address(request: &PreparedRequest, response: &HttpResponse<Bytes>) -> Option<(Url, bool)> {
    let reads = *request.method() == Method::GET || *request.method() == Method::HEAD;
    if !reads || !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let from = Url::parse(request.url()).ok()?;
    let to = from.join(response.headers().get(LOCATION)?.to_str().ok()?).ok()?;
    let plain = to.username().is_empty() && to.password().is_none();
    let as_safe = to.scheme() == "https" || (to.scheme() == "http" && from.scheme() == "http");
    let same_host = to.origin() == from.origin() && !request.is_bare();
    (plain && as_safe).then_some((to, same_host))
}
