//! Constants: names through canonical names and aliases, texts, numbers, times.

use crate::error::Result;
use crate::language::{Date, Literal, Moment as Bound, Predicate, PredicateKind, Span, Timestamp};
use crate::value::{Moment, Number, Time, Value};

use super::super::cell::Cell;
use super::super::expression::Constant;
use super::super::facts::{Facts, Permutation, RowSet};
use super::Resolver;

/// How many names are suggested for one that is not known.
const SUGGESTIONS: usize = 3;

/// What a predicate of a pattern is.
pub(super) enum ResolvedPredicate {
    Variable(String),
    /// The ids of predicates with that name, perhaps none, and the normal form with the other
    /// names it has by rule.
    Stored(Vec<u64>, Vec<String>),
    /// Rules define it.
    Derived(String),
}

/// Whether a name is an identifier of the web, which is only found exactly.
pub(crate) fn is_identifier(name: &str) -> bool {
    crate::storage::is_iri(name)
}

/// The names a text may stand for.
fn name_ids(facts: &dyn Facts, name: &str) -> Result<Vec<u64>> {
    if is_identifier(name) {
        return Ok(facts.find_name(name)?.into_iter().collect());
    }
    facts.names_like(name)
}

/// What a text in the place of a subject stands for, where that is one thing.
pub(crate) fn only_name(facts: &dyn Facts, name: &str) -> Result<Option<u64>> {
    if is_identifier(name) {
        return facts.find_name(name);
    }
    Ok(only(&facts.names_like(name)?))
}

/// What a text in the place of an object stands for, where that is one thing.
pub(crate) fn only_object(facts: &dyn Facts, text: &str) -> Result<Option<u64>> {
    let mut ids = name_ids(facts, text)?;
    ids.extend(facts.find(&Cell::Value(Value::Text(text.to_owned())))?);
    ids.dedup();
    Ok(only(&ids))
}

fn only(ids: &[u64]) -> Option<u64> {
    match ids {
        [id] => Some(*id),
        _ => None,
    }
}

impl Resolver<'_> {
    /// The names a text may stand for.
    pub(super) fn name_ids(&self, name: &str) -> Result<Vec<u64>> {
        name_ids(self.facts(), name)
    }

    /// The terms a constant may stand for: a text a name or a text, a whole number a number or
    /// a year.
    pub(super) fn constant(&self, cell: &Cell) -> Result<Constant> {
        let facts = self.facts();
        let mut ids = Vec::new();
        match cell {
            Cell::Name(name) => {
                ids = self.name_ids(name)?;
                ids.extend(facts.find(&Cell::Value(Value::Text(name.clone())))?);
            }
            Cell::Value(Value::Text(text)) => {
                ids = self.name_ids(text)?;
                ids.extend(facts.find(cell)?);
            }
            Cell::Value(Value::Number(number)) => {
                ids.extend(facts.find(cell)?);
                let year = number.as_i64().filter(|year| (1..=9999).contains(year));
                if let Some(year) = year.and_then(|year| i32::try_from(year).ok()) {
                    let year = Value::Time(Time::At(Moment::year(year)));
                    ids.extend(facts.find(&Cell::Value(year))?);
                }
            }
            Cell::Value(_) => ids.extend(facts.find(cell)?),
        }
        ids.dedup();
        Ok(Constant {
            cell: cell.clone(),
            ids,
        })
    }

    /// The names a constant may stand for in the place of a subject.
    pub(super) fn subject_ids(&self, cell: &Cell) -> Result<Vec<u64>> {
        match cell.as_text() {
            Some(name) => self.name_ids(name),
            None => Ok(self.constant(cell)?.ids),
        }
    }

    /// Notes that a name is not known, with those nearest to it.
    pub(super) fn note_unknown_name(&mut self, cell: &Cell) -> Result<()> {
        let note = match cell.as_text() {
            Some(name) => {
                let nearest = self.facts().nearest_names(name, SUGGESTIONS)?;
                with_nearest(format!("nothing is called {name:?}"), &nearest)
            }
            None => format!("{cell} is nowhere in the store"),
        };
        self.notes.push(note);
        Ok(())
    }

    pub(super) fn predicate(&mut self, predicate: &Predicate) -> Result<ResolvedPredicate> {
        let written = match &predicate.kind {
            PredicateKind::Variable(name) => {
                return Ok(ResolvedPredicate::Variable(name.clone()));
            }
            PredicateKind::Word(word) | PredicateKind::Text(word) => word.clone(),
            PredicateKind::Parameter(name) => self.single(name, predicate.span)?.to_string(),
        };
        self.predicate_named(&written)
    }

    /// The predicates with a name: as it is written, in its normal form, or without case.
    fn predicate_named(&mut self, written: &str) -> Result<ResolvedPredicate> {
        let facts = self.facts();
        if is_identifier(written) {
            if (self.environment.is_rule)(written) {
                return Ok(ResolvedPredicate::Derived(written.to_owned()));
            }
            let id = facts.find_name(written)?;
            if id.is_none() {
                self.note_unknown_predicate(written)?;
            }
            let ids = id.into_iter().collect();
            return Ok(ResolvedPredicate::Stored(ids, vec![written.to_owned()]));
        }
        let normal = (self.environment.naming.canonical)(written);
        if (self.environment.is_rule)(&normal) {
            return Ok(ResolvedPredicate::Derived(normal));
        }
        let mut ids = self.stored_predicate(written, &normal)?;
        let mut names = (self.environment.other_names)(written);
        for other in &names {
            for id in self.stored_predicate(other, other)? {
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
        }
        ids.sort_unstable();
        names.push(normal);
        if ids.is_empty() {
            for id in facts.names_like(written)? {
                if self.has_rows(id)? {
                    ids.push(id);
                }
            }
        }
        if ids.is_empty() {
            self.note_unknown_predicate(written)?;
        }
        Ok(ResolvedPredicate::Stored(ids, names))
    }

    /// The predicates with rows that are called exactly so or by the normal form.
    pub(super) fn stored_predicate(&self, written: &str, normal: &str) -> Result<Vec<u64>> {
        let mut ids = Vec::new();
        for name in [normal, written] {
            if let Some(id) = self.facts().find_name(name)?
                && !ids.contains(&id)
                && self.has_rows(id)?
            {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    fn has_rows(&self, predicate: u64) -> Result<bool> {
        for set in RowSet::ALL {
            if self.facts().count(set, Permutation::Pos, &[predicate])? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn note_unknown_predicate(&mut self, name: &str) -> Result<()> {
        let nearest = self.facts().nearest_predicates(name, SUGGESTIONS)?;
        let mut note = with_nearest(format!("there is no predicate {name}"), &nearest);
        if nearest.is_empty() {
            note.push_str(
                "; `find distinct ?predicate where _ ?predicate _` lists those there are",
            );
        }
        self.notes.push(note);
        Ok(())
    }

    /// The cell of a constant term.
    pub(super) fn literal(&self, literal: &Literal) -> Cell {
        literal_cell(literal)
    }

    /// The cell of a parameter.
    pub(super) fn parameter_cell(&self, name: &str, span: Span) -> Result<Cell> {
        self.single(name, span).cloned()
    }
}

fn with_nearest(message: String, nearest: &[String]) -> String {
    if nearest.is_empty() {
        return message;
    }
    let nearest: Vec<String> = nearest.iter().map(|name| format!("{name:?}")).collect();
    format!("{message}; did you mean {}?", nearest.join(" or "))
}

/// The value of a literal.
pub(crate) fn literal_cell(literal: &Literal) -> Cell {
    Cell::Value(match literal {
        Literal::Text(text) => Value::Text(text.clone()),
        Literal::Integer(number) => Value::Number(Number::Integer(*number)),
        Literal::Decimal(number) => Value::Number(Number::Decimal(*number).simplified()),
        Literal::Boolean(truth) => Value::Boolean(*truth),
        Literal::Date(date) => Value::Time(Time::At(day(*date))),
        Literal::Timestamp(timestamp) => Value::Time(Time::At(instant(timestamp))),
        Literal::Interval(interval) => {
            let moment = |bound: &Bound| match bound {
                Bound::Date(date) => day(*date),
                Bound::Timestamp(timestamp) => instant(timestamp),
            };
            let (start, end) = (moment(&interval.start), moment(&interval.end));
            Value::Time(Time::Between(Some(start), Some(end)))
        }
    })
}

fn day(date: Date) -> Moment {
    Moment {
        year: Some(i32::from(date.year)),
        month: date.month,
        day: date.day,
        second: None,
    }
}

/// A timestamp without an offset is in UTC.
fn instant(timestamp: &Timestamp) -> Moment {
    let seconds = i64::from(timestamp.hour) * 3600
        + i64::from(timestamp.minute) * 60
        + i64::from(timestamp.second);
    let offset = i64::from(timestamp.offset_minutes.unwrap_or(0)) * 60;
    Moment::from_seconds(day(timestamp.date).bounds().0 + seconds - offset)
}
