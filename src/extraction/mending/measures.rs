//! Measures: what bounds a number.

use crate::text::dependency::Relation;
use crate::text::tag::{FineTag, UniversalTag};

use super::Mending;

impl Mending<'_> {
    /// All rules of measures.
    pub(super) fn measures(&mut self) {
        self.bounds_taken_for_objects();
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
