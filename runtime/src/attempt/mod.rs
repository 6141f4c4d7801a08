//! One request of an action on its way: limits, credentials, tries; `redirect` says where an answer leads.

mod redirect;

use std::error::Error as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::response::Parts as Head;
use http::{HeaderMap, HeaderValue, Response as HttpResponse, StatusCode};
use tokio::time::Instant;
use url::Url;

use crate::auth::{Authenticator, Problem, Signable, UsedGrant};
use crate::client::Reach;
use crate::descriptor::Protocol;
use crate::encode::PreparedRequest;
use crate::error::{Error, ErrorKind, MAX_BODY as MAX_ERROR_BODY};
use crate::transport::{Body, Incomplete, MostBytes, Stranger, TransportError, Watch};
use crate::untyped::Untyped;
use crate::{referral, retry};

pub(crate) use redirect::Stays;

/// Where a call stands: when it must be done, and how often it sent something.
pub(crate) struct Progress {
    deadline: Option<Instant>,
    pub(crate) tries: u32,
    /// The last answer is given as it comes.
    pub(crate) streams: bool,
    /// What is to come of it. A mutex lets the future move between threads: a body belongs to one at a time.
    rest: Mutex<Option<Body>>,
    /// The values of headers that carried credentials.
    sent: Mutex<Vec<HeaderValue>>,
}

impl Progress {
    pub(crate) fn new(deadline: Option<Duration>, streams: bool) -> Self {
        Self {
            deadline: deadline.and_then(|limit| Instant::now().checked_add(limit)),
            tries: 0,
            streams,
            rest: Mutex::default(),
            sent: Mutex::default(),
        }
    }

    /// Remembers the credentials of a request that is about to be sent, so that no error shows them.
    fn remember(&self, headers: &HeaderMap) {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        for value in headers.values().filter(|value| value.is_sensitive()) {
            if !sent.contains(value) {
                sent.push(value.clone());
            }
        }
    }

    /// The values of headers that carried credentials.
    pub(crate) fn sent(&mut self) -> &[HeaderValue] {
        self.sent.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_rest(&mut self, rest: Option<Body>) {
        *self.rest.get_mut().unwrap_or_else(PoisonError::into_inner) = rest;
    }

    pub(crate) fn into_rest(self) -> Option<Body> {
        self.rest.into_inner().unwrap_or_else(PoisonError::into_inner)
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
pub(crate) async fn send(
    call: &Untyped,
    request: PreparedRequest,
    progress: &mut Progress,
    streams: bool,
) -> Result<Answer, Error> {
    let policy = &call.action.integration.retry;
    let limits = call.client.limits();
    let most = call.client.max_tries().unwrap_or(policy.max_tries()).max(1);
    let may_repeat = retry::is_safe(call.action) && request.is_repeatable();
    let mut renewed = false;
    let mut tries = 0;
    loop {
        tries += 1;
        progress.tries += 1;
        let (result, used) = follow(call, &request, progress, streams).await;
        if let (Ok(answer), Some(used)) = (&result, &used)
            && answer.response.status() == StatusCode::UNAUTHORIZED
            && !renewed
            && request.is_repeatable()
            && call
                .client
                .authenticator()
                .is_some_and(|authenticator| authenticator.refused(used, answer.response.headers()))
        {
            // The vendor looked at the credentials and at nothing else: this is no second attempt of the action.
            renewed = true;
            tries -= 1;
            continue;
        }
        let asked = match &result {
            Ok(Answer { response, .. }) => {
                let (integration, headers) = (call.action.integration, response.headers());
                let exhausted = retry::exhausted(integration, headers);
                if let Some(wait) = exhausted {
                    limits.pause(wait.min(retry::LONGEST_WAIT));
                }
                if !retry::passes(integration, response.status(), headers) {
                    if tries == 1 {
                        limits.earn();
                    }
                    return result;
                }
                let limited = retry::is_limit(integration, response.status(), headers);
                retry::asked_wait(integration, headers).or(exhausted.filter(|_| limited))
            }
            Err(error) if error.may_be_lost() => None,
            Err(_) => return result,
        };
        let wait = asked.unwrap_or_else(|| retry::pause(tries));
        if !may_repeat || tries >= most || wait > retry::LONGEST_WAIT {
            return result;
        }
        let Some(retry) = limits.spend() else { return result };
        if !progress.pause(wait).await {
            return result;
        }
        retry.used();
        tracing::debug!(action = %call.action.name(), tries, "sent again");
    }
}

/// One try, with the redirects that it leads to. They are followed for what only reads; to another host nothing goes along that tells
/// who the client is.
async fn follow(
    call: &Untyped,
    request: &PreparedRequest,
    progress: &Progress,
    streams: bool,
) -> (Result<Answer, Error>, Option<UsedGrant>) {
    if request.hops().is_some() {
        return (Box::pin(refer(call, request, progress)).await, None);
    }
    let mut moved: Option<PreparedRequest> = None;
    let mut last: Option<(Answer, Option<UsedGrant>)> = None;
    for redirects in 0.. {
        let current = moved.as_ref().unwrap_or(request);
        let (answer, used) = match (once(call, current, progress, streams).await, last) {
            (Ok(answer), _) => answer,
            (Err(error), Some((answer, used))) if is_private_network(&error) => {
                return (Ok(answer.stays(Stays::PrivateNetwork)), used);
            }
            (Err(error), _) => return (Err(error), None),
        };
        match redirect::next(call, current, &answer.response, redirects) {
            Ok((url, same_host)) => {
                moved = Some(current.clone().moved_to(&url, same_host));
                last = Some((answer, used));
            }
            Err(stays) => {
                return (Ok(answer.stays(stays)), used);
            }
        }
    }
    (Err(Error::new(ErrorKind::Build, call.action, "no request was sent")), None)
}

/// Whether nothing was sent, because a response led into a private network.
fn is_private_network(error: &Error) -> bool {
    error
        .source()
        .and_then(|source| source.downcast_ref::<TransportError>())
        .is_some_and(TransportError::is_private_network)
}

/// One try of a line, with the servers that its answers name: the last answer counts.
async fn refer(
    call: &Untyped,
    request: &PreparedRequest,
    progress: &Progress,
) -> Result<Answer, Error> {
    let mut current = request.clone();
    let mut asked = Vec::new();
    let mut last: Option<Answer> = None;
    loop {
        let answer = match (once(call, &current, progress, false).await, last) {
            (Ok((answer, _)), _) => answer,
            (Err(error), Some(answer)) if is_private_network(&error) => return Ok(answer),
            (Err(error), _) => return Err(error),
        };
        asked.push(current.url().to_owned());
        match referral::next(&call.client, &current, answer.response.body(), &asked) {
            Some(next) => current = next,
            None => return Ok(answer),
        }
        last = Some(answer);
    }
}

async fn once(
    call: &Untyped,
    request: &PreparedRequest,
    progress: &Progress,
    streams: bool,
) -> Result<(Answer, Option<UsedGrant>), Error> {
    let exchange = async {
        if let Some(authenticator) = authenticator(call, request) {
            // Boxed, because most calls need no token, and it need not make every call's future large.
            Box::pin(authenticator.prepare(&call.client))
                .await
                .map_err(|problem| problem.into_error(call.action))?;
        }
        let _permit = call.client.limits().turn().await;
        let sendable = request.to_sendable();
        let sendable = sendable
            .map_err(|error| build_error(call, &format!("the request cannot be built: {error}")))?;
        let (head, Some(body)) = sendable.into_parts() else {
            return Err(build_error(
                call,
                "a streamed file was already sent; create a new request",
            ));
        };
        let mut http = http::Request::from_parts(head, body);
        if call.client.integration().protocol() == Protocol::Tds {
            http.extensions_mut().insert(MostBytes(call.client.max_response_bytes()));
        }
        if request.is_bare() {
            let reach = Url::parse(request.url()).map(|url| call.client.reach(&url));
            let stranger = match reach {
                Ok(Reach::Own) => None,
                Ok(Reach::Any) => Some(Stranger::new(false)),
                Ok(Reach::PublicOnly) => Some(Stranger::new(true)),
                Ok(Reach::Nowhere) | Err(_) => {
                    return Err(lost(call, request, TransportError::private_network()));
                }
            };
            stranger.map(|stranger| http.extensions_mut().insert(stranger));
        }
        let used = authenticate(call, request, &mut http).await?;
        progress.remember(http.headers());
        let limit = progress.left().map_or(request.timeout(), |left| left.min(request.timeout()));
        // Who sends a file that streams is busy, not silent.
        let received = if request.is_repeatable() {
            tokio::time::timeout(limit, receive(call, request, http, streams)).await.ok()
        } else {
            let watch = Watch::default();
            let http = http.map(|body| watch.over(body));
            Box::pin(watch.in_time(limit, receive(call, request, http, streams))).await
        };
        let answer = received.unwrap_or_else(|| Err(ReceiveError::Lost(TransportError::timeout())));
        let from = if call.client.integration().protocol() == Protocol::Http {
            String::new()
        } else {
            request.url().to_owned()
        };
        answer
            .map(|answer| (Answer { from, ..answer }, used))
            .map_err(|failed| failed.into_error(call, request))
    };
    // In one place for both ways to wait: it is large.
    let exchange = std::pin::pin!(exchange);
    match progress.deadline {
        None => exchange.await,
        Some(deadline) => match tokio::time::timeout_at(deadline, exchange).await {
            Ok(result) => result,
            Err(_) => Err(lost(call, request, TransportError::timeout())),
        },
    }
}

fn build_error(call: &Untyped, message: &str) -> Error {
    Error::new(ErrorKind::Build, call.action, message)
}

/// An answer: read to its end, or with the rest of its body still to come.
pub(crate) struct Answer {
    pub(crate) response: HttpResponse<Bytes>,
    pub(crate) rest: Option<Body>,
    /// The address that gave it, where that is not HTTP.
    pub(crate) from: String,
}

impl Answer {
    /// The answer to a redirect that is not followed.
    fn stays(mut self, why: Stays) -> Self {
        if why != Stays::NoRedirect {
            self.response.extensions_mut().insert(why);
        }
        self
    }
}

/// Why there is no answer.
enum ReceiveError {
    Lost(TransportError),
    TooLong { head: Option<Box<Head>>, first: Bytes },
}

impl ReceiveError {
    fn into_error(self, call: &Untyped, request: &PreparedRequest) -> Error {
        match self {
            Self::Lost(error) => lost(call, request, error),
            Self::TooLong { head, first } => {
                let most = call.client.max_response_bytes();
                let is_http = call.client.integration().protocol() == Protocol::Http;
                let head = head.filter(|_| is_http);
                let stream = if is_http { "read it as a stream, or " } else { "" };
                let message = format!(
                    "the response exceeds {most} bytes; {stream}raise `max_response_bytes`"
                );
                Error::new(ErrorKind::TooLarge, call.action, message).with(|details| {
                    details.body = first;
                    if let Some(head) = head {
                        details.status = Some(head.status);
                        details.headers = head.headers;
                    }
                })
            }
        }
    }
}

/// Sends a request and reads the answer; of a success that streams, the head alone. Of a failure the first bytes are enough.
async fn receive(
    call: &Untyped,
    request: &PreparedRequest,
    http: http::Request<Body>,
    streams: bool,
) -> Result<Answer, ReceiveError> {
    let response = call.client.transport().send(http).await.map_err(|error| {
        if error.is_too_long() {
            ReceiveError::TooLong { head: None, first: Bytes::new() }
        } else {
            ReceiveError::Lost(error)
        }
    })?;
    let (head, body) = response.into_parts();
    let succeeds = request.succeeds(head.status);
    if streams && succeeds {
        return Ok(Answer {
            response: HttpResponse::from_parts(head, Bytes::new()),
            rest: Some(body),
            from: String::new(),
        });
    }
    let most = if succeeds { call.client.max_response_bytes() } else { MAX_ERROR_BODY };
    let bytes = match body.collect(most).await {
        Ok(bytes) => bytes,
        Err(Incomplete::TooLong(first)) if !succeeds => first,
        Err(Incomplete::TooLong(first)) => {
            return Err(ReceiveError::TooLong { head: Some(Box::new(head)), first });
        }
        Err(Incomplete::Lost(error)) => return Err(ReceiveError::Lost(error)),
    };
    Ok(Answer { response: HttpResponse::from_parts(head, bytes), rest: None, from: String::new() })
}

/// The authenticator, if it adds credentials to this request right before it is sent.
fn authenticator<'a>(call: &'a Untyped, request: &PreparedRequest) -> Option<&'a Authenticator> {
    call.client
        .authenticator()
        .filter(|authenticator| authenticator.is_dynamic() && !request.is_bare())
}

/// Adds credentials that are not in the request already.
async fn authenticate(
    call: &Untyped,
    request: &PreparedRequest,
    http: &mut http::Request<Body>,
) -> Result<Option<UsedGrant>, Error> {
    let Some(authenticator) = authenticator(call, request) else { return Ok(None) };
    let failed = |problem: Problem| problem.into_error(call.action);
    let invalid = || failed(Problem::build("the address is not valid"));
    let mut url = Url::parse(request.url()).map_err(|_| invalid())?;
    let query = url.query().map(str::to_owned);
    let method = http.method().clone();
    // What streams is not signed.
    let in_memory = http.body().as_bytes();
    let streams = in_memory.is_none();
    let body = in_memory.unwrap_or_default();
    let mut signable = Signable {
        method: &method,
        url: &mut url,
        headers: http.headers_mut(),
        body: &body,
        streams,
    };
    // A token may have ended while the request waited for its turn.
    let used = Box::pin(authenticator.apply(&call.client, &mut signable, request.server()))
        .await
        .map_err(failed)?;
    if url.query() != query.as_deref() {
        *http.uri_mut() = url.as_str().parse().map_err(|_| invalid())?;
    }
    Ok(Some(used))
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
    Error::new(kind, call.action, message).with(|details| {
        details.retryable = retry::is_safe(call.action);
        details.source = Some(Box::new(error));
    })
}
