//! A step that binds nothing: rows are kept where the index has a triple for them.

use std::sync::Arc;

use crate::error::Result;

use super::super::algebra::{Pattern, Slot, VariableId, VariableSet};
use super::super::facts::{Block, Permutation, RowSet, Seek};
use super::super::optimize::{OUTPUT_ROW, SCAN_ROW, SEEK};
use super::super::statistics::real;
use super::list::ListAccess;
use super::{Batch, Context, Operator, column_of, kept};

/// A set of ids: bits where they lie close together, else sorted.
pub(crate) enum Members {
    Bits { base: u64, bits: Vec<u64> },
    Sorted(Vec<u64>),
}

/// Bits are used where they take less room than the ids.
const BITS_AN_ID: u64 = 64;

impl Members {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "bits are bounded by the ids' room"
    )]
    pub(crate) fn new(mut ids: Vec<u64>) -> Self {
        if !ids.is_sorted() {
            ids.sort_unstable();
        }
        let (Some(&low), Some(&high)) = (ids.first(), ids.last()) else {
            return Self::Sorted(ids);
        };
        let range = high - low;
        if range / BITS_AN_ID > ids.len() as u64 {
            return Self::Sorted(ids);
        }
        let mut bits = vec![0u64; (range / 64 + 1) as usize];
        for id in ids {
            let offset = id - low;
            if let Some(word) = bits.get_mut((offset / 64) as usize) {
                *word |= 1 << (offset % 64);
            }
        }
        Self::Bits { base: low, bits }
    }

    #[inline]
    pub(crate) fn contains(&self, id: u64) -> bool {
        match self {
            Self::Bits { base, bits } => {
                let offset = id.wrapping_sub(*base);
                bits.get((offset / 64) as usize)
                    .is_some_and(|word| word >> (offset % 64) & 1 == 1)
            }
            Self::Sorted(ids) => ids.binary_search(&id).is_ok(),
        }
    }
}

/// How a row is looked up.
enum Access {
    /// Both ends of a constant predicate are bound: its lists.
    Pair {
        lists: Box<ListAccess>,
        key: usize,
        value: usize,
    },
    /// One variable: the index until reading all its values is cheaper.
    One {
        column: usize,
        seek: Box<dyn Seek>,
        seeks: f64,
        seeks_worth_loading: f64,
        members: Option<Members>,
    },
    /// Any other: the index.
    Rows { seeks: Vec<Box<dyn Seek>> },
}

/// Keeps the rows that a pattern has a triple for, or those that it has none for.
pub(crate) struct Check {
    context: Arc<Context>,
    input: Box<dyn Operator>,
    pattern: Pattern,
    columns: [Option<usize>; 3],
    access: Access,
    variables: Vec<VariableId>,
    kept: Vec<usize>,
    is_negated: bool,
}

impl Check {
    pub(crate) fn new(
        context: &Arc<Context>,
        input: Box<dyn Operator>,
        pattern: &Pattern,
        live: VariableSet,
        expected: f64,
    ) -> Result<Self> {
        let before = input.variables().to_vec();
        let columns = pattern
            .slots
            .map(|slot| slot.variable().and_then(|v| column_of(&before, v)));
        let access = Self::access(context, pattern, columns, expected)?;
        let (kept, variables) = kept(&before, live);
        Ok(Self {
            context: Arc::clone(context),
            input,
            pattern: pattern.clone(),
            columns,
            access,
            variables,
            kept,
            is_negated: false,
        })
    }

    /// The same, keeping the rows without a triple.
    pub(crate) fn negated(mut self) -> Self {
        self.is_negated = true;
        self
    }

    fn access(
        context: &Context,
        pattern: &Pattern,
        columns: [Option<usize>; 3],
        expected: f64,
    ) -> Result<Access> {
        let facts = &context.facts;
        if !pattern.reads_marked
            && let (Slot::Constant(predicate), [subject, _, object]) = (pattern.slots[1], columns)
        {
            if let (Some(key), Some(value)) = (subject, object) {
                let lists = Box::new(ListAccess::new(context, predicate, true, expected)?);
                return Ok(Access::Pair { lists, key, value });
            }
            if let Some(column) = subject.or(object) {
                let constants = pattern.slots.map(Slot::constant);
                let (order, prefix) = super::super::statistics::access(constants);
                let rows = real(facts.count(RowSet::Plain, order, &prefix)?);
                return Ok(Access::One {
                    column,
                    seek: facts.seek(RowSet::Plain, Permutation::Spo)?,
                    seeks: expected,
                    seeks_worth_loading: rows * (SCAN_ROW + 1.0) / SEEK + 4.0,
                    members: None,
                });
            }
        }
        let mut seeks = vec![facts.seek(RowSet::Plain, Permutation::Spo)?];
        if pattern.reads_marked {
            seeks.push(facts.seek(RowSet::Marked, Permutation::Spo)?);
        }
        Ok(Access::Rows { seeks })
    }

    /// The values of a pattern with one variable.
    fn members(&self) -> Result<Option<Members>> {
        let facts = &self.context.facts;
        let constants = self.pattern.slots.map(Slot::constant);
        let (order, prefix) = super::super::statistics::access(constants);
        let rows = facts.count(RowSet::Plain, order, &prefix)?;
        if !self.context.budget.has_room(rows.saturating_mul(16)) {
            return Ok(None);
        }
        let mut scan = facts.scan(RowSet::Plain, order, &prefix, [false, false, true, false])?;
        let mut block = Block::default();
        let mut ids = Vec::new();
        while scan.next_block(&mut block)? {
            self.context.budget.check()?;
            ids.extend_from_slice(&block.columns[2]);
        }
        self.context.budget.spend(ids.len() as f64 * SCAN_ROW);
        Ok(Some(Members::new(ids)))
    }

    fn prepare(&mut self, batch: &Batch) -> Result<()> {
        let rows = batch.rows;
        match &mut self.access {
            Access::Pair { lists, key, .. } => {
                let keys = batch.columns.get(*key).map_or(&[][..], Vec::as_slice);
                lists.prepare(&self.context, keys)
            }
            Access::One {
                seeks,
                seeks_worth_loading,
                members: None,
                ..
            } => {
                *seeks += rows as f64;
                if *seeks > *seeks_worth_loading {
                    let loaded = self.members()?;
                    if let Access::One {
                        seeks_worth_loading,
                        members,
                        ..
                    } = &mut self.access
                    {
                        *seeks_worth_loading = f64::INFINITY;
                        *members = loaded;
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Enters what was done for some rows into the account.
    fn account(&mut self, rows: usize) {
        match &mut self.access {
            Access::Pair { lists, .. } => lists.account(&self.context, rows),
            Access::One {
                members: Some(_), ..
            } => self.context.budget.spend(rows as f64 * OUTPUT_ROW),
            _ => self.context.budget.spend(rows as f64 * SEEK),
        }
    }

    fn triple(&self, batch: &Batch, row: usize) -> [u64; 3] {
        let mut triple = [0; 3];
        for ((place, slot), column) in triple.iter_mut().zip(self.pattern.slots).zip(self.columns) {
            *place = match (slot, column) {
                (Slot::Constant(id), _) => id,
                (Slot::Variable(_), Some(column)) => batch.at(column, row),
                (Slot::Variable(_), None) => super::super::algebra::UNBOUND,
            };
        }
        triple
    }

    fn holds(&mut self, batch: &Batch, row: usize) -> Result<bool> {
        let triple = self.triple(batch, row);
        match &mut self.access {
            Access::Pair { lists, key, value } => {
                let list = lists.list(batch.at(*key, row))?;
                Ok(list.binary_search(&batch.at(*value, row)).is_ok())
            }
            Access::One {
                column,
                members: Some(members),
                ..
            } => Ok(members.contains(batch.at(*column, row))),
            Access::One { seek, .. } => seek.exists(&triple),
            Access::Rows { seeks } => {
                for seek in seeks {
                    if seek.exists(&triple)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }
}

impl Operator for Check {
    fn variables(&self) -> &[VariableId] {
        &self.variables
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "blocks have less than 2^32 rows"
    )]
    fn next(&mut self) -> Result<Option<Batch>> {
        loop {
            self.context.budget.check()?;
            let Some(mut batch) = self.input.next()? else {
                return Ok(None);
            };
            self.prepare(&batch)?;
            let mut chosen: Vec<u32> = Vec::with_capacity(batch.rows);
            for row in 0..batch.rows {
                if self.holds(&batch, row)? != self.is_negated {
                    chosen.push(row as u32);
                }
            }
            self.account(batch.rows);
            if chosen.is_empty() {
                continue;
            }
            batch.keep(&self.kept);
            if chosen.len() < batch.rows {
                batch = batch.choose(&chosen);
            }
            return Ok(Some(batch));
        }
    }
}
