//! What a verb must have to say anything, and was given to a phrase between: "said in a statement
//! that it closes", "told them before the match to run", "was sure it remained open".

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::{Mending, SUBJECTS};

impl Mending<'_> {
    /// All rules of what verbs must have.
    pub(super) fn carried(&mut self) {
        self.contents_behind_statements();
        self.infinitives_behind_circumstances();
        self.complements_of_linking_verbs();
        self.grades_in_quotes();
        self.fronted_contents();
        self.conditions_behind_on();
        self.linking_verbs_beside_their_complements();
        self.infinitives_behind_periods();
        self.results_of_verbs();
        self.subjects_of_called_for();
        self.subjects_taken_for_relatives();
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
            self.relate(to, Relation::Case);
            self.retag(word, FineTag::Noun);
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
            let main = self.above(condition).find(|&verb| {
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

    /// "The board remains committed to it": the verb in front has the subject and the place of the
    /// clause, and the word behind it is its complement.
    fn linking_verbs_beside_their_complements(&mut self) {
        for adjective in 2..self.heads.len() {
            let verb = adjective - 1;
            let is_shape = self.tag(verb) == UniversalTag::Verb
                && matches!(
                    self.lemma(verb),
                    "remain" | "become" | "seem" | "appear" | "stay"
                )
                && matches!(
                    self.fine(verb),
                    FineTag::PastVerb | FineTag::PresentVerbThird | FineTag::PresentVerb
                )
                && (self.tag(adjective) == UniversalTag::Adjective
                    || self.fine(adjective) == FineTag::PastParticiple)
                && self.head(verb).is_some()
                && self.head(verb) == self.head(adjective)
                && self.relation(verb) == self.relation(adjective)
                && self.relation(verb) == Relation::ClausalComplement
                && !self.has_child(verb, &SUBJECTS);
            let subject = self.children(adjective).find(|&subject| {
                subject < verb
                    && matches!(
                        self.relation(subject),
                        Relation::NominalSubject | Relation::PassiveNominalSubject
                    )
            });
            let Some(subject) = subject.filter(|_| is_shape) else {
                continue;
            };
            let moved: Vec<usize> = self
                .children(adjective)
                .filter(|&child| {
                    child < verb && child != subject
                        || self.relation(child) == Relation::Conjunct
                            && self.has_child(child, &SUBJECTS)
                })
                .collect();
            self.attach(subject, verb, Relation::NominalSubject);
            for child in moved {
                self.attach(child, verb, self.relation(child));
            }
            self.attach(adjective, verb, Relation::OpenClausalComplement);
        }
    }

    /// "Will leave at the end of the month to write": no month writes; that is why she leaves.
    fn infinitives_behind_periods(&mut self) {
        for infinitive in 4..self.heads.len() {
            let to = self.children(infinitive).find(|&to| {
                self.tag(to) == UniversalTag::Particle
                    && self.is(to, "to")
                    && self.relation(to) == Relation::Marker
            });
            let Some((period, to)) = self.head(infinitive).zip(to).filter(|&(period, to)| {
                period < to
                    && self.relation(infinitive) == Relation::AdnominalClause
                    && self.fine(infinitive) == FineTag::BaseVerb
                    && matches!(
                        self.lemma(period),
                        "month"
                            | "year"
                            | "week"
                            | "weekend"
                            | "quarter"
                            | "season"
                            | "decade"
                            | "summer"
                            | "winter"
                            | "spring"
                            | "autumn"
                            | "end"
                    )
            }) else {
                continue;
            };
            let is_next = (period + 1..to).all(|word| self.tag(word) == UniversalTag::Punctuation);
            let top = match self.relation(period) {
                Relation::NominalModifier => self.head(period).filter(|&top| top < period),
                _ => Some(period),
            };
            let top = top.filter(|&top| {
                matches!(
                    self.relation(top),
                    Relation::Oblique | Relation::UnmarkedOblique
                )
            });
            let verb = top.and_then(|top| self.head(top)).filter(|&verb| {
                verb < period
                    && self.tag(verb) == UniversalTag::Verb
                    && !self.has_child(verb, &[Relation::OpenClausalComplement])
            });
            if let Some(verb) = verb.filter(|_| is_next) {
                self.attach(infinitive, verb, Relation::AdverbialClause);
            }
        }
    }

    /// "Cut short the visit", "set free the hostages": verb and adjective are one, and the object
    /// is what is behind them.
    fn results_of_verbs(&mut self) {
        for adjective in 1..self.heads.len().saturating_sub(1) {
            let verb = adjective - 1;
            let are_one = matches!(
                (self.lemma(verb), self.form(adjective)),
                ("cut", "short") | ("set", "free") | ("lay", "bare") | ("break" | "throw", "open")
            ) && self.head(adjective) == Some(verb)
                && matches!(
                    self.relation(adjective),
                    Relation::OpenClausalComplement | Relation::AdverbialModifier
                )
                && self
                    .children(verb)
                    .any(|object| object > adjective && self.relation(object) == Relation::Object);
            if are_one && self.children(adjective).next().is_none() {
                self.attach(adjective, verb, Relation::VerbParticle);
            }
        }
    }

    /// "Called for the court to be given power": what is called for is that it be given power.
    fn subjects_of_called_for(&mut self) {
        for clause in 4..self.heads.len() {
            let Some(verb) = self.head(clause).filter(|&verb| {
                verb < clause
                    && self.relation(clause) == Relation::AdverbialClause
                    && self.lemma(verb) == "call"
                    && self.is(verb + 1, "for")
            }) else {
                continue;
            };
            let to = self.children(clause).find(|&to| {
                self.relation(to) == Relation::Marker && self.is(to, "to") && to < clause
            });
            let noun = self.children(verb).find(|&noun| {
                verb < noun
                    && noun < clause
                    && self.relation(noun) == Relation::Oblique
                    && self.head(verb + 1) == Some(noun)
                    && to == Some(self.end(noun) + 1)
            });
            let Some(noun) = noun else { continue };
            let is_passive = self.has_child(clause, &[Relation::PassiveAuxiliary]);
            if !is_passive && !self.acts(noun) {
                continue;
            }
            let subject = match is_passive {
                true => Relation::PassiveNominalSubject,
                false => Relation::NominalSubject,
            };
            self.attach(noun, clause, subject);
            self.attach(verb + 1, clause, Relation::Marker);
            self.attach(clause, verb, Relation::ClausalComplement);
        }
    }

    /// "Said in statements that checks on maize would end": the noun behind "that" is no clause
    /// about the statements, but the subject of the verb behind it.
    fn subjects_taken_for_relatives(&mut self) {
        for noun in 3..self.heads.len() {
            let is_astray = self.relation(noun) == Relation::RelativeClause
                && matches!(self.fine(noun), FineTag::PluralNoun | FineTag::Noun)
                && self.tag(noun) == UniversalTag::Noun
                && !self.has_child(noun, &[Relation::Copula]);
            let that = self
                .children(noun)
                .find(|&that| that < noun && self.is(that, "that"))
                .filter(|_| is_astray);
            let Some(that) = that else { continue };
            let start = self.end(noun) + 1;
            let clause = (start..self.heads.len()).find(|&clause| {
                self.relation(clause) == Relation::ClausalComplement
                    && self.start(clause) == start
                    && !self.has_child(clause, &SUBJECTS)
                    && self.has_child(clause, &[Relation::Auxiliary, Relation::PassiveAuxiliary])
                    && self
                        .head(clause)
                        .is_some_and(|verb| verb < that && lexicon::is_speech(self.lemma(verb)))
            });
            let Some(clause) = clause else { continue };
            self.attach(noun, clause, self.subject_relation(clause));
            self.attach(that, clause, Relation::Marker);
        }
    }
}
