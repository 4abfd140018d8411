//! What only weaker facts answer, shown beneath an answer to a person who reads along.

use std::collections::{BTreeMap, HashSet};
use std::io::Write;

use factbase::language::{self, Span, StatementKind};
use factbase::{Number, Outcome, Row, Rows, RunOptions};

use crate::failure::Failure;
use crate::output::{Field, RowWriter, TableWriter};
use crate::session::{ROWS_KEPT, Session};
use crate::why;

/// An answer with more rows than this shows nothing beneath it.
pub(crate) const ROWS_BEFORE: usize = 32;

/// So many of the rows are shown, the surest first.
const ROWS_SHOWN: usize = 12;

/// So many are looked at.
const ROWS_READ: usize = 1_000;

/// What tells a row from others: the words in its columns.
pub(crate) type Key = Vec<String>;

/// The key of a row.
pub(crate) fn key(row: &Row) -> Key {
    row.cells()
        .map(|cell| cell.map_or_else(String::new, ToString::to_string))
        .collect()
}

/// Asks the question at a place of a text once more, of weaker facts too, and writes the rows that
/// it did not have before, each with its confidence. Returns whether there were any.
///
/// # Errors
///
/// What the output says; a question that cannot be answered in time shows nothing.
pub(crate) fn write(
    session: &mut Session,
    text: &str,
    span: Span,
    given: &HashSet<Key>,
    out: &mut dyn Write,
) -> Result<bool, Failure> {
    if session.run.least_confidence.is_some() {
        return Ok(false);
    }
    let Some(rows) = asked_again(session, text, span) else {
        return Ok(false);
    };
    let columns = rows.columns().to_vec();
    let found = weaker_rows(rows, given);
    if found.is_empty() {
        return Ok(false);
    }
    writeln!(out, "{}", session.palette.faint("less sure:"))?;
    let count = found.len();
    let style = session.style();
    let nouns = ("less sure row", "less sure rows");
    let mut writer = TableWriter::continued(style, session.last_rows.len(), count, nouns);
    let confidence = "confidence".to_owned();
    writer.begin(out, &[columns, vec![confidence]].concat())?;
    for (confidence, row) in found.into_iter().take(ROWS_SHOWN) {
        let sources = match style.has_sources {
            true => why::sources(&row)?,
            false => Vec::new(),
        };
        let mut fields: Vec<Field<'_>> = row.cells().map(Field::of_cell).collect();
        fields.push(Field::Number(rounded(confidence)));
        writer.row(out, &fields, &sources)?;
        if session.keeps_rows && session.last_rows.len() < ROWS_KEPT {
            session.last_rows.push(row);
        }
    }
    writer.end(out)?;
    if count > ROWS_SHOWN {
        out.flush()?;
        let head = session.message_palette.help("note:");
        eprintln!("{head} to see all of them write [confidence >= 0]");
    }
    Ok(true)
}

/// The rows of a question from facts of any confidence. Not of one that asks for so many rows
/// only, for which of them are new is not known then, nor of one that counts: its answer would be
/// another, not a further one.
fn asked_again(session: &Session, text: &str, span: Span) -> Option<Rows> {
    let (statement, _) = language::parse_statement(text, span);
    let StatementKind::Query(query) = &statement.kind else {
        return None;
    };
    let is_cut = query.modifiers.limit.is_some() || query.modifiers.offset.is_some();
    if is_cut || query.has_aggregates() {
        return None;
    }
    let options = RunOptions {
        least_confidence: Some(0.0),
        ..session.run.clone()
    };
    let store = session.store()?;
    match store.run(text, &statement, &options) {
        Ok(Outcome::Rows(rows)) => Some(rows),
        _ => None,
    }
}

/// The rows that were not given before, the surest first.
fn weaker_rows(rows: Rows, given: &HashSet<Key>) -> Vec<(f32, Row)> {
    let mut known = given.clone();
    let mut found = Vec::new();
    for row in rows.map_while(Result::ok).take(ROWS_READ) {
        if !known.insert(key(&row)) {
            continue;
        }
        found.push((confidence(&row), row));
    }
    found.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    found
}

/// How sure a row is: as sure as the least sure of the statements behind it, each of which may
/// rest on several facts.
fn confidence(row: &Row) -> f32 {
    let mut best: BTreeMap<(String, String, Option<String>), f32> = BTreeMap::new();
    for fact in row.facts().unwrap_or_default() {
        let object = fact.object.as_ref().map(|object| object.text.clone());
        let statement = (
            fact.subject.text.clone(),
            fact.predicate.name.clone(),
            object,
        );
        let known = best.entry(statement).or_insert(0.0);
        *known = known.max(fact.confidence);
    }
    best.into_values().fold(1.0, f32::min)
}

/// A confidence with two decimals.
fn rounded(confidence: f32) -> Number {
    Number::Decimal((f64::from(confidence) * 100.0).round() / 100.0)
}
