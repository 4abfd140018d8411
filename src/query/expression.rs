//! Expressions over the bindings of a row, resolved: constants are cells with their ids.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::error::Result;
use crate::language::{Arithmetic, Comparison, Function};
use crate::value::{Number, Value};

use super::algebra::VariableId;
use super::cell::Cell;
use super::function;

/// A constant as a cell, and the ids of the terms it may stand for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Constant {
    pub(crate) cell: Cell,
    pub(crate) ids: Vec<u64>,
}

/// An expression whose parts are resolved. An empty value makes the whole empty, save in
/// `bound` and `coalesce`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Scalar {
    Variable(VariableId),
    Constant(Constant),
    Negate(Box<Scalar>),
    Arithmetic(Arithmetic, Box<Scalar>, Box<Scalar>),
    Compare(Comparison, Box<Scalar>, Box<Scalar>),
    In(Box<Scalar>, Vec<Constant>),
    Call(Function, Vec<Scalar>),
    /// Whether two variables are bound to the same term.
    Same(VariableId, VariableId),
}

/// What an expression sees of a row.
pub(crate) trait Bindings {
    /// The id a variable is bound to.
    fn id(&self, variable: VariableId) -> Option<u64>;
    /// What the id stands for.
    fn cell(&self, variable: VariableId) -> Option<&Cell>;
    /// Whether the id is that of a name, so that equal names are equal ids.
    fn is_name(&self, id: u64) -> bool;
    /// What kind of entity a name is.
    fn kind(&self, id: u64) -> Result<&'static str>;
    /// The words of a text as `mentions` compares them.
    fn words(&self, text: &str) -> Vec<String>;
}

type Computed<'a> = Result<Option<Cow<'a, Cell>>>;

impl Scalar {
    /// Calls a function with each variable of the expression, in order, repetitions included.
    pub(crate) fn each_variable(&self, act: &mut dyn FnMut(VariableId)) {
        match self {
            Self::Variable(variable) => act(*variable),
            Self::Constant(_) => {}
            Self::Same(left, right) => {
                act(*left);
                act(*right);
            }
            Self::Negate(inner) | Self::In(inner, _) => inner.each_variable(act),
            Self::Arithmetic(_, left, right) | Self::Compare(_, left, right) => {
                left.each_variable(act);
                right.each_variable(act);
            }
            Self::Call(_, arguments) => {
                arguments.iter().for_each(|each| each.each_variable(act));
            }
        }
    }

    /// The variables of the expression, each once.
    pub(crate) fn variables(&self) -> Vec<VariableId> {
        let mut all = Vec::new();
        self.each_variable(&mut |variable| {
            if !all.contains(&variable) {
                all.push(variable);
            }
        });
        all
    }

    /// The value for a row; `None` is empty.
    pub(crate) fn value<'a>(&'a self, row: &'a dyn Bindings) -> Computed<'a> {
        Ok(match self {
            Self::Variable(variable) => row.cell(*variable).map(Cow::Borrowed),
            Self::Constant(constant) => Some(Cow::Borrowed(&constant.cell)),
            Self::Negate(inner) => {
                let number = inner.value(row)?.and_then(|cell| cell.number());
                number.and_then(|number| {
                    owned_number(function::arithmetic(
                        Arithmetic::Subtract,
                        Number::Integer(0),
                        number,
                    ))
                })
            }
            Self::Arithmetic(operation, left, right) => {
                let left = left.value(row)?.and_then(|cell| cell.number());
                let right = right.value(row)?.and_then(|cell| cell.number());
                match (left, right) {
                    (Some(left), Some(right)) => {
                        owned_number(function::arithmetic(*operation, left, right))
                    }
                    _ => None,
                }
            }
            Self::Compare(..) | Self::In(..) | Self::Same(..) => truth_cell(self.truth(row)?),
            Self::Call(function, arguments) => call(*function, arguments, row)?,
        })
    }

    /// Whether the expression is true for a row; empty is not true.
    pub(crate) fn holds(&self, row: &dyn Bindings) -> Result<bool> {
        Ok(self.truth(row)?.unwrap_or(false))
    }

    fn truth(&self, row: &dyn Bindings) -> Result<Option<bool>> {
        match self {
            Self::Same(left, right) => Ok(Some(row.id(*left) == row.id(*right))),
            Self::Compare(comparison, left, right) => compare(*comparison, left, right, row),
            Self::In(inner, members) => {
                if let Self::Variable(variable) = inner.as_ref() {
                    let Some(id) = row.id(*variable) else {
                        return Ok(None);
                    };
                    if members.iter().any(|member| member.ids.contains(&id)) {
                        return Ok(Some(true));
                    }
                }
                let Some(cell) = inner.value(row)? else {
                    return Ok(None);
                };
                let is_member = |member: &Constant| within(&cell, &member.cell);
                Ok(Some(members.iter().any(is_member)))
            }
            _ => Ok(match self.value(row)?.as_deref() {
                Some(Cell::Value(Value::Boolean(truth))) => Some(*truth),
                _ => None,
            }),
        }
    }
}

fn owned_number(number: Option<Number>) -> Option<Cow<'static, Cell>> {
    number.map(|number| Cow::Owned(Cell::Value(Value::Number(number))))
}

fn truth_cell(truth: Option<bool>) -> Option<Cow<'static, Cell>> {
    truth.map(|truth| Cow::Owned(Cell::Value(Value::Boolean(truth))))
}

/// A value is equal to a constant that is as coarse as it or coarser.
fn within(cell: &Cell, constant: &Cell) -> bool {
    if let (Cell::Value(Value::Time(time)), Some(frame)) = (cell, constant.as_time()) {
        return frame.contains(time);
    }
    cell.denotes_same(constant)
}

fn compare(
    comparison: Comparison,
    left: &Scalar,
    right: &Scalar,
    row: &dyn Bindings,
) -> Result<Option<bool>> {
    if matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
        let wants = comparison == Comparison::Equal;
        let same = match (left, right) {
            (Scalar::Variable(a), Scalar::Variable(b)) => same_ids(*a, *b, row),
            (Scalar::Variable(a), Scalar::Constant(constant))
            | (Scalar::Constant(constant), Scalar::Variable(a)) => match row.id(*a) {
                None => return Ok(None),
                Some(id) => constant.ids.contains(&id).then_some(true),
            },
            _ => None,
        };
        if let Some(same) = same {
            return Ok(Some(same == wants));
        }
        let (Some(a), Some(b)) = (left.value(row)?, right.value(row)?) else {
            return Ok(None);
        };
        let same = match (left, right) {
            (_, Scalar::Constant(_)) => within(&a, &b),
            (Scalar::Constant(_), _) => within(&b, &a),
            _ => a.denotes_same(&b),
        };
        return Ok(Some(same == wants));
    }
    let (Some(a), Some(b)) = (left.value(row)?, right.value(row)?) else {
        return Ok(None);
    };
    Ok(Some(match comparison {
        Comparison::Less => a.denotes_order(&b) == Some(Ordering::Less),
        Comparison::Greater => a.denotes_order(&b) == Some(Ordering::Greater),
        Comparison::LessOrEqual => a.denotes_at(Ordering::Less, &b),
        _ => a.denotes_at(Ordering::Greater, &b),
    }))
}

/// Whether two variables have the same id, where that decides.
fn same_ids(a: VariableId, b: VariableId, row: &dyn Bindings) -> Option<bool> {
    let (a, b) = (row.id(a)?, row.id(b)?);
    if a == b {
        Some(true)
    } else if row.is_name(a) && row.is_name(b) {
        Some(false)
    } else {
        None
    }
}

fn call<'a>(function: Function, arguments: &'a [Scalar], row: &'a dyn Bindings) -> Computed<'a> {
    match function {
        Function::Bound => {
            let bound = match arguments.first() {
                Some(argument) => argument.value(row)?.is_some(),
                None => false,
            };
            return Ok(truth_cell(Some(bound)));
        }
        Function::Coalesce => {
            for argument in arguments {
                if let Some(value) = argument.value(row)? {
                    return Ok(Some(value));
                }
            }
            return Ok(None);
        }
        Function::Kind => {
            if let Some(Scalar::Variable(variable)) = arguments.first()
                && let Some(Cell::Name(_)) = row.cell(*variable)
                && let Some(id) = row.id(*variable)
            {
                let kind = Value::Text(row.kind(id)?.to_owned());
                return Ok(Some(Cow::Owned(Cell::Value(kind))));
            }
        }
        _ => {}
    }
    let mut values = Vec::with_capacity(arguments.len());
    for argument in arguments {
        match argument.value(row)? {
            Some(value) => values.push(value),
            None => return Ok(None),
        }
    }
    if function == Function::Mentions {
        return Ok(truth_cell(mentions(&values, row)));
    }
    let values: Vec<&Cell> = values.iter().map(AsRef::as_ref).collect();
    Ok(function::apply(function, &values).map(Cow::Owned))
}

/// Whether the first value's text has every word of the second's.
fn mentions(values: &[Cow<'_, Cell>], row: &dyn Bindings) -> Option<bool> {
    let [text, words] = values else { return None };
    let text = row.words(text.as_text()?);
    let words = row.words(words.as_text()?);
    Some(words.iter().all(|word| text.contains(word)))
}
