//! Verbs that were taken for nouns, and infinitives that the verb before them asks for.

use crate::text::dependency::Relation;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::Mending;

impl Mending<'_> {
    /// "The team plans to move": a plural noun that nothing but an infinitive follows is no
    /// sentence; the noun before it is who does it.
    pub(super) fn verbs_taken_for_nouns(&mut self) {
        for verb in 1..self.heads.len() {
            let subject = verb - 1;
            let is_noun_sentence = self.relation(verb) == Relation::Root
                && self.fine(verb) == FineTag::PluralNoun
                && self.relation(subject) == Relation::Compound
                && self.head(subject) == Some(verb)
                && self.is(verb + 1, "to");
            let has_infinitive = self.children(verb).any(|word| {
                word > verb
                    && self.tag(word) == UniversalTag::Verb
                    && matches!(
                        self.relation(word),
                        Relation::OpenClausalComplement | Relation::AdnominalClause
                    )
            });
            let is_said = self.has_child(
                verb,
                &[Relation::NominalSubject, Relation::Copula, Relation::Case],
            );
            if !is_noun_sentence || !has_infinitive || is_said {
                continue;
            }
            for word in 0..subject {
                if self.head(word) == Some(verb) {
                    self.attach(word, subject, self.relation(word));
                }
            }
            for word in verb + 1..self.heads.len() {
                let is_infinitive = self.relation(word) == Relation::AdnominalClause;
                if self.head(word) == Some(verb) && is_infinitive {
                    self.attach(word, verb, Relation::OpenClausalComplement);
                }
            }
            self.attach(subject, verb, Relation::NominalSubject);
            self.retag(verb, FineTag::PresentVerbThird);
        }
    }

    /// "They failed, however, to agree": what a verb asks for is no purpose, though words stand
    /// between.
    pub(super) fn infinitives_behind_asides(&mut self) {
        for infinitive in 3..self.heads.len() {
            let to = infinitive - 1;
            let Some(verb) = self.head(infinitive).filter(|&verb| {
                verb + 1 < to
                    && self.relation(infinitive) == Relation::AdverbialClause
                    && self.fine(infinitive) == FineTag::BaseVerb
                    && self.is(to, "to")
                    && asks_for_infinitive(self.lemma(verb))
            }) else {
                continue;
            };
            // "declined on Thursday to comment": a day may stand between, too.
            let is_aside = |word: usize| {
                matches!(
                    self.tag(word),
                    UniversalTag::Adverb | UniversalTag::Punctuation | UniversalTag::Adposition
                ) || lexicon::is_calendar_name(self.form(word))
            };
            // "declined on Thursday to comment", "agreed in Oslo to meet".
            let is_when = |word: usize| {
                self.children(verb).any(|when| {
                    when > verb
                        && matches!(
                            self.relation(when),
                            Relation::Oblique | Relation::UnmarkedOblique
                        )
                        && self.is_below(word, when)
                })
            };
            let is_asked = (verb + 1..to).all(|word| is_aside(word) || is_when(word))
                && !self.has_child(
                    verb,
                    &[
                        Relation::OpenClausalComplement,
                        Relation::ClausalComplement,
                        Relation::Object,
                    ],
                );
            if is_asked {
                self.attach(infinitive, verb, Relation::OpenClausalComplement);
            }
        }
    }

    /// "Work will begin, the minister said on Monday": what stands right behind a verb of saying
    /// tells of it, not of what was said before.
    pub(super) fn circumstances_of_saying(&mut self) {
        for place in 2..self.heads.len() {
            let is_circumstance = matches!(
                self.relation(place),
                Relation::Oblique | Relation::UnmarkedOblique
            );
            let Some(told) = self.head(place).filter(|_| is_circumstance) else {
                continue;
            };
            let saying = (told + 1..place).rev().find(|&saying| {
                self.fine(saying) == FineTag::PastVerb
                    && lexicon::is_speech(self.lemma(saying))
                    && self.is_told_before(told, saying)
            });
            let Some(saying) = saying else {
                continue;
            };
            let is_near = (saying + 1..place).all(|word| {
                self.tag(word) != UniversalTag::Punctuation && self.tag(word) != UniversalTag::Verb
            });
            if is_near {
                self.attach(place, saying, self.relation(place));
            }
        }
    }

    /// Whether a predicate stands in the present or future.
    pub(super) fn is_present(&self, verb: usize) -> bool {
        let helper = self.children(verb).find(|&word| {
            word < verb
                && matches!(
                    self.relation(word),
                    Relation::Auxiliary | Relation::PassiveAuxiliary | Relation::Copula
                )
        });
        match helper {
            Some(helper) => matches!(
                self.form(helper).to_lowercase().as_str(),
                "is" | "are" | "has" | "have" | "will" | "can" | "must" | "does" | "do"
            ),
            None => matches!(
                self.fine(verb),
                FineTag::PresentVerb | FineTag::PresentVerbThird
            ),
        }
    }

    /// Whether a word is part of the clause that was said before the verb of saying.
    fn is_told_before(&self, word: usize, saying: usize) -> bool {
        self.children(saying).any(|clause| {
            clause < saying
                && matches!(
                    self.relation(clause),
                    Relation::ClausalComplement | Relation::Parataxis
                )
                && (word == clause || self.is_below(word, clause))
        })
    }

    /// "Partner states widely praised new rules": a person noun without a determiner is no subject
    /// but modifies the plural behind it, and the participle in front of the object is the verb.
    pub(super) fn nouns_taken_for_verbs(&mut self) {
        for noun in 1..self.heads.len() {
            let modifier = noun - 1;
            let is_bare = self.fine(noun) == FineTag::PresentVerbThird
                && self.relation(modifier) == Relation::NominalSubject
                && self.head(modifier) == Some(noun)
                && self.fine(modifier) == FineTag::Noun
                && self.is_counted(modifier)
                && !self.has_child(
                    modifier,
                    &[Relation::Determiner, Relation::PossessiveModifier],
                );
            if !is_bare || self.has_child(noun, &[Relation::Auxiliary]) {
                continue;
            }
            let verb = (noun + 1..self.heads.len())
                .find(|&word| self.tag(word) != UniversalTag::Adverb)
                .filter(|&word| {
                    matches!(self.fine(word), FineTag::PastVerb | FineTag::PastParticiple)
                });
            let Some(verb) = verb.filter(|&verb| self.is_verb_of_object(verb, noun)) else {
                continue;
            };
            self.swap_noun_for_verb(noun, modifier, verb);
        }
    }

    /// Whether a noun names one of several people or bodies, so that it does not stand alone.
    fn is_counted(&self, noun: usize) -> bool {
        let lemma = self.lemma(noun).to_lowercase();
        is_in_class(&lemma, NounClass::Person)
            || matches!(
                lemma.as_str(),
                "member"
                    | "partner"
                    | "donor"
                    | "neighbour"
                    | "neighbor"
                    | "candidate"
                    | "observer"
            )
    }

    /// Whether a participle modifies the object of a word, or is a clause below it.
    fn is_verb_of_object(&self, verb: usize, above: usize) -> bool {
        match self.relation(verb) {
            Relation::ClausalComplement => {
                self.head(verb) == Some(above)
                    && !self.has_child(verb, &[Relation::NominalSubject, Relation::Auxiliary])
            }
            Relation::AdjectivalModifier => self.head(verb).is_some_and(|object| {
                object > verb
                    && self.head(object) == Some(above)
                    && self.relation(object) == Relation::Object
                    || object == above
            }),
            _ => false,
        }
    }

    /// Makes the participle the verb, and the plural noun before it its subject.
    fn swap_noun_for_verb(&mut self, noun: usize, modifier: usize, verb: usize) {
        let object = self.head(verb).filter(|&object| object != noun);
        self.put_in_place_of(verb, noun);
        for child in 0..self.heads.len() {
            if self.head(child) == Some(noun) && child != modifier && child != verb {
                self.attach(child, verb, self.relation(child));
            }
        }
        if let Some(object) = object {
            self.attach(object, verb, Relation::Object);
        }
        self.attach(noun, verb, Relation::NominalSubject);
        self.attach(modifier, noun, Relation::Compound);
        self.retag(noun, FineTag::PluralNoun);
        self.retag(verb, FineTag::PastVerb);
    }
}

/// Verbs behind which an infinitive says what is failed, agreed or tried.
fn asks_for_infinitive(lemma: &str) -> bool {
    matches!(
        lemma,
        "fail"
            | "refuse"
            | "decline"
            | "neglect"
            | "manage"
            | "agree"
            | "decide"
            | "promise"
            | "pledge"
            | "vow"
            | "plan"
            | "intend"
            | "hope"
            | "want"
            | "wish"
            | "seek"
            | "try"
            | "attempt"
            | "undertake"
            | "continue"
    )
}
