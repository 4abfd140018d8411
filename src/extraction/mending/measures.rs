//! Measures: what bounds a number.

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::Mending;

impl Mending<'_> {
    /// All rules of measures.
    pub(super) fn measures(&mut self) {
        self.bounds_taken_for_objects();
        self.shares_of_wholes();
        self.bounds_of_verbs();
        self.ends_of_ranges();
        self.bounds_behind_prepositions();
        self.particles_before_numbers();
        self.times_in_a_row();
        self.prepositions_of_two_words();
        self.measures_before_events();
        self.ends_of_between();
        self.ages();
        self.lists_of_seconds();
    }

    /// "lost more than a quarter of their value": what is a share of something, right behind a verb
    /// that has no object, is its object; "fell a quarter of a point" tells how far.
    fn shares_of_wholes(&mut self) {
        const SHARES: [&str; 8] = [
            "half", "third", "quarter", "fifth", "tenth", "majority", "most", "part",
        ];
        const MOVES: [&str; 22] = [
            "rise", "fall", "drop", "climb", "grow", "decline", "slip", "shrink", "jump", "surge",
            "plunge", "sink", "slump", "tumble", "soar", "dip", "ease", "drift", "edge", "be",
            "go", "move",
        ];
        for noun in 1..self.heads.len() {
            let is_share = matches!(
                self.relation(noun),
                Relation::Oblique | Relation::UnmarkedOblique
            ) && SHARES.contains(&self.lemma(noun))
                && !self.has_child(noun, &[Relation::Case]);
            let Some(verb) = self.head(noun).filter(|&verb| is_share && verb < noun) else {
                continue;
            };
            let is_free = self.tag(verb) == UniversalTag::Verb
                && !MOVES.contains(&self.lemma(verb))
                && !self.has_child(
                    verb,
                    &[
                        Relation::Object,
                        Relation::ClausalComplement,
                        Relation::OpenClausalComplement,
                        Relation::PassiveNominalSubject,
                    ],
                );
            let is_next = (verb + 1..noun).all(|word| self.is_below(word, noun));
            let tells_whole = self
                .children(noun)
                .any(|whole| whole > noun && self.children(whole).any(|case| self.is(case, "of")));
            if is_free && is_next && tells_whole {
                self.attach(noun, verb, Relation::Object);
            }
        }
    }

    /// "next to the harbour", "ahead of the storm": the two words are one preposition.
    fn prepositions_of_two_words(&mut self) {
        const PAIRS: [(&str, &str); 5] = [
            ("next", "to"),
            ("ahead", "of"),
            ("prior", "to"),
            ("owing", "to"),
            ("apart", "from"),
        ];
        for first in 0..self.heads.len().saturating_sub(2) {
            let second = first + 1;
            let is_pair = PAIRS
                .iter()
                .any(|(one, other)| self.is(first, one) && self.is(second, other));
            let Some(noun) = self.head(second).filter(|&noun| noun > second) else {
                continue;
            };
            let is_bare = !self.children(first).any(|word| word != second);
            if is_pair && is_bare && self.relation(second) == Relation::Case {
                self.attach(first, noun, Relation::Case);
                self.attach(second, first, Relation::Fixed);
            }
        }
    }

    /// "began a week after the truce": how long belongs to what it is counted from, not to the
    /// verb.
    fn measures_before_events(&mut self) {
        for case in 2..self.heads.len() {
            let is_case = self.relation(case) == Relation::Case
                && matches!(
                    self.form(case).to_lowercase().as_str(),
                    "after" | "before" | "into" | "ahead" | "prior"
                );
            let Some(noun) = self.head(case).filter(|&noun| is_case && noun > case) else {
                continue;
            };
            let measure = case - 1;
            let is_measure = lexicon::is_measure_of_time(self.lemma(measure))
                && matches!(
                    self.relation(measure),
                    Relation::UnmarkedOblique | Relation::UnmarkedNominalModifier
                )
                && self.head(measure).is_some()
                && self.head(measure) == self.head(noun)
                && !self.has_child(measure, &[Relation::Case]);
            if is_measure {
                self.attach(measure, noun, Relation::UnmarkedNominalModifier);
            }
        }
    }

    /// "has died aged 88": the number is the age, and no measure of the dying.
    fn ages(&mut self) {
        for aged in 1..self.heads.len().saturating_sub(1) {
            let number = aged + 1;
            let is_age = self.is(aged, "aged")
                && self.tag(number) == UniversalTag::Numeral
                && self.head(aged).is_some()
                && self.head(number) == self.head(aged);
            if is_age {
                self.attach(number, aged, Relation::Object);
            }
        }
    }

    /// "between 1974 and her retirement": what "and" joins is the other end, whatever the parser
    /// hangs it on.
    fn ends_of_between(&mut self) {
        for between in 0..self.heads.len() {
            let is_case = self.is(between, "between") && self.relation(between) == Relation::Case;
            let Some(first) = self
                .head(between)
                .filter(|&first| is_case && first > between)
            else {
                continue;
            };
            let Some(and) = (first + 1..self.heads.len()).find(|&word| self.is(word, "and")) else {
                continue;
            };
            let is_next = (first + 1..and).all(|word| self.is_below(word, first));
            let Some(second) = self.head(and).filter(|&second| second > and && is_next) else {
                continue;
            };
            let is_noun = matches!(
                self.tag(second),
                UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Numeral
            ) && !self
                .has_child(second, &[Relation::NominalSubject, Relation::Copula]);
            if is_noun && self.head(second) != Some(first) && !self.is_below(second, first) {
                self.attach(second, first, Relation::Conjunct);
            }
        }
    }

    /// "three people were injured, one of them badly": a second subject behind the verb tells of
    /// some of the first, and what follows it is of these.
    fn lists_of_seconds(&mut self) {
        for part in 1..self.heads.len() {
            let is_subject = matches!(
                self.relation(part),
                Relation::NominalSubject | Relation::PassiveNominalSubject
            );
            let Some(verb) = self.head(part).filter(|&verb| verb < part && is_subject) else {
                continue;
            };
            let of_them = self.children(part).any(|word| {
                word > part
                    && matches!(self.form(word), "them" | "whom" | "which")
                    && self.relation(word) == Relation::NominalModifier
            });
            let is_second = self.form(part - 1) == ","
                && self
                    .children(verb)
                    .any(|other| other < verb && self.relation(other) == self.relation(part));
            if !of_them || !is_second {
                continue;
            }
            let behind: Vec<usize> = self
                .children(verb)
                .filter(|&word| {
                    word > part
                        && matches!(
                            self.relation(word),
                            Relation::AdverbialModifier | Relation::Oblique
                        )
                })
                .collect();
            self.attach(part, verb, Relation::Parataxis);
            for word in behind {
                self.attach(word, part, Relation::Orphan);
            }
        }
    }

    /// "for the third month in a row", "16 hours at a stretch": how they follow each other.
    fn times_in_a_row(&mut self) {
        for row in 3..self.heads.len() {
            let time = row - 3;
            let is_idiom = self.is(row - 1, "a")
                && (self.is(row - 2, "in") && self.is(row, "row")
                    || self.is(row - 2, "at") && matches!(self.form(row), "stretch" | "time"));
            let is_time = self.tag(time) == UniversalTag::Noun && self.head(row) != Some(time);
            if is_idiom && is_time && !self.is_below(time, row) {
                self.attach(row, time, Relation::NominalModifier);
            }
        }
    }

    /// "moved by up to 900 metres": the bound belongs to the number.
    fn bounds_behind_prepositions(&mut self) {
        for up in 1..self.heads.len().saturating_sub(2) {
            let (to, number) = (up + 1, up + 2);
            let is_bound = self.is(up, "up")
                && self.is(to, "to")
                && self.tag(number) == UniversalTag::Numeral
                && self.relation(up - 1) == Relation::Case
                && self.head(up - 1) == self.head(up);
            if is_bound && self.head(up) != Some(number) {
                self.attach(up, number, Relation::AdverbialModifier);
                self.attach(to, up, Relation::Fixed);
            }
        }
    }

    /// "handed over 50,000 dollars", "signed over 20 acres": no more than that.
    fn particles_before_numbers(&mut self) {
        for over in 1..self.heads.len() {
            let verb = over - 1;
            let is_particle = self.is(over, "over")
                && self.tag(verb) == UniversalTag::Verb
                && matches!(self.lemma(verb), "hand" | "turn" | "sign");
            if is_particle {
                self.attach(over, verb, Relation::VerbParticle);
            }
        }
    }

    /// "exports more than doubled": the bound belongs to the verb behind it.
    fn bounds_of_verbs(&mut self) {
        for more in 0..self.heads.len().saturating_sub(2) {
            let verb = more + 2;
            let is_bound = self.is(more, "more")
                && self.is(more + 1, "than")
                && matches!(
                    self.fine(verb),
                    FineTag::PastVerb | FineTag::PastParticiple | FineTag::BaseVerb
                )
                && self.tag(verb) == UniversalTag::Verb;
            if is_bound && self.head(more) != Some(verb) && !self.is_below(verb, more) {
                self.attach(more, verb, Relation::AdverbialModifier);
                self.attach(more + 1, more, Relation::Fixed);
            }
        }
    }

    /// "rose from 28 to 31 percent": each preposition belongs to the number behind it.
    fn ends_of_ranges(&mut self) {
        for from in 0..self.heads.len().saturating_sub(3) {
            let (number, to) = (from + 1, from + 2);
            let is_range = self.is(from, "from")
                && self.tag(number) == UniversalTag::Numeral
                && self.is(to, "to")
                && matches!(
                    self.relation(number),
                    Relation::Oblique | Relation::NominalModifier
                );
            if is_range && self.head(from) == self.head(to) && self.head(from) != Some(number) {
                self.attach(from, number, Relation::Case);
            }
        }
    }

    /// "paid as much as 19 percent": the bound belongs to its number.
    fn bounds_taken_for_objects(&mut self) {
        for much in 1..self.heads.len() {
            let is_bound = matches!(self.form(much), "much" | "many" | "little" | "few")
                && self.is(much - 1, "as")
                && self.is(much + 1, "as");
            let number = (much + 2..self.heads.len().min(much + 5)).find(|&number| {
                self.tag(number) == UniversalTag::Numeral || self.fine(number) == FineTag::Cardinal
            });
            let Some(number) = number.filter(|_| is_bound) else {
                continue;
            };
            let hangs_on_number = self.is_below(much, number);
            let is_next = number == much + 2
                || self.tag(much + 2) == UniversalTag::Symbol && number == much + 3;
            if is_next && !hangs_on_number && self.head(much).is_some() {
                self.attach(much, number, Relation::AdverbialModifier);
            }
        }
    }
}
