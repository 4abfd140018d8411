//! One subject and one object for each word: where the labels give a head two, the least sure of
//! them gets the next relation that it may have.
//!
//! In the predicted trees of the development treebanks two subjects or objects under one head
//! were wrong without exception.

use crate::text::dependency::Relation;

/// The relation of a word with its probability, and what it is if its role is taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Labelled {
    pub(super) relation: Relation,
    pub(super) probability: f32,
    /// The best relation of another role, with its probability; only where a role may be taken.
    pub(super) rival: Option<(Relation, f32)>,
}

/// A role that a head gives once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Subject,
    Object,
}

/// The role that a relation gives.
pub(super) fn role(relation: Relation) -> Option<Role> {
    match relation {
        Relation::NominalSubject | Relation::PassiveNominalSubject => Some(Role::Subject),
        Relation::Object => Some(Role::Object),
        _ => None,
    }
}

/// Gives each role of the heads of a sentence to one word: of `trees` the first is the head.
pub(super) fn settle(trees: &[(usize, f32)], words: &mut [Labelled]) {
    let holders: Vec<usize> = (0..words.len())
        .filter(|index| words.get(*index).is_some_and(|word| word.rival.is_some()))
        .collect();
    for (place, &first) in holders.iter().enumerate() {
        for &second in holders.iter().skip(place + 1) {
            let same_head = trees.get(first).map(|tree| tree.0) == trees.get(second).map(|t| t.0);
            let (Some(one), Some(other)) = (words.get(first), words.get(second)) else {
                continue;
            };
            let is_taken =
                role(one.relation).is_some() && role(one.relation) == role(other.relation);
            if !same_head || !is_taken {
                continue;
            }
            let loser = if loss(one) < loss(other) {
                first
            } else {
                second
            };
            if let Some(word) = words.get_mut(loser)
                && let Some((relation, probability)) = word.rival
            {
                word.relation = relation;
                word.probability = probability;
            }
        }
    }
}

/// How many times less probable the rival is.
fn loss(word: &Labelled) -> f32 {
    let rival = word.rival.map_or(0.0, |(_, probability)| probability);
    word.probability / rival.max(f32::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(relation: Relation, probability: f32, rival: (Relation, f32)) -> Labelled {
        let rival = role(relation).map(|_| rival);
        Labelled {
            relation,
            probability,
            rival,
        }
    }

    #[test]
    fn the_less_sure_of_two_objects_becomes_something_else() {
        let trees = [(3, 1.0), (3, 1.0), (0, 1.0), (3, 1.0)];
        let mut words = [
            word(Relation::NominalSubject, 0.9, (Relation::Oblique, 0.1)),
            word(Relation::Object, 0.6, (Relation::UnmarkedOblique, 0.3)),
            word(Relation::Root, 1.0, (Relation::Root, 0.0)),
            word(Relation::Object, 0.9, (Relation::Oblique, 0.1)),
        ];
        settle(&trees, &mut words);
        let relations: Vec<Relation> = words.iter().map(|word| word.relation).collect();
        assert_eq!(
            relations,
            [
                Relation::NominalSubject,
                Relation::UnmarkedOblique,
                Relation::Root,
                Relation::Object
            ]
        );
    }

    #[test]
    fn objects_of_two_heads_stay() {
        let trees = [(0, 1.0), (1, 1.0), (2, 1.0)];
        let mut words = [
            word(Relation::Root, 1.0, (Relation::Root, 0.0)),
            word(Relation::Object, 0.6, (Relation::Oblique, 0.3)),
            word(Relation::Object, 0.9, (Relation::Oblique, 0.1)),
        ];
        settle(&trees, &mut words);
        assert!(
            words
                .iter()
                .skip(1)
                .all(|word| word.relation == Relation::Object)
        );
    }
}
