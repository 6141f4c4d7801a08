//! API keys, each in its place.

use actionspec_runtime::descriptor::*;
use actionspec_runtime::json;
use actionspec_test_support::fixture::{authenticated, secret};

use crate::server::{Vendor, answer};
use crate::{SECRET, builder, call};

#[tokio::test]
async fn an_optional_key_that_is_empty_is_not_sent() {
    const OPTIONAL: Credential = Credential { optional: true, ..secret("session") };
    const FORM: Form = Form { name: "", credentials: &[secret("key"), OPTIONAL] };
    let vendor = Vendor::start(|asked, _| {
        answer(
            200,
            &json!({"key": asked.header("x-key"), "cookie": asked.headers.contains_key("cookie")}),
        )
    })
    .await;
    let keys = &[
        Key { location: Location::Header, name: "X-Key", prefix: "" },
        Key { location: Location::Cookie, name: "session", prefix: "s-" },
    ];
    let integration = authenticated(&[FORM], Scheme::ApiKey(keys));
    let client = builder(integration, "scheme", &[SECRET, ""], &vendor.address).build().unwrap();
    assert_eq!(
        *call(&client, "GET").await.unwrap().json(),
        json!({"key": SECRET, "cookie": false})
    );
    let client = builder(integration, "scheme", &[SECRET, "more"], &vendor.address).build().unwrap();
    assert_eq!(*call(&client, "GET").await.unwrap().json(), json!({"key": SECRET, "cookie": true}));
    let error = builder(integration, "scheme", &["", "more"], &vendor.address).build().unwrap_err();
    assert!(error.to_string().contains("`key` of `scheme` is empty"), "{error}");
}
