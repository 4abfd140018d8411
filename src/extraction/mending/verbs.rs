//! Verbs that were taken for nouns.

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::Mending;

impl Mending<'_> {
    /// "The team plans to move": a plural noun that nothing but an infinitive follows is no
    /// sentence; the noun before it is who does it.
    pub(super) fn verbs_taken_for_nouns(&mut self) {
        for verb in 1..self.heads.len() {
            let subject = verb - 1;
            let is_noun_sentence = self.relation(verb) == Relation::Root
                && self.fine(verb) == FineTag::PluralNoun
                && self.relation(subject) == Relation::Compound
                && self.head(subject) == Some(verb)
                && self.is(verb + 1, "to");
            let has_infinitive = self.children(verb).any(|word| {
                word > verb
                    && self.tag(word) == UniversalTag::Verb
                    && matches!(
                        self.relation(word),
                        Relation::OpenClausalComplement | Relation::AdnominalClause
                    )
            });
            let is_said = self.has_child(
                verb,
                &[Relation::NominalSubject, Relation::Copula, Relation::Case],
            );
            if !is_noun_sentence || !has_infinitive || is_said {
                continue;
            }
            for word in 0..subject {
                if self.head(word) == Some(verb) {
                    self.attach(word, subject, self.relation(word));
                }
            }
            for word in verb + 1..self.heads.len() {
                let is_infinitive = self.relation(word) == Relation::AdnominalClause;
                if self.head(word) == Some(verb) && is_infinitive {
                    self.attach(word, verb, Relation::OpenClausalComplement);
                }
            }
            self.attach(subject, verb, Relation::NominalSubject);
            if let Some(fine) = self.fine.get_mut(verb) {
                *fine = FineTag::PresentVerbThird;
            }
        }
    }
}
