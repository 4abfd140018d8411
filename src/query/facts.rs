//! What the engine needs of a store: ids for names and values, ordered rows, counts, records.
//!
//! A snapshot of the storage implements it, and a sorted list of rows does for tests.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::error::Result;
use crate::fact::Fact;
use crate::value::Time;

pub(crate) use crate::storage::{Permutation, Repeats, RowSet, Stretch};

use super::algebra::FieldName;
use super::cell::Cell;

/// How many rows there are, and how many different terms in each place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) rows: u64,
    pub(crate) subjects: u64,
    pub(crate) objects: u64,
}

/// Columns of rows in the order of a permutation; those not asked for stay empty.
#[derive(Debug, Default, Clone)]
pub(crate) struct Block {
    pub(crate) columns: [Vec<u64>; 4],
}

impl Block {
    pub(crate) fn clear(&mut self) {
        self.columns.iter_mut().for_each(Vec::clear);
    }
}

/// Rows in order, a block at a time.
pub(crate) trait Scan: Send {
    /// Replaces the block by the next rows; false at the end. Only columns asked for are filled.
    fn next_block(&mut self, block: &mut Block) -> Result<bool>;
}

/// Look-ups that are cheap when their prefixes come in ascending order.
pub(crate) trait Seek: Send {
    /// Appends the columns after the prefix of all rows under it, the fact as the last.
    fn rows(&mut self, prefix: &[u64], out: &mut Block) -> Result<()>;

    /// Whether there is a row under the prefix.
    fn exists(&mut self, prefix: &[u64]) -> Result<bool>;
}

/// A store as the engine sees it: one state that does not change.
pub(crate) trait Facts: Send + Sync {
    /// The id of a term, where the store has it or the id carries it.
    fn find(&self, cell: &Cell) -> Result<Option<u64>>;

    /// The id of a name.
    fn find_name(&self, name: &str) -> Result<Option<u64>> {
        self.find(&Cell::Name(name.to_owned()))
    }

    /// Names equal to a text without case and diacritics, or that it is an alias of.
    fn names_like(&self, text: &str) -> Result<Vec<u64>>;

    /// The facts that documents state whose names are chosen, ascending, and perhaps others;
    /// `None` where that is not known.
    fn facts_of_documents(&self, _is_chosen: &dyn Fn(&str) -> bool) -> Result<Option<Vec<u64>>> {
        Ok(None)
    }

    /// The facts that somebody says, ascending, and perhaps others; `None` where that is not
    /// known.
    fn facts_by_speaker(&self, _speaker: &str) -> Result<Option<Vec<u64>>> {
        Ok(None)
    }

    /// The facts from documents with a sentence that mentions words, ascending, and perhaps
    /// others; `None` where that is not known.
    fn facts_with_words(&self, _words: &str) -> Result<Option<Vec<u64>>> {
        Ok(None)
    }

    /// The confidence below which facts are weak.
    fn weak_below(&self) -> Result<f32> {
        Ok(crate::fact::WEAK_BELOW)
    }

    /// The subjects of facts, ascending; `None` where a number stands for many facts.
    fn subjects_of(&self, _facts: &[u64]) -> Result<Option<Vec<u64>>> {
        Ok(None)
    }

    /// Names near a text that is none, nearest first.
    fn nearest_names(&self, text: &str, limit: usize) -> Result<Vec<String>>;

    /// Predicates near a text, nearest first.
    fn nearest_predicates(&self, text: &str, limit: usize) -> Result<Vec<String>>;

    /// What ids stand for, in their order.
    fn cells(&self, ids: &[u64]) -> Result<Vec<Cell>>;

    /// The order of two ids by what they stand for.
    fn compare(&self, a: u64, b: u64) -> Result<Ordering>;

    /// Whether the order of two ids, and of all between, is that of their terms.
    fn is_ordered(&self, low: u64, high: u64) -> bool;

    /// Whether an id is that of a name.
    fn is_name(&self, id: u64) -> bool;

    /// What kind of entity a name is.
    fn kind(&self, id: u64) -> Result<&'static str>;

    /// The words of a text as `mentions` compares them.
    fn words(&self, text: &str) -> Vec<String>;

    /// The text objects that have all the words of a text, ascending; `None` where there is no
    /// index of words.
    fn texts_with_words(&self, words: &str) -> Result<Option<Vec<u64>>>;

    /// The number of rows under a prefix of up to three columns.
    fn count(&self, set: RowSet, permutation: Permutation, prefix: &[u64]) -> Result<u64>;

    /// Plain rows from a first one to a last one in an order: about how many, and any of them.
    fn stretch(&self, permutation: Permutation, first: [u64; 4], last: [u64; 4])
    -> Result<Stretch>;

    /// How many plain rows repeat a triple that another row says, of one predicate or of all;
    /// `None` where that is not known.
    fn repeats(&self, predicate: Option<u64>) -> Result<Option<Repeats>>;

    /// Whether a triple may stand in more than one plain row, told apart by its fact.
    fn may_repeat(&self, predicate: Option<u64>) -> Result<bool> {
        Ok(!self.repeats(predicate)?.is_some_and(Repeats::is_none))
    }

    /// The predicates that plain rows have.
    fn predicates(&self) -> Result<Vec<u64>>;

    /// Counts of a predicate, of both sets of rows if asked for.
    fn predicate_totals(&self, set: RowSet, predicate: u64) -> Result<Totals>;

    /// Counts of all rows.
    fn totals(&self, set: RowSet) -> Result<Totals>;

    /// Rows under a prefix in order, with the columns wanted.
    fn scan(
        &self,
        set: RowSet,
        permutation: Permutation,
        prefix: &[u64],
        wanted: [bool; 4],
    ) -> Result<Box<dyn Scan>>;

    /// The same, but only rows whose first column after the prefix lies between two ids.
    fn scan_between(
        &self,
        set: RowSet,
        permutation: Permutation,
        prefix: &[u64],
        span: (u64, u64),
        wanted: [bool; 4],
    ) -> Result<Box<dyn Scan>>;

    /// Appends the wanted columns of all rows under a prefix; `pause` is called between blocks
    /// and may end it with an error.
    fn read(
        &self,
        set: RowSet,
        permutation: Permutation,
        prefix: &[u64],
        wanted: [bool; 4],
        out: &mut Block,
        pause: &dyn Fn() -> Result<()>,
    ) -> Result<()>;

    /// Look-ups in an order of the rows.
    fn seek(&self, set: RowSet, permutation: Permutation) -> Result<Box<dyn Seek>>;

    /// The values of fields of a fact: a row for each piece of evidence where one of the fields
    /// is of the evidence, else for each value. Rows with an empty field are left out.
    fn fields(&self, fact: u64, names: &[FieldName]) -> Result<Vec<Vec<Cell>>>;

    /// Whether a predicate has names among its objects, so that the index of words, which has
    /// only texts, does not know them all.
    fn has_name_objects(&self, predicate: u64) -> Result<bool>;

    /// The same store as it was at a time.
    fn as_of(&self, time: &Time) -> Result<Arc<dyn Facts>>;

    /// The fact a row belongs to, with its evidence.
    fn fact(&self, row: [u64; 4]) -> Result<Fact>;
}
