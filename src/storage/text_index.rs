//! The word index: for each lemma the texts and the sentences it stands in.
//!
//! An entry of the table holds the numbers of one chunk of a word's list, ascending: the first
//! stands in the key, the others as differences in the value.

use super::view::View;
use super::{key, names, varint};
use crate::error::Result;

/// Numbers of text terms.
pub(super) const TERMS: u8 = 0;
/// Numbers of sentences.
pub(super) const SENTENCES: u8 = 1;
/// Numbers of the facts that somebody says; the word is the name without case and diacritics.
pub(super) const SPEAKERS: u8 = 2;
/// Longer words are cut: nobody asks for them, and keys stay short.
const WORD_BYTES_MAX: usize = 64;

/// The distinct lemmas of a text.
pub(super) fn lemmas(text: &str, lemma: impl Fn(&str) -> String) -> Vec<String> {
    let words = names::words(text);
    let mut lemmas: Vec<String> = words.map(|word| indexed_lemma(&word, &lemma)).collect();
    lemmas.sort_unstable();
    lemmas.dedup();
    lemmas
}

/// The lemma of a folded word as the index has it.
pub(super) fn indexed_lemma(word: &str, lemma: impl Fn(&str) -> String) -> String {
    cut(lemma(word))
}

fn cut(mut word: String) -> String {
    if word.len() > WORD_BYTES_MAX {
        let end = (0..=WORD_BYTES_MAX)
            .rev()
            .find(|&end| word.is_char_boundary(end));
        word.truncate(end.unwrap_or(0));
    }
    word
}

/// The list of a lemma, ascending.
pub(super) fn postings(view: &View, lemma: &str, space: u8) -> Result<Vec<u64>> {
    numbers(view, &key::word_prefix(&cut(lemma.to_owned()), space))
}

/// The key that says that speakers and the own texts of evidence are entered for every fact of the
/// store.
pub(super) fn marker_of_stated() -> Vec<u8> {
    key::word("", SPEAKERS, 0)
}

/// The list under a prefix, ascending.
pub(super) fn numbers(view: &View, prefix: &[u8]) -> Result<Vec<u64>> {
    let mut scan = view.scan(prefix, prefix);
    let mut numbers = Vec::new();
    while let Some((entry, value)) = scan.next_entry()? {
        numbers.extend(read_chunk(&entry, &value));
    }
    Ok(numbers)
}

/// The numbers of one entry of the table.
pub(super) fn read_chunk(entry: &[u8], mut value: &[u8]) -> Vec<u64> {
    let Some(mut number) = key::last_number(entry) else {
        return Vec::new();
    };
    let mut numbers = vec![number];
    while let Some(step) = varint::take(&mut value) {
        number = number.wrapping_add(step);
        numbers.push(number);
    }
    numbers
}

/// The value of the entry that holds these ascending numbers; the first stands in its key.
pub(super) fn write_chunk(numbers: &[u64]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for pair in numbers.windows(2) {
        if let [before, after] = pair {
            varint::push(&mut bytes, after.wrapping_sub(*before));
        }
    }
    bytes
}

/// The numbers that stand in all lists; each list ascends.
pub(super) fn intersect(mut lists: Vec<Vec<u64>>) -> Vec<u64> {
    lists.sort_unstable_by_key(Vec::len);
    let mut lists = lists.into_iter();
    let mut common = lists.next().unwrap_or_default();
    for list in lists {
        let mut rest = list.as_slice();
        common.retain(|number| {
            let skipped = gallop(rest, *number);
            rest = rest.get(skipped..).unwrap_or(&[]);
            rest.first() == Some(number)
        });
    }
    common
}

/// How many numbers at the beginning are smaller: found in steps that double.
fn gallop(numbers: &[u64], target: u64) -> usize {
    let mut step = 1;
    while numbers.get(step).is_some_and(|&known| known < target) {
        step *= 2;
    }
    let start = step / 2;
    let end = (step + 1).min(numbers.len());
    let middle = numbers.get(start.min(end)..end).unwrap_or(&[]);
    start.min(end) + middle.partition_point(|&known| known < target)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_intersection_has_what_all_lists_have(
            lists in prop::collection::vec(prop::collection::btree_set(0_u64..60, 0..40), 1..4)
        ) {
            let expected: Vec<u64> = (0..60)
                .filter(|number| lists.iter().all(|list| list.contains(number)))
                .collect();
            let lists = lists.into_iter().map(|list| list.into_iter().collect()).collect();
            prop_assert_eq!(intersect(lists), expected);
        }
    }
}
