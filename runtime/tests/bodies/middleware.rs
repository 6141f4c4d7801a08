//! What a user puts before the network.

use std::sync::{Arc, Mutex};

use actionspec_runtime::descriptor::OutputKind;
use actionspec_runtime::transport::BoxFuture;
use actionspec_runtime::{Body, Middleware, Next, TransportError, http};

use crate::{builder, read, server};

/// Adds its name to a header on the way out, and notes the status on the way back.
struct Named(&'static str, Arc<Mutex<Vec<String>>>);

impl Middleware for Named {
    fn handle<'a>(
        &'a self,
        mut request: http::Request<Body>,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let before = request
                .headers()
                .get("x-trace")
                .and_then(|value| value.to_str().ok())
                .unwrap_or("client");
            let value = format!("{before} {}", self.0).parse().unwrap();
            request.headers_mut().insert("x-trace", value);
            let response = next.send(request).await?;
            self.1.lock().unwrap().push(format!("{} saw {}", self.0, response.status()));
            Ok(response)
        })
    }
}

/// Answers by itself.
struct Wall;

impl Middleware for Wall {
    fn handle<'a>(
        &'a self,
        _: http::Request<Body>,
        _: Next<'a>,
    ) -> BoxFuture<'a, Result<http::Response<Body>, TransportError>> {
        Box::pin(async { Ok(http::Response::new(Body::from(r#"{"from": "the wall"}"#))) })
    }
}

#[tokio::test]
async fn the_first_is_outermost() {
    let seen = Arc::default();
    let client = builder(&server::start().await)
        .middleware(Named("first", Arc::clone(&seen)))
        .middleware(Named("second", Arc::clone(&seen)))
        .build()
        .unwrap();
    let answer = read(&client, "/headers", OutputKind::Json).send().await.unwrap();
    assert_eq!(answer.json()["trace"], "client first second");
    assert_eq!(*seen.lock().unwrap(), ["second saw 200 OK", "first saw 200 OK"]);
}

#[tokio::test(start_paused = true)]
async fn it_sees_each_try() {
    let seen = Arc::default();
    let client = builder(&server::start().await)
        .max_tries(2)
        .middleware(Named("log", Arc::clone(&seen)))
        .build()
        .unwrap();
    read(&client, "/refuse", OutputKind::Json).send().await.unwrap_err();
    assert_eq!(seen.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn it_may_answer_in_the_networks_place() {
    let client = builder("http://127.0.0.1:1").middleware(Wall).build().unwrap();
    assert_eq!(
        read(&client, "/headers", OutputKind::Json).send().await.unwrap().json()["from"],
        "the wall"
    );
}
