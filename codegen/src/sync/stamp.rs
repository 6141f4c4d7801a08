//! Whether a file is certainly the one that was seen: by its size, times and inode, as `git` does for its index.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What the file system says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Size, times and identity in one number; changes with any of them.
    seal: u64,
    /// When content or metadata changed last, in seconds and nanoseconds. A program can set the first time back, but not the second.
    newest: (i64, i64),
    device: u64,
    /// What a move to another place leaves as it is.
    content: u64,
}

impl Stamp {
    /// The stamp of a file.
    #[cfg(unix)]
    pub(crate) fn of(metadata: &Metadata) -> Self {
        use std::hash::{DefaultHasher, Hash, Hasher};
        use std::os::unix::fs::MetadataExt;
        let changed = (metadata.ctime(), metadata.ctime_nsec());
        let modified = (metadata.mtime(), metadata.mtime_nsec());
        let mut hasher = DefaultHasher::new();
        (metadata.len(), metadata.ino(), metadata.dev(), modified).hash(&mut hasher);
        let content = hasher.finish();
        changed.hash(&mut hasher);
        // Zero stands for "do not trust".
        Self {
            seal: hasher.finish().max(1),
            newest: changed.max(modified),
            device: metadata.dev(),
            content,
        }
    }

    /// Elsewhere no time tells that a file changed which was given its old time again: every file is read.
    #[cfg(not(unix))]
    pub(crate) fn of(_: &Metadata) -> Self {
        Self { seal: 0, newest: (i64::MAX, 0), device: 0, content: 0 }
    }

    /// The number by which a later run may know the file again without reading it; 0 if it may not.
    ///
    /// A file that changed in the very tick of the clock in which it was looked at could change once more without another time.
    pub(crate) fn seal(self, clock: &Clock) -> u64 {
        if self.newest < clock.now && self.device == clock.device { self.seal } else { 0 }
    }

    /// Whether the file is the one of a number that [`Self::seal`] gave.
    pub(crate) fn is(self, seal: u64) -> bool {
        seal != 0 && self.seal == seal
    }

    /// Whether this is the file of another stamp, moved.
    pub(crate) fn is_moved(self, from: Self) -> bool {
        self.content == from.content
    }
}

/// The file system's own clock, which ticks more slowly than the processor's.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    file: PathBuf,
    now: (i64, i64),
    device: u64,
}

impl Clock {
    /// Reads the clock, by a file that is made for it in a folder.
    pub(crate) fn read(folder: &Path) -> io::Result<Self> {
        let mut clock = Self {
            file: folder.join(format!("clock-{}", std::process::id())),
            now: (0, 0),
            device: 0,
        };
        clock.again()?;
        Ok(clock)
    }

    fn again(&mut self) -> io::Result<()> {
        fs::write(&self.file, ".")?;
        let stamp = Stamp::of(&fs::metadata(&self.file)?);
        let _ = fs::remove_file(&self.file);
        (self.now, self.device) = (stamp.newest, stamp.device);
        Ok(())
    }

    /// Waits for the next tick, so that what was written before can be told from what is written after; gives up where ticks are long.
    pub(crate) fn tick(&mut self) -> io::Result<()> {
        let (before, start) = (self.now, Instant::now());
        self.again()?;
        let first = self.now;
        while self.now <= first.max(before) && start.elapsed() < Duration::from_millis(100) {
            sleep(Duration::from_millis(1));
            self.again()?;
        }
        Ok(())
    }
}
