//! Quotation marks and the passages between them.

use crate::text::dependency::Relation;
use crate::text::document::{AnnotatedDocument, Sentence, SentenceKind};
use crate::text::tag::FineTag;

use super::speaker::is_saying;

/// A place: sentence and token.
pub(super) type Place = (usize, usize);

/// What stands between an opening and a closing mark, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Passage {
    pub(super) first: Place,
    pub(super) last: Place,
    /// Whether it continues the passage before, which its paragraph did not close.
    pub(super) continues: bool,
    /// Whether it is speech by its length, not a term or a title.
    pub(super) is_long: bool,
}

/// A passage of so many words is speech.
const SPEECH_WORDS: usize = 5;

/// The passages of a document, in order.
pub(super) fn passages(document: &AnnotatedDocument) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut open: Option<(Place, char)> = None;
    let mut continues = false;
    let mut paragraph = None;
    for (index, sentence) in document.sentences.iter().enumerate() {
        if sentence.kind == SentenceKind::Furniture {
            continue;
        }
        if paragraph != Some(sentence.paragraph) {
            // A paragraph that leaves its quotation open goes on in the next.
            if let Some((first, _)) = open.take() {
                let end = last_place(document, index);
                let goes_on = opens_again(sentence);
                let framed = framed(document, first, end).filter(|_| !goes_on);
                let last = framed.unwrap_or(end);
                if goes_on || framed.is_some() || !passages.is_empty() {
                    push(document, &mut passages, first, last, continues);
                }
                continues = goes_on;
            }
            paragraph = Some(sentence.paragraph);
        }
        for (place, token) in sentence.tokens.iter().enumerate() {
            let Some(mark) = mark_of(&token.form) else {
                continue;
            };
            match open {
                None if mark.opens(sentence, place) => open = Some(((index, place), mark.close)),
                Some((first, close)) if mark.closes(close, sentence, place) => {
                    push(document, &mut passages, first, (index, place), continues);
                    continues = false;
                    open = None;
                }
                _ => {}
            }
        }
    }
    // The last paragraph may lack its mark, too: “It is late, said Kim.
    if let Some((first, _)) = open {
        let end = last_place(document, document.sentences.len());
        if let Some(last) = framed(document, first, end) {
            push(document, &mut passages, first, last, continues);
        }
    }
    passages
}

/// The comma that ends what is quoted without a closing mark: “It is late. We leave, said Kim.
fn framed(document: &AnnotatedDocument, first: Place, end: Place) -> Option<Place> {
    (first.0..=end.0).find_map(|index| {
        let tokens = &document.sentences.get(index)?.tokens;
        let frames = |comma: usize, verb: usize| {
            let says = tokens.get(verb).is_some_and(|token| {
                is_saying(token)
                    && matches!(token.relation, Relation::Root | Relation::Parataxis)
                    && token.fine_tag == FineTag::PastVerb
            });
            says && tokens.iter().enumerate().any(|(place, token)| {
                place > comma
                    && token.head == Some(verb)
                    && token.relation == Relation::NominalSubject
            })
        };
        let comma = (0..tokens.len()).find(|&comma| {
            (index, comma) > first
                && tokens.get(comma).is_some_and(|token| token.form == ",")
                && (comma + 1..tokens.len()).any(|verb| frames(comma, verb))
        })?;
        Some((index, comma))
    })
}

fn push(
    document: &AnnotatedDocument,
    passages: &mut Vec<Passage>,
    first: Place,
    last: Place,
    continues: bool,
) {
    if last < first {
        return;
    }
    let words = (first.0..=last.0)
        .filter_map(|index| {
            document
                .sentences
                .get(index)
                .map(|sentence| (index, sentence))
        })
        .flat_map(|(index, sentence)| (0..sentence.tokens.len()).map(move |place| (index, place)))
        .filter(|place| *place > first && *place < last)
        .take(SPEECH_WORDS)
        .count();
    passages.push(Passage {
        first,
        last,
        continues,
        is_long: words == SPEECH_WORDS,
    });
}

/// The last token before a sentence.
fn last_place(document: &AnnotatedDocument, before: usize) -> Place {
    let index = before.saturating_sub(1);
    let tokens = document
        .sentences
        .get(index)
        .map_or(0, |sentence| sentence.tokens.len());
    (index, tokens.saturating_sub(1))
}

/// Whether a sentence begins with an opening mark.
fn opens_again(sentence: &Sentence) -> bool {
    let first = sentence.tokens.first();
    first.is_some_and(|token| mark_of(&token.form).is_some())
}

/// A quotation mark.
#[derive(Debug, Clone, Copy)]
struct Mark {
    can_open: bool,
    can_close: bool,
    /// What closes a passage that this mark opens.
    close: char,
    letter: char,
}

fn mark_of(form: &str) -> Option<Mark> {
    let mark = |can_open, can_close, close, letter| {
        Some(Mark {
            can_open,
            can_close,
            close,
            letter,
        })
    };
    match form {
        "“" => mark(true, false, '”', '“'),
        "”" => mark(false, true, '”', '”'),
        "„" => mark(true, false, '“', '„'),
        "«" => mark(true, false, '»', '«'),
        "»" => mark(false, true, '»', '»'),
        "‘" => mark(true, false, '’', '‘'),
        "’" => mark(false, true, '’', '’'),
        "\"" => mark(true, true, '"', '"'),
        "``" => mark(true, false, '"', '"'),
        "''" | "’’" => mark(false, true, '"', '"'),
        _ => None,
    }
}

impl Mark {
    /// A straight mark opens where a word joins it, or at the start of a sentence.
    fn opens(&self, sentence: &Sentence, place: usize) -> bool {
        if !self.can_open {
            return false;
        }
        // "… exercise"." closes: what joins a stop opens nothing.
        let joins_next = match (sentence.tokens.get(place), sentence.tokens.get(place + 1)) {
            (Some(token), Some(next)) => {
                let is_stop = matches!(next.form.as_str(), "." | "," | ";" | ":" | "?" | "!");
                token.span.end == next.span.start && !is_stop
            }
            _ => false,
        };
        !self.can_close || joins_next || place == 0
    }

    fn closes(&self, close: char, sentence: &Sentence, place: usize) -> bool {
        if !self.can_close || self.letter != close && !(close == '”' && self.letter == '"') {
            return false;
        }
        // An apostrophe of a plural is no closing mark where letters stand on both sides.
        let token = sentence.tokens.get(place);
        close != '’' || token.is_none_or(|token| token.lemma != "'s")
    }
}
