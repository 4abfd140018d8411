//! The reader: from raw text to the annotated document, everything in its order.
//!
//! Layout, sentences and tokens by rule; tags, trees and name tags from the model; then lemmas,
//! and over the whole document values, entities, quotations and coreference.

mod listing;
mod part;
mod seen;

use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization, is_nfc_quick};

use crate::Result;
use crate::provenance::Span;
use crate::text::document::{AnnotatedDocument, NameTag, Sentence, SentenceKind, Token};
use crate::text::layout::{Format, Layout, Paragraph, lay_out};
use crate::text::lemma::lemmatize_among;
use crate::text::model::{self, Analyzer};
use crate::text::tag::{FineTag, UniversalTag};
use crate::text::{
    coreference, dependency::Relation, entity, name, numeral, quotation, sentence, temporal, token,
};
use crate::value::Time;

pub use part::Parts;
pub(crate) use seen::is_rank;

/// Longer sentences are cut: no rule below is asked for more than this many tokens at once.
const LONGEST_SENTENCE: usize = 512;
/// The model sees so many sentences at once, which bounds its memory.
const SENTENCES_A_BATCH: usize = 256;

/// Which model reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReaderChoice {
    /// The transformer: the better trees.
    #[default]
    Accurate,
    /// The recurrent network: several times faster.
    Fast,
}

/// Reads documents.
///
/// # Examples
///
/// ```no_run
/// use factbase::text::layout::Format;
/// use factbase::text::reader::{Reader, ReaderChoice};
///
/// let reader = Reader::new(ReaderChoice::Accurate)?;
/// let document = reader.read("Ada King wrote to Babbage.", Format::Plain, None);
/// assert_eq!(document.sentences.len(), 1);
/// # Ok::<(), factbase::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Reader {
    analyzer: &'static dyn Analyzer,
    second: Option<&'static dyn Analyzer>,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Reader").finish_non_exhaustive()
    }
}

impl Reader {
    /// A reader with one of the models. The first of each unpacks its weights; the rest share
    /// them.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`](crate::Error::Damaged) if the weights are not as they were built.
    pub fn new(choice: ReaderChoice) -> Result<Self> {
        let analyzer = match choice {
            ReaderChoice::Accurate => model::accurate()?,
            ReaderChoice::Fast => model::fast()?,
        };
        Ok(Self {
            analyzer,
            second: None,
        })
    }

    /// The same, with a second reading by the fast model in [`AnnotatedDocument::second`]. It
    /// takes a fifth longer, and tells from what both say how sure a fact is.
    ///
    /// # Errors
    ///
    /// As [`Reader::new`].
    pub fn with_second_reading(self) -> Result<Self> {
        let second = Some(model::fast()?);
        Ok(Self { second, ..self })
    }

    /// Reads a document as a whole. `published` overrides the day that the document gives itself.
    ///
    /// What it gives takes some 200 bytes a word; [`Reader::parts`] reads long documents in
    /// bounded memory.
    #[must_use]
    pub fn read(&self, text: &str, format: Format, published: Option<Time>) -> AnnotatedDocument {
        let mut document = segment(lay_out(fitting(text), format));
        if published.is_some() {
            document.metadata.published = published;
        }
        self.complete(&mut document);
        document
    }

    /// Reads a document part by part, each of some 90,000 words; shorter ones are one part.
    #[must_use]
    pub fn parts(&self, text: &str, format: Format, published: Option<Time>) -> Parts {
        let mut layout = lay_out(fitting(text), format);
        if published.is_some() {
            layout.metadata.published = published;
        }
        Parts::new(*self, layout)
    }

    /// Reads one sentence a line, its tokens separated by single spaces and kept as they are.
    #[must_use]
    pub fn read_pretokenized(&self, text: &str) -> AnnotatedDocument {
        let mut document = pretokenized(fitting(text));
        self.complete(&mut document);
        document
    }

    /// Fills in all that follows from the tokens of a document: analysis and annotation, and the
    /// second reading where there is to be one.
    pub fn complete(&self, document: &mut AnnotatedDocument) {
        let second = self.second.map(|analyzer| {
            let mut second = document.clone();
            let reader = Self {
                analyzer,
                second: None,
            };
            reader.complete(&mut second);
            Box::new(second)
        });
        self.analyze(document);
        self.annotate(document);
        document.second = second;
    }

    /// Fills in tags, trees, name tags and lemmas of the tokens that a document has.
    pub fn analyze(&self, document: &mut AnnotatedDocument) {
        for batch in document.sentences.chunks_mut(SENTENCES_A_BATCH) {
            let words: Vec<Vec<String>> = batch.iter().map(seen::seen).collect();
            let borrowed: Vec<Vec<&str>> = words
                .iter()
                .map(|sentence| sentence.iter().map(String::as_str).collect())
                .collect();
            let analyses = self.analyzer.analyze(&borrowed);
            for (sentence, analysis) in batch.iter_mut().zip(analyses) {
                let count = sentence.tokens.len();
                let mut rivals = Vec::with_capacity(count);
                for (token, word) in sentence.tokens.iter_mut().zip(analysis.words) {
                    token.universal_tag = word.universal_tag;
                    token.fine_tag = word.fine_tag;
                    token.head = word.head.checked_sub(1).filter(|&head| head < count);
                    token.relation = word.relation;
                    token.margin = word.margin;
                    token.name = word.name;
                    rivals.push(word.rivals);
                }
                lemmatize_among(sentence, &rivals);
            }
        }
    }

    /// Finds values, entities, quotations and coreference in an analysed document.
    pub fn annotate(&self, document: &mut AnnotatedDocument) {
        annotate(document);
    }
}

/// Finds values, entities, quotations and coreference in an analysed document, such as one read
/// from CoNLL-U.
pub fn annotate(document: &mut AnnotatedDocument) {
    for sentence in &mut document.sentences {
        let tags = entity::mended_tags(sentence);
        for (token, tag) in sentence.tokens.iter_mut().zip(tags) {
            token.name = tag;
        }
    }
    name::settle(document);
    find_values(document);
    coreference::resolve(document);
    document.quotations = quotation::find(document);
}

/// Fills in the times and amounts.
fn find_values(document: &mut AnnotatedDocument) {
    let published = document.metadata.published;
    let mut values = Vec::new();
    for (number, sentence) in document.sentences.iter().enumerate() {
        // Nobody knows on which day the words under a picture were written.
        let day = published.filter(|_| sentence.kind != SentenceKind::Caption);
        let times = temporal::times(number, sentence, day);
        let amounts = numeral::amounts(number, sentence, &times);
        let start = values.len();
        values.extend(times);
        values.extend(amounts);
        if let Some(found) = values.get_mut(start..) {
            found.sort_by_key(|value| value.first);
        }
    }
    temporal::across(&document.sentences, &mut values);
    document.values = values;
    numeral::settle_currencies(document);
}

/// The part of a text that spans can count: documents over 4 GiB are cut.
fn fitting(text: &str) -> &str {
    let most = u32::MAX as usize - 1;
    if text.len() <= most {
        return text;
    }
    let end = (0..=most).rev().find(|&end| text.is_char_boundary(end));
    text.get(..end.unwrap_or(0)).unwrap_or("")
}

/// Cuts the paragraphs of a document into sentences and tokens.
#[must_use]
pub fn segment(layout: Layout) -> AnnotatedDocument {
    let text: Arc<str> = layout.text.into();
    let mut sentences = Vec::new();
    for (number, piece) in part::pieces(&text, layout.paragraphs) {
        add_sentences(&text, &piece, number, &mut sentences);
    }
    AnnotatedDocument {
        text,
        metadata: layout.metadata,
        sentences,
        ..AnnotatedDocument::default()
    }
}

/// Appends the sentences of a paragraph with this number.
fn add_sentences(text: &str, paragraph: &Paragraph, number: u32, sentences: &mut Vec<Sentence>) {
    let spans = token::tokenize(text, paragraph.range.start, paragraph.range.end);
    for range in sentence::split(text, &spans) {
        for part in spans.get(range).unwrap_or(&[]).chunks(LONGEST_SENTENCE) {
            sentences.push(new_sentence(text, part, paragraph.kind, number));
        }
    }
}

fn new_sentence(text: &str, spans: &[Span], kind: SentenceKind, paragraph: u32) -> Sentence {
    let start = spans.first().map_or(0, |span| span.start);
    let end = spans.last().map_or(start, |span| span.end);
    let kept = listing::without_codes(text, spans);
    let tokens = kept.iter().map(|&span| new_token(span.of(text), span));
    Sentence {
        span: Span::new(start, end),
        kind,
        paragraph,
        tokens: tokens.collect(),
    }
}

/// A token before its analysis.
fn new_token(form: &str, span: Span) -> Token {
    Token {
        form: composed(form),
        span,
        lemma: String::new(),
        universal_tag: UniversalTag::Other,
        fine_tag: FineTag::ForeignWord,
        head: None,
        relation: Relation::Unspecified,
        margin: 0.0,
        name: NameTag::Outside,
    }
}

/// A form with its accents composed and without what cannot be seen, as the treebanks have it.
fn composed(form: &str) -> String {
    let is_hidden = |letter: char| matches!(letter, '\u{AD}' | '\u{200B}' | '\u{FEFF}');
    let is_plain = is_nfc_quick(form.chars()) == unicode_normalization::IsNormalized::Yes;
    if form.is_ascii() || is_plain && !form.contains(is_hidden) {
        return form.to_owned();
    }
    let shown: String = form.chars().filter(|l| !is_hidden(*l)).nfc().collect();
    if shown.is_empty() {
        form.to_owned()
    } else {
        shown
    }
}

/// One sentence a line; only the plain space separates tokens.
fn pretokenized(text: &str) -> AnnotatedDocument {
    let mut sentences = Vec::new();
    let mut place = 0;
    let fits = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        let mut tokens = Vec::new();
        let mut start = place;
        for word in content.split(' ') {
            if !word.is_empty() {
                let span = Span::new(fits(start), fits(start + word.len()));
                let mut token = new_token(word, span);
                word.clone_into(&mut token.form);
                tokens.push(token);
            }
            start += word.len() + 1;
        }
        if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
            sentences.push(Sentence {
                span: Span::new(first.span.start, last.span.end),
                kind: SentenceKind::Body,
                paragraph: u32::try_from(sentences.len()).unwrap_or(u32::MAX),
                tokens,
            });
        }
        place += line.len();
    }
    AnnotatedDocument {
        text: text.into(),
        sentences,
        ..AnnotatedDocument::default()
    }
}

#[cfg(test)]
mod tests;
