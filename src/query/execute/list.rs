//! Sorted lists of the values of one variable for each value of another, in memory: the rows of
//! one predicate, read once and grouped by subject or by object.

use std::ops::Range;
use std::sync::{Arc, PoisonError};

use crate::error::{Error, Result};

use super::super::facts::{Block, Permutation, RowSet, Seek};
use super::super::optimize::{PROBE, SEEK, SEEK_FAR, list_cost};
use super::super::statistics::real;
use super::Context;

/// Keys to places in a list of keys: by offset where the keys lie close together, else by
/// hashing.
#[derive(Debug)]
pub(crate) enum KeyIndex {
    /// Place of key `base + i`, plus one; 0 where there is no such key.
    Dense { base: u64, places: Vec<u32> },
    /// Open addressing with linear probing; a slot holds place plus one.
    Hashed {
        mask: usize,
        slots: Vec<u32>,
        keys: Vec<u64>,
    },
}

/// A range of keys so many times their number is still addressed by offset.
const DENSE_FACTOR: u64 = 16;
/// Up to this range offsets are used however few the keys are.
const DENSE_ALWAYS: u64 = 1 << 12;

pub(crate) fn hash(key: u64) -> usize {
    // Fibonacci hashing; the high half has the mixed bits.
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 29) as usize
}

impl KeyIndex {
    /// Numbers the different keys of a column in order of appearance; also the number of each
    /// row's key.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "columns have less than 2^32 rows"
    )]
    pub(crate) fn number(column: &[u64]) -> (Self, Vec<u32>, usize) {
        let low = column.iter().copied().min().unwrap_or(0);
        let high = column.iter().copied().max().unwrap_or(0);
        let range = high - low;
        let mut numbers = Vec::with_capacity(column.len());
        let mut count = 0u32;
        if range < DENSE_ALWAYS || range / DENSE_FACTOR < column.len() as u64 {
            let mut places = vec![0u32; range as usize + 1];
            for &key in column {
                if let Some(place) = places.get_mut((key - low) as usize) {
                    if *place == 0 {
                        count += 1;
                        *place = count;
                    }
                    numbers.push(*place - 1);
                }
            }
            return (Self::Dense { base: low, places }, numbers, count as usize);
        }
        let mask = (column.len() * 2).next_power_of_two() - 1;
        let mut slots = vec![0u32; mask + 1];
        let mut keys: Vec<u64> = Vec::new();
        for &key in column {
            let mut at = hash(key) & mask;
            while let Some(slot) = slots.get_mut(at) {
                if *slot == 0 {
                    keys.push(key);
                    *slot = keys.len() as u32;
                    numbers.push(*slot - 1);
                    break;
                }
                if keys.get(*slot as usize - 1) == Some(&key) {
                    numbers.push(*slot - 1);
                    break;
                }
                at = (at + 1) & mask;
            }
        }
        let count = keys.len();
        (Self::Hashed { mask, slots, keys }, numbers, count)
    }

    /// The number of a key.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a too great offset finds nothing"
    )]
    pub(crate) fn find(&self, key: u64) -> Option<usize> {
        match self {
            Self::Dense { base, places } => {
                let offset = key.checked_sub(*base)?;
                if offset >= places.len() as u64 {
                    return None;
                }
                let place = *places.get(offset as usize)?;
                (place != 0).then(|| place as usize - 1)
            }
            Self::Hashed { mask, slots, keys } => {
                let mut at = hash(key) & mask;
                loop {
                    match *slots.get(at)? {
                        0 => return None,
                        slot => {
                            if keys.get(slot as usize - 1) == Some(&key) {
                                return Some(slot as usize - 1);
                            }
                        }
                    }
                    at = (at + 1) & mask;
                }
            }
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Dense { places, .. } => places.len() * 4,
            Self::Hashed { slots, keys, .. } => slots.len() * 4 + keys.len() * 8,
        }
    }
}

/// Values grouped by key; the values of a key are ascending and different.
#[derive(Debug)]
pub(crate) struct Lists {
    index: KeyIndex,
    offsets: Vec<u32>,
    values: Vec<u64>,
}

impl Lists {
    /// Groups pairs that are sorted by value within each key, each pair once.
    pub(crate) fn group(keys: &[u64], values: &[u64]) -> Self {
        let (index, numbers, count) = KeyIndex::number(keys);
        let mut offsets = vec![0u32; count + 1];
        for &number in &numbers {
            if let Some(offset) = offsets.get_mut(number as usize + 1) {
                *offset += 1;
            }
        }
        let mut sum = 0u32;
        for offset in &mut offsets {
            sum += *offset;
            *offset = sum;
        }
        let mut next = offsets.clone();
        let mut grouped = vec![0u64; values.len()];
        for (&number, &value) in numbers.iter().zip(values) {
            if let Some(place) = next.get_mut(number as usize) {
                if let Some(slot) = grouped.get_mut(*place as usize) {
                    *slot = value;
                }
                *place += 1;
            }
        }
        Self {
            index,
            offsets,
            values: grouped,
        }
    }

    /// Groups pairs that are sorted by key and by value within each key: nothing has to move.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "columns have less than 2^32 rows"
    )]
    pub(crate) fn of_sorted(keys: &[u64], values: Vec<u64>) -> Self {
        let (mut different, mut offsets) = (Vec::new(), Vec::new());
        let mut last = None;
        for (&key, row) in keys.iter().zip(0u32..) {
            if last != Some(key) {
                different.push(key);
                offsets.push(row);
                last = Some(key);
            }
        }
        offsets.push(values.len() as u32);
        Self {
            index: KeyIndex::number(&different).0,
            offsets,
            values,
        }
    }

    /// The values of a key.
    #[inline]
    pub(crate) fn of(&self, key: u64) -> &[u64] {
        match self.index.find(key) {
            Some(place) => self.at(place),
            None => &[],
        }
    }

    #[inline]
    fn at(&self, place: usize) -> &[u64] {
        match (self.offsets.get(place), self.offsets.get(place + 1)) {
            (Some(&start), Some(&end)) => {
                let range: Range<usize> = start as usize..end as usize;
                self.values.get(range).unwrap_or(&[])
            }
            _ => &[],
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.index.bytes() + self.offsets.len() * 4 + self.values.len() * 8
    }
}

/// Reads all rows of a predicate as lists by subject or by object; `None` where they would not
/// fit the memory left.
pub(crate) fn load(
    context: &Context,
    predicate: u64,
    by_subject: bool,
) -> Result<Option<Arc<Lists>>> {
    let key = (predicate, by_subject);
    let known = |context: &Context| {
        let lists = context.lists.lock();
        lists
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
            .map(|(lists, _)| Arc::clone(lists))
    };
    if let Some(lists) = known(context) {
        return Ok(Some(lists));
    }
    let order = Permutation::Pos;
    let rows = context.facts.count(RowSet::Plain, order, &[predicate])?;
    // Keys, values, numbers and the grouped copy, at the worst moment.
    if rows >= u64::from(u32::MAX) || !context.budget.has_room(rows.saturating_mul(48)) {
        return Ok(None);
    }
    let (objects, subjects) = read_pairs(context, predicate)?;
    context.budget.spend(list_cost(real(rows), by_subject));
    let lists = if by_subject {
        Lists::group(&subjects, &objects)
    } else {
        Lists::of_sorted(&objects, subjects)
    };
    let mut charge = context.charge();
    charge.grow_to(lists.bytes())?;
    let lists = Arc::new(lists);
    let mut all = context.lists.lock().unwrap_or_else(PoisonError::into_inner);
    all.insert(key, (Arc::clone(&lists), charge));
    Ok(Some(lists))
}

/// The objects and subjects of a predicate, sorted by object, each pair once.
pub(crate) fn read_pairs(context: &Context, predicate: u64) -> Result<(Vec<u64>, Vec<u64>)> {
    let facts = &context.facts;
    let rows = facts.count(RowSet::Plain, Permutation::Pos, &[predicate])?;
    let rows = usize::try_from(rows).map_err(|_| Error::query("too many rows"))?;
    let mut charge = context.charge();
    charge.grow_to(rows * 16)?;
    let mut block = Block::default();
    let [_, objects, subjects, _] = &mut block.columns;
    objects.reserve_exact(rows);
    subjects.reserve_exact(rows);
    facts.read(
        RowSet::Plain,
        Permutation::Pos,
        &[predicate],
        [false, true, true, false],
        &mut block,
        &|| context.budget.check(),
    )?;
    let [_, mut objects, mut subjects, _] = block.columns;
    // Facts without an object stand first.
    let absent = objects.partition_point(|&id| id == 0);
    objects.drain(..absent);
    subjects.drain(..absent);
    if facts.may_repeat(Some(predicate))? {
        let mut kept = 0;
        for row in 0..objects.len() {
            let pair = (objects.get(row).copied(), subjects.get(row).copied());
            let last = (kept > 0).then(|| {
                let last = kept - 1;
                (objects.get(last).copied(), subjects.get(last).copied())
            });
            if last == Some(pair) {
                continue;
            }
            objects.swap(kept, row);
            subjects.swap(kept, row);
            kept += 1;
        }
        objects.truncate(kept);
        subjects.truncate(kept);
    }
    Ok((objects, subjects))
}

/// The lists of one pattern: looked up in the index, until reading all of them at once would
/// have been as cheap; then from memory. So neither choice costs more than twice the better.
pub(crate) struct ListAccess {
    predicate: u64,
    by_subject: bool,
    may_repeat: bool,
    seek: Box<dyn Seek>,
    found: Block,
    last: Option<u64>,
    /// What looking up has cost so far, and what reading all would.
    spent: f64,
    worth: f64,
    /// What one look-up costs: keys may come in order or not.
    seek_cost: f64,
    loaded: Option<Arc<Lists>>,
    /// What was done and is not yet accounted for.
    work: f64,
}

impl ListAccess {
    /// The lists of a predicate by subject or by object, for so many expected keys.
    pub(crate) fn new(
        context: &Context,
        predicate: u64,
        by_subject: bool,
        expected: f64,
    ) -> Result<Self> {
        let facts = &context.facts;
        let rows = facts.count(RowSet::Plain, Permutation::Pos, &[predicate])?;
        let order = if by_subject {
            Permutation::Spo
        } else {
            Permutation::Pos
        };
        let mut access = Self {
            predicate,
            by_subject,
            may_repeat: facts.may_repeat(Some(predicate))?,
            seek: facts.seek(RowSet::Plain, order)?,
            found: Block::default(),
            last: None,
            spent: 0.0,
            worth: list_cost(real(rows), by_subject) + 16.0 * SEEK,
            seek_cost: SEEK,
            loaded: None,
            work: 0.0,
        };
        if expected * SEEK >= access.worth {
            access.load(context)?;
        }
        Ok(access)
    }

    fn load(&mut self, context: &Context) -> Result<()> {
        self.loaded = load(context, self.predicate, self.by_subject)?;
        if self.loaded.is_none() {
            self.worth = f64::INFINITY;
        }
        Ok(())
    }

    /// Enters what was done, for so many look-ups, into the account.
    pub(crate) fn account(&mut self, context: &Context, looked_up: usize) {
        let work = std::mem::take(&mut self.work);
        context.budget.spend(work + looked_up as f64 * PROBE);
    }

    /// Makes ready for looking up some keys.
    pub(crate) fn prepare(&mut self, context: &Context, keys: &[u64]) -> Result<()> {
        if self.loaded.is_some() || self.worth.is_infinite() || keys.is_empty() {
            return Ok(());
        }
        // The same key again costs nothing, one that is smaller goes back.
        let (mut near, mut far) = (1.0, 0.0);
        for pair in keys.windows(2) {
            if let [before, key] = pair {
                near += f64::from(u8::from(key > before));
                far += f64::from(u8::from(key < before));
            }
        }
        let cost = near * SEEK + far * SEEK_FAR;
        self.prepare_for(context, cost, cost / (near + far))
    }

    /// Makes ready for look-ups that cost so much, and so much each.
    pub(crate) fn prepare_for(&mut self, context: &Context, all: f64, each: f64) -> Result<()> {
        self.seek_cost = each;
        if self.loaded.is_none() && self.spent + all > self.worth {
            self.load(context)?;
        }
        Ok(())
    }

    /// The values of a key, ascending and different.
    #[inline]
    pub(crate) fn list(&mut self, key: u64) -> Result<&[u64]> {
        if self.loaded.is_none() && self.last != Some(key) {
            self.seek(key)?;
        }
        let [values, ..] = &self.found.columns;
        Ok(match &self.loaded {
            Some(lists) => lists.of(key),
            None => values,
        })
    }

    fn seek(&mut self, key: u64) -> Result<()> {
        self.found.clear();
        self.spent += self.seek_cost;
        self.work += self.seek_cost;
        let prefix = if self.by_subject {
            [key, self.predicate]
        } else {
            [self.predicate, key]
        };
        self.last = None;
        self.seek.rows(&prefix, &mut self.found)?;
        self.last = Some(key);
        let [values, ..] = &mut self.found.columns;
        if self.may_repeat {
            values.dedup();
        }
        if self.by_subject && values.first() == Some(&0) {
            values.remove(0);
        }
        Ok(())
    }
}

/// A list so many times as long as another is galloped through.
const GALLOPED: usize = 16;

/// How many values an intersection looks at, about.
#[inline]
pub(crate) fn walked(a: &[u64], b: &[u64]) -> usize {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if long / GALLOPED > short {
        // A galloping step doubles: a few looks for each value of the shorter list.
        short * 8
    } else {
        short + long
    }
}

/// Intersects sorted lists of different values: the shorter is walked through the longer by
/// galloping, or both are merged where they are alike in length.
pub(crate) fn intersect(a: &[u64], b: &[u64], mut found: impl FnMut(u64)) {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() {
        return;
    }
    if long.len() / GALLOPED > short.len() {
        let mut rest = long;
        for &value in short {
            let mut step = 1;
            while rest.get(step).is_some_and(|&known| known < value) {
                step *= 2;
            }
            let end = (step + 1).min(rest.len());
            let start = (step / 2).min(end);
            let within = rest.get(start..end).unwrap_or(&[]);
            let place = start + within.partition_point(|&known| known < value);
            rest = rest.get(place..).unwrap_or(&[]);
            match rest.first() {
                None => return,
                Some(&known) if known == value => found(value),
                Some(_) => {}
            }
        }
        return;
    }
    let (mut i, mut j) = (0, 0);
    while let (Some(&x), Some(&y)) = (short.get(i), long.get(j)) {
        if x == y {
            found(x);
        }
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_keep_the_order_of_values_within_a_key() {
        for spread in [1, 1 << 40] {
            let keys: Vec<u64> = [3, 1, 3, 2, 1].iter().map(|key| key * spread).collect();
            let lists = Lists::group(&keys, &[10, 20, 30, 40, 50]);
            assert_eq!(lists.of(3 * spread), [10, 30]);
            assert_eq!(lists.of(spread), [20, 50]);
            assert_eq!(lists.of(2 * spread), [40]);
            assert!(lists.of(4 * spread).is_empty());
            assert!(lists.of(0).is_empty());
        }
    }

    #[test]
    fn intersections_are_those_of_sets() {
        let long: Vec<u64> = (0..1000).map(|number| number * 3).collect();
        for short in [
            vec![],
            vec![0, 1, 2997, 5000],
            (0..900).collect::<Vec<u64>>(),
        ] {
            let expected: Vec<u64> = short.iter().copied().filter(|v| long.contains(v)).collect();
            let mut found = Vec::new();
            intersect(&short, &long, |value| found.push(value));
            assert_eq!(found, expected);
        }
    }
}
