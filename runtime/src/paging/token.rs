//! Where a stream stands, as a text: base64 of a small JSON object. It holds where the next page is, never who asks for it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use url::Url;

use crate::call::Untyped;
use crate::descriptor::{NextPage, Paging};

/// A text that is no token of the action.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{action}: the token to go on from is not one of this action")]
pub struct BadToken {
    action: String,
}

/// The parameters that say which page.
fn parameters(paging: &Paging) -> Vec<&'static str> {
    let one = match &paging.next {
        NextPage::Cursors(tokens) => return tokens.iter().map(|(parameter, _)| *parameter).collect(),
        NextPage::Offset { parameter, .. }
        | NextPage::Page { parameter, .. }
        | NextPage::Cursor { parameter, .. }
        | NextPage::HeaderCursor { parameter, .. } => Some(*parameter),
        NextPage::Url { take, .. } => take.map(|(_, parameter)| parameter),
        NextPage::LinkHeader => None,
    };
    one.into_iter().collect()
}

pub(super) fn write(call: &Untyped) -> String {
    let keys = call.action.paging.as_ref().map(parameters).unwrap_or_default();
    let place: Vec<Option<&Value>> = keys.iter().map(|key| call.arguments.values.get(*key)).collect();
    let token = json!({
        "action": call.action.name(),
        "at": place,
        "address": call.address.as_ref().map(Url::as_str),
    });
    URL_SAFE_NO_PAD.encode(token.to_string())
}

pub(super) fn read(call: &Untyped, token: &str) -> Result<Untyped, BadToken> {
    let wrong = || BadToken { action: call.action.name() };
    let bytes = URL_SAFE_NO_PAD.decode(token.trim()).map_err(|_| wrong())?;
    let token: Value = serde_json::from_slice(&bytes).map_err(|_| wrong())?;
    if token.get("action").and_then(Value::as_str) != Some(call.action.name().as_str()) {
        return Err(wrong());
    }
    let mut call = call.clone();
    let keys = call.action.paging.as_ref().map(parameters).unwrap_or_default();
    let places = token.get("at").and_then(Value::as_array).ok_or_else(wrong)?;
    for (key, place) in keys.iter().zip(places).filter(|(_, place)| !place.is_null()) {
        call.arguments.values.insert((*key).to_owned(), place.clone());
    }
    if let Some(address) = token.get("address").and_then(Value::as_str) {
        // Whoever made the token: credentials go to the integration's own hosts alone.
        let url = Url::parse(address).ok().filter(|url| call.client.owns(url)).ok_or_else(wrong)?;
        call.address = Some(url);
    }
    Ok(call)
}
