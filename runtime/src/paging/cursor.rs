//! Pagination by a cursor in the response body.

use actionspec_model::paging::Cursor;

use super::Kind;
use super::next::{Fetched, continued, with};
use crate::error::{Error, ErrorKind};
use crate::untyped::Untyped;

impl Kind for Cursor {
    fn next(&self, page: &Fetched<'_>) -> Result<Option<Untyped>, Error> {
        if page.says_no_more(self.more.as_deref()) {
            return Ok(None);
        }
        if let Some(id) = &self.action {
            return elsewhere(self, page, id);
        }
        if self.stateful {
            return remembered(self, page);
        }
        if self.also.is_empty() {
            let Some(token) = page.token(&self.next)? else { return without_token(self, page) };
            let ends = page.repeats(&self.cursor, &token)?;
            return Ok((!ends).then(|| page.with(&self.cursor, token)));
        }
        together(self, page)?.map_or_else(|| without_token(self, page), |next| Ok(Some(next)))
    }

    fn remembers(&self) -> bool {
        self.stateful && self.action.is_none()
    }

    fn continues(&self) -> Option<&str> {
        self.action.as_deref()
    }
}

/// A page without a cursor is the last one, unless the response announces more pages.
fn without_token(cursor: &Cursor, page: &Fetched<'_>) -> Result<Option<Untyped>, Error> {
    if cursor.more.is_none() {
        return Ok(None);
    }
    Err(page.error("the response announces more pages, but contains no cursor"))
}

/// The call of the action that goes on, with the arguments that it knows.
fn elsewhere(cursor: &Cursor, page: &Fetched<'_>, id: &str) -> Result<Option<Untyped>, Error> {
    let action = page.call.action;
    let Some(other) = action.integration.action(id) else {
        let message = format!("the integration has no action `{id}`, which returns the next page");
        return Err(Error::new(ErrorKind::Build, action, message));
    };
    let ends_empty = other.paging.as_ref().is_some_and(super::remembers);
    if page.count == 0 && ends_empty {
        return Ok(None);
    }
    let Some(token) = page.token(&cursor.next)? else { return without_token(cursor, page) };
    Ok(Some(with(&continued(page.call, other), &cursor.cursor, token)))
}

/// The vendor remembers which page comes next: an empty page is the last one.
fn remembered(cursor: &Cursor, page: &Fetched<'_>) -> Result<Option<Untyped>, Error> {
    if page.count == 0 {
        return Ok(None);
    }
    let token = page.token(&cursor.next)?;
    let same = || Untyped { skip: 0, ..page.call.clone() };
    Ok(Some(token.map_or_else(same, |token| page.with(&cursor.cursor, token))))
}

/// Tokens that travel together: what the answer leaves out of them is left out of the next request too.
fn together(cursor: &Cursor, page: &Fetched<'_>) -> Result<Option<Untyped>, Error> {
    let json = &page.raw.json;
    for pointer in std::iter::once(&cursor.next).chain(cursor.also.values()) {
        page.readable(pointer)?;
    }
    let token = json.pointer(&cursor.next);
    let Some(token) = token.filter(|token| !token.is_null() && token.as_str() != Some("")) else {
        return Ok(None);
    };
    let mut next = page.with(&cursor.cursor, token.to_value());
    for (key, pointer) in &cursor.also {
        match json.pointer(pointer).filter(|token| !token.is_null()) {
            None => next.arguments.values.remove(key),
            Some(token) => next = with(&next, key, token.to_value()),
        }
    }
    Ok(Some(next))
}
