//! Salience: what a document is about, by how often and how early it tells of it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What a document tells most of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MostTold {
    /// The index of the entity.
    pub(crate) entity: usize,
    /// The first sentence that tells of it.
    pub(crate) first: usize,
}

/// The entity of some mentions, each an entity and its sentence, that is told `least` times or
/// more, twice as often as any other, and first no later than the sentence `last`.
pub(crate) fn most_told(
    mentions: impl Iterator<Item = (usize, usize)>,
    least: usize,
    last: usize,
) -> Option<MostTold> {
    let mut counts: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (entity, sentence) in mentions {
        let entry = counts.entry(entity).or_insert((sentence, 0));
        entry.1 += 1;
    }
    let mut ranked: Vec<(usize, usize, usize)> = counts
        .into_iter()
        .map(|(entity, (first, count))| (count, first, entity))
        .collect();
    ranked.sort_unstable_by_key(|&(count, first, _)| (Reverse(count), first));
    let &(count, first, entity) = ranked.first()?;
    let second = ranked.get(1).map_or(0, |&(count, _, _)| count);
    let is_main = count >= least && count >= 2 * second && first <= last;
    is_main.then_some(MostTold { entity, first })
}

#[cfg(test)]
mod tests {
    use super::most_told;

    #[test]
    fn a_document_is_about_what_it_tells_early_and_twice_as_often_as_anything_else() {
        let told = [(7, 0), (7, 1), (3, 1), (7, 4), (3, 5), (7, 6)];
        let main = most_told(told.into_iter(), 3, 2).map(|main| (main.entity, main.first));
        assert_eq!(main, Some((7, 0)));
        assert_eq!(most_told(told.into_iter(), 5, 2), None, "too seldom");
        let late = told.map(|(entity, sentence)| (entity, sentence + 3));
        assert_eq!(most_told(late.into_iter(), 3, 2), None, "too late");
        let shared = told.into_iter().chain([(3, 7)]);
        assert_eq!(most_told(shared, 3, 2), None, "beside another");
    }
}
