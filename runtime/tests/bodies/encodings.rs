//! Answers that come compressed.

use actionspec_runtime::descriptor::OutputKind;
use actionspec_runtime::{ErrorKind, json};
use axum::Router;
use axum::http::header;
use axum::routing::get;
use base64::Engine as _;

use crate::{builder, connect, read};

/// `{"fine": true}`, by each encoding.
const GZIP: &str = "H4sIAAAAAAAAA6tWSsvMS1WyUigpKk2tBQBtEm6LDgAAAA==";
const BROTLI: &str = "iwaAeyJmaW5lIjogdHJ1ZX0D";
const ZSTD: &str = "KLUv/SAOcQAAeyJmaW5lIjogdHJ1ZX0=";

/// 100 MiB of zeros, by Brotli.
const BOMB: &str = "\
    y///P/gnAOKxQCD3/o///3/wTwDEYRGA7v0f////4J8AiMMCAN37P/7//8E/ARCHBQC693/8//+DfwIgDgsAdO//+P//B/8EQBwWAOje//H//w\
    /+CYA4LADQvf/j//8f/BMAcVgAoHv/x///P/gnAOKwAED3/o///3/wTwDEYQGA7v0f////4J8AiMMCAN37P/7//8E/ARCHBQC693/5//+DfwIg\
    DgsAdO9/AA==";

/// Answers with these bytes of Base64, under this encoding.
async fn start(encoding: &'static str, body: &'static str) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let bytes = base64::engine::general_purpose::STANDARD.decode(body).unwrap();
    let headers =
        [(header::CONTENT_ENCODING, encoding), (header::CONTENT_TYPE, "application/json")];
    let app = Router::new().route("/", get(|| async move { (headers, bytes) }));
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

#[tokio::test]
async fn every_encoding_that_is_offered_is_understood() {
    let client = connect().await;
    let offered = read(&client, "/headers", OutputKind::Json).send().await.unwrap();
    let offered = offered.json()["accept-encoding"].as_str().unwrap().to_owned();
    for (name, body) in [("gzip", GZIP), ("br", BROTLI), ("zstd", ZSTD)] {
        assert!(offered.contains(name), "{name} is not among {offered}");
        let client = builder(&start(name, body).await).build().unwrap();
        let answer = read(&client, "/", OutputKind::Json).send().await.unwrap();
        assert_eq!(*answer.json(), json!({"fine": true}), "{name}");
    }
}

#[tokio::test]
async fn a_small_answer_that_unfolds_without_end_is_stopped() {
    let client = builder(&start("br", BOMB).await).build().unwrap();
    let error = read(&client, "/", OutputKind::Json).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
}

#[tokio::test]
async fn an_answer_that_is_not_in_its_encoding_is_an_error() {
    let client = builder(&start("gzip", BROTLI).await).max_tries(1).build().unwrap();
    let error = read(&client, "/", OutputKind::Json).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
}
