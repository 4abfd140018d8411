//! Whether a clause denies what it says: by an adverb, by a noun, by a verb like "fail".

use crate::text::dependency::Relation as R;
use crate::text::tag::FineTag;

use super::super::clause::{self, Clause, Source};
use super::super::lexicon::{self, Governor};
use super::super::tree::Tree;

/// Whether a clause denies what it says.
pub(in super::super) fn is_negated(tree: &Tree<'_>, clause: &Clause) -> bool {
    let mut negated = false;
    for (position, &link) in clause.links.iter().enumerate() {
        if has_negation(tree, link) {
            negated = !negated;
        }
        let is_last = position + 1 == clause.links.len();
        if !is_last && clause::governor(tree, link) == Governor::Negative {
            negated = !negated;
        }
    }
    if clause.links.len() == 1 && shares_negation(tree, clause.head) {
        negated = true;
    }
    if is_without(tree, clause.head) {
        negated = !negated;
    }
    // "no casualties left at the site": those who are left are denied.
    let is_none = clause.source == Source::Participle
        && tree
            .head(clause.head)
            .is_some_and(|noun| is_negative_noun(tree, noun));
    if is_none || clause.source == Source::Shared && shares_negative_subject(tree, clause.head) {
        negated = !negated;
    }
    negated
}

/// "left without paying": they did not pay. "Was not without dispute" says what it says.
fn is_without(tree: &Tree<'_>, head: usize) -> bool {
    let is_predicate = tree.has_child(head, &[R::Copula]);
    !is_predicate
        && tree
            .children_by(head, &[R::Marker, R::Case])
            .any(|mark| tree.lower(mark) == "without")
}

pub(super) fn has_negation(tree: &Tree<'_>, link: usize) -> bool {
    tree.children(link)
        .iter()
        .any(|&child| match tree.relation(child) {
            // "Not only the square": nothing is denied.
            R::AdverbialModifier => {
                denies(tree, child) && !matches!(tree.lower(child + 1), "only" | "just" | "merely")
            }
            R::Coordination => tree.lower(child) == "nor",
            R::NominalSubject | R::PassiveNominalSubject | R::Object => {
                is_negative_noun(tree, child)
            }
            R::Oblique => is_negative_noun(tree, child) && denies_clause_from_aside(tree, child),
            _ => false,
        })
        // "was under no obligation", "is no expert".
        || tree.has_child(link, &[R::Copula]) && is_negative_noun(tree, link)
}

/// "no one", "nothing", "no progress", "neither side".
fn is_negative_noun(tree: &Tree<'_>, noun: usize) -> bool {
    lexicon::is_negative_quantity(tree.lower(noun))
        || tree
            .children_by(noun, &[R::Determiner, R::Preconjunction])
            .any(|child| lexicon::is_negative_quantity(tree.lower(child)))
}

/// Whether the "no" of a noun denies the clause around it, "had no choice", so that the noun is
/// told without it. "Left with no choice" was left all the same.
pub(in super::super) fn denies_clause(tree: &Tree<'_>, noun: usize) -> bool {
    match tree.relation(noun) {
        R::NominalSubject | R::PassiveNominalSubject | R::Object => true,
        R::Oblique => denies_clause_from_aside(tree, noun),
        R::Conjunct => tree
            .head(noun)
            .is_some_and(|first| is_negative_noun(tree, first) && denies_clause(tree, first)),
        _ => tree.has_child(noun, &[R::Copula]),
    }
}

/// "In no way", "under no circumstances": a phrase beside the verb that denies what it does.
fn denies_clause_from_aside(tree: &Tree<'_>, noun: usize) -> bool {
    matches!(
        tree.lemma(noun),
        "way" | "circumstance" | "time" | "account" | "case" | "point" | "sense"
    )
}

/// "Nobody was hurt or evacuated": the subject that denies the first verb denies the second.
fn shares_negative_subject(tree: &Tree<'_>, head: usize) -> bool {
    let is_alternative = tree
        .children_by(head, &[R::Coordination])
        .any(|word| matches!(tree.lower(word), "or" | "nor"));
    is_alternative
        && tree.relation(head) == R::Conjunct
        && tree.head(head).is_some_and(|first| {
            tree.child(first, &[R::NominalSubject, R::PassiveNominalSubject])
                .is_some_and(|subject| is_negative_noun(tree, subject))
        })
}

/// "did not eat or drink": the second bare verb is denied too.
fn shares_negation(tree: &Tree<'_>, head: usize) -> bool {
    if tree.relation(head) != R::Conjunct || tree.has_child(head, &clause::SUBJECTS) {
        return false;
    }
    let is_bare = matches!(tree.fine(head), FineTag::BaseVerb)
        && !tree.has_child(head, &[R::Auxiliary, R::PassiveAuxiliary]);
    let is_alternative = tree
        .children_by(head, &[R::Coordination])
        .any(|word| matches!(tree.lower(word), "or" | "nor"));
    is_bare
        && is_alternative
        && tree.head(head).is_some_and(|first| {
            tree.children_by(first, &[R::AdverbialModifier])
                .any(|adverb| denies(tree, adverb))
        })
}

/// "not", "never", and "no longer": what was so is not so now.
pub(in super::super) fn denies(tree: &Tree<'_>, adverb: usize) -> bool {
    let lower = tree.lower(adverb);
    lexicon::is_negation(lower)
        || matches!(lower, "longer" | "more") && no_before(tree, adverb).is_some()
}

/// The "no" of "no longer".
pub(in super::super) fn no_before(tree: &Tree<'_>, adverb: usize) -> Option<usize> {
    tree.children(adverb)
        .iter()
        .copied()
        .find(|&word| word + 1 == adverb && tree.lower(word) == "no")
}
