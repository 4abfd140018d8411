//! Measures: how much, how far and how long, which do nothing themselves.

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::Mending;

/// Nouns that measure something, in their base form.
const UNITS: &str = "percent % per km kilometre kilometer metre meter mile foot inch cm mm second \
    minute hour day week month year decade tonne ton kg kilogram kilo gram litre liter barrel \
    degree point percentage cent dollar euro pound yen rouble yuan crown franc $ € £ hectare acre \
    megawatt gigawatt vote place spot notch goal";

impl Mending<'_> {
    /// All rules of measures.
    pub(super) fn measures(&mut self) {
        self.measures_taken_for_agents();
        self.bounds_taken_for_objects();
    }

    /// "was cut by 61 kilometres", "was reduced by a fifth": by how much, not by whom.
    fn measures_taken_for_agents(&mut self) {
        for place in 1..self.heads.len() {
            if self.relation(place) != Relation::Agent {
                continue;
            }
            let lemma = self.lemma(place).to_lowercase();
            let is_unit = UNITS.split_whitespace().any(|unit| unit == lemma);
            let is_counted = self.children(place).any(|child| {
                matches!(
                    self.relation(child),
                    Relation::NumericModifier | Relation::Compound
                ) && self.tag(child) == UniversalTag::Numeral
            });
            let is_number = self.tag(place) == UniversalTag::Numeral
                && !self.has_child(place, &[Relation::NominalModifier]);
            let is_fraction = self.children(place).any(|child| self.is(child, "a"))
                && matches!(
                    lemma.as_str(),
                    "third" | "quarter" | "fifth" | "sixth" | "tenth" | "half"
                );
            if is_unit && is_counted || is_number || is_fraction {
                if let Some(relation) = self.relations.get_mut(place) {
                    *relation = Relation::Oblique;
                }
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
