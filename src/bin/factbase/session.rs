//! `factbase STORE`: the store, the settings, and what runs in them.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use factbase::{AsOf, Cancellation, Error, Row, RunOptions, Store, StoreOptions, value_from_text};

use crate::args::{Given, Piece};
use crate::failure::{self, Failure};
use crate::output::{self, ColorChoice, Format, Palette, Style};
use crate::timer::{Timer, TimerFormat};
use crate::{interrupt, repl, script};

/// Rows kept for `.why`.
pub(crate) const ROWS_KEPT: usize = 10_000;

/// A store under a path, which may not be there yet, and how to talk about it.
pub(crate) struct Session {
    path: PathBuf,
    store: Option<Store>,
    store_options: StoreOptions,
    is_read_only: bool,
    /// How statements are run.
    pub(crate) run: RunOptions,
    /// How answers are written.
    pub(crate) format: Format,
    /// Whether rows show their sources.
    pub(crate) has_sources: bool,
    /// What takes the time.
    pub(crate) timer: Timer,
    /// Colours of the output.
    pub(crate) palette: Palette,
    /// Colours of messages.
    pub(crate) message_palette: Palette,
    /// Whether a person sits at the prompt.
    pub(crate) is_interactive: bool,
    /// Whether a failed statement does not end the script.
    pub(crate) keeps_going: bool,
    /// Whether changes are not reported.
    pub(crate) is_quiet: bool,
    /// Whether `.why` may ask for rows, so that they are kept.
    pub(crate) keeps_rows: bool,
    /// Rows of the last question.
    pub(crate) last_rows: Vec<Row>,
    /// How many files that `.read` opened are open.
    pub(crate) reading_depth: usize,
    /// Rows of all questions.
    pub(crate) row_count: u64,
    /// Statements that failed.
    pub(crate) failed: u64,
}

/// `factbase STORE …`
///
/// # Errors
///
/// Wrong flags, a store that cannot be opened, a statement that failed.
pub(crate) fn ask(given: &Given, color: ColorChoice) -> Result<(), Failure> {
    let cancellation = interrupt::cancellation();
    let mut session = Session::new(given, color, cancellation)?;
    let pieces = given.pieces();
    let is_prompt = pieces.is_empty() && output::is_stdin_terminal();
    session.is_interactive = is_prompt && output::is_stdout_terminal();
    session.open_if_there()?;
    if is_prompt {
        return repl::run(&mut session);
    }
    let pieces = if pieces.is_empty() {
        vec![Piece::File("-".into())]
    } else {
        pieces
    };
    let mut out = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let result = run_pieces(&mut session, &pieces, &mut out);
    let flushed = out.flush();
    session.timer.flush();
    result?;
    flushed?;
    if session.failed > 0 {
        return Err(Failure::Silent(failure::FAILED));
    }
    if given.has("exit-empty") && session.row_count == 0 {
        return Err(Failure::Silent(failure::EMPTY));
    }
    Ok(())
}

fn run_pieces(session: &mut Session, pieces: &[Piece], out: &mut dyn Write) -> Result<(), Failure> {
    session.keeps_rows = pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Text(text) if text.starts_with('.')));
    for piece in pieces {
        let (name, text) = match piece {
            Piece::Text(text) => (None, text.clone()),
            Piece::File(path) => (Some(path.display().to_string()), read_script(path)?),
        };
        if script::run(session, name.as_deref(), &text, out)? == script::Flow::Quit {
            return Ok(());
        }
    }
    Ok(())
}

/// Reads a script; `-` is standard input.
pub(crate) fn read_script(path: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| ())
    } else {
        std::fs::read(path).map(|read| bytes = read)
    };
    read.map_err(|source| Error::Io {
        action: format!("cannot read {}", path.display()),
        source,
    })?;
    String::from_utf8(bytes)
        .map_err(|_| Failure::Usage(format!("the script {} is not UTF-8", path.display())))
}

impl Session {
    fn new(given: &Given, color: ColorChoice, cancellation: Cancellation) -> Result<Self, Failure> {
        let is_terminal = output::is_stdout_terminal();
        let default = if is_terminal {
            Format::Table
        } else {
            Format::JsonLines
        };
        let timer = given.text("timer").map(|name| match name {
            "json" => TimerFormat::Json,
            _ => TimerFormat::Text,
        });
        let mut store_options = store_options(given)?;
        if given.has("read-only") {
            store_options = store_options.read_only();
        }
        Ok(Self {
            path: given.path("STORE").unwrap_or_default(),
            store: None,
            store_options,
            is_read_only: given.has("read-only"),
            run: run_options(given, cancellation)?,
            format: given
                .text("format")
                .and_then(Format::from_name)
                .unwrap_or(default),
            has_sources: given.has("sources"),
            timer: Timer::new(timer),
            palette: color.palette(is_terminal),
            message_palette: color.palette(output::is_stderr_terminal()),
            is_interactive: false,
            keeps_going: given.has("keep-going"),
            is_quiet: given.has("quiet"),
            keeps_rows: false,
            last_rows: Vec::new(),
            reading_depth: 0,
            row_count: 0,
            failed: 0,
        })
    }

    /// Opens the store, if there is one.
    fn open_if_there(&mut self) -> Result<(), Failure> {
        let start = Instant::now();
        match self.store_options.open_existing(&self.path) {
            Ok(store) => self.store = Some(store),
            Err(Error::Missing { .. }) if !self.is_read_only => return Ok(()),
            Err(error) => return Err(error.into()),
        }
        self.timer.opened(start.elapsed());
        Ok(())
    }

    /// The path of the store.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The store, where there is one.
    pub(crate) fn store(&self) -> Option<&Store> {
        self.store.as_ref()
    }

    /// The store for reading.
    ///
    /// # Errors
    ///
    /// There is none yet.
    pub(crate) fn store_to_read(&self) -> Result<&Store, Error> {
        self.store.as_ref().ok_or_else(|| Error::Missing {
            path: self.path.clone(),
        })
    }

    /// The store for writing; it is made where there is none.
    ///
    /// # Errors
    ///
    /// What opening it says.
    pub(crate) fn store_to_write(&mut self) -> Result<&Store, Error> {
        if self.store.is_none() {
            if self.is_read_only {
                return Err(Error::ReadOnly);
            }
            let start = Instant::now();
            self.store = Some(self.store_options.open(&self.path)?);
            self.timer.opened(start.elapsed());
        }
        self.store_to_read()
    }

    /// How tables look.
    pub(crate) fn style(&self) -> Style {
        // Only a table asks the terminal how wide it is: a script of lookups has no time for it.
        let is_fitted = self.format == Format::Table && output::is_stdout_terminal();
        let columns = is_fitted.then(output::size).flatten();
        Style {
            palette: self.palette,
            columns: columns.map(|(columns, _)| columns),
            is_numbered: self.is_interactive && self.format == Format::Table,
            has_sources: self.has_sources,
        }
    }
}

/// How a store is opened, from the flags all commands share.
///
/// # Errors
///
/// A flag that makes no sense.
pub(crate) fn store_options(given: &Given) -> Result<StoreOptions, Failure> {
    let mut options = StoreOptions::new();
    if let Some(wait) = seconds(given, "wait")? {
        options = options.wait(wait);
    }
    if given.has("buffered") {
        options = options.durability(factbase::Durability::Buffered);
    }
    Ok(options)
}

/// A number of seconds given for a flag.
///
/// # Errors
///
/// A number that is none, or negative.
pub(crate) fn seconds(given: &Given, flag: &str) -> Result<Option<Duration>, Failure> {
    let Some(number) = given.number::<f64>(flag).map_err(Failure::Usage)? else {
        return Ok(None);
    };
    let time = Duration::try_from_secs_f64(number);
    let wrong = |_| Failure::Usage(format!("--{flag} takes seconds, not {number}"));
    time.map(Some).map_err(wrong)
}

/// The time or transaction given with `--as-of`.
///
/// # Errors
///
/// What is neither.
pub(crate) fn as_of(given: &Given) -> Result<Option<AsOf>, Failure> {
    let Some(text) = given.text("as-of") else {
        return Ok(None);
    };
    // A year has four digits, so has transaction 2026: times go first.
    if let Ok(time) = text.parse() {
        return Ok(Some(AsOf::Time(time)));
    }
    match text.parse() {
        Ok(number) => {
            let transaction = factbase::TransactionId::from_raw(number);
            Ok(Some(AsOf::Transaction(transaction)))
        }
        Err(_) => Err(Failure::Usage(format!(
            "--as-of takes a time such as 2026-03-01 or the number of a transaction, not {text:?}"
        ))),
    }
}

/// A least confidence, from 0 to 1.
///
/// # Errors
///
/// Says what is expected where the text is something else.
pub(crate) fn least_confidence(text: &str) -> Result<f32, String> {
    let least = text
        .parse()
        .ok()
        .filter(|least| (0.0..=1.0).contains(least));
    least.ok_or_else(|| format!("a confidence is a number from 0 to 1, not {text:?}"))
}

fn run_options(given: &Given, cancellation: Cancellation) -> Result<RunOptions, Failure> {
    let mut run = RunOptions {
        cancellation,
        as_of: as_of(given)?,
        ..RunOptions::default()
    };
    for pair in given.texts("param") {
        let Some((name, value)) = pair.split_once('=') else {
            return Err(Failure::Usage(format!(
                "--param takes NAME=VALUE, not {pair:?}"
            )));
        };
        let name = name.strip_prefix('$').unwrap_or(name);
        let value = factbase::Parameter::from(value_from_text(value));
        run.parameters.insert(name.to_owned(), value);
    }
    if let Some(least) = given.text("confidence") {
        run.least_confidence = Some(least_confidence(least).map_err(Failure::Usage)?);
    }
    run.limits.time = seconds(given, "limit-time")?;
    run.limits.rows = given.number("limit-rows").map_err(Failure::Usage)?;
    if let Some(megabytes) = given
        .number::<u64>("limit-memory")
        .map_err(Failure::Usage)?
    {
        run.limits.memory_bytes = megabytes.saturating_mul(1 << 20);
    }
    Ok(run)
}
