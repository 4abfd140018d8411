//! Paragraphs of plain text.

use std::ops::Range;

use crate::markup::read_date;
use crate::text::document::{Metadata, SentenceKind};
use crate::text::layout::{Layout, Paragraph, note_published, trimmed};

/// Wrapped text has lines of at most so many characters.
const LONGEST_WRAPPED_LINE: usize = 110;
/// Lines shorter than this are not wrapped but end where they end.
const SHORTEST_WRAPPED_LINE: usize = 40;

/// The paragraphs of a plain text.
pub(super) fn paragraphs(text: &str) -> Layout {
    let mut metadata = Metadata::default();
    let start = prefix(text, &mut metadata);
    let mut paragraphs = Vec::new();
    let mut chunk: Vec<Range<usize>> = Vec::new();
    let mut place = start;
    for line in text.get(start..).unwrap_or("").split_inclusive('\n') {
        let range = trimmed(text, place..place + line.len());
        place += line.len();
        if range.is_empty() {
            add_chunk(text, &mut chunk, &mut paragraphs);
        } else {
            chunk.push(range);
        }
    }
    add_chunk(text, &mut chunk, &mut paragraphs);
    Layout {
        text: text.to_owned(),
        metadata,
        paragraphs,
    }
}

/// Reads ` date 2021-10-28 ` at the start and says where the text begins.
fn prefix(text: &str, metadata: &mut Metadata) -> usize {
    let trimmed =
        text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{FEFF}');
    let start = text.len() - trimmed.len();
    let after = |word: &str| {
        let head = trimmed.get(..word.len())?;
        head.eq_ignore_ascii_case(word)
            .then(|| trimmed.get(word.len()..))?
    };
    let Some(rest) = after("date:").or_else(|| after("date ")) else {
        return start;
    };
    let rest = rest.trim_start_matches(' ');
    let Some(date) = rest.get(..10).and_then(read_date) else {
        return start;
    };
    let ends = rest
        .get(10..)
        .is_some_and(|rest| rest.starts_with(char::is_whitespace) || rest.is_empty());
    if !ends {
        return start;
    }
    note_published(metadata, Some(date));
    text.len() - rest.len() + 10
}

/// Adds the lines between two empty ones: one paragraph where they are wrapped, else one a line.
fn add_chunk(text: &str, lines: &mut Vec<Range<usize>>, paragraphs: &mut Vec<Paragraph>) {
    let length = |range: &Range<usize>| text.get(range.clone()).unwrap_or("").chars().count();
    let longest = lines.iter().map(length).max().unwrap_or(0);
    let is_full = |range: &Range<usize>| length(range) * 5 >= longest * 3;
    let without_last = lines.len().saturating_sub(1);
    let is_wrapped = (SHORTEST_WRAPPED_LINE..=LONGEST_WRAPPED_LINE).contains(&longest)
        && lines.iter().take(without_last).all(is_full);
    let mut open: Option<Range<usize>> = None;
    for line in lines.drain(..) {
        let starts_item = is_item(text.get(line.clone()).unwrap_or(""));
        match &mut open {
            Some(paragraph) if is_wrapped && !starts_item => paragraph.end = line.end,
            _ => {
                paragraphs.extend(open.replace(line).map(body));
            }
        }
    }
    paragraphs.extend(open.map(body));
}

fn body(range: Range<usize>) -> Paragraph {
    Paragraph {
        range,
        kind: SentenceKind::Body,
    }
}

/// Whether a line begins an item of a list.
fn is_item(line: &str) -> bool {
    let mut letters = line.chars();
    match letters.next() {
        Some('-' | '*' | '•' | '–' | '·' | '+') => letters.next() == Some(' '),
        Some(first) if first.is_ascii_digit() => {
            let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
            rest.starts_with(". ") || rest.starts_with(") ")
        }
        _ => false,
    }
}
