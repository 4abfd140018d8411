//! Members of lists and words beside names that a parser gave to another word.

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::Mending;

impl Mending<'_> {
    /// The rules that come before each clause has one subject.
    pub(super) fn subjects_and_names(&mut self) {
        self.subjects_of_sayings();
        self.descriptions_of_places_in_front();
        self.subjects_of_joined_verbs();
        self.subjects_with_whose();
        self.names_behind_hyphens();
        self.objects_of_earlier_verbs();
    }

    /// The rules of lists.
    pub(super) fn lists(&mut self) {
        self.objects_in_lists();
        self.nouns_joined_to_verbs();
        self.days_of_months();
        self.amounts_of_change();
        self.agents_behind_bare_nouns();
        self.questions_of_asking();
        self.conditions_turned_round();
        self.examples_of_places();
        self.subjects_of_substitutes();
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
        let subjects = [Relation::NominalSubject, Relation::PassiveNominalSubject];
        for subject in 2..self.heads.len() {
            if !subjects.contains(&self.relation(subject)) {
                continue;
            }
            let Some(first) = self.head(subject).filter(|&first| first < subject) else {
                continue;
            };
            let verb = self.children(first).find(|&verb| {
                subject < verb
                    && self.relation(verb) == Relation::Conjunct
                    && self.tag(verb) == UniversalTag::Verb
                    && !self.has_child(verb, &subjects)
                    && (self.end(subject) + 1..verb).all(|word| {
                        self.head(word) == Some(verb) && self.tag(word) != UniversalTag::Verb
                    })
            });
            let has_own = self
                .children(first)
                .any(|other| other < first && subjects.contains(&self.relation(other)));
            if let Some(verb) = verb.filter(|_| has_own) {
                let is_passive = self.has_child(verb, &[Relation::PassiveAuxiliary]);
                let [active, passive] = subjects;
                self.attach(subject, verb, if is_passive { passive } else { active });
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

    /// "asked the board, the court and the bank to act": the second object is one of a list.
    fn objects_in_lists(&mut self) {
        let objects = [Relation::Object, Relation::IndirectObject];
        for second in 3..self.heads.len() {
            if !objects.contains(&self.relation(second)) {
                continue;
            }
            let Some(verb) = self.head(second).filter(|&verb| verb < second) else {
                continue;
            };
            let first = self.children(verb).find(|&first| {
                verb < first && first < second && objects.contains(&self.relation(first))
            });
            let Some(first) = first else {
                continue;
            };
            let start = self.start(second);
            let has_comma = self.form(start) == "," || self.form(start.saturating_sub(1)) == ",";
            let is_listed = [first, second].into_iter().any(|member| {
                self.children(member)
                    .any(|last| last > second && self.relation(last) == Relation::Conjunct)
            });
            if has_comma && is_listed && self.is_nominal_word(second) {
                self.attach(second, first, Relation::Conjunct);
            }
        }
    }

    fn is_nominal_word(&self, word: usize) -> bool {
        matches!(
            self.tag(word),
            UniversalTag::Noun | UniversalTag::ProperNoun
        )
    }

    /// "was given a medal in 2007 and a prize in 2012": a noun is joined to a noun, and neither
    /// time is of both.
    fn nouns_joined_to_verbs(&mut self) {
        for noun in 4..self.heads.len() {
            let is_joined = self.relation(noun) == Relation::Conjunct
                && self.tag(noun) == UniversalTag::Noun
                && !self.has_child(
                    noun,
                    &[
                        Relation::NominalSubject,
                        Relation::Copula,
                        Relation::Case,
                        Relation::Object,
                    ],
                );
            let Some(verb) = self
                .head(noun)
                .filter(|&verb| is_joined && verb < noun && self.tag(verb) == UniversalTag::Verb)
            else {
                continue;
            };
            let and = self
                .children(noun)
                .find(|&and| and < noun && self.relation(and) == Relation::Coordination);
            let object = self
                .children(verb)
                .find(|&object| object > verb && self.relation(object) == Relation::Object);
            let Some((and, object)) = and.zip(object).filter(|&(and, object)| object < and) else {
                continue;
            };
            let times: Vec<usize> = self
                .children(verb)
                .filter(|&time| {
                    time > object
                        && self.relation(time) == Relation::Oblique
                        && self.form(time).len() == 4
                        && self
                            .form(time)
                            .chars()
                            .all(|letter| letter.is_ascii_digit())
                })
                .collect();
            let [first, second] = times[..] else {
                continue;
            };
            if first < and && noun < second {
                self.attach(noun, object, Relation::Conjunct);
                // A time that is only one thing's is no time of the clause.
                self.attach(first, object, Relation::Unspecified);
                self.attach(second, noun, Relation::Unspecified);
            }
        }
    }

    /// "the months ended June 30 was": the day belongs to its month, not to what follows.
    fn days_of_months(&mut self) {
        for day in 2..self.heads.len() {
            let month = day - 1;
            let is_day = self.relation(day) == Relation::NumericModifier
                && self.head(month) == Some(day)
                && lexicon::is_calendar_name(self.form(month));
            let is_far = self.head(day).is_some_and(|top| {
                day < top
                    && (day..top).any(|word| {
                        matches!(self.tag(word), UniversalTag::Verb | UniversalTag::Auxiliary)
                    })
            });
            let before = month - 1;
            if is_day && is_far && self.tag(before) == UniversalTag::Verb {
                self.attach(day, before, Relation::UnmarkedOblique);
            }
        }
    }

    /// "rose slightly after the vote to 1,284": an announcement goes nowhere; the price rose.
    fn amounts_of_change(&mut self) {
        for amount in 4..self.heads.len() {
            let is_amount = self.relation(amount) == Relation::NominalModifier
                && (self.tag(amount) == UniversalTag::Numeral
                    || self.has_child(amount, &[Relation::NumericModifier]))
                && self.children(amount).any(|case| self.is(case, "to"));
            let noun = self.head(amount).filter(|&noun| {
                is_amount && noun < amount && self.relation(noun) == Relation::Oblique
            });
            let verb = noun
                .and_then(|noun| self.head(noun))
                .filter(|&verb| lexicon::tells_change(self.lemma(verb)));
            if let Some(verb) = verb {
                self.attach(amount, verb, Relation::Oblique);
            }
        }
    }

    /// "was sued for libel by the mayor": libel is by nobody; the mayor sued.
    fn agents_behind_bare_nouns(&mut self) {
        for agent in 4..self.heads.len() {
            let is_agent = self.relation(agent) == Relation::NominalModifier
                && self
                    .children(agent)
                    .any(|case| self.is(case, "by") && self.relation(case) == Relation::Case)
                && self.acts(agent);
            let Some(noun) = self.head(agent).filter(|&noun| is_agent && noun < agent) else {
                continue;
            };
            let is_bare = self.relation(noun) == Relation::Oblique
                && self.fine(noun) == FineTag::Noun
                && self.end_before_word(noun, agent)
                && !self.has_child(
                    noun,
                    &[
                        Relation::Determiner,
                        Relation::PossessiveModifier,
                        Relation::AdjectivalModifier,
                    ],
                );
            let verb = self.head(noun).filter(|&verb| {
                is_bare
                    && self.has_child(verb, &[Relation::PassiveAuxiliary])
                    && !self.has_child(verb, &[Relation::Agent])
            });
            if let Some(verb) = verb {
                self.attach(agent, verb, Relation::Agent);
            }
        }
    }

    /// Whether nothing stands between a noun and what a preposition joins to it.
    fn end_before_word(&self, noun: usize, word: usize) -> bool {
        self.start(word) == noun + 1
    }

    /// "asked me when it opens": the question is what is asked.
    fn questions_of_asking(&mut self) {
        for clause in 2..self.heads.len() {
            if self.relation(clause) != Relation::AdverbialClause {
                continue;
            }
            let Some(verb) = self.head(clause).filter(|&verb| verb < clause) else {
                continue;
            };
            let asks = matches!(self.lemma(verb), "ask" | "wonder" | "know" | "explain")
                && !self.has_child(verb, &[Relation::Object, Relation::ClausalComplement]);
            let start = self.start(clause);
            let is_question = self.fine(start) == FineTag::WhAdverb
                && self.form(start.saturating_sub(1)) != ","
                && start > verb;
            if asks
                && is_question
                && let Some(slot) = self.relations.get_mut(clause)
            {
                *slot = Relation::ClausalComplement;
            }
        }
    }

    /// "would have won more had he broken it": the auxiliary before its subject tells a condition.
    fn conditions_turned_round(&mut self) {
        for verb in 3..self.heads.len() {
            if self.relation(verb) != Relation::Conjunct {
                continue;
            }
            let had = self.children(verb).find(|&had| {
                had < verb && self.relation(had) == Relation::Auxiliary && self.is(had, "had")
            });
            let is_turned = had.is_some_and(|had| {
                self.children(verb).any(|subject| {
                    had < subject
                        && subject < verb
                        && self.relation(subject) == Relation::NominalSubject
                })
            });
            if !is_turned || self.has_child(verb, &[Relation::Coordination]) {
                continue;
            }
            let main = (0..verb).rev().find(|&main| {
                self.children(main).any(|would| {
                    self.relation(would) == Relation::Auxiliary
                        && ["would", "could", "might"]
                            .iter()
                            .any(|known| self.is(would, known))
                })
            });
            if let Some(main) = main {
                self.attach(verb, main, Relation::AdverbialClause);
            }
        }
    }

    /// "help for the region, including Chile": of a region, places are the examples.
    fn examples_of_places(&mut self) {
        for example in 4..self.heads.len() {
            let is_example = self.relation(example) == Relation::NominalModifier
                && self.kind(example) == Some(EntityKind::Place)
                && self
                    .children(example)
                    .any(|case| self.is(case, "including") && case > 1);
            let Some(first) = self
                .head(example)
                .filter(|&first| is_example && first < example)
            else {
                continue;
            };
            let start = self.start(example);
            let near = (first + 1..start)
                .rev()
                .find(|&word| self.form(word) != ",")
                .filter(|&near| {
                    is_in_class(&self.lemma(near).to_lowercase(), NounClass::Place)
                        && self.relation(near) == Relation::NominalModifier
                });
            let is_place = is_in_class(&self.lemma(first).to_lowercase(), NounClass::Place);
            if let Some(near) = near.filter(|_| !is_place) {
                self.attach(example, near, Relation::NominalModifier);
            }
        }
    }

    /// "voted, as did envoys of Chile": the envoys did so too.
    fn subjects_of_substitutes(&mut self) {
        for noun in 2..self.heads.len() {
            let is_bare = self.relation(noun) == Relation::Oblique
                && !self.has_child(noun, &[Relation::Case]);
            let start = self.start(noun);
            let Some(did) = start.checked_sub(1).filter(|_| is_bare) else {
                continue;
            };
            let stands = matches!(self.lemma(did), "do" | "be" | "have")
                && self.relation(did) == Relation::AdverbialClause
                && self
                    .children(did)
                    .any(|mark| self.is(mark, "as") || self.is(mark, "than"));
            if stands && self.head(did) == self.head(noun) {
                self.attach(noun, did, Relation::NominalSubject);
            }
        }
    }
}
