//! Lists that misbehave: a vendor that goes in circles, that leads elsewhere, that fails in the middle, and one with very many pages.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use actionspec_model::Action;
use actionspec_runtime::descriptor::{Effect, Pagination, Retry};
use actionspec_runtime::{Call, Error, ErrorKind, Value, json};
use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use actionspec_test_support::fixture::{self, TOKEN, base_action, paging, parameter, schema};

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
            .or_else(|| asked.get("offset"))
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
        parameters: vec![
            parameter("cursor", schema(json!({"type": "string"}))),
            parameter("offset", schema(json!({"type": "integer"}))),
            parameter("limit", schema(json!({"type": "integer", "default": 3}))),
        ],
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
async fn the_same_cursor_again_is_an_error() {
    let (call, asked) = call(by_cursor(), |cursor, _| page(&[cursor], Some(cursor.max(1)))).await;
    let (seen, error) = walk(call).await;
    assert_eq!(seen, [0, 1]);
    assert!(error.unwrap().message().contains("already visited"));
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn the_same_cursor_again_is_the_end_of_an_empty_page() {
    let (call, asked) = call(by_cursor(), |cursor, _| match cursor {
        0 => page(&[0], Some(1)),
        _ => page(&[], Some(1)),
    })
    .await;
    assert_eq!(walk(call).await.0, [0]);
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

/// The items of a list, and the error that ended it.
async fn walk(call: Call<Value>) -> (Vec<u64>, Option<Error>) {
    let mut items = call.items::<Value>();
    let mut seen = Vec::new();
    loop {
        match items.next().await {
            Some(Ok(item)) => seen.push(item.json().as_u64().unwrap()),
            Some(Err(error)) => {
                assert_eq!(error.kind(), ErrorKind::Decode);
                assert!(items.next().await.is_none(), "an error ends the stream");
                return (seen, Some(error));
            }
            None => return (seen, None),
        }
    }
}

/// Paging by offset, three items a page, with some of `total` and `more` declared.
fn by_offset(more: Option<&str>, total: Option<&str>) -> Pagination {
    paging(json!({
        "kind": "offset", "items": "/items", "offset": "offset", "limit": "limit", "more": more, "total": total,
    }))
}

/// Items from an offset on, at most two: fewer than the three that a page may have.
fn short_page(offset: usize, all: usize) -> Value {
    let items = (offset..all.min(offset + 2)).collect::<Vec<_>>();
    json!({"items": items, "total": all, "more": offset + 2 < all})
}

#[tokio::test]
async fn a_short_page_ends_no_list_that_declares_more_or_a_total() {
    for pagination in [by_offset(Some("/more"), None), by_offset(None, Some("/total"))] {
        let (call, _) =
            call(pagination, |offset, _| short_page(offset, 7).to_string().into_response()).await;
        let (seen, error) = walk(call).await;
        assert_eq!(seen, (0..7).collect::<Vec<_>>());
        assert!(error.is_none(), "{error:?}");
    }
    // Nothing else is declared, so that a short page is the last one.
    let (call, _) =
        call(by_offset(None, None), |offset, _| short_page(offset, 7).to_string().into_response())
            .await;
    assert_eq!(walk(call).await.0, [0, 1]);
}

#[tokio::test]
async fn a_total_that_is_missing_is_replaced_by_an_empty_page() {
    let (call, asked) = call(by_offset(None, Some("/total")), |offset, _| {
        let mut page = short_page(offset, 3);
        page["total"] = Value::Null;
        page.to_string().into_response()
    })
    .await;
    assert_eq!(walk(call).await.0, [0, 1, 2]);
    assert_eq!(asked.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn an_empty_page_that_announces_more_is_an_error() {
    let pages = [
        (by_offset(Some("/more"), None), json!({"items": [], "more": true})),
        (by_offset(None, Some("/total")), json!({"items": [], "total": 7})),
        (
            paging(json!({"kind": "page", "items": "/items", "page": "offset", "last": "/last"})),
            json!({"items": [], "last": false}),
        ),
        (
            paging(
                json!({"kind": "cursor", "items": "/items", "cursor": "cursor", "next": "/next", "more": "/more"}),
            ),
            json!({"items": [], "more": true}),
        ),
    ];
    for (pagination, body) in pages {
        let (call, asked) = call(pagination, move |_, _| body.to_string().into_response()).await;
        let (seen, error) = walk(call).await;
        assert!(seen.is_empty());
        assert!(error.unwrap().message().contains("more") || asked.load(Ordering::SeqCst) == 1);
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn a_server_that_ignores_the_offset_is_an_error() {
    let unchanging = json!({"items": [1, 2, 3], "more": true, "total": 300});
    let paginations = [
        by_offset(Some("/more"), None),
        by_offset(None, Some("/total")),
        by_offset(None, None),
        paging(json!({"kind": "page", "items": "/items", "page": "offset", "limit": "limit"})),
    ];
    for pagination in paginations {
        let body = unchanging.to_string();
        let (call, asked) = call(pagination, move |_, _| body.clone().into_response()).await;
        let (seen, error) = walk(call).await;
        assert_eq!(seen, [1, 2, 3], "no item comes twice");
        assert!(error.unwrap().message().contains("previous page again"));
        assert_eq!(asked.load(Ordering::SeqCst), 2);
    }
}

#[tokio::test]
async fn what_is_not_a_list_or_not_a_url_is_an_error() {
    let next = || paging(json!({"kind": "nextUrl", "items": "/items", "next": "/next"}));
    let last = || {
        paging(json!({"kind": "lastItem", "items": "/items", "cursor": "cursor", "value": "/id"}))
    };
    for (pagination, body, problem) in [
        (by_cursor(), json!({"items": {"a": 1}, "next": "c1"}), "no list"),
        (next(), json!({"items": [], "next": 5}), "not a string"),
        (last(), json!({"items": [{"id": null}]}), "the last item has no value"),
    ] {
        let (call, _) = call(pagination, move |_, _| body.to_string().into_response()).await;
        let mut pages = call.pages();
        pages.next().await.unwrap().unwrap();
        let error = pages.next().await.unwrap().unwrap_err();
        assert!(error.message().contains(problem), "{error}");
        assert!(pages.next().await.is_none());
        assert!(pages.resume_token().is_some(), "the position is that page");
    }
}

#[tokio::test]
async fn a_relative_url_is_resolved_against_that_of_the_request() {
    let pagination = || paging(json!({"kind": "nextUrl", "items": "/items", "next": "/next"}));
    for relative in ["next?cursor=", "?cursor=", "./next?cursor="] {
        let (call, asked) = call(pagination(), move |cursor, _| {
            let next = (cursor < 2).then(|| format!("{relative}{}", cursor + 1));
            json!({"items": [cursor], "next": next}).to_string().into_response()
        })
        .await;
        let (seen, error) = walk(call).await;
        assert_eq!(seen, [0, 1, 2], "{relative}");
        assert!(error.is_none(), "{error:?}");
        assert_eq!(asked.load(Ordering::SeqCst), 3);
    }
}

#[tokio::test]
async fn a_token_of_items_resumes_after_the_last_item() {
    for pagination in [by_cursor(), by_offset(None, Some("/total"))] {
        let (call, _) = call(pagination, |cursor, _| {
            // A cursor counts pages of three; an offset counts items.
            let items = (cursor..cursor + 3).collect::<Vec<_>>();
            let next = (cursor < 6).then(|| format!("c{}", cursor + 3));
            json!({"items": items, "next": next, "total": 9}).to_string().into_response()
        })
        .await;
        for taken in 0..9 {
            let mut items = call.clone().items::<Value>();
            for _ in 0..taken {
                items.next().await.unwrap().unwrap();
            }
            let token = items.resume_token().expect("items are left");
            let rest = walk(call.clone().resume(&token).unwrap()).await.0;
            assert_eq!(rest, (taken..9).collect::<Vec<_>>(), "after {taken} items");
            // A stream that was resumed and not read yet has the same position.
            let again = call.clone().resume(&token).unwrap().items::<Value>();
            assert_eq!(again.resume_token().as_ref(), Some(&token));
        }
        let mut items = call.clone().items::<Value>();
        while let Some(item) = items.next().await {
            item.unwrap();
        }
        assert!(items.resume_token().is_none(), "nothing is left");
    }
}

#[tokio::test]
async fn a_cursor_that_cannot_be_read_ends_no_list() {
    let (call, _) = call(by_cursor(), |_, _| {
        r#"{"items": [7], "next": "half \ud800"}"#.to_owned().into_response()
    })
    .await;
    let mut items = call.items::<Value>();
    assert!(items.next().await.unwrap().is_ok());
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.message().contains("cannot be read"), "{error}");
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
