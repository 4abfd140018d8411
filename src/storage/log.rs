//! The log: one record a transaction.
//!
//! A record holds what the transaction changed, not what it was asked to do, so that reading it
//! again gives the same store. It is appended to the log of the back end. That of a load comes
//! together with the new manifest, and so stands among the keys, in chunks; its first chunk is
//! written last, in one batch with the manifest: a record without it never happened.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::backend::{Backend, Batch};
use super::codec;
use super::identifier::{Row, RowSet, TransactionId};
use super::overlay::{Changes, RowKey};
use super::view::Counters;
use crate::error::{Error, Result};

/// The first letter of the keys of the log.
const LOG: u8 = b'L';
/// A value of the back end holds at most so many bytes of a record.
const CHUNK_BYTES: usize = 8_000;
/// A batch of the back end holds at most so many chunks.
const BATCH_CHUNKS: usize = 500;

/// One transaction.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    counters: Counters,
    first_term: u64,
    terms: Vec<Vec<u8>>,
    /// Whether the row is marked, its sign, the row.
    rows: Vec<(bool, i8, Row)>,
    table: Vec<(Vec<u8>, Option<Vec<u8>>)>,
}

fn key(transaction: TransactionId, chunk: u32) -> Vec<u8> {
    let mut key = vec![LOG];
    key.extend_from_slice(&transaction.raw().to_be_bytes());
    key.extend_from_slice(&chunk.to_be_bytes());
    key
}

fn transaction_of(key: &[u8]) -> Option<TransactionId> {
    let (_, rest) = key.split_first()?;
    let number = rest.first_chunk()?;
    Some(TransactionId::from_raw(u64::from_be_bytes(*number)))
}

/// Appends the record of a transaction. Not synced.
pub(super) fn append(backend: &dyn Backend, changes: &Changes, counters: &Counters) -> Result<()> {
    let bytes = encode(changes, counters)?;
    backend.append(counters.last.transaction.raw(), &bytes)
}

fn encode(changes: &Changes, counters: &Counters) -> Result<Vec<u8>> {
    let record = Record {
        counters: *counters,
        first_term: changes.first_term,
        terms: changes.terms.iter().map(|term| term.to_vec()).collect(),
        rows: changes
            .rows
            .iter()
            .map(|(key, sign)| (key.set == RowSet::Marked, *sign, key.row))
            .collect(),
        table: changes
            .table
            .iter()
            .map(|(key, value)| (key.clone(), value.as_ref().map(|value| value.to_vec())))
            .collect(),
    };
    codec::encode(&record)
}

/// Hands the record of a transaction to the back end among its keys, in the last batch together
/// with `more`. Not flushed.
pub(super) fn write(
    backend: &dyn Backend,
    changes: &Changes,
    counters: &Counters,
    more: Vec<(Vec<u8>, Option<Vec<u8>>)>,
) -> Result<()> {
    let transaction = counters.last.transaction;
    let bytes = encode(changes, counters)?;
    let length = u32::try_from(bytes.len()).map_err(|_| Error::Limit {
        what: "a transaction".to_owned(),
        limit: "4 GB".to_owned(),
    })?;
    let (head, rest) = bytes
        .split_at_checked(CHUNK_BYTES)
        .unwrap_or((bytes.as_slice(), &[]));
    let mut first = length.to_le_bytes().to_vec();
    first.extend_from_slice(head);
    let mut changes: Vec<_> = (1..)
        .zip(rest.chunks(CHUNK_BYTES))
        .map(|(chunk, bytes)| (key(transaction, chunk), Some(bytes.to_vec())))
        .collect();
    while changes.len() > BATCH_CHUNKS {
        let rest = changes.split_off(BATCH_CHUNKS);
        backend.apply(Batch {
            precondition: None,
            changes: std::mem::replace(&mut changes, rest),
        })?;
    }
    changes.push((key(transaction, 0), Some(first)));
    changes.extend(more);
    backend.apply(Batch {
        precondition: None,
        changes,
    })?;
    Ok(())
}

/// Reads the transaction after another one; `None` where there is none, complete or not.
pub(super) fn read_after(
    backend: &dyn Backend,
    transaction: TransactionId,
) -> Result<Option<(Changes, Counters)>> {
    let next = transaction.next();
    let bytes = match backend.record(next.raw())? {
        Some(bytes) => bytes,
        None => match read_chunks(backend, next)? {
            Some(bytes) => bytes,
            None => return Ok(None),
        },
    };
    let part = format!("log, transaction {next}");
    let record: Record = codec::decode(&part, &bytes)?;
    if record.counters.last.transaction != next {
        return Err(Error::Damaged {
            part,
            message: "it is that of another transaction".to_owned(),
        });
    }
    let counters = record.counters;
    Ok(Some((record.into_changes(), counters)))
}

/// The record of a transaction that stands among the keys.
fn read_chunks(backend: &dyn Backend, next: TransactionId) -> Result<Option<Vec<u8>>> {
    let Some(first) = backend.get(&key(next, 0))? else {
        return Ok(None);
    };
    let part = format!("log, transaction {next}");
    let damaged = |message: &str| Error::Damaged {
        part: part.clone(),
        message: message.to_owned(),
    };
    let (length, head) = first
        .split_first_chunk()
        .ok_or_else(|| damaged("it is cut short"))?;
    let length = u32::from_le_bytes(*length) as usize;
    let mut bytes = head.to_vec();
    let mut chunk = 1;
    while bytes.len() < length {
        let more = backend.get(&key(next, chunk))?;
        let more = more.ok_or_else(|| damaged("a chunk of it is missing"))?;
        if more.is_empty() {
            return Err(damaged("a chunk of it is empty"));
        }
        bytes.extend_from_slice(&more);
        chunk += 1;
    }
    Ok(Some(bytes))
}

impl Record {
    fn into_changes(self) -> Changes {
        let rows: BTreeMap<RowKey, i8> = self
            .rows
            .into_iter()
            .map(|(is_marked, sign, row)| {
                let set = if is_marked {
                    RowSet::Marked
                } else {
                    RowSet::Plain
                };
                (RowKey { set, row }, sign)
            })
            .collect();
        Changes {
            first_term: self.first_term,
            terms: self.terms.into_iter().map(Arc::from).collect(),
            rows,
            table: self
                .table
                .into_iter()
                .map(|(key, value)| (key, value.map(Arc::from)))
                .collect(),
        }
    }
}

/// Copies the records after one transaction up to another, which is included, to a back end.
pub(super) fn copy(
    from: &dyn Backend,
    to: &dyn Backend,
    merged: TransactionId,
    last: TransactionId,
) -> Result<()> {
    let mut transaction = merged;
    while transaction < last {
        transaction = transaction.next();
        if let Some(record) = from.record(transaction.raw())? {
            to.append(transaction.raw(), &record)?;
        }
    }
    to.sync_log()
}

/// The keys of the records after one transaction up to another, which is included.
pub(super) fn range(merged: TransactionId, last: TransactionId) -> (Vec<u8>, Vec<u8>) {
    (key(merged.next(), 0), key(last.next(), 0))
}

/// Removes the records of all transactions up to one, in small steps.
pub(super) fn remove_up_to(backend: &dyn Backend, merged: TransactionId) -> Result<()> {
    remove(backend, &[LOG], &key(merged.next(), 0))?;
    backend.trim(merged.raw())
}

/// Removes the records of all transactions after one: they never happened.
pub(super) fn remove_after(backend: &dyn Backend, last: TransactionId) -> Result<()> {
    remove(backend, &key(last.next(), 0), &[LOG + 1])
}

fn remove(backend: &dyn Backend, from: &[u8], to: &[u8]) -> Result<()> {
    loop {
        let pairs = backend.range(from, to, BATCH_CHUNKS, false)?;
        if pairs.is_empty() {
            return Ok(());
        }
        backend.write(pairs.into_iter().map(|(key, _)| (key, None)).collect())?;
    }
}

/// Whether the log holds the record of a later transaction than this one.
pub(super) fn has_after(backend: &dyn Backend, transaction: TransactionId) -> Result<bool> {
    let from = key(transaction.next(), 0);
    let pairs = backend.range(&from, &[LOG + 1], 1, true)?;
    let found = pairs.first().and_then(|(key, _)| transaction_of(key));
    let appended = backend.last_record().map(TransactionId::from_raw);
    let later = |found: TransactionId| found > transaction.next();
    Ok(found.is_some_and(later) || appended.is_some_and(later))
}
