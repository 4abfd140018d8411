//! Tables of ids in memory: rows collected from an operator, and sets of tuples.

use crate::error::Result;

use super::super::algebra::{Table, VariableId};
use super::super::budget::Charge;
use super::list::hash;
use super::{Batch, Context, Operator};

/// Different tuples of ids of one width, numbered in order of appearance.
#[derive(Debug, Clone)]
pub(crate) struct TupleSet {
    width: usize,
    tuples: Vec<u64>,
    slots: Vec<u32>,
    count: usize,
}

const FIRST_SLOTS: usize = 64;

impl TupleSet {
    pub(crate) fn new(width: usize) -> Self {
        Self {
            width,
            tuples: Vec::new(),
            slots: vec![0; FIRST_SLOTS],
            count: 0,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// A tuple by its number.
    pub(crate) fn tuple(&self, number: usize) -> &[u64] {
        let start = number * self.width;
        self.tuples.get(start..start + self.width).unwrap_or(&[])
    }

    /// One place of all tuples.
    pub(crate) fn column(&self, place: usize) -> Vec<u64> {
        (0..self.count)
            .map(|number| self.tuple(number).get(place).copied().unwrap_or(0))
            .collect()
    }

    #[inline]
    fn start(tuple: &[u64]) -> usize {
        let mixed = tuple.iter().fold(0u64, |mixed, &value| {
            (mixed ^ value)
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .rotate_left(29)
        });
        hash(mixed)
    }

    /// The slot of a tuple, or the free one where it belongs.
    #[inline]
    fn slot(&self, tuple: &[u64]) -> (usize, u32) {
        let mask = self.slots.len() - 1;
        let mut at = Self::start(tuple) & mask;
        loop {
            match self.slots.get(at) {
                None | Some(0) => return (at, 0),
                Some(&number) => {
                    if self.tuple(number as usize - 1) == tuple {
                        return (at, number);
                    }
                }
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of a tuple.
    #[inline]
    pub(crate) fn find(&self, tuple: &[u64]) -> Option<usize> {
        match self.slot(tuple).1 {
            0 => None,
            number => Some(number as usize - 1),
        }
    }

    /// The number of a tuple, and whether it is new.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "memory ends before 2^32 tuples"
    )]
    pub(crate) fn insert(&mut self, tuple: &[u64]) -> (usize, bool) {
        let (at, number) = self.slot(tuple);
        if number != 0 {
            return (number as usize - 1, false);
        }
        self.tuples.extend_from_slice(tuple);
        self.count += 1;
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = self.count as u32;
        }
        if self.count * 2 > self.slots.len() {
            self.rehash();
        }
        (self.count - 1, true)
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "memory ends before 2^32 tuples"
    )]
    fn rehash(&mut self) {
        let size = self.slots.len() * 4;
        let mask = size - 1;
        let mut slots = vec![0u32; size];
        for number in 0..self.count {
            let mut at = Self::start(self.tuple(number)) & mask;
            while slots.get(at).is_some_and(|&slot| slot != 0) {
                at = (at + 1) & mask;
            }
            if let Some(slot) = slots.get_mut(at) {
                *slot = number as u32 + 1;
            }
        }
        self.slots = slots;
    }

    pub(crate) fn bytes(&self) -> usize {
        self.tuples.len() * 8 + self.slots.len() * 4
    }

    /// How many bytes it takes with so many tuples more.
    pub(crate) fn bytes_with(&self, more: usize) -> usize {
        let count = self.count + more;
        let mut slots = self.slots.len();
        while count * 2 > slots {
            slots *= 4;
        }
        count * self.width * 8 + slots * 4
    }
}

/// The rows of a table by the values of some of its columns.
#[derive(Debug)]
pub(crate) struct KeyedRows {
    keys: TupleSet,
    offsets: Vec<u32>,
    rows: Vec<u32>,
}

impl KeyedRows {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "memory ends before 2^32 rows"
    )]
    pub(crate) fn new(table: &Table, key_columns: &[usize]) -> Self {
        let mut keys = TupleSet::new(key_columns.len());
        let mut numbers = Vec::with_capacity(table.rows);
        let mut key = Vec::with_capacity(key_columns.len());
        for row in 0..table.rows {
            key.clear();
            key.extend(key_columns.iter().map(|&column| table.at(column, row)));
            numbers.push(keys.insert(&key).0 as u32);
        }
        let mut offsets = vec![0u32; keys.len() + 1];
        for &number in &numbers {
            if let Some(offset) = offsets.get_mut(number as usize + 1) {
                *offset += 1;
            }
        }
        let mut sum = 0;
        for offset in &mut offsets {
            sum += *offset;
            *offset = sum;
        }
        let mut next = offsets.clone();
        let mut rows = vec![0u32; numbers.len()];
        for (row, &number) in (0u32..).zip(&numbers) {
            if let Some(place) = next.get_mut(number as usize) {
                if let Some(slot) = rows.get_mut(*place as usize) {
                    *slot = row;
                }
                *place += 1;
            }
        }
        Self {
            keys,
            offsets,
            rows,
        }
    }

    /// The rows with these values.
    #[inline]
    pub(crate) fn of(&self, key: &[u64]) -> &[u32] {
        let Some(place) = self.keys.find(key) else {
            return &[];
        };
        match (self.offsets.get(place), self.offsets.get(place + 1)) {
            (Some(&start), Some(&end)) => {
                self.rows.get(start as usize..end as usize).unwrap_or(&[])
            }
            _ => &[],
        }
    }
}

impl Table {
    /// The value of a column in a row.
    #[inline]
    pub(crate) fn at(&self, column: usize, row: usize) -> u64 {
        self.columns
            .get(column)
            .and_then(|column| column.get(row))
            .copied()
            .unwrap_or(super::super::algebra::UNBOUND)
    }

    /// The column of a variable.
    pub(crate) fn column_of(&self, variable: VariableId) -> Option<usize> {
        super::column_of(&self.variables, variable)
    }

    /// Appends the rows of a block, each as often as its weight says.
    pub(crate) fn append(&mut self, batch: Batch) {
        let batch = batch.unrolled();
        for (column, more) in self.columns.iter_mut().zip(batch.columns) {
            if column.is_empty() {
                *column = more;
            } else {
                column.extend(more);
            }
        }
        self.rows += batch.rows;
    }

    pub(crate) fn bytes(&self) -> usize {
        self.columns
            .iter()
            .map(|column| column.capacity() * 8)
            .sum()
    }
}

/// All rows of an operator.
pub(crate) fn collect(context: &Context, operator: &mut dyn Operator) -> Result<(Table, Charge)> {
    let mut table = Table::empty(operator.variables().to_vec());
    let mut charge = context.charge();
    while let Some(batch) = operator.next()? {
        context.budget.check()?;
        let more = batch.weights.as_ref().map_or(batch.rows as u64, |weights| {
            weights.iter().copied().fold(0, u64::saturating_add)
        });
        let width = table.columns.len() as u64 * 8;
        if !context.budget.has_room(more.saturating_mul(width)) {
            charge.grow_to(usize::MAX / 2)?;
        }
        table.append(batch);
        charge.grow_to(table.bytes())?;
    }
    Ok((table, charge))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tuples_keep_their_numbers_while_the_set_grows() {
        let mut set = TupleSet::new(2);
        for round in 0..2 {
            for number in 0..5000u64 {
                let (found, is_new) = set.insert(&[number % 70, number]);
                assert_eq!((found as u64, is_new), (number, round == 0));
            }
        }
        assert_eq!(set.len(), 5000);
        assert_eq!(set.find(&[1, 0]), None);
        assert_eq!(set.tuple(71), [1, 71]);
    }

    #[test]
    fn rows_are_found_by_their_key() {
        let table = Table {
            variables: vec![VariableId(0), VariableId(1)],
            columns: vec![vec![5, 6, 5], vec![1, 2, 3]],
            rows: 3,
        };
        let rows = KeyedRows::new(&table, &[0]);
        assert_eq!(rows.of(&[5]), [0, 2]);
        assert!(rows.of(&[7]).is_empty());
        assert_eq!(KeyedRows::new(&table, &[]).of(&[]), [0, 1, 2]);
    }
}
