//! What is asked of the source of a fact narrows the facts themselves: those of a document, of a
//! speaker, with a word in their sentence. The condition stays; it is looked at for fewer facts.

use crate::error::Result;
use crate::language::{Comparison, Members, SourceField, Term, TermKind, Test};

use super::super::algebra::{FieldName, Group, Pattern, Relation, Slot, Table, VariableId};
use super::super::cell::Cell;
use super::super::facts::RowSet;
use super::super::statistics::access;
use super::{Parameter, Resolver};

/// More facts are no help: a pattern is read as fast.
const FACTS_MAX: usize = 1 << 20;

impl Resolver<'_> {
    /// Narrows the facts of a pattern by what is asked of their document or speaker.
    pub(super) fn narrow_by_source(
        &mut self,
        role: &str,
        test: &Test,
        pattern: &Pattern,
        group: &mut Group,
    ) -> Result<()> {
        let field = SourceField::from_word(role);
        if !matches!(field, Some(SourceField::Document | SourceField::Speaker)) {
            return Ok(());
        }
        let (Some(cells), Some(fact)) = (self.members_of(test)?, pattern.fact) else {
            return Ok(());
        };
        let facts = self.facts();
        let found = if field == Some(SourceField::Document) {
            let is_chosen = |name: &str| {
                let name = Cell::Name(name.to_owned());
                cells.iter().any(|cell| cell.denotes_same(&name))
            };
            facts.facts_of_documents(&is_chosen)?
        } else {
            let mut all = Some(Vec::new());
            for cell in &cells {
                let more = facts.facts_by_speaker(&cell.to_string())?;
                all = all.zip(more).map(|(mut all, more)| {
                    all.extend(more);
                    all
                });
            }
            all
        };
        match found {
            Some(found) => self.narrow_facts(fact, found, pattern, group),
            None => Ok(()),
        }
    }

    /// Narrows the facts whose sentence a variable is to those from documents with the words.
    pub(super) fn narrow_by_words(
        &mut self,
        sentence: VariableId,
        words: &Term,
        group: &mut Group,
    ) -> Result<()> {
        if matches!(words.kind, TermKind::Variable(_) | TermKind::Blank) {
            return Ok(());
        }
        let fact = group.relations.iter().find_map(|relation| match relation {
            Relation::Field(field) => {
                let mut fields = field.names.iter().zip(&field.values);
                let is_sentence = |(name, value): (&FieldName, &VariableId)| {
                    *name == FieldName::Source(SourceField::Sentence) && *value == sentence
                };
                fields.any(is_sentence).then_some(field.fact)
            }
            _ => None,
        });
        let Some(fact) = fact else {
            return Ok(());
        };
        let pattern = group.relations.iter().find_map(|relation| match relation {
            Relation::Pattern(pattern) if pattern.fact == Some(fact) => Some(pattern.clone()),
            _ => None,
        });
        let words = self.constant_term(words)?;
        let found = self.facts().facts_with_words(&words.cell.to_string())?;
        match (pattern, found) {
            (Some(pattern), Some(found)) => self.narrow_facts(fact, found, &pattern, group),
            _ => Ok(()),
        }
    }

    /// Lets the facts of a pattern be only some, and its subjects theirs, where they are fewer than
    /// the pattern has rows.
    fn narrow_facts(
        &mut self,
        fact: VariableId,
        mut found: Vec<u64>,
        pattern: &Pattern,
        group: &mut Group,
    ) -> Result<()> {
        found.sort_unstable();
        found.dedup();
        if found.len() > FACTS_MAX {
            return Ok(());
        }
        if let [Slot::Variable(subject), ..] = pattern.slots {
            let (order, prefix) = access(pattern.slots.map(Slot::constant));
            let mut rows = self.facts().count(RowSet::Plain, order, &prefix)?;
            if pattern.reads_marked {
                rows += self.facts().count(RowSet::Marked, order, &prefix)?;
            }
            if (found.len() as u64) < rows
                && let Some(subjects) = self.facts().subjects_of(&found)?
            {
                narrow(group, subject, subjects);
            }
        }
        narrow(group, fact, found);
        Ok(())
    }

    /// The constants a test asks for, where it asks for one of some.
    fn members_of(&mut self, test: &Test) -> Result<Option<Vec<Cell>>> {
        let terms = match test {
            Test::Compare(Comparison::Equal, term) => std::slice::from_ref(term),
            Test::In(Members::List(terms, _)) => terms.as_slice(),
            Test::In(Members::Parameter(name, span)) => {
                return Ok(match self.parameter(name, *span)? {
                    Parameter::List(cells) => Some(cells.clone()),
                    Parameter::One(cell) => Some(vec![cell.clone()]),
                });
            }
            Test::Compare(..) => return Ok(None),
        };
        let mut cells = Vec::with_capacity(terms.len());
        for term in terms {
            if matches!(term.kind, TermKind::Variable(_) | TermKind::Blank) {
                return Ok(None);
            }
            cells.push(self.constant_term(term)?.cell);
        }
        Ok(Some(cells))
    }
}

/// Lets a variable be only one of some values, ascending; with those of a table before it, where
/// there is one.
pub(super) fn narrow(group: &mut Group, variable: VariableId, values: Vec<u64>) {
    for relation in &mut group.relations {
        if let Relation::Table(table) = relation
            && table.variables == [variable]
            && let [known] = table.columns.as_slice()
        {
            let both = known
                .iter()
                .copied()
                .filter(|id| values.binary_search(id).is_ok())
                .collect();
            *table = Table::of_values(variable, both).into();
            return;
        }
    }
    let table = Table::of_values(variable, values);
    group.relations.push(Relation::Table(table.into()));
}
