//! Subjects and objects of another verb than the one a parser gave them to.

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::{Mending, NOMINAL_SUBJECTS};

impl Mending<'_> {
    /// A clause has one subject. A second one right behind the first is its apposition ("Minister",
    /// "Ann Lee"); an outer subject without a copula is an ordinary one.
    pub(super) fn one_subject_for_each_clause(&mut self) {
        let mut subjects: Vec<Option<usize>> = vec![None; self.heads.len()];
        for second in 0..self.heads.len() {
            let Some(verb) = self.head(second) else {
                continue;
            };
            let is_outer = self.relation(second) == Relation::OuterNominalSubject;
            if is_outer && !self.has_child(verb, &[Relation::Copula]) {
                self.relate(second, Relation::NominalSubject);
            }
            if !NOMINAL_SUBJECTS.contains(&self.relation(second)) {
                continue;
            }
            let first = subjects.get(verb).copied().flatten();
            let kept = match first.filter(|_| second < verb) {
                Some(first) => self.subject_of_two(first, second, verb),
                None => second,
            };
            if let Some(place) = subjects.get_mut(verb) {
                *place = Some(kept);
            }
        }
    }

    /// The one of two nouns before a verb that is its subject; the other one gets another place.
    fn subject_of_two(&mut self, first: usize, second: usize, verb: usize) -> usize {
        // "The firm paid and its rival left, Lee said": what was said has a subject too.
        let said = (first + 1..second).find(|&said| {
            self.head(said) == Some(verb) && self.relation(said) == Relation::ClausalComplement
        });
        if let Some(said) = said.filter(|&said| !self.has_child(said, &NOMINAL_SUBJECTS)) {
            self.put(first, Some(said), self.relation(first));
            return second;
        }
        // "A poor student, he left": what stands in front describes him.
        let is_pronoun = |noun: usize| self.fine(noun) == FineTag::Pronoun;
        if is_pronoun(second) && !is_pronoun(first) {
            self.relate(first, Relation::Dislocated);
            return second;
        }
        self.put(second, Some(first), Relation::Apposition);
        first
    }

    /// The rules that come before each clause has one subject.
    pub(super) fn subjects_and_names(&mut self) {
        self.subjects_of_sayings();
        self.descriptions_of_places_in_front();
        self.subjects_of_joined_verbs();
        self.subjects_with_whose();
        self.names_behind_hyphens();
        self.objects_of_earlier_verbs();
    }

    /// "The agency said no plan would have helped": the first noun is who said so.
    fn subjects_of_sayings(&mut self) {
        for subject in 0..self.heads.len() {
            if self.relation(subject) != Relation::NominalSubject {
                continue;
            }
            let Some(verb) = self.head(subject).filter(|&verb| subject < verb) else {
                continue;
            };
            let Some(saying) = self.head(verb).filter(|&saying| {
                subject < saying
                    && saying < verb
                    && self.relation(verb) == Relation::ClausalComplement
                    && lexicon::is_speech(self.lemma(saying))
            }) else {
                continue;
            };
            let has_other = self.children(verb).any(|other| {
                saying < other && other < verb && self.relation(other) == Relation::NominalSubject
            });
            if has_other && !self.has_child(saying, &[Relation::NominalSubject]) {
                self.attach(subject, saying, Relation::NominalSubject);
            }
        }
    }

    /// "In Lund, the seat of the board, clerks met": the seat is Lund, and the clerks met.
    fn descriptions_of_places_in_front(&mut self) {
        for place in 1..self.heads.len() {
            let is_front = self.relation(place) == Relation::Oblique
                && self.kind(place) == Some(EntityKind::Place);
            let Some(verb) = self.head(place).filter(|&verb| is_front && place < verb) else {
                continue;
            };
            let subjects: Vec<usize> = self
                .children(verb)
                .filter(|&subject| {
                    place < subject
                        && subject < verb
                        && self.relation(subject) == Relation::NominalSubject
                })
                .collect();
            let [description, subject] = subjects[..] else {
                continue;
            };
            let end = self.end(place);
            let has_commas = (self.form(end) == "," || self.form(end + 1) == ",")
                && (end + 1..=end + 2).contains(&self.start(description))
                && (description..subject).any(|mark| self.form(mark) == ",")
                && !self.children(description).any(|word| self.is(word, "and"));
            if has_commas && self.fine(description) == FineTag::Noun {
                self.attach(description, place, Relation::Apposition);
            }
        }
    }

    /// "The men were saved, and the minister thanked them": a noun right before a joined verb is
    /// its subject, not that of the verb before it.
    fn subjects_of_joined_verbs(&mut self) {
        for subject in 2..self.heads.len() {
            if !NOMINAL_SUBJECTS.contains(&self.relation(subject)) {
                continue;
            }
            let Some(first) = self.head(subject).filter(|&first| first < subject) else {
                continue;
            };
            let verb = self.children(first).find(|&verb| {
                subject < verb
                    && self.relation(verb) == Relation::Conjunct
                    && self.tag(verb) == UniversalTag::Verb
                    && !self.has_child(verb, &NOMINAL_SUBJECTS)
                    && (self.end(subject) + 1..verb).all(|word| {
                        self.head(word) == Some(verb) && self.tag(word) != UniversalTag::Verb
                    })
            });
            let has_own = self
                .children(first)
                .any(|other| other < first && NOMINAL_SUBJECTS.contains(&self.relation(other)));
            if let Some(verb) = verb.filter(|_| has_own) {
                self.attach(subject, verb, self.subject_relation(verb));
            }
        }
    }

    /// "The session, whose theme was trade, was opened": the theme is the subject of its own "be".
    fn subjects_with_whose(&mut self) {
        for whose in 2..self.heads.len() {
            let noun = whose + 1;
            if !self.is(whose, "whose") || self.head(whose) != Some(noun) {
                continue;
            }
            let copula = (noun + 1..self.heads.len().min(noun + 4))
                .find(|&copula| self.relation(copula) == Relation::Copula);
            let Some(complement) = copula.and_then(|copula| self.head(copula)) else {
                continue;
            };
            self.clause_taken_for_subject(whose, noun, complement);
            let is_cut = self.head(noun) != Some(complement)
                && self.relation(complement) == Relation::Apposition;
            let Some(described) = self.head(complement).filter(|&top| is_cut && top < whose) else {
                continue;
            };
            self.attach(complement, described, Relation::RelativeClause);
            self.attach(noun, complement, Relation::NominalSubject);
        }
    }

    /// "The fair, whose theme was trade, was opened": the fair was opened, not the trade.
    fn clause_taken_for_subject(&mut self, whose: usize, noun: usize, complement: usize) {
        let relation = self.relation(complement);
        let is_subject = matches!(
            relation,
            Relation::NominalSubject | Relation::PassiveNominalSubject
        ) && self.head(noun) == Some(complement);
        let Some(verb) = self
            .head(complement)
            .filter(|&verb| is_subject && complement < verb && self.form(whose - 1) == ",")
        else {
            return;
        };
        let mut described = whose - 2;
        while matches!(
            self.relation(described),
            Relation::Flat | Relation::Compound | Relation::NominalModifier
        ) {
            match self.head(described).filter(|&above| above < whose) {
                Some(above) => described = above,
                None => break,
            }
        }
        let hangs_here = self
            .head(described)
            .is_some_and(|above| above == verb || above == complement);
        if hangs_here && self.is_nominal_word(described) {
            self.attach(described, verb, relation);
            self.attach(complement, described, Relation::RelativeClause);
        }
    }

    /// "ties of Chile-Peru": what a hyphen joins to a name describes nothing.
    fn names_behind_hyphens(&mut self) {
        for name in 2..self.heads.len() {
            let is_joined = self.relation(name) == Relation::Apposition
                && self.form(name - 1) == "-"
                && self.tag(name) == UniversalTag::ProperNoun
                && self.tag(name - 2) == UniversalTag::ProperNoun;
            let is_glued = |index: usize| {
                self.tokens
                    .get(index - 1)
                    .zip(self.tokens.get(index))
                    .is_some_and(|(before, token)| before.span.end == token.span.start)
            };
            if is_joined && is_glued(name) && is_glued(name - 1) {
                self.attach(name, name - 2, Relation::Flat);
            }
        }
    }

    /// "discussed on Monday the budget, passed a plan": a noun before a joined verb is the object
    /// of the verb before it.
    fn objects_of_earlier_verbs(&mut self) {
        for object in 2..self.heads.len() {
            if self.relation(object) != Relation::Object
                || matches!(
                    self.fine(object),
                    FineTag::WhDeterminer | FineTag::WhPronoun
                )
            {
                continue;
            }
            let Some(verb) = self.head(object).filter(|&verb| object < verb) else {
                continue;
            };
            let has_own = self
                .children(verb)
                .any(|own| own > verb && self.relation(own) == Relation::Object);
            let first = self.head(verb).filter(|&first| {
                first < object
                    && self.relation(verb) == Relation::Conjunct
                    && self.tag(first) == UniversalTag::Verb
                    && !self.has_child(first, &[Relation::Object])
            });
            if let Some(first) = first.filter(|_| has_own) {
                self.attach(object, first, Relation::Object);
            }
        }
    }
}
