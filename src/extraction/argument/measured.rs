//! Measures in front of a preposition, "four months after the accident", and what they are
//! compared with.

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

/// "was 20 percent below average": the measure and its preposition are what the subject is.
pub(super) fn measured_place(preposition: &[usize], found: &[Phrase]) -> Option<Argument> {
    let [phrase] = found else {
        return None;
    };
    let (&first, &case) = phrase.tokens.first().zip(preposition.first())?;
    if first >= case {
        return None;
    }
    let mut tokens = phrase.tokens.clone();
    tokens.extend(preposition);
    tokens.sort_unstable();
    tokens.dedup();
    Some(Argument {
        part: Part::Complement,
        preposition: Vec::new(),
        alternatives: vec![Phrase {
            head: phrase.head,
            tokens,
        }],
        is_time: false,
    })
}

/// "rose 40 percent compared with last year": what it is measured by.
pub(super) fn comparison(tree: &Tree<'_>, participle: usize) -> Option<Argument> {
    let noun = tree
        .child(participle, &[R::Oblique])
        .filter(|&noun| tree.lower(participle) == "compared" && noun > participle)?;
    let case = tree
        .children_by(noun, &[R::Case])
        .find(|&case| case == participle + 1 && matches!(tree.lower(case), "with" | "to"))?;
    let alternatives: Vec<Phrase> = phrase::whole(tree, noun).into_iter().collect();
    (!alternatives.is_empty()).then(|| Argument {
        part: Part::Oblique,
        preposition: vec![participle, case],
        alternatives,
        is_time: false,
    })
}
