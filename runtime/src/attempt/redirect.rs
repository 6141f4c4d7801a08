//! Redirects: which are followed, and why others are not.

use bytes::Bytes;
use http::header::LOCATION;
use http::{Method, Response};
use url::Url;

use crate::client::Reach;
use crate::encode::PreparedRequest;
use crate::untyped::Untyped;

/// How many redirects are followed.
const MAX_REDIRECTS: usize = 5;

/// Why a redirect is not followed. It is among the extensions of the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stays {
    /// There is none.
    NoRedirect,
    /// What changes something would happen somewhere else.
    Writes,
    /// It names no address, or one with credentials, or one without TLS after one with it.
    BadAddress,
    TooMany,
    PrivateNetwork,
}

impl Stays {
    /// What the message of an error says.
    pub(crate) fn reason(self) -> Option<&'static str> {
        match self {
            Self::NoRedirect => None,
            Self::Writes => Some("the server redirects, which only GET and HEAD follow"),
            Self::BadAddress => Some("the server redirects to a URL that is not followed"),
            Self::TooMany => Some("the server redirects too often"),
            Self::PrivateNetwork => Some(
                "the server redirects to a host in a private network, which is not followed unless `allow_private_networks` is set",
            ),
        }
    }
}

/// Where a redirect leads, and whether that is the same host. Not from TLS to plain text, not with credentials in its address, and not into a
/// private network. `redirects` were followed so far.
pub(super) fn next(
    call: &Untyped,
    request: &PreparedRequest,
    response: &Response<Bytes>,
    redirects: usize,
) -> Result<(Url, bool), Stays> {
    if request.succeeds(response.status())
        || !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308)
    {
        return Err(Stays::NoRedirect);
    }
    if *request.method() != Method::GET && *request.method() != Method::HEAD {
        return Err(Stays::Writes);
    }
    let from = Url::parse(request.url()).map_err(|_| Stays::BadAddress)?;
    let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    let to = location.and_then(|location| from.join(location).ok()).ok_or(Stays::BadAddress)?;
    let plain = to.username().is_empty() && to.password().is_none();
    let as_safe = to.scheme() == "https" || (to.scheme() == "http" && from.scheme() == "http");
    if !plain || !as_safe {
        return Err(Stays::BadAddress);
    }
    if call.client.reach(&to) == Reach::Nowhere {
        return Err(Stays::PrivateNetwork);
    }
    if redirects >= MAX_REDIRECTS {
        return Err(Stays::TooMany);
    }
    let same_host = to.origin() == from.origin() && !request.is_bare();
    Ok((to, same_host))
}
