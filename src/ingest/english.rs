//! The English reader as an extractor: text in, facts out.

use super::{Document, DocumentFormat, Extractor, Reading};
use crate::error::Result;
use crate::extraction::{EnglishExtractor, Extractor as _, entities};
use crate::provenance::Span;
use crate::text::document::AnnotatedDocument;
use crate::text::layout::{Format, Layout, Paragraph};
use crate::text::reader::{Reader, ReaderChoice, segment};

/// Which reader of English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReaderKind {
    /// The accurate one.
    #[default]
    Accurate,
    /// The fast one, for bulk.
    Fast,
}

/// Reads English documents. Making one loads its model; it is cheap to use from many threads.
///
/// What it annotates is read once. As an [`Extractor`] the accurate one reads each document a
/// second time, with the fast model: facts that both tell are surer.
///
/// # Examples
///
/// ```
/// use factbase::{Document, EnglishReader, Extractor};
///
/// # fn main() -> factbase::Result<()> {
/// let reader = EnglishReader::accurate()?;
/// let reading = reader.read(&Document::from_text("a.txt", "Ada Lovelace wrote a program."))?;
/// assert_eq!(reading.sentences.len(), 1);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct EnglishReader {
    kind: ReaderKind,
    reader: Reader,
}

impl EnglishReader {
    /// The accurate reader.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`](crate::Error::Damaged) if its model cannot be loaded.
    pub fn accurate() -> Result<Self> {
        Self::new(ReaderKind::Accurate)
    }

    /// The fast reader.
    ///
    /// # Errors
    ///
    /// As [`EnglishReader::accurate`].
    pub fn fast() -> Result<Self> {
        Self::new(ReaderKind::Fast)
    }

    fn new(kind: ReaderKind) -> Result<Self> {
        let reader = match kind {
            ReaderKind::Accurate => Reader::new(ReaderChoice::Accurate)?,
            ReaderKind::Fast => Reader::new(ReaderChoice::Fast)?,
        };
        Ok(Self { kind, reader })
    }

    /// The same, whose annotations hold the second reading that facts are compared with: for those
    /// who make facts from annotations themselves. The fast reader has none.
    ///
    /// # Errors
    ///
    /// As [`EnglishReader::accurate`].
    pub fn with_second_reading(self) -> Result<Self> {
        let reader = match self.kind {
            ReaderKind::Accurate => self.reader.with_second_reading()?,
            ReaderKind::Fast => self.reader,
        };
        Ok(Self { reader, ..self })
    }

    /// Which reader it is.
    #[must_use]
    pub fn kind(&self) -> ReaderKind {
        self.kind
    }

    /// How a document is read: tokens, tags, trees, names, values. It takes some 200 bytes a word.
    #[must_use]
    pub fn annotate(&self, document: &Document) -> AnnotatedDocument {
        let (text, format) = (document.source(), format_of(document));
        let mut annotated = self.reader.read(text, format, document.published());
        note_given(document, &mut annotated);
        annotated
    }

    /// How a document is read, part by part in bounded memory: some 90,000 words a part. Shorter
    /// documents are one part.
    pub fn annotate_parts<'a>(
        &self,
        document: &'a Document,
    ) -> impl Iterator<Item = AnnotatedDocument> + use<'a> {
        let (text, format) = (document.source(), format_of(document));
        let parts = self.reader.parts(text, format, document.published());
        parts.map(|mut part| {
            note_given(document, &mut part);
            part
        })
    }

    /// How sentences are read, one a line, each for itself.
    #[must_use]
    pub fn annotate_sentences(&self, text: &str) -> AnnotatedDocument {
        let mut layout = Layout {
            text: text.to_owned(),
            ..Layout::default()
        };
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let content = line.trim_end().len();
            if content > 0 {
                layout.paragraphs.push(Paragraph {
                    range: start..start + content,
                    kind: crate::text::document::SentenceKind::Body,
                });
            }
            start += line.len();
        }
        let lines: Vec<Span> = layout
            .paragraphs
            .iter()
            .map(|paragraph| span(paragraph.range.start, paragraph.range.end))
            .collect();
        let mut document = segment(layout);
        // What the splitter cut within a line belongs together again.
        let mut whole: Vec<crate::text::document::Sentence> = Vec::new();
        for sentence in std::mem::take(&mut document.sentences) {
            match whole.last_mut() {
                Some(last) if last.paragraph == sentence.paragraph => {
                    last.tokens.extend(sentence.tokens);
                }
                _ => whole.push(sentence),
            }
        }
        for sentence in &mut whole {
            if let Some(&line) = lines.get(sentence.paragraph as usize) {
                sentence.span = line;
            }
        }
        document.sentences = whole;
        self.reader.complete(&mut document);
        document
    }

    /// How sentences are read whose tokens are given: one sentence a line, spaces between tokens.
    #[must_use]
    pub fn annotate_pretokenized(&self, text: &str) -> AnnotatedDocument {
        self.reader.read_pretokenized(text)
    }

    /// Reads documents whose tokens are given, as CoNLL-U has them.
    pub fn complete(&self, document: &mut AnnotatedDocument) {
        self.reader.complete(document);
    }
}

/// Documents are shorter than 4 GB, so that offsets fit.
fn span(start: usize, end: usize) -> Span {
    let fit = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(fit(start), fit(end))
}

impl Extractor for EnglishReader {
    fn name(&self) -> String {
        match self.kind {
            ReaderKind::Accurate => "english/1".to_owned(),
            ReaderKind::Fast => "english-fast/1".to_owned(),
        }
    }

    fn read(&self, document: &Document) -> Result<Reading> {
        let reader = self.clone().with_second_reading()?;
        let mut parts = reader.annotate_parts(document).map(reading);
        let mut whole = parts.next().unwrap_or_default();
        parts.for_each(|part| whole.append(part));
        Ok(whole)
    }

    fn read_parts(
        &self,
        document: &Document,
        take: &mut dyn FnMut(Reading) -> Result<()>,
    ) -> Result<()> {
        let reader = self.clone().with_second_reading()?;
        let mut parts = reader.annotate_parts(document).map(reading);
        parts.try_for_each(take)
    }
}

/// What an annotated part says.
fn reading(annotated: AnnotatedDocument) -> Reading {
    let mut facts = EnglishExtractor.extract(&annotated);
    let before = u32::try_from(annotated.sentences_before).unwrap_or(u32::MAX);
    for evidence in facts.iter_mut().flat_map(|fact| &mut fact.evidence) {
        evidence.sentence = evidence
            .sentence
            .map(|number| number.saturating_add(before));
    }
    let sentences = annotated.sentences.iter().map(|sentence| sentence.span);
    Reading {
        sentences: sentences.collect(),
        entities: entities(&annotated),
        facts,
        title: annotated.metadata.title,
        published: annotated.metadata.published,
        place: annotated.metadata.place,
        agency: annotated.metadata.agency,
        text: annotated.text,
    }
}

fn format_of(document: &Document) -> Format {
    match document.format() {
        DocumentFormat::Text => Format::Plain,
        DocumentFormat::Markdown => Format::Markdown,
        DocumentFormat::Html => Format::Html,
    }
}

/// What was said about a document beforehand holds, whatever the document says of itself.
fn note_given(document: &Document, annotated: &mut AnnotatedDocument) {
    let metadata = &mut annotated.metadata;
    for (known, read) in [
        (document.given_title(), &mut metadata.title),
        (document.place(), &mut metadata.place),
        (document.given_agency(), &mut metadata.agency),
        (document.speaker(), &mut metadata.speaker),
    ] {
        if let Some(known) = known {
            *read = Some(known.to_owned());
        }
    }
    if let Some(second) = &mut annotated.second {
        note_given(document, second);
    }
}
