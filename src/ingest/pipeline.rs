//! Many documents: read on all processors, written in the order in which they came.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Condvar, Mutex, PoisonError};

use super::{Document, Extractor, Reading, is_known, is_long, write, write_parts};
use crate::error::{Error, Result};
use crate::query::Cancellation;
use crate::store::Store;

/// How far reading may be ahead of writing, in documents for each thread: enough that a long
/// document does not stop the others, few enough that memory stays small.
const AHEAD_A_THREAD: usize = 4;

/// How documents are ingested.
#[derive(Debug, Clone, Default)]
pub struct IngestOptions {
    /// How many threads read; 0 is one for each processor.
    pub threads: usize,
    /// Read and count, but write nothing.
    pub is_dry_run: bool,
    /// Stops between two documents.
    pub cancellation: Cancellation,
}

/// What was ingested.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IngestReport {
    /// Documents that are new or changed.
    pub documents: u64,
    /// Documents that the store had already.
    pub unchanged: u64,
    /// Sentences of the new and changed documents.
    pub sentences: u64,
    /// Facts that the store did not know before; in a dry run those that were read.
    pub facts: u64,
    /// Entities named in the new and changed documents.
    pub entities: u64,
    /// Documents that could not be read.
    pub skipped: Vec<Skipped>,
}

/// A document that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its name, where it got that far.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// How far an ingest is.
#[derive(Debug, Clone, Copy)]
pub struct IngestProgress<'a> {
    /// The document that was just done.
    pub name: &'a str,
    /// What was ingested so far.
    pub report: &'a IngestReport,
}

impl IngestReport {
    /// Counts what does not depend on the store.
    pub(super) fn read(&mut self, reading: &Reading) {
        self.entities += reading.entities.len() as u64;
    }

    /// Counts what a dry run would write.
    fn count(&mut self, reading: &Reading) {
        self.sentences += reading.sentences.len() as u64;
        self.facts += reading.facts.len() as u64;
    }

    fn skip(&mut self, name: &str, error: &Error) {
        let mut reason = error.to_string();
        if let Some(rest) = reason.strip_prefix(&format!("{name}: ")) {
            reason = rest.to_owned();
        }
        if let Some(help) = error.help() {
            reason = format!("{reason}; {help}");
        }
        self.skipped.push(Skipped {
            name: name.to_owned(),
            reason,
        });
    }
}

/// What a reading thread hands over.
struct Done {
    number: usize,
    name: String,
    result: Result<Read>,
}

/// How far a document came on a reading thread.
enum Read {
    /// The store has it.
    Unchanged,
    /// It was read.
    Whole(Document, Reading),
    /// It is long: the writer reads it part by part.
    Long(Document),
}

impl Store {
    /// Ingests many documents: all processors read, one transaction is written for each document
    /// in the order in which they come, so that the result is the same whatever the schedule.
    /// A document that cannot be read is skipped and named in the report.
    ///
    /// # Errors
    ///
    /// [`Error::ReadOnly`], [`Error::Cancelled`], or what the disk says. Documents before that
    /// are kept.
    ///
    /// # Examples
    ///
    /// ```
    /// use factbase::{Document, IngestOptions, Store};
    /// # use factbase::{Extractor, Reading};
    /// # struct Lines;
    /// # impl Extractor for Lines {
    /// #     fn name(&self) -> String { "lines/1".to_owned() }
    /// #     fn read(&self, document: &Document) -> factbase::Result<Reading> {
    /// #         Ok(Reading::of(document))
    /// #     }
    /// # }
    /// # fn main() -> factbase::Result<()> {
    /// # let reader = Lines;
    /// let store = Store::in_memory()?;
    /// let documents = ["a.txt", "b.txt"].map(|name| Ok(Document::from_text(name, "It rained.")));
    /// let options = IngestOptions::default();
    /// let report = store.ingest_all(documents, &reader, &options, |_| {})?;
    /// assert_eq!(report.documents, 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn ingest_all<I>(
        &self,
        documents: I,
        extractor: &dyn Extractor,
        options: &IngestOptions,
        progress: impl FnMut(IngestProgress<'_>),
    ) -> Result<IngestReport>
    where
        I: IntoIterator<Item = Result<Document>>,
        I::IntoIter: Send,
    {
        let threads = match options.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        };
        let documents = documents.into_iter();
        let source = Source {
            state: Mutex::new((documents, 0)),
            window: Window::new(threads * AHEAD_A_THREAD),
            is_stopped: AtomicBool::new(false),
        };
        let mut report = IngestReport::default();
        let result = std::thread::scope(|scope| {
            let (sender, receiver) = channel();
            for _ in 0..threads {
                let sender = sender.clone();
                let source = &source;
                scope.spawn(move || source.work(self, extractor, options, &sender));
            }
            drop(sender);
            let written = self.drain(
                &receiver,
                extractor,
                options,
                &source.window,
                &mut report,
                progress,
            );
            source.stop();
            written
        });
        result.map(|()| report)
    }

    /// Writes what the threads read, in order.
    fn drain(
        &self,
        receiver: &Receiver<Done>,
        extractor: &dyn Extractor,
        options: &IngestOptions,
        window: &Window,
        report: &mut IngestReport,
        mut progress: impl FnMut(IngestProgress<'_>),
    ) -> Result<()> {
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for done in receiver {
            waiting.insert(done.number, done);
            while let Some(done) = waiting.remove(&next) {
                if options.cancellation.is_cancelled() {
                    return Err(Error::Cancelled);
                }
                match done.result {
                    Ok(read) => self.take(read, extractor, options, report)?,
                    Err(error) => report.skip(&done.name, &error),
                }
                progress(IngestProgress {
                    name: &done.name,
                    report,
                });
                next += 1;
                window.advance(next);
            }
        }
        Ok(())
    }
}

impl Store {
    /// Writes or counts a document that came from a reading thread.
    fn take(
        &self,
        read: Read,
        extractor: &dyn Extractor,
        options: &IngestOptions,
        report: &mut IngestReport,
    ) -> Result<()> {
        let mut go_on = || match options.cancellation.is_cancelled() {
            true => Err(Error::Cancelled),
            false => Ok(()),
        };
        match read {
            Read::Unchanged => report.unchanged += 1,
            Read::Whole(document, reading) => {
                report.read(&reading);
                if !options.is_dry_run {
                    return write(self, &document, extractor, reading, report);
                }
                report.count(&reading);
                report.documents += 1;
            }
            Read::Long(document) => {
                let done = if options.is_dry_run {
                    report.documents += 1;
                    extractor.read_parts(&document, &mut |reading| {
                        report.read(&reading);
                        report.count(&reading);
                        go_on()
                    })
                } else {
                    write_parts(self, &document, extractor, report, &mut go_on)
                };
                match done {
                    // What the extractor cannot read is skipped, as short documents are.
                    Err(error @ Error::Input { .. }) => report.skip(document.name(), &error),
                    other => return other,
                }
            }
        }
        Ok(())
    }
}

/// Where the threads get their documents from.
struct Source<I> {
    state: Mutex<(I, usize)>,
    window: Window,
    is_stopped: AtomicBool,
}

impl<I: Iterator<Item = Result<Document>>> Source<I> {
    fn work(
        &self,
        store: &Store,
        extractor: &dyn Extractor,
        options: &IngestOptions,
        sender: &Sender<Done>,
    ) {
        while let Some((number, document)) = self.next() {
            let (name, result) = match document {
                Ok(document) => {
                    let name = document.name().to_owned();
                    (name, read_one(store, document, extractor, options))
                }
                Err(error) => (place_of(&error), Err(error)),
            };
            let done = Done {
                number,
                name,
                result,
            };
            if sender.send(done).is_err() {
                return;
            }
        }
    }

    fn next(&self) -> Option<(usize, Result<Document>)> {
        let (number, document) = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            if self.is_stopped.load(Ordering::Relaxed) || !self.window.wait_for(state.1) {
                return None;
            }
            let document = state.0.next()?;
            state.1 += 1;
            (state.1 - 1, document)
        };
        Some((number, document))
    }

    /// Lets the threads end: nobody writes any more.
    fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
        self.window.close();
    }
}

/// Reads a document that the store does not have.
fn read_one(
    store: &Store,
    document: Document,
    extractor: &dyn Extractor,
    options: &IngestOptions,
) -> Result<Read> {
    if !options.is_dry_run && is_known(store, &document, extractor)? {
        return Ok(Read::Unchanged);
    }
    if is_long(&document) {
        return Ok(Read::Long(document));
    }
    let reading = extractor.read(&document)?;
    Ok(Read::Whole(document, reading))
}

/// What to call a document that could not even be opened.
fn place_of(error: &Error) -> String {
    match error {
        Error::Input { place, .. } => place.clone(),
        Error::Io { action, .. } => action
            .strip_prefix("cannot read ")
            .unwrap_or(action)
            .to_owned(),
        _ => "a document".to_owned(),
    }
}

/// Keeps the readers from running too far ahead of the writer.
struct Window {
    /// How many documents are written; `None` once it is closed.
    written: Mutex<Option<usize>>,
    moved: Condvar,
    size: usize,
}

impl Window {
    fn new(size: usize) -> Self {
        Self {
            written: Mutex::new(Some(0)),
            moved: Condvar::new(),
            size: size.max(1),
        }
    }

    /// Waits until a document may be read; `false` where none may any more.
    fn wait_for(&self, number: usize) -> bool {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match *written {
                None => return false,
                Some(done) if number < done + self.size => return true,
                Some(_) => {
                    let waited = self.moved.wait(written);
                    written = waited.unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }

    fn advance(&self, written: usize) {
        let mut known = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_some() {
            *known = Some(written);
        }
        self.moved.notify_all();
    }

    fn close(&self) {
        *self.written.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.moved.notify_all();
    }
}
