//! Limits of a query: time, rows, memory, and a flag that cancels it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::error::{Error, Result};

/// What a query may use at most.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// let limits = factbase::Limits {
///     time: Some(Duration::from_secs(10)),
///     ..factbase::Limits::default()
/// };
/// assert!(limits.memory_bytes >= 1 << 20);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The time from the start of the query to its last row.
    pub time: Option<Duration>,
    /// How many rows it may return; one more is an error.
    pub rows: Option<u64>,
    /// How many bytes its intermediate results may take.
    pub memory_bytes: u64,
}

/// Half a gigabyte holds the intermediate results of joins over tens of millions of facts and
/// leaves room on a small machine.
const MEMORY_BYTES: u64 = 512 << 20;

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: None,
            rows: None,
            memory_bytes: MEMORY_BYTES,
        }
    }
}

/// A flag by which another thread stops a query.
///
/// # Examples
///
/// ```
/// let cancellation = factbase::Cancellation::new();
/// assert!(!cancellation.is_cancelled());
/// cancellation.cancel();
/// assert!(cancellation.clone().is_cancelled());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Cancellation(Arc<AtomicBool>);

impl Cancellation {
    /// A flag that is not set.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops the queries that were given this flag; they end with [`Error::Cancelled`].
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Takes the flag back, so that it can be used for the next query.
    pub fn reset(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    /// Whether the flag is set.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The account of one running query.
#[derive(Debug)]
pub(crate) struct Budget {
    limits: Limits,
    deadline: Option<Instant>,
    cancellation: Cancellation,
    used: AtomicU64,
    most: AtomicU64,
    /// What was done so far, in the units of the planner's costs.
    work: AtomicU64,
    /// What may be done at most: tests give up plans that are far from the best.
    #[cfg(test)]
    most_work: AtomicU64,
}

impl Budget {
    pub(crate) fn new(limits: Limits, cancellation: Cancellation) -> Arc<Self> {
        Arc::new(Self {
            deadline: limits
                .time
                .and_then(|time| Instant::now().checked_add(time)),
            limits,
            cancellation,
            used: AtomicU64::new(0),
            most: AtomicU64::new(0),
            work: AtomicU64::new(0),
            #[cfg(test)]
            most_work: AtomicU64::new(u64::MAX),
        })
    }

    /// Adds to what was done, by the costs the planner reckons with, so that the work of a plan
    /// can be told without a clock. Called once a block.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "work is a count, and not negative"
    )]
    pub(crate) fn spend(&self, work: f64) {
        self.work.fetch_add(work as u64, Ordering::Relaxed);
    }

    /// What was done so far.
    pub(crate) fn work(&self) -> u64 {
        self.work.load(Ordering::Relaxed)
    }

    /// Ends the query as cancelled when it has done so much.
    #[cfg(test)]
    pub(crate) fn limit_work(&self, most: u64) {
        self.most_work.store(most, Ordering::Relaxed);
    }

    /// Fails where the query was cancelled or its time is over. Called once a block.
    pub(crate) fn check(&self) -> Result<()> {
        if self.cancellation.is_cancelled() {
            return Err(Error::Cancelled);
        }
        #[cfg(test)]
        if self.work() > self.most_work.load(Ordering::Relaxed) {
            return Err(Error::Cancelled);
        }
        match (self.deadline, self.limits.time) {
            (Some(deadline), Some(time)) if Instant::now() >= deadline => Err(Error::Limit {
                what: "the query's time".to_owned(),
                limit: format!("{:.3} s", time.as_secs_f64()),
            }),
            _ => Ok(()),
        }
    }

    /// How many rows may be returned.
    pub(crate) fn rows(&self) -> Option<u64> {
        self.limits.rows
    }

    /// The most bytes that were in use at once.
    pub(crate) fn most_bytes(&self) -> u64 {
        self.most.load(Ordering::Relaxed)
    }

    /// Whether so many more bytes are within the limit.
    pub(crate) fn has_room(&self, bytes: u64) -> bool {
        let used = self.used.load(Ordering::Relaxed);
        used.saturating_add(bytes) <= self.limits.memory_bytes
    }
}

/// Bytes taken from the budget, given back when dropped.
#[derive(Debug)]
pub(crate) struct Charge {
    budget: Arc<Budget>,
    bytes: u64,
}

impl Charge {
    pub(crate) fn new(budget: &Arc<Budget>) -> Self {
        Self {
            budget: Arc::clone(budget),
            bytes: 0,
        }
    }

    /// Whether the whole could be so many bytes.
    pub(crate) fn fits(&self, bytes: usize) -> bool {
        self.budget
            .has_room((bytes as u64).saturating_sub(self.bytes))
    }

    /// Gives everything back.
    pub(crate) fn clear(&mut self) {
        self.budget.used.fetch_sub(self.bytes, Ordering::Relaxed);
        self.bytes = 0;
    }

    /// Takes bytes until the whole is so many.
    pub(crate) fn grow_to(&mut self, bytes: usize) -> Result<()> {
        let bytes = bytes as u64;
        if bytes <= self.bytes {
            return Ok(());
        }
        let more = bytes - self.bytes;
        self.bytes = bytes;
        let used = self.budget.used.fetch_add(more, Ordering::Relaxed) + more;
        self.budget.most.fetch_max(used, Ordering::Relaxed);
        if used > self.budget.limits.memory_bytes {
            return Err(Error::Limit {
                what: "the query's memory".to_owned(),
                limit: shown_bytes(self.budget.limits.memory_bytes),
            });
        }
        Ok(())
    }
}

/// Bytes as they are shown.
fn shown_bytes(bytes: u64) -> String {
    if bytes >= 1 << 20 {
        format!("{} MB", bytes >> 20)
    } else {
        format!("{} kB", bytes.div_ceil(1 << 10))
    }
}

impl Drop for Charge {
    fn drop(&mut self) {
        self.clear();
    }
}
