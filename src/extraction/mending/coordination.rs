//! Coordination at the wrong level: verbs and nouns joined to a word that is not their equal.

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon::{self, Report};
use super::{Mending, SUBJECTS};

impl Mending<'_> {
    /// All rules of coordination.
    pub(super) fn coordination(&mut self) {
        self.joined_modifiers();
        self.subjects_behind_participles();
        self.places_in_lists();
        self.names_in_lists();
        self.pronouns_and_theirs();
        self.lists_taken_for_descriptions();
        self.names_beside_named();
        self.descriptions_within_lists();
        self.places_among_people();
        self.phrases_behind_and();
        self.lists_behind_relations();
        self.verbs_of_another_form();
        self.verbs_of_the_speaker();
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

    /// "a mother and child wing was opened": where one verb form tells of one thing, the first noun
    /// belongs to the words before the second.
    fn joined_modifiers(&mut self) {
        for second in 2..self.heads.len() {
            let (Some(first), Relation::Conjunct) = (self.head(second), self.relation(second))
            else {
                continue;
            };
            let and = first + 1;
            let is_joined = first + 2 < second
                && self.is(and, "and")
                && self.head(and) == Some(second)
                && [first, second].iter().all(|&noun| {
                    self.tag(noun) == UniversalTag::Noun && self.fine(noun) == FineTag::Noun
                })
                && (and + 1..second).all(|word| {
                    self.relation(word) == Relation::Compound && self.head(word) == Some(second)
                });
            let is_subject = matches!(
                self.relation(first),
                Relation::NominalSubject | Relation::PassiveNominalSubject
            );
            let Some(verb) = self.head(first).filter(|_| is_joined && is_subject) else {
                continue;
            };
            let is_single = self.fine(verb) == FineTag::PresentVerbThird
                || self.children(verb).any(|word| {
                    matches!(
                        self.relation(word),
                        Relation::Auxiliary | Relation::PassiveAuxiliary | Relation::Copula
                    ) && matches!(self.form(word), "is" | "was" | "has")
                });
            let others: Vec<usize> = self.children(first).collect();
            let relation = self.relation(first);
            if !is_single || others.iter().any(|&word| word > second) {
                continue;
            }
            self.attach(second, verb, relation);
            self.attach(first, second, Relation::Compound);
            self.attach(and, first, Relation::Coordination);
            for word in others.into_iter().filter(|&word| word < first) {
                self.attach(word, second, self.relation(word));
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

    /// "flights to Oslo, Bergen and Lund": a name between another of its kind and the end of the
    /// list is a member of the list.
    fn names_in_lists(&mut self) {
        for second in 2..self.heads.len() {
            let is_name = self.relation(second) == Relation::Apposition
                && self.tag(second) == UniversalTag::ProperNoun
                && self.form(second - 1) == ",";
            let Some(first) = self
                .head(second)
                .filter(|&first| is_name && first < second && self.kind(first).is_some())
            else {
                continue;
            };
            let end = self.end(second);
            let is_listed = [first, second].into_iter().any(|member| {
                self.children(member).any(|last| {
                    last > second
                        && self.relation(last) == Relation::Conjunct
                        && self.tag(last) == UniversalTag::ProperNoun
                        && self
                            .children(last)
                            .any(|and| self.is(and, "and") && (and == end + 1 || and < end))
                })
            });
            if is_listed && self.kind(first) == self.kind(second) {
                self.attach(second, first, Relation::Conjunct);
            }
        }
    }

    /// "for the welcome given to her and her team": the team is joined to her.
    fn pronouns_and_theirs(&mut self) {
        for pronoun in 1..self.heads.len().saturating_sub(2) {
            let owner = pronoun + 2;
            let is_pair = match self.form(pronoun).to_lowercase().as_str() {
                "her" => self.is(owner, "her"),
                "him" | "he" => self.is(owner, "his"),
                "them" | "they" => self.is(owner, "their"),
                "she" => self.is(owner, "her"),
                "it" => self.is(owner, "its"),
                _ => false,
            };
            let is_joined = is_pair
                && self.is(pronoun + 1, "and")
                && self.fine(pronoun) == FineTag::Pronoun
                && self.relation(owner) == Relation::PossessiveModifier;
            let noun = self.head(owner).filter(|&noun| {
                is_joined && owner < noun && self.relation(noun) == Relation::Conjunct
            });
            if let Some(noun) = noun.filter(|&noun| self.head(noun) != Some(pronoun)) {
                self.attach(noun, pronoun, Relation::Conjunct);
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
            // "…," said Ann Lee, a baker and one of the owners": nothing closes it at the end.
            let is_subject = SUBJECTS.contains(&self.relation(head))
                && self.head(head).is_none_or(|verb| verb > child);
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
            if self.is_helped(child) {
                continue;
            }
            let better = match (self.fine(child), self.fine(head)) {
                (
                    FineTag::BaseVerb | FineTag::PresentVerb,
                    FineTag::PastVerb
                    | FineTag::PresentVerbThird
                    | FineTag::PastParticiple
                    | FineTag::Gerund,
                ) if !self.has_bare_helper(head) => self.bare_verb_before(child, head),
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

    /// Whether a verb has a subject or an auxiliary of its own.
    fn is_helped(&self, verb: usize) -> bool {
        let own = [
            Relation::Auxiliary,
            Relation::PassiveAuxiliary,
            Relation::Copula,
            Relation::Marker,
        ];
        self.has_child(verb, &SUBJECTS) || self.has_child(verb, &own)
    }

    /// "will be based in Oslo and keep a shop": behind "will" the form goes on with "be".
    fn has_bare_helper(&self, verb: usize) -> bool {
        self.children(verb).any(|word| self.is(word, "be"))
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

    /// "Ann Lee and Bo Ek, heads of unions, and the mayor": a plural between the people of a list
    /// and its end is a member of the list.
    fn descriptions_within_lists(&mut self) {
        for child in 2..self.heads.len() {
            let is_plural = matches!(
                self.fine(child),
                FineTag::PluralNoun | FineTag::PluralProperNoun
            );
            // "both members of the board": that is what they are.
            let is_of_both = self
                .children(child)
                .any(|word| self.is(word, "both") || self.is(word, "all"));
            let is_described =
                is_plural && self.relation(child) == Relation::Apposition && !is_of_both;
            let Some(name) = self
                .head(child)
                .filter(|&name| is_described && name < child)
            else {
                continue;
            };
            let members = self.children(name);
            let others: Vec<usize> = members
                .filter(|&other| self.relation(other) == Relation::Conjunct)
                .collect();
            let is_between = others.iter().any(|&other| other < child)
                && others.iter().any(|&other| other > child);
            if is_between && self.kind(name) == Some(EntityKind::Person) {
                self.attach(child, name, Relation::Conjunct);
            }
        }
    }

    /// "the senators and the heads of the city of Lund, the Lower Valley and Tavia": a place is
    /// listed with the place before it, not with the people.
    fn places_among_people(&mut self) {
        for place in 3..self.heads.len() {
            let is_place = self.relation(place) == Relation::Conjunct
                && self.kind(place) == Some(EntityKind::Place);
            let Some(first) = self.head(place).filter(|&first| is_place && first < place) else {
                continue;
            };
            let is_person = self.kind(first) == Some(EntityKind::Person)
                || is_in_class(&self.lemma(first).to_lowercase(), NounClass::Person);
            let start = self.start(place);
            if !is_person || start < 2 {
                continue;
            }
            // The place right before the comma or conjunction.
            let before = (first + 1..start)
                .rev()
                .find(|&word| !matches!(self.form(word), "," | "and" | "or"));
            let Some(mut before) = before else {
                continue;
            };
            while self.relation(before) == Relation::Flat
                || self.relation(before) == Relation::Compound
            {
                let Some(head) = self.head(before) else {
                    break;
                };
                before = head;
            }
            let is_beside = self.kind(before) == Some(EntityKind::Place)
                && self.relation(before) == Relation::NominalModifier
                && self.is_below(before, first);
            if is_beside {
                self.attach(place, before, Relation::Conjunct);
            }
        }
    }

    /// "spoke about sports and cultural ties": what "and" joins to a phrase is joined to it, and no
    /// second phrase without a preposition.
    fn phrases_behind_and(&mut self) {
        for child in 2..self.heads.len() {
            let relation = self.relation(child);
            let is_phrase = matches!(relation, Relation::Oblique | Relation::Object)
                && matches!(
                    self.tag(child),
                    UniversalTag::Noun | UniversalTag::ProperNoun
                )
                && !self.has_child(child, &[Relation::Case]);
            let Some(above) = self.head(child).filter(|&above| is_phrase && above < child) else {
                continue;
            };
            let Some(and) = self.children(child).find(|&word| {
                self.relation(word) == Relation::Coordination && word < child && word > 0
            }) else {
                continue;
            };
            let before = self.children(above).find(|&other| {
                other > above && self.relation(other) == relation && self.is_below(and - 1, other)
            });
            if let Some(before) = before {
                self.attach(child, before, Relation::Conjunct);
            }
        }
    }

    /// "confirmed their commitment to peace, the rule of law and equality": the list is what they
    /// are committed to.
    fn lists_behind_relations(&mut self) {
        for member in 3..self.heads.len() {
            let is_joined = self.relation(member) == Relation::Conjunct
                && !self.has_child(member, &[Relation::PossessiveModifier, Relation::Case]);
            let Some(noun) = self.head(member).filter(|&noun| is_joined && noun < member) else {
                continue;
            };
            if !lexicon::relates_to(&self.lemma(noun).to_lowercase()) {
                continue;
            }
            let related = self.children(noun).find(|&related| {
                noun < related
                    && related < member
                    && self.relation(related) == Relation::NominalModifier
                    && self
                        .children(related)
                        .any(|case| self.is(case, "to") || self.is(case, "for"))
            });
            let begins_with_comma = |member: usize| self.comma_before(member).is_some();
            let has_comma = begins_with_comma(member)
                || [Some(noun), related].into_iter().flatten().any(|first| {
                    self.children(first).any(|other| {
                        other != member
                            && self.relation(other) == Relation::Conjunct
                            && begins_with_comma(other)
                    })
                });
            if let Some(related) = related.filter(|_| has_comma) {
                self.attach(member, related, Relation::Conjunct);
            }
        }
    }

    /// "said that the plan helps and thanked the hosts": who said so thanked them, where the plan
    /// cannot, or where the tense goes back to that of saying.
    fn verbs_of_the_speaker(&mut self) {
        for verb in 2..self.heads.len() {
            let is_joined = self.relation(verb) == Relation::Conjunct
                && matches!(
                    self.fine(verb),
                    FineTag::PastVerb | FineTag::PresentVerbThird
                );
            if !is_joined || self.is_helped(verb) {
                continue;
            }
            let Some(first) = self.head(verb).filter(|&first| first < verb) else {
                continue;
            };
            let Some(saying) = self.verb_of_saying_above(first) else {
                continue;
            };
            let is_perfect = self.fine(verb) == FineTag::PresentVerbThird
                && self
                    .children(saying)
                    .any(|has| self.relation(has) == Relation::Auxiliary && self.is(has, "has"));
            if self.fine(saying) != self.fine(verb) && !is_perfect {
                continue;
            }
            let lemma = self.lemma(verb);
            let is_speech = lexicon::is_speech(lemma)
                || lexicon::is_act_of_speech(lemma)
                || lexicon::report(lemma) == Report::Requests
                || lexicon::is_courtesy_of_speech(lemma);
            // "Has sent doctors and shipped food": a form that may go on with the perfect.
            let is_perfect = self.children(first).any(|has| {
                self.relation(has) == Relation::Auxiliary
                    && (self.is(has, "has") || self.is(has, "have"))
            });
            let goes_back = self.fine(verb) == FineTag::PastVerb
                && (is_speech || !is_perfect)
                && self.is_present(first);
            // "Said two were killed and thanked the army", "… but warned of delays".
            let is_set_against = self
                .children(verb)
                .any(|word| word < verb && self.is(word, "but"));
            let is_other = is_set_against
                || lexicon::is_courtesy_of_speech(lemma)
                    && self.has_child(first, &[Relation::PassiveAuxiliary])
                || self.is_told_of_speaker(first, verb);
            if goes_back || is_speech && (is_other || self.cannot_speak(first)) {
                self.attach(verb, saying, Relation::Conjunct);
            }
        }
    }

    /// "Said he had been ill and asked for help", "said she was glad, and thanked them": behind a
    /// comma, or a clause that stands before the past.
    fn is_told_of_speaker(&self, first: usize, verb: usize) -> bool {
        let is_before = self
            .children(first)
            .any(|had| self.relation(had) == Relation::Auxiliary && self.is(had, "had"))
            && self.has_child(first, &[Relation::Copula, Relation::PassiveAuxiliary]);
        let is_pronoun = self.children(first).any(|subject| {
            SUBJECTS.contains(&self.relation(subject))
                && (self.is(subject, "he") || self.is(subject, "she"))
        });
        is_before || is_pronoun && self.comma_before(verb).is_some()
    }

    /// The finite verb of saying whose clause a verb stands in.
    fn verb_of_saying_above(&self, verb: usize) -> Option<usize> {
        let mut current = verb;
        for _ in 0..self.heads.len() {
            let above = self.head(current)?;
            match self.relation(current) {
                Relation::ClausalComplement => {
                    let is_saying = lexicon::is_speech(self.lemma(above)) && above < current;
                    return is_saying.then_some(above);
                }
                Relation::ClausalSubject | Relation::Conjunct => current = above,
                _ => return None,
            }
        }
        None
    }

    /// Whether the subject of a clause is a thing, or nothing.
    fn cannot_speak(&self, verb: usize) -> bool {
        let mut current = verb;
        for _ in 0..self.heads.len() {
            let subject = self.children(current).find(|&word| {
                matches!(
                    self.relation(word),
                    Relation::NominalSubject
                        | Relation::PassiveNominalSubject
                        | Relation::ClausalSubject
                        | Relation::Expletive
                )
            });
            if let Some(subject) = subject {
                let is_clause = self.relation(subject) == Relation::ClausalSubject;
                let is_named = self.kind(subject).is_some();
                let lemma = self.lemma(subject).to_lowercase();
                let acts = [NounClass::Person, NounClass::Organization]
                    .iter()
                    .any(|&class| is_in_class(&lemma, class));
                return is_clause
                    || self.is(subject, "it") && self.relation(subject) == Relation::Expletive
                    || self.tag(subject) == UniversalTag::Noun && !is_named && !acts;
            }
            match (self.relation(current), self.head(current)) {
                (Relation::Conjunct | Relation::ClausalSubject, Some(above)) => current = above,
                _ => return false,
            }
        }
        false
    }
}
