//! Who speaks: the subject of a verb of saying beside a passage, and "according to".

use super::mark::{Passage, Place};
use super::{Source, span_of};
use crate::fact::EntityKind;
use crate::provenance::Span;
use crate::text::document::{AnnotatedDocument, Mention, NameTag, Quotation, Sentence, Token};
use crate::text::tag::UniversalTag;

/// Verbs of saying, by lemma.
const VERBS: &[&str] = &[
    "acknowledge",
    "add",
    "admit",
    "affirm",
    "agree",
    "allege",
    "announce",
    "answer",
    "argue",
    "ask",
    "assert",
    "assure",
    "believe",
    "call",
    "caution",
    "cite",
    "claim",
    "clarify",
    "comment",
    "complain",
    "conclude",
    "concede",
    "confess",
    "confirm",
    "continue",
    "cry",
    "declare",
    "demand",
    "deny",
    "describe",
    "disclose",
    "emphasise",
    "emphasize",
    "estimate",
    "exclaim",
    "explain",
    "express",
    "forecast",
    "hear",
    "hint",
    "indicate",
    "inform",
    "insist",
    "joke",
    "lament",
    "learn",
    "maintain",
    "mention",
    "mutter",
    "note",
    "object",
    "observe",
    "opine",
    "pledge",
    "point",
    "predict",
    "proclaim",
    "promise",
    "propose",
    "protest",
    "quip",
    "quote",
    "read",
    "reaffirm",
    "recall",
    "recommend",
    "reiterate",
    "remark",
    "remember",
    "remind",
    "repeat",
    "reply",
    "report",
    "respond",
    "retort",
    "reveal",
    "say",
    "shout",
    "speak",
    "stress",
    "state",
    "suggest",
    "swear",
    "tell",
    "testify",
    "think",
    "tweet",
    "underline",
    "underscore",
    "urge",
    "vow",
    "warn",
    "whisper",
    "wonder",
    "write",
    "yell",
];

/// Whether a token is a verb of saying.
pub(crate) fn is_saying(token: &Token) -> bool {
    token.universal_tag == UniversalTag::Verb && VERBS.contains(&token.lemma.as_str())
}

/// The passages that touch a sentence; passages are in order and do not overlap.
fn touching(all: &[Passage], index: usize) -> &[Passage] {
    let start = all.partition_point(|passage| passage.last.0 < index);
    let tail = all.get(start..).unwrap_or(&[]);
    let count = tail
        .iter()
        .take_while(|passage| passage.first.0 <= index)
        .count();
    tail.get(..count).unwrap_or(&[])
}

/// Who says a passage, told in a sentence that it touches outside of its marks.
pub(super) fn beside(
    document: &AnnotatedDocument,
    passage: &Passage,
    all: &[Passage],
) -> Option<Source> {
    let last = said_in(document, passage.last.0, passage, all);
    let found = last.or_else(|| {
        let is_other = passage.first.0 != passage.last.0;
        is_other.then(|| said_in(document, passage.first.0, passage, all))?
    });
    if found.is_some() || !passage.is_long {
        return found;
    }
    // The whole sentence is quoted: "…." Kim said so in the next or the one before.
    let next = document.sentences.get(passage.last.0 + 1);
    let is_near = |sentence: &Sentence| {
        let own = document.sentences.get(passage.last.0).map(|s| s.paragraph);
        own == Some(sentence.paragraph) && sentence.tokens.len() <= 25
    };
    next.filter(|sentence| is_near(sentence) && starts_with_saying(sentence))
        .and_then(|_| said_in(document, passage.last.0 + 1, passage, all))
        .or_else(|| introduced(document, passage, all))
}

/// "Kim said:" or "Kim asked," ends the sentence before the passage.
fn introduced(document: &AnnotatedDocument, passage: &Passage, all: &[Passage]) -> Option<Source> {
    let before = passage.first.0.checked_sub(1)?;
    let sentence = document.sentences.get(before)?;
    let mark = sentence.tokens.last()?;
    matches!(mark.form.as_str(), ":" | ",").then(|| said_in(document, before, passage, all))?
}

/// Whether a sentence is one like "said Kim" or "Kim said".
fn starts_with_saying(sentence: &Sentence) -> bool {
    let words = sentence.tokens.iter().take(4);
    words.clone().any(is_saying)
        && !sentence
            .tokens
            .iter()
            .any(|token| matches!(token.form.as_str(), "“" | "\""))
}

/// The verb of saying outside all passages that has a subject, the one next to the passage first.
fn said_in(
    document: &AnnotatedDocument,
    index: usize,
    passage: &Passage,
    all: &[Passage],
) -> Option<Source> {
    let sentence = document.sentences.get(index)?;
    let near = touching(all, index);
    let is_outside = |place: usize| {
        let here: Place = (index, place);
        !near
            .iter()
            .any(|passage| passage.first <= here && here <= passage.last)
    };
    let distance = |place: usize| {
        let first = if passage.first.0 == index {
            passage.first.1
        } else {
            0
        };
        let last = if passage.last.0 == index {
            passage.last.1
        } else {
            0
        };
        place.abs_diff(first).min(place.abs_diff(last))
    };
    let mut verbs: Vec<usize> = sentence
        .tokens
        .iter()
        .enumerate()
        .filter(|(place, token)| is_saying(token) && is_outside(*place))
        .map(|(place, _)| place)
        .collect();
    verbs.sort_by_key(|place| distance(*place));
    verbs
        .into_iter()
        .find_map(|verb| {
            let subject = subject_of(sentence, verb).filter(|subject| is_outside(*subject))?;
            Some(source(document, index, subject, Some((index, verb))))
        })
        .or_else(|| according_in(document, index, &is_outside))
}

/// The subject of a verb, its own or of the verb it is joined to.
fn subject_of(sentence: &Sentence, verb: usize) -> Option<usize> {
    // "Orvel chief executive Ada Kim said", with two subjects: she did.
    let own = |verb: usize| {
        let is_subject =
            |token: &Token| token.head == Some(verb) && token.relation.universal() == "nsubj";
        let is_full_person = |place: usize| {
            let tag = |place: usize| sentence.tokens.get(place).map(|token| token.name);
            tag(place) == Some(NameTag::Begin(EntityKind::Person))
                && tag(place + 1) == Some(NameTag::Inside(EntityKind::Person))
        };
        let all: Vec<usize> = (0..sentence.tokens.len())
            .filter(|&place| sentence.tokens.get(place).is_some_and(is_subject))
            .collect();
        let person = all.iter().copied().find(|&place| is_full_person(place));
        person.or_else(|| all.first().copied())
    };
    if let Some(subject) = own(verb) {
        return Some(subject);
    }
    let token = sentence.tokens.get(verb)?;
    let above = token.head?;
    match token.relation.universal() {
        "conj" | "advcl" | "xcomp" | "parataxis" => own(above),
        // "Kim, saying …" and "the note saying …"
        "acl" => Some(above),
        _ => None,
    }
}

/// The speaker at a token: the entity mentioned there, or the words of the phrase.
fn source(document: &AnnotatedDocument, index: usize, head: usize, verb: Option<Place>) -> Source {
    let mention = mention_at(document, index, head);
    Source {
        entity: mention.map(|mention| mention.entity),
        text: phrase(document, index, head),
        verb,
    }
}

/// The mention whose head is a token, the longest first; else one that holds it as its title.
fn mention_at(document: &AnnotatedDocument, index: usize, head: usize) -> Option<&Mention> {
    let first = document
        .mentions
        .partition_point(|mention| mention.sentence < index);
    let here = document.mentions.get(first..)?;
    let here = || here.iter().take_while(|mention| mention.sentence == index);
    let exact = here()
        .filter(|mention| mention.head == head)
        .max_by_key(|mention| mention.last - mention.first);
    if exact.is_some() {
        return exact;
    }
    // "Deputy Speaker Ada Kim": the name hangs on its title, or the title on the name.
    let tokens = &document.sentences.get(index)?.tokens;
    let joins = |mention: &&Mention| {
        tokens.get(mention.head).is_some_and(|token| {
            token.head == Some(head) && matches!(token.relation.universal(), "flat" | "appos")
        })
    };
    here().find(joins)
}

/// The words of the phrase around a token, without relative clauses.
fn phrase(document: &AnnotatedDocument, index: usize, head: usize) -> Option<String> {
    let sentence = document.sentences.get(index)?;
    let is_part = |token: &Token| {
        matches!(
            token.relation.universal(),
            "det" | "amod" | "compound" | "nummod" | "nmod" | "flat" | "case"
        )
    };
    let hangs = |place: usize| {
        let mut current = place;
        for _ in 0..6 {
            let Some(token) = sentence.tokens.get(current).filter(|token| is_part(token)) else {
                return false;
            };
            match token.head {
                Some(above) if above == head => return true,
                Some(above) => current = above,
                None => return false,
            }
        }
        false
    };
    let first = (0..head)
        .find(|&place| (place..head).all(hangs))
        .unwrap_or(head);
    let last = (head + 1..sentence.tokens.len())
        .take_while(|&place| hangs(place))
        .last()
        .unwrap_or(head);
    let start = sentence.tokens.get(first)?.span.start;
    let end = sentence.tokens.get(last)?.span.end;
    let words: Vec<&str> = Span::new(start, end)
        .of(&document.text)
        .split_whitespace()
        .collect();
    Some(words.join(" "))
}

/// "according to Kim" outside of passages: the speaker of the sentence.
fn according_in(
    document: &AnnotatedDocument,
    index: usize,
    is_outside: &dyn Fn(usize) -> bool,
) -> Option<Source> {
    let sentence = document.sentences.get(index)?;
    let place = sentence
        .tokens
        .iter()
        .position(|token| token.form.eq_ignore_ascii_case("according"))?;
    let has_to = sentence
        .tokens
        .get(place + 1)?
        .form
        .eq_ignore_ascii_case("to");
    let head = sentence
        .tokens
        .get(place)?
        .head
        .filter(|head| *head > place)?;
    let is_phrase = sentence.tokens.get(head).is_some_and(|token| {
        matches!(
            token.universal_tag,
            UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Pronoun
        )
    });
    let head = person_behind(&sentence.tokens, head).unwrap_or(head);
    (has_to && is_phrase && is_outside(place)).then(|| source(document, index, head, None))
}

/// "according to master builder Ann Lee": the person whose office the noun begins, wherever the
/// parser has hung her.
fn person_behind(tokens: &[Token], noun: usize) -> Option<usize> {
    /// An office without its "of" is not longer.
    const LONGEST_OFFICE: usize = 4;
    let is_begun = |token: &Token| token.name == NameTag::Begin(EntityKind::Person);
    let last = tokens.len().min(noun + LONGEST_OFFICE);
    (noun..last)
        .take_while(|&place| {
            tokens.get(place).is_some_and(|token| {
                matches!(
                    token.universal_tag,
                    UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Adjective
                )
            })
        })
        .find(|&place| tokens.get(place).is_some_and(is_begun))
}

/// Sentences that are told "according to" someone and are not quoted already.
pub(super) fn according(document: &AnnotatedDocument, passages: &[Passage]) -> Vec<Quotation> {
    let mut found = Vec::new();
    for (index, sentence) in document.sentences.iter().enumerate() {
        let touches = touching(passages, index)
            .iter()
            .any(|passage| passage.is_long);
        let Some(last) = sentence.tokens.len().checked_sub(1).filter(|_| !touches) else {
            continue;
        };
        if let Some(source) = according_in(document, index, &|_| true) {
            let passage = Passage {
                first: (index, 0),
                last: (index, last),
                continues: false,
                is_long: true,
            };
            found.push(Quotation {
                span: span_of(document, &passage),
                sentences: (index, index),
                speaker: source.entity,
                speaker_text: source.text.filter(|_| source.entity.is_none()),
                verb: None,
            });
        }
    }
    found
}
