//! Pagination kinds: how the mock server makes pages of its example.
//!
//! A list has two pages. The first one is the example, which leads to the second one if it says that more follows; the second one has no items
//! and says that it is the last.
//!
//! One file a kind, one row each in the table below.

mod cursor;
mod header_cursor;
mod last_item;
mod link_header;
mod next_url;
mod offset;
mod page;
mod range_header;

use actionspec_codegen::catalog::Paging;
use actionspec_codegen::pointer::put;
use actionspec_codegen::spec::Pagination;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response};
use serde_json::{Value, json};

use crate::read::{self, Incoming};
use crate::routes::Route;

/// The query parameter by which the URL of a second page is known.
pub(crate) const SECOND: &str = "mock_page";

/// A request for a page of a list.
pub(crate) struct Asked<'a> {
    pub(crate) route: Route<'a>,
    /// The values of the path.
    pub(crate) path: &'a [(String, String)],
    pub(crate) incoming: &'a Incoming,
    /// The URL that was asked for.
    pub(crate) url: String,
}

impl Asked<'_> {
    /// The value of a parameter.
    fn value(&self, key: &str) -> Option<Value> {
        let parameter = self.route.action.parameters.iter().find(|one| one.key == key)?;
        read::value(parameter, self.route.http.body, self.path, self.incoming)
    }

    /// The value of a parameter as text.
    fn text(&self, key: &str) -> Option<String> {
        self.value(key).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    }

    /// The value of a parameter that is a number.
    fn number(&self, key: &str) -> Option<u64> {
        self.text(key)?.parse().ok()
    }

    /// Whether a parameter is missing, or says nothing.
    fn is_empty(&self, key: &str) -> bool {
        self.text(key).is_none_or(|text| text.is_empty() || text == "null")
    }

    /// Whether the URL is that of a second page.
    fn is_second_url(&self) -> bool {
        self.incoming.query.iter().any(|(name, _)| name == SECOND)
    }

    /// The URL of the second page.
    fn second_url(&self) -> String {
        let separator = if self.url.contains('?') { '&' } else { '?' };
        format!("{}{separator}{SECOND}=2", self.url)
    }
}

/// A page: its body, and the headers that lead on.
pub(crate) struct Page {
    body: Value,
    headers: Vec<(String, String)>,
}

impl Page {
    fn put(&mut self, pointer: &str, value: Value) {
        put(&mut self.body, pointer, value);
    }

    fn put_some(&mut self, pointer: Option<&str>, value: Value) {
        if let Some(pointer) = pointer {
            self.put(pointer, value);
        }
    }

    /// The number of items.
    fn count(&self, items: &str) -> u64 {
        self.body.pointer(items).and_then(Value::as_array).map_or(0, |items| items.len() as u64)
    }
}

/// How a vendor that pages so behaves. No method has a default: a new kind answers every question.
trait Kind {
    /// Whether a request asks for the first page.
    fn is_first(&self, asked: &Asked<'_>) -> bool;

    /// Makes the example, which may lead anywhere, lead to the second page.
    fn lead(&self, asked: &Asked<'_>, page: &mut Page);

    /// Makes the example, without its items, say that it is the last page.
    fn end(&self, asked: &Asked<'_>, page: &mut Page);
}

/// Makes the dispatch from a table of all kinds.
macro_rules! kinds {
    ($($kind:ident,)*) => {
        fn kind(pagination: &Pagination) -> &dyn Kind {
            match pagination {
                $(Pagination::$kind(kind) => kind,)*
            }
        }
    };
}

kinds! {
    Offset,
    Page,
    Cursor,
    LastItem,
    HeaderCursor,
    NextUrl,
    LinkHeader,
    RangeHeader,
}

/// The page that a request asks for, made of the example, as a response.
pub(crate) fn answer(
    asked: &Asked<'_>,
    example: Value,
    respond: impl FnOnce(Value) -> Response<Body>,
) -> Response<Body> {
    let Paging::Paged(pagination) = &asked.route.action.paging else { return respond(example) };
    let kind = kind(pagination);
    let mut page = Page { body: example, headers: Vec::new() };
    if kind.is_first(asked) {
        kind.lead(asked, &mut page);
    } else {
        // A client takes the same items again for a vendor that goes in a circle.
        page.put(pagination.items(), json!([]));
        kind.end(asked, &mut page);
    }
    let mut response = respond(page.body);
    for (name, value) in page.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
