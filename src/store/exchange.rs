//! Going in and out: JSON lines, comma-separated values, N-Triples.

pub(crate) mod csv;
pub(crate) mod jsonl;
pub(crate) mod triples;

use std::fmt;
use std::path::Path;

/// A format of import and export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExchangeFormat {
    /// One JSON object a line: documents, entities, rules, facts with everything about them. The
    /// only format that keeps all.
    JsonLines,
    /// One fact a line: subject, predicate, object, and the main things about it.
    Csv,
    /// The triples alone; an IRI is a name.
    NTriples,
}

impl ExchangeFormat {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::JsonLines, Self::Csv, Self::NTriples];

    /// Its name on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
            Self::NTriples => "ntriples",
        }
    }

    /// The format with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }

    /// The format a file's name tells; `None` where it tells nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use factbase::ExchangeFormat;
    ///
    /// let format = ExchangeFormat::of_path("people.nt".as_ref());
    /// assert_eq!(format, Some(ExchangeFormat::NTriples));
    /// ```
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "jsonl" | "ndjson" | "json" => Some(Self::JsonLines),
            "csv" => Some(Self::Csv),
            "nt" | "ntriples" => Some(Self::NTriples),
            _ => None,
        }
    }
}

impl fmt::Display for ExchangeFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
