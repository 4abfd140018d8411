//! Rows that do not fit into a query's memory, in scratch files: spread by the hash of what they
//! are looked at by, so that those which belong together are worked on part by part; or in order,
//! so that they are merged.

use crate::error::{Error, Result};
use crate::storage::{Scratch, ScratchReader};

use super::super::algebra::VariableId;
use super::list::hash;
use super::{BLOCK_ROWS, Batch, Operator};

/// Rows are spread over so many files: a question may take so many times its memory.
const PARTS: usize = 16;
/// Bits of the hash that choose a file.
const PART_BITS: u32 = 4;
/// Parts that do not fit either are spread again, so often: beyond, one value alone is too much.
const LEVELS_MAX: u32 = 4;

/// Rows spread over files by the hash of some of their values.
pub(crate) struct Spread {
    variables: Vec<VariableId>,
    level: u32,
    parts: Vec<Scratch>,
}

impl Spread {
    /// Files for rows of some variables that were spread so often before.
    pub(crate) fn new(variables: &[VariableId], level: u32) -> Result<Self> {
        if level >= LEVELS_MAX {
            return Err(Error::Limit {
                what: "the query's memory, with what it can put aside,".to_owned(),
                limit: format!("{PARTS} parts of {PARTS}, {LEVELS_MAX} times"),
            });
        }
        let parts: Result<Vec<Scratch>> = (0..PARTS).map(|_| Scratch::new()).collect();
        Ok(Self {
            variables: variables.to_vec(),
            level,
            parts: parts?,
        })
    }

    /// Puts a row of a block aside, into the file of its key.
    pub(crate) fn push(&mut self, key: &[u64], batch: &Batch, row: usize) -> Result<()> {
        let mixed = key.iter().fold(u64::from(self.level), |mixed, &value| {
            (mixed.rotate_left(23) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        });
        let place = hash(mixed) >> (self.level * PART_BITS) & (PARTS - 1);
        let Some(part) = self.parts.get_mut(place) else {
            return Ok(());
        };
        for column in 0..batch.columns.len() {
            part.push(&[batch.at(column, row)])?;
        }
        part.push(&[batch.weight(row)])
    }

    /// The parts to be worked on, each an operator of its own, with how often it was spread.
    pub(crate) fn into_parts(self) -> Result<Vec<(Box<dyn Operator>, u32)>> {
        let Self {
            variables,
            level,
            parts,
        } = self;
        let part = |scratch: Scratch| {
            let rows = SpilledRows {
                variables: variables.clone(),
                reader: scratch.read()?,
            };
            Ok((Box::new(rows) as Box<dyn Operator>, level + 1))
        };
        parts.into_iter().map(part).collect()
    }
}

/// The rows of one file.
struct SpilledRows {
    variables: Vec<VariableId>,
    reader: ScratchReader,
}

impl Operator for SpilledRows {
    fn variables(&self) -> &[VariableId] {
        &self.variables
    }

    fn next(&mut self) -> Result<Option<Batch>> {
        let mut columns = vec![Vec::new(); self.variables.len()];
        let mut weights = Vec::new();
        let mut row = vec![0; columns.len() + 1];
        while weights.len() < BLOCK_ROWS && self.reader.next(&mut row)? {
            for (column, &value) in columns.iter_mut().zip(&row) {
                column.push(value);
            }
            weights.extend(row.last());
        }
        Ok((!weights.is_empty()).then_some(Batch {
            columns,
            rows: weights.len(),
            weights: Some(weights),
        }))
    }
}

/// Rows in order, in several files.
#[derive(Default)]
pub(crate) struct Runs {
    readers: Vec<ScratchReader>,
    heads: Vec<Option<Vec<u64>>>,
}

impl Runs {
    pub(crate) fn is_empty(&self) -> bool {
        self.readers.is_empty()
    }

    /// Adds rows that are in order.
    pub(crate) fn add(&mut self, columns: &[Vec<u64>], order: &[u32]) -> Result<()> {
        let mut scratch = Scratch::new()?;
        for &place in order {
            for column in columns {
                scratch.push(&[column.get(place as usize).copied().unwrap_or(0)])?;
            }
        }
        let mut reader = scratch.read()?;
        let mut head = vec![0; columns.len()];
        let has_head = reader.next(&mut head)?;
        self.readers.push(reader);
        self.heads.push(has_head.then_some(head));
        Ok(())
    }

    /// The first row of all that are left.
    pub(crate) fn next(
        &mut self,
        is_less: impl Fn(&[u64], &[u64]) -> Result<bool>,
    ) -> Result<Option<Vec<u64>>> {
        let mut first: Option<(usize, &Vec<u64>)> = None;
        for (place, head) in self.heads.iter().enumerate() {
            let Some(head) = head else { continue };
            let is_first = match first {
                None => true,
                Some((_, known)) => is_less(head, known)?,
            };
            if is_first {
                first = Some((place, head));
            }
        }
        let Some((place, head)) = first else {
            return Ok(None);
        };
        let mut next = vec![0; head.len()];
        let (Some(reader), Some(slot)) = (self.readers.get_mut(place), self.heads.get_mut(place))
        else {
            return Ok(None);
        };
        let has_next = reader.next(&mut next)?;
        Ok(std::mem::replace(slot, has_next.then_some(next)))
    }
}
