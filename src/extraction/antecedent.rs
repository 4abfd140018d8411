//! Antecedents: what the document called a thing before it says no more than "the chest".
//!
//! A definite noun without anything that identifies it points back. Where the document told the
//! thing by a fuller phrase with the same noun ("a carved oak chest"), and nothing else of that
//! noun stands between, the fuller phrase is what the noun means; otherwise it stays as it is.

mod counted;
mod deed;
mod event;
mod made;
mod named;
mod nouns;
mod office;
mod owner;
mod ranking;
mod role;
mod told;

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::text::dependency::Relation as R;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};
use crate::text::taxonomy::{self, Nearness};

use super::linking::Linker;
use super::phrase::Phrase;
use super::tree::Tree;
use counted::Counted;
use deed::Deed;

pub(super) use owner::Owned;
pub(super) use told::is_of_kind;

use event::Event;
use named::NamedThings;
pub(super) use nouns::is_identifying;
use office::Office;

/// A noun points back over at most so many sentences.
const FARTHEST: usize = 15;

/// A thing of which so many sentences do not tell has to be told more fully again.
const LONGEST_SILENCE: usize = 3;

/// But what the first sentences tell is what the document is about.
const LAST_OF_LEAD: usize = 2;

/// Over so many where the document told no other thing of the noun.
const FARTHEST_ONLY: usize = 30;

/// "This bridge" has just been told: it points back over so many.
const FARTHEST_THIS: usize = 3;

/// A wider word points back over so many.
const FARTHEST_KINDRED: usize = 3;

/// Another thing of the same noun told so few sentences before the nearest makes both possible.
const COMPETING: usize = 3;

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
    /// All words of the phrase.
    words: BTreeSet<String>,
}

/// The phrases of a document so far, by their nouns.
#[derive(Debug, Clone, Default)]
pub(super) struct Antecedents {
    told: HashMap<String, Vec<Told>>,
    /// The nouns among them by the wider ones that may take them up.
    narrower: HashMap<&'static str, Vec<(String, Nearness)>>,
    /// The events among them, also those with names, in the order of the text.
    events: Vec<Event>,
    /// What verbs told that nouns may take up: "proposed" for "the proposal".
    deeds: Vec<Deed>,
    /// What numbers stood beside.
    counted: Vec<Counted>,
    /// The offices that were told with what they are of.
    offices: Vec<Office>,
    /// The things with names.
    named: NamedThings,
    /// The nouns that are subjects: their sentences and places.
    subjects: HashSet<(usize, usize)>,
    /// The first sentence that tells something: no title and no name of a writer.
    first_body: Option<usize>,
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

/// The features of what a definite noun may mean.
pub(super) fn features() -> impl Iterator<Item = &'static str> {
    ranking::FEATURES.iter().map(|(name, _)| *name)
}

impl Antecedents {
    /// Notes the phrases of a sentence, which the linker is for.
    pub(super) fn note(&mut self, tree: &Tree<'_>, linker: &Linker<'_>, sentence: usize) {
        // "By Ann Lee" tells of nothing yet.
        if (0..tree.len()).any(|token| named::is_subject(tree, token)) {
            self.first_body.get_or_insert(sentence);
        }
        for head in 0..tree.len() {
            if named::is_subject(tree, head) {
                self.subjects.insert((sentence, head));
            }
            if tree.tag(head) == UniversalTag::Verb {
                self.deeds.extend(deed::deed(tree, linker, sentence, head));
            }
            self.counted
                .extend(counted::counted(tree, linker, sentence, head));
            let found = if may_be_told(tree, head) {
                told::told(tree, linker, sentence, head)
            } else {
                told::named(tree, linker, sentence, head)
            };
            if let Some(mut told) = found {
                let lemma = noun_of(tree, head);
                made::made(tree, linker, head, &mut told);
                self.note_event(&lemma, &told);
                for role in role::roles(tree, head) {
                    self.note_told(role, told.clone());
                }
                self.note_told(&lemma, told);
            }
        }
        self.note_offices(tree, linker);
        self.note_named(linker, sentence);
        self.note_things(tree, linker, sentence);
    }

    /// Notes what a phrase told under a noun that it may be taken up by.
    fn note_told(&mut self, noun: &str, told: Told) {
        if let Some(known) = self.told.get_mut(noun) {
            known.push(told);
            return;
        }
        for (wider, nearness) in taxonomy::wider(noun) {
            let narrower = self.narrower.entry(wider).or_default();
            narrower.push((noun.to_owned(), nearness));
        }
        self.told.insert(noun.to_owned(), vec![told]);
    }

    /// The nouns of what was told that a wider one takes up, as near as is asked.
    fn kinds_of(&self, wider: &str, nearness: Nearness) -> impl Iterator<Item = &str> {
        let found = self.narrower.get(wider).into_iter().flatten();
        found
            .filter(move |(_, known)| *known == nearness)
            .map(|(noun, _)| noun.as_str())
    }

    /// What a phrase points at; nothing where it is no bare definite noun.
    pub(super) fn pointed(
        &self,
        tree: &Tree<'_>,
        sentence: usize,
        phrase: &Phrase,
    ) -> Option<Pointed> {
        let by_rule = self.by_rule(tree, sentence, phrase);
        if let Some(Pointed::To(_) | Pointed::Nowhere { competed: true }) = by_rule {
            return by_rule;
        }
        let likeliest = self.likeliest(tree, sentence, phrase);
        likeliest.map(Pointed::To).or(by_rule)
    }

    /// What a phrase points at by the thread of the sentences before.
    pub(super) fn by_rule(
        &self,
        tree: &Tree<'_>,
        sentence: usize,
        phrase: &Phrase,
    ) -> Option<Pointed> {
        if let Some(name) = self.participants(tree, sentence, phrase) {
            return Some(Pointed::To(name));
        }
        if let Some(name) = self.counted_again(tree, sentence, phrase) {
            return Some(Pointed::To(name));
        }
        let reach = reach_of(tree, phrase)?;
        let head = phrase.head;
        let own = Own {
            marks: marks(tree, &phrase.tokens, head),
            modifiers: modifiers(tree, head),
        };
        let is_plural = is_plural(tree, head);
        let lemma = noun_of(tree, head);
        let place = (sentence, head);
        let mut same = self.before(place, std::iter::once(lemma.as_str()), reach);
        same.retain(|told| told.is_plural == is_plural);
        let found = chosen(still_told(&same, sentence, self.last_of_lead()), &own);
        let is_told = found != Pointed::Nowhere { competed: false };
        if is_told {
            return Some(found);
        }
        let is_far = !tree
            .children_by(head, &[R::Determiner])
            .any(|word| matches!(tree.lower(word), "this" | "these"));
        let lone = self
            .only_of_noun(place, (&lemma, is_plural), &own)
            .filter(|_| is_far);
        if let Some(lone) = lone {
            return Some(Pointed::To(lone));
        }
        if is_plural || !own.modifiers.is_empty() {
            return Some(found);
        }
        if let Some(deed) = self.deed(place, &lemma, Nearness::Listed) {
            return Some(Pointed::To(deed));
        }
        // "The site" for "the website of the ministry": a wider word for the only thing of a sort.
        let mut kindred = self.before(
            place,
            self.kinds_of(&lemma, Nearness::Listed),
            FARTHEST_KINDRED,
        );
        kindred.retain(|told| !told.is_plural);
        let event = || {
            self.event(place, &lemma)
                .filter(|_| nouns::is_event(&lemma))
        };
        let fuller = only(&kindred, &own).or_else(event);
        Some(fuller.map_or(found, Pointed::To))
    }

    /// The only thing of a noun that the whole document has told so far.
    fn only_of_noun(
        &self,
        place: (usize, usize),
        (lemma, is_plural): (&str, bool),
        own: &Own,
    ) -> Option<String> {
        // Of several islands or squares most are told by their names.
        if is_in_class(lemma, NounClass::Place) {
            return None;
        }
        let mut all = self.before(place, std::iter::once(lemma), FARTHEST_ONLY);
        all.retain(|told| told.is_plural == is_plural);
        let nearest = all.iter().rposition(|told| told.is_fuller(own))?;
        let is_new = |told: &&&Told| !told.is_definite && !told.is_plural;
        let is_renewed = all.iter().skip(nearest + 1).any(|told| is_new(&told));
        only(&all, own).filter(|_| !is_renewed)
    }

    /// The only deed told just before that a noun takes up, or the only one that the document
    /// begins with.
    fn deed(
        &self,
        (sentence, head): (usize, usize),
        lemma: &str,
        nearness: Nearness,
    ) -> Option<String> {
        let verbs: Vec<&str> = taxonomy::verbs(lemma)
            .filter(|(_, known)| *known == nearness)
            .map(|(verb, _)| verb)
            .collect();
        if verbs.is_empty() {
            return None;
        }
        // They stand in the order of the text, so that the ends are found without those between.
        let nearest = sentence.saturating_sub(FARTHEST_KINDRED);
        let near = self.deeds.partition_point(|deed| deed.sentence < nearest);
        let last = self.last_of_lead();
        let lead = self.deeds.partition_point(|deed| deed.sentence <= last);
        let told = |range: std::ops::Range<usize>| {
            let deeds = self.deeds.get(range).unwrap_or_default().iter();
            let before = deeds.filter(|deed| (deed.sentence, deed.verb) < (sentence, head));
            let mut told = before.filter(|deed| verbs.contains(&deed.lemma.as_str()));
            let first = told.next();
            (first, told.next().is_some())
        };
        let deed = match told(near..self.deeds.len()) {
            (None, _) => told(0..lead),
            near => near,
        };
        match deed {
            (Some(only), false) => only.told_as(lemma),
            _ => None,
        }
    }

    /// The last sentence of those that say what the document is about.
    fn last_of_lead(&self) -> usize {
        self.first_body.unwrap_or(0) + LAST_OF_LEAD
    }

    /// The fuller phrase of the only thing of a noun that the document told before a sentence.
    pub(super) fn only_called(&self, sentence: usize, lemma: &str) -> Option<String> {
        let own = Own {
            marks: BTreeSet::new(),
            modifiers: BTreeSet::new(),
        };
        self.only_of_noun((sentence, 0), (lemma, false), &own)
    }

    /// What was told by the given nouns within reach of a place, in the order of the text.
    fn before<'n>(
        &self,
        (sentence, head): (usize, usize),
        lemmas: impl Iterator<Item = &'n str>,
        reach: usize,
    ) -> Vec<&Told> {
        let mut found: Vec<&Told> = lemmas
            .filter_map(|lemma| {
                let told = self.told.get(lemma)?;
                told.get(told.partition_point(|told| told.sentence + reach < sentence)..)
            })
            .flatten()
            .filter(|told| (told.sentence, told.head) < (sentence, head))
            .filter(|told| sentence - told.sentence <= reach)
            .collect();
        found.sort_by_key(|told| (told.sentence, told.head));
        found
    }
}

/// Whether a wider noun may be told for a noun, as near as is asked.
fn is_kind(noun: &str, wider: &str, nearness: Nearness) -> bool {
    taxonomy::wider(noun).any(|found| found == (wider, nearness))
}

/// What a bare definite noun says itself.
struct Own {
    marks: BTreeSet<String>,
    /// The words before it, also those that tell nothing from others: "the new bridge" is not
    /// "the stone bridge".
    modifiers: BTreeSet<String>,
}

impl Told {
    fn is_fuller(&self, own: &Own) -> bool {
        own.marks.is_subset(&self.marks)
            && self.marks.len() > own.marks.len()
            && own.modifiers.is_subset(&self.words)
    }

    fn agrees(&self, other: &Told) -> bool {
        self.marks.is_subset(&other.marks) || other.marks.is_subset(&self.marks)
    }
}

/// The only thing that was told, where all that was told agrees.
fn only(before: &[&Told], own: &Own) -> Option<String> {
    let fuller: Vec<&&Told> = before.iter().filter(|told| told.is_fuller(own)).collect();
    let nearest = fuller.last()?;
    let is_one = fuller.iter().all(|told| told.agrees(nearest));
    let first = fuller.first().filter(|_| is_one)?;
    Some(first.name.clone())
}

/// The phrases of one thread: what was not told of for a while is told anew.
fn still_told<'t, 'a>(before: &'t [&'a Told], sentence: usize, lead: usize) -> &'t [&'a Told] {
    let mut from = before.len();
    let mut last = sentence;
    while let Some(told) = from.checked_sub(1).and_then(|place| before.get(place)) {
        if last - told.sentence > LONGEST_SILENCE && told.sentence > lead {
            break;
        }
        last = told.sentence;
        from -= 1;
    }
    before.get(from..).unwrap_or(&[])
}

/// The fuller phrase among those told before, the earliest that the nearest one repeats.
fn chosen(before: &[&Told], own: &Own) -> Pointed {
    let Some(place) = before.iter().rposition(|told| told.is_fuller(own)) else {
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
    let is_rival = |told: &&&Told| {
        told.is_fuller(own)
            && !told.agrees(nearest)
            && nearest.sentence - told.sentence <= COMPETING
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
    if !may_be_told(tree, head) || !nouns::may_point_back(tree.lemma(head)) {
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
            || is_by_the_way(tree, child)
            || !(tree.relation(child) == R::Determiner || may_say_which(tree.relation(child)))
    };
    let is_bare = tree.children(head).iter().all(is_plain);
    let modifiers = tree
        .children_by(head, &[R::AdjectivalModifier, R::Compound])
        .count();
    (is_bare && modifiers < MOST_MODIFIERS).then_some(reach)
}

/// Whether what hangs on a noun by a relation may tell which one is meant.
fn may_say_which(relation: R) -> bool {
    matches!(
        relation,
        R::NominalModifier
            | R::RelativeClause
            | R::AdnominalClause
            | R::AdverbialRelativeClause
            | R::Apposition
            | R::Flat
            | R::PossessiveModifier
            | R::NumericModifier
            | R::ClausalComplement
            | R::AdjectivalModifier
            | R::Compound
    )
}

/// "The chest, which was carved in 1720": what stands behind a comma does not say which chest.
fn is_by_the_way(tree: &Tree<'_>, child: usize) -> bool {
    // "The chest, a gift of the town", but "the town, Orvel".
    let is_description = tree.relation(child) == R::Apposition
        && matches!(tree.tag(child), UniversalTag::Noun | UniversalTag::Numeral)
        && tree.name_kind(child).is_none();
    let is_aside = is_description
        || matches!(
            tree.relation(child),
            R::RelativeClause | R::AdverbialRelativeClause | R::AdnominalClause
        );
    let first = tree.subtree(child, |_| false).into_iter().min();
    is_aside
        && first.is_some_and(|first| {
            tree.lower(first) == "," || first > 0 && tree.lower(first - 1) == ","
        })
}

/// Whether a token is a common noun that stands for a thing of its own.
fn may_be_told(tree: &Tree<'_>, head: usize) -> bool {
    tree.tag(head) == UniversalTag::Noun
        && !matches!(tree.relation(head), R::Compound | R::Flat | R::Fixed)
        && !tree.is_inside_name(head)
        && tree.name_kind(head).is_none()
        && !is_much(tree, head)
}

/// "A great deal of overlap", "a number of cases": much of it, no deal and no number.
fn is_much(tree: &Tree<'_>, head: usize) -> bool {
    let is_amount = matches!(
        tree.lower(head),
        "deal" | "number" | "lot" | "series" | "range"
    );
    is_amount
        && tree.lower(head + 1) == "of"
        && tree
            .children_by(head, &[R::Determiner])
            .any(|word| tree.lower(word) == "a")
}

const PLURAL: FineTag = FineTag::PluralNoun;

fn is_plural(tree: &Tree<'_>, head: usize) -> bool {
    let is_participle = matches!(tree.lower(head), "accused" | "deceased");
    !is_participle
        && matches!(
            tree.fine(head),
            FineTag::PluralNoun | FineTag::PluralProperNoun
        )
}

/// A noun in its dictionary form; "the accused" is no form of a verb.
fn noun_of(tree: &Tree<'_>, head: usize) -> String {
    match tree.lower(head) {
        participle @ ("accused" | "deceased") => participle.to_owned(),
        _ => tree.lemma(head).to_lowercase(),
    }
}

/// The words that hang before a noun.
fn modifiers(tree: &Tree<'_>, head: usize) -> BTreeSet<String> {
    tree.children_by(head, &[R::AdjectivalModifier, R::Compound])
        .filter(|&child| child < head)
        .map(|child| tree.lemma(child).to_lowercase())
        .collect()
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
            ) && nouns::is_identifying(tree.lower(token))
        })
        .map(|&token| tree.lemma(token).to_lowercase())
        .collect()
}
