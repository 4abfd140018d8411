//! A back end in memory.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use super::{Backend, Batch, Change, Pair};
use crate::error::Result;

/// Keys and values in memory; gone when dropped.
#[derive(Debug, Default)]
pub(in super::super) struct Memory {
    pairs: RwLock<BTreeMap<Vec<u8>, Vec<u8>>>,
    records: Arc<RwLock<BTreeMap<u64, Vec<u8>>>>,
}

impl Backend for Memory {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>> {
        let pairs = self.pairs.read().unwrap_or_else(PoisonError::into_inner);
        Ok(pairs.get(key).cloned())
    }

    fn range(&self, from: &[u8], to: &[u8], limit: usize, backwards: bool) -> Result<Vec<Pair>> {
        if from >= to {
            return Ok(Vec::new());
        }
        let pairs = self.pairs.read().unwrap_or_else(PoisonError::into_inner);
        let range = pairs.range(from.to_vec()..to.to_vec());
        let copy = |(key, value): (&Vec<u8>, &Vec<u8>)| (key.clone(), value.clone());
        Ok(if backwards {
            range.rev().take(limit).map(copy).collect()
        } else {
            range.take(limit).map(copy).collect()
        })
    }

    fn apply(&self, batch: Batch) -> Result<bool> {
        let mut pairs = self.pairs.write().unwrap_or_else(PoisonError::into_inner);
        if let Some((key, expected)) = &batch.precondition
            && pairs.get(key) != expected.as_ref()
        {
            return Ok(false);
        }
        for (key, value) in batch.changes {
            match value {
                Some(value) => pairs.insert(key, value),
                None => pairs.remove(&key),
            };
        }
        Ok(true)
    }

    fn write(&self, changes: Vec<Change>) -> Result<()> {
        let batch = Batch {
            precondition: None,
            changes,
        };
        self.apply(batch).map(|_| ())
    }

    fn flush(&self) -> Result<()> {
        Ok(())
    }

    fn append(&self, transaction: u64, record: &[u8]) -> Result<()> {
        let mut records = self.records.write().unwrap_or_else(PoisonError::into_inner);
        records.insert(transaction, record.to_vec());
        Ok(())
    }

    fn sync_log(&self) -> Result<()> {
        Ok(())
    }

    fn record(&self, transaction: u64) -> Result<Option<Vec<u8>>> {
        let records = self.records.read().unwrap_or_else(PoisonError::into_inner);
        Ok(records.get(&transaction).cloned())
    }

    fn last_record(&self) -> Option<u64> {
        let records = self.records.read().unwrap_or_else(PoisonError::into_inner);
        records.last_key_value().map(|(&last, _)| last)
    }

    fn trim(&self, transaction: u64) -> Result<()> {
        let mut records = self.records.write().unwrap_or_else(PoisonError::into_inner);
        *records = records.split_off(&(transaction + 1));
        Ok(())
    }

    fn note(&self, _transaction: u64) -> Result<()> {
        Ok(())
    }

    fn noted(&self) -> Option<u64> {
        None
    }

    fn scratch(&self) -> Option<PathBuf> {
        None
    }

    fn successor(&self) -> Result<Arc<dyn Backend>> {
        Ok(Arc::new(Self {
            pairs: RwLock::default(),
            records: Arc::clone(&self.records),
        }))
    }

    fn activate(&self) -> Result<()> {
        Ok(())
    }

    fn retire(&self) {}

    fn bytes(&self) -> u64 {
        0
    }
}
