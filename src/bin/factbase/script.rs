//! Running statements, one after the other.

use std::collections::HashSet;
use std::io::Write;
use std::time::{Duration, Instant};

use factbase::language::{self, Span, StatementKind};
use factbase::{Change, Error, Outcome, Row, Rows};

use crate::command;
use crate::failure::Failure;
use crate::output::{self, Field, Format, RowWriter, Source};
use crate::session::{ROWS_KEPT, Session};
use crate::timer::{self, Times};
use crate::{weaker, why};

/// Whether the script goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    /// With the next statement.
    Continue,
    /// `.quit`
    Quit,
}

/// Runs the statements and dot-commands of a text. `name` is that of the file, for messages.
///
/// # Errors
///
/// The first statement that failed, unless the session keeps going; then it counts.
pub(crate) fn run(
    session: &mut Session,
    name: Option<&str>,
    text: &str,
    out: &mut dyn Write,
) -> Result<Flow, Failure> {
    let parts = parts(text);
    // Rows are kept where `.why` may ask for them, here or in a later piece.
    session.keeps_rows |=
        session.is_interactive || parts.iter().any(|part| matches!(part, Part::Command(_)));
    for part in parts {
        let result = match part {
            Part::Command(span) => command::run(session, span.text(text), out),
            Part::Statement(span) => statement(session, text, span, out).map(|()| Flow::Continue),
        };
        match result {
            Ok(Flow::Continue) => {}
            Ok(Flow::Quit) => return Ok(Flow::Quit),
            Err(failure) => fail(session, name, failure, out)?,
        }
    }
    Ok(Flow::Continue)
}

/// Names the file of a failure, and counts it where the session keeps going.
fn fail(
    session: &mut Session,
    name: Option<&str>,
    failure: Failure,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let failure = failure.in_file(name);
    let is_final = match &failure {
        Failure::BrokenPipe => true,
        Failure::Library { error, .. } => matches!(**error, Error::Cancelled),
        _ => false,
    };
    if !session.keeps_going || is_final {
        return Err(failure);
    }
    // Answers and messages keep their order where both go to one place.
    out.flush()?;
    eprint!("{}", failure.render(session.message_palette));
    session.failed += 1;
    Ok(())
}

/// A statement or a dot-command, by its place.
enum Part {
    Statement(Span),
    Command(Span),
}

/// Cuts a script into its parts: a line that begins with a dot and a letter is a command, where
/// no statement is open.
fn parts(text: &str) -> Vec<Part> {
    let mut found = Vec::new();
    let mut start = text.find('\n').filter(|_| text.starts_with("#!"));
    if start.is_none() && text.starts_with("#!") {
        return found;
    }
    let mut place = start.take().unwrap_or(0);
    let mut segment = place;
    let is_command = |line: &str| {
        let mut characters = line.chars();
        characters.next() == Some('.') && characters.next().is_some_and(char::is_alphabetic)
    };
    while let Some(rest) = text.get(place..).filter(|rest| !rest.is_empty()) {
        let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let line = rest.get(..length).unwrap_or_default();
        if is_command(line.trim_start()) && line.starts_with('.') {
            statements(text, segment, place, &mut found);
            let end = place + line.trim_end().len();
            found.push(Part::Command(Span::new(place, end)));
            segment = place + length;
        }
        place += length;
    }
    statements(text, segment, text.len(), &mut found);
    found
}

/// The statements between two places.
fn statements(text: &str, start: usize, end: usize, found: &mut Vec<Part>) {
    let segment = text.get(start..end).unwrap_or_default();
    let moved = |span: Span| Span::new(span.start + start, span.end + start);
    found.extend(language::statements(segment).map(|span| Part::Statement(moved(span))));
}

/// Runs one statement.
fn statement(
    session: &mut Session,
    text: &str,
    span: Span,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    session.run.cancellation.reset();
    // What measuring costs is not measured.
    let processor = processor_time(session);
    let start = Instant::now();
    let known = match session.store() {
        Some(store) => store
            .run_known(text, span, &session.run)
            .map_err(|error| Failure::in_text(error, text))?,
        None => None,
    };
    let (outcome, parse) = match known {
        Some(outcome) => (outcome, Duration::ZERO),
        None => read_and_run(session, text, span, start)?,
    };
    let plan = start.elapsed().saturating_sub(parse);
    let rows = match outcome {
        Outcome::Rows(rows) => {
            answer(session, text, span, rows, out).map_err(|failure| failure.with_text(text))?
        }
        Outcome::Change(change) => write_change(session, &change, out)?,
        _ => 0,
    };
    let total = start.elapsed();
    let times = Times {
        parse,
        plan,
        total,
        processor: processor_time(session).saturating_sub(processor),
    };
    session.timer.statement(rows, &times);
    session.row_count += rows;
    Ok(())
}

/// Reads a statement and runs it; how long reading took.
fn read_and_run(
    session: &mut Session,
    text: &str,
    span: Span,
    start: Instant,
) -> Result<(Outcome, Duration), Failure> {
    let (statement, mut diagnostics) = language::parse_statement(text, span);
    if !diagnostics.is_empty() {
        let diagnostic = diagnostics.remove(0);
        return Err(Failure::Statement {
            diagnostic: Box::new(diagnostic),
            text: text.to_owned(),
            file: None,
        });
    }
    let parse = start.elapsed();
    let run = session.run.clone();
    let outcome = if is_write(&statement.kind) {
        session
            .store_to_write()
            .and_then(|store| store.run(text, &statement, &run))
    } else {
        session
            .store_to_read()
            .and_then(|store| store.run(text, &statement, &run))
    };
    let outcome = outcome.map_err(|error| Failure::in_text(error, text))?;
    Ok((outcome, parse))
}

/// The processor time, where somebody wants to know.
fn processor_time(session: &Session) -> Duration {
    if session.timer.is_on() {
        timer::processor_time()
    } else {
        Duration::ZERO
    }
}

/// Whether a statement changes the store.
pub(crate) fn is_write(kind: &StatementKind) -> bool {
    !matches!(
        kind,
        StatementKind::Query(_)
            | StatementKind::Explain(_)
            | StatementKind::Describe(_)
            | StatementKind::Error
    )
}

/// Writes what a question is answered with, and what may be known beyond it; returns the number of
/// rows.
fn answer(
    session: &mut Session,
    text: &str,
    span: Span,
    mut rows: Rows,
    out: &mut dyn Write,
) -> Result<u64, Failure> {
    let (count, given) = write_rows(session, &mut rows, out)?;
    // What an answer left out is asked for once more: for a person who reads along, not for every
    // line of a script.
    let is_read_along = session.format == Format::Table;
    if session.is_quiet || (count > 0 && !is_read_along) {
        return Ok(count);
    }
    let is_short = usize::try_from(count).is_ok_and(|count| count <= weaker::ROWS_BEFORE);
    if is_read_along && is_short && weaker::write(session, text, span, &given, out)? {
        return Ok(count);
    }
    if let Some(hint) = rows.hint() {
        out.flush()?;
        let head = session.message_palette.help("note:");
        eprintln!("{head} {hint}");
    }
    Ok(count)
}

/// Writes the rows of a question; returns how many there were, and of a table the first ones.
fn write_rows(
    session: &mut Session,
    rows: &mut Rows,
    out: &mut dyn Write,
) -> Result<(u64, HashSet<weaker::Key>), Failure> {
    let mut style = session.style();
    style.has_sources |= rows.has_sources();
    let has_sources = style.has_sources;
    let mut writer = output::writer(session.format, style);
    writer.begin(out, rows.columns())?;
    session.last_rows.clear();
    let keeps = session.keeps_rows;
    let mut count = 0_u64;
    let mut given = HashSet::new();
    for row in rows {
        let row = row?;
        write_row(writer.as_mut(), &row, has_sources, out)?;
        count += 1;
        if session.format == Format::Table && given.len() < weaker::ROWS_BEFORE {
            given.insert(weaker::key(&row));
        }
        if keeps && session.last_rows.len() < ROWS_KEPT {
            session.last_rows.push(row);
        }
    }
    writer.end(out)?;
    Ok((count, given))
}

fn write_row(
    writer: &mut dyn RowWriter,
    row: &Row,
    has_sources: bool,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let sources: Vec<Source> = if has_sources {
        why::sources(row)?
    } else {
        Vec::new()
    };
    let fields: Vec<Field<'_>> = row.cells().map(Field::of_cell).collect();
    Ok(writer.row(out, &fields, &sources)?)
}

/// Says what changed, where a person reads along.
fn write_change(
    session: &mut Session,
    change: &Change,
    out: &mut dyn Write,
) -> Result<u64, Failure> {
    if session.format == Format::Table && !session.is_quiet {
        writeln!(out, "{}", session.palette.faint(&change.to_string()))?;
    }
    Ok(0)
}
