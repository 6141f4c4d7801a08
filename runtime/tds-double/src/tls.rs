//! TLS as TDS wants it: its handshake travels in packets of prelogin, what follows does not (MS-TDS, section 2.2.6.5).

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::packet::{HEADER, packet};

/// A connection whose handshake is in packets: what a TLS library reads from and writes to.
pub struct TlsFrames<S> {
    stream: S,
    in_handshake: bool,
    /// The header of the packet that is being read, and how much of it is there.
    header: [u8; HEADER],
    header_length: usize,
    /// What is left of that packet.
    left: usize,
    /// What is still to be written.
    pending: Vec<u8>,
    /// It has its header already.
    framed: bool,
}

impl<S> TlsFrames<S> {
    /// A connection whose handshake comes next.
    pub fn new(stream: S) -> Self {
        Self {
            stream,
            in_handshake: true,
            header: [0; HEADER],
            header_length: 0,
            left: 0,
            pending: Vec::new(),
            framed: false,
        }
    }

    /// The handshake is over: packets are inside of TLS from now on.
    pub fn end_handshake(&mut self) {
        self.in_handshake = false;
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for TlsFrames<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if !this.in_handshake {
            return Pin::new(&mut this.stream).poll_read(context, buffer);
        }
        while this.left == 0 {
            let mut rest = ReadBuf::new(&mut this.header[this.header_length..]);
            ready!(Pin::new(&mut this.stream).poll_read(context, &mut rest))?;
            let read = rest.filled().len();
            if read == 0 {
                return Poll::Ready(Ok(()));
            }
            this.header_length += read;
            if this.header_length == HEADER {
                this.left = usize::from(u16::from_be_bytes([this.header[2], this.header[3]]))
                    .saturating_sub(HEADER);
                this.header_length = 0;
            }
        }
        let mut part = buffer.take(this.left);
        let before = part.filled().len();
        ready!(Pin::new(&mut this.stream).poll_read(context, &mut part))?;
        let read = part.filled().len() - before;
        // What the part holds is initialised, and stands where the buffer goes on.
        let bytes = part.filled()[before..].to_vec();
        buffer.put_slice(&bytes);
        this.left -= read;
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for TlsFrames<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.in_handshake {
            self.pending.extend_from_slice(bytes);
            return Poll::Ready(Ok(bytes.len()));
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if !this.framed && !this.pending.is_empty() {
            this.pending = packet(crate::PRELOGIN, true, 0, &this.pending);
            this.framed = true;
        }
        while !this.pending.is_empty() {
            let written = ready!(Pin::new(&mut this.stream).poll_write(context, &this.pending))?;
            this.pending.drain(..written);
        }
        this.framed = false;
        Pin::new(&mut this.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
