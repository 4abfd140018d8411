//! Checking, compacting and copying a store.

use std::path::Path;

use super::super::backend::{Backend, Batch, disk::Disk};
use super::super::identifier::{Permutation, RowSet};
use super::super::merge::Inputs;
use super::super::{log, manifest};
use super::{Core, Database};
use crate::error::{Error, Result};

/// Pairs copied at once by a backup.
const COPIED_PAIRS: usize = 200;
/// A check names at most so many faults.
const FAULTS_MAX: usize = 100;

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CheckReport {
    /// How many rows both sets have.
    pub(crate) rows: u64,
    /// How many facts have a record, retracted ones too.
    pub(crate) facts: u64,
    /// How many documents are known.
    pub(crate) documents: u64,
    /// What is wrong, one sentence each; empty where the store is sound.
    pub(crate) faults: Vec<String>,
}

impl Database {
    /// Reads everything and names what is wrong: checksums, order, counts, cross-references.
    ///
    /// # Errors
    ///
    /// `Io` where the disk cannot be read; faults of the store are in the report.
    pub(crate) fn check(&self) -> Result<CheckReport> {
        let snapshot = self.snapshot();
        let mut report = CheckReport::default();
        for run in &snapshot.view().runs {
            run.verify(&mut report.faults)?;
        }
        let noted = check_references(&snapshot, &mut report);
        if let Err(error) = noted {
            match error {
                Error::Damaged { .. } => report.faults.push(error.to_string()),
                other => return Err(other),
            }
        }
        report.faults.truncate(FAULTS_MAX);
        Ok(report)
    }

    /// Merges everything into one run and gives back the space of what was replaced.
    ///
    /// # Errors
    ///
    /// `ReadOnly`, `Io`, `Damaged`.
    pub(crate) fn compact(&self) -> Result<()> {
        let core = &self.handle.core;
        if core.options.is_read_only {
            return Err(Error::ReadOnly);
        }
        let merging = self.without_merge();
        let permit = core.writer.enter();
        let view = core.head();
        if view.overlay.layers().is_empty() && view.runs.len() <= 1 {
            return Ok(());
        }
        let inputs = Inputs::from(&view, 0);
        let id = self.new_run();
        let entry = inputs.write(&|first_term| core.run_writer(id, first_term))?;
        core.backend.flush()?;
        core.swap(&view, &inputs, entry)?;
        drop(permit);
        drop(merging);
        drop(inputs);
        drop(view);
        core.remove_garbage()?;
        core.backend.flush()
    }

    /// Writes a copy of what is committed now to a new directory, while others read and write.
    ///
    /// # Errors
    ///
    /// `Input` where something is at the path already, `Io`.
    pub(crate) fn backup(&self, path: &Path) -> Result<()> {
        if path.exists() {
            return Err(Error::input(
                path.display().to_string(),
                "a backup is written to a new directory, and this is there already",
            ));
        }
        let core = &self.handle.core;
        // While the permit is held no merge swaps the manifest and no log record goes; the runs
        // are held by the view and stay for as long as the copy needs them.
        let permit = core.writer.enter();
        let view = core.head();
        let manifest = core.manifest().clone();
        let target = Disk::open(path)?;
        let log = log::range(manifest.merged, view.counters.last.transaction);
        copy(core, &target, &log.0, &log.1)?;
        drop(permit);
        for run in &view.runs {
            let (from, to) = run.key_range();
            copy(core, &target, &from, &to)?;
        }
        let changes = vec![(manifest::KEY.to_vec(), Some(manifest.encode()?))];
        target.apply(Batch {
            precondition: None,
            changes,
        })?;
        target.flush()
    }

    /// How many runs the store consists of.
    #[cfg(test)]
    pub(in super::super) fn runs(&self) -> usize {
        self.handle.core.head().runs.len()
    }
}

fn copy(core: &Core, target: &Disk, from: &[u8], to: &[u8]) -> Result<()> {
    let mut from = from.to_vec();
    loop {
        let pairs = core.backend.range(&from, to, COPIED_PAIRS, false)?;
        let Some((last, _)) = pairs.last() else {
            return Ok(());
        };
        from = last.clone();
        from.push(0);
        let changes = pairs
            .into_iter()
            .map(|(key, value)| (key, Some(value)))
            .collect();
        target.apply(Batch {
            precondition: None,
            changes,
        })?;
    }
}

/// Whether rows, records, documents and terms refer to each other rightly.
fn check_references(
    snapshot: &super::super::snapshot::Snapshot,
    report: &mut CheckReport,
) -> Result<()> {
    let mut recorded = std::collections::HashSet::new();
    for record in snapshot.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                report.faults.push(error.to_string());
                continue;
            }
        };
        report.facts += 1;
        if record.retracted.is_none() {
            recorded.insert(record.id.raw());
        }
    }
    let terms = snapshot.view().counters.next_term;
    for set in RowSet::ALL {
        let mut counts = [0_u64; 3];
        for (count, permutation) in counts.iter_mut().zip(Permutation::ALL) {
            *count = snapshot.count(set, permutation, &[])?;
        }
        let mut rows = 0;
        let mut cursor = snapshot.cursor(set, Permutation::Spo, &[])?;
        while let Some(columns) = cursor.next_block()? {
            rows += columns.len() as u64;
            for row in columns.rows() {
                let is_bare = row[3] < super::super::FactId::FIRST_RECORDED.raw();
                if !is_bare && !recorded.contains(&row[3]) {
                    report
                        .faults
                        .push(format!("fact {}: it has a row and no record", row[3]));
                }
                let is_unknown = |id: &&u64| **id >> 63 == 0 && **id >= terms;
                if let Some(id) = row.iter().take(3).find(is_unknown) {
                    report
                        .faults
                        .push(format!("a row has the unknown term {id}"));
                }
                if report.faults.len() > FAULTS_MAX {
                    return Ok(());
                }
            }
        }
        if counts.iter().any(|count| *count != rows) {
            report.faults.push(format!(
                "the {set:?} set has {rows} rows and counts {counts:?} in its orders"
            ));
        }
        report.rows += rows;
    }
    for document in snapshot.documents() {
        let document = document?;
        report.documents += 1;
        let name = snapshot.document_name(document.id)?;
        if name.as_ref() != Some(&document.record.name) {
            report.faults.push(format!(
                "document {:?}: its number leads to another name",
                document.record.name
            ));
        }
        let sentences = snapshot.sentences(document.id)?.len();
        if sentences as u64 != u64::from(document.sentences) {
            report.faults.push(format!(
                "document {:?}: {sentences} of its {} sentences are there",
                document.record.name, document.sentences
            ));
        }
        for fact in snapshot.facts_of_document(document.id)? {
            if snapshot.record(fact)?.is_none() {
                report.faults.push(format!(
                    "document {:?}: its fact {fact} has no record",
                    document.record.name
                ));
            }
        }
    }
    Ok(())
}
