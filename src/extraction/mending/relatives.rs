//! Relative clauses behind a comma: they tell of the phrase right before it.

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::super::lexicon;
use super::{Mending, NOMINAL_SUBJECTS};

/// What only states, bodies and people do, so that no plan or event does it.
const DEEDS: [&str; 16] = [
    "declare",
    "announce",
    "sign",
    "ratify",
    "join",
    "host",
    "elect",
    "import",
    "export",
    "border",
    "employ",
    "own",
    "chair",
    "govern",
    "manufacture",
    "withdraw",
];

/// A place that "where" means stands at most so many tokens before it.
const FARTHEST_PLACE: usize = 8;

impl Mending<'_> {
    /// "two million of which was paid": the part is the subject, not the pronoun.
    pub(super) fn parts_of_which(&mut self) {
        for pronoun in 2..self.heads.len() {
            let relation = self.relation(pronoun);
            // "1,800 of which were brought", where "which" is taken for an oblique
            let is_open = relation == Relation::Oblique
                && self.head(pronoun).is_some_and(|verb| {
                    pronoun < verb
                        && !self.has_child(
                            verb,
                            &[Relation::NominalSubject, Relation::PassiveNominalSubject],
                        )
                });
            let is_subject = is_open
                || matches!(
                    relation,
                    Relation::NominalSubject | Relation::PassiveNominalSubject
                );
            let is_pronoun = matches!(
                self.fine(pronoun),
                FineTag::WhDeterminer | FineTag::WhPronoun
            );
            let part = pronoun - 2;
            let is_part = self.is(pronoun - 1, "of")
                && matches!(
                    self.relation(part),
                    Relation::Apposition | Relation::NominalModifier | Relation::Conjunct
                );
            if let Some(verb) = self
                .head(pronoun)
                .filter(|_| is_subject && is_pronoun && is_part)
            {
                let is_passive = self.has_child(verb, &[Relation::PassiveAuxiliary]);
                let subject = match (relation, is_passive) {
                    (Relation::Oblique, true) => Relation::PassiveNominalSubject,
                    (Relation::Oblique, false) => Relation::NominalSubject,
                    (relation, _) => relation,
                };
                self.attach(part, verb, subject);
                self.attach(pronoun, part, Relation::NominalModifier);
                self.attach(pronoun - 1, pronoun, Relation::Case);
            }
            if is_pronoun && is_part && self.head(pronoun) == Some(part) {
                self.part_as_subject(part);
            }
        }
    }

    /// The relative clause beside "a third of which" has the part as its subject.
    fn part_as_subject(&mut self, part: usize) {
        let Some(noun) = self.head(part) else {
            return;
        };
        let clause = self.children(noun).find(|&clause| {
            clause > part
                && self.relation(clause) == Relation::RelativeClause
                && !self.has_child(clause, &NOMINAL_SUBJECTS)
        });
        if let Some(clause) = clause {
            self.attach(part, clause, self.subject_relation(clause));
        }
    }

    /// All rules of relative clauses behind a comma.
    pub(super) fn relatives_behind_commas(&mut self) {
        self.relatives_joined();
        self.relatives_across_phrases();
        self.relatives_of_objects();
        self.relatives_of_places();
        self.relatives_of_doers();
        self.relatives_behind_asides();
    }

    /// "the fund, which is run by Acme and which has paid": the second goes on with the first.
    fn relatives_joined(&mut self) {
        for clause in 3..self.heads.len() {
            if self.relation(clause) != Relation::RelativeClause {
                continue;
            }
            let Some(pronoun) = self.pronoun_of(clause) else {
                continue;
            };
            let is_joined = self
                .children(clause)
                .any(|and| self.relation(and) == Relation::Coordination && and + 1 == pronoun);
            let Some(noun) = self.head(clause).filter(|_| is_joined) else {
                continue;
            };
            let first = (noun + 1..pronoun).chain(0..noun).find(|&first| {
                self.relation(first) == Relation::RelativeClause
                    && first < clause
                    && (self.is_below(noun, first) || self.head(first) == Some(noun))
                    && self.pronoun_of(first).is_some_and(|other| {
                        self.form(other).eq_ignore_ascii_case(self.form(pronoun))
                    })
            });
            if let Some(first) = first {
                self.attach(clause, first, Relation::Conjunct);
            }
        }
    }

    /// "paid two crowns to the guests, who left": what stands between a noun and a comma keeps the
    /// clause behind the comma from it.
    fn relatives_across_phrases(&mut self) {
        for clause in 3..self.heads.len() {
            let Some((noun, pronoun, last)) = self.remark(clause) else {
                continue;
            };
            let reaches = (noun..last + 1).all(|word| self.is_below(word, noun));
            let is_close = last == noun || reaches;
            if is_close || self.relation(last) == Relation::Punctuation {
                continue;
            }
            let near = self.phrase_ending_at(last, noun);
            let is_person = self.kind(near) == Some(EntityKind::Person)
                || is_in_class(&self.lemma(near).to_lowercase(), NounClass::Person);
            let fits = match self.form(pronoun).to_lowercase().as_str() {
                "which" => !is_person,
                "who" => self.fine(near) == FineTag::PluralNoun || is_person,
                _ => true,
            };
            let agrees = self
                .number_of_verb(clause)
                .is_none_or(|is_plural| self.agrees(near, is_plural));
            let is_time = self.is_period_or_day(near) || !agrees;
            if fits && !is_time && self.is_noun(near) && !self.is_below(near, clause) {
                self.attach(clause, near, Relation::RelativeClause);
            }
        }
    }

    /// "the first woman to win the prize, which is given each year": "which" is no person.
    fn relatives_of_objects(&mut self) {
        for clause in 3..self.heads.len() {
            let Some((noun, pronoun, last)) = self.remark(clause) else {
                continue;
            };
            let is_person = self.kind(noun) == Some(EntityKind::Person)
                || self.kind(noun).is_none()
                    && is_in_class(&self.lemma(noun).to_lowercase(), NounClass::Person);
            let near = self.phrase_ending_at(last, noun);
            if self.is(pronoun, "which") && is_person && near != noun && self.is_noun(near) {
                self.attach(clause, near, Relation::RelativeClause);
            }
        }
    }

    /// "cuts in Chile, where the firm runs a mine": "where" is a place.
    fn relatives_of_places(&mut self) {
        for clause in 3..self.heads.len() {
            let is_relative = matches!(
                self.relation(clause),
                Relation::RelativeClause | Relation::AdverbialRelativeClause
            );
            let pronoun = self
                .children(clause)
                .find(|&word| word < clause && word > 1 && self.is(word, "where"));
            let Some((pronoun, noun)) = pronoun
                .filter(|&pronoun| is_relative && self.form(pronoun - 1) == ",")
                .zip(self.head(clause))
            else {
                continue;
            };
            if !self.is_nowhere(noun) {
                continue;
            }
            let first = pronoun.saturating_sub(FARTHEST_PLACE);
            let place = (first..pronoun - 1)
                .rev()
                .take_while(|&word| self.tag(word) != UniversalTag::Verb)
                .find(|&word| self.kind(word) == Some(EntityKind::Place) && self.is_noun(word));
            let Some(place) = place else {
                continue;
            };
            let top = self.phrase_ending_at(place, noun);
            if self.is_place(top) && !self.is_below(top, clause) {
                self.attach(clause, top, Relation::RelativeClause);
            }
        }
    }

    /// "at the request of Chile, which hosts the forum": a request hosts nothing.
    fn relatives_of_doers(&mut self) {
        for clause in 3..self.heads.len() {
            let Some((noun, pronoun, last)) = self.remark(clause) else {
                continue;
            };
            let does = self.relation(pronoun) == Relation::NominalSubject
                && DEEDS.contains(&self.lemma(clause));
            let near = self.top_of_name(last);
            let lemma = self.lemma(noun).to_lowercase();
            let may_own = [NounClass::Person, NounClass::Organization, NounClass::Place]
                .iter()
                .any(|&class| is_in_class(&lemma, class))
                || is_in_class(&lemma, NounClass::Business)
                || self.tag(noun) != UniversalTag::Noun
                || self.kind(noun).is_some();
            let acts = may_own || self.fine(noun) != FineTag::Noun;
            let is_body = matches!(
                self.kind(near),
                Some(EntityKind::Place | EntityKind::Organization)
            ) && self.tag(near) == UniversalTag::ProperNoun;
            // "help from the navy, whose ships came": help has no ships.
            let owns = self.is(pronoun, "whose")
                && (is_body || self.kind(near).is_some() || self.acts(near));
            if owns && !may_own && self.is_below(near, noun) && near != noun {
                self.attach(clause, near, Relation::RelativeClause);
                continue;
            }
            if does && !acts && is_body && self.head(near) == Some(noun) {
                self.attach(clause, near, Relation::RelativeClause);
            }
        }
    }

    /// "a board, to be led by Acme, which will meet": nobody knows which of them will meet.
    fn relatives_behind_asides(&mut self) {
        for clause in 5..self.heads.len() {
            let Some((agent, pronoun, last)) = self.remark(clause) else {
                continue;
            };
            let verb = self.head(agent).filter(|&verb| {
                self.relation(agent) == Relation::Agent && last == agent && verb < agent
            });
            let is_aside = verb.is_some_and(|verb| {
                matches!(
                    self.relation(verb),
                    Relation::AdverbialClause | Relation::AdnominalClause
                ) && self.comma_before(verb).is_some()
            });
            if is_aside && self.is(pronoun, "which") {
                self.attach(clause, agent, Relation::Parataxis);
            }
        }
    }

    /// The noun of a relative clause behind a comma, its pronoun, and the word before the comma.
    fn remark(&self, clause: usize) -> Option<(usize, usize, usize)> {
        let noun = self.head(clause).filter(|&noun| noun < clause)?;
        let pronoun = self.pronoun_of(clause)?;
        let comma = pronoun.checked_sub(1)?;
        let last = comma.checked_sub(1)?;
        let is_remark = self.relation(clause) == Relation::RelativeClause
            && self.form(comma) == ","
            && noun <= last;
        is_remark.then_some((noun, pronoun, last))
    }

    /// The first relative pronoun of a clause, also as an owner: "which", "whose trucks".
    fn pronoun_of(&self, clause: usize) -> Option<usize> {
        (0..clause).find(|&word| {
            let is_pronoun = matches!(
                self.fine(word),
                FineTag::WhDeterminer | FineTag::WhPronoun | FineTag::PossessiveWhPronoun
            );
            let hangs = self.head(word) == Some(clause)
                || self.fine(word) == FineTag::PossessiveWhPronoun
                    && self
                        .head(word)
                        .is_some_and(|noun| self.head(noun) == Some(clause));
            is_pronoun
                && hangs
                && ["which", "who", "whose"]
                    .iter()
                    .any(|known| self.is(word, known))
        })
    }

    /// The head of the phrase that ends at a word, and does not hold another word.
    fn phrase_ending_at(&self, last: usize, without: usize) -> usize {
        let mut current = last;
        for _ in 0..self.heads.len() {
            let goes_up = matches!(
                self.relation(current),
                Relation::Flat
                    | Relation::Compound
                    | Relation::NumericModifier
                    | Relation::AdjectivalModifier
                    | Relation::UnmarkedNominalModifier
            );
            let above = self
                .head(current)
                .filter(|&above| goes_up && above != without && above < self.heads.len());
            let Some(above) = above else {
                break;
            };
            current = above;
        }
        current
    }

    /// The head of the name that a word belongs to.
    fn top_of_name(&self, word: usize) -> usize {
        let mut current = word;
        while matches!(
            self.relation(current),
            Relation::Flat | Relation::Compound | Relation::AdjectivalModifier
        ) {
            match self.head(current) {
                Some(above) if self.kind(above) == self.kind(word) => current = above,
                _ => break,
            }
        }
        current
    }

    /// Whether nothing can be in what a noun names: people, times, events.
    fn is_nowhere(&self, noun: usize) -> bool {
        let lemma = self.lemma(noun).to_lowercase();
        let is_common = matches!(self.fine(noun), FineTag::Noun | FineTag::PluralNoun);
        is_common
            && !self.is_place(noun)
            && !lexicon::is_site(&lemma)
            && (self.fine(noun) == FineTag::PluralNoun
                || is_in_class(&lemma, NounClass::Person)
                || self.is_period_or_day(noun)
                || self.names_event(noun))
    }

    fn is_noun(&self, word: usize) -> bool {
        matches!(
            self.tag(word),
            UniversalTag::Noun | UniversalTag::ProperNoun
        )
    }

    fn is_place(&self, noun: usize) -> bool {
        self.kind(noun) == Some(EntityKind::Place)
            || is_in_class(&self.lemma(noun).to_lowercase(), NounClass::Place)
    }

    fn is_period_or_day(&self, noun: usize) -> bool {
        lexicon::is_calendar_name(self.form(noun))
            || lexicon::is_stretch_of_time(&self.lemma(noun).to_lowercase())
    }
}
