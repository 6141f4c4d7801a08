//! What is traced on the way, at every level and by the driver too, holds no password.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use actionspec_runtime::{ClientBuilder, json};
use actionspec_tds_double::Token;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::server::{PASSWORD, Server, USER};
use crate::{SELECT, STORE, builder, call};

/// Writes down whatever is traced.
#[derive(Clone, Default)]
struct Listener(Arc<Mutex<String>>);

impl Visit for Listener {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = writeln!(self.0.lock().unwrap(), "{field}={value:?}");
    }
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        ["actionspec", "tiberius"].iter().any(|target| metadata.target().starts_with(target))
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let _ = writeln!(self.0.lock().unwrap(), "{}", span.metadata().name());
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn no_password_is_traced() {
    let listener = Listener::default();
    let guard = tracing::subscriber::set_default(listener.clone());
    let server = Server::start(|_| vec![Token::Count(1)]).await;
    let client = builder(&server.address).build().unwrap();
    call(&client, SELECT, json!({"text": "x"})).await.unwrap();
    let wrong = "wr0ng-s3cret-never-traced";
    let client = ClientBuilder::new(&STORE)
        .base_url(&server.address)
        .credentials("password", vec![USER.to_owned(), wrong.to_owned()]);
    call(&client.build().unwrap(), SELECT, json!({})).await.unwrap_err();
    drop(guard);
    let traced = listener.0.lock().unwrap().clone();
    assert!(traced.contains("actionspec.call") && traced.contains("store.select"), "{traced}");
    assert!(traced.contains("18456"), "the refused login is there: {traced}");
    for secret in [PASSWORD, wrong] {
        assert!(!traced.contains(secret), "{traced}");
    }
}
