//! Keeps what was obtained: one request for it at a time, renewed before it ends, forgotten when it is refused.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;
use tokio::time::Instant;

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

/// Keeps one grant.
#[derive(Default)]
pub(super) struct TokenCache {
    current: RwLock<Option<Arc<Grant>>>,
    /// Held while a new grant is asked for, with when the last attempt failed, and why.
    asking: Mutex<Option<(Instant, Problem)>>,
    generation: AtomicU64,
}

impl TokenCache {
    pub(super) fn current(&self) -> Option<Arc<Grant>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn fresh(&self) -> Option<Arc<Grant>> {
        self.current().filter(|grant| grant.is_fresh())
    }

    /// What is kept, or what `obtain` gives. Whoever comes while it is asked for waits for the same answer, good or bad.
    pub(super) async fn get<F: Future<Output = Result<Grant, Problem>>>(
        &self,
        obtain: impl FnOnce() -> F,
    ) -> Result<Arc<Grant>, Problem> {
        if let Some(grant) = self.fresh() {
            return Ok(grant);
        }
        let came = Instant::now();
        let mut failed = self.asking.lock().await;
        if let Some(grant) = self.fresh() {
            return Ok(grant);
        }
        if let Some((when, problem)) = &*failed
            && *when >= came
        {
            return Err(problem.clone());
        }
        match obtain().await {
            Ok(mut grant) => {
                grant.generation = self.generation.fetch_add(1, Ordering::Relaxed) + 1;
                let grant = Arc::new(grant);
                *self.current.write().unwrap_or_else(PoisonError::into_inner) =
                    Some(Arc::clone(&grant));
                *failed = None;
                Ok(grant)
            }
            Err(problem) => {
                *failed = Some((Instant::now(), problem.clone()));
                Err(problem)
            }
        }
    }

    /// Forgets a grant that was refused, unless a newer one has replaced it.
    pub(super) fn forget(&self, generation: u64) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        if current.as_ref().is_some_and(|grant| grant.generation == generation) {
            *current = None;
        }
    }

    pub(super) fn take(&self) -> Option<Arc<Grant>> {
        self.current.write().unwrap_or_else(PoisonError::into_inner).take()
    }
}
