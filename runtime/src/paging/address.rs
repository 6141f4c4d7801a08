//! The URL of a next page, absolute or relative.

use url::Url;

use crate::auth::Authenticator;
use crate::call::Untyped;
use crate::error::{Error, ErrorKind};

/// A relative address follows the server's: vendors write what comes after it, not what RFC 3986 would resolve.
pub(super) fn at_address(call: &Untyped, text: &str, base: Option<&str>) -> Result<Untyped, Error> {
    let failed = |message: &str| Error::new(ErrorKind::Decode, call.action, message.to_owned());
    let url = match (Url::parse(text), base) {
        (Ok(url), _) => url,
        (Err(_), base) => {
            let step = call.action.steps.last().and_then(|step| step.server);
            let server = call.client.address(step).map_err(|problem| failed(&problem))?;
            resolve(base.unwrap_or(server), text)
                .ok_or_else(|| failed("the URL of the next page is not valid"))?
        }
    };
    let url = without_keys(call, url);
    if !call.client.owns(&url) || call.address.as_ref() == Some(&url) {
        return Err(failed(
            "the URL of the next page is not on a host of the integration, or is the URL of the same page",
        ));
    }
    Ok(Untyped { address: Some(url), ..call.clone() })
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
