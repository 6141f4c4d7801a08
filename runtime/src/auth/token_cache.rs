//! Caches a token or session: one request for it at a time, renewed before it ends, forgotten when it is refused.
//!
//! The request is a task of its own. It goes on when the call that began it is cancelled, because the vendor may already have replaced
//! what the client holds; its result is cached for the next call.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::watch;
use tokio::time::Instant;
use tracing::Instrument as _;

use super::Problem;

/// How long before its end something is renewed, at most; short-lived things a tenth of their life before.
const EARLY: Duration = Duration::from_mins(1);

/// What was obtained.
pub(super) struct Grant {
    /// The secret values, in the source's order.
    pub(super) values: Vec<SecretString>,
    /// When it is to be renewed; `None`: when it is refused.
    renew_at: Option<Instant>,
    /// Counts grants, so that a refusal of an old one does not end a new one.
    pub(super) generation: u64,
}

impl Grant {
    pub(super) fn new(values: Vec<SecretString>, lifetime: Option<Duration>) -> Self {
        let renew_at = lifetime.and_then(|lifetime| {
            Instant::now().checked_add(lifetime.saturating_sub(EARLY.min(lifetime / 10)))
        });
        Self { values, renew_at, generation: 0 }
    }

    /// The first value.
    pub(super) fn first(&self) -> &str {
        self.values.first().map(ExposeSecret::expose_secret).unwrap_or_default()
    }

    fn is_fresh(&self) -> bool {
        self.renew_at.is_none_or(|at| Instant::now() < at)
    }
}

/// The result of a request for a grant. Everyone who waited for it gets it, good or bad.
type Outcome = Result<Arc<Grant>, Problem>;

/// Caches one grant.
#[derive(Clone, Default)]
pub(super) struct TokenCache(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    current: Option<Arc<Grant>>,
    generation: u64,
    /// The outcome of the request that is under way.
    pending: Option<watch::Receiver<Option<Outcome>>>,
}

impl State {
    fn fresh(&self) -> Option<Arc<Grant>> {
        self.current.clone().filter(|grant| grant.is_fresh())
    }

    /// The request that is under way. One whose task ended without an outcome, with its tokio runtime or by a panic, is not.
    fn pending(&self) -> Option<watch::Receiver<Option<Outcome>>> {
        self.pending.clone().filter(|outcome| outcome.has_changed().is_ok())
    }
}

impl TokenCache {
    /// A panic of another thread leaves the state whole: it is replaced, never changed in parts.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn current(&self) -> Option<Arc<Grant>> {
        self.state().current.clone()
    }

    /// The cached grant, or what `obtain` returns. It runs in a task of its own; calls that come meanwhile wait for the same outcome.
    pub(super) async fn get<F>(&self, obtain: impl Fn() -> F) -> Outcome
    where
        F: Future<Output = Result<Grant, Problem>> + Send + 'static,
    {
        let mut began = false;
        loop {
            let mut outcome = {
                let mut state = self.state();
                if let Some(grant) = state.fresh() {
                    return Ok(grant);
                }
                match state.pending() {
                    Some(outcome) => outcome,
                    None if began => {
                        return Err(Problem::build(
                            "the request for a token ended without a result",
                        ));
                    }
                    None => {
                        began = true;
                        let (sender, receiver) = watch::channel(None);
                        state.pending = Some(receiver.clone());
                        let (cache, obtained) = (self.clone(), obtain());
                        let task = async move {
                            let outcome = cache.store(obtained.await);
                            // Everyone who waited may be gone.
                            let _ = sender.send(Some(outcome));
                        };
                        drop(tokio::spawn(task.in_current_span()));
                        receiver
                    }
                }
            };
            if let Ok(outcome) = outcome.wait_for(Option::is_some).await
                && let Some(outcome) = &*outcome
            {
                return outcome.clone();
            }
        }
    }

    /// Ends the request that is under way.
    fn store(&self, obtained: Result<Grant, Problem>) -> Outcome {
        let mut state = self.state();
        state.pending = None;
        let mut grant = obtained?;
        state.generation += 1;
        grant.generation = state.generation;
        let grant = Arc::new(grant);
        state.current = Some(Arc::clone(&grant));
        Ok(grant)
    }

    /// Forgets a grant that was refused, unless a newer one has replaced it.
    pub(super) fn forget(&self, generation: u64) {
        let mut state = self.state();
        if state.current.as_ref().is_some_and(|grant| grant.generation == generation) {
            state.current = None;
        }
    }

    pub(super) fn take(&self) -> Option<Arc<Grant>> {
        self.state().current.take()
    }
}
