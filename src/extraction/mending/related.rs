//! Relative clauses at a noun that they cannot tell of: one of another number, no person, no event.

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::FineTag;

use super::Mending;

/// A person lies at most so many heads above what his description ends in.
const FARTHEST_PERSON: usize = 6;

impl Mending<'_> {
    /// All rules of relative clauses that tell of another noun.
    pub(super) fn relatives_of_others(&mut self) {
        self.relatives_that_disagree();
        self.relatives_of_people();
        self.relatives_of_things();
        self.relatives_of_events();
    }

    /// "the goals of the plan, which serves as a base": a singular verb tells of a singular noun.
    fn relatives_that_disagree(&mut self) {
        for clause in 1..self.heads.len() {
            if self.relation(clause) != Relation::RelativeClause {
                continue;
            }
            let Some(noun) = self.head(clause).filter(|&noun| noun < clause) else {
                continue;
            };
            let pronoun = self.children(clause).find(|&word| {
                matches!(self.fine(word), FineTag::WhDeterminer | FineTag::WhPronoun)
                    && matches!(
                        self.relation(word),
                        Relation::NominalSubject | Relation::PassiveNominalSubject
                    )
            });
            let (Some(pronoun), Some(is_plural)) = (pronoun, self.number_of_verb(clause)) else {
                continue;
            };
            if self.has_child(noun, &[Relation::Conjunct]) || self.agrees(noun, is_plural) {
                continue;
            }
            let better = (noun + 1..pronoun).rev().find(|&other| {
                self.agrees(other, is_plural)
                    && self.relation(other) == Relation::NominalModifier
                    && self.is_below(other, noun)
                    && !self.has_child(other, &[Relation::Conjunct])
            });
            // "the rules of the game that were printed": the noun above may be meant.
            let above = self.head(noun).filter(|&above| {
                self.relation(noun) == Relation::NominalModifier
                    && above < noun
                    && self.fine(above) != FineTag::Symbol
                    && self.agrees(above, is_plural)
            });
            if let Some(better) = better.or(above) {
                self.attach(clause, better, Relation::RelativeClause);
            }
        }
    }

    /// "The repair of the bridge, which began in May": what begins, ends or lasts is the repair.
    fn relatives_of_events(&mut self) {
        const COURSE: [&str; 9] = [
            "begin", "start", "end", "finish", "last", "continue", "resume", "conclude", "follow",
        ];
        for clause in 1..self.heads.len() {
            let lemma = self.tokens.get(clause).map_or("", |token| &token.lemma);
            if self.relation(clause) != Relation::RelativeClause || !COURSE.contains(&lemma) {
                continue;
            }
            let is_remark = self.children(clause).any(|word| {
                self.fine(word) == FineTag::WhDeterminer
                    && self.relation(word) == Relation::NominalSubject
                    && word > 0
                    && self.is(word - 1, ",")
            });
            let above = self.head(clause).and_then(|noun| {
                let above = self.head(noun)?;
                let is_of = self.children(noun).any(|case| self.is(case, "of"));
                let is_modifier = self.relation(noun) == Relation::NominalModifier;
                (is_of && is_modifier && self.names_event(above)).then_some(above)
            });
            if let Some(above) = above.filter(|_| is_remark) {
                self.attach(clause, above, Relation::RelativeClause);
            }
        }
    }

    /// "a citizen of Lyon who wrote songs": "who" is no place, and in "the best we saw, said Ann
    /// Lee, who came late" nothing but the name before the comma.
    fn relatives_of_people(&mut self) {
        for clause in 1..self.heads.len() {
            let is_relative = matches!(
                self.relation(clause),
                Relation::RelativeClause | Relation::AdverbialRelativeClause
            );
            let Some(noun) = self
                .head(clause)
                .filter(|&noun| is_relative && noun < clause)
            else {
                continue;
            };
            let tells_person = self.children(clause).any(|word| {
                word < clause
                    && self.relation(word) == Relation::NominalSubject
                    && (self.is(word, "who")
                        || self.children(word).any(|owner| self.is(owner, "whose")))
            });
            let mut current = noun;
            while tells_person && self.kind(current) == Some(EntityKind::Place) {
                let Some(above) = self.head(current).filter(|&above| above < current) else {
                    break;
                };
                current = above;
            }
            let is_person = self.kind(current) == Some(EntityKind::Person)
                || is_in_class(&self.form(current).to_lowercase(), NounClass::Person);
            if current != noun && is_person {
                self.attach(clause, current, Relation::RelativeClause);
            } else if tells_person
                && !is_person
                && let Some(person) = self.person_before_comma(clause)
            {
                self.attach(clause, person, Relation::RelativeClause);
            }
        }
    }

    /// "a spokesman for the bank, which employs 90": "which" is no person, but the thing right
    /// before it.
    fn relatives_of_things(&mut self) {
        for clause in 2..self.heads.len() {
            if self.relation(clause) != Relation::RelativeClause {
                continue;
            }
            let Some(person) = self.head(clause).filter(|&person| person < clause) else {
                continue;
            };
            let is_person = self.kind(person) == Some(EntityKind::Person)
                || self.kind(person).is_none()
                    && is_in_class(&self.lemma(person).to_lowercase(), NounClass::Person);
            let pronoun = self.children(clause).find(|&word| {
                word < clause
                    && self.is(word, "which")
                    && self.relation(word) == Relation::NominalSubject
            });
            let Some(pronoun) = pronoun.filter(|_| is_person) else {
                continue;
            };
            let thing = (person + 1..pronoun).rev().find(|&thing| {
                self.relation(thing) == Relation::NominalModifier
                    && self.is_below(thing, person)
                    && self.end_without(thing, clause) + 2 >= pronoun
            });
            if let Some(thing) = thing {
                self.attach(clause, thing, Relation::RelativeClause);
            }
        }
    }

    /// The last token below a token, but for those below another.
    fn end_without(&self, top: usize, without: usize) -> usize {
        (top..self.heads.len())
            .rev()
            .find(|&index| self.is_below(index, top) && !self.is_below(index, without))
            .unwrap_or(top)
    }

    /// The name of a person that stands right before the comma of a relative clause.
    fn person_before_comma(&self, clause: usize) -> Option<usize> {
        let pronoun = (0..clause).rev().find(|&word| {
            (self.is(word, "who") || self.is(word, "whose")) && self.is_below(word, clause)
        })?;
        let comma = pronoun
            .checked_sub(1)
            .filter(|&mark| self.form(mark) == ",")?;
        let mut name = comma.checked_sub(1)?;
        // "Ann Lee, an analyst at Acme, who": from the firm up to who works there.
        for _ in 0..FARTHEST_PERSON {
            if self.kind(name) == Some(EntityKind::Person) && self.relation(name) != Relation::Flat
            {
                break;
            }
            let goes_up = matches!(
                self.relation(name),
                Relation::Flat
                    | Relation::Compound
                    | Relation::NominalModifier
                    | Relation::Apposition
                    | Relation::Conjunct
            );
            name = self.head(name).filter(|_| goes_up)?;
        }
        (self.kind(name) == Some(EntityKind::Person) && name < clause).then_some(name)
    }
}
