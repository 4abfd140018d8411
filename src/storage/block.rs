//! A block of rows in memory: four columns of numbers, sorted row by row.

use std::ops::Range;
use std::sync::Arc;

use super::identifier::Row;

/// Sorted rows, column by column.
#[derive(Debug, Default)]
pub(crate) struct Block {
    columns: [Vec<u64>; 4],
}

impl Block {
    /// The columns of sorted rows.
    pub(super) fn from_rows(rows: &[Row]) -> Self {
        let column = |place: usize| {
            rows.iter()
                .filter_map(|row| row.get(place).copied())
                .collect()
        };
        Self {
            columns: [column(0), column(1), column(2), column(3)],
        }
    }

    /// How many rows.
    pub(super) fn len(&self) -> usize {
        self.columns[3].len()
    }

    /// One column: 0, 1, 2 in the order of the permutation, 3 the fact.
    pub(super) fn column(&self, place: usize) -> &[u64] {
        self.columns.get(place).map_or(&[], Vec::as_slice)
    }

    /// One row, in the order of the permutation.
    pub(super) fn row(&self, place: usize) -> Option<Row> {
        let at = |column: usize| self.column(column).get(place).copied();
        Some([at(0)?, at(1)?, at(2)?, at(3)?])
    }

    /// The first row of a range that is not smaller than the target; the end of the range where
    /// all are.
    pub(super) fn lower_bound(&self, range: Range<usize>, target: &Row) -> usize {
        let Range { mut start, mut end } = range;
        for (place, &value) in target.iter().enumerate() {
            let column = self.column(place).get(start..end).unwrap_or(&[]);
            let smaller = column.partition_point(|&known| known < value);
            let equal = column.get(smaller..).unwrap_or(&[]);
            let equal = equal.partition_point(|&known| known == value);
            start += smaller;
            end = start + equal;
            if equal == 0 {
                break;
            }
        }
        start
    }
}

/// Rows of one block, as slices of its columns.
///
/// Cheap to clone: the block is shared.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    block: Arc<Block>,
    start: usize,
    end: usize,
}

impl Columns {
    /// The rows of a range of a block.
    pub(super) fn new(block: Arc<Block>, range: Range<usize>) -> Self {
        let end = range.end.min(block.len());
        Self {
            start: range.start.min(end),
            end,
            block,
        }
    }

    /// How many rows.
    pub(crate) fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// One column: 0, 1, 2 in the order of the permutation, 3 the fact.
    pub(crate) fn column(&self, place: usize) -> &[u64] {
        let column = self.block.column(place);
        column.get(self.start..self.end).unwrap_or(&[])
    }

    /// The first column of the permutation.
    pub(crate) fn first(&self) -> &[u64] {
        self.column(0)
    }

    /// The second column of the permutation.
    pub(crate) fn second(&self) -> &[u64] {
        self.column(1)
    }

    /// The third column of the permutation.
    pub(crate) fn third(&self) -> &[u64] {
        self.column(2)
    }

    /// The numbers of the facts.
    pub(crate) fn facts(&self) -> &[u64] {
        self.column(3)
    }

    /// One row in the order of the permutation.
    pub(crate) fn row(&self, place: usize) -> Option<Row> {
        if place >= self.len() {
            return None;
        }
        self.block.row(self.start + place)
    }

    /// The rows in the order of the permutation.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        (0..self.len()).filter_map(|place| self.row(place))
    }

    /// The first row.
    pub(super) fn head(&self) -> Option<Row> {
        self.row(0)
    }

    /// How many rows are smaller than the target.
    pub(super) fn count_below(&self, target: &Row) -> usize {
        self.block.lower_bound(self.start..self.end, target) - self.start
    }

    /// The first so many rows.
    pub(super) fn first_rows(&self, count: usize) -> Self {
        let end = (self.start + count).min(self.end);
        Self {
            block: Arc::clone(&self.block),
            start: self.start,
            end,
        }
    }

    /// Drops the first so many rows.
    pub(super) fn advance(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
    }

    /// The rows from the first bound to the last, both included.
    pub(super) fn between(mut self, low: &Row, high: &Row) -> Self {
        self.advance(self.count_below(low));
        let end = match successor(high) {
            Some(next) => self.count_below(&next),
            None => self.len(),
        };
        self.first_rows(end)
    }
}

/// The smallest row greater than this one; `None` where there is none.
pub(super) fn successor(row: &Row) -> Option<Row> {
    let mut next = *row;
    for value in next.iter_mut().rev() {
        if *value < u64::MAX {
            *value += 1;
            return Some(next);
        }
        *value = 0;
    }
    None
}
