//! Derived facts: the pairs that the rules of a predicate have.
//!
//! Rules that do not lead back to themselves are evaluated like nested groups. The others are
//! evaluated semi-naively: each round joins only what the round before found. What is bound at
//! the call is pushed in by magic sets (Beeri and Ramakrishnan 1991): a set of the values asked
//! for, which grows with the calls that the bodies make.

mod magic;
mod rounds;

use std::sync::Arc;

use crate::error::Result;

use super::super::algebra::{Call, Group, Pattern, Relation, Slot, Table, VariableId, VariableSet};
use super::super::cell::Cell;
use super::super::rule::{Compiled, Head};
use super::table::TupleSet;
use super::{Context, Mode, build, collect};

/// The object of a derived fact without one.
const ABSENT: u64 = 0;

/// Which end of a call is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Binding {
    Free,
    Subject,
    Object,
}

/// The pairs of a call; with seeds, at least those that join with one of their rows.
pub(crate) fn call(context: &Arc<Context>, call: &Call, seeds: Option<&Table>) -> Result<Table> {
    let subjects = ends(call.subject, seeds);
    let objects = ends(call.object, seeds);
    let rules = &context.rules;
    let pairs = if rules.are_recursive(&call.predicate, &call.predicate)
        || rules
            .of(&call.predicate)
            .iter()
            .any(|rule| is_recursive(context, &call.predicate, &rule.body))
    {
        rounds::evaluate(context, &call.predicate, subjects, objects)?
    } else {
        let mut pairs = TupleSet::new(2);
        for rule in sources(context, &call.predicate)? {
            once(
                context,
                &rule,
                subjects.as_deref(),
                objects.as_deref(),
                &mut pairs,
            )?;
        }
        pairs
    };
    Ok(table_of(call, &pairs))
}

fn is_recursive(context: &Context, predicate: &str, body: &Group) -> bool {
    let (calls, _) = super::super::rule::calls_of(body);
    calls
        .iter()
        .any(|call| context.rules.are_recursive(predicate, &call.predicate))
}

/// The rules of a predicate, and its stored facts as one more.
pub(crate) fn sources(context: &Context, predicate: &str) -> Result<Vec<Compiled>> {
    let mut all = context.rules.of(predicate).to_vec();
    let name = Cell::Name(predicate.to_owned());
    if let Some(id) = context.facts.find(&name)? {
        let (subject, object) = (VariableId(0), VariableId(1));
        let slots = [
            Slot::Variable(subject),
            Slot::Constant(id),
            Slot::Variable(object),
        ];
        let mut pattern = Pattern::plain(slots);
        pattern.allows_absent = true;
        all.push(Compiled {
            subject: Head::Variable(subject),
            object: Head::Variable(object),
            body: Group {
                relations: vec![Relation::Pattern(pattern)],
                ..Group::default()
            },
            text: String::new(),
        });
    }
    Ok(all)
}

/// The different values an end of a call can have, where that is known.
fn ends(slot: Slot, seeds: Option<&Table>) -> Option<Vec<u64>> {
    match slot {
        Slot::Constant(id) => Some(vec![id]),
        Slot::Variable(variable) => {
            let seeds = seeds?;
            let mut values = seeds.columns.get(seeds.column_of(variable)?)?.clone();
            values.sort_unstable();
            values.dedup();
            Some(values)
        }
    }
}

/// Adds the pairs of one rule.
fn once(
    context: &Arc<Context>,
    rule: &Compiled,
    subjects: Option<&[u64]>,
    objects: Option<&[u64]>,
    pairs: &mut TupleSet,
) -> Result<()> {
    let bound = [(&rule.subject, subjects), (&rule.object, objects)]
        .into_iter()
        .find_map(|(head, values)| Some((head.variable()?, values?)));
    let seeds =
        bound.map(|(variable, values)| Arc::new(Table::of_values(variable, values.to_vec())));
    let heads = [&rule.subject, &rule.object];
    let wanted = VariableSet::of(heads.iter().filter_map(|head| head.variable()));
    let mut operator = build(context, &rule.body, seeds.as_ref(), wanted, Mode::Set)?;
    let (table, mut charge) = collect(context, operator.as_mut())?;
    let values = heads.map(|head| value_of(context, head, &table));
    let [subject, object] = values;
    let (subject, object) = (subject?, object?);
    for row in 0..table.rows {
        pairs.insert(&[subject.at(&table, row), object.at(&table, row)]);
    }
    charge.grow_to(table.bytes() + pairs.bytes())
}

/// Where the value of an end of a derived fact comes from.
#[derive(Clone, Copy)]
pub(crate) enum End {
    Column(usize),
    Fixed(u64),
}

impl End {
    pub(crate) fn at(self, table: &Table, row: usize) -> u64 {
        match self {
            Self::Column(column) => table.at(column, row),
            Self::Fixed(id) => id,
        }
    }
}

pub(crate) fn value_of(context: &Context, head: &Head, table: &Table) -> Result<End> {
    Ok(match head {
        Head::Variable(variable) => End::Column(table.column_of(*variable).unwrap_or(usize::MAX)),
        Head::Constant(cell) => End::Fixed(context.intern(cell)?),
        Head::Absent => End::Fixed(ABSENT),
    })
}

/// The pairs that fit the constants of a call, as columns of its variables.
fn table_of(call: &Call, pairs: &TupleSet) -> Table {
    let slots = [call.subject, call.object];
    let mut table = Table::empty(slots.iter().filter_map(|slot| slot.variable()).collect());
    for number in 0..pairs.len() {
        let pair = pairs.tuple(number);
        let fits = slots
            .iter()
            .zip(pair)
            .all(|(slot, value)| slot.constant().is_none_or(|id| id == *value));
        if !fits || (!call.allows_absent && pair.get(1) == Some(&ABSENT)) {
            continue;
        }
        let shown = slots
            .iter()
            .zip(pair)
            .filter(|(slot, _)| slot.variable().is_some());
        for (column, (_, value)) in table.columns.iter_mut().zip(shown) {
            column.push(*value);
        }
        table.rows += 1;
        if table.variables.is_empty() {
            break;
        }
    }
    table
}
