//! Plans by chance, against which the chosen one is held.

use super::super::algebra::Relation;
use super::super::facts::Facts;
use super::super::plan::{Plan, StepKind};
use super::{Around, Search, State};
use crate::error::Result;

impl Search<'_> {
    /// A plan by chance: at each step any relation that can be joined next, with all others that
    /// bind the same variable or without them.
    fn wander(&self, choose: &mut dyn FnMut(usize) -> usize) -> Plan {
        let mut state = Self::start();
        let mut steps = Vec::new();
        while (state.joined.count_ones() as usize) < self.relations.len() {
            let mut next = self.successors(&state);
            if next.is_empty() {
                break;
            }
            let mut alone: Vec<State> = Vec::new();
            for known in &next {
                let Some(step) = known.last.first() else {
                    continue;
                };
                if let (StepKind::Extend(_), [first, _, ..]) = (step.kind, &step.relations[..]) {
                    let mut single = state.next();
                    single.bound = known.bound;
                    self.push(&mut single, step.kind, vec![*first], state.rows);
                    self.absorb(&mut single);
                    alone.push(single);
                }
            }
            next.append(&mut alone);
            let place = choose(next.len());
            state = next.swap_remove(place);
            steps.append(&mut state.last);
        }
        Plan {
            steps,
            cost: state.cost,
        }
    }
}

/// Plans of a join by chance.
pub(crate) fn wander(
    relations: &[Relation],
    facts: &dyn Facts,
    around: &Around,
    count: usize,
    choose: &mut dyn FnMut(usize) -> usize,
) -> Result<Vec<Plan>> {
    let search = Search::new(relations, facts, around)?;
    let plan = |_| {
        let mut plan = search.wander(choose);
        search.in_writing(&mut plan);
        plan
    };
    Ok((0..count).map(plan).collect())
}
