//! The call for the page after a response, and what all kinds of pagination look at to make it.

use serde_json::Value;

use crate::call::Call;
use crate::descriptor::{Action, Pagination, Parameter};
use crate::document::Json;
use crate::error::{Error, ErrorKind};
use crate::response::{Raw, Response};
use crate::untyped::Untyped;
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

pub(super) fn next(
    call: &Untyped,
    paging: &Pagination,
    raw: &Raw,
) -> Result<Option<Untyped>, Error> {
    let items = raw.json.pointer(paging.items()).filter(|items| !items.is_null());
    let count = items.map(View::length);
    let page = Fetched { call, raw, count: count.flatten().unwrap_or_default() as u64 };
    // Vendors leave an empty list out or write `null`; anything else in its place is not a page.
    if count == Some(None) {
        return Err(page.error(format!("the page has no list at `{}`", paging.items())));
    }
    super::kind(paging).next(&page)
}

/// A page: the call that requested it, the response, and the number of its items.
pub(super) struct Fetched<'p> {
    pub(super) call: &'p Untyped,
    pub(super) raw: &'p Raw,
    pub(super) count: u64,
}

impl Fetched<'_> {
    /// Whether a declared flag says that there are no more pages. False if none is declared.
    pub(super) fn says_no_more(&self, more: Option<&str>) -> bool {
        let Some(more) = more.filter(|more| !more.is_empty()) else { return false };
        let mark = self.raw.json.pointer(more).map(View::what);
        matches!(mark, None | Some(Json::Null | Json::Bool(false)))
    }

    /// The cursor in a response; `None` if it is missing, empty, `null` or a boolean. Fails if it cannot be read.
    pub(super) fn token(&self, pointer: &str) -> Result<Option<Value>, Error> {
        let Some(token) = self.raw.json.pointer(pointer) else { return Ok(None) };
        self.readable(pointer)?;
        let says_nothing = matches!(token.what(), Json::Null | Json::Bool(_) | Json::Text(""));
        Ok((!says_nothing).then(|| token.to_value()))
    }

    /// Fails if what is at a pointer cannot be read.
    pub(super) fn readable(&self, pointer: &str) -> Result<(), Error> {
        match self.raw.json.pointer(pointer).map(View::what) {
            Some(Json::Broken) => {
                Err(self.error(format!("the cursor at `{pointer}` cannot be read")))
            }
            _ => Ok(()),
        }
    }

    /// A number in the response, if one is declared.
    pub(super) fn declared(&self, pointer: Option<&str>) -> Option<u64> {
        self.raw.json.pointer(pointer?)?.as_u64()
    }

    /// Whether a counted list ends with this page. `reached` is whether the declared total is reached, if the response contains it; `is_total`
    /// is whether a total is declared.
    ///
    /// A declared mark decides alone, then a declared total. A short page ends only lists that declare neither. An empty page that contradicts
    /// what is declared is an error: the list would lose its rest.
    pub(super) fn ends(
        &self,
        more: Option<&str>,
        (is_total, reached): (bool, Option<bool>),
        limit: Option<&str>,
    ) -> Result<bool, Error> {
        if self.says_no_more(more) {
            return Ok(true);
        }
        let promises = more.is_some() || reached.is_some();
        if promises && self.count == 0 && reached != Some(true) {
            return Err(self.error("the page is empty, although the response announces more"));
        }
        Ok(match (more, reached) {
            (Some(_), _) => self.count == 0,
            (None, Some(reached)) => reached,
            (None, None) => self.count == 0 || (!is_total && self.is_short(limit)),
        })
    }

    /// The error for a response from which the next page cannot be derived.
    pub(super) fn error(&self, message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Decode, self.call.action, message.into()).about(self.raw)
    }

    /// Whether the list ends because the cursor is the one of this request: that is the end if the page is empty, and an error if it has items.
    pub(super) fn repeats(&self, cursor: &str, token: &Value) -> Result<bool, Error> {
        let repeats = self.call.arguments.values.get(cursor) == Some(token);
        if repeats && self.count > 0 {
            return Err(self.error(
                "the cursor of the next page is the one of this page, which was already visited",
            ));
        }
        Ok(repeats)
    }

    /// Whether the page has fewer items than the page size. Without a page size, only an empty page is the last one.
    pub(super) fn is_short(&self, limit: Option<&str>) -> bool {
        limit.and_then(|limit| self.number(limit)).is_some_and(|limit| self.count < limit)
    }

    /// The value of a parameter that is a number, or its default.
    pub(super) fn number(&self, key: &str) -> Option<u64> {
        self.call.arguments.value(parameter(self.call, key)?)?.as_u64()
    }

    /// The same call with another argument.
    pub(super) fn with(&self, key: &str, value: Value) -> Untyped {
        with(self.call, key, value)
    }
}

/// The same call to another action: the arguments that both know are kept.
pub(super) fn continued(call: &Untyped, action: &'static Action) -> Untyped {
    let mut next = Untyped { action, address: None, skip: 0, ..call.clone() };
    let knows = |key: &str| action.parameter(key).is_some();
    next.arguments.values.retain(knows);
    next.arguments.files.retain(|(key, _)| knows(key));
    next
}

pub(super) fn parameter(call: &Untyped, key: &str) -> Option<&'static Parameter> {
    call.action.parameter(key)
}

/// The same call with another argument.
pub(super) fn with(call: &Untyped, key: &str, value: Value) -> Untyped {
    let mut next = Untyped { skip: 0, ..call.clone() };
    // Cursors that are numbers in one place are texts in the other.
    let text = parameter(call, key)
        .is_some_and(|parameter| parameter.schema.ty == crate::descriptor::Type::String);
    let value = if text && value.is_number() { Value::from(value.to_string()) } else { value };
    next.arguments.values.set(next.action, key, value);
    next
}
