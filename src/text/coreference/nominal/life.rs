//! Descriptions that tell again of somebody just told of: "the Lyon-born engineer", "the Italian",
//! "the veteran striker".

use super::super::subject::governing_subject;
use super::super::{Growing, Placed, Resolution, only, role};
use super::{AGED, span_of};
use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::{MentionKind, SentenceKind, Token};
use crate::text::lexicon::{gender_of_noun, is_nationality};
use crate::text::tag::{FineTag, UniversalTag};

/// Quotations are looked through over at most so many sentences.
const FARTHEST_QUOTED: usize = 6;

impl Resolution<'_> {
    /// "The Lyon-born engineer", "the 29-year-old nurse", "the veteran striker": whoever the
    /// sentence before was about; an office is told of others too.
    pub(super) fn is_told_by_life(&self, (index, head): (usize, usize), own: &str) -> bool {
        let Some(tokens) = self.sentences.get(index).map(|sentence| &sentence.tokens) else {
            return false;
        };
        let is_subject = tokens
            .get(head)
            .is_some_and(|token| token.relation.universal() == "nsubj");
        let has_word = tokens.get(head.saturating_sub(1)).is_some_and(|token| {
            token.head == Some(head) && token.relation != Relation::Determiner
        });
        let (first, _) = span_of(tokens, head);
        let phrase = tokens.get(first..head).unwrap_or(&[]);
        let tells_life = phrase
            .iter()
            .any(|token| token.form.ends_with("born") || token.form.ends_with(AGED));
        tells_life || is_subject && has_word && TRADES.contains(&own)
    }

    /// "The winner" for the only one who was said to win, "the nominee" for who was nominated.
    pub(super) fn known_by_deed(&self, (index, head): (usize, usize), own: &str) -> Option<usize> {
        let (_, verb, is_done) = DEEDS.iter().find(|(noun, ..)| *noun == own)?;
        let found: Vec<usize> =
            self.earlier(index, head)
                .filter(|mention| {
                    self.entities.get(mention.entity).is_some_and(|growing| {
                        growing.kind == EntityKind::Person && growing.is_named
                    }) && self.does(mention, verb, *is_done)
                })
                .map(|mention| mention.entity)
                .collect();
        only(found)
    }

    /// "The Chilean lawmaker": the only one told with that country whom the noun may mean.
    pub(super) fn official_of(
        &self,
        (index, head): (usize, usize),
        own: &str,
        country: &str,
    ) -> Option<usize> {
        const CHAMBERS: [&str; 7] = [
            "assembly",
            "parliament",
            "senate",
            "congress",
            "chamber",
            "house",
            "duma",
        ];
        let is_lawmaker = matches!(own, "lawmaker" | "parliamentarian" | "legislator" | "mp");
        let fits = |growing: &Growing| {
            let is_of_chamber = || CHAMBERS.iter().any(|noun| growing.roles.contains(*noun));
            growing.kind == EntityKind::Person
                && growing.is_named
                && growing.roles.contains(country)
                && (growing.roles.contains(own)
                    || role::is_covered(own, growing)
                    || is_lawmaker && is_of_chamber())
        };
        let found: Vec<usize> = self
            .earlier(index, head)
            .take_while(|mention| index - mention.sentence.min(index) <= super::FARTHEST_ROLE)
            .map(|mention| mention.entity)
            .filter(|&entity| self.entities.get(entity).is_some_and(fits))
            .collect();
        only(found)
    }

    /// Whether somebody mentioned does a deed, or is the one to whom it is done.
    fn does(&self, mention: &Placed, verb: &str, is_done: bool) -> bool {
        let Some(tokens) = self.sentences.get(mention.sentence).map(|s| &s.tokens) else {
            return false;
        };
        tokens.iter().enumerate().any(|(place, token)| {
            if token.lemma != verb || token.universal_tag != UniversalTag::Verb {
                return false;
            }
            let child = |relation: Relation| {
                tokens
                    .iter()
                    .position(|other| other.head == Some(place) && other.relation == relation)
            };
            let relative = |subject: usize| {
                let is_who = tokens
                    .get(subject)
                    .is_some_and(|word| word.form.eq_ignore_ascii_case("who"));
                if is_who { token.head } else { Some(subject) }
            };
            let subject = if is_done {
                child(Relation::PassiveNominalSubject)
                    .and_then(relative)
                    .or_else(|| child(Relation::Object))
            } else {
                child(Relation::NominalSubject)
                    .and_then(relative)
                    .or_else(|| governing_subject(tokens, place))
                    .filter(|_| child(Relation::PassiveNominalSubject).is_none())
            };
            subject == Some(mention.head)
        })
    }

    /// Whether a quotation that opened in its paragraph is still open at a token.
    pub(in super::super) fn is_in_quotation(&self, index: usize, place: usize) -> bool {
        let Some(sentence) = self.sentences.get(index) else {
            return false;
        };
        let first = (0..=index)
            .rev()
            .take(FARTHEST_QUOTED)
            .take_while(|&other| {
                self.sentences
                    .get(other)
                    .is_some_and(|other| other.paragraph == sentence.paragraph)
            })
            .last()
            .unwrap_or(index);
        let mut is_open = false;
        for (number, sentence) in self
            .sentences
            .iter()
            .enumerate()
            .take(index + 1)
            .skip(first)
        {
            let end = if number == index {
                place
            } else {
                sentence.tokens.len()
            };
            for token in sentence.tokens.iter().take(end) {
                is_open = match token.form.as_str() {
                    "“" | "``" => true,
                    "”" | "''" => false,
                    "\"" => !is_open,
                    _ => is_open,
                };
            }
        }
        is_open
    }

    /// "the 24-year-old": the only person named in the sentence before, its subject, or whom it
    /// named last.
    pub(super) fn just_told(&self, (index, head): (usize, usize), own: &str) -> Option<usize> {
        let before = (0..index).rev().take(FARTHEST_QUOTED).find(|&before| {
            self.sentences.get(before).is_some_and(|sentence| {
                let last = sentence.tokens.len().saturating_sub(1);
                // "…" she said. "…": what is all quoted is passed over.
                let is_quoted = (0..last).all(|place| {
                    let is_mark = sentence
                        .tokens
                        .get(place)
                        .is_some_and(|token| !token.form.chars().any(char::is_alphanumeric));
                    is_mark || self.is_in_quotation(before, place)
                });
                sentence.kind == SentenceKind::Body && !is_quoted
            })
        })?;
        let gender = gender_of_noun(own);
        let people: Vec<&Placed> = self
            .earlier(index, head)
            .filter(|mention| mention.sentence == before)
            .filter(|mention| !self.is_in_quotation(before, mention.head))
            .filter(|mention| {
                let token = self
                    .sentences
                    .get(before)
                    .and_then(|sentence| sentence.tokens.get(mention.head));
                let growing = self.entities.get(mention.entity);
                let owns = token.is_some_and(|token| {
                    mention.kind == MentionKind::Pronoun
                        && token.relation == Relation::PossessiveModifier
                });
                !owns
                    && growing.is_some_and(|g| {
                        g.kind == EntityKind::Person
                            && !g.is_plural
                            && g.is_named
                            && (g.gender.is_none() || gender.is_none() || g.gender == gender)
                    })
            })
            .collect();
        let subjects: Vec<usize> = people
            .iter()
            .filter(|mention| mention.is_subject)
            .map(|mention| mention.entity)
            .collect();
        let all = || only(people.iter().map(|mention| mention.entity).collect());
        let last = || people.iter().max_by_key(|mention| mention.first);
        all()
            .or_else(|| only(subjects))
            .or_else(|| last().map(|mention| mention.entity))
    }
}

/// "the Italian", of whom only the country is told; "the French" are many.
pub(super) fn is_citizen(token: &Token) -> bool {
    let is_one = [
        "n", "i", "ek", "ole", "ane", "ede", "urk", "zech", "iot", "ard",
    ]
    .iter()
    .any(|ending| token.form.ends_with(ending));
    // "Signs in Italian": a language.
    let stands = matches!(token.relation.universal(), "nsubj" | "nmod")
        && matches!(token.fine_tag, FineTag::Noun | FineTag::ProperNoun);
    is_one && stands && is_nationality(&token.form)
}

/// What somebody does for a living or in a game: with a word before it, it tells again of the one
/// just told of.
const TRADES: [&str; 40] = [
    "striker",
    "midfielder",
    "defender",
    "goalkeeper",
    "forward",
    "winger",
    "guard",
    "playmaker",
    "quarterback",
    "batsman",
    "bowler",
    "pitcher",
    "runner",
    "sprinter",
    "swimmer",
    "cyclist",
    "skier",
    "boxer",
    "golfer",
    "player",
    "footballer",
    "athlete",
    "gymnast",
    "singer",
    "rapper",
    "guitarist",
    "drummer",
    "pianist",
    "composer",
    "musician",
    "actor",
    "actress",
    "comedian",
    "filmmaker",
    "painter",
    "sculptor",
    "novelist",
    "poet",
    "nurse",
    "billionaire",
];

/// Nouns for whoever did or underwent a deed, with its verb.
const DEEDS: [(&str, &str, bool); 3] = [
    ("winner", "win", false),
    ("nominee", "nominate", true),
    ("appointee", "appoint", true),
];
