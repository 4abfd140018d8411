//! Who says so, where the parser has cut it up.
//!
//! "According to the analyst Ann Lee of Lee Brokers, …": everything between the preposition and
//! the comma is one phrase, and what stands right before a verb of saying is its subject.

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::{NameTag, Token};
use crate::text::tag::UniversalTag;

use super::super::lexicon;

/// A source longer than this many tokens is left as the parser has it.
const LONGEST: usize = 16;

/// Joins what the parser cut: the name, or else the first noun, heads the phrase and hangs where
/// the phrase hung.
pub(super) fn join_sources(
    tokens: &[Token],
    heads: &mut [Option<usize>],
    relations: &mut [Relation],
) {
    for place in 0..tokens.len() {
        let is_source = form_is(tokens, place, "according") && form_is(tokens, place + 1, "to");
        if !is_source {
            continue;
        }
        let first = place + 2;
        let end = (first..tokens.len())
            .find(|&index| ends_phrase(tokens, index))
            .unwrap_or(tokens.len());
        if first < end && end - first <= LONGEST {
            join(tokens, heads, relations, (place, first, end));
        }
    }
}

fn form_is(tokens: &[Token], place: usize, word: &str) -> bool {
    tokens
        .get(place)
        .is_some_and(|token| token.form.eq_ignore_ascii_case(word))
}

/// A comma, a verb or the end of the sentence.
fn ends_phrase(tokens: &[Token], place: usize) -> bool {
    tokens.get(place).is_none_or(|token| {
        let is_joint = matches!(
            token.form.as_str(),
            "-" | "–" | "'" | "’" | "\"" | "“" | "”"
        );
        token.universal_tag == UniversalTag::Punctuation && !is_joint
            || matches!(
                token.universal_tag,
                UniversalTag::Verb | UniversalTag::Auxiliary
            )
    })
}

fn join(
    tokens: &[Token],
    heads: &mut [Option<usize>],
    relations: &mut [Relation],
    (according, first, end): (usize, usize, usize),
) {
    let head_of = |heads: &[Option<usize>], place: usize| heads.get(place).copied().flatten();
    // The parts of the phrase that hang on something outside of it.
    let parts: Vec<usize> = (first..end)
        .filter(|&place| {
            let is_word = tokens
                .get(place)
                .is_some_and(|token| token.universal_tag != UniversalTag::Punctuation);
            let outside = head_of(heads, place).is_none_or(|head| head < first || head >= end);
            is_word && outside
        })
        .collect();
    let is_name = |place: &usize| {
        tokens
            .get(*place)
            .is_some_and(|token| matches!(token.name, NameTag::Begin(_)))
    };
    let Some(main) = parts
        .iter()
        .copied()
        .find(is_name)
        .or(parts.first().copied())
    else {
        return;
    };
    // Where the phrase hangs: a verb or noun outside; a preposition that took it hangs there.
    let outer = parts
        .iter()
        .filter_map(|&part| head_of(heads, part))
        .find(|&head| head != according && head != according + 1)
        .or_else(|| head_of(heads, according).filter(|&head| head < first || head >= end));
    let Some(outer) = outer.filter(|&outer| outer != according) else {
        return;
    };
    // A cycle would follow if the outside word hung on the phrase.
    let mut above = Some(outer);
    for _ in 0..tokens.len() {
        match above {
            Some(place) if (according..end).contains(&place) => return,
            Some(place) => above = head_of(heads, place),
            None => break,
        }
    }
    for place in parts {
        let (head, relation) = match place.cmp(&main) {
            std::cmp::Ordering::Less => (main, Relation::DescriptiveModifier),
            std::cmp::Ordering::Equal => (outer, Relation::Oblique),
            std::cmp::Ordering::Greater => (main, Relation::NominalModifier),
        };
        hang(heads, relations, place, (head, relation));
    }
    hang(heads, relations, according, (main, Relation::Case));
    hang(
        heads,
        relations,
        according + 1,
        (according, Relation::Fixed),
    );
}

/// "The bank has grown, its director, Ann Lee, told reporters": a verb of saying behind what is
/// said, without a subject, has the apposition right before it as its subject.
pub(super) fn find_speakers(
    tokens: &[Token],
    heads: &mut [Option<usize>],
    relations: &mut [Relation],
) {
    for verb in 1..tokens.len() {
        let speaks = tokens.get(verb).is_some_and(|token| {
            token.universal_tag == UniversalTag::Verb && lexicon::is_speech(&token.lemma)
        });
        let follows = |heads: &[Option<usize>], relations: &[Relation]| {
            let children = heads.iter().zip(relations).enumerate();
            let mut has_subject = false;
            // "The bank has grown, told …": what is said may head the frame, too.
            let mut has_clause = relations.get(verb) == Some(&Relation::Parataxis)
                && heads
                    .get(verb)
                    .copied()
                    .flatten()
                    .is_some_and(|head| head < verb);
            for (place, (head, relation)) in children {
                if *head == Some(verb) {
                    has_subject |= relation.universal() == "nsubj";
                    has_clause |= *relation == Relation::ClausalComplement && place < verb;
                }
            }
            has_clause && !has_subject
        };
        if !speaks || !follows(heads, relations) {
            continue;
        }
        if let Some(subject) = apposition_before(tokens, heads, relations, verb) {
            hang(heads, relations, subject, (verb, Relation::NominalSubject));
        }
    }
}

/// The highest apposition of those that end right before a verb.
fn apposition_before(
    tokens: &[Token],
    heads: &[Option<usize>],
    relations: &[Relation],
    verb: usize,
) -> Option<usize> {
    let mut current = (0..verb).rev().find(|&place| {
        tokens
            .get(place)
            .is_some_and(|token| token.universal_tag != UniversalTag::Punctuation)
    })?;
    let mut found = None;
    for _ in 0..LONGEST {
        match relations.get(current) {
            Some(Relation::Apposition) => found = Some(current),
            Some(Relation::Flat | Relation::Compound) => {}
            // A subject behind its verb, which is what the frame says: it is the frame's.
            Some(Relation::NominalSubject) if found.is_some() => {
                let clause = heads.get(current).copied().flatten()?;
                return if clause < current {
                    Some(current)
                } else {
                    found
                };
            }
            _ => break,
        }
        current = heads.get(current).copied().flatten()?;
    }
    found
}

/// "Ann Lee, 52, hopes": a number between commas behind a name is an age.
pub(super) fn join_ages(tokens: &[Token], heads: &mut [Option<usize>], relations: &mut [Relation]) {
    for place in 2..tokens.len() {
        let is_age = tokens.get(place).is_some_and(|token| {
            token
                .form
                .parse::<u32>()
                .is_ok_and(|age| (1..=120).contains(&age))
        });
        let is_loose = matches!(
            relations.get(place).map(|relation| relation.universal()),
            Some("dep" | "amod" | "nummod" | "nmod" | "parataxis")
        );
        let is_enclosed = form_is(tokens, place - 1, ",") && form_is(tokens, place + 1, ",");
        if !is_age || !is_loose || !is_enclosed {
            continue;
        }
        let name = (0..place - 1).rev().find(|&name| {
            tokens
                .get(name)
                .is_none_or(|token| !matches!(token.name, NameTag::Inside(_)))
        });
        let is_person = |name: &usize| {
            tokens
                .get(*name)
                .is_some_and(|token| token.name == NameTag::Begin(EntityKind::Person))
        };
        if let Some(name) = name.filter(is_person)
            && heads.get(place).copied().flatten() == Some(name)
        {
            hang(heads, relations, place, (name, Relation::Apposition));
        }
    }
}

/// "fined the guards, Ann Lee and Bo Ek": no name is coordinated with a verb, but with the name
/// before it.
pub(super) fn join_names(
    tokens: &[Token],
    heads: &mut [Option<usize>],
    relations: &mut [Relation],
) {
    let begins = |place: usize| {
        tokens
            .get(place)
            .is_some_and(|token| token.name == NameTag::Begin(EntityKind::Person))
    };
    for place in 2..tokens.len() {
        let head = heads.get(place).copied().flatten();
        let is_verb = head
            .and_then(|head| tokens.get(head))
            .is_some_and(|token| token.universal_tag == UniversalTag::Verb);
        if !begins(place) || relations.get(place) != Some(&Relation::Conjunct) || !is_verb {
            continue;
        }
        let has_subject = heads
            .iter()
            .zip(relations.iter())
            .any(|(above, relation)| *above == Some(place) && relation.universal() == "nsubj");
        let is_between = |token: &Token| {
            matches!(token.form.as_str(), "," | "and" | "or")
                || matches!(token.name, NameTag::Inside(EntityKind::Person))
        };
        let first = (0..place)
            .rev()
            .find(|&before| begins(before) || !tokens.get(before).is_some_and(is_between));
        if let Some(first) = first.filter(|&first| begins(first) && !has_subject) {
            hang(heads, relations, place, (first, Relation::Conjunct));
        }
    }
}

fn hang(
    heads: &mut [Option<usize>],
    relations: &mut [Relation],
    place: usize,
    (head, relation): (usize, Relation),
) {
    if let (Some(slot), Some(label)) = (heads.get_mut(place), relations.get_mut(place)) {
        *slot = Some(head);
        *label = relation;
    }
}
