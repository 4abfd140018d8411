//! Coordination at the wrong level: verbs and nouns joined to a word that is not their equal.

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::Mending;

/// Subjects that a verb may have of its own.
const SUBJECTS: [Relation; 4] = [
    Relation::NominalSubject,
    Relation::PassiveNominalSubject,
    Relation::ClausalSubject,
    Relation::Expletive,
];

impl Mending<'_> {
    /// All rules of coordination.
    pub(super) fn coordination(&mut self) {
        self.subjects_behind_participles();
        self.places_in_lists();
        self.lists_taken_for_descriptions();
        self.names_beside_named();
        self.verbs_of_another_form();
    }

    /// "unions representing miners, nurses and teachers": a participle behind its noun has no
    /// subject of its own; what stands there goes on with the list of its objects.
    fn subjects_behind_participles(&mut self) {
        for child in 1..self.heads.len() {
            let Some(verb) = self.head(child).filter(|&verb| verb < child) else {
                continue;
            };
            let is_participle = self.relation(verb) == Relation::AdnominalClause
                && matches!(self.fine(verb), FineTag::Gerund | FineTag::PastParticiple);
            let is_listed =
                self.form(child - 1) == "," && self.relation(child) == Relation::NominalSubject;
            let object = self
                .children(verb)
                .find(|&other| self.relation(other) == Relation::Object && other < child);
            if let Some(object) = object.filter(|_| is_participle && is_listed) {
                self.attach(child, object, Relation::Conjunct);
                for other in 0..self.heads.len() {
                    if self.head(other) == Some(child) && self.relation(other) == Relation::Conjunct
                    {
                        self.attach(other, object, Relation::Conjunct);
                    }
                }
            }
        }
    }

    /// "in Austria, Slovenia and Italy": a place after a comma that others follow is one of a
    /// list, not where the first one lies.
    fn places_in_lists(&mut self) {
        for child in 1..self.heads.len() {
            if self.relation(child) != Relation::UnmarkedNominalModifier
                || self.form(child - 1) != ","
            {
                continue;
            }
            let Some(head) = self.head(child).filter(|&head| head < child) else {
                continue;
            };
            let is_listed = [head, child].into_iter().any(|member| {
                self.children(member).any(|other| {
                    other > child
                        && self.relation(other) == Relation::Conjunct
                        && !(child + 1..other).any(|between| self.form(between) == ",")
                })
            });
            if is_listed && self.tag(head) == self.tag(child) {
                self.attach(child, head, Relation::Conjunct);
            }
        }
    }

    /// "Leaders of the states, the envoy and the mayor met": a description in front of a verb is
    /// closed by a comma; without one it is a member of a list.
    fn lists_taken_for_descriptions(&mut self) {
        for child in 2..self.heads.len() {
            if self.relation(child) != Relation::Apposition {
                continue;
            }
            let Some(head) = self.head(child).filter(|&head| head < child) else {
                continue;
            };
            let is_subject = SUBJECTS.contains(&self.relation(head));
            let others: Vec<usize> = self
                .children(child)
                .chain(self.children(head))
                .filter(|&other| other > child && self.relation(other) == Relation::Conjunct)
                .collect();
            let (Some(&other), true) = (others.first(), is_subject) else {
                continue;
            };
            let end = self.end(head);
            let is_open = self.form(end) != "," && self.form(end + 1) != ",";
            let is_comma_at =
                |place: usize| self.form(place) == "," || place > 0 && self.form(place - 1) == ",";
            let has_comma = is_comma_at(self.start(child));
            let is_last = !is_comma_at(self.start(other));
            if is_open && has_comma && is_last {
                self.attach(child, head, Relation::Conjunct);
                for other in others {
                    self.attach(other, head, Relation::Conjunct);
                }
            }
        }
    }

    /// "her husband Karl Lind and Eva Roth": Eva Roth is no husband, but beside him.
    fn names_beside_named(&mut self) {
        for child in 1..self.heads.len() {
            let is_joined = self.relation(child) == Relation::Conjunct;
            let Some(name) = self.head(child).filter(|&name| is_joined && name < child) else {
                continue;
            };
            let Some(noun) = self.head(name).filter(|&noun| noun + 1 == name) else {
                continue;
            };
            let is_named = self.relation(name) == Relation::Apposition
                && self.fine(noun) == FineTag::Noun
                && self.tag(name) == UniversalTag::ProperNoun;
            if is_named {
                self.attach(child, noun, Relation::Conjunct);
            }
        }
    }

    /// "vowed to build roads and join the union": a bare verb goes on with a bare verb, a finite
    /// one with a finite one.
    fn verbs_of_another_form(&mut self) {
        for child in 1..self.heads.len() {
            if self.relation(child) != Relation::Conjunct {
                continue;
            }
            let Some(head) = self.head(child).filter(|&head| head < child) else {
                continue;
            };
            let is_helped = SUBJECTS.into_iter().chain([
                Relation::Auxiliary,
                Relation::PassiveAuxiliary,
                Relation::Copula,
                Relation::Marker,
            ]);
            if self.has_child(child, &is_helped.collect::<Vec<_>>()) {
                continue;
            }
            let better = match (self.fine(child), self.fine(head)) {
                (
                    FineTag::BaseVerb | FineTag::PresentVerb,
                    FineTag::PastVerb
                    | FineTag::PresentVerbThird
                    | FineTag::PastParticiple
                    | FineTag::Gerund,
                ) => self.bare_verb_before(child, head),
                (
                    FineTag::PastVerb | FineTag::PresentVerbThird,
                    FineTag::BaseVerb | FineTag::Gerund,
                ) if !self.has_child(head, &[Relation::Auxiliary]) => self.finite_verb_above(head),
                _ => None,
            };
            if let Some(better) = better.filter(|&better| better != child) {
                self.attach(child, better, Relation::Conjunct);
            }
        }
    }

    /// The nearest bare verb in front that hangs below a verb or holds it.
    fn bare_verb_before(&self, child: usize, head: usize) -> Option<usize> {
        let is_bare = |index: usize| {
            self.fine(index) == FineTag::BaseVerb
                && matches!(
                    self.relation(index),
                    Relation::OpenClausalComplement
                        | Relation::ClausalComplement
                        | Relation::AdverbialClause
                        | Relation::AdnominalClause
                        | Relation::Root
                )
        };
        (0..child).rev().find(|&index| {
            is_bare(index) && (self.is_below(index, head) || self.is_below(head, index))
        })
    }

    /// The nearest finite verb that a bare verb hangs below.
    fn finite_verb_above(&self, verb: usize) -> Option<usize> {
        let mut current = self.head(verb);
        for _ in 0..self.heads.len() {
            let place = current?;
            let is_finite = matches!(
                self.fine(place),
                FineTag::PastVerb | FineTag::PresentVerbThird | FineTag::PresentVerb
            ) || self.has_child(place, &[Relation::Auxiliary])
                && self.has_child(place, &SUBJECTS);
            if is_finite && place < verb {
                return Some(place);
            }
            current = self.head(place);
        }
        None
    }
}
