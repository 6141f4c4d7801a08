//! Pagination by the URL of the next page in the response body.

use actionspec_model::paging::{NextUrl, TakeQuery};

use super::Kind;
use super::address::{Base, at_address};
use super::next::Fetched;
use crate::document::Json;
use crate::error::Error;
use crate::untyped::Untyped;
use crate::view::View;

impl Kind for NextUrl {
    fn next(&self, page: &Fetched<'_>) -> Result<Option<Untyped>, Error> {
        let text = match page.raw.json.pointer(&self.next).map(View::what) {
            None | Some(Json::Null | Json::Bool(false) | Json::Text("")) => return Ok(None),
            Some(Json::Text(text)) => text,
            Some(_) => return Err(page.error("the URL of the next page is not a string")),
        };
        if let Some(take) = &self.take {
            return take_query(page, text, take).map(Some);
        }
        let base = self.base.as_ref().and_then(|base| page.raw.json.pointer(base)?.as_str());
        at_address(page, text, base.map_or(Base::Server, Base::Given)).map(Some)
    }

    fn remembers(&self) -> bool {
        false
    }

    fn continues(&self) -> Option<&str> {
        None
    }
}

/// Takes one query parameter of the URL. The host does not matter: only the value is used.
fn take_query(page: &Fetched<'_>, text: &str, take: &TakeQuery) -> Result<Untyped, Error> {
    let TakeQuery { query, parameter } = take;
    let pairs =
        text.split_once('?').map_or("", |(_, rest)| rest.split('#').next().unwrap_or_default());
    let found = url::form_urlencoded::parse(pairs.as_bytes()).find(|(name, _)| name == query);
    match found {
        Some((_, value)) => Ok(page.with(parameter, value.into_owned().into())),
        None => {
            let message = format!("the URL of the next page has no query parameter `{query}`");
            Err(page.error(message))
        }
    }
}
