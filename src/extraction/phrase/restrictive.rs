//! Clauses without which a noun does not say what it means: "those who left", "40 percent of the
//! children who fell ill", "a night during which it rained", "contracts which bind nurses".

use crate::text::dependency::Relation as R;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::numeral::is_unit;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::super::tree::Tree;
use super::is_loose;

/// A clause that a pronoun or a number needs is kept up to so many words.
const LONGEST: usize = 14;

/// A clause that only tells a noun from others is kept up to so many words.
const LONGEST_AT_NOUN: usize = 8;

/// At one of many things that only an adjective describes, up to so many.
const LONGEST_AT_THING: usize = 12;

/// And at a noun that without it says hardly anything, "a scheme", "a man", up to so many.
const LONGEST_AT_BARE: usize = 18;

/// Whether a relative clause belongs to the words of its noun.
pub(super) fn identifies(tree: &Tree<'_>, noun: usize, clause: usize) -> bool {
    if is_free_relative(tree, noun) {
        return clause > noun;
    }
    if clause <= noun || is_loose(tree, clause, noun) || is_behind_mark(tree, noun, clause) {
        return false;
    }
    // "a professor at a university who took no part": no university did.
    if tells_of_person(tree, clause) && !can_be_person(tree, noun) {
        return false;
    }
    let is_cut = |child: usize| {
        let parent = tree.head(child).unwrap_or(clause);
        is_circumstance(tree, child, parent)
    };
    let length = tree.subtree(clause, is_cut).len();
    let is_needed = is_open_pronoun(tree, noun)
        || is_time(tree, noun, clause)
        || is_part(tree, noun)
        || is_only(tree, noun)
        || is_way(tree, noun);
    length <= LONGEST && is_needed
        || length <= LONGEST_AT_NOUN && is_unknown(tree, noun)
        || length <= LONGEST_AT_BARE && is_bare(tree, noun)
        || length <= LONGEST_AT_THING && is_one_thing(tree, noun)
}

/// "The way in which it works": the way alone is no way.
fn is_way(tree: &Tree<'_>, noun: usize) -> bool {
    matches!(
        tree.lower(noun),
        "way" | "extent" | "reason" | "degree" | "manner"
    ) && tree
        .children_by(noun, &[R::Determiner])
        .any(|the| tree.lower(the) == "the")
}

/// "A lower court ruling that ordered the yard to pay": people and bodies are known without.
fn is_one_thing(tree: &Tree<'_>, noun: usize) -> bool {
    let lemma = tree.lemma(noun).to_lowercase();
    let is_one = tree
        .children_by(noun, &[R::Determiner])
        .any(|word| matches!(tree.lower(word), "a" | "an"));
    let is_actor = [NounClass::Person, NounClass::Organization, NounClass::Place]
        .iter()
        .any(|&class| is_in_class(&lemma, class));
    let is_told = tree.has_child(noun, &[R::NominalModifier, R::AdnominalClause, R::Conjunct]);
    is_one && !is_actor && !is_told && is_unknown(tree, noun)
}

/// "A scheme under which cards are returned", "a man who heard it": a noun that is one of many,
/// and of which nothing else is told. As a subject only a person is known by what he did.
fn is_bare(tree: &Tree<'_>, noun: usize) -> bool {
    let is_one = tree
        .children_by(noun, &[R::Determiner])
        .any(|word| matches!(tree.lower(word), "a" | "an" | "another"));
    let is_told = tree.has_child(
        noun,
        &[
            R::AdjectivalModifier,
            R::Compound,
            R::NominalModifier,
            R::AdnominalClause,
            R::NumericModifier,
            R::Conjunct,
        ],
    );
    let is_person = tree.relation(noun) == R::NominalSubject
        && is_in_class(&tree.lemma(noun).to_lowercase(), NounClass::Person);
    is_one && !is_told && (is_unknown(tree, noun) || is_person)
}

/// "the steps that it listed when it met in June": when or why is told of the clause, and tells
/// nobody which steps.
pub(super) fn is_circumstance(tree: &Tree<'_>, child: usize, parent: usize) -> bool {
    matches!(
        tree.relation(parent),
        R::RelativeClause | R::AdverbialRelativeClause
    ) && tree.relation(child) == R::AdverbialClause
        && child > parent
        && tree.children(child).iter().any(|&mark| {
            matches!(
                tree.lower(mark),
                "when"
                    | "while"
                    | "because"
                    | "although"
                    | "though"
                    | "since"
                    | "as"
                    | "where"
                    | "after"
                    | "before"
            )
        })
}

/// Whether a clause begins with "who" or "whom".
fn tells_of_person(tree: &Tree<'_>, clause: usize) -> bool {
    tree.children(clause)
        .iter()
        .any(|&word| matches!(tree.lower(word), "who" | "whom"))
}

/// Whether a noun may be of people: not one that stands below a noun for a person and is none.
fn can_be_person(tree: &Tree<'_>, noun: usize) -> bool {
    let is_person = |word: usize| is_in_class(&tree.lemma(word).to_lowercase(), NounClass::Person);
    let is_above =
        tree.relation(noun) == R::NominalModifier && tree.head(noun).is_some_and(is_person);
    is_person(noun) || !is_above
}

/// "what it earns": the pronoun with its clause is one noun.
fn is_free_relative(tree: &Tree<'_>, noun: usize) -> bool {
    matches!(
        tree.lower(noun),
        "what" | "whatever" | "whoever" | "whomever"
    )
}

/// Whether a comma, dash or bracket parts the two.
fn is_behind_mark(tree: &Tree<'_>, noun: usize, clause: usize) -> bool {
    let first = tree
        .subtree(clause, |_| false)
        .first()
        .copied()
        .unwrap_or(clause);
    (noun + 1..first.max(noun + 1)).any(|between| {
        tree.tag(between) == UniversalTag::Punctuation
            && !matches!(tree.lower(between), "\"" | "“" | "”" | "''" | "``" | "-")
    })
}

/// "Everything it learned", "those who left": a pronoun that only its clause gives a meaning.
pub(in super::super) fn is_open_pronoun(tree: &Tree<'_>, noun: usize) -> bool {
    matches!(
        tree.lower(noun),
        "everything"
            | "anything"
            | "something"
            | "nothing"
            | "those"
            | "everyone"
            | "everybody"
            | "anyone"
            | "anybody"
            | "someone"
            | "somebody"
            | "nobody"
            | "all"
            | "many"
            | "few"
            | "some"
            | "others"
            | "one"
            | "ones"
            | "anywhere"
            | "somewhere"
            | "everywhere"
    )
}

/// "A night during which it rained", "the day that the flood came".
fn is_time(tree: &Tree<'_>, noun: usize, clause: usize) -> bool {
    let lemma = tree.lemma(noun);
    let is_stretch = lexicon::is_stretch_of_time(lemma)
        || matches!(
            lemma,
            "period" | "moment" | "era" | "age" | "season" | "hour" | "minute" | "occasion"
        );
    let has_place = || {
        tree.children(clause)
            .iter()
            .any(|&word| tree.fine(word) == FineTag::WhAdverb || tree.relation(word) == R::Oblique)
    };
    is_stretch && (!tree.has_child(clause, &[R::Object]) || has_place())
}

/// "Half of the patients who took it", "the 12 million it needs": a part of what the clause tells.
pub(in super::super) fn is_part(tree: &Tree<'_>, noun: usize) -> bool {
    let is_of = tree
        .children_by(noun, &[R::Case])
        .any(|case| matches!(tree.lower(case), "of" | "in"));
    let whole = tree
        .head(noun)
        .filter(|_| is_of && tree.relation(noun) == R::NominalModifier);
    whole.is_some_and(|part| {
        matches!(tree.tag(part), UniversalTag::Numeral | UniversalTag::Symbol)
            || lexicon::is_measure(tree.lemma(part)) && tree.lemma(part) != "member"
            || matches!(
                tree.lemma(part),
                "proportion"
                    | "percentage"
                    | "third"
                    | "quarter"
                    | "fifth"
                    | "tenth"
                    | "fraction"
                    | "rest"
                    | "bulk"
                    | "minority"
                    | "dozen"
                    | "hundred"
                    | "thousand"
                    | "million"
                    | "few"
                    | "any"
                    | "several"
                    | "two"
                    | "three"
            )
    })
}

/// "The only ship that sails", "the first man who crossed it".
fn is_only(tree: &Tree<'_>, noun: usize) -> bool {
    tree.children_by(noun, &[R::AdjectivalModifier])
        .any(|word| {
            matches!(tree.lower(word), "only" | "first" | "last" | "next")
                || tree.fine(word) == FineTag::Superlative
        })
}

/// "A technique that parts them": a common noun that is no subject and not counted by a unit, which
/// the document tells nothing else of.
fn is_unknown(tree: &Tree<'_>, noun: usize) -> bool {
    let is_argument = matches!(
        tree.relation(noun),
        R::Object | R::Oblique | R::NominalModifier | R::OpenClausalComplement
    ) || tree.has_child(noun, &[R::Copula]);
    let is_told = tree.has_child(noun, &[R::PossessiveModifier])
        || tree
            .children_by(noun, &[R::Determiner])
            .any(|word| lexicon::is_demonstrative(tree.lower(word)));
    let is_measured = tree.has_child(noun, &[R::NumericModifier])
        && (is_unit(tree.lower(noun)) || lexicon::is_stretch_of_time(tree.lemma(noun)));
    is_argument && !is_told && !is_measured && tree.tag(noun) == UniversalTag::Noun
}
