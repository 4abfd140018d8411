//! From the syntax tree to the algebra: names become ids, blanks hidden variables, fields and
//! roles relations, and the columns a pipeline of their own.

mod clause;
mod constant;
mod output;
mod scalar;
mod source;

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::language::{Count, Query, Span, Term, TermKind};
use crate::value::Time;

use super::algebra::{Group, VARIABLES_MAX, VariableId, VariableSet};
use super::cell::Cell;
use super::execute::aggregate::Aggregate;
use super::expression::Scalar;
use super::facts::Facts;

pub(crate) use constant::{literal_cell, only_name, only_object};

/// A value given for a parameter of a query.
///
/// # Examples
///
/// ```
/// use factbase::{Parameter, Value};
///
/// let city = Parameter::from("Paris");
/// let years = Parameter::List(vec![Value::from(1903).into(), Value::from(1911).into()]);
/// assert_ne!(city, years);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Parameter {
    /// A name or a value. A text may be meant as a name, as a text in the language may.
    One(crate::storage::Term),
    /// What `in $name` looks into.
    List(Vec<crate::storage::Term>),
}

impl From<&str> for Parameter {
    fn from(text: &str) -> Self {
        Self::One(Cell::Value(text.into()))
    }
}

impl From<crate::value::Value> for Parameter {
    fn from(value: crate::value::Value) -> Self {
        Self::One(Cell::Value(value))
    }
}

/// Parameters by name, without the dollar sign.
pub type Parameters = BTreeMap<String, Parameter>;

/// How the words of predicates are understood.
#[derive(Clone, Copy)]
pub(crate) struct Naming {
    /// Their normal form.
    pub(crate) canonical: fn(&str) -> String,
    /// Another predicate that they may mean: "be_born_in" where "born_in" is written.
    pub(crate) passive: fn(&str) -> Option<String>,
}

/// A column that is computed: before the rows are grouped, or after.
pub(crate) type Computed = (VariableId, Scalar);

/// What becomes of the solutions.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Output {
    /// The columns in their order, with their names.
    pub(crate) columns: Vec<(String, VariableId)>,
    /// Computed for each solution.
    pub(crate) before: Vec<Computed>,
    /// What rows are grouped by, and the aggregates; none where solutions are shown as they are.
    pub(crate) grouping: Option<(Vec<VariableId>, Vec<Aggregate>)>,
    /// Computed for each group.
    pub(crate) after: Vec<Computed>,
    pub(crate) having: Vec<Scalar>,
    pub(crate) order: Vec<(VariableId, bool)>,
    pub(crate) is_distinct: bool,
    pub(crate) limit: Option<u64>,
    pub(crate) offset: u64,
}

impl Output {
    /// The variables of the solutions that the output needs.
    pub(crate) fn wanted(&self) -> VariableSet {
        let mut wanted = VariableSet::default();
        match &self.grouping {
            Some((keys, aggregates)) => {
                keys.iter().for_each(|&key| wanted.insert(key));
                aggregates
                    .iter()
                    .filter_map(|aggregate| aggregate.argument)
                    .for_each(|argument| wanted.insert(argument));
            }
            None => {
                self.columns
                    .iter()
                    .for_each(|(_, variable)| wanted.insert(*variable));
                self.order
                    .iter()
                    .for_each(|(variable, _)| wanted.insert(*variable));
                for scalar in self.having.iter().chain(self.after.iter().map(|(_, s)| s)) {
                    scalar.each_variable(&mut |variable| wanted.insert(variable));
                }
            }
        }
        for (_, scalar) in &self.before {
            scalar.each_variable(&mut |variable| wanted.insert(variable));
        }
        wanted
    }
}

/// A query with everything looked up.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Resolved {
    pub(crate) group: Group,
    pub(crate) output: Output,
    /// Why there may be no rows: unknown names, variables used once.
    pub(crate) notes: Vec<String>,
    /// The names of the variables; hidden ones have none.
    pub(crate) names: Vec<Option<String>>,
}

/// What resolving needs besides the query.
pub(crate) struct Environment<'a> {
    pub(crate) facts: &'a dyn Facts,
    pub(crate) naming: Naming,
    pub(crate) parameters: &'a Parameters,
    /// Whether a predicate, in normal form, is defined by rules.
    pub(crate) is_rule: &'a dyn Fn(&str) -> bool,
    /// The other names of a predicate, by rules that only rename and by grammar.
    pub(crate) other_names: &'a dyn Fn(&str) -> Vec<String>,
    /// The least confidence of facts that answer plain patterns, where it is not the store's.
    pub(crate) least_confidence: Option<f32>,
}

/// Where the id of a name stands in what a question was resolved to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// The pattern, by its number among the relations of the outermost group.
    pub(crate) relation: usize,
    /// Whether it is the subject; else it is the object.
    pub(crate) is_subject: bool,
}

/// Where the names of a question stand in what it was resolved to.
#[derive(Debug, Default)]
pub(crate) struct Places {
    pub(crate) of_names: Vec<(Span, Place)>,
    /// Whether a name stands for nothing or for several things.
    pub(crate) has_others: bool,
    /// How many groups are being resolved, one within the other.
    depth: usize,
}

/// Resolves one query or the body of one rule.
pub(crate) struct Resolver<'a> {
    environment: &'a Environment<'a>,
    names: Vec<Option<String>>,
    /// How often each named variable is written.
    uses: Vec<(usize, Span)>,
    notes: Vec<String>,
    valid_at: Option<Time>,
    /// Names given to columns with `as`.
    aliases: Vec<(String, VariableId)>,
    places: Places,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(environment: &'a Environment<'a>) -> Self {
        Self {
            environment,
            names: Vec::new(),
            uses: Vec::new(),
            notes: Vec::new(),
            valid_at: None,
            aliases: Vec::new(),
            places: Places::default(),
        }
    }

    fn facts(&self) -> &'a dyn Facts {
        self.environment.facts
    }

    /// The variable with this name.
    pub(crate) fn variable(&mut self, name: &str, span: Span) -> Result<VariableId> {
        if let Some((_, variable)) = self.aliases.iter().find(|(known, _)| known == name) {
            return Ok(*variable);
        }
        let known = self
            .names
            .iter()
            .position(|known| known.as_deref() == Some(name));
        let place = match known {
            Some(place) => place,
            None => {
                self.names.push(Some(name.to_owned()));
                self.uses.push((0, span));
                self.names.len() - 1
            }
        };
        if let Some((count, _)) = self.uses.get_mut(place) {
            *count += 1;
        }
        variable_id(place)
    }

    /// The variable with this name, where there is one already.
    fn known_variable(&self, name: &str) -> Option<VariableId> {
        let place = self
            .names
            .iter()
            .position(|known| known.as_deref() == Some(name))?;
        variable_id(place).ok()
    }

    /// A variable the query does not name.
    fn hidden(&mut self) -> Result<VariableId> {
        self.names.push(None);
        self.uses.push((0, Span::default()));
        variable_id(self.names.len() - 1)
    }

    fn parameter(&self, name: &str, span: Span) -> Result<&'a Parameter> {
        self.environment.parameters.get(name).ok_or_else(|| {
            let known: Vec<String> = self
                .environment
                .parameters
                .keys()
                .map(|known| format!("${known}"))
                .collect();
            let error = Error::query(format!("the parameter ${name} has no value"))
                .with_span(span.start, span.end);
            if known.is_empty() {
                error.with_help(format!("give it one: --param {name}=…"))
            } else {
                error.with_help(format!("given are {}", known.join(", ")))
            }
        })
    }

    /// A parameter that is not a list.
    fn single(&self, name: &str, span: Span) -> Result<&'a Cell> {
        match self.parameter(name, span)? {
            Parameter::One(cell) => Ok(cell),
            Parameter::List(_) => Err(Error::query(format!("${name} is a list here"))
                .with_span(span.start, span.end)
                .with_help(format!("a list goes after `in`: ?x in ${name}"))),
        }
    }

    /// Resolves a whole query.
    pub(crate) fn query(self, query: &Query) -> Result<Resolved> {
        Ok(self.query_with_places(query)?.0)
    }

    /// Resolves a whole query and tells where its names went.
    pub(crate) fn query_with_places(mut self, query: &Query) -> Result<(Resolved, Places)> {
        self.valid_at = match &query.modifiers.valid_at {
            Some(term) => Some(self.time(term)?),
            None => None,
        };
        let group = self.group(&query.clauses, VariableSet::default())?;
        self.note_single_uses(query);
        let output = self.output(query, &group)?;
        let resolved = Resolved {
            group,
            output,
            notes: self.notes,
            names: self.names,
        };
        Ok((resolved, self.places))
    }

    /// The time a term denotes.
    pub(crate) fn time(&self, term: &Term) -> Result<Time> {
        let cell = match &term.kind {
            TermKind::Parameter(name) => self.single(name, term.span)?.clone(),
            TermKind::Literal(literal) => constant::literal_cell(literal),
            _ => Cell::Value(false.into()),
        };
        cell.as_time().ok_or_else(|| {
            Error::query("a time is expected here")
                .with_span(term.span.start, term.span.end)
                .with_help("write 2021-10-28, 2021-07 or 2021")
        })
    }

    fn count(&self, count: &Count) -> Result<u64> {
        match count {
            Count::Whole(number, _) => Ok(*number),
            Count::Parameter(name, span) => {
                let number = self.single(name, *span)?.number();
                let whole = number.and_then(crate::value::Number::as_i64);
                whole
                    .and_then(|whole| u64::try_from(whole).ok())
                    .ok_or_else(|| {
                        Error::query(format!("${name} must be a whole number, 0 or greater"))
                            .with_span(span.start, span.end)
                    })
            }
        }
    }

    /// Notes the variables of bare clauses that are written once: often a slip of the pen.
    fn note_single_uses(&mut self, query: &Query) {
        if query.find.is_none() || !self.notes.is_empty() {
            return;
        }
        let shown = |name: &str| {
            let columns = query.find.iter().flat_map(|find| &find.columns);
            columns.into_iter().any(|column| {
                let mut is_used = false;
                scalar::each_name(&column.expression, &mut |known| is_used |= known == name);
                is_used
            })
        };
        for (name, (count, _)) in self.names.iter().zip(&self.uses) {
            if let Some(name) = name
                && *count == 1
                && !shown(name)
            {
                self.notes.push(format!(
                    "?{name} is used once; write _ where anything may stand"
                ));
            }
        }
    }
}

fn variable_id(place: usize) -> Result<VariableId> {
    if place >= VARIABLES_MAX {
        return Err(Error::Limit {
            what: "the query's number of variables and blanks".to_owned(),
            limit: VARIABLES_MAX.to_string(),
        });
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most 128 variables")]
    Ok(VariableId(place as u16))
}
