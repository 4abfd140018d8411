//! Where something named is from, by the adjective before it.

use crate::text::dependency::Relation as R;
use crate::text::lexicon::is_nationality;
use crate::text::tag::UniversalTag;

use super::argument::{Argument, Part};
use super::nominal::proposition;
use super::phrase::Phrase;
use super::proposition::{Proposition, Rule, Word};
use super::tree::Tree;

/// "the Irish brewer Orvel": Orvel is from Ireland, derived.
pub(super) fn nationality(tree: &Tree<'_>, index: usize) -> Option<Proposition> {
    let noun = tree.head(index)?;
    let form = &tree.token(index)?.form;
    if !is_nationality(form) || noun < index || tree.name_range(index).is_some() {
        return None;
    }
    let beside = || {
        tree.children_by(noun, &[R::Apposition, R::Flat])
            .find(|&name| name == noun + 1)
    };
    let above = || {
        let is_modifier = matches!(
            tree.relation(noun),
            R::DescriptiveModifier | R::Compound | R::NominalModifier
        );
        tree.head(noun).filter(|&head| is_modifier && head > noun)
    };
    let name = [Some(noun), above(), beside()]
        .into_iter()
        .flatten()
        .find(|&name| {
            tree.tag(name) == UniversalTag::ProperNoun && tree.name_range(name).is_some()
        })?;
    let (first, last) = tree.name_range(name)?;
    if first <= index {
        return None;
    }
    let subject = Phrase {
        head: name,
        tokens: (first..=last).collect(),
    };
    let argument = Argument {
        part: Part::Object,
        preposition: Vec::new(),
        alternatives: vec![Phrase {
            head: index,
            tokens: vec![index],
        }],
        is_time: false,
    };
    let predicate = vec![Word::Understood("is"), Word::Understood("from")];
    Some(proposition(
        tree,
        Rule::Nationality,
        subject,
        predicate,
        argument,
    ))
}
