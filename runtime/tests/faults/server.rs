//! A server that misbehaves: bytes on a socket, as a script says.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use actionspec_test_support::clock;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with one request.
#[derive(Clone)]
pub(crate) enum Reply {
    /// Answers with these bytes and closes the connection.
    Bytes(Vec<u8>),
    /// Answers with these bytes, then breaks the connection off.
    ThenReset(Vec<u8>),
    /// Lets this much time pass and says nothing until the client leaves.
    Silence(Duration),
    /// Answers with the head, then with a byte every so often until the client leaves.
    Drip(Vec<u8>, Duration),
}

impl Reply {
    pub(crate) fn json(status: u16, headers: &str, body: &str) -> Self {
        Self::with(status, &format!("content-type: application/json\r\n{headers}"), body.as_bytes())
    }

    pub(crate) fn with(status: u16, headers: &str, body: &[u8]) -> Self {
        let head = format!(
            "HTTP/1.1 {status} X\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        Self::Bytes([head.as_bytes(), body].concat())
    }
}

/// A server and what it was asked.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers one request after the other by the script; the last reply stands for all that follow.
    pub(crate) async fn start(script: impl IntoIterator<Item = Reply>) -> Self {
        let script: Vec<Reply> = script.into_iter().collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            requests: Arc::default(),
        };
        let requests = Arc::clone(&server.requests);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (script, requests) = (script.clone(), Arc::clone(&requests));
                tokio::spawn(async move {
                    let Some(request) = read(&mut stream).await else { return };
                    let index = {
                        let mut requests = requests.lock().unwrap();
                        requests.push(request);
                        requests.len() - 1
                    };
                    let reply = script.get(index).or(script.last()).unwrap().clone();
                    answer(stream, reply).await;
                });
            }
        });
        server
    }

    /// Head and body of each request so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok()
            });
            if body.len() >= length.unwrap_or(0) {
                return Some(text);
            }
        }
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
        }
    }
}

async fn answer(mut stream: TcpStream, reply: Reply) {
    // A client that has left is no failure of the server.
    let _ = async {
        match reply {
            Reply::Bytes(bytes) => {
                stream.write_all(&bytes).await?;
                stream.shutdown().await
            }
            Reply::ThenReset(bytes) => {
                stream.write_all(&bytes).await?;
                stream.flush().await?;
                // The client reads them first.
                clock::settle().await;
                // Unread bytes and no lingering: the peer sees a reset.
                stream.set_zero_linger()?;
                Ok(())
            }
            Reply::Silence(time) => {
                clock::pass(time).await;
                while stream.read(&mut [0; 64]).await? > 0 {}
                Ok(())
            }
            Reply::Drip(head, pause) => {
                stream.write_all(&head).await?;
                loop {
                    stream.write_all(b" ").await?;
                    stream.flush().await?;
                    clock::pass(pause).await;
                    clock::settle().await;
                }
            }
        }
    }
    .await;
}
