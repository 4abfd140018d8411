//! A Markdown table, as GitHub and most others read it.

use std::io::{self, Write};

use super::{Field, RowWriter, Source};

/// Writes a table; the sources become a column of citations.
pub(crate) struct MarkdownWriter {
    has_sources: bool,
}

impl MarkdownWriter {
    /// With or without a column of sources.
    pub(crate) fn new(has_sources: bool) -> Self {
        Self { has_sources }
    }
}

impl RowWriter for MarkdownWriter {
    fn begin(&mut self, out: &mut dyn Write, columns: &[String]) -> io::Result<()> {
        let mut names: Vec<&str> = columns.iter().map(String::as_str).collect();
        if self.has_sources {
            names.push("sources");
        }
        let names: Vec<String> = names.into_iter().map(escaped).collect();
        writeln!(out, "| {} |", names.join(" | "))?;
        writeln!(out, "|{}", " --- |".repeat(names.len()))
    }

    fn row(
        &mut self,
        out: &mut dyn Write,
        cells: &[Field<'_>],
        sources: &[Source],
    ) -> io::Result<()> {
        let mut fields: Vec<String> = cells.iter().map(|cell| escaped(&cell.shown())).collect();
        if self.has_sources {
            let cited: Vec<String> = sources
                .iter()
                .map(|source| format!("{}: {}", source.document, source.text))
                .collect();
            fields.push(escaped(&cited.join("\n")));
        }
        writeln!(out, "| {} |", fields.join(" | "))
    }

    fn end(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// A text that keeps to its field.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('|', "\\|")
        .replace("\r\n", "<br>")
        .replace(['\n', '\r'], "<br>")
}
