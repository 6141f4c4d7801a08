//! The engine by way of its public interface, without a network.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod answers;
mod catalog;
mod descriptors;
mod encoding;
mod paging;
mod secrets;
mod validation;
#[cfg(feature = "xml")]
mod xml;

use actionspec_runtime::{Client, MemoryTransport};
use actionspec_test_support::fixture;

fn client(transport: MemoryTransport) -> Client {
    fixture::builder().transport(transport).build().expect("a client")
}

/// A client whose transport answers everything with `{}`.
fn quiet() -> Client {
    client(MemoryTransport::json(200, &serde_json::json!({})))
}
