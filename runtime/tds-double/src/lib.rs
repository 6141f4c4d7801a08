//! A double of a TDS server (MS-TDS 7.4) on the wire: it reads what a client sends byte by byte, hands login and procedure calls to a
//! [`Handler`], and writes what that answers. It runs no SQL, and shares no code with any client, so that neither can hide the other's mistake.
//!
//! What it knows of the protocol is what clients here use: prelogin, login by name and password, and calls of procedures, which is how bound
//! parameters travel.

mod packet;
mod reply;
mod request;
mod tls;

use std::io;

use tokio::io::{AsyncRead, AsyncWrite};

pub use packet::{read_message, write_message};
pub use reply::{Cell, Column, Kind, ServerError, Token, done, encode};
pub use request::{Login, Parameter, Rpc};
pub use tls::TlsFrames;

/// Packets of prelogin.
pub const PRELOGIN: u8 = 0x12;
/// Packets of a login.
pub const LOGIN: u8 = 0x10;
/// Packets of a call.
pub const RPC: u8 = 0x03;
/// Packets of an answer.
pub const ANSWER: u8 = 0x04;

/// What a server does with what it is told.
pub trait Handler: Send + Sync {
    /// Judges a login.
    fn login(&self, login: &Login) -> Result<(), ServerError>;

    /// Answers a call; the end of the answer is added.
    fn call(&self, rpc: &Rpc) -> Vec<Token>;
}

/// Serves a connection without TLS to its end. Fails when the client does not speak TDS, or is gone.
pub async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    handler: &impl Handler,
) -> io::Result<()> {
    prelogin(stream, false).await?;
    session(stream, handler).await
}

/// Answers a prelogin: whether TLS comes next. Returns whether the client would do without.
pub async fn prelogin<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    tls: bool,
) -> io::Result<bool> {
    let (kind, message) = read_message(stream).await?;
    if kind != PRELOGIN {
        return Err(malformed("no prelogin"));
    }
    let wanted = request::encryption(&message)?;
    write_message(stream, ANSWER, &reply::prelogin(tls)).await?;
    Ok(wanted == request::NOT_SUPPORTED)
}

/// Serves login and calls, after prelogin.
pub async fn session<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    handler: &impl Handler,
) -> io::Result<()> {
    let (kind, message) = read_message(stream).await?;
    if kind != LOGIN {
        return Err(malformed("no login"));
    }
    match handler.login(&Login::read(&message)?) {
        Ok(()) => write_message(stream, ANSWER, &reply::logged_in()).await?,
        Err(error) => {
            return write_message(stream, ANSWER, &encode(&[Token::Error(error)], false)).await;
        }
    }
    loop {
        let (kind, message) = match read_message(stream).await {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            other => other?,
        };
        if kind != RPC {
            return Err(malformed("no call of a procedure"));
        }
        let tokens = handler.call(&Rpc::read(&message)?);
        write_message(stream, ANSWER, &encode(&tokens, true)).await?;
    }
}

fn malformed(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
