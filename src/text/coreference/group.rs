//! Groups: "the two sides", "both countries", and the entities that make them up.

use super::{Growing, Resolution, confidence};
use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::{MentionKind, Token};
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::UniversalTag;

/// The pair must have been named within so many sentences.
const FARTHEST: usize = 12;

/// Two people must have been told together within so many sentences.
const FARTHEST_PEOPLE: usize = 4;

impl Resolution<'_> {
    /// Places "the two sides", "both countries": the pair that the text is about.
    pub(super) fn group(
        &mut self,
        index: usize,
        tokens: &[Token],
        head: usize,
        span: (usize, usize),
    ) {
        let Some(token) = tokens.get(head) else {
            return;
        };
        let noun = token.lemma.to_lowercase();
        let is_pair_noun = matches!(
            noun.as_str(),
            "side"
                | "country"
                | "nation"
                | "state"
                | "party"
                | "government"
                | "partner"
                | "neighbor"
                | "neighbour"
        );
        let is_person_noun = is_in_class(&noun, NounClass::Person);
        let is_body_noun = !is_pair_noun
            && (is_in_class(&noun, NounClass::Organization)
                || is_in_class(&noun, NounClass::Business));
        if !(is_pair_noun || is_person_noun || is_body_noun) || !says_two(tokens, head) {
            return;
        }
        // "Two workers" are new; "the two ministers" have been told.
        let is_definite = tokens
            .get(head.saturating_sub(3)..head)
            .is_some_and(|near| {
                near.iter().any(|token| {
                    matches!(
                        token.form.to_lowercase().as_str(),
                        "the" | "both" | "these" | "those" | "neither"
                    )
                })
            });
        if !is_definite {
            return;
        }
        let pair = if is_person_noun {
            self.pair_of_people(index, &noun)
        } else {
            self.pair(index, is_body_noun)
        };
        let Some(members) = pair else {
            return;
        };
        let entity = self.group_of(members, index, span);
        let sure = (entity, confidence::GROUP);
        let placed = self.mention(index, span, MentionKind::Nominal, sure);
        placed.into_iter().for_each(|placed| self.place(placed));
    }

    /// The group entity with these members.
    pub(super) fn group_of(
        &mut self,
        members: [usize; 2],
        index: usize,
        span: (usize, usize),
    ) -> usize {
        let mut members = members.to_vec();
        members.sort_unstable();
        if let Some(&known) = self.groups.get(&members) {
            return known;
        }
        let description = self
            .sentences
            .get(index)
            .map(|sentence| self.span_text(sentence, span.0, span.1))
            .unwrap_or_default();
        self.entities.push(Growing {
            kind: EntityKind::Other,
            description,
            members,
            is_plural: true,
            ..Growing::default()
        });
        let entity = self.entities.len() - 1;
        let members = self.entities.last().map(|group| group.members.clone());
        self.groups.insert(members.unwrap_or_default(), entity);
        entity
    }

    /// The two countries or organizations that were named side by side most often and lately.
    fn pair(&self, index: usize, are_bodies: bool) -> Option<[usize; 2]> {
        let mut pairs: Vec<([usize; 2], usize)> = Vec::new();
        let mut mentions: Vec<_> = self
            .before()
            .take_while(|mention| index - mention.sentence.min(index) <= FARTHEST)
            .filter(|mention| mention.kind == MentionKind::Name)
            .collect();
        mentions.reverse();
        for window in mentions.windows(2) {
            let [left, right] = window else { continue };
            let is_actor = |entity: usize| {
                self.entities.get(entity).is_some_and(|growing| {
                    growing.kind == EntityKind::Organization
                        || growing.kind == EntityKind::Place && !are_bodies
                })
            };
            let is_near = left.sentence == right.sentence
                && right.first > left.last
                && (right.first - left.last <= 3
                    && self.is_joined(left.sentence, left.last, right.first)
                    || right.first - left.last <= 5
                        && self.has_and(left.sentence, left.last, right.first));
            if !is_near
                || left.entity == right.entity
                || !is_actor(left.entity)
                || !is_actor(right.entity)
            {
                continue;
            }
            let mut pair = [left.entity, right.entity];
            pair.sort_unstable();
            match pairs.iter_mut().find(|(known, _)| *known == pair) {
                Some((_, count)) => *count += 1,
                None => pairs.push((pair, 1)),
            }
        }
        let most = pairs.iter().map(|(_, count)| *count).max()?;
        let mut best = pairs.iter().filter(|(_, count)| *count == most);
        match (best.next(), best.next()) {
            (Some((pair, _)), None) => Some(*pair),
            _ => None,
        }
    }

    /// "the two ministers": the last two people told together; what is known of their offices
    /// must not speak against it.
    fn pair_of_people(&self, index: usize, noun: &str) -> Option<[usize; 2]> {
        let mut people: Vec<_> = self
            .before()
            .take_while(|mention| index - mention.sentence.min(index) <= FARTHEST_PEOPLE)
            .filter(|mention| mention.kind == MentionKind::Name)
            .filter(|mention| {
                let growing = self.entities.get(mention.entity);
                growing.is_some_and(|growing| growing.kind == EntityKind::Person)
            })
            .collect();
        people.reverse();
        let (first, second) = people.windows(2).rev().find_map(|pair| {
            let [left, right] = pair else { return None };
            let is_pair = left.sentence == right.sentence
                && left.entity != right.entity
                && self.has_and(left.sentence, left.last, right.first);
            is_pair.then_some((left.entity, right.entity))
        })?;
        let fits = |entity: &usize| {
            self.entities.get(*entity).is_some_and(|growing| {
                growing.roles.is_empty()
                    || growing.roles.contains(noun)
                    || matches!(noun, "leader" | "man" | "woman" | "official" | "politician")
            })
        };
        (fits(&first) && fits(&second)).then_some([first, second])
    }

    /// Whether "and" stands shortly between two names of a sentence, and no verb.
    fn has_and(&self, sentence: usize, from: usize, to: usize) -> bool {
        /// A title and a possessive may precede the second name.
        const MOST_BETWEEN: usize = 10;
        let Some(sentence) = self.sentences.get(sentence) else {
            return false;
        };
        let between = sentence.tokens.get(from + 1..to).unwrap_or(&[]);
        between.len() <= MOST_BETWEEN
            && between
                .iter()
                .any(|token| matches!(token.form.as_str(), "and" | "or"))
            && !between
                .iter()
                .any(|token| token.universal_tag == UniversalTag::Verb)
    }

    /// Whether two names are joined by "and", "with" or a dash.
    fn is_joined(&self, sentence: usize, from: usize, to: usize) -> bool {
        let Some(sentence) = self.sentences.get(sentence) else {
            return false;
        };
        let between = sentence.tokens.get(from + 1..to).unwrap_or(&[]);
        !between.is_empty()
            && between.iter().all(|token| {
                matches!(
                    token.form.to_lowercase().as_str(),
                    "and" | "or" | "with" | "-" | "–" | "&" | "the" | "/"
                )
            })
    }
}

/// Whether a noun is said to be two: "the two", "both".
fn says_two(tokens: &[Token], head: usize) -> bool {
    let near = tokens.get(head.saturating_sub(3)..head).unwrap_or(&[]);
    let two = near.iter().any(|token| {
        matches!(
            token.form.to_lowercase().as_str(),
            "two" | "both" | "neither"
        ) && token.head == Some(head)
    });
    let counted = near
        .iter()
        .any(|token| token.head == Some(head) && token.relation == Relation::NumericModifier);
    let noun = tokens.get(head).map_or("", |token| token.lemma.as_str());
    // "the sides" are the two that talk; "the countries" may be many.
    two || noun == "side"
        && !counted
        && near
            .iter()
            .any(|token| token.form.eq_ignore_ascii_case("the"))
}
