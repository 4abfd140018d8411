//! The whole closure of a predicate, streamed.

use std::sync::Arc;

use crate::error::Result;

use super::super::super::algebra::{Path, VariableId, VariableSet};
use super::super::super::budget::Charge;
use super::super::list::KeyIndex;
use super::super::{BLOCK_ROWS, Batch, Context, Mode, Operator};
use super::pairs;

/// A graph of numbered nodes: the targets of node `n` are `targets[offsets[n]..offsets[n + 1]]`.
struct Graph {
    offsets: Vec<u32>,
    targets: Vec<u32>,
}

impl Graph {
    fn new(nodes: usize, edges: &[(u32, u32)]) -> Self {
        let mut offsets = vec![0u32; nodes + 1];
        for &(from, _) in edges {
            if let Some(offset) = offsets.get_mut(from as usize + 1) {
                *offset += 1;
            }
        }
        let mut sum = 0;
        for offset in &mut offsets {
            sum += *offset;
            *offset = sum;
        }
        let mut next = offsets.clone();
        let mut targets = vec![0u32; edges.len()];
        for &(from, to) in edges {
            if let Some(place) = next.get_mut(from as usize) {
                if let Some(target) = targets.get_mut(*place as usize) {
                    *target = to;
                }
                *place += 1;
            }
        }
        Self { offsets, targets }
    }

    #[inline]
    fn of(&self, node: u32) -> &[u32] {
        let node = node as usize;
        match (self.offsets.get(node), self.offsets.get(node + 1)) {
            (Some(&start), Some(&end)) => self
                .targets
                .get(start as usize..end as usize)
                .unwrap_or(&[]),
            _ => &[],
        }
    }

    fn nodes(&self) -> u32 {
        u32::try_from(self.offsets.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }
}

/// The strongly connected component of each node, numbered so that a component's number is
/// greater than those it reaches (Tarjan 1972, without recursion).
fn components(graph: &Graph) -> (Vec<u32>, u32) {
    const NEW: u32 = u32::MAX;
    let nodes = graph.nodes();
    let mut order = vec![NEW; nodes as usize];
    let mut low = vec![0u32; nodes as usize];
    let mut component = vec![NEW; nodes as usize];
    let mut stack: Vec<u32> = Vec::new();
    let mut calls: Vec<(u32, u32)> = Vec::new();
    let (mut time, mut count) = (0u32, 0u32);
    let get = |values: &[u32], node: u32| values.get(node as usize).copied().unwrap_or(NEW);
    let set = |values: &mut [u32], node: u32, value: u32| {
        if let Some(place) = values.get_mut(node as usize) {
            *place = value;
        }
    };
    for root in 0..nodes {
        if get(&order, root) != NEW {
            continue;
        }
        calls.push((root, 0));
        while let Some((node, edge)) = calls.pop() {
            if edge == 0 {
                set(&mut order, node, time);
                set(&mut low, node, time);
                time += 1;
                stack.push(node);
            } else if let Some(&child) = graph.of(node).get(edge as usize - 1) {
                let least = get(&low, node).min(get(&low, child));
                set(&mut low, node, least);
            }
            let mut edge = edge;
            let mut descends = false;
            while let Some(&target) = graph.of(node).get(edge as usize) {
                edge += 1;
                if get(&order, target) == NEW {
                    calls.push((node, edge));
                    calls.push((target, 0));
                    descends = true;
                    break;
                }
                if get(&component, target) == NEW {
                    let least = get(&low, node).min(get(&order, target));
                    set(&mut low, node, least);
                }
            }
            if descends || get(&low, node) != get(&order, node) {
                continue;
            }
            while let Some(member) = stack.pop() {
                set(&mut component, member, count);
                if member == node {
                    break;
                }
            }
            count += 1;
        }
    }
    (component, count)
}

/// Reachability between components.
struct Condensed {
    graph: Graph,
    /// The nodes of each component.
    members: Graph,
    /// Whether the nodes of a component reach each other.
    is_cyclic: Vec<bool>,
    stamps: Vec<u32>,
    stamp: u32,
}

impl Condensed {
    fn new(graph: &Graph) -> Self {
        let (component, count) = components(graph);
        let of = |node: u32| component.get(node as usize).copied().unwrap_or(0);
        let mut is_cyclic = vec![false; count as usize];
        let mut edges: Vec<(u32, u32)> = Vec::new();
        for node in 0..graph.nodes() {
            for &target in graph.of(node) {
                let (from, to) = (of(node), of(target));
                if from != to {
                    edges.push((from, to));
                } else if let Some(is_cyclic) = is_cyclic.get_mut(from as usize) {
                    *is_cyclic = true;
                }
            }
        }
        edges.sort_unstable();
        edges.dedup();
        let members: Vec<(u32, u32)> = (0..graph.nodes()).map(|node| (of(node), node)).collect();
        Self {
            graph: Graph::new(count as usize, &edges),
            members: Graph::new(count as usize, &members),
            is_cyclic,
            stamps: vec![0; count as usize],
            stamp: 0,
        }
    }

    fn is_cyclic(&self, component: u32) -> bool {
        self.is_cyclic.get(component as usize) == Some(&true)
    }

    /// The components reached from one, itself included where it is cyclic.
    fn reached(&mut self, start: u32, found: &mut Vec<u32>) {
        self.stamp += 1;
        found.clear();
        if self.is_cyclic(start) {
            found.push(start);
        }
        let mut next = 0;
        let mut component = start;
        loop {
            for &target in self.graph.of(component) {
                if let Some(stamp) = self.stamps.get_mut(target as usize)
                    && *stamp != self.stamp
                {
                    *stamp = self.stamp;
                    found.push(target);
                }
            }
            while found.get(next) == Some(&start) {
                next += 1;
            }
            match found.get(next) {
                Some(&following) => component = following,
                None => return,
            }
            next += 1;
        }
    }

    /// How many nodes each component reaches.
    fn counts(&mut self, context: &Context) -> Result<Vec<u64>> {
        let count = self.graph.nodes();
        let mut counts = vec![0u64; count as usize];
        let mut found = Vec::new();
        for component in 0..count {
            let own = self.members.of(component).len() as u64;
            let own = if self.is_cyclic(component) { own } else { 0 };
            let reached = match self.graph.of(component) {
                [] => own,
                // Successors have smaller numbers: theirs is known.
                [only] => {
                    let theirs = counts.get(*only as usize).copied().unwrap_or(0);
                    let members = self.members.of(*only).len() as u64;
                    own + theirs + if self.is_cyclic(*only) { 0 } else { members }
                }
                _ => {
                    context.budget.check()?;
                    self.reached(component, &mut found);
                    found
                        .iter()
                        .map(|&reached| self.members.of(reached).len() as u64)
                        .sum()
                }
            };
            if let Some(place) = counts.get_mut(component as usize) {
                *place = reached;
            }
        }
        Ok(counts)
    }
}

/// Hands out the pairs of a closure, or how many there are for each node of one end.
pub(crate) struct ClosureScan {
    context: Arc<Context>,
    variables: Vec<VariableId>,
    condensed: Condensed,
    ids: Vec<u64>,
    is_reflexive: bool,
    is_set: bool,
    /// Whether edges were turned round, so that the object comes first.
    shape: Shape,
    counts: Vec<u64>,
    component: u32,
    pending: Option<(Vec<u32>, usize)>,
    _charge: Charge,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Both ends.
    Pairs,
    /// One end, and how many nodes are at the other.
    One,
    /// Only the number of pairs.
    Total,
}

impl ClosureScan {
    pub(crate) fn new(
        context: &Arc<Context>,
        path: &Path,
        live: VariableSet,
        mode: Mode,
    ) -> Result<Self> {
        let (mut sources, mut targets) = pairs(context, &path.edge)?;
        let mut charge = context.charge();
        charge.grow_to(sources.len() * 64)?;
        let is_live = |slot: super::super::super::algebra::Slot| {
            slot.variable().filter(|&variable| live.contains(variable))
        };
        let (subject, object) = (is_live(path.subject), is_live(path.object));
        let shape = match (subject, object) {
            (Some(_), Some(_)) => Shape::Pairs,
            (None, None) => Shape::Total,
            _ => Shape::One,
        };
        if shape == Shape::One && object.is_some() {
            std::mem::swap(&mut sources, &mut targets);
        }
        let edges = sources.len();
        let mut nodes = sources;
        nodes.extend(targets);
        let (_, numbers, count) = KeyIndex::number(&nodes);
        let mut ids = vec![0u64; count];
        for (&number, &id) in numbers.iter().zip(&nodes) {
            if let Some(place) = ids.get_mut(number as usize) {
                *place = id;
            }
        }
        drop(nodes);
        let (from, to) = numbers.split_at(edges.min(numbers.len()));
        let pairs: Vec<(u32, u32)> = from.iter().copied().zip(to.iter().copied()).collect();
        let mut condensed = Condensed::new(&Graph::new(count, &pairs));
        let counts = match shape {
            Shape::Pairs => Vec::new(),
            _ => condensed.counts(context)?,
        };
        Ok(Self {
            context: Arc::clone(context),
            variables: [subject, object].into_iter().flatten().collect(),
            condensed,
            ids,
            is_reflexive: path.is_reflexive,
            is_set: mode == Mode::Set,
            shape,
            counts,
            component: 0,
            pending: None,
            _charge: charge,
        })
    }

    fn id(&self, node: u32) -> u64 {
        self.ids.get(node as usize).copied().unwrap_or(0)
    }

    /// How many nodes a node of a component reaches.
    fn count(&self, component: u32) -> u64 {
        let reached = self.counts.get(component as usize).copied().unwrap_or(0);
        reached + u64::from(self.is_reflexive && !self.condensed.is_cyclic(component))
    }

    fn total(&mut self) -> Option<Batch> {
        let components = self.condensed.graph.nodes();
        let mut sum = 0u64;
        for component in self.component..components {
            let members = self.condensed.members.of(component).len() as u64;
            sum = sum.saturating_add(members.saturating_mul(self.count(component)));
        }
        self.component = components;
        let weight = if self.is_set { sum.min(1) } else { sum };
        (weight > 0).then(|| Batch {
            columns: Vec::new(),
            rows: 1,
            weights: Some(vec![weight]),
        })
    }

    fn one_end(&mut self) -> Option<Batch> {
        let (mut column, mut weights) = (Vec::new(), Vec::new());
        while self.component < self.condensed.graph.nodes() && column.len() < BLOCK_ROWS {
            let count = self.count(self.component);
            if count > 0 {
                for &node in self.condensed.members.of(self.component) {
                    column.push(self.id(node));
                    weights.push(if self.is_set { 1 } else { count });
                }
            }
            self.component += 1;
        }
        (!column.is_empty()).then(|| Batch {
            rows: column.len(),
            columns: vec![column],
            weights: Some(weights),
        })
    }

    fn both_ends(&mut self) -> Option<Batch> {
        let (mut sources, mut targets) = (Vec::new(), Vec::new());
        while self.component < self.condensed.graph.nodes() && sources.len() < BLOCK_ROWS {
            let component = self.component;
            let (reached, start) = match self.pending.take() {
                Some(pending) => pending,
                None => {
                    let mut found = Vec::new();
                    self.condensed.reached(component, &mut found);
                    (found, 0)
                }
            };
            let mut next = start;
            while let Some(&node) = self.condensed.members.of(component).get(next) {
                if sources.len() >= BLOCK_ROWS {
                    break;
                }
                let source = self.id(node);
                let before = targets.len();
                for &component in &reached {
                    let members = self.condensed.members.of(component);
                    targets.extend(members.iter().map(|&node| self.id(node)));
                }
                if self.is_reflexive && !self.condensed.is_cyclic(component) {
                    targets.push(source);
                }
                sources.extend(std::iter::repeat_n(source, targets.len() - before));
                next += 1;
            }
            if next < self.condensed.members.of(component).len() {
                self.pending = Some((reached, next));
                break;
            }
            self.component += 1;
        }
        (!sources.is_empty()).then(|| Batch {
            rows: sources.len(),
            columns: vec![sources, targets],
            weights: None,
        })
    }
}

impl Operator for ClosureScan {
    fn variables(&self) -> &[VariableId] {
        &self.variables
    }

    fn next(&mut self) -> Result<Option<Batch>> {
        self.context.budget.check()?;
        Ok(match self.shape {
            Shape::Pairs => self.both_ends(),
            Shape::One => self.one_end(),
            Shape::Total => self.total(),
        })
    }
}
