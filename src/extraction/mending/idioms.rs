//! Word groups that a parser takes apart: "is due to open", "has yet to reply", "between May and
//! the end of July", "was fired on", "pending an inquiry".

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::Mending;

/// The end of "between May and July" stands at most so many words behind its beginning.
const LONGEST_STRETCH: usize = 8;

impl Mending<'_> {
    /// All rules of such groups.
    pub(super) fn idioms(&mut self) {
        self.due_to_do();
        self.yet_to_do();
        self.prepositions_in_ing();
        self.ends_of_stretches();
        self.prepositions_left_alone();
        self.names_given_in_quotes();
        self.particles_before_objects();
    }

    /// "switched off the radio": an object has no preposition; the word between verb and object is
    /// the verb's. "Rose up 5 percent" and "handed over 50 files" tell amounts.
    fn particles_before_objects(&mut self) {
        for particle in 1..self.heads.len() {
            let is_case = self.relation(particle) == Relation::Case
                && ["off", "out", "up", "down", "away", "back"]
                    .iter()
                    .any(|known| self.is(particle, known));
            let verb = particle - 1;
            let is_of_object = is_case
                && self.tag(verb) == UniversalTag::Verb
                && self.head(particle).is_some_and(|object| {
                    self.head(object) == Some(verb)
                        && self.relation(object) == Relation::Object
                        && !self.has_child(object, &[Relation::NumericModifier])
                        && self.tag(object) != UniversalTag::Numeral
                });
            if is_of_object {
                self.attach(particle, verb, Relation::VerbParticle);
            }
        }
    }

    /// The infinitive that a "to" stands in front of.
    fn infinitive_behind(&self, to: usize) -> Option<usize> {
        let next = to + 1;
        let is_helper = matches!(
            self.relation(next),
            Relation::PassiveAuxiliary | Relation::Copula | Relation::Auxiliary
        );
        let is_bare = self.is(to, "to")
            && (self.fine(next) == FineTag::BaseVerb || is_helper && self.is(next, "be"));
        match self.head(next).filter(|&verb| is_helper && next < verb) {
            Some(verb) => is_bare.then_some(verb),
            None => is_bare.then_some(next),
        }
    }

    /// "The line is due to open in May": that is a plan, as "is to open" is, and nothing that
    /// "due to" joins as a cause.
    fn due_to_do(&mut self) {
        for due in 1..self.heads.len().saturating_sub(2) {
            let Some(verb) = self
                .infinitive_behind(due + 1)
                .filter(|_| self.is(due, "due"))
            else {
                continue;
            };
            let be = (due.saturating_sub(2)..due)
                .rev()
                .find(|&word| self.tag(word) != UniversalTag::Adverb)
                .filter(|&word| self.lemma(word) == "be");
            if self.is_below(verb, due) {
                self.put_in_place_of(verb, due);
                for child in 0..self.heads.len() {
                    if self.head(child) == Some(due) {
                        self.attach(child, verb, self.relation(child));
                    }
                }
            }
            self.attach(due, verb, Relation::Unspecified);
            self.attach(due + 1, verb, Relation::Marker);
            let Some(be) = be else {
                continue;
            };
            for helper in be.saturating_sub(1)..=be {
                if matches!(self.lemma(helper), "be" | "have") && self.is_below(helper, verb) {
                    self.attach(helper, verb, Relation::Auxiliary);
                }
            }
            self.attach(be, verb, Relation::Auxiliary);
            self.part_that_is_due(be, verb);
        }
    }

    /// "ships, the first of which is due to sail": the part is what sails.
    fn part_that_is_due(&mut self, be: usize, verb: usize) {
        let Some(part) = be.checked_sub(3) else {
            return;
        };
        let is_part = matches!(self.form(be - 1), "which" | "whom") && self.is(be - 2, "of");
        let start = self.start(part);
        let comma = start.saturating_sub(1);
        let noun = [
            comma.checked_sub(1),
            self.head(part)
                .filter(|&main| main < part)
                .and_then(|main| {
                    self.children(main).find(|&noun| {
                        noun < comma
                            && matches!(
                                self.relation(noun),
                                Relation::NominalSubject | Relation::PassiveNominalSubject
                            )
                    })
                }),
        ]
        .into_iter()
        .flatten()
        .find(|&noun| {
            matches!(
                self.tag(noun),
                UniversalTag::Noun | UniversalTag::ProperNoun
            )
        });
        if let Some(noun) = noun.filter(|_| is_part && self.form(comma) == ",") {
            self.attach(verb, noun, Relation::RelativeClause);
            self.attach(part, verb, Relation::NominalSubject);
        }
    }

    /// "has yet to reply": the infinitive is what "has" governs.
    fn yet_to_do(&mut self) {
        for yet in 1..self.heads.len().saturating_sub(2) {
            let Some(verb) = self
                .infinitive_behind(yet + 1)
                .filter(|_| self.is(yet, "yet"))
            else {
                continue;
            };
            let have = yet - 1;
            if self.lemma(have) == "have" && !self.is_below(have, verb) {
                self.attach(verb, have, Relation::OpenClausalComplement);
                self.attach(yet, have, Relation::AdverbialModifier);
                self.attach(yet + 1, verb, Relation::Marker);
            }
        }
    }

    /// "relieved of his duties pending an inquiry", "rules concerning ships": these forms stand as
    /// prepositions, and nobody pends anything.
    fn prepositions_in_ing(&mut self) {
        for word in 1..self.heads.len() {
            let lower = self.form(word).to_lowercase();
            let is_form = matches!(lower.as_str(), "pending" | "regarding" | "concerning")
                && matches!(
                    self.relation(word),
                    Relation::AdnominalClause
                        | Relation::AdverbialClause
                        | Relation::AdjectivalModifier
                )
                && !self.has_child(
                    word,
                    &[
                        Relation::Auxiliary,
                        Relation::NominalSubject,
                        Relation::Marker,
                    ],
                );
            let object = self
                .children(word)
                .find(|&object| object > word && self.relation(object) == Relation::Object);
            let Some((object, above)) = object.filter(|_| is_form).zip(self.head(word)) else {
                continue;
            };
            let is_noun = !matches!(
                self.tag(above),
                UniversalTag::Verb | UniversalTag::Adjective
            );
            if is_noun && lower != "pending" {
                self.attach(object, above, Relation::NominalModifier);
            } else {
                let mut verb = above;
                for _ in 0..self.heads.len() {
                    match self.head(verb) {
                        Some(next) if self.tag(verb) != UniversalTag::Verb => verb = next,
                        _ => break,
                    }
                }
                self.attach(object, verb, Relation::Oblique);
            }
            self.attach(word, object, Relation::Case);
            for child in word + 1..self.heads.len() {
                if self.head(child) == Some(word) {
                    self.attach(child, object, self.relation(child));
                }
            }
        }
    }

    /// "trained nurses between 1974 and her retirement": what "and" joins is the end of the
    /// stretch.
    fn ends_of_stretches(&mut self) {
        for between in 1..self.heads.len() {
            let Some(first) = self.head(between).filter(|&first| {
                between < first
                    && self.is(between, "between")
                    && self.relation(between) == Relation::Case
                    // "between the two banks" has no other end.
                    && !matches!(
                        self.fine(first),
                        FineTag::PluralNoun | FineTag::PluralProperNoun
                    )
            }) else {
                continue;
            };
            let last = (first + LONGEST_STRETCH).min(self.heads.len().saturating_sub(1));
            let Some(and) = (first + 1..last).find(|&and| self.is(and, "and")) else {
                continue;
            };
            let is_next = (first + 1..and).all(|word| {
                self.is_below(word, first) && self.tag(word) != UniversalTag::Punctuation
            });
            let Some(end) = self.head(and).filter(|&end| {
                is_next
                    && and < end
                    && matches!(
                        self.tag(end),
                        UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Numeral
                    )
                    && !self.is_below(end, first)
                    && !self.has_child(end, &[Relation::NominalSubject, Relation::Copula])
            }) else {
                continue;
            };
            let verb = self.head(first);
            self.attach(end, first, Relation::Conjunct);
            let year = (end + 2).min(self.heads.len() - 1);
            let is_year = self.relation(year) == Relation::Oblique
                && self.head(year) == verb
                && self.head(end + 1) == Some(year)
                && self.tells_time(year);
            if is_year {
                self.attach(year, end, Relation::NominalModifier);
            }
        }
    }

    /// "The soldiers had been fired on", "they were looked after by nurses": without a noun of its
    /// own the preposition belongs to the passive verb.
    fn prepositions_left_alone(&mut self) {
        for verb in 1..self.heads.len().saturating_sub(1) {
            let word = verb + 1;
            let is_alone = self.head(word) == Some(verb)
                && matches!(
                    self.relation(word),
                    Relation::Oblique | Relation::AdverbialModifier | Relation::Case
                )
                && !self.children(word).any(|_| true)
                && matches!(
                    self.form(word),
                    "on" | "after"
                        | "at"
                        | "with"
                        | "for"
                        | "upon"
                        | "into"
                        | "to"
                        | "about"
                        | "of"
                        | "through"
                );
            let next = word + 1;
            let is_closed = next >= self.heads.len()
                || self.tag(next) == UniversalTag::Punctuation
                || matches!(
                    self.tag(next),
                    UniversalTag::SubordinatingConjunction
                        | UniversalTag::CoordinatingConjunction
                        | UniversalTag::Adverb
                )
                || matches!(self.form(next), "by" | "in" | "while" | "when" | "as");
            if is_alone && is_closed && self.has_child(verb, &[Relation::PassiveAuxiliary]) {
                self.attach(word, verb, Relation::VerbParticle);
            }
        }
    }

    /// "called the deal "a small step on a long road"": what is quoted behind the object is what
    /// it is called.
    fn names_given_in_quotes(&mut self) {
        for word in 4..self.heads.len() {
            let is_beside = matches!(
                self.relation(word),
                Relation::Parataxis
                    | Relation::Apposition
                    | Relation::AdverbialClause
                    | Relation::ClausalComplement
            ) && !self.has_child(
                word,
                &[
                    Relation::Copula,
                    Relation::NominalSubject,
                    Relation::Auxiliary,
                    Relation::Marker,
                ],
            ) && matches!(
                self.tag(word),
                UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Adjective
            );
            let start = self.start(word);
            let mark = [start, start.saturating_sub(1)]
                .into_iter()
                .find(|&mark| matches!(self.form(mark), "\"" | "“" | "``" | "‘"));
            let Some((mark, above)) = mark.filter(|_| is_beside).zip(self.head(word)) else {
                continue;
            };
            let verb = match self.relation(above) {
                Relation::Object => self.head(above),
                _ => Some(above),
            };
            let Some(verb) = verb.filter(|&verb| {
                verb < mark
                    && matches!(
                        self.lemma(verb),
                        "call" | "label" | "brand" | "dub" | "term"
                    )
                    && !self.has_child(verb, &[Relation::OpenClausalComplement])
            }) else {
                continue;
            };
            let has_object = self.children(verb).any(|object| {
                verb < object
                    && object < mark
                    && self.relation(object) == Relation::Object
                    && (object + 1..mark).all(|between| self.is_below(between, object))
            });
            if has_object || self.has_child(verb, &[Relation::PassiveAuxiliary]) {
                self.attach(word, verb, Relation::OpenClausalComplement);
            }
        }
    }

    /// "Carried on shoulders through the village, Lee thanked them": without a subject or an
    /// object, a past form in front of the sentence is a participle.
    pub(super) fn participles_in_front(&mut self) {
        for verb in 0..self.heads.len() {
            let own = [
                Relation::NominalSubject,
                Relation::PassiveNominalSubject,
                Relation::Auxiliary,
                Relation::Marker,
                Relation::Object,
                Relation::ClausalComplement,
                Relation::Expletive,
            ];
            let is_first = verb == 0 || verb == 1 && self.tag(0) == UniversalTag::Punctuation;
            let is_bare = is_first
                && self.fine(verb) == FineTag::PastVerb
                && self.relation(verb) == Relation::AdverbialClause
                && !self.has_child(verb, &own)
                && !lexicon::has_no_passive(self.lemma(verb));
            let Some(main) = self.head(verb).filter(|&main| is_bare && verb < main) else {
                continue;
            };
            let subject = self
                .children(main)
                .find(|&subject| self.relation(subject) == Relation::NominalSubject);
            let has_comma =
                subject.is_some_and(|subject| (verb..subject).any(|mark| self.form(mark) == ","));
            if has_comma {
                self.retag(verb, FineTag::PastParticiple);
            }
        }
    }

    /// "was summoned and handed a note": who was summoned was handed it.
    pub(super) fn recipients_of_passives(&mut self) {
        for verb in 3..self.heads.len() {
            let gives = matches!(
                self.lemma(verb),
                "hand"
                    | "give"
                    | "award"
                    | "offer"
                    | "grant"
                    | "deny"
                    | "pay"
                    | "fine"
                    | "refuse"
                    | "allow"
                    | "issue"
                    | "serve"
                    | "spare"
            );
            let own = [
                Relation::NominalSubject,
                Relation::PassiveNominalSubject,
                Relation::Auxiliary,
                Relation::PassiveAuxiliary,
                Relation::Marker,
                Relation::IndirectObject,
            ];
            let is_joined = gives
                && self.fine(verb) == FineTag::PastVerb
                && self.relation(verb) == Relation::Conjunct
                && self.has_child(verb, &[Relation::Object])
                && !self.has_child(verb, &own);
            let goes_on = self.head(verb).is_some_and(|first| {
                is_joined && first < verb && self.has_child(first, &[Relation::PassiveAuxiliary])
            });
            let has_to = self.children(verb).any(|phrase| {
                self.relation(phrase) == Relation::Oblique
                    && self.children(phrase).any(|case| self.is(case, "to"))
            });
            if goes_on && !has_to && self.form(verb).ends_with('d') {
                self.retag(verb, FineTag::PastParticiple);
            }
        }
    }
}
