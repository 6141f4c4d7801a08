//! Calls that block the thread.

use actionspec_model::Action;
use actionspec_runtime::descriptor::{Effect, OutputKind, Retry, Schema, Type};
use actionspec_runtime::{Value, json};

use crate::{builder, read, server};
use actionspec_test_support::fixture::{self, base_action};

/// A server on a thread of its own, as scripts know no runtime.
fn serve() -> String {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            sender.send(server::start().await).unwrap();
            std::future::pending::<()>().await;
        });
    });
    receiver.recv().unwrap()
}

#[test]
fn a_script_calls_and_waits() {
    let client = builder(&serve()).build().unwrap();
    for _ in 0..3 {
        let answer = read(&client, "/zeros/1", OutputKind::Binary).send_blocking().unwrap();
        assert_eq!(answer.bytes().len(), 1 << 20);
    }
    let error = read(&client, "/nowhere", OutputKind::Json).send_blocking().unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
}

#[tokio::test]
async fn blocking_within_a_runtime_is_no_panic() {
    let client = builder(&serve()).build().unwrap();
    assert!(read(&client, "/zeros/1", OutputKind::Binary).send_blocking().is_ok());
}

#[test]
fn pages_and_items_are_iterators() {
    let transport = actionspec_runtime::MemoryTransport::queue([
        actionspec_runtime::http::Response::new(r#"{"items": [1, 2], "next": "b"}"#.into()),
        actionspec_runtime::http::Response::new(r#"{"items": [3], "next": null}"#.into()),
    ]);
    let client = fixture::builder().transport(transport).build().unwrap();
    let paging = Some(fixture::paging(
        json!({"kind": "cursor", "items": "/items", "cursor": "cursor", "next": "/next"}),
    ));
    let cursor = fixture::parameter("cursor", Schema::of(Type::String));
    let action = Action {
        effect: Effect::Read,
        retry: Retry::Safe,
        parameters: vec![cursor],
        paging,
        ..base_action()
    };
    let call = fixture::call(&client, action);
    let items: Vec<Value> =
        call.clone().items::<Value>().map(|item| item.unwrap().json().clone()).collect();
    assert_eq!(items, [json!(1), json!(2), json!(3)]);
    let pages: Vec<_> = call.pages().collect();
    assert_eq!(pages.len(), 1);
    let failure = pages[0].as_ref().unwrap_err();
    assert!(failure.to_string().contains("no response is left"), "{failure}");
}
