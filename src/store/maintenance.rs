//! Keeping a store in order: check, compact, back up, count.

use std::path::Path;
use std::sync::PoisonError;

use super::Store;
use crate::error::{Error, Result};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckReport {
    /// What is wrong, each part by name; empty for a sound store.
    pub problems: Vec<String>,
    /// What was looked at, in a line.
    pub summary: String,
}

/// How much a store holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Statistics {
    /// Documents.
    pub documents: u64,
    /// Sentences of the documents.
    pub sentences: u64,
    /// Facts that hold now, imported triples among them.
    pub facts: u64,
    /// Entities.
    pub entities: u64,
    /// Predicates.
    pub predicates: u64,
    /// Rules.
    pub rules: u64,
    /// Transactions so far.
    pub transactions: u64,
    /// Bytes on disk; 0 for a store in memory.
    pub disk_bytes: u64,
}

impl Statistics {
    /// Name and number of each count, in the order of the documentation.
    #[must_use]
    pub fn lines(&self) -> Vec<(&'static str, u64)> {
        vec![
            ("documents", self.documents),
            ("sentences", self.sentences),
            ("facts", self.facts),
            ("entities", self.entities),
            ("predicates", self.predicates),
            ("rules", self.rules),
            ("transactions", self.transactions),
            ("bytes on disk", self.disk_bytes),
        ]
    }
}

impl Store {
    /// Verifies checksums, order, counts and references.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the store cannot be read; what is damaged stands in the report.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn main() -> factbase::Result<()> {
    /// let store = factbase::Store::in_memory()?;
    /// store.execute("assert Ada know Charles")?;
    /// assert!(store.check()?.problems.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    pub fn check(&self) -> Result<CheckReport> {
        let found = self.database().check()?;
        Ok(CheckReport {
            summary: format!(
                "{} rows, {} facts with evidence, {} documents",
                found.rows, found.facts, found.documents
            ),
            problems: found.faults,
        })
    }

    /// Writes everything anew, which makes the store smaller and faster. It needs as much free
    /// space beside the store as the result takes; what was replaced is given back when the last
    /// snapshot taken before is dropped. Others can read and write meanwhile.
    ///
    /// # Errors
    ///
    /// [`Error::ReadOnly`], or what the disk says; then the store is as it was.
    pub fn compact(&self) -> Result<()> {
        self.forget_snapshot();
        self.database().compact()?;
        self.forget_snapshot();
        Ok(())
    }

    /// Drops the snapshot kept for the next question, which holds on to old data.
    fn forget_snapshot(&self) {
        let current = self.inner.current.lock();
        *current.unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Copies the store, as it is now, to a new directory. Others can read and write meanwhile.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] if there is something at the target, or what the disk says.
    pub fn backup(&self, target: impl AsRef<Path>) -> Result<()> {
        self.database().backup(target.as_ref())
    }

    /// How much the store holds.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] if the store is.
    pub fn statistics(&self) -> Result<Statistics> {
        let snapshot = self.snapshot();
        let stored = snapshot.stored();
        let mut known = Statistics {
            transactions: snapshot.transaction().raw(),
            disk_bytes: self.disk_bytes()?,
            ..Statistics::default()
        };
        for entry in stored.documents() {
            let entry = entry?;
            known.documents += 1;
            known.sentences += u64::from(entry.sentences);
            known.facts += entry.triples;
        }
        for entity in stored.entities() {
            entity?;
            known.entities += 1;
        }
        for rule in stored.rules() {
            rule?;
            known.rules += 1;
        }
        for record in stored.records() {
            known.facts += u64::from(record?.retracted.is_none());
        }
        known.predicates = stored.predicates_by_use()?.len() as u64;
        Ok(known)
    }

    /// Bytes the store takes on disk; 0 for a store in memory.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if its directory cannot be read.
    pub fn disk_bytes(&self) -> Result<u64> {
        let Some(path) = self.path() else {
            return Ok(0);
        };
        bytes_under(path).map_err(|source| Error::Io {
            action: format!("cannot read {}", path.display()),
            source,
        })
    }
}

/// Bytes of the files in a directory and below.
fn bytes_under(path: &Path) -> std::io::Result<u64> {
    let mut total = 0;
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        total += if kind.is_dir() {
            bytes_under(&entry.path())?
        } else {
            entry.metadata()?.len()
        };
    }
    Ok(total)
}
