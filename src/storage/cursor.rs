//! Reading rows in order: one stream where it can, else a merge of signed streams.

use std::sync::Arc;

use super::block::{Block, Columns};
use super::identifier::{Row, TermId};
use super::segment::SegmentRest;
use crate::error::Result;

/// A block made by merging has at most so many rows.
const MERGED_ROWS: usize = 512;
/// A run of rows of one stream at least this long is handed out as it is, without copying.
const WHOLE_ROWS: usize = 64;

/// The smallest row that begins with these terms.
fn first_row(prefix: &[TermId]) -> Row {
    let mut row = [0; 4];
    for (value, id) in row.iter_mut().zip(prefix) {
        *value = id.raw();
    }
    row
}

/// The leading columns of rows with a prefix.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prefix {
    values: Row,
    length: usize,
}

impl Prefix {
    pub(super) fn new(prefix: &[TermId]) -> Self {
        Self {
            values: first_row(prefix),
            length: prefix.len(),
        }
    }

    pub(super) fn values(&self) -> &[u64] {
        self.values.get(..self.length).unwrap_or(&self.values)
    }
}

/// Sorted rows of one source, added or removed by it.
pub(super) struct Stream {
    /// 1 where the source adds the rows, -1 where it removes them.
    pub(super) sign: i8,
    /// What is read and not yet handed out.
    pub(super) current: Columns,
    /// The blocks behind it, where the source is on disk.
    pub(super) rest: Option<SegmentRest>,
}

impl Stream {
    /// Makes `current` not empty if there are rows left.
    pub(super) fn fill(&mut self) -> Result<()> {
        while self.current.is_empty() {
            let Some(rest) = &mut self.rest else {
                return Ok(());
            };
            match rest.next_columns()? {
                Some(columns) => self.current = columns,
                None => self.rest = None,
            }
        }
        Ok(())
    }

    /// Drops the rows smaller than the target.
    fn seek(&mut self, target: &Row) -> Result<()> {
        self.current.advance(self.current.count_below(target));
        if self.current.is_empty() {
            if let Some(rest) = &mut self.rest {
                rest.skip_to(target)?;
            }
            self.fill()?;
            self.current.advance(self.current.count_below(target));
        }
        self.fill()
    }
}

/// Rows under a prefix, in the order of a permutation.
///
/// Rows come as whole blocks; `seek` goes forward only.
pub(crate) struct Cursor {
    streams: Vec<Stream>,
    /// Bare facts whose rows are left out.
    hidden: Arc<Vec<u64>>,
}

impl Cursor {
    pub(super) fn new(streams: Vec<Stream>, hidden: Arc<Vec<u64>>) -> Self {
        Self { streams, hidden }
    }

    /// The streams themselves, for a merge that must see removals.
    pub(super) fn into_streams(self) -> Vec<Stream> {
        self.streams
    }

    /// The next rows; `None` at the end.
    ///
    /// # Errors
    ///
    /// `Damaged` or `Io` where a block cannot be read.
    pub(crate) fn next_block(&mut self) -> Result<Option<Columns>> {
        loop {
            let Some(columns) = self.next_columns()? else {
                return Ok(None);
            };
            if self.hidden.is_empty() {
                return Ok(Some(columns));
            }
            let is_shown = |row: &Row| !self.hidden.contains(&row[3]);
            let rows: Vec<Row> = columns.rows().filter(is_shown).collect();
            if !rows.is_empty() {
                let length = rows.len();
                return Ok(Some(Columns::new(
                    Arc::new(Block::from_rows(&rows)),
                    0..length,
                )));
            }
        }
    }

    fn next_columns(&mut self) -> Result<Option<Columns>> {
        match self.streams.as_mut_slice() {
            [] => Ok(None),
            [Stream { sign: 1, .. }] => self.next_of_one(),
            _ => self.next_of_many(),
        }
    }

    /// Goes forward to the first row that is not smaller than the target: the leading columns
    /// of a row in the order of the permutation, with the prefix.
    ///
    /// # Errors
    ///
    /// `Damaged` or `Io` where a block cannot be read.
    pub(crate) fn seek(&mut self, target: &[TermId]) -> Result<()> {
        let low = first_row(target);
        self.streams
            .iter_mut()
            .try_for_each(|stream| stream.seek(&low))
    }

    fn next_of_one(&mut self) -> Result<Option<Columns>> {
        let Some(stream) = self.streams.first_mut() else {
            return Ok(None);
        };
        stream.fill()?;
        let columns = std::mem::take(&mut stream.current);
        Ok((!columns.is_empty()).then_some(columns))
    }

    /// Adds up the streams: a row is there where the signs of its appearances add up to one.
    fn next_of_many(&mut self) -> Result<Option<Columns>> {
        let mut merged: Vec<Row> = Vec::new();
        while merged.len() < MERGED_ROWS {
            for stream in &mut self.streams {
                stream.fill()?;
            }
            let Some((place, head, other)) = self.smallest() else {
                break;
            };
            if other == Some(head) {
                if self.take_equal(&head) > 0 {
                    merged.push(head);
                }
                continue;
            }
            let Some(stream) = self.streams.get_mut(place) else {
                break;
            };
            let count = match &other {
                Some(other) => stream.current.count_below(other),
                None => stream.current.len(),
            };
            if stream.sign < 0 {
                // A removal without its row: nothing to remove in this range.
                stream.current.advance(count);
                continue;
            }
            if count >= WHOLE_ROWS {
                if merged.is_empty() {
                    let whole = stream.current.first_rows(count);
                    stream.current.advance(count);
                    return Ok(Some(whole));
                }
                break;
            }
            merged.extend(stream.current.first_rows(count).rows());
            stream.current.advance(count);
        }
        if merged.is_empty() {
            return Ok(None);
        }
        let length = merged.len();
        let block = Arc::new(Block::from_rows(&merged));
        Ok(Some(Columns::new(block, 0..length)))
    }

    /// The stream with the smallest row, that row, and the smallest row of the other streams.
    fn smallest(&self) -> Option<(usize, Row, Option<Row>)> {
        let mut best: Option<(usize, Row, Option<Row>)> = None;
        for (place, stream) in self.streams.iter().enumerate() {
            let Some(head) = stream.current.head() else {
                continue;
            };
            best = Some(match best {
                None => (place, head, None),
                Some((_, smallest, _)) if head < smallest => (place, head, Some(smallest)),
                Some((known, smallest, other)) => {
                    let other = other.map_or(head, |other| other.min(head));
                    (known, smallest, Some(other))
                }
            });
        }
        best
    }

    /// Takes a row off every stream that has it; the sum of the signs.
    fn take_equal(&mut self, row: &Row) -> i32 {
        let mut sum = 0;
        for stream in &mut self.streams {
            if stream.current.head().as_ref() == Some(row) {
                sum += i32::from(stream.sign);
                stream.current.advance(1);
            }
        }
        sum
    }
}
