//! Every paged action of both catalogues against a vendor that is made from the action's own declaration: each item comes once, in order,
//! and the pages end.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "tests"
)]

#[path = "../support/mod.rs"]
mod support;
mod vendor;

use std::sync::Arc;

use actionspec_codegen::catalog::{Breadth, example_arguments};
use actionspec_runtime::descriptor::Action;
use actionspec_runtime::{Call, Client, ClientBuilder, ErrorKind, MemoryTransport};
use serde_json::{Value, json};
use support::projects;
use vendor::{HOST, Vendor, kind};

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
    let paging = action.paging.as_ref().unwrap();
    let limit = paging.limit().and_then(|key| action.parameter(key));
    let least = limit.and_then(|limit| vendor::limit(&limit.schema, "minimum"));
    let size = least.unwrap_or_default().max(3);
    let vendor = Vendor { action, items, size, turn: Arc::default() };
    let transport = MemoryTransport::new(move |request| Ok(vendor.answer(request)));
    let mut arguments = arguments.clone();
    kind(paging).begin(arguments.as_object_mut().unwrap(), size);
    if let Some(limit) = limit {
        arguments[&limit.key] = json!(size);
    }
    (action.request(&client(action, transport.clone()), arguments).unwrap(), transport, size)
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
            // At most one page more than needed: if the response does not mark the last page, an empty one follows.
            let asked = transport.requests().len() as u64;
            // A vendor that remembers says only by an empty page that it is the last.
            let ends_empty = kind(action.paging.as_ref().unwrap()).ends_empty();
            let needed = if ends_empty { items.div_ceil(size) } else { items / size };
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
