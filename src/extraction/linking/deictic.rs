//! Words of a statement that point out of it: "there", "then", "both", "which".

use crate::text::dependency::Relation as R;
use crate::text::tag::UniversalTag;

use super::super::tree::Tree;

/// "He had friends there", "it would be sold then": a place or time told elsewhere.
pub(super) fn is_pointing_adverb(tree: &Tree<'_>, token: usize) -> bool {
    matches!(tree.lower(token), "there" | "here" | "then" | "thereby")
        && tree.relation(token) == R::AdverbialModifier
        && tree.tag(token) == UniversalTag::Adverb
        && !tree.has_child(token, &[R::Fixed, R::AdverbialRelativeClause, R::Oblique])
        // "If it rains, then we stay": that joins.
        && !(0..token).any(|word| tree.lower(word) == "if")
}

/// "Both were hurt", "neither agreed": of whom, nothing in the statement tells.
pub(super) fn is_of_both(tree: &Tree<'_>, token: usize, tokens: &[usize]) -> bool {
    let is_head = matches!(
        tree.relation(token),
        R::NominalSubject | R::PassiveNominalSubject | R::Object | R::Oblique
    );
    let is_first = !tokens
        .iter()
        .take_while(|&&other| other < token)
        .any(|&other| {
            matches!(
                tree.tag(other),
                UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Pronoun
            )
        });
    matches!(tree.lower(token), "both" | "neither" | "either")
        && is_head
        && is_first
        && !tree.has_child(token, &[R::NominalModifier])
}

/// "which was delicious": the words of a relative clause without their noun; and "so", "no" alone.
pub(super) fn begins_with_relative(tree: &Tree<'_>, tokens: &[usize]) -> bool {
    if let [only] = tokens {
        return matches!(tree.lower(*only), "so" | "no" | "yes" | "nothing" | "as");
    }
    tokens.first().is_some_and(|&first| {
        tree.lower(first) == "which"
            && matches!(
                tree.relation(first),
                R::NominalSubject | R::PassiveNominalSubject | R::Object
            )
    })
}
