//! Every paged action of both catalogues against a vendor that is made from the action's own declaration: each item comes once, in order,
//! and the pages end.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "tests"
)]

mod support;

use actionspec_codegen::catalog::{Breadth, example_arguments};
use actionspec_runtime::descriptor::{
    self, Action, Kind, Location, NextPage, OutputKind, Paging, Parameter,
};
use actionspec_runtime::{Bytes, Call, Client, ClientBuilder, ErrorKind, MemoryTransport, http};
use serde_json::{Map, Value, json};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::SeqCst;
use support::projects;

const HOST: &str = "https://vendor.example.com";

/// A vendor with so many items, so many a page.
#[derive(Clone)]
struct Vendor {
    action: &'static Action,
    items: u64,
    size: u64,
    /// The page that comes next, of a vendor that remembers it.
    turn: Arc<AtomicU64>,
}

impl Vendor {
    fn paging(&self) -> &'static Paging {
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
        let parameter =
            self.action.parameters.iter().find(|parameter| parameter.key == key).unwrap();
        let fill = parameter.schema.min_items.map_or(0, |least| least.saturating_sub(1) as usize);
        match parameter.schema.kind {
            Kind::Array => {
                std::iter::once(place).chain(std::iter::repeat_n(json!("x"), fill)).collect()
            }
            Kind::Object => json!({"at": {"S": place}}),
            _ => place,
        }
    }

    /// How many items come before the page that is asked for.
    fn skipped(&self, request: &http::Request<Bytes>) -> u64 {
        let number = |text: Option<String>| {
            let digits = |text: String| {
                text.chars()
                    .skip_while(|c| !c.is_ascii_digit())
                    .take_while(char::is_ascii_digit)
                    .collect::<String>()
            };
            text.and_then(|text| digits(text).parse::<u64>().ok())
        };
        match &self.paging().next {
            NextPage::Offset { parameter, .. } => {
                number(self.given(request, parameter)).unwrap_or(0)
            }
            NextPage::Page { parameter, first, .. } => {
                (number(self.given(request, parameter)).unwrap_or((*first).into())
                    - u64::from(*first))
                    * self.size
            }
            NextPage::Cursor { parameter, .. }
            | NextPage::HeaderCursor { parameter, .. }
            | NextPage::Url { take: Some((_, parameter)), .. } => {
                number(self.given(request, parameter)).unwrap_or(0) * self.size
            }
            NextPage::LastItem { parameter, also, .. } => {
                let after = number(self.given(request, parameter));
                // What is carried comes back with every request but the first.
                for (key, _) in also.iter().filter(|_| after.is_some()) {
                    assert_eq!(
                        self.given(request, key).as_deref(),
                        Some("carried"),
                        "{}",
                        self.action.name()
                    );
                }
                after.map_or(0, |after| after + 1)
            }
            NextPage::Continued { action, parameter, .. } => {
                let action = self.action.integration.action(action).unwrap();
                self.remembered(given(action, request, parameter).as_deref())
            }
            NextPage::Stateful { parameter, .. } => {
                self.remembered(self.given(request, parameter).as_deref())
            }
            // Each of the tokens must have come.
            NextPage::Cursors(tokens) => {
                let numbers: Vec<u64> = tokens
                    .iter()
                    .map(|(key, _)| number(self.given(request, key)).unwrap_or(0))
                    .collect();
                assert!(
                    numbers.iter().all(|number| *number == numbers[0]),
                    "{}: {numbers:?}",
                    self.action.name()
                );
                numbers[0] * self.size
            }
            NextPage::Url { take: None, .. } | NextPage::LinkHeader => {
                number(query(request, "turn")).unwrap_or(0) * self.size
            }
        }
    }

    /// A page as the declaration says.
    fn answer(&self, request: &http::Request<Bytes>) -> http::Response<Bytes> {
        let skipped = self.skipped(request);
        let last = (skipped + self.size).min(self.items);
        let (turn, more) = (skipped / self.size + 1, last < self.items);
        let mut body = if self.paging().items.is_empty() { json!([]) } else { json!({}) };
        let mut headers = Map::new();
        put(
            &mut body,
            self.paging().items,
            (skipped..last).map(|number| json!({"number": number})).collect(),
        );
        if let Some(check) = &self.action.integration.errors.success {
            put(&mut body, &check.at, check.equals.clone());
        }
        if !self.paging().more.is_empty() {
            put(&mut body, self.paging().more, if more { json!(true) } else { Value::Null });
        }
        match &self.paging().next {
            NextPage::Offset { total: "", .. } | NextPage::Page { pages: "", .. } => {}
            NextPage::Offset { total, .. } => put(&mut body, total, self.items.into()),
            NextPage::Page { pages, .. } => {
                put(&mut body, pages, self.items.div_ceil(self.size).into());
            }
            // One token for all pages, also on the last one.
            NextPage::Continued { next, .. } | NextPage::Stateful { next, .. } => {
                put(&mut body, next, "page-1".into());
            }
            NextPage::LastItem { parameter, value, also } => {
                for (number, item) in (skipped..).zip(
                    body.pointer_mut(self.paging().items).and_then(Value::as_array_mut).unwrap(),
                ) {
                    put(item, value, self.token(parameter, number.into()));
                }
                also.iter().for_each(|(_, pointer)| put(&mut body, pointer, "carried".into()));
            }
            NextPage::Cursor { next, parameter } if more => {
                put(&mut body, next, self.token(parameter, format!("page-{turn}").into()));
            }
            NextPage::Cursors(tokens) if more => {
                tokens.iter().for_each(|(key, next)| {
                    put(&mut body, next, self.token(key, format!("page-{turn}").into()));
                });
            }
            NextPage::HeaderCursor { header, .. } if more => {
                drop(headers.insert((*header).to_owned(), format!("page-{turn}").into()));
            }
            NextPage::Url { next, take: Some((query, _)), .. } if more => {
                put(
                    &mut body,
                    next,
                    format!("https://elsewhere.example/x?a=1&{query}=page-{turn}").into(),
                );
            }
            NextPage::Url { next, .. } if more => {
                put(&mut body, next, format!("{HOST}/list?turn={turn}").into());
            }
            NextPage::LinkHeader if more => {
                let links = format!(
                    "<{HOST}/list?turn=0>; rel=\"first\", <{HOST}/list?turn={turn}>; rel=\"next\""
                );
                headers.insert("link".to_owned(), links.into());
            }
            _ => {}
        }
        let (media_type, body) = match self.action.output.kind {
            OutputKind::Xml => {
                let item_element = self.action.steps.last().unwrap().item_element;
                if !item_element.is_empty() {
                    actionspec_runtime::xml::wrap_items(&mut body, item_element);
                }
                ("text/xml", actionspec_runtime::xml::write(&body).unwrap())
            }
            _ => ("application/json", body.to_string()),
        };
        let response = http::Response::builder().header("content-type", media_type);
        let response = headers.iter().fold(response, |response, (name, value)| {
            response.header(name, value.as_str().unwrap())
        });
        response.body(Bytes::from(body)).unwrap()
    }
}

/// What a parameter is set to in a request.
fn given(action: &Action, request: &http::Request<Bytes>, key: &str) -> Option<String> {
    let parameter: &Parameter =
        action.parameters.iter().find(|parameter| parameter.key == key).unwrap();
    match parameter.location {
        Location::Query => query(request, parameter.wire_name),
        Location::Body => {
            if action.steps.last().unwrap().body == descriptor::Body::Form {
                return pair(std::str::from_utf8(request.body()).unwrap(), parameter.wire_name);
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
                .pointer(parameter.pointer)
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

/// Every paged action, with arguments that it accepts.
fn paged() -> Vec<(&'static Action, Value)> {
    let [published, conformance] = projects();
    let mut all = Vec::new();
    for (generated, catalog) in [
        (actionspec::catalog(), published.catalog()),
        (conformance::catalog(), conformance.catalog()),
    ] {
        for integration in &catalog.integrations {
            for spec in &integration.actions {
                let action = generated.action(&format!("{}.{}", integration.id, spec.id)).unwrap();
                if action.paging.is_some() {
                    let arguments = example_arguments(integration, spec, Breadth::Few);
                    all.push((action, Value::Object(arguments.into_iter().collect())));
                }
            }
        }
    }
    all
}

fn client(action: &'static Action, transport: MemoryTransport) -> Client {
    let address = if action.integration.servers[0].url.starts_with("tds") {
        "tds://vendor.example.com:1433"
    } else {
        HOST
    };
    let mut builder = ClientBuilder::new(action.integration).base_url(address).transport(transport);
    if let Some((scheme_name, scheme)) = action.integration.authentication.first() {
        // Of OAuth 2 a ready token.
        let forms = scheme.forms();
        let form = forms.iter().find(|form| form.name == "token").unwrap_or(&forms[0]);
        let name = if form.name.is_empty() {
            scheme_name.clone()
        } else {
            format!("{scheme_name}.{}", form.name)
        };
        builder = builder
            .credentials(&name, form.credentials.iter().map(|_| "made-up".to_owned()).collect());
    }
    // The declared limits would make a long list a slow one.
    builder = builder.rate_limit(0, 0).concurrency(0);
    for (name, variable) in action.integration.servers.iter().flat_map(|server| &server.variables) {
        let value = variable.values.keys().next().or(variable.default.as_ref());
        builder = builder.variable(name, value.map_or("example", String::as_str));
    }
    builder.build().unwrap()
}

/// A call of the action whose pages hold so many items.
fn request(
    action: &'static Action,
    arguments: &Value,
    items: u64,
) -> (Call<Value>, MemoryTransport, u64) {
    let limit = action
        .parameters
        .iter()
        .find(|parameter| parameter.key == action.paging.as_ref().unwrap().limit);
    let size =
        limit.and_then(|limit| limit.schema.minimum).map_or(3, |least| (least as u64).max(3));
    let vendor = Vendor { action, items, size, turn: Arc::default() };
    let transport = MemoryTransport::new(move |request| Ok(vendor.answer(request)));
    let mut arguments = arguments.clone();
    if let Some(parameter) = page_parameters(action) {
        arguments.as_object_mut().unwrap().remove(parameter);
    }
    if let Some(limit) = limit {
        arguments[limit.key] = json!(size);
    }
    (action.request(&client(action, transport.clone()), arguments).unwrap(), transport, size)
}

fn page_parameters(action: &Action) -> Option<&'static str> {
    match &action.paging.as_ref().unwrap().next {
        NextPage::Offset { parameter, .. }
        | NextPage::Page { parameter, .. }
        | NextPage::Cursor { parameter, .. }
        | NextPage::LastItem { parameter, .. }
        | NextPage::HeaderCursor { parameter, .. }
        | NextPage::Url { take: Some((_, parameter)), .. } => Some(parameter),
        NextPage::Cursors(tokens) => Some(tokens[0].0),
        // A list that is gone on with is named from the first page on.
        NextPage::Url { take: None, .. }
        | NextPage::LinkHeader
        | NextPage::Continued { .. }
        | NextPage::Stateful { .. } => None,
    }
}

async fn numbers(call: Call<Value>) -> Vec<u64> {
    let items = call.items::<Value>().collect().await.unwrap();
    let number =
        |item: &Value| item.as_u64().unwrap_or_else(|| item.as_str().unwrap().parse().unwrap());
    items.iter().map(|item| number(&item.json()["number"])).collect()
}

#[tokio::test]
async fn every_item_comes_once_and_in_order() {
    let actions = paged();
    assert!(actions.len() > 40, "only {} actions page", actions.len());
    for (action, arguments) in &actions {
        for items in [0, 1, 2, 3, 4, 6, 10] {
            let (call, transport, size) = request(action, arguments, items);
            assert_eq!(
                numbers(call).await,
                (0..items).collect::<Vec<_>>(),
                "{} of {}",
                items,
                action.name()
            );
            // One page more than needed at most: where nothing tells the last page, it is empty.
            let asked = transport.requests().len() as u64;
            // A vendor that remembers says only by an empty page that it is the last.
            let remembers = matches!(
                action.paging.as_ref().unwrap().next,
                NextPage::Continued { .. } | NextPage::Stateful { .. }
            );
            let needed = if remembers { items.div_ceil(size) } else { items / size };
            assert!(asked <= needed + 1, "{}: {asked} requests for {items} items", action.name());
        }
    }
}

#[tokio::test]
async fn a_stream_goes_on_where_it_ended() {
    for (action, arguments) in paged() {
        let (call, transport, size) = request(action, &arguments, 10);
        let mut pages = call.clone().pages();
        pages.next().await.unwrap().unwrap();
        let token = pages.resume_token().unwrap();
        assert!(!token.contains("made-up"));
        let rest = numbers(call.clone().resume(&token).unwrap()).await;
        assert_eq!(rest, (size..10).collect::<Vec<_>>(), "{}", action.name());
        assert!(call.clone().resume("nonsense").is_err());
        let asked = transport.requests().len();
        let few = call.items::<Value>().limit(2).collect().await.unwrap();
        assert_eq!(
            (few.len(), transport.requests().len()),
            (2, asked + 1),
            "{}: no page beyond the limit",
            action.name()
        );
    }
}

#[tokio::test]
async fn another_action_or_host_is_no_token() {
    let actions = paged();
    let (call, ..) = request(actions[0].0, &actions[0].1, 10);
    let (other, ..) = request(actions[1].0, &actions[1].1, 10);
    let mut pages = call.pages();
    pages.next().await.unwrap().unwrap();
    let token = pages.resume_token().unwrap();
    assert!(other.resume(&token).is_err());
}

#[tokio::test]
async fn items_have_their_type() {
    let transport = MemoryTransport::json(
        200,
        &json!({"results": [{"id": "7", "title": "Seven"}, {"id": 8}], "_links": {}}),
    );
    let client = actionspec_confluence::Confluence::builder()
        .site("acme")
        .basic("ada", "made-up")
        .transport(transport)
        .build()
        .unwrap();
    let mut items = client.search_content("type = page").send_all();
    let first = items.next().await.unwrap().unwrap();
    assert_eq!(first.output().unwrap().title().unwrap(), Some("Seven"));
    let second = items.next().await.unwrap().unwrap();
    assert!(second.output().unwrap().id().is_err(), "one bad field spoils no other");
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn wrong_arguments_are_told_before_the_first_page() {
    let transport = MemoryTransport::json(200, &json!({}));
    let client = actionspec_confluence::Confluence::builder()
        .site("acme")
        .basic("ada", "x")
        .transport(transport.clone())
        .build()
        .unwrap();
    let mut items = client.search_content("").send_all();
    assert_eq!(items.next().await.unwrap().unwrap_err().kind(), ErrorKind::Validation);
    assert!(items.next().await.is_none() && transport.requests().is_empty());
}
