//! Possession, as derived facts: "Lee's novel" says that Lee has a novel.

use crate::fact::EntityKind;
use crate::text::dependency::Relation as R;
use crate::text::lexicon::{NounClass, is_in_class, is_style_of_address};
use crate::text::tag::{FineTag, UniversalTag};
use crate::text::word_list::WordList;

use super::argument::Times;
use super::event;
use super::nominal::{complement, proposition};
use super::part;
use super::phrase::{self, Phrase};
use super::proposition::{Proposition, Rule, Word};
use super::tree::Tree;

/// "Lee's novel": Lee has a novel; "Kenya's Tana River": the river is in Kenya.
pub(super) fn possession(tree: &Tree<'_>, index: usize, times: &Times) -> Vec<Proposition> {
    let Some(head) = tree.head(index).filter(|_| owns(tree, index, times)) else {
        return Vec::new();
    };
    let (Some(owner), Some(thing)) = (event::owner_phrase(tree, index), thing(tree, index)) else {
        return Vec::new();
    };
    if let Some(place) = part::owned_place(tree, index, &thing) {
        return vec![place];
    }
    let mut found: Vec<Proposition> = part::owned_part(tree, index).into_iter().collect();
    if !is_idiom(tree, head) && !is_quantified(tree, index) && !is_person_name(tree, head) {
        let has = vec![Word::Understood("has")];
        let thing = complement(vec![thing]);
        found.push(proposition(tree, Rule::Possession, owner, has, thing));
    }
    found
}

/// Whether an owner owns its noun: no part of a name, no time, nobody to whom something happens.
fn owns(tree: &Tree<'_>, index: usize, times: &Times) -> bool {
    let Some(head) = tree.head(index) else {
        return false;
    };
    // "Workers' Front" is one name; a day has nothing.
    let is_one_name = tree.name_range(head).is_some_and(|(first, last)| {
        (first..=last).contains(&index) || first == index + 2 && tree.is_inside_name(first)
    });
    let is_one_run = (index..=head).all(|word| tree.is_capital(word) || tree.is_mark(word));
    !(tree.is_relative(index)
        || is_style_of_address(tree.lower(head))
        || is_one_name
        || is_one_run && head == index + 2
        || times.is_time(tree, index)
        || event::is_event(tree, head))
}

/// What is owned: the noun's phrase from behind the owner.
fn thing(tree: &Tree<'_>, owner: usize) -> Option<Phrase> {
    let head = tree.head(owner)?;
    let mut thing = phrase::alone(tree, head)?;
    thing
        .tokens
        .retain(|&token| token > owner && !tree.is_below(token, owner));
    phrase::tidy(tree, head, thing.tokens)
}

/// "on his behalf", "in its turn": nothing is owned.
fn is_idiom(tree: &Tree<'_>, noun: usize) -> bool {
    static IDIOMS: WordList = WordList::new(
        "behalf sake part turn way favour favor view opinion stead midst wake \
        option own entry exit use absence presence lack existence kind sort",
    );
    IDIOMS.contains(tree.lemma(noun))
}

/// "any member's bill": nobody's in particular.
fn is_quantified(tree: &Tree<'_>, owner: usize) -> bool {
    tree.children_by(owner, &[R::Determiner]).any(|word| {
        matches!(
            tree.lower(word),
            "any" | "no" | "each" | "every" | "another" | "either" | "neither"
        )
    })
}

/// "the party's Ann Lee": she is no possession.
fn is_person_name(tree: &Tree<'_>, noun: usize) -> bool {
    tree.name_kind(noun) == Some(EntityKind::Person) && tree.tag(noun) == UniversalTag::ProperNoun
}

/// "Its": the subject of the clause it stands in, where it is not part of that subject. "His" and
/// "her" are nobody's but of those whom the document told.
pub(super) fn owner_of_pronoun(tree: &Tree<'_>, index: usize) -> Option<Phrase> {
    if tree.tag(index) != UniversalTag::Pronoun {
        return None;
    }
    let mut current = tree.head(index)?;
    loop {
        let subject = tree
            .child(current, &[R::NominalSubject, R::PassiveNominalSubject])
            .filter(|&subject| !tree.is_below(index, subject) && !tree.is_relative(subject))
            .filter(|&subject| agrees(tree, index, subject));
        if let Some(subject) = subject {
            return phrase::whole(tree, subject);
        }
        // "The carrier, which sold its planes": the carrier's.
        let antecedent = tree
            .child(current, &[R::NominalSubject, R::PassiveNominalSubject])
            .filter(|&subject| tree.is_relative(subject))
            .filter(|_| tree.relation(current) == R::RelativeClause)
            .and_then(|_| tree.head(current))
            .filter(|&noun| agrees(tree, index, noun));
        if let Some(noun) = antecedent {
            return phrase::alone(tree, noun);
        }
        current = tree.head(current)?;
    }
}

/// "their" needs several owners that can act, "its" one that is no person.
fn agrees(tree: &Tree<'_>, pronoun: usize, owner: usize) -> bool {
    let is_plural = matches!(
        tree.fine(owner),
        FineTag::PluralNoun | FineTag::PluralProperNoun
    ) || tree.has_child(owner, &[R::Conjunct])
        || tree.tag(owner) == UniversalTag::Numeral;
    let is = |class| is_in_class(tree.lemma(owner), class);
    let is_body = is(NounClass::Organization) || is(NounClass::Business) || is(NounClass::Place);
    let is_person = tree.is_person(owner) || is(NounClass::Person);
    let is_named = tree.name_kind(owner).is_some();
    let is_count = tree.tag(owner) == UniversalTag::Numeral;
    match tree.lower(pronoun) {
        "their" => is_plural && (is_body || is_person || is_named || is_count),
        "its" => !is_plural && !is_person,
        _ => false,
    }
}
