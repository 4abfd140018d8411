//! Which of several people who hold an office a description means: "the minister".

use super::{Placed, Resolution};
use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::{MentionKind, Token};
use crate::text::lexicon::country_of;

/// Who met whom is told in the first sentences.
const LAST_OF_LEAD: usize = 4;

/// Somebody told of so many times as often as another is whom the document is about.
const MUCH_MORE: usize = 2;

impl Resolution<'_> {
    /// Of those who hold an office, their mentions latest first: the one who has just spoken, the
    /// last one so described, the one that the document tells most of, else the latest.
    pub(super) fn holder(
        &self,
        holders: &[&Placed],
        index: usize,
        own: &str,
        words: &[String],
    ) -> Option<usize> {
        let latest = holders.first()?;
        let is_named = |entity: usize| {
            let growing = self.entities.get(entity);
            growing.is_some_and(|growing| growing.is_named)
        };
        if !is_named(latest.entity) {
            return Some(latest.entity);
        }
        let is_full = |mention: &&&Placed| !self.is_lesser(mention.entity, own, words);
        let named: Vec<&Placed> = holders
            .iter()
            .filter(|mention| is_named(mention.entity))
            .copied()
            .collect();
        let full: Vec<&Placed> = named.iter().filter(is_full).copied().collect();
        let holders = if full.is_empty() { named } else { full };
        let latest = holders.first().unwrap_or(latest);
        if holders
            .iter()
            .all(|mention| mention.entity == latest.entity)
        {
            return Some(latest.entity);
        }
        let has_spoken = |mention: &&&Placed| mention.is_speaker && index <= mention.sentence + 1;
        if let Some(speaker) = holders.iter().find(has_spoken) {
            return Some(speaker.entity);
        }
        let is_so_described = |mention: &&&Placed| {
            // "Peru's minister, Ada King": told with her country, she is one of several.
            mention.kind == MentionKind::Nominal
                && mention.first < mention.head
                && self
                    .sentences
                    .get(mention.sentence)
                    .and_then(|sentence| sentence.tokens.get(mention.head))
                    .is_some_and(|token| token.lemma.eq_ignore_ascii_case(own))
        };
        if let Some(described) = holders.iter().find(is_so_described) {
            return Some(described.entity);
        }
        let count = |entity: usize| {
            let mentions = self.placed.iter();
            mentions.filter(|mention| mention.entity == entity).count()
        };
        let most = holders
            .iter()
            .max_by_key(|mention| count(mention.entity))
            .filter(|mention| count(mention.entity) >= MUCH_MORE * count(latest.entity));
        Some(most.unwrap_or(latest).entity)
    }

    /// "The minister" is no prime minister, "the speaker" no deputy where there is a speaker.
    fn is_lesser(&self, entity: usize, own: &str, words: &[String]) -> bool {
        let marks: &[&str] = match own {
            "minister" => &["prime", "deputy", "former"],
            _ => &["deputy", "vice", "former"],
        };
        self.entities.get(entity).is_some_and(|growing| {
            marks
                .iter()
                .any(|mark| growing.roles.contains(*mark) && !words.iter().any(|word| word == mark))
        })
    }

    /// "Lee had a conversation with Ek. The sides discussed": the only two people of the sentence
    /// before in its paragraph, where that tells of a meeting.
    pub(super) fn two_who_met(&self, index: usize) -> Option<[usize; 2]> {
        let before = index.checked_sub(1)?;
        let (told, here) = (self.sentences.get(before)?, self.sentences.get(index)?);
        let is_meeting = told.tokens.iter().any(|token| {
            matches!(
                token.lemma.as_str(),
                "meet" | "receive" | "meeting" | "talk" | "talks" | "conversation" | "negotiation"
            )
        });
        let mut people: Vec<usize> = self
            .placed
            .iter()
            .filter(|mention| mention.sentence == before)
            .map(|mention| mention.entity)
            .filter(|&entity| {
                self.entities
                    .get(entity)
                    .is_some_and(|growing| growing.kind == EntityKind::Person && growing.is_named)
            })
            .collect();
        people.sort_unstable();
        people.dedup();
        match people.as_slice() {
            [first, second] if is_meeting && told.paragraph == here.paragraph => {
                Some([*first, *second])
            }
            _ => None,
        }
    }

    /// Who met whom, as the document begins: "Lee received Ek", "Lee met with Ek".
    pub(super) fn met_in_lead(&self) -> Option<[usize; 2]> {
        let lead = self.sentences.iter().enumerate().take(LAST_OF_LEAD + 1);
        for (index, sentence) in lead {
            let tokens = &sentence.tokens;
            for (verb, _) in tokens.iter().enumerate().filter(|(_, token)| meets(token)) {
                let person = |mention: &&Placed| {
                    mention.sentence == index
                        && mention.kind == MentionKind::Name
                        && self.entities.get(mention.entity).is_some_and(|growing| {
                            growing.kind == EntityKind::Person && growing.is_named
                        })
                };
                let people = || self.placed.iter().filter(person);
                let host = people().rfind(|mention| {
                    mention.last < verb && is_of_subject(tokens, mention.head, verb)
                });
                let guest = people()
                    .filter(|mention| mention.first > verb)
                    .min_by_key(|mention| mention.first);
                if let (Some(host), Some(guest)) = (host, guest)
                    && host.entity != guest.entity
                {
                    return Some([host.entity, guest.entity]);
                }
            }
        }
        None
    }

    /// "The defendant": the only one told to be charged or to plead, else whom a document tells
    /// most of, but for those who judge and plead.
    pub(super) fn accused(&self, index: usize) -> Option<usize> {
        let mut charged: Vec<usize> = self
            .placed
            .iter()
            .filter(|mention| mention.sentence <= index && self.is_charged(mention))
            .filter(|mention| {
                self.entities
                    .get(mention.entity)
                    .is_some_and(|growing| growing.kind == EntityKind::Person && growing.is_named)
            })
            .map(|mention| mention.entity)
            .collect();
        charged.sort_unstable();
        charged.dedup();
        if let [only] = charged.as_slice() {
            return Some(*only);
        }
        let mut counts: Vec<(usize, usize)> = Vec::new();
        for mention in self
            .placed
            .iter()
            .filter(|mention| mention.sentence <= index)
        {
            let fits = self.entities.get(mention.entity).is_some_and(|growing| {
                growing.kind == EntityKind::Person
                    && growing.is_named
                    && !COURT.iter().any(|role| growing.roles.contains(*role))
            });
            if !fits {
                continue;
            }
            match counts
                .iter_mut()
                .find(|(entity, _)| *entity == mention.entity)
            {
                Some((_, count)) => *count += 1,
                None => counts.push((mention.entity, 1)),
            }
        }
        let (entity, most) = counts.iter().max_by_key(|(_, count)| *count)?;
        let is_clear = counts
            .iter()
            .all(|(other, count)| other == entity || count * MUCH_MORE <= *most);
        is_clear.then_some(*entity)
    }

    /// "Lee pleaded guilty", "Lee was charged": whether a mention is told to stand before a court.
    fn is_charged(&self, mention: &Placed) -> bool {
        let tokens = self.sentences.get(mention.sentence).map(|s| &s.tokens);
        let token = |place: usize| tokens.and_then(|tokens| tokens.get(place));
        let Some(subject) = token(mention.head) else {
            return false;
        };
        let Some(verb) = subject.head.and_then(token) else {
            return false;
        };
        let lemma = verb.lemma.as_str();
        match subject.relation {
            Relation::PassiveNominalSubject => CHARGING.contains(&lemma),
            Relation::NominalSubject => matches!(lemma, "plead"),
            _ => false,
        }
    }

    /// "The two sides" that two ministers lead: their countries, where both are told.
    pub(super) fn represented(&mut self, members: Vec<usize>, noun: &str) -> Vec<usize> {
        let [first, second] = members.as_slice() else {
            return members;
        };
        let country = |entity: usize| {
            let growing = self.entities.get(entity)?;
            let mut words = growing.roles.iter();
            let is_person = growing.kind == EntityKind::Person && noun == "side";
            words
                .find_map(|word| country_of(word))
                .filter(|_| is_person)
        };
        match (country(*first), country(*second)) {
            (Some(one), Some(other)) if one != other => {
                vec![self.country(one), self.country(other)]
            }
            _ => members,
        }
    }

    /// Whether a person judges, charges or pleads for others.
    pub(super) fn is_of_court(&self, entity: usize) -> bool {
        self.entities
            .get(entity)
            .is_some_and(|growing| COURT.iter().any(|role| growing.roles.contains(*role)))
    }
}

/// What is done to those who stand before a court.
const CHARGING: [&str; 11] = [
    "charge",
    "accuse",
    "convict",
    "jail",
    "sentence",
    "try",
    "remand",
    "indict",
    "acquit",
    "imprison",
    "prosecute",
];

/// Those whose work is at court.
const COURT: [&str; 7] = [
    "judge",
    "lawyer",
    "prosecutor",
    "attorney",
    "barrister",
    "justice",
    "magistrate",
];

fn meets(token: &Token) -> bool {
    matches!(
        token.lemma.as_str(),
        "meet" | "receive" | "welcome" | "host" | "hold"
    ) && token.universal_tag == crate::text::tag::UniversalTag::Verb
}

/// Whether a token lies in the subject of a verb, or is its name after a title.
fn is_of_subject(tokens: &[Token], head: usize, verb: usize) -> bool {
    /// Phrases are no deeper than this.
    const DEEPEST: usize = 8;
    let mut current = head;
    for _ in 0..DEEPEST {
        let Some(token) = tokens.get(current) else {
            return false;
        };
        if token.head == Some(verb) {
            return token.relation == Relation::NominalSubject;
        }
        let joins = matches!(
            token.relation.universal(),
            "appos" | "flat" | "compound" | "nmod"
        );
        match token.head {
            Some(above) if joins => current = above,
            _ => return false,
        }
    }
    false
}

/// Whether a noun means those who meet.
pub(super) fn is_met(noun: &str) -> bool {
    matches!(noun, "interlocutor" | "side" | "party" | "guest")
}
