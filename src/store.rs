//! The store as programs use it: open, ingest, ask, write, explain, keep in order.

mod batch;
mod exchange;
mod facts;
mod maintenance;
mod options;
mod outcome;
mod parameters;
mod rows;
mod run;
mod snapshot;
mod statement;
mod synonym;
mod transfer;
mod typed;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

pub use batch::Batch;
pub use exchange::ExchangeFormat;
pub(crate) use exchange::jsonl::FactLine;
pub use facts::{Facts, FactsIter};
pub use maintenance::{CheckReport, Statistics};
pub use options::{AsOf, Durability, RunOptions, StoreOptions};
pub use outcome::{Change, Outcome};
pub use parameters::value_from_text;
pub use rows::{Row, Rows, TypedRows};
pub use run::{Explanation, Query};
pub use snapshot::{DocumentSummary, PredicateSummary, Provenance, Snapshot};
pub use transfer::TransferReport;

use crate::error::{Error, Result};
use crate::storage::{Database, TransactionId};

/// A store: a cheap handle that can be cloned and shared between threads.
///
/// Reading goes through a [`Snapshot`], which never changes and never blocks a writer. Writing
/// goes through a [`Batch`], through [`Store::execute`] or through [`Store::ingest`]: each is one
/// transaction, seen whole or not at all. One process can have a store open for writing.
///
/// # Examples
///
/// ```
/// use factbase::{Fact, Store};
///
/// # fn main() -> factbase::Result<()> {
/// let store = Store::in_memory()?;
/// let mut batch = store.batch();
/// batch.assert(Fact::new("Marie Curie", "work_for", "Sorbonne").with_document("notes.txt"));
/// batch.commit()?;
/// for row in store.query("?who work_for Sorbonne")? {
///     assert_eq!(row?.text("who").as_deref(), Some("Marie Curie"));
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    database: Database,
    path: Option<PathBuf>,
    options: StoreOptions,
    /// The newest snapshot that was asked for, with its rules read: asking again is free as long
    /// as nothing was written.
    current: Mutex<Option<Snapshot>>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = formatter.debug_struct("Store");
        shown.field("path", &self.inner.path).finish()
    }
}

/// How often a store that is in use is tried again.
const WAIT_STEP: Duration = Duration::from_millis(20);

impl Store {
    /// Opens the store at a path, and makes one where there is none.
    ///
    /// # Errors
    ///
    /// [`Error::InUse`] if another process has it open, [`Error::Damaged`] and
    /// [`Error::NewerFormat`] if it cannot be read, [`Error::Io`] if the system refuses.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn main() -> factbase::Result<()> {
    /// # let directory = tempfile::tempdir().unwrap();
    /// # let path = directory.path().join("curie.facts");
    /// let store = factbase::Store::open(&path)?;
    /// assert_eq!(store.path(), Some(path.as_path()));
    /// # Ok(())
    /// # }
    /// ```
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        StoreOptions::new().open(path)
    }

    /// Opens a store that is there already.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] if there is none, else as [`Store::open`].
    ///
    /// # Examples
    ///
    /// ```
    /// use factbase::{Error, Store};
    ///
    /// let error = Store::open_existing("no/such/store.facts").unwrap_err();
    /// assert!(matches!(error, Error::Missing { .. }));
    /// ```
    pub fn open_existing(path: impl AsRef<Path>) -> Result<Self> {
        StoreOptions::new().open_existing(path)
    }

    /// Opens a store that is there already, for reading only: whatever would write fails with
    /// [`Error::ReadOnly`].
    ///
    /// # Errors
    ///
    /// As [`Store::open_existing`].
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self> {
        StoreOptions::new().read_only().open_existing(path)
    }

    /// A store that lives in memory and ends with its last handle.
    ///
    /// # Errors
    ///
    /// None today; the signature is that of the other ways to open a store.
    ///
    /// # Examples
    ///
    /// ```
    /// let store = factbase::Store::in_memory().unwrap();
    /// assert_eq!(store.path(), None);
    /// ```
    pub fn in_memory() -> Result<Self> {
        StoreOptions::new().in_memory()
    }

    fn open_with(path: &Path, options: &StoreOptions, may_create: bool) -> Result<Self> {
        let deadline = Instant::now() + options.wait;
        loop {
            let opened = if may_create {
                Database::open(path, options.for_storage())
            } else {
                Database::open_existing(path, options.for_storage())
            };
            match opened {
                Err(Error::InUse { .. }) if Instant::now() < deadline => {
                    std::thread::sleep(WAIT_STEP);
                }
                opened => return Ok(Self::over(opened?, Some(path.to_owned()), options)),
            }
        }
    }

    fn over(database: Database, path: Option<PathBuf>, options: &StoreOptions) -> Self {
        Self {
            inner: Arc::new(Inner {
                database,
                path,
                options: options.clone(),
                current: Mutex::new(None),
            }),
        }
    }

    /// Where the store is; `None` for one in memory.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.inner.path.as_deref()
    }

    /// How the store was opened.
    #[must_use]
    pub fn options(&self) -> &StoreOptions {
        &self.inner.options
    }

    /// What the store knows now. The snapshot never changes, whatever is written later.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn main() -> factbase::Result<()> {
    /// let store = factbase::Store::in_memory()?;
    /// let before = store.snapshot();
    /// store.execute("assert Ada know Charles")?;
    /// assert_eq!(before.query("Ada know ?whom")?.count(), 0);
    /// assert_eq!(store.query("Ada know ?whom")?.count(), 1);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let database = &self.inner.database;
        let mut current = self
            .inner
            .current
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        match &*current {
            Some(known) if known.transaction() == database.transaction() => known.clone(),
            _ => {
                let fresh = Snapshot::new(database.snapshot());
                *current = Some(fresh.clone());
                fresh
            }
        }
    }

    /// What the store knew after a transaction: facts that came later are not there, facts that
    /// were retracted later are.
    ///
    /// # Errors
    ///
    /// [`Error::Limit`] if more has changed since than fits into memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use factbase::{Fact, Store};
    ///
    /// # fn main() -> factbase::Result<()> {
    /// let store = Store::in_memory()?;
    /// let mut batch = store.batch();
    /// batch.assert(Fact::new("Marie Curie", "live_in", "Paris"));
    /// let transaction = batch.commit()?;
    /// store.execute(r#"retract "Marie Curie" live_in Paris"#)?;
    /// assert_eq!(store.facts().iter().count(), 0);
    /// assert_eq!(store.as_of(transaction)?.facts().iter().count(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn as_of(&self, transaction: TransactionId) -> Result<Snapshot> {
        self.snapshot().as_of(transaction)
    }

    pub(crate) fn database(&self) -> &Database {
        &self.inner.database
    }
}
