//! Ranges of whole numbers and times that conditions ask for, as ranges of ids: these ids carry
//! their values in their order, so that a range is a stretch of the index.

use crate::language::Comparison;
use crate::value::Value;

use super::algebra::VariableId;
use super::cell::Cell;
use super::expression::Scalar;

/// The ids of one kind of values have these bits in common.
const KIND_SHIFT: u32 = 60;

/// A year and a day more, in seconds: no time that a single number carries is longer.
const LONGEST_TIME: u64 = 367 * 86_400;
/// Seconds stand above so many bits of precision in the ids of times.
const PRECISION_BITS: u32 = 2;

/// The ids between which a variable lies, if it is of their kind. Whoever fulfils the conditions
/// is among them; not everyone among them has to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) first: u64,
    pub(crate) last: u64,
}

impl Range {
    /// The ids that can fulfil the conditions: those of the range, and those of other kinds, which
    /// the conditions have to look at themselves. Empty stretches are left out.
    pub(crate) fn spans(self) -> Vec<(u64, u64)> {
        let kind = self.kind_floor();
        let ceiling = kind | ((1 << KIND_SHIFT) - 1);
        let below = kind.checked_sub(1).map(|last| (0, last));
        let above = ceiling.checked_add(1).map(|first| (first, u64::MAX));
        let within = (self.first <= self.last).then_some((self.first, self.last));
        below.into_iter().chain(within).chain(above).collect()
    }

    fn kind_floor(self) -> u64 {
        (self.first >> KIND_SHIFT) << KIND_SHIFT
    }

    /// Whether an id is in the range, or of another kind.
    pub(crate) fn allows(self, id: u64) -> bool {
        id >> KIND_SHIFT != self.first >> KIND_SHIFT || (self.first..=self.last).contains(&id)
    }
}

/// The ranges in which variables lie.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Ranges(Vec<(VariableId, Range)>);

impl Ranges {
    /// What comparisons with whole numbers ask for.
    pub(crate) fn of(conditions: &[Scalar]) -> Self {
        let mut ranges: Vec<(VariableId, Range)> = Vec::new();
        for condition in conditions {
            let Some((variable, more)) = range_of(condition) else {
                continue;
            };
            match ranges.iter_mut().find(|(known, _)| *known == variable) {
                Some((_, range)) => {
                    range.first = range.first.max(more.first);
                    range.last = range.last.min(more.last);
                }
                None => ranges.push((variable, more)),
            }
        }
        Self(ranges)
    }

    /// The range of a variable.
    pub(crate) fn get(&self, variable: VariableId) -> Option<Range> {
        let known = self.0.iter().find(|(known, _)| *known == variable);
        known.map(|(_, range)| *range)
    }
}

fn range_of(condition: &Scalar) -> Option<(VariableId, Range)> {
    let Scalar::Compare(comparison, left, right) = condition else {
        return None;
    };
    let (variable, comparison, cell) = match (left.as_ref(), right.as_ref()) {
        (Scalar::Variable(variable), Scalar::Constant(constant)) => {
            (*variable, *comparison, &constant.cell)
        }
        (Scalar::Constant(constant), Scalar::Variable(variable)) => {
            (*variable, turned(*comparison), &constant.cell)
        }
        _ => return None,
    };
    let id = cell.inline()?.raw();
    // A time is a stretch of time: one that begins before another may still reach into it.
    let slack = match cell {
        Cell::Value(Value::Number(_)) => 0,
        Cell::Value(Value::Time(_)) => LONGEST_TIME << PRECISION_BITS,
        _ => return None,
    };
    let floor = (id >> KIND_SHIFT) << KIND_SHIFT;
    let ceiling = floor | ((1 << KIND_SHIFT) - 1);
    let (low, high) = (id.saturating_sub(slack), id.saturating_add(slack));
    let (first, last) = match comparison {
        Comparison::Equal => (low, high),
        Comparison::Less if slack == 0 => (floor, high.checked_sub(1)?),
        Comparison::Less | Comparison::LessOrEqual => (floor, high),
        Comparison::Greater if slack == 0 => (low.checked_add(1)?, ceiling),
        Comparison::Greater | Comparison::GreaterOrEqual => (low, ceiling),
        Comparison::NotEqual => return None,
    };
    let range = Range {
        first: first.max(floor),
        last: last.min(ceiling),
    };
    // A bound at the very end of the kind would leave it.
    (first <= ceiling && last >= floor).then_some((variable, range))
}

/// The comparison with its sides exchanged.
fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(comparison: Comparison, value: Value, is_turned: bool) -> Scalar {
        let cell = Cell::Value(value);
        let ids = cell.inline().map(|id| id.raw()).into_iter().collect();
        let constant = Box::new(Scalar::Constant(super::super::expression::Constant {
            cell,
            ids,
        }));
        let variable = Box::new(Scalar::Variable(VariableId(0)));
        if is_turned {
            Scalar::Compare(comparison, constant, variable)
        } else {
            Scalar::Compare(comparison, variable, constant)
        }
    }

    fn id(value: Value) -> u64 {
        Cell::Value(value).inline().unwrap().raw()
    }

    #[test]
    fn comparisons_with_whole_numbers_are_ranges_of_their_ids() {
        let conditions = [
            compared(Comparison::GreaterOrEqual, Value::from(-3), false),
            compared(Comparison::Greater, Value::from(9), true),
        ];
        let range = Ranges::of(&conditions).get(VariableId(0)).unwrap();
        for (number, expected) in [(-4, false), (-3, true), (8, true), (9, false)] {
            assert_eq!(range.allows(id(Value::from(number))), expected, "{number}");
        }
        assert!(
            range.allows(id(Value::from(true))),
            "other kinds are not judged"
        );
        let spans = range.spans();
        assert_eq!(spans.len(), 3);
        assert!(spans.windows(2).all(|pair| pair[0].1 < pair[1].0));
        assert_eq!(spans[1], (range.first, range.last));
    }

    #[test]
    fn a_year_may_reach_into_a_range_that_begins_within_it() {
        let day = Value::parse("time", "1990-06-01").unwrap();
        let range = Ranges::of(&[compared(Comparison::GreaterOrEqual, day, false)]);
        let range = range.get(VariableId(0)).unwrap();
        let time = |text| id(Value::parse("time", text).unwrap());
        assert!(range.allows(time("1990")));
        assert!(range.allows(time("1991-01-01")));
        assert!(!range.allows(time("1985")));
    }

    #[test]
    fn what_no_number_fulfils_has_no_span_of_numbers() {
        let conditions = [
            compared(Comparison::Greater, Value::from(5), false),
            compared(Comparison::Less, Value::from(5), false),
        ];
        let range = Ranges::of(&conditions).get(VariableId(0)).unwrap();
        assert_eq!(range.spans().len(), 2);
    }
}
