//! What number, tense and commas tell of coordination.

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::{Mending, SUBJECTS};

/// What makes a verb finite beside its own form.
const HELPERS: [Relation; 4] = [
    Relation::Auxiliary,
    Relation::PassiveAuxiliary,
    Relation::Copula,
    Relation::Marker,
];

impl Mending<'_> {
    /// All rules of agreement.
    pub(super) fn agreement(&mut self) {
        self.modifiers_joined();
        self.passives_with_subjects();
        self.verbs_behind_commas();
        self.phrases_with_and();
        self.nouns_side_by_side();
    }

    /// "a week in Dakar, a film cycle, the scanning of books, and a laboratory": no place is a
    /// cycle; the list goes on with the noun above it.
    pub(super) fn things_behind_places(&mut self) {
        for thing in 3..self.heads.len() {
            let is_thing = self.relation(thing) == Relation::Apposition
                && self.tag(thing) == UniversalTag::Noun
                && self.has_child(thing, &[Relation::Determiner]);
            let Some(name) = self.head(thing).filter(|&name| is_thing && name < thing) else {
                continue;
            };
            let is_name = self.relation(name) == Relation::NominalModifier
                && self.tag(name) == UniversalTag::ProperNoun;
            let others: Vec<usize> = self
                .children(name)
                .filter(|&other| {
                    other > thing
                        && self.relation(other) == Relation::Conjunct
                        && self.tag(other) == UniversalTag::Noun
                        && self.has_child(other, &[Relation::Determiner])
                })
                .collect();
            let above = self
                .head(name)
                .filter(|&above| above < name && self.tag(above) == UniversalTag::Noun);
            if let Some(above) = above.filter(|_| is_name && !others.is_empty()) {
                self.attach(thing, above, Relation::Conjunct);
                for other in others {
                    self.attach(other, above, Relation::Conjunct);
                }
            }
        }
    }

    /// "A mother and child centre was opened": two would have been opened; it is one centre.
    fn modifiers_joined(&mut self) {
        for noun in 3..self.heads.len() {
            let is_joined =
                self.relation(noun) == Relation::Conjunct && self.fine(noun) == FineTag::Noun;
            let Some(first) = self.head(noun).filter(|&first| is_joined && first < noun) else {
                continue;
            };
            let relation = self.relation(first);
            let is_subject = matches!(
                relation,
                Relation::NominalSubject | Relation::PassiveNominalSubject
            ) && self.fine(first) == FineTag::Noun
                && self.kind(first).is_none();
            let Some(verb) = self.head(first).filter(|&verb| is_subject && noun < verb) else {
                continue;
            };
            let has_article = self
                .children(first)
                .any(|word| word + 1 == first && (self.is(word, "a") || self.is(word, "an")));
            let is_next = self.is(first + 1, "and")
                && self.start(noun) <= first + 2
                && (first + 2..noun).all(|word| self.relation(word) == Relation::Compound);
            let is_one = self.number_of_verb(verb) == Some(false);
            if !(has_article && is_next && is_one) {
                continue;
            }
            self.put(noun, Some(verb), relation);
            for child in 0..self.heads.len() {
                if self.head(child) == Some(first) {
                    self.attach(child, noun, self.relation(child));
                }
            }
            self.attach(first, noun, Relation::Compound);
            self.attach(first + 1, first, Relation::Unspecified);
        }
    }

    /// "12 were killed and 30 injured when a bus fell": these were injured, and injured nobody.
    fn passives_with_subjects(&mut self) {
        for verb in 3..self.heads.len() {
            let taken = [
                Relation::Auxiliary,
                Relation::PassiveAuxiliary,
                Relation::Copula,
                Relation::Object,
                Relation::ClausalComplement,
                Relation::OpenClausalComplement,
            ];
            let is_bare = self.relation(verb) == Relation::Conjunct
                && matches!(self.fine(verb), FineTag::PastVerb | FineTag::PastParticiple)
                && lexicon::needs_object(self.lemma(verb))
                && !self.has_child(verb, &taken);
            let is_joined = self.head(verb).is_some_and(|first| {
                is_bare
                    && first < verb
                    && self.fine(first) == FineTag::PastParticiple
                    && self.has_child(first, &[Relation::PassiveAuxiliary])
            });
            let subject = self
                .children(verb)
                .find(|&subject| self.relation(subject) == Relation::NominalSubject);
            if let Some(subject) = subject.filter(|&subject| is_joined && subject < verb) {
                self.retag(verb, FineTag::PastParticiple);
                self.attach(subject, verb, Relation::PassiveNominalSubject);
            }
        }
    }

    /// "laid a wreath at the site where the settlers landed, and met the mayor": behind a comma
    /// the sentence goes on, not the clause that no comma begins.
    fn verbs_behind_commas(&mut self) {
        for verb in 5..self.heads.len() {
            let is_joined = self.relation(verb) == Relation::Conjunct
                && matches!(
                    self.fine(verb),
                    FineTag::PastVerb | FineTag::PresentVerbThird
                )
                && !self.has_child(verb, &SUBJECTS)
                && !self.has_child(verb, &HELPERS);
            let Some(clause) = self.head(verb).filter(|&clause| is_joined && clause < verb) else {
                continue;
            };
            let is_relative = matches!(
                self.relation(clause),
                Relation::RelativeClause | Relation::AdverbialRelativeClause
            );
            let has_comma = self.children(verb).any(|and| {
                self.relation(and) == Relation::Coordination && and > 0 && self.form(and - 1) == ","
            });
            let start = self.start(clause);
            let is_open = start > 0 && self.form(start) != "," && self.form(start - 1) != ",";
            if !(is_relative && has_comma && is_open) {
                continue;
            }
            let mut above = self.head(clause);
            for _ in 0..self.heads.len() {
                let Some(place) = above else {
                    break;
                };
                let is_main = self.fine(place) == self.fine(verb)
                    && self.tag(place) == UniversalTag::Verb
                    && self.has_child(place, &SUBJECTS);
                if is_main && place < clause {
                    self.attach(verb, place, Relation::Conjunct);
                    break;
                }
                above = self.head(place);
            }
        }
    }

    /// "holds a part of the stories, and in a short form": what has a preposition of its own is no
    /// second object.
    fn phrases_with_and(&mut self) {
        for phrase in 4..self.heads.len() {
            let is_joined = self.relation(phrase) == Relation::Conjunct
                && self.tag(phrase) == UniversalTag::Noun;
            let Some(object) = self
                .head(phrase)
                .filter(|&object| is_joined && object < phrase)
            else {
                continue;
            };
            let Some(verb) = self.head(object).filter(|&verb| verb < object) else {
                continue;
            };
            let is_object = self.relation(object) == Relation::Object
                && self.tag(verb) == UniversalTag::Verb
                && !self.has_child(object, &[Relation::Case]);
            let and = self
                .children(phrase)
                .find(|&and| self.relation(and) == Relation::Coordination);
            let has_case = and.is_some_and(|and| {
                self.children(phrase)
                    .any(|case| case == and + 1 && self.relation(case) == Relation::Case)
            });
            if is_object && has_case {
                self.attach(phrase, verb, Relation::Oblique);
            }
        }
    }

    /// "filters and generator sets": two members of a list with nothing between are one.
    fn nouns_side_by_side(&mut self) {
        for second in 3..self.heads.len() {
            let first = second - 1;
            let are_members = [first, second].iter().all(|&noun| {
                self.relation(noun) == Relation::Conjunct && self.tag(noun) == UniversalTag::Noun
            });
            let are_beside = self.head(first) == self.head(second)
                && self.fine(first) == FineTag::Noun
                && self.start(second) == second;
            if are_members && are_beside {
                for child in 0..first {
                    if self.head(child) == Some(first) {
                        self.attach(child, second, self.relation(child));
                    }
                }
                self.attach(first, second, Relation::Compound);
            }
        }
    }
}
