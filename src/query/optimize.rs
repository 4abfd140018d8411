//! The planner: the cheapest order of joining, by dynamic programming over sets of relations
//! (Selinger and others, 1979) up to a size, step by step beyond it.
//!
//! A step that binds one variable takes in every pattern that can bind it too, so plans of
//! binary joins and worst-case-optimal ones are compared in one search. The order in which the
//! relations are written never matters: they are sorted by what they are first.

mod canonical;

use crate::error::Result;

use super::algebra::{Pattern, Relation, VariableId, VariableSet};
use super::facts::Facts;
use super::plan::{Plan, Step, StepKind};
use super::statistics::{Statistics, joined_rows, measure, shared};

/// Up to so many relations all orders are compared: 2^10 sets.
const EXHAUSTIVE_RELATIONS: usize = 10;

/// Costs in nanoseconds, measured on decoded blocks; only their ratios matter.
pub(crate) const SCAN_ROW: f64 = 3.0;
/// One look-up in the index.
pub(crate) const SEEK: f64 = 300.0;
/// One look-up in a table in memory.
pub(crate) const PROBE: f64 = 15.0;
/// One row put into a table in memory.
pub(crate) const BUILD_ROW: f64 = 10.0;
/// One row made.
pub(crate) const OUTPUT_ROW: f64 = 3.0;
/// One evaluation of a nested group, path or rule for bound variables.
const EVALUATE: f64 = 3_000.0;

struct Search<'a> {
    /// In an order of their own, not that of the writing.
    relations: Vec<&'a Relation>,
    /// Where each of them stands in the group.
    places: Vec<usize>,
    statistics: Vec<Statistics>,
    variables: Vec<VariableSet>,
    /// What must be bound before a relation can be joined.
    required: Vec<VariableSet>,
}

/// The best known way to join a set of relations.
#[derive(Clone)]
struct State {
    cost: f64,
    rows: f64,
    bound: VariableSet,
    steps: Vec<Step>,
    joined: u64,
}

/// Plans the join of relations; `wanted` are the variables that are needed after it.
pub(crate) fn optimize(
    relations: &[Relation],
    facts: &dyn Facts,
    wanted: VariableSet,
) -> Result<Plan> {
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
    let search = Search::new(relations, facts, wanted)?;
    Ok(if relations.len() <= EXHAUSTIVE_RELATIONS {
        search.exhaustive()
    } else {
        search.greedy()
    })
}

impl<'a> Search<'a> {
    fn new(written: &'a [Relation], facts: &dyn Facts, wanted: VariableSet) -> Result<Self> {
        let places = canonical::order(written, wanted);
        let relations: Vec<&Relation> = places
            .iter()
            .filter_map(|&place| written.get(place))
            .collect();
        let mut statistics = Vec::with_capacity(relations.len());
        for &relation in &relations {
            statistics.push(measure(relation, facts)?);
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
            places,
            statistics,
            variables,
            required,
        })
    }

    fn start() -> State {
        State {
            cost: 0.0,
            rows: 1.0,
            bound: VariableSet::default(),
            steps: Vec::new(),
            joined: 0,
        }
    }

    fn exhaustive(&self) -> Plan {
        let count = self.relations.len();
        let mut best: Vec<Option<State>> = vec![None; 1 << count];
        if let Some(first) = best.first_mut() {
            *first = Some(Self::start());
        }
        for set in 0..best.len() {
            let Some(state) = best.get_mut(set).and_then(Option::take) else {
                continue;
            };
            if set + 1 == best.len() {
                return self.finish(state);
            }
            for next in self.successors(&state) {
                let place = usize::try_from(next.joined).unwrap_or(usize::MAX);
                if let Some(known) = best.get_mut(place)
                    && known.as_ref().is_none_or(|known| is_better(&next, known))
                {
                    *known = Some(next);
                }
            }
        }
        self.greedy()
    }

    fn greedy(&self) -> Plan {
        let mut state = Self::start();
        while (state.joined.count_ones() as usize) < self.relations.len() {
            let weigh = |state: &State| state.cost + state.rows * SEEK;
            let next = self.successors(&state).into_iter();
            match next.min_by(|a, b| weigh(a).total_cmp(&weigh(b))) {
                Some(next) => state = next,
                None => break,
            }
        }
        self.finish(state)
    }

    fn finish(&self, mut state: State) -> Plan {
        for member in state.steps.iter_mut().flat_map(|step| &mut step.relations) {
            *member = self.places.get(*member).copied().unwrap_or(*member);
        }
        Plan {
            steps: state.steps,
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
        let mut next = state.clone();
        let Some(&relation) = self.relations.get(place) else {
            return next;
        };
        let new = self
            .variables
            .get(place)
            .copied()
            .unwrap_or_default()
            .without(state.bound);
        let bound = shared(relation, state.bound);
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
        for &member in &members {
            state.joined |= 1 << member;
        }
        let joined: Vec<usize> = (0..self.relations.len())
            .filter(|place| state.joined >> place & 1 == 1)
            .collect();
        state.rows = joined_rows(&self.statistics, &joined);
        let mut cost = state.rows * OUTPUT_ROW;
        let mut least_list = f64::INFINITY;
        for &member in &members {
            let (own, list) = self.member_cost(kind, member, before);
            cost += own;
            least_list = least_list.min(list);
        }
        if members.len() > 1 {
            cost += before * least_list * PROBE;
        }
        state.cost += cost;
        state.steps.push(Step {
            kind,
            relations: members,
            rows: state.rows,
        });
    }

    /// What a relation costs in a step, and how long its lists are.
    fn member_cost(&self, kind: StepKind, member: usize, before: f64) -> (f64, f64) {
        let (Some(statistics), Some(relation)) = (
            self.statistics.get(member),
            self.relations.get(member).copied(),
        ) else {
            return (0.0, 0.0);
        };
        let rows = statistics.rows;
        match kind {
            StepKind::Scan => (SEEK + rows * SCAN_ROW * before.max(1.0), rows),
            StepKind::Extend(variable) => {
                let keys = statistics.distinct.iter();
                let keys = keys.filter(|(known, _)| *known != variable);
                let keys = keys.map(|(_, distinct)| *distinct).fold(1.0, f64::max);
                (pair_cost(rows, before), rows / keys)
            }
            StepKind::Check => (pair_cost(rows, before), 1.0),
            StepKind::Expand => (before * SEEK, 1.0),
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

#[cfg(test)]
impl Search<'_> {
    /// A plan by chance: at each step any relation that can be joined next, with all others that
    /// bind the same variable or without them.
    fn wander(&self, choose: &mut dyn FnMut(usize) -> usize) -> Plan {
        let mut state = Self::start();
        while (state.joined.count_ones() as usize) < self.relations.len() {
            let mut next = self.successors(&state);
            if next.is_empty() {
                break;
            }
            let mut alone: Vec<State> = Vec::new();
            for known in &next {
                let Some(step) = known.steps.get(state.steps.len()) else {
                    continue;
                };
                if let (StepKind::Extend(_), [first, _, ..]) = (step.kind, &step.relations[..]) {
                    let mut single = state.clone();
                    single.bound = known.bound;
                    self.push(&mut single, step.kind, vec![*first], state.rows);
                    self.absorb(&mut single);
                    alone.push(single);
                }
            }
            next.append(&mut alone);
            let place = choose(next.len());
            state = next.swap_remove(place);
        }
        self.finish(state)
    }
}

/// Plans of a join by chance.
#[cfg(test)]
pub(crate) fn wander(
    relations: &[Relation],
    facts: &dyn Facts,
    count: usize,
    choose: &mut dyn FnMut(usize) -> usize,
) -> Result<Vec<Plan>> {
    let search = Search::new(relations, facts, VariableSet::default())?;
    Ok((0..count).map(|_| search.wander(choose)).collect())
}

/// Look-ups one by one, or reading everything once and looking up in memory.
fn pair_cost(rows: f64, before: f64) -> f64 {
    let seeks = before * SEEK;
    let load = SEEK + rows * (SCAN_ROW + BUILD_ROW) + before * PROBE;
    seeks.min(load)
}

/// Whether a pattern gives sorted lists of one variable for values of the other: a plain one
/// with a constant predicate.
pub(crate) fn is_list(pattern: &Pattern) -> bool {
    let [subject, predicate, object] = pattern.slots;
    pattern.fact.is_none()
        && !pattern.reads_marked
        && predicate.constant().is_some()
        && subject.variable().is_some()
        && object.variable().is_some()
}

/// Cheaper, or as cheap and then by what is joined, so that ties do not depend on the writing.
fn is_better(next: &State, known: &State) -> bool {
    next.cost < known.cost
}
