//! From a group to operators: the planner's steps, conditions as soon as their variables are
//! bound, then computed variables, optional groups and groups that must not hold.

use std::sync::Arc;

use crate::error::{Error, Result};

use super::super::algebra::{Group, Pattern, Relation, Table, VariableId, VariableSet};
use super::super::explain;
use super::super::expression::Scalar;
use super::super::optimize::{Around, optimize};
use super::super::plan::{Plan, Step, StepKind};
use super::super::range::Ranges;
use super::apply::{Apply, Inner, Join, Outer};
use super::check::Check;
use super::expand::Expand;
use super::extend::Extend;
use super::filter::{Compute, Filter};
use super::path::ClosureScan;
use super::scan::PatternScan;
use super::{Batch, Context, Operator, Trace, collect};

/// Whether it matters how often a row comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Solutions count as often as they are found.
    Bag,
    /// Equal rows may come once or several times.
    Set,
}

/// One row without columns.
struct Unit(bool);

impl Operator for Unit {
    fn variables(&self) -> &[VariableId] {
        &[]
    }

    fn next(&mut self) -> Result<Option<Batch>> {
        Ok(std::mem::take(&mut self.0).then(Batch::unit))
    }
}

/// Hands out the rows of a table.
struct TableRows {
    table: Arc<Table>,
    next: usize,
}

impl Operator for TableRows {
    fn variables(&self) -> &[VariableId] {
        &self.table.variables
    }

    fn next(&mut self) -> Result<Option<Batch>> {
        let end = (self.next + super::BLOCK_ROWS).min(self.table.rows);
        let range = self.next..end;
        self.next = end;
        if range.is_empty() {
            return Ok(None);
        }
        let columns = self.table.columns.iter();
        Ok(Some(Batch {
            columns: columns
                .map(|column| column.get(range.clone()).unwrap_or(&[]).to_vec())
                .collect(),
            rows: range.len(),
            weights: None,
        }))
    }
}

/// Counts rows for `explain`.
struct Traced {
    context: Arc<Context>,
    input: Box<dyn Operator>,
    place: Option<usize>,
}

impl Operator for Traced {
    fn variables(&self) -> &[VariableId] {
        self.input.variables()
    }

    fn next(&mut self) -> Result<Option<Batch>> {
        let batch = self.input.next()?;
        if let Some(batch) = &batch {
            let rows = match &batch.weights {
                Some(weights) => weights.iter().copied().fold(0, u64::saturating_add),
                None => batch.rows as u64,
            };
            self.context.count_trace(self.place, rows);
        }
        Ok(batch)
    }
}

struct Builder<'a> {
    context: &'a Arc<Context>,
    mode: Mode,
    wanted: VariableSet,
    conditions: Vec<&'a Scalar>,
    /// What groups and expressions after the join need.
    later: VariableSet,
    /// Where the values of variables must lie, by the conditions.
    ranges: Ranges,
    operator: Box<dyn Operator>,
    certain: VariableSet,
    has_input: bool,
}

/// Makes the operators that answer a group, with rows for the wanted variables that it binds.
/// With seeds, only what joins with one of their rows is found.
pub(crate) fn build(
    context: &Arc<Context>,
    group: &Group,
    seeds: Option<&Arc<Table>>,
    wanted: VariableSet,
    mode: Mode,
) -> Result<Box<dyn Operator>> {
    let seeded: Vec<Relation>;
    let relations: &[Relation] = match seeds {
        Some(seeds) => {
            let own = group.relations.iter().cloned();
            seeded = std::iter::once(Relation::Table(Arc::clone(seeds)))
                .chain(own)
                .collect();
            &seeded
        }
        None => &group.relations,
    };
    let around = Around::new(later(group, wanted), &group.conditions);
    let plan = optimize(relations, context.facts.as_ref(), &around)?;
    build_planned(context, group, relations, &plan, wanted, mode)
}

/// What is needed of the rows of the join: by the output, by what is computed, by the groups that
/// are optional or must not hold.
fn later(group: &Group, wanted: VariableSet) -> VariableSet {
    let mut later = wanted;
    for (variable, scalar) in &group.computed {
        later.insert(*variable);
        scalar.each_variable(&mut |variable| later.insert(variable));
    }
    for inner in group.optionals.iter().chain(&group.negations) {
        later = later.union(inner.mentioned());
    }
    later
}

/// Makes the operators for a group whose relations are joined by a plan.
pub(crate) fn build_planned(
    context: &Arc<Context>,
    group: &Group,
    relations: &[Relation],
    plan: &Plan,
    wanted: VariableSet,
    mode: Mode,
) -> Result<Box<dyn Operator>> {
    let joined: usize = plan.steps.iter().map(|step| step.relations.len()).sum();
    if joined < relations.len() {
        return Err(Error::query("a part of the query cannot be joined")
            .with_help("bind the fact that a field is asked of by a pattern"));
    }
    let mut builder = Builder {
        context,
        mode,
        wanted,
        conditions: group.conditions.iter().collect(),
        later: later(group, wanted),
        ranges: Ranges::of(&group.conditions),
        operator: Box::new(Unit(true)),
        certain: VariableSet::default(),
        has_input: false,
    };
    for (place, step) in plan.steps.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|last| plan.steps.get(last));
        let before = before.map_or(1.0, |step| step.rows);
        let after = plan.steps.get(place + 1..).unwrap_or(&[]);
        builder.step(relations, step, before, after)?;
    }
    builder.rest(group)?;
    Ok(builder.operator)
}

impl Builder<'_> {
    fn step(
        &mut self,
        relations: &[Relation],
        step: &Step,
        before: f64,
        after: &[Step],
    ) -> Result<()> {
        let mut live = self.needed();
        for &member in after.iter().flat_map(|step| &step.relations) {
            if let Some(relation) = relations.get(member) {
                live = live.union(relation.variables());
            }
        }
        let members: Vec<&Relation> = step
            .relations
            .iter()
            .filter_map(|&member| relations.get(member))
            .collect();
        let expected = if before.is_nan() { 1.0 } else { before };
        self.join(&members, step.kind, live, expected)?;
        for relation in &members {
            self.certain = self.certain.union(relation.certain());
        }
        self.has_input = true;
        self.trace(|| (explain::step(step.kind, &members), Some(step.rows)));
        self.filter(false);
        Ok(())
    }

    /// What conditions not yet applied and later parts need.
    fn needed(&self) -> VariableSet {
        let mut live = self.later;
        for condition in &self.conditions {
            condition.each_variable(&mut |variable| live.insert(variable));
        }
        live
    }

    fn take(&mut self) -> Box<dyn Operator> {
        std::mem::replace(&mut self.operator, Box::new(Unit(false)))
    }

    fn join(
        &mut self,
        members: &[&Relation],
        kind: StepKind,
        live: VariableSet,
        expected: f64,
    ) -> Result<()> {
        let context = self.context;
        let is_set = self.mode == Mode::Set;
        let patterns: Vec<&Pattern> = members
            .iter()
            .filter_map(|relation| match relation {
                Relation::Pattern(pattern) => Some(pattern),
                _ => None,
            })
            .collect();
        let input = self.take();
        self.operator = match (kind, patterns.as_slice(), members) {
            (StepKind::Scan, [pattern], _) if !self.has_input => {
                PatternScan::operator(context, pattern, live, is_set, &self.ranges)?
            }
            (StepKind::Scan, [pattern], _) => {
                // No key of the index is shared: every row with every row of the pattern, or
                // with those of the same fact.
                let before = VariableSet::of(input.variables().iter().copied());
                let read = live.union(pattern.variables().intersection(before));
                let mut scan = PatternScan::operator(context, pattern, read, is_set, &self.ranges)?;
                let (table, _charge) = collect(context, scan.as_mut())?;
                self.apply(input, Inner::Table(Arc::new(table)), Join::Inner, live)
            }
            (StepKind::Extend(variable), patterns, _) if !patterns.is_empty() => Box::new(
                Extend::new(context, input, patterns, variable, live, is_set, expected)?,
            ),
            (StepKind::Check, [pattern], _) if pattern.fact.is_none() => {
                Box::new(Check::new(context, input, pattern, live, expected)?)
            }
            (StepKind::Check | StepKind::Expand, [pattern], _) => {
                Box::new(Expand::new(context, input, pattern, live, is_set)?)
            }
            (StepKind::Apply, _, [Relation::Table(table)]) if !self.has_input => {
                drop(input);
                let table = Arc::clone(table);
                Box::new(TableRows { table, next: 0 })
            }
            (StepKind::Apply, _, [Relation::Path(path)])
                if !self.has_input
                    && path.subject.variable().is_some()
                    && path.object.variable().is_some() =>
            {
                Box::new(ClosureScan::new(context, path, live, self.mode)?)
            }
            (StepKind::Apply, _, [relation]) => match Inner::of(relation) {
                Some(inner) => self.apply(input, inner, Join::Inner, live),
                None => return Err(Error::query("a pattern cannot be applied")),
            },
            _ => return Err(Error::query("the plan has a step that joins nothing")),
        };
        Ok(())
    }

    fn apply(
        &self,
        input: Box<dyn Operator>,
        inner: Inner,
        join: Join,
        live: VariableSet,
    ) -> Box<dyn Operator> {
        let outer = Outer {
            operator: input,
            certain: self.certain,
        };
        Box::new(Apply::new(
            self.context,
            outer,
            inner,
            join,
            live,
            self.mode,
        ))
    }

    /// Applies the conditions whose variables are bound; at the end all that are left.
    fn filter(&mut self, is_end: bool) {
        let mut left = Vec::new();
        for condition in std::mem::take(&mut self.conditions) {
            let variables = VariableSet::of(condition.variables());
            let is_ready = variables.is_within(self.certain) && !variables.is_empty();
            if is_ready || is_end {
                left.push((condition, true));
            } else {
                left.push((condition, false));
            }
        }
        self.conditions = left
            .iter()
            .filter(|known| !known.1)
            .map(|known| known.0)
            .collect();
        let ready: Vec<&Scalar> = left
            .iter()
            .filter(|known| known.1)
            .map(|known| known.0)
            .collect();
        for (place, condition) in ready.iter().enumerate() {
            // Later steps may need anything that is there; only at the end columns go.
            let mut live = VariableSet::of(self.operator.variables().iter().copied());
            if is_end {
                live = self.later;
                for later in ready.iter().skip(place + 1) {
                    later.each_variable(&mut |variable| live.insert(variable));
                }
            }
            let input = self.take();
            let filter = Filter::new(self.context, input, (*condition).clone(), live);
            self.operator = Box::new(filter);
            self.trace(|| ("filter".to_owned(), None));
        }
    }

    /// Computed variables, optional groups, the conditions that waited for them, negations.
    fn rest(&mut self, group: &Group) -> Result<()> {
        let mut computed: Vec<&(VariableId, Scalar)> = group.computed.iter().collect();
        self.compute(&mut computed, false)?;
        self.filter(false);
        for (place, inner) in group.optionals.iter().enumerate() {
            let mut live = self.needed();
            for later in group.optionals.iter().skip(place) {
                live = live.union(later.mentioned());
            }
            let input = self.take();
            let inner = Inner::Union(vec![inner.clone()]);
            self.operator = self.apply(input, inner, Join::Left, live);
            self.trace(|| ("optional".to_owned(), None));
        }
        self.compute(&mut computed, true)?;
        self.later = self.wanted;
        for inner in &group.negations {
            self.later = self.later.union(inner.mentioned());
        }
        self.filter(true);
        for (place, inner) in group.negations.iter().enumerate() {
            let mut live = self.wanted;
            for later in group.negations.iter().skip(place + 1) {
                live = live.union(later.mentioned());
            }
            let input = self.take();
            self.operator = match self.bound_triple(inner) {
                Some(pattern) => {
                    Box::new(Check::new(self.context, input, pattern, live, 1.0)?.negated())
                }
                None => {
                    let inner = Inner::Union(vec![inner.clone()]);
                    self.apply(input, inner, Join::Anti, live)
                }
            };
            self.trace(|| ("not".to_owned(), None));
        }
        Ok(())
    }

    /// The only pattern of a group, where every row has values for all of its variables.
    fn bound_triple<'g>(&self, group: &'g Group) -> Option<&'g Pattern> {
        let pattern = group.only_pattern()?;
        let is_bound = pattern.variables().is_within(self.certain);
        (is_bound && pattern.fact.is_none()).then_some(pattern)
    }

    /// Computes variables whose inputs are there; at the end all that are left, in order.
    fn compute(&mut self, open: &mut Vec<&(VariableId, Scalar)>, is_end: bool) -> Result<()> {
        loop {
            let present = VariableSet::of(self.operator.variables().iter().copied());
            let ready = open.iter().position(|(_, scalar)| {
                let variables = VariableSet::of(scalar.variables());
                is_end || variables.is_within(present)
            });
            let Some(place) = ready else {
                return Ok(());
            };
            let (variable, scalar) = open.remove(place);
            let input = self.take();
            self.operator = Box::new(Compute::new(self.context, input, *variable, scalar.clone()));
            self.trace(|| ("compute".to_owned(), None));
        }
    }

    fn trace(&mut self, line: impl FnOnce() -> (String, Option<f64>)) {
        let place = self.context.add_trace(|| {
            let (text, estimate) = line();
            Trace {
                depth: 0,
                text,
                estimate: estimate.filter(|rows| !rows.is_nan()),
                rows: 0,
            }
        });
        if place.is_some() {
            let input = self.take();
            self.operator = Box::new(Traced {
                context: Arc::clone(self.context),
                input,
                place,
            });
        }
    }
}
