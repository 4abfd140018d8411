//! Offices right before the name of who holds them.

use super::super::{Resolution, confidence, role};
use super::{RELATIVES, class_of, determiner_of};
use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::{MentionKind, Token};
use crate::text::tag::FineTag;

impl Resolution<'_> {
    /// "Chairman of the Water Board Ada King said", "finance chief Ada King said": the office is
    /// hers whose name follows it.
    pub(super) fn named_behind(&mut self, index: usize, tokens: &[Token], head: usize) -> bool {
        let is_office = tokens.get(head).is_some_and(|token| {
            class_of(token) == Some(EntityKind::Person)
                && matches!(token.fine_tag, FineTag::Noun | FineTag::ProperNoun)
                && !RELATIVES.contains(&token.lemma.to_lowercase().as_str())
        });
        let is_any = matches!(determiner_of(tokens, head).as_deref(), Some("a" | "an"));
        if !is_office || is_any {
            return false;
        }
        let name = self
            .before()
            .take_while(|mention| mention.sentence == index)
            .filter(|mention| mention.kind == MentionKind::Name && mention.first > head)
            .filter(|mention| {
                let growing = self.entities.get(mention.entity);
                growing.is_some_and(|growing| growing.kind == EntityKind::Person)
            })
            .min_by_key(|mention| mention.first)
            .copied();
        let owns = |last: usize| {
            tokens
                .get(last + 1)
                .is_some_and(|next| next.fine_tag == FineTag::Possessive)
        };
        let Some(name) = name.filter(|name| {
            name.first == head + 1 && !owns(name.last)
                || role::is_title_to(tokens, head, name.first, |place| {
                    self.is_in_name(index, place)
                })
        }) else {
            return false;
        };
        let sure = (name.entity, confidence::PARTIAL);
        let placed = self.mention(index, (head, head), MentionKind::Nominal, sure);
        placed.into_iter().for_each(|placed| self.place(placed));
        true
    }
}

/// "The head of the harbour office, Ada King, said": the name hangs on the office's body, and is
/// no name of that.
pub(super) fn is_told_behind(tokens: &[Token], head: usize, name: usize) -> bool {
    /// Bodies stand within bodies no deeper than this.
    const DEEPEST: usize = 4;
    let is_behind_comma = name
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|token| token.form == ",");
    let mut current = tokens.get(name).and_then(|token| token.head);
    for _ in 0..DEEPEST {
        let Some(token) = current.and_then(|place| tokens.get(place)) else {
            return false;
        };
        let is_body = token.relation.universal() == "nmod"
            && class_of(token) != Some(EntityKind::Person)
            && current > Some(head);
        if !is_body || !is_behind_comma {
            return false;
        }
        if token.head == Some(head) {
            return true;
        }
        current = token.head;
    }
    false
}

/// "will appoint the prime minister": the office is about to be somebody else's.
pub(super) fn is_new_in_office(tokens: &[Token], head: usize) -> bool {
    let is_object = tokens
        .get(head)
        .is_some_and(|token| matches!(token.relation.universal(), "obj" | "xcomp" | "obl"));
    let verb = tokens.get(head).and_then(|token| token.head);
    is_object
        && verb.and_then(|verb| tokens.get(verb)).is_some_and(|verb| {
            matches!(
                verb.lemma.as_str(),
                "appoint"
                    | "elect"
                    | "name"
                    | "nominate"
                    | "choose"
                    | "select"
                    | "replace"
                    | "become"
                    | "hire"
                    | "need"
                    | "seek"
            )
        })
}

/// Whether a relative clause without a comma says which one a noun means.
pub(super) fn has_restriction(tokens: &[Token], head: usize) -> bool {
    tokens
        .iter()
        .any(|token| token.head == Some(head) && token.relation == Relation::RelativeClause)
        && tokens
            .get(head + 1)
            .is_some_and(|next| matches!(next.form.as_str(), "that" | "who" | "which" | "whose"))
}
