//! From page to page.

use actionspec_model::Action;
use actionspec_runtime::descriptor::{Pagination, Schema};
use actionspec_runtime::http::Response;
use actionspec_runtime::{Bytes, ErrorKind, MemoryTransport};
use serde_json::{Value, json};

use crate::client;
use actionspec_test_support::fixture::{base_action, call, http, paging, parameter, schema};

/// The addresses that are asked for until the pages end, without the part that all share.
async fn walk(pagination: Pagination, pages: Vec<(Value, &str)>) -> Result<Vec<String>, ErrorKind> {
    let answers = pages.into_iter().map(|(body, link)| {
        Response::builder().header("link", link).body(Bytes::from(body.to_string())).unwrap()
    });
    let memory = MemoryTransport::queue(answers);
    let limit = schema(json!({"type": "integer", "default": 2}));
    let mut call = call(
        &client(memory.clone()),
        Action {
            parameters: vec![parameter("at", Schema::ANY), parameter("limit", limit)],
            steps: vec![http(json!({"method": "GET", "path": "/list"}))],
            paging: Some(pagination),
            ..base_action()
        },
    );
    loop {
        let response = call.clone().send().await.map_err(|error| error.kind())?;
        match call.next_page(&response).map_err(|error| error.kind())? {
            Some(next) => call = next,
            None => break,
        }
    }
    let strip =
        |url: String| url.strip_prefix("https://acme.example.com/api/list").unwrap().to_owned();
    Ok(memory.requests().iter().map(|request| strip(request.uri().to_string())).collect())
}

fn offset(total: Option<&str>) -> Pagination {
    paging(
        json!({"kind": "offset", "items": "/items", "offset": "at", "limit": "limit", "total": total}),
    )
}

fn items(count: usize) -> Value {
    Value::from(vec![1; count])
}

#[tokio::test(start_paused = true)]
async fn offsets_end_with_a_short_page_or_the_total() {
    let next = offset(None);
    let found =
        walk(next, vec![(json!({"items": items(2)}), ""), (json!({"items": items(1)}), "")]).await;
    assert_eq!(found.unwrap(), ["?limit=2", "?at=2&limit=2"]);
    let next = offset(Some("/total"));
    assert_eq!(
        walk(next, vec![(json!({"items": items(2), "total": 2}), "")]).await.unwrap().len(),
        1
    );
}

#[tokio::test(start_paused = true)]
async fn page_numbers_end_with_the_last_page() {
    let next = paging(
        json!({"kind": "page", "items": "/items", "page": "at", "limit": "limit", "first": 0, "pages": "/pages"}),
    );
    let page = || (json!({"items": items(2), "pages": 3}), "");
    assert_eq!(
        walk(next, vec![page(), page(), page()]).await.unwrap(),
        ["?limit=2", "?at=1&limit=2", "?at=2&limit=2"]
    );
}

#[tokio::test(start_paused = true)]
async fn cursors_end_when_none_is_given_or_no_more_follows() {
    let next = |more: Option<&str>| {
        paging(
            json!({"kind": "cursor", "items": "/items", "cursor": "at", "next": "/next", "limit": "limit", "more": more}),
        )
    };
    let found =
        walk(next(None), vec![(json!({"next": "a="}), ""), (json!({"next": ""}), "")]).await;
    assert_eq!(found.unwrap(), ["?limit=2", "?at=a%3D&limit=2"]);
    assert_eq!(
        walk(next(Some("/more")), vec![(json!({"next": "a", "more": false}), "")])
            .await
            .unwrap()
            .len(),
        1
    );
    // The same cursor again: the end of an empty page, an error of one with items.
    let repeated = |page: Value| vec![(json!({"next": "a"}), ""), (page, "")];
    assert_eq!(walk(next(None), repeated(json!({"next": "a"}))).await.unwrap().len(), 2);
    assert_eq!(
        walk(next(None), repeated(json!({"items": items(1), "next": "a"}))).await,
        Err(ErrorKind::Decode)
    );
}

#[tokio::test(start_paused = true)]
async fn addresses_are_followed_on_the_own_host_only() {
    let next =
        || paging(json!({"kind": "nextUrl", "items": "/items", "next": "/next", "limit": "limit"}));
    for address in ["https://acme.example.com/api/list?p=2", "/list?p=2", "/api/list?p=2"] {
        let found = walk(next(), vec![(json!({"next": address}), ""), (json!({}), "")]).await;
        assert_eq!(found.unwrap(), ["?limit=2", "?p=2"], "{address}");
    }
    for address in ["https://evil.test/", "//evil.test/list", "http://acme.example.com/api/list"] {
        assert_eq!(
            walk(next(), vec![(json!({"next": address}), "")]).await,
            Err(ErrorKind::Decode),
            "{address}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn link_headers_name_the_next_page() {
    let next = paging(json!({"kind": "linkHeader", "items": "/items", "limit": "limit"}));
    let link = "<https://acme.example.com/api/list?p=1>; rel=\"first\", <https://acme.example.com/api/list?p=2>; title=\"a\"; rel=\"last next\"";
    let found = walk(next, vec![(json!({}), link), (json!({}), "<x>; rel=prev")]).await;
    assert_eq!(found.unwrap(), ["?limit=2", "?p=2"]);
}
