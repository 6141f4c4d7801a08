//! Recordings as people bring them, and as nobody should.

#![allow(clippy::panic, reason = "tests")]

use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::place::faults;
use super::scaffold::{Blank, SchemeKind, start};
use super::*;
use crate::spec::{Authentication, IntegrationSpec};

fn no_files(_: &str) -> std::io::Result<Vec<u8>> {
    Err(std::io::ErrorKind::NotFound.into())
}

fn options() -> Options {
    Options { source: "A recorded request".to_owned(), ..Options::default() }
}

fn curl(command: &str) -> Made {
    let made = from_curl(command, &options(), &Specs::default(), &no_files)
        .unwrap_or_else(|fault| panic!("{command}\n{fault}"));
    assert_valid(&made);
    made
}

/// `gen` accepts what was made.
fn assert_valid(made: &Made) {
    let found = faults(None, &made.files);
    let messages: Vec<&str> = found.iter().map(|fault| fault.message.as_str()).collect();
    assert!(found.is_empty(), "{messages:?}\n{}", all(made));
}

fn all(made: &Made) -> String {
    made.files.iter().fold(String::new(), |mut text, (path, contents)| {
        let _ = write!(text, "# {path}\n{contents}\n");
        text
    })
}

/// The action's file as JSON.
fn action(made: &Made) -> Value {
    let (_, text) = made
        .files
        .iter()
        .find(|(path, _)| path.contains("/actions/"))
        .unwrap_or_else(|| panic!("no action in {}", all(made)));
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn integration(made: &Made) -> IntegrationSpec {
    let (_, text) = made
        .files
        .iter()
        .find(|(path, _)| path.ends_with("integration.yaml"))
        .unwrap_or_else(|| panic!("no integration"));
    serde_json::from_value(serde_yaml::from_str(text).unwrap_or_default())
        .unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn entry(method: &str, url: &str, answer: &Value) -> Value {
    json!({
        "request": {"method": method, "url": url, "headers": [{"name": "Authorization", "value": "Bearer abc"}]},
        "response": {"status": 200, "content": {"mimeType": "application/json", "text": answer.to_string()}},
    })
}

fn har(entries: &[Value]) -> Vec<u8> {
    json!({"log": {"version": "1.2", "entries": entries}}).to_string().into_bytes()
}

fn from(entries: &[Value]) -> Made {
    let made = from_har(&har(entries), &options(), &Specs::default())
        .unwrap_or_else(|fault| panic!("{fault}"));
    assert_valid(&made);
    made
}

#[test]
fn each_option_that_says_something_reaches_the_spec() {
    for (command, pointer, wanted) in [
        ("curl example.com/a", "/request", json!("GET /a")),
        ("curl -XDELETE https://example.com/users/7", "/request", json!("DELETE /users/{user_id}")),
        ("curl --head https://example.com/users/7", "/request", json!("HEAD /users/{user_id}")),
        (
            "curl -G https://example.com/s -d q=a -d page=2",
            "/parameters/page/type",
            json!("integer"),
        ),
        ("curl https://example.com/s -d a=1 -d b=x", "/request/body", json!("form")),
        (
            "curl https://example.com/s -d '{\"a\":{\"b\":[1.5]}}'",
            "/parameters/a/properties/b/items/type",
            json!("number"),
        ),
        (
            "curl https://example.com/s --json '{\"a\":1}' --json ''",
            "/parameters/a/example",
            json!(1),
        ),
        ("curl https://example.com/s --json '[1,2]'", "/request/body", json!("jsonValue")),
        (
            "curl https://example.com/s -F file=@a.png -F 'name=A b;type=text/plain'",
            "/parameters/file/type",
            json!("file"),
        ),
        (
            "curl https://example.com/s --data-urlencode 'q=a b&c'",
            "/parameters/q/example",
            json!("a b&c"),
        ),
        (
            "curl -T report.csv -H 'Content-Type: text/csv' https://example.com/files/7",
            "/parameters/content/mediaType",
            json!("text/csv"),
        ),
        (
            "curl https://example.com/s -H 'X-Version: 2024-01-01' -H 'Accept: text/csv'",
            "/request/headers/X-Version",
            json!("2024-01-01"),
        ),
        (
            "curl https://example.com/s -X POST -H 'Idempotency-Key: 123e4567-e89b-12d3-a456-426614174000'",
            "/retry/idempotencyKey",
            json!("Idempotency-Key"),
        ),
        (
            "curl 'https://example.com/s?ids[]=1&ids[]=2&f[color]=red&f[size]=2'",
            "/parameters/f/style",
            json!("brackets"),
        ),
        (
            "curl --url https://example.com/s --url-query q=1",
            "/parameters/q/type",
            json!("integer"),
        ),
        (
            "curl https://example.com/graphql --json '{\"query\":\"query Viewer($n: Int) { viewer(first: $n) { id } }\",\"variables\":{\"n\":3}}'",
            "/parameters/n/example",
            json!(3),
        ),
        (
            "$ curl https://example.com/users/$USER_ID/keys",
            "/request",
            json!("GET /users/{user_id}/keys"),
        ),
    ] {
        let spec = action(&curl(command));
        assert_eq!(spec.pointer(pointer), Some(&wanted), "{command}\n{spec:#}");
    }
}

#[test]
fn credentials_become_ways_to_authenticate_and_stay_out_of_the_files() {
    for (command, scheme) in [
        ("curl -u ada:hunter2hunter2 https://example.com/a", "basic"),
        ("curl https://ada:hunter2hunter2@example.com/a", "basic"),
        ("curl -H 'Authorization: Bearer hunter2hunter2' https://example.com/a", "token"),
        ("curl -H 'authorization: token hunter2hunter2' https://example.com/a", "token"),
        ("curl --oauth2-bearer hunter2hunter2 https://example.com/a", "token"),
        ("curl -H 'X-Api-Key: hunter2hunter2' https://example.com/a", "api_key"),
        ("curl -H 'Authorization: hunter2hunter2' https://example.com/a", "api_key"),
        ("curl 'https://example.com/a?access_token=hunter2hunter2'", "api_key"),
        ("curl -b 'theme=dark; session=hunter2hunter2' https://example.com/a", "session_cookie"),
        ("curl -H 'X-Client: $TOKEN' https://example.com/a", "api_key"),
        (
            "curl -H 'X-App-Key: hunter2hunter2' -H 'Authorization: Bearer hunter2hunter2' https://example.com/a",
            "keys",
        ),
    ] {
        let made = curl(command);
        assert!(!all(&made).contains("hunter2"), "{command}\n{}", all(&made));
        assert!(made.report.of(Kind::Secret).count() > 0, "{command}");
        let schemes: Vec<String> = integration(&made).authentication.into_keys().collect();
        assert_eq!(schemes, [scheme], "{command}");
    }
    let made = curl(
        "curl https://example.com/login -d user=ada -d password=hunter2hunter2 -d '&token=hunter2hunter2'",
    );
    assert!(!all(&made).contains("hunter2"), "{}", all(&made));
    assert_eq!(action(&made)["parameters"]["password"]["secret"], json!(true));
    let made = curl(
        "curl https://hooks.example.com/services/T0001/aB3dE5gH7jK9mN1pQ3sT5vW7 --json '{\"text\":\"hi\"}'",
    );
    assert!(!all(&made).contains("aB3dE5gH7"), "{}", all(&made));
}

#[test]
fn what_is_wrong_with_a_command_is_told_with_its_place() {
    for (command, message, column) in [
        ("wget https://example.com", "the command does not contain `curl`", None),
        ("curl", "the command has no address", None),
        ("curl --datta x https://example.com", "curl has no option `--datta`", Some(6)),
        ("curl -sSM x", "curl has no option `-M`", Some(9)),
        ("curl https://example.com -H", "`-H` needs a value", Some(26)),
        ("curl -X FETCH https://example.com", "`FETCH` is not a supported method", Some(6)),
        (
            "curl ftp://example.com",
            "`ftp://example.com` is not a URL: it does not start with `https://` or `http://`",
            Some(6),
        ),
        ("curl https://example.com -d @body.json", "`body.json` cannot be read", Some(26)),
        ("curl https://example.com --json '{'", "the body is not JSON", Some(26)),
        (
            "curl https://example.com -d @-",
            "the body comes from standard input, which is not available",
            Some(26),
        ),
    ] {
        let Err(fault) = from_curl(command, &options(), &Specs::default(), &no_files) else {
            panic!("{command}")
        };
        assert!(fault.message.starts_with(message), "{command}: {}", fault.message);
        assert_eq!(fault.place.as_ref().map(|(_, column, _)| *column), column, "{command}");
        assert!(fault.to_string().contains(message));
    }
}

#[test]
fn requests_are_grouped_by_method_and_path() {
    let user = |name: &str| json!({"id": 1, "name": name, "email": format!("{name}@corp.example"), "role": "admin"});
    let made = from(&[
        entry("GET", "https://api.acme.dev/v1/users?limit=10", &json!([user("jane"), user("joe")])),
        entry("GET", "https://api.acme.dev/v1/users?limit=20&after=x", &json!([user("jane")])),
        entry("GET", "https://api.acme.dev/v1/users/1", &user("jane")),
        entry("GET", "https://api.acme.dev/v1/users/2", &user("joe")),
        entry(
            "GET",
            "https://api.acme.dev/v1/teams/red",
            &json!({"slug": "red", "size": 1, "open": true}),
        ),
        entry(
            "GET",
            "https://api.acme.dev/v1/teams/blue",
            &json!({"slug": "blue", "size": 2, "open": true}),
        ),
        entry("GET", "https://api.acme.dev/v1/settings/theme", &json!({"dark": true})),
        entry("GET", "https://api.acme.dev/v1/settings/locale", &json!({"code": "en"})),
    ]);
    assert_eq!(made.actions, ["list_users", "get_user", "get_team", "get_theme", "get_locale"]);
    let text = all(&made);
    for part in [
        "request: GET /v1/teams/{team_id}",
        "request: GET /v1/users/{user_id}",
        "limit:",
        "after:",
        "ada@example.com",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains("corp.example") && !text.contains("jane"), "{text}");
}

#[test]
fn what_browsers_load_beside_an_api_is_left_out() {
    let mut other = entry("GET", "https://tracker.example.net/collect", &json!({}));
    other["response"]["status"] = json!(200);
    let typed = |url: &str, kind: &str, media_type: &str| json!({"_resourceType": kind, "request": {"method": "GET", "url": url}, "response": {"status": 200, "content": {"mimeType": media_type, "text": "x"}}});
    let failed = json!({"request": {"method": "GET", "url": "https://api.acme.dev/broken"}, "response": {"status": 500, "content": {"mimeType": "application/json", "text": "{}"}}});
    let preflight = json!({"request": {"method": "OPTIONS", "url": "https://api.acme.dev/users"}, "response": {"status": 204}});
    let made = from(&[
        entry("GET", "https://api.acme.dev/users", &json!([])),
        entry("GET", "https://api.acme.dev/me", &json!({})),
        other,
        typed("https://api.acme.dev/app.js", "script", "text/javascript"),
        typed("https://api.acme.dev/", "document", "text/html"),
        typed("data:image/png;base64,AAAA", "image", "image/png"),
        failed,
        preflight,
    ]);
    assert_eq!(made.actions, ["list_users", "get_me"]);
    assert_eq!(made.report.of(Kind::Skipped).count(), 5, "{:#?}", made.report);
}

#[test]
fn an_example_holds_nothing_secret_or_personal() {
    let token = format!("ghp_{}", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8");
    let jwt = format!(
        "eyJ{}.eyJ{}.{}",
        "hbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
        "zdWIiOiIxMjM0NTY3ODkwIn0abcdefgh",
        "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"
    );
    let value = json!({
        "user": {"id": 17, "login": "jqpublic", "firstName": "Jane", "lastName": "Public", "displayName": "Jane Q. Public", "email": "jane.public@corp.test", "phone": "+44 20 7946 0958",
                 "avatarUrl": "https://cdn.corp.test/a/jqpublic.png?sig=abc", "address": {"street": "10 Downing Street", "zip": "SW1A 2AA"}, "dob": "1971-03-04", "ssn": "078-05-1120"},
        "author": "Jane Q. Public", "assignee": {"name": "John Doe"},
        "password": "hunter2", "apiKey": "live", "headers": {"Authorization": format!("Bearer {jwt}")}, "notes": format!("token {token} of jane.public@corp.test"),
        "token": token, "session_id": 99_887_766, "nested": [{"client_secret": "s3cr3t"}, {"next_page_token": "kept"}],
        "ip": "203.0.113.77", "ipv6": "2001:0db8:85a3::8a2e:0370:7334", "text": "Jane Q. Public wrote to john.doe@corp.test from 198.51.100.23 via https://intranet.corp.test/x?u=1",
        "by": {"jane.public@corp.test": 3}, "url": "https://corp.test/users/jqpublic", "kind": "admin", "tokenType": "bearer", "count": 3, "lat": 51.5, "uuid": "123e4567-e89b-12d3-a456-426614174000"
    });
    let (scrubbed, counts) = scrub(&value);
    let text = scrubbed.to_string();
    let leaked: Vec<&str> = [
        "jane",
        "Jane",
        "Public",
        "jqpublic",
        "corp.test",
        "hunter2",
        "s3cr3t",
        "ghp_",
        "eyJ",
        "203.0.113",
        "198.51",
        "8a2e",
        "Downing",
        "SW1A",
        "1971",
        "078-05",
        "7946",
        "99887766",
        "John",
        "Doe",
        "51.5",
        "\"live\"",
    ]
    .into_iter()
    .filter(|real| text.contains(real))
    .collect();
    assert!(leaked.is_empty(), "{leaked:?} in {scrubbed:#}");
    assert_eq!(scrubbed["user"]["displayName"], json!("Ada Lovelace"));
    assert_eq!(
        (&scrubbed["author"], &scrubbed["user"]["email"]),
        (&json!("Ada Lovelace"), &json!("ada@example.com"))
    );
    assert_eq!(scrubbed["assignee"]["name"], json!("Grace Hopper"));
    // What tells nothing about anybody stays.
    for key in ["kind", "tokenType", "count", "uuid"] {
        assert_eq!(scrubbed[key], value[key], "{key}");
    }
    assert_eq!(scrubbed["nested"][1]["next_page_token"], json!("kept"));
    assert!(counts.values().sum::<usize>() >= 20, "{counts:?}");
}

#[test]
fn the_shapes_of_all_items_are_kept_when_a_list_is_shortened() {
    let items: Vec<Value> =
        (0..100)
            .map(|index| {
                if index == 50 { json!({"id": index, "rare": true}) } else { json!({"id": index}) }
            })
            .collect();
    let (scrubbed, _) = scrub(&json!({ "items": items }));
    assert_eq!(scrubbed["items"], json!([{"id": 0}, {"id": 1}, {"id": 50, "rare": true}]));
}

#[test]
fn hostile_files_get_an_answer() {
    let deep = format!("{{\"log\":{{\"entries\":{}1{}}}}}", "[".repeat(5000), "]".repeat(5000));
    let texts: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"\xff\xfe\x00".to_vec(),
        b"{".to_vec(),
        b"[]".to_vec(),
        b"null".to_vec(),
        deep.into_bytes(),
        json!({"log": {"entries": {}}}).to_string().into_bytes(),
        har(&[]),
        har(&[
            json!(1),
            json!(null),
            json!([]),
            json!({"request": 7}),
            json!({"request": {"url": 1, "method": []}}),
        ]),
        har(&[json!({"request": {"method": "GET", "url": "https://"}, "response": "x"})]),
        har(&[json!({"request": {"method": "BREW", "url": "https://example.com/"}})]),
    ];
    for bytes in texts {
        assert!(
            from_har(&bytes, &options(), &Specs::default()).is_err(),
            "{}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(80)])
        );
    }
    // Wrong types within an entry cost that part alone.
    let mut odd = entry("POST", "https://example.com/users", &json!({}));
    odd["request"]["headers"] =
        json!([1, {"name": 2}, {"name": "X-A", "value": null}, {"name": "X-B", "value": 7}]);
    odd["request"]["postData"] = json!({"mimeType": "application/json", "text": "{not json"});
    odd["response"]["content"]["encoding"] = json!("base64");
    assert_eq!(from(&[odd]).actions, ["create_user"]);
}

#[test]
fn nested_bodies_and_many_requests_stay_small() {
    let nested = (0..100).fold(json!(1), |inner, _| json!({ "a": inner }));
    let entries: Vec<Value> = (0..2_000)
        .map(|index| {
            entry(
                "GET",
                &format!("https://example.com/things/{index}?page={index}"),
                &json!({"id": index, "all": vec![json!({"x": 1}); 50]}),
            )
        })
        .collect();
    let made = from(&entries);
    assert_eq!(made.actions, ["get_thing"]);
    assert!(all(&made).len() < 4_000, "{}", all(&made));
    let mut post = entry("POST", "https://example.com/things", &nested);
    post["request"]["postData"] =
        json!({"mimeType": "application/json", "text": nested.to_string()});
    from(&[post]);
}

#[test]
fn every_start_is_accepted() {
    for (_, scheme) in SchemeKind::ALL {
        let blank = Blank {
            integration: "acme_cloud".to_owned(),
            scheme: Some(scheme),
            action: Some("get_user".to_owned()),
            ..Blank::default()
        };
        let made =
            start(&blank, &Specs::default()).unwrap_or_else(|fault| panic!("{scheme:?}: {fault}"));
        assert_valid(&made);
        assert_eq!(
            integration(&made).authentication.len(),
            usize::from(scheme != SchemeKind::None),
            "{scheme:?}"
        );
        assert_eq!(action(&made)["request"], json!("GET /users/{user_id}"));
    }
    for (action_id, request) in [
        ("list_users", "GET /users"),
        ("create_user", "POST /users"),
        ("delete_user", "DELETE /users/{user_id}"),
        ("archive_page", "POST /pages/archive"),
        ("ping", "GET /pings/{ping_id}"),
    ] {
        let blank = Blank {
            integration: "acme".to_owned(),
            action: Some(action_id.to_owned()),
            ..Blank::default()
        };
        let made = start(&blank, &Specs::default()).unwrap_or_else(|fault| panic!("{fault}"));
        assert_valid(&made);
        assert_eq!(action(&made)["request"], json!(request));
    }
    let response =
        json!({"users": [{"name": "Jane Public", "email": "jane@corp.test"}], "total": 1});
    let blank = Blank {
        integration: "acme".to_owned(),
        action: Some("list_users".to_owned()),
        request: Some("GET /users".to_owned()),
        response: Some(response),
        ..Blank::default()
    };
    let made = start(&blank, &Specs::default()).unwrap_or_else(|fault| panic!("{fault}"));
    assert_valid(&made);
    assert!(all(&made).contains("Ada Lovelace") && !all(&made).contains("Jane"));
}

#[test]
fn a_start_that_cannot_be_is_told_why() {
    for (blank, message) in [
        (
            Blank { integration: "Acme".to_owned(), ..Blank::default() },
            "`Acme` cannot be the id of an integration",
        ),
        (
            Blank {
                integration: "acme".to_owned(),
                action: Some("getUser".to_owned()),
                ..Blank::default()
            },
            "`getUser` cannot be the id of an action",
        ),
        (
            Blank {
                integration: "acme".to_owned(),
                action: Some("get_user".to_owned()),
                request: Some("get /x".to_owned()),
                ..Blank::default()
            },
            "`get /x` is not a request",
        ),
        (
            Blank {
                integration: "acme".to_owned(),
                server: Some("ftp://x".to_owned()),
                ..Blank::default()
            },
            "`ftp://x` is not a URL",
        ),
        (
            Blank {
                integration: "acme".to_owned(),
                server: Some("http://x.example.com".to_owned()),
                ..Blank::default()
            },
            "this does not make a valid spec: `http://x.example.com` is not an `https` URL",
        ),
    ] {
        let Err(fault) = start(&blank, &Specs::default()) else { panic!("{blank:?}") };
        assert!(fault.message.starts_with(message), "{}", fault.message);
    }
}

#[test]
fn schemes_are_what_the_loader_reads() {
    let made = curl("curl -H 'authorization: token abc' https://example.com/a");
    assert!(
        matches!(integration(&made).authentication.values().next(), Some(Authentication::Bearer(scheme)) if scheme.token_prefix.as_deref() == Some("token"))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_command_is_made_or_refused(path in "[a-zA-Z0-9/{}$:.%~_-]{0,20}", query in "[a-z0-9=&\\[\\]%+.]{0,20}", body in any::<String>(), name in "[A-Za-z-]{1,12}", value in any::<String>()) {
        let quoted = |text: &str| format!("'{}'", text.replace('\'', r"'\''"));
        let command = format!("curl {} -H {} -d {}", quoted(&format!("https://example.com/{path}?{query}")), quoted(&format!("{name}: {value}")), quoted(&body));
        if let Ok(made) = from_curl(&command, &options(), &Specs::default(), &no_files) {
            let found = faults(None, &made.files);
            prop_assert!(found.is_empty(), "{}\n{:?}", all(&made), found.iter().map(|fault| &fault.message).collect::<Vec<_>>());
        }
    }

    #[test]
    fn any_json_body_is_made_or_refused(body in json_value()) {
        let mut post = entry("POST", "https://example.com/things", &body);
        post["request"]["postData"] = json!({"mimeType": "application/json", "text": body.to_string()});
        if let Ok(made) = from_har(&har(&[post]), &options(), &Specs::default()) {
            let found = faults(None, &made.files);
            prop_assert!(found.is_empty(), "{}\n{:?}", all(&made), found.iter().map(|fault| &fault.message).collect::<Vec<_>>());
        }
    }
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e12..1e12).prop_map(|number: f64| json!(number)),
        any::<String>().prop_map(Value::from),
        "[a-zA-Z0-9@./:-]{0,40}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            proptest::collection::vec(("[a-zA-Z/~_ -]{0,10}", inner), 0..5)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}
