//! From documents to facts in the store: reading on all processors, one writer, one transaction a
//! document, the same result whatever the schedule.

mod command;
mod document;
#[cfg(feature = "english")]
mod english;
mod extractor;
mod html;
mod markdown;
mod pipeline;
mod plain;

use std::time::{SystemTime, UNIX_EPOCH};

pub use command::CommandExtractor;
pub use document::{Document, DocumentFormat};
#[cfg(feature = "english")]
pub use english::{EnglishReader, ReaderKind};
pub use extractor::{Extractor, Reading};
pub use pipeline::{IngestOptions, IngestProgress, IngestReport, Skipped};

use crate::error::Result;
use crate::provenance::DocumentRecord;
use crate::storage::{DocumentChange, Sentence, WriteTransaction};
use crate::store::Store;
use crate::value::Time;

/// The seconds since 1970 in UTC.
pub(crate) fn now_seconds() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}

#[cfg(feature = "english")]
impl Store {
    /// Reads a document with the accurate English reader and keeps what it says, in one
    /// transaction. The same document again changes nothing; a changed one replaces what it said
    /// before.
    ///
    /// # Errors
    ///
    /// [`Error::Input`](crate::Error::Input) if the document cannot be read,
    /// [`Error::ReadOnly`](crate::Error::ReadOnly), or what the disk says.
    ///
    /// # Examples
    ///
    /// ```
    /// use factbase::{Document, Store};
    ///
    /// # fn main() -> factbase::Result<()> {
    /// let store = Store::in_memory()?;
    /// let text = "Marie Curie discovered radium in Paris.";
    /// let report = store.ingest(&Document::from_text("curie.txt", text))?;
    /// assert_eq!((report.documents, report.sentences), (1, 1));
    /// let again = store.ingest(&Document::from_text("curie.txt", text))?;
    /// assert_eq!((again.documents, again.unchanged), (0, 1));
    /// # Ok(())
    /// # }
    /// ```
    pub fn ingest(&self, document: &Document) -> Result<IngestReport> {
        self.ingest_with(document, &EnglishReader::accurate()?)
    }
}

impl Store {
    /// Reads a document with an extractor of your own.
    ///
    /// # Errors
    ///
    /// What the extractor says, [`Error::ReadOnly`](crate::Error::ReadOnly), or what the disk
    /// says.
    pub fn ingest_with(
        &self,
        document: &Document,
        extractor: &dyn Extractor,
    ) -> Result<IngestReport> {
        let mut report = IngestReport::default();
        if is_known(self, document, extractor)? {
            report.unchanged = 1;
            return Ok(report);
        }
        let reading = extractor.read(document)?;
        report.read(&reading);
        write(self, document, extractor, reading, &mut report)?;
        Ok(report)
    }
}

/// What a document is recognised by: its text and what read it.
fn version(document: &Document, _extractor: &dyn Extractor) -> String {
    document.fingerprint()
}

/// Whether the store has this version of the document.
fn is_known(store: &Store, document: &Document, extractor: &dyn Extractor) -> Result<bool> {
    let known = store.snapshot().document(document.name())?;
    Ok(known.is_some_and(|known| known.sha256 == version(document, extractor)))
}

/// Writes a document with its facts in one transaction.
fn write(
    store: &Store,
    document: &Document,
    extractor: &dyn Extractor,
    reading: Reading,
    report: &mut IngestReport,
) -> Result<()> {
    let mut transaction = store.database().begin()?;
    let record = DocumentRecord {
        name: document.name().to_owned(),
        title: reading.title.clone(),
        published: reading.published,
        place: reading.place.clone(),
        agency: reading.agency.clone(),
        speaker: document.speaker().map(str::to_owned),
        sha256: version(document, extractor),
        ingested: Time::from_seconds(now_seconds()),
    };
    let sentences: Vec<Sentence> = reading
        .sentences
        .iter()
        .map(|&span| Sentence {
            span,
            text: span.of(&reading.text).to_owned(),
        })
        .collect();
    if transaction.put_document(&record, &sentences)? == DocumentChange::Unchanged {
        report.unchanged += 1;
        return Ok(());
    }
    let facts = resolved(store, document, extractor, reading, &mut transaction)?;
    for fact in facts {
        report.facts += u64::from(transaction.assert(&fact)?.is_new);
    }
    transaction.commit()?;
    report.documents += 1;
    report.sentences += sentences.len() as u64;
    Ok(())
}

/// Gives the names of a document the names the store knows them by, and enters its entities.
fn resolved(
    store: &Store,
    document: &Document,
    extractor: &dyn Extractor,
    reading: Reading,
    transaction: &mut WriteTransaction,
) -> Result<Vec<crate::fact::Fact>> {
    let snapshot = store.snapshot();
    let mut renamed = std::collections::HashMap::new();
    for mut entity in reading.entities {
        if let Some(known) = snapshot.entity(&entity.name)?
            && known.kind.is_compatible(entity.kind)
            && known.name != entity.name
        {
            renamed.insert(entity.name.clone(), known.name.clone());
            entity.name = known.name;
        }
        transaction.put_entity(&entity)?;
    }
    let mut facts = reading.facts;
    for fact in &mut facts {
        for name in fact.names_mut() {
            if let Some(known) = renamed.get(name) {
                name.clone_from(known);
            }
        }
        if let Some(attribution) = &mut fact.attribution
            && let Some(known) = renamed.get(&attribution.speaker)
        {
            attribution.speaker.clone_from(known);
        }
        if fact.evidence.is_empty() {
            *fact = fact.clone().with_document(document.name());
        }
        for evidence in &mut fact.evidence {
            document.name().clone_into(&mut evidence.document);
            if evidence.extractor.is_empty() {
                evidence.extractor = extractor.name();
            }
        }
    }
    Ok(facts)
}
