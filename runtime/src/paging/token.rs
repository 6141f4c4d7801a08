//! Resume tokens: base64 of a small JSON object with the position of the next page, without credentials.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use url::Url;

use super::next;
use crate::descriptor::{Action, Pagination};
use crate::untyped::Untyped;

/// The error for a text that is not a resume token of the action.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{action}: the resume token is not from this action")]
pub struct BadToken {
    action: String,
}

pub(super) fn write(call: &Untyped) -> String {
    let keys = call.action.paging.as_ref().map(Pagination::place).unwrap_or_default();
    let place = keys
        .into_iter()
        .filter_map(|key| Some((key.to_owned(), call.arguments.values.get(key)?.clone())));
    let token = json!({
        "action": call.action.name(),
        "at": place.collect::<Map<_, _>>(),
        "address": call.address.as_ref().map(Url::as_str),
        "skip": call.skip,
    });
    URL_SAFE_NO_PAD.encode(token.to_string())
}

pub(super) fn read(call: &Untyped, token: &str) -> Result<Untyped, BadToken> {
    let wrong = || BadToken { action: call.action.name() };
    let bytes = URL_SAFE_NO_PAD.decode(token.trim()).map_err(|_| wrong())?;
    let token: Value = serde_json::from_slice(&bytes).map_err(|_| wrong())?;
    let named = |action: &Action| {
        token.get("action").and_then(Value::as_str) == Some(action.name().as_str())
    };
    let mut call = if named(call.action) {
        call.clone()
    } else {
        let id = call.action.paging.as_ref().and_then(|paging| super::kind(paging).continues());
        let action =
            id.and_then(|id| call.action.integration.action(id)).filter(|action| named(action));
        next::continued(call, action.ok_or_else(wrong)?)
    };
    for key in call.action.paging.as_ref().map(Pagination::place).unwrap_or_default() {
        if let Some(value) = token.pointer("/at").and_then(|place| place.get(key)) {
            call.arguments.values.set(call.action, key, value.clone());
        }
    }
    if let Some(address) = token.get("address").and_then(Value::as_str) {
        // Whoever made the token: credentials go to the integration's own hosts alone.
        let url = Url::parse(address).ok().filter(|url| call.client.owns(url)).ok_or_else(wrong)?;
        call.address = Some(url);
    }
    call.skip = token.get("skip").and_then(Value::as_u64).unwrap_or(0);
    Ok(call)
}
