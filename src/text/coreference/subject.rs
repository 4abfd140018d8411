//! Where the subjects of a sentence stand that a pronoun may mean.

use crate::text::dependency::Relation;
use crate::text::document::Token;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};
use crate::text::word_list::WordList;

/// How many clauses above one are looked at for a subject: trees of real sentences are not deeper.
const CLAUSES_CLIMBED: usize = 12;

/// "Its chairwoman", "It employs": only an organization has people and does such things.
pub(super) fn is_of_body(tokens: &[Token], place: usize) -> bool {
    static ACTS: WordList = WordList::new(
        "employ hire propose announce own sell buy acquire plan report operate \
        launch deny urge accuse publish pledge vow decline refuse approve reject warn invest \
        recruit appoint demand criticise criticize insist ask decide",
    );
    /// What only a firm has.
    static OWNED: WordList = WordList::new(
        "share workforce revenue turnover headquarters dividend ratio shareholder \
        subsidiary bond",
    );
    let Some(head) = tokens.get(place).and_then(|token| tokens.get(token.head?)) else {
        return false;
    };
    let lemma = head.lemma.to_lowercase();
    let acts = || head.universal_tag == UniversalTag::Verb && ACTS.contains(&lemma);
    match tokens.get(place).map(|token| token.relation) {
        Some(Relation::PossessiveModifier) => {
            is_in_class(&lemma, NounClass::Person) || OWNED.contains(&lemma)
        }
        Some(Relation::NominalSubject) => acts(),
        _ => false,
    }
}

/// "It is clear that …", "it rained": a pronoun that stands for nothing.
pub(super) fn is_empty_it(tokens: &[Token], place: usize) -> bool {
    let Some(head) = tokens.get(place).and_then(|token| token.head) else {
        return true;
    };
    let has = |relation: &str| {
        tokens
            .iter()
            .any(|token| token.head == Some(head) && token.relation.universal() == relation)
    };
    let is_weather = tokens.get(head).is_some_and(|token| {
        matches!(
            token.lemma.as_str(),
            "rain" | "snow" | "seem" | "appear" | "happen" | "turn" | "take"
        )
    });
    let is_adjective = tokens
        .get(head)
        .is_some_and(|token| token.universal_tag == UniversalTag::Adjective);
    is_weather
        || has("csubj")
        || has("cop") && (is_adjective && (has("ccomp") || has("advcl") || has("xcomp")))
}

/// The subject of the clause that a token lies in, or of the next one above that has one.
pub(super) fn governing_subject(tokens: &[Token], place: usize) -> Option<usize> {
    subject_above(tokens, tokens.get(place)?.head?, place)
}

/// The subject of the clause above or before the clause whose subject a token is.
pub(super) fn subject_before(tokens: &[Token], place: usize) -> Option<usize> {
    let own = tokens.get(place)?.head?;
    subject_above(tokens, tokens.get(own)?.head?, place)
}

/// The subject of the main clause behind a place that lies in what is put in front of it.
pub(super) fn subject_behind(tokens: &[Token], place: usize) -> Option<usize> {
    let mut current = place;
    for _ in 0..CLAUSES_CLIMBED {
        let above = tokens.get(current)?.head?;
        let is_in_front =
            above > place && matches!(tokens.get(current)?.relation.universal(), "advcl" | "obl");
        let subject = tokens.iter().enumerate().find(|(index, token)| {
            token.head == Some(above) && token.relation.universal() == "nsubj" && *index > place
        });
        if let (true, Some((index, _))) = (is_in_front, subject) {
            return Some(index);
        }
        current = above;
    }
    None
}

/// The nearest subject before a place, from a verb upwards, that may be what the pronoun there
/// means.
pub(super) fn subject_above(tokens: &[Token], verb: usize, place: usize) -> Option<usize> {
    let is_plural = tokens
        .get(place)
        .is_some_and(|token| matches!(token.form.to_lowercase().as_str(), "they" | "their"));
    let is_thing = tokens
        .get(place)
        .is_some_and(|token| matches!(token.form.to_lowercase().as_str(), "it" | "its"));
    let fits = |subject: usize| {
        let Some(token) = tokens.get(subject) else {
            return false;
        };
        let form = token.form.to_lowercase();
        // "documents that prove its age": what a relative pronoun stands for is looked at above.
        let is_relative = matches!(form.as_str(), "that" | "which" | "who" | "what");
        let is_many = token.fine_tag == FineTag::PluralNoun || form == "they";
        // "Orvel, its rival, grew": nothing is its own rival.
        let disagrees = is_thing && is_many || is_plural && form == "it";
        !(is_relative || disagrees || is_below(tokens, place, subject))
    };
    let mut current = verb;
    for _ in 0..CLAUSES_CLIMBED {
        let subject = tokens.iter().enumerate().position(|(index, token)| {
            token.head == Some(current)
                && token.relation.universal() == "nsubj"
                && index < place
                && fits(index)
        });
        if subject.is_some() {
            return subject;
        }
        let above = tokens.get(current)?.head?;
        if let Some(helped) = helped_object(tokens, current, above).filter(|_| is_thing) {
            return Some(helped);
        }
        if is_thing && is_told_by_relative(tokens, current, above) {
            return Some(above);
        }
        current = above;
    }
    None
}

/// "Orvel, which has its seat in Arno": the name that a relative clause is about, where the
/// relative pronoun is its subject.
fn is_told_by_relative(tokens: &[Token], clause: usize, noun: usize) -> bool {
    let is_name = tokens
        .get(noun)
        .is_some_and(|token| token.universal_tag == UniversalTag::ProperNoun);
    let is_relative = tokens
        .get(clause)
        .is_some_and(|token| token.relation == Relation::RelativeClause);
    is_name
        && is_relative
        && tokens.iter().any(|token| {
            token.head == Some(clause)
                && token.relation.universal() == "nsubj"
                && matches!(token.form.to_lowercase().as_str(), "which" | "that")
        })
}

/// "helps the port in keeping its trade": who is helped keeps it.
fn helped_object(tokens: &[Token], clause: usize, verb: usize) -> Option<usize> {
    const HELPING: [&str; 6] = ["help", "support", "assist", "aid", "encourage", "enable"];
    let governs = matches!(
        tokens.get(clause)?.relation.universal(),
        "advcl" | "xcomp" | "ccomp"
    );
    let helps = HELPING.contains(&tokens.get(verb)?.lemma.as_str());
    let object = || {
        tokens.iter().enumerate().position(|(index, token)| {
            token.head == Some(verb) && token.relation.universal() == "obj" && index < clause
        })
    };
    if governs && helps { object() } else { None }
}

/// Whether a token lies in the phrase of another, and not in one that stands beside it: "Orvel and
/// its neighbour".
fn is_below(tokens: &[Token], place: usize, top: usize) -> bool {
    let mut current = place;
    for _ in 0..CLAUSES_CLIMBED {
        let Some(token) = tokens.get(current) else {
            return false;
        };
        match token.head {
            Some(above) if above == top => return token.relation != Relation::Conjunct,
            Some(above) => current = above,
            None => return false,
        }
    }
    false
}

/// The predicate noun within which a pronoun means something other than the subject: "Orvel is its
/// rival", "Orvel is one of the partners in its plan".
pub(super) fn own_predicate(tokens: &[Token], place: usize) -> Option<usize> {
    /// Nouns that tell what one thing is to another.
    static RELATIVE: WordList = WordList::new(
        "priority partner ally rival neighbour neighbor goal aim target focus \
        interest opponent enemy supplier customer",
    );
    let mut noun = place;
    let mut is_relative = false;
    for _ in 0..CLAUSES_CLIMBED {
        let is_direct = noun == place;
        noun = tokens.get(noun)?.head?;
        let token = tokens.get(noun)?;
        is_relative |= RELATIVE.contains(&token.lemma);
        let is_predicate = tokens
            .iter()
            .any(|other| other.head == Some(noun) && other.relation == Relation::Copula);
        if is_predicate {
            return (is_direct || is_relative).then_some(noun);
        }
        if token.relation.universal() != "nmod" {
            return None;
        }
    }
    None
}

/// The subject of what the subject of a sentence says.
pub(super) fn subject_said(tokens: &[Token]) -> Option<usize> {
    let root = tokens.iter().position(|token| token.head.is_none())?;
    let said = tokens.iter().position(|token| {
        token.head == Some(root) && matches!(token.relation.universal(), "ccomp" | "parataxis")
    })?;
    tokens
        .iter()
        .position(|token| token.head == Some(said) && token.relation.universal() == "nsubj")
}

/// The subject of a sentence's root, looking through what is said: "X said Y did".
pub(super) fn root_subject(tokens: &[Token]) -> Option<usize> {
    let root = tokens.iter().position(|token| token.head.is_none())?;
    tokens
        .iter()
        .position(|token| token.head == Some(root) && token.relation.universal() == "nsubj")
}

/// The object, before a place, of the verb that the place hangs on: "thanked Orvel for its help".
pub(super) fn object_before(tokens: &[Token], place: usize) -> Option<usize> {
    let mut current = place;
    for _ in 0..CLAUSES_CLIMBED {
        current = tokens.get(current)?.head?;
        if tokens.get(current)?.universal_tag == UniversalTag::Verb {
            return tokens.iter().enumerate().position(|(index, token)| {
                token.head == Some(current)
                    && token.relation.universal() == "obj"
                    && index < place
                    && !is_below(tokens, place, index)
            });
        }
    }
    None
}
