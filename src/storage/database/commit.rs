//! Committing: log, flush, and the new view; merging when the overlay has grown.

use std::sync::atomic::Ordering;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::super::backend::Batch;
use super::super::dictionary::RankedRange;
use super::super::identifier::TransactionId;
use super::super::log;
use super::super::manifest::{self, Manifest};
use super::super::merge::Inputs;
use super::super::overlay::Changes;
use super::super::part::remove_run;
use super::super::run::{Run, RunEntry, RunWriter};
use super::super::transaction::WriteTransaction;
use super::super::view::{Counters, View};
use super::{Core, Database, DurabilityGate, WriterPermit};
use crate::error::{Error, Result};

/// A writer waits for the merge when the overlay has grown to so many times its limit.
const OVERLAY_PATIENCE: usize = 4;

/// A run that a load has written and that becomes part of the store with a transaction.
pub(in super::super) struct Loaded {
    pub(in super::super) entry: RunEntry,
    pub(in super::super) ranked: RankedRange,
}

impl Database {
    /// Makes the changes of a transaction durable and visible.
    pub(in super::super) fn publish(
        &self,
        base: &Arc<View>,
        changes: Changes,
        counters: Counters,
        loaded: Vec<Loaded>,
        permit: WriterPermit,
    ) -> Result<()> {
        let core = &self.handle.core;
        let mut view = View::clone(base);
        if loaded.is_empty() {
            core.upgrade()?;
            log::append(core.backend().as_ref(), &changes, &counters)?;
        } else {
            // What stands among the keys must not survive what was appended before it, nor be
            // missing under what is appended behind.
            core.backend().sync_log()?;
            let mut manifest = core.manifest();
            let mut next = manifest.clone();
            next.runs
                .extend(loaded.iter().map(|load| load.entry.clone()));
            next.ranked
                .extend(loaded.iter().map(|load| load.ranked.clone()));
            let more = vec![(manifest::KEY.to_vec(), Some(next.encode()?))];
            log::write(core.backend().as_ref(), &changes, &counters, more)?;
            core.backend().flush()?;
            next.format = manifest::FORMAT;
            *manifest = next;
            core.is_upgraded.store(true, Ordering::Relaxed);
            let runs = loaded.into_iter().map(|load| core.run(load.entry));
            view.runs.extend(runs);
            view.ranked = Arc::new(manifest.ranked.clone());
        }
        core.set_head(view.with(changes, counters));
        drop(permit);
        if core.options.is_durable {
            core.durable.wait_for(counters.last.transaction, || {
                // One sync serves all that were appended before it began.
                let last = core.head().counters.last.transaction.raw();
                core.backend().sync_log()?;
                core.backend().note(last)?;
                Ok(last)
            })?;
        }
        self.merge_if_due();
        Ok(())
    }

    /// A number for a new run.
    pub(in super::super) fn new_run(&self) -> u32 {
        let mut manifest = self.handle.core.manifest();
        let id = manifest.next_run;
        manifest.next_run += 1;
        id
    }

    /// A directory for what a load puts aside, where there is one.
    pub(in super::super) fn scratch(&self) -> Option<std::path::PathBuf> {
        self.handle.core.backend().scratch()
    }

    /// A writer of a new run.
    pub(in super::super) fn run_writer(&self, first_term: u64) -> RunWriter {
        self.handle.core.run_writer(self.new_run(), first_term)
    }

    /// Starts a merge in the background where the overlay has grown too large.
    fn merge_if_due(&self) {
        let core = &self.handle.core;
        let limit = core.options.overlay_bytes;
        if core.head().overlay.bytes() < limit {
            return;
        }
        let merging = self.handle.merging.lock();
        let mut merging = merging.unwrap_or_else(PoisonError::into_inner);
        let bytes = core.head().overlay.bytes();
        let is_running = merging.as_ref().is_some_and(|thread| !thread.is_finished());
        if bytes < limit || (is_running && bytes < limit.saturating_mul(OVERLAY_PATIENCE)) {
            return;
        }
        if let Some(thread) = merging.take() {
            // A merge that panicked has left no trace.
            let _ = thread.join();
        }
        let shared = Arc::clone(core);
        let merge = move || {
            if let Err(error) = shared.merge() {
                shared.note_merge_error(error);
            }
        };
        let name = "factbase merge".to_owned();
        // Without a thread it is tried again after the next commit.
        *merging = std::thread::Builder::new().name(name).spawn(merge).ok();
    }

    /// Waits for the end of a background merge; none begins while the guard is held.
    pub(super) fn without_merge(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        let merging = self.handle.merging.lock();
        let mut merging = merging.unwrap_or_else(PoisonError::into_inner);
        if let Some(thread) = merging.take() {
            let _ = thread.join();
        }
        merging
    }

    /// Begins a transaction on a view whose overlay has no terms, so that a load can give the
    /// next numbers to a run of its own.
    pub(in super::super) fn begin_load(&self) -> Result<WriteTransaction> {
        loop {
            let transaction = self.begin()?;
            let overlay = &transaction.base().overlay;
            if overlay.layers().iter().all(|layer| !layer.has_terms()) {
                return Ok(transaction);
            }
            drop(transaction);
            let merging = self.without_merge();
            self.handle.core.merge()?;
            drop(merging);
        }
    }
}

impl Core {
    pub(super) fn manifest(&self) -> std::sync::MutexGuard<'_, Manifest> {
        self.manifest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a store of an earlier format one of this, before anything is written that earlier
    /// releases would not see.
    fn upgrade(&self) -> Result<()> {
        if self.is_upgraded.load(Ordering::Relaxed) {
            return Ok(());
        }
        let mut manifest = self.manifest();
        self.backend().apply(Batch {
            precondition: None,
            changes: vec![(manifest::KEY.to_vec(), Some(manifest.encode()?))],
        })?;
        self.backend().flush()?;
        manifest.format = manifest::FORMAT;
        self.is_upgraded.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// The head, whose layers stay apart from what is written from now on.
    pub(super) fn freeze(&self) -> Arc<View> {
        let _permit = self.writer.enter_first();
        let head = self.head();
        self.set_head(View {
            overlay: head.overlay.frozen(),
            ..View::clone(&head)
        });
        self.head()
    }

    pub(super) fn run(&self, entry: RunEntry) -> Arc<Run> {
        let backend = self.backend();
        Arc::new(Run::new(backend, entry, &self.cache, &self.garbage))
    }

    pub(super) fn run_writer(&self, id: u32, first_term: u64) -> RunWriter {
        let backend = self.backend();
        RunWriter::new(backend, id, first_term)
    }

    fn note_merge_error(&self, error: Error) {
        let noted = self.merge_error.lock();
        *noted.unwrap_or_else(PoisonError::into_inner) = Some(error);
    }

    fn new_run(&self) -> u32 {
        let mut manifest = self.manifest();
        let id = manifest.next_run;
        manifest.next_run += 1;
        id
    }

    /// Merges the overlay and the newest runs into one run while others read and write; they wait
    /// for no more than two changes of the head in memory.
    fn merge(&self) -> Result<()> {
        let view = self.freeze();
        let inputs = Inputs::choose(&view);
        let id = self.new_run();
        let entry = inputs.write(&|first_term| self.run_writer(id, first_term))?;
        self.backend().flush()?;
        self.swap(&view, &inputs, &entry)?;
        let merged = view.counters.last.transaction;
        drop((view, inputs));
        log::remove_up_to(self.backend().as_ref(), merged)?;
        self.remove_garbage()
    }

    /// Puts a merged run in the place of what it was merged from: on disk, then in the head.
    fn swap(&self, view: &View, inputs: &Inputs, entry: &RunEntry) -> Result<()> {
        let is_merged = |known: &RunEntry| inputs.runs.iter().any(|run| run.entry.id == known.id);
        // Runs loaded meanwhile come behind: they may refer to what is merged here.
        let place = view.runs.len().saturating_sub(inputs.runs.len());
        let merged = (!entry.parts.is_empty()).then_some(entry);
        let mut manifest = self.manifest();
        let mut next = manifest.clone();
        next.runs.retain(|known| !is_merged(known));
        if let Some(entry) = merged {
            next.runs.insert(place.min(next.runs.len()), entry.clone());
        }
        next.counters = view.counters;
        next.format = manifest::FORMAT;
        next.merged = view.counters.last.transaction;
        self.backend().apply(Batch {
            precondition: None,
            changes: vec![(manifest::KEY.to_vec(), Some(next.encode()?))],
        })?;
        self.backend().flush()?;
        *manifest = next;
        self.is_upgraded.store(true, Ordering::Relaxed);
        drop(manifest);
        let _permit = self.writer.enter_first();
        let head = self.head();
        let mut runs = head.runs.clone();
        runs.retain(|known| !is_merged(&known.entry));
        if let Some(entry) = merged {
            runs.insert(place.min(runs.len()), self.run(entry.clone()));
        }
        self.set_head(View {
            runs,
            overlay: head.overlay.without_oldest(view.overlay.layers().len()),
            ..View::clone(&head)
        });
        for run in &inputs.runs {
            run.make_obsolete();
        }
        Ok(())
    }

    /// Removes the blocks of runs that no reader holds any more.
    pub(super) fn remove_garbage(&self) -> Result<()> {
        let garbage = self.garbage.lock();
        let garbage = std::mem::take(&mut *garbage.unwrap_or_else(PoisonError::into_inner));
        for run in garbage {
            remove_run(self.backend().as_ref(), run)?;
        }
        Ok(())
    }
}

impl DurabilityGate {
    /// Returns when a transaction survives a power cut; one of those who wait flushes for all and
    /// says up to which transaction.
    fn wait_for(&self, transaction: TransactionId, flush: impl Fn() -> Result<u64>) -> Result<()> {
        let wanted = transaction.raw();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.synced < wanted {
            if state.is_syncing {
                let waited = self.is_changed.wait(state);
                state = waited.unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            state.is_syncing = true;
            drop(state);
            let flushed = flush();
            state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.is_syncing = false;
            self.is_changed.notify_all();
            state.synced = state.synced.max(flushed?);
        }
        Ok(())
    }
}
