//! The store as a whole: opening it, who may write, and what those who read see.

mod commit;
mod compact;
mod maintenance;

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;

use super::Options;
use super::backend::{Backend, Batch, disk::Disk, memory::Memory};
use super::cache::Cache;
use super::identifier::TransactionId;
use super::log;
use super::manifest::{self, Manifest};
use super::overlay::{Changes, Overlay};
use super::part::{RUN, first_key, remove_run, run_of};
use super::run::{Garbage, Run, RunEntry};
use super::snapshot::Snapshot;
use super::transaction::WriteTransaction;
use super::view::View;
use crate::error::{Error, Result};

pub(super) use commit::Loaded;
#[cfg(test)]
pub(super) use compact::CompactionStep;

/// A store. Cheap to clone; all clones are the same store. It is closed when the last clone and
/// the last snapshot are dropped.
#[derive(Clone)]
pub(crate) struct Database {
    handle: Arc<Handle>,
}

/// Waits for the background merge before the store closes.
struct Handle {
    core: Arc<Core>,
    merging: Mutex<Option<JoinHandle<()>>>,
}

/// What the merge shares with everybody else.
struct Core {
    /// Replaced by a compaction; who reads a run keeps the one it stands in.
    backend: RwLock<Arc<dyn Backend>>,
    head: RwLock<Arc<View>>,
    manifest: Mutex<Manifest>,
    /// Whether the manifest on disk says that this release writes the store.
    is_upgraded: AtomicBool,
    writer: Arc<WriterGate>,
    durable: DurabilityGate,
    options: Arc<Options>,
    cache: Arc<Cache>,
    garbage: Garbage,
    /// Why the last merge failed, for whoever writes next.
    merge_error: Mutex<Option<Error>>,
}

/// Lets one writer in at a time.
#[derive(Default)]
struct WriterGate {
    state: Mutex<GateState>,
    is_free: Condvar,
}

#[derive(Default)]
struct GateState {
    is_taken: bool,
    /// Those who go before others: they have little to do, and a merge waits for them.
    urgent: usize,
}

/// One flush serves all commits that wait for it.
#[derive(Default)]
struct DurabilityGate {
    state: Mutex<Durability>,
    is_changed: Condvar,
}

#[derive(Default)]
struct Durability {
    /// The last transaction that survives a power cut.
    synced: u64,
    is_syncing: bool,
}

/// The right to write; given back when dropped.
pub(super) struct WriterPermit {
    gate: Arc<WriterGate>,
}

impl Drop for WriterPermit {
    fn drop(&mut self) {
        let state = self.gate.state.lock();
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        state.is_taken = false;
        if state.urgent == 0 {
            self.gate.is_free.notify_one();
        } else {
            // Whoever is woken must be one who may go.
            self.gate.is_free.notify_all();
        }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        let merging = self.merging.get_mut();
        if let Some(thread) = merging.unwrap_or_else(PoisonError::into_inner).take() {
            // A merge that panicked has left no trace either.
            let _ = thread.join();
        }
        if !self.core.options.is_durable {
            // Nobody is left to tell of a failure: what was not promised may be lost.
            let _ = self.core.backend().sync_log();
            let _ = self.core.backend().flush();
        }
    }
}

impl Database {
    /// A store in memory only.
    pub(crate) fn in_memory(options: Options) -> Self {
        let backend: Arc<dyn Backend> = Arc::new(Memory::default());
        let manifest = Manifest::new(options.lemma_name);
        Self::start(backend, manifest, Arc::default(), options)
    }

    /// Opens the store at a path; makes one where there is none.
    ///
    /// # Errors
    ///
    /// `InUse` where another process has it open, `NewerFormat`, `Damaged`, `Io`.
    pub(crate) fn open(path: &Path, options: Options) -> Result<Self> {
        if path.is_file() {
            return Err(Error::input(
                path.display().to_string(),
                "a store is a directory, and this is a file",
            ));
        }
        Self::open_backend(Arc::new(Disk::open(path)?), options)
    }

    /// Opens a store that is there already.
    ///
    /// # Errors
    ///
    /// `Missing` where there is none, else as [`Database::open`].
    pub(crate) fn open_existing(path: &Path, options: Options) -> Result<Self> {
        if !Disk::is_store(path) {
            return Err(Error::Missing {
                path: path.to_owned(),
            });
        }
        Self::open(path, options)
    }

    /// Opens the store a back end holds.
    pub(super) fn open_backend(backend: Arc<dyn Backend>, options: Options) -> Result<Self> {
        let manifest = match backend.get(manifest::KEY)? {
            Some(bytes) => Manifest::decode(&bytes)?,
            None => {
                let manifest = Manifest::new(options.lemma_name);
                begin_store(backend.as_ref(), &manifest, options)?;
                manifest
            }
        };
        let cache = Cache::new(options.cache_bytes);
        let garbage = Garbage::default();
        let run = |entry: &RunEntry| {
            let backend = Arc::clone(&backend);
            Arc::new(Run::new(backend, entry.clone(), &cache, &garbage))
        };
        let mut view = View {
            counters: manifest.counters,
            overlay: Overlay::default(),
            runs: manifest.runs.iter().map(run).collect(),
            ranked: Arc::new(manifest.ranked.clone()),
            hidden: Arc::default(),
            repeats: Arc::default(),
        };
        let mut last = manifest.merged;
        // The transactions of the log go into one layer: one for each would be merged again and
        // again.
        let mut pending = Changes::default();
        while let Some((changes, counters)) = log::read_after(backend.as_ref(), last)? {
            last = counters.last.transaction;
            if let Some(next) = pending.take_next(changes) {
                let before = std::mem::replace(&mut pending, next);
                view = view.with(before, view.counters);
            }
            view.counters = counters;
        }
        if last != manifest.merged {
            view = view.with(pending, view.counters);
        }
        if log::has_after(backend.as_ref(), last)? {
            return Err(Error::Damaged {
                part: format!("log, transaction {}", last.next()),
                message: "it is missing, and later ones are there".to_owned(),
            });
        }
        if let Some(noted) = backend.noted().filter(|noted| *noted > last.raw()) {
            return Err(Error::Damaged {
                part: "log".to_owned(),
                message: format!(
                    "transactions {} to {noted} were committed and cannot be read from the \
                     files `log.*` (to go on without them, remove the file `acknowledged` of \
                     the store)",
                    last.next()
                ),
            });
        }
        if !options.is_read_only {
            log::remove_up_to(backend.as_ref(), manifest.merged)?;
            log::remove_after(backend.as_ref(), last)?;
            remove_strays(backend.as_ref(), &manifest)?;
        }
        let database = Self::start_with(backend, manifest, view, options, cache, garbage);
        Ok(database)
    }

    fn start(
        backend: Arc<dyn Backend>,
        manifest: Manifest,
        view: Arc<View>,
        options: Options,
    ) -> Self {
        let cache = Cache::new(options.cache_bytes);
        let view = View::clone(&view);
        Self::start_with(backend, manifest, view, options, cache, Garbage::default())
    }

    fn start_with(
        backend: Arc<dyn Backend>,
        manifest: Manifest,
        view: View,
        options: Options,
        cache: Arc<Cache>,
        garbage: Garbage,
    ) -> Self {
        let core = Core {
            backend: RwLock::new(backend),
            head: RwLock::new(Arc::new(view)),
            is_upgraded: AtomicBool::new(manifest.format == manifest::FORMAT),
            manifest: Mutex::new(manifest),
            writer: Arc::default(),
            durable: DurabilityGate::default(),
            options: Arc::new(options),
            cache,
            garbage,
            merge_error: Mutex::default(),
        };
        Self {
            handle: Arc::new(Handle {
                core: Arc::new(core),
                merging: Mutex::default(),
            }),
        }
    }

    /// What is committed now.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let core = &self.handle.core;
        Snapshot::new(core.head(), Arc::clone(&core.options))
    }

    /// The last transaction.
    pub(crate) fn transaction(&self) -> TransactionId {
        let head = self.handle.core.head.read();
        let head = head.unwrap_or_else(PoisonError::into_inner);
        head.counters.last.transaction
    }

    /// Begins a transaction; waits while another one lives.
    ///
    /// # Errors
    ///
    /// `ReadOnly` where the store is open for reading only; what a background merge could not
    /// do since the last transaction.
    pub(crate) fn begin(&self) -> Result<WriteTransaction> {
        let core = &self.handle.core;
        if core.options.is_read_only {
            return Err(Error::ReadOnly);
        }
        let failed = core.merge_error.lock();
        if let Some(error) = failed.unwrap_or_else(PoisonError::into_inner).take() {
            return Err(error);
        }
        let permit = core.writer.enter();
        Ok(WriteTransaction::new(self.clone(), core.head(), permit))
    }

    pub(super) fn options(&self) -> &Options {
        &self.handle.core.options
    }
}

impl WriterGate {
    /// Waits until nobody else writes.
    fn enter(self: &Arc<Self>) -> WriterPermit {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.is_taken || state.urgent > 0 {
            let waited = self.is_free.wait(state);
            state = waited.unwrap_or_else(PoisonError::into_inner);
        }
        state.is_taken = true;
        WriterPermit {
            gate: Arc::clone(self),
        }
    }

    /// The same, before all others who wait.
    fn enter_first(self: &Arc<Self>) -> WriterPermit {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.urgent += 1;
        while state.is_taken {
            let waited = self.is_free.wait(state);
            state = waited.unwrap_or_else(PoisonError::into_inner);
        }
        state.urgent -= 1;
        state.is_taken = true;
        WriterPermit {
            gate: Arc::clone(self),
        }
    }
}

impl Core {
    fn backend(&self) -> Arc<dyn Backend> {
        let backend = self.backend.read();
        Arc::clone(&backend.unwrap_or_else(PoisonError::into_inner))
    }

    fn set_backend(&self, backend: Arc<dyn Backend>) {
        let known = self.backend.write();
        *known.unwrap_or_else(PoisonError::into_inner) = backend;
    }

    fn head(&self) -> Arc<View> {
        let head = self.head.read();
        Arc::clone(&head.unwrap_or_else(PoisonError::into_inner))
    }

    fn set_head(&self, view: View) {
        let head = self.head.write();
        *head.unwrap_or_else(PoisonError::into_inner) = Arc::new(view);
    }
}

/// Writes the manifest of a new store.
fn begin_store(backend: &dyn Backend, manifest: &Manifest, options: Options) -> Result<()> {
    if options.is_read_only {
        return Err(Error::Damaged {
            part: "manifest".to_owned(),
            message: "it is missing".to_owned(),
        });
    }
    if !backend.range(&[0], &[0xFF], 1, false)?.is_empty() {
        return Err(Error::Damaged {
            part: "manifest".to_owned(),
            message: "it is missing, and other parts are there".to_owned(),
        });
    }
    let is_first = backend.apply(Batch {
        precondition: Some((manifest::KEY.to_vec(), None)),
        changes: vec![(manifest::KEY.to_vec(), Some(manifest.encode()?))],
    })?;
    debug_assert!(is_first, "nobody else has the store open");
    backend.flush()
}

/// Removes the blocks of runs the manifest does not name: a merge or load that did not end.
fn remove_strays(backend: &dyn Backend, manifest: &Manifest) -> Result<()> {
    let mut from = vec![RUN];
    while let Some((key, _)) = backend.range(&from, &[RUN + 1], 1, false)?.pop() {
        let Some(run) = run_of(&key) else {
            break;
        };
        if !manifest.runs.iter().any(|known| known.id == run) {
            remove_run(backend, run)?;
        }
        let Some(next) = run.checked_add(1) else {
            break;
        };
        from = first_key(next);
    }
    Ok(())
}
