//! The layout of documents: paragraphs and what part each plays, and what the document says
//! about itself.
//!
//! A format reader (plain text, Markdown, HTML) finds the paragraphs; the rules of `furniture`
//! and `dateline` then tell headline, section heads, captions, datelines and furniture apart.
//! Nothing is guessed that the text does not show: without a headline there is no title.

mod byline;
mod dateline;
mod furniture;
mod plain;

use std::ops::Range;

use crate::markup::{Block, BlockKind, Markup, read_html, read_markdown};
use crate::text::document::{Metadata, SentenceKind};
use crate::value::Time;

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Plain text; paragraphs are separated by empty lines, or are lines.
    #[default]
    Plain,
    /// Markdown (CommonMark).
    Markdown,
    /// HTML.
    Html,
}

/// A document taken apart.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The plain text that the paragraphs lie in.
    pub text: String,
    /// Headline, date, place, agency.
    pub metadata: Metadata,
    /// The paragraphs in order.
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What part it plays.
    pub kind: SentenceKind,
}

impl Layout {
    /// Cuts a paragraph in two at a place of the text. What is parted from a paragraph stays in
    /// the document as one of its own, so that every word is read.
    fn split(&mut self, index: usize, place: usize, before: SentenceKind, after: SentenceKind) {
        let Some(paragraph) = self.paragraphs.get_mut(index) else {
            return;
        };
        let whole = paragraph.range.clone();
        paragraph.range = trimmed(&self.text, whole.start..place);
        paragraph.kind = before;
        let rest = Paragraph {
            range: trimmed(&self.text, place..whole.end),
            kind: after,
        };
        self.paragraphs.insert(index + 1, rest);
    }
}

/// Takes a document apart.
#[must_use]
pub fn lay_out(text: &str, format: Format) -> Layout {
    let mut layout = match format {
        Format::Plain => plain::paragraphs(text),
        Format::Markdown => marked(read_markdown(text)),
        Format::Html => marked(read_html(text)),
    };
    furniture::classify(&mut layout, format == Format::Plain);
    dateline::take(&mut layout);
    layout
        .paragraphs
        .retain(|paragraph| !paragraph.range.is_empty());
    layout
}

/// A document whose paragraphs its markup tells.
fn marked(markup: Markup) -> Layout {
    let paragraph = |block: Block| Paragraph {
        range: block.range,
        kind: match block.kind {
            BlockKind::Text => SentenceKind::Body,
            BlockKind::Heading => SentenceKind::Heading,
            BlockKind::Caption => SentenceKind::Caption,
        },
    };
    Layout {
        text: markup.text,
        metadata: Metadata {
            title: markup.title,
            published: markup.published,
            place: markup.place,
            agency: markup.agency,
            speaker: markup.speaker,
        },
        paragraphs: markup.blocks.into_iter().map(paragraph).collect(),
    }
}

/// What a document's text says of its day: kept where nothing better is known.
fn note_published(metadata: &mut Metadata, published: Option<Time>) {
    if metadata.published.is_none() {
        metadata.published = published;
    }
}

/// The range without white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or("");
    let start = part.len() - part.trim_start().len();
    range.start + start..range.start + start + part.trim().len()
}

#[cfg(test)]
mod tests;
