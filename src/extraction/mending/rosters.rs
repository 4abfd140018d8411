//! Rosters: the people and bodies who attend, join or sign, and the offices between them.

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::NameTag;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::Mending;

impl Mending<'_> {
    /// All rules of rosters.
    pub(super) fn rosters(&mut self) {
        self.offices_of_several();
        self.people_behind_one_office();
        self.people_listed_with_bodies();
        self.bodies_of_offices();
        self.people_joined_to_people();
        self.those_called_upon();
        self.counts_before_participles();
    }

    /// "were senators Bo Ek, Ida Roth and members of the board": the names are listed, and the
    /// office describes the first of them.
    fn offices_of_several(&mut self) {
        for name in 1..self.heads.len() {
            let noun = name - 1;
            let is_office = self.fine(noun) == FineTag::PluralNoun
                && self.is_person_noun(noun)
                && !self.has_child(noun, &[Relation::Determiner, Relation::PossessiveModifier]);
            if !is_office || !self.begins_person(name) {
                continue;
            }
            if self.head(noun) == Some(name) && self.relation(noun) == Relation::Conjunct {
                self.attach(noun, name, Relation::DescriptiveModifier);
                continue;
            }
            let is_described = self.head(name) == Some(noun)
                && matches!(
                    self.relation(name),
                    Relation::Apposition | Relation::Flat | Relation::NominalModifier
                )
                && self.has_child(name, &[Relation::Conjunct]);
            if let Some(above) = self.head(noun).filter(|_| is_described) {
                // The name is cut loose first, so that no cycle stands in the way.
                self.put(name, Some(above), self.relation(noun));
                self.describe_by(noun, name);
            }
        }
    }

    /// "by Governor of the Territory Bo Ek, members of the Council Ann Lee and Ida Roth": an office
    /// has one holder, and who stands behind him is one more of the list.
    fn people_behind_one_office(&mut self) {
        for person in 4..self.heads.len() {
            let Some(office) = self.head(person).filter(|&office| {
                self.relation(person) == Relation::Apposition
                    && office < person
                    && self.begins_person(person)
                    && matches!(self.fine(office), FineTag::Noun | FineTag::ProperNoun)
                    && self.is_person_noun(office)
            }) else {
                continue;
            };
            let has_holder = self.children(office).any(|holder| {
                holder < person
                    && self.relation(holder) == Relation::Apposition
                    && self.begins_person(holder)
            });
            let has_comma = (office..person).any(|mark| self.form(mark) == ",");
            if has_holder && has_comma {
                self.attach(person, office, Relation::Conjunct);
            }
        }
    }

    /// "members of the Council Bo Ek, Ann Lee and Ida Roth": people are listed with the person
    /// before them, not with the body.
    fn people_listed_with_bodies(&mut self) {
        for person in 3..self.heads.len() {
            let is_listed =
                self.relation(person) == Relation::Conjunct && self.begins_person(person);
            let Some(body) = self.head(person).filter(|&body| {
                is_listed
                    && body < person
                    && matches!(
                        self.kind(body),
                        Some(EntityKind::Organization | EntityKind::Place)
                    )
            }) else {
                continue;
            };
            let start = self.start(person);
            let before = (body + 1..start)
                .rev()
                .find(|&word| !matches!(self.form(word), "," | "and" | ";"));
            let Some(first) = before.and_then(|word| self.begin_of_person(word)) else {
                continue;
            };
            let first = match self.head(first) {
                Some(top)
                    if self.relation(first) == Relation::Conjunct
                        && (self.begins_person(top) || self.is_person_noun(top)) =>
                {
                    top
                }
                _ => first,
            };
            self.attach(person, first, Relation::Conjunct);
        }
    }

    /// "speakers of the assemblies of the Amber Territory, the Lena Region, and the Tver regions":
    /// the places and bodies behind an office are those it is of, up to the next who attends.
    fn bodies_of_offices(&mut self) {
        for body in 4..self.heads.len() {
            let is_place = self.is_place_or_kind(body)
                || self.children(body).any(|other| {
                    self.relation(other) == Relation::Conjunct && self.is_place_or_kind(other)
                });
            let is_body = is_place || self.kind(body) == Some(EntityKind::Organization);
            let is_listed = is_body && self.relation(body) == Relation::Conjunct;
            let Some(first) = self.head(body).filter(|&first| is_listed && first < body) else {
                continue;
            };
            let start = self.start(body);
            let office = (first..start).rev().find(|&member| {
                member == first
                    || self.head(member) == Some(first)
                        && self.relation(member) == Relation::Conjunct
            });
            let Some(office) = office.filter(|&office| {
                self.fine(office) == FineTag::PluralNoun && self.is_person_noun(office)
            }) else {
                continue;
            };
            let find = |fits: &dyn Fn(usize) -> bool| {
                (office + 1..start).find(|&word| {
                    fits(word)
                        && self.relation(word) == Relation::NominalModifier
                        && self.is_below(word, office)
                })
            };
            let is_organization = |word: usize| self.kind(word) == Some(EntityKind::Organization);
            let before = find(&|word| is_organization(word) && is_organization(body))
                .or_else(|| find(&|word| is_place && self.is_place_or_kind(word)));
            if let Some(before) = before {
                self.attach(body, before, Relation::Conjunct);
            }
        }
    }

    fn is_place_or_kind(&self, word: usize) -> bool {
        self.kind(word) == Some(EntityKind::Place)
            || self.is_nominal_word(word)
                && is_in_class(&self.lemma(word).to_lowercase(), NounClass::Place)
    }

    /// Whether a noun tells of people by their office or part: "speakers", "members".
    pub(super) fn is_person_noun(&self, noun: usize) -> bool {
        let lemma = self.lemma(noun).to_lowercase();
        is_in_class(&lemma, NounClass::Person)
            || matches!(
                lemma.as_str(),
                "member" | "representative" | "delegate" | "participant"
            )
    }

    /// "senators Bo Ek and Ann Lee, deputies Ida Roth and Jan Falk": all of them are in one list.
    fn people_joined_to_people(&mut self) {
        for person in 3..self.heads.len() {
            let above = |word: usize| {
                self.head(word).filter(|&above| {
                    self.relation(word) == Relation::Conjunct
                        && above < word
                        && self.begins_person(word)
                        && self.begins_person(above)
                })
            };
            if let Some(first) = above(person).and_then(above) {
                self.attach(person, first, Relation::Conjunct);
            }
        }
    }

    /// The first token of the person's name that a token ends.
    fn begin_of_person(&self, last: usize) -> Option<usize> {
        let is_inside = |place: usize| {
            self.tokens
                .get(place)
                .is_some_and(|token| token.name == NameTag::Inside(EntityKind::Person))
        };
        (0..=last)
            .rev()
            .find(|&place| !is_inside(place))
            .filter(|&first| first < last && self.begins_person(first))
    }

    /// "were called upon to pay": the preposition is the verb's own, and what is asked stands
    /// behind it.
    fn those_called_upon(&mut self) {
        for verb in 2..self.heads.len() {
            let (upon, to) = (verb + 1, verb + 2);
            let is_passive = self.lemma(verb) == "call"
                && self.has_child(verb, &[Relation::PassiveAuxiliary])
                && (self.is(upon, "on") || self.is(upon, "upon"))
                && self.is(to, "to");
            let Some(asked) = self.head(to).filter(|&asked| {
                is_passive
                    && self.tag(asked) == UniversalTag::Verb
                    && self.head(asked) == Some(verb)
            }) else {
                continue;
            };
            self.attach(upon, verb, Relation::VerbParticle);
            self.attach(asked, verb, Relation::OpenClausalComplement);
        }
    }

    /// "had two more caught": the count is what somebody had, not how they were caught.
    fn counts_before_participles(&mut self) {
        for participle in 3..self.heads.len() {
            let is_governed = self.fine(participle) == FineTag::PastParticiple
                && self.relation(participle) == Relation::OpenClausalComplement;
            let Some(have) = self.head(participle).filter(|&have| {
                is_governed
                    && have < participle
                    && self.lemma(have) == "have"
                    && !self.has_child(have, &[Relation::Object])
            }) else {
                continue;
            };
            let count = self.children(participle).find(|&count| {
                have < count
                    && count < participle
                    && (self.tag(count) == UniversalTag::Numeral
                        || self.has_child(count, &[Relation::NumericModifier]))
            });
            if let Some(count) = count {
                self.attach(count, have, Relation::Object);
            }
        }
    }
}
