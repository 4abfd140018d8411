//! The qualifiers of a fact: what is told beside its subject and its object.

use crate::fact::{Argument, Qualifier};
use crate::text::dependency::Relation as R;

use super::super::argument::{self, Argument as Phrases, Part};
use super::super::lexicon;
use super::super::phrase::{self, Phrase};
use super::super::surface;
use super::nameless::{is_here, is_turn};
use super::time::{is_unknown_day, own_preposition, time_role};
use super::{Assembler, Frame, WITHOUT_ARGUMENT};

impl Assembler<'_> {
    /// "held a meeting in July": the time belongs to the statement, not to the meeting's name.
    pub(super) fn take_time(&self, phrase: &mut Phrase) -> Option<Phrases> {
        let tree = self.tree;
        let time = tree
            .children_by(
                phrase.head,
                &[R::NominalModifier, R::UnmarkedNominalModifier],
            )
            .find(|&child| {
                child > phrase.head
                    && phrase.tokens.contains(&child)
                    && self
                        .linker
                        .value_at(child)
                        .is_some_and(|value| value.kind == "time")
                    && tree
                        .children_by(child, &[R::Case])
                        .all(|case| matches!(tree.lower(case), "in" | "on" | "at" | "during"))
            })?;
        let kept: Vec<usize> = phrase
            .tokens
            .iter()
            .copied()
            .filter(|&token| !tree.is_below(token, time))
            .collect();
        let preposition = argument::preposition(tree, time);
        let found = phrase::alone(tree, time)?;
        *phrase = phrase::tidy(tree, phrase.head, kept)?;
        Some(Phrases {
            part: Part::Oblique,
            preposition,
            alternatives: vec![found],
            is_time: true,
        })
    }

    /// Adds an argument as qualifiers.
    pub(super) fn qualify(&self, argument: &Phrases, frame: &mut Frame) {
        let tree = self.tree;
        if matches!(argument.part, Part::Circumstance | Part::Clause) {
            let role = argument.role(tree);
            for phrase in &argument.alternatives {
                let mut phrase = phrase.clone();
                // "to" is the role already.
                if role == "to" && phrase.tokens.len() > 1 {
                    let first = phrase.tokens.first().copied();
                    phrase
                        .tokens
                        .retain(|&token| Some(token) != first || tree.lower(token) != "to");
                }
                let linked = self.linker.quote(tree, &phrase);
                // "Before it can enter into force": what, nobody knows.
                if linked.is_open {
                    frame.most = frame.most.min(WITHOUT_ARGUMENT);
                }
                frame.signals.owners_lacking += linked.owners_lacking;
                push(frame, role.clone(), linked.argument);
            }
            return;
        }
        for phrase in &argument.alternatives {
            let is_here = is_here(tree, argument.part, phrase);
            frame.has_unresolved |= is_here;
            if is_turn(tree, phrase) || is_here {
                continue;
            }
            // "Treaty of Friendship of 1976": the year belongs to the name.
            if argument.is_time && self.linker.is_inside_longer_name(phrase.head) {
                continue;
            }
            let time = self.time(argument, phrase);
            if argument.preposition.is_empty() && is_unknown_day(tree, phrase, time.as_ref()) {
                continue;
            }
            if let Some(time) = time {
                push(frame, time_role(tree, argument, &time), time);
                continue;
            }
            let role = argument.role(tree);
            for linked in self.linker.link(tree, phrase) {
                // "among them": who that is, nobody knows.
                let is_anothers = linked
                    .owner
                    .is_some_and(|owner| !frame.subjects.contains(&owner));
                if linked.is_unresolved() || is_anothers {
                    frame.has_unresolved = true;
                    continue;
                }
                if linked.is_vague() && linked.shape.is_definite {
                    frame.signals.bare_qualifiers += 1;
                }
                frame.signals.owners_lacking += linked.owners_lacking;
                push(frame, role.clone(), linked.argument);
            }
        }
    }

    /// The time that a phrase tells, in the words of the value mention.
    fn time(&self, argument: &Phrases, phrase: &Phrase) -> Option<Argument> {
        let mention = self
            .linker
            .value_at(phrase.head)
            .filter(|value| value.kind == "time")?;
        let is_plain = argument.is_time || argument.part == Part::Adverb;
        if !is_plain {
            return None;
        }
        let words: Vec<usize> = own_preposition(self.tree, argument)
            .iter()
            .copied()
            .chain(mention.first..=mention.last)
            .collect::<std::collections::BTreeSet<usize>>()
            .into_iter()
            .collect();
        let text = surface::words(self.document, self.tree, &words);
        Some(match &mention.value {
            Some(value) => Argument::literal(text, value.clone()),
            None => Argument::phrase(text.clone(), self.within_sentence(&words, &text)),
        })
    }

    /// Words of a time as they stand within a sentence: days and months keep their capital.
    fn within_sentence(&self, words: &[usize], text: &str) -> String {
        let is_name = words
            .first()
            .and_then(|&first| self.tree.token(first))
            .is_some_and(|token| lexicon::is_calendar_name(&token.form));
        let mut letters = text.chars();
        match letters.next() {
            Some(first) if !is_name => first.to_lowercase().chain(letters).collect(),
            _ => text.to_owned(),
        }
    }
}

/// Adds a qualifier unless it says what one there says.
pub(super) fn push(frame: &mut Frame, role: String, argument: Argument) {
    let qualifier = Qualifier { role, argument };
    let is_known = frame.qualifiers.iter().any(|known| {
        known.role == qualifier.role && known.argument.content == qualifier.argument.content
    });
    if !is_known {
        frame.qualifiers.push(qualifier);
    }
}
