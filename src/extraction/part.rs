//! Places within places and parts of organizations, as derived facts: "Kenya's Tana River",
//! "the ministry's press office", "the board of Acme".

use crate::fact::EntityKind;
use crate::text::dependency::Relation as R;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::UniversalTag;
use crate::text::word_list::WordList;

use super::argument::{Argument, Part};
use super::event;
use super::nominal::proposition;
use super::phrase::{self, Phrase};
use super::proposition::{Proposition, Rule, Word};
use super::tree::Tree;

/// "Kenya's Tana River": the river is in Kenya.
pub(super) fn owned_place(tree: &Tree<'_>, owner: usize, thing: &Phrase) -> Option<Proposition> {
    let is_place = tree.name_kind(owner) == Some(EntityKind::Place);
    let noun = tree.lemma(thing.head);
    // A neighbour is not within; nor is what is as large as a country.
    let is_within = is_in_class(noun, NounClass::Place)
        && !matches!(
            noun,
            "country" | "nation" | "state" | "republic" | "kingdom" | "continent" | "territory"
        )
        && tree.tag(thing.head) == UniversalTag::Noun;
    let is_named =
        thing.tokens.iter().all(|&token| {
            tree.name_kind(token) == Some(EntityKind::Place) || tree.is_capital(token)
        }) && tree.name_kind(thing.head) == Some(EntityKind::Place);
    if !is_place || !(is_within || is_named) {
        return None;
    }
    let has_name = thing.tokens.iter().any(|&token| tree.is_capital(token));
    let subject = match has_name {
        true => thing.clone(),
        // "Kenya's capital": without the owner nobody knows which.
        false => phrase::alone(tree, thing.head)?,
    };
    Some(within(tree, subject, event::owner_phrase(tree, owner)?))
}

fn within(tree: &Tree<'_>, subject: Phrase, place: Phrase) -> Proposition {
    let argument = Argument {
        part: Part::Region,
        preposition: Vec::new(),
        alternatives: vec![place],
        is_time: false,
    };
    let words = vec![Word::Understood("is"), Word::Understood("in")];
    proposition(tree, Rule::Within, subject, words, argument)
}

/// "Brescia in Lombardy": a place's name right behind another's.
pub(super) fn place_in_place(tree: &Tree<'_>, index: usize) -> Option<Proposition> {
    let head = tree.head(index)?;
    let is_place = |name: usize| tree.name_kind(name) == Some(EntityKind::Place);
    let (first, last) = tree.name_range(head)?;
    let case = tree.child(index, &[R::Case])?;
    // "known as the Severn in Wales": only its name is Welsh.
    let is_called = tree
        .children_by(head, &[R::Case])
        .any(|word| tree.lower(word) == "as");
    if is_called
        || !is_place(head)
        || !is_place(index)
        || case != last + 1
        || tree.lower(case) != "in"
    {
        return None;
    }
    let (from, to) = tree.name_range(index)?;
    let name = |head: usize, first: usize, last: usize| Phrase {
        head,
        tokens: (first..=last).collect(),
    };
    Some(within(tree, name(head, first, last), name(index, from, to)))
}

/// "the ministry's press office": it is part of the ministry.
pub(super) fn owned_part(tree: &Tree<'_>, owner: usize) -> Option<Proposition> {
    let head = tree.head(owner)?;
    if !is_part(tree, head) || !is_body(tree, owner) {
        return None;
    }
    let subject = phrase::alone(tree, head)?;
    part_of(tree, subject, event::owner_phrase(tree, owner)?)
}

/// "the board of Acme": it is part of Acme.
pub(super) fn of_whole(tree: &Tree<'_>, index: usize) -> Option<Proposition> {
    let head = tree.head(index).filter(|&head| head < index)?;
    let is_of = tree
        .children_by(index, &[R::Case])
        .any(|case| tree.lower(case) == "of" && case == head + 1);
    let is_name = tree.name_range(head).is_some();
    let is_definite = tree.has_child(head, &[R::Determiner])
        && tree
            .children_by(head, &[R::Determiner])
            .all(|word| tree.lower(word) == "the");
    if !is_of || is_name || !is_definite || !is_part(tree, head) || !is_body(tree, index) {
        return None;
    }
    part_of(
        tree,
        phrase::alone(tree, head)?,
        phrase::alone(tree, index)?,
    )
}

fn part_of(tree: &Tree<'_>, subject: Phrase, whole: Phrase) -> Option<Proposition> {
    let words = ["is", "part", "of"].map(Word::Understood).to_vec();
    let argument = Argument {
        part: Part::Object,
        preposition: Vec::new(),
        alternatives: vec![whole],
        is_time: false,
    };
    Some(proposition(tree, Rule::PartOf, subject, words, argument))
}

/// Nouns for parts of organizations.
fn is_part(tree: &Tree<'_>, noun: usize) -> bool {
    static PARTS: WordList = WordList::new(
        "office department division unit branch arm subsidiary committee board \
        council bureau section wing newsroom directorate secretariat faculty subcommittee \
        team squad laboratory desk",
    );
    tree.tag(noun) == UniversalTag::Noun && PARTS.contains(tree.lemma(noun))
}

/// An organization by name, or by a noun for one.
fn is_body(tree: &Tree<'_>, noun: usize) -> bool {
    match tree.name_kind(noun) {
        Some(kind) => kind == EntityKind::Organization,
        None => {
            tree.tag(noun) == UniversalTag::Noun
                && (is_in_class(tree.lemma(noun), NounClass::Organization)
                    || is_in_class(tree.lemma(noun), NounClass::Business))
        }
    }
}
