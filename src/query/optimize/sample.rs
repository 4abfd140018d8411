//! How many rows a join has, by trying it on a few: rows of one pattern are drawn evenly from the
//! index and looked up in the next, whose rows are drawn evenly in turn ("Cardinality Estimation
//! Done Right: Index-Based Join Sampling", Leis and others, 2017). So the planner knows of hubs,
//! of predicates that go together and of those that never meet, and nothing is kept for it.

use std::collections::HashMap;

use super::super::algebra::{Pattern, Relation, Slot, Table, VariableId};
use super::super::facts::{Facts, Permutation, Stretch};
use super::super::range::{Range, Ranges};
use super::super::statistics::{access, real};
use super::Around;

/// Rows of a join drawn evenly, and how many it is thought to have.
struct Sample {
    rows: f64,
    variables: Vec<VariableId>,
    tuples: Vec<Vec<u64>>,
}

/// What came of trying a join.
pub(super) struct Tried {
    /// How many rows it is thought to have.
    pub(super) rows: f64,
    /// Whether none was found, so that there may be far fewer.
    pub(super) is_none: bool,
}

/// Draws rows of joins of the same relations, and remembers them by the set of relations.
pub(super) struct Sampler<'a> {
    facts: &'a dyn Facts,
    around: &'a Around,
    /// How many rows are kept of each join.
    kept: usize,
    /// How many look-ups may still be done.
    left: usize,
    samples: HashMap<u64, Sample>,
}

impl<'a> Sampler<'a> {
    pub(super) fn new(
        facts: &'a dyn Facts,
        around: &'a Around,
        kept: usize,
        look_ups: usize,
    ) -> Self {
        let unit = Sample {
            rows: 1.0,
            variables: Vec::new(),
            tuples: vec![Vec::new()],
        };
        Self {
            facts,
            around,
            kept,
            left: look_ups,
            samples: HashMap::from([(0, unit)]),
        }
    }

    /// How many rows the relations of a set have; `None` where that cannot be told by trying, or
    /// where enough was tried. Of the sets with one relation less that were tried, the one whose
    /// rows stand for the fewest others is gone on from.
    pub(super) fn rows(&mut self, set: u64, relations: &[&Relation]) -> Option<Tried> {
        if let Some(known) = self.samples.get(&set) {
            return Some(Tried {
                rows: known.rows,
                is_none: known.tuples.is_empty(),
            });
        }
        let weight = |sample: &Sample| sample.rows / sample.tuples.len() as f64;
        let mut nearest: Option<(f64, u64, usize)> = None;
        for place in (0..relations.len()).filter(|place| set >> place & 1 == 1) {
            let before = set & !(1 << place);
            let Some(sample) = self.samples.get(&before) else {
                continue;
            };
            let variables = relations.get(place)?.variables();
            let is_joined = sample
                .variables
                .iter()
                .any(|&known| variables.contains(known));
            if sample.tuples.is_empty() || !(is_joined || before == 0) {
                continue;
            }
            if nearest.is_none_or(|(least, ..)| weight(sample) < least) {
                nearest = Some((weight(sample), before, place));
            }
        }
        let (_, before, place) = nearest?;
        let before = self.samples.get(&before)?;
        if before.tuples.len() > self.left {
            return None;
        }
        self.left -= before.tuples.len();
        let sample = match relations.get(place)? {
            Relation::Pattern(pattern) => self.join(before, pattern)?,
            Relation::Table(table) => self.join_table(before, table)?,
            _ => return None,
        };
        let tried = Tried {
            rows: sample.rows,
            is_none: sample.tuples.is_empty(),
        };
        self.samples.insert(set, sample);
        Some(tried)
    }

    /// How many rows a set was found to have, where any was found.
    pub(super) fn known(&self, set: u64) -> Option<f64> {
        let sample = self.samples.get(&set)?;
        (!sample.tuples.is_empty()).then_some(sample.rows)
    }

    /// A table of one column, its values ascending where they are looked up.
    fn join_table(&self, before: &Sample, table: &Table) -> Option<Sample> {
        let ([variable], [values]) = (table.variables.as_slice(), table.columns.as_slice()) else {
            return None;
        };
        let mut variables = before.variables.clone();
        let scale = before.rows / before.tuples.len() as f64;
        if let Some(column) = variables.iter().position(|known| known == variable) {
            let is_among = |tuple: &&Vec<u64>| {
                let value = tuple.get(column);
                value.is_some_and(|value| values.binary_search(value).is_ok())
            };
            let kept = before.tuples.iter().filter(is_among).cloned();
            let tuples: Vec<Vec<u64>> = kept.collect();
            let rows = scale * (tuples.len() as f64).max(0.5);
            return values.is_sorted().then_some(Sample {
                rows,
                variables,
                tuples,
            });
        }
        variables.push(*variable);
        let wanted = self.kept.min(values.len());
        let tuples = (0..wanted).filter_map(|number| {
            let mut tuple = before.tuples.get(number % before.tuples.len())?.clone();
            tuple.push(*values.get((2 * number + 1) * values.len() / (2 * wanted))?);
            Some(tuple)
        });
        Some(Sample {
            rows: before.rows * values.len() as f64,
            variables,
            tuples: tuples.collect(),
        })
    }

    fn join(&self, before: &Sample, pattern: &Pattern) -> Option<Sample> {
        let is_bound = |variable| before.variables.contains(&variable);
        if pattern.reads_marked || pattern.fact.is_some_and(is_bound) {
            return None;
        }
        let (permutation, found) = self.look_up(before, pattern)?;
        let total: u64 = found.iter().map(Stretch::len).sum();
        let new: Vec<(VariableId, usize)> = pattern
            .slots
            .iter()
            .zip(super::super::execute::column_order(permutation))
            .filter_map(|(slot, column)| Some((slot.variable()?, column)))
            .filter(|(variable, _)| !is_bound(*variable))
            .chain(pattern.fact.map(|fact| (fact, 3)))
            .collect();
        let mut variables = before.variables.clone();
        variables.extend(new.iter().map(|(variable, _)| *variable));
        let mut tuples = Vec::new();
        let wanted = (self.kept as u64).min(total);
        let (mut owner, mut passed) = (0, 0);
        for number in 0..wanted {
            // The middle of each of as many equal parts.
            let place = (2 * number + 1) * total / (2 * wanted);
            while let Some(stretch) = found.get(owner)
                && place >= passed + stretch.len()
            {
                passed += stretch.len();
                owner += 1;
            }
            let row = found.get(owner)?.row(place - passed).ok()??;
            let mut tuple = before.tuples.get(owner)?.clone();
            tuple.extend(new.iter().filter_map(|(_, column)| row.get(*column)));
            tuples.push(tuple);
        }
        let drawn = tuples.len();
        tuples.retain(|tuple| self.allows(&variables, tuple));
        let scale = before.rows / before.tuples.len() as f64;
        let rows = if tuples.is_empty() {
            // None of those tried: of all, less than one in as many, it seems.
            scale * 0.5
        } else {
            scale * real(total) * tuples.len() as f64 / drawn as f64
        };
        Some(Sample {
            rows,
            variables,
            tuples,
        })
    }

    /// The rows of a pattern for each row of a sample.
    fn look_up(&self, before: &Sample, pattern: &Pattern) -> Option<(Permutation, Vec<Stretch>)> {
        let mut found: Vec<Stretch> = Vec::with_capacity(before.tuples.len());
        let columns = pattern.slots.map(|slot| {
            let variable = slot.variable()?;
            before.variables.iter().position(|known| *known == variable)
        });
        let mut order = None;
        for tuple in &before.tuples {
            let mut bound = pattern.slots.map(Slot::constant);
            for (value, column) in bound.iter_mut().zip(columns) {
                *value = value.or_else(|| tuple.get(column?).copied());
            }
            let (permutation, prefix) = access(bound);
            let (mut first, mut last) = ([0; 4], [u64::MAX; 4]);
            for ((low, high), &value) in first.iter_mut().zip(&mut last).zip(&prefix) {
                (*low, *high) = (value, value);
            }
            let depth = prefix.len();
            if let (Some(low), Some(high)) = (first.get_mut(depth), last.get_mut(depth))
                && let Some(range) = next_range(pattern, permutation, depth, &self.around.ranges)
            {
                (*low, *high) = (range.first, range.last);
            }
            found.push(self.facts.stretch(permutation, first, last).ok()?);
            order = Some(permutation);
        }
        Some((order?, found))
    }

    /// Whether the conditions known to the planner hold for a row.
    fn allows(&self, variables: &[VariableId], tuple: &[u64]) -> bool {
        let place = |wanted| variables.iter().position(|known| *known == wanted);
        let is_within = variables.iter().zip(tuple).all(|(variable, &value)| {
            let range = self.around.ranges.get(*variable);
            range.is_none_or(|range| range.allows(value))
        });
        is_within
            && self.around.same.iter().all(|&(a, b)| {
                let (Some(a), Some(b)) = (place(a), place(b)) else {
                    return true;
                };
                tuple.get(a) == tuple.get(b)
            })
    }
}

/// The range of the variable that comes after a prefix of an order.
fn next_range(
    pattern: &Pattern,
    permutation: Permutation,
    depth: usize,
    ranges: &Ranges,
) -> Option<Range> {
    let columns = super::super::execute::column_order(permutation);
    let place = columns.iter().position(|&column| column == depth)?;
    ranges.get(pattern.slots.get(place)?.variable()?)
}
