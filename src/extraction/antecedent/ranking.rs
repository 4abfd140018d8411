//! Which of the things told before a definite noun means: each candidate gets a sum of weights,
//! and the best one is taken where it is likely enough and clearly better than the next.
//!
//! A log-linear ranker over few features of the candidates, as in Denis and Baldridge 2008,
//! "Specialized Models and Ranking for Coreference Resolution". The weights are set by hand and
//! measured on 56 articles by `training/antecedents.py`: what it fitted to so few was no better.

use std::collections::BTreeSet;

use crate::fact::EntityKind;
use crate::text::dependency::Relation as R;
use crate::text::lexicon::{NounClass, is_country, is_in_class};
use crate::text::tag::UniversalTag;
use crate::text::taxonomy::{self, Nearness};

use super::super::lexicon;
use super::super::phrase::Phrase;
use super::super::tree::Tree;
use super::named::{Named, Seen, is_subject};
use super::{Antecedents, FARTHEST_ONLY, Told, is_plural, marks, modifiers, nouns};

/// The features of a candidate, with the weight of each in the log-odds.
pub(super) const FEATURES: [(&str, f32); 38] = [
    ("bias", -2.0),
    ("told by the noun", 1.2),
    ("told by a narrower noun", 0.6),
    ("told by a verb", 1.5),
    ("noun of its name", 2.0),
    ("word of its name", -1.0),
    ("described by the noun", 2.2),
    ("described by a narrower noun", 1.2),
    ("of its class", 0.0),
    ("in the same sentence", 0.0),
    ("one sentence before", 0.5),
    ("two sentences before", 0.2),
    ("three to five sentences before", 0.0),
    ("begun in the lead", 0.5),
    ("how often told", 0.2),
    ("last told as subject", 0.8),
    ("told most of its sort", 0.5),
    ("last told as new", -0.3),
    ("own words not told", -2.0),
    ("own words told", 0.5),
    ("rivals", -0.6),
    ("rivals told later", -0.3),
    ("with this", 0.2),
    ("plural", 0.0),
    ("person", 0.0),
    ("body", 0.0),
    ("event or work", 0.0),
    ("subject", 0.0),
    ("fully told", 0.1),
    ("chosen by rule", 0.3),
    ("another chosen by rule", 0.0),
    ("noun that stands alone", -1.0),
    ("told most, of its class", 1.5),
    ("near, of its class", 0.3),
    ("has a name", 0.2),
    ("told by a near noun", 0.0),
    ("told by a verb it comes of", 0.8),
    ("described by a near noun", 0.8),
];

/// How many features a candidate has.
pub(super) const COUNT: usize = FEATURES.len();

/// A candidate with lower log-odds is not taken.
const LEAST: f32 = 0.0;

/// Nor is one whose log-odds are not so much above those of the next.
const LEAST_AHEAD: f32 = 0.3;

/// What the rules say is given up for what is so much above it.
const AHEAD_OF_RULE: f32 = 0.7;

/// What a candidate was told as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Match {
    Noun,
    Narrower(Nearness),
    Deed(Nearness),
    NameHead,
    NameWord,
    Described,
    DescribedNarrower(Nearness),
    Class,
}

/// Something that a definite noun may mean.
#[derive(Debug, Clone)]
struct Candidate {
    name: String,
    matched: Match,
    is_named: bool,
    seen: Vec<Seen>,
    marks: BTreeSet<String>,
    words: BTreeSet<String>,
    is_new: bool,
}

/// A candidate with its features.
#[derive(Debug, Clone)]
pub(in super::super) struct Ranked {
    /// What is told for the noun.
    pub(in super::super) name: String,
    /// The numbers of its features.
    pub(in super::super) numbers: [f32; COUNT],
}

impl Ranked {
    fn score(&self) -> f32 {
        let weighted = self.numbers.iter().zip(&FEATURES);
        weighted.map(|(number, (_, weight))| number * weight).sum()
    }
}

fn best<'r>(ranked: impl Iterator<Item = &'r Ranked>) -> Option<&'r Ranked> {
    ranked.max_by(|one, other| one.score().total_cmp(&other.score()))
}

/// A definite noun and what it says itself.
struct Noun {
    sentence: usize,
    head: usize,
    lemma: String,
    is_plural: bool,
    marks: BTreeSet<String>,
    modifiers: BTreeSet<String>,
}

impl Antecedents {
    /// What a definite noun most likely means, where that is likely enough and clear.
    pub(super) fn likeliest(
        &self,
        tree: &Tree<'_>,
        sentence: usize,
        phrase: &Phrase,
    ) -> Option<String> {
        let ranked = self.ranked(tree, sentence, phrase, None);
        let best = best(ranked.iter())?;
        let second = ranked
            .iter()
            .filter(|other| other.name != best.name)
            .map(Ranked::score)
            .fold(f32::NEG_INFINITY, f32::max);
        let is_clear = best.score() - second >= LEAST_AHEAD;
        (best.score() >= LEAST && is_clear).then(|| best.name.clone())
    }

    /// What a definite noun means rather than what the rules say, where that is far likelier.
    pub(in super::super) fn rather(
        &self,
        tree: &Tree<'_>,
        sentence: usize,
        phrase: &Phrase,
        by_rule: &str,
    ) -> Option<String> {
        let ranked = self.ranked(tree, sentence, phrase, Some(by_rule));
        let best = best(ranked.iter())?;
        let rule = ranked.iter().find(|known| known.name == by_rule)?;
        let is_far = best.score() - rule.score() >= AHEAD_OF_RULE;
        (best.name != by_rule && is_far).then(|| best.name.clone())
    }

    /// What a definite noun may mean, with the features of each candidate.
    pub(in super::super) fn ranked(
        &self,
        tree: &Tree<'_>,
        sentence: usize,
        phrase: &Phrase,
        by_rule: Option<&str>,
    ) -> Vec<Ranked> {
        let head = phrase.head;
        if !may_be_ranked(tree, head) {
            return Vec::new();
        }
        // "The Lisbon-based retailer" tells more of what is known.
        let is_business = is_in_class(&tree.lemma(head).to_lowercase(), NounClass::Business);
        let is_news = |token: usize| {
            is_business
                && tree.children(head).iter().any(|&child| {
                    let is_joined =
                        || (child..head).any(|word| matches!(tree.lower(word), "-" | "–"));
                    child < head
                        && (token == child || tree.is_below(token, child))
                        && (tree.lower(child).contains('-')
                            || tree.is_verb(child) && is_joined()
                            || tree.lower(child) == "based")
                })
        };
        let own: Vec<usize> = phrase
            .tokens
            .iter()
            .copied()
            .filter(|&token| !is_news(token))
            .collect();
        let told: BTreeSet<String> = own
            .iter()
            .map(|&token| tree.lemma(token).to_lowercase())
            .collect();
        let noun = Noun {
            sentence,
            head,
            lemma: super::noun_of(tree, head),
            is_plural: is_plural(tree, head),
            marks: marks(tree, &own, head),
            modifiers: modifiers(tree, head).intersection(&told).cloned().collect(),
        };
        let mut candidates = self.named_candidates(&noun, phrase);
        for candidate in self.told_candidates(&noun) {
            if candidates.iter().all(|known| known.name != candidate.name) {
                candidates.push(candidate);
            }
        }
        let most = candidates
            .iter()
            .map(|candidate| candidate.seen.len())
            .max();
        candidates
            .iter()
            .map(|candidate| Ranked {
                name: candidate.name.clone(),
                numbers: self.numbers(tree, &noun, (candidate, &candidates), (most, by_rule)),
            })
            .collect()
    }

    /// The things with names that a noun may mean.
    fn named_candidates(&self, noun: &Noun, phrase: &Phrase) -> Vec<Candidate> {
        if noun.is_plural {
            return Vec::new();
        }
        let before = |seen: &&Seen| {
            (seen.sentence, seen.head) < (noun.sentence, noun.head)
                && (seen.sentence < noun.sentence || !phrase.tokens.contains(&seen.head))
        };
        let things = match takes_up_by_sort(&noun.lemma) {
            true => self.named.all(),
            false => self.named.taken_up_by(&noun.lemma),
        };
        things
            .into_iter()
            .filter_map(|named| {
                let matched = matched(named, &noun.lemma)?;
                let seen: Vec<Seen> = named.seen.iter().filter(before).copied().collect();
                (!seen.is_empty()).then(|| Candidate {
                    name: named.name.clone(),
                    matched,
                    is_named: true,
                    seen,
                    marks: named.words.clone(),
                    words: named.words.clone(),
                    is_new: false,
                })
            })
            .collect()
    }

    /// The fuller phrases, by the same or a narrower noun, that a noun may mean.
    fn told_candidates(&self, noun: &Noun) -> Vec<Candidate> {
        let place = (noun.sentence, noun.head);
        let mut found = Vec::new();
        let same = self.before(place, std::iter::once(noun.lemma.as_str()), FARTHEST_ONLY);
        found.extend(self.grouped(noun, &same, Match::Noun));
        for nearness in [Nearness::Listed, Nearness::Derived] {
            let narrower = self.kinds_of(&noun.lemma, nearness);
            let narrower = self.before(place, narrower, FARTHEST_ONLY);
            found.extend(self.grouped(noun, &narrower, Match::Narrower(nearness)));
        }
        for nearness in [Nearness::Listed, Nearness::Derived] {
            let Some(name) = self.deed(place, &noun.lemma, nearness) else {
                continue;
            };
            found.push(Candidate {
                name,
                matched: Match::Deed(nearness),
                is_named: false,
                seen: Vec::new(),
                marks: BTreeSet::new(),
                words: BTreeSet::new(),
                is_new: false,
            });
        }
        found
    }

    /// Phrases that agree tell one thing; a bare noun goes on with the last.
    fn grouped(&self, noun: &Noun, told: &[&Told], matched: Match) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        for told in told.iter().filter(|told| told.is_plural == noun.is_plural) {
            let seen = Seen {
                sentence: told.sentence,
                head: told.head,
                is_subject: self.subjects.contains(&(told.sentence, told.head)),
            };
            let is_bare = told.marks.is_empty();
            let known = found.iter_mut().rfind(|candidate| {
                is_bare
                    || told.marks.is_subset(&candidate.marks)
                    || candidate.marks.is_subset(&told.marks)
            });
            let is_new = !told.is_definite && !told.is_plural;
            match known {
                Some(candidate) => {
                    candidate.seen.push(seen);
                    candidate.is_new = is_new;
                    if candidate.marks.len() < 2 && told.marks.len() > candidate.marks.len() {
                        candidate.name = told.name.clone();
                        candidate.marks = told.marks.clone();
                    }
                    candidate.words.extend(told.words.iter().cloned());
                }
                None if is_bare => {}
                None => found.push(Candidate {
                    name: told.name.clone(),
                    matched,
                    is_named: false,
                    seen: vec![seen],
                    marks: told.marks.clone(),
                    words: told.words.clone(),
                    is_new,
                }),
            }
        }
        found.retain(|candidate| candidate.marks.len() > noun.marks.len());
        found
    }

    fn numbers(
        &self,
        tree: &Tree<'_>,
        noun: &Noun,
        (candidate, all): (&Candidate, &[Candidate]),
        (most, by_rule): (Option<usize>, Option<&str>),
    ) -> [f32; COUNT] {
        let is_most = most.is_some_and(|most| most > 1 && candidate.seen.len() == most);
        let is_class = candidate.matched == Match::Class;
        let last = candidate.seen.last();
        let is_near = last.is_some_and(|seen| noun.sentence <= seen.sentence + 1);
        let is_rule = by_rule == Some(candidate.name.as_str());
        let alone = !candidate.is_named && !nouns::may_point_back(&noun.lemma);
        let mut numbers = [0.0; COUNT];
        let told = self.told_numbers(noun, candidate, is_most);
        let beside = compared(noun, candidate, all);
        let own = own_numbers(tree, noun);
        let rest = [
            candidate.marks.len() > 2,
            is_rule,
            by_rule.is_some() && !is_rule,
            alone,
            is_class && is_most,
            is_class && is_near,
            candidate.is_named,
            candidate.matched == Match::Narrower(Nearness::Derived),
            candidate.matched == Match::Deed(Nearness::Derived),
            candidate.matched == Match::DescribedNarrower(Nearness::Derived),
        ];
        let all = told
            .into_iter()
            .chain(beside)
            .chain(own)
            .chain(rest.map(flag));
        for (slot, number) in numbers.iter_mut().zip(all) {
            *slot = number;
        }
        numbers
    }

    /// How and where a candidate was told.
    fn told_numbers(&self, noun: &Noun, candidate: &Candidate, is_most: bool) -> [f32; 18] {
        let last = candidate.seen.last();
        let distance = last.map(|seen| noun.sentence.saturating_sub(seen.sentence));
        let begun = candidate.seen.first().map(|seen| seen.sentence);
        let is_lead = begun.is_some_and(|begun| begun <= self.last_of_lead());
        let is = |matched: Match| flag(candidate.matched == matched);
        [
            1.0,
            is(Match::Noun),
            is(Match::Narrower(Nearness::Listed)),
            is(Match::Deed(Nearness::Listed)),
            is(Match::NameHead),
            is(Match::NameWord),
            is(Match::Described),
            is(Match::DescribedNarrower(Nearness::Listed)),
            is(Match::Class),
            flag(distance == Some(0)),
            flag(distance == Some(1)),
            flag(distance == Some(2)),
            flag(distance.is_some_and(|distance| (3..=5).contains(&distance))),
            flag(is_lead),
            number(candidate.seen.len()),
            flag(last.is_some_and(|seen| seen.is_subject)),
            flag(is_most),
            flag(candidate.is_new),
        ]
    }
}

fn flag(is: bool) -> f32 {
    if is { 1.0 } else { 0.0 }
}

/// A count, but no more than five.
fn number(count: usize) -> f32 {
    u16::try_from(count.min(5)).map_or(5.0, f32::from)
}

/// How the words of a candidate fit those of the noun, and what else the noun may mean.
fn compared(noun: &Noun, candidate: &Candidate, all: &[Candidate]) -> [f32; 4] {
    let is_strong = |matched: Match| !matches!(matched, Match::Class | Match::NameWord);
    let rivals: Vec<&Candidate> = all
        .iter()
        .filter(|other| other.name != candidate.name)
        .filter(|other| is_strong(other.matched) || !is_strong(candidate.matched))
        .collect();
    let place = |candidate: &Candidate| {
        let last = candidate.seen.last();
        last.map(|seen| (seen.sentence, seen.head))
    };
    let is_later = |other: &&&Candidate| place(other) > place(candidate);
    let own = noun.marks.difference(&candidate.words).count()
        + usize::from(!noun.modifiers.is_subset(&candidate.words));
    let both = noun.marks.intersection(&candidate.words).count();
    [
        number(own),
        number(both),
        number(rivals.len()),
        number(rivals.iter().filter(is_later).count()),
    ]
}

/// What the noun itself is.
fn own_numbers(tree: &Tree<'_>, noun: &Noun) -> [f32; 6] {
    let is_this = tree
        .children_by(noun.head, &[R::Determiner])
        .any(|word| lexicon::is_demonstrative(tree.lower(word)));
    let class = |class: NounClass| is_in_class(&noun.lemma, class);
    [
        flag(is_this),
        flag(noun.is_plural),
        flag(class(NounClass::Person)),
        flag(class(NounClass::Organization) || class(NounClass::Business)),
        flag(class(NounClass::Event) || class(NounClass::Work)),
        flag(is_subject(tree, noun.head)),
    ]
}

fn is_firm(lemma: &str) -> bool {
    matches!(lemma, "company" | "firm" | "group" | "business")
}

fn is_land(lemma: &str) -> bool {
    matches!(
        lemma,
        "country" | "nation" | "state" | "kingdom" | "republic"
    )
}

/// Whether a noun may take up a thing for its sort alone, by no word that was told of it.
fn takes_up_by_sort(lemma: &str) -> bool {
    is_firm(lemma) || is_land(lemma) || is_in_class(lemma, NounClass::Business)
}

/// How a thing with a name may be taken up by a noun. Where the noun takes up nothing for its sort
/// alone, it is one of the words by which [`NamedThings`](super::named::NamedThings) finds it.
fn matched(named: &Named, lemma: &str) -> Option<Match> {
    let is_business = |word: &str| is_in_class(word, NounClass::Business);
    // A court or a union is no retailer; a miner may be a developer, "Orvel Systems" anything.
    let is_body = |word: &str| {
        let is_known = is_in_class(word, NounClass::Organization) && !is_business(word);
        is_known && !nouns::is_of_company(word)
    };
    // Nobody is a meeting, a town or a book.
    let is_thing = [NounClass::Event, NounClass::Place, NounClass::Work]
        .into_iter()
        .any(|class| is_in_class(lemma, class));
    if named.kind == EntityKind::Person && is_thing {
        return None;
    }
    let is_company = || matches!(lemma, "company" | "firm") && named.has_legal_form();
    if named.nouns.contains(lemma) || is_company() {
        return Some(Match::Described);
    }
    // "This town" is no club called "Orvel Town".
    let is_place = is_in_class(lemma, NounClass::Place);
    if is_place && named.kind != EntityKind::Place {
        return None;
    }
    if named.heads.contains(lemma) {
        return Some(Match::NameHead);
    }
    let is_kin = |noun: &String| is_firm(lemma) && is_business(noun);
    let known = || named.nouns.iter().chain(&named.heads);
    let nearness = |noun: &String| {
        let mut wider = taxonomy::wider(noun);
        wider.find(|(word, _)| *word == lemma).map(|(_, near)| near)
    };
    let nearest = known().filter_map(nearness).min();
    if nearest == Some(Nearness::Listed) || named.nouns.iter().any(is_kin) {
        return Some(Match::DescribedNarrower(Nearness::Listed));
    }
    if let Some(nearness) = nearest {
        return Some(Match::DescribedNarrower(nearness));
    }
    if named.words.contains(lemma) && named.kind != EntityKind::Person {
        return Some(Match::NameWord);
    }
    let is_of_kind = match named.kind {
        // "The board", "the court" say which body it is, "the retailer" only what it does.
        EntityKind::Organization => is_business(lemma) && lemma != "group",
        EntityKind::Other => is_firm(lemma) && named.words.contains("&"),
        EntityKind::Place => is_land(lemma) && is_country(&named.name),
        _ => false,
    };
    let is_other = known().any(|noun| is_body(noun));
    (is_of_kind && !is_other).then_some(Match::Class)
}

/// Whether a noun is definite and refers, and nothing behind it says which is meant.
fn may_be_ranked(tree: &Tree<'_>, head: usize) -> bool {
    let is_noun = tree.tag(head) == UniversalTag::Noun
        && !matches!(
            tree.relation(head),
            R::Compound | R::Flat | R::Fixed | R::Apposition
        )
        && !tree.is_inside_name(head)
        && tree.name_kind(head).is_none()
        && !matches!(tree.lemma(head), "side" | "party")
        && !tree.has_child(head, &[R::Copula]);
    // "This town" is where the speaker is.
    let is_place = is_in_class(&tree.lemma(head).to_lowercase(), NounClass::Place);
    let is_definite = tree.child(head, &[R::Determiner]).is_some_and(|word| {
        let lower = tree.lower(word);
        lower == "the" || !is_place && lexicon::is_demonstrative(lower)
    });
    let says_which = |&child: &usize| {
        let is_word_before = child < head
            && matches!(tree.relation(child), R::AdjectivalModifier | R::Compound)
            && tree.tag(child) != UniversalTag::ProperNoun
            && tree.name_kind(child).is_none()
            && nouns::tells_no_other(tree.lower(child));
        !super::is_by_the_way(tree, child)
            && !is_word_before
            && super::may_say_which(tree.relation(child))
    };
    is_noun && is_definite && !tree.children(head).iter().any(says_which)
}
