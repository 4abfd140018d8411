//! "whose" and "of which" within a phrase: the noun that they stand for takes their place, so that
//! the phrase can be understood without the sentence.

use crate::text::dependency::Relation as R;
use crate::text::tag::UniversalTag;

use super::super::tree::Tree;
use super::{Phrase, alone};

/// How many heads lie at most between a relative pronoun and its noun.
const FARTHEST: usize = 6;

/// "whose term", "a third of which": with the noun that is meant.
pub(super) fn with_antecedent(tree: &Tree<'_>, phrase: Phrase) -> Phrase {
    let place = phrase
        .tokens
        .iter()
        .position(|&token| token != phrase.head && is_relative_modifier(tree, token));
    let Some(place) = place else {
        return phrase;
    };
    let (before, rest) = phrase.tokens.split_at(place);
    let Some(&pronoun) = rest.first() else {
        return phrase;
    };
    // In "children whose eyesight was poor" the noun stands in the phrase already.
    let noun = noun_of(tree, pronoun).filter(|noun| !phrase.tokens.contains(noun));
    let Some(meant) = noun.and_then(|noun| alone(tree, noun)) else {
        return phrase;
    };
    let mut tokens = before.to_vec();
    // Without the clause that the pronoun begins, though it be kept where the noun stands alone.
    tokens.extend(meant.tokens.into_iter().filter(|&token| token < pronoun));
    // "whose" stays as the mark of the possessive.
    let kept = rest
        .iter()
        .enumerate()
        .filter(|&(position, &token)| position > 0 || is_whose(tree, token));
    tokens.extend(kept.map(|(_, &token)| token));
    Phrase {
        head: phrase.head,
        tokens,
    }
}

/// Whether a token is "whose", which stands for a noun with the mark of the possessive.
pub(in super::super) fn is_whose(tree: &Tree<'_>, token: usize) -> bool {
    tree.lower(token) == "whose"
}

/// Whether "whose" among some tokens stands for the mark of the possessive, behind the noun it
/// means. Where the clause it begins is among them too, it is the word that it is.
pub(in super::super) fn is_possessive_mark(
    tree: &Tree<'_>,
    tokens: &[usize],
    token: usize,
) -> bool {
    is_whose(tree, token)
        && !std::iter::successors(tree.head(token), |&word| tree.head(word))
            .take(FARTHEST)
            .find(|&word| tree.relation(word) == R::RelativeClause)
            .is_some_and(|clause| tokens.contains(&clause))
}

fn is_relative_modifier(tree: &Tree<'_>, token: usize) -> bool {
    match tree.relation(token) {
        R::PossessiveModifier => is_whose(tree, token),
        R::NominalModifier => matches!(tree.lower(token), "which" | "whom"),
        _ => false,
    }
}

/// "She follows Ann Lee of Kent, whose term ended": what the clause says of the verb, it says of
/// the noun phrase right before it.
fn last_noun(tree: &Tree<'_>, verb: usize, pronoun: usize) -> Option<usize> {
    const PARTS: [R; 6] = [
        R::Object,
        R::Oblique,
        R::Agent,
        R::IndirectObject,
        R::NominalSubject,
        R::PassiveNominalSubject,
    ];
    let comma = pronoun.checked_sub(1)?;
    tree.children_by(verb, &PARTS)
        .filter(|&noun| noun < pronoun && tree.is_nominal(noun))
        .last()
        .filter(|&noun| {
            tree.lower(comma) == ","
                && comma > 0
                && (comma - 1 == noun || tree.is_below(comma - 1, noun))
        })
}

/// "Ann Lee, a writer whose books sold": they are Lee's.
fn described_name(tree: &Tree<'_>, noun: usize) -> usize {
    let is_beside = tree.relation(noun) == R::Apposition && tree.tag(noun) == UniversalTag::Noun;
    tree.head(noun)
        .filter(|&name| is_beside && name < noun && tree.tag(name) == UniversalTag::ProperNoun)
        .unwrap_or(noun)
}

/// The noun that the clause around a relative pronoun describes.
fn noun_of(tree: &Tree<'_>, pronoun: usize) -> Option<usize> {
    let mut current = pronoun;
    for _ in 0..FARTHEST {
        let parent = tree.head(current)?;
        if matches!(tree.relation(current), R::RelativeClause | R::Apposition) {
            return (parent < pronoun).then(|| described_name(tree, parent));
        }
        if tree.relation(current) == R::AdverbialRelativeClause {
            return last_noun(tree, parent, pronoun);
        }
        current = parent;
    }
    None
}
