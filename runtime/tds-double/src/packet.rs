//! Packets, and the messages that they are parts of (MS-TDS, section 2.2.3).

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

/// Type, status, length, channel, number and window.
pub(crate) const HEADER: usize = 8;
/// That a packet is its message's last.
pub(crate) const LAST: u8 = 1;
/// The size of packets that is agreed on without a word.
const SIZE: usize = 4096;
/// The longest message that is read.
const MOST: usize = 64 << 20;

/// Reads a message: its type and content.
pub async fn read_message<S: AsyncRead + Unpin>(stream: &mut S) -> io::Result<(u8, Vec<u8>)> {
    let mut message = Vec::new();
    loop {
        let mut header = [0; HEADER];
        stream.read_exact(&mut header).await?;
        let length = usize::from(u16::from_be_bytes([header[2], header[3]]));
        let length = length
            .checked_sub(HEADER)
            .ok_or_else(|| crate::malformed("a packet is shorter than its header"))?;
        let start = message.len();
        if start + length > MOST {
            return Err(crate::malformed("the message is too long"));
        }
        message.resize(start + length, 0);
        stream.read_exact(&mut message[start..]).await?;
        if header[1] & LAST != 0 {
            return Ok((header[0], message));
        }
    }
}

/// Writes a message.
pub async fn write_message<S: AsyncWrite + Unpin>(
    stream: &mut S,
    kind: u8,
    message: &[u8],
) -> io::Result<()> {
    let mut chunks = message.chunks(SIZE - HEADER).enumerate().peekable();
    while let Some((number, chunk)) = chunks.next() {
        let is_last = chunks.peek().is_none();
        stream.write_all(&packet(kind, is_last, number, chunk)).await?;
    }
    stream.flush().await
}

pub(crate) fn packet(kind: u8, is_last: bool, number: usize, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(HEADER + content.len()).unwrap_or(u16::MAX).to_be_bytes();
    let number = u8::try_from((number + 1) % 256).unwrap_or_default();
    let mut packet =
        vec![kind, if is_last { LAST } else { 0 }, length[0], length[1], 0, 0, number, 0];
    packet.extend_from_slice(content);
    packet
}
