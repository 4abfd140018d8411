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
        .find(|&case| lexicon::measures_from(tree.lower(case)))?;
    let measure = tree
        .children_by(noun, &[R::UnmarkedNominalModifier, R::UnmarkedOblique])
        .find(|&measure| measure < case && tree.is_nominal(measure))?;
    let is_time = lexicon::is_measure_of_time(tree.lemma(measure));
    // "hours after the vote", "a few days before it": of time no number need be told.
    let has_number = is_time || tree.has_child(measure, &[R::NumericModifier, R::Determiner]);
    let whole = phrase::alone(tree, noun).filter(|_| has_number)?;
    let mut tokens = whole.tokens;
    tokens.extend(tree.subtree(measure, |_| false));
    tokens.sort_unstable();
    tokens.dedup();
    for word in tree.subtree(case, |below| tree.relation(below) != R::Fixed) {
        if let Err(place) = tokens.binary_search(&word) {
            tokens.insert(place, word);
        }
    }
    let Phrase { tokens, .. } = phrase::tidy(tree, noun, tokens)?;
    Some(Argument {
        part: Part::Oblique,
        preposition: Vec::new(),
        alternatives: vec![Phrase { head: noun, tokens }],
        is_time,
    })
}

/// "minutes after it began", "two years before he left": the measure, the connective and what
/// happened, as one time.
pub(super) fn measured_clause(
    tree: &Tree<'_>,
    clause: usize,
    connective: &[usize],
    words: &[usize],
) -> Option<Argument> {
    let &[mark] = connective else {
        return None;
    };
    if !matches!(tree.lower(mark), "after" | "before") {
        return None;
    }
    let measure = tree
        .children_by(clause, &[R::UnmarkedOblique, R::UnmarkedNominalModifier])
        .find(|&measure| measure < mark && lexicon::is_measure_of_time(tree.lemma(measure)))?;
    let mut tokens: Vec<usize> = tree.subtree(measure, |_| false);
    tokens.push(mark);
    tokens.extend(words.iter().filter(|&&word| word > mark));
    tokens.sort_unstable();
    tokens.dedup();
    let found = phrase::tidy(tree, clause, tokens)?;
    Some(Argument {
        part: Part::Circumstance,
        preposition: Vec::new(),
        alternatives: vec![found],
        is_time: true,
    })
}

/// "less than a day after the attack": a length of time that is counted from something.
pub(super) fn counts_from(tree: &Tree<'_>, noun: usize) -> bool {
    lexicon::is_measure_of_time(tree.lemma(noun))
        && !tree.has_child(noun, &[R::Case])
        && tree
            .children_by(noun, &[R::NominalModifier, R::AdnominalClause])
            .any(|event| {
                tree.children_by(event, &[R::Case, R::Marker])
                    .any(|case| case > noun && matches!(tree.lower(case), "after" | "before"))
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
