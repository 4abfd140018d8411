//! Conditions on rows and columns computed from others.

use std::collections::HashMap;
use std::sync::Arc;

use crate::error::Result;
use crate::language::Comparison;
use crate::value::Value;

use super::super::algebra::{UNBOUND, VariableId, VariableSet};
use super::super::cell::Cell;
use super::super::expression::{Bindings, Scalar};
use super::{Batch, Context, Operator, column_of, kept};

/// What ids stand for is kept for so many of them.
const CACHED_CELLS: usize = 1 << 16;

/// A row of a block as expressions see it.
struct Row<'a> {
    context: &'a Context,
    variables: &'a [VariableId],
    batch: &'a Batch,
    row: usize,
    cells: &'a HashMap<u64, Cell>,
}

impl Bindings for Row<'_> {
    fn id(&self, variable: VariableId) -> Option<u64> {
        let column = column_of(self.variables, variable)?;
        Some(self.batch.at(column, self.row)).filter(|&id| id != UNBOUND)
    }

    fn cell(&self, variable: VariableId) -> Option<&Cell> {
        self.cells.get(&self.id(variable)?)
    }

    fn is_name(&self, id: u64) -> bool {
        self.context.facts.is_name(id)
    }

    fn kind(&self, id: u64) -> Result<&'static str> {
        if Context::is_local(id) {
            return Ok("name");
        }
        self.context.facts.kind(id)
    }

    fn words(&self, text: &str) -> Vec<String> {
        self.context.facts.words(text)
    }
}

/// Cells of the ids an expression reads.
struct Cells {
    columns: Vec<usize>,
    known: HashMap<u64, Cell>,
}

impl Cells {
    fn new(scalar: &Scalar, variables: &[VariableId]) -> Self {
        let read = scalar.variables();
        Self {
            columns: read
                .iter()
                .filter_map(|&variable| column_of(variables, variable))
                .collect(),
            known: HashMap::new(),
        }
    }

    /// Learns the ids of some rows of a block.
    fn learn(&mut self, context: &Context, batch: &Batch, rows: &[usize]) -> Result<()> {
        if self.known.len() > CACHED_CELLS {
            self.known.clear();
        }
        let mut ids: Vec<u64> = Vec::new();
        for &column in &self.columns {
            ids.extend(rows.iter().map(|&row| batch.at(column, row)));
        }
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|id| *id != UNBOUND && !self.known.contains_key(id));
        let cells = context.cells(&ids)?;
        self.known.extend(
            ids.into_iter()
                .zip(cells)
                .filter_map(|(id, cell)| Some((id, cell?))),
        );
        Ok(())
    }
}

/// Keeps the rows for which a condition is true.
pub(crate) struct Filter {
    context: Arc<Context>,
    input: Box<dyn Operator>,
    condition: Scalar,
    cells: Cells,
    /// For a comparison with a whole number, the id that carries it: ids of whole numbers are in
    /// the order of the numbers.
    number: Option<(Comparison, u64)>,
    /// Answers for the values of a condition's only variable.
    known: Option<HashMap<u64, bool>>,
    variables: Vec<VariableId>,
    kept: Vec<usize>,
}

impl Filter {
    pub(crate) fn new(
        context: &Arc<Context>,
        input: Box<dyn Operator>,
        condition: Scalar,
        live: VariableSet,
    ) -> Self {
        let before = input.variables().to_vec();
        let (kept, variables) = kept(&before, live);
        let cells = Cells::new(&condition, &before);
        Self {
            context: Arc::clone(context),
            input,
            known: (cells.columns.len() == 1).then(HashMap::new),
            number: whole_number(&condition),
            cells,
            condition,
            variables,
            kept,
        }
    }

    /// Two columns that have only names, and whether they have to be equal: then ids decide.
    fn compared_names<'b>(&self, batch: &'b Batch) -> Option<(&'b [u64], &'b [u64], bool)> {
        let Scalar::Compare(comparison, left, right) = &self.condition else {
            return None;
        };
        let (Scalar::Variable(_), Scalar::Variable(_)) = (left.as_ref(), right.as_ref()) else {
            return None;
        };
        let wants_same = match comparison {
            Comparison::Equal => true,
            Comparison::NotEqual => false,
            _ => return None,
        };
        let [a, b] = self.cells.columns.as_slice() else {
            return None;
        };
        let (a, b) = (batch.columns.get(*a)?, batch.columns.get(*b)?);
        let low = a.iter().chain(b).copied().min()?;
        let high = a.iter().chain(b).copied().max()?;
        let facts = &self.context.facts;
        // Ids of one kind that are in order have none of another kind between them.
        let are_names = !Context::is_local(high)
            && facts.is_ordered(low, high)
            && facts.is_name(low)
            && facts.is_name(high);
        are_names.then_some((a.as_slice(), b.as_slice(), wants_same))
    }

    /// What can be told from the ids alone.
    fn quick(&self, batch: &Batch, row: usize) -> Option<bool> {
        if let (Some(known), Some(&column)) = (&self.known, self.cells.columns.first()) {
            let id = batch.at(column, row);
            if let Some((comparison, constant)) = self.number
                && self.context.facts.is_ordered(id, constant)
            {
                return Some(match comparison {
                    Comparison::Equal => id == constant,
                    Comparison::NotEqual => id != constant,
                    Comparison::Less => id < constant,
                    Comparison::LessOrEqual => id <= constant,
                    Comparison::Greater => id > constant,
                    Comparison::GreaterOrEqual => id >= constant,
                });
            }
            return known.get(&id).copied();
        }
        if let (Scalar::Same(..), [a, b]) = (&self.condition, self.cells.columns.as_slice()) {
            return Some(batch.at(*a, row) == batch.at(*b, row));
        }
        let Scalar::Compare(comparison, left, right) = &self.condition else {
            return None;
        };
        let (Scalar::Variable(_), Scalar::Variable(_)) = (left.as_ref(), right.as_ref()) else {
            return None;
        };
        let [a, b] = self.cells.columns.as_slice() else {
            return None;
        };
        let (a, b) = (batch.at(*a, row), batch.at(*b, row));
        if a == UNBOUND || b == UNBOUND {
            return Some(false);
        }
        let facts = &self.context.facts;
        let same = if a == b {
            true
        } else if facts.is_name(a) && facts.is_name(b) {
            false
        } else {
            return None;
        };
        match comparison {
            Comparison::Equal => Some(same),
            Comparison::NotEqual => Some(!same),
            _ => None,
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "blocks have less than 2^32 rows"
    )]
    fn chosen(&mut self, batch: &Batch) -> Result<Vec<u32>> {
        if let Some((a, b, wants_same)) = self.compared_names(batch) {
            let differ = a.iter().zip(b).map(|(a, b)| (a == b) == wants_same);
            let chosen = (0u32..).zip(differ).filter(|(_, holds)| *holds);
            return Ok(chosen.map(|(row, _)| row).collect());
        }
        let open: Vec<usize> = (0..batch.rows)
            .filter(|&row| self.quick(batch, row).is_none())
            .collect();
        self.cells.learn(&self.context, batch, &open)?;
        let mut open = open.into_iter().peekable();
        let mut chosen = Vec::with_capacity(batch.rows);
        for row in 0..batch.rows {
            let holds = if open.next_if_eq(&row).is_some() {
                let holds = match self.quick(batch, row) {
                    Some(holds) => holds,
                    None => self.condition.holds(&Row {
                        context: &self.context,
                        variables: self.input.variables(),
                        batch,
                        row,
                        cells: &self.cells.known,
                    })?,
                };
                if let (Some(known), Some(&column)) = (&mut self.known, self.cells.columns.first())
                {
                    known.insert(batch.at(column, row), holds);
                }
                holds
            } else {
                self.quick(batch, row).unwrap_or(false)
            };
            if holds {
                chosen.push(row as u32);
            }
        }
        if self
            .known
            .as_ref()
            .is_some_and(|known| known.len() > CACHED_CELLS)
        {
            self.known = Some(HashMap::new());
        }
        Ok(chosen)
    }
}

impl Operator for Filter {
    fn variables(&self) -> &[VariableId] {
        &self.variables
    }

    fn next(&mut self) -> Result<Option<Batch>> {
        loop {
            self.context.budget.check()?;
            let Some(mut batch) = self.input.next()? else {
                return Ok(None);
            };
            let chosen = self.chosen(&batch)?;
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

/// The comparison and the id of a whole number that a variable is compared with.
fn whole_number(condition: &Scalar) -> Option<(Comparison, u64)> {
    let Scalar::Compare(comparison, left, right) = condition else {
        return None;
    };
    let (Scalar::Variable(_), Scalar::Constant(constant)) = (left.as_ref(), right.as_ref()) else {
        return None;
    };
    match constant.cell {
        Cell::Value(Value::Number(_)) => Some((*comparison, constant.cell.inline()?.raw())),
        _ => None,
    }
}

/// Adds a column computed from others. Where the variable is bound already, rows with another
/// value are dropped.
pub(crate) struct Compute {
    context: Arc<Context>,
    input: Box<dyn Operator>,
    scalar: Scalar,
    cells: Cells,
    variables: Vec<VariableId>,
}

impl Compute {
    pub(crate) fn new(
        context: &Arc<Context>,
        input: Box<dyn Operator>,
        variable: VariableId,
        scalar: Scalar,
    ) -> Self {
        let mut variables = input.variables().to_vec();
        let cells = Cells::new(&scalar, &variables);
        variables.push(variable);
        Self {
            context: Arc::clone(context),
            input,
            scalar,
            cells,
            variables,
        }
    }

    fn compute(&mut self, batch: &Batch) -> Result<Vec<u64>> {
        if let Scalar::Variable(variable) = self.scalar {
            let column = column_of(self.input.variables(), variable);
            return Ok((0..batch.rows)
                .map(|row| column.map_or(UNBOUND, |column| batch.at(column, row)))
                .collect());
        }
        if let Scalar::Constant(constant) = &self.scalar {
            let id = match constant.ids.as_slice() {
                [id, ..] => *id,
                [] => self.context.intern(&constant.cell)?,
            };
            return Ok(vec![id; batch.rows]);
        }
        let rows: Vec<usize> = (0..batch.rows).collect();
        self.cells.learn(&self.context, batch, &rows)?;
        let mut values = Vec::with_capacity(batch.rows);
        for row in rows {
            let bindings = Row {
                context: &self.context,
                variables: self.input.variables(),
                batch,
                row,
                cells: &self.cells.known,
            };
            values.push(match self.scalar.value(&bindings)? {
                Some(cell) => self.context.intern(&cell)?,
                None => UNBOUND,
            });
        }
        Ok(values)
    }
}

impl Operator for Compute {
    fn variables(&self) -> &[VariableId] {
        &self.variables
    }

    fn next(&mut self) -> Result<Option<Batch>> {
        self.context.budget.check()?;
        let Some(mut batch) = self.input.next()? else {
            return Ok(None);
        };
        let values = self.compute(&batch)?;
        batch.columns.push(values);
        Ok(Some(batch))
    }
}
