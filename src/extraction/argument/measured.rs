//! Measures in front of a preposition: "four months after the accident".

use crate::text::dependency::Relation as R;

use super::super::lexicon;
use super::super::phrase::{self, Phrase};
use super::super::tree::Tree;
use super::{Argument, Part};

/// "Four months after the accident", "900 metres before the signal": how long or far from what, in
/// one phrase.
pub(super) fn measured(tree: &Tree<'_>, noun: usize) -> Option<Argument> {
    let case = tree
        .children_by(noun, &[R::Case])
        .find(|&case| matches!(tree.lower(case), "after" | "before" | "from" | "behind"))?;
    let measure = tree
        .children_by(noun, &[R::UnmarkedNominalModifier, R::UnmarkedOblique])
        .find(|&measure| measure < case && tree.is_nominal(measure))?;
    let has_number = tree.has_child(measure, &[R::NumericModifier, R::Determiner]);
    let whole = phrase::alone(tree, noun).filter(|_| has_number)?;
    let mut tokens = whole.tokens;
    if !tokens.contains(&measure) {
        return None;
    }
    if let Err(place) = tokens.binary_search(&case) {
        tokens.insert(place, case);
    }
    let Phrase { tokens, .. } = phrase::tidy(tree, noun, tokens)?;
    Some(Argument {
        part: Part::Oblique,
        preposition: Vec::new(),
        alternatives: vec![Phrase { head: noun, tokens }],
        is_time: lexicon::is_stretch_of_time(tree.lemma(measure))
            || matches!(tree.lemma(measure), "hour" | "minute" | "second"),
    })
}
