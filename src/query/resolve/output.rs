//! Columns, groups, order and limits of a query.

use crate::error::Result;
use crate::language::{Clause, Direction, Expression, ExpressionKind, Query, Term, TermKind, Test};

use super::super::algebra::{Group, VariableId, VariableSet};
use super::super::expression::Scalar;
use super::scalar::{Aggregation, has_aggregate};
use super::{Computed, Output, Resolver};

impl Resolver<'_> {
    /// What becomes of the solutions of a group.
    pub(super) fn output(&mut self, query: &Query, group: &Group) -> Result<Output> {
        let mut output = match &query.find {
            None => self.bare(query, group)?,
            Some(find) => {
                let modifiers = &query.modifiers;
                let is_grouped = find
                    .columns
                    .iter()
                    .map(|column| &column.expression)
                    .chain(modifiers.order.iter().map(|key| &key.expression))
                    .chain(&modifiers.having)
                    .any(has_aggregate);
                let mut output = if is_grouped {
                    self.grouped(query)?
                } else {
                    self.plain(query)?
                };
                output.is_distinct = find.is_distinct;
                output
            }
        };
        if let Some(limit) = &query.modifiers.limit {
            output.limit = Some(self.count(limit)?);
        }
        if let Some(offset) = &query.modifiers.offset {
            output.offset = self.count(offset)?;
        }
        Ok(output)
    }

    /// All variables in order of appearance, equal rows once.
    fn bare(&mut self, query: &Query, group: &Group) -> Result<Output> {
        let bound = group.variables();
        let mut names: Vec<String> = Vec::new();
        each_written(&query.clauses, &mut |name| {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        });
        let mut columns = Vec::new();
        for name in names {
            if let Some(variable) = self.known_variable(&name)
                && bound.contains(variable)
            {
                columns.push((name, variable));
            }
        }
        let shown = VariableSet::of(columns.iter().map(|(_, variable)| *variable));
        let mut output = Output {
            columns,
            is_distinct: !bound.is_within(shown),
            ..Output::default()
        };
        self.ordered(query, &mut output)?;
        Ok(output)
    }

    /// Columns computed for each solution.
    fn plain(&mut self, query: &Query) -> Result<Output> {
        let mut output = Output::default();
        for column in query.find.iter().flat_map(|find| &find.columns) {
            let scalar = self.scalar(&column.expression)?;
            let name = column_name(column, output.columns.len());
            let variable = self.computed(scalar, &mut output.before)?;
            self.name_alias(column, variable);
            output.columns.push((name, variable));
        }
        self.ordered(query, &mut output)?;
        Ok(output)
    }

    fn ordered(&mut self, query: &Query, output: &mut Output) -> Result<()> {
        for condition in &query.modifiers.having {
            let scalar = self.scalar(condition)?;
            output.having.push(scalar);
        }
        for key in &query.modifiers.order {
            let scalar = self.scalar(&key.expression)?;
            let variable = self.computed(scalar, &mut output.before)?;
            let is_descending = key.direction == Direction::Descending;
            output.order.push((variable, is_descending));
        }
        Ok(())
    }

    /// Columns without aggregates are what rows are grouped by.
    fn grouped(&mut self, query: &Query) -> Result<Output> {
        let mut output = Output::default();
        let mut aggregation = Aggregation::default();
        let mut keys: Vec<VariableId> = Vec::new();
        for column in query.find.iter().flat_map(|find| &find.columns) {
            let name = column_name(column, output.columns.len());
            let variable = if has_aggregate(&column.expression) {
                let scalar = self.aggregated(&column.expression, &mut aggregation)?;
                self.computed(scalar, &mut output.after)?
            } else {
                let scalar = self.scalar(&column.expression)?;
                let variable = self.computed(scalar, &mut aggregation.before)?;
                if !keys.contains(&variable) {
                    keys.push(variable);
                }
                variable
            };
            self.name_alias(column, variable);
            output.columns.push((name, variable));
        }
        for condition in &query.modifiers.having {
            let scalar = self.aggregated(condition, &mut aggregation)?;
            output.having.push(scalar);
        }
        for key in &query.modifiers.order {
            let scalar = self.aggregated(&key.expression, &mut aggregation)?;
            let variable = self.computed(scalar, &mut output.after)?;
            let is_descending = key.direction == Direction::Descending;
            output.order.push((variable, is_descending));
        }
        output.before = aggregation.before;
        output.grouping = Some((keys, aggregation.aggregates));
        Ok(output)
    }

    /// The variable an expression is, or a hidden one that it is computed for.
    fn computed(&mut self, scalar: Scalar, list: &mut Vec<Computed>) -> Result<VariableId> {
        if let Scalar::Variable(variable) = scalar {
            return Ok(variable);
        }
        if let Some((variable, _)) = list.iter().find(|(_, known)| *known == scalar) {
            return Ok(*variable);
        }
        let variable = self.hidden()?;
        list.push((variable, scalar));
        Ok(variable)
    }

    /// Lets the name given with `as` stand for the column from here on.
    fn name_alias(&mut self, column: &crate::language::Column, variable: VariableId) {
        if let Some(alias) = &column.alias {
            self.aliases.push((alias.name.clone(), variable));
        }
    }
}

/// The name of a column: its alias, its variable, or the function it applies.
fn column_name(column: &crate::language::Column, place: usize) -> String {
    if let Some(alias) = &column.alias {
        return alias.name.clone();
    }
    match &column.expression.kind {
        ExpressionKind::Term(Term {
            kind: TermKind::Variable(name),
            ..
        }) => name.clone(),
        ExpressionKind::Call(call) => call.function.word().to_owned(),
        _ => format!("column{}", place + 1),
    }
}

/// Calls a function with the names of variables in the order of writing, without those of
/// `not`.
fn each_written(clauses: &[Clause], act: &mut dyn FnMut(&str)) {
    let term = |term: &Term, act: &mut dyn FnMut(&str)| {
        if let TermKind::Variable(name) = &term.kind {
            act(name);
        }
    };
    for clause in clauses {
        match clause {
            Clause::Pattern(pattern) => {
                term(&pattern.subject, act);
                if let crate::language::PredicateKind::Variable(name) = &pattern.path.predicate.kind
                {
                    act(name);
                }
                pattern.object.iter().for_each(|object| term(object, act));
                for annotation in &pattern.annotations {
                    if let Test::Compare(_, value) = &annotation.test {
                        term(value, act);
                    }
                }
            }
            Clause::Filter(expression) => each_in(expression, act),
            Clause::Optional(block) | Clause::Block(block) => each_written(&block.clauses, act),
            Clause::Or(blocks) => {
                for block in blocks {
                    each_written(&block.clauses, act);
                }
            }
            Clause::Not(_) => {}
        }
    }
}

fn each_in(expression: &Expression, act: &mut dyn FnMut(&str)) {
    super::scalar::each_name(expression, act);
}
