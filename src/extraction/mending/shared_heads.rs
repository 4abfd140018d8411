//! Nouns and adjectives that "and" joins before the noun they both describe.

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::Mending;

impl Mending<'_> {
    /// "sports and cultural contacts": an adjective joined to a noun right before another noun
    /// describes that one, and so does the first noun.
    pub(super) fn shared_heads(&mut self) {
        for adjective in 2..self.heads.len().saturating_sub(1) {
            let (first, and, noun) = (adjective - 2, adjective - 1, adjective + 1);
            let is_joined = self.tag(adjective) == UniversalTag::Adjective
                && self.relation(adjective) == Relation::Conjunct
                && self.head(adjective) == Some(first)
                && self.tag(first) == UniversalTag::Noun
                && self.relation(and) == Relation::Coordination
                && self.tag(noun) == UniversalTag::Noun;
            let Some(above) = self.head(first).filter(|_| is_joined) else {
                continue;
            };
            let is_beside = self.head(noun) == Some(first)
                && self.relation(noun) == Relation::Conjunct
                || self.head(noun) == Some(above);
            if is_beside {
                self.give_place(first, noun, above);
                self.attach(and, adjective, Relation::Coordination);
                self.attach(adjective, first, Relation::Conjunct);
            }
        }
    }

    /// "between Orvel, which owns it, and Kestel": two stand on the sides of "between", whatever is
    /// told of the first.
    pub(super) fn sides_of_between(&mut self) {
        for first in 1..self.heads.len().saturating_sub(2) {
            let is_one = matches!(
                self.fine(first),
                FineTag::Noun | FineTag::ProperNoun | FineTag::PluralProperNoun
            ) && self
                .children(first)
                .any(|case| self.relation(case) == Relation::Case && self.is(case, "between"))
                && !self.has_child(first, &[Relation::Conjunct, Relation::NumericModifier]);
            let and = (first + 1..self.heads.len()).find(|&word| {
                self.is(word, "and") && self.relation(word) == Relation::Coordination
            });
            let Some((and, other)) = and.filter(|_| is_one).and_then(|and| {
                let other = self.head(and)?;
                (and < other).then_some((and, other))
            }) else {
                continue;
            };
            let is_apart = self.form(and - 1) == "," && self.relation(other) == Relation::Conjunct;
            let is_below = self
                .head(other)
                .is_some_and(|head| head != first && self.is_below(head, first));
            if self.is_nominal_word(other) && is_apart && is_below {
                self.attach(other, first, Relation::Conjunct);
            } else if self.tag(other) == UniversalTag::Verb {
                self.last_side_taken_for_subject(first, and, other);
            }
        }
    }

    /// "opened after a deal between Lund, Arno and Velm was signed": the last of the sides is no
    /// subject; the deal is.
    fn last_side_taken_for_subject(&mut self, first: usize, and: usize, verb: usize) {
        let Some(subject) = self.children(verb).find(|&subject| {
            matches!(
                self.relation(subject),
                Relation::NominalSubject | Relation::PassiveNominalSubject
            ) && self.start(subject) == and + 1
        }) else {
            return;
        };
        let members: Vec<usize> = self
            .children(first)
            .filter(|&member| {
                self.relation(member) == Relation::Apposition
                    && member < and
                    && self.end(member) + 1 == and
                    && self.kind(member).is_some()
            })
            .collect();
        let Some((deal, joining, above)) = self.head(first).and_then(|deal| {
            let joining = self.children(deal).find(|&case| {
                self.relation(case) == Relation::Case
                    && matches!(self.form(case), "after" | "before" | "since" | "until")
            })?;
            Some((deal, joining, self.head(deal)?))
        }) else {
            return;
        };
        if members.is_empty() || self.head(verb) != Some(above) {
            return;
        }
        let relation = self.relation(subject);
        for &member in &members {
            self.attach(member, first, Relation::Conjunct);
        }
        self.attach(subject, first, Relation::Conjunct);
        self.attach(and, subject, Relation::Coordination);
        self.attach(verb, above, Relation::AdverbialClause);
        self.attach(deal, verb, relation);
        self.attach(joining, verb, Relation::Marker);
    }

    /// Puts a noun in the place of the one before it, which then describes it; what hung on the
    /// first hangs on the second.
    fn give_place(&mut self, first: usize, noun: usize, above: usize) {
        let relation = self.relation(first);
        self.attach(noun, above, relation);
        let others: Vec<usize> = self
            .children(first)
            .filter(|&word| word != noun && !(first..noun).contains(&word))
            .collect();
        for word in others {
            self.attach(word, noun, self.relation(word));
        }
        self.attach(first, noun, Relation::Compound);
    }
}
