//! Paths: which nodes are reached by following a predicate.
//!
//! From given ends it is a search. The whole closure goes over the strongly connected
//! components (Tarjan 1972): nodes of one component reach the same nodes, so each component is
//! searched once, and where only the number of pairs is asked for, a component with one
//! successor takes over the successor's number.

mod closure;

use std::sync::Arc;

use crate::error::Result;

use super::super::algebra::{Edge, Path, Slot, Table, VariableId, VariableSet};
use super::super::budget::Charge;
use super::super::optimize::SEEK_FAR;
use super::list::{ListAccess, Lists, read_pairs};
use super::table::TupleSet;
use super::{Context, Mode, build, collect};

pub(crate) use closure::ClosureScan;

/// The edges in one direction.
enum Edges {
    Stored(ListAccess),
    Computed(Lists),
}

impl Edges {
    fn new(context: &Arc<Context>, edge: &Edge, is_forward: bool, searches: f64) -> Result<Self> {
        match edge {
            Edge::Stored(predicate) => {
                let access = ListAccess::new(context, *predicate, is_forward, searches)?;
                Ok(Self::Stored(access))
            }
            Edge::Computed(..) => {
                let (mut sources, mut targets) = pairs(context, edge)?;
                if !is_forward {
                    std::mem::swap(&mut sources, &mut targets);
                }
                Ok(Self::Computed(Lists::group(&sources, &targets)))
            }
        }
    }

    fn from(&mut self, node: u64) -> Result<&[u64]> {
        match self {
            Self::Stored(access) => access.list(node),
            Self::Computed(lists) => Ok(lists.of(node)),
        }
    }

    fn prepare(&mut self, context: &Context) -> Result<()> {
        match self {
            Self::Stored(access) => access.prepare_for(context, SEEK_FAR, SEEK_FAR),
            Self::Computed(_) => Ok(()),
        }
    }
}

/// All edges: where they start and where they end.
fn pairs(context: &Arc<Context>, edge: &Edge) -> Result<(Vec<u64>, Vec<u64>)> {
    match edge {
        Edge::Stored(predicate) => {
            let (objects, subjects) = read_pairs(context, *predicate)?;
            Ok((subjects, objects))
        }
        Edge::Computed(group, from, to) => {
            let wanted = VariableSet::of([*from, *to]);
            let mut operator = build(context, group, None, wanted, Mode::Set)?;
            let (table, _charge) = collect(context, operator.as_mut())?;
            let mut set = TupleSet::new(2);
            let column = |variable| table.column_of(variable).unwrap_or(usize::MAX);
            let (from, to) = (column(*from), column(*to));
            for row in 0..table.rows {
                set.insert(&[table.at(from, row), table.at(to, row)]);
            }
            Ok((set.column(0), set.column(1)))
        }
    }
}

/// The pairs of a path that have an end among the seeds, or all.
pub(crate) fn evaluate(
    context: &Arc<Context>,
    path: &Path,
    seeds: Option<&Table>,
) -> Result<(Table, Charge)> {
    let starts = ends(path.subject, seeds);
    let stops = ends(path.object, seeds);
    let variables: Vec<VariableId> = [path.subject, path.object]
        .iter()
        .filter_map(|slot| slot.variable())
        .collect();
    let mut table = Table::empty(variables);
    let mut charge = context.charge();
    match (starts, stops) {
        (Some(starts), stops) => {
            let stops = stops.map(super::check::Members::new);
            let mut search = Search::new(context, path, true, starts.len())?;
            for start in starts {
                search.run(start, |node| {
                    if stops.as_ref().is_none_or(|stops| stops.contains(node)) {
                        push(&mut table, path, start, node);
                    }
                })?;
                charge.grow_to(table.bytes())?;
            }
        }
        (None, Some(stops)) => {
            let mut search = Search::new(context, path, false, stops.len())?;
            for stop in stops {
                search.run(stop, |node| push(&mut table, path, node, stop))?;
                charge.grow_to(table.bytes())?;
            }
        }
        (None, None) => {
            let live = VariableSet::of(table.variables.iter().copied());
            let mut scan = ClosureScan::new(context, path, live, Mode::Set)?;
            return collect(context, &mut scan);
        }
    }
    Ok((table, charge))
}

fn push(table: &mut Table, path: &Path, start: u64, stop: u64) {
    let slots = [(path.subject, start), (path.object, stop)];
    let values = slots
        .iter()
        .filter(|(slot, _)| slot.variable().is_some())
        .map(|(_, value)| *value);
    for (column, value) in table.columns.iter_mut().zip(values) {
        column.push(value);
    }
    table.rows += 1;
}

/// The different values an end can have, where that is known before.
fn ends(slot: Slot, seeds: Option<&Table>) -> Option<Vec<u64>> {
    match slot {
        Slot::Constant(id) => Some(vec![id]),
        Slot::Variable(variable) => {
            let seeds = seeds?;
            let column = seeds.columns.get(seeds.column_of(variable)?)?;
            let mut values = column.clone();
            values.sort_unstable();
            values.dedup();
            Some(values)
        }
    }
}

/// Searches from single nodes.
struct Search<'a> {
    context: &'a Arc<Context>,
    edges: Edges,
    is_reflexive: bool,
    /// The edges the other way, where a start counts only if it is on an edge. A constant of
    /// the path counts anyway; so the pairs of a path do not depend on what else is bound.
    back: Option<Edges>,
    constants: Vec<u64>,
    charge: Charge,
}

impl<'a> Search<'a> {
    fn new(context: &'a Arc<Context>, path: &Path, forward: bool, nodes: usize) -> Result<Self> {
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let edges = Edges::new(context, &path.edge, forward, nodes as f64)?;
        let back = if path.is_reflexive {
            Some(Edges::new(context, &path.edge, !forward, 0.0)?)
        } else {
            None
        };
        let ends = [path.subject, path.object];
        Ok(Self {
            charge: context.charge(),
            context,
            edges,
            is_reflexive: path.is_reflexive,
            back,
            constants: ends.iter().filter_map(|slot| slot.constant()).collect(),
        })
    }

    /// Whether no step at all leads from a node to itself.
    fn stays(&mut self, node: u64) -> Result<bool> {
        if !self.is_reflexive || self.constants.contains(&node) {
            return Ok(self.is_reflexive);
        }
        if !self.edges.from(node)?.is_empty() {
            return Ok(true);
        }
        match &mut self.back {
            Some(back) => Ok(!back.from(node)?.is_empty()),
            None => Ok(false),
        }
    }

    /// Calls a function with each node that is reached, once.
    fn run(&mut self, start: u64, mut reached: impl FnMut(u64)) -> Result<()> {
        let mut seen = TupleSet::new(1);
        if self.stays(start)? {
            seen.insert(&[start]);
            reached(start);
        }
        let mut next = 0;
        let mut node = start;
        loop {
            self.context.budget.check()?;
            self.edges.prepare(self.context)?;
            for &target in self.edges.from(node)? {
                if seen.insert(&[target]).1 {
                    reached(target);
                }
            }
            // The start itself may be in the set, as the first or by a cycle.
            loop {
                let Some(&following) = seen.tuple(next).first() else {
                    return self.charge.grow_to(seen.bytes());
                };
                next += 1;
                if following != start {
                    node = following;
                    break;
                }
            }
        }
    }
}
