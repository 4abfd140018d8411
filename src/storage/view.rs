//! A moment of the store: everything that was committed when it was taken, and nothing after.

use std::sync::Arc;

use super::identifier::{FactId, Permutation, RowSet, TermId};
use super::overlay::{Changes, Layer, Overlay};
use super::record::Recorded;
use super::term::Term;
use crate::error::{Error, Result};

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
#[derive(Debug, Clone, Default)]
pub(super) struct View {
    pub(super) counters: Counters,
    pub(super) overlay: Overlay,
}

impl View {
    /// The view after a transaction.
    pub(super) fn with(&self, changes: Changes, counters: Counters) -> Self {
        Self {
            counters,
            overlay: self.overlay.with(Layer::new(changes)),
        }
    }

    /// The number of the term with this dictionary key.
    pub(super) fn find_key(&self, key: &[u8]) -> Result<Option<TermId>> {
        let layers = self.overlay.layers().iter().rev();
        Ok(layers.filter_map(|layer| layer.find_term(key)).next())
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
        let unknown = || Error::Damaged {
            part: "dictionary".to_owned(),
            message: format!("there is no term {}", id.raw()),
        };
        if id.is_inline() {
            return Term::from_inline(id).ok_or_else(unknown);
        }
        let layers = self.overlay.layers().iter().rev();
        let key = layers.filter_map(|layer| layer.term_key(id)).next();
        key.and_then(|key| Term::from_key(key)).ok_or_else(unknown)
    }

    /// The entry of the table with this key.
    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Arc<[u8]>>> {
        let layers = self.overlay.layers().iter().rev();
        let found = layers.filter_map(|layer| layer.get(key)).next();
        Ok(found.cloned().flatten())
    }

    /// The entries of the table whose keys begin with a prefix, from a key on.
    pub(super) fn scan(&self, prefix: &[u8], from: &[u8]) -> TableScan {
        TableScan {
            layers: self.overlay.layers().to_vec(),
            prefix: prefix.to_vec(),
            next: from.max(prefix).to_vec(),
        }
    }

    /// The rows of a set with a prefix, in an order.
    pub(super) fn cursor(
        &self,
        set: RowSet,
        permutation: Permutation,
        prefix: &[TermId],
    ) -> Result<super::cursor::Cursor> {
        let (low, high) = super::cursor::bounds(prefix);
        let mut streams = Vec::new();
        for layer in self.overlay.layers() {
            let (added, removed) = layer.rows(set, permutation).between(&low, &high);
            for (sign, current) in [(1, added), (-1, removed)] {
                if !current.is_empty() {
                    streams.push(super::cursor::Stream { sign, current });
                }
            }
        }
        Ok(super::cursor::Cursor::new(streams))
    }

    /// How many rows of a set begin with a prefix.
    pub(super) fn count(
        &self,
        set: RowSet,
        permutation: Permutation,
        prefix: &[TermId],
    ) -> Result<u64> {
        let (low, high) = super::cursor::bounds(prefix);
        let (mut added, mut removed) = (0, 0);
        for layer in self.overlay.layers() {
            let (more, less) = layer.rows(set, permutation).between(&low, &high);
            added += more.len() as u64;
            removed += less.len() as u64;
        }
        Ok(added.saturating_sub(removed))
    }
}

/// The entries of the table under a prefix, in the order of their keys.
#[derive(Debug)]
pub(super) struct TableScan {
    layers: Vec<Arc<Layer>>,
    prefix: Vec<u8>,
    next: Vec<u8>,
}

impl TableScan {
    /// The next entry that is not removed.
    pub(super) fn next_entry(&mut self) -> Result<Option<(Arc<[u8]>, Arc<[u8]>)>> {
        loop {
            let mut best: Option<&(Arc<[u8]>, super::overlay::Entry)> = None;
            // Newest first: an older entry wins only with a smaller key.
            for layer in self.layers.iter().rev() {
                if let Some(entry) = layer.entries_from(&self.next).first() {
                    if best.is_none_or(|(known, _)| entry.0 < *known) {
                        best = Some(entry);
                    }
                }
            }
            let Some((key, value)) = best else {
                return Ok(None);
            };
            if !key.starts_with(&self.prefix) {
                return Ok(None);
            }
            self.next = key.to_vec();
            self.next.push(0);
            if let Some(value) = value {
                return Ok(Some((Arc::clone(key), Arc::clone(value))));
            }
        }
    }
}
