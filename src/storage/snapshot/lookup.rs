//! Finding names, words, documents, entities and rules.

use super::super::identifier::{DocumentId, SentenceId, TermId};
use super::super::record::{Sentence, StoredDocument, StoredEntity};
use super::super::term::Term;
use super::super::{codec, key, names, text_index};
use super::{Snapshot, damaged};
use crate::error::Result;
use crate::fact::Entity;
use crate::provenance::DocumentRecord;
use crate::similarity::{Likeness, name_likeness};

/// Only so many names are looked at to find those near a mistyped one.
const NEAREST_SCANNED_MAX: usize = 200_000;

/// A document with its number and sizes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DocumentEntry {
    /// Its number.
    pub(crate) id: DocumentId,
    /// What is known of it.
    pub(crate) record: DocumentRecord,
    /// How many sentences of it are kept.
    pub(crate) sentences: u32,
    /// How many bare triples were imported with it.
    pub(crate) triples: u64,
}

impl Snapshot {
    /// The terms with this name or alias, without case and diacritics; IRIs only exactly.
    /// Merged names are given as the name they were merged into.
    pub(crate) fn names_like(&self, name: &str) -> Result<Vec<TermId>> {
        if names::is_iri(name) {
            return Ok(self.find(&Term::name(name))?.into_iter().collect());
        }
        let folded = names::fold(name);
        let mut found = Vec::new();
        let prefix = key::folded_name_prefix(&folded);
        let mut scan = self.view.scan(&prefix, &prefix);
        while let Some((entry, _)) = scan.next_entry()? {
            if let Some(number) = key::last_number(&entry) {
                found.push(self.surviving(TermId::from_raw(number))?);
            }
        }
        let prefix = key::alias_prefix(&folded);
        let mut scan = self.view.scan(&prefix, &prefix);
        while let Some((_, name)) = scan.next_entry()? {
            let name = String::from_utf8_lossy(&name).into_owned();
            found.extend(self.find(&Term::Name(name))?);
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The name a merged name was merged into, or the term itself.
    fn surviving(&self, id: TermId) -> Result<TermId> {
        if self.view.counters.merges == 0 {
            return Ok(id);
        }
        let term = self.term(id)?;
        Ok(self.find(&term)?.unwrap_or(id))
    }

    /// The names most like a mistyped one, nearest first.
    pub(crate) fn nearest_names(&self, name: &str, limit: usize) -> Result<Vec<String>> {
        let folded = names::fold(name);
        let mut found: Vec<(Likeness, TermId)> = Vec::new();
        let mut scan = self.view.scan(&[key::FOLDED_NAME], &[key::FOLDED_NAME]);
        for _ in 0..NEAREST_SCANNED_MAX {
            let Some((entry, _)) = scan.next_entry()? else {
                break;
            };
            let Some((known, id)) = key::read_folded_name(&entry) else {
                continue;
            };
            if let Some(likeness) = name_likeness(&folded, known) {
                found.push((likeness, id));
            }
        }
        found.sort_unstable();
        let mut nearest = Vec::new();
        for (_, id) in found {
            if let Term::Name(name) = self.term(id)?
                && !nearest.contains(&name)
            {
                nearest.push(name);
            }
            if nearest.len() == limit {
                break;
            }
        }
        Ok(nearest)
    }

    /// Names that begin so, without case and diacritics, in alphabetical order.
    pub(crate) fn names_with_prefix(&self, prefix: &str, limit: usize) -> Result<Vec<String>> {
        let mut start = vec![key::FOLDED_NAME];
        start.extend_from_slice(names::fold(prefix).as_bytes());
        let mut scan = self.view.scan(&start, &start);
        let mut found = Vec::new();
        while found.len() < limit {
            let Some((entry, _)) = scan.next_entry()? else {
                break;
            };
            let Some((_, id)) = key::read_folded_name(&entry) else {
                continue;
            };
            if let Term::Name(name) = self.term(id)? {
                found.push(name);
            }
        }
        Ok(found)
    }

    /// Predicates with the number of their plain rows, most used first.
    pub(crate) fn predicates_by_use(&self) -> Result<Vec<(TermId, u64)>> {
        let totals = self.predicate_totals()?;
        let mut predicates: Vec<(TermId, u64)> = totals
            .iter()
            .map(|totals| (totals.predicate, totals.rows))
            .collect();
        predicates.sort_unstable_by_key(|&(id, rows)| (std::cmp::Reverse(rows), id));
        Ok(predicates)
    }

    /// The entity with this canonical name.
    pub(crate) fn entity(&self, name: &str) -> Result<Option<Entity>> {
        let Some(bytes) = self.view.get(&key::entity(name))? else {
            return Ok(None);
        };
        let stored: StoredEntity = codec::decode(&format!("entity {name:?}"), &bytes)?;
        Ok(Some(Entity {
            name: name.to_owned(),
            kind: stored.kind(),
            aliases: stored.aliases,
        }))
    }

    /// All entities, by name.
    pub(crate) fn entities(&self) -> impl Iterator<Item = Result<Entity>> + use<> {
        self.named(key::ENTITY, |name, bytes| {
            let stored: StoredEntity = codec::decode(&format!("entity {name:?}"), bytes)?;
            Ok(Entity {
                kind: stored.kind(),
                aliases: stored.aliases,
                name,
            })
        })
    }

    /// All names merged into others: the name that went and the one it became.
    pub(crate) fn merges(&self) -> impl Iterator<Item = Result<(String, String)>> + use<> {
        self.named(key::MERGED, |name, bytes| {
            Ok((name, String::from_utf8_lossy(bytes).into_owned()))
        })
    }

    /// All rules: name and text.
    pub(crate) fn rules(&self) -> impl Iterator<Item = Result<(String, String)>> + use<> {
        self.named(key::RULE, |name, bytes| {
            Ok((name, String::from_utf8_lossy(bytes).into_owned()))
        })
    }

    /// The document with this name.
    pub(crate) fn document(&self, name: &str) -> Result<Option<DocumentEntry>> {
        let Some(bytes) = self.view.get(&key::document(name))? else {
            return Ok(None);
        };
        document_entry(name.to_owned(), &bytes).map(Some)
    }

    /// All documents, by name.
    pub(crate) fn documents(&self) -> impl Iterator<Item = Result<DocumentEntry>> + use<> {
        self.named(key::DOCUMENT, document_entry)
    }

    /// The name of a document by its number; `None` where it was forgotten.
    pub(crate) fn document_name(&self, document: DocumentId) -> Result<Option<String>> {
        let name = self.view.get(&key::document_name(document))?;
        Ok(name.map(|name| String::from_utf8_lossy(&name).into_owned()))
    }

    /// One sentence; `None` where the document is not there any more.
    pub(crate) fn sentence(&self, id: SentenceId) -> Result<Option<Sentence>> {
        let block = id.sentence / key::SENTENCES_A_BLOCK;
        let Some(bytes) = self.view.get(&key::sentences(id.document, block))? else {
            return Ok(None);
        };
        let part = format!("sentences of document {}", id.document.raw());
        let mut sentences: Vec<Sentence> = codec::decode(&part, &bytes)?;
        let place = (id.sentence % key::SENTENCES_A_BLOCK) as usize;
        Ok((place < sentences.len()).then(|| sentences.swap_remove(place)))
    }

    /// All sentences of a document, in their order.
    pub(crate) fn sentences(&self, document: DocumentId) -> Result<Vec<Sentence>> {
        let prefix = key::sentences_prefix(document);
        let mut scan = self.view.scan(&prefix, &prefix);
        let mut sentences = Vec::new();
        while let Some((_, bytes)) = scan.next_entry()? {
            let part = format!("sentences of document {}", document.raw());
            sentences.extend(codec::decode::<Vec<Sentence>>(&part, &bytes)?);
        }
        Ok(sentences)
    }

    /// The numbers of the text terms that have all these words, in any inflection, ascending.
    pub(crate) fn texts_with_words(&self, words: &[&str]) -> Result<Vec<TermId>> {
        let found = self.with_words(words, text_index::TERMS)?;
        Ok(found.into_iter().map(TermId::from_raw).collect())
    }

    /// The sentences that have all these words, in any inflection, ascending. Sentences of
    /// documents forgotten since may be among them.
    pub(crate) fn sentences_with_words(&self, words: &[&str]) -> Result<Vec<SentenceId>> {
        let found = self.with_words(words, text_index::SENTENCES)?;
        Ok(found.into_iter().map(SentenceId::from_raw).collect())
    }

    /// The lemmas of a text, as the word index has them: each once, sorted.
    pub(crate) fn lemmas(&self, text: &str) -> Vec<String> {
        text_index::lemmas(text, |word| self.lemma(word))
    }

    fn with_words(&self, words: &[&str], space: u8) -> Result<Vec<u64>> {
        let mut lists = Vec::new();
        for text in words {
            for word in names::words(text) {
                let lemma = self.lemma(&word);
                lists.push(text_index::postings(&self.view, &lemma, space)?);
            }
        }
        Ok(text_index::intersect(lists))
    }

    /// The entries under a letter, whose keys are names.
    fn named<T, R: Fn(String, &[u8]) -> Result<T>>(
        &self,
        letter: u8,
        read: R,
    ) -> impl Iterator<Item = Result<T>> + use<T, R> {
        let mut scan = self.view.scan(&[letter], &[letter]);
        std::iter::from_fn(move || match scan.next_entry() {
            Ok(None) => None,
            Err(error) => Some(Err(error)),
            Ok(Some((entry, bytes))) => {
                let name = entry.get(1..).map(String::from_utf8_lossy);
                let name = name.unwrap_or_default().into_owned();
                Some(read(name, &bytes))
            }
        })
    }
}

fn document_entry(name: String, bytes: &[u8]) -> Result<DocumentEntry> {
    let part = format!("document {name:?}");
    let stored: StoredDocument = codec::decode(&part, bytes)?;
    let (id, sentences, triples) = (stored.id, stored.sentences, stored.triples);
    let record = stored
        .read(name)
        .ok_or_else(|| damaged(part, "it has a time that is none"))?;
    Ok(DocumentEntry {
        id,
        record,
        sentences,
        triples,
    })
}
