//! Names: the same, part of another, or its acronym.

use super::{Growing, Placed, Resolution, confidence, key_of};
use crate::fact::{EntityKind, is_legal_form};
use crate::text::document::{MentionKind, Sentence};
use crate::text::entity::{Name, is_name_word};
use crate::text::lexicon::{country_of, fold, gender_of_name};

/// Acronyms are at most so long.
const LONGEST_ACRONYM: usize = 10;

/// Brackets that say what somebody is called have at most so many words and marks.
const LONGEST_BRACKET: usize = 16;

impl Resolution<'_> {
    /// Places a name: with the entity that has it, or as a new one.
    pub(super) fn name(&mut self, index: usize, sentence: &Sentence, name: &Name) {
        let mut text = self.span_text(sentence, name.first, name.last);
        let mut kind = self.kinds.get(&fold(&text)).copied().unwrap_or(name.kind);
        if let Some(family) = family_noun(sentence, name) {
            text = format!("{text} {family}");
            kind = EntityKind::Other;
        }
        let key = key_of(&text);
        if key.is_empty() {
            return;
        }
        let span = (name.first, name.last);
        if let Some(holder) = self.called_by_initials(sentence, name, &text) {
            let sure = (holder, confidence::NOMINAL);
            let placed = self.mention(index, span, MentionKind::Nominal, sure);
            placed.into_iter().for_each(|placed| self.place(placed));
            return;
        }
        if let Some(holder) = self.called_by_noun(sentence, name, &text) {
            self.add_name(holder, &text, key);
            let placed = self.mention(
                index,
                span,
                MentionKind::Nominal,
                (holder, confidence::NOMINAL),
            );
            placed.into_iter().for_each(|placed| self.place(placed));
            return;
        }
        let long = self.long_names.get(&key).cloned();
        let kind = long.as_ref().map_or(kind, |(_, kind)| *kind);
        let by_long = || self.known(&long.as_ref()?.0, &text, kind);
        let (entity, sure) = match self.known(&key, &text, kind).or_else(by_long) {
            Some(found) => found,
            None => (self.new_entity(kind), confidence::NAME),
        };
        if let Some((long, _)) = long {
            let known = self.by_name.entry(long).or_default();
            if !known.contains(&entity) {
                known.push(entity);
            }
        }
        self.add_name(entity, &text, key);
        if let Some(entity) = self.entities.get_mut(entity) {
            if entity.kind == EntityKind::Other {
                entity.kind = kind;
            }
            if kind == EntityKind::Person && entity.gender.is_none() {
                entity.gender = text.split_whitespace().next().and_then(gender_of_name);
            }
        }
        let placed = self.mention(index, span, MentionKind::Name, (entity, sure));
        placed.into_iter().for_each(|placed| self.place(placed));
    }

    pub(super) fn new_entity(&mut self, kind: EntityKind) -> usize {
        self.entities.push(Growing {
            kind,
            ..Growing::default()
        });
        self.entities.len() - 1
    }

    pub(super) fn add_name(&mut self, entity: usize, text: &str, key: String) {
        let known = self.by_name.entry(key).or_default();
        if !known.contains(&entity) {
            known.push(entity);
        }
        if let Some(entity) = self.entities.get_mut(entity) {
            entity.note_name(text);
            entity.is_named = true;
        }
    }

    /// The entity that a name means: by the whole name, then by a part of it.
    fn known(&self, key: &str, text: &str, kind: EntityKind) -> Option<(usize, f32)> {
        // One name in one document is one thing; only people share names with places and firms.
        let is_person = |kind: EntityKind| kind == EntityKind::Person;
        let fits = |&&entity: &&usize| {
            let entity = self.entities.get(entity);
            entity.is_some_and(|entity| {
                entity.kind.is_compatible(kind) || is_person(entity.kind) == is_person(kind)
            })
        };
        let same = self
            .by_name
            .get(key)
            .and_then(|all| all.iter().rev().find(fits));
        if let Some(&entity) = same {
            return Some((entity, confidence::NAME));
        }
        let part = match kind {
            EntityKind::Person => self.person_by_part(key),
            EntityKind::Organization | EntityKind::Event | EntityKind::Work => {
                self.thing_by_part(key, kind)
            }
            _ => None,
        };
        part.or_else(|| self.by_acronym(text, kind))
            .map(|entity| (entity, confidence::PARTIAL))
    }

    /// A person whose name the words are part of, or are filled up by: "Kim" for "Ada Kim".
    fn person_by_part(&self, key: &str) -> Option<usize> {
        let words: Vec<&str> = key.split(' ').collect();
        let candidates = self.recent_entities(EntityKind::Person);
        let mut found: Vec<usize> = Vec::new();
        for entity in candidates {
            let fits = self.entities.get(entity).is_some_and(|growing| {
                let parts = |name: &str| {
                    let name: Vec<&str> = name.split(' ').collect();
                    (
                        is_person_part(&words, &name),
                        is_another_person(&words, &name),
                    )
                };
                growing.has_name(|name| parts(name).0) && !growing.has_name(|name| parts(name).1)
            });
            if fits {
                found.push(entity);
            }
        }
        if let ([], [short]) = (found.as_slice(), words.as_slice()) {
            return self.by_diminutive(short);
        }
        // A first name alone is safe only where one person has it; a last name goes to the latest.
        match found.as_slice() {
            [only] => Some(*only),
            [latest, ..] if words.len() > 1 => Some(*latest),
            several => self.bearer(several, words.first().copied().unwrap_or("")),
        }
    }

    /// "Sammy" for the only person so far whose first name is "Sam".
    fn by_diminutive(&self, short: &str) -> Option<usize> {
        let stem = short
            .strip_suffix("ie")
            .or_else(|| short.strip_suffix('y'))?;
        let single = || {
            let mut letters = stem.chars().rev();
            let last = letters.next()?;
            (letters.next() == Some(last)).then(|| stem.strip_suffix(last))?
        };
        let single = single();
        let is_first = |name: &str| {
            let first = name.split(' ').next().unwrap_or(name);
            name.contains(' ') && (first == stem || Some(first) == single)
        };
        let people = self.recent_entities(EntityKind::Person).into_iter();
        let found: Vec<usize> = people
            .filter(|&person| {
                self.entities
                    .get(person)
                    .is_some_and(|growing| growing.has_name(is_first))
            })
            .collect();
        match found.as_slice() {
            [only] if stem.len() > 2 => Some(*only),
            _ => None,
        }
    }

    /// Of several people who bear a name, latest first, the one whom it means alone: the one who
    /// was so called before, the latest of those whose name ends with it, or the one the document
    /// tells most of.
    fn bearer(&self, several: &[usize], word: &str) -> Option<usize> {
        let has = |entity: &usize, fits: &dyn Fn(&str) -> bool| {
            self.entities
                .get(*entity)
                .is_some_and(|growing| growing.has_name(fits))
        };
        let ends = |name: &str| name.split(' ').next_back() == Some(word);
        let begins = |name: &str| name.split(' ').next() == Some(word);
        if several.iter().all(|entity| has(entity, &begins)) {
            return None;
        }
        let family: Vec<usize> = several
            .iter()
            .copied()
            .filter(|entity| !has(entity, &begins))
            .collect();
        let count = |entity: usize| {
            let mentions = self.placed.iter();
            mentions.filter(|mention| mention.entity == entity).count()
        };
        let most = family.iter().map(|&entity| count(entity)).max()?;
        let mut told = family.iter().filter(|&&entity| count(entity) == most);
        match (told.next(), told.next()) {
            (Some(only), None) if most > 1 => Some(*only),
            _ => family.iter().copied().find(|entity| has(entity, &ends)),
        }
    }

    /// Entities of a kind, the latest mentioned first, each once.
    pub(super) fn recent_entities(&self, kind: EntityKind) -> Vec<usize> {
        /// More people than this at once are not compared: bounded work for each name.
        const MOST: usize = 60;
        const FARTHEST: usize = 600;
        let mut seen: Vec<usize> = Vec::new();
        for mention in self.before().take(FARTHEST) {
            let is_kind = self
                .entities
                .get(mention.entity)
                .is_some_and(|entity| entity.kind == kind && entity.is_named);
            if is_kind && !seen.contains(&mention.entity) {
                seen.push(mention.entity);
                if seen.len() == MOST {
                    break;
                }
            }
        }
        seen
    }

    /// A thing whose name begins with the words and goes on with "of", or the other way round.
    fn thing_by_part(&self, key: &str, kind: EntityKind) -> Option<usize> {
        if key.split(' ').count() < 2 {
            return None;
        }
        let goes_on = |longer: &str, shorter: &str| {
            let rest = longer.strip_prefix(shorter);
            rest.is_some_and(|rest| {
                let mut words = rest.strip_prefix(' ').unwrap_or("").split(' ');
                matches!(words.next(), Some("of" | "for" | "on"))
                    || rest.starts_with(' ') && rest.split_whitespace().all(is_word_of_firms)
            })
        };
        // "The Harbour Commission" for the "Peruvian-Chilean Harbour Commission".
        let of_peoples = |longer: &str| {
            let mut rest = longer;
            while let Some((first, behind)) = rest.split_once(' ') {
                if !first.split('-').all(|word| country_of(word).is_some()) {
                    break;
                }
                rest = behind;
            }
            rest.len() < longer.len() && (rest == key || goes_on(rest, key))
        };
        // "The Harbour Commission" for the "Third Orvel Harbour Commission".
        let ends = |longer: &str| {
            longer
                .strip_suffix(key)
                .is_some_and(|before| before.ends_with(' '))
        };
        let fits = |entity: &usize| {
            self.entities.get(*entity).is_some_and(|growing| {
                growing.has_name(|name| {
                    goes_on(name, key) || goes_on(key, name) || of_peoples(name) || ends(name)
                })
            })
        };
        let found: Vec<usize> = self
            .recent_entities(kind)
            .into_iter()
            .filter(fits)
            .collect();
        match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The latest thing whose initials a name in capitals spells.
    fn by_acronym(&self, text: &str, kind: EntityKind) -> Option<usize> {
        if kind == EntityKind::Person || !is_acronym(text) {
            return None;
        }
        let kinds = [
            EntityKind::Organization,
            EntityKind::Event,
            EntityKind::Work,
            EntityKind::Place,
        ];
        let fits = |entity: &usize| {
            self.entities
                .get(*entity)
                .is_some_and(|growing| growing.names.iter().any(|(name, _)| spells(text, name)))
        };
        kinds
            .into_iter()
            .filter(|other| other.is_compatible(kind))
            .find_map(|kind| self.recent_entities(kind).into_iter().find(fits))
    }

    /// "Nile Basin Initiative (NBI)": the acronym in brackets becomes an alias.
    pub(super) fn define_acronyms(&mut self, index: usize, sentence: &Sentence) {
        for (open, window) in sentence.tokens.windows(3).enumerate() {
            let [left, inside, right] = window else {
                continue;
            };
            let is_bracketed = left.form == "(" && matches!(right.form.as_str(), ")" | ",");
            if !is_bracketed || !is_acronym(&inside.form) {
                continue;
            }
            let place = open + 1;
            let Some(entity) = self.named_before(index, sentence, open, &inside.form) else {
                continue;
            };
            self.drop_mention(index, place);
            self.add_name(entity, &inside.form, key_of(&inside.form));
            let sure = (entity, confidence::NAME);
            let placed = self.mention(index, (place, place), MentionKind::Name, sure);
            placed.into_iter().for_each(|placed| self.place(placed));
        }
    }

    /// `Orvel Group ("Orvel" or the "Company")`: what is quoted in brackets behind a name is what
    /// it is called from there on.
    pub(super) fn define_terms(&mut self, index: usize, sentence: &Sentence) {
        for open in 1..sentence.tokens.len() {
            let form = |place: usize| sentence.tokens.get(place).map_or("", |t| t.form.as_str());
            let opens = form(open) == "(" && (is_quote(form(open + 1)) || is_quote(form(open + 2)));
            if !opens {
                continue;
            }
            let named = self
                .before()
                .take_while(|mention| mention.sentence == index)
                .find(|mention| mention.last + 1 == open && mention.kind == MentionKind::Name)
                .map(|mention| mention.entity);
            let Some(entity) = named else {
                continue;
            };
            let close = (open..open + LONGEST_BRACKET).find(|&place| form(place) == ")");
            for place in open + 1..close.unwrap_or(open) {
                let is_term = is_quote(form(place - 1))
                    && is_quote(form(place + 1))
                    && form(place).starts_with(char::is_uppercase);
                if is_term {
                    self.drop_mention(index, place);
                    self.add_name(entity, form(place), key_of(form(place)));
                }
            }
        }
    }

    /// The entity whose name ends before a bracket, if the acronym spells it or it is the only
    /// reading; a new one where the words before spell it.
    fn named_before(
        &mut self,
        index: usize,
        sentence: &Sentence,
        open: usize,
        acronym: &str,
    ) -> Option<usize> {
        let ends_here = |mention: &&Placed| mention.sentence == index && mention.last + 1 == open;
        let longest = self
            .before()
            .take_while(|mention| mention.sentence == index)
            .filter(ends_here)
            .min_by_key(|mention| mention.first)
            .copied();
        if let Some(mention) = longest {
            let text = self.span_text(sentence, mention.first, mention.last);
            let is_long = text.split_whitespace().count() >= 2;
            if spells(acronym, &text) || is_long && shares_initial(acronym, &text) {
                return Some(mention.entity);
            }
        }
        let first = self.spelling_words(sentence, open, acronym)?;
        let text = self.span_text(sentence, first, open - 1);
        let kind = EntityKind::Organization;
        let key = key_of(&text);
        let entity = match self.known(&key, &text, kind) {
            Some((entity, _)) => entity,
            None => self.new_entity(EntityKind::Other),
        };
        self.add_name(entity, &text, key);
        let sure = (entity, confidence::NAME);
        let placed = self.mention(index, (first, open - 1), MentionKind::Name, sure);
        placed.into_iter().for_each(|placed| self.place(placed));
        Some(entity)
    }

    /// Where the capitalised words before a bracket begin whose initials spell an acronym.
    fn spelling_words(&self, sentence: &Sentence, open: usize, acronym: &str) -> Option<usize> {
        let earliest = open.saturating_sub(LONGEST_ACRONYM + 4);
        (earliest..open).rev().find(|&first| {
            let starts = sentence.tokens.get(first).is_some_and(is_name_word);
            starts && spells(acronym, &self.span_text(sentence, first, open - 1))
        })
    }

    /// Takes back what was placed at a lone token of a sentence.
    fn drop_mention(&mut self, index: usize, place: usize) {
        let start = self.sentence_starts.get(index).copied().unwrap_or(0);
        let tail = self.placed.split_off(start.min(self.placed.len()));
        let is_there = |mention: &Placed| mention.first == place && mention.last == place;
        for mention in &tail {
            if !is_there(mention) {
                continue;
            }
            // The name goes back too, where this was its only use.
            if let Some(entity) = self.entities.get_mut(mention.entity)
                && entity.names.iter().map(|(_, count)| count).sum::<usize>() == 1
            {
                let keys: Vec<String> = entity.names.iter().map(|(name, _)| key_of(name)).collect();
                entity.names.clear();
                entity.folded.clear();
                for key in keys {
                    if let Some(known) = self.by_name.get_mut(&key) {
                        known.retain(|&entity| entity != mention.entity);
                    }
                }
            }
        }
        self.placed
            .extend(tail.into_iter().filter(|mention| !is_there(mention)));
    }
}

/// "the shipping family Hauge", "the Hauge brothers": the name of several people, none of them.
fn family_noun<'s>(sentence: &'s Sentence, name: &Name) -> Option<&'s str> {
    const ONE: [&str; 3] = ["family", "dynasty", "clan"];
    const SEVERAL: [&str; 3] = ["families", "brothers", "sisters"];
    if name.kind != EntityKind::Person {
        return None;
    }
    let form = |place: usize| sentence.tokens.get(place).map(|token| token.form.as_str());
    let before = name.first.checked_sub(1).and_then(form);
    let behind = form(name.last + 1);
    // "the brothers Ivan and Petr": those are people.
    before
        .filter(|word| ONE.contains(word))
        .or_else(|| behind.filter(|word| ONE.contains(word) || SEVERAL.contains(word)))
}

/// Words that firms have behind the name they are known by: "Orvel Foods Group, Inc." is known as
/// "Orvel Foods".
fn is_word_of_firms(word: &str) -> bool {
    let word = word.trim_end_matches(',');
    is_legal_form(word)
        || matches!(
            word,
            "group"
                | "holding"
                | "holdings"
                | "company"
                | "companies"
                | "corporation"
                | "incorporated"
                | "limited"
                | "enterprises"
                | "international"
                | "&"
                | "and"
        )
}

/// Whether the words are a person's name shortened, or its shorter form filled up.
fn is_person_part(words: &[&str], name: &[&str]) -> bool {
    let (shorter, longer) = if words.len() < name.len() {
        (words, name)
    } else {
        (name, words)
    };
    match shorter {
        [] => false,
        // "Soledad Quispe Arancibia": of two family names the first is used alone.
        [only] => {
            let is_middle = longer.len() == 3 && longer.get(1) == Some(only) && only.len() > 2;
            longer.last() == Some(only) || longer.first() == Some(only) || is_middle
        }
        // First and last word the same: middle names and initials may differ.
        [first, .., last] => {
            let same_last = longer.last() == Some(last);
            let initial = |a: &str, b: &str| {
                a.trim_end_matches('.').len() == 1 && b.starts_with(a.trim_end_matches('.'))
            };
            let head = longer.first().copied().unwrap_or("");
            same_last && (head == *first || initial(first, head) || initial(head, first))
                || longer
                    .windows(shorter.len())
                    .any(|window| window == shorter)
        }
    }
}

/// "Omar Aziz" is not "Aziz El-Badri Aziz", though both are called Aziz: two whole names of which
/// neither is part of the other.
fn is_another_person(words: &[&str], name: &[&str]) -> bool {
    words.len() > 1 && name.len() > 1 && words != name && !is_person_part(words, name)
}

fn is_quote(form: &str) -> bool {
    matches!(form, "\"" | "“" | "”" | "''" | "``" | "'" | "‘" | "’")
}

/// "NATO", "EAEU", "U.N.", "ARDPFF", "G20".
pub(super) fn is_acronym(text: &str) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let small = text.chars().filter(|letter| letter.is_lowercase()).count();
    (2..=LONGEST_ACRONYM).contains(&letters)
        && small <= 1
        && text.starts_with(char::is_uppercase)
        && text
            .chars()
            .all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '&'))
}

/// Whether the capitals of an acronym are the initials of a name's words, in order; small words
/// may be left out, and what a hyphen joins may count as one word.
pub(super) fn spells(acronym: &str, name: &str) -> bool {
    let is_joint = |letter: char| matches!(letter, '-' | '–' | '/');
    let apart = |letter: char| letter.is_whitespace() || is_joint(letter);
    let is_joined = name.contains(is_joint) && !name.contains(" -") && !name.contains(" –");
    spells_words(acronym, name.split(apart))
        || is_joined && spells_words(acronym, name.split_whitespace())
}

fn spells_words<'n>(acronym: &str, words: impl Iterator<Item = &'n str>) -> bool {
    let wanted: Vec<char> = acronym
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<&str> = words
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect();
    let initial = |word: &&str| {
        word.chars()
            .next()
            .and_then(|letter| letter.to_lowercase().next())
    };
    let all: Vec<char> = words.iter().filter_map(initial).collect();
    let large: Vec<char> = words
        .iter()
        .filter(|word| {
            word.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric())
        })
        .filter_map(initial)
        .collect();
    words.len() >= 2 && (wanted == all || wanted == large)
}

/// Whether acronym and name begin alike and the acronym's letters occur in the name in order.
fn shares_initial(acronym: &str, name: &str) -> bool {
    let folded = fold(name);
    let mut letters = folded.chars();
    let mut wanted = acronym
        .chars()
        .filter(|l| l.is_alphanumeric())
        .flat_map(char::to_lowercase);
    let begins = folded.chars().next() == acronym.to_lowercase().chars().next();
    begins && wanted.all(|letter| letters.any(|other| other == letter))
}
