//! Pagination by the URL of the next page in the response body.

use actionspec_model::paging::{NextUrl, TakeQuery};

use super::Kind;
use super::address::at_address;
use super::next::Fetched;
use crate::call::Untyped;
use crate::error::{Error, ErrorKind};
use crate::view::View;

impl Kind for NextUrl {
    fn next(&self, page: &Fetched<'_>) -> Result<Option<Untyped>, Error> {
        let text = page.raw.json.pointer(&self.next).and_then(View::as_str);
        let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
        if let Some(take) = &self.take {
            return take_query(page, text, take).map(Some);
        }
        let base = self.base.as_ref().and_then(|base| page.raw.json.pointer(base)?.as_str());
        at_address(page.call, text, base).map(Some)
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
            Err(Error::new(ErrorKind::Decode, page.call.action, message))
        }
    }
}
