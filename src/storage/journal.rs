//! The journal: which rows each transaction added and removed. Only `as of` reads it, so that
//! questions about today never pay for the past.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::identifier::{RowSet, TransactionId};
use super::overlay::{Changes, RowKey};
use super::record::Recorded;
use super::view::View;
use super::{codec, key, names, repeats, varint};
use crate::error::{Error, Result};

/// So many rows share one entry of the table, which stays below 8 KiB.
const ROWS_A_CHUNK: usize = 200;
/// `as of` keeps the changed rows in memory: no more than so many, about 500 MB.
const CHANGED_ROWS_MAX: usize = 4_000_000;

/// The first byte of an entry that names an import instead of rows.
const IMPORT: u8 = 0x80;
/// The chunk of such an entry, behind those of rows.
const IMPORT_CHUNK: u32 = u32::MAX;

/// Writes the rows of a transaction into its own table entries.
pub(super) fn write(changes: &mut Changes, transaction: TransactionId) {
    let rows: Vec<(RowKey, i8)> = changes
        .rows
        .iter()
        .map(|(key, sign)| (*key, *sign))
        .collect();
    for (chunk, rows) in (0..).zip(rows.chunks(ROWS_A_CHUNK)) {
        let mut bytes = Vec::new();
        for (key, sign) in rows {
            let marked = u8::from(key.set == RowSet::Marked);
            bytes.push(marked << 1 | u8::from(*sign < 0));
            for &number in &key.row {
                varint::push(&mut bytes, number);
            }
        }
        let entry = Some(Arc::from(bytes));
        changes
            .table
            .insert(key::journal(transaction, chunk), entry);
    }
}

/// Notes in the journal that a document's bare triples came with a transaction.
pub(super) fn write_import(changes: &mut Changes, transaction: TransactionId, fact: u64) {
    let mut bytes = vec![IMPORT];
    varint::push(&mut bytes, fact);
    let entry = Some(Arc::from(bytes));
    changes
        .table
        .insert(key::journal(transaction, IMPORT_CHUNK), entry);
}

/// The rows of one entry.
fn read(mut bytes: &[u8]) -> Option<Vec<(RowKey, i8)>> {
    let mut rows = Vec::new();
    while let Some((&flags, rest)) = bytes.split_first() {
        bytes = rest;
        let mut row = [0; 4];
        for number in &mut row {
            *number = varint::take(&mut bytes)?;
        }
        let set = match flags >> 1 {
            0 => RowSet::Plain,
            _ => RowSet::Marked,
        };
        rows.push((RowKey { set, row }, if flags & 1 == 0 { 1 } else { -1 }));
    }
    Some(rows)
}

impl View {
    /// The view with all row changes after a transaction taken back.
    pub(super) fn as_of(&self, transaction: TransactionId) -> Result<Self> {
        let mut sums: BTreeMap<RowKey, i8> = BTreeMap::new();
        let from = key::journal(transaction.next(), 0);
        let mut scan = self.scan(&[key::JOURNAL], &from);
        let mut hidden = Vec::new();
        while let Some((entry, bytes)) = scan.next_entry()? {
            if let Some((&IMPORT, mut rest)) = bytes.split_first() {
                hidden.extend(varint::take(&mut rest));
                continue;
            }
            let rows = read(&bytes).ok_or_else(|| Error::Damaged {
                part: format!("journal entry {entry:?}"),
                message: "it is cut short".to_owned(),
            })?;
            for (key, sign) in rows {
                *sums.entry(key).or_default() -= sign;
            }
            if sums.len() > CHANGED_ROWS_MAX {
                return Err(Error::Limit {
                    what: "the number of rows changed since".to_owned(),
                    limit: format!("{CHANGED_ROWS_MAX} rows"),
                });
            }
        }
        sums.retain(|_, sum| *sum != 0);
        let mut counters = self.counters;
        counters.last = self.recorded(transaction)?;
        let changes = Changes {
            first_term: counters.next_term,
            rows: sums,
            ..Changes::default()
        };
        // Rows of a hidden import that were removed since must not come back.
        let mut view = self.with(changes, counters);
        view.hidden = Arc::new(hidden);
        // The counts are those of today.
        view.repeats = repeats::not_counted();
        Ok(view)
    }

    /// A transaction with its second.
    pub(super) fn recorded(&self, transaction: TransactionId) -> Result<Recorded> {
        match self.get(&key::transaction(transaction))? {
            Some(bytes) => Ok(Recorded {
                transaction,
                second: codec::decode(&format!("transaction {transaction}"), &bytes)?,
            }),
            None => Ok(Recorded {
                transaction,
                second: self.counters.last.second,
            }),
        }
    }

    /// The last transaction committed at this second or before; transaction 0 where there is
    /// none.
    pub(super) fn transaction_at(&self, second: i64) -> Result<TransactionId> {
        if second >= self.counters.last.second {
            return Ok(self.counters.last.transaction);
        }
        // Seconds never go back from one transaction to the next, so that halving finds it.
        let (mut low, mut high) = (0, self.counters.last.transaction.raw());
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            let recorded = self.recorded(TransactionId::from_raw(middle))?;
            if recorded.second <= second {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Ok(TransactionId::from_raw(low))
    }
}

impl View {
    /// The name a name was merged into, at the end of the chain; the name itself where it was
    /// not merged.
    pub(super) fn survivor(&self, name: &str) -> Result<String> {
        names::survivor(name, |key| self.get(key))
    }
}
