//! The store on disk: dictionary, segments, log, manifest, snapshots.
//!
//! A [`Database`] is opened once; everything is read through a [`Snapshot`] and written through
//! a [`WriteTransaction`] or, in bulk, a loader. Rows of four numbers (three terms and a fact)
//! stand sorted in three orders; everything else stands in one sorted table of keys and values.

mod backend;
mod block;
mod cache;
mod codec;
mod cursor;
mod database;
mod dictionary;
mod identifier;
mod journal;
mod key;
mod loader;
mod log;
mod manifest;
mod merge;
mod names;
mod overlay;
mod packing;
mod part;
mod record;
mod repeats;
mod run;
mod scratch;
mod segment;
mod snapshot;
mod sorted;
mod statistics;
mod term;
mod text_index;
mod transaction;
mod varint;
mod view;

pub(crate) use block::Columns;
pub(crate) use cursor::Cursor;
pub(crate) use database::Database;
pub use identifier::{FactId, TransactionId};
pub(crate) use identifier::{Permutation, RowSet, TermId};
pub(crate) use loader::TermRef;
pub(crate) use names::{fold, is_iri};
pub(crate) use record::{FactRecord, Recorded, Sentence};
pub(crate) use repeats::Repeats;
pub(crate) use scratch::{Scratch, ScratchReader};
pub(crate) use snapshot::Snapshot;
pub use term::Term;
pub(crate) use term::TermKind;
pub(crate) use transaction::{DocumentChange, WriteTransaction};
pub(crate) use view::Stretch;

/// How a store is opened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    /// Whether a commit that returned survives a power cut, or only a crash of the process.
    pub(crate) is_durable: bool,
    /// Whether writing is refused.
    pub(crate) is_read_only: bool,
    /// The lemma of a folded word: words are indexed and looked up by it.
    pub(crate) lemma: fn(&str) -> String,
    /// What the lemma function is called, with its version: a store indexed with another one
    /// is indexed anew when it is compacted.
    pub(crate) lemma_name: &'static str,
    /// Decoded blocks are kept in memory up to so many bytes.
    pub(crate) cache_bytes: usize,
    /// What was committed since the last merge is kept in memory up to about so many bytes: few
    /// enough that opening a store, which reads the log back, stays quick.
    pub(crate) overlay_bytes: usize,
    /// Facts with less confidence are weak in a store that is begun with these options.
    pub(crate) weak_below: f32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            is_durable: true,
            is_read_only: false,
            lemma: str::to_owned,
            lemma_name: "identity",
            cache_bytes: 64 << 20,
            overlay_bytes: 6 << 20,
            weak_below: crate::fact::WEAK_BELOW,
        }
    }
}

#[cfg(test)]
mod tests;
