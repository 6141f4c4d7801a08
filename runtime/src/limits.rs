//! Client-side limits: rate, concurrency, retry budget.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

use crate::descriptor::RateLimit;

/// The capacity of the retry budget: if a server is down, the client soon stops retrying.
const BUDGET: f64 = 20.0;
/// The share of a retry that a request without retries adds to the budget.
const EARNED: f64 = 0.1;

/// The limits of one client, shared by its clones.
pub(crate) struct Limits {
    rate: Option<Rate>,
    concurrent: Option<Semaphore>,
    /// No request is sent before this time, because the server asked for it.
    not_before: Mutex<Option<Instant>>,
    budget: Mutex<f64>,
}

/// A rate limit by the generic cell rate algorithm: a burst of the full number, then evenly spaced.
struct Rate {
    interval: Duration,
    burst: Duration,
    /// When the vendor's bucket would be empty of what was sent.
    emptied: Mutex<Option<Instant>>,
}

impl Limits {
    /// The limits that a spec declares. `None` and zeros mean no limit.
    pub(crate) fn new(limit: Option<&RateLimit>) -> Self {
        let rate = limit.and_then(|limit| {
            let (requests, seconds) =
                (limit.requests.filter(|count| *count > 0)?, limit.per_seconds?);
            let period = Duration::from_secs(seconds.into());
            let interval = period / requests;
            Some(Rate {
                interval,
                burst: period.saturating_sub(interval),
                emptied: Mutex::new(None),
            })
        });
        let concurrent = limit.and_then(|limit| limit.concurrent).filter(|count| *count > 0);
        let permits = concurrent.map(|count| {
            Semaphore::new(
                usize::try_from(count)
                    .unwrap_or(Semaphore::MAX_PERMITS)
                    .min(Semaphore::MAX_PERMITS),
            )
        });
        Self { rate, concurrent: permits, not_before: Mutex::new(None), budget: Mutex::new(BUDGET) }
    }

    /// Waits until a request may be sent. The permit is held until the request ends.
    pub(crate) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        let permit = match &self.concurrent {
            // A semaphore that is never closed gives its permits.
            Some(semaphore) => semaphore.acquire().await.ok(),
            None => None,
        };
        let rated = self.rate.as_ref().and_then(Rate::reserve);
        let told = *lock(&self.not_before);
        if let Some(at) = rated.max(told).filter(|at| *at > Instant::now()) {
            sleep_until(at).await;
        }
        permit
    }

    /// Pauses all requests, because the server asked for it.
    pub(crate) fn pause(&self, wait: Duration) {
        let mut not_before = lock(&self.not_before);
        let at = Instant::now().checked_add(wait);
        *not_before = (*not_before).max(at);
    }

    /// Takes one retry from the budget; returns false if it is used up.
    pub(crate) fn spend(&self) -> bool {
        let mut budget = lock(&self.budget);
        let enough = *budget >= 1.0;
        if enough {
            *budget -= 1.0;
        }
        enough
    }

    /// A request needed no retry.
    pub(crate) fn earn(&self) {
        let mut budget = lock(&self.budget);
        *budget = (*budget + EARNED).min(BUDGET);
    }
}

impl Rate {
    /// Takes a place in the row; says when its turn comes, if it is not now.
    fn reserve(&self) -> Option<Instant> {
        let now = Instant::now();
        let mut emptied = lock(&self.emptied);
        let base = emptied.filter(|at| *at > now).unwrap_or(now);
        *emptied = Some(base + self.interval);
        (base + self.interval).checked_sub(self.burst + self.interval).filter(|at| *at > now)
    }
}

/// A panic of another thread leaves a number or time whole.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::Limits;
    use crate::descriptor::RateLimit;

    const FIVE_A_SECOND: RateLimit = RateLimit {
        description: None,
        requests: Some(5),
        per_seconds: Some(1),
        concurrent: None,
        remaining_header: None,
        reset_header: None,
    };

    #[tokio::test(start_paused = true)]
    async fn a_burst_passes_and_the_rest_is_spread() {
        let limits = Limits::new(Some(&FIVE_A_SECOND));
        let start = Instant::now();
        let mut times = Vec::new();
        for _ in 0..15 {
            limits.turn().await;
            times.push(start.elapsed());
        }
        assert_eq!(times[4], Duration::ZERO, "{times:?}");
        assert_eq!(times[14].as_millis(), 2000, "{times:?}");
        // In no window of one second do more than twice the number leave, and after the burst only the number.
        assert!(
            times[5..].windows(6).all(|window| window[5] >= window[0] + Duration::from_millis(999)),
            "{times:?}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_holds_everyone() {
        let limits = Limits::new(None);
        limits.pause(Duration::from_secs(7));
        let start = Instant::now();
        tokio::join!(limits.turn(), limits.turn());
        assert_eq!(start.elapsed().as_secs(), 7);
    }

    #[tokio::test]
    async fn the_budget_is_spent_and_earned() {
        let limits = Limits::new(None);
        assert_eq!((0..100).filter(|_| limits.spend()).count(), 20);
        (0..11).for_each(|_| limits.earn());
        assert!(limits.spend());
        assert!(!limits.spend());
    }

    #[tokio::test]
    async fn only_so_many_at_one_time() {
        let limits = Limits::new(Some(&RateLimit {
            requests: None,
            per_seconds: None,
            concurrent: Some(1),
            ..FIVE_A_SECOND
        }));
        let first = limits.turn().await;
        assert!(tokio::time::timeout(Duration::from_millis(20), limits.turn()).await.is_err());
        drop(first);
        assert!(limits.turn().await.is_some());
    }
}
