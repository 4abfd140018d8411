//! The planner: the cheapest order of joining, by dynamic programming over sets of relations
//! (Selinger and others, 1979) up to a size, step by step beyond it.
//!
//! A step that binds one variable takes in every pattern that can bind it too, so plans of
//! binary joins and worst-case-optimal ones are compared in one search. The order in which the
//! relations are written never matters: they are sorted by what they are first.

mod canonical;
mod cost;
mod sample;
#[cfg(test)]
mod wander;

use std::cell::RefCell;
use std::collections::HashMap;

use crate::error::Result;

use super::algebra::{Relation, VariableId, VariableSet};
use super::expression::Scalar;
use super::facts::Facts;
use super::plan::{Plan, Step, StepKind};
use super::range::Ranges;
use super::statistics::{Statistics, joined_rows, measure};
pub(crate) use cost::{BUILD_ROW, OUTPUT_ROW, PROBE, SCAN_ROW, SEEK, SEEK_FAR, is_list, list_cost};
use cost::{EVALUATE, is_list_of_objects, leading, pair_cost};
use sample::Sampler;
#[cfg(test)]
pub(crate) use wander::wander;

/// Up to so many relations all orders are compared: 2^10 sets.
const EXHAUSTIVE_RELATIONS: usize = 10;

/// Rows are tried for so much of the time that a plan is believed to take, but at least and at
/// most for so many nanoseconds.
const SAMPLED_SHARE: f64 = 0.2;
const SAMPLED_LEAST: f64 = 20_000.0;
const SAMPLED_MOST: f64 = 5_000_000.0;
/// One row that is tried: where its matches begin and end, and drawing one of them.
const SAMPLED_LOOK_UP: f64 = 500.0;
/// At least and at most so many rows are kept of each join.
const SAMPLED_ROWS: (usize, usize) = (8, 32);
/// Where a plan costs so many times what was believed, it is worth to try more rows; so often.
const SURPRISE: f64 = 4.0;
const SAMPLINGS: usize = 3;

struct Search<'a> {
    /// In an order of their own, not that of the writing.
    relations: Vec<&'a Relation>,
    around: &'a Around,
    /// Where each of them stands in the group.
    places: Vec<usize>,
    statistics: Vec<Statistics>,
    variables: Vec<VariableSet>,
    /// What must be bound before a relation can be joined.
    required: Vec<VariableSet>,
    /// How many rows each set of relations has that was looked at.
    rows: RefCell<HashMap<u64, f64>>,
    sampler: Option<RefCell<Sampler<'a>>>,
}

/// The best known way to join a set of relations.
#[derive(Clone)]
struct State {
    cost: f64,
    rows: f64,
    bound: VariableSet,
    /// The variable by which the rows come in order.
    ordered: Option<VariableId>,
    joined: u64,
    /// The set before its last steps, and these.
    from: u64,
    last: Vec<Step>,
}

/// What stands around a join.
#[derive(Debug, Default)]
pub(crate) struct Around {
    /// The variables that are needed after it.
    pub(crate) wanted: VariableSet,
    /// Where the values of variables must lie.
    pub(crate) ranges: Ranges,
    /// Variables that must be equal.
    pub(crate) same: Vec<(VariableId, VariableId)>,
}

impl Around {
    pub(crate) fn new(wanted: VariableSet, conditions: &[Scalar]) -> Self {
        let same = conditions.iter().filter_map(|condition| match condition {
            Scalar::Same(a, b) => Some((*a, *b)),
            _ => None,
        });
        Self {
            wanted,
            ranges: Ranges::of(conditions),
            same: same.collect(),
        }
    }
}

/// Plans the join of relations.
pub(crate) fn optimize(relations: &[Relation], facts: &dyn Facts, around: &Around) -> Result<Plan> {
    if let [Relation::Pattern(_)] = relations {
        // One pattern has one plan; the counts would cost more than the look-up.
        return Ok(Plan {
            steps: vec![Step {
                kind: StepKind::Scan,
                relations: vec![0],
                rows: f64::NAN,
            }],
            cost: f64::NAN,
        });
    }
    let mut search = Search::new(relations, facts, around)?;
    let mut plan = search.greedy();
    if !search.is_risky(&plan) {
        plan = search.best(plan);
    }
    if search.is_risky(&plan) {
        for _ in 0..SAMPLINGS {
            let believed = plan.cost;
            search.sample(facts, believed);
            plan = search.best(search.greedy());
            if plan.cost < believed * SURPRISE {
                break;
            }
        }
    }
    search.in_writing(&mut plan);
    Ok(plan)
}

impl<'a> Search<'a> {
    fn new(written: &'a [Relation], facts: &dyn Facts, around: &'a Around) -> Result<Self> {
        let places = canonical::order(written, around);
        let relations: Vec<&Relation> = places
            .iter()
            .filter_map(|&place| written.get(place))
            .collect();
        let mut statistics = Vec::with_capacity(relations.len());
        for &relation in &relations {
            let mut measured = measure(relation, facts, &around.ranges)?;
            for &(a, b) in &around.same {
                if let (Some(a), Some(b)) = (measured.distinct(a), measured.distinct(b)) {
                    measured.rows /= a.max(b);
                }
            }
            statistics.push(measured);
        }
        let variables: Vec<VariableSet> = relations
            .iter()
            .map(|relation| relation.variables())
            .collect();
        let certain_elsewhere = |skipped: usize| {
            let others = relations
                .iter()
                .enumerate()
                .filter(|(place, relation)| {
                    *place != skipped && !matches!(relation, Relation::Union(_))
                })
                .map(|(_, relation)| relation.variables());
            others.fold(VariableSet::default(), VariableSet::union)
        };
        let required = relations
            .iter()
            .enumerate()
            .map(|(place, relation)| match relation {
                Relation::Field(field) => VariableSet::of([field.fact]),
                Relation::Union(_) => {
                    let uncertain = relation.variables().without(relation.certain());
                    if uncertain.is_empty() {
                        uncertain
                    } else {
                        uncertain.intersection(certain_elsewhere(place))
                    }
                }
                _ => VariableSet::default(),
            })
            .collect();
        Ok(Self {
            relations,
            around,
            places,
            statistics,
            variables,
            required,
            rows: RefCell::default(),
            sampler: None,
        })
    }

    fn start() -> State {
        State {
            cost: 0.0,
            rows: 1.0,
            bound: VariableSet::default(),
            ordered: None,
            joined: 0,
            from: 0,
            last: Vec::new(),
        }
    }

    /// The cheapest plan, given the one found step by step.
    fn best(&self, greedy: Plan) -> Plan {
        if self.relations.len() > EXHAUSTIVE_RELATIONS || self.relations.len() < 2 {
            return greedy;
        }
        self.exhaustive(greedy.cost).unwrap_or(greedy)
    }

    /// From here on rows are estimated by trying joins on a few rows, with a share of the time
    /// that the plan is believed to take.
    fn sample(&mut self, facts: &'a dyn Facts, believed: f64) {
        let time = (believed * SAMPLED_SHARE).clamp(SAMPLED_LEAST, SAMPLED_MOST);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small count"
        )]
        let look_ups = (time / SAMPLED_LOOK_UP) as usize;
        let kept = look_ups / (3 * self.relations.len()).max(1);
        let kept = kept.clamp(SAMPLED_ROWS.0, SAMPLED_ROWS.1);
        self.rows.borrow_mut().clear();
        let mut sampler = Sampler::new(facts, self.around, kept, look_ups);
        // Each alone first: larger joins are then tried from the one that has the fewest rows.
        for place in 0..self.relations.len() {
            sampler.rows(1 << place, &self.relations);
        }
        self.sampler = Some(RefCell::new(sampler));
    }

    /// Whether a step before the last can make more rows than are expected: one that looks up
    /// many values for a key, when their number is known only on the average.
    fn is_risky(&self, plan: &Plan) -> bool {
        if self.statistics.iter().any(|known| known.rows == 0.0) {
            return false;
        }
        let may_grow = |step: &Step| match step.kind {
            StepKind::Expand => true,
            StepKind::Extend(variable) => step.relations.iter().all(|&member| {
                self.statistics.get(member).is_some_and(|statistics| {
                    let keys = statistics.distinct.iter();
                    let mut keys = keys.filter(|(known, _)| *known != variable);
                    keys.all(|(_, distinct)| *distinct < statistics.rows)
                })
            }),
            _ => false,
        };
        let before_last = plan.steps.len().saturating_sub(1);
        plan.steps.iter().take(before_last).any(may_grow)
    }

    /// Numbers the relations of a plan as they are written.
    fn in_writing(&self, plan: &mut Plan) {
        for member in plan.steps.iter_mut().flat_map(|step| &mut step.relations) {
            *member = self.places.get(*member).copied().unwrap_or(*member);
        }
    }

    /// The cheapest plan, where one costs no more than so much.
    fn exhaustive(&self, most: f64) -> Option<Plan> {
        let count = self.relations.len();
        let mut best: HashMap<u64, State> = HashMap::from([(0, Self::start())]);
        // Sets by size, so that small joins are estimated before large ones.
        let mut levels: Vec<Vec<u64>> = vec![Vec::new(); count + 1];
        levels.first_mut()?.push(0);
        for size in 0..count {
            let mut sets = std::mem::take(levels.get_mut(size)?);
            sets.sort_unstable();
            for set in sets {
                let Some(state) = best.get(&set).cloned() else {
                    continue;
                };
                for next in self.successors(&state) {
                    if next.cost > most {
                        continue;
                    }
                    match best.get_mut(&next.joined) {
                        // As cheap is not better, so that ties do not depend on the writing.
                        Some(known) if next.cost >= known.cost => {}
                        Some(known) => *known = next,
                        None => {
                            let size = next.joined.count_ones() as usize;
                            levels.get_mut(size)?.push(next.joined);
                            best.insert(next.joined, next);
                        }
                    }
                }
            }
        }
        let mut set = (1u64 << count) - 1;
        let cost = best.get(&set)?.cost;
        let mut steps: Vec<Step> = Vec::new();
        while set != 0 {
            let state = best.get(&set)?;
            steps.extend(state.last.iter().rev().cloned());
            set = state.from;
        }
        steps.reverse();
        Some(Plan { steps, cost })
    }

    fn greedy(&self) -> Plan {
        let mut state = Self::start();
        let mut steps = Vec::new();
        while (state.joined.count_ones() as usize) < self.relations.len() {
            let weigh = |state: &State| state.cost + state.rows * SEEK;
            let next = self.successors(&state).into_iter();
            match next.min_by(|a, b| weigh(a).total_cmp(&weigh(b))) {
                Some(next) => state = next,
                None => break,
            }
            steps.append(&mut state.last);
        }
        Plan {
            steps,
            cost: state.cost,
        }
    }

    /// Every way to join one more relation. Relations that share no variable come only where no
    /// other does.
    fn successors(&self, state: &State) -> Vec<State> {
        let open: Vec<usize> = (0..self.relations.len())
            .filter(|place| state.joined >> place & 1 == 0)
            .filter(|&place| {
                let required = self.required.get(place).copied().unwrap_or_default();
                required.is_within(state.bound)
            })
            .collect();
        let connected: Vec<usize> = open
            .iter()
            .copied()
            .filter(|&place| !self.shared(place, state).is_empty())
            .collect();
        let choice = if connected.is_empty() {
            open
        } else {
            connected
        };
        choice
            .into_iter()
            .map(|place| self.join(state, place))
            .collect()
    }

    fn shared(&self, place: usize, state: &State) -> VariableSet {
        self.variables
            .get(place)
            .map_or_else(VariableSet::default, |variables| {
                variables.intersection(state.bound)
            })
    }

    fn join(&self, state: &State, place: usize) -> State {
        let mut next = state.next();
        let Some(&relation) = self.relations.get(place) else {
            return next;
        };
        let new = self
            .variables
            .get(place)
            .copied()
            .unwrap_or_default()
            .without(state.bound);
        // The index is not sorted by facts: a pattern whose fact alone is known is read whole.
        let keys = match relation {
            Relation::Pattern(pattern) => {
                let slots = pattern.slots.iter().filter_map(|slot| slot.variable());
                VariableSet::of(slots)
            }
            _ => relation.variables(),
        };
        let bound = keys.intersection(state.bound);
        let mut members = vec![place];
        let kind = match relation {
            Relation::Pattern(pattern) => match (new.len(), bound.is_empty()) {
                (0, _) => StepKind::Check,
                (_, true) => StepKind::Scan,
                (1, false) if is_list(pattern) => {
                    let variable = new.iter().next().unwrap_or(VariableId(0));
                    members.extend(self.partners(state, place, variable));
                    StepKind::Extend(variable)
                }
                _ => StepKind::Expand,
            },
            _ => StepKind::Apply,
        };
        next.bound = next.bound.union(new);
        if state.joined == 0 {
            next.ordered = leading(relation);
        }
        self.push(&mut next, kind, members, state.rows);
        self.absorb(&mut next);
        next
    }

    /// The other patterns that give a list of the same variable for the row at hand.
    fn partners(&self, state: &State, first: usize, variable: VariableId) -> Vec<usize> {
        let target = VariableSet::of([variable]);
        (0..self.relations.len())
            .filter(|&place| place != first && state.joined >> place & 1 == 0)
            .filter(|&place| match self.relations.get(place) {
                Some(Relation::Pattern(pattern)) => {
                    let variables = pattern.variables();
                    is_list(pattern) && variables.without(state.bound) == target
                }
                _ => false,
            })
            .collect()
    }

    /// Joins every pattern whose variables are all bound: it can only drop rows.
    fn absorb(&self, state: &mut State) {
        let rows = state.rows;
        for (place, relation) in self.relations.iter().enumerate() {
            let variables = self.variables.get(place).copied().unwrap_or_default();
            if state.joined >> place & 1 == 0
                && matches!(relation, Relation::Pattern(_))
                && variables.is_within(state.bound)
            {
                self.push(state, StepKind::Check, vec![place], rows.max(state.rows));
            }
        }
    }

    /// Adds a step: its cost follows from the rows before and after it.
    fn push(&self, state: &mut State, kind: StepKind, members: Vec<usize>, before: f64) {
        state.rows = self.rows_with(state, &members);
        for &member in &members {
            state.joined |= 1 << member;
        }
        let mut cost = state.rows * OUTPUT_ROW;
        let mut least_list = f64::INFINITY;
        for &member in &members {
            let (own, list) = self.member_cost(kind, member, before, state.ordered);
            cost += own;
            least_list = least_list.min(list);
        }
        if members.len() > 1 {
            cost += before * least_list * PROBE;
        }
        state.cost += cost;
        state.last.push(Step {
            kind,
            relations: members,
            rows: state.rows,
        });
    }

    /// How many rows are expected when relations are joined with those of a state.
    fn rows_with(&self, state: &State, members: &[usize]) -> f64 {
        let joined = members
            .iter()
            .fold(state.joined, |set, member| set | 1 << member);
        if let Some(&known) = self.rows.borrow().get(&joined) {
            return known;
        }
        let rows = match &self.sampler {
            None => self.independent(joined),
            Some(sampler) => self.tried(&mut sampler.borrow_mut(), state, members),
        };
        self.rows.borrow_mut().insert(joined, rows);
        rows
    }

    /// As if what is known of each relation were independent of the others.
    fn independent(&self, set: u64) -> f64 {
        let members: Vec<usize> = (0..self.relations.len())
            .filter(|place| set >> place & 1 == 1)
            .collect();
        joined_rows(&self.statistics, &members)
    }

    /// By trying, as far as that goes, and from there on by how the new relation goes together
    /// with each of those before.
    fn tried(&self, sampler: &mut Sampler<'_>, state: &State, members: &[usize]) -> f64 {
        let (mut set, mut rows) = (state.joined, state.rows);
        for &member in members {
            let joined = set | 1 << member;
            rows = match sampler.rows(joined, &self.relations) {
                Some(tried) if !tried.is_none => tried.rows,
                tried => {
                    let most = tried.map_or(f64::INFINITY, |tried| tried.rows);
                    most.min(rows * self.growth(sampler, set, member))
                }
            };
            set = joined;
        }
        rows
    }

    /// How many rows a relation makes of one of a set: as if all were independent, but for what
    /// trying it with one of them has shown to be furthest from that.
    fn growth(&self, sampler: &Sampler<'_>, set: u64, member: usize) -> f64 {
        let ratio = |set: u64| {
            let alone = self.independent(set).max(f64::MIN_POSITIVE);
            self.independent(set | 1 << member) / alone
        };
        let others = (0..self.relations.len()).filter(|place| set >> place & 1 == 1);
        let strange = others.filter_map(|other| {
            let tried = sampler.known(1 << other | 1 << member)?;
            let alone = self.independent(1 << other).max(f64::MIN_POSITIVE);
            let strangeness = tried / alone / ratio(1 << other).max(f64::MIN_POSITIVE);
            Some(strangeness.max(f64::MIN_POSITIVE).ln())
        });
        let strangest = strange.max_by(|a, b| a.abs().total_cmp(&b.abs()));
        ratio(set) * strangest.unwrap_or(0.0).exp()
    }

    /// What a relation costs in a step, and how long its lists are.
    fn member_cost(
        &self,
        kind: StepKind,
        member: usize,
        before: f64,
        ordered: Option<VariableId>,
    ) -> (f64, f64) {
        let (Some(statistics), Some(relation)) = (
            self.statistics.get(member),
            self.relations.get(member).copied(),
        ) else {
            return (0.0, 0.0);
        };
        let (rows, whole) = (statistics.rows, statistics.whole);
        // Keys out of order go far, but each of them only once.
        let seek = |key: Option<VariableId>| match key {
            Some(variable) if key != ordered => {
                let far = statistics.distinct(variable).unwrap_or(before).min(before);
                SEEK + (SEEK_FAR - SEEK) * far / before.max(1.0)
            }
            _ => SEEK,
        };
        match kind {
            StepKind::Scan => (SEEK + rows * SCAN_ROW * before.max(1.0), rows),
            StepKind::Extend(variable) => {
                let keys = statistics.distinct.iter();
                let keys = keys.filter(|(known, _)| *known != variable);
                let keys = keys.map(|(_, distinct)| *distinct).fold(1.0, f64::max);
                let by_subject = is_list_of_objects(relation, variable);
                let load = list_cost(whole, by_subject);
                let key = statistics.distinct.iter().map(|(known, _)| *known);
                let key = key.filter(|known| *known != variable).max();
                (pair_cost(load, before, seek(key)), whole / keys)
            }
            StepKind::Check => {
                // A single variable needs a set only, no lists.
                let is_set = statistics.distinct.len() == 1;
                let load = if is_set {
                    whole * (SCAN_ROW + 1.0)
                } else {
                    list_cost(whole, true)
                };
                let key = statistics.distinct.first().map(|(known, _)| *known);
                (pair_cost(load, before, seek(key)), 1.0)
            }
            StepKind::Expand => {
                let mut keys = statistics.distinct.iter();
                let is_ordered = keys.any(|(known, _)| Some(*known) == ordered);
                (before * if is_ordered { SEEK } else { SEEK_FAR }, 1.0)
            }
            StepKind::Apply => match relation {
                Relation::Table(_) => ((before + rows) * PROBE, 1.0),
                Relation::Field(_) => (before * SEEK * 2.0, 1.0),
                _ => {
                    let seeded = before * EVALUATE;
                    let whole = EVALUATE + rows * (PROBE + BUILD_ROW) * 4.0;
                    let is_seedable = before > 1.0 || !statistics.distinct.is_empty();
                    let best = if is_seedable {
                        seeded.min(whole)
                    } else {
                        whole
                    };
                    (best + before * PROBE, 1.0)
                }
            },
        }
    }
}

impl State {
    /// The same before further steps.
    fn next(&self) -> Self {
        Self {
            from: self.joined,
            last: Vec::new(),
            ..*self
        }
    }
}
