//! Servers that answer, and servers that do not.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actionspec_tds_double::{
    Handler, Login, Rpc, ServerError, Token, prelogin, read_message, serve, session,
};
use actionspec_test_support::clock;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// How long one request may take, where that is tested.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);
pub(crate) const USER: &str = "Ada";
pub(crate) const PASSWORD: &str = "s3cret-never-shown";

type Answer = dyn Fn(&Rpc) -> Vec<Token> + Send + Sync;

#[derive(Default)]
struct Seen {
    logins: Mutex<Vec<Login>>,
    calls: Mutex<Vec<Rpc>>,
    hung_up: watch::Sender<bool>,
}

/// Knows one user, and remembers what it is told.
pub(crate) struct Double {
    answer: Box<Answer>,
    seen: Arc<Seen>,
}

impl Handler for Double {
    fn login(&self, login: &Login) -> Result<(), ServerError> {
        self.seen.logins.lock().unwrap().push(login.clone());
        if login.user == USER && login.password == PASSWORD {
            Ok(())
        } else {
            Err(ServerError::login_failed(&login.user))
        }
    }

    fn call(&self, rpc: &Rpc) -> Vec<Token> {
        self.seen.calls.lock().unwrap().push(rpc.clone());
        (self.answer)(rpc)
    }
}

pub(crate) struct Server {
    pub(crate) address: String,
    seen: Arc<Seen>,
}

impl Server {
    pub(crate) async fn start(answer: impl Fn(&Rpc) -> Vec<Token> + Send + Sync + 'static) -> Self {
        let (listener, server) = Self::listen().await;
        let double = Arc::new(Double { answer: Box::new(answer), seen: Arc::clone(&server.seen) });
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let double = Arc::clone(&double);
                tokio::spawn(async move { serve(&mut stream, &*double).await });
            }
        });
        server
    }

    /// Hangs up instead of answering so many calls.
    pub(crate) async fn hanging_up(count: usize) -> Self {
        let (listener, server) = Self::listen().await;
        let seen = Arc::clone(&server.seen);
        tokio::spawn(async move {
            for number in 0.. {
                let (mut stream, _) = listener.accept().await.unwrap();
                let double =
                    Double { answer: Box::new(|_| vec![Token::Count(1)]), seen: Arc::clone(&seen) };
                if number >= count {
                    tokio::spawn(async move { serve(&mut stream, &double).await });
                    continue;
                }
                prelogin(&mut stream, false).await.unwrap();
                // The session's answer to the call goes nowhere.
                let (near, far) = tokio::io::duplex(1 << 16);
                let _ = pass_login(stream, near, far, &double).await;
            }
        });
        server
    }

    /// Says nothing after so many messages.
    pub(crate) async fn silent(after: usize) -> Self {
        let (listener, server) = Self::listen().await;
        let seen = Arc::clone(&server.seen);
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            if after > 0 {
                prelogin(&mut stream, false).await.unwrap();
            }
            if after > 1 {
                let double =
                    Double { answer: Box::new(|_| std::process::abort()), seen: Arc::clone(&seen) };
                let (near, far) = tokio::io::duplex(1 << 16);
                let _ = login_alone(&mut stream, near, far, &double).await;
            }
            // It hears the next message, and lets the time pass that the client has for its request.
            let _ = stream.read(&mut [0; 1024]).await;
            clock::pass(PATIENCE).await;
            while stream.read(&mut [0; 1024]).await.is_ok_and(|read| read > 0) {}
            seen.hung_up.send_replace(true);
        });
        server
    }

    /// Speaks, but not TDS.
    pub(crate) async fn babbling() -> Self {
        let (listener, server) = Self::listen().await;
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let _ = stream
                    .write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
                    .await;
                let _ = stream.read(&mut [0; 1024]).await;
            }
        });
        server
    }

    async fn listen() -> (TcpListener, Self) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("tds+plain://{}/hr", listener.local_addr().unwrap());
        (listener, Self { address, seen: Arc::default() })
    }

    pub(crate) fn calls(&self) -> Vec<Rpc> {
        self.seen.calls.lock().unwrap().clone()
    }

    pub(crate) fn logins(&self) -> Vec<Login> {
        self.seen.logins.lock().unwrap().clone()
    }

    /// Waits until the client has hung up.
    pub(crate) async fn hung_up(&self) {
        let mut hung_up = self.seen.hung_up.subscribe();
        hung_up.wait_for(|hung_up| *hung_up).await.expect("the server is there");
    }
}

/// Answers a login by way of a session on a pipe.
async fn login_alone(
    stream: &mut TcpStream,
    near: tokio::io::DuplexStream,
    mut far: tokio::io::DuplexStream,
    double: &Double,
) -> io::Result<()> {
    let (kind, message) = read_message(stream).await?;
    let exchange = async {
        actionspec_tds_double::write_message(&mut far, kind, &message).await?;
        let (kind, answer) = read_message(&mut far).await?;
        actionspec_tds_double::write_message(stream, kind, &answer).await?;
        drop(far);
        io::Result::Ok(())
    };
    let mut near = near;
    let (_, exchanged) = tokio::join!(session(&mut near, double), exchange);
    exchanged
}

/// Answers the login, reads the call, and hangs up.
async fn pass_login(
    mut stream: TcpStream,
    near: tokio::io::DuplexStream,
    far: tokio::io::DuplexStream,
    double: &Double,
) -> io::Result<()> {
    login_alone(&mut stream, near, far, double).await?;
    read_message(&mut stream).await?;
    double
        .seen
        .calls
        .lock()
        .unwrap()
        .push(Rpc { procedure: "lost".to_owned(), parameters: Vec::new() });
    Ok(())
}
