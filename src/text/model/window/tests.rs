use proptest::prelude::*;

use super::*;
use crate::text::document::NameTag;
use crate::text::model::WordAnalysis;
use crate::text::model::tree::is_tree;
use crate::text::tag::{FineTag, UniversalTag};

fn lengths(words: &[(&str, usize)], limit: usize) -> Vec<usize> {
    let mut windows = Windows::new(limit);
    words
        .iter()
        .for_each(|(word, size)| windows.add(word, *size));
    windows.finish()
}

/// A sentence whose first word is the root and the head of all others.
fn star(words: usize) -> SentenceAnalysis {
    let word = |place: usize| WordAnalysis {
        universal_tag: UniversalTag::Noun,
        fine_tag: FineTag::Noun,
        rivals: Vec::new(),
        head: usize::from(place > 0),
        relation: if place == 0 {
            Relation::Root
        } else {
            Relation::Flat
        },
        margin: 1.0,
        name: NameTag::Outside,
    };
    SentenceAnalysis {
        words: (0..words).map(word).collect(),
    }
}

proptest! {
    #[test]
    fn windows_hold_all_words_and_stay_within_the_limit(
        sizes in prop::collection::vec((0usize..9, any::<bool>()), 0..200),
    ) {
        let word = |(size, is_comma): &(usize, bool)| (if *is_comma { "," } else { "x" }, *size);
        let words: Vec<_> = sizes.iter().map(word).collect();
        let found = lengths(&words, 10);
        prop_assert_eq!(found.iter().sum::<usize>(), words.len());
        let mut rest = words.as_slice();
        for length in found {
            let (window, after) = rest.split_at(length);
            prop_assert!(length > 0);
            prop_assert!(window.iter().map(|(_, size)| size).sum::<usize>() <= 10);
            rest = after;
        }
    }

    #[test]
    fn joined_windows_are_one_tree(counts in prop::collection::vec(1usize..5, 1..6)) {
        let joined = join(&[counts.len()], counts.iter().map(|count| star(*count)));
        let heads: Vec<usize> = joined[0].words.iter().map(|word| word.head).collect();
        prop_assert!(is_tree(&heads));
    }
}

#[test]
fn a_long_sentence_is_cut_after_punctuation() {
    let mut words = vec![("x", 1); 20];
    words[7] = (",", 1);
    assert_eq!(lengths(&words, 10), [8, 10, 2]);
}

#[test]
fn sentences_without_windows_stay_empty() {
    let joined = join(&[0, 1, 0], std::iter::once(star(2)));
    let lengths: Vec<usize> = joined.iter().map(|sentence| sentence.words.len()).collect();
    assert_eq!(lengths, [0, 2, 0]);
}
