//! A second opinion: whether another reader, with trees and names of its own, tells the same.
//!
//! A construction that is read in two ways by two readers is hard, whatever the margins of each
//! say. That disagreement of readers tells mistakes is old: Nigam and Ghani 2000, "Analyzing the
//! Effectiveness and Applicability of Co-training"; among parsers, Sagae and Tsujii 2007.

use std::collections::{BTreeSet, HashMap};

use crate::fact::Fact;

use super::weights::{AGREEMENT, SECOND_OPINION};

/// A fact that nobody can understand alone does not become likely because two read it so.
const UNDERSTOOD: f32 = 0.25;

/// The circumstances of a fact: roles with what is told in them.
type Circumstances = BTreeSet<(String, String)>;

/// What the other reader tells.
#[derive(Debug, Default)]
pub(in crate::extraction) struct SecondOpinion {
    told: HashMap<Core, Vec<Circumstances>>,
}

/// A fact without its circumstances: sentence, subject, predicate, object, negation.
type Core = (Option<u32>, String, String, Option<String>, bool);

fn core(fact: &Fact) -> Core {
    (
        fact.evidence.first().and_then(|evidence| evidence.sentence),
        fact.subject.to_string(),
        fact.predicate.name.clone(),
        fact.object.as_ref().map(ToString::to_string),
        fact.negated,
    )
}

fn circumstances(fact: &Fact) -> Circumstances {
    let qualifiers = fact.qualifiers.iter();
    qualifiers
        .map(|known| (known.role.clone(), known.argument.to_string()))
        .collect()
}

impl SecondOpinion {
    /// What facts of another reading tell.
    pub(in crate::extraction) fn of<'f>(facts: impl Iterator<Item = &'f Fact>) -> Self {
        let mut opinion = Self::default();
        for fact in facts {
            let told = opinion.told.entry(core(fact)).or_default();
            told.push(circumstances(fact));
        }
        opinion
    }

    /// The numbers of a fact, of which the mean over many facts is 0: whether the other tells it,
    /// and whether with the same circumstances.
    pub(in crate::extraction) fn numbers(&self, fact: &Fact) -> [f32; AGREEMENT] {
        let told = self.told.get(&core(fact));
        let own = circumstances(fact);
        let is_same = told.is_some_and(|told| told.contains(&own));
        let flags = [told.is_some(), is_same];
        let mut numbers = [0.0; AGREEMENT];
        for ((number, is), (_, usual, _)) in numbers.iter_mut().zip(flags).zip(SECOND_OPINION) {
            *number = f32::from(u8::from(is)) - usual;
        }
        numbers
    }

    /// The confidence of a fact in the light of the second opinion.
    pub(in crate::extraction) fn reconsider(&self, fact: &mut Fact) {
        let numbers = self.numbers(fact).into_iter().zip(SECOND_OPINION);
        let shift: f32 = numbers
            .map(|(number, (_, _, weight))| number * weight)
            .sum();
        let reconsidered = |confidence: f32| {
            let sure = confidence.clamp(0.001, 0.999);
            let odds = (sure / (1.0 - sure)).ln() + shift;
            let likely = (1.0 / (1.0 + (-odds).exp())).clamp(0.01, 0.99);
            if confidence <= UNDERSTOOD {
                likely.min(confidence)
            } else {
                likely
            }
        };
        fact.confidence = reconsidered(fact.confidence);
        for evidence in &mut fact.evidence {
            evidence.confidence = reconsidered(evidence.confidence);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_readers_tell_is_surer_than_what_one_tells() {
        let fact = |confidence: f32| Fact {
            confidence,
            ..Fact::new("Orvel", "open", "Velmor")
        };
        let known = fact(0.6);
        let agreeing = SecondOpinion::of(std::iter::once(&known));
        let silent = SecondOpinion::of(std::iter::empty());
        let (mut same, mut other, mut vague) = (fact(0.6), fact(0.6), fact(0.2));
        agreeing.reconsider(&mut same);
        silent.reconsider(&mut other);
        agreeing.reconsider(&mut vague);
        assert!(same.confidence > 0.6 && other.confidence < 0.6);
        assert!(vague.confidence <= 0.2);
    }
}
