//! Numbered events: "the 12th Meeting" of a body of which the document told, or which told of its
//! 11th one.

use super::Resolution;
use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::MentionKind;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::numeral::ordinal;

impl Resolution<'_> {
    /// Gives the numbered events that are told without it the name of whose they are.
    pub(super) fn complete_numbered(&mut self) {
        let mut found: Vec<(usize, String)> = Vec::new();
        for mention in self.placed.iter().filter(|m| m.kind == MentionKind::Name) {
            let Some(sentence) = self.sentences.get(mention.sentence) else {
                continue;
            };
            let text = self.span_text(sentence, mention.first, mention.last);
            let is_full = |name: &str| name.contains(" of ");
            let is_told = self
                .entities
                .get(mention.entity)
                .is_none_or(|growing| growing.has_name(is_full));
            let is_known = found.iter().any(|(entity, _)| *entity == mention.entity);
            if is_told || is_known {
                continue;
            }
            let Some(noun) = numbered_noun(&text) else {
                continue;
            };
            let owner = sentence
                .tokens
                .iter()
                .position(|token| {
                    token.head == Some(mention.head)
                        && token.relation == Relation::PossessiveModifier
                })
                .and_then(|owner| self.body_at(mention.sentence, owner));
            let whose = owner.or_else(|| self.whose_others_are(noun));
            found.extend(whose.map(|whose| (mention.entity, format!("{text} of {whose}"))));
        }
        for (entity, name) in found {
            if let Some(growing) = self.entities.get_mut(entity) {
                growing.note_name(&name);
            }
        }
    }

    /// The name of the body mentioned at a token, with its article.
    fn body_at(&self, sentence: usize, head: usize) -> Option<String> {
        let at = |mention: &&super::Placed| mention.sentence == sentence && mention.head == head;
        let mention = self.placed.iter().find(at)?;
        let growing = self.entities.get(mention.entity)?;
        let is_body = growing.kind == EntityKind::Organization && growing.members.is_empty();
        let longest = growing
            .names
            .iter()
            .max_by_key(|(name, _)| name.split_whitespace().count())
            .filter(|_| is_body)?;
        let name = super::canonical(&longest.0);
        let is_noun = |word: &str| is_in_class(&word.to_lowercase(), NounClass::Organization);
        Some(match name.split_whitespace().any(is_noun) {
            true => format!("the {name}"),
            false => name,
        })
    }

    /// What "of" adds to the names of other numbered events of a noun, where it is always the same.
    fn whose_others_are(&self, noun: &str) -> Option<String> {
        let mut told: Option<String> = None;
        let names = self.entities.iter().flat_map(|growing| &growing.names);
        for (name, _) in names {
            let Some((event, whose)) = name.split_once(" of ") else {
                continue;
            };
            if numbered_noun(event) != Some(noun) {
                continue;
            }
            match &told {
                Some(known) if known != whose => return None,
                _ => told = Some(whose.to_owned()),
            }
        }
        told
    }
}

/// The noun of an event's name that a number tells from others: "Meeting" of "12th Meeting".
fn numbered_noun(name: &str) -> Option<&str> {
    let mut words = name.split_whitespace();
    let first = words.next()?;
    let last = words.next_back()?;
    let is_number = ordinal(&first.to_lowercase()).is_some()
        || first.starts_with(|letter: char| letter.is_ascii_digit())
            && first.ends_with(|letter: char| letter.is_ascii_alphabetic());
    let lower = last.to_lowercase();
    let is_event = lower == "assembly"
        || is_in_class(&lower, NounClass::Event)
        || is_in_class(&lower, NounClass::StrictEvent);
    let is_plain = words.all(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "general" | "plenary" | "annual" | "ordinary" | "extraordinary" | "regular" | "joint"
        )
    });
    (is_number && is_event && is_plain).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::numbered_noun;

    #[test]
    fn a_number_and_an_event_make_a_numbered_event() {
        for (name, noun) in [
            ("12th Meeting", Some("Meeting")),
            ("Third General Assembly", Some("Assembly")),
            ("Harbour Assembly", None),
            ("9th Orvel Assembly", None),
            ("12th Street", None),
        ] {
            assert_eq!(numbered_noun(name), noun, "{name}");
        }
    }
}
