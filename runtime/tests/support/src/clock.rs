//! Virtual time: tests neither sleep nor measure how long something really took.
//!
//! A test with `#[tokio::test(start_paused = true)]` has a clock that stands still while anything can run, and that jumps to the next
//! timer when nothing can. Waits cost no real time, and how long they were can be compared exactly. Tests that talk to a server on a
//! socket leave the clock running and jump over a wait with [`skip`]: a paused clock could jump while bytes are between two sockets.

use std::time::Duration;

/// Lets this much time pass at once, for everything that runs in the same tokio runtime.
///
/// The clock runs in real time before and after. The runtime must have one thread, as that of `#[tokio::test]` has.
pub async fn skip(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

/// The output of a future that must end within half a minute of the test's clock, whatever the peer does.
///
/// Panics if it does not: a call that never ends is a failure of its own kind.
pub async fn ends<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(Duration::from_secs(30), future).await.expect("the call ends")
}
