//! What a verb must have to say anything, and was given to a phrase between: "said in a statement
//! that it closes", "told them before the match to run", "was sure it remained open".

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::Mending;

/// Subjects that a verb may have of its own.
const SUBJECTS: [Relation; 3] = [
    Relation::NominalSubject,
    Relation::PassiveNominalSubject,
    Relation::Expletive,
];

impl Mending<'_> {
    /// All rules of what verbs must have.
    pub(super) fn carried(&mut self) {
        self.contents_behind_statements();
        self.infinitives_behind_circumstances();
        self.complements_of_linking_verbs();
        self.grades_in_quotes();
        self.fronted_contents();
        self.conditions_behind_on();
    }

    /// "Said in a statement that it closes": it is said, and the statement only tells where.
    fn contents_behind_statements(&mut self) {
        for clause in 4..self.heads.len() {
            let Some(noun) = self.head(clause).filter(|&noun| {
                noun < clause
                    && matches!(
                        self.relation(clause),
                        Relation::AdnominalClause | Relation::ClausalComplement
                    )
                    && self.relation(noun) == Relation::Oblique
            }) else {
                continue;
            };
            let has_that = self.is(noun + 1, "that")
                && self.head(noun + 1) == Some(clause)
                && self.relation(noun + 1) == Relation::Marker
                && self.has_child(clause, &SUBJECTS);
            let verb = self.head(noun).filter(|&verb| {
                verb < noun
                    && lexicon::is_speech(self.lemma(verb))
                    && self.fine(verb) != FineTag::PastParticiple
                    && !self.has_child(
                        verb,
                        &[
                            Relation::ClausalComplement,
                            Relation::Object,
                            Relation::PassiveAuxiliary,
                        ],
                    )
                    && !self
                        .children(verb)
                        .any(|said| said < verb && self.relation(said) == Relation::Parataxis)
            });
            let is_place = self.children(noun).any(|case| {
                self.relation(case) == Relation::Case
                    && ["in", "at", "on", "during", "through", "via", "by"]
                        .iter()
                        .any(|known| self.is(case, known))
            });
            if let Some(verb) = verb.filter(|_| has_that && is_place) {
                self.attach(clause, verb, Relation::ClausalComplement);
            }
        }
    }

    /// "Told his players before extra time to look up": who is told is told to do something; the
    /// time between is for nothing.
    fn infinitives_behind_circumstances(&mut self) {
        for verb in 4..self.heads.len() {
            let to = verb - 1;
            let is_infinitive = self.relation(verb) == Relation::AdnominalClause
                && self.fine(verb) == FineTag::BaseVerb
                && self.tag(to) == UniversalTag::Particle
                && self.head(to) == Some(verb);
            let Some(noun) = self
                .head(verb)
                .filter(|&noun| is_infinitive && noun + 1 == to)
            else {
                continue;
            };
            let is_time = self.relation(noun) == Relation::Oblique
                && self.children(noun).any(|case| {
                    self.relation(case) == Relation::Case
                        && ["before", "after", "during", "at", "in", "on", "by"]
                            .iter()
                            .any(|known| self.is(case, known))
                });
            let asks = |lemma: &str| {
                matches!(
                    lemma,
                    "tell"
                        | "ask"
                        | "order"
                        | "urge"
                        | "instruct"
                        | "advise"
                        | "invite"
                        | "command"
                        | "beg"
                        | "persuade"
                        | "encourage"
                        | "remind"
                        | "warn"
                )
            };
            let governor = self.head(noun).filter(|&governor| {
                is_time
                    && governor < noun
                    && asks(self.lemma(governor))
                    && self.has_child(governor, &[Relation::Object, Relation::IndirectObject])
                    && !self.has_child(
                        governor,
                        &[Relation::ClausalComplement, Relation::OpenClausalComplement],
                    )
            });
            if let Some(governor) = governor {
                self.attach(verb, governor, Relation::OpenClausalComplement);
            }
        }
    }

    /// "Said that the post remained open": what stands right behind such a verb is its complement.
    fn complements_of_linking_verbs(&mut self) {
        for adjective in 2..self.heads.len() {
            let verb = adjective - 1;
            let links = self.tag(adjective) == UniversalTag::Adjective
                && self.tag(verb) == UniversalTag::Verb
                && matches!(
                    self.lemma(verb),
                    "remain" | "become" | "seem" | "appear" | "stay" | "prove"
                )
                && self.has_child(verb, &SUBJECTS)
                && !self.has_child(verb, &[Relation::OpenClausalComplement, Relation::Object])
                && !self.has_child(adjective, &SUBJECTS);
            let is_astray = self.head(adjective).is_some_and(|above| {
                above < verb
                    && self.head(verb) == Some(above)
                    && matches!(
                        self.relation(adjective),
                        Relation::ClausalComplement
                            | Relation::OpenClausalComplement
                            | Relation::Object
                            | Relation::AdverbialClause
                    )
            });
            if links && is_astray {
                self.attach(adjective, verb, Relation::OpenClausalComplement);
            }
        }
    }

    /// "Cut the rating to \"sell\"": a lone verb in quotation marks is a grade, and no aim.
    fn grades_in_quotes(&mut self) {
        for word in 4..self.heads.len().saturating_sub(1) {
            let (to, open, close) = (word - 2, word - 1, word + 1);
            let is_mark = |place: usize| {
                matches!(
                    self.form(place),
                    "\"" | "“" | "”" | "''" | "``" | "'" | "‘" | "’"
                )
            };
            let is_grade = self.is(to, "to")
                && is_mark(open)
                && is_mark(close)
                && self.head(to) == Some(word)
                && matches!(
                    self.relation(word),
                    Relation::AdverbialClause
                        | Relation::OpenClausalComplement
                        | Relation::AdnominalClause
                )
                && !self.has_child(word, &[Relation::Object, Relation::Oblique]);
            let Some(verb) = self.head(word).filter(|&verb| is_grade && verb < to) else {
                continue;
            };
            let verb = match self.tag(verb) {
                UniversalTag::Verb => Some(verb),
                _ => self
                    .head(verb)
                    .filter(|&above| self.tag(above) == UniversalTag::Verb),
            };
            let Some(verb) = verb else {
                continue;
            };
            self.attach(word, verb, Relation::Oblique);
            if let Some(relation) = self.relations.get_mut(to) {
                *relation = Relation::Case;
            }
            if let Some(fine) = self.fine.get_mut(word) {
                *fine = FineTag::Noun;
            }
        }
    }

    /// "What we learn in Oslo, Lund must learn too": what stands in front is what is learned; the
    /// verb has its own subject behind the comma.
    fn fronted_contents(&mut self) {
        for what in 0..self.heads.len().saturating_sub(4) {
            let is_what = self.is(what, "what")
                && matches!(
                    self.relation(what),
                    Relation::NominalSubject | Relation::OuterNominalSubject
                )
                && self.has_child(what, &[Relation::RelativeClause]);
            let Some(verb) = self
                .head(what)
                .filter(|&verb| is_what && what < verb && self.tag(verb) == UniversalTag::Verb)
            else {
                continue;
            };
            let has_own = self.children(verb).any(|subject| {
                what < subject
                    && subject < verb
                    && self.relation(subject) == Relation::NominalSubject
                    && self.start(subject) > 0
                    && self.form(self.start(subject) - 1) == ","
            });
            if has_own {
                self.attach(what, verb, Relation::Object);
            }
        }
    }

    /// "Freed on condition that he stays": "on condition that" joins a condition.
    fn conditions_behind_on(&mut self) {
        for condition in 3..self.heads.len().saturating_sub(3) {
            let is_joint = self.is(condition, "condition")
                && self.is(condition - 1, "on")
                && self.is(condition + 1, "that");
            let Some(clause) = self.children(condition).find(|&clause| {
                is_joint
                    && clause > condition + 1
                    && self.has_child(clause, &SUBJECTS)
                    && matches!(
                        self.relation(clause),
                        Relation::RelativeClause
                            | Relation::AdnominalClause
                            | Relation::ClausalComplement
                    )
            }) else {
                continue;
            };
            // The condition is one of what the sentence tells, not of a remark within it.
            let main = std::iter::successors(self.head(condition), |&word| self.head(word))
                .take(self.heads.len())
                .find(|&verb| {
                    verb < condition
                        && self.tag(verb) == UniversalTag::Verb
                        && self.has_child(verb, &SUBJECTS)
                        && self.relation(verb) != Relation::AdnominalClause
                });
            let Some(main) = main else {
                continue;
            };
            self.attach(clause, main, Relation::AdverbialClause);
            self.attach(condition, clause, Relation::Marker);
            self.attach(condition - 1, condition, Relation::Fixed);
            self.attach(condition + 1, condition, Relation::Fixed);
        }
    }
}
