//! How answers look: tables for people, JSON, CSV and Markdown for programs and pages.
//!
//! Each format is a [`RowWriter`]: it is told the columns, then each row, then the end. Nothing
//! depends on the clock or the machine; only the table looks at the width of the terminal.

mod delimited;
mod field;
mod json;
mod markdown;
mod pager;
mod palette;
mod table;
mod terminal;

use std::io::{self, Write};

pub(crate) use field::{Field, Source};
pub(crate) use pager::page;
pub(crate) use palette::{ColorChoice, Palette};
pub(crate) use table::{TableWriter, fit};
pub(crate) use terminal::{is_stderr_terminal, is_stdin_terminal, is_stdout_terminal, size};

/// How answers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Aligned columns.
    Table,
    /// One array of objects for each statement.
    Json,
    /// One object a line.
    JsonLines,
    /// Comma-separated values with a line of names.
    Csv,
    /// A Markdown table.
    Markdown,
}

impl Format {
    /// All formats with their names, in the order of the help.
    pub(crate) const NAMES: [(&'static str, Self); 5] = [
        ("table", Self::Table),
        ("json", Self::Json),
        ("jsonl", Self::JsonLines),
        ("csv", Self::Csv),
        ("markdown", Self::Markdown),
    ];

    /// The format with this name, or with only one that begins so.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let exact = Self::NAMES.iter().find(|(known, _)| *known == name);
        let mut near = Self::NAMES
            .iter()
            .filter(|(known, _)| !name.is_empty() && known.starts_with(name));
        let found = exact.or_else(|| near.next().filter(|_| near.next().is_none()))?;
        Some(found.1)
    }

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        let entry = Self::NAMES.iter().find(|(_, format)| *format == self);
        entry.map_or("table", |(name, _)| name)
    }
}

/// What a table may use of the terminal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// Colours, or none.
    pub(crate) palette: Palette,
    /// The columns of the terminal; `None` where nothing may be cut.
    pub(crate) columns: Option<usize>,
    /// Whether rows are numbered, so that `.why 3` has something to point at.
    pub(crate) is_numbered: bool,
    /// Whether each row shows its sources.
    pub(crate) has_sources: bool,
}

impl Style {
    /// For files and pipes.
    #[cfg(test)]
    pub(crate) const PLAIN: Self = Self {
        palette: Palette::PLAIN,
        columns: None,
        is_numbered: false,
        has_sources: false,
    };
}

/// Writes the rows of one statement.
pub(crate) trait RowWriter {
    /// The names of the columns, before any row.
    fn begin(&mut self, out: &mut dyn Write, columns: &[String]) -> io::Result<()>;
    /// A row, with its sources where they are asked for.
    fn row(
        &mut self,
        out: &mut dyn Write,
        cells: &[Field<'_>],
        sources: &[Source],
    ) -> io::Result<()>;
    /// After the last row.
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()>;
}

/// The writer of a format.
pub(crate) fn writer(format: Format, style: Style) -> Box<dyn RowWriter> {
    match format {
        Format::Table => Box::new(TableWriter::new(style)),
        Format::Json => Box::new(json::JsonWriter::array(style.has_sources)),
        Format::JsonLines => Box::new(json::JsonWriter::lines(style.has_sources)),
        Format::Csv => Box::new(delimited::CsvWriter::new(style.has_sources)),
        Format::Markdown => Box::new(markdown::MarkdownWriter::new(style.has_sources)),
    }
}

/// `1 row`, `2 rows`, `75,547 rows`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// A number with commas between its thousands.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests;
