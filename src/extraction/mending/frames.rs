//! Clauses of saying that stand within, behind or before what is said, and what belongs to which.

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::{Mending, NOMINAL_SUBJECTS};

impl Mending<'_> {
    /// All rules of clauses of saying.
    pub(super) fn frames(&mut self) {
        self.frames_taken_for_relatives();
        self.frames_turned_round();
        self.places_in_front_of_frames();
        self.contrasts_with_what_is_said();
        self.statements_taken_for_circumstances();
    }

    /// "The town was kept informed, diplomats said on condition of anonymity": what stands before
    /// the comma, with a subject and without a mark, is what they said.
    fn statements_taken_for_circumstances(&mut self) {
        for clause in 1..self.heads.len() {
            let is_bare = self.relation(clause) == Relation::AdverbialClause
                && self.has_child(clause, &NOMINAL_SUBJECTS)
                && !self.has_child(clause, &[Relation::Marker])
                && !matches!(self.fine(clause), FineTag::Gerund)
                && !self.children(clause).any(|word| {
                    matches!(
                        self.fine(word),
                        FineTag::WhAdverb | FineTag::WhPronoun | FineTag::WhDeterminer
                    )
                });
            let Some(saying) = self.head(clause).filter(|&saying| {
                is_bare
                    && clause < saying
                    && lexicon::is_speech(self.lemma(saying))
                    && matches!(
                        self.fine(saying),
                        FineTag::PastVerb | FineTag::PresentVerb | FineTag::PresentVerbThird
                    )
                    && !self.has_child(saying, &[Relation::ClausalComplement, Relation::Object])
            }) else {
                continue;
            };
            let subject = self.children(saying).find(|&subject| {
                clause < subject
                    && subject < saying
                    && self.relation(subject) == Relation::NominalSubject
            });
            let has_comma = subject.is_some_and(|subject| {
                let start = self.start(subject);
                start > clause && self.form(start - 1) == ","
            });
            let is_finite = self.has_child(
                clause,
                &[
                    Relation::Auxiliary,
                    Relation::PassiveAuxiliary,
                    Relation::Copula,
                ],
            ) || matches!(
                self.fine(clause),
                FineTag::PastVerb | FineTag::PresentVerb | FineTag::PresentVerbThird
            );
            if has_comma && is_finite {
                self.attach(clause, saying, Relation::ClausalComplement);
            }
        }
    }

    /// "Village elders, she added, would be heard": she added it all, and no elders.
    fn frames_taken_for_relatives(&mut self) {
        for verb in 3..self.heads.len().saturating_sub(1) {
            let is_clause = matches!(
                self.relation(verb),
                Relation::RelativeClause | Relation::AdnominalClause
            ) && lexicon::is_speech(self.lemma(verb))
                && matches!(
                    self.fine(verb),
                    FineTag::PastVerb | FineTag::PresentVerbThird | FineTag::PresentVerb
                )
                && self.form(verb + 1) == ","
                && !self.has_child(verb, &[Relation::Object, Relation::Marker]);
            // "Village elders, Ida Roth added, would": her name is no other name of the elders.
            let beside = || {
                let noun = self.head(verb)?;
                self.children(noun).find(|&name| {
                    self.relation(name) == Relation::Apposition && self.end(name) + 1 == verb
                })
            };
            let subject = self
                .children(verb)
                .find(|&subject| self.relation(subject) == Relation::NominalSubject)
                .or_else(beside);
            let Some((subject, noun)) = subject.filter(|_| is_clause).zip(self.head(verb)) else {
                continue;
            };
            let start = self.start(subject);
            let is_bare = subject < verb
                && start > 0
                && self.form(start - 1) == ","
                && !matches!(
                    self.fine(subject),
                    FineTag::WhDeterminer | FineTag::WhPronoun
                );
            let above = self.head(noun).filter(|&above| is_bare && above > verb);
            if let Some(above) = above {
                self.attach(subject, verb, Relation::NominalSubject);
                self.attach(verb, above, Relation::Parataxis);
            }
        }
    }

    /// "The drug works, noted Bo Lind of Salten": behind a comma and in front of its name the form
    /// is no participle.
    fn frames_turned_round(&mut self) {
        for verb in 3..self.heads.len().saturating_sub(1) {
            let is_form = matches!(self.fine(verb), FineTag::PastParticiple | FineTag::PastVerb)
                && lexicon::is_speech(self.lemma(verb))
                && matches!(self.form(verb - 1), "," | "\"" | "”" | "''" | "’")
                && matches!(
                    self.relation(verb),
                    Relation::AdverbialClause | Relation::AdnominalClause
                );
            let other = [
                Relation::NominalSubject,
                Relation::PassiveNominalSubject,
                Relation::Marker,
                Relation::Auxiliary,
                Relation::PassiveAuxiliary,
                Relation::Case,
            ];
            if !is_form || self.has_child(verb, &other) {
                continue;
            }
            let name = self.children(verb).find(|&name| {
                name > verb
                    && self.start(name) == verb + 1
                    && matches!(self.relation(name), Relation::Agent | Relation::Object)
                    && !self.has_child(name, &[Relation::Case])
                    && self.tag(name) == UniversalTag::ProperNoun
            });
            let Some((name, above)) = name.zip(self.head(verb)).filter(|&(_, above)| above < verb)
            else {
                continue;
            };
            let mut main = above;
            if self.relation(verb) == Relation::AdnominalClause {
                let clause = std::iter::successors(Some(above), |&word| self.head(word))
                    .take(self.heads.len())
                    .find(|&word| self.tag(word) == UniversalTag::Verb);
                main = clause.unwrap_or(above);
            }
            self.retag(verb, FineTag::PastVerb);
            self.attach(name, verb, Relation::NominalSubject);
            self.attach(verb, main, Relation::Parataxis);
        }
    }

    /// "In the valley, Lind said, there were drivers who slept outside": between commas the clause
    /// of saying parts the place from what it is the place of.
    fn places_in_front_of_frames(&mut self) {
        for place in 1..self.heads.len() {
            let is_place = self.relation(place) == Relation::Oblique
                && self.has_child(place, &[Relation::Case])
                && !matches!(
                    self.lemma(place),
                    "statement"
                        | "interview"
                        | "letter"
                        | "speech"
                        | "report"
                        | "email"
                        | "post"
                        | "message"
                        | "conference"
                        | "response"
                        | "reply"
                        | "remark"
                        | "address"
                        | "testimony"
                        | "filing"
                        | "note"
                        | "briefing"
                        | "announcement"
                );
            let Some(verb) = self
                .head(place)
                .filter(|&verb| is_place && place < verb && lexicon::is_speech(self.lemma(verb)))
            else {
                continue;
            };
            let subject = self.children(verb).find(|&subject| {
                place < subject
                    && subject < verb
                    && self.relation(subject) == Relation::NominalSubject
            });
            let is_parted = subject.is_some_and(|subject| {
                let start = self.start(subject);
                start > 0 && self.form(start - 1) == ","
            }) && verb + 1 < self.heads.len()
                && self.form(verb + 1) == ",";
            let said = self
                .children(verb)
                .find(|&said| said > verb && self.relation(said) == Relation::ClausalComplement);
            if let Some(said) = said.filter(|_| is_parted) {
                self.attach(place, said, Relation::Oblique);
            }
        }
    }

    /// "Unions said the plan had failed, while employers have argued that it works": what others
    /// say stands beside what is said, not within.
    fn contrasts_with_what_is_said(&mut self) {
        for other in 4..self.heads.len() {
            let mark = self.children(other).find(|&mark| {
                mark < other
                    && self.relation(mark) == Relation::Marker
                    && (self.is(mark, "while") || self.is(mark, "whereas"))
            });
            let is_contrast = self.relation(other) == Relation::AdverbialClause
                && lexicon::is_speech(self.lemma(other))
                && self.has_child(other, &[Relation::NominalSubject])
                && mark.is_some_and(|mark| mark > 0 && self.form(mark - 1) == ",");
            if !is_contrast {
                continue;
            }
            let mut current = self.head(other);
            let mut saying = None;
            for _ in 0..self.heads.len() {
                let Some(word) = current else { break };
                let above = self.head(word);
                if self.relation(word) == Relation::ClausalComplement && word < other {
                    saying =
                        above.filter(|&verb| verb < word && lexicon::is_speech(self.lemma(verb)));
                }
                current = above;
            }
            if let Some(saying) = saying {
                self.attach(other, saying, Relation::AdverbialClause);
            }
        }
    }
}
