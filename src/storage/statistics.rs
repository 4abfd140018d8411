//! What the planner asks: how many rows, how many distinct values.

use std::collections::{BTreeMap, BTreeSet};

use super::identifier::{Permutation, RowSet, TermId};
use super::merge;
use super::snapshot::Snapshot;
use crate::error::Result;

/// An estimate of distinct values looks at so many of them and no more.
const DISTINCT_PROBES_MAX: u64 = 64;

/// How often a predicate is used in the plain set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PredicateTotals {
    /// The predicate.
    pub(crate) predicate: TermId,
    /// How many rows it has: exact.
    pub(crate) rows: u64,
    /// About how many distinct subjects.
    pub(crate) subjects: u64,
    /// About how many distinct objects.
    pub(crate) objects: u64,
}

/// About how many distinct values stand behind a prefix: exact where there are few, else from
/// the first of them and the number of all rows.
pub(super) fn distinct(
    snapshot: &Snapshot,
    set: RowSet,
    permutation: Permutation,
    prefix: &[TermId],
) -> Result<u64> {
    let total = snapshot.count(set, permutation, prefix)?;
    if prefix.len() >= 3 {
        return Ok(total.min(1));
    }
    let mut cursor = snapshot.cursor(set, permutation, prefix)?;
    let mut target = prefix.to_vec();
    let (mut seen, mut values) = (0_u64, 0_u64);
    while let Some(value) = cursor
        .next_block()?
        .and_then(|columns| columns.column(prefix.len()).first().copied())
    {
        values += 1;
        target.truncate(prefix.len());
        target.push(TermId::from_raw(value));
        seen += snapshot.count(set, permutation, &target)?;
        if values == DISTINCT_PROBES_MAX || value == u64::MAX {
            break;
        }
        target.truncate(prefix.len());
        target.push(TermId::from_raw(value + 1));
        cursor = snapshot.cursor(set, permutation, prefix)?;
        cursor.seek(&target)?;
    }
    if seen >= total || seen == 0 {
        return Ok(values);
    }
    Ok((u128::from(values) * u128::from(total) / u128::from(seen)) as u64)
}

/// Totals of all predicates of the plain set, by their numbers: those the runs noted when they
/// were written, and for the others an estimate. Rows are counted anew.
pub(super) fn predicate_totals(snapshot: &Snapshot) -> Result<Vec<PredicateTotals>> {
    let noted = merge::add_totals(&snapshot.view().runs)?;
    let mut predicates: BTreeSet<u64> = noted.keys().copied().collect();
    // Rows, and subjects that are new at the most: one of another layer may be among them.
    let mut overlay: BTreeMap<u64, (u64, u64)> = BTreeMap::new();
    for layer in snapshot.view().overlay.layers() {
        for (&predicate, [rows, subjects]) in layer.totals() {
            let (new, new_subjects) = overlay.entry(predicate).or_default();
            *new += rows;
            *new_subjects += subjects;
        }
    }
    predicates.extend(overlay.keys());
    let mut totals = Vec::with_capacity(predicates.len());
    for raw in predicates {
        let predicate = TermId::from_raw(raw);
        let rows = snapshot.count(RowSet::Plain, Permutation::Pos, &[predicate])?;
        if rows == 0 {
            continue;
        }
        let [_, subjects, objects] = noted.get(&raw).copied().unwrap_or_default();
        let (new, new_subjects) = overlay.get(&raw).copied().unwrap_or_default();
        let objects = if new * 4 > rows {
            distinct(snapshot, RowSet::Plain, Permutation::Pos, &[predicate])?
        } else {
            objects + new
        };
        totals.push(PredicateTotals {
            predicate,
            rows,
            subjects: (subjects + new_subjects).clamp(1, rows),
            objects: objects.clamp(1, rows),
        });
    }
    Ok(totals)
}
