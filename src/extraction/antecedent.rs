//! Antecedents: what the document called a thing before it says no more than "the chest".
//!
//! A definite noun without anything that identifies it points back. Where the document told the
//! thing by a fuller phrase with the same noun ("a carved oak chest"), and nothing else of that
//! noun stands between, the fuller phrase is what the noun means; otherwise it stays as it is.

use std::collections::{BTreeSet, HashMap};

use crate::text::dependency::Relation as R;
use crate::text::tag::{FineTag, UniversalTag};

use super::lexicon;
use super::linking::Linker;
use super::phrase::{self, Phrase};
use super::tree::Tree;

/// A noun points back over at most so many sentences.
const FARTHEST: usize = 15;

/// "This bridge" has just been told: it points back over so many.
const FARTHEST_THIS: usize = 3;

/// Another thing of the same noun told so few sentences before the nearest makes both possible.
const COMPETING: usize = 3;

/// A phrase longer than this does not serve as a name: it is cut to what "of" adds, then to what
/// stands before the noun.
const LONGEST_NAME: usize = 8;

/// A noun with this many modifiers of its own tells by itself what it means.
const MOST_MODIFIERS: usize = 2;

/// What one phrase of the document told.
#[derive(Debug, Clone)]
struct Told {
    sentence: usize,
    head: usize,
    is_plural: bool,
    is_definite: bool,
    /// The phrase in its normal form.
    name: String,
    /// What tells the thing from others of its noun: modifiers, owners, what "of" adds.
    marks: BTreeSet<String>,
}

/// The phrases of a document so far, by their nouns.
#[derive(Debug, Clone, Default)]
pub(super) struct Antecedents {
    told: HashMap<String, Vec<Told>>,
}

/// What a bare definite noun means, as far as the document tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pointed {
    /// The fuller phrase.
    To(String),
    /// At several things, or at nothing that was told more fully.
    Nowhere {
        /// Whether several things were told that it may be.
        competed: bool,
    },
}

impl Antecedents {
    /// Notes the phrases of a sentence, which the linker is for.
    pub(super) fn note(&mut self, tree: &Tree<'_>, linker: &Linker<'_>, sentence: usize) {
        for head in 0..tree.len() {
            if !may_be_told(tree, head) {
                continue;
            }
            if let Some(told) = told(tree, linker, sentence, head) {
                let lemma = tree.lemma(head).to_lowercase();
                self.told.entry(lemma).or_default().push(told);
            }
        }
    }

    /// What a phrase points at; nothing where it is no bare definite noun.
    pub(super) fn pointed(
        &self,
        tree: &Tree<'_>,
        sentence: usize,
        phrase: &Phrase,
    ) -> Option<Pointed> {
        let reach = reach_of(tree, phrase)?;
        let head = phrase.head;
        let own = marks(tree, &phrase.tokens, head);
        let is_plural = is_plural(tree, head);
        let lemma = tree.lemma(head).to_lowercase();
        let before: Vec<&Told> = self
            .told
            .get(&lemma)
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter(|told| (told.sentence, told.head) < (sentence, head))
            .filter(|told| sentence - told.sentence <= reach)
            .filter(|told| told.is_plural == is_plural)
            .collect();
        Some(chosen(&before, &own))
    }
}

/// The fuller phrase among those told before, the earliest that the nearest one repeats.
fn chosen(before: &[&Told], own: &BTreeSet<String>) -> Pointed {
    let is_fuller = |told: &Told| own.is_subset(&told.marks) && told.marks.len() > own.len();
    let Some(place) = before.iter().rposition(|told| is_fuller(told)) else {
        return Pointed::Nowhere { competed: false };
    };
    let Some(nearest) = before.get(place) else {
        return Pointed::Nowhere { competed: false };
    };
    // "A bridge" behind "the old bridge" is a new one.
    let is_new = |told: &&&Told| !told.is_definite && !told.is_plural;
    let is_renewed = before
        .get(place + 1..)
        .unwrap_or(&[])
        .iter()
        .any(|told| is_new(&told));
    let agrees =
        |told: &Told| told.marks.is_subset(&nearest.marks) || nearest.marks.is_subset(&told.marks);
    let is_rival = |told: &&&Told| {
        is_fuller(told) && !agrees(told) && nearest.sentence - told.sentence <= COMPETING
    };
    let competed = is_renewed || before.iter().any(|told| is_rival(&told));
    if competed {
        return Pointed::Nowhere { competed: true };
    }
    let first = before
        .iter()
        .find(|told| told.marks.is_superset(&nearest.marks))
        .unwrap_or(nearest);
    Pointed::To(first.name.clone())
}

/// Over how many sentences a phrase points back: nothing where it says itself what it means.
fn reach_of(tree: &Tree<'_>, phrase: &Phrase) -> Option<usize> {
    let head = phrase.head;
    if !may_be_told(tree, head) || !lexicon::may_point_back(tree.lemma(head)) {
        return None;
    }
    let determiner = tree.child(head, &[R::Determiner])?;
    let reach = match tree.lower(determiner) {
        "the" => FARTHEST,
        "this" | "that" | "these" | "those" => FARTHEST_THIS,
        _ => return None,
    };
    let is_plain = |&child: &usize| {
        child == determiner
            || matches!(
                tree.relation(child),
                R::Punctuation | R::Case | R::Conjunct | R::Coordination
            )
            || child < head && matches!(tree.relation(child), R::AdjectivalModifier | R::Compound)
            || !matches!(
                tree.relation(child),
                R::NominalModifier
                    | R::RelativeClause
                    | R::AdnominalClause
                    | R::AdverbialRelativeClause
                    | R::Apposition
                    | R::Flat
                    | R::PossessiveModifier
                    | R::NumericModifier
                    | R::ClausalComplement
                    | R::Determiner
                    | R::AdjectivalModifier
                    | R::Compound
            )
    };
    let is_bare = tree.children(head).iter().all(is_plain);
    let modifiers = tree
        .children_by(head, &[R::AdjectivalModifier, R::Compound])
        .count();
    (is_bare && modifiers < MOST_MODIFIERS).then_some(reach)
}

/// Whether a token is a common noun that stands for a thing of its own.
fn may_be_told(tree: &Tree<'_>, head: usize) -> bool {
    tree.tag(head) == UniversalTag::Noun
        && !matches!(tree.relation(head), R::Compound | R::Flat | R::Fixed)
        && !tree.is_inside_name(head)
        && tree.name_kind(head).is_none()
}

fn is_plural(tree: &Tree<'_>, head: usize) -> bool {
    matches!(
        tree.fine(head),
        FineTag::PluralNoun | FineTag::PluralProperNoun
    )
}

/// What a noun phrase tells of its noun.
fn told(tree: &Tree<'_>, linker: &Linker<'_>, sentence: usize, head: usize) -> Option<Told> {
    let tokens = short_phrase(tree, head)?;
    let name = linker.normal_form(tree, &tokens);
    let is_definite = tree
        .children_by(head, &[R::Determiner, R::PossessiveModifier])
        .any(|child| {
            tree.relation(child) == R::PossessiveModifier
                || matches!(
                    tree.lower(child),
                    "the" | "this" | "that" | "these" | "those"
                )
        });
    Some(Told {
        sentence,
        head,
        is_plural: is_plural(tree, head),
        is_definite,
        marks: marks(tree, &tokens, head),
        name,
    })
}

/// The words of a phrase, short enough for a name, and without owners nobody knows.
fn short_phrase(tree: &Tree<'_>, head: usize) -> Option<Vec<usize>> {
    let whole = phrase::alone(tree, head)?.tokens;
    let hangs_on = |token: usize, child: usize| token == child || tree.is_below(token, child);
    let keeps = |token: usize, what: &dyn Fn(usize) -> bool| {
        token == head
            || tree
                .children(head)
                .iter()
                .any(|&child| hangs_on(token, child) && what(child))
    };
    let is_of = |child: usize| {
        tree.child(child, &[R::Case])
            .is_some_and(|case| tree.lower(case) == "of")
    };
    let cuts: [&dyn Fn(usize) -> bool; 3] =
        [&|_| true, &|child| child < head || is_of(child), &|child| {
            child < head
        }];
    cuts.iter().find_map(|cut| {
        let tokens: Vec<usize> = whole
            .iter()
            .copied()
            .filter(|&token| keeps(token, cut))
            .collect();
        let tokens = phrase::tidy(tree, head, tokens)?.tokens;
        let words = tokens.iter().filter(|&&token| !tree.is_mark(token)).count();
        (words <= LONGEST_NAME).then_some(tokens)
    })
}

/// The words of a phrase that tell its thing from others of the noun.
fn marks(tree: &Tree<'_>, tokens: &[usize], head: usize) -> BTreeSet<String> {
    tokens
        .iter()
        .filter(|&&token| token != head)
        .filter(|&&token| {
            matches!(
                tree.tag(token),
                UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Adjective
            ) && lexicon::is_identifying(tree.lower(token))
        })
        .map(|&token| tree.lemma(token).to_lowercase())
        .collect()
}
