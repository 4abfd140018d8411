//! Entities: what kind, which aliases, and two names that are one thing.

use std::collections::BTreeSet;

use super::super::identifier::{FactId, Permutation, Row, RowSet, TermId};
use super::super::overlay::RowKey;
use super::super::record::{StoredEntity, StoredFact};
use super::super::snapshot::damaged;
use super::super::term::Term;
use super::super::{codec, key, names};
use super::WriteTransaction;
use crate::error::{Error, Result};
use crate::fact::{Entity, EntityKind, Fact};

impl WriteTransaction {
    /// Remembers an entity: a better known kind replaces `other`, aliases are added.
    pub(crate) fn put_entity(&mut self, entity: &Entity) -> Result<()> {
        let known = self.stored_entity(&entity.name)?;
        let kind = match &known {
            Some(known) if known.kind() != EntityKind::Other => known.kind(),
            _ => entity.kind,
        };
        let mut aliases: BTreeSet<String> = entity.aliases.iter().cloned().collect();
        aliases.extend(known.iter().flat_map(|known| known.aliases.iter().cloned()));
        aliases.remove(&entity.name);
        let stored = StoredEntity::of(kind, aliases.into_iter().collect());
        if known.as_ref() == Some(&stored) {
            return Ok(());
        }
        self.find_or_add(&Term::name(&entity.name))?;
        for alias in &stored.aliases {
            let entry = key::alias(&names::fold(alias), &entity.name);
            self.put(entry, entity.name.as_bytes().to_vec());
        }
        self.put(key::entity(&entity.name), codec::encode(&stored)?);
        Ok(())
    }

    /// Gives an entity one more name.
    pub(crate) fn add_alias(&mut self, name: &str, alias: &str) -> Result<()> {
        self.put_entity(&Entity {
            name: name.to_owned(),
            kind: EntityKind::Other,
            aliases: vec![alias.to_owned()],
        })
    }

    /// Takes a name from an entity; whether it had it.
    pub(crate) fn remove_alias(&mut self, name: &str, alias: &str) -> Result<bool> {
        let Some(mut stored) = self.stored_entity(name)? else {
            return Ok(false);
        };
        let count = stored.aliases.len();
        stored.aliases.retain(|known| known != alias);
        if stored.aliases.len() == count {
            return Ok(false);
        }
        let folded = names::fold(alias);
        if !stored
            .aliases
            .iter()
            .any(|known| names::fold(known) == folded)
        {
            self.remove(key::alias(&folded, name));
        }
        self.put(key::entity(name), codec::encode(&stored)?);
        Ok(true)
    }

    /// Says that two names are one thing: what was said of `loser` is said of `survivor` from
    /// now on. [`WriteTransaction::undo_merge`] takes it back.
    ///
    /// # Errors
    ///
    /// `Input` where both are the same thing already, or `loser` was merged before.
    pub(crate) fn merge(&mut self, loser: &str, survivor: &str) -> Result<()> {
        let target = self.survivor(survivor)?;
        if self.get(&key::merged(loser))?.is_some() || target == loser {
            return Err(Error::input(
                format!("merge {loser:?}"),
                format!("it is one thing with {target:?} already"),
            ));
        }
        let facts = self.facts_with_name(loser)?;
        let before = self.rows_before(&facts)?;
        self.put(key::merged(loser), target.as_bytes().to_vec());
        self.counters.merges += 1;
        self.rewrite_rows(before)
    }

    /// Takes a merge back; whether there was one.
    pub(crate) fn undo_merge(&mut self, loser: &str) -> Result<bool> {
        let Some(target) = self.get(&key::merged(loser))? else {
            return Ok(false);
        };
        let target = String::from_utf8_lossy(&target).into_owned();
        let target = self.survivor(&target)?;
        let facts = self.facts_with_name(&target)?;
        let before = self.rows_before(&facts)?;
        self.remove(key::merged(loser));
        self.counters.merges = self.counters.merges.saturating_sub(1);
        self.rewrite_rows(before)?;
        Ok(true)
    }

    /// The name a name was merged into, as this transaction sees it.
    pub(super) fn survivor(&self, name: &str) -> Result<String> {
        names::survivor(name, |key| self.get(key))
    }

    fn stored_entity(&self, name: &str) -> Result<Option<StoredEntity>> {
        match self.get(&key::entity(name))? {
            Some(bytes) => codec::decode(&format!("entity {name:?}"), &bytes).map(Some),
            None => Ok(None),
        }
    }

    /// The facts with a row whose subject, predicate or object is this name. Bare triples get a
    /// record of their own, so that a merge can be taken back.
    fn facts_with_name(&mut self, name: &str) -> Result<BTreeSet<FactId>> {
        let Some(id) = self.find(&Term::name(name))? else {
            return Ok(BTreeSet::new());
        };
        let mut facts = BTreeSet::new();
        for set in RowSet::ALL {
            for permutation in Permutation::ALL {
                let mut rows: Vec<Row> = Vec::new();
                let mut cursor = self.base.cursor(set, permutation, &[id])?;
                while let Some(columns) = cursor.next_block()? {
                    rows.extend(columns.rows().map(|row| permutation.restore(row)));
                }
                let is_new = |(key, sign): (&RowKey, &i8)| {
                    let has = permutation.permute(key.row)[0] == id.raw();
                    (key.set == set && *sign > 0 && has).then_some(key.row)
                };
                rows.extend(self.changes.rows.iter().filter_map(is_new));
                for row in rows {
                    if self.is_live(&RowKey { set, row })? {
                        facts.insert(self.with_record(row)?);
                    }
                }
            }
        }
        Ok(facts)
    }

    /// The fact of a row; a bare triple is given a record.
    fn with_record(&mut self, row: Row) -> Result<FactId> {
        let [subject, predicate, object, fact] = row;
        let fact = FactId::from_raw(fact);
        if !fact.is_bare() {
            return Ok(fact);
        }
        let term = |id| self.base.term(TermId::from_raw(id));
        let name = match term(predicate)? {
            Term::Name(name) => name,
            Term::Value(value) => value.to_string(),
        };
        let mut triple = Fact::without_object(argument(term(subject)?), name);
        if !TermId::from_raw(object).is_absent() {
            triple.object = Some(argument(term(object)?));
        }
        // The document of the bare row is taken over as evidence; nothing else supports it.
        let asserted = self.assert(&triple)?;
        let mut stored = self.stored_fact(asserted.id)?;
        let none = super::super::identifier::DocumentId::NONE;
        self.withdraw_evidence(asserted.id, &mut stored, none)?;
        self.put(key::fact(asserted.id), codec::encode(&stored)?);
        Ok(asserted.id)
    }

    fn rows_before(
        &mut self,
        facts: &BTreeSet<FactId>,
    ) -> Result<Vec<(FactId, StoredFact, BTreeSet<RowKey>)>> {
        let mut before = Vec::with_capacity(facts.len());
        for &id in facts {
            let stored = self.stored_fact(id)?;
            let fact = stored
                .read()
                .ok_or_else(|| damaged(format!("fact {id}"), "it makes no sense"))?;
            let rows = self.rows_of(id, &fact)?;
            before.push((id, stored, rows));
        }
        Ok(before)
    }

    fn rewrite_rows(&mut self, before: Vec<(FactId, StoredFact, BTreeSet<RowKey>)>) -> Result<()> {
        for (id, stored, rows) in before {
            self.rewrite_fact(id, &rows, &stored)?;
        }
        Ok(())
    }
}

fn argument(term: Term) -> crate::fact::Argument {
    match term {
        Term::Name(name) => name.into(),
        Term::Value(value) => value.into(),
    }
}
