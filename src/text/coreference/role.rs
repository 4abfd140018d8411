//! Roles: the titles, offices and descriptions of people, and the grammar that tells them.

use super::Resolution;
use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::{MentionKind, Sentence, Token};
use crate::text::lexicon::{NounClass, country_of, fold, gender_of_noun, is_in_class};
use crate::text::quotation::is_saying;
use crate::text::tag::UniversalTag;

/// How far back a title may stretch before a name, in tokens.
const LONGEST_TITLE: usize = 14;

/// Whether a token is the subject of a clause, or is joined to one.
pub(super) fn is_subject(tokens: &[Token], head: usize) -> bool {
    let relation = tokens.get(head).map(|token| token.relation);
    matches!(relation.map(Relation::universal), Some("nsubj" | "csubj"))
}

/// Whether a token is the subject of a verb of saying.
pub(super) fn is_speaker(tokens: &[Token], head: usize) -> bool {
    let verb = tokens.get(head).and_then(|token| token.head);
    is_subject(tokens, head)
        && verb
            .and_then(|verb| tokens.get(verb))
            .is_some_and(is_saying)
}

/// A word of a role in its normal form: "Russian" and "Russia's" are "russia", "PM" is "minister".
pub(super) fn role_word(token: &Token) -> Option<String> {
    let is_content = matches!(
        token.universal_tag,
        UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Adjective
    );
    if !is_content || !token.form.chars().any(char::is_alphabetic) {
        return None;
    }
    if let Some(country) = country_of(&token.form) {
        return Some(fold(country));
    }
    let lower = if token.universal_tag == UniversalTag::ProperNoun {
        fold(&token.form)
    } else {
        token.lemma.to_lowercase()
    };
    Some(match lower.as_str() {
        "pm" => "minister".to_owned(),
        "mp" => "parliamentarian".to_owned(),
        "ceo" => "executive".to_owned(),
        // "President of the Russian Federation" and "Russian President" are one role.
        "federation" | "republic" | "kingdom" => return None,
        _ => lower,
    })
}

impl Resolution<'_> {
    /// Notes the roles of the people named in a sentence: titles before the name, appositions,
    /// and "X is a …".
    pub(super) fn note_roles(&mut self, index: usize, sentence: &Sentence, start: usize) {
        let people: Vec<(usize, usize, usize, usize)> = self
            .placed
            .get(start..)
            .unwrap_or(&[])
            .iter()
            .filter(|mention| mention.kind == MentionKind::Name && mention.sentence == index)
            .filter(|mention| {
                let entity = self.entities.get(mention.entity);
                entity.is_some_and(|entity| entity.kind == EntityKind::Person)
            })
            .map(|mention| (mention.first, mention.last, mention.head, mention.entity))
            .collect();
        for (first, last, head, entity) in people {
            let mut words = title_words(sentence, first);
            words.extend(described(sentence, first, last, head));
            let gender = words.iter().find_map(|word| gender_of_noun(word));
            if let Some(growing) = self.entities.get_mut(entity) {
                growing.gender = growing.gender.or(gender);
                growing.roles.extend(words);
            }
        }
    }
}

/// The words of the title that ends where a name begins: "Deputy Speaker of the Council".
fn title_words(sentence: &Sentence, first: usize) -> Vec<String> {
    let earliest = first.saturating_sub(LONGEST_TITLE);
    let mut words = Vec::new();
    let mut nearest_is_title = false;
    for place in (earliest..first).rev() {
        let Some(token) = sentence.tokens.get(place) else {
            break;
        };
        let lower = token.form.to_lowercase();
        let is_title = is_in_class(&lower, NounClass::Title)
            || is_in_class(&token.lemma.to_lowercase(), NounClass::Person);
        let is_link = matches!(
            lower.as_str(),
            "of" | "the" | "'s" | "’s" | "’" | "-" | "on" | "for"
        );
        let is_word = token.form.starts_with(char::is_uppercase) || is_title;
        nearest_is_title |= is_title;
        let is_verb = matches!(
            token.universal_tag,
            UniversalTag::Verb | UniversalTag::Auxiliary
        );
        if is_verb || !(is_link && !words.is_empty() || is_word) {
            break;
        }
        words.extend(role_word(token).filter(|_| is_word));
        if matches!(
            lower.as_str(),
            "mr." | "mr" | "mrs." | "mrs" | "ms." | "ms" | "sir"
        ) {
            words.push(lower);
        }
    }
    if nearest_is_title { words } else { Vec::new() }
}

/// The words of appositions and predicate nouns of a name.
fn described(sentence: &Sentence, first: usize, last: usize, head: usize) -> Vec<String> {
    let tokens = &sentence.tokens;
    let inside = first..=last;
    let is_person_noun =
        |token: &Token| is_in_class(&token.lemma.to_lowercase(), NounClass::Person);
    let mut heads: Vec<usize> = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        let is_apposition = token.relation == Relation::Apposition
            && token.head.is_some_and(|head| inside.contains(&head));
        let is_predicate = sentence.tokens.get(head).is_some_and(|name| {
            name.relation == Relation::NominalSubject && name.head == Some(place)
        }) && tokens
            .iter()
            .any(|other| other.head == Some(place) && other.relation == Relation::Copula);
        if !inside.contains(&place) && (is_apposition || is_predicate) && is_person_noun(token) {
            heads.push(place);
        }
    }
    // The name may be the apposition of its description: "the senator, Ada King".
    if let Some(name) = tokens.get(head)
        && matches!(name.relation, Relation::Apposition | Relation::Flat)
        && let Some(place) = name.head.filter(|place| !inside.contains(place))
        && tokens.get(place).is_some_and(is_person_noun)
    {
        heads.push(place);
    }
    heads
        .into_iter()
        .flat_map(|place| phrase_words(tokens, place))
        .collect()
}

/// The content words of the phrase around a noun: itself, its modifiers, what "of" adds.
pub(super) fn phrase_words(tokens: &[Token], head: usize) -> Vec<String> {
    let is_part = |token: &Token| {
        let is_modifier = matches!(
            token.relation.universal(),
            "amod" | "compound" | "nmod" | "flat"
        );
        let above = token.head.and_then(|head| tokens.get(head));
        is_modifier
            && (token.head == Some(head)
                || above.is_some_and(|a| {
                    a.head == Some(head)
                        && matches!(
                            a.relation.universal(),
                            "amod" | "compound" | "nmod" | "flat"
                        )
                }))
    };
    tokens
        .iter()
        .enumerate()
        .filter(|(place, token)| *place == head || is_part(token))
        .filter_map(|(_, token)| role_word(token))
        .collect()
}
