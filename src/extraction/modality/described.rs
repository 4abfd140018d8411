//! Clauses that describe a noun which is not told to be: "any bills that raise taxes".

use crate::fact::Modality;
use crate::text::dependency::Relation as R;
use crate::text::tag::FineTag;

use super::super::clause::{Clause, Source};
use super::super::tree::Tree;
use super::is_alternative;

/// "any bills that raise taxes": that there are such bills is not said.
pub(super) fn describes_any(tree: &Tree<'_>, clause: &Clause) -> Modality {
    let describes = matches!(clause.source, Source::Relative | Source::Participle);
    let is_any = clause.subjects.iter().any(|subject| {
        tree.children_by(subject.head, &[R::Determiner])
            .any(|word| matches!(tree.lower(word), "any" | "no" | "whatever" | "whichever"))
            || matches!(tree.lower(subject.head), "anyone" | "anybody" | "anything")
    });
    if describes && (is_any || is_generic(tree, clause)) || is_of_each(tree, clause) {
        return Modality::Conditional;
    }
    // "is owned or led by them": one of the two, nobody says which.
    if is_alternative(tree, clause.head) {
        return Modality::Possible;
    }
    Modality::Asserted
}

/// "A box that leaves today should arrive on Monday": no such box is told of.
fn is_generic(tree: &Tree<'_>, clause: &Clause) -> bool {
    let Some(noun) = tree
        .head(clause.head)
        .filter(|_| clause.source == Source::Relative)
    else {
        return false;
    };
    let is_indefinite = tree
        .children_by(noun, &[R::Determiner])
        .any(|word| matches!(tree.lower(word), "a" | "an"));
    let is_bare_mass = tree.fine(noun) == FineTag::Noun
        && !tree.has_child(
            noun,
            &[R::Determiner, R::PossessiveModifier, R::NumericModifier],
        )
        && tree.name_kind(noun).is_none();
    let is_subject = matches!(
        tree.relation(noun),
        R::NominalSubject | R::PassiveNominalSubject
    );
    let has_comma = (noun..clause.head).any(|mark| tree.lower(mark) == ",");
    let main = tree.head(noun);
    let is_ruled = main.is_some_and(|main| {
        tree.children_by(main, &[R::Auxiliary])
            .any(|word| tree.fine(word) == FineTag::Modal)
    });
    is_subject && !has_comma && (is_indefinite && is_ruled || is_bare_mass)
}

/// "Each share they hold", "everybody who trusted me", "her patients who are prescribed aspirin":
/// the clause picks out of many, and tells nothing of them all.
fn is_of_each(tree: &Tree<'_>, clause: &Clause) -> bool {
    if tree.relation(clause.head) != R::RelativeClause {
        return false;
    }
    let Some(noun) = tree.head(clause.head).filter(|&noun| noun < clause.head) else {
        return false;
    };
    let has_comma =
        (noun..clause.head).any(|mark| matches!(tree.lower(mark), "," | "–" | "—" | "("));
    let picks = tree
        .children_by(noun, &[R::Determiner, R::Predeterminer])
        .any(|word| {
            matches!(
                tree.lower(word),
                "each" | "every" | "any" | "whatever" | "whichever"
            )
        });
    let is_open = matches!(
        tree.lower(noun),
        "everybody" | "everyone" | "anybody" | "anyone" | "those" | "whoever" | "all" | "nobody"
    );
    !has_comma && (picks || is_open || is_group(tree, clause, noun))
}

/// "Students who leave", "her patients who are treated": a kind of many, in the present.
fn is_group(tree: &Tree<'_>, clause: &Clause, noun: usize) -> bool {
    let is_counted = tree.has_child(noun, &[R::NumericModifier])
        || tree
            .children_by(noun, &[R::Determiner])
            .any(|word| !matches!(tree.lower(word), "the" | "all"))
        || tree.tag(noun) != crate::text::tag::UniversalTag::Noun;
    // "There are rules that protect them": that is told of those there are.
    let is_told = tree
        .head(noun)
        .is_some_and(|verb| tree.has_child(verb, &[R::Expletive, R::Copula]));
    let is_who = matches!(clause.source, Source::Relative) && !is_told;
    let is_present = |word: usize| {
        matches!(tree.fine(word), FineTag::PresentVerb) || matches!(tree.lower(word), "are" | "do")
    };
    let is_general = is_present(clause.head)
        || tree
            .children_by(clause.head, &[R::PassiveAuxiliary, R::Copula])
            .any(is_present);
    let is_owned = tree.has_child(noun, &[R::PossessiveModifier]);
    is_who
        && is_general
        && !is_counted
        && tree.fine(noun) == FineTag::PluralNoun
        && (is_owned || !tree.has_child(noun, &[R::Determiner]))
}
