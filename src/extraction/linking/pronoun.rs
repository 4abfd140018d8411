//! Words that stand for something else.

use crate::text::tag::UniversalTag;

use super::super::phrase::Phrase;
use super::super::tree::Tree;

/// "how", "why" and their like.
pub(super) fn is_question_word(tree: &Tree<'_>, index: usize) -> bool {
    matches!(
        tree.lower(index),
        "how" | "why" | "when" | "where" | "what" | "which" | "who" | "whether"
    )
}

/// A pronoun or bare demonstrative that no mention resolves.
pub(super) fn is_unresolved(tree: &Tree<'_>, phrase: &Phrase) -> bool {
    let is_pronoun = matches!(
        tree.tag(phrase.head),
        UniversalTag::Pronoun | UniversalTag::Determiner
    ) || tree.lower(phrase.head) == "one"
        || is_question_word(tree, phrase.head);
    phrase.tokens.len() == 1
        && is_pronoun
        && !matches!(
            tree.lower(phrase.head),
            "everyone"
                | "everybody"
                | "someone"
                | "somebody"
                | "nobody"
                | "nothing"
                | "everything"
                | "something"
                | "himself"
                | "herself"
                | "itself"
                | "themselves"
        )
}
