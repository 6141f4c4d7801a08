//! Credentials reach the vendor and nobody else.

use actionspec_model::Action;
use actionspec_runtime::http::{self, Response, StatusCode};
use actionspec_runtime::{Bytes, Call, Client, MemoryTransport, TransportError};
use serde_json::{Value, json};

use actionspec_runtime::ClientBuilder;
use actionspec_test_support::fixture::{
    TOKEN, base_action, builder, call, desk, get_user, parameter, schema,
};

fn keys(transport: MemoryTransport) -> Client {
    let secrets = ["k1", "k2", "k3"].map(|name| format!("{name}-{TOKEN}")).to_vec();
    ClientBuilder::new(desk())
        .variable("site", "acme")
        .credentials("keys", secrets)
        .transport(transport)
        .build()
        .unwrap()
}

#[test]
fn each_scheme_puts_its_credentials_in_place() {
    let memory = MemoryTransport::json(200, &json!({}));
    let basic = builder().transport(memory.clone()).build().unwrap();
    let request = call(&basic, base_action()).request().unwrap();
    assert_eq!(
        request.headers()["authorization"],
        "Basic YWRhQGV4YW1wbGUuY29tOnQwa2VuLW5ldmVyLXNob3du"
    );
    let bearer = ClientBuilder::new(desk())
        .variable("site", "acme")
        .credentials("bearer", vec![TOKEN.to_owned()]);
    let request =
        call(&bearer.transport(memory.clone()).build().unwrap(), base_action()).request().unwrap();
    assert_eq!(request.headers()["authorization"], format!("Token {TOKEN}").as_str());
    let request = call(&keys(memory), base_action()).request().unwrap();
    assert_eq!(request.headers()["x-key"], format!("key k1-{TOKEN}").as_str());
    assert_eq!(request.headers()["cookie"], format!("session=k3-{TOKEN}").as_str());
    assert!(request.url().ends_with(&format!("?api_key=k2-{TOKEN}")));
    assert!(request.redacted_url().ends_with("?api_key=[REDACTED]"));
}

#[tokio::test(start_paused = true)]
async fn nothing_that_is_printed_holds_a_secret() {
    let echo = json!({"error": {"message": format!("bad token k2-{TOKEN}"), "code": TOKEN}});
    let clients = [
        keys(MemoryTransport::json(401, &echo)),
        keys(MemoryTransport::new(|request| {
            Err(TransportError::new(format!("lost {}", request.uri())))
        })),
        builder()
            .header("X-Own", TOKEN)
            .transport(MemoryTransport::json(401, &echo))
            .build()
            .unwrap(),
    ];
    for client in clients {
        let secret = parameter("pin", schema(json!({"secret": true})));
        let call =
            call(&client, Action { parameters: vec![secret], ..base_action() }).set("pin", TOKEN);
        let request = call.request().unwrap();
        let before = format!("{client:?} {call:?} {request:?}");
        let error = call.send().await.unwrap_err();
        let printed = format!("{before} {error} {error:?} {}", error.message());
        assert!(!printed.contains(TOKEN), "{printed}");
    }
    assert!(!format!("{:?}", builder()).contains(TOKEN));
}

#[test]
fn a_client_says_everything_that_is_wrong_without_secrets() {
    let error = ClientBuilder::new(desk())
        .variable("siet", "acme")
        .credentials("basic", vec!["a:b".to_owned(), format!("{TOKEN}\n")])
        .header("bad name", "x")
        .transport(MemoryTransport::json(200, &Value::Null))
        .build()
        .unwrap_err();
    assert_eq!(error.problems().len(), 5, "{error}");
    assert!(error.to_string().contains("unknown variable `siet`; did you mean `site`?"));
    assert!(!error.to_string().contains(TOKEN));
    let missing = ClientBuilder::new(desk()).variable("site", "acme").build().unwrap_err();
    assert!(
        missing.to_string().contains("credentials are missing: `basic` or `bearer` or `keys`"),
        "{missing}"
    );
}

#[tokio::test(start_paused = true)]
async fn redirects_take_credentials_to_no_other_host() {
    let redirect = |to: &str| {
        Response::builder().status(302).header("location", to).body(Bytes::new()).unwrap()
    };
    let found = || Response::new(Bytes::from_static(b"{\"user\": {}}"));
    let memory = MemoryTransport::queue([redirect("/api/moved"), found()]);
    let client = builder().transport(memory.clone()).build().unwrap();
    Call::<Value>::new(&client, get_user()).set("id", "1").send().await.unwrap();
    assert_eq!(memory.requests()[1].uri(), "https://acme.example.com/api/moved");
    // To another host it goes as a stranger.
    for elsewhere in ["https://evil.test/", "//evil.test", "https://acme.example.com:8443/"] {
        let memory = MemoryTransport::queue([redirect(elsewhere), redirect("/on"), found()]);
        let client = builder().header("x-own", TOKEN).transport(memory.clone()).build().unwrap();
        Call::<Value>::new(&client, get_user()).set("id", "1").send().await.unwrap();
        for request in &memory.requests()[1..] {
            let names: Vec<&str> = request.headers().keys().map(http::HeaderName::as_str).collect();
            assert_eq!(names, ["accept", "user-agent"], "{elsewhere}");
            assert_ne!(request.uri().authority().unwrap(), "acme.example.com");
        }
    }
    for elsewhere in [
        "http://acme.example.com/",
        "http://evil.test/",
        "https://a:b@evil.test/",
        "ftp://evil.test",
    ] {
        let memory = MemoryTransport::queue([redirect(elsewhere), found()]);
        let client = builder().transport(memory.clone()).build().unwrap();
        let error =
            Call::<Value>::new(&client, get_user()).set("id", "1").send().await.unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::FOUND));
        assert_eq!(memory.requests().len(), 1, "{elsewhere}");
    }
}
