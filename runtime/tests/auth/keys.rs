//! API keys, each in its place.

use actionspec_runtime::json;
use actionspec_test_support::fixture::authenticated;

use crate::server::{Vendor, answer};
use crate::{SECRET, builder, call};

#[tokio::test]
async fn an_optional_key_that_is_empty_is_not_sent() {
    let vendor = Vendor::start(|asked, _| {
        answer(
            200,
            &json!({"key": asked.header("x-key"), "cookie": asked.headers.contains_key("cookie")}),
        )
    })
    .await;
    let integration = authenticated(json!({"kind": "apiKey", "keys": {
        "X-Key": {"in": "header", "title": "Key"},
        "session": {"in": "cookie", "title": "Session", "prefix": "s-", "optional": true},
    }}));
    let client = builder(integration, "scheme", &[SECRET, ""], &vendor.address).build().unwrap();
    assert_eq!(
        *call(&client, "GET").await.unwrap().json(),
        json!({"key": SECRET, "cookie": false})
    );
    let client =
        builder(integration, "scheme", &[SECRET, "more"], &vendor.address).build().unwrap();
    assert_eq!(*call(&client, "GET").await.unwrap().json(), json!({"key": SECRET, "cookie": true}));
    let error = builder(integration, "scheme", &["", "more"], &vendor.address).build().unwrap_err();
    assert!(error.to_string().contains("`X-Key` of `scheme` is empty"), "{error}");
}
