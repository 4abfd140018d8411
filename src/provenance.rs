//! Where facts come from: documents, sentences, byte spans.

use serde::{Deserialize, Serialize};

use crate::value::Time;

/// A range of bytes of a document's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// From the first byte to the one after the last.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// How many bytes it covers.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The bytes of a text, empty where the span does not lie in it on character borders.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize)
            .unwrap_or("")
    }
}

/// One place that supports a fact: a sentence of a document and the words in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The document's name.
    pub document: String,
    /// The number of the sentence in the document, from 0; `None` where only the document is
    /// known.
    pub sentence: Option<u32>,
    /// The sentence's bytes in the document.
    pub span: Span,
    /// The sentence as it stands in the document; empty where only the document is known.
    pub text: String,
    /// Where the subject stands in the document.
    pub subject: Option<Span>,
    /// Where the predicate's main word stands in the document.
    pub predicate: Option<Span>,
    /// Where the object stands in the document.
    pub object: Option<Span>,
    /// What read the fact and its version, such as `english/1`; empty where a person asserted it.
    pub extractor: String,
    /// How likely the fact is read rightly from this sentence, 0–1.
    pub confidence: f32,
}

impl Evidence {
    /// A document as a whole.
    #[must_use]
    pub fn document_only(name: impl Into<String>) -> Self {
        Self {
            document: name.into(),
            sentence: None,
            span: Span::default(),
            text: String::new(),
            subject: None,
            predicate: None,
            object: None,
            extractor: String::new(),
            confidence: 1.0,
        }
    }
}

/// What the store knows of a document besides its facts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Its name: the path or name it was ingested under.
    pub name: String,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Time>,
    /// Where it was written, from its dateline.
    pub place: Option<String>,
    /// The agency or source it names.
    pub agency: Option<String>,
    /// Who speaks where the text says "I", or no one else is named.
    pub speaker: Option<String>,
    /// The SHA-256 of its text, of what was said about it and of what read it, in lower-case
    /// hexadecimal; empty for a document known only by name.
    pub sha256: String,
    /// When the store read it, an instant.
    pub ingested: Time,
}

impl DocumentRecord {
    /// A document of which only the name is known.
    pub(crate) fn named(name: &str, sha256: &str, ingested: Time) -> Self {
        Self {
            name: name.to_owned(),
            title: None,
            published: None,
            place: None,
            agency: None,
            speaker: None,
            sha256: sha256.to_owned(),
            ingested,
        }
    }
}
