//! Files for uploads.

use std::fmt;
use std::io::Read;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::transport::{Once, TransportError};

/// A file for an upload: its bytes, name and media type.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: Option<String>,
    /// Its media type; where there is none, the spec's is sent.
    pub media_type: Option<String>,
    /// Its contents; of a file that streams, nothing.
    pub bytes: Bytes,
    pub(crate) stream: Option<Once>,
}

impl File {
    /// Creates a file from bytes in memory.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self { name: None, media_type: None, bytes: bytes.into(), stream: None }
    }

    /// Creates a file from a stream, which is never in memory as a whole. Pass the length if it is known: some vendors
    /// require it; the request fails if the stream has another. A stream can be sent only once, so the request is never retried.
    pub fn from_stream(
        stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        Self { stream: Some(Once::new(stream, length)), ..Self::new(Bytes::new()) }
    }

    /// Creates a file from a reader, read in pieces of 64 KiB while it is sent. The reader may block briefly, as files on disk do.
    pub fn from_reader(reader: impl Read + Send + Unpin + 'static, length: Option<u64>) -> Self {
        Self::from_stream(Pieces(reader), length)
    }

    /// Opens a file on disk, with its name and length. It is read while it is sent, as far as it reached when it was opened: a log file may
    /// grow meanwhile. If it has become shorter, the request fails.
    pub fn open(path: impl AsRef<Path>) -> std::io::Result<Self> {
        let path = path.as_ref();
        let file = std::fs::File::open(path)?;
        let length = file.metadata()?.len();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Ok(Self { name, ..Self::from_reader(file.take(length), Some(length)) })
    }

    /// Returns its size in bytes, if it is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.stream.as_ref().map_or(Some(self.bytes.len() as u64), |stream| stream.length)
    }

    /// Sets the name.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the media type.
    #[must_use]
    pub fn with_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }
}

/// A reader in pieces.
struct Pieces<R>(R);

impl<R: Read + Unpin> Stream for Pieces<R> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        const PIECE: usize = 64 * 1024;
        let mut piece = vec![0; PIECE];
        Poll::Ready(match self.0.read(&mut piece) {
            Ok(0) => None,
            Ok(count) => {
                piece.truncate(count);
                Some(Ok(piece.into()))
            }
            Err(error) => {
                Some(Err(TransportError::new("the file cannot be read").with_source(error)))
            }
        })
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("name", &self.name)
            .field("media_type", &self.media_type)
            .field("length", &self.length())
            .finish_non_exhaustive()
    }
}

impl From<Vec<u8>> for File {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<Bytes> for File {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}

impl From<&[u8]> for File {
    fn from(bytes: &[u8]) -> Self {
        Self::new(Bytes::copy_from_slice(bytes))
    }
}

impl From<String> for File {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for File {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}
