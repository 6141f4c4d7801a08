//! Client-side limits: rate, concurrency, retry budget.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as Queue, Semaphore, SemaphorePermit};
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
    /// When the vendor's bucket would be empty of what was sent. Requests wait for the lock in turn; the one that holds it waits for its
    /// time. A request that is cancelled meanwhile has changed nothing.
    emptied: Queue<Option<Instant>>,
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
                emptied: Queue::new(None),
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
        match &self.rate {
            Some(rate) => rate.turn(&self.not_before).await,
            None => pass(&self.not_before).await,
        }
        permit
    }

    /// Pauses all requests, because the server asked for it.
    pub(crate) fn pause(&self, wait: Duration) {
        let mut not_before = lock(&self.not_before);
        let at = Instant::now().checked_add(wait);
        *not_before = (*not_before).max(at);
    }

    /// Takes one retry from the budget; returns nothing if it is used up. The retry is given back unless it is [used](Retry::used).
    pub(crate) fn spend(&self) -> Option<Retry<'_>> {
        let mut budget = lock(&self.budget);
        let enough = *budget >= 1.0;
        if enough {
            *budget -= 1.0;
        }
        enough.then(|| Retry { limits: self, back: 1.0 })
    }

    /// A request needed no retry.
    pub(crate) fn earn(&self) {
        self.give(EARNED);
    }

    fn give(&self, retries: f64) {
        let mut budget = lock(&self.budget);
        *budget = (*budget + retries).min(BUDGET);
    }
}

/// A retry that was taken from the budget. Dropped before it is used, for example because its call was cancelled during the pause, it goes
/// back.
pub(crate) struct Retry<'a> {
    limits: &'a Limits,
    back: f64,
}

impl Retry<'_> {
    /// The request is sent again.
    pub(crate) fn used(mut self) {
        self.back = 0.0;
    }
}

impl Drop for Retry<'_> {
    fn drop(&mut self) {
        self.limits.give(self.back);
    }
}

/// Waits until the time that the server requested, which may move while a request waits.
async fn pass(not_before: &Mutex<Option<Instant>>) {
    loop {
        let at = *lock(not_before);
        match at.filter(|at| *at > Instant::now()) {
            Some(at) => sleep_until(at).await,
            None => return,
        }
    }
}

impl Rate {
    /// Waits for the turn of a request, and takes its place when it leaves.
    async fn turn(&self, not_before: &Mutex<Option<Instant>>) {
        let mut emptied = self.emptied.lock().await;
        let turn = emptied.and_then(|at| at.checked_sub(self.burst));
        if let Some(at) = turn.filter(|at| *at > Instant::now()) {
            sleep_until(at).await;
        }
        pass(not_before).await;
        let now = Instant::now();
        let base = emptied.filter(|at| *at > now).unwrap_or(now);
        *emptied = Some(base + self.interval);
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

    use super::{Limits, Retry};
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
    async fn who_is_cancelled_keeps_no_place() {
        let limits = Limits::new(Some(&RateLimit {
            requests: Some(1),
            concurrent: Some(1),
            ..FIVE_A_SECOND
        }));
        let start = Instant::now();
        drop(limits.turn().await);
        for _ in 0..50 {
            let waiting = tokio::time::timeout(Duration::from_millis(1), limits.turn());
            assert!(waiting.await.is_err());
        }
        limits.turn().await;
        assert_eq!(start.elapsed().as_secs(), 1);
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
        let spent = (0..100).filter_map(|_| limits.spend()).map(Retry::used).count();
        assert_eq!(spent, 20);
        (0..11).for_each(|_| limits.earn());
        drop(limits.spend().expect("one is earned"));
        limits.spend().expect("what was not used is given back").used();
        assert!(limits.spend().is_none());
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
