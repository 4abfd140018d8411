//! Evidence: what supports a fact, in its record and, where many documents state it, under keys of
//! their own.
//!
//! A record holds the first pieces. Those of further documents stand under the fact and the
//! document, so that each costs its own bytes however many there are. As long as there are such
//! keys the record is full: a reader of a record that is not need not look for any.

use super::super::identifier::{DocumentId, FactId, SentenceId};
use super::super::record::{EVIDENCE_IN_RECORD, Sentence, StoredEvidence, StoredFact};
use super::super::snapshot::own_texts;
use super::super::{codec, key, text_index};
use super::WriteTransaction;
use crate::error::Result;
use crate::fact::Fact;
use crate::provenance::Evidence;

/// A fact keeps so many pieces of evidence from one document: a refrain makes it no surer, and each
/// further piece costs reading and writing those before it.
const EVIDENCE_A_DOCUMENT: usize = 64;

fn best(pieces: &[StoredEvidence]) -> Option<f32> {
    let confidences = pieces.iter().map(|piece| piece.confidence);
    confidences.max_by(f32::total_cmp)
}

impl WriteTransaction {
    /// Adds the pieces of evidence that are not known yet; whether the record changed and must be
    /// written.
    pub(super) fn extend_evidence(
        &mut self,
        id: FactId,
        stored: &mut StoredFact,
        fact: &Fact,
    ) -> Result<bool> {
        let mut pieces = Vec::new();
        for evidence in &fact.evidence {
            let document = self.document_number(&evidence.document)?;
            let text = self.evidence_text(document, evidence)?;
            if let Some(text) = &text {
                let number = own_texts(document).raw();
                self.index(text, text_index::SENTENCES, number);
            }
            pieces.push(StoredEvidence::of(evidence, document, text));
        }
        if pieces.is_empty() {
            let document = DocumentId::NONE;
            pieces.push(StoredEvidence::document_only(document, fact.confidence));
        }
        if stored.evidence.is_empty() {
            // The confidence of a fact is that of its best evidence.
            stored.confidence = f32::NEG_INFINITY;
        }
        let mut is_changed = self.move_out(id, stored)?;
        for piece in pieces {
            is_changed |= self.add_piece(id, stored, piece)?;
        }
        Ok(is_changed)
    }

    /// Adds a piece to a fact; whether the record changed.
    fn add_piece(
        &mut self,
        id: FactId,
        stored: &mut StoredFact,
        piece: StoredEvidence,
    ) -> Result<bool> {
        let document = piece.document;
        let is_same = |known: &&mut StoredEvidence| known.is_same_place(&piece);
        let surer = piece.confidence > stored.confidence;
        if let Some(known) = stored.evidence.iter_mut().find(is_same) {
            let is_surer = piece.confidence > known.confidence;
            known.confidence = known.confidence.max(piece.confidence);
            stored.confidence = stored.confidence.max(piece.confidence);
            return Ok(is_surer);
        }
        let is_full = stored.evidence.len() >= EVIDENCE_IN_RECORD;
        let mut further = match is_full {
            true => self.further_evidence(id, document)?,
            false => Vec::new(),
        };
        let in_record = stored.evidence.iter();
        let in_record = in_record.filter(|known| known.document == document).count();
        let count = in_record + further.len();
        match further.iter_mut().find(|known| known.is_same_place(&piece)) {
            Some(known) if known.confidence >= piece.confidence => return Ok(false),
            Some(known) => known.confidence = piece.confidence,
            None if count >= EVIDENCE_A_DOCUMENT => return Ok(false),
            None => {
                if document != DocumentId::NONE {
                    let facts = self.document_facts.entry(document.raw()).or_default();
                    facts.push(id.raw());
                }
                stored.confidence = stored.confidence.max(piece.confidence);
                if !is_full {
                    stored.evidence.push(piece);
                    return Ok(true);
                }
                further.push(piece);
            }
        }
        if let Some(best) = best(&further) {
            stored.confidence = stored.confidence.max(best);
        }
        self.put(key::evidence(id, document), codec::encode(&further)?);
        Ok(surer)
    }

    /// Moves what a record has too much of, be it of an earlier format, to keys of its own;
    /// whether there was any.
    fn move_out(&mut self, id: FactId, stored: &mut StoredFact) -> Result<bool> {
        if stored.evidence.len() <= EVIDENCE_IN_RECORD {
            return Ok(false);
        }
        let mut moved = stored.evidence.split_off(EVIDENCE_IN_RECORD);
        moved.sort_by_key(|piece| piece.document);
        for pieces in moved.chunk_by(|left, right| left.document == right.document) {
            let Some(first) = pieces.first() else {
                continue;
            };
            let mut further = self.further_evidence(id, first.document)?;
            further.extend_from_slice(pieces);
            self.put(key::evidence(id, first.document), codec::encode(&further)?);
        }
        Ok(true)
    }

    /// Whether a document alone supports a fact.
    pub(super) fn is_only_support(
        &self,
        id: FactId,
        stored: &StoredFact,
        document: DocumentId,
    ) -> Result<bool> {
        let mut known = stored.evidence.iter();
        if stored.evidence.is_empty() || known.any(|piece| piece.document != document) {
            return Ok(false);
        }
        let mut is_only = true;
        self.each_further(id, stored, |pieces| {
            is_only = pieces.iter().all(|piece| piece.document == document);
            is_only
        })?;
        Ok(is_only)
    }

    /// Takes the evidence of a document from a fact that has other evidence too; whether there
    /// was any.
    pub(super) fn withdraw_evidence(
        &mut self,
        id: FactId,
        stored: &mut StoredFact,
        document: DocumentId,
    ) -> Result<bool> {
        let mut removed = self.further_evidence(id, document)?;
        if !removed.is_empty() {
            self.remove(key::evidence(id, document));
        }
        let is_full = stored.evidence.len() >= EVIDENCE_IN_RECORD;
        removed.extend(
            stored
                .evidence
                .extract_if(.., |known| known.document == document),
        );
        while is_full && stored.evidence.len() < EVIDENCE_IN_RECORD {
            let Some((entry, pieces)) = self.first_further(id)? else {
                break;
            };
            stored.evidence.extend(pieces);
            self.remove(entry);
        }
        let Some(lost) = best(&removed) else {
            return Ok(false);
        };
        if lost >= stored.confidence
            && let Some(mut kept) = best(&stored.evidence)
        {
            // No piece is surer than the fact was: one that is as sure ends the search.
            let highest = stored.confidence;
            if kept < highest {
                self.each_further(id, stored, |pieces| {
                    kept = best(pieces).map_or(kept, |best| kept.max(best));
                    kept < highest
                })?;
            }
            stored.confidence = kept;
        }
        Ok(true)
    }

    /// The evidence of a document that stands outside the record.
    fn further_evidence(&self, id: FactId, document: DocumentId) -> Result<Vec<StoredEvidence>> {
        match self.get(&key::evidence(id, document))? {
            Some(bytes) => read_pieces(id, &bytes),
            None => Ok(Vec::new()),
        }
    }

    /// The first evidence outside the record, with its key.
    fn first_further(&self, id: FactId) -> Result<Option<(Vec<u8>, Vec<StoredEvidence>)>> {
        let mut first = None;
        self.each_entry(&key::evidence_prefix(id), |entry, bytes| {
            first = Some((entry.to_vec(), read_pieces(id, bytes)?));
            Ok(false)
        })?;
        Ok(first)
    }

    /// Hands out the evidence outside a record, document by document, for as long as it is asked
    /// for.
    fn each_further(
        &self,
        id: FactId,
        stored: &StoredFact,
        mut take: impl FnMut(&[StoredEvidence]) -> bool,
    ) -> Result<()> {
        if stored.evidence.len() < EVIDENCE_IN_RECORD {
            return Ok(());
        }
        self.each_entry(&key::evidence_prefix(id), |_, bytes| {
            Ok(take(&read_pieces(id, bytes)?))
        })
    }

    /// Hands out the entries of the table under a prefix, as this transaction sees them, for as
    /// long as they are asked for.
    fn each_entry(
        &self,
        prefix: &[u8],
        mut take: impl FnMut(&[u8], &[u8]) -> Result<bool>,
    ) -> Result<()> {
        let mut scan = self.base.scan(prefix, prefix);
        let mut known = scan.next_entry()?;
        let changed = self.changes.table.range(prefix.to_vec()..);
        let mut changed = changed
            .take_while(|(entry, _)| entry.starts_with(prefix))
            .peekable();
        loop {
            let is_known = match (&known, changed.peek()) {
                (None, None) => return Ok(()),
                (Some((known, _)), Some((entry, _))) => known.as_ref() < entry.as_slice(),
                (known, _) => known.is_some(),
            };
            let is_wanted = if is_known {
                let Some((entry, value)) = known.take() else {
                    return Ok(());
                };
                known = scan.next_entry()?;
                take(&entry, &value)?
            } else {
                let Some((entry, value)) = changed.next() else {
                    return Ok(());
                };
                if known
                    .as_ref()
                    .is_some_and(|(known, _)| known.as_ref() == entry.as_slice())
                {
                    known = scan.next_entry()?;
                }
                match value {
                    Some(value) => take(entry, value)?,
                    None => true,
                }
            };
            if !is_wanted {
                return Ok(());
            }
        }
    }

    /// The sentence of a piece of evidence, where the document's own sentences do not have it.
    fn evidence_text(&self, document: DocumentId, evidence: &Evidence) -> Result<Option<String>> {
        if evidence.text.is_empty() {
            return Ok(None);
        }
        if let Some(sentence) = evidence.sentence {
            let id = SentenceId { document, sentence };
            if self
                .sentence(id)?
                .is_some_and(|known| known.text == evidence.text)
            {
                return Ok(None);
            }
        }
        Ok(Some(evidence.text.clone()))
    }

    fn sentence(&self, id: SentenceId) -> Result<Option<Sentence>> {
        let block = id.sentence / key::SENTENCES_A_BLOCK;
        let Some(bytes) = self.get(&key::sentences(id.document, block))? else {
            return Ok(None);
        };
        let mut sentences: Vec<Sentence> = codec::decode("sentences", &bytes)?;
        let place = (id.sentence % key::SENTENCES_A_BLOCK) as usize;
        Ok((place < sentences.len()).then(|| sentences.swap_remove(place)))
    }
}

fn read_pieces(id: FactId, bytes: &[u8]) -> Result<Vec<StoredEvidence>> {
    codec::decode(&format!("evidence of fact {id}"), bytes)
}

#[cfg(test)]
impl WriteTransaction {
    /// Writes a record with more pieces than it should have: those of the first document again,
    /// at other places.
    pub(in super::super) fn swell(&mut self, id: FactId, pieces: u32) {
        let mut stored = self.stored_fact(id).unwrap();
        let mut piece = stored.evidence[0].clone();
        for sentence in 0..pieces {
            piece.sentence = Some(1_000 + sentence);
            piece.text = Some("as before".to_owned());
            stored.evidence.push(piece.clone());
        }
        self.put(key::fact(id), codec::encode(&stored).unwrap());
    }
}
