//! Segments: the sorted rows of one set in one order, in packed blocks with a sparse index.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::block::{Block, Columns, successor};
use super::cache::{Cache, Slots};
use super::cursor::Stream;
use super::identifier::{Permutation, Row, RowSet};
use super::packing::{self, Packed};
use super::part::{BlockWriter, Blocks, INDEX};
use crate::error::Result;

/// A block has at most so many rows.
const BLOCK_ROWS: usize = 512;
/// A block takes at most so many bytes: one value of the back end.
const BLOCK_BYTES: usize = 7_900;
/// Entries of the sparse index that are packed together.
const INDEX_GROUP: usize = 256;

/// The number of the part that holds these rows.
pub(super) fn part_number(set: RowSet, permutation: Permutation, is_added: bool) -> u8 {
    let set = match set {
        RowSet::Plain => 0,
        RowSet::Marked => 6,
    };
    let order = match permutation {
        Permutation::Spo => 0,
        Permutation::Pos => 1,
        Permutation::Osp => 2,
    };
    set + order + if is_added { 0 } else { 3 }
}

/// What the manifest knows of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PartEntry {
    /// Which part.
    pub(super) part: u8,
    /// How many rows or keys.
    pub(super) entries: u64,
    /// How many blocks.
    pub(super) blocks: u32,
}

/// Writes sorted rows.
pub(super) struct SegmentWriter {
    part: u8,
    pending: [Vec<u64>; 4],
    heads: [Vec<u64>; 4],
    counts: Vec<u64>,
    rows: u64,
    bytes: Vec<u8>,
}

impl SegmentWriter {
    pub(super) fn new(part: u8) -> Self {
        Self {
            part,
            pending: Default::default(),
            heads: Default::default(),
            counts: Vec::new(),
            rows: 0,
            bytes: Vec::new(),
        }
    }

    /// Adds the next row, in the order of the permutation.
    pub(super) fn push(&mut self, writer: &mut BlockWriter, row: Row) -> Result<()> {
        for (column, value) in self.pending.iter_mut().zip(row) {
            column.push(value);
        }
        if self.pending[3].len() == BLOCK_ROWS {
            self.write_pending(writer)?;
        }
        Ok(())
    }

    fn write_pending(&mut self, writer: &mut BlockWriter) -> Result<()> {
        let pending = std::mem::take(&mut self.pending);
        let mut columns = pending.each_ref().map(Vec::as_slice);
        while !columns[3].is_empty() {
            let mut count = columns[3].len();
            loop {
                self.bytes.clear();
                let part = columns.map(|column| column.get(..count).unwrap_or(column));
                Block::encode(&mut self.bytes, part);
                if self.bytes.len() <= BLOCK_BYTES || count == 1 {
                    break;
                }
                count = count.div_ceil(2);
            }
            let block = u32::try_from(self.counts.len()).unwrap_or(u32::MAX);
            writer.write(self.part, block, &self.bytes)?;
            for (heads, column) in self.heads.iter_mut().zip(columns) {
                heads.extend(column.first());
            }
            self.counts.push(count as u64);
            self.rows += count as u64;
            columns = columns.map(|column| column.get(count..).unwrap_or(&[]));
        }
        self.pending = pending;
        self.pending.iter_mut().for_each(Vec::clear);
        Ok(())
    }

    /// Writes what is left and the index; `None` where there were no rows at all.
    pub(super) fn finish(mut self, writer: &mut BlockWriter) -> Result<Option<PartEntry>> {
        self.write_pending(writer)?;
        if self.rows == 0 {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let columns = self.heads.iter().chain([&self.counts]);
        for column in columns {
            for group in column.chunks(INDEX_GROUP) {
                packing::encode(&mut bytes, group);
            }
        }
        writer.write(self.part | INDEX, 0, &bytes)?;
        Ok(Some(PartEntry {
            part: self.part,
            entries: self.rows,
            blocks: u32::try_from(self.counts.len()).unwrap_or(u32::MAX),
        }))
    }
}

/// The first row of each block and the number of rows before it.
#[derive(Debug)]
struct Index {
    heads: Block,
    starts: Vec<u64>,
}

/// Sorted rows on disk.
pub(super) struct Segment {
    blocks: Blocks,
    entry: PartEntry,
    index: OnceLock<Index>,
    slots: Arc<Slots<Block>>,
}

impl Segment {
    pub(super) fn new(blocks: Blocks, entry: PartEntry, cache: &Arc<Cache>) -> Self {
        Self {
            blocks,
            entry,
            index: OnceLock::new(),
            slots: Slots::new(cache, entry.blocks as usize),
        }
    }

    /// How many rows.
    pub(super) fn rows(&self) -> u64 {
        self.entry.entries
    }

    fn index(&self) -> Result<&Index> {
        if let Some(index) = self.index.get() {
            return Ok(index);
        }
        let part = self.entry.part | INDEX;
        let bytes = self.blocks.read(part, 0)?;
        let index = read_index(&bytes, self.entry);
        let wrong = || self.blocks.damaged(part, 0, "it does not fit the manifest");
        let index = index.ok_or_else(wrong)?;
        Ok(self.index.get_or_init(|| index))
    }

    /// A block of rows.
    pub(super) fn block(&self, place: usize) -> Result<Arc<Block>> {
        self.slots.get(place, || {
            let number = u32::try_from(place).unwrap_or(u32::MAX);
            let bytes = self.blocks.read(self.entry.part, number)?;
            let wrong = || {
                let part = self.entry.part;
                self.blocks.damaged(part, number, "its rows cannot be read")
            };
            let block = Block::decode(&bytes).ok_or_else(wrong)?;
            if Some(block.len() as u64) != self.index()?.length(place) {
                return Err(wrong());
            }
            let bytes = block.bytes();
            Ok((block, bytes))
        })
    }

    /// Where the rows with a prefix begin: the block, and those of its rows that have it. `None`
    /// where there are none at all.
    fn find(&self, prefix: &[u64]) -> Result<Option<(usize, Columns)>> {
        let index = self.index()?;
        let first = index.heads.with_prefix(0..index.heads.len(), prefix).start;
        // They may begin in the block before the first whose head has the prefix.
        if let Some(place) = first.checked_sub(1) {
            let block = self.block(place)?;
            let range = block.with_prefix(0..block.len(), prefix);
            if !range.is_empty() {
                return Ok(Some((place, Columns::new(block, range))));
            }
        }
        if !index.heads.has_prefix(first, prefix) {
            return Ok(None);
        }
        let block = self.block(first)?;
        let range = block.with_prefix(0..block.len(), prefix);
        Ok(Some((first, Columns::new(block, range))))
    }

    /// How many rows begin with a prefix.
    pub(super) fn count(&self, prefix: &[u64]) -> Result<u64> {
        if prefix.is_empty() {
            return Ok(self.rows());
        }
        let index = self.index()?;
        let Some((place, columns)) = self.find(prefix)? else {
            return Ok(0);
        };
        if !index.heads.has_prefix(place + 1, prefix) {
            return Ok(columns.len() as u64);
        }
        let heads = index
            .heads
            .with_prefix(place + 1..index.heads.len(), prefix);
        let last = heads.end - 1;
        let block = self.block(last)?;
        let inside = block.with_prefix(0..block.len(), prefix).len();
        let start = |place: usize| index.starts.get(place).copied().unwrap_or(0);
        let between = start(last).saturating_sub(start(place + 1));
        Ok(columns.len() as u64 + between + inside as u64)
    }

    /// How many rows are smaller than a target.
    pub(super) fn rank(&self, target: &Row) -> Result<u64> {
        let index = self.index()?;
        let behind = index.heads.lower_bound(0..index.heads.len(), target);
        let Some(place) = behind.checked_sub(1) else {
            return Ok(0);
        };
        let block = self.block(place)?;
        let inside = block.lower_bound(0..block.len(), target) as u64;
        Ok(index.starts.get(place).copied().unwrap_or(0) + inside)
    }

    /// The row at a place.
    pub(super) fn row_at(&self, place: u64) -> Result<Option<Row>> {
        let index = self.index()?;
        let behind = index.starts.partition_point(|&start| start <= place);
        let Some(number) = behind.checked_sub(1) else {
            return Ok(None);
        };
        let start = index.starts.get(number).copied().unwrap_or(0);
        if number >= index.heads.len() {
            return Ok(None);
        }
        let inside = usize::try_from(place - start).unwrap_or(usize::MAX);
        Ok(self.block(number)?.row(inside))
    }

    /// The rows that begin with a prefix.
    pub(super) fn stream(self: &Arc<Self>, sign: i8, prefix: &[u64]) -> Result<Option<Stream>> {
        let Some((place, current)) = self.find(prefix)? else {
            return Ok(None);
        };
        let next = place + 1;
        let has_more = self.index()?.heads.has_prefix(next, prefix);
        let rest = has_more.then(|| SegmentRest {
            segment: Arc::clone(self),
            next,
            prefix: prefix.to_vec(),
        });
        Ok(Some(Stream {
            sign,
            current,
            rest,
        }))
    }

    /// Checks every block: checksums, order of rows, counts.
    pub(super) fn verify(&self, wrong: &mut Vec<String>) -> Result<()> {
        let index = self.index()?;
        let mut last: Option<Row> = None;
        for place in 0..index.heads.len() {
            let block = match self.block(place) {
                Ok(block) => block,
                Err(error) => {
                    wrong.push(error.to_string());
                    continue;
                }
            };
            let number = u32::try_from(place).unwrap_or(u32::MAX);
            let mut complain = |message: &str| {
                let error = self.blocks.damaged(self.entry.part, number, message);
                wrong.push(error.to_string());
            };
            if block.row(0) != index.heads.row(place) {
                complain("its first row is not that of the index");
            }
            for row in (0..block.len()).filter_map(|place| block.row(place)) {
                if last.is_some_and(|last| last >= row) {
                    complain("its rows are out of order");
                    break;
                }
                last = Some(row);
            }
        }
        Ok(())
    }
}

/// The blocks of a segment that a stream has not come to yet.
pub(super) struct SegmentRest {
    segment: Arc<Segment>,
    next: usize,
    prefix: Vec<u64>,
}

impl SegmentRest {
    /// The rows of the next block that have the prefix.
    pub(super) fn next_columns(&mut self) -> Result<Option<Columns>> {
        let heads = &self.segment.index()?.heads;
        if !heads.has_prefix(self.next, &self.prefix) {
            return Ok(None);
        }
        let block = self.segment.block(self.next)?;
        self.next += 1;
        let range = if heads.has_prefix(self.next, &self.prefix) {
            0..block.len()
        } else {
            block.with_prefix(0..block.len(), &self.prefix)
        };
        Ok(Some(Columns::new(block, range)))
    }

    /// Skips the blocks whose rows are all smaller than the target.
    pub(super) fn skip_to(&mut self, target: &Row) -> Result<()> {
        let heads = &self.segment.index()?.heads;
        let mut step = 1;
        while heads
            .row(self.next + step)
            .is_some_and(|head| head <= *target)
        {
            step *= 2;
        }
        let (from, to) = (self.next + step / 2, self.next + step);
        let behind = match successor(target) {
            Some(target) => heads.lower_bound(from..to.min(heads.len()).max(from), &target),
            None => heads.len(),
        };
        self.next = behind.saturating_sub(1).max(self.next);
        Ok(())
    }
}

impl Index {
    fn length(&self, place: usize) -> Option<u64> {
        let next = self.starts.get(place + 1)?;
        next.checked_sub(*self.starts.get(place)?)
    }
}

fn read_index(mut bytes: &[u8], entry: PartEntry) -> Option<Index> {
    let count = entry.blocks as usize;
    // Each group takes at least nine bytes, so that a wrong count allocates nothing great.
    if count.div_ceil(INDEX_GROUP) > bytes.len() {
        return None;
    }
    let mut column = || {
        let mut values = Vec::with_capacity(count);
        while values.len() < count {
            let group = INDEX_GROUP.min(count - values.len());
            values.extend(Packed::read(&mut bytes, group)?.unpack(group));
        }
        Some(values)
    };
    let (first, second, third, fact) = (column()?, column()?, column()?, column()?);
    let counts = column()?;
    let heads = Block::from_columns([first, second, third, fact]);
    let mut total = 0_u64;
    let mut starts = vec![0];
    for count in counts {
        total = total.checked_add(count)?;
        starts.push(total);
    }
    let is_sorted = (1..count).all(|place| heads.row(place - 1) < heads.row(place));
    let is_right = bytes.is_empty() && total == entry.entries && is_sorted;
    is_right.then_some(Index { heads, starts })
}
