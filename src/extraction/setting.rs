//! Setting: the country and the body that a document is about, to which belongs what its sentences
//! tell without an owner.

use std::collections::BTreeMap;

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::{
    AnnotatedDocument, DocumentEntity, Mention, MentionKind, Sentence, SentenceKind,
};
use crate::text::lexicon::{country_of, is_nationality};
use crate::text::salience::most_told;

/// How often a document tells of the body that it is about, at the least.
const LEAST_TOLD: usize = 3;

/// In so many sentences at least it names the country that it is about.
const LEAST_NAMED: usize = 2;

/// What a document is about is told in its headline or one of so many first sentences.
const LEAD: usize = 3;

/// A line of fewer words before them is a byline or date.
const SHORTEST_SENTENCE: usize = 8;

/// The country that a document is about is named in so many times the sentences of any other.
const TIMES_OTHERS: usize = 3;

/// What is told of a body with such a name in a report of a case is mostly another's.
const JUDGING: [&str; 5] = ["court", "courts", "tribunal", "police", "constabulary"];

/// What a document is about.
#[derive(Debug, Clone, Default)]
pub(super) struct Setting {
    /// The entity of the body.
    body: Option<usize>,
    country: Option<&'static str>,
    /// Whether it is named far more often than others, not only once.
    is_of_country: bool,
    /// The last sentence of the lead.
    last_of_lead: usize,
    /// The countries that sentences name, in the order of the text.
    countries: Vec<(usize, &'static str)>,
    /// The bodies that sentences name, by entity.
    bodies: Vec<(usize, usize)>,
}

impl Setting {
    /// The setting of a document.
    pub(super) fn of(document: &AnnotatedDocument) -> Self {
        let countries = countries(document);
        let last_of_lead = last_of_lead(document);
        let main = main_country(&countries, last_of_lead);
        let is_named_body = |index: usize| document.entities.get(index).is_some_and(is_body);
        Self {
            body: main_body(document, last_of_lead),
            country: main.or_else(|| only_country(document, &countries, last_of_lead)),
            is_of_country: main.is_some(),
            last_of_lead,
            countries,
            bodies: document
                .mentions
                .iter()
                .filter(|mention| mention.kind == MentionKind::Name)
                .filter(|mention| is_named_body(mention.entity))
                .map(|mention| (mention.sentence, mention.entity))
                .collect(),
        }
    }

    /// The entity of the firm or body that the document is about.
    pub(super) fn body(&self) -> Option<usize> {
        self.body
    }

    /// The last sentence of those in which the document tells what it is about.
    pub(super) fn last_of_lead(&self) -> usize {
        self.last_of_lead
    }

    /// The countries that a sentence names.
    pub(super) fn countries_of(&self, sentence: usize) -> impl Iterator<Item = &'static str> + '_ {
        let named = self.countries.iter();
        named
            .filter(move |(place, _)| *place == sentence)
            .map(|(_, country)| *country)
    }

    /// Whether the document is about a country, and tells of it more than once.
    pub(super) fn has_country(&self) -> bool {
        self.is_of_country
    }

    /// The country that the document is about, where neither a sentence nor the one before it
    /// names another.
    pub(super) fn country_at(&self, sentence: usize) -> Option<&'static str> {
        let is_other = |&(named, country): &(usize, &'static str)| {
            (named == sentence || named + 1 == sentence) && Some(country) != self.country
        };
        self.country
            .filter(|_| !self.countries.iter().any(is_other))
    }

    /// The body that the document is about, where neither a sentence nor the one before it names
    /// another.
    pub(super) fn body_at(&self, sentence: usize) -> Option<usize> {
        let is_other = |&(named, body): &(usize, usize)| {
            (named == sentence || named + 1 == sentence) && Some(body) != self.body
        };
        self.body.filter(|_| !self.bodies.iter().any(is_other))
    }
}

/// The last sentence of the lead: headlines, bylines and dates before it do not count.
fn last_of_lead(document: &AnnotatedDocument) -> usize {
    let is_sentence = |sentence: &Sentence| {
        sentence.kind == SentenceKind::Body && sentence.tokens.len() >= SHORTEST_SENTENCE
    };
    let first = document.sentences.iter().position(is_sentence);
    first.unwrap_or(0) + LEAD - 1
}

/// The countries that sentences name, by their names or adjectives, each once a sentence.
fn countries(document: &AnnotatedDocument) -> Vec<(usize, &'static str)> {
    let mut found: Vec<(usize, &'static str)> = Vec::new();
    for mention in &document.mentions {
        let is_name = mention.kind == MentionKind::Name;
        let entity = document.entities.get(mention.entity).filter(|_| is_name);
        let country = entity
            .filter(|entity| entity.kind == EntityKind::Place)
            .and_then(|entity| country_of(&entity.name));
        found.extend(country.map(|country| (mention.sentence, country)));
    }
    for (number, sentence) in document.sentences.iter().enumerate() {
        if sentence.kind == SentenceKind::Furniture {
            continue;
        }
        let adjectives = sentence
            .tokens
            .iter()
            .map(|token| token.form.as_str())
            .filter(|form| form.starts_with(char::is_uppercase) && is_nationality(form))
            .filter_map(country_of);
        found.extend(adjectives.map(|country| (number, country)));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The country that is named early, and far more often than others.
fn main_country(countries: &[(usize, &'static str)], last_of_lead: usize) -> Option<&'static str> {
    let mut counts: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
    for &(sentence, country) in countries {
        let entry = counts.entry(country).or_insert((sentence, 0));
        entry.1 += 1;
    }
    let mut ranked: Vec<(usize, usize, &'static str)> = counts
        .into_iter()
        .map(|(country, (first, count))| (count, first, country))
        .collect();
    ranked.sort_unstable_by_key(|&(count, first, _)| (std::cmp::Reverse(count), first));
    let &(count, first, country) = ranked.first()?;
    let second = ranked.get(1).map_or(0, |&(count, _, _)| count);
    let is_main = count >= LEAST_NAMED && count >= TIMES_OTHERS * second && first <= last_of_lead;
    is_main.then_some(country)
}

/// The only country that a document names, where its lead tells what happened in it.
fn only_country(
    document: &AnnotatedDocument,
    countries: &[(usize, &'static str)],
    last_of_lead: usize,
) -> Option<&'static str> {
    let &(_, country) = countries.first()?;
    let is_one = countries.iter().all(|(_, other)| *other == country);
    let happened_there = |mention: &Mention| {
        let entity = document.entities.get(mention.entity);
        let tokens = document.sentences.get(mention.sentence);
        entity.is_some_and(|entity| country_of(&entity.name) == Some(country))
            && tokens.is_some_and(|sentence| {
                let mut tokens = sentence.tokens.iter();
                tokens.any(|token| {
                    token.head == Some(mention.head)
                        && token.relation == Relation::Case
                        && token.form.eq_ignore_ascii_case("in")
                })
            })
    };
    let mut lead = document
        .mentions
        .iter()
        .filter(|mention| mention.sentence <= last_of_lead && mention.kind == MentionKind::Name);
    (is_one && lead.any(happened_there)).then_some(country)
}

/// The firm or body that is told early, and far more often than others.
fn main_body(document: &AnnotatedDocument, last_of_lead: usize) -> Option<usize> {
    // "An Orvel drug": what only stands before nouns does nothing itself.
    let is_modifier = |mention: &Mention| {
        let sentence = document.sentences.get(mention.sentence);
        sentence
            .and_then(|sentence| sentence.tokens.get(mention.head))
            .is_some_and(|token| token.relation == Relation::Compound)
    };
    let is_of_body = |mention: &&Mention| {
        let entity = document.entities.get(mention.entity);
        !is_modifier(mention) && entity.is_some_and(is_body)
    };
    let mentions = document.mentions.iter().filter(is_of_body);
    let told = mentions.map(|mention| (mention.entity, mention.sentence));
    let index = most_told(told, LEAST_TOLD, last_of_lead)?.entity;
    // A court that hears of a loss, and the police that look into it, have not made it.
    let is_judging = document.entities.get(index).is_some_and(|entity| {
        let mut words = entity.name.split_whitespace().map(str::to_lowercase);
        words.any(|word| JUDGING.contains(&word.as_str()))
    });
    (!is_judging).then_some(index)
}

/// Whether an entity is a body with a name.
pub(super) fn is_body(entity: &DocumentEntity) -> bool {
    entity.is_named && entity.members.is_empty() && entity.kind == EntityKind::Organization
}

#[cfg(test)]
mod tests {
    use super::main_country;

    #[test]
    fn a_document_is_about_the_country_named_early_and_most() {
        let named = [(1, "Peru"), (2, "Peru"), (4, "Chile"), (5, "Peru")];
        assert_eq!(main_country(&named, 3), Some("Peru"));
    }

    #[test]
    fn of_two_countries_none_owns_what_is_told_without_an_owner() {
        let named = [(1, "Chile"), (1, "Peru"), (2, "Peru"), (5, "Peru")];
        assert_eq!(main_country(&named[..3], 3), None);
        assert_eq!(main_country(&named, 3), Some("Peru"));
        assert_eq!(main_country(&[(1, "Peru")], 3), None);
        assert_eq!(main_country(&[(4, "Peru"), (5, "Peru")], 3), None);
    }
}
