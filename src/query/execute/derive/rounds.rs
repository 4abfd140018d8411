//! Rounds of semi-naive evaluation: each joins what the round before added.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::error::{Error, Result};

use super::super::super::algebra::{Relation, Slot, Table, VariableSet};
use super::super::table::TupleSet;
use super::super::{Context, Mode, build, collect};
use super::magic::{Clause, Goal, Source, Target, clauses};
use super::{Binding, End, value_of};

/// A recursion that goes on for longer makes new terms in each round.
const ROUNDS_MAX: usize = 100_000;

/// Tuples found so far, and how many of them were there a round ago and two rounds ago.
struct Relations {
    tuples: TupleSet,
    older: usize,
    old: usize,
}

impl Relations {
    fn new(width: usize) -> Self {
        Self {
            tuples: TupleSet::new(width),
            older: 0,
            old: 0,
        }
    }

    fn range(&self, part: Part) -> Range<usize> {
        match part {
            Part::Before => 0..self.older,
            Part::New => self.older..self.old,
            Part::All => 0..self.old,
        }
    }
}

/// Which tuples of a source a join reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Before,
    New,
    All,
}

#[derive(Default)]
struct State {
    answers: HashMap<Goal, Relations>,
    asked: HashMap<Goal, Relations>,
}

impl State {
    fn source(&mut self, source: &Source) -> &mut Relations {
        match source {
            Source::Answers(goal, _) => self
                .answers
                .entry(goal.clone())
                .or_insert_with(|| Relations::new(2)),
            Source::Asked(goal, _) => self
                .asked
                .entry(goal.clone())
                .or_insert_with(|| Relations::new(1)),
        }
    }

    /// Ends a round; whether anything was added in it.
    fn advance(&mut self) -> bool {
        let mut has_grown = false;
        for known in self.answers.values_mut().chain(self.asked.values_mut()) {
            known.older = known.old;
            known.old = known.tuples.len();
            has_grown |= known.old > known.older;
        }
        has_grown
    }

    fn bytes(&self) -> usize {
        let all = self.answers.values().chain(self.asked.values());
        all.map(|known| known.tuples.bytes()).sum()
    }
}

/// The answers of a recursive predicate for the values asked for.
pub(super) fn evaluate(
    context: &Arc<Context>,
    predicate: &str,
    subjects: Option<Vec<u64>>,
    objects: Option<Vec<u64>>,
) -> Result<TupleSet> {
    let (binding, values) = match (subjects, objects) {
        (Some(values), _) => (Binding::Subject, values),
        (None, Some(values)) => (Binding::Object, values),
        (None, None) => (Binding::Free, Vec::new()),
    };
    let goal: Goal = (predicate.to_owned(), binding);
    let clauses = clauses(context, &goal)?;
    let mut state = State::default();
    for clause in &clauses {
        clause.sources.iter().for_each(|source| {
            state.source(source);
        });
    }
    let asked = state.source(&Source::Asked(goal.clone(), Slot::Constant(0)));
    for value in values {
        asked.tuples.insert(&[value]);
    }
    let mut charge = context.charge();
    // What needs no answers of others comes once, before the rounds.
    for clause in clauses.iter().filter(|clause| clause.sources.is_empty()) {
        run(context, clause, Vec::new(), &mut state)?;
    }
    for _ in 0..ROUNDS_MAX {
        context.budget.check()?;
        if !state.advance() {
            let answers = state.answers.remove(&goal);
            return Ok(answers.map_or_else(|| TupleSet::new(2), |known| known.tuples));
        }
        for clause in &clauses {
            for new in 0..clause.sources.len() {
                if let Some(tables) = tables(clause, new, &mut state) {
                    run(context, clause, tables, &mut state)?;
                }
            }
        }
        charge.grow_to(state.bytes())?;
    }
    Err(Error::Limit {
        what: format!("the number of rounds of the rules of {predicate}"),
        limit: ROUNDS_MAX.to_string(),
    })
}

/// The sources of a clause as tables: one with what is new, those before it with all, those
/// after it with what was there before; `None` where one is empty.
fn tables(clause: &Clause, new: usize, state: &mut State) -> Option<Vec<Relation>> {
    let mut tables = Vec::with_capacity(clause.sources.len());
    for (place, source) in clause.sources.iter().enumerate() {
        let part = match place.cmp(&new) {
            std::cmp::Ordering::Less => Part::All,
            std::cmp::Ordering::Equal => Part::New,
            std::cmp::Ordering::Greater => Part::Before,
        };
        let slots: &[Slot] = match source {
            Source::Answers(_, slots) => slots,
            Source::Asked(_, slot) => std::slice::from_ref(slot),
        };
        let known = state.source(source);
        let table = table_of(slots, &known.tuples, known.range(part));
        if table.rows == 0 {
            return None;
        }
        if !table.variables.is_empty() {
            tables.push(Relation::Table(Arc::new(table)));
        }
    }
    Some(tables)
}

/// Tuples that fit the constants of some slots, as columns of their variables.
fn table_of(slots: &[Slot], tuples: &TupleSet, range: Range<usize>) -> Table {
    let mut table = Table::empty(slots.iter().filter_map(|slot| slot.variable()).collect());
    for number in range {
        let tuple = tuples.tuple(number);
        let mut parts = slots.iter().zip(tuple);
        if !parts.all(|(slot, value)| slot.constant().is_none_or(|id| id == *value)) {
            continue;
        }
        let shown = slots
            .iter()
            .zip(tuple)
            .filter(|(slot, _)| slot.variable().is_some());
        for (column, (_, value)) in table.columns.iter_mut().zip(shown) {
            column.push(*value);
        }
        table.rows += 1;
    }
    table
}

/// Joins a clause with the tables of its sources and adds what is new to its target.
fn run(
    context: &Arc<Context>,
    clause: &Clause,
    tables: Vec<Relation>,
    state: &mut State,
) -> Result<()> {
    let mut group = clause.group.clone();
    group.relations.extend(tables);
    let wanted = VariableSet::of(clause.outputs.iter().filter_map(|head| head.variable()));
    let mut operator = build(context, &group, None, wanted, Mode::Set)?;
    let (table, _charge) = collect(context, operator.as_mut())?;
    let mut ends: Vec<End> = Vec::with_capacity(clause.outputs.len());
    for head in &clause.outputs {
        ends.push(value_of(context, head, &table)?);
    }
    let target = match &clause.target {
        Target::Answers(goal) => state
            .answers
            .entry(goal.clone())
            .or_insert_with(|| Relations::new(2)),
        Target::Asked(goal) => state
            .asked
            .entry(goal.clone())
            .or_insert_with(|| Relations::new(1)),
    };
    let mut tuple = Vec::with_capacity(ends.len());
    for row in 0..table.rows {
        tuple.clear();
        tuple.extend(ends.iter().map(|end| end.at(&table, row)));
        target.tuples.insert(&tuple);
    }
    Ok(())
}
