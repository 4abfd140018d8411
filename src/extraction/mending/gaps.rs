//! Gaps: clauses that describe a noun or answer a question, and what of them hangs elsewhere.

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::predicate;
use super::Mending;

impl Mending<'_> {
    /// All rules of gaps.
    pub(super) fn gaps(&mut self) {
        self.objects_of_light_verbs();
        self.subjects_of_relatives();
        self.clauses_of_questions();
        self.relatives_behind_frames();
    }

    /// "the cause they pay heed to": the bare word behind a light verb is its object.
    fn objects_of_light_verbs(&mut self) {
        for object in 1..self.heads.len() {
            let verb = object - 1;
            let is_loose = matches!(
                self.relation(object),
                Relation::AdverbialModifier
                    | Relation::OpenClausalComplement
                    | Relation::UnmarkedOblique
                    | Relation::Unspecified
            );
            let lower = self.form(object).to_lowercase();
            let is_object = is_loose
                && self.head(object) == Some(verb)
                && self.tag(verb) == UniversalTag::Verb
                && predicate::is_light(self.lemma(verb), &lower);
            if is_object {
                self.relate(object, Relation::Object);
            }
        }
    }

    /// "liked the way the lights looked": a noun behind the object is the subject of the clause
    /// that describes the object.
    fn subjects_of_relatives(&mut self) {
        for subject in 2..self.heads.len() {
            let relation = self.relation(subject);
            let is_subject = matches!(
                relation,
                Relation::NominalSubject | Relation::PassiveNominalSubject
            );
            let Some(verb) = self
                .head(subject)
                .filter(|&verb| is_subject && verb < subject)
            else {
                continue;
            };
            let clause = self.children(verb).find_map(|noun| {
                let is_between = verb < noun
                    && noun < subject
                    && matches!(self.relation(noun), Relation::Object | Relation::Oblique);
                let clause = self.children(noun).find(|&clause| {
                    subject < clause
                        && matches!(
                            self.relation(clause),
                            Relation::RelativeClause | Relation::AdverbialRelativeClause
                        )
                });
                clause.filter(|_| is_between)
            });
            let has_own = |clause: usize| {
                self.has_child(
                    clause,
                    &[Relation::NominalSubject, Relation::PassiveNominalSubject],
                )
            };
            if let Some(clause) = clause.filter(|&clause| !has_own(clause)) {
                self.attach(subject, clause, relation);
            }
        }
    }

    /// "told how it works": the question is what is told, not its first word.
    fn clauses_of_questions(&mut self) {
        for word in 1..self.heads.len() {
            let is_question = self.fine(word) == FineTag::WhAdverb
                && matches!(
                    self.relation(word),
                    Relation::Object | Relation::AdverbialModifier | Relation::ClausalComplement
                );
            let Some(verb) = self.head(word).filter(|&verb| is_question && verb < word) else {
                continue;
            };
            let clause = self.children(word).find(|&clause| {
                clause > word
                    && matches!(
                        self.relation(clause),
                        Relation::RelativeClause | Relation::AdverbialRelativeClause
                    )
            });
            if let Some(clause) = clause {
                self.attach(clause, verb, Relation::ClausalComplement);
                self.attach(word, clause, Relation::AdverbialModifier);
            }
        }
    }

    /// "We are ready, he said, which takes time", "Ten were held, he said, of whom six left": what
    /// stands behind a frame of speech goes on with the words before it, and nothing tells of
    /// which of them.
    fn relatives_behind_frames(&mut self) {
        for clause in 2..self.heads.len() {
            if self.relation(clause) != Relation::ClausalComplement {
                continue;
            }
            let Some(frame) = self.head(clause).filter(|&frame| frame < clause) else {
                continue;
            };
            let is_relative = self.children(clause).any(|word| {
                let is_which = self.fine(word) == FineTag::WhDeterminer && self.is(word, "which");
                word > frame + 1
                    && (is_which || self.is(word, "whom"))
                    && (self.form(word - 1) == ","
                        || self.form(word - 2) == "," && self.is(word - 1, "of"))
            });
            if !is_relative {
                continue;
            }
            let said = match self.relation(frame) {
                Relation::Parataxis => self.head(frame),
                _ => self.children(frame).find(|&said| {
                    said < frame && self.relation(said) == Relation::ClausalComplement
                }),
            };
            if let Some(said) = said {
                self.attach(clause, said, Relation::Parataxis);
            }
        }
    }
}
