//! Plans: in which order the relations of a group are joined, and how.

use super::algebra::VariableId;

/// How a step adds to the rows before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StepKind {
    /// All rows of a pattern that shares no variable with those before.
    Scan,
    /// One new variable: the values that every pattern of the step has for the row, by
    /// intersection of sorted lists. With patterns that close a cycle this is the
    /// worst-case-optimal join of Ngo, Porat, Ré and Rudra (2012).
    Extend(VariableId),
    /// Several new variables of one pattern, by look-up.
    Expand,
    /// No new variable: rows without a match are dropped.
    Check,
    /// A table, union, path, call or field: evaluated for the bindings at hand, then joined.
    Apply,
}

/// One step of a plan.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    pub(crate) kind: StepKind,
    /// Which relations of the group it joins.
    pub(crate) relations: Vec<usize>,
    /// How many rows are expected after it.
    pub(crate) rows: f64,
}

/// An order of joining the relations of a group.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Plan {
    pub(crate) steps: Vec<Step>,
    /// The expected time in nanoseconds.
    pub(crate) cost: f64,
}
