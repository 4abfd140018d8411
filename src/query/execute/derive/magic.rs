//! Which calls a recursive call leads to, with which end bound, and how the values asked for
//! pass from one to the next.

use super::super::super::algebra::{Call, Group, Relation, Slot, VariableSet};
use super::super::super::rule::{Compiled, Head, calls_of};
use super::super::Context;
use super::{Binding, sources};
use crate::error::Result;

/// A predicate, and which end is bound when it is called.
pub(super) type Goal = (String, Binding);

/// What a clause reads besides the store: the answers of a goal, or the values asked of it.
#[derive(Debug, Clone)]
pub(super) enum Source {
    Answers(Goal, [Slot; 2]),
    Asked(Goal, Slot),
}

/// What a clause adds to.
#[derive(Debug, Clone)]
pub(super) enum Target {
    Answers(Goal),
    Asked(Goal),
}

/// A rule taken apart for rounds: a join of sources and a group, and where its rows go.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    pub(super) sources: Vec<Source>,
    pub(super) group: Group,
    pub(super) target: Target,
    pub(super) outputs: Vec<Head>,
}

/// The clauses for a goal and all goals it leads to.
pub(super) fn clauses(context: &Context, start: &Goal) -> Result<Vec<Clause>> {
    let mut goals = vec![start.clone()];
    let mut clauses = Vec::new();
    let mut next = 0;
    while let Some(goal) = goals.get(next).cloned() {
        next += 1;
        for rule in sources(context, &goal.0)? {
            for called in take_apart(context, &goal, &rule, &mut clauses) {
                if !goals.contains(&called) {
                    goals.push(called);
                }
            }
        }
    }
    Ok(clauses)
}

fn slot_of(context: &Context, head: &Head) -> Option<Slot> {
    match head {
        Head::Variable(variable) => Some(Slot::Variable(*variable)),
        Head::Constant(cell) => context.intern(cell).ok().map(Slot::Constant),
        Head::Absent => None,
    }
}

/// Adds the clauses of one rule; the goals it calls.
fn take_apart(
    context: &Context,
    goal: &Goal,
    rule: &Compiled,
    clauses: &mut Vec<Clause>,
) -> Vec<Goal> {
    let (calls, others) = calls_of(&rule.body);
    let (recursive, outside): (Vec<&Call>, Vec<&Call>) = calls
        .into_iter()
        .partition(|call| context.rules.are_recursive(&goal.0, &call.predicate));
    let asked_slot = match goal.1 {
        Binding::Free => None,
        Binding::Subject => slot_of(context, &rule.subject),
        Binding::Object => slot_of(context, &rule.object),
    };
    let asked = asked_slot.map(|slot| Source::Asked(goal.clone(), slot));
    let mut bound = VariableSet::of(asked_slot.and_then(Slot::variable));
    let mut group = Group {
        relations: others.iter().map(|&relation| relation.clone()).collect(),
        ..rule.body.clone()
    };
    group
        .relations
        .extend(outside.iter().map(|&call| Relation::Call(call.clone())));
    let mut passing: Vec<Relation> = Vec::new();
    let mut open: Vec<Relation> = group.relations.clone();
    let mut sources: Vec<Source> = asked.iter().cloned().collect();
    let mut goals = Vec::new();
    for call in recursive {
        absorb(&mut bound, &mut open, &mut passing);
        let is_bound = |slot: Slot| match slot {
            Slot::Constant(_) => true,
            Slot::Variable(variable) => bound.contains(variable),
        };
        let (binding, slot) = if is_bound(call.subject) {
            (Binding::Subject, Some(call.subject))
        } else if is_bound(call.object) {
            (Binding::Object, Some(call.object))
        } else {
            (Binding::Free, None)
        };
        let called = (call.predicate.clone(), binding);
        if let Some(slot) = slot {
            clauses.push(Clause {
                sources: sources.clone(),
                group: Group {
                    relations: passing.clone(),
                    ..Group::default()
                },
                target: Target::Asked(called.clone()),
                outputs: vec![head_of(context, slot)],
            });
        }
        sources.push(Source::Answers(called.clone(), [call.subject, call.object]));
        let ends = [call.subject, call.object];
        bound = bound.union(VariableSet::of(
            ends.iter().filter_map(|slot| slot.variable()),
        ));
        goals.push(called);
    }
    clauses.push(Clause {
        sources,
        group,
        target: Target::Answers(goal.clone()),
        outputs: vec![rule.subject.clone(), rule.object.clone()],
    });
    goals
}

fn head_of(context: &Context, slot: Slot) -> Head {
    match slot {
        Slot::Variable(variable) => Head::Variable(variable),
        Slot::Constant(id) => match context.cell(id) {
            Ok(Some(cell)) => Head::Constant(cell),
            _ => Head::Absent,
        },
    }
}

/// Moves the relations that share a bound variable to those that pass bindings on.
fn absorb(bound: &mut VariableSet, open: &mut Vec<Relation>, passing: &mut Vec<Relation>) {
    loop {
        let touches = |relation: &Relation| {
            !matches!(relation, Relation::Field(_))
                && !relation.variables().intersection(*bound).is_empty()
        };
        let Some(place) = open.iter().position(touches) else {
            return;
        };
        let relation = open.swap_remove(place);
        *bound = bound.union(relation.certain());
        passing.push(relation);
    }
}
