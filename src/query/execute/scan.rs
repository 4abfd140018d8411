//! The first step of a join: all rows of a pattern, in the order of the index.

use std::sync::Arc;

use crate::error::Result;

use super::super::algebra::{Pattern, Slot, VariableId, VariableSet};
use super::super::facts::{Block, Permutation, Repeats, RowSet, Scan};
use super::super::optimize::SCAN_ROW;
use super::super::range::Ranges;
use super::super::statistics::access;
use super::{Batch, Context, Operator};

/// Which column of the rows of a permutation a place of the triple is.
pub(crate) fn column_order(permutation: Permutation) -> [usize; 3] {
    // Column of subject, predicate, object.
    match permutation {
        Permutation::Spo => [0, 1, 2],
        Permutation::Pos => [2, 0, 1],
        Permutation::Osp => [1, 2, 0],
    }
}

/// Reads a pattern's rows; columns nobody needs become weights.
pub(crate) struct PatternScan {
    context: Arc<Context>,
    permutation: Permutation,
    prefix: Vec<u64>,
    variables: Vec<VariableId>,
    /// The column of the permutation for each variable handed out.
    sources: Vec<usize>,
    /// The column of the object, where rows without one have to be dropped.
    object: Option<usize>,
    dedups: bool,
    /// How many rows under the prefix repeat a triple, where the store counts that.
    repeated: Option<u64>,
    /// Whether equal neighbours become one row with a weight.
    is_compressed: bool,
    is_set: bool,
    open: Option<Box<dyn Scan>>,
    sets: Vec<RowSet>,
    /// Where only objects of some ranges are asked for: these, by set, still to be read.
    spans: Option<Vec<(RowSet, (u64, u64))>>,
    block: Block,
    last: [u64; 4],
}

impl PatternScan {
    pub(crate) fn operator(
        context: &Arc<Context>,
        pattern: &Pattern,
        live: VariableSet,
        is_set: bool,
        ranges: &Ranges,
    ) -> Result<Box<dyn Operator>> {
        if let Some(counts) = predicate_counts(context, pattern, live, is_set)? {
            return Ok(Box::new(counts));
        }
        let constants = pattern.slots.map(Slot::constant);
        let (permutation, prefix) = access(constants);
        let order = column_order(permutation);
        let mut columns: Vec<(usize, VariableId)> = pattern
            .slots
            .iter()
            .zip(order)
            .filter_map(|(slot, column)| Some((column, slot.variable()?)))
            .chain(pattern.fact.map(|fact| (3, fact)))
            .collect();
        columns.sort_unstable();
        let all = columns.len();
        columns.retain(|(_, variable)| live.contains(*variable));
        let predicate = constants.get(1).copied().flatten();
        let may_repeat = pattern.fact.is_none();
        let repeats = if may_repeat && !pattern.reads_marked {
            context.facts.repeats(predicate)?
        } else {
            None
        };
        let object_is_open = constants.get(2).is_some_and(Option::is_none);
        let mut scan = Self {
            context: Arc::clone(context),
            permutation,
            variables: columns.iter().map(|(_, variable)| *variable).collect(),
            sources: columns.iter().map(|(column, _)| *column).collect(),
            object: (object_is_open && !pattern.allows_absent)
                .then(|| order.get(2).copied())
                .flatten(),
            dedups: may_repeat && !repeats.is_some_and(Repeats::is_none),
            repeated: None,
            is_compressed: columns.len() < all,
            is_set,
            open: None,
            sets: vec![RowSet::Plain],
            spans: None,
            prefix,
            block: Block::default(),
            last: [u64::MAX; 4],
        };
        if pattern.reads_marked {
            scan.sets = vec![RowSet::Marked, RowSet::Plain];
        }
        scan.spans = scan.spans_of(pattern, ranges);
        let object_is_live = columns
            .iter()
            .any(|(column, _)| Some(*column) == scan.object);
        if scan.object.is_some() && !object_is_live && scan.count_absent()? == Some(0) {
            scan.object = None;
        }
        let is_counted = constants.iter().flatten().count() == usize::from(predicate.is_some());
        if scan.dedups && is_counted {
            // Of those without an object, none count where an object is asked for.
            scan.repeated = repeats.map(|repeats| match scan.object {
                Some(_) => repeats.with_object,
                None => repeats.with_object + repeats.without_object,
            });
        }
        if columns.is_empty() && (!scan.dedups || scan.repeated.is_some()) {
            return Ok(Box::new(scan.counted()?));
        }
        Ok(Box::new(scan))
    }

    /// The stretches of rows whose objects lie in the range that is asked for.
    fn spans_of(&self, pattern: &Pattern, ranges: &Ranges) -> Option<Vec<(RowSet, (u64, u64))>> {
        let [Slot::Variable(_), Slot::Constant(_), Slot::Variable(object)] = pattern.slots else {
            return None;
        };
        let spans = ranges.get(object)?.spans();
        let of_set = |&set: &RowSet| spans.iter().rev().map(move |&span| (set, span));
        Some(self.sets.iter().flat_map(of_set).collect())
    }

    /// How many rows under the prefix have no object, where the index can tell.
    fn count_absent(&self) -> Result<Option<u64>> {
        let mut sum = 0;
        for &set in &self.sets {
            let facts = &self.context.facts;
            sum += match (self.permutation, self.prefix.as_slice()) {
                (Permutation::Pos, []) => facts.count(set, Permutation::Osp, &[0])?,
                (Permutation::Pos, [predicate]) => {
                    facts.count(set, Permutation::Pos, &[*predicate, 0])?
                }
                (Permutation::Spo, [subject]) => {
                    facts.count(set, Permutation::Osp, &[0, *subject])?
                }
                (Permutation::Spo, [subject, predicate]) => {
                    facts.count(set, Permutation::Spo, &[*subject, *predicate, 0])?
                }
                _ => return Ok(None),
            };
        }
        Ok(Some(sum))
    }

    /// Nobody needs a column: the number of rows is in the index.
    fn counted(&self) -> Result<Counted> {
        let mut rows = 0;
        for &set in &self.sets {
            let facts = &self.context.facts;
            rows += facts.count(set, self.permutation, &self.prefix)?;
        }
        if self.object.is_some() {
            rows -= self.count_absent()?.unwrap_or(0).min(rows);
        }
        rows -= self.repeated.unwrap_or(0).min(rows);
        let weight = if self.is_set { rows.min(1) } else { rows };
        Ok(Counted {
            variables: Vec::new(),
            batch: (weight > 0).then(|| Batch {
                columns: Vec::new(),
                rows: 1,
                weights: Some(vec![weight]),
            }),
        })
    }

    /// Reads the next block of the open set of rows, or of the next set.
    fn read(&mut self) -> Result<bool> {
        loop {
            if let Some(open) = &mut self.open {
                if open.next_block(&mut self.block)? {
                    return Ok(true);
                }
                self.open = None;
            }
            let (set, span) = match &mut self.spans {
                None => (self.sets.pop(), None),
                Some(spans) => match spans.pop() {
                    Some((set, span)) => (Some(set), Some(span)),
                    None => (None, None),
                },
            };
            let Some(set) = set else {
                return Ok(false);
            };
            let mut wanted = [self.dedups; 4];
            wanted[3] = false;
            for &source in self.sources.iter().chain(&self.object) {
                if let Some(wanted) = wanted.get_mut(source) {
                    *wanted = true;
                }
            }
            if wanted == [false; 4] {
                // A column is needed to know the number of rows.
                wanted[2] = true;
            }
            let facts = &self.context.facts;
            let (order, prefix) = (self.permutation, self.prefix.as_slice());
            self.open = Some(match span {
                None => facts.scan(set, order, prefix, wanted)?,
                Some(span) => facts.scan_between(set, order, prefix, span, wanted)?,
            });
        }
    }

    /// The rows of the block that count.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "blocks have less than 2^32 rows"
    )]
    fn chosen(&mut self) -> Option<Vec<u32>> {
        if self.object.is_none() && !self.dedups {
            return None;
        }
        let rows = self.block.columns.iter().map(Vec::len).max().unwrap_or(0);
        let mut chosen = Vec::with_capacity(rows);
        let at = |block: &Block, column: usize, row: usize| {
            let column = block.columns.get(column);
            column.and_then(|column| column.get(row)).copied()
        };
        for row in 0..rows {
            if let Some(object) = self.object
                && at(&self.block, object, row) == Some(0)
            {
                continue;
            }
            if self.dedups {
                let key = [0, 1, 2].map(|column| at(&self.block, column, row).unwrap_or(0));
                let key = [key[0], key[1], key[2], 0];
                if key == self.last {
                    continue;
                }
                self.last = key;
            }
            chosen.push(row as u32);
        }
        Some(chosen)
    }
}

/// Of long runs of equal rows little is left of a block: up to so many blocks go together until
/// there are so many rows.
const GATHERED_BLOCKS: usize = 16;
const GATHERED_ROWS: usize = 256;

impl Operator for PatternScan {
    fn variables(&self) -> &[VariableId] {
        &self.variables
    }

    fn next(&mut self) -> Result<Option<Batch>> {
        let mut gathered = self.next_rows()?;
        if self.is_compressed {
            for _ in 1..GATHERED_BLOCKS {
                match gathered.take() {
                    Some(batch) if batch.rows < GATHERED_ROWS => match self.next_rows()? {
                        Some(next) => gathered = Some(batch.then(next)),
                        None => return Ok(Some(batch)),
                    },
                    enough => return Ok(enough),
                }
            }
        }
        Ok(gathered)
    }
}

impl PatternScan {
    /// The rows of the next block that has any.
    fn next_rows(&mut self) -> Result<Option<Batch>> {
        loop {
            self.context.budget.check()?;
            if !self.read()? {
                return Ok(None);
            }
            let rows = self.block.columns.iter().map(Vec::len).max().unwrap_or(0);
            self.context.budget.spend(rows as f64 * SCAN_ROW);
            let chosen = self.chosen();
            let block = &mut self.block;
            let mut columns = Vec::with_capacity(self.sources.len());
            for &source in &self.sources {
                columns.extend(block.columns.get_mut(source).map(std::mem::take));
            }
            let mut batch = Batch {
                columns,
                rows,
                weights: None,
            };
            if let Some(chosen) = chosen
                && chosen.len() < rows
            {
                batch = batch.choose(&chosen);
            }
            if batch.rows == 0 {
                continue;
            }
            if self.is_compressed {
                batch = compress(batch, self.is_set);
            }
            return Ok(Some(batch));
        }
    }
}

/// How many values at the beginning of a column are this one: looked for in steps that double, as
/// runs may be long, and then one by one.
fn run_length(column: &[u64], value: u64) -> usize {
    let mut length = 1;
    let mut step = 1;
    while let Some(more) = column.get(length..length + step)
        && more
            .iter()
            .fold(true, |same, &known| same & (known == value))
    {
        length += step;
        step = (step * 2).min(64);
    }
    let rest = column.get(length..).unwrap_or_default();
    length + rest.iter().take_while(|&&known| known == value).count()
}

/// Makes neighbours that are equal one row with a weight.
#[expect(
    clippy::cast_possible_truncation,
    reason = "blocks have less than 2^32 rows"
)]
fn compress(batch: Batch, is_set: bool) -> Batch {
    let mut firsts: Vec<u32> = Vec::new();
    let mut weights: Vec<u64> = Vec::new();
    match batch.columns.as_slice() {
        [column] => {
            let mut row = 0;
            while let Some(rest) = column.get(row..)
                && let Some(&value) = rest.first()
            {
                let run = run_length(rest, value);
                firsts.push(row as u32);
                weights.push(run as u64);
                row += run;
            }
        }
        columns => {
            for row in 0..batch.rows {
                let same = row > 0
                    && columns
                        .iter()
                        .all(|column| column.get(row) == column.get(row - 1));
                match weights.last_mut() {
                    Some(weight) if same => *weight += 1,
                    _ => {
                        firsts.push(row as u32);
                        weights.push(1);
                    }
                }
            }
        }
    }
    if firsts.len() == batch.rows {
        return batch;
    }
    let mut compressed = batch.choose(&firsts);
    compressed.weights = (!is_set).then_some(weights);
    compressed
}

/// How many rows each predicate has, where of a pattern of three variables only that is asked
/// for: the index knows it.
fn predicate_counts(
    context: &Arc<Context>,
    pattern: &Pattern,
    live: VariableSet,
    is_set: bool,
) -> Result<Option<Counted>> {
    let [
        Slot::Variable(_),
        Slot::Variable(predicate),
        Slot::Variable(_),
    ] = pattern.slots
    else {
        return Ok(None);
    };
    let asked = pattern.variables().intersection(live);
    if pattern.reads_marked || asked != VariableSet::of([predicate]) {
        return Ok(None);
    }
    let (mut predicates, mut weights) = (Vec::new(), Vec::new());
    for id in context.facts.predicates()? {
        let mut of_one = pattern.clone();
        of_one.slots[1] = Slot::Constant(id);
        let nothing = VariableSet::default();
        let ranges = Ranges::default();
        let mut scan = PatternScan::operator(context, &of_one, nothing, is_set, &ranges)?;
        let mut weight = 0;
        while let Some(batch) = scan.next()? {
            weight += (0..batch.rows).map(|row| batch.weight(row)).sum::<u64>();
        }
        if weight > 0 {
            predicates.push(id);
            weights.push(if is_set { 1 } else { weight });
        }
    }
    Ok(Some(Counted {
        variables: vec![predicate],
        batch: (!predicates.is_empty()).then(|| Batch {
            rows: predicates.len(),
            columns: vec![predicates],
            weights: Some(weights),
        }),
    }))
}

/// Rows that stand for many, each told by its number in the index.
struct Counted {
    variables: Vec<VariableId>,
    batch: Option<Batch>,
}

impl Operator for Counted {
    fn variables(&self) -> &[VariableId] {
        &self.variables
    }

    fn next(&mut self) -> Result<Option<Batch>> {
        Ok(self.batch.take())
    }
}
