//! A step that looks a pattern up for each row and binds whatever is left open in it.

use std::sync::Arc;

use crate::error::Result;

use super::super::algebra::{Pattern, Slot, UNBOUND, VariableId, VariableSet};
use super::super::facts::{Block, RowSet, Seek};
use super::super::optimize::{OUTPUT_ROW, SCAN_ROW, SEEK};
use super::super::statistics::access;
use super::scan::column_order;
use super::{BLOCK_ROWS, Batch, Context, Operator, column_of, gather, kept};

/// Where a value for the look-up comes from.
#[derive(Clone, Copy)]
enum Source {
    Constant(u64),
    Column(usize),
}

/// Looks a pattern up, row by row; look-ups of the same prefix in a row are done once.
pub(crate) struct Expand {
    context: Arc<Context>,
    input: Box<dyn Operator>,
    seeks: Vec<Box<dyn Seek>>,
    /// The values of the leading columns of the order.
    prefix: Vec<Source>,
    /// Columns after the prefix that have to be equal to a value, and that value.
    tests: Vec<(usize, Source)>,
    /// Columns after the prefix that are handed out.
    outputs: Vec<usize>,
    /// The column after the prefix that must not be absent.
    present: Option<usize>,
    /// How many columns after the prefix make a triple; the fact comes after them.
    rest: usize,
    /// Whether the rows of a triple count as one.
    is_triple: bool,
    is_set: bool,
    variables: Vec<VariableId>,
    kept: Vec<usize>,
    found: Block,
    last: Option<Vec<u64>>,
    pending: Option<(Batch, usize)>,
    /// What was done and is not yet accounted for.
    work: f64,
}

impl Expand {
    pub(crate) fn new(
        context: &Arc<Context>,
        input: Box<dyn Operator>,
        pattern: &Pattern,
        live: VariableSet,
        is_set: bool,
    ) -> Result<Self> {
        let before = input.variables().to_vec();
        let source = |slot: Slot| match slot {
            Slot::Constant(id) => Some(Source::Constant(id)),
            Slot::Variable(variable) => column_of(&before, variable).map(Source::Column),
        };
        let sources = pattern.slots.map(source);
        let (order, prefix) = access(sources.map(|known| known.map(|_| 0)));
        let places = column_order(order);
        let in_order = |column: usize| {
            let place = places.iter().position(|&known| known == column)?;
            Some((*sources.get(place)?, *pattern.slots.get(place)?))
        };
        let depth = prefix.len();
        let mut seeks = vec![context.facts.seek(RowSet::Plain, order)?];
        if pattern.reads_marked {
            seeks.push(context.facts.seek(RowSet::Marked, order)?);
        }
        let (kept, variables) = kept(&before, live);
        let mut expand = Self {
            context: Arc::clone(context),
            input,
            seeks,
            prefix: (0..depth).filter_map(|at| in_order(at)?.0).collect(),
            tests: Vec::new(),
            outputs: Vec::new(),
            present: places
                .get(2)
                .and_then(|object| object.checked_sub(depth))
                .filter(|_| !pattern.allows_absent),
            rest: 3 - depth,
            is_triple: pattern.fact.is_none(),
            is_set,
            variables,
            kept,
            found: Block::default(),
            last: None,
            pending: None,
            work: 0.0,
        };
        for column in depth..3 {
            match in_order(column) {
                Some((Some(source), _)) => expand.tests.push((column - depth, source)),
                Some((None, Slot::Variable(variable))) if live.contains(variable) => {
                    expand.outputs.push(column - depth);
                    expand.variables.push(variable);
                }
                _ => {}
            }
        }
        if let Some(fact) = pattern.fact {
            match column_of(&before, fact) {
                Some(column) => expand.tests.push((3 - depth, Source::Column(column))),
                None if live.contains(fact) => {
                    expand.outputs.push(3 - depth);
                    expand.variables.push(fact);
                }
                None => {}
            }
        }
        Ok(expand)
    }

    fn value(source: Source, batch: &Batch, row: usize) -> u64 {
        match source {
            Source::Constant(id) => id,
            Source::Column(column) => batch.at(column, row),
        }
    }

    fn look_up(&mut self, batch: &Batch, row: usize) -> Result<()> {
        let prefix: Vec<u64> = self
            .prefix
            .iter()
            .map(|&source| Self::value(source, batch, row))
            .collect();
        if self.last.as_ref() == Some(&prefix) {
            return Ok(());
        }
        self.last = None;
        self.found.clear();
        for seek in &mut self.seeks {
            seek.rows(&prefix, &mut self.found)?;
        }
        self.last = Some(prefix);
        let rows = self.found.columns.get(self.rest).map_or(0, Vec::len);
        self.work += SEEK + rows as f64 * SCAN_ROW;
        Ok(())
    }

    /// The rows found for a row that pass the tests, equal ones once.
    fn matches(&self, batch: &Batch, row: usize) -> Vec<usize> {
        let rows = self.found.columns.get(self.rest).map_or(0, Vec::len);
        let at = |column: usize, place: usize| {
            let column = self.found.columns.get(column);
            column
                .and_then(|column| column.get(place))
                .copied()
                .unwrap_or(UNBOUND)
        };
        let mut matches: Vec<usize> = Vec::new();
        for place in 0..rows {
            if self.present.is_some_and(|column| at(column, place) == 0) {
                continue;
            }
            let passes = |&(column, source): &(usize, Source)| {
                at(column, place) == Self::value(source, batch, row)
            };
            if !self.tests.iter().all(passes) {
                continue;
            }
            if self.is_triple
                && let Some(&last) = matches.last()
                && (0..self.rest).all(|column| at(column, last) == at(column, place))
            {
                continue;
            }
            matches.push(place);
            if self.is_set && self.outputs.is_empty() {
                break;
            }
        }
        matches
    }

    fn expand(&mut self, batch: &Batch, start: usize) -> Result<(Batch, usize)> {
        let mut parents: Vec<u32> = Vec::new();
        let mut outputs: Vec<Vec<u64>> = vec![Vec::new(); self.outputs.len()];
        let mut row = start;
        while row < batch.rows && parents.len() < BLOCK_ROWS {
            self.look_up(batch, row)?;
            let matches = self.matches(batch, row);
            let parent = u32::try_from(row).unwrap_or(u32::MAX);
            parents.extend(std::iter::repeat_n(parent, matches.len()));
            for (output, &column) in outputs.iter_mut().zip(&self.outputs) {
                if let Some(column) = self.found.columns.get(column) {
                    output.extend(matches.iter().filter_map(|&place| column.get(place)));
                }
            }
            row += 1;
        }
        let mut columns = batch.gathered(&self.kept, &parents);
        columns.extend(outputs);
        let weights = batch.weights.as_ref();
        let made = Batch {
            rows: parents.len(),
            weights: weights.map(|weights| gather(weights, &parents)),
            columns,
        };
        Ok((made, row))
    }
}

impl Operator for Expand {
    fn variables(&self) -> &[VariableId] {
        &self.variables
    }

    fn next(&mut self) -> Result<Option<Batch>> {
        loop {
            self.context.budget.check()?;
            let (batch, start) = match self.pending.take() {
                Some(pending) => pending,
                None => match self.input.next()? {
                    Some(batch) => (batch, 0),
                    None => return Ok(None),
                },
            };
            let (output, end) = self.expand(&batch, start)?;
            let work = std::mem::take(&mut self.work) + output.rows as f64 * OUTPUT_ROW;
            self.context.budget.spend(work);
            if end < batch.rows {
                self.pending = Some((batch, end));
            }
            if output.rows > 0 {
                return Ok(Some(output));
            }
        }
    }
}
