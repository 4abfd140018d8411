//! Asserting and retracting facts.

use std::collections::BTreeSet;

use xxhash_rust::xxh3::xxh3_128;

use super::super::identifier::{DocumentId, FactId, Permutation, Row, RowSet, TermId};
use super::super::overlay::RowKey;
use super::super::record::{FactRecord, StoredEvidence, StoredFact};
use super::super::snapshot::damaged;
use super::super::term::Term;
use super::super::{codec, key, names, text_index};
use super::WriteTransaction;
use crate::error::Result;
use crate::fact::Fact;

/// What asserting a fact did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asserted {
    /// The fact's number.
    pub(crate) id: FactId,
    /// Whether the store did not know it before.
    pub(crate) is_new: bool,
}

impl WriteTransaction {
    /// Adds a fact. One that says the same as a known one adds its evidence to that.
    pub(crate) fn assert(&mut self, fact: &Fact) -> Result<Asserted> {
        let identity = key::identity(identity(fact));
        if let Some(bytes) = self.get(&identity)? {
            let id = FactId::from_raw(key::last_number(&bytes).unwrap_or_default());
            self.add_evidence(id, fact)?;
            return Ok(Asserted { id, is_new: false });
        }
        let id = self.next_fact();
        if let Some(attribution) = &fact.attribution {
            let speaker = names::fold(&attribution.speaker);
            let entry = key::word(&speaker, text_index::SPEAKERS, id.raw());
            self.put(entry, Vec::new());
        }
        let mut stored = StoredFact::of(fact, self.counters.last);
        let bare = self.take_bare(fact)?;
        for document in &bare {
            let piece = StoredEvidence::document_only(*document, 1.0);
            stored.evidence.push(piece);
            stored.confidence = 1.0;
            let facts = self.document_facts.entry(document.raw()).or_default();
            facts.push(id.raw());
        }
        self.extend_evidence(id, &mut stored, fact)?;
        self.write_fact(id, &stored)?;
        self.put(identity, id.raw().to_be_bytes().to_vec());
        Ok(Asserted {
            id,
            is_new: bare.is_empty(),
        })
    }

    /// Restores a fact with its record as an export wrote it, whether live or retracted.
    pub(crate) fn restore(&mut self, record: &FactRecord) -> Result<FactId> {
        let asserted = self.assert(&record.fact)?;
        if asserted.is_new {
            let mut stored = self.stored_fact(asserted.id)?;
            stored.recorded.second = record.recorded.second;
            if let Some(retracted) = record.retracted {
                self.withdraw(asserted.id, &mut stored, retracted.second)?;
            }
            self.put(key::fact(asserted.id), codec::encode(&stored)?);
        }
        Ok(asserted.id)
    }

    /// Takes a fact out of what the store holds to be so; its record stays for `as of`. Whether
    /// there was such a live fact.
    pub(crate) fn retract(&mut self, id: FactId) -> Result<bool> {
        if self.get(&key::fact(id))?.is_none() {
            return Ok(false);
        }
        let mut stored = self.stored_fact(id)?;
        if stored.retracted.is_some() {
            return Ok(false);
        }
        let second = self.counters.last.second;
        self.withdraw(id, &mut stored, second)?;
        Ok(true)
    }

    /// Takes a bare triple out, given its row of subject, predicate, object and fact. Whether it
    /// was there.
    pub(crate) fn retract_bare(&mut self, row: Row) -> Result<bool> {
        let key = RowKey {
            set: RowSet::Plain,
            row,
        };
        let is_live = FactId::from_raw(row[3]).is_bare() && self.is_live(&key)?;
        if is_live {
            self.change_row(key, -1);
        }
        Ok(is_live)
    }

    pub(super) fn stored_fact(&self, id: FactId) -> Result<StoredFact> {
        let part = format!("fact {id}");
        match self.get(&key::fact(id))? {
            Some(bytes) => codec::decode(&part, &bytes),
            None => Err(damaged(part, "its record is missing")),
        }
    }

    /// Removes the rows of a fact and marks its record.
    pub(super) fn withdraw(
        &mut self,
        id: FactId,
        stored: &mut StoredFact,
        second: i64,
    ) -> Result<()> {
        let fact = stored
            .read()
            .ok_or_else(|| damaged(format!("fact {id}"), "the record makes no sense"))?;
        for row in self.rows_of(id, &fact)? {
            self.change_row(row, -1);
        }
        let mut retracted = self.counters.last;
        retracted.second = second;
        stored.retracted = Some(retracted);
        self.remove(key::identity(identity(&fact)));
        self.put(key::fact(id), codec::encode(stored)?);
        Ok(())
    }

    /// Writes a new fact: rows and record.
    fn write_fact(&mut self, id: FactId, stored: &StoredFact) -> Result<()> {
        let fact = stored
            .read()
            .ok_or_else(|| damaged(format!("fact {id}"), "the record makes no sense"))?;
        for row in self.rows_of(id, &fact)? {
            self.change_row(row, 1);
        }
        self.put(key::fact(id), codec::encode(stored)?);
        Ok(())
    }

    /// Replaces the record of a live fact, and its rows where they differ.
    pub(super) fn rewrite_fact(
        &mut self,
        id: FactId,
        before: &BTreeSet<RowKey>,
        stored: &StoredFact,
    ) -> Result<()> {
        let fact = stored
            .read()
            .ok_or_else(|| damaged(format!("fact {id}"), "the record makes no sense"))?;
        let after = self.rows_of(id, &fact)?;
        for row in before.difference(&after) {
            self.change_row(*row, -1);
        }
        for row in after.difference(before) {
            self.change_row(*row, 1);
        }
        self.put(key::fact(id), codec::encode(stored)?);
        Ok(())
    }

    /// Adds the evidence of a fact to the known one that says the same.
    fn add_evidence(&mut self, id: FactId, fact: &Fact) -> Result<()> {
        let mut stored = self.stored_fact(id)?;
        let known = stored.read();
        let known = known.ok_or_else(|| damaged(format!("fact {id}"), "it makes no sense"))?;
        let before = self.rows_of(id, &known)?;
        if self.extend_evidence(id, &mut stored, fact)? {
            self.rewrite_fact(id, &before, &stored)?;
        }
        Ok(())
    }

    /// Takes away the bare triples that say the same, and gives their documents: the fact with
    /// its record stands for them from now on.
    fn take_bare(&mut self, fact: &Fact) -> Result<Vec<DocumentId>> {
        let is_simple = fact.qualifiers.is_empty() && fact.attribution.is_none();
        if self.counters.imports == 0 || !is_simple || !self.is_plain(fact)? {
            return Ok(Vec::new());
        }
        let Some([subject, predicate, object]) = self.find_triple(fact)? else {
            return Ok(Vec::new());
        };
        let prefix = [subject, predicate, object];
        let mut cursor = self.base.cursor(RowSet::Plain, Permutation::Spo, &prefix)?;
        let mut documents = Vec::new();
        while let Some(columns) = cursor.next_block()? {
            for row in columns.rows() {
                let set = RowSet::Plain;
                if let Some(document) = FactId::from_raw(row[3]).bare_document()
                    && self.is_live(&RowKey { set, row })?
                {
                    self.change_row(RowKey { set, row }, -1);
                    documents.push(document);
                }
            }
        }
        Ok(documents)
    }

    fn find_triple(&self, fact: &Fact) -> Result<Option<[TermId; 3]>> {
        let object = match &fact.object {
            Some(object) => self.find(&self.resolved(Term::of(object))?)?,
            None => Some(TermId::ABSENT),
        };
        let subject = self.find(&self.resolved(Term::of(&fact.subject))?)?;
        let predicate = self.find(&self.resolved(Term::name(&fact.predicate.name))?)?;
        Ok(match (subject, predicate, object) {
            (Some(subject), Some(predicate), Some(object)) => Some([subject, predicate, object]),
            _ => None,
        })
    }

    /// Whether a plain pattern answers with a fact.
    fn is_plain(&mut self, fact: &Fact) -> Result<bool> {
        let weak_below = match self.weak_below {
            Some(known) => known,
            None if self.counters.next_fact == FactId::FIRST_RECORDED => {
                self.database.options().weak_below
            }
            None => self.base.weak_below()?,
        };
        self.weak_below = Some(weak_below);
        Ok(fact.is_plain_from(weak_below))
    }

    /// The rows of a fact: one for its object, one for each qualifier.
    pub(super) fn rows_of(&mut self, id: FactId, fact: &Fact) -> Result<BTreeSet<RowKey>> {
        let set = if self.is_plain(fact)? {
            RowSet::Plain
        } else {
            RowSet::Marked
        };
        let subject = self.resolved_id(Term::of(&fact.subject))?;
        let predicate = self.resolved_id(Term::name(&fact.predicate.name))?;
        let object = match &fact.object {
            Some(object) => self.resolved_id(Term::of(object))?,
            None => TermId::ABSENT,
        };
        let row = |predicate: TermId, object: TermId| RowKey {
            set,
            row: [subject.raw(), predicate.raw(), object.raw(), id.raw()],
        };
        let mut rows = BTreeSet::from([row(predicate, object)]);
        for qualifier in &fact.qualifiers {
            let name = format!("{}_{}", fact.predicate.name, qualifier.role);
            let role = self.resolved_id(Term::Name(name))?;
            let value = self.resolved_id(Term::of(&qualifier.argument))?;
            rows.insert(row(role, value));
        }
        Ok(rows)
    }

    /// The term, or the name it was merged into.
    pub(super) fn resolved(&self, term: Term) -> Result<Term> {
        match term {
            Term::Name(name) if self.counters.merges > 0 => self.survivor(&name).map(Term::Name),
            term => Ok(term),
        }
    }

    fn resolved_id(&mut self, term: Term) -> Result<TermId> {
        let term = self.resolved(term)?;
        self.find_or_add(&term)
    }

    /// Counts a row up or down.
    pub(super) fn change_row(&mut self, key: RowKey, sign: i8) {
        *self.changes.rows.entry(key).or_default() += sign;
    }

    /// Whether this transaction leaves a row of its base alone.
    pub(in super::super) fn keeps(&self, set: RowSet, row: Row) -> bool {
        self.changes
            .rows
            .get(&RowKey { set, row })
            .is_none_or(|sign| *sign >= 0)
    }

    /// Whether a live fact says no more than its triple.
    pub(in super::super) fn is_simple(&self, id: FactId) -> Result<bool> {
        let stored = self.stored_fact(id)?;
        let fact = stored.read();
        Ok(stored.retracted.is_none()
            && fact.is_some_and(|fact| fact.qualifiers.is_empty() && fact.attribution.is_none()))
    }

    /// Whether a row is there, as this transaction sees it.
    pub(super) fn is_live(&self, key: &RowKey) -> Result<bool> {
        let change = self.changes.rows.get(key).copied().unwrap_or(0);
        let prefix = key.row.map(TermId::from_raw);
        let count = self.base.count(key.set, Permutation::Spo, &prefix)?;
        Ok(i64::from(change) + count.cast_signed() > 0)
    }
}

/// A number for what a fact says: subject, predicate, object, qualifiers in any order, negated,
/// modality, speaker, derived.
fn identity(fact: &Fact) -> u128 {
    let mut bytes = Vec::new();
    let push = |bytes: &mut Vec<u8>, part: &[u8]| {
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part);
    };
    push(&mut bytes, &Term::of(&fact.subject).to_key());
    push(&mut bytes, fact.predicate.name.as_bytes());
    let object = fact.object.as_ref().map(|object| Term::of(object).to_key());
    push(&mut bytes, &object.unwrap_or_default());
    let mut qualifiers: Vec<_> = fact
        .qualifiers
        .iter()
        .map(|known| (known.role.as_bytes(), Term::of(&known.argument).to_key()))
        .collect();
    qualifiers.sort_unstable();
    for (role, value) in qualifiers {
        push(&mut bytes, role);
        push(&mut bytes, &value);
    }
    bytes.push(u8::from(fact.negated));
    push(&mut bytes, fact.modality.as_str().as_bytes());
    let speaker = fact
        .attribution
        .as_ref()
        .map(|known| known.speaker.as_str());
    push(&mut bytes, speaker.unwrap_or_default().as_bytes());
    bytes.push(u8::from(fact.derived));
    xxh3_128(&bytes)
}
