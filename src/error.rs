//! The one error type of the public surface.
//!
//! Its variants are chosen by what the caller can do: mend the query, mend the input, raise a
//! limit, wait for another process, or restore a backup. Messages are data (cause, place, help);
//! how they look is decided where they are shown.

use std::io::ErrorKind;
use std::path::PathBuf;

/// A result of factbase.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, by what the caller can do about it.
///
/// # Examples
///
/// ```
/// use factbase::{Error, Store};
///
/// match Store::open_existing("no/such/store.facts") {
///     Err(Error::Missing { path }) => assert!(path.ends_with("store.facts")),
///     other => panic!("expected a missing store, got {other:?}"),
/// }
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text of a query is wrong; `span` says where. Mend the query.
    #[error("{message}")]
    Query {
        /// What is wrong, one sentence without a full stop.
        message: String,
        /// Byte offsets into the query's text, where the place is known.
        span: Option<(usize, usize)>,
        /// What to do about it, where something can be said.
        help: Option<String>,
    },
    /// A document, an import file or an argument is wrong; `place` says where. Mend the input.
    #[error("{place}: {message}")]
    Input {
        /// The file, line or field.
        place: String,
        /// What is wrong there.
        message: String,
        /// What to do about it, where something can be said.
        help: Option<String>,
    },
    /// A limit of time, rows or memory was reached. Narrow the question or raise the limit.
    #[error("{what} reached its limit of {limit}")]
    Limit {
        /// What was limited, such as "the query's time".
        what: String,
        /// The limit, with its unit.
        limit: String,
    },
    /// The caller cancelled the operation.
    #[error("cancelled")]
    Cancelled,
    /// There is no store at this path. Create one by writing to it.
    #[error("there is no store at {}", path.display())]
    Missing {
        /// Where a store was expected.
        path: PathBuf,
    },
    /// Another process has the store open. Wait for it or close it.
    #[error("the store {} is in use by another process", path.display())]
    InUse {
        /// The store.
        path: PathBuf,
    },
    /// The store was opened for reading only.
    #[error("the store is open for reading only")]
    ReadOnly,
    /// The store was written by a newer release. Update factbase.
    #[error("the store has format {found}, this release reads up to format {supported}")]
    NewerFormat {
        /// The format version found in the store.
        found: u32,
        /// The newest format version this release reads.
        supported: u32,
    },
    /// A part of the store is damaged. Restore a backup, or ingest and import again.
    #[error("the store is damaged: {part}: {message}")]
    Damaged {
        /// The part by name, such as "segment 12, order SPO, block 3".
        part: String,
        /// What is wrong with it.
        message: String,
    },
    /// The operating system refused an operation.
    #[error("{action}: {source}")]
    Io {
        /// What was being done, with the path.
        action: String,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// A row does not fit the type it was asked to become.
    #[error("a row does not fit the type asked for: {message}")]
    Row {
        /// Which column, and why.
        message: String,
    },
}

impl Error {
    /// What to do about it, one sentence, where something can be said.
    ///
    /// # Examples
    ///
    /// ```
    /// let error = factbase::Error::ReadOnly;
    /// assert!(error.help().is_some());
    /// ```
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Query { help, .. } | Self::Input { help, .. } => help.clone(),
            Self::Limit { .. } => Some("narrow the question, or raise the limit".to_owned()),
            Self::Missing { path } if path.is_file() => {
                Some("this is a file; a store is a directory".to_owned())
            }
            Self::Missing { .. } => {
                Some("a store is made by the first write: ingest, import or assert".to_owned())
            }
            Self::InUse { .. } => Some("close the other process, or wait with --wait".to_owned()),
            Self::ReadOnly => Some("open the store for writing".to_owned()),
            Self::NewerFormat { .. } => Some("update factbase".to_owned()),
            Self::Damaged { .. } => {
                Some("run `factbase check`, restore a backup, or ingest again".to_owned())
            }
            Self::Io { source, .. } => match source.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                    Some("make room on the disk; what was committed is kept".to_owned())
                }
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                    Some("see to it that the path may be read and written".to_owned())
                }
                _ => None,
            },
            Self::Cancelled | Self::Row { .. } => None,
        }
    }

    /// A query error without a place.
    pub(crate) fn query(message: impl Into<String>) -> Self {
        Self::Query {
            message: message.into(),
            span: None,
            help: None,
        }
    }

    /// An input error at a place.
    pub(crate) fn input(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Input {
            place: place.into(),
            message: message.into(),
            help: None,
        }
    }

    /// The same error with a help line, where its kind carries one.
    #[must_use]
    pub(crate) fn with_help(mut self, text: impl Into<String>) -> Self {
        if let Self::Query { help, .. } | Self::Input { help, .. } = &mut self {
            *help = Some(text.into());
        }
        self
    }

    /// The same query error with its place in the text.
    #[must_use]
    pub(crate) fn with_span(mut self, start: usize, end: usize) -> Self {
        if let Self::Query { span, .. } = &mut self {
            *span = Some((start, end));
        }
        self
    }
}
