//! Descriptions of people: whose they are, and which name belongs to which office.

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};
use crate::text::word_list::WordList;

use super::Mending;

/// Words for people that stand for bodies as well: "the firm, a maker of ovens".
static BODIES: WordList = WordList::new(
    " maker producer manufacturer operator supplier exporter importer owner \
    provider retailer lender carrier builder partner leader rival competitor champion winner \
    giant employer investor developer publisher insurer member donor sponsor seller buyer \
    ally neighbour neighbor contributor host successor predecessor subject ",
);

/// A description is of a person at most so many nouns above.
const MOST_NOUNS: usize = 3;

/// The people of whom a clause tells stand at most so many tokens before it.
const FARTHEST_PEOPLE: usize = 12;

impl Mending<'_> {
    /// All rules of descriptions.
    pub(super) fn descriptions(&mut self) {
        self.descriptions_joined();
        self.descriptions_of_people();
        self.names_of_listed_offices();
        self.people_of_whom();
    }

    /// "Ida Roth, a surgeon and one of the authors": both describe her.
    fn descriptions_joined(&mut self) {
        for second in 4..self.heads.len() {
            let is_joined = self.relation(second) == Relation::Conjunct
                && !self.begins_person(second)
                && self.tag(second) != UniversalTag::ProperNoun;
            let Some(name) = self.head(second).filter(|&name| {
                is_joined && name < second && self.tag(name) == UniversalTag::ProperNoun
            }) else {
                continue;
            };
            let Some(and) = self
                .children(second)
                .find(|&and| self.relation(and) == Relation::Coordination && and > 1)
            else {
                continue;
            };
            let describes = self.is(second, "one") || self.is_common_person(second);
            let first = self.children(name).find(|&first| {
                name < first
                    && first < and
                    && self.relation(first) == Relation::Apposition
                    && self.fine(first) == FineTag::Noun
                    && self.end(first) + 1 == and
            });
            if let Some(first) = first.filter(|_| describes && self.form(and - 1) != ",") {
                self.attach(second, first, Relation::Conjunct);
            }
        }
    }

    /// "arrested the owner of the yard, a Danish citizen": a citizen is no yard.
    fn descriptions_of_people(&mut self) {
        for description in 3..self.heads.len() {
            let is_description = self.relation(description) == Relation::Apposition
                && self.is_common_person(description)
                && !self.may_be_body(description);
            let Some(thing) = self
                .head(description)
                .filter(|&thing| is_description && thing < description)
            else {
                continue;
            };
            if self.is_person(thing) || (thing + 1..description).all(|mark| self.form(mark) != ",")
            {
                continue;
            }
            let mut current = thing;
            for _ in 0..MOST_NOUNS {
                let goes_up = self.relation(current) == Relation::NominalModifier;
                let Some(above) = self
                    .head(current)
                    .filter(|&above| goes_up && above < current)
                else {
                    break;
                };
                current = above;
                if self.is_person(current) && self.is_singular(current) {
                    self.attach(description, current, Relation::Apposition);
                    break;
                }
            }
        }
    }

    /// "met the premier of Chile, Ida Roth, and the president of Peru, Bo Ek": each is named behind
    /// the office.
    fn names_of_listed_offices(&mut self) {
        for name in 4..self.heads.len() {
            let is_joined = self.relation(name) == Relation::Conjunct
                && self.begins_person(name)
                && self.form(name - 1) == ",";
            let Some(first) = self.head(name).filter(|&first| is_joined && first < name) else {
                continue;
            };
            // The office that ends right before the comma.
            let office = self
                .children(first)
                .filter(|&other| self.relation(other) == Relation::Conjunct && other < name)
                .chain([first])
                .find(|&office| self.end_but(office, name) + 2 == name);
            let Some(office) = office.filter(|&office| {
                self.is_singular(office)
                    && self.kind(office) != Some(EntityKind::Person)
                    && is_in_class(&self.form(office).to_lowercase(), NounClass::Person)
                    && self
                        .children(office)
                        .any(|article| article < office && self.is(article, "the"))
                    && self.has_child(office, &[Relation::NominalModifier])
            }) else {
                continue;
            };
            let closing = self.end(name) + 1;
            let is_closed = self.form(closing) == ","
                || self.form(self.end(name)) == ","
                || self.is_last(closing);
            let is_named = self.has_child(office, &[Relation::Apposition]);
            if is_closed && !is_named {
                self.attach(name, office, Relation::Apposition);
            }
        }
    }

    /// "treated 30 people for burns, five of whom died": "whom" are people.
    fn people_of_whom(&mut self) {
        for clause in 4..self.heads.len() {
            let is_clause = self.relation(clause) == Relation::RelativeClause;
            let Some(thing) = self
                .head(clause)
                .filter(|&thing| is_clause && thing < clause)
            else {
                continue;
            };
            let whom =
                (thing..clause).find(|&whom| self.is(whom, "whom") && self.is_below(whom, clause));
            let Some(whom) = whom.filter(|_| !self.is_person(thing)) else {
                continue;
            };
            let comma = (thing..whom).rev().find(|&mark| self.form(mark) == ",");
            let Some(comma) = comma else {
                continue;
            };
            let people = (comma.saturating_sub(FARTHEST_PEOPLE)..comma)
                .rev()
                .find(|&noun| self.is_person(noun) && !self.is_singular(noun));
            if let Some(people) = people {
                self.attach(clause, people, Relation::RelativeClause);
            }
        }
    }

    /// Whether a word names a person, or is a noun for one.
    fn is_person(&self, noun: usize) -> bool {
        self.kind(noun) == Some(EntityKind::Person)
            || self.kind(noun).is_none() && self.is_common_person(noun)
    }

    fn is_common_person(&self, noun: usize) -> bool {
        let lemma = self.lemma(noun).to_lowercase();
        matches!(self.tag(noun), UniversalTag::Noun)
            && (is_in_class(&lemma, NounClass::Person) || lemma == "people" || lemma == "person")
    }

    fn may_be_body(&self, noun: usize) -> bool {
        let lemma = self.lemma(noun).to_lowercase();
        BODIES.contains(&lemma)
    }

    fn is_singular(&self, noun: usize) -> bool {
        matches!(self.fine(noun), FineTag::Noun | FineTag::ProperNoun)
    }

    /// Whether nothing but a full stop stands at a place.
    fn is_last(&self, place: usize) -> bool {
        place + 1 >= self.heads.len() || self.form(place) == "."
    }

    /// The last token below a token and before another.
    fn end_but(&self, top: usize, before: usize) -> usize {
        (top..before)
            .rev()
            .find(|&word| self.is_below(word, top) && self.relation(word) != Relation::Punctuation)
            .unwrap_or(top)
    }
}
