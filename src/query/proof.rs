//! From a row of an answer back to the facts it rests on.

use std::sync::Arc;

use crate::error::Result;
use crate::fact::{Argument, Fact};

use super::algebra::{
    Call, Group, Pattern, Relation, Slot, Table, UNBOUND, VariableId, VariableSet,
};
use super::beyond;
use super::cell::Cell;
use super::execute::{Context, Mode, build};
use super::facts::{Block, Facts, RowSet};
use super::resolve::Output;
use super::rule::{Compiled, Head};
use super::statistics::access;

/// A fact that a row rests on, and how it follows where a rule derives it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Support {
    /// The fact; one derived by a rule has no evidence of its own.
    pub(crate) fact: Fact,
    /// The rule that derives it, as it was written.
    pub(crate) rule: Option<String>,
    /// What the rule used.
    pub(crate) premises: Vec<Support>,
}

/// A row of a group of many leads to so many facts at most.
const FACTS_MAX: usize = 64;
/// Of the solutions behind a row so many are looked at.
const SOLUTIONS_MAX: usize = 64;
/// A proof is followed down so many rules.
const PROOF_DEPTH_MAX: usize = 256;

/// Finds the facts behind the rows of one answer.
pub(crate) enum Explainer {
    /// A row of a question leads to them by the patterns and rules of the question.
    Question(Prover),
    /// A row of a description by the row of the store it shows.
    Description(Arc<dyn Facts>),
}

impl Explainer {
    /// The facts behind a row, by its handle.
    ///
    /// # Errors
    ///
    /// What the store answers with, or a limit of the query.
    pub(crate) fn facts(&self, handle: &[u64]) -> Result<Vec<Support>> {
        match self {
            Self::Question(prover) => prover.facts(handle),
            Self::Description(facts) => match *handle {
                [subject, predicate, object, fact] => Ok(vec![Support {
                    fact: facts.fact([subject, predicate, object, fact])?,
                    rule: None,
                    premises: Vec::new(),
                }]),
                _ => Ok(Vec::new()),
            },
        }
    }
}

impl Explainer {
    /// What a question would find among facts that are not plain, and how to ask for it; `None`
    /// where that is nothing. A question with rows hears of facts that are only weaker.
    ///
    /// # Errors
    ///
    /// What the store answers with, or a limit of the query.
    pub(crate) fn beyond_plain(&self, has_rows: bool) -> Result<Option<String>> {
        let Self::Question(prover) = self else {
            return Ok(None);
        };
        let mut group = prover.group.clone();
        if !beyond::open(&mut group) {
            return Ok(None);
        }
        let opened = Prover {
            context: Arc::clone(&prover.context),
            group,
            columns: Vec::new(),
        };
        let facts: Vec<Fact> = opened.facts(&[])?.into_iter().map(|s| s.fact).collect();
        let weak_below = prover.context.facts.weak_below()?;
        Ok(match has_rows {
            true => beyond::weaker(&facts, weak_below, facts.len() < FACTS_MAX),
            false => beyond::told(&facts, weak_below),
        })
    }
}

/// Finds the facts that made a question's rows hold.
pub(crate) struct Prover {
    context: Arc<Context>,
    group: Group,
    columns: Vec<VariableId>,
}

impl Prover {
    pub(crate) fn new(context: Arc<Context>, group: Group, output: &Output) -> Self {
        Self {
            context,
            columns: output
                .columns
                .iter()
                .map(|(_, variable)| *variable)
                .collect(),
            group,
        }
    }

    /// The facts behind a row, by its handle.
    ///
    /// # Errors
    ///
    /// What the store answers with, or a limit of the query.
    pub(crate) fn facts(&self, handle: &[u64]) -> Result<Vec<Support>> {
        let bound = self.group.variables();
        let mut variables = Vec::new();
        let mut columns = Vec::new();
        for (&variable, &id) in self.columns.iter().zip(handle) {
            if id != UNBOUND && bound.contains(variable) && !variables.contains(&variable) {
                variables.push(variable);
                columns.push(vec![id]);
            }
        }
        let seeds = (!variables.is_empty()).then(|| {
            Arc::new(Table {
                variables,
                columns,
                rows: 1,
            })
        });
        let (mut patterns, mut calls) = (Vec::new(), Vec::new());
        collect_patterns(&self.group, &mut patterns);
        collect_calls(&self.group, &mut calls);
        let patterns_use = patterns.iter().map(|pattern| pattern.variables());
        let calls_use = calls
            .iter()
            .map(|call| Relation::Call((*call).clone()).variables());
        let wanted = patterns_use
            .chain(calls_use)
            .fold(VariableSet::default(), VariableSet::union);
        let context = &self.context;
        let mut solutions = build(context, &self.group, seeds.as_ref(), wanted, Mode::Bag)?;
        let mut supports = Vec::new();
        let mut seen: Vec<[u64; 4]> = Vec::new();
        let mut count = 0;
        while count < SOLUTIONS_MAX
            && supports.len() < FACTS_MAX
            && let Some(batch) = solutions.next()?
        {
            let names = solutions.variables().to_vec();
            for row in 0..batch.rows.min(SOLUTIONS_MAX - count) {
                let value = |variable: VariableId| {
                    let column = names.iter().position(|&known| known == variable);
                    column.map_or(UNBOUND, |column| batch.at(column, row))
                };
                for pattern in &patterns {
                    self.pattern(pattern, &value, &mut seen, &mut supports)?;
                }
                for call in &calls {
                    let ends = [call.subject, call.object].map(|slot| match slot {
                        Slot::Constant(id) => id,
                        Slot::Variable(variable) => value(variable),
                    });
                    let mut proving = Vec::new();
                    let proof = self.prove(&call.predicate, ends, &mut proving)?;
                    supports.extend(proof.filter(|proof| !supports.contains(proof)));
                }
            }
            count += batch.rows;
        }
        Ok(supports)
    }

    /// How a derived fact follows: from stored facts where it is one, else by the first rule
    /// whose premises can be proved without it.
    fn prove(
        &self,
        predicate: &str,
        ends: [u64; 2],
        proving: &mut Vec<(String, [u64; 2])>,
    ) -> Result<Option<Support>> {
        self.context.budget.check()?;
        let goal = (predicate.to_owned(), ends);
        if proving.contains(&goal) || proving.len() >= PROOF_DEPTH_MAX {
            return Ok(None);
        }
        proving.push(goal);
        let mut found = None;
        for rule in super::execute::derive::sources(&self.context, predicate)? {
            found = self.prove_by(&rule, predicate, ends, proving)?;
            if found.is_some() {
                break;
            }
        }
        proving.pop();
        Ok(found)
    }

    fn prove_by(
        &self,
        rule: &Compiled,
        predicate: &str,
        ends: [u64; 2],
        proving: &mut Vec<(String, [u64; 2])>,
    ) -> Result<Option<Support>> {
        let mut seeds = Table::default();
        for (head, id) in [&rule.subject, &rule.object].into_iter().zip(ends) {
            match head {
                Head::Variable(variable) if !seeds.variables.contains(variable) => {
                    seeds.variables.push(*variable);
                    seeds.columns.push(vec![id]);
                    seeds.rows = 1;
                }
                Head::Constant(cell) if self.context.intern(cell)? != id => return Ok(None),
                _ => {}
            }
        }
        let seeds = (seeds.rows > 0).then(|| Arc::new(seeds));
        let (mut patterns, mut calls) = (Vec::new(), Vec::new());
        collect_patterns(&rule.body, &mut patterns);
        collect_calls(&rule.body, &mut calls);
        let wanted = rule.body.variables();
        let context = &self.context;
        let mut solutions = build(context, &rule.body, seeds.as_ref(), wanted, Mode::Set)?;
        let names = solutions.variables().to_vec();
        let mut tried = 0;
        while tried < SOLUTIONS_MAX
            && let Some(batch) = solutions.next()?
        {
            for row in 0..batch.rows.min(SOLUTIONS_MAX - tried) {
                let value = |variable: VariableId| {
                    let column = names.iter().position(|&known| known == variable);
                    column.map_or(UNBOUND, |column| batch.at(column, row))
                };
                let mut premises = Vec::new();
                let mut is_proved = true;
                for call in &calls {
                    let ends = [call.subject, call.object].map(|slot| match slot {
                        Slot::Constant(id) => id,
                        Slot::Variable(variable) => value(variable),
                    });
                    match self.prove(&call.predicate, ends, proving)? {
                        Some(premise) => premises.push(premise),
                        None => is_proved = false,
                    }
                }
                if !is_proved {
                    continue;
                }
                let mut seen = Vec::new();
                for pattern in &patterns {
                    self.pattern(pattern, &value, &mut seen, &mut premises)?;
                }
                if rule.text.is_empty() {
                    return Ok(premises.into_iter().next());
                }
                return Ok(Some(Support {
                    fact: self.derived(predicate, ends)?,
                    rule: Some(rule.text.clone()),
                    premises,
                }));
            }
            tried += batch.rows;
        }
        Ok(None)
    }

    /// The fact a rule derives, without evidence of its own.
    fn derived(&self, predicate: &str, ends: [u64; 2]) -> Result<Fact> {
        let argument = |id: u64| -> Result<Option<Argument>> {
            Ok(match self.context.cell(id).ok().flatten() {
                Some(Cell::Name(name)) => Some(Argument::from(name)),
                Some(Cell::Value(value)) => Some(Argument::from(value)),
                None => None,
            })
        };
        let [subject, object] = ends;
        let subject = argument(subject)?.unwrap_or_else(|| Argument::from(""));
        let mut fact = Fact::without_object(subject, predicate);
        fact.derived = true;
        if object != 0 {
            fact.object = argument(object)?;
        }
        Ok(fact)
    }

    fn pattern(
        &self,
        pattern: &Pattern,
        value: &dyn Fn(VariableId) -> u64,
        seen: &mut Vec<[u64; 4]>,
        supports: &mut Vec<Support>,
    ) -> Result<()> {
        let mut rows = Vec::new();
        rows_of(&self.context, pattern, value, &mut rows)?;
        for row in rows {
            if seen.contains(&row) || supports.len() >= FACTS_MAX {
                continue;
            }
            seen.push(row);
            let fact = self.context.facts.fact(row)?;
            if !supports.iter().any(|known: &Support| known.fact == fact) {
                supports.push(Support {
                    fact,
                    rule: None,
                    premises: Vec::new(),
                });
            }
        }
        Ok(())
    }
}

/// The patterns that must or may hold, also those of nested groups.
fn collect_patterns<'a>(group: &'a Group, patterns: &mut Vec<&'a Pattern>) {
    for relation in &group.relations {
        match relation {
            Relation::Pattern(pattern) => patterns.push(pattern),
            Relation::Union(groups) => {
                groups
                    .iter()
                    .for_each(|group| collect_patterns(group, patterns));
            }
            _ => {}
        }
    }
    for group in &group.optionals {
        collect_patterns(group, patterns);
    }
}

fn collect_calls<'a>(group: &'a Group, calls: &mut Vec<&'a Call>) {
    for relation in &group.relations {
        match relation {
            Relation::Call(call) => calls.push(call),
            Relation::Union(groups) => {
                groups.iter().for_each(|group| collect_calls(group, calls));
            }
            _ => {}
        }
    }
    for group in &group.optionals {
        collect_calls(group, calls);
    }
}

/// The rows that the first patterns of a group match, for all its solutions.
pub(crate) fn matched_rows(
    context: &Arc<Context>,
    group: &Group,
    count: usize,
) -> Result<Vec<[u64; 4]>> {
    let mut patterns = Vec::new();
    collect_patterns(group, &mut patterns);
    patterns.truncate(count);
    let wanted = patterns
        .iter()
        .fold(VariableSet::default(), |all, pattern| {
            all.union(pattern.variables())
        });
    let mut solutions = build(context, group, None, wanted, Mode::Set)?;
    let names = solutions.variables().to_vec();
    let mut rows: Vec<[u64; 4]> = Vec::new();
    while let Some(batch) = solutions.next()? {
        for row in 0..batch.rows {
            let value = |variable: VariableId| {
                let column = names.iter().position(|&known| known == variable);
                column.map_or(UNBOUND, |column| batch.at(column, row))
            };
            for pattern in &patterns {
                rows_of(context, pattern, &value, &mut rows)?;
            }
        }
    }
    rows.sort_unstable();
    rows.dedup();
    Ok(rows)
}

/// Appends the rows of a pattern whose variables are bound.
fn rows_of(
    context: &Context,
    pattern: &Pattern,
    value: &dyn Fn(VariableId) -> u64,
    rows: &mut Vec<[u64; 4]>,
) -> Result<()> {
    let triple = pattern.slots.map(|slot| match slot {
        Slot::Constant(id) => id,
        Slot::Variable(variable) => value(variable),
    });
    if triple.contains(&UNBOUND) {
        return Ok(());
    }
    let fact = pattern.fact.map(value);
    let (order, prefix) = access(triple.map(Some));
    for set in RowSet::ALL {
        if set == RowSet::Marked && !pattern.reads_marked {
            continue;
        }
        let mut found = Block::default();
        context.facts.seek(set, order)?.rows(&prefix, &mut found)?;
        let [facts, ..] = &found.columns;
        let [subject, predicate, object] = triple;
        for &known in facts {
            if fact.is_none_or(|fact| fact == known) {
                rows.push([subject, predicate, object, known]);
            }
        }
    }
    Ok(())
}
