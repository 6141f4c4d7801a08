//! The call for the page after a response.

use http::header::LINK;
use serde_json::Value;
use url::Url;

use crate::auth::Authenticator;
use crate::call::{Call, Untyped};
use crate::descriptor::{Action, NextPage, Paging, Parameter};
use crate::document::Json;
use crate::error::{Error, ErrorKind};
use crate::response::{Raw, Response};
use crate::view::View;

impl<T: ?Sized> Call<T> {
    /// Returns the call for the page after a response of this call, or `None` after the last page. Fails if the URL of the next page is
    /// not on a host of the integration.
    pub fn next_page(&self, response: &Response<T>) -> Result<Option<Self>, Error> {
        let call = self.untyped();
        let Some(paging) = &call.action.paging else { return Ok(None) };
        Ok(next(call, paging, response.raw())?.map(Self::wrap))
    }
}

pub(super) fn next(call: &Untyped, paging: &Paging, raw: &Raw) -> Result<Option<Untyped>, Error> {
    if !paging.more.is_empty() && says_no(raw.json.pointer(paging.more)) {
        return Ok(None);
    }
    let count = raw.json.pointer(paging.items).and_then(View::length).unwrap_or_default() as u64;
    match &paging.next {
        NextPage::Offset { parameter, total } => {
            Ok(next_offset(call, paging, raw, parameter, total, count))
        }
        NextPage::Page { parameter, first, pages } => {
            Ok(next_number(call, paging, raw, (parameter, *first, pages), count))
        }
        NextPage::Cursor { parameter, next } => Ok(next_cursor(call, raw, parameter, next)),
        NextPage::Cursors(tokens) => Ok(next_cursors(call, raw, tokens)),
        NextPage::Continued { action, parameter, next } => {
            let action = call.action.integration.declared(action);
            Ok(next_action(call, raw, (action, parameter, next), count))
        }
        NextPage::Stateful { parameter, next } => {
            Ok(next_state(call, raw, (parameter, next), count))
        }
        NextPage::LastItem { parameter, value, also } => {
            Ok(next_after(call, paging, raw, (parameter, value, also), count))
        }
        NextPage::HeaderCursor { parameter, header } => {
            Ok(next_header(call, raw, parameter, header))
        }
        NextPage::Url { next, base, take: None } => next_url(call, raw, next, base),
        NextPage::Url { next, take: Some((query, parameter)), .. } => {
            next_query(call, raw, next, (query, parameter))
        }
        NextPage::LinkHeader => next_link(call, raw),
    }
}

fn next_offset(
    call: &Untyped,
    paging: &Paging,
    raw: &Raw,
    key: &str,
    total: &str,
    count: u64,
) -> Option<Untyped> {
    let offset = number(call, key).unwrap_or(0) + count;
    let total = declared(raw, total);
    let done = total.map_or_else(|| is_short(call, paging, count), |total| offset >= total);
    (count > 0 && !done).then(|| with(call, key, offset.into()))
}

fn next_number(
    call: &Untyped,
    paging: &Paging,
    raw: &Raw,
    (key, first, pages): (&str, u32, &str),
    count: u64,
) -> Option<Untyped> {
    let page = number(call, key).unwrap_or_else(|| first.into());
    // With `first` 0 the last of 3 pages is number 2.
    let last = declared(raw, pages).map(|pages| (pages + u64::from(first)).saturating_sub(1));
    let done = last.map_or_else(|| is_short(call, paging, count), |last| page >= last);
    (count > 0 && !done).then(|| with(call, key, (page + 1).into()))
}

fn next_cursor(call: &Untyped, raw: &Raw, key: &str, next: &str) -> Option<Untyped> {
    let token = token(raw, next)?;
    // A vendor that repeats the token would be asked for one page for ever.
    let repeats = call.arguments.values.get(key) == Some(&token);
    (!repeats).then(|| with(call, key, token))
}

/// Whether nothing says that there is more.
fn says_no(more: Option<View<'_>>) -> bool {
    matches!(more.map(View::what), None | Some(Json::Null | Json::Bool(false)))
}

/// The cursor in a response, if there is one.
fn token(raw: &Raw, pointer: &str) -> Option<Value> {
    let token = raw.json.pointer(pointer)?;
    let says_nothing = matches!(token.what(), Json::Null | Json::Bool(_) | Json::Text(""));
    (!says_nothing).then(|| token.to_value())
}

/// The call of the action that goes on, with the arguments that it knows.
fn next_action(
    call: &Untyped,
    raw: &Raw,
    (action, key, next): (&'static Action, &str, &str),
    count: u64,
) -> Option<Untyped> {
    let ends_empty = matches!(action.paging, Some(Paging { next: NextPage::Stateful { .. }, .. }));
    let token = token(raw, next).filter(|_| count > 0 || !ends_empty)?;
    Some(with(&continued(call, action), key, token))
}

/// The same call to another action: the arguments that both know are kept.
pub(super) fn continued(call: &Untyped, action: &'static Action) -> Untyped {
    let mut next = Untyped { action, address: None, ..call.clone() };
    let knows = |key: &str| action.parameters.iter().any(|parameter| parameter.key == key);
    next.arguments.values.retain(knows);
    next.arguments.files.retain(|(key, _)| knows(key));
    next
}

fn next_state(call: &Untyped, raw: &Raw, (key, next): (&str, &str), count: u64) -> Option<Untyped> {
    if count == 0 {
        return None;
    }
    Some(token(raw, next).map_or_else(|| call.clone(), |token| with(call, key, token)))
}

/// After the last item, with what the answer gives to be given back.
fn next_after(
    call: &Untyped,
    paging: &Paging,
    raw: &Raw,
    (key, value, also): (&str, &str, &[(&'static str, &'static str)]),
    count: u64,
) -> Option<Untyped> {
    if is_short(call, paging, count) {
        return None;
    }
    let last = raw
        .json
        .pointer(paging.items)?
        .children()
        .last()?
        .pointer(value)
        .filter(|value| !value.is_null())?;
    let given =
        also.iter().filter_map(|(key, pointer)| token(raw, pointer).map(|value| (key, value)));
    Some(given.fold(with(call, key, last.to_value()), |next, (key, value)| with(&next, key, value)))
}

/// Tokens that travel together: what the answer leaves out of them is left out of the next request too.
fn next_cursors(call: &Untyped, raw: &Raw, tokens: &[(&str, &str)]) -> Option<Untyped> {
    let (key, pointer) = tokens.first()?;
    let token =
        raw.json.pointer(pointer).filter(|token| !token.is_null() && token.as_str() != Some(""))?;
    let mut next = with(call, key, token.to_value());
    for (key, pointer) in &tokens[1..] {
        match raw.json.pointer(pointer).filter(|token| !token.is_null()) {
            None => next.arguments.values.remove(key),
            Some(token) => next = with(&next, key, token.to_value()),
        }
    }
    Some(next)
}

/// The token that a header holds.
fn next_header(call: &Untyped, raw: &Raw, key: &str, header: &str) -> Option<Untyped> {
    let token = raw.headers.get(header)?.to_str().ok()?.trim();
    let repeats = call.arguments.values.get(key).and_then(Value::as_str) == Some(token);
    (!token.is_empty() && !repeats).then(|| with(call, key, token.into()))
}

/// One value out of the address's query, wherever the address leads: only the value is used.
fn next_query(
    call: &Untyped,
    raw: &Raw,
    next: &str,
    (query, parameter): (&str, &str),
) -> Result<Option<Untyped>, Error> {
    let Some(text) = raw.json.pointer(next).and_then(View::as_str).filter(|text| !text.is_empty())
    else {
        return Ok(None);
    };
    let pairs =
        text.split_once('?').map_or("", |(_, rest)| rest.split('#').next().unwrap_or_default());
    let found = url::form_urlencoded::parse(pairs.as_bytes()).find(|(name, _)| name == query);
    match found {
        Some((_, value)) => Ok(Some(with(call, parameter, value.into_owned().into()))),
        None => {
            let message = format!("the URL of the next page has no query parameter `{query}`");
            Err(Error::new(ErrorKind::Decode, call.action, message))
        }
    }
}

fn next_url(call: &Untyped, raw: &Raw, next: &str, base: &str) -> Result<Option<Untyped>, Error> {
    let Some(text) = raw.json.pointer(next).and_then(View::as_str).filter(|text| !text.is_empty())
    else {
        return Ok(None);
    };
    let base = if base.is_empty() { None } else { raw.json.pointer(base).and_then(View::as_str) };
    at_address(call, text, base).map(Some)
}

fn next_link(call: &Untyped, raw: &Raw) -> Result<Option<Untyped>, Error> {
    let headers = raw.headers.get_all(LINK);
    let target = headers.iter().filter_map(|value| value.to_str().ok()).find_map(next_target);
    target.map(|text| at_address(call, text, None)).transpose()
}

/// A relative address follows the server's: vendors write what comes after it, not what RFC 3986 would resolve.
fn at_address(call: &Untyped, text: &str, base: Option<&str>) -> Result<Untyped, Error> {
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

/// The target of the link whose relation is `next` (RFC 8288).
fn next_target(header: &str) -> Option<&str> {
    let mut rest = header;
    loop {
        let (target, parameters) = rest.split_once('<')?.1.split_once('>')?;
        let end = parameters.find('<').unwrap_or(parameters.len());
        let is_next = parameters[..end].split([';', ',']).any(|parameter| {
            let Some((name, value)) = parameter.split_once('=') else { return false };
            let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
            name.trim().eq_ignore_ascii_case("rel")
                && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
        });
        if is_next {
            return Some(target);
        }
        rest = &parameters[end..];
    }
}

/// Whether a page has fewer items than the page size. Without a page size, only an empty page is the last one.
fn is_short(call: &Untyped, paging: &Paging, count: u64) -> bool {
    number(call, paging.limit).is_some_and(|limit| count < limit)
}

fn declared(raw: &Raw, pointer: &str) -> Option<u64> {
    if pointer.is_empty() { None } else { raw.json.pointer(pointer)?.as_u64() }
}

fn parameter(call: &Untyped, key: &str) -> Option<&'static Parameter> {
    call.action.parameters.iter().find(|parameter| parameter.key == key)
}

fn number(call: &Untyped, key: &str) -> Option<u64> {
    call.arguments.value(parameter(call, key)?)?.as_u64()
}

fn with(call: &Untyped, key: &str, value: Value) -> Untyped {
    let mut next = call.clone();
    // Cursors that are numbers in one place are texts in the other.
    let text = parameter(call, key)
        .is_some_and(|parameter| parameter.schema.kind == crate::descriptor::Kind::String);
    let value = if text && value.is_number() { Value::from(value.to_string()) } else { value };
    next.arguments.values.set(next.action, key, value);
    next
}
