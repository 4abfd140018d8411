//! What all operators of a running query share: the store, the budget, terms of its own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::Result;

use super::super::algebra::UNBOUND;
use super::super::budget::{Budget, Charge};
use super::super::cell::Cell;
use super::super::facts::Facts;
use super::super::rule::Rules;
use super::list::Lists;

/// Ids of terms that only the query knows begin here; the store gives none of them.
const LOCAL: u64 = 0xF << 60;

/// Terms that a query computed and the store does not know.
#[derive(Debug, Default)]
struct LocalTerms {
    cells: Vec<Cell>,
    ids: HashMap<String, u64>,
}

/// A line of `explain`: a step and how many rows it really made.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Trace {
    pub(crate) depth: usize,
    pub(crate) text: String,
    pub(crate) estimate: Option<f64>,
    pub(crate) rows: u64,
}

/// The grouped rows of a predicate, by subject or by object, with the memory they take.
type ListsByPredicate = HashMap<(u64, bool), (Arc<Lists>, Charge)>;

/// Shared by the operators of one query.
pub(crate) struct Context {
    pub(crate) facts: Arc<dyn Facts>,
    pub(crate) budget: Arc<Budget>,
    pub(crate) rules: Arc<Rules>,
    /// Lists that were read whole, by predicate and whether by subject, and their memory.
    pub(crate) lists: Mutex<ListsByPredicate>,
    local: Mutex<LocalTerms>,
    /// Lines of `explain`, only where they are asked for.
    trace: Option<Mutex<Vec<Trace>>>,
}

impl Context {
    pub(crate) fn new(
        facts: Arc<dyn Facts>,
        budget: Arc<Budget>,
        rules: Arc<Rules>,
        is_traced: bool,
    ) -> Arc<Self> {
        Arc::new(Self {
            facts,
            budget,
            rules,
            lists: Mutex::default(),
            local: Mutex::default(),
            trace: is_traced.then(Mutex::default),
        })
    }

    /// The id of a cell: that of the store where it has one.
    pub(crate) fn intern(&self, cell: &Cell) -> Result<u64> {
        if let Some(id) = self.facts.find(cell)? {
            return Ok(id);
        }
        let kind = match cell {
            Cell::Name(_) => "name",
            Cell::Value(value) => value.kind(),
        };
        let key = format!("{kind}\u{0}{cell}");
        let mut local = self.local.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&id) = local.ids.get(&key) {
            return Ok(id);
        }
        let id = LOCAL | local.cells.len() as u64;
        local.cells.push(cell.clone());
        local.ids.insert(key, id);
        Ok(id)
    }

    /// What ids stand for; empty for those of empty variables.
    pub(crate) fn cells(&self, ids: &[u64]) -> Result<Vec<Option<Cell>>> {
        let is_stored = |id: &u64| *id < LOCAL;
        if ids.iter().all(is_stored) {
            return Ok(self.facts.cells(ids)?.into_iter().map(Some).collect());
        }
        let stored: Vec<u64> = ids.iter().copied().filter(is_stored).collect();
        let mut stored = self.facts.cells(&stored)?.into_iter();
        let local = self.local.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(ids
            .iter()
            .map(|&id| match id {
                UNBOUND => None,
                id if id >= LOCAL => {
                    let place = usize::try_from(id & !LOCAL).ok()?;
                    local.cells.get(place).cloned()
                }
                _ => stored.next(),
            })
            .collect())
    }

    /// What one id stands for.
    pub(crate) fn cell(&self, id: u64) -> Result<Option<Cell>> {
        Ok(self.cells(&[id])?.into_iter().next().flatten())
    }

    /// Whether an id is that of a term only this query knows.
    pub(crate) fn is_local(id: u64) -> bool {
        id >= LOCAL
    }

    /// An account of memory for an operator.
    pub(crate) fn charge(&self) -> Charge {
        Charge::new(&self.budget)
    }

    /// Whether steps are shown.
    pub(crate) fn is_traced(&self) -> bool {
        self.trace.is_some()
    }

    /// Adds a line to the trace; its place, where lines are asked for.
    pub(crate) fn add_trace(&self, line: impl FnOnce() -> Trace) -> Option<usize> {
        let mut lines = self
            .trace
            .as_ref()?
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        lines.push(line());
        Some(lines.len() - 1)
    }

    /// Adds rows to a line of the trace.
    pub(crate) fn count_trace(&self, place: Option<usize>, rows: u64) {
        if let (Some(place), Some(trace)) = (place, &self.trace) {
            let mut lines = trace.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(line) = lines.get_mut(place) {
                line.rows = line.rows.saturating_add(rows);
            }
        }
    }

    /// The lines of the trace.
    pub(crate) fn trace(&self) -> Vec<Trace> {
        match &self.trace {
            Some(trace) => trace.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            None => Vec::new(),
        }
    }
}
