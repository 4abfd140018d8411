//! From the solutions of a group to the rows of an answer: computed columns, groups, order,
//! limits.

use std::sync::Arc;

use crate::error::Result;

use super::algebra::{Group, VariableId, VariableSet};
use super::execute::aggregate::Grouping;
use super::execute::order::{Distinct, Project, Slice, Sort};
use super::execute::{Compute, Condition, Context, Mode, Operator, PatternScan, build};
use super::range::Ranges;
use super::resolve::Output;

/// Makes the operators for a whole query; they hand out the columns of the output.
pub(crate) fn assemble(
    context: &Arc<Context>,
    group: &Group,
    output: &Output,
) -> Result<Box<dyn Operator>> {
    let wanted = output.wanted();
    let counts_nothing = |aggregates: &[super::execute::aggregate::Aggregate]| {
        aggregates.iter().all(|aggregate| {
            use crate::language::Function;
            aggregate.is_distinct
                || matches!(
                    aggregate.function,
                    Function::Min | Function::Max | Function::Sample
                )
        })
    };
    let mode = match &output.grouping {
        None if output.is_distinct => Mode::Set,
        Some((_, aggregates)) if counts_nothing(aggregates) => Mode::Set,
        _ => Mode::Bag,
    };
    let mut operator = match group.only_pattern() {
        // One pattern has one plan.
        Some(pattern) if !context.is_traced() => {
            let is_set = mode == Mode::Set;
            PatternScan::operator(context, pattern, wanted, is_set, &Ranges::default())?
        }
        _ => {
            let group = group.clone().with_parts_apart();
            build(context, &group, None, wanted, mode)?
        }
    };
    for (variable, scalar) in &output.before {
        let compute = Compute::new(context, operator, *variable, scalar.clone());
        operator = Box::new(compute);
    }
    if let Some((keys, aggregates)) = &output.grouping {
        operator = Box::new(Grouping::new(context, operator, keys, aggregates));
    }
    for (variable, scalar) in &output.after {
        let compute = Compute::new(context, operator, *variable, scalar.clone());
        operator = Box::new(compute);
    }
    for condition in &output.having {
        let live = VariableSet::of(operator.variables().iter().copied());
        operator = Box::new(Condition::new(context, operator, condition.clone(), live));
    }
    let columns: Vec<VariableId> = output
        .columns
        .iter()
        .map(|(_, variable)| *variable)
        .collect();
    if output.is_distinct {
        let sorted = output.order.iter().map(|(variable, _)| *variable);
        let needed: Vec<VariableId> = columns.iter().copied().chain(sorted).collect();
        operator = Box::new(Distinct::new(
            context,
            Box::new(Project::new(operator, &needed)),
        ));
    }
    if !output.order.is_empty() {
        let limit = output
            .limit
            .and_then(|limit| limit.checked_add(output.offset))
            .and_then(|limit| usize::try_from(limit).ok());
        operator = Box::new(Sort::new(context, operator, &output.order, limit));
    }
    if output.limit.is_some() || output.offset > 0 {
        operator = Box::new(Slice::new(operator, output.offset, output.limit));
    }
    if operator.variables() == columns {
        return Ok(operator);
    }
    Ok(Box::new(Project::new(operator, &columns)))
}
