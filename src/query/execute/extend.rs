//! A step that binds one variable: for each row the values that every list of the step has.

use std::sync::Arc;

use crate::error::Result;

use super::super::algebra::{Pattern, VariableId, VariableSet};
use super::super::optimize::{OUTPUT_ROW, SCAN_ROW};
use super::list::{ListAccess, intersect, walked};
use super::{BLOCK_ROWS, Batch, Context, Operator, column_of, kept};

/// What a block of output is made of before the other columns are gathered.
#[derive(Default)]
struct Made {
    parents: Vec<u32>,
    values: Vec<u64>,
    weights: Vec<u64>,
}

/// Extends rows by the intersection of lists.
pub(crate) struct Extend {
    context: Arc<Context>,
    input: Box<dyn Operator>,
    lists: Vec<(ListAccess, usize)>,
    variables: Vec<VariableId>,
    /// The input columns that are kept.
    kept: Vec<usize>,
    /// Whether the new variable is needed; if not, only how many values there are is.
    is_shown: bool,
    is_set: bool,
    pending: Option<(Batch, usize)>,
    buffers: [Vec<u64>; 2],
    /// How many values of lists were walked through to intersect them.
    walked: usize,
}

impl Extend {
    pub(crate) fn new(
        context: &Arc<Context>,
        input: Box<dyn Operator>,
        patterns: &[&Pattern],
        variable: VariableId,
        live: VariableSet,
        is_set: bool,
        expected: f64,
    ) -> Result<Self> {
        let before = input.variables().to_vec();
        let mut lists = Vec::with_capacity(patterns.len());
        for pattern in patterns {
            let [subject, predicate, object] = pattern.slots;
            let by_subject = object.variable() == Some(variable);
            let key = if by_subject { subject } else { object };
            let column = key
                .variable()
                .and_then(|key| column_of(&before, key))
                .unwrap_or(usize::MAX);
            let predicate = predicate.constant().unwrap_or(0);
            let access = ListAccess::new(context, predicate, by_subject, expected)?;
            lists.push((access, column));
        }
        let (kept, mut variables) = kept(&before, live);
        let is_shown = live.contains(variable);
        if is_shown {
            variables.push(variable);
        }
        Ok(Self {
            context: Arc::clone(context),
            input,
            lists,
            variables,
            kept,
            is_shown,
            is_set,
            pending: None,
            buffers: Default::default(),
            walked: 0,
        })
    }

    /// Works on rows of a block until the output is large enough; the row to go on with.
    fn extend(&mut self, batch: &Batch, start: usize, made: &mut Made) -> Result<usize> {
        let mut row = start;
        while row < batch.rows && made.parents.len() < BLOCK_ROWS {
            let before = made.values.len();
            let count = self.values_of(batch, row, made)?;
            let parent = u32::try_from(row).unwrap_or(u32::MAX);
            if self.is_shown {
                let new = made.values.len() - before;
                made.parents.extend(std::iter::repeat_n(parent, new));
                if batch.weights.is_some() {
                    let weight = batch.weight(row);
                    made.weights.extend(std::iter::repeat_n(weight, new));
                }
            } else if count > 0 {
                made.parents.push(parent);
                let weight = if self.is_set { 1 } else { count };
                made.weights.push(weight.saturating_mul(batch.weight(row)));
            }
            row += 1;
        }
        Ok(row)
    }

    /// Appends the values for a row if they are shown; how many there are.
    #[inline]
    fn values_of(&mut self, batch: &Batch, row: usize, made: &mut Made) -> Result<u64> {
        let shown = self.is_shown;
        match self.lists.as_mut_slice() {
            [(access, column)] => {
                let list = access.list(batch.at(*column, row))?;
                if shown {
                    made.values.extend_from_slice(list);
                }
                Ok(list.len() as u64)
            }
            [(first, a), (second, b)] => {
                let first = first.list(batch.at(*a, row))?;
                if first.is_empty() {
                    return Ok(0);
                }
                let second = second.list(batch.at(*b, row))?;
                self.walked += walked(first, second);
                let mut count = 0;
                if shown {
                    intersect(first, second, |value| made.values.push(value));
                } else {
                    intersect(first, second, |_| count += 1);
                }
                Ok(count)
            }
            many => {
                let [current, next] = &mut self.buffers;
                current.clear();
                for (place, (access, column)) in many.iter_mut().enumerate() {
                    let list = access.list(batch.at(*column, row))?;
                    if place == 0 {
                        current.extend_from_slice(list);
                    } else {
                        next.clear();
                        self.walked += walked(current, list);
                        intersect(current, list, |value| next.push(value));
                        std::mem::swap(current, next);
                    }
                    if current.is_empty() {
                        return Ok(0);
                    }
                }
                if shown {
                    made.values.extend_from_slice(current);
                }
                Ok(current.len() as u64)
            }
        }
    }

    fn finish(&self, batch: &Batch, made: Made) -> Batch {
        let mut columns = batch.gathered(&self.kept, &made.parents);
        let rows = made.parents.len();
        let has_weights = !made.weights.is_empty() && (self.is_shown || !self.is_set);
        if self.is_shown {
            columns.push(made.values);
        }
        Batch {
            columns,
            rows,
            weights: has_weights.then_some(made.weights),
        }
    }
}

impl Operator for Extend {
    fn variables(&self) -> &[VariableId] {
        &self.variables
    }

    fn next(&mut self) -> Result<Option<Batch>> {
        loop {
            self.context.budget.check()?;
            let (batch, start) = match self.pending.take() {
                Some(pending) => pending,
                None => match self.input.next()? {
                    Some(batch) => {
                        for (access, column) in &mut self.lists {
                            let keys = batch.columns.get(*column).map_or(&[][..], Vec::as_slice);
                            access.prepare(&self.context, keys)?;
                        }
                        (batch, 0)
                    }
                    None => return Ok(None),
                },
            };
            let mut made = Made::default();
            let end = self.extend(&batch, start, &mut made)?;
            for (access, _) in &mut self.lists {
                access.account(&self.context, end - start);
            }
            let made_rows = made.parents.len() as f64 * OUTPUT_ROW;
            let walked = std::mem::take(&mut self.walked) as f64 * SCAN_ROW;
            self.context.budget.spend(made_rows + walked);
            let output = self.finish(&batch, made);
            if end < batch.rows {
                self.pending = Some((batch, end));
            }
            if output.rows > 0 {
                return Ok(Some(output));
            }
        }
    }
}
