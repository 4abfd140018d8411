//! Clauses as arguments: what is said, asked or begun.

use crate::text::dependency::Relation as R;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::phrase;
use super::super::tree::Tree;
use super::{Argument, Part};

/// A clause as an argument; "said that he came and that she left" has two.
pub(super) fn governed_clause(tree: &Tree<'_>, child: usize) -> Option<Argument> {
    let preposition: Vec<usize> = tree
        .children_by(child, &[R::Marker, R::Case])
        .filter(|&mark| {
            mark < child && is_connecting(tree, child, mark) && !phrase::is_inner(tree, child, mark)
        })
        .collect();
    let others: Vec<usize> = tree
        .children_by(child, &[R::Conjunct])
        .filter(|&other| {
            tree.children_by(other, &[R::Marker])
                .any(|mark| tree.lower(mark) == "that")
                || that_before(tree, other).is_some()
        })
        .collect();
    let mut words = phrase::clause(tree, child, &others)?;
    // "said only that it was late": the adverb is of the saying.
    let that = preposition
        .iter()
        .copied()
        .find(|&mark| tree.lower(mark) == "that");
    let is_before_that = |token: usize| {
        that.is_some_and(|that| token < that)
            && tree.relation(token) == R::AdverbialModifier
            && tree.head(token) == Some(child)
    };
    words
        .tokens
        .retain(|&token| !preposition.contains(&token) && !is_before_that(token));
    if let Some(verb) = tree.head(child) {
        words = phrase::within_quotation(tree, verb, words);
    }
    let mut alternatives = vec![words];
    alternatives.extend(
        others
            .iter()
            .filter_map(|&other| phrase::clause(tree, other, &[]))
            .map(|mut words| {
                words
                    .tokens
                    .retain(|&token| Some(token) != that_before(tree, words.head));
                words
            }),
    );
    Some(Argument {
        part: Part::Clause,
        preposition,
        alternatives,
        is_time: false,
    })
}

/// "said that he left", "accused of hiding": the word that only joins the clause to its verb.
fn is_connecting(tree: &Tree<'_>, clause: usize, mark: usize) -> bool {
    tree.lower(mark) == "that"
        || tree.fine(clause) == FineTag::Gerund
            && matches!(
                tree.lower(mark),
                "of" | "from" | "into" | "about" | "for" | "with" | "at" | "in" | "on"
            )
}

/// "… and that, unless it rains, they stay": the "that" right behind the word that joins a clause.
fn that_before(tree: &Tree<'_>, clause: usize) -> Option<usize> {
    tree.children_by(clause, &[R::Coordination])
        .map(|word| word + 1)
        .find(|&that| {
            that < clause
                && tree.lower(that) == "that"
                && tree.tag(that) == UniversalTag::SubordinatingConjunction
        })
}
