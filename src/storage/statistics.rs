//! What the planner asks: how many rows, how many distinct values.

use super::identifier::{Permutation, RowSet, TermId};
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

/// How many rows both sets have.
pub(super) fn rows(snapshot: &Snapshot) -> Result<u64> {
    let plain = snapshot.count(RowSet::Plain, Permutation::Spo, &[])?;
    Ok(plain + snapshot.count(RowSet::Marked, Permutation::Spo, &[])?)
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

/// Totals of all predicates of the plain set, by their numbers.
pub(super) fn predicate_totals(snapshot: &Snapshot) -> Result<Vec<PredicateTotals>> {
    let mut totals = Vec::new();
    let mut cursor = snapshot.cursor(RowSet::Plain, Permutation::Pos, &[])?;
    while let Some(columns) = cursor.next_block()? {
        let Some(&raw) = columns.first().first() else {
            break;
        };
        let predicate = TermId::from_raw(raw);
        let rows = snapshot.count(RowSet::Plain, Permutation::Pos, &[predicate])?;
        let objects = distinct(snapshot, RowSet::Plain, Permutation::Pos, &[predicate])?;
        totals.push(PredicateTotals {
            predicate,
            rows,
            subjects: rows,
            objects,
        });
        if raw == u64::MAX {
            break;
        }
        cursor = snapshot.cursor(RowSet::Plain, Permutation::Pos, &[])?;
        cursor.seek(&[TermId::from_raw(raw + 1)])?;
    }
    Ok(totals)
}
