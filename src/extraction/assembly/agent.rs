//! Who does what a passive clause says.

use crate::text::dependency::Relation as R;
use crate::text::numeral::is_unit;
use crate::text::tag::UniversalTag;

use super::super::argument::{Argument as Phrases, Part};
use super::super::lexicon;
use super::super::proposition::Proposition;
use super::super::tree::Tree;

/// Whether an argument tells who does what a passive clause says.
pub(super) fn is_agent(tree: &Tree<'_>, proposition: &Proposition, argument: &Phrases) -> bool {
    proposition.is_passive
        && (matches!(argument.part, Part::Agent | Part::Oblique)
            && !argument.is_time
            && argument.role(tree) == "by"
            && argument.alternatives.iter().all(|phrase| {
                !tree.is_verb(phrase.head)
                    && !is_amount(tree, phrase.head)
                    && !is_means(tree, phrase.head)
                    && !is_reckoning(tree, phrase.head)
                    && !is_count(tree, phrase.head)
                    && !is_name_itself(tree, phrase.head)
                    && !lexicon::is_stretch_of_time(tree.lemma(phrase.head))
                    && !is_part_of_time(tree, phrase.head)
            }))
}

/// "cut by half", "by 3 percent", "by 40 kilometres": how much, not by whom.
fn is_amount(tree: &Tree<'_>, noun: usize) -> bool {
    matches!(
        tree.lemma(noun),
        "half" | "third" | "quarter" | "percent" | "%" | "point" | "per cent" | "fifth" | "tenth"
    ) || tree.tag(noun) == UniversalTag::Symbol
        || is_unit(tree.lower(noun)) && tree.has_child(noun, &[R::NumericModifier])
}

/// "by the end of May", "by the close of the week": when, not by whom.
fn is_part_of_time(tree: &Tree<'_>, noun: usize) -> bool {
    lexicon::is_part_of_course(tree.lemma(noun))
        && tree.children_by(noun, &[R::NominalModifier]).any(|time| {
            lexicon::is_stretch_of_time(tree.lemma(time))
                || lexicon::is_calendar_name(tree.lower(time))
                || tree.tag(time) == UniversalTag::Numeral
        })
}

/// "adopted by a vote of 52 to 40", "by the ministry's count": how it was done or reckoned.
fn is_count(tree: &Tree<'_>, noun: usize) -> bool {
    tree.tag(noun) == UniversalTag::Noun && lexicon::is_way_of_deciding(tree.lemma(noun))
}

/// "known by its initials": the name is what it is known by, not who knows it.
fn is_name_itself(tree: &Tree<'_>, noun: usize) -> bool {
    matches!(
        tree.lemma(noun),
        "initial" | "name" | "nickname" | "acronym" | "abbreviation" | "title" | "pseudonym"
    )
}

/// "held by telephone": a bare noun of what one sends or travels by.
fn is_means(tree: &Tree<'_>, noun: usize) -> bool {
    let is_bare = !tree.has_child(noun, &[R::Determiner, R::PossessiveModifier]);
    is_bare && lexicon::is_means(tree.lemma(noun)) || tree.lower(noun).ends_with("ing")
}

/// "by the ministry's count", "by most accounts": whose figures they are, not who did it.
fn is_reckoning(tree: &Tree<'_>, noun: usize) -> bool {
    matches!(
        tree.lemma(noun),
        "count"
            | "account"
            | "estimate"
            | "reckoning"
            | "calculation"
            | "tally"
            | "measure"
            | "standard"
            | "definition"
            | "admission"
    ) && (tree.has_child(noun, &[R::PossessiveModifier])
        || tree
            .children_by(noun, &[R::Determiner, R::AdjectivalModifier])
            .any(|word| {
                matches!(
                    tree.lower(word),
                    "some" | "any" | "all" | "most" | "own" | "official"
                )
            }))
}
