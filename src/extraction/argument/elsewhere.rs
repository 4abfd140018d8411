//! Arguments that do not stand in their own clause: the noun of a relative clause, what two verbs
//! share, the words around a frame of speech.

use crate::text::dependency::Relation as R;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::attribution;
use super::super::clause::{self, Clause};
use super::super::lexicon;
use super::super::phrase;
use super::super::tree::Tree;
use super::{Argument, Part, Times, argument, preposition};

/// "The plan, she said, is ready": the words around the frame are what she said.
pub(super) fn framed_words(
    tree: &Tree<'_>,
    clause: &Clause,
    found: &[Argument],
) -> Option<Argument> {
    let head = clause.head;
    let is_frame = (tree.relation(head) == R::Parataxis || attribution::is_as_frame(tree, head))
        && lexicon::is_speech(tree.lemma(head))
        && (!clause::is_passive(tree, head) || lexicon::is_telling(tree.lemma(head)))
        && !found
            .iter()
            .any(|argument| matches!(argument.part, Part::Clause | Part::Object));
    let said = is_frame
        .then(|| tree.head(head))
        .flatten()
        .filter(|&said| tree.is_verb(said) || phrase::is_predicate(tree, said))?;
    let words = phrase::within_quotation(tree, head, phrase::clause(tree, said, &[head])?);
    Some(Argument {
        part: Part::Clause,
        preposition: Vec::new(),
        alternatives: vec![words],
        is_time: false,
    })
}

/// "buy and sell shares in Paris": what follows the last verb belongs to both.
pub(super) fn shared_to_the_right(
    tree: &Tree<'_>,
    clause: &Clause,
    times: &Times,
    found: &[Argument],
) -> Vec<Argument> {
    let head = clause.head;
    if tree.relation(head) != R::Conjunct {
        return Vec::new();
    }
    let Some(first) = tree.head(head) else {
        return Vec::new();
    };
    if !tree.is_verb(first) || !tree.is_verb(head) {
        return Vec::new();
    }
    let has_object = found.iter().any(|argument| argument.part == Part::Object);
    let has_own_subject = tree.has_child(head, &clause::SUBJECTS);
    let first_subject = tree.child(first, &clause::SUBJECTS);
    tree.children(first)
        .iter()
        .copied()
        .filter(|&child| {
            let is_after = child > head
                && (tree.relation(child) != R::Object || !has_object)
                && !matches!(tree.relation(child), R::AdverbialClause);
            let is_fronted = !has_own_subject
                && first_subject.is_some_and(|subject| child < subject)
                && times.is_time(tree, child);
            is_after || is_fronted
        })
        .filter_map(|child| argument(tree, first, child, times))
        .collect()
}

/// "the book which he wrote", "the town where he lives": the noun is an argument of the clause.
pub(super) fn from_antecedent(
    tree: &Tree<'_>,
    clause: &Clause,
    times: &Times,
    found: &[Argument],
) -> Option<Argument> {
    let noun = clause.antecedent?;
    // "whose term ends", "a third of which was paid": the noun has its place in the subject.
    if clause::has_relative_subject(tree, clause.head) {
        return None;
    }
    let alternatives = clause::antecedent(tree, noun);
    if alternatives.is_empty() {
        return None;
    }
    let is_time = times.is_time(tree, noun)
        || lexicon::is_stretch_of_time(tree.lemma(noun))
        || matches!(tree.lemma(noun), "period" | "era" | "moment");
    let make = |part: Part, preposition: Vec<usize>| Argument {
        part,
        preposition,
        alternatives: alternatives.clone(),
        is_time,
    };
    for &link in &clause.links {
        for &child in tree.children(link) {
            if tree.relation(child) == R::Oblique && tree.is_relative(child) {
                let before = preposition(tree, child);
                // "the cup they had been looking for since May": it may hang on its pronoun.
                let stranded = || {
                    let below = tree.children(link).iter().chain(tree.children(child));
                    below.copied().find(|&word| is_stranded(tree, link, word))
                };
                let words = if before.is_empty() {
                    stranded().into_iter().collect()
                } else {
                    before
                };
                return Some(make(Part::Oblique, words));
            }
            if tree.relation(child) == R::AdverbialModifier && tree.fine(child) == FineTag::WhAdverb
            {
                return (tree.lower(child) != "why").then(|| make(Part::Setting, Vec::new()));
            }
            if is_stranded(tree, link, child) {
                return Some(make(Part::Oblique, vec![child]));
            }
        }
    }
    // "the way the lights looked": how they looked is not what they looked.
    // "by the time it opened": a time is not what was opened.
    if matches!(
        tree.lemma(noun),
        "way" | "manner" | "reason" | "extent" | "moment"
    ) || lexicon::is_stretch_of_time(tree.lemma(noun))
    {
        return None;
    }
    let has_object = found.iter().any(|argument| {
        matches!(
            argument.part,
            Part::Object | Part::Clause | Part::Complement
        )
    });
    let is_passive = clause
        .links
        .last()
        .is_some_and(|&link| clause::is_passive(tree, link));
    (!has_object && !is_passive).then(|| make(Part::Object, Vec::new()))
}

/// "the house they live in": a preposition left behind by its noun.
fn is_stranded(tree: &Tree<'_>, link: usize, word: usize) -> bool {
    tree.tag(word) == UniversalTag::Adposition
        && matches!(
            tree.relation(word),
            R::Oblique | R::AdverbialModifier | R::Case
        )
        && word > link
}

/// "depends on what he does": the pronoun with its clause is one argument.
pub(super) fn free_relative(tree: &Tree<'_>, pronoun: usize) -> Option<Argument> {
    let clause = tree
        .child(pronoun, &[R::RelativeClause, R::AdverbialRelativeClause])
        .filter(|&clause| pronoun < clause)?;
    let part = match tree.relation(pronoun) {
        R::Object => Part::Clause,
        R::Oblique | R::Agent => Part::Circumstance,
        _ => return None,
    };
    let preposition = preposition(tree, pronoun);
    let mut found = phrase::clause(tree, clause, &[])?;
    found.tokens.insert(0, pronoun);
    Some(Argument {
        part,
        preposition,
        alternatives: vec![found],
        is_time: false,
    })
}
