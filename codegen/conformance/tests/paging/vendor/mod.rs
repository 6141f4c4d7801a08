//! A vendor that is made from an action's declaration: it answers each request with the requested page.
//!
//! One file a kind of paging, one row each in the table below.

mod cursor;
mod header_cursor;
mod last_item;
mod link_header;
mod next_url;
mod offset;
mod page;
mod range_header;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::SeqCst;

use actionspec_runtime::descriptor::{
    Action, BodyKind, Location, OutputKind, Pagination, Parameter, Schema, Type,
};
use actionspec_runtime::{Bytes, http};
use serde_json::{Map, Value, json};

pub(crate) const HOST: &str = "https://vendor.example.com";

/// How a vendor of this kind behaves.
pub(crate) trait Kind {
    /// How many items come before the page that a request asks for.
    fn skipped(&self, vendor: &Vendor, request: &http::Request<Bytes>) -> u64;

    /// Says in an answer where the next page is, or that there is none.
    fn tell(&self, vendor: &Vendor, answer: &mut Answer);

    /// Changes arguments to ask for the first page, of that size.
    fn begin(&self, arguments: &mut Map<String, Value>, size: u64);

    /// Whether only an empty page is the last one.
    fn ends_empty(&self) -> bool;
}

macro_rules! kinds {
    ($($kind:ident,)*) => {
        pub(crate) fn kind(pagination: &Pagination) -> &dyn Kind {
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

/// A vendor with so many items, so many a page.
#[derive(Clone)]
pub(crate) struct Vendor {
    pub(crate) action: &'static Action,
    pub(crate) items: u64,
    pub(crate) size: u64,
    /// The page that comes next, of a vendor that remembers it.
    pub(crate) turn: Arc<AtomicU64>,
}

/// A page that is being answered.
pub(crate) struct Answer {
    body: Value,
    headers: Vec<(String, String)>,
    /// How many items come before it, and before the next page.
    skipped: u64,
    last: u64,
    /// The number of the next page; the first one is 0.
    turn: u64,
    /// Whether more pages follow.
    more: bool,
}

impl Answer {
    /// Sets the declared mark of there being more.
    fn put_more(&mut self, more: Option<&String>) {
        if let Some(pointer) = more {
            put(&mut self.body, pointer, if self.more { json!(true) } else { Value::Null });
        }
    }
}

impl Vendor {
    fn paging(&self) -> &'static Pagination {
        self.action.paging.as_ref().unwrap()
    }

    /// What a parameter is set to in a request.
    fn given(&self, request: &http::Request<Bytes>, key: &str) -> Option<String> {
        given(self.action, request, key)
    }

    /// How many items a vendor has given that remembers it: the token of its own answers goes on, any other begins.
    fn remembered(&self, token: Option<&str>) -> u64 {
        let turn = if token == Some("page-1") { self.turn.load(SeqCst) + 1 } else { 0 };
        self.turn.store(turn, SeqCst);
        (turn * self.size).min(self.items)
    }

    /// A token as its parameter takes it: a text, a list or an object.
    fn token(&self, key: &str, place: Value) -> Value {
        let schema = &self.action.parameter(key).unwrap().schema;
        match schema.ty {
            Type::Array(_) => {
                let least = limit(schema, "minItems").unwrap_or(1);
                let fill = least.saturating_sub(1) as usize;
                std::iter::once(place).chain(std::iter::repeat_n(json!("x"), fill)).collect()
            }
            Type::Object(_) | Type::Map(_) => json!({"at": {"S": place}}),
            _ => place,
        }
    }

    /// A page as the declaration says.
    pub(crate) fn answer(&self, request: &http::Request<Bytes>) -> http::Response<Bytes> {
        let kind = kind(self.paging());
        let items = self.paging().items();
        let skipped = kind.skipped(self, request);
        let last = (skipped + self.size).min(self.items);
        let body = if items.is_empty() { json!([]) } else { json!({}) };
        let (turn, more) = (skipped / self.size + 1, last < self.items);
        let mut answer = Answer { body, headers: Vec::new(), skipped, last, turn, more };
        let page = (skipped..last).map(|number| json!({"number": number})).collect();
        put(&mut answer.body, items, page);
        if let Some(check) = &self.action.integration.errors.success {
            put(&mut answer.body, &check.at, check.equals.clone());
        }
        kind.tell(self, &mut answer);
        let Answer { mut body, headers, .. } = answer;
        let (media_type, body) = match self.action.output.kind {
            OutputKind::Xml => {
                if let Some(item_element) = &self.action.output.item_element {
                    actionspec_runtime::xml::wrap_items(&mut body, item_element);
                }
                ("text/xml", actionspec_runtime::xml::write(&body).unwrap())
            }
            _ => ("application/json", body.to_string()),
        };
        let response = http::Response::builder().header("content-type", media_type);
        let response =
            headers.iter().fold(response, |response, (name, value)| response.header(name, value));
        response.body(Bytes::from(body)).unwrap()
    }
}

/// The whole number that a constraint of a type states.
pub(crate) fn limit(schema: &Schema, keyword: &str) -> Option<u64> {
    schema.constraints.get(keyword)?.to_value().as_u64()
}

/// What a parameter is set to in a request.
fn given(action: &Action, request: &http::Request<Bytes>, key: &str) -> Option<String> {
    let parameter: &Parameter = action.parameter(key).unwrap();
    match parameter.location {
        // The page is the last part of the path.
        Location::Path => request.uri().path().rsplit('/').next().map(str::to_owned),
        Location::Query => query(request, &parameter.wire_name),
        Location::Body => {
            if action.steps.last().unwrap().body() == Some(BodyKind::Form) {
                return pair(std::str::from_utf8(request.body()).unwrap(), &parameter.wire_name);
            }
            let body: Value = serde_json::from_slice(request.body()).ok()?;
            let bound = || {
                body["parameters"]
                    .as_array()?
                    .iter()
                    .find(|one| one["name"] == parameter.wire_name)?
                    .get("value")
            };
            let found = body
                .pointer(&parameter.pointer)
                .or_else(bound)
                .or_else(|| body.pointer(&format!("/variables{}", parameter.pointer)))?;
            let found = found.pointer("/at/S").unwrap_or(found);
            if found.is_null() {
                None
            } else {
                Some(found.as_str().map_or_else(|| found.to_string(), str::to_owned))
            }
        }
        other => panic!("a page is named in {other:?}"),
    }
}

fn query(request: &http::Request<Bytes>, name: &str) -> Option<String> {
    pair(request.uri().query()?, name)
}

/// A value of a query or form.
fn pair(query: &str, name: &str) -> Option<String> {
    let decode = |text: &str| {
        let bytes = text.replace("%20", " ");
        bytes.replace('+', " ")
    };
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| decode(value))
}

fn put(body: &mut Value, pointer: &str, value: Value) {
    let place = pointer.split('/').skip(1).fold(body, |place, token| {
        let token = token.replace("~1", "/").replace("~0", "~");
        place.as_object_mut().unwrap().entry(token).or_insert_with(|| json!({}))
    });
    *place = value;
}

/// The first number in a text.
fn number(text: Option<String>) -> Option<u64> {
    let text = text?;
    let digits = text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit);
    digits.collect::<String>().parse().ok()
}
