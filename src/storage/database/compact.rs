//! Compacting: what is alive is written to new data beside the old, which then takes its place.
//!
//! sled gives no space back to the file system, so that merging in place only makes its file
//! grow. Readers keep the data they began with, and it goes with the last of them; writers go on
//! while the bulk is written and wait only for what they added meanwhile. Until the last step
//! the old data is untouched, whatever happens.

use std::sync::Arc;

use super::super::backend::{Backend, Batch};
use super::super::log;
use super::super::manifest::{self, Manifest};
use super::super::merge::Inputs;
use super::super::run::{Run, RunEntry, RunWriter};
use super::super::view::View;
use super::maintenance::copy;
use super::{Core, Database};
use crate::error::{Error, Result};

/// Data of one run is not written again if it takes no more than so many times its blocks, and a
/// little: new data takes as much.
const SLACK_RATIO: f64 = 1.3;
const SLACK_BYTES: u64 = 4 << 20;

/// How far a compaction has come; each is safe to be cut off at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum CompactionStep {
    /// There is an empty successor.
    Begun,
    /// The merged run stands in it, not yet flushed.
    Written,
    /// So do the manifest and what came meanwhile, flushed.
    Flushed,
    /// The next opening finds the new data.
    Activated,
    /// The log has let go of what stands in the run.
    Trimmed,
}

impl Database {
    /// Writes everything anew as one run, and gives back the space of what was replaced. It
    /// needs as much free space as the result takes.
    ///
    /// # Errors
    ///
    /// `ReadOnly`, `Io`, `Damaged`; then the store is what it was.
    pub(crate) fn compact(&self) -> Result<()> {
        self.compact_by_steps(&mut |_| {})
    }

    /// Compacts and tells of each step when it is done.
    pub(in super::super) fn compact_by_steps(
        &self,
        done: &mut dyn FnMut(CompactionStep),
    ) -> Result<()> {
        let core = &self.handle.core;
        if core.options.is_read_only {
            return Err(Error::ReadOnly);
        }
        let _merging = self.without_merge();
        let mut permit = None;
        if !core.head().counts_repeats()? {
            // The repetitions are counted here for the first time: nothing may come between.
            permit = Some(core.writer.enter());
        }
        let view = match &permit {
            Some(_) => core.head(),
            None => core.freeze(),
        };
        let old = core.backend();
        if is_compact(&view, old.as_ref()) {
            return Ok(());
        }
        let explained = |error| explained(error, &view);
        let next = old.successor().map_err(explained)?;
        done(CompactionStep::Begun);
        let inputs = Inputs::whole(&view);
        let id = self.new_run();
        let writer = |first_term| RunWriter::new(Arc::clone(&next), id, first_term);
        let entry = inputs.write(&writer).map_err(explained)?;
        done(CompactionStep::Written);
        let _permit = permit.unwrap_or_else(|| core.writer.enter());
        core.take_over(&view, entry, &next, done).map_err(explained)
    }
}

/// Whether nothing would be gained.
fn is_compact(view: &View, backend: &dyn Backend) -> bool {
    let live: u64 = view.runs.iter().map(|run| run.entry.bytes).sum();
    let slack = (live as f64 * SLACK_RATIO) as u64 + SLACK_BYTES;
    view.overlay.layers().is_empty() && view.runs.len() <= 1 && backend.bytes() <= slack
}

/// The error of a disk that refuses, with the space that is needed.
fn explained(error: Error, view: &View) -> Error {
    match error {
        Error::Io { action, source } => {
            let live: u64 = view.runs.iter().map(|run| run.entry.bytes).sum();
            let needed = live + view.overlay.bytes() as u64;
            let megabytes = (needed as f64 * SLACK_RATIO / 1e6).ceil();
            Error::Io {
                action: format!(
                    "compact the store, which is as it was and needs about {megabytes} MB of free \
                     space for the new data ({action})"
                ),
                source,
            }
        }
        other => other,
    }
}

impl Core {
    /// Puts a successor that holds the merged run in the place of the back end. Nobody else
    /// writes.
    fn take_over(
        &self,
        view: &View,
        entry: RunEntry,
        next: &Arc<dyn Backend>,
        done: &mut dyn FnMut(CompactionStep),
    ) -> Result<()> {
        let old = self.backend();
        let head = self.head();
        let counts_repeats = head.counts_repeats()?;
        let merged = view.counters.last.transaction;
        let last = head.counters.last.transaction;
        let (from, to) = log::range(merged, last);
        copy(old.as_ref(), next.as_ref(), &from, &to)?;
        let is_later =
            |run: &&Arc<Run>| view.runs.iter().all(|known| known.entry.id != run.entry.id);
        let loaded: Vec<&Arc<Run>> = head.runs.iter().filter(is_later).collect();
        for run in &loaded {
            let (from, to) = run.key_range();
            copy(run.backend().as_ref(), next.as_ref(), &from, &to)?;
        }
        let merged_run = (!entry.parts.is_empty()).then_some(entry);
        let entries = merged_run.into_iter();
        let entries = entries.chain(loaded.iter().map(|run| run.entry.clone()));
        let mut manifest = self.manifest();
        let replacement = Manifest {
            counters: view.counters,
            merged,
            runs: entries.collect(),
            format: manifest::FORMAT,
            ..manifest.clone()
        };
        next.apply(Batch {
            precondition: None,
            changes: vec![(manifest::KEY.to_vec(), Some(replacement.encode()?))],
        })?;
        next.flush()?;
        done(CompactionStep::Flushed);
        next.activate()?;
        done(CompactionStep::Activated);
        *manifest = replacement;
        let runs = manifest.runs.clone();
        drop(manifest);
        self.set_backend(Arc::clone(next));
        let runs = runs.into_iter().map(|entry| self.run(entry)).collect();
        self.set_head(View {
            runs,
            overlay: head.overlay.without_oldest(view.overlay.layers().len()),
            repeats: if counts_repeats {
                Arc::clone(&head.repeats)
            } else {
                Arc::default()
            },
            ..View::clone(&head)
        });
        old.retire();
        log::remove_up_to(next.as_ref(), merged)?;
        done(CompactionStep::Trimmed);
        Ok(())
    }
}
