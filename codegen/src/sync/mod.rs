//! From outputs to disk: only what differs is written, what is stale is removed, a failure leaves everything as it was.

mod marker;
mod plan;
mod session;
mod staging;

pub use marker::{MARKER, marker};
pub use plan::{Change, Plan, plan};
pub(crate) use session::{Session, Taken};
pub use staging::apply;

use std::path::PathBuf;

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
