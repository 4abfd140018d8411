//! Clauses that leave their verb out, and those that have a subject of their own and no finite
//! verb.

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::Mending;

impl Mending<'_> {
    /// All rules of ellipsis: before each clause has one subject.
    pub(super) fn ellipsis(&mut self) {
        self.gapped_clauses();
        self.subjects_of_gerunds();
        self.absolute_clauses();
        self.gerunds_in_front();
        self.participles_taken_for_verbs();
    }

    /// "led by Minister Ann Lee": the preposition is hers, not the office's in front of her.
    pub(super) fn prepositions_of_names(&mut self) {
        for office in 1..self.heads.len() {
            let name = self.head(office).filter(|&name| {
                office < name && self.relation(office) == Relation::DescriptiveModifier
            });
            let case = self.children(office).find(|&case| {
                case < office
                    && self.relation(case) == Relation::Case
                    && ["by", "with", "to", "from", "under"]
                        .iter()
                        .any(|known| self.is(case, known))
            });
            if let (Some(name), Some(case)) = (name, case)
                && !self.has_child(name, &[Relation::Case])
            {
                self.attach(case, name, Relation::Case);
            }
        }
    }

    /// "One side was led by Ann Lee, the other by Bo Ek": the other side is not Lee, nor led by
    /// her.
    fn gapped_clauses(&mut self) {
        for second in 4..self.heads.len() {
            let is_beside = matches!(
                self.relation(second),
                Relation::Apposition | Relation::Conjunct
            ) && !self.has_child(second, &[Relation::Case]);
            let Some(first) = self
                .head(second)
                .filter(|&first| is_beside && first < second)
            else {
                continue;
            };
            let Some(verb) = self.head(first).filter(|&verb| verb < first) else {
                continue;
            };
            let by = |noun: usize| {
                self.children(noun)
                    .any(|case| self.relation(case) == Relation::Case && self.is(case, "by"))
            };
            let is_done = self.tag(verb) == UniversalTag::Verb
                && self.has_child(verb, &[Relation::PassiveAuxiliary])
                && (verb + 1..first).any(|case| self.is(case, "by"));
            // The phrase with "by" right behind the second noun.
            let end = (second + 1..self.heads.len())
                .take_while(|&word| self.is_below(word, second) && !self.is(word, "by"))
                .last()
                .unwrap_or(second);
            let other = self
                .children(second)
                .chain(self.children(first))
                .find(|&other| {
                    other > second && by(other) && self.start_of(other, "by") == end + 1
                });
            let Some(other) = other.filter(|_| is_done) else {
                continue;
            };
            // Nothing is told of a clause without its verb.
            self.attach(second, verb, Relation::Unspecified);
            self.attach(other, second, Relation::Unspecified);
        }
    }

    /// Where the preposition of a phrase stands.
    fn start_of(&self, noun: usize, preposition: &str) -> usize {
        self.children(noun)
            .find(|&case| self.relation(case) == Relation::Case && self.is(case, preposition))
            .unwrap_or(noun)
    }

    /// "a video of him singing": he sings, not the video.
    fn subjects_of_gerunds(&mut self) {
        for gerund in 3..self.heads.len() {
            let is_gerund = self.relation(gerund) == Relation::AdnominalClause
                && self.fine(gerund) == FineTag::Gerund;
            let Some(noun) = self.head(gerund).filter(|&noun| is_gerund && noun < gerund) else {
                continue;
            };
            let is_picture = matches!(
                self.lemma(noun),
                "video"
                    | "clip"
                    | "photo"
                    | "photograph"
                    | "picture"
                    | "image"
                    | "footage"
                    | "film"
                    | "recording"
                    | "sight"
                    | "painting"
                    | "portrait"
                    | "news"
                    | "report"
            );
            let who = self.children(noun).find(|&who| {
                who < gerund
                    && self.relation(who) == Relation::NominalModifier
                    && self.children(who).any(|case| self.is(case, "of"))
                    && self.end(who) + 1 == gerund
            });
            if let Some(who) = who.filter(|_| is_picture) {
                self.attach(gerund, who, Relation::AdnominalClause);
            }
        }
    }

    /// "She was appointed in May, the board citing her work": the board is not who was appointed.
    fn absolute_clauses(&mut self) {
        for gerund in 4..self.heads.len() {
            let is_gerund = self.relation(gerund) == Relation::AdnominalClause
                && matches!(self.fine(gerund), FineTag::Gerund);
            let Some(subject) = self
                .head(gerund)
                .filter(|&subject| is_gerund && subject + 1 == gerund)
            else {
                continue;
            };
            let is_subject = matches!(
                self.relation(subject),
                Relation::NominalSubject | Relation::PassiveNominalSubject
            );
            let start = self.start(subject);
            let Some(verb) = self.head(subject).filter(|&verb| {
                is_subject && verb < start && start > 0 && self.form(start - 1) == ","
            }) else {
                continue;
            };
            let has_other = self.children(verb).any(|other| {
                other < verb
                    && matches!(
                        self.relation(other),
                        Relation::NominalSubject | Relation::PassiveNominalSubject
                    )
            });
            if !has_other {
                continue;
            }
            self.put(gerund, Some(verb), Relation::AdverbialClause);
            self.attach(subject, gerund, Relation::NominalSubject);
        }
    }

    /// "Briefing reporters, the spokesman said": two nouns in front with a comma between and none
    /// behind are no subject; the first is what he briefed.
    fn gerunds_in_front(&mut self) {
        let is_ing = self.form(0).to_lowercase().ends_with("ing") && self.form(0).len() > 5;
        let Some(object) = self.head(0).filter(|_| {
            is_ing
                && matches!(
                    self.relation(0),
                    Relation::Compound | Relation::AdjectivalModifier
                )
        }) else {
            return;
        };
        let Some(verb) = self
            .head(object)
            .filter(|&verb| verb > object && self.relation(object) == Relation::NominalSubject)
        else {
            return;
        };
        let subject = self.children(verb).find(|&subject| {
            object < subject
                && subject < verb
                && self.relation(subject) == Relation::NominalSubject
                && self.form(self.start(subject).saturating_sub(1)) == ","
        });
        let is_open = self.form(verb - 1) != ",";
        if subject.is_some() && is_open {
            self.attach(0, verb, Relation::AdverbialClause);
            self.attach(object, 0, Relation::Object);
            self.retag(0, FineTag::Gerund);
        }
    }

    /// "A delegation (NA) led by Ann Lee on Monday visited Oslo": what is done "by" somebody, and
    /// has no "be", is a participle where another finite verb follows.
    fn participles_taken_for_verbs(&mut self) {
        for verb in 3..self.heads.len() {
            let is_finite = matches!(
                self.fine(verb),
                FineTag::PastVerb | FineTag::PresentVerbThird
            ) && matches!(
                self.relation(verb),
                Relation::AdverbialClause
                    | Relation::ClausalComplement
                    | Relation::OpenClausalComplement
                    | Relation::Parataxis
                    | Relation::AdnominalClause
                    | Relation::Conjunct
            );
            let own = [
                Relation::NominalSubject,
                Relation::PassiveNominalSubject,
                Relation::Auxiliary,
                Relation::PassiveAuxiliary,
                Relation::Marker,
                Relation::Coordination,
            ];
            let Some(first) = self.head(verb).filter(|&first| {
                is_finite
                    && first + 2 < verb
                    && !self.has_child(verb, &own)
                    && self.form(verb - 1) != ","
                    && self.is(first + 1, "by")
            }) else {
                continue;
            };
            let is_participle = matches!(
                self.fine(first),
                FineTag::PastVerb | FineTag::PastParticiple
            ) && !self.has_child(
                first,
                &[
                    Relation::Auxiliary,
                    Relation::PassiveAuxiliary,
                    Relation::Object,
                ],
            ) && !lexicon::has_no_passive(self.lemma(first));
            let subject = self.children(first).find(|&subject| {
                subject < first
                    && matches!(
                        self.relation(subject),
                        Relation::NominalSubject | Relation::PassiveNominalSubject
                    )
            });
            if let Some(subject) = subject.filter(|_| is_participle) {
                self.make_main(first, subject, verb);
            }
        }
    }

    /// Makes a verb the head of a clause in the place of a participle, which then describes the
    /// subject.
    fn make_main(&mut self, participle: usize, subject: usize, verb: usize) {
        self.put_in_place_of(verb, participle);
        for child in (0..subject).chain(verb + 1..self.heads.len()) {
            if self.head(child) == Some(participle) {
                self.attach(child, verb, self.relation(child));
            }
        }
        self.attach(subject, verb, Relation::NominalSubject);
        self.attach(participle, subject, Relation::AdnominalClause);
        self.retag(participle, FineTag::PastParticiple);
    }
}
