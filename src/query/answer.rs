//! Answers: rows that come as they are asked for, their names looked up block by block.

use std::sync::Arc;

use crate::error::{Error, Result};

use super::algebra::UNBOUND;
use super::cell::Cell;
use super::execute::{Batch, Context, Operator};

/// Rows of an answer with what their ids stand for; equal ids share one cell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    cells: Vec<Cell>,
    /// For each column and row the place of its cell, or `EMPTY`.
    places: Vec<Vec<u32>>,
    /// For each column the ids, by which a row leads to its facts.
    ids: Vec<Vec<u64>>,
    rows: usize,
}

const EMPTY: u32 = u32::MAX;

impl Rows {
    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows
    }

    /// What stands in a column of a row; `None` where the variable is empty.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        let place = *self.places.get(column)?.get(row)?;
        self.cells.get(place as usize)
    }

    /// By what a row leads to its facts later.
    pub(crate) fn handle(&self, row: usize) -> Vec<u64> {
        self.ids
            .iter()
            .map(|column| column.get(row).copied().unwrap_or(UNBOUND))
            .collect()
    }

    /// Rows that were not found by joins: descriptions, plans.
    pub(crate) fn of_cells(table: Vec<Vec<Option<Cell>>>) -> Self {
        let rows = table.len();
        let width = table.first().map_or(0, Vec::len);
        let mut all = Self {
            cells: Vec::new(),
            places: vec![Vec::with_capacity(rows); width],
            ids: vec![vec![UNBOUND; rows]; width],
            rows,
        };
        for row in table {
            for (column, cell) in all.places.iter_mut().zip(row) {
                column.push(match cell {
                    Some(cell) => {
                        all.cells.push(cell);
                        u32::try_from(all.cells.len() - 1).unwrap_or(EMPTY)
                    }
                    None => EMPTY,
                });
            }
        }
        all
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "blocks have less than 2^32 rows"
    )]
    fn of_batch(context: &Context, batch: Batch) -> Result<Self> {
        let mut places: Vec<Vec<u32>> = Vec::with_capacity(batch.columns.len());
        let mut cells: Vec<Cell> = Vec::new();
        for column in &batch.columns {
            let mut order: Vec<(u64, u32)> = column.iter().copied().zip(0u32..).collect();
            if !column.is_sorted() {
                order.sort_unstable();
            }
            let mut different: Vec<u64> = Vec::new();
            let mut of_column = vec![EMPTY; batch.rows];
            let first = cells.len() as u32;
            for &(id, row) in &order {
                if id == UNBOUND {
                    continue;
                }
                if different.last() != Some(&id) {
                    different.push(id);
                }
                if let Some(place) = of_column.get_mut(row as usize) {
                    *place = first + different.len() as u32 - 1;
                }
            }
            let missing = || Error::Damaged {
                part: "dictionary".to_owned(),
                message: "an id has no term".to_owned(),
            };
            for cell in context.cells(&different)? {
                cells.push(cell.ok_or_else(missing)?);
            }
            places.push(of_column);
        }
        Ok(Self {
            cells,
            places,
            rows: batch.rows,
            ids: batch.columns,
        })
    }
}

/// Where rows come from.
enum Source {
    Operator {
        context: Arc<Context>,
        operator: Box<dyn Operator>,
    },
    Given(Option<Rows>),
}

/// A running query: its columns and the rows still to come.
pub(crate) struct Answer {
    columns: Arc<[String]>,
    source: Source,
    notes: Vec<String>,
    explainer: Option<Arc<super::proof::Explainer>>,
    handed: u64,
}

impl Answer {
    pub(crate) fn new(
        columns: Arc<[String]>,
        context: Arc<Context>,
        operator: Box<dyn Operator>,
        notes: Vec<String>,
        explainer: Arc<super::proof::Explainer>,
    ) -> Self {
        Self {
            columns,
            source: Source::Operator { context, operator },
            notes,
            explainer: Some(explainer),
            handed: 0,
        }
    }

    /// Rows that are already there.
    pub(crate) fn given(columns: &[&str], rows: Vec<Vec<Option<Cell>>>) -> Self {
        Self {
            columns: columns.iter().map(|&name| name.to_owned()).collect(),
            source: Source::Given((!rows.is_empty()).then(|| Rows::of_cells(rows))),
            notes: Vec::new(),
            explainer: None,
            handed: 0,
        }
    }

    /// Rows that are there already, each with what leads to its facts.
    pub(crate) fn given_with_handles(
        columns: &[&str],
        rows: Vec<Vec<Option<Cell>>>,
        handles: &[[u64; 4]],
    ) -> Self {
        let mut answer = Self::given(columns, rows);
        if let Source::Given(Some(rows)) = &mut answer.source {
            rows.ids = (0..4)
                .map(|place| {
                    let ids = handles.iter().filter_map(|handle| handle.get(place));
                    ids.copied().collect()
                })
                .collect();
        }
        answer
    }

    /// The same answer with notes on why there may be no rows.
    pub(crate) fn with_notes(mut self, notes: Vec<String>) -> Self {
        self.notes = notes;
        self
    }

    /// The same answer with what leads to the facts behind its rows.
    pub(crate) fn with_explainer(mut self, explainer: super::proof::Explainer) -> Self {
        self.explainer = Some(Arc::new(explainer));
        self
    }

    /// The names of the columns.
    pub(crate) fn columns(&self) -> Arc<[String]> {
        Arc::clone(&self.columns)
    }

    /// Why there may be no rows, one sentence each: unknown names, variables used once.
    pub(crate) fn notes(&self) -> &[String] {
        &self.notes
    }

    /// What leads from a row to its facts; none for descriptions and plans.
    pub(crate) fn explainer(&self) -> Option<Arc<super::proof::Explainer>> {
        self.explainer.clone()
    }

    /// The next rows, at most a few thousand; `None` at the end.
    ///
    /// # Errors
    ///
    /// `Limit`, `Cancelled`, or what the store answers with.
    pub(crate) fn next_rows(&mut self) -> Result<Option<Rows>> {
        let (context, operator) = match &mut self.source {
            Source::Given(rows) => return Ok(rows.take()),
            Source::Operator { context, operator } => (context, operator),
        };
        context.budget.check()?;
        let Some(batch) = operator.next()? else {
            return Ok(None);
        };
        let batch = batch.unrolled();
        self.handed += batch.rows as u64;
        if let Some(limit) = context.budget.rows()
            && self.handed > limit
        {
            return Err(Error::Limit {
                what: "the query's number of rows".to_owned(),
                limit: limit.to_string(),
            });
        }
        Rows::of_batch(context, batch).map(Some)
    }
}
