//! Aligned columns for people.

use std::io::{self, Write};

use super::terminal::width;
use super::{Field, Palette, RowWriter, Source, Style, counted};

/// Rows looked at before the widths are settled; later rows keep them as far as they fit, so
/// that a million rows need no memory.
const ROWS_MEASURED: usize = 1_000;

/// A column is not made narrower than this while a wider one is left.
const NARROWEST: usize = 8;

/// Between two columns.
const GAP: &str = "  ";

/// Writes a heading, a line, and the rows.
pub(crate) struct TableWriter {
    style: Style,
    names: Vec<String>,
    waiting: Vec<Waiting>,
    widths: Vec<usize>,
    is_number: Vec<bool>,
    is_settled: bool,
    rows: usize,
    /// Rows of a table above that numbers go on from.
    rows_above: usize,
    /// How many rows there are in all, where some are not shown.
    total: Option<usize>,
    /// What one row and several are called.
    nouns: (&'static str, &'static str),
}

struct Waiting {
    cells: Vec<Field<'static>>,
    sources: Vec<Source>,
}

impl TableWriter {
    /// A table for a terminal or a file.
    pub(crate) fn new(style: Style) -> Self {
        Self {
            style,
            names: Vec::new(),
            waiting: Vec::new(),
            widths: Vec::new(),
            is_number: Vec::new(),
            is_settled: false,
            rows: 0,
            rows_above: 0,
            total: None,
            nouns: ("row", "rows"),
        }
    }

    /// A table beneath another one of so many rows, whose numbers go on. Of `total` rows it may
    /// show the first ones only; `nouns` says what one and several are called.
    pub(crate) fn continued(
        style: Style,
        rows_above: usize,
        total: usize,
        nouns: (&'static str, &'static str),
    ) -> Self {
        Self {
            rows_above,
            total: Some(total),
            nouns,
            ..Self::new(style)
        }
    }

    /// Settles the widths and writes what waited for them.
    fn settle(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.is_settled = true;
        let columns = self.names.len();
        self.widths = self.names.iter().map(|name| width(name)).collect();
        self.is_number = vec![!self.waiting.is_empty(); columns];
        for row in &self.waiting {
            let measures = self.widths.iter_mut().zip(&mut self.is_number);
            for ((widest, is_number), cell) in measures.zip(&row.cells) {
                *widest = (*widest).max(width(&one_line(&cell.shown())));
                *is_number &= matches!(cell, Field::Number(_) | Field::Empty);
            }
        }
        if let Some(limit) = self.style.columns {
            let margin = self.margin() + GAP.len() * columns.saturating_sub(1);
            shrink(&mut self.widths, limit.saturating_sub(margin));
        }
        self.write_head(out)?;
        for (i, row) in std::mem::take(&mut self.waiting).iter().enumerate() {
            self.write_row(out, self.rows_above + i + 1, &row.cells, &row.sources)?;
        }
        Ok(())
    }

    /// The columns taken by the row's number.
    fn margin(&self) -> usize {
        if self.style.is_numbered {
            NUMBER_WIDTH + GAP.len()
        } else {
            0
        }
    }

    fn write_head(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.names.is_empty() {
            return Ok(());
        }
        let palette = self.style.palette;
        let margin = " ".repeat(self.margin());
        let mut head = margin.clone();
        let mut line = margin;
        for (i, (name, &widest)) in self.names.iter().zip(&self.widths).enumerate() {
            if i > 0 {
                head.push_str(GAP);
                line.push_str(GAP);
            }
            let is_number = self.is_number.get(i).copied().unwrap_or(false);
            head.push_str(&aligned(&fit(name, widest), widest, is_number));
            line.push_str(&"─".repeat(widest));
        }
        writeln!(out, "{}", palette.strong(head.trim_end()))?;
        writeln!(out, "{}", palette.faint(&line))
    }

    fn write_row(
        &self,
        out: &mut dyn Write,
        number: usize,
        cells: &[Field<'_>],
        sources: &[Source],
    ) -> io::Result<()> {
        let palette = self.style.palette;
        let mut line = String::new();
        if self.style.is_numbered {
            line.push_str(&palette.faint(&format!("{number:>NUMBER_WIDTH$}")));
            line.push_str(GAP);
        }
        for (i, (cell, &widest)) in cells.iter().zip(&self.widths).enumerate() {
            if i > 0 {
                line.push_str(GAP);
            }
            let shown = one_line(&cell.shown());
            let shown = if self.style.columns.is_some() {
                fit(&shown, widest)
            } else {
                shown
            };
            let is_number = self.is_number.get(i).copied().unwrap_or(false);
            line.push_str(&aligned(&shown, widest, is_number));
        }
        writeln!(out, "{}", line.trim_end())?;
        if self.style.has_sources {
            write_sources(out, sources, self.margin(), palette)?;
        }
        Ok(())
    }
}

/// Room for row numbers up to 999; wider ones push their row to the right.
const NUMBER_WIDTH: usize = 3;

impl RowWriter for TableWriter {
    fn begin(&mut self, _out: &mut dyn Write, columns: &[String]) -> io::Result<()> {
        self.names = columns.to_vec();
        Ok(())
    }

    fn row(
        &mut self,
        out: &mut dyn Write,
        cells: &[Field<'_>],
        sources: &[Source],
    ) -> io::Result<()> {
        self.rows += 1;
        if self.is_settled {
            return self.write_row(out, self.rows_above + self.rows, cells, sources);
        }
        self.waiting.push(Waiting {
            cells: cells.iter().cloned().map(Field::into_owned).collect(),
            sources: sources.to_vec(),
        });
        if self.waiting.len() >= ROWS_MEASURED {
            self.settle(out)?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.is_settled && self.rows > 0 {
            self.settle(out)?;
        }
        let (one, many) = self.nouns;
        let total = self.total.unwrap_or(self.rows);
        let mut count = counted(total, one, many);
        if self.rows < total {
            count = format!("{} of {count}", self.rows);
        }
        writeln!(out, "{}", self.style.palette.faint(&format!("({count})")))
    }
}

/// The sentences behind a row, indented under it.
fn write_sources(
    out: &mut dyn Write,
    sources: &[Source],
    margin: usize,
    palette: Palette,
) -> io::Result<()> {
    let indent = " ".repeat(margin + 2);
    for source in sources {
        let mut origin = match &source.title {
            Some(title) => format!("{}, {}", one_line(title), source.document),
            None => source.document.clone(),
        };
        if let Some(number) = source.sentence {
            origin.push_str(&format!(", sentence {}", number + 1));
        }
        if let Some(date) = &source.published {
            origin.push_str(&format!(", {date}"));
        }
        if let Some(speaker) = &source.speaker {
            origin.push_str(&format!(", {speaker}"));
        }
        if source.text.is_empty() {
            writeln!(out, "{indent}{}", palette.faint(&origin))?;
        } else {
            let text = one_line(&source.text);
            writeln!(
                out,
                "{indent}“{text}” {}",
                palette.faint(&format!("({origin})"))
            )?;
        }
    }
    Ok(())
}

/// Takes columns from the widest until all fit, evenly.
fn shrink(widths: &mut [usize], limit: usize) {
    while widths.iter().sum::<usize>() > limit {
        let Some(widest) = widths.iter_mut().max() else {
            return;
        };
        if *widest <= NARROWEST {
            return;
        }
        *widest -= 1;
    }
}

/// A text in so many columns, cut with an ellipsis where it is longer.
pub(crate) fn fit(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for character in text.chars() {
        let wide = width(character.encode_utf8(&mut [0; 4]));
        if used + wide > columns {
            break;
        }
        used += wide;
        kept.push(character);
    }
    format!("{}…", kept.trim_end())
}

/// A text without line ends, tabs and control characters, which would break the table.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect()
}

/// A text with spaces to the width: numbers at the right, everything else at the left.
fn aligned(text: &str, columns: usize, is_number: bool) -> String {
    let spaces = " ".repeat(columns.saturating_sub(width(text)));
    if is_number {
        format!("{spaces}{text}")
    } else {
        format!("{text}{spaces}")
    }
}
