//! Descriptions of things: "the association", "the chain", "the country", by their names, by what
//! the document has said they are, or as the only one about.

use super::nominal::{FARTHEST_KIND, FARTHEST_ROLE};
use super::{Growing, Placed, Resolution, only};
use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::{MentionKind, SentenceKind, Token};
use crate::text::lexicon::{NounClass, country_of, is_country, is_in_class};
use crate::text::salience::most_told;
use crate::text::tag::UniversalTag;
use crate::text::word_list::WordList;

impl Resolution<'_> {
    /// The thing whose name holds the noun of a description, or the only one of a kind about.
    pub(super) fn thing_described(
        &self,
        (index, head): (usize, usize),
        kind: EntityKind,
        own: &str,
        (words, has_name): (&[String], bool),
    ) -> Option<usize> {
        let reaches = |sentence: usize, limit: usize| index - sentence.min(index) <= limit;
        let others: Vec<&String> = words.iter().filter(|word| *word != own).collect();
        // "The next forum" is not the one told of.
        if others.iter().any(|word| is_of_another(word)) {
            return None;
        }
        let is_firm = is_in_class(own, NounClass::Business);
        let is_called = |entity: &Growing| {
            entity.has_name(|name| {
                // "The airline" for "Orvel Airlines", but no "system" for "Payment Systems".
                let noun = head_word(name);
                (noun == own || is_firm && singular(noun) == own)
                    && others
                        .iter()
                        .all(|word| name.split([' ', '-']).any(|part| part == **word))
            })
        };
        let is_region = kind == EntityKind::Place && is_in_class(own, NounClass::Place);
        let fits = |entity: usize| {
            self.entities.get(entity).is_some_and(|growing| {
                let is_event = matches!(growing.kind, EntityKind::Event | EntityKind::Other);
                growing.kind != EntityKind::Person
                    && (growing.kind != EntityKind::Place || !is_region)
                    // "The row" is no firm called "Lantern Row".
                    && (kind != EntityKind::Event || is_event)
                    && is_called(growing)
            })
        };
        let mut candidates: Vec<&Placed> = self
            .earlier(index, head)
            .take_while(|mention| reaches(mention.sentence, FARTHEST_ROLE))
            .filter(|mention| fits(mention.entity))
            .collect();
        if kind == EntityKind::Event {
            candidates = self.main_event(candidates);
        }
        let by_name = named_last(&candidates);
        let by_role = || self.thing_with_role((index, head), own, (&others, has_name));
        if let Some(found) = by_name.or_else(by_role) {
            let is_other = self.is_told_without_name(found, (index, head), own);
            return Some(found).filter(|_| !is_other);
        }
        if !others.is_empty() {
            return None;
        }
        if kind == EntityKind::Organization {
            let is_special = !GENERAL_BUSINESS.contains(&own);
            return self
                .so_described((index, head), own)
                .filter(|_| is_special)
                .or_else(|| self.salient_organization((index, head), own))
                .or_else(|| self.only_body((index, head), own))
                .or_else(|| self.club((index, head), own));
        }
        if kind == EntityKind::Place
            && let Some(region) = self.only_called_region((index, head), own)
        {
            return Some(region);
        }
        match (kind, own) {
            (EntityKind::Event, "event" | "meeting" | "conference" | "summit" | "session") => {
                self.last_event((index, head), own)
            }
            // "A state must pay its debts": what is quoted may be said of any.
            (EntityKind::Place, "state") if self.is_in_quotation(index, head) => None,
            (EntityKind::Place, "country" | "nation" | "state") => {
                self.only_place((index, head), true)
            }
            (EntityKind::Place, "city" | "town" | "village" | "capital") => {
                self.only_place((index, head), false)
            }
            (EntityKind::Place, "island") => self.island((index, head)),
            _ => None,
        }
    }

    /// "On Orvel, the island's harbour": the only place about on which something is told to be.
    fn island(&self, (index, head): (usize, usize)) -> Option<usize> {
        let is_on = |mention: &&Placed| {
            let sentence = self.sentences.get(mention.sentence);
            let before = mention.first.checked_sub(1);
            sentence
                .zip(before)
                .and_then(|(sentence, place)| sentence.tokens.get(place))
                .is_some_and(|token| token.form.eq_ignore_ascii_case("on"))
        };
        let is_place = |entity: usize| {
            let growing = self.entities.get(entity);
            growing.is_some_and(|growing| growing.is_named && growing.kind == EntityKind::Place)
        };
        let about: Vec<usize> = self
            .earlier(index, head)
            .take_while(|mention| index - mention.sentence.min(index) <= 1)
            .filter(|mention| is_place(mention.entity))
            .filter(is_on)
            .map(|mention| mention.entity)
            .collect();
        only(about)
    }

    /// "The rotating secretariat of the network": whether the document told of another thing of a
    /// noun, and what it is of, before it told the one that has the name.
    fn is_told_without_name(
        &self,
        entity: usize,
        (index, head): (usize, usize),
        own: &str,
    ) -> bool {
        let first = self
            .placed
            .iter()
            .find(|mention| mention.entity == entity)
            .map_or((index, head), |mention| (mention.sentence, mention.first));
        let from = index.saturating_sub(FARTHEST_ROLE);
        let before = self.sentences.get(from..=first.0).unwrap_or(&[]);
        before.iter().enumerate().any(|(number, sentence)| {
            let tokens = &sentence.tokens;
            let is_of = |noun: usize, token: &Token| {
                token.head == Some(noun)
                    && token.relation == Relation::NominalModifier
                    && tokens.get(noun + 1).is_some_and(|next| next.form == "of")
            };
            tokens.iter().enumerate().any(|(noun, token)| {
                (from + number, noun) < first
                    && token.form == own
                    && token.universal_tag == UniversalTag::Noun
                    && tokens.iter().any(|other| is_of(noun, other))
                    && sentence.kind == SentenceKind::Body
            })
        })
    }

    /// Of several events that one noun means, the only one that the document begins with.
    fn main_event<'m>(&self, named: Vec<&'m Placed>) -> Vec<&'m Placed> {
        let is_one = |mentions: &[&Placed]| {
            let mut entities = mentions.iter().map(|mention| mention.entity);
            let first = entities.next();
            entities.all(|entity| Some(entity) == first)
        };
        if is_one(&named) {
            return named;
        }
        let in_lead = |mention: &&Placed| mention.sentence <= LAST_OF_LEAD;
        let lead: Vec<&Placed> = named.into_iter().filter(in_lead).collect();
        if is_one(&lead) { lead } else { Vec::new() }
    }

    /// The thing that was described with a noun: "the chain" for "the grocery chain Orvel".
    fn thing_with_role(
        &self,
        (index, head): (usize, usize),
        own: &str,
        (others, has_name): (&[&String], bool),
    ) -> Option<usize> {
        let mut found: Vec<usize> = Vec::new();
        let near = self
            .earlier(index, head)
            .take_while(|mention| index - mention.sentence.min(index) <= FARTHEST_ROLE);
        for mention in near {
            let growing = self.entities.get(mention.entity)?;
            // "The country" is none of several told as "these countries".
            let is_state = matches!(own, "country" | "nation" | "state");
            let holds = growing.kind != EntityKind::Person
                && (!is_state || growing.kind == EntityKind::Place)
                && growing.is_named
                && growing.nouns.contains(own);
            if holds && !found.contains(&mention.entity) {
                found.push(mention.entity);
            }
        }
        let fits = |entity: &&usize| {
            let growing = self.entities.get(**entity);
            growing.is_some_and(|growing| others.iter().all(|word| growing.roles.contains(*word)))
        };
        match found.as_slice() {
            // The only one of its sort may get a new modifier, but no other's name or country.
            [only] if !has_name && !self.is_of_other_country(*only, others) => Some(*only),
            several => several.iter().find(fits).copied(),
        }
    }

    /// "The Peruvian parliament" is not the "Chilean Parliament".
    fn is_of_other_country(&self, entity: usize, others: &[&String]) -> bool {
        let Some(own) = others.iter().find_map(|word| country_of(word)) else {
            return false;
        };
        self.entities.get(entity).is_some_and(|growing| {
            let names = growing.names.iter().flat_map(|(name, _)| name.split(' '));
            let words = names.chain(growing.roles.iter().map(String::as_str));
            let countries: Vec<&str> = words.filter_map(country_of).collect();
            !countries.is_empty() && !countries.contains(&own)
        })
    }

    /// "The lender": the organization that was last called so.
    fn so_described(&self, (index, head): (usize, usize), own: &str) -> Option<usize> {
        let mention = self
            .earlier(index, head)
            .take_while(|mention| index - mention.sentence.min(index) <= FARTHEST_ROLE)
            .find(|mention| {
                let called = self
                    .sentences
                    .get(mention.sentence)
                    .and_then(|sentence| sentence.tokens.get(mention.head));
                mention.kind == MentionKind::Nominal
                    && called.is_some_and(|called| called.lemma.eq_ignore_ascii_case(own))
            })?;
        let growing = self.entities.get(mention.entity)?;
        let is_one = growing.is_named && growing.members.is_empty();
        is_one.then_some(mention.entity)
    }

    /// "The agency": the only body named in the sentence before that is no court, bank or party.
    fn only_body(&self, (index, head): (usize, usize), own: &str) -> Option<usize> {
        if !matches!(
            own,
            "agency" | "organization" | "organisation" | "body" | "charity"
        ) {
            return None;
        }
        let fits = |growing: &Growing| {
            let is_other = growing.names.iter().any(|(name, _)| {
                let noun = head_word(name).to_lowercase();
                OTHER_BODIES.contains(&noun)
            });
            growing.kind == EntityKind::Organization && growing.is_named && !is_other
        };
        let near: Vec<usize> = self
            .earlier(index, head)
            .take_while(|mention| index - mention.sentence.min(index) <= 1)
            .filter(|mention| self.entities.get(mention.entity).is_some_and(fits))
            .map(|mention| mention.entity)
            .collect();
        only(near)
    }

    /// "When Orvel were last, she took over the club": the only organization told in the sentence
    /// so far.
    fn club(&self, (index, head): (usize, usize), own: &str) -> Option<usize> {
        let is_body = |entity: usize| {
            let growing = self.entities.get(entity);
            growing
                .is_some_and(|growing| growing.is_named && growing.kind == EntityKind::Organization)
        };
        let here: Vec<usize> = self
            .earlier(index, head)
            .take_while(|mention| mention.sentence == index)
            .map(|mention| mention.entity)
            .filter(|&entity| is_body(entity))
            .collect();
        only(here).filter(|_| own == "club")
    }

    /// "the company": the only company about; of several, the one that just acted.
    fn salient_organization(&self, (index, head): (usize, usize), own: &str) -> Option<usize> {
        if !is_in_class(own, NounClass::Business) || RELATIONAL_BUSINESS.contains(&own) {
            return None;
        }
        let fits = |entity: usize| {
            self.entities.get(entity).is_some_and(|growing| {
                let is_business = |word: &String| is_in_class(word, NounClass::Business);
                let is_other = |word: &String| is_in_class(word, NounClass::Organization);
                let has_business = growing.roles.iter().any(is_business);
                // A chain is a company; a bank is not a chain.
                let may_be = match GENERAL_BUSINESS.contains(&own) {
                    // "The group" may be people too: only of what is told to be a firm.
                    true if own == "group" => {
                        has_business || growing.has_name(|name| head_word(name) == "group")
                    }
                    true => has_business || !growing.roles.iter().any(is_other),
                    false => !has_business && !growing.roles.iter().any(is_other),
                };
                // A union, a court or a ministry is no company.
                let is_body = growing.names.iter().any(|(name, _)| {
                    let noun = head_word(name).to_lowercase();
                    is_other(&noun) && !is_business(&noun)
                });
                // "The mill" is where a firm works; "that group" is one of people.
                let is_premises = growing.has_name(|name| PREMISES.contains(head_word(name)));
                growing.kind == EntityKind::Organization
                    && growing.is_named
                    && may_be
                    && !is_body
                    && !is_premises
                    && self.acts(entity)
            })
        };
        let within = |limit: usize| -> Vec<&Placed> {
            self.earlier(index, head)
                .take_while(|mention| index - mention.sentence.min(index) <= limit)
                .filter(|mention| fits(mention.entity))
                .collect()
        };
        let near = within(FARTHEST_KIND);
        let only = |mentions: &mut dyn Iterator<Item = &&Placed>| {
            let mut entities: Vec<usize> = mentions.map(|mention| mention.entity).collect();
            entities.sort_unstable();
            entities.dedup();
            match entities.as_slice() {
                [only] => Some(*only),
                _ => None,
            }
        };
        let far = if near.is_empty() {
            within(FARTHEST_ROLE)
        } else {
            Vec::new()
        };
        // "An analyst at Orvel": who is only told by the way is not "the company".
        let main = self.main_organization(index, &fits);
        let is_told = |entity: &usize| {
            main.is_none_or(|main| main == *entity)
                || near
                    .iter()
                    .any(|mention| mention.entity == *entity && mention.is_subject)
                || self.entities.get(*entity).is_some_and(|growing| {
                    let is_business = |word: &String| is_in_class(word, NounClass::Business);
                    growing.nouns.iter().any(is_business)
                })
        };
        only(&mut near.iter())
            .filter(is_told)
            .or_else(|| only(&mut near.iter().filter(|mention| mention.is_subject)))
            .or_else(|| only(&mut far.iter()))
            .or(main)
    }

    /// Whether a name ever stands for somebody who acts or owns: not only before other nouns, or
    /// behind "in" and "near".
    fn acts(&self, entity: usize) -> bool {
        let is_told_so = |mention: &&Placed| {
            let Some(sentence) = self.sentences.get(mention.sentence) else {
                return false;
            };
            let Some(token) = sentence.tokens.get(mention.head) else {
                return false;
            };
            let is_where = || {
                sentence.tokens.iter().any(|case| {
                    case.head == Some(mention.head)
                        && case.relation == Relation::Case
                        && matches!(
                            case.form.to_lowercase().as_str(),
                            "in" | "near" | "around" | "outside"
                        )
                })
            };
            let is_before_noun = token.relation == Relation::Compound
                && token
                    .head
                    .and_then(|noun| sentence.tokens.get(noun))
                    .is_some_and(|noun| noun.universal_tag == UniversalTag::Noun);
            !is_before_noun && !is_where()
        };
        let mut mentions = self
            .placed
            .iter()
            .filter(|mention| mention.entity == entity && mention.kind == MentionKind::Name);
        mentions.any(|mention| is_told_so(&mention))
    }

    /// "The county" for "Orvel County", "the river" for the "River Orvel": the only place so far
    /// that is called so.
    fn only_called_region(&self, (index, head): (usize, usize), own: &str) -> Option<usize> {
        let is_named_so = REGIONS.contains(own);
        let is_called = |name: &str| {
            let is_water = matches!(own, "river" | "lake");
            name.contains(' ')
                && (head_word(name) == own || is_water && name.split(' ').next() == Some(own))
        };
        let called: Vec<usize> = self
            .earlier(index, head)
            .filter(|_| is_named_so)
            .filter(|mention| {
                self.entities.get(mention.entity).is_some_and(|growing| {
                    growing.kind == EntityKind::Place
                        && growing.is_named
                        && growing.has_name(is_called)
                })
            })
            .map(|mention| mention.entity)
            .collect();
        only(called)
    }

    /// The organization that the document is about: told first, and far more often than others.
    fn main_organization(&self, index: usize, fits: &dyn Fn(usize) -> bool) -> Option<usize> {
        let told = self.placed.iter().filter(|mention| fits(mention.entity));
        let told = told.map(|mention| (mention.entity, mention.sentence));
        let main = most_told(told, LEAST_MAIN, LAST_OF_OPENING)?;
        (index > main.first).then_some(main.entity)
    }

    /// "the event": the only event that was named shortly before; "the meeting" is a summit, not a
    /// festival.
    fn last_event(&self, (index, head): (usize, usize), own: &str) -> Option<usize> {
        let is_met = |name: &str| MEETINGS.contains(&singular(head_word(name)));
        let named: Vec<usize> = self
            .earlier(index, head)
            .take_while(|mention| index - mention.sentence.min(index) <= FARTHEST_EVENT)
            .map(|mention| mention.entity)
            .filter(|&entity| {
                let growing = self.entities.get(entity);
                growing.is_some_and(|growing| {
                    growing.is_named
                        && growing.kind == EntityKind::Event
                        && (own == "event" || growing.has_name(is_met))
                })
            })
            .collect();
        only(named)
    }

    /// The only country, or other place, of this sentence and the ones just before.
    fn only_place(&self, (index, head): (usize, usize), is_country_meant: bool) -> Option<usize> {
        let is_of_text = |mention: &&Placed| {
            let kind = |index: usize| self.sentences.get(index).map(|sentence| sentence.kind);
            kind(mention.sentence) == Some(SentenceKind::Body)
                || kind(index) != Some(SentenceKind::Body)
        };
        let about: Vec<usize> = self
            .earlier(index, head)
            .take_while(|mention| index - mention.sentence.min(index) <= FARTHEST_KIND)
            // "Best short film: Frost (Chile)": a list between tells of other countries.
            .filter(is_of_text)
            .map(|mention| mention.entity)
            .filter(|&entity| {
                let growing = self.entities.get(entity);
                growing.is_some_and(|growing| {
                    let names_country = growing.names.iter().any(|(name, _)| is_country(name));
                    growing.kind == EntityKind::Place && names_country == is_country_meant
                })
            })
            .collect();
        only(about)
    }
}

/// Bodies that nobody calls an agency.
static OTHER_BODIES: WordList = WordList::new(
    "bank court university parliament assembly senate party club team \
    company inc ltd plc group school college hospital museum committee council cabinet",
);

/// An event was named within so many sentences before it is "the event".
const FARTHEST_EVENT: usize = 4;

/// What the document is about is told in the headline and the first sentence.
const LAST_OF_LEAD: usize = 1;

/// What a document is about is told at least so often up to the place at hand.
const LEAST_MAIN: usize = 2;

/// And first in one of these sentences, the title among them.
const LAST_OF_OPENING: usize = 3;

/// Events at which people meet.
const MEETINGS: [&str; 6] = [
    "meeting",
    "summit",
    "conference",
    "session",
    "forum",
    "videoconference",
];

/// Nouns that tell what a firm is to another: "the contractor" is not just any firm about.
const RELATIONAL_BUSINESS: [&str; 6] = [
    "contractor",
    "supplier",
    "subsidiary",
    "investor",
    "distributor",
    "developer",
];

/// Of several things whose names a noun fits, their mentions latest first: the one that the last of
/// their sentences is about, else the last, but for one told by the way where another was told
/// much more.
fn named_last(candidates: &[&Placed]) -> Option<usize> {
    let last = candidates.first()?;
    let mut near = candidates
        .iter()
        .take_while(|mention| mention.sentence == last.sentence);
    if let Some(subject) = near.find(|mention| mention.is_subject) {
        return Some(subject.entity);
    }
    let count = |entity: usize| {
        let mentions = candidates.iter();
        mentions.filter(|mention| mention.entity == entity).count()
    };
    let most = candidates
        .iter()
        .max_by_key(|mention| count(mention.entity))
        .filter(|most| count(last.entity) == 1 && count(most.entity) >= OFTEN);
    Some(most.unwrap_or(last).entity)
}

/// What was told so often is not given up for what was told once, by the way.
const OFTEN: usize = 3;

/// Whether a word before a noun says that another one is meant: "the combined company" is neither
/// of those that merge.
fn is_of_another(word: &str) -> bool {
    static OTHERS: WordList = WordList::new(
        "next previous last other another second third subsequent following \
        coming upcoming preceding earlier combined merged enlarged joint",
    );
    OTHERS.contains(word)
}

/// Where firms work, by the last word of a name.
static PREMISES: WordList =
    WordList::new("works mill mills factory plant site building quarry mine");

/// Places that are called by their noun.
static REGIONS: WordList =
    WordList::new("county district province river lake peninsula valley reservoir park");

/// Nouns for any company.
const GENERAL_BUSINESS: [&str; 5] = ["company", "firm", "group", "business", "corporation"];

/// The noun of a name: the last word, or the last before what "of", "for" or "on" adds.
fn head_word(name: &str) -> &str {
    let end = [" of ", " for ", " on ", " in "]
        .iter()
        .filter_map(|link| name.find(link))
        .min()
        .unwrap_or(name.len());
    let stem = name.get(..end).unwrap_or(name);
    stem.rsplit(' ').next().unwrap_or(stem)
}

/// "nations" and "nation" alike.
fn singular(word: &str) -> &str {
    word.strip_suffix('s')
        .filter(|rest| rest.len() > 3)
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::head_word;

    #[test]
    fn the_noun_of_a_name_stands_before_what_of_adds() {
        for (name, noun) in [
            ("orvel harbour bridge", "bridge"),
            ("treaty of orvel", "treaty"),
            ("orvel states congress", "congress"),
            ("world conference on ferry safety", "conference"),
        ] {
            assert_eq!(head_word(name), noun, "{name}");
        }
    }
}
