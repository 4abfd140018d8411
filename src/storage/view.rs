//! A moment of the store: everything that was committed when it was taken, and nothing after.

mod scan;
mod stretch;

use std::sync::Arc;

use super::cursor::{Cursor, Prefix, Stream};
use super::dictionary::RankedRange;
use super::identifier::{FactId, Permutation, RowSet, TermId};
use super::key;
use super::overlay::{Changes, Layer, Overlay};
use super::record::Recorded;
use super::repeats::{self, KnownCounts};
use super::run::Run;
use super::term::Term;
use crate::error::{Error, Result};

pub(super) use scan::{Found, TableScan};
pub(crate) use stretch::Stretch;

/// Numbers that only grow, and counts of what is live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Counters {
    pub(super) next_term: u64,
    pub(super) next_fact: FactId,
    pub(super) next_document: u32,
    /// The last transaction.
    pub(super) last: Recorded,
    /// How many names were merged into others.
    pub(super) merges: u64,
    /// How many documents with bare triples there are.
    pub(super) imports: u64,
}

impl Default for Counters {
    fn default() -> Self {
        Self {
            next_term: 1,
            next_fact: FactId::FIRST_RECORDED,
            next_document: 1,
            last: Recorded::default(),
            merges: 0,
            imports: 0,
        }
    }
}

/// Immutable; shared by all who read this moment.
#[derive(Clone, Default)]
pub(super) struct View {
    pub(super) counters: Counters,
    pub(super) overlay: Overlay,
    /// The runs, oldest first.
    pub(super) runs: Vec<Arc<Run>>,
    /// Ranges of numbers whose order is that of the terms.
    pub(super) ranked: Arc<Vec<RankedRange>>,
    /// Bare facts that were imported after the moment this view shows.
    pub(super) hidden: Arc<Vec<u64>>,
    /// How many rows repeat a triple.
    pub(super) repeats: KnownCounts,
}

impl View {
    /// The view after a transaction.
    pub(super) fn with(&self, changes: Changes, counters: Counters) -> Self {
        Self {
            counters,
            repeats: repeats::after(&self.repeats, &changes),
            overlay: self.overlay.with(Layer::new(changes)),
            ..self.clone()
        }
    }

    /// The confidence below which facts are weak. Stores begun before it was kept had another.
    pub(super) fn weak_below(&self) -> Result<f32> {
        const FIRST: f32 = 0.3;
        let Some(kept) = self.get(&key::weak_below())? else {
            return Ok(FIRST);
        };
        let bytes = kept.as_ref().try_into().map_err(|_| Error::Damaged {
            part: "border of weak facts".to_owned(),
            message: "it is no number".to_owned(),
        })?;
        Ok(f32::from_le_bytes(bytes))
    }

    /// The number of the term with this dictionary key.
    pub(super) fn find_key(&self, key: &[u8]) -> Result<Option<TermId>> {
        for layer in self.overlay.layers().iter().rev() {
            if let Some(id) = layer.find_term(key) {
                return Ok(Some(id));
            }
        }
        for dictionary in self.runs.iter().filter_map(|run| run.dictionary()) {
            if let Some(id) = dictionary.find(key)? {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// The number of a term.
    pub(super) fn find(&self, term: &Term) -> Result<Option<TermId>> {
        match term.inline() {
            Some(id) => Ok(Some(id)),
            None => self.find_key(&term.to_key()),
        }
    }

    /// The term with this number.
    pub(super) fn term(&self, id: TermId) -> Result<Term> {
        let unknown = || unknown_term(id);
        if id.is_inline() {
            return Term::from_inline(id).ok_or_else(unknown);
        }
        for run in &self.runs {
            if let Some(dictionary) = run.dictionary()
                && let Some(key) = dictionary.key_of(id)?
            {
                return Term::from_owned_key(key).ok_or_else(unknown);
            }
        }
        let layers = self.overlay.layers().iter();
        let key = layers.filter_map(|layer| layer.term_key(id)).next();
        key.and_then(|key| Term::from_key(key)).ok_or_else(unknown)
    }

    /// The terms with these numbers, each distinct one read once, in the order of the dictionary.
    pub(super) fn terms(&self, ids: &[TermId]) -> Result<Vec<Term>> {
        /// Fewer are not worth sorting.
        const SORTED_FROM: usize = 8;
        if ids.len() < SORTED_FROM {
            return ids.iter().map(|&id| self.term(id)).collect();
        }
        let mut order: Vec<(TermId, u32)> = ids.iter().copied().zip(0..).collect();
        if !ids.is_sorted() {
            order.sort_unstable();
        }
        let mut terms: Vec<Term> = vec![Term::Name(String::new()); ids.len()];
        let mut readers: Vec<_> = self
            .runs
            .iter()
            .filter_map(|run| run.dictionary())
            .map(|dictionary| (dictionary, dictionary.reader()))
            .collect();
        let mut last: Option<(TermId, u32)> = None;
        for (id, place) in order {
            if let Some((known, at)) = last
                && known == id
            {
                let term = terms.get(at as usize).cloned();
                if let (Some(slot), Some(term)) = (terms.get_mut(place as usize), term) {
                    *slot = term;
                }
                continue;
            }
            let mut found = None;
            for (dictionary, reader) in &mut readers {
                if let Some(rank) = dictionary.place(id)? {
                    found = reader.key_at(rank)?.and_then(Term::from_key);
                    break;
                }
            }
            let term = match found {
                Some(term) => term,
                None => self.term(id)?,
            };
            if let Some(slot) = terms.get_mut(place as usize) {
                *slot = term;
            }
            last = Some((id, place));
        }
        Ok(terms)
    }

    /// The entry of the table with this key.
    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Arc<[u8]>>> {
        for layer in self.overlay.layers().iter().rev() {
            if let Some(entry) = layer.get(key) {
                return Ok(entry.clone());
            }
        }
        for table in self.runs.iter().rev().filter_map(|run| run.table()) {
            if let Some((_, entry)) = table.get(key)? {
                return Ok(entry);
            }
        }
        Ok(None)
    }

    /// The entries of the table whose keys begin with a prefix, from a key on.
    pub(super) fn scan(&self, prefix: &[u8], from: &[u8]) -> TableScan {
        TableScan::new(self, prefix, from)
    }

    /// The rows of a set with a prefix, in an order.
    pub(super) fn cursor(
        &self,
        set: RowSet,
        permutation: Permutation,
        prefix: &[TermId],
    ) -> Result<Cursor> {
        let bounds = Prefix::new(prefix);
        let values = bounds.values();
        let mut streams = Vec::new();
        for run in &self.runs {
            for (sign, is_added) in [(1, true), (-1, false)] {
                if let Some(segment) = run.segment(set, permutation, is_added) {
                    streams.extend(segment.stream(sign, values)?);
                }
            }
        }
        for layer in self.overlay.layers() {
            let (added, removed) = layer.rows(set, permutation).with_prefix(values);
            for (sign, current) in [(1, added), (-1, removed)] {
                if !current.is_empty() {
                    let rest = None;
                    streams.push(Stream {
                        sign,
                        current,
                        rest,
                    });
                }
            }
        }
        Ok(Cursor::new(streams, Arc::clone(&self.hidden)))
    }

    /// How many rows of a set begin with a prefix.
    pub(super) fn count(
        &self,
        set: RowSet,
        permutation: Permutation,
        prefix: &[TermId],
    ) -> Result<u64> {
        if !self.hidden.is_empty() {
            let mut cursor = self.cursor(set, permutation, prefix)?;
            let mut count = 0;
            while let Some(columns) = cursor.next_block()? {
                count += columns.len() as u64;
            }
            return Ok(count);
        }
        let bounds = Prefix::new(prefix);
        let values = bounds.values();
        let (mut added, mut removed) = (0, 0);
        for run in &self.runs {
            if let Some(segment) = run.segment(set, permutation, true) {
                added += segment.count(values)?;
            }
            if let Some(segment) = run.segment(set, permutation, false) {
                removed += segment.count(values)?;
            }
        }
        for layer in self.overlay.layers() {
            let (more, less) = layer.rows(set, permutation).with_prefix(values);
            added += more.len() as u64;
            removed += less.len() as u64;
        }
        Ok(added.saturating_sub(removed))
    }
}

fn unknown_term(id: TermId) -> Error {
    Error::Damaged {
        part: "dictionary".to_owned(),
        message: format!("there is no term {}", id.raw()),
    }
}
