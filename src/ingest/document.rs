//! Documents as they are given: a name, a text, and what is known about it beforehand.

use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::markup::{Markup, read_html, read_markdown};
use crate::value::Time;

/// The longest document that is read, in bytes. Longer texts are books in several volumes; their
/// parts are better documents. Spans are 32-bit offsets, too.
pub(crate) const LONGEST_DOCUMENT: u64 = 64 << 20;

/// The markup of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum DocumentFormat {
    /// Plain text.
    #[default]
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
}

impl DocumentFormat {
    /// The format that a file's name tells, and where it tells nothing, the text itself.
    ///
    /// # Examples
    ///
    /// ```
    /// use factbase::DocumentFormat;
    ///
    /// assert_eq!(DocumentFormat::guess("notes.md", ""), DocumentFormat::Markdown);
    /// assert_eq!(DocumentFormat::guess("-", "<!doctype html>"), DocumentFormat::Html);
    /// ```
    #[must_use]
    pub fn guess(name: &str, text: &str) -> Self {
        let extension = Path::new(name)
            .extension()
            .and_then(|extension| extension.to_str())
            .map(str::to_ascii_lowercase);
        match extension.as_deref() {
            Some("md" | "markdown") => return Self::Markdown,
            Some("html" | "htm" | "xhtml") => return Self::Html,
            Some("txt" | "text") => return Self::Text,
            _ => {}
        }
        let head: String = text
            .trim_start()
            .chars()
            .take(15)
            .collect::<String>()
            .to_ascii_lowercase();
        if head.starts_with("<!doctype html") || head.starts_with("<html") {
            Self::Html
        } else {
            Self::Text
        }
    }
}

/// A document to be read.
///
/// # Examples
///
/// ```
/// use factbase::Document;
///
/// let document = Document::from_text("curie.txt", "Marie Curie won the Nobel Prize in 1903.")
///     .with_speaker("Eve Curie")
///     .with_published("1937-01-01".parse().unwrap());
/// assert_eq!(document.name(), "curie.txt");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    name: String,
    source: String,
    format: DocumentFormat,
    plain: Markup,
    /// What was said about the document beforehand, not read from it.
    given: Given,
    place: Option<String>,
    speaker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Given {
    title: Option<String>,
    agency: Option<String>,
}

/// A line of a file of texts.
#[derive(Debug, Deserialize)]
struct TextLine {
    #[serde(alias = "document", alias = "id")]
    name: Option<serde_json::Value>,
    text: String,
    title: Option<String>,
    #[serde(alias = "date")]
    published: Option<String>,
    place: Option<String>,
    #[serde(alias = "source")]
    agency: Option<String>,
    speaker: Option<String>,
    format: Option<String>,
}

impl Document {
    /// A document from a text; its markup is guessed from the name and the text.
    #[must_use]
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (name, source) = (name.into(), text.into());
        let format = DocumentFormat::guess(&name, &source);
        let document = Self {
            name,
            format,
            plain: Markup::default(),
            given: Given::default(),
            source,
            place: None,
            speaker: None,
        };
        document.with_format(format)
    }

    /// A document from a file; its name is the path as given.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the file cannot be read, [`Error::Input`] if it is not UTF-8 or longer
    /// than 64 MB.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn main() -> factbase::Result<()> {
    /// let document = factbase::Document::from_path("README.md")?;
    /// assert_eq!(document.name(), "README.md");
    /// # Ok(())
    /// # }
    /// ```
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let io = |source| Error::Io {
            action: format!("cannot read {name}"),
            source,
        };
        let size = std::fs::metadata(path).map_err(io)?.len();
        check_length(&name, size)?;
        let bytes = std::fs::read(path).map_err(io)?;
        Self::from_bytes(name, bytes)
    }

    /// A document from bytes in UTF-8, with or without a byte-order mark, or in UTF-16 with one.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] if the bytes are in another encoding, of a binary file or more than 64 MB.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self> {
        let name = name.into();
        check_length(&name, bytes.len() as u64)?;
        let wide = match bytes.as_slice() {
            [0xff, 0xfe, rest @ ..] => Some((rest, u16::from_le_bytes as fn([u8; 2]) -> u16)),
            [0xfe, 0xff, rest @ ..] => Some((rest, u16::from_be_bytes as fn([u8; 2]) -> u16)),
            _ => None,
        };
        let text = match wide {
            Some((units, unit)) => from_utf16(&name, units, unit)?,
            None => String::from_utf8(bytes).map_err(|error| {
                let place = error.utf8_error().valid_up_to();
                Error::input(&name, format!("the text is not UTF-8 at byte {place}")).with_help(
                    "convert it first, for example with iconv -f WINDOWS-1252 -t UTF-8 FILE",
                )
            })?,
        };
        if text.contains('\0') {
            return Err(Error::input(&name, "this is a binary file, not a text"));
        }
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        Ok(Self::from_text(name, text))
    }

    /// A document from a line of JSON: an object with `text` and, where known, `name`, `title`,
    /// `published`, `place`, `agency`, `speaker` and `format`.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] if the line is no such object.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn main() -> factbase::Result<()> {
    /// let line = r#"{"name":"a","text":"It rained.","published":"2024-02-29"}"#;
    /// let document = factbase::Document::from_json(line, "texts.jsonl:1")?;
    /// assert_eq!(document.name(), "a");
    /// # Ok(())
    /// # }
    /// ```
    pub fn from_json(line: &str, default_name: &str) -> Result<Self> {
        let line: TextLine = serde_json::from_str(line).map_err(|error| {
            Error::input(default_name, error.to_string())
                .with_help("a line is an object with \"text\", and \"name\" if it has one")
        })?;
        let name = match line.name {
            Some(serde_json::Value::String(name)) if !name.is_empty() => name,
            Some(serde_json::Value::Number(number)) => number.to_string(),
            _ => default_name.to_owned(),
        };
        check_length(&name, line.text.len() as u64)?;
        let format = match line.format.as_deref() {
            None => DocumentFormat::guess(&name, &line.text),
            Some("text") => DocumentFormat::Text,
            Some("markdown") => DocumentFormat::Markdown,
            Some("html") => DocumentFormat::Html,
            Some(other) => {
                return Err(Error::input(&name, format!("there is no format {other:?}"))
                    .with_help("one of text, markdown, html"));
            }
        };
        let mut document = Self::from_text(name, line.text).with_format(format);
        if let Some(published) = line.published {
            let time = published.parse();
            let time = time.map_err(|_| {
                Error::input(
                    &document.name,
                    format!("published: not a date: {published:?}"),
                )
            })?;
            document.plain.published = Some(time);
        }
        document.given = Given {
            title: line.title,
            agency: line.agency,
        };
        document.place = line.place;
        document.speaker = line.speaker;
        Ok(document)
    }

    /// The same document, its text read as this format.
    #[must_use]
    pub fn with_format(mut self, format: DocumentFormat) -> Self {
        self.format = format;
        self.plain = match format {
            DocumentFormat::Text => Markup {
                text: self.source.clone(),
                ..Markup::default()
            },
            DocumentFormat::Markdown => read_markdown(&self.source),
            DocumentFormat::Html => read_html(&self.source),
        };
        self
    }

    /// The same document under another name.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The same document with a headline.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.given.title = Some(title.into());
        self
    }

    /// The same document with its day of publication, from which "yesterday" is counted.
    #[must_use]
    pub fn with_published(mut self, published: Time) -> Self {
        self.plain.published = Some(published);
        self
    }

    /// The same document with the one who speaks where the text says "I" and names no one.
    #[must_use]
    pub fn with_speaker(mut self, speaker: impl Into<String>) -> Self {
        self.speaker = Some(speaker.into());
        self
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its markup.
    #[must_use]
    pub fn format(&self) -> DocumentFormat {
        self.format
    }

    /// The text as it was given, with its markup.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The headline that was given, not read.
    pub(crate) fn given_title(&self) -> Option<&str> {
        self.given.title.as_deref()
    }

    /// The agency that was given, not read.
    pub(crate) fn given_agency(&self) -> Option<&str> {
        self.given.agency.as_deref()
    }

    /// Its plain text, which all spans of its facts refer to.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.plain.text
    }

    /// Its headline, where it is known beforehand.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.given_title().or(self.plain.title.as_deref())
    }

    /// Its day of publication, where it is known beforehand.
    #[must_use]
    pub fn published(&self) -> Option<Time> {
        self.plain.published
    }

    /// Its place, where it is known beforehand.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref().or(self.plain.place.as_deref())
    }

    /// Its agency or site, where it is known beforehand.
    #[must_use]
    pub fn agency(&self) -> Option<&str> {
        self.given_agency().or(self.plain.agency.as_deref())
    }

    /// Who speaks where the text says "I" and names no one.
    #[must_use]
    pub fn speaker(&self) -> Option<&str> {
        self.speaker.as_deref().or(self.plain.speaker.as_deref())
    }

    /// What it is known by: the SHA-256 of its text and of all that was said about it. Two
    /// documents with the same name and fingerprint are the same.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hexadecimal(self.hash())
    }

    /// The same, of what an extractor reads from it.
    pub(super) fn fingerprint_read_by(&self, extractor: &str) -> String {
        let mut hash = self.hash();
        hash.update([1]);
        hash.update(extractor.as_bytes());
        hexadecimal(hash)
    }

    fn hash(&self) -> Sha256 {
        let mut hash = Sha256::new();
        hash.update(self.source.as_bytes());
        let known = [
            self.given.title.clone(),
            self.plain.published.map(|time| time.to_string()),
            self.given.agency.clone(),
            self.place.clone(),
            self.speaker.clone(),
        ];
        if known.iter().any(Option::is_some) {
            for field in known {
                hash.update([0]);
                hash.update(field.unwrap_or_default().as_bytes());
            }
        }
        hash
    }
}

fn hexadecimal(hash: Sha256) -> String {
    let digest = hash.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The text of units of two bytes, whose order the byte-order mark told.
fn from_utf16(name: &str, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text: std::result::Result<String, _> =
        char::decode_utf16(pairs.iter().map(|&pair| unit(pair))).collect();
    match text {
        Ok(text) if rest.is_empty() => Ok(text),
        _ => Err(Error::input(
            name,
            "the text begins as UTF-16 and is not UTF-16 throughout",
        )),
    }
}

fn check_length(name: &str, bytes: u64) -> Result<()> {
    if bytes > LONGEST_DOCUMENT {
        return Err(Error::input(name, "the document is longer than 64 MB")
            .with_help("split it into parts"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_of_a_plain_text_is_the_checksum_of_its_bytes() {
        let document = Document::from_text("a.txt", "abc");
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(document.fingerprint(), known);
        assert_ne!(document.with_speaker("Ada").fingerprint(), known);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [vec![0xff, 0xfe, 0x41], b"a\0b".to_vec()] {
            assert!(Document::from_bytes("x", bytes).is_err());
        }
        let marked = Document::from_bytes("x", "\u{feff}It rained.".into()).unwrap();
        assert_eq!(marked.text(), "It rained.");
    }

    #[test]
    fn a_text_in_units_of_two_bytes_is_read_by_its_mark() {
        for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes = "\u{feff}Ærø 🙂".encode_utf16().flat_map(to_bytes).collect();
            assert_eq!(Document::from_bytes("x", bytes).unwrap().text(), "Ærø 🙂");
        }
        let alone = [0xff, 0xfe, 0x00, 0xd8].to_vec();
        assert!(Document::from_bytes("x", alone).is_err());
    }

    #[test]
    fn a_line_of_texts_needs_only_its_text() {
        let document = Document::from_json(r#"{"text":"It rained."}"#, "texts.jsonl:3").unwrap();
        assert_eq!(document.name(), "texts.jsonl:3");
        for line in ["{}", "[]", r#"{"text":"x","published":"soon"}"#] {
            assert!(
                Document::from_json(line, "texts.jsonl:3").is_err(),
                "{line}"
            );
        }
    }
}
