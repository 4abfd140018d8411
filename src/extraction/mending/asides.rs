//! What follows the comma that closes an aside goes on with the clause around it.

use crate::text::dependency::Relation;
use crate::text::tag::UniversalTag;

use super::Mending;

/// What a phrase tells with that goes on with a whole clause rather than with its last noun.
const CIRCUMSTANCES: [&str; 4] = ["at", "during", "after", "before"];

impl Mending<'_> {
    /// "Traced the van of Ek, a clerk living in Lund, to a yard", "will close the plant in Lund,
    /// where it employs 300, by May": the comma closes what is told of him and of the plant; the
    /// van was traced to the yard, and the plant will be closed by May.
    pub(super) fn phrases_behind_closed_clauses(&mut self) {
        for phrase in 6..self.heads.len() {
            if self.relation(phrase) != Relation::Oblique {
                continue;
            }
            let clause = self.head(phrase).filter(|&clause| {
                clause < phrase
                    && matches!(
                        self.relation(clause),
                        Relation::AdnominalClause
                            | Relation::RelativeClause
                            | Relation::AdverbialRelativeClause
                    )
            });
            let Some((clause, comma)) = clause.zip(self.comma_before(phrase)) else {
                continue;
            };
            let is_alone = (clause + 1..comma).all(|word| self.form(word) != ",");
            let is_closed =
                self.is_opened_aside(clause) || self.is_closed_by(phrase, clause, comma);
            let verb = self
                .above(clause)
                .find(|&word| self.tag(word) == UniversalTag::Verb)
                .filter(|&verb| verb < clause && is_alone && is_closed);
            if let Some(verb) = verb {
                self.attach(phrase, verb, Relation::Oblique);
            }
        }
    }

    /// Whether a comma opens a clause, or the description that the clause is part of.
    fn is_opened_aside(&self, clause: usize) -> bool {
        let described = self
            .head(clause)
            .filter(|&noun| self.relation(noun) == Relation::Apposition);
        let is_relative = self.relation(clause) != Relation::AdnominalClause;
        is_relative && self.comma_before(clause).is_some()
            || described.is_some_and(|noun| self.comma_before(noun).is_some())
    }

    /// "Signed a pact that ends a feud, at a summit in Lund": a clause that only tells which pact
    /// ends at the comma. Behind a place, one more may tell where that is.
    fn is_closed_by(&self, phrase: usize, clause: usize, comma: usize) -> bool {
        let is_last = (self.end(phrase) + 1..self.heads.len())
            .all(|word| self.tag(word) == UniversalTag::Punctuation);
        self.relation(clause) == Relation::RelativeClause
            && self.tag(comma - 1) != UniversalTag::ProperNoun
            && self.children(phrase).any(|case| {
                self.relation(case) == Relation::Case
                    && CIRCUMSTANCES.iter().any(|known| self.is(case, known))
            })
            && is_last
    }
}
