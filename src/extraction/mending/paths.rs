//! Garden paths: what a reader takes back when the sentence goes on. A participle behind the
//! subject is read as the verb, a name as a sentence of its own, a subject as part of a phrase.

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::{Mending, SUBJECTS};

impl Mending<'_> {
    /// All rules of garden paths.
    pub(super) fn paths(&mut self) {
        self.times_taken_for_subjects();
        self.names_taken_for_sentences();
        self.subjects_behind_as();
        self.subjects_joined_to_verbs();
        self.borders_of_heights();
        self.degrees_of_superlatives();
        self.things_in_hands();
    }

    /// "A survey carried out by the charity this spring found that": no spring finds anything; the
    /// survey did, and it was carried out in spring.
    fn times_taken_for_subjects(&mut self) {
        for time in 4..self.heads.len() {
            let is_time = self.relation(time) == Relation::NominalSubject
                && (self.tells_time(time) || self.lemma(time) == "spring" || self.is_season(time))
                && self.children(time).any(|word| {
                    ["this", "last", "that"]
                        .iter()
                        .any(|known| self.is(word, known))
                });
            let Some(verb) = self.head(time).filter(|&verb| is_time && time < verb) else {
                continue;
            };
            let Some(first) = self
                .head(verb)
                .filter(|&first| first < time && self.relation(verb) == Relation::Conjunct)
            else {
                continue;
            };
            let subject = self.children(first).find(|&subject| {
                subject < first && self.relation(subject) == Relation::NominalSubject
            });
            let has_by = self.children(first).any(|agent| {
                agent > first
                    && matches!(self.relation(agent), Relation::Oblique | Relation::Agent)
                    && self.children(agent).any(|case| self.is(case, "by"))
            });
            let is_bare = matches!(
                self.fine(first),
                FineTag::PastVerb | FineTag::PastParticiple
            ) && !self.has_child(first, &[Relation::Auxiliary, Relation::Object])
                && !self.has_child(verb, &[Relation::Coordination]);
            let Some(subject) = subject.filter(|_| has_by && is_bare) else {
                continue;
            };
            self.put_in_place_of(verb, first);
            self.attach(subject, verb, Relation::NominalSubject);
            self.attach(time, first, Relation::UnmarkedOblique);
            self.attach(first, subject, Relation::AdnominalClause);
            self.retag(first, FineTag::PastParticiple);
            for child in 0..self.heads.len() {
                let is_agent = self.head(child) == Some(first)
                    && self.relation(child) == Relation::Oblique
                    && self.children(child).any(|case| self.is(case, "by"));
                if is_agent {
                    self.attach(child, first, Relation::Agent);
                }
            }
        }
    }

    fn is_season(&self, word: usize) -> bool {
        matches!(self.lemma(word), "summer" | "autumn" | "winter" | "fall")
    }

    /// "Bo Ek, a farmer, washed, dried and sold wool": the name is no sentence; it is the subject
    /// of the verbs behind its description.
    fn names_taken_for_sentences(&mut self) {
        for name in 0..self.heads.len() {
            let is_top = self.head(name).is_none()
                && self.is_nominal_word(name)
                && !self.has_child(name, &[Relation::Copula, Relation::NominalSubject]);
            if !is_top {
                continue;
            }
            let described = self
                .children(name)
                .find(|&noun| noun > name && self.relation(noun) == Relation::Apposition);
            let verb = self.children(name).find(|&verb| {
                described.is_some_and(|noun| noun < verb)
                    && self.relation(verb) == Relation::Parataxis
                    && matches!(
                        self.fine(verb),
                        FineTag::PastVerb | FineTag::PastParticiple | FineTag::PresentVerbThird
                    )
                    && self.form(verb - 1) == ","
                    && !self.has_child(verb, &SUBJECTS)
                    && !self.has_child(verb, &[Relation::PassiveAuxiliary, Relation::Agent])
            });
            let Some((noun, verb)) = described.zip(verb) else {
                continue;
            };
            let is_next = self.end(noun) + 1 >= verb - 1;
            let goes_on = self.children(verb).any(|other| {
                self.relation(other) == Relation::Conjunct
                    && matches!(
                        self.fine(other),
                        FineTag::PastVerb | FineTag::PresentVerbThird
                    )
            });
            if !is_next || !goes_on && self.fine(verb) == FineTag::PastParticiple {
                continue;
            }
            self.put_in_place_of(verb, name);
            let others: Vec<usize> = (verb + 1..self.heads.len())
                .filter(|&child| self.head(child) == Some(name))
                .collect();
            for child in others {
                self.attach(child, verb, self.relation(child));
            }
            self.attach(name, verb, Relation::NominalSubject);
            let joined: Vec<usize> = self
                .children(verb)
                .filter(|&other| self.relation(other) == Relation::Conjunct)
                .chain([verb])
                .collect();
            for form in joined {
                if self.fine(form) == FineTag::PastParticiple {
                    self.retag(form, FineTag::PastVerb);
                }
            }
        }
    }

    /// "since the war as online shops, in particular grocers, look for cheaper ways": the noun
    /// behind "as" is the subject of the verb that has none.
    fn subjects_behind_as(&mut self) {
        for noun in 4..self.heads.len() {
            let mark = self.children(noun).find(|&mark| {
                mark < noun && self.relation(mark) == Relation::Case && self.is(mark, "as")
            });
            let is_below = self.relation(noun) == Relation::NominalModifier
                && self.fine(noun) == FineTag::PluralNoun;
            let Some(mark) = mark.filter(|_| is_below) else {
                continue;
            };
            let above = self
                .head(noun)
                .and_then(|phrase| self.head(phrase))
                .filter(|&above| above < noun);
            let clause = above.and_then(|above| {
                self.children(above).find(|&clause| {
                    clause > noun
                        && self.relation(clause) == Relation::AdverbialClause
                        && matches!(
                            self.fine(clause),
                            FineTag::PresentVerb | FineTag::PastVerb | FineTag::BaseVerb
                        )
                        && !self.has_child(clause, &SUBJECTS)
                        && !self.has_child(clause, &[Relation::Marker])
                })
            });
            if let Some(clause) = clause {
                self.attach(noun, clause, Relation::NominalSubject);
                self.attach(mark, clause, Relation::Marker);
            }
        }
    }

    /// "Lee has left, and Ek, whose deal ends in June, has yet to sign": a name joined to a verb is
    /// the subject of the next one that has none.
    fn subjects_joined_to_verbs(&mut self) {
        for noun in 3..self.heads.len() {
            let is_joined = self.relation(noun) == Relation::Conjunct
                && self.is_nominal_word(noun)
                && self.has_child(noun, &[Relation::Coordination])
                && !self.has_child(noun, &[Relation::Case, Relation::Copula]);
            let Some(first) = self.head(noun).filter(|&first| {
                is_joined
                    && first < noun
                    && self.tag(first) == UniversalTag::Verb
                    && self.has_child(first, &SUBJECTS)
            }) else {
                continue;
            };
            let verb = self.children(first).find(|&verb| {
                verb > noun
                    && self.relation(verb) == Relation::Conjunct
                    && matches!(
                        self.fine(verb),
                        FineTag::PastVerb | FineTag::PresentVerbThird | FineTag::PresentVerb
                    )
                    && !self.has_child(verb, &SUBJECTS)
                    && !self.has_child(verb, &[Relation::Coordination])
            });
            if let Some(verb) = verb {
                self.attach(noun, verb, Relation::NominalSubject);
            }
        }
    }

    /// "rose to 4.5 %, its highest level since May": since then it was no higher; it did not rise
    /// since then.
    fn borders_of_heights(&mut self) {
        for border in 3..self.heads.len() {
            let is_since = matches!(
                self.relation(border),
                Relation::Oblique | Relation::UnmarkedOblique
            ) && self
                .children(border)
                .any(|case| case < border && (self.is(case, "since") || self.is(case, "in")));
            let Some(verb) = self.head(border).filter(|&verb| is_since && verb < border) else {
                continue;
            };
            let start = self.start(border);
            let height = (verb + 1..start)
                .rev()
                .find(|&noun| {
                    self.tag(noun) == UniversalTag::Noun
                        && self.end(noun) + 1 >= start
                        && self.relation(noun) == Relation::Apposition
                })
                .filter(|&noun| {
                    self.children(noun).any(|word| {
                        self.fine(word) == FineTag::Superlative
                            || matches!(self.form(word), "first" | "worst" | "best")
                    })
                });
            let is_stretch = self.children(border).any(|case| self.is(case, "since"))
                || height.is_some_and(|_| self.has_child(border, &[Relation::NumericModifier]));
            if let Some(height) = height.filter(|_| is_stretch) {
                self.attach(border, height, Relation::NominalModifier);
            }
        }
    }

    /// "by far the busiest": how much busier, not by what.
    fn degrees_of_superlatives(&mut self) {
        for far in 1..self.heads.len().saturating_sub(1) {
            if !self.is(far, "far") || !self.is(far - 1, "by") {
                continue;
            }
            let most = (far + 1..(far + 4).min(self.heads.len())).find(|&word| {
                self.fine(word) == FineTag::Superlative
                    || self.is(word, "most")
                    || self.is(word, "least")
            });
            if let Some(most) = most.filter(|&most| !self.is_below(most, far)) {
                self.attach(far, most, Relation::AdverbialModifier);
                self.attach(far - 1, far, Relation::Fixed);
            }
        }
    }

    /// "slept on the floor, a lamp in one hand": nobody sleeps on a lamp.
    fn things_in_hands(&mut self) {
        for thing in 3..self.heads.len() {
            let holds = self.children(thing).any(|part| {
                part > thing
                    && matches!(
                        self.lemma(part),
                        "hand" | "arm" | "mouth" | "pocket" | "lap" | "shoulder" | "head"
                    )
                    && self
                        .children(part)
                        .any(|case| matches!(self.form(case), "in" | "on" | "over" | "under"))
            });
            let is_joined = self.relation(thing) == Relation::Conjunct
                && !self.has_child(thing, &[Relation::Coordination, Relation::Case])
                && self.tag(thing) == UniversalTag::Noun;
            let has_comma = self.comma_before(thing).is_some();
            let first = self.head(thing).filter(|&first| {
                holds && is_joined && has_comma && self.relation(first) == Relation::Oblique
            });
            let Some((first, verb)) = first.and_then(|first| Some((first, self.head(first)?)))
            else {
                continue;
            };
            let others: Vec<usize> = self
                .children(first)
                .filter(|&other| other > thing && self.relation(other) == Relation::Conjunct)
                .collect();
            self.attach(thing, verb, Relation::Parataxis);
            for other in others {
                self.attach(other, thing, Relation::Conjunct);
            }
        }
    }
}
