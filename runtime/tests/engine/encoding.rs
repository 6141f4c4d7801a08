//! Arguments into requests.

use actionspec_model::Action;
use actionspec_runtime::descriptor::{Location, Parameter, Schema, Style, Type};
use actionspec_runtime::{Call, ErrorKind, File, PreparedRequest};
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use serde_json::{Value, json};
use url::Url;

use crate::quiet;
use actionspec_test_support::fixture::{
    base_action, builder, call, get_user, http, in_body, parameter,
};

/// A query parameter `a` of any type.
fn any() -> Parameter {
    parameter("a", Schema::ANY)
}

/// A parameter at a place in the body.
fn at(key: &str, pointer: &str) -> Parameter {
    Parameter { pointer: pointer.to_owned(), ..parameter(key, Schema::ANY) }
}

/// A `POST` with a body of this kind.
fn post(kind: &str) -> Value {
    json!({"method": "POST", "path": "/", "body": kind})
}

fn post_with(kind: &str, constants: Value) -> Value {
    let mut post = post(kind);
    post["constants"] = constants;
    post
}

fn request(action: Action, arguments: &Value) -> PreparedRequest {
    prepare(action, arguments).unwrap()
}

fn prepare(
    action: Action,
    arguments: &Value,
) -> Result<PreparedRequest, actionspec_runtime::Error> {
    let mut call = call(&quiet(), action);
    for (key, value) in arguments.as_object().unwrap() {
        call.argument(key, value.clone());
    }
    call.request()
}

fn query(style: Style, value: &Value) -> String {
    let action = Action { parameters: vec![Parameter { style, ..any() }], ..base_action() };
    let url = request(action, &json!({"a": value})).url().to_owned();
    url.split_once('?').map_or_else(String::new, |(_, query)| query.to_owned())
}

fn body(request: Value, parameters: Vec<Parameter>, arguments: &Value) -> (String, String) {
    let parameters = parameters
        .into_iter()
        .map(|parameter| Parameter { location: Location::Body, ..parameter })
        .collect();
    let action = Action { parameters, steps: vec![http(request)], ..base_action() };
    let request = self::request(action, arguments);
    let media_type = request.headers()["content-type"].to_str().unwrap().to_owned();
    (media_type, String::from_utf8(request.body().to_vec()).unwrap())
}

#[test]
fn a_get_has_address_headers_and_credentials() {
    let call: Call<Value> = Call::new(&quiet(), get_user())
        .set("id", "a/b c%é")
        .set("expand", vec!["groups", "manager"]);
    let request = call.request().unwrap();
    assert_eq!(
        request.url(),
        "https://acme.example.com/api/users/a%2Fb%20c%25%C3%A9?expand=groups,manager"
    );
    assert_eq!(request.headers()["accept"], "application/json");
    assert_eq!(request.headers()["x-api-version"], "7");
    assert_eq!(request.headers()["user-agent"], concat!("actionspec/", env!("CARGO_PKG_VERSION")));
    assert!(request.headers()["authorization"].is_sensitive());
    assert!(!request.headers().contains_key("content-type"));
}

#[test]
fn arrays_in_queries_follow_their_style() {
    let value = json!(["x", "y,z", 3]);
    assert_eq!(query(Style::Repeat, &value), "a=x&a=y%2Cz&a=3");
    assert_eq!(query(Style::Comma, &value), "a=x,y%2Cz,3");
    assert_eq!(query(Style::Pipe, &value), "a=x%7Cy%2Cz%7C3");
    assert_eq!(query(Style::Space, &value), "a=x%20y%2Cz%203");
    assert_eq!(query(Style::Brackets, &value), "a%5B%5D=x&a%5B%5D=y%2Cz&a%5B%5D=3");
    assert_eq!(query(Style::Json, &json!([1])), "a=%5B1%5D");
    assert_eq!(query(Style::Brackets, &json!({"b": {"c": [1]}})), "a%5Bb%5D%5Bc%5D%5B%5D=1");
    for style in [Style::Repeat, Style::Comma, Style::Brackets] {
        assert_eq!(query(style, &json!([])), "", "{style:?}");
    }
    assert_eq!(query(Style::Repeat, &json!(10.0)), "a=10");
}

/// The values of the table "Style Examples" of OpenAPI 3.1.1, section 4.8.12.5.
#[test]
fn objects_that_are_not_spread_alternate_keys_and_values() {
    let color = json!({"R": 100, "G": 200, "B": 150});
    assert_eq!(query(Style::Comma, &color), "a=R,100,G,200,B,150");
    assert_eq!(query(Style::Space, &color), "a=R%20100%20G%20200%20B%20150");
    assert_eq!(query(Style::Pipe, &color), "a=R%7C100%7CG%7C200%7CB%7C150");
    assert_eq!(query(Style::Comma, &json!({"a,b": "c,d", "none": null})), "a=a%2Cb,c%2Cd");
    assert_eq!(query(Style::Comma, &json!({})), "");
    assert_eq!(query(Style::Json, &json!({"R": 100})), "a=%7B%22R%22%3A100%7D");
}

#[test]
fn lists_of_objects_in_brackets_are_numbered() {
    let items = json!([{"a": 1, "b": ["x", "y"]}, {"a": 2}]);
    assert_eq!(
        query(Style::Brackets, &items),
        "a%5B0%5D%5Ba%5D=1&a%5B0%5D%5Bb%5D%5B%5D=x&a%5B0%5D%5Bb%5D%5B%5D=y&a%5B1%5D%5Ba%5D=2"
    );
    assert_eq!(
        query(Style::Brackets, &json!([[1, 2], [3]])),
        "a%5B0%5D%5B%5D=1&a%5B0%5D%5B%5D=2&a%5B1%5D%5B%5D=3"
    );
}

/// The examples of the pages "Making query requests" of the Amazon EC2 developer guide and of the IAM API reference.
#[test]
fn numbered_lists_and_objects_in_forms() {
    let form = |style, wire_name: &str, value: &Value| {
        let parameter = Parameter { style, wire_name: String::from(wire_name), ..any() };
        body(post("form"), vec![parameter], &json!({"a": value})).1
    };
    let tags = json!([{"Key": "Dept", "Value": "Accounting & more"}, {"Key": "Cost Center", "Value": ""}, {"Key": "none", "Value": null}]);
    let expected = "Tags.member.1.Key=Dept&Tags.member.1.Value=Accounting%20%26%20more&Tags.member.2.Key=Cost%20Center&Tags.member.2.Value=\
                    &Tags.member.3.Key=none";
    assert_eq!(form(Style::Members, "Tags", &tags), expected);
    let filters = json!([{"Name": "instance-state-name", "Value": ["running", "stopped"]}, {"Name": "tag:a=b", "Value": [1, true]}]);
    let expected = "Filter.1.Name=instance-state-name&Filter.1.Value.1=running&Filter.1.Value.2=stopped&Filter.2.Name=tag%3Aa%3Db\
                    &Filter.2.Value.1=1&Filter.2.Value.2=true";
    assert_eq!(form(Style::Numbered, "Filter", &filters), expected);
    assert_eq!(
        form(Style::Members, "Deep", &json!([{"List": ["x"]}])),
        "Deep.member.1.List.member.1=x"
    );
    assert_eq!(
        form(Style::Numbered, "Place", &json!({"City": "Turin", "a.b": {"c": 1}})),
        "Place.City=Turin&Place.a.b.c=1"
    );
    assert_eq!(form(Style::Members, "Tags", &json!([])), "");
    assert_eq!(form(Style::Members, "Name", &json!("text")), "Name=text");
    assert_eq!(query(Style::Numbered, &json!(["x", "y&z"])), "a.1=x&a.2=y%26z");
}

#[test]
fn a_path_that_spans_segments_keeps_its_slashes_and_nothing_else() {
    let key = || Parameter {
        location: Location::Path,
        style: Style::Segments,
        ..parameter("a", Schema::of(Type::String))
    };
    let action = || Action {
        parameters: vec![key()],
        steps: vec![http(json!({"method": "GET", "path": "/bucket/{a}"}))],
        ..base_action()
    };
    let url = request(action(), &json!({"a": "2026/a b?c#d%//e"})).url().to_owned();
    assert!(url.ends_with("/bucket/2026/a%20b%3Fc%23d%25//e"), "{url}");
    for climbing in ["..", "a/../b", "./a", "a/."] {
        let error = prepare(action(), &json!({"a": climbing})).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Validation, "{climbing}");
    }
}

#[test]
fn an_object_becomes_headers_that_begin_alike() {
    let labels = || Parameter {
        location: Location::Header,
        style: Style::Prefix,
        wire_name: "x-meta-".to_owned(),
        ..parameter("a", Schema::of(Type::Map(Box::new(Schema::ANY))))
    };
    let action = || Action { parameters: vec![labels()], ..base_action() };
    let headers = request(action(), &json!({"a": {"Case": 42, "team": "red"}})).headers().clone();
    assert!(headers["x-meta-case"] == "42" && headers["x-meta-team"] == "red", "{headers:?}");
    for bad in [json!({"a b": "c"}), json!({"a": "line\nbreak"})] {
        assert_eq!(
            prepare(action(), &json!({"a": bad})).unwrap_err().kind(),
            ErrorKind::Build,
            "{bad}"
        );
    }
}

#[cfg(feature = "hmac")]
#[test]
fn a_checksum_is_of_the_body_as_it_is_sent() {
    let mut put = post_with("json", json!({"/a": 1}));
    put["checksum"] = json!({"header": "x-sum", "algorithm": "sha256", "encoding": "base64"});
    let request = request(Action { steps: vec![http(put)], ..base_action() }, &json!({}));
    assert_eq!(&request.body()[..], br#"{"a":1}"#);
    // printf '{"a":1}' | openssl dgst -sha256 -binary | base64
    assert_eq!(request.headers()["x-sum"], "AVq9f1zFei3ZS3WQ8ErYCEJzkF7jPsXOvq5iJ2qX+GI=");
}

#[test]
fn placeholders_in_constants_are_filled_and_without_a_value_the_constant_is_left_out() {
    let steps = vec![http(json!({
        "method": "GET",
        "path": "/",
        "query": {"filter": "id eq '{a}'", "v": "1"},
        "headers": {"X-For": "{a}"},
    }))];
    let parameters =
        vec![Parameter { location: Location::Header, wire_name: "X-A".to_owned(), ..any() }];
    let action = Action { steps, parameters, ..base_action() };
    let given = request(action.clone(), &json!({"a": "b&c"}));
    assert!(given.url().ends_with("?filter=id%20eq%20%27b%26c%27&v=1"));
    assert_eq!(given.headers()["x-for"], "b&c");
    let absent = request(action, &json!({}));
    assert!(absent.url().ends_with("?v=1"));
    assert!(!absent.headers().contains_key("x-for"));
}

#[test]
fn json_bodies_join_constants_and_parameters_at_their_pointers() {
    let post = post_with("json", json!({"/type": "page", "/space/kind": 1}));
    let draft = Schema { default: Some(json!(false)), ..Schema::ANY };
    let parameters = vec![
        at("space", "/space/key"),
        at("text", "/blocks/0/text"),
        Parameter { schema: draft, ..at("draft", "/draft") },
        at("unused", "/unused"),
    ];
    let (media_type, text) = body(post, parameters, &json!({"space": "OPS", "text": "hi"}));
    assert_eq!(media_type, "application/json");
    assert_eq!(
        text,
        r#"{"type":"page","space":{"kind":1,"key":"OPS"},"blocks":[{"text":"hi"}],"draft":false}"#
    );
}

#[test]
fn graphql_bodies_hold_document_and_variables() {
    let mut query = post("graphql");
    query["graphql"] = json!("query ($id: ID!) { user(id: $id) { name } }");
    let (_, text) = body(query, vec![at("id", "/id")], &json!({"id": "1"}));
    assert_eq!(
        text,
        r#"{"query":"query ($id: ID!) { user(id: $id) { name } }","variables":{"id":"1"}}"#
    );
}

#[test]
fn forms_are_encoded_and_raw_bodies_are_not() {
    let grant = post_with("form", json!({"/grant": "a b"}));
    let (media_type, text) = body(grant, vec![any()], &json!({"a": ["1&2", "é"]}));
    assert_eq!(
        (media_type.as_str(), text.as_str()),
        ("application/x-www-form-urlencoded", "grant=a%20b&a=1%262&a=%C3%A9")
    );
    let table = Parameter { media_type: Some("text/csv".to_owned()), ..any() };
    let (media_type, text) = body(post("raw"), vec![table], &json!({"a": "x;y"}));
    assert_eq!((media_type.as_str(), text.as_str()), ("text/csv", "x;y"));
    let (media_type, text) = body(post("jsonValue"), vec![any()], &json!({"a": [1]}));
    assert_eq!((media_type.as_str(), text.as_str()), ("application/json", "[1]"));
}

#[test]
fn names_cannot_break_out_of_a_multipart_header() {
    let parameters = vec![in_body("file", Schema::of(Type::File)), in_body("note", Schema::ANY)];
    let steps = vec![http(post("multipart"))];
    let call = call(&quiet(), Action { steps, parameters, ..base_action() }).set("note", "hi");
    let request = call
        .file("file", File::from("data").with_name("a\"\r\nX-Evil: 1\r\n\r\n"))
        .request()
        .unwrap();
    let text = String::from_utf8(request.body().to_vec()).unwrap();
    assert!(
        text.contains(
            "name=\"file\"; filename=\"a%22%0D%0AX-Evil: 1%0D%0A%0D%0A\"\r\nContent-Type: application/octet-stream\r\n\r\ndata\r\n"
        )
    );
    assert!(text.contains("name=\"note\"\r\n\r\nhi\r\n"));
    let boundary = request.headers()["content-type"]
        .to_str()
        .unwrap()
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap()
        .to_owned();
    assert!(text.ends_with(&format!("--{boundary}--\r\n")));
}

#[test]
fn files_in_json_arguments_are_base64() {
    let parameters = vec![in_body("a", Schema::of(Type::File))];
    let steps = vec![http(json!({"method": "PUT", "path": "/", "body": "raw"}))];
    let request = request(
        Action { steps, parameters, ..base_action() },
        &json!({"a": {"name": "x.bin", "content": "AAH/"}}),
    );
    assert_eq!(request.body().as_ref(), [0, 1, 255]);
    assert_eq!(request.headers()["content-type"], "application/octet-stream");
}

#[test]
fn cookies_are_joined_and_encoded() {
    let cookie = |key| Parameter { location: Location::Cookie, ..parameter(key, Schema::ANY) };
    let parameters = vec![cookie("a"), cookie("b")];
    let request = request(Action { parameters, ..base_action() }, &json!({"a": "x; y=1", "b": 2}));
    assert_eq!(request.headers()["cookie"], "a=x%3B%20y=1; b=2");
}

fn one(location: Location, style: Style) -> Action {
    let path = if location == Location::Path { "/x/{a}/end" } else { "/x" };
    let mut request = json!({"method": "POST", "path": path});
    if location == Location::Body {
        request["body"] = json!("form");
    }
    Action {
        parameters: vec![Parameter { location, style, ..any() }],
        steps: vec![http(request)],
        ..base_action()
    }
}

proptest! {
    #[test]
    fn no_text_leaves_its_path_segment(text in "\\PC*|[./%\\\\;?#a]{0,8}") {
        match prepare(one(Location::Path, Style::Comma), &json!({"a": text})) {
            Ok(request) => {
                let url = Url::parse(request.url()).unwrap();
                let segments: Vec<&str> = url.path_segments().unwrap().collect();
                prop_assert_eq!(segments.len(), 4);
                prop_assert_eq!(url.query(), None);
                let decoded = percent_encoding::percent_decode_str(segments[2]).decode_utf8().unwrap().into_owned();
                prop_assert_eq!(decoded, text);
            }
            Err(error) => {
                prop_assert_eq!(error.kind(), ErrorKind::Validation);
                prop_assert!(["", ".", ".."].contains(&text.as_str()));
            }
        }
    }

    #[test]
    fn texts_survive_the_query(texts in proptest::collection::vec("\\PC*", 1..4)) {
        let request = prepare(one(Location::Query, Style::Repeat), &json!({"a": texts})).unwrap();
        let url = Url::parse(request.url()).unwrap();
        let back: Vec<String> = url.query_pairs().map(|(_, value)| value.into_owned()).collect();
        prop_assert_eq!(back, texts);
    }

    #[test]
    fn items_survive_commas(texts in proptest::collection::vec("[a, %+é]*", 1..4)) {
        let request = prepare(one(Location::Query, Style::Comma), &json!({"a": texts})).unwrap();
        let query = Url::parse(request.url()).unwrap().query().unwrap().to_owned();
        let items = query.strip_prefix("a=").unwrap().split(',');
        let back: Vec<String> = items.map(|item| percent_encoding::percent_decode_str(item).decode_utf8().unwrap().into_owned()).collect();
        prop_assert_eq!(back, texts);
    }

    #[test]
    fn texts_survive_the_form(texts in proptest::collection::vec("\\PC*", 1..4)) {
        let request = prepare(one(Location::Body, Style::Brackets), &json!({"a": texts})).unwrap();
        let back: Vec<(String, String)> = url::form_urlencoded::parse(&request.body()).into_owned().collect();
        let expected: Vec<(String, String)> = texts.into_iter().map(|text| ("a[]".to_owned(), text)).collect();
        prop_assert_eq!(back, expected);
    }

    #[test]
    fn no_text_adds_a_header(text in proptest::prelude::any::<String>()) {
        let action = Action { parameters: vec![Parameter { wire_name: "X-A".to_owned(), location: Location::Header, ..self::any() }], ..base_action() };
        match prepare(action, &json!({"a": text})) {
            Ok(request) => prop_assert_eq!(request.headers()["x-a"].as_bytes(), text.as_bytes()),
            Err(error) => prop_assert_eq!(error.violations().unwrap().0[0].code, "header"),
        }
    }
}

/// Another length or host would let a request be read as two.
#[test]
fn headers_that_frame_a_request_are_refused() {
    for name in ["Content-Length", "HOST", "Transfer-Encoding", "Connection", "Upgrade"] {
        let header = |wire_name: &str, style| {
            let wire_name = wire_name.to_owned();
            let parameter = Parameter { wire_name, style, location: Location::Header, ..any() };
            Action { parameters: vec![parameter], ..base_action() }
        };
        let action = header(name, Style::Comma);
        let error = prepare(action, &json!({"a": "0"})).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        assert!(error.message().contains(name), "{error}");
        // Also where only the value of the argument makes the name.
        let action = header(&name[..3], Style::Prefix);
        let error = prepare(action, &json!({"a": {&name[3..]: "0"}})).unwrap_err();
        assert!(error.message().contains(name), "{error}");
        // And of the user's own.
        let error = builder().header(name, "0").build().unwrap_err();
        assert!(error.to_string().contains(name), "{error}");
    }
}
