//! `ingest`: files, folders and standard input into a store, with progress and a summary.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use factbase::{
    Cancellation, CommandExtractor, Document, DocumentFormat, EnglishReader, Error, Extractor,
    IngestOptions, IngestProgress, IngestReport, Result, Store, Time,
};

use crate::args::Given;
use crate::failure::{self, Failure};
use crate::interrupt;
use crate::output::{self, ColorChoice, counted, fit};
use crate::session::{seconds, store_options};

/// How long a command may take for a document, where the user says nothing.
const EXTRACTOR_LIMIT: Duration = Duration::from_secs(60);

/// The progress line is written anew after so long.
const PROGRESS_PERIOD: Duration = Duration::from_millis(100);

/// `factbase ingest STORE FILES…`
///
/// # Errors
///
/// Wrong flags, a store that cannot be opened; documents that were skipped are told and make the
/// status 1.
pub(crate) fn ingest(given: &Given, color: ColorChoice) -> Result<(), Failure> {
    let start = Instant::now();
    let cancellation = interrupt::cancellation();
    let settings = Settings::of(given)?;
    let extractor = extractor(given)?;
    let options = IngestOptions {
        threads: given
            .number("threads")
            .map_err(Failure::Usage)?
            .unwrap_or(0),
        is_dry_run: given.has("dry-run"),
        cancellation,
    };
    let paths = given.paths("FILES");
    // A store is not made for files that are not there.
    if paths.iter().all(|path| is_missing(path)) {
        let first = paths.first().map(|path| path.display().to_string());
        return Err(Failure::Usage(format!(
            "there is nothing at {}",
            first.unwrap_or_default()
        )));
    }
    let store = if options.is_dry_run {
        Store::in_memory()?
    } else {
        store_options(given)?.open(given.path("STORE").unwrap_or_default())?
    };
    let is_shown = output::is_stderr_terminal() && !given.has("quiet");
    let mut line = ProgressLine::new(is_shown);
    let documents = Documents::new(paths, settings);
    let passed_over = Arc::clone(&documents.passed_over);
    let result = store.ingest_all(documents, extractor.as_ref(), &options, |progress| {
        line.show(&progress);
    });
    line.clear();
    let report = result?;
    report_skipped(&report, color);
    if !given.has("quiet") {
        let passed_over = passed_over.load(Ordering::Relaxed);
        let summary = summary(&report, passed_over, options.is_dry_run, start.elapsed());
        writeln!(std::io::stdout(), "{summary}")?;
    }
    if report.skipped.is_empty() {
        Ok(())
    } else {
        Err(Failure::Silent(failure::FAILED))
    }
}

/// `.ingest FILES` at the prompt.
///
/// # Errors
///
/// What the store says.
pub(crate) fn from_prompt(
    store: &Store,
    paths: Vec<PathBuf>,
    cancellation: &Cancellation,
) -> Result<String, Failure> {
    let start = Instant::now();
    let options = IngestOptions {
        cancellation: cancellation.clone(),
        ..IngestOptions::default()
    };
    let reader = EnglishReader::accurate()?;
    let mut line = ProgressLine::new(output::is_stderr_terminal());
    let documents = Documents::new(paths, Settings::default());
    let passed_over = Arc::clone(&documents.passed_over);
    let report = store.ingest_all(documents, &reader, &options, |progress| {
        line.show(&progress)
    });
    line.clear();
    let report = report?;
    report_skipped(&report, ColorChoice::Auto);
    let passed_over = passed_over.load(Ordering::Relaxed);
    Ok(summary(&report, passed_over, false, start.elapsed()))
}

/// What reads, from the flags.
fn extractor(given: &Given) -> Result<Box<dyn Extractor>, Failure> {
    if let Some(command) = given.text("extractor") {
        let limit = seconds(given, "extractor-timeout")?.unwrap_or(EXTRACTOR_LIMIT);
        return Ok(Box::new(CommandExtractor::new(command, limit)));
    }
    Ok(Box::new(english(given)?))
}

/// The English reader the flags ask for.
///
/// # Errors
///
/// A reader without its model.
pub(crate) fn english(given: &Given) -> Result<EnglishReader, Failure> {
    Ok(match given.text("reader") {
        Some("fast") => EnglishReader::fast()?,
        _ => EnglishReader::accurate()?,
    })
}

fn is_missing(path: &Path) -> bool {
    path != Path::new("-") && !path.exists()
}

fn report_skipped(report: &IngestReport, color: ColorChoice) {
    let palette = color.palette(output::is_stderr_terminal());
    for skipped in &report.skipped {
        let head = palette.error("skipped:");
        eprintln!("{head} {}: {}", skipped.name, skipped.reason);
    }
}

/// `5 documents, 117 sentences, 203 facts, 64 entities in 1.2 s; 2 unchanged, 1 skipped`
fn summary(report: &IngestReport, passed_over: usize, is_dry_run: bool, took: Duration) -> String {
    let count = |number: u64, one: &str, many: &str| {
        counted(usize::try_from(number).unwrap_or(usize::MAX), one, many)
    };
    let mut text = format!(
        "{}, {}, {}, {} in {:.1} s",
        count(report.documents, "document", "documents"),
        count(report.sentences, "sentence", "sentences"),
        count(report.facts, "fact", "facts"),
        count(report.entities, "entity", "entities"),
        took.as_secs_f64()
    );
    let mut notes = Vec::new();
    if report.unchanged > 0 {
        notes.push(format!("{} unchanged", report.unchanged));
    }
    if !report.skipped.is_empty() {
        notes.push(format!("{} skipped", report.skipped.len()));
    }
    if passed_over > 0 {
        let files = counted(passed_over, "file", "files");
        notes.push(format!("{files} of other kinds passed over"));
    }
    if is_dry_run {
        notes.push("nothing was written".to_owned());
    }
    if !notes.is_empty() {
        text.push_str("; ");
        text.push_str(&notes.join(", "));
    }
    text
}

/// One line on the terminal that tells how far it is.
struct ProgressLine {
    is_shown: bool,
    start: Instant,
    last: Option<Instant>,
}

impl ProgressLine {
    fn new(is_shown: bool) -> Self {
        Self {
            is_shown,
            start: Instant::now(),
            last: None,
        }
    }

    fn show(&mut self, progress: &IngestProgress<'_>) {
        let is_due = self
            .last
            .is_none_or(|last| last.elapsed() >= PROGRESS_PERIOD);
        if !self.is_shown || !is_due {
            return;
        }
        self.last = Some(Instant::now());
        let report = progress.report;
        let done = report.documents + report.unchanged + report.skipped.len() as u64;
        let seconds = self.start.elapsed().as_secs();
        let line = format!(
            "{done} documents, {} sentences, {} facts, {seconds} s · {}",
            report.sentences, report.facts, progress.name
        );
        let columns = output::size().map_or(80, |(columns, _)| columns);
        eprint!("\r\u{1b}[K{}", fit(&line, columns.saturating_sub(1)));
        let _ = std::io::stderr().flush();
    }

    fn clear(&mut self) {
        if self.last.is_some() {
            eprint!("\r\u{1b}[K");
            let _ = std::io::stderr().flush();
        }
    }
}

/// What the flags say about documents.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    format: Option<DocumentFormat>,
    is_jsonl: bool,
    published: Option<Time>,
    speaker: Option<String>,
}

impl Settings {
    /// From the flags.
    ///
    /// # Errors
    ///
    /// A date that is none.
    pub(crate) fn of(given: &Given) -> Result<Self, Failure> {
        let published =
            match given.text("published") {
                None => None,
                Some(text) => Some(text.parse::<Time>().map_err(|_| {
                    Failure::Usage(format!("--published takes a date, not {text:?}"))
                })?),
            };
        let format = given.text("input-format");
        Ok(Self {
            format: match format {
                Some("text") => Some(DocumentFormat::Text),
                Some("markdown") => Some(DocumentFormat::Markdown),
                Some("html") => Some(DocumentFormat::Html),
                _ => None,
            },
            is_jsonl: format == Some("jsonl"),
            published,
            speaker: given.text("speaker").map(str::to_owned),
        })
    }

    fn applied(&self, mut document: Document) -> Document {
        if let Some(format) = self.format {
            document = document.with_format(format);
        }
        if let (None, Some(published)) = (document.published(), self.published) {
            document = document.with_published(published);
        }
        if let (None, Some(speaker)) = (document.speaker(), &self.speaker) {
            document = document.with_speaker(speaker);
        }
        document
    }
}

/// The documents of files, folders and standard input, in the order of the command line; folders
/// in the order of their names.
pub(crate) struct Documents {
    waiting: VecDeque<PathBuf>,
    settings: Settings,
    lines: Option<Lines>,
    /// How many files of folders are of no kind that is read.
    passed_over: Arc<AtomicUsize>,
}

/// A file with a document a line.
struct Lines {
    name: String,
    number: u64,
    input: Box<dyn BufRead + Send>,
}

/// What a folder must give: other files in it (pictures, programs) are passed over.
const EXTENSIONS: [&str; 9] = [
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "jsonl", "ndjson",
];

impl Documents {
    /// The documents of these paths.
    pub(crate) fn new(paths: Vec<PathBuf>, settings: Settings) -> Self {
        Self {
            waiting: paths.into(),
            settings,
            lines: None,
            passed_over: Arc::default(),
        }
    }

    /// Puts the files of a folder in front of what waits.
    fn enter(&mut self, folder: &Path) -> Result<()> {
        let io = |source| Error::Io {
            action: format!("cannot read {}", folder.display()),
            source,
        };
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(io)? {
            let path = entry.map_err(io)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let extension = path.extension().unwrap_or_default().to_string_lossy();
            let is_text = EXTENSIONS.contains(&extension.to_ascii_lowercase().as_str());
            // A link to a folder may lead round in a circle.
            let is_folder = path.is_dir() && !path.is_symlink();
            if name.starts_with('.') {
                continue;
            }
            if is_folder || (is_text && path.is_file()) {
                found.push(path);
            } else {
                self.passed_over.fetch_add(1, Ordering::Relaxed);
            }
        }
        found.sort_unstable();
        for path in found.into_iter().rev() {
            self.waiting.push_front(path);
        }
        Ok(())
    }

    fn open(&mut self, path: &Path) -> Result<Option<Document>> {
        if path == Path::new("-") {
            if self.settings.is_jsonl {
                self.lines = Some(Lines {
                    name: "-".to_owned(),
                    number: 0,
                    input: Box::new(BufReader::new(std::io::stdin())),
                });
                return Ok(None);
            }
            let mut bytes = Vec::new();
            let read = std::io::stdin().lock().read_to_end(&mut bytes);
            read.map_err(|source| Error::Io {
                action: "cannot read standard input".to_owned(),
                source,
            })?;
            return Document::from_bytes("-", bytes).map(Some);
        }
        if path.is_dir() {
            self.enter(path)?;
            return Ok(None);
        }
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        if self.settings.is_jsonl || matches!(extension.as_ref(), "jsonl" | "ndjson") {
            let file = std::fs::File::open(path).map_err(|source| Error::Io {
                action: format!("cannot read {}", path.display()),
                source,
            })?;
            self.lines = Some(Lines {
                name: path.display().to_string(),
                number: 0,
                input: Box::new(BufReader::new(file)),
            });
            return Ok(None);
        }
        Document::from_path(path).map(Some)
    }
}

impl Lines {
    fn next(&mut self) -> Option<Result<Document>> {
        loop {
            let mut line = String::new();
            self.number += 1;
            match self.input.read_line(&mut line) {
                Ok(0) => return None,
                Ok(_) if line.trim().is_empty() => {}
                Ok(_) => {
                    let name = format!("{}:{}", self.name, self.number);
                    return Some(Document::from_json(&line, &name));
                }
                Err(source) => {
                    let action = format!("cannot read {}", self.name);
                    // Nothing sensible follows bytes that are no text.
                    self.input = Box::new(std::io::empty());
                    return Some(Err(Error::Io { action, source }));
                }
            }
        }
    }
}

impl Iterator for Documents {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next() {
                    Some(Ok(document)) => return Some(Ok(self.settings.applied(document))),
                    Some(Err(error)) => return Some(Err(error)),
                    None => self.lines = None,
                }
            }
            let path = self.waiting.pop_front()?;
            match self.open(&path) {
                Ok(Some(document)) => return Some(Ok(self.settings.applied(document))),
                Ok(None) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
