//! Lines over TCP: the body is sent, and the answer is everything until the server closes the connection.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::{Request, Response};
use tokio::io::{AsyncRead, AsyncWriteExt as _, ReadBuf};
use tokio::net::{TcpStream, lookup_host};

use super::{Body, BoxFuture, Stranger, Transport, TransportError, network};

/// How many bytes are read at one time.
const CHUNK: usize = 16 * 1024;

/// Lines over TCP (as in RFC 3912), a connection for each. Dropping what it gives closes the connection.
#[derive(Clone, Copy, Debug, Default)]
pub struct TcpTransport;

impl Transport for TcpTransport {
    fn send(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let line =
                body.as_bytes().ok_or_else(|| TransportError::new("a line does not stream"))?;
            let (host, port) = head
                .uri
                .host()
                .zip(head.uri.port_u16())
                .ok_or_else(|| TransportError::new("the address has no port"))?;
            let host = host.trim_start_matches('[').trim_end_matches(']');
            let public_only =
                head.extensions.get::<Stranger>().is_some_and(|stranger| stranger.public_only());
            let mut stream = connect(host, port, public_only).await?;
            stream
                .write_all(&line)
                .await
                .map_err(|error| failed("the line could not be sent", error))?;
            // The connection stays open for writing: some servers take its end for a client that is gone.
            Ok(Response::new(Body::from_stream(Chunks(stream), None)))
        })
    }
}

async fn connect(host: &str, port: u16, public_only: bool) -> Result<TcpStream, TransportError> {
    let found =
        lookup_host((host, port)).await.map_err(|error| failed("the host is not known", error))?;
    let addresses: Vec<SocketAddr> =
        if public_only { network::public(found)? } else { found.collect() };
    TcpStream::connect(addresses.as_slice())
        .await
        .map_err(|error| failed("the connection failed", error))
}

fn failed(message: &str, error: io::Error) -> TransportError {
    if error.kind() == io::ErrorKind::TimedOut {
        return TransportError::timeout().with_source(error);
    }
    TransportError::new(message).with_source(error)
}

/// The bytes of an answer.
struct Chunks(TcpStream);

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut bytes = BytesMut::zeroed(CHUNK);
        let mut buffer = ReadBuf::new(&mut bytes);
        if let Err(error) = ready!(Pin::new(&mut self.0).poll_read(context, &mut buffer)) {
            return Poll::Ready(Some(Err(failed("the answer broke off", error))));
        }
        let length = buffer.filled().len();
        bytes.truncate(length);
        Poll::Ready((length > 0).then(|| Ok(bytes.freeze())))
    }
}
