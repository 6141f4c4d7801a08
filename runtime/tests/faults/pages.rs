//! Lists that misbehave: a vendor that goes in circles, that leads elsewhere, that fails in the middle, and one with very many pages.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use actionspec_runtime::descriptor::*;
use actionspec_runtime::{Call, ErrorKind, Value, json};
use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use actionspec_test_support::fixture::{self, TOKEN, base_action, paging};

const CURSOR: Parameter =
    Parameter { key: "cursor", wire_name: "cursor", schema: Schema::STRING, ..Parameter::DEFAULT };

type Asked = std::collections::BTreeMap<String, String>;

/// Answers with what a function says of the cursor and of how many requests there were before.
async fn call(
    pagination: Pagination,
    answer: impl Fn(usize, usize) -> Response + Clone + Send + Sync + 'static,
) -> (Call<Value>, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let handler = move |Query(asked): Query<Asked>| async move {
        let cursor = asked
            .get("cursor")
            .and_then(|text| text.trim_start_matches('c').parse().ok())
            .unwrap_or(0);
        answer(cursor, counted.fetch_add(1, Ordering::SeqCst))
    };
    tokio::spawn(async move {
        axum::serve(listener, Router::new().fallback(axum::routing::any(handler))).await
    });
    let action = Action {
        effect: Effect::Read,
        retry: Retry::Safe,
        parameters: &[CURSOR],
        paging: Some(pagination),
        ..base_action()
    };
    let client = fixture::builder().base_url(address).max_tries(1).build().unwrap();
    (fixture::call(&client, action), count)
}

fn by_cursor() -> Pagination {
    paging(json!({"kind": "cursor", "items": "/items", "cursor": "cursor", "next": "/next"}))
}

fn page(items: &[usize], next: Option<usize>) -> Response {
    json!({"items": items, "next": next.map(|next| format!("c{next}"))}).to_string().into_response()
}

#[tokio::test]
async fn ten_thousand_pages() {
    let (call, asked) =
        call(by_cursor(), |cursor, _| page(&[cursor], (cursor < 9_999).then_some(cursor + 1)))
            .await;
    let mut items = call.items::<Value>();
    let mut expected = 0;
    while let Some(item) = items.next().await {
        assert_eq!(item.unwrap().json(), expected);
        expected += 1;
    }
    assert_eq!((expected, asked.load(Ordering::SeqCst)), (10_000, 10_000));
}

#[tokio::test]
async fn a_circle_of_cursors() {
    // 0, 1, 2, 3, 1, 2, 3, …
    let (call, asked) = call(by_cursor(), |cursor, _| {
        page(&[cursor], Some(if cursor == 3 { 1 } else { cursor + 1 }))
    })
    .await;
    let mut items = call.items::<Value>();
    let mut seen = Vec::new();
    let error = loop {
        match items.next().await.expect("an error ends the circle") {
            Ok(item) => seen.push(item.json().as_u64().unwrap()),
            Err(error) => break error,
        }
    };
    assert_eq!(seen, [0, 1, 2, 3], "no item comes twice");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.message().contains("already visited"), "{error}");
    assert!(items.next().await.is_none());
    assert_eq!(asked.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn the_same_cursor_again_is_the_end() {
    let (call, asked) = call(by_cursor(), |cursor, _| page(&[cursor], Some(cursor.max(1)))).await;
    assert_eq!(call.items::<Value>().collect().await.unwrap().len(), 2);
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn an_empty_page_in_the_middle() {
    let (call, _) = call(by_cursor(), |cursor, _| {
        page(if cursor == 1 { &[] } else { &[7] }, (cursor < 2).then_some(cursor + 1))
    })
    .await;
    assert_eq!(call.items::<Value>().collect().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_failure_in_the_middle_can_be_resumed() {
    let (call, _) = call(by_cursor(), |cursor, before| match (cursor, before) {
        (2, 2) => (StatusCode::INTERNAL_SERVER_ERROR, "{}").into_response(),
        _ => page(&[cursor], (cursor < 3).then_some(cursor + 1)),
    })
    .await;
    let mut items = call.clone().items::<Value>();
    let mut seen = Vec::new();
    while let Some(Ok(item)) = items.next().await {
        seen.push(item.json().as_u64().unwrap());
    }
    let token = items.resume_token().expect("the page that failed");
    let rest = call.resume(&token).unwrap().items::<Value>().collect().await.unwrap();
    seen.extend(rest.iter().map(|item| item.json().as_u64().unwrap()));
    assert_eq!(seen, [0, 1, 2, 3], "no item is lost, none comes twice");
}

#[tokio::test]
async fn the_next_page_elsewhere_is_refused() {
    let stranger = Arc::new(AtomicUsize::new(0));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let elsewhere = format!("http://{}/next", listener.local_addr().unwrap());
    let counted = Arc::clone(&stranger);
    let handler = move || async move { counted.fetch_add(1, Ordering::SeqCst) };
    let handler = || async move { handler().await.to_string() };
    tokio::spawn(async move {
        axum::serve(listener, Router::new().fallback(axum::routing::any(handler))).await
    });
    let next = paging(json!({"kind": "nextUrl", "items": "/items", "next": "/next"}));
    let (call, _) = call(next, move |_, _| {
        json!({"items": [1], "next": elsewhere}).to_string().into_response()
    })
    .await;
    let mut items = call.items::<Value>();
    assert_eq!(items.next().await.unwrap().unwrap().json(), 1, "the page itself is good");
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.message().contains("not on a host of the integration"), "{error}");
    assert!(!format!("{error:?}").contains(TOKEN));
    assert!(items.next().await.is_none());
    assert_eq!(stranger.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn nothing_is_asked_for_before_it_is_wanted() {
    let (call, asked) =
        call(by_cursor(), |cursor, _| page(&[cursor, cursor], Some(cursor + 1))).await;
    let mut items = call.items::<Value>();
    let count = || asked.load(Ordering::SeqCst);
    assert_eq!(count(), 0);
    items.next().await.unwrap().unwrap();
    items.next().await.unwrap().unwrap();
    assert_eq!(count(), 1);
    items.next().await.unwrap().unwrap();
    assert_eq!(count(), 2);
}
