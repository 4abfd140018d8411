//! What is known about a name: the facts it stands in, one row each, and the rules.

use std::sync::Arc;

use crate::error::{Error, Result};
use crate::fact::Argument;
use crate::language::{Describe, PredicateKind, Term, TermKind};
use crate::value::Value;

use super::answer::Answer;
use super::cell::Cell;
use super::engine::{Engine, Options};
use super::facts::{Block, Facts, Permutation, RowSet};
use super::proof::Explainer;
use super::resolve::{Parameter, literal_cell};

/// A description shows so many facts from each side at most.
const DESCRIBED_FACTS: usize = 1_000;
/// How many names it suggests in place of one that is unknown.
const SUGGESTIONS: usize = 3;

/// A row of a description: subject, predicate, object and fact by their ids.
type Quad = [u64; 4];

impl Engine {
    /// Everything said about a name, or the rules.
    ///
    /// # Errors
    ///
    /// What the store answers with; a description of nothing that can be described.
    pub(super) fn describe(&self, describe: &Describe, options: &Options) -> Result<Answer> {
        match describe {
            Describe::Rules(predicate) => {
                let wanted = match predicate {
                    None => None,
                    Some(predicate) => match &predicate.kind {
                        PredicateKind::Word(name) | PredicateKind::Text(name) => {
                            Some((self.naming.canonical)(name))
                        }
                        _ => return Err(Error::query("name the predicate of the rules")),
                    },
                };
                let texts = self.rules.texts(wanted.as_deref());
                let rows = texts.into_iter().map(|text| {
                    let text = Value::Text(text);
                    vec![Some(Cell::Value(text))]
                });
                Ok(Answer::given(&["rule"], rows.collect()))
            }
            Describe::Entity(term) => self.describe_entity(term, options),
        }
    }

    fn describe_entity(&self, term: &Term, options: &Options) -> Result<Answer> {
        let cell = match &term.kind {
            TermKind::Name(name) => Cell::Name(name.clone()),
            TermKind::Literal(literal) => literal_cell(literal),
            TermKind::Parameter(name) => match options.parameters.get(name) {
                Some(Parameter::One(cell)) => cell.clone(),
                _ => return Err(Error::query(format!("the parameter ${name} has no value"))),
            },
            TermKind::Variable(_) | TermKind::Blank => {
                return Err(Error::query("a name is expected after describe"));
            }
        };
        let name = cell.to_string();
        let facts = self.facts.as_ref();
        let mut quads: Vec<Quad> = Vec::new();
        for id in facts.names_like(&name)? {
            quads.extend(rows_with(facts, id)?);
        }
        // In the order in which they were read; bare triples, which all have the same number
        // instead of a fact, by predicate.
        quads.sort_by_key(|quad| quad[3]);
        let mut rows: Vec<Vec<Option<Cell>>> = Vec::new();
        let mut handles: Vec<Quad> = Vec::new();
        for quad in quads {
            let row = described(facts, quad)?;
            // A fact stands in several rows of the store: one for itself and one for each
            // qualifier.
            if !rows.contains(&row) {
                rows.push(row);
                handles.push(quad);
            }
        }
        let mut notes = Vec::new();
        if rows.is_empty() {
            let nearest = facts.nearest_names(&name, SUGGESTIONS)?;
            notes.push(if nearest.is_empty() {
                format!("nothing is called {name:?}")
            } else {
                format!(
                    "nothing is called {name:?}; did you mean {}?",
                    nearest.join(" or ")
                )
            });
        }
        let columns = ["subject", "predicate", "object", "qualifiers"];
        Ok(Answer::given_with_handles(&columns, rows, &handles)
            .with_explainer(Explainer::Description(Arc::clone(&self.facts)))
            .with_notes(notes))
    }
}

/// The plain rows with a name as their subject or object.
fn rows_with(facts: &dyn Facts, id: u64) -> Result<Vec<Quad>> {
    let mut quads = Vec::new();
    let mut found = Block::default();
    facts
        .seek(RowSet::Plain, Permutation::Spo)?
        .rows(&[id], &mut found)?;
    let [predicates, objects, fact_ids, _] = &found.columns;
    let rows = predicates.iter().zip(objects).zip(fact_ids);
    let quad = |((&predicate, &object), &fact)| [id, predicate, object, fact];
    quads.extend(rows.map(quad).take(DESCRIBED_FACTS));
    let mut found = Block::default();
    facts
        .seek(RowSet::Plain, Permutation::Osp)?
        .rows(&[id], &mut found)?;
    let [subjects, predicates, fact_ids, _] = &found.columns;
    let rows = subjects.iter().zip(predicates).zip(fact_ids);
    let quad = |((&subject, &predicate), &fact)| [subject, predicate, id, fact];
    quads.extend(rows.map(quad).take(DESCRIBED_FACTS));
    Ok(quads)
}

/// The fact of a row as a description shows it.
fn described(facts: &dyn Facts, quad: Quad) -> Result<Vec<Option<Cell>>> {
    let fact = facts.fact(quad)?;
    let notes = fact.notes();
    Ok(vec![
        Some(cell(&fact.subject)),
        Some(Cell::Name(fact.predicate.name)),
        fact.object.as_ref().map(cell),
        (!notes.is_empty()).then_some(Cell::Value(Value::Text(notes))),
    ])
}

fn cell(argument: &Argument) -> Cell {
    match argument.value() {
        Some(value) => Cell::Value(value.clone()),
        None => Cell::Name(argument.to_string()),
    }
}
