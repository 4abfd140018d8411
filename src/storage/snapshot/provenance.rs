//! From the number of a fact to what it says and where that stands.

use super::super::identifier::{DocumentId, FactId, Permutation, Row, RowSet, SentenceId, TermId};
use super::super::record::{
    EVIDENCE_IN_RECORD, FactRecord, Recorded, StoredDocument, StoredEvidence, StoredFact,
};
use super::super::term::Term;
use super::super::{codec, key, varint};
use super::{Snapshot, damaged};
use crate::error::Result;
use crate::fact::{Argument, Content, EntityKind, Fact};
use crate::provenance::Evidence;

impl Snapshot {
    /// The record of a fact, with its evidence; `None` for a number never given or forgotten.
    /// A bare number stands for many triples: ask with [`Snapshot::record_of_row`].
    pub(crate) fn record(&self, id: FactId) -> Result<Option<FactRecord>> {
        let Some(bytes) = self.view.get(&key::fact(id))? else {
            return Ok(None);
        };
        self.read_record(id, &bytes).map(Some)
    }

    /// The record of the fact of a row of subject, predicate, object and fact, for bare triples
    /// too.
    ///
    /// # Errors
    ///
    /// `Damaged` where the row's fact has no record.
    pub(crate) fn record_of_row(&self, row: Row) -> Result<FactRecord> {
        let [subject, predicate, object, fact] = row;
        let id = FactId::from_raw(fact);
        let Some(document) = id.bare_document() else {
            let missing = || damaged(format!("fact {id}"), "its record is missing");
            return self.record(id)?.ok_or_else(missing);
        };
        let argument = |raw| self.argument(TermId::from_raw(raw));
        let predicate = self.term(TermId::from_raw(predicate))?;
        let predicate = predicate.as_name().unwrap_or_default().to_owned();
        let mut fact = Fact::without_object(argument(subject)?, predicate);
        if !TermId::from_raw(object).is_absent() {
            fact.object = Some(argument(object)?);
        }
        let name = self.document_name(document)?;
        let mut recorded = Recorded::default();
        if let Some(name) = name {
            if let Some(bytes) = self.view.get(&key::document(&name))? {
                let part = format!("document {name:?}");
                recorded = codec::decode::<StoredDocument>(&part, &bytes)?.recorded;
            }
            fact.evidence.push(Evidence::document_only(name));
        }
        Ok(FactRecord {
            id,
            fact,
            recorded,
            retracted: None,
        })
    }

    /// The argument a term stands for where no record tells more.
    fn argument(&self, id: TermId) -> Result<Argument> {
        Ok(match self.term(id)? {
            Term::Name(name) => {
                let kind = self.entity(&name)?.map(|entity| entity.kind);
                Argument {
                    text: name.clone(),
                    content: Content::Entity {
                        name,
                        kind: kind.unwrap_or(EntityKind::Other),
                    },
                }
            }
            Term::Value(value) => Argument::from(value),
        })
    }

    /// All facts with a record, retracted ones too, by their numbers.
    pub(crate) fn records(&self) -> impl Iterator<Item = Result<FactRecord>> + use<> {
        let snapshot = self.clone();
        let mut scan = self.view.scan(&[key::FACT], &[key::FACT]);
        std::iter::from_fn(move || match scan.next_entry() {
            Ok(None) => None,
            Err(error) => Some(Err(error)),
            Ok(Some((entry, bytes))) => {
                let id = FactId::from_raw(key::last_number(&entry).unwrap_or_default());
                Some(snapshot.read_record(id, &bytes))
            }
        })
    }

    /// All bare triples, as rows of subject, predicate, object and fact, in the order SPO.
    pub(crate) fn bare_rows(&self) -> Result<impl Iterator<Item = Result<Row>> + use<>> {
        let mut cursor = self.cursor(RowSet::Plain, Permutation::Spo, &[])?;
        let mut pending = Vec::new().into_iter();
        Ok(std::iter::from_fn(move || {
            loop {
                if let Some(row) = pending.next() {
                    return Some(Ok(row));
                }
                match cursor.next_block() {
                    Ok(None) => return None,
                    Err(error) => return Some(Err(error)),
                    Ok(Some(columns)) => {
                        let bare = |row: &Row| FactId::from_raw(row[3]).is_bare();
                        pending = columns.rows().filter(bare).collect::<Vec<_>>().into_iter();
                    }
                }
            }
        }))
    }

    /// The numbers of the facts a document supports, ascending; bare triples are not among them.
    pub(crate) fn facts_of_document(&self, document: DocumentId) -> Result<Vec<FactId>> {
        let prefix = key::document_facts_prefix(document);
        let mut scan = self.view.scan(&prefix, &prefix);
        let mut facts = Vec::new();
        while let Some((_, bytes)) = scan.next_entry()? {
            facts.extend(varint::take_ascending(&bytes));
        }
        facts.sort_unstable();
        facts.dedup();
        Ok(facts.into_iter().map(FactId::from_raw).collect())
    }

    /// The subject as the record of a fact has it.
    pub(super) fn subject_of(&self, id: FactId) -> Result<Option<Argument>> {
        let Some(bytes) = self.view.get(&key::fact(id))? else {
            return Ok(None);
        };
        let stored: StoredFact = codec::decode(&format!("fact {id}"), &bytes)?;
        Ok(stored.into_subject())
    }

    fn read_record(&self, id: FactId, bytes: &[u8]) -> Result<FactRecord> {
        let part = format!("fact {id}");
        let stored: StoredFact = codec::decode(&part, bytes)?;
        let mut fact = stored
            .read()
            .ok_or_else(|| damaged(part, "the record makes no sense"))?;
        let has_more = stored.evidence.len() >= EVIDENCE_IN_RECORD;
        for evidence in stored.evidence {
            fact.evidence.extend(self.read_evidence(evidence)?);
        }
        if has_more {
            let prefix = key::evidence_prefix(id);
            let mut scan = self.view.scan(&prefix, &prefix);
            while let Some((_, bytes)) = scan.next_entry()? {
                let part = format!("evidence of fact {id}");
                for evidence in codec::decode::<Vec<StoredEvidence>>(&part, &bytes)? {
                    fact.evidence.extend(self.read_evidence(evidence)?);
                }
            }
        }
        Ok(FactRecord {
            id,
            fact,
            recorded: stored.recorded,
            retracted: stored.retracted,
        })
    }

    /// A piece of evidence with its document's name and its sentence; `None` for a person's bare
    /// word, which names no document.
    fn read_evidence(&self, mut stored: StoredEvidence) -> Result<Option<Evidence>> {
        if stored.document == DocumentId::NONE {
            return Ok(None);
        }
        let Some(name) = self.document_name(stored.document)? else {
            return Ok(None);
        };
        let text = match (stored.text.take(), stored.sentence) {
            (Some(text), _) => text,
            (None, Some(sentence)) => {
                let id = SentenceId {
                    document: stored.document,
                    sentence,
                };
                self.sentence(id)?
                    .map(|known| known.text)
                    .unwrap_or_default()
            }
            (None, None) => String::new(),
        };
        Ok(Some(stored.read(name, text)))
    }
}
