//! Expressions of the language to expressions over variables and constants.

use crate::error::{Error, Result};
use crate::language::{Expression, ExpressionKind, Function, Members, Term, TermKind};

use super::super::cell::Cell;
use super::super::execute::aggregate::Aggregate;
use super::super::expression::{Constant, Scalar};
use super::{Parameter, Resolver};

/// Calls a function with the name of each variable of an expression.
pub(super) fn each_name(expression: &Expression, act: &mut dyn FnMut(&str)) {
    match &expression.kind {
        ExpressionKind::Term(term) => {
            if let TermKind::Variable(name) = &term.kind {
                act(name);
            }
        }
        ExpressionKind::Call(call) => {
            call.arguments
                .iter()
                .for_each(|argument| each_name(argument, act));
        }
        ExpressionKind::Negate(inner) | ExpressionKind::In(inner, _) => each_name(inner, act),
        ExpressionKind::Arithmetic(_, left, right) | ExpressionKind::Compare(_, left, right) => {
            each_name(left, act);
            each_name(right, act);
        }
    }
}

/// Whether an expression has an aggregate in it.
pub(super) fn has_aggregate(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Term(_) => false,
        ExpressionKind::Call(call) => {
            call.function.is_aggregate() || call.arguments.iter().any(has_aggregate)
        }
        ExpressionKind::Negate(inner) | ExpressionKind::In(inner, _) => has_aggregate(inner),
        ExpressionKind::Arithmetic(_, left, right) | ExpressionKind::Compare(_, left, right) => {
            has_aggregate(left) || has_aggregate(right)
        }
    }
}

/// Where aggregates of an expression go: their arguments are computed before grouping.
#[derive(Default)]
pub(super) struct Aggregation {
    pub(super) before: Vec<super::Computed>,
    pub(super) aggregates: Vec<Aggregate>,
}

impl Resolver<'_> {
    /// Resolves an expression without aggregates.
    pub(super) fn scalar(&mut self, expression: &Expression) -> Result<Scalar> {
        self.expression(expression, None)
    }

    /// Resolves an expression; aggregates in it become variables of their own.
    pub(super) fn aggregated(
        &mut self,
        expression: &Expression,
        aggregation: &mut Aggregation,
    ) -> Result<Scalar> {
        self.expression(expression, Some(aggregation))
    }

    fn expression(
        &mut self,
        expression: &Expression,
        mut aggregation: Option<&mut Aggregation>,
    ) -> Result<Scalar> {
        Ok(match &expression.kind {
            ExpressionKind::Term(term) => self.term(term)?,
            ExpressionKind::Negate(inner) => {
                Scalar::Negate(Box::new(self.expression(inner, aggregation)?))
            }
            ExpressionKind::Arithmetic(operation, left, right) => {
                let left = self.expression(left, aggregation.as_deref_mut())?;
                let right = self.expression(right, aggregation)?;
                Scalar::Arithmetic(*operation, Box::new(left), Box::new(right))
            }
            ExpressionKind::Compare(comparison, left, right) => {
                let left = self.expression(left, aggregation.as_deref_mut())?;
                let right = self.expression(right, aggregation)?;
                Scalar::Compare(*comparison, Box::new(left), Box::new(right))
            }
            ExpressionKind::In(inner, members) => {
                let members = self.members(members)?;
                Scalar::In(Box::new(self.expression(inner, aggregation)?), members)
            }
            ExpressionKind::Call(call) if call.function.is_aggregate() => {
                let Some(aggregation) = aggregation else {
                    return Err(Error::query(format!(
                        "{} is for columns, having and order by",
                        call.function.word()
                    ))
                    .with_span(call.span.start, call.span.end));
                };
                self.aggregate(call, aggregation)?
            }
            ExpressionKind::Call(call) => {
                let mut arguments = Vec::with_capacity(call.arguments.len());
                for argument in &call.arguments {
                    arguments.push(self.expression(argument, aggregation.as_deref_mut())?);
                }
                Scalar::Call(call.function, arguments)
            }
        })
    }

    fn aggregate(
        &mut self,
        call: &crate::language::Call,
        aggregation: &mut Aggregation,
    ) -> Result<Scalar> {
        let argument = match call.arguments.first() {
            None => None,
            Some(argument) => Some(match self.scalar(argument)? {
                Scalar::Variable(variable) => variable,
                scalar => {
                    let known = aggregation
                        .before
                        .iter()
                        .find(|(_, known)| *known == scalar);
                    match known {
                        Some((variable, _)) => *variable,
                        None => {
                            let variable = self.hidden()?;
                            aggregation.before.push((variable, scalar));
                            variable
                        }
                    }
                }
            }),
        };
        let separator = match call.arguments.get(1) {
            None => ", ".to_owned(),
            Some(separator) => match self.scalar(separator)? {
                Scalar::Constant(constant) => constant.cell.to_string(),
                _ => {
                    return Err(Error::query("the separator must be a text")
                        .with_span(separator.span.start, separator.span.end));
                }
            },
        };
        let known = aggregation.aggregates.iter().find(|known| {
            known.function == call.function
                && known.is_distinct == call.is_distinct
                && known.argument == argument
                && known.separator == separator
        });
        if let Some(known) = known {
            return Ok(Scalar::Variable(known.output));
        }
        let output = self.hidden()?;
        aggregation.aggregates.push(Aggregate {
            function: call.function,
            is_distinct: call.is_distinct,
            argument,
            separator,
            output,
        });
        Ok(Scalar::Variable(output))
    }

    fn term(&mut self, term: &Term) -> Result<Scalar> {
        Ok(match &term.kind {
            TermKind::Variable(name) => Scalar::Variable(self.variable(name, term.span)?),
            _ => Scalar::Constant(self.constant_term(term)?),
        })
    }

    /// A constant of an expression or a list.
    pub(super) fn constant_term(&mut self, term: &Term) -> Result<Constant> {
        let cell = match &term.kind {
            TermKind::Name(name) => Cell::Name(name.clone()),
            TermKind::Literal(literal) => self.literal(literal),
            TermKind::Parameter(name) => self.parameter_cell(name, term.span)?,
            TermKind::Variable(_) | TermKind::Blank => {
                return Err(Error::query("a constant is expected here")
                    .with_span(term.span.start, term.span.end));
            }
        };
        self.constant(&cell)
    }

    pub(super) fn members(&mut self, members: &Members) -> Result<Vec<Constant>> {
        match members {
            Members::List(terms, _) => terms.iter().map(|term| self.constant_term(term)).collect(),
            Members::Parameter(name, span) => match self.parameter(name, *span)? {
                Parameter::List(cells) => cells.iter().map(|cell| self.constant(cell)).collect(),
                Parameter::One(cell) => Ok(vec![self.constant(cell)?]),
            },
        }
    }
}

/// Whether a call is `mentions(?text, "words")`; the variable's name and the words.
pub(super) fn mention(expression: &Expression) -> Option<(&str, &Term)> {
    let ExpressionKind::Call(call) = &expression.kind else {
        return None;
    };
    if call.function != Function::Mentions {
        return None;
    }
    let [text, words] = call.arguments.as_slice() else {
        return None;
    };
    match (&text.kind, &words.kind) {
        (ExpressionKind::Term(text), ExpressionKind::Term(words)) => match &text.kind {
            TermKind::Variable(name) => Some((name, words)),
            _ => None,
        },
        _ => None,
    }
}
