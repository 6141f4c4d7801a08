//! The typed client as its users write it: arguments, setters, enums, files, steps, pages and errors.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::time::Duration;

use actionspec_mock::Mock;
use actionspec_runtime::transport::BoxFuture;
use actionspec_runtime::{Body, Bytes, Middleware, Next, TransportError, http};
use conformance_chaos::{Chaos, ChaosBuilder, Color, Expand, Sort};
use conformance_chaos::{Client, ErrorKind, File, MemoryTransport, Value, Violations, json};
use support::projects;

const TOKEN: &str = "made-up-token";

async fn mock() -> Mock {
    let [_, conformance] = projects();
    Mock::start(conformance.catalog(), 0).await.unwrap()
}

fn builder(address: &str) -> ChaosBuilder {
    Chaos::builder().base_url(address).token(TOKEN)
}

/// A client of the mock server.
fn served(mock: &Mock) -> Chaos {
    builder(&mock.base_url("chaos")).build().unwrap()
}

/// A client that the mock server answers with a status.
fn refused(mock: &Mock, status: &str) -> Chaos {
    builder(&mock.base_url("chaos")).header("x-mock-status", status).build().unwrap()
}

/// A client without a network.
fn remembered(transport: &MemoryTransport) -> Chaos {
    builder("https://chaos.example.com").transport(transport.clone()).build().unwrap()
}

fn answer(body: &Value) -> http::Response<Bytes> {
    http::Response::builder()
        .header("content-type", "application/json")
        .body(Bytes::from(body.to_string()))
        .unwrap()
}

/// Parameter, code and message of each violation.
fn told(violations: &Violations) -> Vec<(&str, &str, &str)> {
    violations.iter().map(|one| (one.parameter.as_str(), one.code, one.message.as_str())).collect()
}

#[tokio::test]
#[expect(deprecated, reason = "it has a parameter of every kind")]
async fn arguments_and_setters_reach_the_vendor() {
    let request = remembered(&MemoryTransport::json(200, &json!({})))
        .get_everything("a/b c", 7)
        .expand([Expand::Owner, Expand::Size])
        .ratio(0.5)
        .deep(true)
        .mail("ada@example.com")
        .ids([1, 2])
        .tags(["red", "a,b"])
        .list(["x", "y"])
        .filter(json!({"color": "red"}))
        .query(json!({"a": [1, null]}))
        .step(15)
        .serial(u64::MAX)
        .x_trace("t-1")
        .theme("dark")
        .type_("any")
        .call()
        .request()
        .unwrap();
    let url = url(request.url());
    assert_eq!(
        (request.method().as_str(), url.0.as_str()),
        ("GET", "https://chaos.example.com/things/a%2Fb%20c/parts/7.json")
    );
    let expected = [
        ("format", "full"),
        ("expand", "owner,size"),
        ("serial", "18446744073709551615"),
        ("ratio", "0.5"),
        ("step", "15"),
        ("deep", "true"),
        ("mail", "ada@example.com"),
        ("ids", "1"),
        ("ids", "2"),
        ("tags", "red|a,b"),
        ("list[]", "x"),
        ("list[]", "y"),
        ("filter[color]", "red"),
        ("query", r#"{"a":[1,null]}"#),
        ("kind", "any"),
    ];
    assert_eq!(
        url.1.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>(),
        expected
    );
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap());
    assert_eq!((header("x-trace"), header("cookie")), (Some("t-1"), Some("theme=dark")));
    assert_eq!((header("x-constant"), header("x-chaos-version")), (Some("constant"), Some("3")));
}

/// The address without its query, and what is in the query.
fn url(text: &str) -> (String, Vec<(String, String)>) {
    let (address, query) = text.split_once('?').unwrap_or((text, ""));
    let decode = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            match byte {
                b'%' => {
                    let digits = [rest.next().unwrap(), rest.next().unwrap()];
                    bytes.push(
                        u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap(),
                    );
                }
                b'+' => bytes.push(b' '),
                byte => bytes.push(byte),
            }
        }
        String::from_utf8(bytes).unwrap()
    };
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    (address.to_owned(), pairs.map(|(name, value)| (decode(name), decode(value))).collect())
}

#[test]
#[expect(deprecated, reason = "it has a parameter of every kind")]
fn what_is_not_set_is_not_sent_but_for_defaults() {
    let client = remembered(&MemoryTransport::json(200, &json!({})));
    let query = |call: conformance_chaos::Call<_>| url(call.request().unwrap().url()).1;
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        query(client.get_everything("x", 0).call()),
        [pair("format", "full"), pair("step", "10")]
    );
    let null = query(client.get_everything("x", 0).query_null().call());
    assert_eq!(null, [pair("format", "full"), pair("step", "10"), pair("query", "null")]);
    // The last value counts.
    let twice = query(client.get_everything("x", 0).step(5).step(20).call());
    assert_eq!(twice, [pair("format", "full"), pair("step", "20")]);
}

#[test]
#[expect(deprecated, reason = "it has a parameter of every kind")]
fn enums_know_their_values_and_open_ones_take_any_other() {
    assert_eq!((Expand::Owner.as_str(), Expand::OldOne.as_str()), ("owner", "old"));
    assert_eq!((Color::Empty.as_str(), Color::Quoted.as_str()), ("", "a\"b"));
    assert!(
        matches!((Sort::from("asc"), Sort::from("newest")), (Sort::Asc, Sort::Other(other)) if other == "newest")
    );
    let client = remembered(&MemoryTransport::json(200, &json!({})));
    for (sort, wire) in [
        (Sort::Desc, "desc"),
        (Sort::from("newest"), "newest"),
        (Sort::from("desc".to_owned()), "desc"),
    ] {
        let request = client.get_everything("x", 1).sort(sort).call().request().unwrap();
        assert!(
            url(request.url()).1.contains(&("sort".to_owned(), wire.to_owned())),
            "{}",
            request.url()
        );
    }
    // By name nothing keeps a wrong value of a closed enum out but the validator.
    let wrong = client
        .get_everything("x", 1)
        .call()
        .set("expand", json!(["size", "onwer"]))
        .validate()
        .unwrap_err();
    assert_eq!(
        told(&wrong),
        [("expand/1", "enum", "must be one of `owner`, `size`, `old`; did you mean `owner`?")]
    );
}

#[tokio::test]
#[expect(deprecated, reason = "it has a parameter of every kind")]
async fn everything_that_is_wrong_is_told_at_once_and_nothing_is_sent() {
    let transport = MemoryTransport::json(200, &json!({}));
    let request = remembered(&transport)
        .get_everything("", 101)
        .expand([Expand::Owner, Expand::Size, Expand::Owner, Expand::Owner])
        .ratio(1.0)
        .step(7)
        .since("yesterday")
        .day("2026-01-31")
        .mail("nobody")
        .network("192.0.2.0/99")
        .tags(["a|b"])
        .x_trace("one\r\ntwo")
        .friend("f-1")
        .previous("f-0");
    let expected = [
        ("thing", "min_length", "must have at least 1 character, has 0"),
        ("thing", "pattern", "must match the pattern `^[^\\\\]+$`"),
        ("part", "maximum", "must be at most 100"),
        ("expand", "max_items", "must have at most 3 items, has 4"),
        ("expand/2", "unique_items", "is a duplicate of an earlier item"),
        ("ratio", "exclusive_maximum", "must be less than 1"),
        ("step", "multiple_of", "must be a multiple of 5"),
        ("since", "format", "must be a date and time of RFC 3339, such as 2026-01-31T09:30:00Z"),
        ("mail", "format", "must be an email address"),
        ("network", "format", "must be an IP network, such as 192.0.2.0/24"),
        ("tags", "separator", "must not have items with `|`, because it separates them"),
        (
            "X-Trace",
            "header",
            "must not hold line breaks or other control characters, because it is sent in a header",
        ),
        ("since", "rule", "breaks a rule: Give at most one of `since` and `day`"),
        ("friend", "rule", "breaks a rule: `friend` cannot be given together with `previous`"),
        ("network", "rule", "breaks a rule: Give `network` only when `sort` is `asc` or `desc`"),
        ("list", "rule", "breaks a rule: Give all of `tags` and `list`, or none"),
    ];
    let violations = request.validate().unwrap_err();
    assert_eq!(told(&violations), expected);
    let error = request.send().await.unwrap_err();
    assert_eq!((error.kind(), error.violations()), (ErrorKind::Validation, Some(&violations)));
    assert!(
        error
            .to_string()
            .starts_with("chaos.get_everything: `thing` must have at least 1 character"),
        "{error}"
    );
    assert!(transport.requests().is_empty());
}

#[test]
fn objects_are_checked_inside() {
    let client = remembered(&MemoryTransport::json(200, &json!({})));
    let wrong = client
        .create_thing("A thing")
        .root(json!({"name": "", "children": [{"kind": "branch"}, {"name": "leaf", "kind": "twig", "colour": 1}]}))
        .address(json!({"zip": "1234"}))
        .limits(json!({"share": 0, "count": 3, "code": "abcd", "tags": ["a", "a"], "level": "middle"}))
        .validate()
        .unwrap_err();
    let found: Vec<(&str, &str)> =
        wrong.iter().map(|one| (one.parameter.as_str(), one.code)).collect();
    let expected = [
        ("root/name", "min_length"),
        ("root/children/0/name", "required"),
        ("root/children/1/kind", "enum"),
        ("root/children/1/colour", "unknown_property"),
        ("address/street", "required"),
        ("address/zip", "pattern"),
        ("limits/share", "exclusive_minimum"),
        ("limits/count", "multiple_of"),
        ("limits/code", "max_length"),
        ("limits/tags/1", "unique_items"),
        ("id", "rule"),
        ("color", "rule"),
    ];
    assert_eq!(found, expected);
}

#[tokio::test]
#[expect(deprecated, reason = "it has a parameter of every kind")]
async fn results_are_read_field_by_field() {
    let mock = mock().await;
    let request = served(&mock)
        .get_everything("t-1", 7)
        .expand([Expand::Owner])
        .since("2026-01-31T12:00:00Z")
        .sort(Sort::Asc);
    let response = request.network("192.0.2.0/24").secret("made-up-secret").send().await.unwrap();
    assert_eq!(response.status(), 200);
    let thing = response.output().unwrap();
    assert_eq!(
        (thing.id().unwrap(), thing.name().unwrap(), thing.size().unwrap()),
        (Some(7), Some("A thing"), Some(1.5))
    );
    assert_eq!(thing.created().unwrap().unwrap().timestamp().unwrap().as_second(), 1_769_860_800);
    assert_eq!(thing.owner().unwrap().unwrap().mail().unwrap(), Some("ada@example.com"));
    let links = thing.links().unwrap().unwrap();
    assert_eq!(
        (links.get("self").unwrap(), links.get("next").unwrap()),
        (Some(Some("/things/7")), None)
    );
    let links: Vec<_> = links.iter().map(|(name, link)| (name, link.unwrap())).collect();
    assert_eq!(links, [("self", Some("/things/7")), ("next", None)]);
    let parts: Vec<_> = thing.parts().unwrap().unwrap().iter().map(Result::unwrap).collect();
    assert_eq!(parts[0].maker().unwrap().unwrap().age().unwrap(), Some(40));
    assert!(parts[1].maker().unwrap().is_none() && parts[1].tags().unwrap().unwrap().is_empty());
    assert_eq!(thing.free().unwrap(), Some(&json!({"any": ["thing"]})));
    assert!(thing.nothing().unwrap().is_none());
}

#[tokio::test]
async fn every_typed_call_is_one_that_the_vendor_takes() {
    let mock = mock().await;
    let chaos = served(&mock);
    assert_eq!(chaos.ping().send().await.unwrap().status(), 204);
    let created = chaos
        .create_thing("A thing")
        .slug("a-thing")
        .color(Color::Quoted)
        .dry_run(true)
        .extra(json!([1]))
        .send()
        .await
        .unwrap();
    assert_eq!(created.output().unwrap().owner().unwrap().unwrap().name().unwrap(), Some("Ada"));
    let node =
        json!({"name": "root", "children": [{"name": "leaf", "kind": "leaf"}], "serial": u64::MAX});
    let update = chaos.update_thing("t-1", node);
    let body = update.clone().call().request().unwrap().body();
    assert!(std::str::from_utf8(&body).unwrap().contains(r#""serial":18446744073709551615"#));
    let updated = update.send().await.unwrap();
    assert_eq!(updated.output().unwrap().serial().unwrap(), Some(u64::MAX), "no digit is lost");
    assert_eq!(updated.output().unwrap().labels().unwrap().unwrap().get("a").unwrap(), Some("b"));
    assert_eq!(chaos.put_text("t-1", "line\nline").send().await.unwrap().status(), 204);
    assert!(chaos.delete_thing("t-1").send().await.unwrap().bytes().is_empty());
    let text = chaos
        .submit_form("Ada & Grace")
        .colors(["red", "green=blue"])
        .count(2)
        .send()
        .await
        .unwrap();
    assert_eq!(text.text(), "thanks");
    let things = chaos.query_graph(2).send().await.unwrap();
    assert_eq!(things.output().unwrap().len(), 1);
    let after = chaos.query_graph(2).after("1").send().await.unwrap();
    assert_eq!(after.output().unwrap().len(), 0, "the second page is the last");
    let all = chaos.list_all().send().await.unwrap();
    assert!(!all.output().unwrap().items().unwrap().unwrap().is_empty());
}

#[tokio::test]
async fn a_file_travels_with_its_name_type_and_fields() {
    let mock = mock().await;
    let file =
        || File::new("twelve bytes").with_name("notes \"1\".txt").with_media_type("text/markdown");
    let response =
        served(&mock).upload_file("t-1", file()).comment("First \"version\"").send().await.unwrap();
    assert_eq!(response.output().unwrap().file().unwrap().unwrap().id().unwrap(), Some("f-1"));
    served(&mock).upload_file("t-1", "a text is a file too").send().await.unwrap();

    let transport = MemoryTransport::json(200, &json!({"ok": true}));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("disk.txt"), "from a disk").unwrap();
    remembered(&transport).upload_file("t-1", file()).comment("Grüße").send().await.unwrap();
    remembered(&transport)
        .upload_file("t-1", File::open(folder.path().join("disk.txt")).unwrap())
        .send()
        .await
        .unwrap();
    let requests = transport.requests();
    let bodies: Vec<_> = requests
        .iter()
        .map(|request| String::from_utf8(request.body().to_vec()).unwrap())
        .collect();
    for part in [
        "name=\"file\"; filename=\"notes %221%22.txt\"",
        "text/markdown",
        "\r\n\r\ntwelve bytes\r\n",
        "\r\n\r\nGrüße\r\n",
    ] {
        assert!(bodies[0].contains(part), "no {part:?} in\n{}", bodies[0]);
    }
    // What the file does not say, the spec does.
    for part in ["filename=\"disk.txt\"", "text/plain", "\r\n\r\nfrom a disk\r\n"] {
        assert!(bodies[1].contains(part), "no {part:?} in\n{}", bodies[1]);
    }
    let large =
        remembered(&transport).upload_file("t-1", vec![0; 1_000_001]).validate().unwrap_err();
    assert_eq!(told(&large), [("file", "max_bytes", "has 1000001 bytes, the most is 1000000")]);
}

#[tokio::test]
async fn bytes_are_had_whole_as_they_come_or_in_a_file() {
    const FILE: &str = "123e4567-e89b-12d3-a456-426614174000";
    const BYTES: &[u8] = b"\x00mock bytes\xff";
    let mock = mock().await;
    let chaos = served(&mock);
    let response = chaos.download_file(FILE).send().await.unwrap();
    assert_eq!(
        (response.bytes().as_ref(), response.headers()["content-type"].to_str().unwrap()),
        (BYTES, "image/png")
    );

    let mut stream = chaos.download_file(FILE).call().stream().await.unwrap();
    assert_eq!((stream.status().as_u16(), stream.length()), (200, Some(BYTES.len() as u64)));
    let mut streamed = Vec::new();
    while let Some(chunk) = stream.chunk().await {
        streamed.extend_from_slice(&chunk.unwrap());
    }
    assert_eq!(streamed, BYTES);

    let mut written = Vec::new();
    assert_eq!(
        chaos.download_file(FILE).call().download(&mut written, 1000).await.unwrap(),
        BYTES.len() as u64
    );
    assert_eq!(written, BYTES);
    let error = chaos.download_file(FILE).call().download(&mut Vec::new(), 5).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);

    let error = chaos.download_file("no uuid").call().stream().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Validation);
    let error = refused(&mock, "404").download_file(FILE).call().stream().await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Status, 404));
}

#[tokio::test]
async fn an_action_of_several_steps_waits_until_the_work_is_done() {
    let mock = mock().await;
    let response = served(&mock).export_things(5).compact(true).send().await.unwrap();
    assert_eq!(response.output().unwrap().exported().unwrap(), Some(5));

    let transport = MemoryTransport::queue([
        answer(&json!({"ok": true, "id": "e/7"})),
        answer(&json!({"ok": true, "state": "waiting"})),
        answer(&json!({"ok": true, "state": "running"})),
        answer(&json!({"ok": true, "state": "done"})),
        answer(&json!({"ok": true, "exported": 3})),
    ]);
    let response = remembered(&transport).export_things(3).compact(false).send().await.unwrap();
    assert_eq!(response.output().unwrap().exported().unwrap(), Some(3));
    let asked: Vec<String> = transport
        .requests()
        .iter()
        .map(|one| format!("{} {}", one.method(), one.uri().path_and_query().unwrap()))
        .collect();
    let wait = "GET /exports/e%2F7";
    assert_eq!(
        asked,
        ["POST /exports", wait, wait, wait, "GET /exports/e%2F7/result?state=done&compact=false"]
    );
    assert_eq!(
        serde_json::from_slice::<Value>(transport.requests()[0].body()).unwrap(),
        json!({"size": 3, "format": "json"})
    );
}

#[tokio::test]
async fn work_that_fails_is_an_error_of_its_own() {
    for state in [json!("failed"), json!(13)] {
        let failed = json!({"ok": true, "state": state, "message": "Out of paper."});
        let transport =
            MemoryTransport::queue([answer(&json!({"ok": true, "id": "e-7"})), answer(&failed)]);
        let error = remembered(&transport).export_things(3).send().await.unwrap_err();
        assert_eq!((error.kind(), error.tries()), (ErrorKind::Poll, 2));
        assert_eq!(
            error.message(),
            format!("the operation ended with the state {state}: Out of paper.")
        );
    }
}

/// Five things, two a page, for every kind of paging.
fn five_things() -> MemoryTransport {
    MemoryTransport::new(|request| {
        let query = url(&request.uri().to_string()).1;
        let given = |name: &str| {
            query
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.trim_start_matches("at-").parse::<usize>().unwrap())
        };
        let skipped = given("offset").or(given("cursor")).unwrap_or(0);
        let last = (skipped + 2).min(5);
        let items: Vec<Value> = (skipped..last)
            .map(|number| json!({"id": format!("t-{number}"), "name": format!("Thing {number}")}))
            .collect();
        let next = (last < 5).then(|| format!("at-{last}"));
        Ok(answer(&json!({"ok": true, "items": items, "total": 5, "more": last < 5, "next": next})))
    })
}

#[tokio::test]
async fn a_page_leads_to_the_next_one() {
    let chaos = remembered(&five_things());
    let mut request = chaos.list_by_offset().limit(2);
    let mut ids = Vec::new();
    let mut pages = 0;
    loop {
        let response = request.clone().send().await.unwrap();
        pages += 1;
        let page = response.output().unwrap();
        ids.extend(
            page.items()
                .unwrap()
                .unwrap()
                .iter()
                .map(|item| item.unwrap().id().unwrap().unwrap().to_owned()),
        );
        match request.next_page(&response).unwrap() {
            Some(next) => request = next,
            None => break,
        }
    }
    assert_eq!((pages, ids), (3, ["t-0", "t-1", "t-2", "t-3", "t-4"].map(str::to_owned).to_vec()));
}

#[tokio::test]
async fn pages_and_items_come_by_themselves() {
    let transport = five_things();
    let chaos = remembered(&transport);
    let mut pages = chaos.list_by_cursor().limit(2).pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().output().unwrap().items().unwrap().unwrap().len());
    }
    assert_eq!(sizes, [2, 2, 1]);

    let items = chaos.list_by_cursor().limit(2).send_all().collect().await.unwrap();
    let names: Vec<_> =
        items.iter().map(|item| item.output().unwrap().name().unwrap().unwrap()).collect();
    assert_eq!(names, ["Thing 0", "Thing 1", "Thing 2", "Thing 3", "Thing 4"]);

    let asked = transport.requests().len();
    let mut items = chaos.list_by_cursor().limit(2).send_all();
    items.next().await.unwrap().unwrap();
    assert_eq!(
        transport.requests().len(),
        asked + 1,
        "a page is asked for when its first item is wanted"
    );
    let token = items.resume_token().unwrap();
    let rest =
        chaos.list_by_cursor().limit(2).resume(&token).unwrap().send_all().collect().await.unwrap();
    assert_eq!(
        rest.iter().map(|item| item.output().unwrap().id().unwrap().unwrap()).collect::<Vec<_>>(),
        ["t-1", "t-2", "t-3", "t-4"],
        "a token resumes after the last item that was taken"
    );
    assert!(chaos.list_by_offset().resume(&token).is_err());
}

#[tokio::test]
async fn the_last_page_of_the_mock_server_leads_nowhere() {
    let mock = mock().await;
    let chaos = served(&mock);
    let request = chaos.list_by_page().limit(2);
    let response = request.clone().send().await.unwrap();
    assert!(request.next_page(&response).unwrap().is_none());
    assert_eq!(request.send_all().collect().await.unwrap().len(), 1);
    assert_eq!(
        chaos.query_graph(2).send_all().collect().await.unwrap()[0].json(),
        &json!({"id": "1", "name": "One"})
    );
}

#[tokio::test]
#[expect(deprecated, reason = "it has a parameter of every kind")]
async fn a_declared_error_has_the_vendors_message_and_code() {
    let mock = mock().await;
    let error = refused(&mock, "404").get_everything("t-1", 7).send().await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Status, 404));
    assert_eq!((error.message(), error.code()), ("There is no such thing here.", Some("404")));
    assert_eq!(
        error.to_string(),
        "chaos.get_everything: 404 Not Found: [404] There is no such thing here."
    );
    assert_eq!(error.action().unwrap().name(), "chaos.get_everything");
    assert!(!error.retryable());

    // The code tells which of the declared errors it is.
    let body = json!({"ok": false, "error": {"code": "not_found", "message": "No thing t-9."}});
    let error = remembered(&MemoryTransport::json(404, &body))
        .delete_thing("t-9")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        (error.message(), error.code(), error.meaning()),
        ("No thing t-9.", Some("not_found"), Some("There is no such thing."))
    );
    assert_eq!(serde_json::from_slice::<Value>(error.body()).unwrap(), body);
    let error = remembered(&MemoryTransport::json(200, &body))
        .delete_thing("t-9")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.message(), error.code()),
        (ErrorKind::Vendor, "No thing t-9.", Some("not_found"))
    );
}

#[tokio::test]
async fn too_many_requests_are_retryable() {
    let mock = mock().await;
    let builder = conformance_chaos::ClientBuilder::new(&conformance_chaos::INTEGRATION)
        .base_url(mock.base_url("chaos"));
    let client: Client = builder
        .credentials("token", vec![TOKEN.to_owned()])
        .header("x-mock-status", "429")
        .max_tries(1)
        .build()
        .unwrap();
    let error = Chaos::from(client).list_all().send().await.unwrap_err();
    assert_eq!((error.kind(), error.tries(), error.retryable()), (ErrorKind::Status, 1, true));
    assert_eq!(error.meaning(), Some("Too many requests. Wait."));
}

#[tokio::test]
async fn wrong_credentials_are_told_in_the_vendors_words() {
    let mock = mock().await;
    let error = refused(&mock, "401").list_all().send().await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Status, 401));
    assert_eq!((error.message(), error.code()), ("The credentials are wrong.", Some("401")));
    assert_eq!(error.meaning(), Some("The credentials are wrong. Check them."));
    assert!(!format!("{error} {error:?}").contains(TOKEN));
}

/// Takes the credentials off every request.
struct Anonymous;

impl Middleware for Anonymous {
    fn handle<'a>(
        &'a self,
        mut request: http::Request<Body>,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<http::Response<Body>, TransportError>> {
        assert!(request.headers_mut().remove("authorization").is_some());
        next.send(request)
    }
}

#[tokio::test]
async fn credentials_that_get_lost_are_missed_by_the_vendor() {
    let [published, _] = projects();
    let mock = Mock::start(published.catalog(), 0).await.unwrap();
    let client = actionspec_runtime::ClientBuilder::new(&actionspec_confluence::INTEGRATION)
        .base_url(mock.base_url("confluence"))
        .credentials("basic", vec!["ada@example.com".to_owned(), TOKEN.to_owned()])
        .timeout(Duration::from_secs(30))
        .middleware(Anonymous)
        .build()
        .unwrap();
    let error = actionspec_confluence::Confluence::from(client)
        .get_current_user()
        .send()
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Status, 401));
    assert_eq!((error.message(), error.code()), ("no credentials of a declared kind", Some("401")));
    assert!(
        error.meaning().unwrap().starts_with("The credentials are missing, wrong or expired"),
        "{:?}",
        error.meaning()
    );
}
