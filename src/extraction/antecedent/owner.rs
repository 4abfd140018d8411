//! Owners: the thing that a noun without its complement belongs to, "turnout" to the election that
//! the document tells of.

use std::collections::BTreeSet;

use super::{Antecedents, FARTHEST_ONLY, Own, Told, only};

/// What was told so few sentences before is still being told.
const NEAR: usize = 1;

/// An owner has so many words that tell it from others: "the national vote" owns nothing.
const LEAST_MARKS: usize = 2;

impl Antecedents {
    /// The only thing of some nouns that another noun can belong to at a place: the one told just
    /// before, or the one that the document begins with.
    pub(in super::super) fn only_among(
        &self,
        (sentence, head): (usize, usize),
        nouns: &str,
        last_of_lead: usize,
    ) -> Option<String> {
        let own = Own {
            marks: BTreeSet::new(),
            modifiers: BTreeSet::new(),
        };
        let before = self.before((sentence, head), nouns.split_whitespace(), FARTHEST_ONLY);
        let among = |is: &dyn Fn(&Told) -> bool| -> Vec<&Told> {
            let told = before.iter().copied();
            told.filter(|told| is(told) && !told.marks.is_empty())
                .collect()
        };
        let near = among(&|told| sentence - told.sentence <= NEAR);
        let told = match near.is_empty() {
            true => among(&|told| told.sentence <= last_of_lead),
            false => near,
        };
        let is_known = told.iter().any(|told| told.marks.len() >= LEAST_MARKS);
        only(&told, &own).filter(|_| is_known)
    }
}
