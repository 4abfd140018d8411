//! A snapshot: what `query` reads. Cheap to clone, never changes, never blocks a writer.

mod lookup;
mod provenance;
mod stated;

use std::cmp::Ordering;
use std::sync::{Arc, OnceLock};

use super::Options;
use super::cursor::Cursor;
use super::identifier::{Permutation, Row, RowSet, TermId, TransactionId};
use super::repeats::Repeats;
use super::statistics::{self, PredicateTotals};
use super::term::{Term, TermKind};
use super::view::{Stretch, View};
use crate::error::{Error, Result};

pub(super) use stated::own_texts;

/// Names and texts are the first kinds of the dictionary, and the order of their keys is that of
/// what they denote.
const SORTED_KINDS: usize = 2;

/// Everything committed at one moment.
#[derive(Clone)]
pub(crate) struct Snapshot {
    view: Arc<View>,
    options: Arc<Options>,
    totals: Arc<OnceLock<Arc<Vec<PredicateTotals>>>>,
}

impl Snapshot {
    pub(super) fn new(view: Arc<View>, options: Arc<Options>) -> Self {
        Self {
            view,
            options,
            totals: Arc::default(),
        }
    }

    /// The last transaction it sees.
    pub(crate) fn transaction(&self) -> TransactionId {
        self.view.counters.last.transaction
    }

    /// The number of a term; `None` where the store has never seen it. A name merged into another
    /// is that other.
    pub(crate) fn find(&self, term: &Term) -> Result<Option<TermId>> {
        if self.view.counters.merges > 0
            && let Term::Name(name) = term
        {
            let name = self.view.survivor(name)?;
            return self.view.find(&Term::Name(name));
        }
        self.view.find(term)
    }

    /// The number of a name; `None` where the store has never seen it.
    pub(crate) fn find_name(&self, name: &str) -> Result<Option<TermId>> {
        if self.view.counters.merges > 0 {
            return self.find(&Term::name(name));
        }
        self.view.find_key(&Term::key_of_name(name))
    }

    /// The term with this number.
    pub(crate) fn term(&self, id: TermId) -> Result<Term> {
        self.view.term(id)
    }

    /// The terms with these numbers, in the same order; each distinct one is read once, in the
    /// order of the dictionary.
    pub(crate) fn terms(&self, ids: &[TermId]) -> Result<Vec<Term>> {
        self.view.terms(ids)
    }

    /// What kind of term it is, without reading it where its number tells.
    pub(crate) fn kind_of(&self, id: TermId) -> Result<TermKind> {
        if let Some(kind) = Term::kind_of_inline(id) {
            return Ok(kind);
        }
        for range in self.view.ranked.iter() {
            if let Some(kind) = range.kind_of(id) {
                return Ok(TermKind::ALL.get(kind).copied().unwrap_or(TermKind::Name));
            }
        }
        let key = self.term(id)?.to_key();
        let kind = key.first().copied().and_then(TermKind::from_byte);
        Ok(kind.unwrap_or(TermKind::Name))
    }

    /// How many rows of the plain set repeat a triple that another row says, of one predicate or
    /// of all; `None` where that is not known. Without any, rows and triples are the same.
    pub(crate) fn repeats(&self, predicate: Option<TermId>) -> Result<Option<Repeats>> {
        self.view.repeats(predicate)
    }

    /// The order of two terms by what they denote.
    pub(crate) fn compare(&self, left: TermId, right: TermId) -> Result<Ordering> {
        if left == right {
            return Ok(Ordering::Equal);
        }
        if self.is_ordered(left, right) {
            return Ok(left.cmp(&right));
        }
        Ok(self.term(left)?.compare(&self.term(right)?))
    }

    /// Whether the order of the two numbers is the order of the terms.
    pub(crate) fn is_ordered(&self, left: TermId, right: TermId) -> bool {
        if left.is_inline() && right.is_inline() {
            return left.raw() >> 60 == right.raw() >> 60;
        }
        let mut ranges = self.view.ranked.iter();
        ranges.any(|range| match (range.kind_of(left), range.kind_of(right)) {
            (Some(left), Some(right)) => left == right && left < SORTED_KINDS,
            _ => false,
        })
    }

    /// The rows of a set under a prefix, in an order.
    pub(crate) fn cursor(
        &self,
        set: RowSet,
        permutation: Permutation,
        prefix: &[TermId],
    ) -> Result<Cursor> {
        self.view.cursor(set, permutation, prefix)
    }

    /// How many rows of a set begin with a prefix: exact, without reading the rows between.
    pub(crate) fn count(
        &self,
        set: RowSet,
        permutation: Permutation,
        prefix: &[TermId],
    ) -> Result<u64> {
        self.view.count(set, permutation, prefix)
    }

    /// The rows of a set from a first one to a last one, in an order: how many there are, and any
    /// of them.
    pub(crate) fn stretch(
        &self,
        set: RowSet,
        permutation: Permutation,
        first: &Row,
        last: &Row,
    ) -> Result<Stretch> {
        self.view.stretch(set, permutation, first, last)
    }

    /// Rows, distinct subjects and distinct objects of every predicate of the plain set, by
    /// their numbers. Rows are exact, the others at least close.
    pub(crate) fn predicate_totals(&self) -> Result<Arc<Vec<PredicateTotals>>> {
        if let Some(known) = self.totals.get() {
            return Ok(Arc::clone(known));
        }
        let totals = Arc::new(statistics::predicate_totals(self)?);
        Ok(Arc::clone(self.totals.get_or_init(|| totals)))
    }

    /// The snapshot as it was after a transaction: rows that came later are not there, rows that
    /// were retracted later are. Names, documents and rules are those of today.
    ///
    /// # Errors
    ///
    /// `Limit` where more rows changed since than fit into memory.
    pub(crate) fn as_of(&self, transaction: TransactionId) -> Result<Self> {
        let view = Arc::new(self.view.as_of(transaction)?);
        Ok(Self::new(view, Arc::clone(&self.options)))
    }

    /// The last transaction committed at this second or before, counted from 1970 in UTC.
    pub(crate) fn transaction_at(&self, second: i64) -> Result<TransactionId> {
        self.view.transaction_at(second)
    }

    pub(super) fn view(&self) -> &View {
        &self.view
    }

    pub(super) fn lemma(&self, word: &str) -> String {
        (self.options.lemma)(word)
    }
}

/// The error for something the table says that cannot be.
pub(super) fn damaged(part: impl Into<String>, message: &str) -> Error {
    Error::Damaged {
        part: part.into(),
        message: message.to_owned(),
    }
}
