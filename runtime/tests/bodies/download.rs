//! Files on their way from the vendor.

use std::io::{Error as IoError, Write};
use std::time::Duration;

use actionspec_runtime::ErrorKind;
use actionspec_runtime::descriptor::OutputKind;
use actionspec_test_support::clock;

use crate::{MEGABYTE, builder, connect, read, server};

/// Counts what is written and keeps nothing.
#[derive(Default)]
struct Counter {
    bytes: usize,
    longest: usize,
}

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.bytes += bytes.len();
        self.longest = self.longest.max(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn two_hundred_megabytes_stream() {
    let client = connect().await;
    let mut counter = Counter::default();
    let count = read(&client, "/zeros/200", OutputKind::Binary)
        .download(&mut counter, u64::MAX)
        .await
        .unwrap();
    assert_eq!((count, counter.bytes), (200 * MEGABYTE as u64, 200 * MEGABYTE));
    assert!(counter.longest <= MEGABYTE, "it came in pieces of at most {} bytes", counter.longest);
}

#[tokio::test]
async fn the_length_is_known_before_the_bytes() {
    let client = connect().await;
    let mut stream = read(&client, "/zeros/3", OutputKind::Binary).stream().await.unwrap();
    assert_eq!((stream.status().as_u16(), stream.length()), (200, Some(3 * MEGABYTE as u64)));
    let first = stream.chunk().await.unwrap().unwrap();
    assert_eq!(stream.length(), Some((3 * MEGABYTE - first.len()) as u64));
}

#[tokio::test]
async fn a_limit_is_kept() {
    let client = connect().await;
    let mut counter = Counter::default();
    let error = read(&client, "/zeros/200", OutputKind::Binary)
        .download(&mut counter, 10 * MEGABYTE as u64)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(counter.bytes <= 10 * MEGABYTE, "nothing beyond the limit is written");
}

#[tokio::test]
async fn a_gigabyte_is_not_kept_in_memory() {
    let client = connect().await;
    let error = read(&client, "/zeros/1024", OutputKind::Binary).send().await.unwrap_err();
    assert_eq!((error.kind(), error.tries()), (ErrorKind::TooLarge, 1));
    assert!(error.to_string().contains("67108864 bytes"), "{error}");
    assert!(error.body().len() <= 64 << 10, "an error holds little of it");
    // The same bytes, asked for as a stream.
    let mut counter = Counter::default();
    let count = read(&client, "/zeros/1024", OutputKind::Binary)
        .download(&mut counter, u64::MAX)
        .await
        .unwrap();
    assert_eq!(count, 1 << 30);
}

#[tokio::test]
async fn a_short_file_is_no_success() {
    let client = connect().await;
    let mut counter = Counter::default();
    let error = read(&client, "/short", OutputKind::Binary)
        .download(&mut counter, u64::MAX)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    assert!(error.to_string().contains("is incomplete"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn silence_ends_a_stream() {
    let idle = Duration::from_secs(5);
    let client = builder(&server::start().await).timeout(idle).build().unwrap();
    let mut stream = read(&client, "/silence", OutputKind::Binary).stream().await.unwrap();
    let mut count = 0;
    while count < MEGABYTE {
        count += stream.chunk().await.unwrap().unwrap().len();
    }
    let (next, ()) = tokio::join!(stream.chunk(), clock::pass(idle));
    let error = next.unwrap().unwrap_err();
    assert_eq!((error.kind(), count), (ErrorKind::Timeout, MEGABYTE));
    assert!(stream.chunk().await.is_none(), "an error ends it");
}

#[tokio::test]
async fn a_disk_that_is_full_is_an_error() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(IoError::other("no space left"))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let client = connect().await;
    let error = read(&client, "/zeros/1", OutputKind::Binary)
        .download(&mut Full, u64::MAX)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("cannot write the response body: no space left"), "{error}");
}
