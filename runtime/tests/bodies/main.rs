//! Bodies of every size and kind, over real HTTP against a server on this machine; calls that block, and what stands before the network.
#![cfg(feature = "reqwest")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[cfg(feature = "blocking")]
mod blocking;
mod download;
mod encodings;
mod middleware;
mod server;
mod upload;

use actionspec_model::Action;
use actionspec_runtime::descriptor::{Effect, Output, OutputKind, Retry};
use actionspec_runtime::{Call, Client, ClientBuilder, Value, json};
use actionspec_test_support::clock::Traffic;
use actionspec_test_support::fixture::{self, base_action};

const MEGABYTE: usize = 1 << 20;

fn builder(address: &str) -> ClientBuilder {
    fixture::builder().base_url(address).middleware(Traffic)
}

async fn connect() -> Client {
    builder(&server::start().await).build().unwrap()
}

/// A read of a path whose result is of this kind.
fn read(client: &Client, path: &str, kind: OutputKind) -> Call<Value> {
    let output = Output { kind, media_type: Some("*/*".to_owned()), ..Output::default() };
    let steps = vec![fixture::http(json!({"method": "GET", "path": path}))];
    fixture::call(
        client,
        Action { effect: Effect::Read, retry: Retry::Safe, steps, output, ..base_action() },
    )
}
