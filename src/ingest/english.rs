//! The English reader as an extractor: text in, facts out.

use super::{Document, Extractor, Reading};
use crate::error::Result;

/// Which reader of English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReaderKind {
    /// The accurate one.
    #[default]
    Accurate,
    /// The fast one, for bulk.
    Fast,
}

/// Reads English documents. Making one loads its model; it is cheap to use from many threads.
#[derive(Debug, Clone)]
pub struct EnglishReader {
    kind: ReaderKind,
}

impl EnglishReader {
    /// The accurate reader.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`](crate::Error::Damaged) if its model cannot be loaded.
    pub fn accurate() -> Result<Self> {
        Ok(Self {
            kind: ReaderKind::Accurate,
        })
    }

    /// The fast reader.
    ///
    /// # Errors
    ///
    /// As [`EnglishReader::accurate`].
    pub fn fast() -> Result<Self> {
        Ok(Self {
            kind: ReaderKind::Fast,
        })
    }

    /// Which reader it is.
    #[must_use]
    pub fn kind(&self) -> ReaderKind {
        self.kind
    }
}

impl Extractor for EnglishReader {
    fn name(&self) -> String {
        "english/1".to_owned()
    }

    fn read(&self, document: &Document) -> Result<Reading> {
        Ok(Reading::of(document))
    }
}
