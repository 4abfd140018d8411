//! What the parts of a plan cost. Only the ratios matter.

use super::super::algebra::{Pattern, Relation, Slot, VariableId};

/// Costs in nanoseconds, measured on decoded blocks; only their ratios matter.
pub(crate) const SCAN_ROW: f64 = 3.0;
/// One look-up in the index, by keys that come in their order.
pub(crate) const SEEK: f64 = 300.0;
/// One look-up by keys that come in any order: most go to a block of their own.
pub(crate) const SEEK_FAR: f64 = 1_500.0;
/// One look-up in a table in memory.
pub(crate) const PROBE: f64 = 15.0;
/// One row put into a table in memory.
pub(crate) const BUILD_ROW: f64 = 10.0;
/// One row put into the list of its subject: rows come by their objects, so that each goes to a
/// place of its own. By the object they stay as they come.
const LISTED_BY_SUBJECT: f64 = 30.0;
/// The same while all of them stay in the processor's cache: up to so many rows.
const LISTED_IN_CACHE: f64 = 6.0;
const CACHED_ROWS: f64 = 65_536.0;
const LISTED_BY_OBJECT: f64 = 12.0;
/// One row made.
pub(crate) const OUTPUT_ROW: f64 = 3.0;
/// One evaluation of a nested group, path or rule for bound variables.
pub(super) const EVALUATE: f64 = 3_000.0;

/// Reading all rows of a predicate into lists.
pub(crate) fn list_cost(rows: f64, by_subject: bool) -> f64 {
    let listed = if rows <= CACHED_ROWS {
        LISTED_IN_CACHE
    } else if by_subject {
        LISTED_BY_SUBJECT
    } else {
        LISTED_BY_OBJECT
    };
    rows * (SCAN_ROW + listed)
}

/// Look-ups one by one, or reading everything once and looking up in memory.
pub(super) fn pair_cost(load: f64, before: f64, seek: f64) -> f64 {
    let seeks = before * seek;
    seeks.min(SEEK + load + before * PROBE)
}

/// The variable by which all rows of a relation come in order.
pub(super) fn leading(relation: &Relation) -> Option<VariableId> {
    match relation {
        Relation::Pattern(pattern) => {
            let [subject, predicate, object] = pattern.slots;
            match predicate {
                Slot::Constant(_) => object.variable().or(subject.variable()),
                Slot::Variable(_) => None,
            }
        }
        Relation::Table(table) => table.variables.first().copied(),
        _ => None,
    }
}

/// Whether a variable is the object of a pattern.
pub(super) fn is_list_of_objects(relation: &Relation, variable: VariableId) -> bool {
    match relation {
        Relation::Pattern(pattern) => {
            let [_, _, object] = pattern.slots;
            object.variable() == Some(variable)
        }
        _ => false,
    }
}

/// Whether a pattern gives sorted lists of one variable for values of the other: a plain one
/// with a constant predicate. Lists leave out facts without an object, so that a pattern that asks
/// for these is none.
pub(crate) fn is_list(pattern: &Pattern) -> bool {
    let [subject, predicate, object] = pattern.slots;
    pattern.fact.is_none()
        && !pattern.allows_absent
        && !pattern.reads_marked
        && predicate.constant().is_some()
        && subject.variable().is_some()
        && object.variable().is_some()
}
