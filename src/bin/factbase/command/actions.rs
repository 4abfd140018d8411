//! What the dot-commands do.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use factbase::language::{FunctionClass, FunctionEntry};
use factbase::{Error, ExchangeFormat, Snapshot};

use super::COMMANDS;
use crate::failure::Failure;
use crate::output::{self, Field, Format};
use crate::script::{self, Flow};
use crate::session::{self, Session};
use crate::timer::TimerFormat;
use crate::{ingest, why};

/// Rows of a listing where no more are asked for.
const LISTED_MAX: usize = 1_000;

type Done = Result<Flow, Failure>;

/// The language in a few lines.
const LANGUAGE: &str = "\
Questions are sentences with variables:
  ?who win \"Nobel Prize\"                    who won it?
  \"Marie Curie\" ?does ?what                 what did she do?
  ?who work_for ?org, ?org based_in Paris   both must hold
  find ?org, count(?who) as ?staff where ?who work_for ?org order by ?staff desc limit 10
  ?who win ?prize [document = ?doc, when >= 1990]
  rule ?a colleague_of ?b if ?a work_for ?o, ?b work_for ?o, ?a != ?b
  assert \"Marie Curie\" born_in Warsaw      describe \"Marie Curie\"
Names of several words stand in double quotes. Enter runs a complete question, Alt-Enter begins
a new line, Ctrl-C cancels, Ctrl-D leaves. Then .why 1 shows where the first row comes from.";

pub(super) fn help(session: &mut Session, argument: &str, out: &mut dyn Write) -> Done {
    let palette = session.palette;
    let name = argument.trim_start_matches('.');
    if name.is_empty() {
        writeln!(out, "{LANGUAGE}\n")?;
        for command in COMMANDS {
            let usage = format!(".{} {}", command.name, command.argument);
            let usage = format!("{:<32}", usage.trim_end());
            writeln!(out, "  {}{}", palette.strong(&usage), command.help)?;
        }
        return Ok(Flow::Continue);
    }
    if name == "functions" {
        return functions(session, out);
    }
    let command = super::find(name).map_err(Failure::Command)?;
    let usage = format!(".{} {}", command.name, command.argument);
    writeln!(out, "{}", palette.strong(usage.trim_end()))?;
    writeln!(out, "  {}", command.help)?;
    Ok(Flow::Continue)
}

/// The functions of the language by what they work on.
fn functions(session: &Session, out: &mut dyn Write) -> Done {
    use factbase::language::Function;
    let classes = [
        (FunctionClass::Aggregate, "Aggregates"),
        (FunctionClass::Text, "Texts"),
        (FunctionClass::Time, "Times"),
        (FunctionClass::Number, "Numbers"),
        (FunctionClass::Value, "Values"),
    ];
    for (class, title) in classes {
        writeln!(out, "{}", session.palette.strong(title))?;
        let of_class = |entry: &&FunctionEntry| entry.class == class;
        for entry in Function::TABLE.iter().filter(of_class) {
            writeln!(out, "  {:<40}{}", entry.signature, entry.doc)?;
        }
    }
    Ok(Flow::Continue)
}

pub(super) fn why(session: &mut Session, argument: &str, out: &mut dyn Write) -> Done {
    if session.last_rows.is_empty() {
        return Err(Failure::Command(
            "there are no rows to explain: ask a question first".to_owned(),
        ));
    }
    let number = if argument.is_empty() {
        1
    } else {
        argument.parse::<usize>().map_err(|_| {
            Failure::Command(format!(".why takes the number of a row, not {argument:?}"))
        })?
    };
    let row = number
        .checked_sub(1)
        .and_then(|place| session.last_rows.get(place));
    let Some(row) = row else {
        let count = session.last_rows.len();
        return Err(Failure::Command(format!(
            "there is no row {number}: the last question has {}",
            output::counted(count, "row", "rows")
        )));
    };
    why::explain(row, session.palette, out)?;
    Ok(Flow::Continue)
}

/// Writes a listing as a table in the session's format.
fn listing<const N: usize>(
    session: &Session,
    columns: [&str; N],
    rows: impl Iterator<Item = Result<[Field<'static>; N], Error>>,
    out: &mut dyn Write,
) -> Done {
    let mut style = session.style();
    style.is_numbered = false;
    style.has_sources = false;
    let mut writer = output::writer(session.format, style);
    let columns = columns.map(str::to_owned);
    writer.begin(out, &columns)?;
    for row in rows.take(LISTED_MAX) {
        writer.row(out, &row?, &[])?;
    }
    writer.end(out)?;
    Ok(Flow::Continue)
}

fn text(text: impl Into<String>) -> Field<'static> {
    Field::Text(text.into().into())
}

fn count(number: u64) -> Field<'static> {
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    Field::Number(factbase::Number::Integer(number))
}

fn snapshot(session: &Session) -> Result<Snapshot, Failure> {
    let snapshot = session.store_to_read()?.snapshot();
    Ok(match session.run.as_of {
        Some(moment) => snapshot.at(moment)?,
        None => snapshot,
    })
}

/// Whether a name has a text in it, in any case.
fn has(name: &str, wanted: &str) -> bool {
    name.to_lowercase().contains(&wanted.to_lowercase())
}

pub(super) fn predicates(session: &mut Session, argument: &str, out: &mut dyn Write) -> Done {
    let found = snapshot(session)?.predicates()?;
    let found = found.into_iter().filter(|known| has(&known.name, argument));
    let rows = found.map(|known| Ok([text(known.name), count(known.facts)]));
    listing(session, ["predicate", "facts"], rows, out)
}

pub(super) fn entities(session: &mut Session, argument: &str, out: &mut dyn Write) -> Done {
    let wanted = argument.to_lowercase();
    let found = snapshot(session)?.entities().filter(move |entity| {
        entity.as_ref().map_or(true, |entity| {
            let begins = |name: &String| name.to_lowercase().starts_with(&wanted);
            begins(&entity.name) || entity.aliases.iter().any(begins)
        })
    });
    let rows = found.map(|entity| {
        let entity = entity?;
        let aliases = entity.aliases.join(", ");
        Ok([text(entity.name), text(entity.kind.as_str()), text(aliases)])
    });
    listing(session, ["entity", "kind", "aliases"], rows, out)
}

pub(super) fn documents(session: &mut Session, argument: &str, out: &mut dyn Write) -> Done {
    let found = snapshot(session)?.documents()?;
    let wanted = |name: &str, title: Option<&str>| {
        has(name, argument) || title.is_some_and(|title| has(title, argument))
    };
    let found = found
        .into_iter()
        .filter(|known| wanted(&known.record.name, known.record.title.as_deref()));
    let rows = found.map(|known| {
        let published = known.record.published.map(|time| text(time.to_string()));
        Ok([
            text(known.record.name),
            published.unwrap_or(Field::Empty),
            count(u64::from(known.sentences)),
            count(known.facts),
            known.record.title.map_or(Field::Empty, text),
        ])
    });
    let columns = ["document", "published", "sentences", "facts", "title"];
    listing(session, columns, rows, out)
}

pub(super) fn rules(session: &mut Session, _argument: &str, out: &mut dyn Write) -> Done {
    let rules = snapshot(session)?.rules()?;
    if rules.is_empty() {
        writeln!(out, "there are no rules")?;
    }
    for rule in rules {
        writeln!(out, "{rule}")?;
    }
    Ok(Flow::Continue)
}

pub(super) fn synonyms(session: &mut Session, argument: &str, out: &mut dyn Write) -> Done {
    if argument.is_empty() {
        for rule in factbase::Store::predicate_table() {
            writeln!(out, "{rule}")?;
        }
        return Ok(Flow::Continue);
    }
    let is_on = switched(argument, true)?;
    let change = session.store_to_write()?.relate_predicates(is_on)?;
    for note in &change.notes {
        writeln!(out, "{note}")?;
    }
    Ok(Flow::Continue)
}

pub(super) fn schema(session: &mut Session, argument: &str, out: &mut dyn Write) -> Done {
    let snapshot = snapshot(session)?;
    let found = snapshot.predicates()?;
    let found = found.into_iter().filter(|known| has(&known.name, argument));
    let rows = found.map(|known| {
        let example = snapshot
            .facts()
            .predicate(&known.name)
            .iter()
            .next()
            .transpose()?;
        let (subject, object) = match &example {
            Some(fact) => (
                fact.subject.kind(),
                fact.object.as_ref().map_or("", factbase::Argument::kind),
            ),
            None => ("", ""),
        };
        Ok([
            text(known.name),
            text(subject),
            text(object),
            count(known.facts),
            example
                .as_ref()
                .map_or(Field::Empty, |fact| text(fact.to_string())),
        ])
    });
    let columns = ["predicate", "subject", "object", "facts", "example"];
    listing(session, columns, rows, out)
}

pub(super) fn statistics(session: &mut Session, _argument: &str, out: &mut dyn Write) -> Done {
    let statistics = session.store_to_read()?.statistics()?;
    let rows = statistics.lines().into_iter();
    let rows = rows.map(|(name, number)| Ok([text(name), count(number)]));
    listing(session, ["what", "count"], rows, out)
}

pub(super) fn explain(session: &mut Session, argument: &str, out: &mut dyn Write) -> Done {
    if argument.is_empty() {
        return Err(Failure::Command(".explain takes a question".to_owned()));
    }
    script::run(session, None, &format!("explain {argument}"), out)
}

/// A path as it is typed at the prompt, perhaps in quotes.
fn path(argument: &str, command: &str) -> Result<String, Failure> {
    let path = argument.trim_matches(['"', '\'']);
    if path.is_empty() {
        return Err(Failure::Command(format!(".{command} takes a file")));
    }
    Ok(match path.strip_prefix("~/") {
        Some(rest) => match std::env::var("HOME") {
            Ok(home) => format!("{home}/{rest}"),
            Err(_) => path.to_owned(),
        },
        None => path.to_owned(),
    })
}

pub(super) fn read(session: &mut Session, argument: &str, out: &mut dyn Write) -> Done {
    /// Files that read files that read files; a file that reads itself has no end.
    const DEEPEST: usize = 16;
    let path = path(argument, "read")?;
    if session.reading_depth >= DEEPEST {
        return Err(Failure::Command(format!(
            "{path} is read by files that read each other, {DEEPEST} deep"
        )));
    }
    let text = session::read_script(Path::new(&path))?;
    session.reading_depth += 1;
    let result = script::run(session, Some(&path), &text, out);
    session.reading_depth -= 1;
    result
}

pub(super) fn ingest(session: &mut Session, argument: &str, out: &mut dyn Write) -> Done {
    let paths: Vec<_> = argument.split_whitespace().map(Into::into).collect();
    if paths.is_empty() {
        return Err(Failure::Command(
            ".ingest takes files or folders".to_owned(),
        ));
    }
    let store = session.store_to_write()?.clone();
    let summary = ingest::from_prompt(&store, paths, &session.run.cancellation)?;
    writeln!(out, "{summary}")?;
    Ok(Flow::Continue)
}

pub(super) fn import(session: &mut Session, argument: &str, out: &mut dyn Write) -> Done {
    let path = path(argument, "import")?;
    let report = session.store_to_write()?.import_path(&path, None)?;
    writeln!(out, "{}", crate::transfer::summary(&report, "imported"))?;
    Ok(Flow::Continue)
}

pub(super) fn export(session: &mut Session, argument: &str, out: &mut dyn Write) -> Done {
    let path = path(argument, "export")?;
    let format = ExchangeFormat::of_path(Path::new(&path)).unwrap_or(ExchangeFormat::JsonLines);
    let snapshot = snapshot(session)?;
    let file = File::create(&path).map_err(|source| Error::Io {
        action: format!("cannot write {path}"),
        source,
    })?;
    let report = snapshot.export(file, format)?;
    writeln!(out, "{}", crate::transfer::summary(&report, "exported"))?;
    Ok(Flow::Continue)
}

pub(super) fn format(session: &mut Session, argument: &str, out: &mut dyn Write) -> Done {
    if argument.is_empty() {
        writeln!(out, "{}", session.format.name())?;
        return Ok(Flow::Continue);
    }
    match Format::from_name(argument) {
        Some(format) => session.format = format,
        None => {
            let names = Format::NAMES.map(|(name, _)| name);
            let hint = factbase::nearest_word(argument, names);
            let hint = hint.map_or_else(
                || format!("there are {}", names.join(", ")),
                |nearest| format!("did you mean {nearest}?"),
            );
            return Err(Failure::Command(format!(
                "there is no format {argument}; {hint}"
            )));
        }
    }
    Ok(Flow::Continue)
}

/// `on`, `off`, or nothing, which turns the switch over.
fn switched(argument: &str, is_on: bool) -> Result<bool, Failure> {
    match argument {
        "on" => Ok(true),
        "off" => Ok(false),
        "" => Ok(!is_on),
        other => Err(Failure::Command(format!("on or off, not {other:?}"))),
    }
}

pub(super) fn sources(session: &mut Session, argument: &str, out: &mut dyn Write) -> Done {
    session.has_sources = switched(argument, session.has_sources)?;
    writeln!(
        out,
        "sources {}",
        if session.has_sources { "on" } else { "off" }
    )?;
    Ok(Flow::Continue)
}

pub(super) fn confidence(session: &mut Session, argument: &str, out: &mut dyn Write) -> Done {
    match argument {
        "" => {}
        "default" => session.run.least_confidence = None,
        least => {
            let least = session::least_confidence(least).map_err(Failure::Command)?;
            session.run.least_confidence = Some(least);
        }
    }
    match session.run.least_confidence {
        Some(least) => writeln!(out, "facts from confidence {least} on answer")?,
        None => writeln!(out, "facts that the store takes for sure answer")?,
    }
    Ok(Flow::Continue)
}

pub(super) fn timer(session: &mut Session, argument: &str, out: &mut dyn Write) -> Done {
    let is_on = switched(argument, session.timer.is_on())?;
    session.timer.set(is_on.then_some(TimerFormat::Text));
    writeln!(out, "timer {}", if is_on { "on" } else { "off" })?;
    Ok(Flow::Continue)
}

pub(super) fn limit(session: &mut Session, argument: &str, out: &mut dyn Write) -> Done {
    let limits = &mut session.run.limits;
    let words: Vec<&str> = argument.split_whitespace().collect();
    let number = |text: &str| {
        text.parse::<u64>()
            .map_err(|_| Failure::Command(format!("a limit is a whole number, not {text:?}")))
    };
    match words.as_slice() {
        [] => {}
        ["time", seconds] => {
            limits.time = Some(number(seconds)?)
                .filter(|&seconds| seconds > 0)
                .map(Duration::from_secs);
        }
        ["rows", rows] => limits.rows = Some(number(rows)?).filter(|&rows| rows > 0),
        ["memory", megabytes] => {
            limits.memory_bytes = match number(megabytes)? {
                0 => u64::MAX,
                megabytes => megabytes.saturating_mul(1 << 20),
            };
        }
        _ => {
            return Err(Failure::Command(
                ".limit takes time SECONDS, rows ROWS or memory MEGABYTES".to_owned(),
            ));
        }
    }
    let none = || "none".to_owned();
    let time = limits
        .time
        .map_or_else(none, |time| format!("{} s", time.as_secs()));
    let rows = limits.rows.map_or_else(none, |rows| rows.to_string());
    let memory = match limits.memory_bytes {
        u64::MAX => none(),
        bytes => format!("{} MB", bytes >> 20),
    };
    writeln!(out, "time {time}, rows {rows}, memory {memory}")?;
    Ok(Flow::Continue)
}

pub(super) fn quit(_session: &mut Session, _argument: &str, _out: &mut dyn Write) -> Done {
    Ok(Flow::Quit)
}
