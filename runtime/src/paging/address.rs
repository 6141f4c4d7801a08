//! The URL of a next page, absolute or relative.

use url::Url;

use super::next::Fetched;
use crate::auth::Authenticator;
use crate::error::Error;
use crate::untyped::Untyped;

/// What the path of a relative URL is relative to.
#[derive(Clone, Copy)]
pub(super) enum Base<'p> {
    /// The server: vendors write what comes after its URL, not what RFC 3986 would resolve. A URL that does not begin with a slash is relative to
    /// the URL of the request.
    Server,
    /// A URL in the response.
    Given(&'p str),
    /// The URL of the request, as in RFC 3986.
    Request,
}

/// The call for a page by its URL. Fails if that is not on a host of the integration, or is the URL of this page.
pub(super) fn at_address(page: &Fetched<'_>, text: &str, base: Base<'_>) -> Result<Untyped, Error> {
    let call = page.call;
    let url = match Url::parse(text) {
        Ok(url) => url,
        Err(_) => relative(page, text, base)
            .map_err(|problem| page.error(problem))?
            .ok_or_else(|| page.error("the URL of the next page is not valid"))?,
    };
    let url = without_keys(call, url);
    if !call.client.owns(&url) || call.address.as_ref() == Some(&url) {
        return Err(page.error(
            "the URL of the next page is not on a host of the integration, or is the URL of the same page",
        ));
    }
    Ok(Untyped { address: Some(url), skip: 0, ..call.clone() })
}

fn relative(page: &Fetched<'_>, text: &str, base: Base<'_>) -> Result<Option<Url>, String> {
    let request = || Url::parse(page.raw.address.as_deref()?).ok()?.join(text).ok();
    Ok(match base {
        Base::Given(base) => resolve(base, text),
        Base::Server if text.starts_with('/') => {
            let step = page.call.action.steps.last().and_then(|step| step.server.as_deref());
            resolve(page.call.client.address(step)?, text)
        }
        Base::Server | Base::Request => request(),
    })
}

/// Some vendors repeat the key of a request in the URL of the next page. It is added again for each request and must not be kept in tokens.
fn without_keys(call: &Untyped, mut url: Url) -> Url {
    let keys = call.client.authenticator().map(Authenticator::query_keys).unwrap_or_default();
    let is_key = |name: &str| keys.contains(&name);
    if !url.query_pairs().any(|(name, _)| is_key(&name)) {
        return url;
    }
    let pairs = url.query().unwrap_or_default().split('&').map(str::to_owned).collect::<Vec<_>>();
    let kept = pairs.into_iter().filter(|pair| {
        let name = url::form_urlencoded::parse(pair.as_bytes()).next();
        !name.is_some_and(|(name, _)| is_key(&name))
    });
    let query = kept.collect::<Vec<_>>().join("&");
    url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
    url
}

fn resolve(base: &str, relative: &str) -> Option<Url> {
    let base_url = Url::parse(base).ok()?;
    let path = base_url.path().trim_end_matches('/');
    // Some vendors repeat the path of the server in what they call relative.
    let repeats =
        !path.is_empty() && relative.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
    if repeats || !relative.starts_with('/') || relative.starts_with("//") {
        return base_url.join(relative).ok();
    }
    Url::parse(&format!("{}{relative}", base.trim_end_matches('/'))).ok()
}
