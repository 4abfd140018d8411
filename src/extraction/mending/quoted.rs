//! Words quoted by somebody else: "Lee was quoted as saying", and phrases between a verb of saying
//! and what is said.

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::Mending;

impl Mending<'_> {
    /// All rules of quoted words.
    pub(super) fn quoted(&mut self) {
        self.quoted_as_saying();
        self.circumstances_before_contents();
        self.measures_taken_for_contents();
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
        let (above, relation) = (self.head(quoted), self.relation(quoted));
        if let Some(place) = self.heads.get_mut(saying) {
            *place = above;
        }
        if let Some(place) = self.relations.get_mut(saying) {
            *place = relation;
        }
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
