//! Lines over TCP against servers on this machine: what is sent, what is read, whom answers may lead to, and what happens when the network or
//! the server misbehaves.
#![cfg(feature = "tcp")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use actionspec_model::{self as model, Action};
use actionspec_runtime::descriptor::{
    self, Effect, Integration, Line, Output, OutputKind, Referral, Request, Retry, Step,
};
use actionspec_runtime::{Client, ClientBuilder, Error, ErrorKind, Response, Value, json};
use actionspec_test_support::clock::{self, Traffic};
use actionspec_test_support::fixture::{self, base_action, base_facts, in_body, schema};
use proptest::prelude::*;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

static DIRECTORY: LazyLock<Integration> = LazyLock::new(|| {
    Integration::new(model::Integration {
        id: "directory".to_owned(),
        servers: vec![descriptor::Server {
            name: "main".to_owned(),
            url: "tcp://whois.example.net:43".to_owned(),
            ..descriptor::Server::default()
        }],
        authentication: model::Integration::default().authentication,
        headers: model::Integration::default().headers,
        ..base_facts()
    })
});

fn plain() -> Line {
    Line { send: "domain {name}".to_owned(), host_names: Vec::new(), referral: None }
}

/// A line whose answer may name another server.
fn referred() -> Line {
    let referral = Referral {
        fields: vec!["refer".to_owned(), "whois".to_owned()],
        most: Some(2),
        send: [("localhost".to_owned(), "-x {name}".to_owned())].into(),
    };
    Line { referral: Some(referral), ..plain() }
}

/// The one step that sends a line.
fn sends(line: Line) -> Vec<Step> {
    vec![Step { request: Request::Line(line), ..Step::default() }]
}

fn look_up() -> Action {
    let name = schema(json!({"type": "string", "required": true}));
    Action {
        id: "look_up".to_owned(),
        effect: Effect::Read,
        retry: Retry::Safe,
        parameters: vec![in_body("name", name)],
        steps: sends(plain()),
        output: Output { kind: OutputKind::Fields, ..Output::default() },
        ..base_action()
    }
}
fn follow() -> Action {
    Action { id: "follow".to_owned(), steps: sends(referred()), ..look_up() }
}
/// A line whose name is written in ASCII.
fn ascii() -> Line {
    Line { host_names: vec!["name".to_owned()], ..plain() }
}

/// How long one request may take, where that is tested.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a server does with a connection, once it has read a line.
#[derive(Clone)]
enum Reply {
    Say(Vec<u8>),
    /// Begins an answer and then resets the connection.
    Reset,
    /// Says a byte now and then, without an end.
    Drip,
    /// Says more than anybody wants to hear.
    Flood,
}

struct Server {
    address: String,
    lines: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Server {
    /// Answers one connection after the other with these, and the last one for ever.
    async fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("tcp://{}", listener.local_addr().unwrap());
        let lines: Arc<Mutex<Vec<Vec<u8>>>> = Arc::default();
        let kept = Arc::clone(&lines);
        tokio::spawn(async move {
            for number in 0.. {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut line = Vec::new();
                while !line.ends_with(b"\r\n") {
                    match stream.read_u8().await {
                        Ok(byte) => line.push(byte),
                        Err(_) => break,
                    }
                }
                kept.lock().unwrap().push(line);
                let reply = replies[number.min(replies.len() - 1)].clone();
                tokio::spawn(async move {
                    match reply {
                        Reply::Say(text) => drop(stream.write_all(&text).await),
                        Reply::Reset => {
                            let _ = stream.write_all(b"refer: ").await;
                            clock::settle().await;
                            let _ = stream.set_zero_linger();
                        }
                        Reply::Drip => {
                            while stream.write_all(b"x").await.is_ok() {
                                clock::pass(PATIENCE / 10).await;
                                clock::settle().await;
                            }
                        }
                        Reply::Flood => while stream.write_all(&[b'x'; 4096]).await.is_ok() {},
                    }
                });
            }
        });
        Self { address, lines }
    }

    async fn says(text: &str) -> Self {
        Self::start(vec![Reply::Say(text.as_bytes().to_vec())]).await
    }

    fn builder(&self) -> ClientBuilder {
        ClientBuilder::new(&DIRECTORY).base_url(&self.address).middleware(Traffic)
    }

    fn port(&self) -> &str {
        self.address.rsplit(':').next().unwrap()
    }

    fn lines(&self) -> Vec<String> {
        self.lines
            .lock()
            .unwrap()
            .iter()
            .map(|line| String::from_utf8(line.clone()).unwrap())
            .collect()
    }
}

async fn call(client: &Client, action: Action, name: &str) -> Result<Response<Value>, Error> {
    clock::ends(fixture::call(client, action).set("name", name).send()).await
}

#[tokio::test]
async fn a_line_is_sent_and_its_answer_read_to_the_end() {
    let server = Server::says(
        "% hello\r\n\r\nDomain Name: EXAMPLE.COM\r\nName Server: A\r\nName Server: B\r\n",
    )
    .await;
    let client = server.builder().build().unwrap();
    let response = call(&client, look_up(), "example.com").await.unwrap();
    assert_eq!(server.lines(), ["domain example.com\r\n"]);
    assert_eq!(
        response.json()["objects"],
        json!([{"Domain Name": ["EXAMPLE.COM"], "Name Server": ["A", "B"]}])
    );
    assert_eq!(
        response.json()["text"],
        "% hello\n\nDomain Name: EXAMPLE.COM\nName Server: A\nName Server: B\n"
    );
    assert_eq!((response.status().as_u16(), response.text().lines().count()), (200, 5));
    assert_eq!(
        response.headers()["content-location"],
        "tcp://".to_owned() + &server.address["tcp://".len()..]
    );
}

#[tokio::test]
async fn line_breaks_and_control_characters_are_refused_before_anything_is_sent() {
    let server = Server::says("x").await;
    let client = server.builder().build().unwrap();
    for name in ["a\r\nb", "a\nb", "a\0b", "a\tb", "\u{85}", "a\u{7f}"] {
        let error = call(&client, look_up(), name).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.violations().unwrap().0[0].code),
            (ErrorKind::Validation, "line"),
            "{name:?}"
        );
    }
    assert!(server.lines().is_empty());
}

#[test]
fn every_value_without_control_characters_arrives_as_it_is() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (server, client) = runtime.block_on(async {
        let server = Server::says("").await;
        let client = server.builder().build().unwrap();
        (server, client)
    });
    proptest!(ProptestConfig::with_cases(64), |(name in "[^\\p{Cc}]{1,40}")| {
        runtime.block_on(call(&client, look_up(), &name)).unwrap();
        prop_assert_eq!(server.lines().pop().unwrap(), format!("domain {name}\r\n"));
    });
}

#[tokio::test]
async fn host_names_are_written_in_ascii() {
    let server = Server::says("").await;
    let client = server.builder().build().unwrap();
    let action = Action { steps: sends(ascii()), ..look_up() };
    call(&client, action, "Bücher.example").await.unwrap();
    assert_eq!(server.lines(), ["domain xn--bcher-kva.example\r\n"]);
    let action = Action { steps: sends(ascii()), ..look_up() };
    let error = call(&client, action, "two words").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Validation, "{error}");
}

#[tokio::test]
async fn an_answer_that_is_not_utf_8_is_read_as_latin_1() {
    let server = Server::start(vec![Reply::Say(b"person: J\xfcrgen M\xfcller\n".to_vec())]).await;
    let client = server.builder().build().unwrap();
    let response = call(&client, look_up(), "x").await.unwrap();
    assert_eq!(response.json()["objects"][0]["person"][0], "J\u{fc}rgen M\u{fc}ller");
}

#[tokio::test]
async fn a_referral_is_followed_and_its_server_sent_the_line_it_wants() {
    let second = Server::says("status: found\n").await;
    // One machine under another name stands for another host; the first server's own host is always allowed.
    let first = Server::says(&format!("refer: {}:{}\n", "127.0.0.1", second.port())).await;
    let client = first.builder().allow_private_networks().build().unwrap();
    let response = call(&client, follow(), "example.com").await.unwrap();
    assert_eq!(response.json()["objects"], json!([{"status": ["found"]}]));
    assert_eq!(second.lines(), ["domain example.com\r\n"]);
    assert!(response.headers()["content-location"].to_str().unwrap().ends_with(second.port()));

    let third = Server::says("status: own line\n").await;
    let first = Server::says(&format!("Whois: whois://localhost:{}\n", third.port())).await;
    let client = ClientBuilder::new(&DIRECTORY)
        .base_url(first.address.replace("127.0.0.1", "localhost"))
        .allow_private_networks()
        .build()
        .unwrap();
    call(&client, follow(), "example.com").await.unwrap();
    assert_eq!(third.lines(), ["-x example.com\r\n"]);
}

#[tokio::test]
async fn a_circle_of_referrals_ends_and_so_does_a_long_chain() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 64]).await;
            let _ = stream.write_all(format!("refer: 127.0.0.1:{port}\n").as_bytes()).await;
        }
    });
    let client =
        ClientBuilder::new(&DIRECTORY).base_url(format!("tcp://127.0.0.1:{port}")).build().unwrap();
    let response = call(&client, follow(), "x").await.unwrap();
    assert_eq!(response.json()["objects"][0]["refer"][0], format!("127.0.0.1:{port}"));

    // Four in a row; two are followed.
    let mut servers = vec![Server::says("end: yes\n").await];
    for _ in 0..3 {
        servers.push(
            Server::says(&format!("refer: 127.0.0.1:{}\n", servers.last().unwrap().port())).await,
        );
    }
    let client = servers.last().unwrap().builder().allow_private_networks().build().unwrap();
    call(&client, follow(), "x").await.unwrap();
    assert_eq!(servers.iter().map(|server| server.lines().len()).collect::<Vec<_>>(), [0, 1, 1, 1]);
}

#[tokio::test]
async fn a_referral_to_a_host_that_may_not_be_asked_is_not_followed() {
    for host in [
        "whois.example.com",
        "10.0.0.1",
        "localhost",
        "169.254.169.254:80",
        "rwhois://127.0.0.1:4321",
        "127.0.0.1:4321",
        "no host",
    ] {
        let server = Server::says(&format!("refer: {host}\nstatus: first\n")).await;
        let client = server.builder().build().unwrap();
        let response = call(&client, follow(), "x").await.unwrap();
        assert_eq!(response.json()["objects"][0]["status"][0], "first", "{host}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_or_reset_connection_is_tried_again_by_what_reads() {
    let gone = Server::says("").await.address;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("tcp://{}", listener.local_addr().unwrap());
    drop((gone, listener));
    let client = ClientBuilder::new(&DIRECTORY)
        .base_url(&address)
        .middleware(Traffic)
        .max_tries(2)
        .build()
        .unwrap();
    let error = call(&client, look_up(), "x").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.tries(), error.retryable()),
        (ErrorKind::Transport, 2, true),
        "{error}"
    );
    assert!(error.to_string().starts_with("directory.look_up: TCP tcp://127.0.0.1:"), "{error}");
    assert_eq!(error.status(), None);

    let server = Server::start(vec![Reply::Reset, Reply::Say(b"status: fine\n".to_vec())]).await;
    let response = call(&server.builder().build().unwrap(), look_up(), "x").await.unwrap();
    assert_eq!(
        (response.json()["objects"][0]["status"][0].as_str(), server.lines().len()),
        (Some("fine"), 2)
    );
}

#[tokio::test(start_paused = true)]
async fn a_slow_drip_ends_with_the_time_that_a_request_may_take() {
    let server = Server::start(vec![Reply::Drip]).await;
    let client = server.builder().timeout(PATIENCE).max_tries(1).build().unwrap();
    let error = call(&client, look_up(), "x").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
}

#[tokio::test]
async fn an_answer_without_end_is_too_large() {
    let server = Server::start(vec![Reply::Flood]).await;
    let client = server.builder().max_response_bytes(100_000).build().unwrap();
    let error = call(&client, look_up(), "x").await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::TooLarge, None), "{error}");
    assert!(!error.message().contains("stream"), "{error}");
}

#[tokio::test]
async fn an_answer_of_more_fields_than_memory_is_too_large() {
    let server = Server::says(&"a:\n".repeat(20_000)).await;
    let client = server.builder().max_response_bytes(100_000).build().unwrap();
    let error = call(&client, look_up(), "x").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
    assert!(error.message().contains("`max_response_memory`"), "{error}");
    let client = server.builder().max_response_memory(1 << 27).build().unwrap();
    assert!(call(&client, look_up(), "x").await.is_ok());
}

#[test]
fn addresses_of_other_protocols_are_refused() {
    for address in
        ["https://127.0.0.1", "tcp://127.0.0.1", "tcp://127.0.0.1:43/path", "tds://127.0.0.1:43"]
    {
        let error = ClientBuilder::new(&DIRECTORY).base_url(address).build().unwrap_err();
        assert!(error.to_string().contains("tcp://host:port"), "{error}");
    }
}
