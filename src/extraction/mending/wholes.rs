//! Words of one name, one office or one number that a parser hangs apart: "Bo Ek" as two people,
//! "secretary-general" as two offices, "9 of 12 counts" as a number and a noun.

use crate::text::dependency::Relation;
use crate::text::document::NameTag;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::{FineTag, UniversalTag};

use super::Mending;

/// Relations by which a noun takes part in a clause or phrase.
const ROLES: [Relation; 10] = [
    Relation::NominalSubject,
    Relation::PassiveNominalSubject,
    Relation::Object,
    Relation::IndirectObject,
    Relation::Oblique,
    Relation::UnmarkedOblique,
    Relation::Agent,
    Relation::NominalModifier,
    Relation::Apposition,
    Relation::Conjunct,
];

impl Mending<'_> {
    /// All rules of what is one.
    pub(super) fn wholes(&mut self) {
        self.names_with_two_heads();
        self.offices_with_hyphens();
        self.counts_of_counts();
    }

    /// "A team led by Dr Ann Lee spent": a name has one place in its sentence. Where two of its
    /// words have places of their own, one of them only goes with the other.
    fn names_with_two_heads(&mut self) {
        for word in 1..self.heads.len() {
            let is_inside = self
                .tokens
                .get(word)
                .is_some_and(|token| matches!(token.name, NameTag::Inside(_)));
            let first = word - 1;
            let fits = is_inside
                && self.kind(first).is_some()
                && self.is_word_of_name(word)
                && self.is_word_of_name(first)
                && ROLES.contains(&self.relation(first))
                && ROLES.contains(&self.relation(word));
            if !fits
                || self.head(word) == Some(first) && self.relation(word) != Relation::Apposition
            {
                continue;
            }
            let (Some(above), Some(place)) = (self.head(word), self.head(first)) else {
                continue;
            };
            if place == word {
                continue;
            }
            let leads = |mending: &Self, name: usize| {
                mending.has_child(name, &[Relation::Case, Relation::Determiner])
            };
            let children: Vec<usize> = self.children(word).collect();
            let takes_place = above != first && leads(self, word) && !leads(self, first);
            if takes_place {
                self.attach(first, above, self.relation(word));
            }
            for child in children {
                self.attach(child, first, self.relation(child));
            }
            self.attach(word, first, Relation::Flat);
        }
    }

    fn is_word_of_name(&self, word: usize) -> bool {
        self.tag(word) == UniversalTag::ProperNoun
            && self.form(word).starts_with(char::is_uppercase)
    }

    /// "The union's secretary-general": what a hyphen ties is one office.
    fn offices_with_hyphens(&mut self) {
        for hyphen in 1..self.heads.len().saturating_sub(1) {
            let (first, second) = (hyphen - 1, hyphen + 1);
            let touches = |place: usize| {
                let ends = self.tokens.get(place).map(|token| token.span.end);
                ends.is_some() && ends == self.tokens.get(place + 1).map(|token| token.span.start)
            };
            let is_noun = |place: usize| {
                matches!(
                    self.tag(place),
                    UniversalTag::Noun | UniversalTag::ProperNoun | UniversalTag::Adjective
                )
            };
            let are_beside = self.form(hyphen) == "-"
                && touches(first)
                && touches(hyphen)
                && is_noun(first)
                && is_noun(second)
                && self.head(first).is_some()
                && self.head(first) == self.head(second)
                && self.relation(first) == self.relation(second)
                && ROLES.contains(&self.relation(first))
                && is_in_class(&self.lemma(first).to_lowercase(), NounClass::Person);
            if !are_beside {
                continue;
            }
            let before: Vec<usize> = self.children(first).filter(|&word| word < first).collect();
            self.attach(first, second, Relation::Compound);
            for word in before {
                self.attach(word, second, self.relation(word));
            }
        }
    }

    /// "was convicted on 9 of 12 counts": of so many, so many counts; the number is no noun.
    fn counts_of_counts(&mut self) {
        for noun in 4..self.heads.len() {
            let (part, of, total) = (noun - 3, noun - 2, noun - 1);
            let is_count = self.is(of, "of")
                && self.tag(part) == UniversalTag::Numeral
                && self.tag(total) == UniversalTag::Numeral
                && self.fine(noun) == FineTag::PluralNoun
                && self.head(noun).is_some()
                && self.head(part) == self.head(noun)
                && self.head(total) == Some(part);
            if !is_count {
                continue;
            }
            self.attach(total, noun, Relation::NumericModifier);
            self.attach(of, noun, Relation::Case);
            self.attach(noun, part, Relation::NominalModifier);
        }
    }
}
