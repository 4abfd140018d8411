//! Verbs with two objects: who is told something, and who is elected what.

use crate::text::dependency::Relation;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::Mending;

impl Mending<'_> {
    /// All rules of two objects: before each clause has one subject.
    pub(super) fn two_objects(&mut self) {
        self.people_told();
        self.what_people_are_told();
        self.names_elected();
        self.names_made_complements();
    }

    /// "told the packed hall a stadium would cost ten million": the hall was told so, and is not
    /// what the stadium is.
    fn people_told(&mut self) {
        for clause in 4..self.heads.len() {
            let Some(verb) = self.head(clause).filter(|&verb| {
                verb < clause && self.relation(clause) == Relation::ClausalComplement
            }) else {
                continue;
            };
            let tells = tells_somebody(self.lemma(verb)) || self.lemma(verb) == "promise";
            let has_told = self.has_child(verb, &[Relation::Object, Relation::IndirectObject]);
            if !tells || has_told {
                continue;
            }
            let subjects: Vec<usize> = self
                .children(clause)
                .filter(|&subject| {
                    verb < subject
                        && subject < clause
                        && matches!(
                            self.relation(subject),
                            Relation::NominalSubject
                                | Relation::PassiveNominalSubject
                                | Relation::Agent
                                | Relation::Oblique
                                | Relation::Object
                        )
                        && !self.has_child(subject, &[Relation::Case])
                })
                .collect();
            let [told, subject] = subjects[..] else {
                continue;
            };
            let is_next = self.start(told) == verb + 1
                && (told + 1..self.start(subject)).all(|word| self.is_below(word, told));
            if is_next {
                self.attach(told, verb, Relation::IndirectObject);
            }
        }
    }

    /// "told a news conference that prices will rise": what it was told is no part of its name.
    fn what_people_are_told(&mut self) {
        for clause in 5..self.heads.len() {
            let has_that = matches!(
                self.relation(clause),
                Relation::AdnominalClause | Relation::RelativeClause
            ) && self
                .children(clause)
                .any(|mark| self.relation(mark) == Relation::Marker && self.is(mark, "that"));
            let Some(told) = self.head(clause).filter(|&told| has_that && told < clause) else {
                continue;
            };
            let is_told = matches!(
                self.relation(told),
                Relation::Object | Relation::IndirectObject
            );
            let verb = self.head(told).filter(|&verb| {
                is_told
                    && verb < told
                    && tells_somebody(self.lemma(verb))
                    && !self.has_child(verb, &[Relation::ClausalComplement])
            });
            if let Some(verb) = verb {
                self.attach(told, verb, Relation::IndirectObject);
                self.attach(clause, verb, Relation::ClausalComplement);
            }
        }
    }

    /// "elected Ida Roth chairwoman": her name is no part of the office.
    fn names_elected(&mut self) {
        for name in 2..self.heads.len() {
            let Some(office) = self.head(name).filter(|&office| {
                self.begins_person(name)
                    && name < office
                    && matches!(
                        self.relation(name),
                        Relation::Compound | Relation::DescriptiveModifier | Relation::Flat
                    )
                    && self.kind(office).is_none()
                    && is_in_class(&self.lemma(office).to_lowercase(), NounClass::Person)
            }) else {
                continue;
            };
            let Some(verb) = self
                .head(office)
                .filter(|&verb| self.makes_office(verb) && verb < name)
            else {
                continue;
            };
            let is_argument = matches!(
                self.relation(office),
                Relation::Object | Relation::OpenClausalComplement | Relation::Oblique
            );
            let is_between = (verb + 1..name)
                .all(|word| self.head(word) == Some(office) && !self.is(word, "the"));
            if is_argument && is_between && !self.has_child(verb, &[Relation::IndirectObject]) {
                for word in verb + 1..name {
                    self.attach(word, name, self.relation(word));
                }
                self.attach(name, verb, Relation::Object);
                self.attach(office, verb, Relation::OpenClausalComplement);
            }
        }
    }

    /// "named Ida Roth head of the agency": the office right behind her name is what she is made.
    fn names_made_complements(&mut self) {
        for office in 3..self.heads.len() {
            let is_beside = matches!(
                self.relation(office),
                Relation::Apposition | Relation::Flat | Relation::NominalModifier
            ) && self.tag(office) == UniversalTag::Noun
                && is_in_class(&self.lemma(office).to_lowercase(), NounClass::Person)
                && !self.has_child(office, &[Relation::Case, Relation::Punctuation]);
            let Some(name) = self
                .head(office)
                .filter(|&name| is_beside && name < office && self.begins_person(name))
            else {
                continue;
            };
            let is_next = (name + 1..office).all(|word| {
                self.is_below(word, name) && self.tag(word) != UniversalTag::Punctuation
            });
            let is_argument = matches!(
                self.relation(name),
                Relation::Object | Relation::OpenClausalComplement
            );
            let verb = self
                .head(name)
                .filter(|&verb| is_argument && is_next && verb < name && self.makes_office(verb));
            if let Some(verb) = verb {
                self.attach(name, verb, Relation::Object);
                self.attach(office, verb, Relation::OpenClausalComplement);
            }
        }
    }

    /// "lend Portugal two billion": a noun without the mark of the possessive owns nothing.
    pub(super) fn recipients_taken_for_owners(&mut self) {
        for child in 1..self.heads.len() {
            let is_noun = matches!(
                self.tag(child),
                UniversalTag::Noun | UniversalTag::ProperNoun
            );
            if !is_noun || self.relation(child) != Relation::PossessiveModifier {
                continue;
            }
            let is_marked = self
                .children(child)
                .any(|mark| self.fine(mark) == FineTag::Possessive);
            let Some(thing) = self.head(child).filter(|&thing| thing > child) else {
                continue;
            };
            let verb = self.head(thing).filter(|&verb| {
                self.tag(verb) == UniversalTag::Verb
                    && verb < child
                    && self.relation(thing) == Relation::Object
                    && (verb + 1..child).all(|word| {
                        self.head(word) == Some(child) || self.tag(word) == UniversalTag::Determiner
                    })
            });
            if is_marked {
                continue;
            }
            match verb {
                Some(verb) => self.attach(child, verb, Relation::IndirectObject),
                None => self.attach(child, thing, Relation::Compound),
            }
        }
    }

    /// Whether a verb gives somebody an office, and is active.
    fn makes_office(&self, verb: usize) -> bool {
        let is_active = !self.has_child(verb, &[Relation::PassiveAuxiliary]);
        self.tag(verb) == UniversalTag::Verb
            && self.fine(verb) != FineTag::Noun
            && is_active
            && (lexicon::is_naming(self.lemma(verb)) || lexicon::is_appointing(self.lemma(verb)))
    }
}

/// Verbs whose first object is who hears it.
fn tells_somebody(lemma: &str) -> bool {
    matches!(
        lemma,
        "tell" | "inform" | "assure" | "remind" | "warn" | "convince" | "notify"
    )
}
