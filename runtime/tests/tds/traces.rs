//! What is traced on the way, at every level and by the driver too, holds no password.

use actionspec_runtime::{ClientBuilder, json};
use actionspec_tds_double::Token;
use actionspec_test_support::recorder::Recorder;

use crate::server::{PASSWORD, Server, USER};
use crate::{STORE, builder, call, select};

#[tokio::test]
async fn no_password_is_traced() {
    let (recorder, recording) = Recorder::start(&["actionspec", "tiberius"]);
    let server = Server::start(|_| vec![Token::Count(1)]).await;
    let client = builder(&server.address).build().unwrap();
    call(&client, select(), json!({"text": "x"})).await.unwrap();
    let wrong = "wr0ng-s3cret-never-traced";
    let client = ClientBuilder::new(&STORE)
        .base_url(&server.address)
        .credentials("password", vec![USER.to_owned(), wrong.to_owned()]);
    call(&client.build().unwrap(), select(), json!({})).await.unwrap_err();
    drop(recording);
    let traced = recorder.text();
    assert!(traced.contains("actionspec.call") && traced.contains("store.select"), "{traced}");
    assert!(traced.contains("18456"), "the refused login is there: {traced}");
    for secret in [PASSWORD, wrong] {
        assert!(!traced.contains(secret), "{traced}");
    }
}
