//! Participles: those behind a frame of speech, those right behind their noun, and finite verbs
//! that were taken for them.

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::{Mending, SUBJECTS};

impl Mending<'_> {
    /// The rules of verbs that were taken for participles, and the other way round.
    pub(super) fn finite_or_not(&mut self) {
        self.actives_taken_for_passives();
        self.questions_put();
        self.participles_in_front();
        self.recipients_of_passives();
        self.participles_before_verbs();
        self.objects_taken_for_subjects();
        self.missing_ones();
    }

    /// "found two climbers missing since Tuesday": right behind its noun the word tells of it.
    fn missing_ones(&mut self) {
        for word in 1..self.heads.len() {
            let noun = word - 1;
            let is_missing = self.form(word) == "missing"
                && self.tag(noun) == UniversalTag::Noun
                && matches!(
                    self.relation(word),
                    Relation::ClausalComplement
                        | Relation::OpenClausalComplement
                        | Relation::AdverbialClause
                );
            let is_told = self
                .head(word)
                .is_some_and(|verb| matches!(self.lemma(verb), "report" | "declare" | "list"));
            if is_missing && !is_told {
                self.attach(word, noun, Relation::AdjectivalModifier);
            }
        }
    }

    /// "Trade rose", "nine abstained": a verb without an object has no passive, and none without
    /// a form of "be" behind "had".
    fn actives_taken_for_passives(&mut self) {
        for subject in 0..self.heads.len() {
            if self.relation(subject) != Relation::PassiveNominalSubject {
                continue;
            }
            let Some(verb) = self.head(subject).filter(|&verb| subject < verb) else {
                continue;
            };
            let is_helped = self.has_child(verb, &[Relation::PassiveAuxiliary, Relation::Copula]);
            let has_had = self.children(verb).any(|word| {
                self.relation(word) == Relation::Auxiliary
                    && matches!(
                        self.form(word).to_lowercase().as_str(),
                        "had" | "has" | "have" | "'ve" | "’ve"
                    )
            });
            let lower = self.form(verb).to_lowercase();
            // "approved by secret ballot the appointment": what is approved stands behind.
            let has_object =
                self.fine(verb) == FineTag::PastVerb && self.has_child(verb, &[Relation::Object]);
            let is_active = has_had
                || has_object
                || lexicon::has_no_passive(self.lemma(verb))
                || lexicon::is_preterite(&lower);
            if is_helped || !is_active {
                continue;
            }
            self.relate(subject, Relation::NominalSubject);
            if !has_had {
                self.retag(verb, FineTag::PastVerb);
            }
            let doer = self
                .children(verb)
                .find(|&doer| self.relation(doer) == Relation::Agent);
            if let Some(doer) = doer.filter(|_| has_object) {
                self.relate(doer, Relation::Oblique);
            }
        }
    }

    /// "Asked whether he would resign, Lee said no": without a subject of its own, a past form in
    /// front of the sentence is a participle, so that Lee was asked.
    fn questions_put(&mut self) {
        for verb in 0..self.heads.len() {
            let is_bare = self.fine(verb) == FineTag::PastVerb
                && self.relation(verb) == Relation::AdverbialClause
                && !self.has_child(verb, &SUBJECTS)
                && !self.has_child(verb, &[Relation::Auxiliary, Relation::Marker])
                && matches!(
                    self.lemma(verb),
                    "ask" | "tell" | "press" | "question" | "quiz"
                );
            let is_before = self.head(verb).is_some_and(|above| verb < above);
            let is_first = verb == 0 || matches!(self.form(verb - 1), "," | "\"" | "“" | "When");
            if is_bare && is_before && is_first {
                self.retag(verb, FineTag::PastParticiple);
            }
        }
    }

    /// "Ships built in Busan sail there": right behind the subject of another verb, and without a
    /// subject of its own, the form is a participle.
    fn participles_before_verbs(&mut self) {
        for verb in 1..self.heads.len() {
            let is_bare = matches!(self.fine(verb), FineTag::PastVerb | FineTag::PastParticiple)
                && self.relation(verb) == Relation::AdverbialClause
                && !self.has_child(verb, &SUBJECTS)
                && !self.has_child(
                    verb,
                    &[Relation::Marker, Relation::Auxiliary, Relation::Object],
                );
            let Some(main) = self.head(verb).filter(|&main| is_bare && verb < main) else {
                continue;
            };
            let subject = verb - 1;
            let is_subject = self.head(subject) == Some(main)
                && matches!(
                    self.relation(subject),
                    Relation::NominalSubject | Relation::PassiveNominalSubject
                )
                && self.tag(subject) == UniversalTag::Noun
                && !lexicon::has_no_passive(self.lemma(verb));
            let is_closed = (verb + 1..main).any(|mark| self.form(mark) == ",");
            if is_subject && !is_closed {
                self.attach(verb, subject, Relation::AdnominalClause);
                self.retag(verb, FineTag::PastParticiple);
            }
        }
    }

    /// "Lee, who founded the museum, died": what stands right behind a verb that needs an object
    /// is its object, and no second subject.
    fn objects_taken_for_subjects(&mut self) {
        for object in 3..self.heads.len() {
            if self.relation(object) != Relation::NominalSubject {
                continue;
            }
            let Some(main) = self.head(object).filter(|&main| object < main) else {
                continue;
            };
            let first = self
                .children(main)
                .find(|&first| first < object && self.relation(first) == Relation::NominalSubject);
            let Some(verb) = self.start(object).checked_sub(1) else {
                continue;
            };
            let is_open = self.tag(verb) == UniversalTag::Verb
                && matches!(
                    self.fine(verb),
                    FineTag::PastVerb | FineTag::PresentVerb | FineTag::PresentVerbThird
                )
                && !self.has_child(
                    verb,
                    &[
                        Relation::Object,
                        Relation::ClausalComplement,
                        Relation::OpenClausalComplement,
                    ],
                )
                && !lexicon::is_speech(self.lemma(verb));
            if first.is_some_and(|first| self.is_below(verb, first)) && is_open {
                self.attach(object, verb, Relation::Object);
            }
        }
    }

    /// "…," the judge said, referring to the delay": who speaks refers to it. And "the dam broke,
    /// police said, leaving many homeless": that it broke left them so, which nobody said.
    pub(super) fn participles_behind_frames(&mut self) {
        for participle in 3..self.heads.len() {
            let is_participle = self.fine(participle) == FineTag::Gerund
                && self.relation(participle) == Relation::AdverbialClause
                && self.form(participle - 1) == ","
                && !self.has_child(participle, &SUBJECTS)
                && !self.has_child(participle, &[Relation::Marker, Relation::Auxiliary]);
            let Some(above) = self
                .head(participle)
                .filter(|&above| is_participle && above < participle)
            else {
                continue;
            };
            let Some((frame, statement)) = self.frame_between(above, participle) else {
                continue;
            };
            let is_closed = (statement + 1..frame)
                .any(|mark| matches!(self.form(mark), "\"" | "”" | "''" | "’"));
            let lemma = self.lemma(participle);
            if lexicon::is_consequence(lemma) && !is_closed {
                self.attach(participle, frame, Relation::Parataxis);
            } else if is_closed || lexicon::is_speech(lemma) || lexicon::is_act_of_speech(lemma) {
                self.attach(participle, frame, Relation::AdverbialClause);
            }
        }
    }

    /// The verb of saying that stands between what is said and a word, and the predicate of what
    /// is said: the frame may hang on it, or it on the frame.
    fn frame_between(&self, above: usize, word: usize) -> Option<(usize, usize)> {
        let is_frame = |verb: usize| {
            self.tag(verb) == UniversalTag::Verb
                && lexicon::is_speech(self.lemma(verb))
                && self.has_child(verb, &[Relation::NominalSubject])
        };
        let statement_of = |frame: usize| {
            self.children(frame)
                .find(|&said| said < frame && self.relation(said) == Relation::ClausalComplement)
        };
        if is_frame(above)
            && let Some(said) = statement_of(above)
        {
            return Some((above, said));
        }
        let mut statement = above;
        for _ in 0..self.heads.len() {
            let aside = self.children(statement).find(|&frame| {
                self.relation(frame) == Relation::Parataxis
                    && (statement..word).contains(&frame)
                    && is_frame(frame)
                    && !self.has_child(frame, &[Relation::ClausalComplement])
            });
            if let Some(frame) = aside {
                return Some((frame, statement));
            }
            let next = self.head(statement)?;
            if self.relation(statement) == Relation::ClausalComplement
                && (statement..word).contains(&next)
            {
                return is_frame(next).then_some((next, statement));
            }
            if self.relation(statement) == Relation::ClausalComplement {
                return None;
            }
            statement = next;
        }
        None
    }
}
