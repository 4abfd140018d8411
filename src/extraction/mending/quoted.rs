//! Words quoted by somebody else: "Lee was quoted as saying", and phrases between a verb of saying
//! and what is said.

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::{Mending, NOMINAL_SUBJECTS};

impl Mending<'_> {
    /// All rules of quoted words.
    pub(super) fn quoted(&mut self) {
        self.quoted_as_saying();
        self.circumstances_before_contents();
        self.circumstances_before_speakers();
        self.measures_taken_for_contents();
        self.listeners_before_contents();
        self.subjects_of_contents();
        self.questions_taken_for_circumstances();
        self.contents_with_which();
        self.descriptions_joined_to_names();
        self.perfects_taken_for_contents();
        self.interrupted_copulas();
        self.called_for();
        self.listeners_without_preposition();
    }

    /// "It is," Lee said, "the worst year": the copula in front of the frame is that of the noun
    /// behind it.
    fn interrupted_copulas(&mut self) {
        for copula in 1..self.heads.len() {
            let Some(saying) = self.head(copula).filter(|&saying| {
                self.lemma(copula) == "be"
                    && copula < saying
                    && self.relation(copula) == Relation::ClausalComplement
                    && lexicon::is_speech(self.lemma(saying))
            }) else {
                continue;
            };
            let said = self.children(saying).find(|&said| {
                said > saying
                    && self.relation(said) == Relation::ClausalComplement
                    && !self.has_child(
                        said,
                        &[Relation::NominalSubject, Relation::Copula, Relation::Marker],
                    )
                    && matches!(
                        self.tag(said),
                        UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Adjective
                    )
            });
            let Some(said) = said else {
                continue;
            };
            let front: Vec<usize> = self
                .children(copula)
                .filter(|&child| self.relation(child) != Relation::Punctuation)
                .collect();
            let is_there = front.iter().any(|&word| self.is(word, "there"));
            if is_there {
                self.attach(said, copula, Relation::NominalSubject);
                continue;
            }
            for child in front {
                self.attach(child, said, self.relation(child));
            }
            self.attach(copula, said, Relation::Copula);
        }
    }

    /// "Called for the mine to be closed": what is called for is that it be closed.
    fn called_for(&mut self) {
        for clause in 3..self.heads.len() {
            let Some(verb) = self.head(clause).filter(|&verb| {
                verb < clause
                    && matches!(
                        self.relation(clause),
                        Relation::AdverbialClause | Relation::OpenClausalComplement
                    )
                    && matches!(
                        self.lemma(verb),
                        "call"
                            | "push"
                            | "campaign"
                            | "plead"
                            | "appeal"
                            | "ask"
                            | "wait"
                            | "press"
                    )
            }) else {
                continue;
            };
            let is_for = self.children(clause).any(|mark| {
                mark == verb + 1 && self.relation(mark) == Relation::Marker && self.is(mark, "for")
            });
            let is_to = self
                .children(clause)
                .any(|mark| self.relation(mark) == Relation::Marker && self.is(mark, "to"));
            // The noun between "for" and "to" is the subject, whatever it hangs on.
            let loose = self.children(verb).find(|&noun| {
                verb + 1 < noun
                    && noun < clause
                    && self.relation(noun) == Relation::Oblique
                    && !self.has_child(noun, &[Relation::Case])
            });
            if let Some(noun) = loose.filter(|_| is_for && is_to) {
                self.attach(noun, clause, self.subject_relation(clause));
            }
            if is_for && is_to && self.has_child(clause, &NOMINAL_SUBJECTS) {
                self.relate(clause, Relation::ClausalComplement);
            }
        }
    }

    /// "Told reporters it was ready": who is told stands right behind the verb.
    fn listeners_without_preposition(&mut self) {
        for listener in 1..self.heads.len() {
            let is_bare = matches!(
                self.relation(listener),
                Relation::UnmarkedOblique | Relation::Oblique
            ) && matches!(
                self.fine(listener),
                FineTag::PluralNoun | FineTag::ProperNoun
            ) && !self.has_child(listener, &[Relation::Case]);
            let verb = self.head(listener).filter(|&verb| {
                is_bare
                    && self.start(listener) == verb + 1
                    && matches!(self.lemma(verb), "tell" | "inform" | "assure")
                    && !lexicon::is_calendar_name(self.form(listener))
                    && !self.tells_time(listener)
                    && self.has_child(verb, &[Relation::ClausalComplement])
            });
            if verb.is_some() {
                self.relate(listener, Relation::IndirectObject);
            }
        }
    }

    /// "…," Lee added, having said that it was so: what was done before is nothing said.
    fn perfects_taken_for_contents(&mut self) {
        for clause in 2..self.heads.len() {
            let is_perfect = self.relation(clause) == Relation::ClausalComplement
                && self.fine(clause) == FineTag::PastParticiple
                && self.children(clause).any(|having| {
                    self.relation(having) == Relation::Auxiliary
                        && self.is(having, "having")
                        && having > 0
                        && self.form(having - 1) == ","
                })
                && self.head(clause).is_some_and(|verb| verb < clause);
            if is_perfect {
                self.relate(clause, Relation::AdverbialClause);
            }
        }
    }

    /// "Told the full court that a plan would cost more": who stands before "that" is told.
    fn listeners_before_contents(&mut self) {
        for listener in 2..self.heads.len() {
            let clause = self.head(listener).filter(|&clause| {
                listener < clause
                    && self.relation(listener) == Relation::NominalSubject
                    && self.relation(clause) == Relation::ClausalComplement
            });
            let Some((clause, verb)) = clause.and_then(|clause| Some((clause, self.head(clause)?)))
            else {
                continue;
            };
            let is_behind_that = self.children(clause).any(|mark| {
                listener < mark && self.relation(mark) == Relation::Marker && self.is(mark, "that")
            });
            if verb < listener && is_behind_that && lexicon::is_telling(self.lemma(verb)) {
                self.attach(listener, verb, Relation::IndirectObject);
            }
        }
    }

    /// "Lee replied that logbooks "prove nothing"": the second subject behind the verb of saying
    /// is that of what is said.
    fn subjects_of_contents(&mut self) {
        for subject in 2..self.heads.len() {
            let Some(verb) = self.head(subject).filter(|&verb| {
                verb < subject
                    && self.relation(subject) == Relation::NominalSubject
                    && lexicon::is_speech(self.lemma(verb))
            }) else {
                continue;
            };
            let has_own = |clause: usize| {
                self.has_child(
                    clause,
                    &[Relation::NominalSubject, Relation::PassiveNominalSubject],
                )
            };
            let said = self.children(verb).find(|&said| {
                said > subject
                    && self.relation(said) == Relation::ClausalComplement
                    && !has_own(said)
            });
            let is_second = self
                .children(verb)
                .any(|first| first < verb && self.relation(first) == Relation::NominalSubject);
            let Some(said) = said.filter(|_| is_second) else {
                continue;
            };
            if (subject..said).all(|word| self.form(word) != ",") {
                self.attach(subject, said, Relation::NominalSubject);
            }
        }
    }

    /// "Was asked whether he had packed": a question is no circumstance.
    fn questions_taken_for_circumstances(&mut self) {
        for clause in 2..self.heads.len() {
            let mark = self
                .children(clause)
                .find(|&mark| self.relation(mark) == Relation::Marker && self.is(mark, "whether"));
            let Some(verb) = self.head(clause).filter(|&verb| {
                verb < clause && self.relation(clause) == Relation::AdverbialClause
            }) else {
                continue;
            };
            let asks = lexicon::is_telling(self.lemma(verb))
                || matches!(
                    self.lemma(verb),
                    "know" | "decide" | "wonder" | "discuss" | "doubt" | "consider" | "see" | "say"
                );
            let is_beside = mark.is_some_and(|mark| self.form(mark - 1) != ",");
            if asks && is_beside && !self.has_child(verb, &[Relation::ClausalComplement]) {
                self.relate(clause, Relation::ClausalComplement);
            }
        }
    }

    /// "Noted that he had two, neither of which, he said, worked": a clause about what was told
    /// before is no second thing noted.
    fn contents_with_which(&mut self) {
        for clause in 4..self.heads.len() {
            if self.relation(clause) != Relation::ClausalComplement {
                continue;
            }
            let Some(verb) = self.head(clause).filter(|&verb| verb < clause) else {
                continue;
            };
            let first = self.children(verb).find(|&first| {
                verb < first
                    && first < clause
                    && self.relation(first) == Relation::ClausalComplement
            });
            let is_about = self.children(clause).any(|subject| {
                self.relation(subject) == Relation::NominalSubject
                    && self.children(subject).any(|noun| {
                        self.relation(noun) == Relation::NominalModifier
                            && (self.is(noun, "which") || self.is(noun, "whom"))
                    })
            });
            let Some(first) = first.filter(|_| is_about) else {
                continue;
            };
            self.attach(clause, first, Relation::Parataxis);
            // The frame stands within the clause, and tells nothing of the words before it.
            let start = self.start(clause);
            for frame in start..clause {
                if self.head(frame) == Some(first) && self.relation(frame) == Relation::Parataxis {
                    self.attach(frame, clause, Relation::Parataxis);
                }
            }
        }
    }

    /// "Ann Lee, a chemist at the mill and one of its owners": both describe her.
    fn descriptions_joined_to_names(&mut self) {
        for joined in 4..self.heads.len() {
            if self.relation(joined) != Relation::Conjunct {
                continue;
            }
            let Some(name) = self
                .head(joined)
                .filter(|&name| name < joined && self.tag(name) == UniversalTag::ProperNoun)
            else {
                continue;
            };
            let description = self.children(name).find(|&noun| {
                name < noun
                    && noun < joined
                    && self.relation(noun) == Relation::Apposition
                    && self.tag(noun) == UniversalTag::Noun
            });
            let start = self.start(joined);
            let is_bare = self.form(start.saturating_sub(1)) != ","
                && self.is(start, "and")
                && matches!(self.form(start + 1), "a" | "an" | "one" | "the" | "former");
            let is_description = self.is(joined, "one") || self.tag(joined) == UniversalTag::Noun;
            if let Some(description) = description.filter(|_| is_bare && is_description) {
                self.attach(joined, description, Relation::Conjunct);
            }
        }
    }

    /// "…, Lee was quoted by Orvel as saying": what frames the words is that Lee says them.
    fn quoted_as_saying(&mut self) {
        for saying in 2..self.heads.len() {
            let quoted = self.head(saying).filter(|&quoted| {
                self.is(saying, "saying")
                    && quoted < saying
                    && matches!(self.lemma(quoted), "quote" | "cite" | "report")
                    && matches!(
                        self.relation(saying),
                        Relation::AdverbialClause | Relation::OpenClausalComplement
                    )
            });
            let Some(quoted) = quoted else {
                continue;
            };
            let subject = self
                .children(quoted)
                .find(|&word| self.relation(word) == Relation::PassiveNominalSubject);
            let mark = self
                .children(saying)
                .find(|&word| word < saying && self.is(word, "as"));
            let (Some(subject), Some(mark)) = (subject, mark) else {
                continue;
            };
            if !self.has_child(saying, &[Relation::ClausalComplement]) {
                self.put_saying_first(quoted, saying, subject);
                self.attach(mark, quoted, Relation::Discourse);
            }
        }
    }

    /// Makes the verb of saying the head of the frame, and that it was quoted its circumstance.
    fn put_saying_first(&mut self, quoted: usize, saying: usize, subject: usize) {
        self.put_in_place_of(saying, quoted);
        for child in 0..self.heads.len() {
            let is_content = self.head(child) == Some(quoted)
                && child < quoted
                && matches!(
                    self.relation(child),
                    Relation::ClausalComplement | Relation::Parataxis
                );
            let is_source = self.head(child) == Some(saying)
                && child > saying
                && self
                    .children(child)
                    .any(|case| self.relation(case) == Relation::Case && self.is(case, "by"));
            if is_content {
                self.attach(child, saying, Relation::ClausalComplement);
            } else if is_source {
                self.attach(child, quoted, Relation::Agent);
            }
        }
        self.attach(quoted, saying, Relation::AdverbialClause);
        self.attach(subject, saying, Relation::NominalSubject);
    }

    /// "Said in a statement on Monday it would close": what stands between the verb of saying and
    /// the subject of what is said tells of the saying.
    fn circumstances_before_contents(&mut self) {
        for place in 2..self.heads.len() {
            let is_circumstance = matches!(
                self.relation(place),
                Relation::Oblique | Relation::UnmarkedOblique
            );
            let clause = self.head(place).filter(|&clause| {
                is_circumstance
                    && place < clause
                    && self.relation(clause) == Relation::ClausalComplement
            });
            let Some(saying) = clause.and_then(|clause| self.head(clause)) else {
                continue;
            };
            let is_beside = self.start(place) == saying + 1
                && lexicon::is_speech(self.lemma(saying))
                && matches!(
                    self.fine(saying),
                    FineTag::PastVerb | FineTag::PresentVerbThird
                );
            let next = self.end(place) + 1;
            let goes_on = self.relation(next) != Relation::Punctuation
                && self.tag(next) != UniversalTag::SubordinatingConjunction
                && self.tag(next) != UniversalTag::CoordinatingConjunction;
            if is_beside && goes_on {
                self.attach(place, saying, self.relation(place));
            }
        }
    }

    /// "Opening the fair, Lee said that exports grew": what stands before the speaker tells of the
    /// saying.
    fn circumstances_before_speakers(&mut self) {
        for place in 0..self.heads.len() {
            let is_circumstance = matches!(
                self.relation(place),
                Relation::AdverbialClause | Relation::Oblique | Relation::UnmarkedOblique
            );
            let clause = self.head(place).filter(|&clause| {
                is_circumstance
                    && place < clause
                    && self.relation(clause) == Relation::ClausalComplement
            });
            let Some(saying) = clause.and_then(|clause| self.head(clause)) else {
                continue;
            };
            let speaker = self.children(saying).find(|&speaker| {
                speaker < saying && self.relation(speaker) == Relation::NominalSubject
            });
            let is_before = speaker.is_some_and(|speaker| place < self.start(speaker))
                && clause.is_some_and(|clause| saying < clause);
            // "On Monday, Lee said, prices rose": a frame.
            let is_frame = self.form(saying + 1) == ",";
            if is_before && !is_frame && lexicon::is_speech(self.lemma(saying)) {
                self.attach(place, saying, self.relation(place));
            }
        }
    }

    /// "It consists of ten tons, the owner said": a noun with its preposition is nothing said.
    fn measures_taken_for_contents(&mut self) {
        for noun in 2..self.heads.len() {
            let is_noun = self.tag(noun) == UniversalTag::Noun
                && self.relation(noun) == Relation::ClausalComplement
                && !self.has_child(noun, &[Relation::Copula, Relation::NominalSubject]);
            let case = self
                .children(noun)
                .find(|&case| case < noun && self.relation(case) == Relation::Case);
            let Some((case, saying)) = case.zip(self.head(noun)).filter(|_| is_noun) else {
                continue;
            };
            let verb = case.saturating_sub(1);
            let is_beside = self.head(verb) == Some(saying)
                && self.relation(verb) == Relation::ClausalComplement
                && self.tag(verb) == UniversalTag::Verb;
            if is_beside && noun < saying {
                self.attach(noun, verb, Relation::Oblique);
            }
        }
    }
}
