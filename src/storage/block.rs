//! A block of rows in memory: four columns of numbers, sorted row by row.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::{Arc, LazyLock, OnceLock};

use super::identifier::Row;
use super::packing::{self, Packed};

/// Sorted rows, column by column. A column read from disk stays packed until it is asked for.
#[derive(Debug, Default)]
pub(crate) struct Block {
    length: usize,
    /// The values of columns that have only one.
    constants: [Option<u64>; 4],
    packed: Option<Box<[Packed<'static>; 4]>>,
    columns: [OnceLock<Vec<u64>>; 4],
}

impl Block {
    /// Sorted columns of equal length.
    pub(super) fn from_columns(columns: [Vec<u64>; 4]) -> Self {
        Self {
            length: columns[3].len(),
            constants: [None; 4],
            packed: None,
            columns: columns.map(OnceLock::from),
        }
    }

    /// The columns of sorted rows.
    pub(super) fn from_rows(rows: &[Row]) -> Self {
        let column = |place: usize| {
            let values = rows.iter().filter_map(|row| row.get(place).copied());
            OnceLock::from(values.collect::<Vec<u64>>())
        };
        Self {
            length: rows.len(),
            constants: [None; 4],
            packed: None,
            columns: [column(0), column(1), column(2), column(3)],
        }
    }

    /// Appends sorted columns of equal length in their packed form.
    pub(super) fn encode(bytes: &mut Vec<u8>, columns: [&[u64]; 4]) {
        let [first, ..] = columns;
        bytes.extend_from_slice(&(first.len() as u16).to_le_bytes());
        for column in columns {
            packing::encode(bytes, column);
        }
    }

    /// Reads a packed block; `None` where the bytes are none.
    pub(super) fn decode(mut bytes: &[u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk()?;
        let length = usize::from(u16::from_le_bytes(*length));
        bytes = rest;
        let mut read = || Some(Packed::read(&mut bytes, length)?.into_owned());
        let packed = [read()?, read()?, read()?, read()?];
        bytes.is_empty().then(|| Self {
            length,
            constants: packed.each_ref().map(Packed::constant),
            packed: Some(Box::new(packed)),
            columns: Default::default(),
        })
    }

    /// About how many bytes of memory it takes when three of its columns are unpacked.
    pub(super) fn bytes(&self) -> usize {
        const COLUMN_ROW_BYTES: usize = 8;
        const COLUMNS_USED: usize = 3;
        const FIXED_BYTES: usize = 512;
        self.length * COLUMN_ROW_BYTES * COLUMNS_USED + FIXED_BYTES
    }

    /// How many rows.
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// One column: 0, 1, 2 in the order of the permutation, 3 the fact.
    pub(super) fn column(&self, place: usize) -> &[u64] {
        let Some(column) = self.columns.get(place) else {
            return &[];
        };
        column.get_or_init(|| {
            let packed = self.packed.as_deref().and_then(|packed| packed.get(place));
            packed.map_or_else(Vec::new, |packed| packed.unpack(self.length))
        })
    }

    /// Whether the row at a place begins with these numbers.
    pub(super) fn has_prefix(&self, place: usize, prefix: &[u64]) -> bool {
        let mut columns = prefix.iter().enumerate();
        place < self.length
            && columns.all(|(column, value)| self.column(column).get(place) == Some(value))
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
            let rest = target.get(place..).unwrap_or(&[]);
            if start == end || rest.iter().all(|&value| value == 0) {
                // Nothing is smaller than zero: the columns behind need not be unpacked.
                break;
            }
            (start, end) = self.narrow(start..end, place, value);
        }
        start
    }

    /// The rows of a range whose first columns are these.
    pub(super) fn with_prefix(&self, range: Range<usize>, prefix: &[u64]) -> Range<usize> {
        let Range { mut start, mut end } = range;
        for (place, &value) in prefix.iter().enumerate() {
            if start == end {
                break;
            }
            (start, end) = self.narrow(start..end, place, value);
        }
        start..end
    }

    /// The rows of a sorted range that have a value in a column: where they begin and end, or
    /// twice where they would stand.
    fn narrow(&self, range: Range<usize>, place: usize, value: u64) -> (usize, usize) {
        if let Some(Some(constant)) = self.constants.get(place) {
            return match constant.cmp(&value) {
                Ordering::Less => (range.end, range.end),
                Ordering::Equal => (range.start, range.end),
                Ordering::Greater => (range.start, range.start),
            };
        }
        let column = self.column(place).get(range.clone()).unwrap_or(&[]);
        let smaller = column.partition_point(|&known| known < value);
        let rest = column.get(smaller..).unwrap_or(&[]);
        let start = range.start + smaller;
        (start, start + equal_run(rest, value))
    }
}

/// How many values at the beginning of a sorted column are this one: found in steps that double,
/// because most runs are short.
fn equal_run(column: &[u64], value: u64) -> usize {
    let mut step = 1;
    while column.get(step - 1) == Some(&value) {
        step *= 2;
    }
    let known = step / 2;
    let within = column.get(known..(step - 1).min(column.len()));
    known + within.map_or(0, |rest| rest.partition_point(|&other| other == value))
}

/// Rows of one block, as slices of its columns.
///
/// Cheap to clone: the block is shared.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    block: Arc<Block>,
    start: usize,
    end: usize,
}

/// What columns without rows share: most look-ups make some, and a block for each would cost more
/// than the look-up.
static EMPTY: LazyLock<Arc<Block>> = LazyLock::new(Arc::default);

impl Default for Columns {
    fn default() -> Self {
        Self {
            block: Arc::clone(&EMPTY),
            start: 0,
            end: 0,
        }
    }
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
