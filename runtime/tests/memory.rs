//! What a response costs in memory at most: less than four times the limit of its bytes, whatever is in it and however it is read. Allocations
//! are counted, not timed.
#![cfg(all(feature = "reqwest", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;

use actionspec_model::Action;
use actionspec_runtime::descriptor::{Effect, Output, OutputKind, Retry};
use actionspec_runtime::{Client, Error, ErrorKind, json};
use actionspec_test_support::fixture::{self, base_action};

/// The most bytes that a response may have.
const LIMIT: usize = 4 << 20;

/// Answers every request with one body. It allocates on a thread of its own, which is not counted.
fn serve(media_type: &str, encoding: &str, body: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\n{encoding}content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let body = Arc::new(body);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, head, body) = (stream.unwrap(), head.clone(), Arc::clone(&body));
            std::thread::spawn(move || {
                let _ = stream.read(&mut [0; 4096]);
                let _ = stream.write_all(head.as_bytes());
                let _ = stream.write_all(&body);
            });
        }
    });
    address
}

fn client(address: &str) -> Client {
    fixture::builder().base_url(address).max_response_bytes(LIMIT).max_tries(1).build().unwrap()
}

fn action(kind: OutputKind) -> Action {
    let output = Output { kind, ..Output::default() };
    Action { effect: Effect::Read, retry: Retry::Safe, output, ..base_action() }
}

/// The most that is allocated at one time while a body is received and read: by typed access, or as JSON too.
fn most(client: &Client, kind: OutputKind, as_json: bool) -> (u64, Option<Error>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let call = fixture::call(client, action(kind));
    let mut failed = None;
    let counted = allocation_counter::measure(|| match runtime.block_on(call.send()) {
        Ok(response) if as_json => assert!(!response.json().is_null()),
        Ok(response) => drop(response),
        Err(error) => failed = Some(error),
    });
    (counted.bytes_max, failed)
}

/// A list of as many of these as the limit has room for.
fn full_of(item: &str) -> Vec<u8> {
    list_of(item, LIMIT)
}

fn list_of(item: &str, limit: usize) -> Vec<u8> {
    let mut body = Vec::with_capacity(limit);
    body.push(b'[');
    while body.len() + item.len() + 2 < limit {
        if body.len() > 1 {
            body.push(b',');
        }
        body.extend_from_slice(item.as_bytes());
    }
    body.push(b']');
    body
}

/// Whether it was read.
fn is_bounded(name: &str, kind: OutputKind, address: &str) -> bool {
    let client = client(address);
    let mut read = true;
    for as_json in [false, true] {
        let (bytes, failed) = most(&client, kind, as_json);
        let share = bytes * 100 / LIMIT as u64;
        assert!(share < 400, "{name}: {share} % of the limit, as JSON: {as_json}; {failed:?}");
        if let Some(error) = failed {
            assert_eq!(error.kind(), ErrorKind::TooLarge, "{name}: {error}");
            assert!(error.message().contains("`max_response_memory`"), "{name}: {error}");
            read = false;
        }
    }
    read
}

#[test]
fn no_body_costs_four_times_the_limit() {
    let long = "x".repeat(1_000);
    let escaped = format!("\"{}\"", "\\n\\u00e9y".repeat(100));
    let object = format!("{{{}}}", "\"\":{},".repeat(200).trim_end_matches(','));
    let shapes = [
        ("zeros", "0".to_owned()),
        ("nulls in lists", "[null,[]]".to_owned()),
        ("empty objects", "{}".to_owned()),
        ("empty texts", "\"\"".to_owned()),
        ("small objects", r#"{"a":{"":0}}"#.to_owned()),
        ("a large object", object),
        ("short texts with escapes", r#""\n""#.to_owned()),
        ("long texts with escapes", escaped),
        ("long texts", format!("\"{long}\"")),
        ("floats", "1.5e300".to_owned()),
        ("words", "NaN".to_owned()),
        ("halves of characters", r#""\ud800""#.to_owned()),
        ("a long text with half a character", format!("\"\\ud800{long}\"")),
        ("a list nested", format!("{}{}", "[".repeat(100), "]".repeat(100))),
    ];
    for (name, item) in shapes {
        // The largest body that is refused costs the most while it is read, and the largest that is accepted when it becomes JSON.
        let parts = [1, 2, 4, 8, 12, 16, 20, 24, 28, 32, 40];
        let accepted = parts.into_iter().find(|part| {
            let list = list_of(&item, LIMIT / part);
            is_bounded(name, OutputKind::Json, &serve("application/json", "", list))
        });
        let part = accepted.unwrap();
        let list = String::from_utf8(list_of(&item, LIMIT / part - 20)).unwrap();
        let field = format!("{{\"a\": {list}}}").into_bytes();
        assert!(is_bounded(name, OutputKind::Json, &serve("application/json", "", field)));
    }
}

#[test]
fn no_xml_costs_four_times_the_limit() {
    for (name, item) in [
        ("empty elements", "<a/>"),
        ("elements with a text", "<a>1</a>"),
        ("attributes", r#"<a b="" c="" d=""/>"#),
        ("texts with references", "<a>&amp;&lt;&#233;</a>"),
        ("elements of one child", "<a><b/></a>"),
        ("bare text", "some text &amp; more"),
    ] {
        let parts = [1, 2, 4, 8, 16, 32, 64, 128];
        let accepted = parts.into_iter().find(|part| {
            let body = format!("<r>{}</r>", item.repeat((LIMIT - 7) / item.len() / part));
            is_bounded(name, OutputKind::Xml, &serve("application/xml", "", body.into_bytes()))
        });
        assert!(accepted.is_some(), "{name}");
    }
}

#[test]
fn an_ordinary_response_of_a_fifth_of_the_limit_is_read() {
    let item = json!({
        "id": 17, "name": "Ada Lovelace", "email": "ada@example.com", "active": true,
        "roles": ["admin", "owner"], "manager": {"id": 3, "name": "Grace Hopper"},
    });
    let mut body = full_of(&item.to_string());
    let count = LIMIT / 5 / (item.to_string().len() + 1);
    body.truncate(1 + count * (item.to_string().len() + 1) - 1);
    body.push(b']');
    let address = serve("application/json", "", body);
    let (_, failed) = most(&client(&address), OutputKind::Json, true);
    assert!(failed.is_none(), "{failed:?}");
}

#[test]
fn the_memory_can_be_set_beside_the_bytes() {
    let address = serve("application/json", "", full_of("0"));
    let call = |memory: usize| -> Result<usize, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let client = fixture::builder()
            .base_url(&address)
            .max_response_bytes(LIMIT)
            .max_response_memory(memory)
            .build()
            .unwrap();
        let response = runtime.block_on(fixture::call(&client, action(OutputKind::Json)).send())?;
        Ok(response.json().as_array().map_or(0, Vec::len))
    };
    assert_eq!(call(LIMIT * 64).unwrap(), (LIMIT - 2) / 2);
    let error = call(LIMIT * 4).unwrap_err();
    assert_eq!((error.kind(), error.body().len()), (ErrorKind::TooLarge, 64 << 10), "{error}");
    assert_eq!(
        error.message(),
        "the response takes more than 16777216 bytes of memory to read; raise `max_response_memory`"
    );
}
