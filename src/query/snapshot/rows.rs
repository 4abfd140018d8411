//! Rows of a snapshot as operators read them: in blocks, and looked up by key.

use std::cmp::Ordering;

use crate::error::Result;
use crate::storage::{Columns, Cursor, Permutation, RowSet, Snapshot, TermId};

use super::super::facts::{Block, Scan, Seek};

/// Up to four raw numbers as term numbers, and how many there are.
pub(super) fn term_ids(prefix: &[u64]) -> ([TermId; 4], usize) {
    let mut ids = [TermId::default(); 4];
    for (id, &raw) in ids.iter_mut().zip(prefix) {
        *id = TermId::from_raw(raw);
    }
    (ids, prefix.len().min(4))
}

/// Rows in the order of an index.
pub(super) struct SnapshotScan {
    pub(super) cursor: Cursor,
    pub(super) wanted: [bool; 4],
    /// Rows whose value in a column is greater are left out, and end the scan.
    pub(super) end: Option<(usize, u64)>,
}

impl Scan for SnapshotScan {
    fn next_block(&mut self, block: &mut Block) -> Result<bool> {
        block.clear();
        let Some(columns) = self.cursor.next_block()? else {
            return Ok(false);
        };
        let rows = match self.end {
            None => columns.len(),
            Some((column, last)) => columns.column(column).partition_point(|&id| id <= last),
        };
        if rows == 0 {
            return Ok(false);
        }
        for (place, (column, wanted)) in block.columns.iter_mut().zip(self.wanted).enumerate() {
            if wanted {
                column.extend_from_slice(columns.column(place).get(..rows).unwrap_or(&[]));
            }
        }
        Ok(true)
    }
}

/// Look-ups that keep the block last read: the next key is often in it.
pub(super) struct SnapshotSeek {
    pub(super) snapshot: Snapshot,
    pub(super) set: RowSet,
    pub(super) permutation: Permutation,
    pub(super) cursor: Option<Cursor>,
    pub(super) current: Columns,
}

impl SnapshotSeek {
    /// Makes the current block begin with or before the first row under a prefix; the place of
    /// that row, or of the first row after it.
    fn find(&mut self, prefix: &[u64]) -> Result<usize> {
        let last = self.current.len().checked_sub(1);
        if let Some(last) = last
            && order_of(&self.current, 0, prefix).is_lt()
        {
            if order_of(&self.current, last, prefix).is_ge() {
                return Ok(lower_bound(&self.current, prefix));
            }
        } else {
            // The key lies before the block: a cursor cannot go back.
            self.cursor = None;
        }
        let (ids, depth) = term_ids(prefix);
        let ids = ids.get(..depth).unwrap_or(&[]);
        let mut cursor = match self.cursor.take() {
            Some(cursor) => cursor,
            None => self.snapshot.cursor(self.set, self.permutation, &[])?,
        };
        cursor.seek(ids)?;
        self.current = cursor.next_block()?.unwrap_or_default();
        self.cursor = Some(cursor);
        Ok(lower_bound(&self.current, prefix))
    }

    /// Calls a function with runs of rows under a prefix until it says stop.
    fn runs(
        &mut self,
        prefix: &[u64],
        mut act: impl FnMut(&Columns, usize, usize) -> bool,
    ) -> Result<()> {
        let mut start = self.find(prefix)?;
        loop {
            let end = start + run_length(&self.current, start, prefix);
            if end > start && !act(&self.current, start, end) {
                return Ok(());
            }
            if end < self.current.len() || self.current.is_empty() {
                return Ok(());
            }
            let Some(cursor) = &mut self.cursor else {
                return Ok(());
            };
            match cursor.next_block()? {
                Some(next) => self.current = next,
                None => {
                    self.current = Columns::default();
                    self.cursor = None;
                    return Ok(());
                }
            }
            start = 0;
        }
    }
}

/// How a row compares with a prefix.
fn order_of(columns: &Columns, row: usize, prefix: &[u64]) -> Ordering {
    for (place, wanted) in prefix.iter().enumerate() {
        match columns.column(place).get(row) {
            Some(value) if value == wanted => {}
            Some(value) => return value.cmp(wanted),
            None => return Ordering::Greater,
        }
    }
    Ordering::Equal
}

/// The first row that is not before a prefix.
fn lower_bound(columns: &Columns, prefix: &[u64]) -> usize {
    let (mut start, mut end) = (0, columns.len());
    for (place, &wanted) in prefix.iter().enumerate() {
        let column = columns.column(place).get(start..end).unwrap_or(&[]);
        let smaller = column.partition_point(|&value| value < wanted);
        let rest = column.get(smaller..).unwrap_or(&[]);
        let equal = rest.partition_point(|&value| value == wanted);
        start += smaller;
        end = start + equal;
        if equal == 0 {
            break;
        }
    }
    start
}

/// How many rows from a place on are under a prefix.
fn run_length(columns: &Columns, start: usize, prefix: &[u64]) -> usize {
    if order_of(columns, start, prefix) != Ordering::Equal {
        return 0;
    }
    let mut end = columns.len();
    for (place, &wanted) in prefix.iter().enumerate() {
        let column = columns.column(place).get(start..end).unwrap_or(&[]);
        end = start + column.partition_point(|&value| value == wanted);
    }
    end - start
}

impl Seek for SnapshotSeek {
    fn rows(&mut self, prefix: &[u64], out: &mut Block) -> Result<()> {
        let depth = prefix.len();
        self.runs(prefix, |columns, start, end| {
            for (place, column) in out.columns.iter_mut().enumerate().take(4 - depth) {
                let values = columns.column(place + depth).get(start..end);
                column.extend_from_slice(values.unwrap_or(&[]));
            }
            true
        })
    }

    fn exists(&mut self, prefix: &[u64]) -> Result<bool> {
        let mut found = false;
        self.runs(prefix, |_, _, _| {
            found = true;
            false
        })?;
        Ok(found)
    }
}
