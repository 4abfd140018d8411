//! How many rows a relation has and how many different values each variable: exact counts of
//! the index for patterns, estimates for what has to be computed.

use crate::error::Result;

use super::algebra::{Edge, Group, Path, Pattern, Relation, Slot, VariableId};
use super::facts::{Facts, Permutation, RowSet};
use super::range::Ranges;

/// What the planner knows of a relation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Statistics {
    /// How many rows, exactly for patterns of plain triples; only those in the ranges that the
    /// conditions ask for.
    pub(crate) rows: f64,
    /// How many rows there are in all.
    pub(crate) whole: f64,
    /// How many different values, for each variable.
    pub(crate) distinct: Vec<(VariableId, f64)>,
}

impl Statistics {
    /// How many different values a variable has.
    pub(crate) fn distinct(&self, variable: VariableId) -> Option<f64> {
        self.distinct
            .iter()
            .find(|(known, _)| *known == variable)
            .map(|(_, distinct)| distinct.max(1.0))
    }
}

/// Predicates are few; only orders of magnitude count here.
const PREDICATES_GUESSED: f64 = 50.0;
/// How many times more pairs a closure has than edges, as a first guess.
const CLOSURE_GROWTH: f64 = 8.0;
/// So few rows stand for none in products.
const ROWS_LEAST: f64 = 1e-3;
/// How many pairs a rule is guessed to derive where nothing is known.
const DERIVED_GUESSED: f64 = 10_000.0;

/// The order in which constants form the longest prefix, and that prefix.
pub(crate) fn access(slots: [Option<u64>; 3]) -> (Permutation, Vec<u64>) {
    let order = match slots {
        [Some(_), Some(_), _] => Permutation::Spo,
        [_, Some(_), _] | [None, None, None] => Permutation::Pos,
        [Some(_), None, Some(_)] | [None, None, Some(_)] => Permutation::Osp,
        [Some(_), None, None] => Permutation::Spo,
    };
    let [subject, predicate, object] = slots;
    let ordered = match order {
        Permutation::Spo => [subject, predicate, object],
        Permutation::Pos => [predicate, object, subject],
        Permutation::Osp => [object, subject, predicate],
    };
    (order, ordered.into_iter().map_while(|slot| slot).collect())
}

#[expect(clippy::cast_precision_loss, reason = "estimates need no more")]
pub(crate) fn real(count: u64) -> f64 {
    count as f64
}

/// Counts a relation.
pub(crate) fn measure(
    relation: &Relation,
    facts: &dyn Facts,
    ranges: &Ranges,
) -> Result<Statistics> {
    match relation {
        Relation::Pattern(pattern) => measure_pattern(pattern, facts, ranges),
        Relation::Table(table) => {
            let rows = table.rows as f64;
            let distinct = table.variables.iter().map(|&variable| (variable, rows));
            Ok(Statistics {
                rows,
                whole: rows,
                distinct: distinct.collect(),
            })
        }
        Relation::Path(path) => measure_path(path, facts),
        Relation::Call(call) => Ok(guess(&[call.subject, call.object], DERIVED_GUESSED)),
        Relation::Field(field) => Ok(Statistics {
            rows: 1e6,
            whole: 1e6,
            distinct: std::iter::once((field.fact, 1e6))
                .chain(field.values.iter().map(|&value| (value, 1e3)))
                .collect(),
        }),
        Relation::Union(groups) => {
            let mut rows = 0.0;
            let mut distinct: Vec<(VariableId, f64)> = Vec::new();
            for group in groups {
                let (more, group_distinct) = measure_group(group, facts)?;
                rows += more;
                for (variable, count) in group_distinct {
                    match distinct.iter_mut().find(|(known, _)| *known == variable) {
                        Some((_, known)) => *known += count,
                        None => distinct.push((variable, count)),
                    }
                }
            }
            Ok(Statistics {
                rows,
                whole: rows,
                distinct,
            })
        }
    }
}

fn guess(slots: &[Slot], rows: f64) -> Statistics {
    let variables: Vec<VariableId> = slots.iter().filter_map(|slot| slot.variable()).collect();
    let bound = slots.len() - variables.len();
    let rows = if bound > 0 { rows.sqrt() } else { rows };
    Statistics {
        rows,
        whole: rows,
        distinct: variables
            .into_iter()
            .map(|variable| (variable, rows.sqrt().max(1.0)))
            .collect(),
    }
}

fn measure_path(path: &Path, facts: &dyn Facts) -> Result<Statistics> {
    let edges = match path.edge {
        Edge::Stored(predicate) => real(facts.predicate_totals(RowSet::Plain, predicate)?.rows),
        Edge::Computed(..) => DERIVED_GUESSED,
    };
    Ok(guess(&[path.subject, path.object], edges * CLOSURE_GROWTH))
}

fn measure_pattern(pattern: &Pattern, facts: &dyn Facts, ranges: &Ranges) -> Result<Statistics> {
    let mut statistics = measure_set(pattern, facts, RowSet::Plain)?;
    if pattern.reads_marked {
        let marked = measure_set(pattern, facts, RowSet::Marked)?;
        statistics.rows += marked.rows;
        statistics.whole += marked.rows;
        for ((_, known), (_, more)) in statistics.distinct.iter_mut().zip(marked.distinct) {
            *known += more;
        }
    }
    if let [
        Slot::Variable(_),
        Slot::Constant(predicate),
        Slot::Variable(object),
    ] = pattern.slots
        && let Some(range) = ranges.get(object)
    {
        let mut rows = 0.0;
        for (first, last) in range.spans() {
            let first = [predicate, first, 0, 0];
            let last = [predicate, last, u64::MAX, u64::MAX];
            rows += real(facts.stretch(Permutation::Pos, first, last)?.len());
        }
        statistics.rows = rows.min(statistics.whole);
        for (_, distinct) in &mut statistics.distinct {
            *distinct = distinct.min(statistics.rows);
        }
    }
    Ok(statistics)
}

fn measure_set(pattern: &Pattern, facts: &dyn Facts, set: RowSet) -> Result<Statistics> {
    let constants = pattern.slots.map(Slot::constant);
    let (rows, distinct) = match constants {
        [None, Some(predicate), None] => {
            let totals = facts.predicate_totals(set, predicate)?;
            let distinct = [real(totals.subjects), 1.0, real(totals.objects)];
            (real(totals.rows), distinct)
        }
        [None, None, None] => {
            let totals = facts.totals(set)?;
            let subjects = real(totals.subjects);
            (
                real(totals.rows),
                [subjects, PREDICATES_GUESSED, real(totals.objects)],
            )
        }
        _ => {
            let (order, prefix) = access(constants);
            let rows = real(facts.count(set, order, &prefix)?);
            (rows, [rows, rows.min(PREDICATES_GUESSED), rows])
        }
    };
    let slots = pattern.slots.iter().zip(distinct);
    let mut distinct: Vec<(VariableId, f64)> = slots
        .filter_map(|(slot, distinct)| Some((slot.variable()?, distinct)))
        .collect();
    distinct.extend(pattern.fact.map(|fact| (fact, rows)));
    Ok(Statistics {
        rows,
        whole: rows,
        distinct,
    })
}

/// A first guess for a group: its relations as if independent.
fn measure_group(group: &Group, facts: &dyn Facts) -> Result<(f64, Vec<(VariableId, f64)>)> {
    let mut all = Vec::with_capacity(group.relations.len());
    let ranges = Ranges::of(&group.conditions);
    for relation in &group.relations {
        all.push(measure(relation, facts, &ranges)?);
    }
    let everything: Vec<usize> = (0..all.len()).collect();
    let rows = joined_rows(&all, &everything);
    let distinct = group.certain().iter().map(|variable| {
        let least = all.iter().filter_map(|one| one.distinct(variable));
        (variable, least.fold(rows, f64::min))
    });
    Ok((rows, distinct.collect()))
}

/// How many rows a join has, taking the values of a variable in one relation to be among those
/// of another and all else to be independent (Selinger and others, 1979).
pub(crate) fn joined_rows(all: &[Statistics], members: &[usize]) -> f64 {
    let mut rows = 1.0;
    let mut seen: Vec<(VariableId, f64)> = Vec::new();
    for statistics in members.iter().filter_map(|&member| all.get(member)) {
        // None at all would make what is joined to it cost nothing in every order.
        rows *= statistics.rows.max(ROWS_LEAST);
        for &(variable, distinct) in &statistics.distinct {
            let distinct = distinct.max(1.0);
            match seen.iter_mut().find(|(known, _)| *known == variable) {
                Some((_, least)) => {
                    rows /= distinct.max(*least);
                    *least = least.min(distinct);
                }
                None => seen.push((variable, distinct)),
            }
        }
    }
    rows
}
