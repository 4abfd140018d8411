//! Which facts documents, speakers and sentences state: all of them, and perhaps some that are
//! no longer so. Who asks looks at the facts themselves afterwards.

use super::super::identifier::{DocumentId, FactId, SentenceId, TermId};
use super::super::term::Term;
use super::super::{key, names, text_index};
use super::Snapshot;
use crate::error::Result;

impl Snapshot {
    /// The documents whose names are chosen.
    pub(crate) fn documents_named(
        &self,
        is_chosen: impl Fn(&str) -> bool,
    ) -> Result<Vec<DocumentId>> {
        let mut scan = self.view.scan(&[key::DOCUMENT_NAME], &[key::DOCUMENT_NAME]);
        let mut found = Vec::new();
        while let Some((entry, name)) = scan.next_entry()? {
            let number = entry.get(1..).and_then(|number| number.try_into().ok());
            if let (Some(number), Ok(name)) = (number, std::str::from_utf8(&name))
                && is_chosen(name)
            {
                found.push(DocumentId::from_raw(u32::from_be_bytes(number)));
            }
        }
        Ok(found)
    }

    /// Whether triples were imported with a document.
    pub(crate) fn has_triples(&self, document: DocumentId) -> Result<bool> {
        let Some(name) = self.document_name(document)? else {
            return Ok(true);
        };
        let known = self.document(&name)?;
        Ok(known.is_none_or(|known| known.triples > 0))
    }

    /// The facts that documents state, ascending; for imported triples the number they share.
    pub(crate) fn facts_of_documents(&self, documents: &[DocumentId]) -> Result<Vec<FactId>> {
        let mut facts = Vec::new();
        for &document in documents {
            facts.push(document.bare_fact());
            facts.extend(self.facts_of_document(document)?);
        }
        facts.sort_unstable();
        facts.dedup();
        Ok(facts)
    }

    /// The facts that somebody says, by a name without case and diacritics, ascending; `None`
    /// where the store was begun before that was kept.
    pub(crate) fn facts_by_speaker(&self, speaker: &str) -> Result<Option<Vec<FactId>>> {
        if !self.keeps_stated()? {
            return Ok(None);
        }
        let prefix = key::word_prefix(&names::fold(speaker), text_index::SPEAKERS);
        let facts = text_index::numbers(&self.view, &prefix)?;
        Ok(Some(facts.into_iter().map(FactId::from_raw).collect()))
    }

    /// The documents with a sentence that has all these words, in any inflection; `None` where
    /// the store was begun before that was kept for all sentences.
    pub(crate) fn documents_with_words(&self, words: &str) -> Result<Option<Vec<DocumentId>>> {
        if !self.keeps_stated()? || names::words(words).next().is_none() {
            return Ok(None);
        }
        let sentences = self.sentences_with_words(&[words])?;
        let mut documents: Vec<DocumentId> =
            sentences.iter().map(|sentence| sentence.document).collect();
        documents.dedup();
        Ok(Some(documents))
    }

    /// The subjects of the rows of facts with records, ascending.
    pub(crate) fn subjects_of(&self, facts: &[FactId]) -> Result<Vec<u64>> {
        let mut subjects = Vec::new();
        for &fact in facts {
            if let Some(subject) = self.subject_of(fact)? {
                subjects.extend(self.find(&Term::of(&subject))?.map(TermId::raw));
            }
        }
        subjects.sort_unstable();
        subjects.dedup();
        Ok(subjects)
    }

    /// The confidence below which facts are weak.
    pub(crate) fn weak_below(&self) -> Result<f32> {
        if self.view.counters.next_fact == FactId::FIRST_RECORDED {
            return Ok(self.options.weak_below);
        }
        self.view.weak_below()
    }

    fn keeps_stated(&self) -> Result<bool> {
        let marker = text_index::marker_of_stated();
        Ok(self.view.get(&marker)?.is_some())
    }
}

/// The words of texts that stand with a piece of evidence and not among the sentences of its
/// document are entered under this number.
pub(in super::super) fn own_texts(document: DocumentId) -> SentenceId {
    SentenceId {
        document,
        sentence: u32::MAX,
    }
}
