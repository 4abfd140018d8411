//! Comparisons: "more than expected", "as planned".

use crate::text::dependency::Relation as R;

use super::super::phrase::{self, Phrase};
use super::super::tree::Tree;

/// "rose more than expected": what it is compared with belongs to the adverb.
pub(super) fn with_comparison(tree: &Tree<'_>, found: Phrase) -> Phrase {
    let than = tree
        .children_by(found.head, &[R::AdverbialClause])
        .find(|&clause| clause > found.head && is_comparison(tree, clause));
    match than.map(|_| tree.subtree(found.head, |_| false)) {
        Some(words) => phrase::tidy(tree, found.head, words).unwrap_or(found),
        None => found,
    }
}

/// "than expected", "as planned".
pub(super) fn is_comparison(tree: &Tree<'_>, clause: usize) -> bool {
    tree.children_by(clause, &[R::Marker, R::Case])
        .any(|mark| matches!(tree.lower(mark), "than" | "as"))
}
