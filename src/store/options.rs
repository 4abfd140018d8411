//! How a store is opened, and how a statement is run.

use std::path::Path;
use std::time::Duration;

use super::Store;
use crate::error::Result;
use crate::query::{Cancellation, Limits, Parameters};
use crate::storage::{self, Database, TransactionId};
use crate::value::Time;

/// What a commit that returned survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// A crash of the process and a power cut.
    #[default]
    Durable,
    /// A crash of the process. For bulk loads; the last commits before a power cut may be gone,
    /// never half of one.
    Buffered,
}

/// How a store is opened.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use factbase::{Durability, StoreOptions};
///
/// # fn main() -> factbase::Result<()> {
/// # let directory = tempfile::tempdir().unwrap();
/// # let path = directory.path().join("bulk.facts");
/// let store = StoreOptions::new()
///     .durability(Durability::Buffered)
///     .cache_bytes(256 << 20)
///     .wait(Duration::from_secs(5))
///     .open(&path)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct StoreOptions {
    pub(super) durability: Durability,
    pub(super) cache_bytes: usize,
    pub(super) wait: Duration,
    pub(super) is_read_only: bool,
}

/// Memory for decoded blocks where the caller says nothing.
const CACHE_BYTES: usize = 64 << 20;

impl Default for StoreOptions {
    fn default() -> Self {
        Self {
            durability: Durability::default(),
            cache_bytes: CACHE_BYTES,
            wait: Duration::ZERO,
            is_read_only: false,
        }
    }
}

impl StoreOptions {
    /// Durable, 64 MB of cache, no waiting.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What a commit survives.
    #[must_use]
    pub fn durability(mut self, durability: Durability) -> Self {
        self.durability = durability;
        self
    }

    /// How much memory decoded blocks may take, in bytes.
    #[must_use]
    pub fn cache_bytes(mut self, bytes: usize) -> Self {
        self.cache_bytes = bytes;
        self
    }

    /// How long to wait for a store that another process has open.
    #[must_use]
    pub fn wait(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// Refuse to write.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        self.is_read_only = true;
        self
    }

    /// Opens the store at a path, and makes one where there is none.
    ///
    /// # Errors
    ///
    /// As [`Store::open`].
    pub fn open(&self, path: impl AsRef<Path>) -> Result<Store> {
        Store::open_with(path.as_ref(), self, true)
    }

    /// Opens a store that is there already.
    ///
    /// # Errors
    ///
    /// As [`Store::open_existing`].
    pub fn open_existing(&self, path: impl AsRef<Path>) -> Result<Store> {
        Store::open_with(path.as_ref(), self, false)
    }

    /// A store that lives in memory.
    ///
    /// # Errors
    ///
    /// As [`Store::in_memory`].
    pub fn in_memory(&self) -> Result<Store> {
        let database = Database::in_memory(self.for_storage());
        Ok(Store::over(database, None, self))
    }

    pub(super) fn for_storage(&self) -> storage::Options {
        storage::Options {
            is_durable: self.durability == Durability::Durable,
            is_read_only: self.is_read_only,
            cache_bytes: self.cache_bytes,
            ..super::snapshot::english_options()
        }
    }
}

/// A past moment of the store.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum AsOf {
    /// After a transaction.
    Transaction(TransactionId),
    /// At a time; a day means its end.
    Time(Time),
}

/// How a statement is run.
///
/// # Examples
///
/// Facts of half confidence answer too:
///
/// ```
/// use factbase::language::{parse_statement, statements};
/// use factbase::{Outcome, RunOptions, Store};
///
/// # fn main() -> factbase::Result<()> {
/// let store = Store::in_memory()?;
/// store.execute("assert Ada know Charles; assert Ada know Mary [confidence = 0.5]")?;
/// let question = "Ada know ?whom";
/// let (statement, _) = parse_statement(question, statements(question).next().unwrap());
/// for (least_confidence, count) in [(None, 1), (Some(0.5), 2), (Some(0.6), 1)] {
///     let options = RunOptions { least_confidence, ..RunOptions::default() };
///     let Outcome::Rows(rows) = store.run(question, &statement, &options)? else { continue };
///     assert_eq!(rows.count(), count);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct RunOptions {
    /// Values for `$names`.
    pub parameters: Parameters,
    /// Bounds on time, rows and memory.
    pub limits: Limits,
    /// Asks a past moment of the store, where the statement itself does not.
    pub as_of: Option<AsOf>,
    /// Stops the statement from another thread.
    pub cancellation: Cancellation,
    /// The least confidence, 0 to 1, of the facts that answer plain patterns, where the statement
    /// does not say it with `[confidence >= …]`; `None` for the store's own border. Rules and
    /// closures (`p+`) go on reading the facts that are plain in the store.
    pub least_confidence: Option<f32>,
}
