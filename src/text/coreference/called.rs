//! Short names that tell what something is: "the CS" for a cabinet secretary, "the Front" for a
//! "National Harbour Front", "the Company" of a firm's own statement.

use super::{Resolution, key_of};
use crate::fact::EntityKind;
use crate::text::document::Sentence;
use crate::text::entity::Name;
use crate::text::word_list::WordList;

impl Resolution<'_> {
    /// "The CS" for a cabinet secretary: the only person so far whose office has these initials.
    pub(super) fn called_by_initials(
        &self,
        sentence: &Sentence,
        name: &Name,
        text: &str,
    ) -> Option<usize> {
        static OFFICES: WordList = WordList::new(
            "minister secretary commissioner general governor president \
            director speaker officer",
        );
        static INITIALS: WordList = WordList::new("CS PS DG CM FM AG VP SG DPM");
        let letters: Vec<char> = text.to_lowercase().chars().collect();
        let (last, others) = letters.split_last()?;
        let is_definite = name
            .first
            .checked_sub(1)
            .and_then(|before| sentence.tokens.get(before))
            .is_some_and(|before| before.form.eq_ignore_ascii_case("the"));
        let is_known = INITIALS.contains(text);
        if !is_definite || !is_known || self.by_name.contains_key(&key_of(text)) {
            return None;
        }
        let holds = |entity: &usize| {
            self.entities.get(*entity).is_some_and(|growing| {
                let has = |letter: &char, is_office: bool| {
                    growing.roles.iter().any(|role| {
                        role.starts_with(*letter) && is_office == OFFICES.contains(role)
                    })
                };
                has(last, true) && others.iter().all(|letter| has(letter, false))
            })
        };
        let people = self.recent_entities(EntityKind::Person);
        let found: Vec<usize> = people.into_iter().filter(holds).collect();
        match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// "The Front" for the only body so far that is called so and more fully, "National Harbour
    /// Front"; "the Company" for the one that the document is about.
    pub(super) fn called_by_noun(
        &self,
        sentence: &Sentence,
        name: &Name,
        text: &str,
    ) -> Option<usize> {
        /// Houses, times and stars are the names of too many things.
        static OTHERS: WordList = WordList::new("house times star post sun mail states league cup");
        let noun = text.to_lowercase();
        let before = |back: usize| {
            let place = name.first.checked_sub(back)?;
            sentence.tokens.get(place).map(|token| token.form.as_str())
        };
        let is_the = |form: Option<&str>| form.is_some_and(|form| form.eq_ignore_ascii_case("the"));
        let is_marked = matches!(before(1), Some("\"" | "“" | "``")) && is_the(before(2));
        let is_single = name.first == name.last
            && text.starts_with(char::is_uppercase)
            && text.chars().skip(1).all(char::is_lowercase)
            && (is_the(before(1)) || is_marked);
        if !is_single || OTHERS.contains(&noun) {
            return None;
        }
        let is_called = |entity: &usize| {
            self.entities.get(*entity).is_some_and(|growing| {
                growing.members.is_empty()
                    && growing.has_name(|known| {
                        let head = known.split(" of ").next().unwrap_or(known);
                        head.ends_with(&format!(" {noun}"))
                    })
            })
        };
        let bodies = self.recent_entities(EntityKind::Organization);
        let found: Vec<usize> = bodies.iter().copied().filter(is_called).collect();
        match found.as_slice() {
            [only] => Some(*only),
            _ if matches!(noun.as_str(), "company" | "group" | "corporation") => {
                self.told_most(&bodies)
            }
            _ => None,
        }
    }

    /// The one of several that the document tells of at least twice, and more often than of others.
    fn told_most(&self, entities: &[usize]) -> Option<usize> {
        let count = |entity: usize| {
            let mentions = self.placed.iter();
            mentions.filter(|mention| mention.entity == entity).count()
        };
        let most = entities
            .iter()
            .copied()
            .max_by_key(|&entity| count(entity))?;
        let is_clear = entities
            .iter()
            .all(|&entity| entity == most || count(entity) < count(most));
        (is_clear && count(most) > 1).then_some(most)
    }
}
