//! Files on their way to the vendor.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use actionspec_model::Action;
use actionspec_runtime::descriptor::Retry;
use actionspec_runtime::{Call, Client, ErrorKind, File, Value, json};

use crate::{MEGABYTE, builder, connect, server};
use actionspec_test_support::fixture::{self, base_action};

/// A file that exists only as it is read: so many ones.
struct Ones {
    left: usize,
    read: Arc<AtomicUsize>,
}

impl Read for Ones {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = buffer.len().min(self.left);
        buffer[..count].fill(1);
        self.left -= count;
        self.read.fetch_add(count, Ordering::Relaxed);
        Ok(count)
    }
}

fn ones(bytes: usize) -> (Ones, Arc<AtomicUsize>) {
    let read = Arc::new(AtomicUsize::new(0));
    (Ones { left: bytes, read: Arc::clone(&read) }, read)
}

/// Sends a file to a path, as the body or as a part of a form.
fn upload(client: &Client, path: &str, body: &str, file: File) -> Call<Value> {
    let steps = vec![fixture::http(json!({"method": "PUT", "path": path, "body": body}))];
    let parameters =
        vec![fixture::in_body("file", fixture::schema(json!({"type": "file", "required": true})))];
    // A PUT that may be repeated: the file alone forbids it.
    fixture::call(client, Action { steps, retry: Retry::Safe, parameters, ..base_action() })
        .file("file", file)
}

#[tokio::test]
async fn two_hundred_megabytes_stream() {
    let client = connect().await;
    let bytes = 200 * MEGABYTE;
    let (reader, _) = ones(bytes);
    let answer = upload(&client, "/count", "raw", File::from_reader(reader, Some(bytes as u64)))
        .send()
        .await
        .unwrap();
    let said = answer.json();
    assert_eq!((&said["bytes"], &said["sum"]), (&bytes.into(), &bytes.into()));
    assert_eq!(said["announced"], bytes.to_string(), "vendors want to know the length");
}

#[tokio::test]
async fn a_part_of_a_form_streams() {
    let client = connect().await;
    let bytes = 20 * MEGABYTE;
    let (reader, _) = ones(bytes);
    let file = File::from_reader(reader, Some(bytes as u64)).with_name("ones.bin");
    let answer = upload(&client, "/count", "multipart", file).send().await.unwrap();
    let count = usize::try_from(answer.json()["bytes"].as_u64().unwrap()).unwrap();
    assert!(
        (bytes + 100..bytes + 1_000).contains(&count),
        "{count}: the file and the form around it"
    );
    assert_eq!(answer.json()["announced"], count.to_string());
}

#[tokio::test]
async fn a_file_of_unknown_length_is_sent_in_pieces() {
    let client = connect().await;
    let (reader, _) = ones(3 * MEGABYTE);
    let answer =
        upload(&client, "/count", "raw", File::from_reader(reader, None)).send().await.unwrap();
    assert_eq!(
        (&answer.json()["bytes"], &answer.json()["announced"]),
        (&(3 * MEGABYTE).into(), &Value::Null)
    );
}

#[tokio::test]
async fn a_file_on_disk_has_a_name_and_a_length() {
    let path = std::env::temp_dir().join(format!("actionspec-upload-{}.txt", std::process::id()));
    std::fs::write(&path, "hello").unwrap();
    let file = File::open(&path).unwrap();
    assert_eq!(
        (file.length(), file.name.as_deref()),
        (Some(5), path.file_name().and_then(|name| name.to_str()))
    );
    let client = connect().await;
    let answer = upload(&client, "/count", "raw", file).send().await.unwrap();
    assert_eq!(answer.json()["bytes"], 5);
    std::fs::remove_file(path).unwrap();
}

/// A server cannot tell a file that was cut off from a whole one.
#[tokio::test]
async fn a_file_of_another_length_than_announced_is_an_error() {
    let client = connect().await;
    for (announced, how) in
        [(MEGABYTE - 1, "longer"), (MEGABYTE + 1, "shorter"), (65_536, "longer")]
    {
        for body in ["raw", "multipart"] {
            let (reader, _) = ones(MEGABYTE);
            let file = File::from_reader(reader, Some(announced as u64));
            let error = upload(&client, "/count", body, file).send().await.unwrap_err();
            assert_eq!((error.kind(), error.tries()), (ErrorKind::Transport, 1));
            let said = format!("the file is {how} than the {announced} bytes announced");
            assert!(error.message().contains(&said), "{error}");
        }
    }
}

#[tokio::test]
async fn a_file_on_disk_that_grows_is_sent_as_it_was() {
    use std::io::Write as _;
    let path = std::env::temp_dir().join(format!("actionspec-grows-{}.log", std::process::id()));
    std::fs::write(&path, "hello").unwrap();
    let file = File::open(&path).unwrap();
    let mut log = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
    log.write_all(b", and more").unwrap();
    let client = connect().await;
    let answer = upload(&client, "/count", "raw", file).send().await.unwrap();
    assert_eq!((&answer.json()["bytes"], &answer.json()["announced"]), (&5.into(), &"5".into()));
    std::fs::remove_file(path).unwrap();
}

#[tokio::test]
async fn what_streams_is_sent_once() {
    let client = connect().await;
    let (reader, read) = ones(MEGABYTE);
    let call = upload(&client, "/refuse", "raw", File::from_reader(reader, None));
    let error = call.clone().send().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status().unwrap().as_u16(), error.tries()),
        (ErrorKind::Status, 503, 1)
    );
    assert_eq!(read.load(Ordering::Relaxed), MEGABYTE);
    // The clone shares the stream, and says so instead of sending an empty file.
    let error = call.send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build, "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_file_in_memory_is_sent_again() {
    let client = builder(&server::start().await).max_tries(2).build().unwrap();
    let error = upload(&client, "/refuse", "raw", File::from("hello")).send().await.unwrap_err();
    assert_eq!(error.tries(), 2);
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_an_error() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("bad sector"))
        }
    }
    let client = connect().await;
    let error =
        upload(&client, "/count", "raw", File::from_reader(Broken, None)).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.to_string().contains("bad sector"), "{error}");
}
