//! Rows in order, the first of them only, different ones only, a stretch of them.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use crate::error::Result;

use super::super::algebra::{Table, UNBOUND, VariableId};
use super::super::budget::Charge;
use super::super::cell::Cell;
use super::spill::{Runs, Spread};
use super::table::TupleSet;
use super::{Batch, Context, Operator, column_of};

/// The order of two ids by what they stand for; empty comes last.
pub(crate) fn compare_ids(context: &Context, a: u64, b: u64) -> Result<Ordering> {
    if a == b {
        return Ok(Ordering::Equal);
    }
    if a == UNBOUND || b == UNBOUND {
        return Ok(a.cmp(&b));
    }
    if Context::is_local(a) || Context::is_local(b) {
        let (a, b) = (context.cell(a)?, context.cell(b)?);
        return Ok(compare_cells(a.as_ref(), b.as_ref()));
    }
    context.facts.compare(a, b)
}

fn compare_cells(a: Option<&Cell>, b: Option<&Cell>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.compare(b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// Numbers in the order of what the ids of a column stand for: the ids themselves where they
/// are in order, else the places of the different terms, sorted.
fn ranks(context: &Context, column: &[u64]) -> Result<Vec<u64>> {
    let bound = || column.iter().copied().filter(|&id| id != UNBOUND);
    let (Some(low), Some(high)) = (bound().min(), bound().max()) else {
        return Ok(column.to_vec());
    };
    if !Context::is_local(high) && context.facts.is_ordered(low, high) {
        return Ok(column.to_vec());
    }
    let mut ids: Vec<u64> = bound().collect();
    ids.sort_unstable();
    ids.dedup();
    let cells = context.cells(&ids)?;
    let mut terms: Vec<(Option<Cell>, u64)> = cells.into_iter().zip(ids).collect();
    terms.sort_by(|(a, _), (b, _)| compare_cells(a.as_ref(), b.as_ref()));
    let mut ranks: HashMap<u64, u64> = HashMap::with_capacity(terms.len());
    let mut rank = 0;
    let mut last: Option<&Cell> = None;
    for (cell, id) in &terms {
        if last.is_some() && compare_cells(last, cell.as_ref()) != Ordering::Equal {
            rank += 1;
        }
        last = cell.as_ref();
        ranks.insert(*id, rank);
    }
    Ok(column
        .iter()
        .map(|id| ranks.get(id).copied().unwrap_or(UNBOUND))
        .collect())
}

/// Sorts rows; with a limit only the first are kept while reading.
pub(crate) struct Sort {
    context: Arc<Context>,
    input: Box<dyn Operator>,
    /// Columns, and whether the largest comes first.
    keys: Vec<(usize, bool)>,
    limit: Option<usize>,
    variables: Vec<VariableId>,
    sorted: Option<(Table, Vec<u32>, usize)>,
    /// What did not fit into the memory, in files, each in order.
    runs: Runs,
    charge: Charge,
}

/// Rows beyond the limit are dropped when so many have gathered.
const PRUNED_ROWS: usize = 1 << 16;

impl Sort {
    pub(crate) fn new(
        context: &Arc<Context>,
        input: Box<dyn Operator>,
        keys: &[(VariableId, bool)],
        limit: Option<usize>,
    ) -> Self {
        let variables = input.variables().to_vec();
        Self {
            keys: keys
                .iter()
                .filter_map(|&(key, is_descending)| {
                    Some((column_of(&variables, key)?, is_descending))
                })
                .collect(),
            charge: context.charge(),
            context: Arc::clone(context),
            input,
            limit,
            variables,
            sorted: None,
            runs: Runs::default(),
        }
    }

    /// The places of the rows in order, the first ones only where there is a limit. Rows that
    /// are equal in all keys come in the order of their ids, so that an answer does not depend
    /// on the plan.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "memory ends before 2^32 rows"
    )]
    fn places(&self, table: &Table) -> Result<Vec<u32>> {
        let mut columns: Vec<(Vec<u64>, bool)> = Vec::with_capacity(self.keys.len());
        for &(column, is_descending) in &self.keys {
            let column = table.columns.get(column).map_or(&[][..], Vec::as_slice);
            columns.push((ranks(&self.context, column)?, is_descending));
        }
        let value = |column: &[u64], row: u32| column.get(row as usize).copied().unwrap_or(0);
        let compare = |a: &u32, b: &u32| {
            for (column, is_descending) in &columns {
                let (x, y) = (value(column, *a), value(column, *b));
                let order = if *is_descending { y.cmp(&x) } else { x.cmp(&y) };
                if order != Ordering::Equal {
                    return order;
                }
            }
            for column in &table.columns {
                let order = value(column, *a).cmp(&value(column, *b));
                if order != Ordering::Equal {
                    return order;
                }
            }
            Ordering::Equal
        };
        let mut places: Vec<u32> = (0..table.rows as u32).collect();
        if let Some(limit) = self.limit
            && limit < places.len()
        {
            if limit == 0 {
                return Ok(Vec::new());
            }
            places.select_nth_unstable_by(limit - 1, compare);
            places.truncate(limit);
        }
        places.sort_unstable_by(compare);
        Ok(places)
    }

    fn read(&mut self) -> Result<(Table, Vec<u32>)> {
        let mut table = Table::empty(self.variables.clone());
        while let Some(batch) = self.input.next()? {
            self.context.budget.check()?;
            let width = table.columns.len() * 8;
            // Places and ranks are needed beside the rows when they are put in order.
            let more = (0..batch.rows).map(|row| batch.weight(row)).sum::<u64>();
            let rows = table.rows + usize::try_from(more).unwrap_or(usize::MAX / 64);
            let sorting = rows.saturating_mul(width + 4 + self.keys.len() * 8);
            if table.rows > 0 && !self.charge.fits(sorting) {
                table = self.put_aside(table)?;
            }
            table.append(batch);
            if !self.charge.fits(table.bytes()) {
                table = self.put_aside(table)?;
            }
            self.charge.grow_to(table.bytes())?;
            let Some(limit) = self.limit else { continue };
            if table.rows >= PRUNED_ROWS.max(limit.saturating_mul(4)) {
                let places = self.places(&table)?;
                table = Table {
                    columns: table
                        .columns
                        .iter()
                        .map(|column| super::gather(column, &places))
                        .collect(),
                    rows: places.len(),
                    variables: table.variables,
                };
            }
        }
        if !self.runs.is_empty() {
            table = self.put_aside(table)?;
        }
        let places = self.places(&table)?;
        Ok((table, places))
    }

    /// Writes rows into a file, in order; an empty table for the next.
    fn put_aside(&mut self, table: Table) -> Result<Table> {
        let places = self.places(&table)?;
        self.runs.add(&table.columns, &places)?;
        self.charge.clear();
        Ok(Table::empty(table.variables))
    }

    /// The next rows of all files.
    fn merged(&mut self) -> Result<Option<Batch>> {
        let mut columns = vec![Vec::new(); self.variables.len()];
        let mut rows = 0;
        let (context, keys) = (&self.context, &self.keys);
        while rows < super::BLOCK_ROWS {
            context.budget.check()?;
            let Some(row) = self.runs.next(|a, b| is_before(context, keys, a, b))? else {
                break;
            };
            for (column, value) in columns.iter_mut().zip(row) {
                column.push(value);
            }
            rows += 1;
        }
        Ok((rows > 0).then_some(Batch {
            columns,
            rows,
            weights: None,
        }))
    }
}

/// Whether a row comes before another: by keys, then by ids.
fn is_before(context: &Context, keys: &[(usize, bool)], a: &[u64], b: &[u64]) -> Result<bool> {
    for &(column, is_descending) in keys {
        let at = |row: &[u64]| row.get(column).copied().unwrap_or(UNBOUND);
        let order = compare_ids(context, at(a), at(b))?;
        let order = if is_descending {
            order.reverse()
        } else {
            order
        };
        if order != Ordering::Equal {
            return Ok(order.is_lt());
        }
    }
    Ok(a < b)
}

impl Operator for Sort {
    fn variables(&self) -> &[VariableId] {
        &self.variables
    }

    fn next(&mut self) -> Result<Option<Batch>> {
        if self.sorted.is_none() {
            let (table, places) = self.read()?;
            self.sorted = Some((table, places, 0));
        }
        if !self.runs.is_empty() {
            return self.merged();
        }
        let Some((table, places, next)) = &mut self.sorted else {
            return Ok(None);
        };
        let end = (*next + super::BLOCK_ROWS).min(places.len());
        let chosen = places.get(*next..end).unwrap_or(&[]);
        *next = end;
        if chosen.is_empty() {
            return Ok(None);
        }
        Ok(Some(Batch {
            columns: table
                .columns
                .iter()
                .map(|column| super::gather(column, chosen))
                .collect(),
            rows: chosen.len(),
            weights: None,
        }))
    }
}

/// Keeps the columns chosen, in the order asked for, each row as often as its weight says.
pub(crate) struct Project {
    input: Box<dyn Operator>,
    sources: Vec<Option<usize>>,
    variables: Vec<VariableId>,
}

impl Project {
    pub(crate) fn new(input: Box<dyn Operator>, variables: &[VariableId]) -> Self {
        Self {
            sources: variables
                .iter()
                .map(|&variable| column_of(input.variables(), variable))
                .collect(),
            variables: variables.to_vec(),
            input,
        }
    }
}

impl Operator for Project {
    fn variables(&self) -> &[VariableId] {
        &self.variables
    }

    fn next(&mut self) -> Result<Option<Batch>> {
        let Some(batch) = self.input.next()? else {
            return Ok(None);
        };
        let columns = self.sources.iter().map(|source| {
            let column = source.and_then(|source| batch.columns.get(source));
            column.map_or_else(|| vec![UNBOUND; batch.rows], Clone::clone)
        });
        Ok(Some(Batch {
            columns: columns.collect(),
            rows: batch.rows,
            weights: batch.weights,
        }))
    }
}

/// Drops rows that came before. Where the memory for those is used up, rows not among them are
/// put aside and looked at part by part when all have come.
pub(crate) struct Distinct {
    context: Arc<Context>,
    input: Box<dyn Operator>,
    variables: Vec<VariableId>,
    seen: TupleSet,
    charge: Charge,
    aside: Option<Spread>,
    parts: Vec<(Box<dyn Operator>, u32)>,
    level: u32,
}

impl Distinct {
    pub(crate) fn new(context: &Arc<Context>, input: Box<dyn Operator>) -> Self {
        let variables = input.variables().to_vec();
        Self {
            seen: TupleSet::new(variables.len()),
            charge: context.charge(),
            context: Arc::clone(context),
            input,
            variables,
            aside: None,
            parts: Vec::new(),
            level: 0,
        }
    }

    /// The rows of a block that are new.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "blocks have less than 2^32 rows"
    )]
    fn chosen(&mut self, batch: &Batch) -> Result<Vec<u32>> {
        if self.aside.is_none() && !self.charge.fits(self.seen.bytes_with(batch.rows)) {
            self.aside = Some(Spread::new(&self.variables, self.level)?);
        }
        let mut tuple = Vec::new();
        let mut chosen = Vec::with_capacity(batch.rows);
        for row in 0..batch.rows {
            tuple.clear();
            tuple.extend((0..batch.columns.len()).map(|column| batch.at(column, row)));
            match &mut self.aside {
                Some(aside) if self.seen.find(&tuple).is_none() => {
                    aside.push(&tuple, batch, row)?;
                }
                Some(_) => {}
                None if self.seen.insert(&tuple).1 => chosen.push(row as u32),
                None => {}
            }
        }
        self.charge.grow_to(self.seen.bytes())?;
        Ok(chosen)
    }

    /// Goes on with the next part that was put aside; whether there is one.
    fn next_part(&mut self) -> Result<bool> {
        self.seen = TupleSet::new(self.variables.len());
        self.charge.clear();
        if let Some(aside) = self.aside.take() {
            self.parts.extend(aside.into_parts()?);
        }
        let Some((part, level)) = self.parts.pop() else {
            return Ok(false);
        };
        (self.input, self.level) = (part, level);
        Ok(true)
    }
}

impl Operator for Distinct {
    fn variables(&self) -> &[VariableId] {
        &self.variables
    }

    fn next(&mut self) -> Result<Option<Batch>> {
        loop {
            self.context.budget.check()?;
            let Some(mut batch) = self.input.next()? else {
                if self.next_part()? {
                    continue;
                }
                return Ok(None);
            };
            let chosen = self.chosen(&batch)?;
            batch.weights = None;
            if chosen.len() == batch.rows {
                return Ok(Some(batch));
            }
            if !chosen.is_empty() {
                return Ok(Some(batch.choose(&chosen)));
            }
        }
    }
}

/// Leaves out the first rows and stops after some more.
pub(crate) struct Slice {
    input: Box<dyn Operator>,
    skipped: u64,
    left: u64,
}

impl Slice {
    pub(crate) fn new(input: Box<dyn Operator>, offset: u64, limit: Option<u64>) -> Self {
        Self {
            input,
            skipped: offset,
            left: limit.unwrap_or(u64::MAX),
        }
    }
}

impl Operator for Slice {
    fn variables(&self) -> &[VariableId] {
        self.input.variables()
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "blocks have less than 2^32 rows"
    )]
    fn next(&mut self) -> Result<Option<Batch>> {
        while self.left > 0 {
            let Some(batch) = self.input.next()? else {
                return Ok(None);
            };
            let batch = batch.unrolled();
            let rows = batch.rows as u64;
            let skipped = self.skipped.min(rows);
            self.skipped -= skipped;
            let taken = (rows - skipped).min(self.left);
            self.left -= taken;
            if taken == rows {
                return Ok(Some(batch));
            }
            if taken > 0 {
                let chosen: Vec<u32> = (skipped as u32..(skipped + taken) as u32).collect();
                return Ok(Some(batch.choose(&chosen)));
            }
        }
        Ok(None)
    }
}
