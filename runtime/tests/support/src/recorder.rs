//! A subscriber that keeps everything that is traced, as text.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, Event, Metadata, Subscriber};

/// Keeps names of spans and values of fields, a line each, at every level. Clones share one text.
#[derive(Clone)]
pub struct Recorder {
    targets: &'static [&'static str],
    text: Arc<Mutex<String>>,
}

impl Recorder {
    /// Records what this thread traces, until the second value is dropped, from modules whose path begins with one of these texts.
    /// What lies below the engine may trace the bytes that it sends, credentials included.
    #[must_use]
    pub fn start(targets: &'static [&'static str]) -> (Self, Recording) {
        let recorder = Self { targets, text: Arc::default() };
        let second = Dispatch::new(recorder.clone());
        let guard = tracing::subscriber::set_default(recorder.clone());
        (recorder, Recording { _guard: guard, _second: second })
    }

    /// Everything so far.
    #[must_use]
    pub fn text(&self) -> String {
        self.text.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn line(&self, line: std::fmt::Arguments<'_>) {
        let mut text = self.text.lock().unwrap_or_else(PoisonError::into_inner);
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{line}");
    }
}

/// What [`Recorder::start`] records ends when this is dropped.
pub struct Recording {
    _guard: DefaultGuard,
    /// `tracing` keeps for each place in the code whether anybody listens. While one dispatcher exists, it asks only the thread that
    /// comes there first, which may be another test's that listens to nothing; of two, it asks each.
    _second: Dispatch,
}

impl Visit for Recorder {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.line(format_args!("{field}={value:?}"));
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        self.targets.iter().any(|target| metadata.target().starts_with(target))
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.line(format_args!("{}", span.metadata().name()));
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
