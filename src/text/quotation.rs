//! Quotations: passages between quotation marks or after "according to", and who speaks.
//!
//! Pairs of marks are matched within a paragraph; a paragraph that opens a mark and does not
//! close it goes on in the next one that opens again. The speaker is the subject of the verb of
//! saying next to the passage: in its sentence, else in the sentence before or after it, else
//! the speaker of the passage before in the same paragraph.

mod mark;
mod speaker;

use crate::provenance::Span;
use crate::text::document::{AnnotatedDocument, Quotation, SentenceKind};

use mark::Passage;
pub(crate) use speaker::is_saying;

/// Finds the quotations of a document whose mentions stand.
pub(crate) fn find(document: &AnnotatedDocument) -> Vec<Quotation> {
    let passages = mark::passages(document);
    let mut found: Vec<Option<Quotation>> = Vec::new();
    for (number, passage) in passages.iter().enumerate() {
        let previous = number.checked_sub(1).and_then(|i| passages.get(i));
        let source = speaker::beside(document, passage, &passages);
        let quotation = match source {
            Some(source) => Some(quotation_of(document, passage, source)),
            // Words in quotation marks that nobody says: a title, a term.
            None => carried(document, &found, passage, previous)
                .or_else(|| passage.is_long.then(|| unattributed(document, passage))),
        };
        found.push(quotation);
    }
    told_behind(&passages, &mut found);
    let mut found: Vec<Quotation> = found.into_iter().flatten().collect();
    found.extend(speaker::according(document, &passages));
    found.sort_by_key(|quotation| (quotation.span.start, quotation.span.end));
    found
}

/// Gives the paragraphs of a quotation that goes on behind them the speaker who is told at its
/// end.
fn told_behind(passages: &[Passage], found: &mut [Option<Quotation>]) {
    for number in (1..found.len()).rev() {
        let (before, rest) = found.split_at_mut(number);
        let goes_on = passages
            .get(number)
            .is_some_and(|passage| passage.continues);
        if let (true, Some(Some(first)), Some(Some(next))) =
            (goes_on, before.last_mut(), rest.first())
            && first.speaker.is_none()
            && first.speaker_text.is_none()
        {
            first.speaker = next.speaker;
            first.speaker_text.clone_from(&next.speaker_text);
        }
    }
}

/// Who says something and with what verb.
#[derive(Debug, Clone)]
struct Source {
    entity: Option<usize>,
    text: Option<String>,
    verb: Option<(usize, usize)>,
}

fn span_of(document: &AnnotatedDocument, passage: &Passage) -> Span {
    let token = |(sentence, token): (usize, usize)| {
        document
            .sentences
            .get(sentence)
            .and_then(|s| s.tokens.get(token))
            .map(|t| t.span)
    };
    let (first, last) = (token(passage.first), token(passage.last));
    match (first, last) {
        (Some(first), Some(last)) => Span::new(first.start, last.end),
        _ => Span::default(),
    }
}

fn quotation_of(document: &AnnotatedDocument, passage: &Passage, source: Source) -> Quotation {
    Quotation {
        span: span_of(document, passage),
        sentences: (passage.first.0, passage.last.0),
        speaker: source.entity,
        speaker_text: source.text.filter(|_| source.entity.is_none()),
        verb: source.verb,
    }
}

fn unattributed(document: &AnnotatedDocument, passage: &Passage) -> Quotation {
    let nobody = Source {
        entity: None,
        text: None,
        verb: None,
    };
    quotation_of(document, passage, nobody)
}

/// The same speaker goes on: in the same paragraph, or in a passage that continues.
fn carried(
    document: &AnnotatedDocument,
    found: &[Option<Quotation>],
    passage: &Passage,
    previous: Option<&Passage>,
) -> Option<Quotation> {
    let (last, previous) = (found.iter().rev().flatten().next()?, previous?);
    let paragraph = |sentence: usize| document.sentences.get(sentence).map(|s| s.paragraph);
    let same = paragraph(previous.last.0) == paragraph(passage.first.0);
    let is_next = last.sentences == (previous.first.0, previous.last.0);
    let is_speech = passage.is_long && is_body(document, passage);
    let goes_on = passage.continues || same && is_speech;
    (is_next && goes_on && (last.speaker.is_some() || last.speaker_text.is_some())).then(|| {
        Quotation {
            span: span_of(document, passage),
            sentences: (passage.first.0, passage.last.0),
            speaker: last.speaker,
            speaker_text: last.speaker_text.clone(),
            verb: None,
        }
    })
}

fn is_body(document: &AnnotatedDocument, passage: &Passage) -> bool {
    let sentence = document.sentences.get(passage.first.0);
    sentence.is_some_and(|sentence| sentence.kind == SentenceKind::Body)
}

#[cfg(test)]
mod tests;
