//! What a statement did.

use std::fmt;

use super::Rows;
use crate::storage::TransactionId;

/// What a statement gives: rows, or a change.
#[derive(Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// The rows of a question.
    Rows(Rows),
    /// What was written.
    Change(Change),
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// The transaction; that of the last change where nothing was to do.
    pub transaction: TransactionId,
    /// Facts the store did not know before.
    pub asserted: u64,
    /// Facts that no longer hold.
    pub retracted: u64,
    /// Other changes in words: `alias ASEAN added`.
    pub notes: Vec<String>,
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count =
            |number: u64| format!("{number} {}", if number == 1 { "fact" } else { "facts" });
        let mut parts = Vec::new();
        if self.asserted > 0 {
            parts.push(format!("{} added", count(self.asserted)));
        }
        if self.retracted > 0 {
            parts.push(format!("{} removed", count(self.retracted)));
        }
        parts.extend(self.notes.iter().cloned());
        if parts.is_empty() {
            return formatter.write_str("nothing to do");
        }
        formatter.write_str(&parts.join(", "))
    }
}
