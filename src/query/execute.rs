//! Execution: operators that hand each other blocks of ids, column by column.

pub(crate) mod aggregate;
mod apply;
mod check;
mod context;
pub(crate) mod derive;
mod expand;
mod extend;
mod filter;
mod group;
mod list;
pub(crate) mod order;
mod path;
mod scan;
mod spill;
mod table;

use crate::error::Result;

use super::algebra::{VariableId, VariableSet};

pub(crate) use context::{Context, Trace};
pub(crate) use filter::{Compute, Filter as Condition};
#[cfg(test)]
pub(crate) use group::build_planned;
pub(crate) use group::{Mode, build};
pub(crate) use scan::{PatternScan, column_order};
pub(crate) use table::collect;

/// Blocks hold about so many rows: enough to forget the cost of a call, few enough to stay in
/// the cache.
pub(crate) const BLOCK_ROWS: usize = 4096;

/// Rows column by column. Where there are weights, a row stands for as many equal ones.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Batch {
    pub(crate) columns: Vec<Vec<u64>>,
    pub(crate) rows: usize,
    pub(crate) weights: Option<Vec<u64>>,
}

impl Batch {
    /// One row without columns: what a join begins with.
    pub(crate) fn unit() -> Self {
        Self {
            columns: Vec::new(),
            rows: 1,
            weights: None,
        }
    }

    /// The value of a column in a row.
    pub(crate) fn at(&self, column: usize, row: usize) -> u64 {
        self.columns
            .get(column)
            .and_then(|column| column.get(row))
            .copied()
            .unwrap_or(super::algebra::UNBOUND)
    }

    /// How many equal rows a row stands for.
    pub(crate) fn weight(&self, row: usize) -> u64 {
        match &self.weights {
            Some(weights) => weights.get(row).copied().unwrap_or(1),
            None => 1,
        }
    }

    /// The rows chosen, in their order; a row may be chosen several times.
    pub(crate) fn choose(&self, chosen: &[u32]) -> Self {
        Self {
            columns: self
                .columns
                .iter()
                .map(|column| gather(column, chosen))
                .collect(),
            rows: chosen.len(),
            weights: self.weights.as_ref().map(|weights| gather(weights, chosen)),
        }
    }

    /// Leaves only some columns.
    pub(crate) fn keep(&mut self, kept: &[usize]) {
        self.columns = kept
            .iter()
            .filter_map(|&column| self.columns.get_mut(column).map(std::mem::take))
            .collect();
    }

    /// Some columns of rows chosen.
    pub(crate) fn gathered(&self, kept: &[usize], chosen: &[u32]) -> Vec<Vec<u64>> {
        let columns = kept.iter().filter_map(|&column| self.columns.get(column));
        columns.map(|column| gather(column, chosen)).collect()
    }

    /// The rows of one block and then those of another.
    pub(crate) fn then(mut self, next: Self) -> Self {
        if self.weights.is_some() || next.weights.is_some() {
            let mut weights = self.weights.take().unwrap_or_else(|| vec![1; self.rows]);
            match &next.weights {
                Some(more) => weights.extend(more),
                None => weights.extend(std::iter::repeat_n(1, next.rows)),
            }
            self.weights = Some(weights);
        }
        for (column, more) in self.columns.iter_mut().zip(next.columns) {
            column.extend(more);
        }
        self.rows += next.rows;
        self
    }

    /// Each row as often as its weight says.
    pub(crate) fn unrolled(self) -> Self {
        let Some(weights) = &self.weights else {
            return self;
        };
        if weights.iter().all(|&weight| weight == 1) {
            return Self {
                weights: None,
                ..self
            };
        }
        let mut chosen = Vec::new();
        for (row, &weight) in (0u32..).zip(weights) {
            chosen.extend((0..weight).map(|_| row));
        }
        Self {
            weights: None,
            ..self.choose(&chosen)
        }
    }
}

/// The values of a column at places.
pub(crate) fn gather(column: &[u64], places: &[u32]) -> Vec<u64> {
    places
        .iter()
        .map(|&place| column.get(place as usize).copied().unwrap_or(0))
        .collect()
}

/// Hands out blocks of rows until there are none.
pub(crate) trait Operator: Send {
    /// What the columns are bindings of.
    fn variables(&self) -> &[VariableId];

    /// The next block, never an empty one; `None` at the end.
    fn next(&mut self) -> Result<Option<Batch>>;
}

/// The columns that are still needed after a step, and what they are bindings of.
pub(crate) fn kept(before: &[VariableId], live: VariableSet) -> (Vec<usize>, Vec<VariableId>) {
    let columns = before.iter().copied().enumerate();
    columns.filter(|(_, known)| live.contains(*known)).unzip()
}

/// The column of a variable.
pub(crate) fn column_of(variables: &[VariableId], variable: VariableId) -> Option<usize> {
    variables.iter().position(|&known| known == variable)
}
