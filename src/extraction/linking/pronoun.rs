//! Words that stand for something else.

use crate::text::dependency::Relation as R;
use crate::text::document::{Mention, MentionKind};
use crate::text::numeral::ordinal;
use crate::text::tag::UniversalTag;

use super::super::phrase::{self, Phrase};
use super::super::tree::Tree;
use super::Linker;

/// A longer phrase is no name of a thing.
const MOST_WORDS: usize = 8;

impl Linker<'_> {
    /// "The heads of state said they …": the noun before a pronoun with what "of" leads to.
    pub(super) fn told_here(
        &self,
        tree: &Tree<'_>,
        pronoun: &Mention,
        noun: &str,
    ) -> Option<String> {
        let head = (0..pronoun.head).rev().find(|&token| {
            tree.tag(token) == UniversalTag::Noun && tree.lower(token).eq_ignore_ascii_case(noun)
        })?;
        let is_of = |modifier: usize| {
            modifier > head
                && tree
                    .children_by(modifier, &[R::Case])
                    .any(|case| tree.lower(case) == "of")
        };
        let has_of = tree.children_by(head, &[R::NominalModifier]).any(is_of);
        let whole =
            phrase::alone(tree, head).filter(|whole| has_of && whole.tokens.len() <= MOST_WORDS)?;
        Some(self.normal_form(tree, &whole.tokens)).filter(|name| !name.is_empty())
    }
}

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
    // "With the former", "others were dyed": one of those just told.
    let is_elliptic = matches!(
        tree.lower(phrase.head),
        "former"
            | "latter"
            | "other"
            | "others"
            | "same"
            | "following"
            | "above"
            | "rest"
            | "remainder"
    ) && phrase
        .tokens
        .iter()
        .all(|&token| token == phrase.head || matches!(tree.lower(token), "the" | "some" | "many"));
    // "My second was that", "the first had failed": the second what?
    let is_ordinal = tree.tag(phrase.head) == UniversalTag::Adjective
        && ordinal(tree.lower(phrase.head)).is_some()
        && matches!(
            tree.relation(phrase.head),
            R::NominalSubject | R::PassiveNominalSubject | R::OuterNominalSubject
        )
        && phrase.tokens.iter().all(|&token| {
            token == phrase.head
                || matches!(
                    tree.relation(token),
                    R::Determiner | R::PossessiveModifier | R::Case
                )
        });
    // "the one shown to parents": which one, the sentence before tells.
    let is_one = matches!(tree.lower(phrase.head), "one" | "ones")
        && phrase.tokens.iter().any(|&token| {
            token < phrase.head
                && tree.head(token) == Some(phrase.head)
                && matches!(
                    tree.relation(token),
                    R::Determiner | R::PossessiveModifier | R::AdjectivalModifier
                )
        });
    // "The following members came", "the remaining two": told before or behind.
    let is_listed = phrase.tokens.iter().any(|&token| {
        let is_number = tree.tag(phrase.head) == UniversalTag::Numeral;
        token < phrase.head
            && tree.head(token) == Some(phrase.head)
            && (tree.lower(token) == "following" && tree.relation(token) == R::AdjectivalModifier
                || is_number && matches!(tree.lower(token), "remaining" | "other"))
            && !tree.has_child(phrase.head, &[R::NominalModifier])
    });
    is_elliptic
        || is_listed
        || is_one
        || is_ordinal
        || phrase.tokens.len() == 1
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
                    | "himself"
                    | "herself"
                    | "itself"
                    | "themselves"
            )
}

/// "The Government of Peru": the noun alone is no name.
pub(super) fn goes_on_with_owner(tree: &Tree<'_>, phrase: &Phrase, mention: &Mention) -> bool {
    let is_lone = mention.kind == MentionKind::Name
        && mention.first == mention.last
        && mention.head == phrase.head
        && matches!(
            tree.lower(phrase.head),
            "government" | "parliament" | "cabinet" | "presidency" | "embassy" | "ministry"
        );
    is_lone
        && phrase.tokens.iter().any(|&token| {
            token > mention.last && tree.lower(token) == "of" && tree.relation(token) == R::Case
        })
}

/// "This", "such" before a noun, or "the former" without one.
pub(super) fn points(tree: &Tree<'_>, word: usize, head: usize) -> bool {
    let is_before = word < head && tree.head(word) == Some(head);
    match tree.lower(word) {
        "this" | "that" | "these" | "those" => is_before && tree.relation(word) == R::Determiner,
        "such" => is_before && tree.relation(word) != R::Case,
        "former" | "latter" => word == head,
        _ => false,
    }
}
