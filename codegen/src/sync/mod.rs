//! From outputs to disk: only what differs is written, what is stale is removed, a failure leaves everything as it was.

mod marker;
pub(crate) mod scan;
mod session;
pub(crate) mod stamp;

pub use marker::{MARKER, marker};
pub(crate) use session::{Owned, Session, Taken, Writing};

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use crate::emit::Output;

/// A change of an output folder.
#[derive(Debug)]
pub enum Change {
    /// A file is written.
    Write {
        /// What to write.
        output: Output,
        /// The present bytes, if there is such a file.
        before: Option<Vec<u8>>,
    },
    /// A file that nothing generates any more is removed.
    Remove {
        /// Its path below the folder, with `/`.
        path: String,
    },
}

impl Change {
    /// The path of the file below the folder, with `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Write { output, .. } => &output.path,
            Self::Remove { path } => path,
        }
    }
}

/// A hash of contents. It need not be the same in another version of this program, which remembers nothing of this one.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    // Zero marks an output without contents.
    hasher.finish().max(1)
}

/// Why the output folder could not be compared or written.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The folder holds something else.
    #[error("`{}` is not empty and was not written by this program", path.display())]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// Something in the folder is neither file nor folder.
    #[error("`{}` is a link; nothing is written through links", path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// An output would leave the folder: a bug of this program.
    #[error(
        "the output `{path}` would leave the folder (a bug of this generator, please report it)"
    )]
    Escape {
        /// The path of the output.
        path: String,
    },
    /// The file system said no.
    #[error("`{}`: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Its words.
        source: std::io::Error,
    },
}

/// Names the file or folder of a failure.
fn at(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> SyncError {
    let path = path.into();
    |source| SyncError::Io { path, source }
}
