//! Export and import of whole stores.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::path::Path;

use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::xxh3_128;

use super::exchange::jsonl::{Line, MergeLine, RuleLine, SentenceLine};
use super::exchange::triples::TripleTerm;
use super::exchange::{ExchangeFormat, csv, triples};
use super::{Snapshot, Store};
use crate::error::{Error, Result};
use crate::fact::Fact;
use crate::provenance::{DocumentRecord, Span};
use crate::storage::{FactId, FactRecord, Recorded, Sentence, TermRef, WriteTransaction};
use crate::value::Time;

/// What an import or an export moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TransferReport {
    /// Documents.
    pub documents: u64,
    /// Entities.
    pub entities: u64,
    /// Facts, and triples of N-Triples.
    pub facts: u64,
    /// Rules.
    pub rules: u64,
}

/// Facts in one transaction of an import, so that the memory it takes is bounded.
const FACTS_A_TRANSACTION: usize = 20_000;

fn write_error(source: std::io::Error) -> Error {
    Error::Io {
        action: "cannot write the export".to_owned(),
        source,
    }
}

impl Store {
    /// Writes everything the store knows now.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the writer fails.
    ///
    /// # Examples
    ///
    /// ```
    /// use factbase::{ExchangeFormat, Store};
    ///
    /// # fn main() -> factbase::Result<()> {
    /// let store = Store::in_memory()?;
    /// store.execute("assert Ada know Charles")?;
    /// let mut lines = Vec::new();
    /// store.export(&mut lines, ExchangeFormat::JsonLines)?;
    /// let copy = Store::in_memory()?;
    /// copy.import(lines.as_slice(), "export.jsonl", ExchangeFormat::JsonLines)?;
    /// assert_eq!(copy.query("Ada know ?whom")?.count(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn export(&self, out: impl Write, format: ExchangeFormat) -> Result<TransferReport> {
        self.snapshot().export(out, format)
    }

    /// Takes in what [`Store::export`] wrote, or triples, or a table of facts. What is known
    /// already is not doubled. `name` stands for the input in errors and, where the format names
    /// no documents, as the document of its facts.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] with the line, if the input is not of the format. What came before it in
    /// whole transactions stays.
    pub fn import(
        &self,
        input: impl Read,
        name: &str,
        format: ExchangeFormat,
    ) -> Result<TransferReport> {
        let input = BufReader::with_capacity(1 << 20, input);
        match format {
            ExchangeFormat::JsonLines => JsonImport::new(self, name).read(input),
            ExchangeFormat::Csv => self.import_csv(input, name),
            ExchangeFormat::NTriples => self.import_triples(input, name, String::new()),
        }
    }

    /// Takes a file in. A format that is not given is known by the file's name, else it is JSON
    /// lines. A file of triples that was imported before changes nothing.
    ///
    /// # Errors
    ///
    /// As [`Store::import`], and [`Error::Io`] if the file cannot be read.
    pub fn import_path(
        &self,
        path: impl AsRef<Path>,
        format: Option<ExchangeFormat>,
    ) -> Result<TransferReport> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let format = format.or_else(|| ExchangeFormat::of_path(path));
        let mut file = File::open(path).map_err(|source| Error::Io {
            action: format!("cannot read {name}"),
            source,
        })?;
        if format == Some(ExchangeFormat::NTriples) && file.metadata().is_ok_and(|m| m.is_file()) {
            let sha256 = checksum(&mut file, &name)?;
            let input = BufReader::with_capacity(1 << 20, file);
            return self.import_triples(input, &name, sha256);
        }
        self.import(file, &name, format.unwrap_or(ExchangeFormat::JsonLines))
    }

    fn import_csv(&self, input: impl Read, name: &str) -> Result<TransferReport> {
        let mut report = TransferReport::default();
        let mut transaction = self.database().begin()?;
        let mut waiting = 0;
        for fact in csv::read(input, name) {
            report.facts += u64::from(transaction.assert(&fact?)?.is_new);
            waiting += 1;
            if waiting == FACTS_A_TRANSACTION {
                transaction.commit()?;
                transaction = self.database().begin()?;
                waiting = 0;
            }
        }
        transaction.commit()?;
        Ok(report)
    }
}

impl Store {
    fn import_triples(
        &self,
        input: impl BufRead,
        name: &str,
        sha256: String,
    ) -> Result<TransferReport> {
        let mut report = TransferReport::default();
        let ingested = Time::from_seconds(crate::ingest::now_seconds());
        let record = DocumentRecord::named(name, &sha256, ingested);
        // A file that the store has in this version already changes nothing.
        let Some(mut loader) = self.database().bulk_loader(&record)? else {
            return Ok(report);
        };
        triples::read(input, name, |[subject, predicate, object]| {
            loader.push(borrowed(&subject), borrowed(&predicate), borrowed(&object))
        })?;
        report.facts = loader.finish()?.added;
        report.documents = 1;
        Ok(report)
    }
}

/// A term of a triple as the loader takes it.
fn borrowed<'a>(term: &'a TripleTerm<'_>) -> TermRef<'a> {
    match term {
        TripleTerm::Name(name) => TermRef::Name(name),
        TripleTerm::Text(text) => TermRef::Text(text),
        TripleTerm::Value(value) => TermRef::Value(value),
    }
}

/// The SHA-256 of a file in lower-case hexadecimal.
fn checksum(file: &mut File, name: &str) -> Result<String> {
    let io = |source| Error::Io {
        action: format!("cannot read {name}"),
        source,
    };
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        let length = file.read(&mut buffer).map_err(io)?;
        if length == 0 {
            break;
        }
        hash.update(buffer.get(..length).unwrap_or_default());
    }
    file.rewind().map_err(io)?;
    let digest = hash.finalize();
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

impl Snapshot {
    /// Writes everything the snapshot knows, in an order that depends on nothing but that.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the writer fails.
    pub fn export(&self, out: impl Write, format: ExchangeFormat) -> Result<TransferReport> {
        let mut out = std::io::BufWriter::with_capacity(1 << 16, out);
        let report = match format {
            ExchangeFormat::JsonLines => self.export_lines(&mut out)?,
            ExchangeFormat::Csv => self.export_table(&mut out)?,
            ExchangeFormat::NTriples => self.export_triples(&mut out)?,
        };
        out.flush().map_err(write_error)?;
        Ok(report)
    }

    fn export_lines(&self, out: &mut impl Write) -> Result<TransferReport> {
        let mut report = TransferReport::default();
        let mut put = |line: &Line| -> Result<()> {
            let json = line.to_json()?;
            writeln!(out, "{json}").map_err(write_error)
        };
        let stored = self.stored();
        for entry in stored.documents() {
            let entry = entry?;
            put(&Line::of_document(&entry.record))?;
            for (number, sentence) in (0..).zip(stored.sentences(entry.id)?) {
                put(&Line::Sentence(SentenceLine {
                    document: entry.record.name.clone(),
                    sentence: number,
                    start: sentence.span.start,
                    end: sentence.span.end,
                    text: sentence.text,
                }))?;
            }
            report.documents += 1;
        }
        for entity in stored.entities() {
            put(&Line::of_entity(&entity?))?;
            report.entities += 1;
        }
        for rule in stored.rules() {
            let (rule, text) = rule?;
            put(&Line::Rule(RuleLine { rule, text }))?;
            report.rules += 1;
        }
        for merge in stored.merges() {
            let (merged, into) = merge?;
            put(&Line::Merge(MergeLine { merged, into }))?;
        }
        let weak_below = stored.weak_below()?;
        self.each_record(|record| {
            report.facts += 1;
            let recorded = Some(record.recorded.time());
            let retracted = record.retracted.map(|known| known.time());
            put(&Line::of_fact(
                &record.fact,
                report.facts,
                record.fact.confidence < weak_below,
                recorded,
                retracted,
            ))
        })?;
        Ok(report)
    }

    fn export_table(&self, out: &mut impl Write) -> Result<TransferReport> {
        let mut report = TransferReport::default();
        let mut table = csv::Writer::new(out)?;
        let weak_below = self.stored().weak_below()?;
        self.each_record(|record| {
            if record.retracted.is_none() {
                report.facts += 1;
                table.write(&record.fact, record.fact.confidence < weak_below)?;
            }
            Ok(())
        })?;
        table.finish()?;
        Ok(report)
    }

    fn export_triples(&self, out: &mut impl Write) -> Result<TransferReport> {
        let mut report = TransferReport::default();
        let weak_below = self.stored().weak_below()?;
        self.each_record(|record| {
            // A triple cannot say "not" or "perhaps".
            if record.retracted.is_none() && record.fact.is_plain_from(weak_below) {
                report.facts += 1;
                triples::write(&record.fact, out).map_err(write_error)?;
            }
            Ok(())
        })?;
        Ok(report)
    }

    /// Every fact with its record in the order of their numbers, then every bare triple.
    fn each_record(&self, mut each: impl FnMut(&FactRecord) -> Result<()>) -> Result<()> {
        for record in self.stored().records() {
            each(&record?)?;
        }
        for row in self.stored().bare_rows()? {
            each(&self.stored().record_of_row(row?)?)?;
        }
        Ok(())
    }
}

/// A number that two facts share only if they say the same, of the same sources, at the same time.
fn fingerprint(fact: &Fact, (recorded, retracted): (Option<Time>, Option<Time>)) -> Result<u128> {
    let line = Line::of_fact(fact, 0, false, recorded, retracted).to_json()?;
    Ok(xxh3_128(line.as_bytes()))
}

/// An import of JSON lines under way.
struct JsonImport<'a> {
    store: &'a Store,
    name: &'a str,
    transaction: Option<WriteTransaction>,
    waiting: usize,
    /// A document waits for its sentences, which follow it.
    document: Option<(DocumentRecord, BTreeMap<u32, Sentence>)>,
    report: TransferReport,
    now: i64,
    /// Fingerprints of the retracted facts that the store has; read when the first one comes.
    /// A live fact is recognised by the store itself.
    retracted: Option<HashSet<u128>>,
}

impl<'a> JsonImport<'a> {
    fn new(store: &'a Store, name: &'a str) -> Self {
        Self {
            store,
            name,
            transaction: None,
            waiting: 0,
            document: None,
            report: TransferReport::default(),
            now: crate::ingest::now_seconds(),
            retracted: None,
        }
    }

    /// Whether the store has this retracted fact already.
    fn has_retracted(&mut self, fact: &Fact, times: (Option<Time>, Option<Time>)) -> Result<bool> {
        let known = match &mut self.retracted {
            Some(known) => known,
            none => {
                let mut known = HashSet::new();
                for record in self.store.snapshot().stored().records() {
                    let record = record?;
                    if let Some(retracted) = record.retracted {
                        let times = (Some(record.recorded.time()), Some(retracted.time()));
                        known.insert(fingerprint(&record.fact, times)?);
                    }
                }
                none.insert(known)
            }
        };
        Ok(!known.insert(fingerprint(fact, times)?))
    }

    fn read(mut self, mut input: impl BufRead) -> Result<TransferReport> {
        let mut text = String::new();
        let mut number = 0_u64;
        loop {
            text.clear();
            number += 1;
            let length = input.read_line(&mut text).map_err(|source| Error::Io {
                action: format!("cannot read {}", self.name),
                source,
            })?;
            if length == 0 {
                break;
            }
            if text.trim().is_empty() {
                continue;
            }
            let place = format!("{}, line {number}", self.name);
            self.line(Line::read(&text, &place)?, &place)?;
        }
        self.put_document()?;
        if let Some(transaction) = self.transaction.take() {
            transaction.commit()?;
        }
        Ok(self.report)
    }

    fn transaction(&mut self) -> Result<&mut WriteTransaction> {
        if self.waiting >= FACTS_A_TRANSACTION
            && let Some(full) = self.transaction.take()
        {
            full.commit()?;
            self.waiting = 0;
        }
        self.waiting += 1;
        match &mut self.transaction {
            Some(transaction) => Ok(transaction),
            none => Ok(none.insert(self.store.database().begin()?)),
        }
    }

    fn line(&mut self, line: Line, place: &str) -> Result<()> {
        if let Line::Sentence(sentence) = &line
            && let Some((document, sentences)) = &mut self.document
            && document.name == sentence.document
        {
            let kept = Sentence {
                span: Span::new(sentence.start, sentence.end),
                text: sentence.text.clone(),
            };
            sentences.insert(sentence.sentence, kept);
            return Ok(());
        }
        self.put_document()?;
        match line {
            Line::Document(document) => {
                let now = Time::from_seconds(self.now);
                self.document = Some((document.read(place, now)?, BTreeMap::new()));
            }
            Line::Sentence(sentence) => {
                let message = format!("the sentence follows no document {:?}", sentence.document);
                return Err(Error::input(place, message));
            }
            Line::Entity(entity) => {
                self.report.entities += 1;
                self.transaction()?.put_entity(&entity.read())?;
            }
            Line::Rule(rule) => {
                self.report.rules += 1;
                self.transaction()?.put_rule(&rule.rule, &rule.text);
            }
            Line::Merge(merge) => self.transaction()?.merge(&merge.merged, &merge.into)?,
            Line::Fact(fact) => {
                let (recorded, retracted) = fact.times(place)?;
                let fact = fact.read(place)?;
                self.fact(fact, recorded, retracted)?;
            }
        }
        Ok(())
    }

    fn fact(&mut self, fact: Fact, recorded: Option<Time>, retracted: Option<Time>) -> Result<()> {
        let now = self.now;
        if retracted.is_some() && self.has_retracted(&fact, (recorded, retracted))? {
            return Ok(());
        }
        let transaction = self.transaction()?;
        let at = |time: Option<Time>| Recorded {
            transaction: transaction.id(),
            second: time.map_or(now, |time| time.bounds().0),
        };
        let record = FactRecord {
            id: FactId::default(),
            fact,
            recorded: at(recorded),
            retracted: retracted.map(|time| at(Some(time))),
        };
        transaction.restore(&record)?;
        self.report.facts += 1;
        Ok(())
    }

    fn put_document(&mut self) -> Result<()> {
        let Some((record, sentences)) = self.document.take() else {
            return Ok(());
        };
        let sentences: Vec<Sentence> = sentences.into_values().collect();
        self.transaction()?.put_document(&record, &sentences)?;
        self.report.documents += 1;
        Ok(())
    }
}
