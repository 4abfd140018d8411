//! Words beside a noun that belong to it, though a parser gave them to the verb, and the other way
//! round.

use crate::text::dependency::Relation;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::Mending;

impl Mending<'_> {
    /// The rules that come before each clause has one subject.
    pub(super) fn neighbours_before_subjects(&mut self) {
        self.adjectives_behind_nouns();
        self.agents_of_time();
        self.names_of_papers();
    }

    /// The other rules.
    pub(super) fn neighbours(&mut self) {
        self.recipients_of_things();
        self.doers_of_deeds();
        self.plans_of_events();
    }

    /// "The vessel concerned had passed": what stands behind the noun picks it out.
    fn adjectives_behind_nouns(&mut self) {
        for word in 1..self.heads.len() {
            let noun = word - 1;
            let picks = [
                "concerned",
                "involved",
                "responsible",
                "affected",
                "present",
            ]
            .iter()
            .any(|known| self.is(word, known));
            let is_subject = matches!(
                self.relation(word),
                Relation::NominalSubject | Relation::PassiveNominalSubject
            );
            let is_beside = self.head(noun) == self.head(word)
                && self.tag(noun) == UniversalTag::Noun
                && matches!(
                    self.relation(noun),
                    Relation::NominalSubject | Relation::PassiveNominalSubject
                );
            if picks && is_subject && is_beside {
                self.attach(word, noun, Relation::AdjectivalModifier);
            }
        }
    }

    /// "to be paid by June": no month pays.
    fn agents_of_time(&mut self) {
        for agent in 1..self.heads.len() {
            let is_time = self.tells_time(agent)
                || self
                    .children(agent)
                    .any(|word| word < agent && self.tells_time(word) && self.is_month(word))
                || self.is_part_of_time(agent);
            if self.relation(agent) == Relation::Agent && is_time {
                self.relate(agent, Relation::Oblique);
            }
        }
    }

    /// "the end of March", "the start of the season".
    fn is_part_of_time(&self, noun: usize) -> bool {
        lexicon::is_part_of_course(self.lemma(noun))
            && self
                .children(noun)
                .any(|time| time > noun && self.tells_time(time))
    }

    fn is_month(&self, word: usize) -> bool {
        super::super::lexicon::is_calendar_name(self.form(word))
    }

    /// "published in the journal Cell": the name is the journal's.
    fn names_of_papers(&mut self) {
        for name in 2..self.heads.len() {
            let noun = name - 1;
            let is_name = self.tag(name) == UniversalTag::ProperNoun
                && matches!(
                    self.relation(name),
                    Relation::Oblique | Relation::UnmarkedOblique | Relation::Object
                )
                && !self.has_child(name, &[Relation::Case])
                && self.start(name) == name;
            let is_paper = self.fine(noun) == FineTag::Noun
                && (matches!(
                    self.lemma(noun),
                    "journal" | "newspaper" | "magazine" | "daily" | "weekly" | "website" | "ship"
                ) || is_in_class(&self.lemma(noun).to_lowercase(), NounClass::Work));
            let is_beside = self.head(noun) == self.head(name)
                && matches!(self.relation(noun), Relation::Oblique | Relation::Object)
                && !self.tells_time(name);
            if is_name && is_paper && is_beside {
                self.attach(name, noun, Relation::Apposition);
            }
        }
    }

    /// "presented copies of his credentials to the minister": the minister was given them.
    fn recipients_of_things(&mut self) {
        for person in 4..self.heads.len() {
            let is_modifier = self.relation(person) == Relation::NominalModifier
                && self.children(person).any(|case| {
                    self.relation(case) == Relation::Case && self.is(case, "to") && case < person
                });
            let lemma = self.lemma(person).to_lowercase();
            let is_person = self.kind(person) == Some(crate::fact::EntityKind::Person)
                || is_in_class(&lemma, NounClass::Person);
            let Some(thing) = self
                .head(person)
                .filter(|&thing| is_modifier && is_person && thing < person)
            else {
                continue;
            };
            let mut object = thing;
            if self.relation(object) == Relation::NominalModifier {
                object = self.head(object).unwrap_or(object);
            }
            let verb = self.head(object).filter(|&verb| {
                self.relation(object) == Relation::Object
                    && verb < object
                    && matches!(
                        self.lemma(verb),
                        "present"
                            | "hand"
                            | "give"
                            | "deliver"
                            | "submit"
                            | "award"
                            | "grant"
                            | "donate"
                            | "send"
                            | "convey"
                            | "pass"
                            | "transfer"
                            | "offer"
                            | "pay"
                    )
                    && !self.has_child(verb, &[Relation::IndirectObject])
            });
            let has_other = verb.is_some_and(|verb| {
                self.children(verb)
                    .any(|other| self.children(other).any(|case| self.is(case, "to")))
            });
            if let Some(verb) = verb.filter(|_| !has_other) {
                self.attach(person, verb, Relation::Oblique);
            }
        }
    }

    /// "needs approval by regulators": behind an active verb "by" tells who does the deed.
    fn doers_of_deeds(&mut self) {
        for doer in 3..self.heads.len() {
            let is_by = self.relation(doer) == Relation::Oblique
                && self.tag(doer) == UniversalTag::Noun
                && self.children(doer).any(|case| {
                    self.relation(case) == Relation::Case && self.is(case, "by") && case < doer
                });
            let Some(verb) = self.head(doer).filter(|&verb| is_by && verb < doer) else {
                continue;
            };
            let is_active = !self.has_child(
                verb,
                &[Relation::PassiveAuxiliary, Relation::PassiveNominalSubject],
            ) && self.fine(verb) != FineTag::PastParticiple;
            let acts = self.acts(doer) && !self.has_child(doer, &[Relation::NumericModifier]);
            let start = self.start(doer);
            let deed = self.children(verb).find(|&deed| {
                verb < deed
                    && deed < doer
                    && matches!(self.relation(deed), Relation::Object | Relation::Oblique)
                    && self.end(deed) + 1 == start
                    && (self.names_event(deed)
                        || matches!(
                            self.lemma(deed),
                            "attack" | "visit" | "appeal" | "study" | "report" | "bid" | "call"
                        ))
            });
            if let Some(deed) = deed.filter(|_| is_active && acts) {
                self.attach(doer, deed, Relation::NominalModifier);
            }
        }
    }

    /// "Tickets for the concert, scheduled for May": the concert is.
    fn plans_of_events(&mut self) {
        for verb in 4..self.heads.len() {
            let is_plan = self.relation(verb) == Relation::AdnominalClause
                && self.fine(verb) == FineTag::PastParticiple
                && matches!(
                    self.lemma(verb),
                    "schedule" | "slate" | "hold" | "postpone" | "convene" | "host"
                )
                && self.form(verb - 1) == ",";
            let Some(noun) = self.head(verb).filter(|&noun| is_plan && noun < verb) else {
                continue;
            };
            let is_event = |mending: &Self, noun: usize| {
                let lemma = mending.lemma(noun).to_lowercase();
                is_in_class(&lemma, NounClass::Event)
                    || matches!(
                        lemma.as_str(),
                        "concert" | "meeting" | "talk" | "talks" | "vote" | "race" | "visit"
                    )
            };
            let event = self.children(noun).find(|&event| {
                noun < event
                    && event + 2 == verb
                    && self.relation(event) == Relation::NominalModifier
                    && is_event(self, event)
            });
            if let Some(event) = event.filter(|_| !is_event(self, noun)) {
                self.attach(verb, event, Relation::AdnominalClause);
            }
        }
    }
}
