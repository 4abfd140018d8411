//! Documents: putting them in with their sentences, replacing and forgetting them.

use std::collections::BTreeSet;

use super::super::identifier::{DocumentId, FactId, Permutation, RowSet, SentenceId};
use super::super::overlay::RowKey;
use super::super::record::{Sentence, StoredDocument};
use super::super::snapshot::damaged;
use super::super::{codec, key, text_index, varint};
use super::WriteTransaction;
use crate::error::Result;
use crate::provenance::DocumentRecord;
use crate::value::Time;

/// What putting a document into the store means for its facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DocumentChange {
    /// The store did not have it.
    New,
    /// It had another version; what only that one said is retracted.
    Replaced,
    /// It has exactly this version: there is nothing to do.
    Unchanged,
}

/// What forgetting a document took away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Forgotten {
    /// Facts that only this document supported.
    pub(crate) facts: u64,
    /// Facts that lost a piece of evidence and keep others.
    pub(crate) kept: u64,
}

impl WriteTransaction {
    /// Puts a document and its sentences in, before the facts that come from it.
    pub(crate) fn put_document(
        &mut self,
        record: &DocumentRecord,
        sentences: &[Sentence],
    ) -> Result<DocumentChange> {
        let known = self.stored_document(&record.name)?;
        let (id, change) = match known {
            Some(known) if known.sha256 == record.sha256 && !record.sha256.is_empty() => {
                return Ok(DocumentChange::Unchanged);
            }
            // Known by name only: what was asserted with it stays.
            Some(known) if known.sha256.is_empty() => (known.id, DocumentChange::New),
            Some(known) => {
                self.withdraw_document(&record.name, known.id)?;
                if known.triples > 0 {
                    self.withdraw_bare(known.id)?;
                    self.counters.imports = self.counters.imports.saturating_sub(1);
                }
                (self.next_document(), DocumentChange::Replaced)
            }
            None => (self.next_document(), DocumentChange::New),
        };
        let mut stored = StoredDocument::of(id, record, self.counters.last);
        stored.sentences = 0;
        self.write_document(&record.name, &stored)?;
        self.add_sentences(&record.name, sentences)?;
        Ok(change)
    }

    /// Appends sentences to those of a document that was put in.
    pub(crate) fn add_sentences(&mut self, name: &str, sentences: &[Sentence]) -> Result<()> {
        let Some(mut stored) = self.stored_document(name)? else {
            return Ok(());
        };
        let mut next = stored.sentences;
        let mut rest = sentences;
        while !rest.is_empty() {
            let block = key::sentences(stored.id, next / key::SENTENCES_A_BLOCK);
            let used = (next % key::SENTENCES_A_BLOCK) as usize;
            let mut known: Vec<Sentence> = match self.get(&block)? {
                Some(bytes) if used > 0 => codec::decode("sentences", &bytes)?,
                _ => Vec::new(),
            };
            let free = key::SENTENCES_A_BLOCK as usize - used;
            let (fitting, after) = rest.split_at(free.min(rest.len()));
            for (sentence, known) in (next..).zip(fitting) {
                let document = stored.id;
                let id = SentenceId { document, sentence };
                self.index(&known.text, text_index::SENTENCES, id.raw());
            }
            known.extend_from_slice(fitting);
            self.put(block, codec::encode(&known)?);
            next = next.saturating_add(u32::try_from(fitting.len()).unwrap_or(u32::MAX));
            rest = after;
        }
        stored.sentences = next;
        self.write_document(name, &stored)
    }

    /// Says which version of a document the store has now: all parts of it are in.
    pub(crate) fn set_fingerprint(&mut self, name: &str, sha256: &str) -> Result<()> {
        if let Some(mut stored) = self.stored_document(name)? {
            sha256.clone_into(&mut stored.sha256);
            self.write_document(name, &stored)?;
        }
        Ok(())
    }

    /// Removes a document and everything that only it supported; `None` where it is not known.
    pub(crate) fn forget_document(&mut self, name: &str) -> Result<Option<Forgotten>> {
        let Some(known) = self.stored_document(name)? else {
            return Ok(None);
        };
        let mut forgotten = self.withdraw_document(name, known.id)?;
        if known.triples > 0 {
            forgotten.facts += self.withdraw_bare(known.id)?;
            self.counters.imports = self.counters.imports.saturating_sub(1);
        }
        self.remove(key::document(name));
        Ok(Some(forgotten))
    }

    /// The number of a document by its name; one never heard of becomes known by name.
    pub(in super::super) fn document_number(&mut self, name: &str) -> Result<DocumentId> {
        if name.is_empty() {
            return Ok(DocumentId::NONE);
        }
        if let Some(known) = self.stored_document(name)? {
            return Ok(known.id);
        }
        let id = self.next_document();
        let ingested = Time::from_seconds(self.counters.last.second);
        let record = DocumentRecord::named(name, "", ingested);
        let stored = StoredDocument::of(id, &record, self.counters.last);
        self.write_document(name, &stored)?;
        Ok(id)
    }

    pub(super) fn stored_document(&self, name: &str) -> Result<Option<StoredDocument>> {
        match self.get(&key::document(name))? {
            Some(bytes) => codec::decode(&format!("document {name:?}"), &bytes).map(Some),
            None => Ok(None),
        }
    }

    fn next_document(&mut self) -> DocumentId {
        let id = DocumentId::from_raw(self.counters.next_document);
        self.counters.next_document += 1;
        id
    }

    fn write_document(&mut self, name: &str, stored: &StoredDocument) -> Result<()> {
        self.put(key::document(name), codec::encode(stored)?);
        self.put(key::document_name(stored.id), name.as_bytes().to_vec());
        Ok(())
    }

    /// Takes the evidence of a version of a document from its facts, and its sentences.
    fn withdraw_document(&mut self, name: &str, document: DocumentId) -> Result<Forgotten> {
        let mut forgotten = Forgotten::default();
        for id in self.facts_of(document)? {
            let mut stored = self.stored_fact(id)?;
            if stored.retracted.is_some() {
                continue;
            }
            let fact = stored
                .read()
                .ok_or_else(|| damaged(format!("fact {id}"), "it makes no sense"))?;
            let before = self.rows_of(id, &fact)?;
            if self.is_only_support(id, &stored, document)? {
                let second = self.counters.last.second;
                self.withdraw(id, &mut stored, second)?;
                self.remove(key::evidence(id, document));
                forgotten.facts += 1;
                continue;
            }
            if self.withdraw_evidence(id, &mut stored, document)? {
                self.rewrite_fact(id, &before, &stored)?;
                forgotten.kept += 1;
            }
        }
        let prefix = key::document_facts_prefix(document);
        for entry in self.keys_under(&prefix)? {
            self.remove(entry);
        }
        let prefix = key::sentences_prefix(document);
        for entry in self.keys_under(&prefix)? {
            self.remove(entry);
        }
        self.remove(key::document_name(document));
        self.document_facts.remove(&document.raw());
        let _ = name;
        Ok(forgotten)
    }

    /// Removes the bare triples imported with a document.
    fn withdraw_bare(&mut self, document: DocumentId) -> Result<u64> {
        let fact = document.bare_fact().raw();
        let mut cursor = self.base.cursor(RowSet::Plain, Permutation::Spo, &[])?;
        let mut removed = 0;
        while let Some(columns) = cursor.next_block()? {
            let facts = columns.facts().iter();
            for (place, _) in facts.enumerate().filter(|(_, known)| **known == fact) {
                if let Some(row) = columns.row(place) {
                    let set = RowSet::Plain;
                    self.change_row(RowKey { set, row }, -1);
                    removed += 1;
                }
            }
        }
        Ok(removed)
    }

    fn facts_of(&self, document: DocumentId) -> Result<BTreeSet<FactId>> {
        let prefix = key::document_facts_prefix(document);
        let mut facts = BTreeSet::new();
        let mut scan = self.base.scan(&prefix, &prefix);
        while let Some((_, bytes)) = scan.next_entry()? {
            facts.extend(
                varint::take_ascending(&bytes)
                    .into_iter()
                    .map(FactId::from_raw),
            );
        }
        let new = self.document_facts.get(&document.raw());
        facts.extend(new.into_iter().flatten().copied().map(FactId::from_raw));
        Ok(facts)
    }

    /// The keys of the table with a prefix, as this transaction sees them.
    fn keys_under(&self, prefix: &[u8]) -> Result<Vec<Vec<u8>>> {
        let mut keys: BTreeSet<Vec<u8>> = BTreeSet::new();
        let mut scan = self.base.scan(prefix, prefix);
        while let Some((entry, _)) = scan.next_entry()? {
            keys.insert(entry.to_vec());
        }
        let new = self.changes.table.range(prefix.to_vec()..);
        let new = new.take_while(|(entry, _)| entry.starts_with(prefix));
        for (entry, value) in new {
            if value.is_some() {
                keys.insert(entry.clone());
            } else {
                keys.remove(entry);
            }
        }
        Ok(keys.into_iter().collect())
    }
}
