//! Parts of a whole and of a sentence that were given to the whole: "most of them", "and three
//! wounded", "in 2027 and sales in 2030", "from Oslo to Lund".

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::Mending;

impl Mending<'_> {
    /// All rules of parts.
    pub(super) fn parts(&mut self) {
        self.parts_of_them();
        self.ones_among_them();
        self.times_of_superlatives();
        self.numbers_before_participles();
        self.gaps_behind_times();
        self.ways_from_and_to();
        self.contents_behind_and_that();
        self.deeds_that_are_stopped();
        self.years_compared_with();
    }

    /// "People fell ill, most of them after eating rice": most ate it, not all.
    fn parts_of_them(&mut self) {
        for part in 3..self.heads.len() {
            let is_part = self.children(part).any(|them| {
                them > part
                    && matches!(
                        self.relation(them),
                        Relation::NominalModifier | Relation::Oblique
                    )
                    && self.children(them).any(|of| self.is(of, "of"))
                    && (self.is(them, "them") || self.is(them, "these"))
            }) && (self.form(part - 1) == "," || self.is_superlative_of_them(part))
                && (self.tag(part) == UniversalTag::Numeral
                    || matches!(
                        self.form(part),
                        "most" | "some" | "many" | "half" | "all" | "several" | "both" | "few"
                    )
                    || self.is_superlative_of_them(part));
            self.part_before_its_place(part, is_part);
            let Some(verb) = self.head(part).filter(|&verb| {
                is_part
                    && verb < part
                    && matches!(self.tag(verb), UniversalTag::Verb | UniversalTag::Adjective)
            }) else {
                continue;
            };
            let behind: Vec<usize> = self
                .children(verb)
                .filter(|&child| {
                    child > part
                        && matches!(
                            self.relation(child),
                            Relation::Oblique
                                | Relation::AdverbialClause
                                | Relation::UnmarkedOblique
                                | Relation::AdverbialModifier
                        )
                })
                .collect();
            for child in behind {
                self.attach(child, part, self.relation(child));
            }
            self.attach(part, verb, Relation::Parataxis);
        }
    }

    /// "We found 22 boats, among them nine ferries": the ferries are among them, and nothing is
    /// done among them.
    fn ones_among_them(&mut self) {
        for them in 3..self.heads.len().saturating_sub(1) {
            let is_among = self.is(them, "them")
                && self.is(them - 1, "among")
                && self.form(them - 2) == ","
                && self.head(them - 1) == Some(them)
                && self.relation(them) == Relation::Oblique;
            let Some(verb) = self.head(them).filter(|&verb| is_among && verb < them) else {
                continue;
            };
            let ones = self.children(verb).find(|&ones| {
                ones > them
                    && matches!(
                        self.relation(ones),
                        Relation::Parataxis | Relation::Apposition
                    )
                    && self.start(ones) <= them + 1
            });
            if let Some(ones) = ones {
                self.attach(them, ones, Relation::NominalModifier);
            }
        }
    }

    /// "Counted 40 storms, the most since it opened in 1990": since then it is the most.
    fn times_of_superlatives(&mut self) {
        for most in 2..self.heads.len().saturating_sub(1) {
            let is_most = matches!(
                self.fine(most),
                FineTag::Superlative | FineTag::SuperlativeAdverb
            ) && self.is(most - 1, "the")
                && self.form(most - 2) == ","
                && self.is(most + 1, "since")
                && matches!(
                    self.relation(most),
                    Relation::Parataxis | Relation::Apposition
                );
            let verb = self
                .above(most)
                .find(|&verb| self.tag(verb) == UniversalTag::Verb);
            let Some(verb) = verb.filter(|_| is_most) else {
                continue;
            };
            let since = self.children(verb).find(|&clause| {
                clause > most
                    && self.start(clause) == most + 1
                    && matches!(
                        self.relation(clause),
                        Relation::AdverbialClause | Relation::Oblique
                    )
            });
            if let Some(since) = since {
                self.attach(since, most, self.relation(since));
            }
        }
    }

    /// ", the best of them": the one of which what follows is told.
    fn is_superlative_of_them(&self, part: usize) -> bool {
        self.is(part - 1, "the")
            && part > 1
            && self.form(part - 2) == ","
            && matches!(
                self.fine(part),
                FineTag::Superlative | FineTag::SuperlativeAdverb
            )
    }

    /// "were confirmed, most of them in Beni": the part that was read as a word of the place
    /// behind it hangs where the place hung, and the place is the part's.
    fn part_before_its_place(&mut self, part: usize, is_part: bool) {
        let place = self.head(part).filter(|&place| {
            is_part
                && part < place
                && self.relation(part) != Relation::NominalSubject
                && self.has_child(place, &[Relation::Case])
                && self.relation(place) == Relation::Oblique
        });
        let Some(place) = place else { return };
        let Some(verb) = self.head(place).filter(|&verb| verb < part) else {
            return;
        };
        self.attach(part, verb, Relation::Parataxis);
        self.attach(place, part, Relation::NominalModifier);
    }

    /// "Two soldiers were killed and three wounded": three were, and not the two.
    fn numbers_before_participles(&mut self) {
        for verb in 4..self.heads.len() {
            let number = verb - 1;
            let is_number = self.tag(number) == UniversalTag::Numeral
                && self.head(number) == Some(verb)
                && self.relation(number) != Relation::PassiveNominalSubject;
            let goes_on = self.relation(verb) == Relation::Conjunct
                && matches!(self.fine(verb), FineTag::PastParticiple | FineTag::PastVerb)
                && self.head(verb).is_some_and(|first| {
                    first < number && self.has_child(first, &[Relation::PassiveAuxiliary])
                });
            if is_number && goes_on {
                self.attach(number, verb, Relation::PassiveNominalSubject);
            }
        }
    }

    /// "Work is to begin in 2027 and operation in 2030": nothing begins in an operation.
    fn gaps_behind_times(&mut self) {
        for noun in 4..self.heads.len() {
            let is_joined = self.relation(noun) == Relation::Conjunct
                && self.tag(noun) == UniversalTag::Noun
                && !self.tells_time(noun)
                && self.has_child(noun, &[Relation::Coordination])
                && self.children(noun).any(|time| {
                    time > noun && self.tells_time(time) && self.has_child(time, &[Relation::Case])
                });
            let Some(time) = self.head(noun).filter(|&time| {
                is_joined
                    && time < noun
                    && self.relation(time) == Relation::Oblique
                    && self.tells_time(time)
            }) else {
                continue;
            };
            if let Some(verb) = self.head(time) {
                self.attach(noun, verb, Relation::Parataxis);
            }
        }
    }

    /// "travelled from Oslo to Lund", "rose from 3 to 5": where something goes is no part of where
    /// it comes from.
    fn ways_from_and_to(&mut self) {
        for end in 4..self.heads.len() {
            let has = |noun: usize, word: &str| {
                self.children(noun).any(|case| {
                    case < noun && self.relation(case) == Relation::Case && self.is(case, word)
                })
            };
            let is_end = self.relation(end) == Relation::NominalModifier && has(end, "to");
            let Some(begin) = self.head(end).filter(|&begin| {
                is_end
                    && begin < end
                    && self.relation(begin) == Relation::Oblique
                    && has(begin, "from")
                    && (self.kind(begin) == Some(EntityKind::Place)
                        || self.tag(begin) == UniversalTag::Numeral
                        || self.has_child(begin, &[Relation::NumericModifier]))
            }) else {
                continue;
            };
            if let Some(verb) = self
                .head(begin)
                .filter(|&verb| self.tag(verb) == UniversalTag::Verb)
            {
                self.attach(end, verb, Relation::Oblique);
            }
        }
    }

    /// "said it would pay, and that staff would be told": behind "and" the word begins what else
    /// was said, and points at no staff.
    fn contents_behind_and_that(&mut self) {
        for that in 4..self.heads.len() {
            let is_that = self.is(that, "that")
                && self.relation(that) == Relation::Determiner
                && matches!(self.form(that - 1), "and" | "but");
            let Some(noun) = self.head(that).filter(|&noun| is_that && that < noun) else {
                continue;
            };
            let is_subject = matches!(
                self.relation(noun),
                Relation::NominalSubject | Relation::PassiveNominalSubject
            );
            let clause = self
                .head(noun)
                .filter(|&clause| is_subject && self.relation(clause) == Relation::Conjunct);
            let Some((clause, first)) =
                clause.and_then(|clause| Some((clause, self.head(clause)?)))
            else {
                continue;
            };
            let is_said = self.relation(first) == Relation::ClausalComplement
                && self
                    .head(first)
                    .is_some_and(|verb| lexicon::is_speech(self.lemma(verb)));
            if is_said {
                self.attach(that, clause, Relation::Marker);
            }
        }
    }

    /// "bans firms from firing workers": the firms are stopped from that, and it is no name of
    /// them.
    fn deeds_that_are_stopped(&mut self) {
        for deed in 4..self.heads.len() {
            let is_deed = self.relation(deed) == Relation::AdnominalClause
                && self.fine(deed) == FineTag::Gerund
                && self
                    .children(deed)
                    .any(|from| from < deed && self.is(from, "from"));
            let Some(object) = self.head(deed).filter(|&object| {
                is_deed && object < deed && self.relation(object) == Relation::Object
            }) else {
                continue;
            };
            let verb = self.head(object).filter(|&verb| {
                matches!(
                    self.lemma(verb),
                    "ban"
                        | "bar"
                        | "stop"
                        | "prevent"
                        | "keep"
                        | "prohibit"
                        | "block"
                        | "deter"
                        | "discourage"
                        | "exempt"
                        | "restrict"
                )
            });
            if let Some(verb) = verb {
                self.attach(deed, verb, Relation::AdverbialClause);
            }
        }
    }

    /// "rose 3 % from a year earlier": it is compared with the year before, and did not rise then.
    fn years_compared_with(&mut self) {
        for earlier in 3..self.heads.len() {
            let is_word = (self.is(earlier, "earlier")
                || self.is(earlier, "before")
                || self.is(earlier, "ago"))
                && self.relation(earlier) == Relation::AdverbialModifier;
            let unit = earlier - 1;
            let from = self
                .children(unit)
                .find(|&from| from < unit && self.is(from, "from"));
            let verb = self
                .head(earlier)
                .filter(|&verb| verb < unit && lexicon::tells_change(self.lemma(verb)));
            let is_unit = self.head(unit) == Some(earlier)
                && matches!(
                    self.lemma(unit),
                    "year" | "month" | "week" | "quarter" | "day" | "decade"
                );
            if let Some((_, verb)) = from.zip(verb).filter(|_| is_word && is_unit) {
                self.attach(unit, verb, Relation::Oblique);
                self.attach(earlier, unit, Relation::AdverbialModifier);
            }
        }
    }
}
