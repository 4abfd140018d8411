//! The numbers a store gives to terms, facts, transactions, documents and sentences, and the
//! names of its sets of rows and their orders.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The number of a term. Booleans, whole numbers and times carry their value in the number;
/// names, texts and everything else stand in the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(transparent)]
pub(crate) struct TermId(u64);

impl TermId {
    /// The object of a row of a fact without an object.
    pub(crate) const ABSENT: Self = Self(0);

    /// The term with this number, as a column of rows holds it.
    pub(crate) const fn from_raw(raw: u64) -> Self {
        Self(raw)
    }

    /// The number as a column of rows holds it.
    pub(crate) const fn raw(self) -> u64 {
        self.0
    }

    /// Whether the number carries the value itself.
    pub(crate) const fn is_inline(self) -> bool {
        self.0 >> 63 == 1
    }

    /// Whether it stands for no term at all.
    pub(crate) const fn is_absent(self) -> bool {
        self.0 == 0
    }
}

/// The number of a fact within its store. It never changes and is never given twice.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct FactId(u64);

impl FactId {
    /// The first number with a record of its own; below are the rows of imported triples, whose
    /// number is that of their document.
    pub(crate) const FIRST_RECORDED: Self = Self(1 << 32);

    /// The fact with this number, as a column of rows holds it.
    #[must_use]
    pub const fn from_raw(raw: u64) -> Self {
        Self(raw)
    }

    /// The plain number.
    #[must_use]
    pub const fn raw(self) -> u64 {
        self.0
    }

    /// Whether it stands for a triple with nothing beyond itself and the document it was imported
    /// from: many triples share such a number.
    #[must_use]
    pub const fn is_bare(self) -> bool {
        self.0 < Self::FIRST_RECORDED.0
    }

    /// The document of a bare triple.
    pub(crate) fn bare_document(self) -> Option<DocumentId> {
        u32::try_from(self.0).ok().map(DocumentId)
    }
}

impl fmt::Display for FactId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The number of a transaction: each commit has the next one, from 1.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct TransactionId(u64);

impl TransactionId {
    /// The transaction with this number.
    #[must_use]
    pub const fn from_raw(raw: u64) -> Self {
        Self(raw)
    }

    /// The plain number.
    #[must_use]
    pub const fn raw(self) -> u64 {
        self.0
    }

    /// The one after it.
    pub(crate) const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for TransactionId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The number of one version of a document.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub(crate) struct DocumentId(u32);

impl DocumentId {
    /// No document: what a person asserted without naming one.
    pub(crate) const NONE: Self = Self(0);

    /// The document with this number.
    pub(crate) const fn from_raw(raw: u32) -> Self {
        Self(raw)
    }

    /// The plain number.
    pub(crate) const fn raw(self) -> u32 {
        self.0
    }

    /// The fact number of the triples imported with this document.
    pub(crate) fn bare_fact(self) -> FactId {
        FactId(u64::from(self.0))
    }
}

/// A sentence of one version of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SentenceId {
    /// The document.
    pub(crate) document: DocumentId,
    /// The number of the sentence in it, from 0.
    pub(crate) sentence: u32,
}

impl SentenceId {
    /// Both numbers in one, in the same order.
    pub(crate) fn raw(self) -> u64 {
        u64::from(self.document.0) << 32 | u64::from(self.sentence)
    }

    /// The inverse of [`SentenceId::raw`].
    #[expect(clippy::cast_possible_truncation, reason = "each half is taken apart")]
    pub(crate) fn from_raw(raw: u64) -> Self {
        Self {
            document: DocumentId((raw >> 32) as u32),
            sentence: raw as u32,
        }
    }
}

/// Which rows: those that answer a plain pattern, or the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum RowSet {
    /// Stated, asserted or future, not weak.
    Plain,
    /// Negated, of another modality, weak or derived.
    Marked,
}

impl RowSet {
    /// Both, in the order in which a store keeps them.
    pub(crate) const ALL: [Self; 2] = [Self::Plain, Self::Marked];
}

/// An order of the columns of a row: by which they are sorted and looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Permutation {
    /// Subject, predicate, object.
    Spo,
    /// Predicate, object, subject.
    Pos,
    /// Object, subject, predicate.
    Osp,
}

impl Permutation {
    /// All orders.
    pub(crate) const ALL: [Self; 3] = [Self::Spo, Self::Pos, Self::Osp];

    /// A row of subject, predicate, object and fact in this order of columns.
    pub(crate) const fn permute(self, [subject, predicate, object, fact]: Row) -> Row {
        match self {
            Self::Spo => [subject, predicate, object, fact],
            Self::Pos => [predicate, object, subject, fact],
            Self::Osp => [object, subject, predicate, fact],
        }
    }

    /// The inverse of [`Permutation::permute`].
    pub(crate) const fn restore(self, [first, second, third, fact]: Row) -> Row {
        match self {
            Self::Spo => [first, second, third, fact],
            Self::Pos => [third, first, second, fact],
            Self::Osp => [second, third, first, fact],
        }
    }
}

impl fmt::Display for Permutation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Spo => "SPO",
            Self::Pos => "POS",
            Self::Osp => "OSP",
        })
    }
}

/// Three terms and a fact, as raw numbers: subject, predicate, object, or in the order of a
/// permutation.
pub(crate) type Row = [u64; 4];
