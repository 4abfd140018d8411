//! Long documents, part by part, so that memory does not grow with them.
//!
//! The layout is the whole document's: headline, date and section heads are told from all of it.
//! Sentences, trees, values, quotations and coreference belong to their part; names meet again in
//! the store, where equal names are one entity.

use std::ops::Range;
use std::sync::Arc;

use super::{Reader, add_sentences};
use crate::text::document::{AnnotatedDocument, Metadata};
use crate::text::layout::{Layout, Paragraph};

/// A part ends with the paragraph that reaches so many bytes: some 90,000 words, more than nearly
/// all documents have, which take some 40 MB when read.
const PART_BYTES: usize = 512 << 10;
/// Longer paragraphs are cut, in bytes: they are tables, logs or texts without line ends.
const LONGEST_PARAGRAPH: usize = 64 << 10;

/// The parts of a document, read one after the other; at least one.
///
/// Their spans and paragraph numbers are those of the whole document, sentences are counted on
/// from [`AnnotatedDocument::sentences_before`].
#[derive(Debug)]
pub struct Parts {
    reader: Reader,
    text: Arc<str>,
    metadata: Metadata,
    pieces: std::iter::Peekable<Pieces>,
    sentences_before: usize,
    has_begun: bool,
}

impl Parts {
    pub(super) fn new(reader: Reader, layout: Layout) -> Self {
        let text: Arc<str> = layout.text.into();
        Self {
            reader,
            pieces: pieces(&text, layout.paragraphs).peekable(),
            text,
            metadata: layout.metadata,
            sentences_before: 0,
            has_begun: false,
        }
    }
}

impl Iterator for Parts {
    type Item = AnnotatedDocument;

    fn next(&mut self) -> Option<AnnotatedDocument> {
        if self.has_begun && self.pieces.peek().is_none() {
            return None;
        }
        self.has_begun = true;
        let mut document = AnnotatedDocument {
            text: Arc::clone(&self.text),
            metadata: self.metadata.clone(),
            sentences_before: self.sentences_before,
            ..AnnotatedDocument::default()
        };
        let mut bytes = 0;
        while bytes < PART_BYTES
            && let Some((number, piece)) = self.pieces.next()
        {
            bytes += piece.range.len();
            add_sentences(&self.text, &piece, number, &mut document.sentences);
        }
        self.sentences_before += document.sentences.len();
        self.reader.complete(&mut document);
        Some(document)
    }
}

/// The paragraphs with their numbers, those that are too long in several pieces. What the layout
/// has parted from a paragraph, such as its dateline, has the number of that paragraph.
#[derive(Debug)]
pub(super) struct Pieces {
    text: Arc<str>,
    paragraphs: std::vec::IntoIter<Paragraph>,
    number: u32,
    /// Where the paragraph before ended.
    end: usize,
    /// What is left of the paragraph with that number.
    rest: Option<Paragraph>,
}

impl Iterator for Pieces {
    type Item = (u32, Paragraph);

    fn next(&mut self) -> Option<(u32, Paragraph)> {
        let mut paragraph = match self.rest.take() {
            Some(rest) => rest,
            None => {
                let paragraph = self.paragraphs.next()?;
                let between = self.text.get(self.end..paragraph.range.start);
                let is_parted = between.is_some_and(|between| !between.contains('\n'));
                self.number = match is_parted && self.number > 0 {
                    true => self.number,
                    false => self.number.saturating_add(1),
                };
                self.end = paragraph.range.end;
                paragraph
            }
        };
        let end = end_of_piece(&self.text, paragraph.range.clone());
        if end < paragraph.range.end {
            self.rest = Some(Paragraph {
                range: end..paragraph.range.end,
                kind: paragraph.kind,
            });
            paragraph.range.end = end;
        }
        Some((self.number - 1, paragraph))
    }
}

/// Where the first piece of a range ends: behind the last end of a sentence that fits, else the
/// last space, else the last character.
fn end_of_piece(text: &str, range: Range<usize>) -> usize {
    if range.len() <= LONGEST_PARAGRAPH {
        return range.end;
    }
    let limit = (range.start..=range.start + LONGEST_PARAGRAPH)
        .rev()
        .find(|&place| text.is_char_boundary(place));
    let limit = limit.unwrap_or(range.end);
    let fitting = text.get(range.start..limit).unwrap_or("");
    let mut space = None;
    for (place, letter) in fitting.char_indices().rev() {
        if letter.is_whitespace() {
            let before = fitting.get(..place).unwrap_or("");
            if before.ends_with(['.', '!', '?']) {
                return range.start + place;
            }
            space = space.or(Some(place).filter(|&place| place > 0));
        }
    }
    space.map_or(limit, |place| range.start + place)
}

/// The pieces of a layout whose text is given.
pub(super) fn pieces(text: &Arc<str>, paragraphs: Vec<Paragraph>) -> Pieces {
    Pieces {
        text: Arc::clone(text),
        paragraphs: paragraphs.into_iter(),
        number: 0,
        end: 0,
        rest: None,
    }
}

#[cfg(test)]
mod tests;
