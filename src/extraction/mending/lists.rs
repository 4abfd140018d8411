//! Members of lists and words beside names that a parser gave to another word.

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::Mending;

impl Mending<'_> {
    /// The rules of lists.
    pub(super) fn lists(&mut self) {
        self.objects_in_lists();
        self.things_behind_places();
        self.nouns_joined_to_verbs();
        self.days_of_months();
        self.amounts_of_change();
        self.agents_behind_bare_nouns();
        self.questions_of_asking();
        self.conditions_turned_round();
        self.examples_of_places();
        self.subjects_of_substitutes();
        self.phrases_of_other_prepositions();
        self.amounts_joined_to_amounts();
        self.complements_behind_descriptions();
        self.sentences_given();
        self.words_in_brackets();
        self.examples_behind_verbs();
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
            let has_comma = self.comma_before(second).is_some();
            let is_listed = [first, second].into_iter().any(|member| {
                self.children(member)
                    .any(|last| last > second && self.relation(last) == Relation::Conjunct)
            });
            if has_comma && is_listed && self.is_nominal_word(second) {
                self.attach(second, first, Relation::Conjunct);
            }
        }
    }

    pub(super) fn is_nominal_word(&self, word: usize) -> bool {
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
            if asks && is_question {
                self.relate(clause, Relation::ClausalComplement);
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

    /// "by greed and without need": a phrase with a preposition of its own stands beside the other.
    fn phrases_of_other_prepositions(&mut self) {
        for second in 3..self.heads.len() {
            if self.relation(second) != Relation::Conjunct {
                continue;
            }
            let Some(first) = self.head(second).filter(|&first| first < second) else {
                continue;
            };
            let relation = self.relation(first);
            let is_phrase = matches!(relation, Relation::Oblique | Relation::NominalModifier)
                && self.is_nominal_word(second);
            let case = |noun: usize| {
                self.children(noun)
                    .find(|&case| self.relation(case) == Relation::Case && case < noun)
                    .map(|case| self.form(case).to_lowercase())
            };
            let differ = case(first)
                .zip(case(second))
                .is_some_and(|(one, other)| one != other);
            if let Some(above) = self.head(first).filter(|_| is_phrase && differ) {
                self.attach(second, above, relation);
            }
        }
    }

    /// "gave 50 million crowns for repairs and 2,000 tonnes of rice": amounts go together.
    fn amounts_joined_to_amounts(&mut self) {
        for second in 4..self.heads.len() {
            let is_amount = |noun: usize| self.has_child(noun, &[Relation::NumericModifier]);
            let is_joined = self.relation(second) == Relation::Conjunct
                && is_amount(second)
                && !self.has_child(second, &[Relation::Case]);
            let Some(noun) = self.head(second).filter(|&noun| {
                is_joined
                    && noun < second
                    && !is_amount(noun)
                    && (self.fine(noun) == FineTag::Noun || lexicon::is_measure(self.lemma(second)))
                    && matches!(
                        self.relation(noun),
                        Relation::Oblique | Relation::NominalModifier
                    )
            }) else {
                continue;
            };
            let above = self.head(noun);
            let object = above.and_then(|above| match self.relation(above) {
                Relation::Object => Some(above),
                _ => self
                    .children(above)
                    .find(|&object| object < noun && self.relation(object) == Relation::Object),
            });
            if let Some(object) = object.filter(|&object| is_amount(object)) {
                self.attach(second, object, Relation::Conjunct);
            }
        }
    }

    /// "found Bo Ek, the mayor, guilty and sentenced him": guilty is what he was found.
    fn complements_behind_descriptions(&mut self) {
        for adjective in 3..self.heads.len() {
            let clause = [Relation::Copula, Relation::NominalSubject, Relation::Marker];
            let is_adjective = self.tag(adjective) == UniversalTag::Adjective
                && self.relation(adjective) == Relation::AdnominalClause
                && !self.has_child(adjective, &clause);
            let Some(object) = self
                .head(adjective)
                .filter(|&object| is_adjective && object < adjective)
            else {
                continue;
            };
            let verb = self.head(object).filter(|&verb| {
                self.relation(object) == Relation::Object
                    && matches!(
                        self.lemma(verb),
                        "find" | "declare" | "judge" | "deem" | "consider" | "rule"
                    )
            });
            let Some(verb) = verb else {
                continue;
            };
            self.attach(adjective, verb, Relation::OpenClausalComplement);
            for other in adjective + 1..self.heads.len() {
                let is_verb = self.head(other) == Some(adjective)
                    && self.relation(other) == Relation::Conjunct
                    && self.tag(other) == UniversalTag::Verb;
                if is_verb {
                    self.attach(other, verb, Relation::Conjunct);
                }
            }
        }
    }

    /// "was given eighteen months": that is what was given, not how long.
    fn sentences_given(&mut self) {
        for object in 2..self.heads.len() {
            let is_given = self.relation(object) == Relation::UnmarkedOblique
                && self.has_child(object, &[Relation::NumericModifier])
                && self.head(object).is_some_and(|verb| {
                    verb < object
                        && matches!(self.lemma(verb), "give" | "hand" | "award" | "grant")
                        && self.has_child(verb, &[Relation::PassiveAuxiliary])
                        && !self.has_child(verb, &[Relation::Object])
                });
            if is_given {
                self.relate(object, Relation::Object);
            }
        }
    }

    /// "trade in the White Sea (known as the Cold Sea)": what stands in brackets tells of the
    /// noun right before them.
    fn words_in_brackets(&mut self) {
        for word in 3..self.heads.len() {
            let is_aside = self.relation(word) == Relation::AdnominalClause
                || self.relation(word) == Relation::Apposition
                    && self.kind(word) == Some(EntityKind::Place);
            let start = self.start(word);
            let open = [start, start.saturating_sub(1)]
                .into_iter()
                .find(|&mark| self.form(mark) == "(");
            let Some((open, head)) = open
                .filter(|&open| is_aside && open > 0)
                .zip(self.head(word))
            else {
                continue;
            };
            let mut near = open - 1;
            while matches!(self.relation(near), Relation::Flat | Relation::Compound) {
                match self.head(near) {
                    Some(above) => near = above,
                    None => break,
                }
            }
            if near != head && self.is_nominal_word(near) && !self.is_below(near, word) {
                self.attach(word, near, self.relation(word));
            }
        }
    }

    /// "meet the tests, keep peace in the region, including the towns": examples are of what
    /// stands before them, not of a noun that another verb parts from them.
    fn examples_behind_verbs(&mut self) {
        for example in 4..self.heads.len() {
            let is_example = self.relation(example) == Relation::NominalModifier
                && self
                    .children(example)
                    .any(|case| self.is(case, "including"));
            let Some(noun) = self
                .head(example)
                .filter(|&noun| is_example && noun < example)
            else {
                continue;
            };
            let start = self.start(example);
            let verb = (noun + 1..start)
                .rev()
                .find(|&verb| self.tag(verb) == UniversalTag::Verb && !self.is_below(verb, noun));
            let object = verb.and_then(|verb| {
                self.children(verb).find(|&object| {
                    verb < object
                        && object < start
                        && self.relation(object) == Relation::Object
                        && self.end(object) + 2 >= start
                })
            });
            if let Some(object) = object {
                self.attach(example, object, Relation::NominalModifier);
            }
        }
    }

    /// A year, a day of the calendar or a stretch of time: "in 2022", "in the 57th minute".
    pub(super) fn tells_time(&self, word: usize) -> bool {
        let form = self.form(word);
        lexicon::is_calendar_name(form)
            || form.len() == 4 && form.chars().all(|letter| letter.is_ascii_digit())
            || matches!(
                self.lemma(word),
                "minute" | "second" | "half" | "year" | "month" | "week" | "century" | "season"
            )
    }
}
