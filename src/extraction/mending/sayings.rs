//! Sayings: what stands around a verb of saying and was given to the wrong side of it, and
//! participles and provisos that were taken for something else.

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::Mending;

/// Subjects that a verb may have of its own.
const SUBJECTS: [Relation; 6] = [
    Relation::NominalSubject,
    Relation::PassiveNominalSubject,
    Relation::OuterNominalSubject,
    Relation::ClausalSubject,
    Relation::PassiveClausalSubject,
    Relation::Expletive,
];

/// A noun phrase runs through no more words on the way to its verb.
const DEEPEST: usize = 6;

impl Mending<'_> {
    /// All rules of sayings; they come before the subjects of a verb are counted.
    pub(super) fn sayings(&mut self) {
        self.participles_of_asking();
        self.provisos();
        self.determiners_of_contents();
        self.descriptions_before_speakers();
        self.subjects_before_frames();
        self.contents_behind_frames();
        self.outer_subjects_of_contents();
        self.contents_taken_for_objects();
        self.clauses_across_semicolons();
        self.contents_before_speakers();
    }

    /// "Denmark was kept informed, sources said": a whole clause without a connective in front of
    /// the speaker is what was said.
    fn contents_before_speakers(&mut self) {
        for clause in 0..self.heads.len() {
            let Some(verb) = self.head(clause).filter(|&verb| {
                verb > clause
                    && self.relation(clause) == Relation::AdverbialClause
                    && lexicon::is_speech(self.lemma(verb))
                    && !self.has_child(verb, &[Relation::ClausalComplement, Relation::Object])
            }) else {
                continue;
            };
            let speaker = self.children(verb).find(|&speaker| {
                speaker > clause && speaker < verb && SUBJECTS.contains(&self.relation(speaker))
            });
            let is_finite = matches!(
                self.fine(clause),
                FineTag::PastVerb | FineTag::PresentVerb | FineTag::PresentVerbThird
            ) || self.children(clause).any(|word| {
                matches!(
                    self.fine(word),
                    FineTag::PastVerb
                        | FineTag::PresentVerb
                        | FineTag::PresentVerbThird
                        | FineTag::Modal
                ) && matches!(
                    self.relation(word),
                    Relation::Auxiliary | Relation::PassiveAuxiliary | Relation::Copula
                )
            });
            let is_free = self.has_child(clause, &SUBJECTS)
                && !self.has_child(clause, &[Relation::Marker])
                && !self.children(clause).any(|word| {
                    word < clause
                        && matches!(self.fine(word), FineTag::WhAdverb | FineTag::WhPronoun)
                });
            let is_apart = speaker.is_some_and(|speaker| {
                let start = self.start(speaker);
                start > 0 && self.form(start - 1) == ","
            });
            if is_finite && is_free && is_apart {
                self.attach(clause, verb, Relation::ClausalComplement);
            }
        }
    }

    /// "My thought was that it had failed," Lee said: the noun before "was that" is no clause.
    fn outer_subjects_of_contents(&mut self) {
        for clause in 3..self.heads.len() {
            if self.relation(clause) != Relation::ClausalComplement {
                continue;
            }
            let Some(saying) = self.head(clause) else {
                continue;
            };
            let copula = self.children(clause).find(|&copula| {
                copula < clause
                    && self.relation(copula) == Relation::Copula
                    && self.is(copula + 1, "that")
            });
            let Some(copula) = copula else {
                continue;
            };
            let noun = self.children(saying).find(|&noun| {
                noun < copula
                    && self.relation(noun) == Relation::ClausalComplement
                    && matches!(
                        self.tag(noun),
                        UniversalTag::Noun | UniversalTag::Adjective | UniversalTag::Numeral
                    )
                    && !self.has_child(noun, &SUBJECTS)
                    && !self.has_child(noun, &[Relation::Copula])
            });
            if let Some(noun) = noun {
                self.attach(noun, clause, Relation::OuterNominalSubject);
            }
        }
    }

    /// "Said the choice lay with them": a verb that has no passive describes no noun, which then
    /// is its subject.
    fn contents_taken_for_objects(&mut self) {
        for verb in 2..self.heads.len() {
            let is_clause = self.relation(verb) == Relation::AdnominalClause
                && (lexicon::has_no_passive(self.lemma(verb))
                    || lexicon::is_preterite(&self.form(verb).to_lowercase()))
                && matches!(self.fine(verb), FineTag::PastVerb | FineTag::PastParticiple)
                && !self.has_child(verb, &SUBJECTS);
            let Some(noun) = self.head(verb).filter(|&noun| is_clause && noun < verb) else {
                continue;
            };
            let Some(saying) = self.head(noun).filter(|&saying| {
                saying < noun
                    && self.relation(noun) == Relation::Object
                    && lexicon::is_speech(self.lemma(saying))
            }) else {
                continue;
            };
            let is_beside = (noun + 1..verb).all(|word| self.is_below(word, noun))
                && (noun..verb).all(|word| self.form(word) != ",");
            if is_beside && !self.has_child(saying, &[Relation::ClausalComplement]) {
                self.attach(verb, saying, Relation::ClausalComplement);
                self.attach(noun, verb, Relation::NominalSubject);
                self.retag(verb, FineTag::PastVerb);
            }
        }
    }

    /// "He will go; nobody is named, though papers speak of Lee": what a conjunction begins
    /// behind a semicolon belongs to the clause behind it.
    fn clauses_across_semicolons(&mut self) {
        for clause in 4..self.heads.len() {
            let Some(above) = self.head(clause).filter(|&above| {
                above < clause && self.relation(clause) == Relation::AdverbialClause
            }) else {
                continue;
            };
            let Some(mark) = (above..clause).find(|&mark| self.form(mark) == ";") else {
                continue;
            };
            let nearer = (mark + 1..self.start(clause)).rev().find(|&verb| {
                matches!(
                    self.relation(verb),
                    Relation::Parataxis | Relation::Conjunct | Relation::Root
                ) && self.has_child(verb, &SUBJECTS)
            });
            if let Some(nearer) = nearer {
                self.attach(clause, nearer, Relation::AdverbialClause);
            }
        }
    }

    /// "Asked whether it would close, she said no": without a subject of its own, the past form
    /// in front of or behind a clause is a participle, and she is asked.
    fn participles_of_asking(&mut self) {
        for verb in 0..self.heads.len() {
            let is_bare = self.fine(verb) == FineTag::PastVerb
                && self.relation(verb) == Relation::AdverbialClause
                && !self.has_child(verb, &SUBJECTS)
                && !self.has_child(verb, &[Relation::Auxiliary, Relation::Object])
                && !lexicon::has_no_passive(self.lemma(verb));
            let is_told = lexicon::is_telling(self.lemma(verb))
                || matches!(self.lemma(verb), "ask" | "press" | "question" | "quiz");
            if is_bare && is_told {
                self.retag(verb, FineTag::PastParticiple);
            }
        }
    }

    /// "Will pay provided that all agree": the participle only joins a condition.
    fn provisos(&mut self) {
        for word in 1..self.heads.len() {
            let is_proviso = (self.is(word, "provided") || self.is(word, "providing"))
                && matches!(
                    self.relation(word),
                    Relation::AdnominalClause | Relation::AdverbialClause
                )
                && !self.has_child(word, &SUBJECTS)
                && !self.has_child(word, &[Relation::Auxiliary, Relation::Object]);
            let condition = self.children(word).find(|&clause| {
                clause > word && self.relation(clause) == Relation::ClausalComplement
            });
            let Some(condition) = condition.filter(|_| is_proviso) else {
                continue;
            };
            let Some(main) = self.clause_above(word) else {
                continue;
            };
            self.attach(condition, main, Relation::AdverbialClause);
            self.attach(word, condition, Relation::Marker);
            if self.is(word + 1, "that") && self.head(word + 1) == Some(condition) {
                self.attach(word + 1, word, Relation::Fixed);
            }
        }
    }

    /// The verb of the clause that a word hangs in, through the nouns between them.
    fn clause_above(&self, word: usize) -> Option<usize> {
        let mut current = self.head(word)?;
        for _ in 0..DEEPEST {
            let is_clause = self.has_child(current, &SUBJECTS)
                || matches!(
                    self.relation(current),
                    Relation::Root | Relation::ClausalComplement | Relation::Conjunct
                );
            if is_clause {
                return Some(current);
            }
            current = self.head(current)?;
        }
        None
    }

    /// "Adding that work would begin": "that" joins the clause and tells of no work.
    fn determiners_of_contents(&mut self) {
        for word in 1..self.heads.len() {
            let is_that = self.is(word, "that")
                && self.relation(word) == Relation::Determiner
                && self.tag(word) != UniversalTag::Pronoun
                && lexicon::is_speech(self.lemma(word - 1));
            let clause = self
                .head(word)
                .filter(|&noun| is_that && SUBJECTS.contains(&self.relation(noun)))
                .and_then(|noun| self.head(noun))
                .filter(|&clause| self.head(clause) == Some(word - 1));
            if let Some(clause) = clause {
                self.attach(word, clause, Relation::Marker);
            }
        }
    }

    /// "Briefing reporters, the envoy said it was over": what stands in front tells what the
    /// speaker does, and is no subject.
    fn descriptions_before_speakers(&mut self) {
        for subject in 1..self.heads.len() {
            let Some(verb) = self.head(subject).filter(|&verb| {
                subject < verb
                    && self.relation(subject) == Relation::NominalSubject
                    && lexicon::is_speech(self.lemma(verb))
            }) else {
                continue;
            };
            let start = self.start(subject);
            let is_doing = start < subject
                && self.form(start).ends_with("ing")
                && matches!(
                    self.relation(start),
                    Relation::Compound | Relation::AdjectivalModifier
                )
                && (start == 0 || self.form(start - 1) == "\"")
                && self.form(subject + 1) == ",";
            let has_other = self.children(verb).any(|other| {
                subject < other && other < verb && self.relation(other) == Relation::NominalSubject
            });
            if is_doing && has_other {
                self.relate(subject, Relation::Dislocated);
            }
        }
    }

    /// "The second set, Lee told the court, balanced": what is set off in front of a verb of
    /// saying with a subject of its own is the subject of what stands behind the frame.
    fn subjects_before_frames(&mut self) {
        for verb in 2..self.heads.len() {
            if !lexicon::is_speech(self.lemma(verb)) {
                continue;
            }
            let Some((first, second)) = self.subject_and_speaker(verb) else {
                continue;
            };
            let said = self.children(verb).find(|&said| {
                said > verb
                    && said > second
                    && self.relation(said) == Relation::ClausalComplement
                    && !self.has_child(said, &SUBJECTS)
                    && !self.has_child(said, &[Relation::Marker])
            });
            let Some(said) = said else {
                continue;
            };
            let begins = verb.min(self.start(second));
            let is_set_off = (first + 1..begins).any(|mark| self.form(mark) == ",")
                && (verb.max(second) + 1..said).any(|mark| self.form(mark) == ",");
            if is_set_off {
                self.attach(first, said, self.subject_relation(said));
            }
        }
    }

    /// A noun in front of a verb, and the subject of the verb, where these are two.
    fn subject_and_speaker(&self, verb: usize) -> Option<(usize, usize)> {
        let is_noun = |word: usize| {
            matches!(
                self.tag(word),
                UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Pronoun
            ) && !self.has_child(word, &SUBJECTS)
                && !self.has_child(word, &[Relation::Copula])
        };
        let first = self.children(verb).find(|&word| {
            word < verb
                && is_noun(word)
                && matches!(
                    self.relation(word),
                    Relation::NominalSubject
                        | Relation::OuterNominalSubject
                        | Relation::Object
                        | Relation::ClausalComplement
                )
        })?;
        let second = self
            .children(verb)
            .find(|&word| word > first && self.relation(word) == Relation::NominalSubject)?;
        Some((first, second))
    }

    /// "It was important, he said, that they met": the clause is what was important.
    fn contents_behind_frames(&mut self) {
        for clause in 4..self.heads.len() {
            if self.relation(clause) != Relation::ClausalComplement {
                continue;
            }
            let is_that = self.children(clause).any(|mark| {
                self.relation(mark) == Relation::Marker
                    && self.is(mark, "that")
                    && self.form(mark - 1) == ","
            });
            let frame = self.head(clause).filter(|&frame| {
                frame < clause
                    && self.relation(frame) == Relation::Parataxis
                    && lexicon::is_speech(self.lemma(frame))
                    && self.has_child(frame, &[Relation::NominalSubject])
            });
            let Some(main) = frame
                .filter(|_| is_that)
                .and_then(|frame| self.head(frame).filter(|&main| main < frame))
            else {
                continue;
            };
            let empty = self
                .children(main)
                .find(|&word| word < main && self.is(word, "it"));
            let contents = [Relation::ClausalComplement, Relation::ClausalSubject];
            if let Some(empty) = empty.filter(|_| !self.has_child(main, &contents)) {
                self.attach(clause, main, Relation::ClausalSubject);
                self.attach(empty, main, Relation::Expletive);
            }
        }
    }
}
