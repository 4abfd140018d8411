//! From documents to facts in the store: reading on all processors, one writer, one transaction a
//! document, the same result whatever the schedule.

mod command;
mod document;
#[cfg(feature = "english")]
mod english;
mod extractor;
mod pipeline;

use std::collections::HashSet;
use std::time::{SystemTime, UNIX_EPOCH};

pub use command::CommandExtractor;
pub use document::{Document, DocumentFormat};
#[cfg(feature = "english")]
pub use english::{EnglishReader, ReaderKind};
pub use extractor::{Extractor, Reading};
pub use pipeline::{IngestOptions, IngestProgress, IngestReport, Skipped};

use crate::error::Result;
use crate::fact::is_safe_alias;
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
        if is_long(document) {
            write_parts(self, document, extractor, &mut report, &mut || Ok(()))?;
            return Ok(report);
        }
        let reading = extractor.read(document)?;
        report.read(&reading);
        write(self, document, extractor, reading, &mut report)?;
        Ok(report)
    }
}

/// Longer documents are read and written part by part, in bytes: what a part says is some ten
/// times as large in memory as its text.
const LONG_DOCUMENT: usize = 1 << 20;

fn is_long(document: &Document) -> bool {
    document.source().len() > LONG_DOCUMENT
}

/// What a document is recognised by: its text and what read it, so that a better extractor, or
/// another one, reads anew what the store has.
fn version(document: &Document, extractor: &dyn Extractor) -> String {
    document.fingerprint_read_by(&extractor.name())
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
    let sentences = sentences(&reading);
    let record = record(document, &reading, version(document, extractor));
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

/// Reads a long document and writes it part by part, each in a transaction of its own, so that
/// memory does not grow with the document. `go_on` is asked before each part.
fn write_parts(
    store: &Store,
    document: &Document,
    extractor: &dyn Extractor,
    report: &mut IngestReport,
    go_on: &mut dyn FnMut() -> Result<()>,
) -> Result<()> {
    let mut names = HashSet::new();
    let mut is_first = true;
    extractor.read_parts(document, &mut |reading| {
        go_on()?;
        let entities = reading.entities.iter();
        names.extend(entities.map(|entity| entity.name.clone()));
        let mut transaction = store.database().begin()?;
        let sentences = sentences(&reading);
        if std::mem::take(&mut is_first) {
            let record = record(document, &reading, unfinished());
            transaction.put_document(&record, &sentences)?;
        } else {
            transaction.add_sentences(document.name(), &sentences)?;
        }
        let facts = resolved(store, document, extractor, reading, &mut transaction)?;
        for fact in facts {
            report.facts += u64::from(transaction.assert(&fact)?.is_new);
        }
        transaction.commit()?;
        report.sentences += sentences.len() as u64;
        Ok(())
    })?;
    let mut transaction = store.database().begin()?;
    transaction.set_fingerprint(document.name(), &version(document, extractor))?;
    transaction.commit()?;
    report.documents += 1;
    report.entities += names.len() as u64;
    Ok(())
}

/// What a long document is recognised by while not all of its parts are in: read again after an
/// interruption, it is replaced from its beginning.
fn unfinished() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    format!("unfinished {}", since.map_or(0, |since| since.as_nanos()))
}

/// What the store keeps of a document.
fn record(document: &Document, reading: &Reading, sha256: String) -> DocumentRecord {
    DocumentRecord {
        name: document.name().to_owned(),
        title: reading.title.clone(),
        published: reading.published,
        place: reading.place.clone(),
        agency: reading.agency.clone(),
        speaker: document.speaker().map(str::to_owned),
        sha256,
        ingested: Time::from_seconds(now_seconds()),
    }
}

/// The sentences of a reading with their texts.
fn sentences(reading: &Reading) -> Vec<Sentence> {
    let spans = reading.sentences.iter();
    spans
        .map(|&span| Sentence {
            span,
            text: span.of(&reading.text).to_owned(),
        })
        .collect()
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
            && is_safe_alias(&entity.name, &known.name)
        {
            renamed.insert(entity.name.clone(), known.name.clone());
            entity.name = known.name;
        }
        let same = snapshot.also_named(&entity)?;
        transaction.put_entity(&entity)?;
        // Earlier documents knew it by what now turns out to be another name of it.
        for name in same {
            match transaction.merge(&name, &entity.name) {
                // One thing already.
                Ok(()) | Err(crate::Error::Input { .. }) => {}
                Err(error) => return Err(error),
            }
        }
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
