//! What stands within a clause set off by commas, and was given to the sentence around it.

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::{Mending, SUBJECTS};

/// Words that only begin clauses, never phrases.
const CONJUNCTIONS: [&str; 8] = [
    "if", "when", "because", "although", "though", "while", "unless", "whether",
];

impl Mending<'_> {
    /// All rules of what is set off.
    pub(super) fn within(&mut self) {
        self.names_of_leaders();
        self.leaders_of_groups();
        self.subjects_behind_conjunctions();
        self.phrases_within_relatives();
        self.verbs_behind_relatives();
        self.names_joined_to_names();
        self.members_of_descriptions();
        self.things_in_lists();
    }

    /// "A delegation of the Riksdag led by Ann Lee": she leads the delegation.
    fn leaders_of_groups(&mut self) {
        for participle in 2..self.heads.len() {
            let leads = matches!(
                self.form(participle).to_lowercase().as_str(),
                "led" | "headed" | "chaired"
            );
            if !leads || self.relation(participle) != Relation::AdnominalClause {
                continue;
            }
            let Some(body) = self.head(participle).filter(|&body| body < participle) else {
                continue;
            };
            let group = self.head(body).filter(|&group| {
                group < body
                    && self.relation(body) == Relation::NominalModifier
                    && matches!(
                        self.lemma(group).to_lowercase().as_str(),
                        "delegation" | "group" | "team" | "mission" | "commission" | "crew"
                    )
            });
            if let Some(group) = group {
                self.attach(participle, group, Relation::AdnominalClause);
            }
        }
    }

    /// "a team headed by the deputy chair of the board, Ann Lee": the name is the chair's.
    fn names_of_leaders(&mut self) {
        for name in 3..self.heads.len() {
            let is_name = self.relation(name) == Relation::Apposition && self.begins_person(name);
            let Some(above) = self.head(name).filter(|&above| is_name && above < name) else {
                continue;
            };
            let Some(comma) = self.comma_before(name) else {
                continue;
            };
            let is_person = is_in_class(&self.lemma(above).to_lowercase(), NounClass::Person)
                || self.kind(above) == Some(EntityKind::Person);
            if is_person {
                continue;
            }
            let office = (above + 1..comma).rev().find(|&office| {
                let lower = self.form(office).to_lowercase();
                matches!(self.fine(office), FineTag::Noun | FineTag::ProperNoun)
                    && (is_in_class(&lower, NounClass::Person)
                        || is_in_class(&lower, NounClass::Title))
                    && !matches!(self.form(office - 1), "of" | "for" | "on")
                    && (office + 1..comma).all(|word| self.is_below(word, office))
                    && self.relation(office) != Relation::Compound
            });
            if let Some(office) = office {
                self.attach(name, office, Relation::Apposition);
            }
        }
    }

    /// "grows if taxes on firms are cut": what follows "if" is a clause, and the noun its subject.
    fn subjects_behind_conjunctions(&mut self) {
        for noun in 1..self.heads.len() {
            if !matches!(
                self.relation(noun),
                Relation::Oblique | Relation::NominalModifier
            ) {
                continue;
            }
            let conjunction = self.children(noun).find(|&word| {
                word < noun
                    && self.relation(word) == Relation::Case
                    && !self.has_child(word, &[Relation::Fixed])
                    && CONJUNCTIONS.iter().any(|known| self.is(word, known))
            });
            let Some((conjunction, above)) = conjunction.zip(self.head(noun)) else {
                continue;
            };
            let end = self.end(noun);
            let verb = (end + 1..self.heads.len().min(end + 6)).find(|&verb| {
                let helper = self.children(verb).find(|&word| {
                    word < verb
                        && matches!(
                            self.relation(word),
                            Relation::Auxiliary | Relation::PassiveAuxiliary | Relation::Copula
                        )
                });
                let is_finite = helper.is_some()
                    || matches!(
                        self.fine(verb),
                        FineTag::PastVerb | FineTag::PresentVerb | FineTag::PresentVerbThird
                    );
                is_finite
                    && self.tag(verb) != UniversalTag::Auxiliary
                    && !self.has_child(verb, &SUBJECTS)
                    && !self.has_child(verb, &[Relation::Coordination])
            });
            if let Some(verb) = verb.filter(|&verb| self.head(verb).is_some()) {
                self.attach(noun, verb, self.subject_relation(verb));
                self.attach(conjunction, verb, Relation::Marker);
                self.attach(verb, above, Relation::AdverbialClause);
            }
        }
    }

    /// "Lee, who ruled until his fall in 2017, got": before the comma that closes the relative
    /// clause everything is its.
    fn phrases_within_relatives(&mut self) {
        for phrase in 3..self.heads.len() {
            if self.relation(phrase) != Relation::Oblique {
                continue;
            }
            let Some(verb) = self.head(phrase).filter(|&verb| phrase < verb) else {
                continue;
            };
            let subject = self.children(verb).find(|&subject| {
                subject < phrase
                    && matches!(
                        self.relation(subject),
                        Relation::NominalSubject | Relation::PassiveNominalSubject
                    )
            });
            let clause = subject.and_then(|subject| {
                self.children(subject).find(|&clause| {
                    subject < clause
                        && clause < phrase
                        && self.relation(clause) == Relation::RelativeClause
                        && (subject + 1..clause).any(|mark| self.form(mark) == ",")
                        && !(clause..phrase).any(|mark| self.form(mark) == ",")
                })
            });
            let is_closed = (phrase + 1..verb).any(|mark| self.form(mark) == ",");
            if let Some(clause) = clause.filter(|_| is_closed) {
                self.attach(phrase, clause, Relation::Oblique);
            }
        }
    }

    /// "took note of the report by Ann Lee, whose term ends in May, and thanked her": the tense
    /// goes back to that of the sentence.
    fn verbs_behind_relatives(&mut self) {
        for verb in 3..self.heads.len() {
            let is_joined = self.relation(verb) == Relation::Conjunct
                && self.fine(verb) == FineTag::PastVerb
                && !self.has_child(verb, &SUBJECTS)
                && !self.has_child(verb, &[Relation::Auxiliary, Relation::PassiveAuxiliary]);
            let Some(clause) = self.head(verb).filter(|&clause| {
                is_joined
                    && clause < verb
                    && self.relation(clause) == Relation::RelativeClause
                    && self.fine(clause) != FineTag::PastVerb
            }) else {
                continue;
            };
            let and = self
                .children(verb)
                .find(|&word| self.relation(word) == Relation::Coordination && word < verb);
            let is_closed = and.is_some_and(|and| and > 0 && self.form(and - 1) == ",");
            let mut above = self.head(clause);
            for _ in 0..self.heads.len() {
                let Some(place) = above else {
                    break;
                };
                if self.fine(place) == FineTag::PastVerb && place < clause {
                    break;
                }
                above = self.head(place);
            }
            if let Some(above) = above.filter(|_| is_closed) {
                self.attach(verb, above, Relation::Conjunct);
            }
        }
    }

    /// "a chip developed by Acme and the University of Lund": a name is joined to the name before
    /// "and", not to the thing both are told of.
    fn names_joined_to_names(&mut self) {
        for second in 3..self.heads.len() {
            let is_name = self.relation(second) == Relation::Conjunct
                && self.tag(second) == UniversalTag::ProperNoun
                && !self.has_child(second, &[Relation::Case]);
            let Some(thing) = self.head(second).filter(|&thing| {
                is_name && thing < second && self.tag(thing) == UniversalTag::Noun
            }) else {
                continue;
            };
            let Some(and) = self.children(second).find(|&word| {
                self.relation(word) == Relation::Coordination && word < second && word > 0
            }) else {
                continue;
            };
            let mut first = and - 1;
            while matches!(self.relation(first), Relation::Flat | Relation::Compound) {
                let Some(head) = self.head(first) else {
                    break;
                };
                first = head;
            }
            let is_doer = self.tag(first) == UniversalTag::ProperNoun
                && self.relation(first) == Relation::Agent
                && self.is_below(first, thing);
            if is_doer {
                self.attach(second, first, Relation::Conjunct);
            }
        }
    }

    /// "The economy of Chile, a seller of copper and a buyer of oil, grew": what stands before the
    /// closing comma goes on with the description.
    fn members_of_descriptions(&mut self) {
        for member in 4..self.heads.len() {
            if self.relation(member) != Relation::Conjunct {
                continue;
            }
            let Some(subject) = self.head(member).filter(|&subject| {
                subject < member
                    && matches!(
                        self.relation(subject),
                        Relation::NominalSubject | Relation::PassiveNominalSubject
                    )
            }) else {
                continue;
            };
            let Some(and) = self.children(member).find(|&word| {
                self.relation(word) == Relation::Coordination && word < member && word > 0
            }) else {
                continue;
            };
            let aside = (subject + 1..and).find(|&aside| {
                self.is_below(aside, subject)
                    && matches!(
                        self.relation(aside),
                        Relation::Apposition | Relation::RelativeClause
                    )
                    && (subject + 1..aside).any(|mark| self.form(mark) == ",")
            });
            let is_closed = self.form(and - 1) != "," && self.form(self.end(member) + 1) == ",";
            let Some(aside) = aside.filter(|_| is_closed) else {
                continue;
            };
            if (aside + 1..and).any(|mark| self.form(mark) == ",") {
                continue;
            }
            let relation = match self.relation(aside) {
                Relation::Apposition => Relation::Conjunct,
                _ => Relation::Unspecified,
            };
            self.attach(member, aside, relation);
        }
    }

    /// "eleven jars, a stove, and coins": one thing is not what several are; nor is the supply of
    /// power the situation in "discussed the situation, the supply of power, and trade".
    fn things_in_lists(&mut self) {
        for thing in 2..self.heads.len() {
            let has = |noun: usize, articles: &[&str]| {
                self.children(noun).any(|word| {
                    self.relation(word) == Relation::Determiner
                        && articles.iter().any(|known| self.is(word, known))
                })
            };
            let is_one =
                self.relation(thing) == Relation::Apposition && self.fine(thing) == FineTag::Noun;
            let Some(first) = self.head(thing).filter(|&first| is_one && first < thing) else {
                continue;
            };
            let are_topics = self.fine(first) == FineTag::Noun
                && self.relation(first) == Relation::Object
                && has(first, &["the"])
                && has(thing, &["the"])
                && !self.acts(first)
                && !self.acts(thing);
            let is_beside = has(thing, &["a", "an"]) && self.fine(first) == FineTag::PluralNoun;
            let goes_on = self
                .children(first)
                .chain(self.children(thing))
                .any(|other| {
                    other > thing
                        && self.relation(other) == Relation::Conjunct
                        && (self.head(other) == Some(first)
                            || are_topics && self.form(self.start(other).saturating_sub(1)) == ",")
                });
            let several = first;
            if goes_on && (are_topics || is_beside) {
                self.attach(thing, several, Relation::Conjunct);
            }
        }
    }
}
