//! Calls that block the thread: for scripts and programs without an async runtime of their own.
//!
//! One runtime with one thread serves the whole process, so connections are kept between calls. It is safe to block from within another
//! runtime, though that thread then does nothing else.

use std::sync::{LazyLock, mpsc};

use tokio::runtime::{Builder, Runtime};

use crate::call::{Call, Sending};
use crate::error::{Error, ErrorKind};
use crate::paging::{Item, Items, Pages};
use crate::response::Response;

static RUNTIME: LazyLock<std::io::Result<Runtime>> = LazyLock::new(|| {
    Builder::new_multi_thread().worker_threads(1).thread_name("actionspec").enable_all().build()
});

/// Waits for a future on the process's own runtime.
fn wait<F: Future<Output: Send> + Send + 'static>(future: F) -> Result<F::Output, Error> {
    let unable = |reason: &str| {
        Error::unbound(ErrorKind::Build, format!("no thread can serve calls that block: {reason}"))
    };
    let runtime = RUNTIME.as_ref().map_err(|error| unable(&error.to_string()))?;
    let (sender, receiver) = mpsc::sync_channel(1);
    runtime.spawn(async move {
        // Whoever waited may be gone.
        let _ = sender.send(future.await);
    });
    receiver.recv().map_err(|_| unable("its runtime ended"))
}

impl<T: ?Sized + 'static> Sending<T> {
    /// Waits for the result.
    pub fn wait(self) -> Result<Response<T>, Error> {
        wait(self)?
    }
}

impl<T: ?Sized + 'static> Call<T> {
    /// Sends the call and waits for the result.
    pub fn send_blocking(self) -> Result<Response<T>, Error> {
        self.send().wait()
    }
}

/// Pages, one after the other; each is waited for.
impl<T: ?Sized + 'static> Iterator for Pages<T> {
    type Item = Result<Response<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut pages = self.take();
        let (pages, page) = match wait(async move {
            let page = Pages::next(&mut pages).await;
            (pages, page)
        }) {
            Ok(waited) => waited,
            Err(error) => return Some(Err(error)),
        };
        *self = pages;
        page
    }
}

/// Items of all pages, one after the other; each page is waited for.
impl<I: ?Sized + 'static> Iterator for Items<I> {
    type Item = Result<Item<I>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut items = self.take();
        let (items, item) = match wait(async move {
            let item = Items::next(&mut items).await;
            (items, item)
        }) {
            Ok(waited) => waited,
            Err(error) => return Some(Err(error)),
        };
        *self = items;
        item
    }
}
