//! Lists whose members a parser took for descriptions of each other, or for objects of a verb in
//! one of them.

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::NameTag;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::Mending;

/// A member of a list runs through no more words.
const LONGEST_MEMBER: usize = 14;

impl Mending<'_> {
    /// All rules of the members of lists.
    pub(super) fn members(&mut self) {
        self.members_between_semicolons();
        self.members_taken_for_descriptions();
        self.gerunds_with_their_prepositions();
        self.times_of_each_office();
        self.descriptions_of_the_born();
    }

    /// "has been director since 2015 and chairman since 2019": neither time is of both.
    fn times_of_each_office(&mut self) {
        for second in 4..self.heads.len() {
            let Some(first) = self.head(second).filter(|&first| {
                first < second
                    && self.relation(second) == Relation::Conjunct
                    && self.is_nominal_word(second)
                    && self.has_child(first, &[Relation::Copula])
                    && !self.has_child(second, &[Relation::Copula])
            }) else {
                continue;
            };
            let times: Vec<usize> = self
                .children(first)
                .filter(|&time| {
                    time > first
                        && self.relation(time) == Relation::Oblique
                        && (self.tells_time(time) || self.tag(time) == UniversalTag::Numeral)
                })
                .collect();
            let [one, other] = times[..] else {
                continue;
            };
            if one < second && second < other {
                self.attach(one, first, Relation::Unspecified);
                self.attach(other, second, Relation::Unspecified);
            }
        }
    }

    /// "She was born in Lund in 1950, the daughter of a baker": no town is a daughter; she is.
    fn descriptions_of_the_born(&mut self) {
        for noun in 4..self.heads.len() {
            let is_person = self.relation(noun) == Relation::Apposition
                && self.tag(noun) == UniversalTag::Noun
                && (is_in_class(&self.lemma(noun).to_lowercase(), NounClass::Person)
                    || lexicon::is_kin(&self.lemma(noun).to_lowercase())
                    || matches!(
                        self.lemma(noun),
                        "second" | "third" | "fourth" | "fifth" | "eldest" | "youngest" | "oldest"
                    ));
            let Some(place) = self.head(noun).filter(|&place| {
                is_person
                    && place < noun
                    && (self.kind(place) == Some(EntityKind::Place)
                        || self.tag(place) == UniversalTag::Numeral
                        || lexicon::is_calendar_name(self.form(place)))
                    && matches!(
                        self.relation(place),
                        Relation::Oblique | Relation::NominalModifier | Relation::UnmarkedOblique
                    )
            }) else {
                continue;
            };
            let subject = self
                .above(place)
                .filter(|&word| self.tag(word) == UniversalTag::Verb)
                .find_map(|verb| {
                    self.children(verb).find(|&subject| {
                        matches!(
                            self.relation(subject),
                            Relation::NominalSubject | Relation::PassiveNominalSubject
                        )
                    })
                });
            if let Some(subject) = subject {
                self.attach(noun, subject, Relation::Apposition);
            }
        }
    }

    /// "talks, security in Europe, support and trade": a phrase right behind a member in the middle
    /// of a list is that member's, and no other's.
    pub(super) fn phrases_of_members(&mut self) {
        for phrase in 4..self.heads.len() {
            if !matches!(
                self.relation(phrase),
                Relation::NominalModifier | Relation::Oblique
            ) || !self.has_child(phrase, &[Relation::Case])
            {
                continue;
            }
            let Some(above) = self.head(phrase).filter(|&above| above < phrase) else {
                continue;
            };
            let first = match self.relation(phrase) {
                Relation::Oblique => self
                    .children(above)
                    .find(|&object| self.relation(object) == Relation::Object),
                _ => Some(above),
            };
            let start = self.start(phrase);
            let Some(first) = first.filter(|&first| first < start && start > 0) else {
                continue;
            };
            let member = self.children(first).find(|&member| {
                self.relation(member) == Relation::Conjunct
                    && first < member
                    && member < start
                    && self.is_nominal_word(member)
                    && self.end(member) + 1 == start
            });
            let goes_on = self
                .children(first)
                .any(|next| self.relation(next) == Relation::Conjunct && next > self.end(phrase));
            if let Some(member) = member.filter(|_| goes_on) {
                self.attach(phrase, member, Relation::NominalModifier);
            }
        }
    }

    /// The word of a stretch that hangs on one outside of it.
    fn top_between(&self, first: usize, end: usize) -> Option<usize> {
        (first..end).find(|&word| {
            self.is_nominal_word(word)
                && self
                    .head(word)
                    .is_none_or(|head| head < first || head >= end)
        })
    }

    /// "the envoy, the mayor of Lund, members of the board and friends of the dead": where no name
    /// stands in front and a list goes on behind the next comma, the second is no description of
    /// the first.
    fn members_taken_for_descriptions(&mut self) {
        for second in 3..self.heads.len() {
            if self.relation(second) != Relation::Apposition {
                continue;
            }
            let Some(first) = self.head(second).filter(|&first| {
                first < second
                    && self.comma_before(second).is_some()
                    && self.kind(first) != Some(EntityKind::Person)
                    && (self.kind(second).is_none() || self.is_office(second))
            }) else {
                continue;
            };
            let Some((comma, and)) = self.end_of_list(second) else {
                continue;
            };
            let Some(third) = self.top_between(comma + 1, and) else {
                continue;
            };
            let Some(last) = self
                .head(and)
                .filter(|&last| and < last && self.is_nominal_word(last))
            else {
                continue;
            };
            // "a gift from the party, state and people, is": the list is within the description.
            let starts_anew = self.fine(third) == FineTag::PluralNoun
                || self.children(third).any(|word| {
                    word > comma
                        && matches!(
                            self.relation(word),
                            Relation::Determiner
                                | Relation::PossessiveModifier
                                | Relation::NumericModifier
                        )
                });
            if !starts_anew || self.form(self.end(last) + 1) == "," {
                continue;
            }
            // "the building of two plants, the repair of a third": what is repaired stands
            // beside what is built.
            let has_the = |noun: usize| {
                self.children(noun)
                    .any(|the| self.relation(the) == Relation::Determiner && self.is(the, "the"))
            };
            let above = self.head(first).filter(|&above| {
                self.relation(first) == Relation::NominalModifier
                    && above < first
                    && self.is_nominal_word(above)
                    && has_the(second)
                    && has_the(above)
                    && !has_the(first)
            });
            let target = above.unwrap_or(first);
            self.words_of_the_one_before(third, comma, second);
            for member in [second, third, last] {
                self.attach(member, target, Relation::Conjunct);
            }
        }
    }

    /// "the Minister": an office with its article, though it was read as a name.
    fn is_office(&self, noun: usize) -> bool {
        is_in_class(&self.lemma(noun).to_lowercase(), NounClass::Person)
            && self
                .children(noun)
                .any(|the| self.relation(the) == Relation::Determiner && self.is(the, "the"))
    }

    /// "the repair of a third, 185 miles of pipe": what stands before the comma is no part of what
    /// stands behind it.
    fn words_of_the_one_before(&mut self, member: usize, comma: usize, before: usize) {
        let strays: Vec<usize> = self
            .children(member)
            .filter(|&word| before < word && word < comma)
            .collect();
        let Some((&top, others)) = strays.split_last() else {
            return;
        };
        self.attach(top, before, Relation::NominalModifier);
        for &word in others {
            self.attach(word, top, self.relation(word));
        }
    }

    /// The comma behind a member and the "and" that ends its list, where no verb and no comma
    /// right before "and" stands between.
    fn end_of_list(&self, member: usize) -> Option<(usize, usize)> {
        let furthest = (member + LONGEST_MEMBER).min(self.heads.len());
        let is_plain = |word: usize| {
            !matches!(
                self.fine(word),
                FineTag::PastVerb
                    | FineTag::PresentVerb
                    | FineTag::PresentVerbThird
                    | FineTag::Modal
                    | FineTag::WhPronoun
                    | FineTag::WhDeterminer
            ) && !matches!(
                self.form(word),
                ";" | ":" | "(" | "\"" | "“" | "”" | "''" | "``"
            )
        };
        // "the Minister for Trade, Energy and Water": what an office is of lists nothing beside it.
        let is_inside = |word: usize| {
            self.tokens
                .get(word)
                .is_some_and(|token| matches!(token.name, NameTag::Inside(_)))
        };
        let comma = (member + 1..furthest)
            .take_while(|&word| is_plain(word))
            .filter(|&word| !is_inside(word))
            .find(|&word| self.form(word) == "," || self.is(word, "and"))
            .filter(|&comma| {
                self.form(comma) == ","
                    && matches!(
                        self.tag(comma + 1),
                        UniversalTag::Noun
                            | UniversalTag::ProperNoun
                            | UniversalTag::Adjective
                            | UniversalTag::Determiner
                            | UniversalTag::Numeral
                            | UniversalTag::Pronoun
                    )
            })?;
        let and = (comma + 1..(comma + LONGEST_MEMBER).min(self.heads.len()))
            .take_while(|&word| is_plain(word))
            .find(|&word| self.is(word, "and") || self.form(word) == ",")?;
        (self.is(and, "and") && and > comma + 1 && self.tag(and + 1) != UniversalTag::Verb)
            .then_some((comma, and))
    }

    /// "The members are Bo Ek, representing the church; Ida Roth, architect; and Ann Moe, a
    /// teacher": each stretch between semicolons tells of one more.
    fn members_between_semicolons(&mut self) {
        let marks: Vec<usize> = (1..self.heads.len())
            .filter(|&mark| self.form(mark) == ";")
            .collect();
        let [first, _, ..] = marks[..] else {
            return;
        };
        let end = self.heads.len();
        let is_clause = marks.iter().enumerate().any(|(place, &mark)| {
            let next = marks.get(place + 1).copied().unwrap_or(end);
            (mark + 1..next).any(|word| {
                self.has_child(
                    word,
                    &[Relation::NominalSubject, Relation::PassiveNominalSubject],
                ) && self.relation(word) != Relation::RelativeClause
            })
        });
        // What the list is of: the first name behind the last finite verb in front.
        let verb = (0..first).rev().find(|&word| {
            matches!(self.tag(word), UniversalTag::Auxiliary | UniversalTag::Verb)
                && matches!(
                    self.fine(word),
                    FineTag::PastVerb | FineTag::PresentVerb | FineTag::PresentVerbThird
                )
        });
        let Some(target) = verb
            .and_then(|verb| self.top_between_or_root(verb, first))
            .filter(|_| !is_clause)
        else {
            return;
        };
        for (place, &mark) in marks.iter().enumerate() {
            let next = marks.get(place + 1).copied().unwrap_or(end);
            let comma = (mark + 1..next).find(|&word| self.form(word) == ",");
            let stop = comma.unwrap_or(next);
            let Some(member) = self.top_between(mark + 1, stop) else {
                continue;
            };
            self.attach(member, target, Relation::Conjunct);
            let Some(comma) = comma else {
                continue;
            };
            for word in comma + 1..next {
                let is_far = self
                    .head(word)
                    .is_some_and(|head| head < mark || head > next);
                if !is_far || self.tag(word) == UniversalTag::Punctuation {
                    continue;
                }
                let relation = match self.tag(word) {
                    UniversalTag::Verb => Relation::AdnominalClause,
                    UniversalTag::Noun | UniversalTag::ProperNoun => Relation::Apposition,
                    _ => continue,
                };
                self.attach(word, member, relation);
            }
        }
    }

    /// The predicate noun or object in a stretch behind a verb.
    fn top_between_or_root(&self, verb: usize, end: usize) -> Option<usize> {
        (verb + 1..end).find(|&word| {
            self.is_nominal_word(word)
                && (self.head(word).is_none()
                    || self.head(word) == Some(verb) && self.relation(word) == Relation::Object)
        })
    }

    /// "by paying shops to refuse rivals and by punishing others": a gerund with a preposition is
    /// joined to the gerund with the same one.
    fn gerunds_with_their_prepositions(&mut self) {
        for second in 4..self.heads.len() {
            if self.relation(second) != Relation::Conjunct || self.fine(second) != FineTag::Gerund {
                continue;
            }
            let Some(mark) = self.preposition_of_gerund(second) else {
                continue;
            };
            let Some(first) = self.head(second).filter(|&first| first < second) else {
                continue;
            };
            let fits = |word: usize| {
                self.fine(word) == FineTag::Gerund
                    && self.preposition_of_gerund(word).as_deref() == Some(mark.as_str())
            };
            if fits(first) {
                continue;
            }
            let above = self.above(first).find(|&word| word < second && fits(word));
            if let Some(above) = above {
                self.attach(second, above, Relation::Conjunct);
            }
        }
    }

    fn preposition_of_gerund(&self, gerund: usize) -> Option<String> {
        self.children(gerund)
            .find(|&mark| {
                mark < gerund
                    && matches!(self.relation(mark), Relation::Marker | Relation::Case)
                    && matches!(
                        self.form(mark),
                        "by" | "for" | "in" | "with" | "without" | "of"
                    )
            })
            .map(|mark| self.form(mark).to_owned())
    }
}
