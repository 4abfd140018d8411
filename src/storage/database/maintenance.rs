//! Checking and copying a store.

use std::collections::HashSet;
use std::path::Path;

use super::super::backend::{Backend, Batch, disk::Disk};
use super::super::identifier::{FactId, Permutation, RowSet};
use super::super::repeats::RepeatCounter;
use super::super::snapshot::Snapshot;
use super::super::{log, manifest};
use super::Database;
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
        // Manifest and head tell of the same moment: no merge or load comes between, and no log
        // record goes; the runs are held by the view and stay as long as the copy needs them.
        let merging = self.without_merge();
        let permit = core.writer.enter();
        let view = core.head();
        let manifest = core.manifest().clone();
        let target = Disk::open(path)?;
        let log = log::range(manifest.merged, view.counters.last.transaction);
        copy(core.backend().as_ref(), &target, &log.0, &log.1)?;
        let last = view.counters.last.transaction;
        log::copy(core.backend().as_ref(), &target, manifest.merged, last)?;
        drop(permit);
        drop(merging);
        for run in &view.runs {
            let (from, to) = run.key_range();
            copy(run.backend().as_ref(), &target, &from, &to)?;
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

/// Copies a range of keys.
pub(super) fn copy(
    source: &dyn Backend,
    target: &dyn Backend,
    from: &[u8],
    to: &[u8],
) -> Result<()> {
    let mut from = from.to_vec();
    loop {
        let pairs = source.range(&from, to, COPIED_PAIRS, false)?;
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
fn check_references(snapshot: &Snapshot, report: &mut CheckReport) -> Result<()> {
    let mut recorded = HashSet::new();
    for record in snapshot.records() {
        match record {
            Ok(record) if record.retracted.is_none() => {
                report.facts += 1;
                recorded.insert(record.id.raw());
            }
            Ok(_) => report.facts += 1,
            Err(error) => report.faults.push(error.to_string()),
        }
    }
    for set in RowSet::ALL {
        check_rows(snapshot, set, &recorded, report)?;
    }
    check_documents(snapshot, report)
}

/// Whether the rows of a set have known terms and facts, and as many as the index counts.
fn check_rows(
    snapshot: &Snapshot,
    set: RowSet,
    recorded: &HashSet<u64>,
    report: &mut CheckReport,
) -> Result<()> {
    let terms = snapshot.view().counters.next_term;
    let is_unknown = |id: &&u64| **id >> 63 == 0 && **id >= terms;
    let mut rows = 0;
    let mut repeats = RepeatCounter::default();
    let mut cursor = snapshot.cursor(set, Permutation::Spo, &[])?;
    while let Some(columns) = cursor.next_block()? {
        rows += columns.len() as u64;
        for row in columns.rows() {
            repeats.push(row);
            let fact = FactId::from_raw(row[3]);
            if !fact.is_bare() && !recorded.contains(&row[3]) {
                let fault = format!("fact {fact}: it has a row and no record");
                report.faults.push(fault);
            }
            if let Some(id) = row.iter().take(3).find(is_unknown) {
                report
                    .faults
                    .push(format!("a row has the unknown term {id}"));
            }
        }
        if report.faults.len() > FAULTS_MAX {
            return Ok(());
        }
    }
    for permutation in Permutation::ALL {
        let count = snapshot.count(set, permutation, &[])?;
        if count != rows {
            report.faults.push(format!(
                "the {set:?} set has {rows} rows, and {count} are counted in order {permutation}"
            ));
        }
    }
    if set == RowSet::Plain {
        for predicate in snapshot.view().wrong_repeats(&repeats)? {
            report.faults.push(format!(
                "predicate {predicate}: its repeated triples are counted wrongly"
            ));
        }
    }
    report.rows += rows;
    Ok(())
}

/// Whether documents lead to their names, sentences and facts.
fn check_documents(snapshot: &Snapshot, report: &mut CheckReport) -> Result<()> {
    for document in snapshot.documents() {
        let document = document?;
        report.documents += 1;
        let name = &document.record.name;
        let mut complain = |what: String| report.faults.push(format!("document {name:?}: {what}"));
        if snapshot.document_name(document.id)?.as_ref() != Some(name) {
            complain("its number leads to another name".to_owned());
        }
        let sentences = snapshot.sentences(document.id)?.len();
        if sentences as u64 != u64::from(document.sentences) {
            let all = document.sentences;
            complain(format!("{sentences} of its {all} sentences are there"));
        }
        for fact in snapshot.facts_of_document(document.id)? {
            if snapshot.record(fact)?.is_none() {
                complain(format!("its fact {fact} has no record"));
            }
        }
    }
    Ok(())
}
