//! The ordered key-value store below everything: the only door to the disk.
//!
//! A store needs little of it: read one key, read a range of keys, change a few keys at once,
//! append a record to a log, and be sure that it all survives. Two back ends serve it: [`disk`]
//! on sled, and [`memory`] for tests and stores that are never written to disk.

pub(super) mod disk;
mod generation;
mod log_files;
pub(super) mod memory;

use std::path::PathBuf;
use std::sync::Arc;

use crate::error::Result;

/// A key and its value.
pub(super) type Pair = (Vec<u8>, Vec<u8>);
/// A key with its new value; `None` removes.
pub(super) type Change = (Vec<u8>, Option<Vec<u8>>);

/// Changes that happen together or not at all: at most about a thousand keys, so that readers
/// are not held up.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// A key and what it must hold for the batch to be applied.
    pub(super) precondition: Option<(Vec<u8>, Option<Vec<u8>>)>,
    /// What changes.
    pub(super) changes: Vec<Change>,
}

/// An ordered key-value store.
pub(super) trait Backend: Send + Sync {
    /// The value of a key.
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>>;

    /// The first pairs from a key on, up to another key, which is not included; the last ones
    /// first where the range is read backwards.
    fn range(&self, from: &[u8], to: &[u8], limit: usize, backwards: bool) -> Result<Vec<Pair>>;

    /// Applies a batch; `false` where its precondition does not hold.
    fn apply(&self, batch: Batch) -> Result<bool>;

    /// Makes changes one after the other: a crash may leave some of them, and readers are held up
    /// by none.
    fn write(&self, changes: Vec<Change>) -> Result<()>;

    /// Returns when everything applied before survives a power cut.
    fn flush(&self) -> Result<()>;

    /// Appends the record of a transaction to the log.
    fn append(&self, transaction: u64, record: &[u8]) -> Result<()>;

    /// Returns when everything appended before survives a power cut.
    fn sync_log(&self) -> Result<()>;

    /// The record of a transaction, where the log has it.
    fn record(&self, transaction: u64) -> Result<Option<Vec<u8>>>;

    /// The last transaction the log has a record of.
    fn last_record(&self) -> Option<u64>;

    /// Lets go of the records of all transactions up to one; some may stay.
    fn trim(&self, transaction: u64) -> Result<()>;

    /// Notes beside the store, without waiting for the disk, that a transaction was flushed.
    fn note(&self, transaction: u64) -> Result<()>;

    /// The last transaction noted, where the note can be read: if the store has less, it was
    /// damaged.
    fn noted(&self) -> Option<u64>;

    /// A directory for files that are of no use when the store is next opened; none where nothing
    /// is kept on disk. One load at a time uses it.
    fn scratch(&self) -> Option<PathBuf>;

    /// A back end without keys that shares the log of this one and can take its place. It leaves
    /// no trace unless it is activated.
    fn successor(&self) -> Result<Arc<dyn Backend>>;

    /// Makes a successor the one that the next opening finds, with what was flushed of it.
    fn activate(&self) -> Result<()>;

    /// Says that a successor was activated: what this one takes on disk goes with its last reader.
    fn retire(&self);

    /// How many bytes the keys and values take on disk, with what sled does not give back.
    fn bytes(&self) -> u64;
}
