//! Comma-separated values as RFC 4180 has them, with a line of names.

use std::io::{self, Write};

use super::{Field, RowWriter, Source};

/// Writes one line a row; the first source takes three more columns.
pub(crate) struct CsvWriter {
    has_sources: bool,
}

impl CsvWriter {
    /// With or without the columns of the first source.
    pub(crate) fn new(has_sources: bool) -> Self {
        Self { has_sources }
    }
}

impl RowWriter for CsvWriter {
    fn begin(&mut self, out: &mut dyn Write, columns: &[String]) -> io::Result<()> {
        let more: &[&str] = if self.has_sources {
            &["document", "sentence", "text"]
        } else {
            &[]
        };
        write_record(
            out,
            columns
                .iter()
                .map(String::as_str)
                .chain(more.iter().copied()),
        )
    }

    fn row(
        &mut self,
        out: &mut dyn Write,
        cells: &[Field<'_>],
        sources: &[Source],
    ) -> io::Result<()> {
        let mut fields: Vec<_> = cells.iter().map(Field::shown).collect();
        if self.has_sources {
            let first = sources.first();
            let number = first.and_then(|source| source.sentence);
            fields.push(first.map_or("", |source| source.document.as_str()).into());
            fields.push(number.map_or_else(String::new, |n| n.to_string()).into());
            fields.push(first.map_or("", |source| source.text.as_str()).into());
        }
        write_record(out, fields.iter().map(AsRef::as_ref))
    }

    fn end(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// Writes fields with commas between; those with a comma, a quote or a line end in quotes.
fn write_record<'a>(out: &mut dyn Write, fields: impl Iterator<Item = &'a str>) -> io::Result<()> {
    for (i, field) in fields.enumerate() {
        if i > 0 {
            out.write_all(b",")?;
        }
        if field.contains([',', '"', '\n', '\r']) {
            write!(out, "\"{}\"", field.replace('"', "\"\""))?;
        } else {
            out.write_all(field.as_bytes())?;
        }
    }
    out.write_all(b"\n")
}
