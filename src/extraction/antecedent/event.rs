//! Events: "the event", "the meeting", "the participants", where the document tells of one.

use std::collections::BTreeSet;

use crate::text::dependency::Relation as R;
use crate::text::taxonomy::Nearness;

use super::super::linking::Linker;
use super::super::phrase::Phrase;
use super::super::tree::Tree;
use super::{Antecedents, FARTHEST, Told, nouns};

/// An event told so few sentences before is the one that is being told.
const NEAR: usize = 2;

/// An event that was told.
#[derive(Debug, Clone)]
pub(super) struct Event {
    noun: String,
    told: Told,
}

impl Antecedents {
    /// Notes an event told by a noun, where something tells which it is.
    pub(super) fn note_event(&mut self, lemma: &str, told: &Told) {
        if nouns::is_event(lemma) && !told.is_plural && !told.marks.is_empty() {
            let noun = lemma.to_owned();
            let told = told.clone();
            self.events.push(Event { noun, told });
        }
    }

    /// Notes the events that a sentence or headline names.
    pub(in super::super) fn note_named(&mut self, linker: &Linker<'_>, sentence: usize) {
        for (head, name) in linker.named_events() {
            let words: BTreeSet<String> = name.split(' ').map(str::to_lowercase).collect();
            let noun = words
                .iter()
                .find(|word| nouns::is_event(word))
                .cloned()
                .unwrap_or_default();
            let told = Told {
                sentence,
                head,
                is_plural: false,
                is_definite: true,
                name,
                marks: words.clone(),
                words,
            };
            self.events.push(Event { noun, told });
        }
        self.events
            .sort_by_key(|event| (event.told.sentence, event.told.head));
    }

    /// The only event that a noun can mean at a place: the one just told, or the one that the
    /// document begins with, where it has told no other.
    pub(super) fn event(&self, (sentence, head): (usize, usize), lemma: &str) -> Option<String> {
        let fits = |event: &&Event| {
            event.noun == lemma || super::is_kind(&event.noun, lemma, Nearness::Listed)
        };
        let before: Vec<&Told> = self
            .events
            .iter()
            .filter(fits)
            .map(|event| &event.told)
            .filter(|told| (told.sentence, told.head) < (sentence, head))
            .filter(|told| sentence - told.sentence <= FARTHEST)
            .collect();
        let near: Vec<&Told> = before
            .iter()
            .copied()
            .filter(|told| sentence - told.sentence <= NEAR)
            .collect();
        let is_near = !near.is_empty();
        let told = if is_near { near } else { before };
        let first = told.first()?;
        let is_one = told.iter().all(|other| other.agrees(first));
        let is_safe = is_near || first.sentence <= self.last_of_lead();
        (is_one && is_safe).then(|| {
            let fullest = told.iter().max_by_key(|told| told.marks.len());
            fullest.unwrap_or(first).name.clone()
        })
    }

    /// The event that the document begins with.
    fn event_of_lead(&self, (sentence, head): (usize, usize)) -> Option<String> {
        let first = self.events.first()?;
        let is_lead = first.told.sentence <= self.last_of_lead()
            && (first.told.sentence, first.told.head) < (sentence, head);
        let is_far = sentence - first.told.sentence <= FARTHEST;
        (is_lead && is_far).then(|| first.told.name.clone())
    }

    /// "The participants": those of the event that is being told.
    pub(super) fn participants(
        &self,
        tree: &Tree<'_>,
        sentence: usize,
        phrase: &Phrase,
    ) -> Option<String> {
        let head = phrase.head;
        let lemma = tree.lemma(head).to_lowercase();
        if !matches!(lemma.as_str(), "participant" | "attendee" | "delegate")
            || !super::is_plural(tree, head)
        {
            return None;
        }
        let is_plain = |&child: &usize| match tree.relation(child) {
            R::Determiner => matches!(tree.lower(child), "the" | "all"),
            // "Welcoming the participants at the town hall": where they are, not whose they are.
            R::NominalModifier => tree
                .children_by(child, &[R::Case])
                .all(|case| tree.lower(case) == "at"),
            relation => !matches!(
                relation.universal(),
                "amod" | "compound" | "nmod" | "acl" | "nummod" | "appos"
            ),
        };
        if !tree.children(head).iter().all(is_plain) {
            return None;
        }
        self.those_of_event((sentence, head), tree.lower(head))
    }

    /// The participants of the event that is being told.
    fn those_of_event(&self, place: (usize, usize), noun: &str) -> Option<String> {
        let event = self
            .event(place, "event")
            .or_else(|| self.event_of_lead(place))?;
        let begins_with_owner = event
            .split(' ')
            .next()
            .is_some_and(|word| word.ends_with("'s") || word.ends_with("’s"));
        let article = if begins_with_owner { "" } else { "the " };
        Some(format!("{noun} of {article}{event}"))
    }

    /// "They" for participants: of the event that is being told.
    pub(in super::super) fn described(&self, sentence: usize, noun: &str) -> Option<String> {
        if matches!(noun, "participants" | "attendees" | "delegates") {
            return self.those_of_event((sentence, 0), noun);
        }
        self.only_called(sentence, noun)
    }
}
