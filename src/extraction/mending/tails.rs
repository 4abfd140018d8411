//! What trails behind a noun and tells of it: infinitives, parts of a number, days on which a
//! quarter ended, scores.

use crate::text::dependency::Relation;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::Mending;

impl Mending<'_> {
    /// The rules that come before each clause has one subject.
    pub(super) fn tails_before_subjects(&mut self) {
        self.quarters_ended();
        self.parts_of_numbers();
        self.scores();
        self.lists_behind_colons();
    }

    /// "The following members attended the meeting: Ann Lee and Bo Ek": nobody attended Ann Lee.
    fn lists_behind_colons(&mut self) {
        for name in 3..self.heads.len() {
            let is_listed = matches!(
                self.relation(name),
                Relation::Object | Relation::UnmarkedOblique
            ) && self.form(self.start(name).saturating_sub(1)) == ":";
            let Some(verb) = self.head(name).filter(|&verb| is_listed && verb < name) else {
                continue;
            };
            let has_object = self.children(verb).any(|object| {
                object < name && object != name && self.relation(object) == Relation::Object
            });
            if has_object {
                self.attach(name, verb, Relation::Parataxis);
            }
        }
    }

    /// The other rules.
    pub(super) fn tails(&mut self) {
        self.things_to_be_done();
        self.people_among_bodies();
    }

    /// "Losses narrowed in the quarter ended June 30 from 9 million": the quarter ended, and the
    /// losses did not.
    fn quarters_ended(&mut self) {
        for ended in 3..self.heads.len().saturating_sub(1) {
            let is_period = matches!(
                self.lemma(ended - 1),
                "quarter" | "month" | "year" | "period" | "week" | "half" | "season"
            );
            let is_ended = (self.is(ended, "ended") || self.is(ended, "ending"))
                && is_period
                && lexicon::is_calendar_name(self.form(ended + 1));
            let subject = self.children(ended).find(|&subject| {
                subject < ended && self.relation(subject) == Relation::NominalSubject
            });
            let Some(subject) = subject.filter(|_| is_ended) else {
                continue;
            };
            let verb = self.children(subject).find(|&verb| {
                subject < verb
                    && verb < ended
                    && self.relation(verb) == Relation::AdnominalClause
                    && matches!(self.fine(verb), FineTag::PastVerb | FineTag::PastParticiple)
            });
            let Some(verb) = verb else {
                continue;
            };
            self.put_in_place_of(verb, ended);
            self.retag(verb, FineTag::PastVerb);
            self.attach(subject, verb, Relation::NominalSubject);
            for child in 0..self.heads.len() {
                let is_date = (ended + 1..=ended + 2).contains(&child);
                if self.head(child) == Some(ended) && !is_date {
                    self.attach(child, verb, self.relation(child));
                }
            }
            self.attach(ended, ended - 1, Relation::AdnominalClause);
        }
    }

    /// "cut 900 jobs, most of them in Norland": where most of them are, not where it cuts them.
    fn parts_of_numbers(&mut self) {
        for part in 3..self.heads.len().saturating_sub(2) {
            let is_part = self.form(part - 1) == ","
                && self.is(part + 1, "of")
                && (self.is(part + 2, "them") || self.is(part + 2, "which"))
                && self.relation(part) == Relation::NominalSubject;
            let Some(verb) = self.head(part).filter(|&verb| is_part && verb < part) else {
                continue;
            };
            let object = self.children(verb).find(|&object| {
                verb < object && object < part && self.relation(object) == Relation::Object
            });
            let Some(object) = object else {
                continue;
            };
            let place = self.children(verb).find(|&place| {
                place > part
                    && self.relation(place) == Relation::Oblique
                    && self.start(place) == part + 3
            });
            self.attach(part, object, Relation::Unspecified);
            if let Some(place) = place {
                self.attach(place, part, Relation::NominalModifier);
            }
        }
    }

    /// "beat Norden 3-1": the score is no second object.
    fn scores(&mut self) {
        for score in 2..self.heads.len().saturating_sub(2) {
            let is_number =
                |form: &str| !form.is_empty() && form.chars().all(|c| c.is_ascii_digit());
            let is_score = is_number(self.form(score))
                && matches!(self.form(score + 1), "-" | "–")
                && is_number(self.form(score + 2))
                && self.relation(score + 2) == Relation::NominalModifier
                && self.head(score + 2) == Some(score);
            let Some(above) = self.head(score).filter(|&above| is_score && above < score) else {
                continue;
            };
            match self.relation(score) {
                Relation::Object
                    if self.has_child(above, &[Relation::Object, Relation::IndirectObject]) =>
                {
                    let other = self.children(above).find(|&other| {
                        other < score
                            && matches!(
                                self.relation(other),
                                Relation::Object | Relation::IndirectObject
                            )
                    });
                    if let Some(other) = other {
                        self.attach(other, above, Relation::Object);
                        self.attach(score, above, Relation::UnmarkedOblique);
                    }
                }
                Relation::Flat if self.relation(above) == Relation::Object => {
                    if let Some(verb) = self.head(above) {
                        self.attach(score, verb, Relation::UnmarkedOblique);
                    }
                }
                _ => {}
            }
        }
    }

    /// "will attend the talks, to be held in May": the talks will be held, not who attends them.
    fn things_to_be_done(&mut self) {
        for verb in 5..self.heads.len() {
            let is_passive = matches!(
                self.relation(verb),
                Relation::AdverbialClause | Relation::OpenClausalComplement
            ) && self.has_child(verb, &[Relation::PassiveAuxiliary])
                && self.children(verb).any(|to| self.is(to, "to") && to < verb);
            let Some(above) = self.head(verb).filter(|&above| is_passive && above < verb) else {
                continue;
            };
            let start = self.start(verb);
            let comma = if self.form(start) == "," {
                start
            } else {
                start.saturating_sub(1)
            };
            let noun = self.children(above).find(|&noun| {
                above < noun
                    && noun < comma
                    && matches!(
                        self.relation(noun),
                        Relation::Object | Relation::Oblique | Relation::Agent
                    )
                    && self.end(noun) + 1 >= comma
                    && self.is_noun_for_thing(noun)
            });
            if let Some(noun) = noun.filter(|_| self.form(comma) == ",") {
                self.attach(verb, noun, Relation::AdnominalClause);
            }
        }
    }

    fn is_noun_for_thing(&self, noun: usize) -> bool {
        matches!(
            self.tag(noun),
            UniversalTag::Noun | UniversalTag::ProperNoun
        ) && !self.tells_time(noun)
            && !is_in_class(&self.lemma(noun).to_lowercase(), NounClass::Person)
    }

    /// "ministers of both countries, members of parliament and business leaders": people are
    /// listed beside people.
    fn people_among_bodies(&mut self) {
        let is_common_person = |mending: &Self, noun: usize| {
            mending.fine(noun) == FineTag::PluralNoun
                && is_in_class(&mending.lemma(noun).to_lowercase(), NounClass::Person)
        };
        for people in 4..self.heads.len() {
            let is_listed = self.relation(people) == Relation::Conjunct
                && is_common_person(self, people)
                && !self.has_child(people, &[Relation::PossessiveModifier, Relation::Case]);
            let Some(body) = self.head(people).filter(|&body| is_listed && body < people) else {
                continue;
            };
            let Some(above) = self.head(body).filter(|&above| {
                above < body
                    && self.relation(body) == Relation::NominalModifier
                    && !is_common_person(self, body)
                    && is_common_person(self, above)
            }) else {
                continue;
            };
            let has_comma = self.form(self.start(people).saturating_sub(1)) == ","
                || self.form(self.start(people)) == ",";
            match (self.relation(above), self.head(above)) {
                (Relation::Conjunct, Some(first)) => {
                    self.attach(people, first, Relation::Conjunct);
                }
                _ if has_comma => self.attach(people, above, Relation::Conjunct),
                _ => {}
            }
        }
    }
}
