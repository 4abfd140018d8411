//! A step that evaluates something of its own for the bindings at hand and joins it: tables,
//! nested groups, paths, rules, fields; also `optional` and `not`.
//!
//! Rows are taken in chunks. Either the inner side is evaluated once as a whole, or its
//! evaluation is seeded with the different bindings of each chunk, whichever the planner thinks
//! cheaper now that it knows how many there are. Both are joined by hashing.

use std::sync::Arc;

use crate::error::{Error, Result};

use super::super::algebra::{
    Call, Field, Group, Path, Relation, Table, UNBOUND, VariableId, VariableSet,
};
use super::super::budget::Charge;
use super::super::optimize::{Around, BUILD_ROW, OUTPUT_ROW, PROBE, optimize};
use super::super::range::Ranges;
use super::table::{KeyedRows, TupleSet};
use super::{Batch, Context, Mode, Operator, build, collect, column_of, kept};

/// The first chunk is small, so that a limit is reached soon; each further one may be larger.
const FIRST_CHUNK: usize = 4096;
const CHUNK_GROWTH: usize = 8;
const LAST_CHUNK: usize = 1 << 20;

/// What is evaluated.
#[derive(Debug, Clone)]
pub(crate) enum Inner {
    Table(Arc<Table>),
    Union(Vec<Group>),
    Path(Path),
    Call(Call),
    Field(Field),
}

impl Inner {
    pub(crate) fn of(relation: &Relation) -> Option<Self> {
        Some(match relation {
            Relation::Table(table) => Self::Table(Arc::clone(table)),
            Relation::Union(groups) => Self::Union(groups.clone()),
            Relation::Path(path) => Self::Path(path.clone()),
            Relation::Call(call) => Self::Call(call.clone()),
            Relation::Field(field) => Self::Field(field.clone()),
            Relation::Pattern(_) => return None,
        })
    }

    fn relation(&self) -> Relation {
        match self {
            Self::Table(table) => Relation::Table(Arc::clone(table)),
            Self::Union(groups) => Relation::Union(groups.clone()),
            Self::Path(path) => Relation::Path(path.clone()),
            Self::Call(call) => Relation::Call(call.clone()),
            Self::Field(field) => Relation::Field(field.clone()),
        }
    }

    /// Variables whose bindings outside may change what is evaluated.
    fn mentioned(&self) -> VariableSet {
        match self {
            Self::Union(groups) => groups.iter().fold(VariableSet::default(), |all, group| {
                all.union(group.mentioned())
            }),
            _ => self.relation().variables(),
        }
    }

    fn evaluate(
        &self,
        context: &Arc<Context>,
        seeds: Option<&Arc<Table>>,
        wanted: VariableSet,
        mode: Mode,
    ) -> Result<(Table, Charge)> {
        match self {
            Self::Table(table) => Ok((Table::clone(table), context.charge())),
            Self::Union(groups) => evaluate_union(context, groups, seeds, wanted, mode),
            Self::Path(path) => super::path::evaluate(context, path, seeds.map(Arc::as_ref)),
            Self::Call(call) => {
                let table = super::derive::call(context, call, seeds.map(Arc::as_ref))?;
                Ok((table, context.charge()))
            }
            Self::Field(field) => evaluate_field(context, field, seeds.map(Arc::as_ref)),
        }
    }

    /// Whether it is worth to evaluate it once for all rows to come.
    fn is_better_whole(&self, context: &Context, seeds: &Arc<Table>) -> Result<bool> {
        match self {
            Self::Table(_) => Ok(true),
            Self::Field(_) => Ok(false),
            Self::Path(_) | Self::Call(_) => {
                let facts = context.facts.as_ref();
                let ranges = Ranges::default();
                let statistics =
                    super::super::statistics::measure(&self.relation(), facts, &ranges)?;
                Ok(statistics.rows * 0.25 < seeds.rows as f64)
            }
            Self::Union(groups) => {
                let (mut whole, mut seeded) = (0.0, 0.0);
                for group in groups {
                    let facts = context.facts.as_ref();
                    let mut relations = group.relations.clone();
                    whole += cost_of(&relations, facts)?;
                    relations.push(Relation::Table(Arc::clone(seeds)));
                    seeded += cost_of(&relations, facts)?;
                }
                Ok(whole <= seeded)
            }
        }
    }
}

/// The planner's cost; a single pattern is read as a whole.
fn cost_of(relations: &[Relation], facts: &dyn super::super::facts::Facts) -> Result<f64> {
    let plan = optimize(relations, facts, &Around::default())?;
    let joined: usize = plan.steps.iter().map(|step| step.relations.len()).sum();
    if joined < relations.len() {
        // A field alone, as `valid at` asks for it, waits for the facts of its seeds.
        return Ok(f64::INFINITY);
    }
    if plan.cost.is_nan()
        && let Some(relation) = relations.first()
    {
        let ranges = Ranges::default();
        let statistics = super::super::statistics::measure(relation, facts, &ranges)?;
        return Ok(statistics.rows * super::super::optimize::SCAN_ROW);
    }
    Ok(plan.cost)
}

fn evaluate_union(
    context: &Arc<Context>,
    groups: &[Group],
    seeds: Option<&Arc<Table>>,
    wanted: VariableSet,
    mode: Mode,
) -> Result<(Table, Charge)> {
    let variables: Vec<VariableId> = wanted.iter().collect();
    let mut all = Table::empty(variables.clone());
    let mut charge = context.charge();
    for group in groups {
        let mut operator = build(context, group, seeds, wanted, mode)?;
        let (table, _charge) = collect(context, operator.as_mut())?;
        for (&variable, column) in variables.iter().zip(&mut all.columns) {
            match table
                .column_of(variable)
                .and_then(|at| table.columns.get(at))
            {
                Some(more) => column.extend_from_slice(more),
                None => column.extend(std::iter::repeat_n(UNBOUND, table.rows)),
            }
        }
        all.rows += table.rows;
        charge.grow_to(all.bytes())?;
    }
    Ok((all, charge))
}

fn evaluate_field(
    context: &Arc<Context>,
    field: &Field,
    seeds: Option<&Table>,
) -> Result<(Table, Charge)> {
    let variables = std::iter::once(field.fact).chain(field.values.iter().copied());
    let mut table = Table::empty(variables.collect());
    let facts = seeds.and_then(|seeds| {
        let column = seeds.column_of(field.fact)?;
        seeds.columns.get(column)
    });
    let mut different: Vec<u64> = facts.cloned().unwrap_or_default();
    different.sort_unstable();
    different.dedup();
    for fact in different {
        context.budget.check()?;
        for cells in context.facts.fields(fact, &field.names)? {
            let mut columns = table.columns.iter_mut();
            if let Some(column) = columns.next() {
                column.push(fact);
            }
            for (column, cell) in columns.zip(cells) {
                column.push(context.intern(&cell)?);
            }
            table.rows += 1;
        }
    }
    let mut charge = context.charge();
    charge.grow_to(table.bytes())?;
    Ok((table, charge))
}

/// What becomes of rows with and without a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Join {
    /// Each with each of its matches.
    Inner,
    /// The same, and rows without a match with empty variables.
    Left,
    /// Only rows without a match.
    Anti,
}

/// The inner side, evaluated and indexed.
struct Evaluated {
    table: Table,
    rows: KeyedRows,
    _charge: Charge,
}

/// Joins rows with what is evaluated for them.
pub(crate) struct Apply {
    context: Arc<Context>,
    input: Box<dyn Operator>,
    inner: Inner,
    join: Join,
    mode: Mode,
    /// Variables that have a value on both sides: what is joined on.
    keys: Vec<VariableId>,
    key_columns: Vec<usize>,
    /// Variables of both sides that may be empty on one.
    loose: Vec<(usize, VariableId)>,
    /// The inner side has to have values for these.
    wanted: VariableSet,
    /// Whether outer bindings matter inside beyond the join.
    is_correlated: bool,
    variables: Vec<VariableId>,
    kept: Vec<usize>,
    added: Vec<VariableId>,
    whole: Option<Arc<Evaluated>>,
    /// Whether evaluating all at once has failed for want of memory.
    is_too_large: bool,
    chunk_rows: usize,
    pending: Option<(Batch, Arc<Evaluated>, usize)>,
    is_done: bool,
}

/// The outer side of a step: its operator and which of its variables always have a value.
pub(crate) struct Outer {
    pub(crate) operator: Box<dyn Operator>,
    pub(crate) certain: VariableSet,
}

impl Apply {
    pub(crate) fn new(
        context: &Arc<Context>,
        outer: Outer,
        inner: Inner,
        join: Join,
        live: VariableSet,
        mode: Mode,
    ) -> Self {
        let before = outer.operator.variables().to_vec();
        let inner_variables = inner.relation().variables();
        let inner_certain = inner.relation().certain();
        let mentioned = inner.mentioned();
        let bound = VariableSet::of(before.iter().copied());
        let keys: Vec<VariableId> = mentioned
            .intersection(bound.intersection(outer.certain))
            .iter()
            .collect();
        let key_set = VariableSet::of(keys.iter().copied());
        let loose_set = inner_variables.intersection(bound).without(key_set);
        let (kept, mut variables) = kept(&before, live);
        let added: Vec<VariableId> = match join {
            Join::Anti => Vec::new(),
            _ => live
                .intersection(inner_variables)
                .without(bound)
                .iter()
                .collect(),
        };
        variables.extend(&added);
        let added_set = VariableSet::of(added.iter().copied());
        Self {
            context: Arc::clone(context),
            input: outer.operator,
            join,
            mode,
            key_columns: keys
                .iter()
                .filter_map(|&key| column_of(&before, key))
                .collect(),
            loose: loose_set
                .iter()
                .filter_map(|variable| Some((column_of(&before, variable)?, variable)))
                .collect(),
            wanted: key_set.union(loose_set).union(added_set),
            is_correlated: !key_set.is_within(inner_certain),
            keys,
            variables,
            kept,
            added,
            whole: None,
            is_too_large: false,
            chunk_rows: FIRST_CHUNK,
            pending: None,
            is_done: false,
            inner,
        }
    }

    /// Collects the next rows of the input.
    fn chunk(&mut self) -> Result<Option<Batch>> {
        let mut chunk: Option<Batch> = None;
        while !self.is_done {
            let Some(batch) = self.input.next()? else {
                self.is_done = true;
                break;
            };
            chunk = Some(match chunk {
                None => batch,
                Some(chunk) => chunk.then(batch),
            });
            let is_enough = |chunk: &Batch| {
                let bytes = chunk.rows * (chunk.columns.len() + 2) * 16;
                chunk.rows >= self.chunk_rows || !self.context.budget.has_room(bytes as u64)
            };
            if chunk.as_ref().is_some_and(is_enough) {
                break;
            }
        }
        self.chunk_rows = (self.chunk_rows * CHUNK_GROWTH).min(LAST_CHUNK);
        Ok(chunk)
    }

    fn seeds(&self, chunk: &Batch) -> Arc<Table> {
        let mut set = TupleSet::new(self.keys.len());
        let mut key = Vec::with_capacity(self.keys.len());
        for row in 0..chunk.rows {
            key.clear();
            key.extend(self.key_columns.iter().map(|&column| chunk.at(column, row)));
            set.insert(&key);
        }
        Arc::new(Table {
            variables: self.keys.clone(),
            columns: (0..self.keys.len())
                .map(|place| set.column(place))
                .collect(),
            rows: set.len(),
        })
    }

    fn evaluated(&mut self, chunk: &Batch) -> Result<Arc<Evaluated>> {
        if let Some(whole) = &self.whole {
            return Ok(Arc::clone(whole));
        }
        let seeds = self.seeds(chunk);
        let mut is_whole = self.keys.is_empty()
            || (!self.is_correlated
                && !self.is_too_large
                && self.inner.is_better_whole(&self.context, &seeds)?);
        let mode = match self.join {
            Join::Anti => Mode::Set,
            _ => self.mode,
        };
        let evaluate = |seeds| self.inner.evaluate(&self.context, seeds, self.wanted, mode);
        let (table, mut charge) = match evaluate((!is_whole).then_some(&seeds)) {
            // All of it does not fit: then what goes with the rows at hand, again for the next.
            Err(Error::Limit { .. }) if is_whole && !self.keys.is_empty() => {
                (is_whole, self.is_too_large) = (false, true);
                evaluate(Some(&seeds))?
            }
            other => other?,
        };
        let columns: Vec<usize> = self
            .keys
            .iter()
            .map(|&key| table.column_of(key).unwrap_or(usize::MAX))
            .collect();
        charge.grow_to(table.bytes() + table.rows * (16 + 8 * columns.len()))?;
        self.context.budget.spend(table.rows as f64 * BUILD_ROW);
        let evaluated = Arc::new(Evaluated {
            rows: KeyedRows::new(&table, &columns),
            table,
            _charge: charge,
        });
        if is_whole {
            self.whole = Some(Arc::clone(&evaluated));
        }
        Ok(evaluated)
    }

    /// Joins rows of a chunk until the output is large enough; the row to go on with.
    fn join_rows(&self, chunk: &Batch, inner: &Evaluated, start: usize) -> (Batch, usize) {
        let mut parents: Vec<u32> = Vec::new();
        // The inner row plus one; 0 for none.
        let mut matches: Vec<u32> = Vec::new();
        let loose: Vec<(usize, Option<usize>)> = self
            .loose
            .iter()
            .map(|&(outer, variable)| (outer, inner.table.column_of(variable)))
            .collect();
        let mut key = Vec::with_capacity(self.keys.len());
        let mut row = start;
        while row < chunk.rows && parents.len() < super::BLOCK_ROWS {
            key.clear();
            key.extend(self.key_columns.iter().map(|&column| chunk.at(column, row)));
            let parent = u32::try_from(row).unwrap_or(u32::MAX);
            let mut has_match = false;
            for &found in inner.rows.of(&key) {
                let agrees = loose.iter().all(|&(outer, column)| {
                    let a = chunk.at(outer, row);
                    let b = column.map_or(UNBOUND, |at| inner.table.at(at, found as usize));
                    a == b || a == UNBOUND || b == UNBOUND
                });
                if !agrees {
                    continue;
                }
                has_match = true;
                if self.join == Join::Anti {
                    break;
                }
                parents.push(parent);
                matches.push(found + 1);
                if self.mode == Mode::Set && self.added.is_empty() && self.loose.is_empty() {
                    break;
                }
            }
            if !has_match && self.join != Join::Inner {
                parents.push(parent);
                matches.push(0);
            }
            row += 1;
        }
        (self.finish(chunk, inner, &parents, &matches), row)
    }

    fn finish(&self, chunk: &Batch, inner: &Evaluated, parents: &[u32], matches: &[u32]) -> Batch {
        let mut columns: Vec<Vec<u64>> = Vec::with_capacity(self.variables.len());
        for &column in &self.kept {
            let mut values: Vec<u64> = parents
                .iter()
                .map(|&parent| chunk.at(column, parent as usize))
                .collect();
            let loose = self.loose.iter().find(|(outer, _)| *outer == column);
            if let Some((_, variable)) = loose
                && let Some(at) = inner.table.column_of(*variable)
            {
                for (value, &found) in values.iter_mut().zip(matches) {
                    if *value == UNBOUND && found != 0 {
                        *value = inner.table.at(at, found as usize - 1);
                    }
                }
            }
            columns.push(values);
        }
        for &variable in &self.added {
            let at = inner.table.column_of(variable).unwrap_or(usize::MAX);
            let value = |&found: &u32| match found {
                0 => UNBOUND,
                found => inner.table.at(at, found as usize - 1),
            };
            columns.push(matches.iter().map(value).collect());
        }
        let weights = chunk.weights.as_ref();
        Batch {
            columns,
            rows: parents.len(),
            weights: weights.map(|weights| super::gather(weights, parents)),
        }
    }
}

impl Operator for Apply {
    fn variables(&self) -> &[VariableId] {
        &self.variables
    }

    fn next(&mut self) -> Result<Option<Batch>> {
        loop {
            self.context.budget.check()?;
            let (chunk, inner, start) = match self.pending.take() {
                Some(pending) => pending,
                None => {
                    let Some(chunk) = self.chunk()? else {
                        return Ok(None);
                    };
                    let inner = self.evaluated(&chunk)?;
                    (chunk, inner, 0)
                }
            };
            let (output, end) = self.join_rows(&chunk, &inner, start);
            let work = (end - start) as f64 * PROBE + output.rows as f64 * OUTPUT_ROW;
            self.context.budget.spend(work);
            if end < chunk.rows {
                self.pending = Some((chunk, inner, end));
            }
            if output.rows > 0 {
                return Ok(Some(output));
            }
        }
    }
}
