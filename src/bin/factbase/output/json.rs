//! JSON: an array of objects, or an object a line.

use std::io::{self, Write};

use factbase::Number;

use super::{Field, RowWriter, Source};

/// Writes objects with the columns' names as keys.
pub(crate) struct JsonWriter {
    is_array: bool,
    has_sources: bool,
    /// The names of the columns with what stands before and behind them.
    keys: Vec<Vec<u8>>,
    rows: usize,
    line: Vec<u8>,
}

impl JsonWriter {
    /// One array of all rows.
    pub(crate) fn array(has_sources: bool) -> Self {
        Self {
            is_array: true,
            has_sources,
            keys: Vec::new(),
            rows: 0,
            line: Vec::new(),
        }
    }

    /// One object a line.
    pub(crate) fn lines(has_sources: bool) -> Self {
        Self {
            is_array: false,
            ..Self::array(has_sources)
        }
    }
}

impl RowWriter for JsonWriter {
    fn begin(&mut self, out: &mut dyn Write, columns: &[String]) -> io::Result<()> {
        // The keys are escaped once: a result has few columns and many rows.
        let key = |(place, name): (usize, &String)| {
            let mut key = Vec::with_capacity(name.len() + 4);
            if place > 0 {
                key.push(b',');
            }
            write_string(&mut key, name);
            key.push(b':');
            key
        };
        self.keys = columns.iter().enumerate().map(key).collect();
        if self.is_array {
            out.write_all(b"[")?;
        }
        Ok(())
    }

    fn row(
        &mut self,
        out: &mut dyn Write,
        cells: &[Field<'_>],
        sources: &[Source],
    ) -> io::Result<()> {
        self.line.clear();
        if self.is_array {
            self.line
                .extend_from_slice(if self.rows == 0 { b"\n" } else { b",\n" });
        }
        self.line.push(b'{');
        for (key, cell) in self.keys.iter().zip(cells) {
            self.line.extend_from_slice(key);
            write_cell(&mut self.line, cell);
        }
        if self.has_sources {
            if !self.keys.is_empty() {
                self.line.push(b',');
            }
            self.line.extend_from_slice(b"\"sources\":");
            write_sources(&mut self.line, sources);
        }
        self.line.push(b'}');
        if !self.is_array {
            self.line.push(b'\n');
        }
        self.rows += 1;
        out.write_all(&self.line)
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.is_array {
            return Ok(());
        }
        out.write_all(if self.rows == 0 { b"]\n" } else { b"\n]\n" })
    }
}

/// A field as JSON.
fn write_cell(line: &mut Vec<u8>, cell: &Field<'_>) {
    match cell {
        Field::Empty => line.extend_from_slice(b"null"),
        Field::Text(text) => write_string(line, text),
        Field::Number(Number::Integer(whole)) => {
            let _ = write!(line, "{whole}");
        }
        Field::Number(number) => {
            // Infinity and NaN are no JSON numbers.
            if number.as_f64().is_finite() {
                let _ = write!(line, "{number}");
            } else {
                line.extend_from_slice(b"null");
            }
        }
        Field::Boolean(truth) => {
            let _ = write!(line, "{truth}");
        }
    }
}

fn write_sources(line: &mut Vec<u8>, sources: &[Source]) {
    line.push(b'[');
    for (i, source) in sources.iter().enumerate() {
        if i > 0 {
            line.push(b',');
        }
        line.extend_from_slice(b"{\"fact\":");
        write_string(line, &source.fact);
        line.extend_from_slice(b",\"document\":");
        write_string(line, &source.document);
        line.extend_from_slice(b",\"title\":");
        match &source.title {
            Some(title) => write_string(line, title),
            None => line.extend_from_slice(b"null"),
        }
        line.extend_from_slice(b",\"sentence\":");
        match source.sentence {
            Some(number) => {
                let _ = write!(line, "{number}");
            }
            None => line.extend_from_slice(b"null"),
        }
        for (key, text) in [
            ("text", Some(source.text.as_str())),
            ("published", source.published.as_deref()),
            ("speaker", source.speaker.as_deref()),
        ] {
            let _ = write!(line, ",\"{key}\":");
            match text {
                Some(text) => write_string(line, text),
                None => line.extend_from_slice(b"null"),
            }
        }
        let _ = write!(line, ",\"confidence\":{}}}", source.confidence);
    }
    line.push(b']');
}

/// A text as a JSON string. Runs without anything to escape are copied whole.
fn write_string(line: &mut Vec<u8>, text: &str) {
    line.push(b'"');
    let mut rest = text.as_bytes();
    while let Some(place) = end_of_plain(rest) {
        let (plain, special) = rest.split_at(place);
        line.extend_from_slice(plain);
        let Some((&byte, after)) = special.split_first() else {
            break;
        };
        match byte {
            b'"' => line.extend_from_slice(b"\\\""),
            b'\\' => line.extend_from_slice(b"\\\\"),
            b'\n' => line.extend_from_slice(b"\\n"),
            b'\r' => line.extend_from_slice(b"\\r"),
            b'\t' => line.extend_from_slice(b"\\t"),
            other => {
                let _ = write!(line, "\\u{other:04x}");
            }
        }
        rest = after;
    }
    line.extend_from_slice(rest);
    line.push(b'"');
}

/// The bytes that JSON does not take as they are.
const ESCAPED: [bool; 256] = {
    let mut escaped = [false; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        #[expect(clippy::indexing_slicing, reason = "a byte is less than 256")]
        let is_escaped = &mut escaped[byte as usize];
        *is_escaped = byte < 0x20 || byte == b'"' || byte == b'\\';
        byte += 1;
    }
    escaped
};

/// Where a text has something to escape.
fn end_of_plain(bytes: &[u8]) -> Option<usize> {
    let is_escaped = |&byte: &u8| ESCAPED.get(usize::from(byte)) == Some(&true);
    bytes.iter().position(is_escaped)
}
