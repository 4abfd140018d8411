//! Names of people across a document: family names with a hyphen, and offices taken for names.

use std::collections::BTreeSet;

use super::super::alias::is_acronym;
use super::{is_where, words_of};
use crate::fact::EntityKind;
use crate::text::document::{Sentence, Token};
use crate::text::entity::Name;
use crate::text::lexicon::{NounClass, country_of, is_in_class};

/// "The State Secretary": an office written large, which no model takes for a name.
pub(super) fn is_office(tokens: &[Token], name: &Name) -> bool {
    let is_run = !name.is_tagged && name.first < name.last && name.kind == EntityKind::Other;
    let lower = tokens
        .get(name.last)
        .map_or(String::new(), |token| token.form.to_lowercase());
    is_run && is_in_class(&lower, NounClass::Person) && is_in_class(&lower, NounClass::Title)
}

/// "Ada Reed-Hall … Reed-Hall said": a family name with a hyphen is one wherever it stands.
pub(super) fn join_family_names(sentences: &[Sentence], all: &mut [Vec<Name>]) {
    let mut known: BTreeSet<[String; 3]> = BTreeSet::new();
    for (sentence, names) in sentences.iter().zip(all.iter()) {
        for name in names.iter().filter(|name| name.kind == EntityKind::Person) {
            let first = name.last.saturating_sub(2).max(name.first);
            if let Some([left, hyphen, right]) = sentence.tokens.get(first..=name.last)
                && hyphen.form == "-"
                && first > name.first
            {
                known.insert([left, hyphen, right].map(|token| token.form.clone()));
            }
        }
    }
    if known.is_empty() {
        return;
    }
    for (sentence, names) in sentences.iter().zip(all) {
        for (first, window) in sentence.tokens.windows(3).enumerate() {
            let [left, hyphen, right] = window else {
                continue;
            };
            let last = first + 2;
            let is_known = hyphen.form == "-"
                && known.contains(&[left, hyphen, right].map(|token| token.form.clone()));
            let is_whole = names
                .iter()
                .any(|name| name.first <= first && last <= name.last);
            if !is_known || is_whole {
                continue;
            }
            names.retain(|name| name.last < first || last < name.first);
            names.push(Name {
                first,
                last,
                kind: EntityKind::Person,
                is_tagged: true,
            });
        }
        names.sort_by_key(|name| (name.first, std::cmp::Reverse(name.last)));
    }
}

/// "PS Ada Reed", where the document also says "Ada Reed": the initials of an office in front of a
/// name are no part of it.
pub(super) fn drop_initials_of_offices(sentences: &[Sentence], all: &mut [Vec<Name>]) {
    /// Offices have no more initials than this.
    const MOST_INITIALS: usize = 4;
    let known: BTreeSet<String> = sentences
        .iter()
        .zip(all.iter())
        .flat_map(|(sentence, names)| {
            let people = names.iter().filter(|name| name.kind == EntityKind::Person);
            people
                .filter(|name| name.first < name.last)
                .filter_map(|name| words_of(&sentence.tokens, name.first, name.last))
                .collect::<Vec<String>>()
        })
        .collect();
    for (sentence, names) in sentences.iter().zip(all) {
        for name in names.iter_mut().filter(|name| name.first + 1 < name.last) {
            let is_short = sentence.tokens.get(name.first).is_some_and(|token| {
                is_acronym(&token.form) && token.form.chars().count() <= MOST_INITIALS
            });
            let rest = words_of(&sentence.tokens, name.first + 1, name.last);
            if is_short
                && name.kind == EntityKind::Person
                && rest.is_some_and(|rest| known.contains(&rest))
            {
                name.first += 1;
            }
        }
    }
}

/// Family names that a model takes for places: "Ada Orvel … Orvel scored".
#[derive(Debug, Default)]
pub(super) struct Families {
    /// The last words of people's full names.
    people: BTreeSet<String>,
    /// The names of one word that were taken for places, and stand as somebody could.
    alone: BTreeSet<String>,
    /// Those that somewhere stand as only a place can, and countries.
    places: BTreeSet<String>,
}

impl Families {
    /// Notes a name of the document, with its words as they compare.
    pub(super) fn note(&mut self, tokens: &[Token], name: &Name, folded: &str) {
        if let Some((_, family)) = folded.rsplit_once(' ') {
            if name.kind == EntityKind::Person && name.is_tagged {
                self.people.insert(family.to_owned());
            }
            return;
        }
        let is_titled = name.first.checked_sub(1).is_some_and(|before| {
            tokens.get(before).is_some_and(|token| {
                let title = token.form.trim_end_matches('.').to_lowercase();
                matches!(title.as_str(), "mr" | "mrs" | "ms" | "dr" | "prof")
            })
        });
        let is_place = name.kind == EntityKind::Place;
        if !is_titled && is_where(tokens, name.first) || country_of(folded).is_some() {
            self.places.insert(folded.to_owned());
        } else if is_place {
            self.alone.insert(folded.to_owned());
        }
    }

    /// The family names that were taken for places.
    pub(super) fn told_alone(self) -> impl Iterator<Item = String> {
        let Self {
            people,
            alone,
            places,
        } = self;
        alone
            .into_iter()
            .filter(move |name| people.contains(name) && !places.contains(name))
    }
}
