//! What reads documents: the English reader, a command, or code of yours.

use std::sync::Arc;

use super::Document;
use crate::error::Result;
use crate::fact::{Entity, Fact};
use crate::provenance::Span;
use crate::value::Time;

/// Reads documents into facts.
///
/// # Examples
///
/// ```
/// use factbase::{Document, Extractor, Fact, Reading, Store};
///
/// /// Reads lines such as `Marie Curie | work_for | Sorbonne`.
/// struct Lines;
///
/// impl Extractor for Lines {
///     fn name(&self) -> String {
///         "lines/1".to_owned()
///     }
///
///     fn read(&self, document: &Document) -> factbase::Result<Reading> {
///         let mut reading = Reading::of(document);
///         for line in document.text().lines() {
///             if let [subject, predicate, object] =
///                 line.split(" | ").collect::<Vec<_>>().as_slice()
///             {
///                 reading.facts.push(Fact::new(*subject, *predicate, *object));
///             }
///         }
///         Ok(reading)
///     }
/// }
///
/// # fn main() -> factbase::Result<()> {
/// let store = Store::in_memory()?;
/// let document = Document::from_text("jobs.txt", "Marie Curie | work_for | Sorbonne");
/// let report = store.ingest_with(&document, &Lines)?;
/// assert_eq!(report.facts, 1);
/// # Ok(())
/// # }
/// ```
pub trait Extractor: Send + Sync {
    /// What it is called, with its version, such as `lines/1`: evidence carries it.
    fn name(&self) -> String;

    /// Reads a document. It is called from several threads at once.
    ///
    /// # Errors
    ///
    /// [`Error::Input`](crate::Error::Input) if the document cannot be read: it is skipped, the
    /// others are kept.
    fn read(&self, document: &Document) -> Result<Reading>;

    /// Reads a long document part by part and hands each part over, so that memory does not grow
    /// with the document. Spans and numbers of sentences are those of the whole document.
    ///
    /// Unless an extractor says otherwise there is one part: what [`Extractor::read`] gives.
    ///
    /// # Errors
    ///
    /// As [`Extractor::read`], and whatever `take` says.
    fn read_parts(
        &self,
        document: &Document,
        take: &mut dyn FnMut(Reading) -> Result<()>,
    ) -> Result<()> {
        take(self.read(document)?)
    }
}

/// What an extractor found in a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The plain text that spans refer to; the parts of a long document share it.
    pub text: Arc<str>,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Time>,
    /// Where it was written.
    pub place: Option<String>,
    /// The agency or source it names.
    pub agency: Option<String>,
    /// Its sentences as bytes of the text, in their order.
    pub sentences: Vec<Span>,
    /// The named things in it.
    pub entities: Vec<Entity>,
    /// What it says. Evidence without a document gets this one.
    pub facts: Vec<Fact>,
}

impl Reading {
    /// Appends the next part of the same document.
    #[cfg(feature = "english")]
    pub(crate) fn append(&mut self, part: Self) {
        self.sentences.extend(part.sentences);
        self.facts.extend(part.facts);
        let mut known = std::collections::HashMap::<String, usize>::new();
        for (place, entity) in self.entities.iter().enumerate() {
            known.entry(entity.name.clone()).or_insert(place);
        }
        for entity in part.entities {
            let place = known.get(&entity.name);
            match place.and_then(|&place| self.entities.get_mut(place)) {
                Some(same) if same.kind == entity.kind => {
                    same.aliases.extend(entity.aliases);
                    same.aliases.sort_unstable();
                    same.aliases.dedup();
                }
                _ => self.entities.push(entity),
            }
        }
    }

    /// What is known of a document before it is read, with one sentence a line.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let text = document.text();
        let mut sentences = Vec::new();
        let mut start = 0_usize;
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim();
            if !trimmed.is_empty() {
                let first = start + (line.len() - line.trim_start().len());
                sentences.push(span(first, first + trimmed.len()));
            }
            start += line.len();
        }
        Self {
            text: text.into(),
            title: document.title().map(str::to_owned),
            published: document.published(),
            place: document.place().map(str::to_owned),
            agency: document.agency().map(str::to_owned),
            sentences,
            entities: Vec::new(),
            facts: Vec::new(),
        }
    }
}

/// Documents are shorter than 4 GB, so that offsets fit.
fn span(start: usize, end: usize) -> Span {
    let fit = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(fit(start), fit(end))
}
