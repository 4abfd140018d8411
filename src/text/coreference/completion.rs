//! Names across a document: what is a name in one sentence is one in the others, and a short
//! name belongs to the long one that begins with it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::alias::{is_acronym, spells};
use super::{Resolution, key_of};
use crate::fact::EntityKind;
use crate::text::document::{Sentence, SentenceKind, Token};
use crate::text::entity::Name;
use crate::text::lexicon::{
    NounClass, fold, is_country, is_given_name, is_in_class, is_nationality, is_place,
};
use crate::text::tag::UniversalTag;

mod family;
mod firm;
mod told;

use family::{Families, drop_initials_of_offices, is_office, join_family_names};
use firm::join_firm_names;
use told::{is_aged, is_told_as_body, is_told_as_place};

/// Longer names are always found where they stand: only short ones are looked for again.
const LONGEST: usize = 4;

/// Shorter acronyms spell too many names.
const LEAST_INITIALS: usize = 3;

/// A document with more different names than this is not completed: bounded work.
const MOST_NAMES: usize = 20_000;

/// Adds the mentions of known names that were missed: "CPO" is a name wherever it stands once
/// "(CPO)" has followed what it means.
pub(super) fn complete(sentences: &[Sentence], all: &mut [Vec<Name>]) {
    drop_adjectives(sentences, all);
    drop_descriptions(sentences, all);
    join_family_names(sentences, all);
    join_firm_names(sentences, all);
    drop_initials_of_offices(sentences, all);
    let known = known_names(sentences, all);
    if known.is_empty() || known.len() > MOST_NAMES {
        return;
    }
    for (sentence, names) in sentences.iter().zip(all) {
        if sentence.kind == SentenceKind::Furniture {
            continue;
        }
        let mut missed = Vec::new();
        let mut place = 0;
        while place < sentence.tokens.len() {
            let found = missed_at(&sentence.tokens, names, &known, place);
            place = found.as_ref().map_or(place, |name| name.last) + 1;
            missed.extend(found);
        }
        if !missed.is_empty() {
            names.extend(missed);
            names.sort_by_key(|name| (name.first, std::cmp::Reverse(name.last)));
        }
    }
}

/// Takes out the adjectives of places: "Orvelan" in "the Orvelan minister" where the document
/// knows "Orvela".
fn drop_adjectives(sentences: &[Sentence], all: &mut [Vec<Name>]) {
    let lone = |tokens: &[Token], name: &Name| {
        (name.first == name.last)
            .then(|| tokens.get(name.first).map(|token| token.form.clone()))
            .flatten()
    };
    let known: BTreeSet<String> = sentences
        .iter()
        .zip(all.iter())
        .flat_map(|(sentence, names)| {
            let forms = names.iter().filter_map(|name| lone(&sentence.tokens, name));
            forms.collect::<Vec<String>>()
        })
        .collect();
    for (sentence, names) in sentences.iter().zip(all) {
        names.retain(|name| {
            let modifies = sentence
                .tokens
                .get(name.first)
                .is_some_and(|token| matches!(token.relation.universal(), "amod" | "compound"));
            let form = lone(&sentence.tokens, name).filter(|_| modifies);
            let place = form.as_ref().and_then(|form| form.strip_suffix('n'));
            place.is_none_or(|place| !place.ends_with('a') || !known.contains(place))
        });
    }
}

/// Takes out what describes: "the Speaker", and "the Assembly" where the document names an
/// assembly in full.
fn drop_descriptions(sentences: &[Sentence], all: &mut [Vec<Name>]) {
    let mut nouns: BTreeSet<String> = BTreeSet::new();
    for (sentence, names) in sentences.iter().zip(all.iter()) {
        for name in names.iter().filter(|name| name.first < name.last) {
            let words = sentence.tokens.get(name.first..=name.last).unwrap_or(&[]);
            let is_link = |token: &Token| matches!(token.form.as_str(), "of" | "for" | "on");
            let end = words.iter().position(is_link).unwrap_or(words.len());
            let noun = end.checked_sub(1).and_then(|last| words.get(last));
            nouns.extend(noun.map(|token| token.form.to_lowercase()));
        }
    }
    for (sentence, names) in sentences.iter().zip(all) {
        let tokens = &sentence.tokens;
        names.retain(|name| {
            if is_office(tokens, name) {
                return false;
            }
            let token = tokens.get(name.first).filter(|_| name.first == name.last);
            let before = name
                .first
                .checked_sub(1)
                .and_then(|place| tokens.get(place));
            let is_definite = before.is_some_and(|word| word.form.eq_ignore_ascii_case("the"));
            let Some(token) = token.filter(|_| is_definite) else {
                return true;
            };
            let lower = token.form.to_lowercase();
            let is_next_name = tokens.get(name.last + 1).is_some_and(|next| {
                next.universal_tag == UniversalTag::ProperNoun
                    || matches!(next.form.as_str(), "of" | "for")
            });
            let is_body = [NounClass::Organization, NounClass::Event, NounClass::Work]
                .into_iter()
                .any(|class| is_in_class(&lower, class));
            let describes = is_in_class(&lower, NounClass::Person)
                || is_body && nouns.contains(&lower) && !is_next_name;
            !describes
        });
    }
}

/// The names of a document by their words as written, with their kinds, and the acronyms that
/// stand in brackets.
fn known_names(sentences: &[Sentence], all: &[Vec<Name>]) -> HashMap<String, EntityKind> {
    let mut known = HashMap::new();
    for (sentence, names) in sentences.iter().zip(all) {
        for name in names.iter().filter(|name| name.is_tagged) {
            if let Some(words) = words_of(&sentence.tokens, name.first, name.last) {
                known.entry(words).or_insert(name.kind);
            }
        }
        for window in sentence.tokens.windows(3) {
            if let [left, inside, right] = window
                && left.form == "("
                && right.form == ")"
                && is_acronym(&inside.form)
            {
                known
                    .entry(inside.form.clone())
                    .or_insert(EntityKind::Other);
            }
        }
    }
    known
}

fn words_of(tokens: &[Token], first: usize, last: usize) -> Option<String> {
    let words = tokens.get(first..=last).filter(|w| w.len() <= LONGEST)?;
    let forms: Vec<&str> = words.iter().map(|token| token.form.as_str()).collect();
    Some(forms.join(" "))
}

/// The longest known name that begins at a token where no name was found.
fn missed_at(
    tokens: &[Token],
    names: &[Name],
    known: &HashMap<String, EntityKind>,
    first: usize,
) -> Option<Name> {
    let is_capital = |place: usize| {
        tokens
            .get(place)
            .is_some_and(|token| token.form.starts_with(char::is_uppercase))
    };
    if !is_capital(first) {
        return None;
    }
    (0..LONGEST).rev().find_map(|more| {
        let last = first + more;
        let words = words_of(tokens, first, last).filter(|_| last < tokens.len())?;
        let kind = *known.get(&words)?;
        let is_free = !names
            .iter()
            .any(|name| name.first <= last && first <= name.last);
        // A lone word may be a common one at the start of a sentence.
        let is_sure = more > 0
            || is_acronym(&words)
            || tokens
                .get(first)
                .is_some_and(|token| token.universal_tag == UniversalTag::ProperNoun);
        let goes_on = is_capital(last + 1) && is_proper(tokens, last + 1);
        (is_free && is_sure && !goes_on).then_some(Name {
            first,
            last,
            kind,
            is_tagged: false,
        })
    })
}

fn is_proper(tokens: &[Token], place: usize) -> bool {
    tokens
        .get(place)
        .is_some_and(|token| token.universal_tag == UniversalTag::ProperNoun)
}

impl Resolution<'_> {
    /// The kind that most mentions of a name have; a tagged kind counts more than a guessed one.
    pub(super) fn vote_on_kinds(&mut self, all: &[Vec<Name>]) {
        let mut votes: HashMap<String, HashMap<EntityKind, usize>> = HashMap::new();
        let words: BTreeSet<&str> = self
            .sentences
            .iter()
            .flat_map(|sentence| &sentence.tokens)
            .map(|token| token.form.as_str())
            .filter(|form| form.ends_with('n') && form.starts_with(char::is_uppercase))
            .collect();
        // "Orvela" and "Orvelan": what has a people is a country.
        let has_people = |name: &Name, text: &str| {
            name.first == name.last
                && text.ends_with('a')
                && !is_given_name(text)
                && words.contains(format!("{text}n").as_str())
        };
        let mut people: BTreeSet<String> = BTreeSet::new();
        let mut regions: Vec<String> = Vec::new();
        let mut firms: Vec<String> = Vec::new();
        let mut acronyms: BTreeSet<String> = BTreeSet::new();
        let mut aged: Vec<String> = Vec::new();
        let mut families = Families::default();
        for (sentence, names) in self.sentences.iter().zip(all) {
            for name in names {
                let text = self.span_text(sentence, name.first, name.last);
                families.note(&sentence.tokens, name, &fold(&text));
                let weight = if name.is_tagged { 3 } else { 1 };
                let kinds = votes.entry(fold(&text)).or_default();
                *kinds.entry(name.kind).or_default() += weight;
                if is_aged(&sentence.tokens, name) {
                    aged.push(fold(&text));
                }
                if name.kind == EntityKind::Person && is_acronym(&text) {
                    acronyms.insert(fold(&text));
                }
                let is_no_firm = name.kind == EntityKind::Place && is_place(&text);
                if !is_no_firm && is_told_as_body(&sentence.tokens, name) {
                    firms.push(fold(&text));
                } else if name.kind == EntityKind::Person && name.first < name.last {
                    people.extend(fold(&text).split(' ').map(str::to_owned));
                } else if is_told_as_place(&sentence.tokens, name, &text) || has_people(name, &text)
                {
                    regions.push(fold(&text));
                }
            }
        }
        make_bodies(&mut votes, &acronyms);
        // "Reed, 44,", where the document knows an Ada Reed: she.
        for name in aged
            .into_iter()
            .filter(|name| name.contains(' ') || people.contains(name))
        {
            votes.insert(name, HashMap::from([(EntityKind::Person, 1)]));
        }
        for name in families.told_alone() {
            votes.insert(name, HashMap::from([(EntityKind::Person, 1)]));
        }
        for name in firms {
            votes.insert(name, HashMap::from([(EntityKind::Organization, 1)]));
        }
        for name in regions {
            // "southern Orvel": no person has a south.
            if !people.contains(&name) {
                votes.insert(name, HashMap::from([(EntityKind::Place, 1)]));
            }
        }
        self.count_votes(votes);
    }

    fn count_votes(&mut self, votes: HashMap<String, HashMap<EntityKind, usize>>) {
        for (name, kinds) in votes {
            let best = kinds
                .into_iter()
                .max_by_key(|(kind, count)| (*count, std::cmp::Reverse(*kind)));
            if let Some((kind, _)) = best {
                self.kinds.insert(name, kind);
            }
        }
    }

    /// The acronym in brackets behind a name that it spells.
    fn defined_behind(&self, sentence: &Sentence, name: &Name) -> Option<String> {
        let form = |place: usize| sentence.tokens.get(place).map(|token| token.form.as_str());
        let acronym = form(name.last + 2).filter(|inside| is_acronym(inside))?;
        let is_bracketed =
            form(name.last + 1) == Some("(") && matches!(form(name.last + 3), Some(")" | ","));
        let text = self.span_text(sentence, name.first, name.last);
        (is_bracketed && spells(acronym, &text)).then(|| acronym.to_owned())
    }

    /// Notes which short names stand for a long one of the document: "Orvel" for "Orvel Foods".
    /// Names of places, peoples and persons stand for themselves.
    pub(super) fn note_short_names(&mut self, all: &[Vec<Name>]) {
        let mut long: Vec<(String, EntityKind)> = Vec::new();
        let mut spelled_out: BTreeMap<String, String> = BTreeMap::new();
        let mut short: BTreeSet<String> = BTreeSet::new();
        let mut barred: BTreeSet<String> = BTreeSet::new();
        for (sentence, names) in self.sentences.iter().zip(all) {
            // "The Harbour Board (HB)": its initials abbreviate no "HB Office".
            barred.extend(bracketed(sentence));
            for name in names {
                let text = self.span_text(sentence, name.first, name.last);
                let kind = self.kinds.get(&fold(&text)).copied().unwrap_or(name.kind);
                let key = key_of(&text);
                let count = key.split(' ').count();
                if count == 1 {
                    let bars = stands_for_itself(&text)
                        || is_where(&sentence.tokens, name.first)
                        || is_adjective(&sentence.tokens, name.first);
                    let _ = if bars { &mut barred } else { &mut short }.insert(key);
                } else if kind == EntityKind::Person {
                    barred.extend(key.split(' ').map(str::to_owned));
                } else if kind == EntityKind::Organization {
                    spelled_out.insert(text, key.clone());
                    long.push((key, kind));
                }
                // "National Board (NB)": it abbreviates nothing else.
                barred.extend(
                    self.defined_behind(sentence, name)
                        .map(|text| key_of(&text)),
                );
            }
        }
        long.sort();
        long.dedup();
        long.truncate(MOST_NAMES);
        let mut by_word: HashMap<&str, Vec<&(String, EntityKind)>> = HashMap::new();
        for entry in &long {
            let words: Vec<&str> = entry.0.split(' ').collect();
            let keys = match words.as_slice() {
                // "Orvel" for "Orvel Foods Group" and for "Real Orvel".
                [first, last] => vec![*first, *last],
                [first, ..] => vec![*first],
                [] => Vec::new(),
            };
            for key in keys {
                by_word.entry(key).or_default().push(entry);
            }
        }
        for key in short.difference(&barred) {
            // "USO" for "Union of Seamen Orvel" before "USO Press", whose first word it is.
            let is_spelled =
                |text: &str| key.chars().count() >= LEAST_INITIALS && spells(key, text);
            let spelled: BTreeSet<&String> = spelled_out
                .iter()
                .filter(|(text, _)| is_spelled(text))
                .map(|(_, name)| name)
                .collect();
            if let (1, Some(long)) = (spelled.len(), spelled.first()) {
                let kind = EntityKind::Organization;
                self.long_names.insert(key.clone(), ((*long).clone(), kind));
                continue;
            }
            let found = by_word.get(key.as_str()).map_or(&[][..], Vec::as_slice);
            let begins =
                |long: &&&(String, EntityKind)| long.0.split(' ').next() == Some(key.as_str());
            // "Orvel" of "Orvel Foods" and "Brewer Orvel": what begins with it is its full name.
            let chosen = match found {
                [only] => Some(only),
                several => {
                    let mut full = several.iter().filter(begins);
                    full.next().filter(|_| full.next().is_none())
                }
            };
            if let Some((long, kind)) = chosen {
                self.long_names.insert(key.clone(), (long.clone(), *kind));
            }
        }
    }
}

/// Initials that are taken for a person's name are those of a body.
fn make_bodies(
    votes: &mut HashMap<String, HashMap<EntityKind, usize>>,
    acronyms: &BTreeSet<String>,
) {
    for (name, kinds) in votes {
        if acronyms.contains(name) && kinds.len() == 1 {
            let count = kinds.remove(&EntityKind::Person).unwrap_or(0);
            kinds.insert(EntityKind::Organization, count);
        }
    }
}

/// "The Harbour Board (HB)": the keys of the initials in brackets.
fn bracketed(sentence: &Sentence) -> impl Iterator<Item = String> {
    sentence
        .tokens
        .windows(3)
        .filter_map(|window| match window {
            [left, inside, right] => (left.form == "(" && right.form == ")")
                .then(|| key_of(&inside.form))
                .filter(|_| is_acronym(&inside.form)),
            _ => None,
        })
}

/// Whether a word alone names something, or describes, so that it abbreviates nothing.
fn stands_for_itself(text: &str) -> bool {
    let lower = text.to_lowercase();
    is_place(text)
        || is_country(text)
        || is_nationality(text)
        || is_given_name(text)
        || [
            NounClass::Title,
            NounClass::Person,
            NounClass::Organization,
            NounClass::Place,
            NounClass::Event,
            NounClass::Work,
        ]
        .into_iter()
        .any(|class| is_in_class(&lower, class))
}

/// Whether a lone name only modifies the next word: "Orvelan minister".
fn is_adjective(tokens: &[Token], place: usize) -> bool {
    tokens.get(place).is_some_and(|token| {
        token.universal_tag == UniversalTag::Adjective
            || matches!(token.relation.universal(), "amod")
    })
}

/// Whether a name stands where only a place can: "in Orvel", but not in "shares in Orvel".
fn is_where(tokens: &[Token], first: usize) -> bool {
    let lower = |back: usize| {
        let token = first.checked_sub(back).and_then(|place| tokens.get(place));
        token.map_or(String::new(), |token| token.lemma.to_lowercase())
    };
    let is_holding = matches!(
        lower(2).as_str(),
        "share"
            | "stake"
            | "stock"
            | "investor"
            | "shareholder"
            | "investment"
            | "holding"
            | "invest"
            | "confidence"
            | "trading"
            | "interest"
            | "shareholding"
    );
    // "The economy of Orvel".
    let is_ruled = lower(1) == "of"
        && matches!(
            lower(2).as_str(),
            "economy"
                | "president"
                | "government"
                | "people"
                | "capital"
                | "parliament"
                | "population"
                | "citizen"
                | "coast"
                | "north"
                | "south"
                | "east"
                | "west"
        );
    is_ruled || matches!(lower(1).as_str(), "in" | "near") && !is_holding
}
