use proptest::prelude::*;

use super::{Arborescence, best_tree, is_tree};

fn total(scores: &[f32], heads: &[usize]) -> f64 {
    let rows = scores.chunks(heads.len() + 1).zip(heads);
    rows.map(|(row, head)| f64::from(row[*head])).sum()
}

/// The best of all assignments of heads that are trees.
fn exhaustive(scores: &[f32], words: usize) -> f64 {
    let mut best = f64::NEG_INFINITY;
    let count = (words + 1).pow(u32::try_from(words).unwrap());
    for mut code in 0..count {
        let mut heads = Vec::new();
        for _ in 0..words {
            heads.push(code % (words + 1));
            code /= words + 1;
        }
        if is_tree(&heads) {
            best = best.max(total(scores, &heads));
        }
    }
    best
}

proptest! {
    #[test]
    fn every_sentence_gets_a_tree_with_one_root(
        words in 1usize..40,
        seed in prop::collection::vec(-9f32..9.0, 40 * 41),
    ) {
        let scores = &seed[..words * (words + 1)];
        prop_assert!(is_tree(&best_tree(scores, words)));
        prop_assert!(is_tree(&Arborescence::new(scores, words).solve()));
    }

    #[test]
    fn the_tree_is_the_best_of_all(
        words in 1usize..6,
        seed in prop::collection::vec(-9i8..9, 5 * 6),
    ) {
        let scores: Vec<f32> = seed[..words * (words + 1)].iter().map(|s| f32::from(*s)).collect();
        let heads = best_tree(&scores, words);
        prop_assert!(is_tree(&heads));
        prop_assert!((total(&scores, &heads) - exhaustive(&scores, words)).abs() < 1e-3);
    }
}

#[test]
fn scores_that_are_no_numbers_still_give_a_tree() {
    for strange in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        for words in [1, 2, 7] {
            let scores = vec![strange; words * (words + 1)];
            assert!(is_tree(&best_tree(&scores, words)), "{strange} {words}");
        }
    }
}

#[test]
fn nested_cycles_are_opened_in_order() {
    // Each word prefers its neighbour in ever larger circles.
    let words = 300;
    let mut scores = vec![0.0; words * (words + 1)];
    for word in 0..words {
        let partner = word ^ 1;
        scores[word * (words + 1) + partner + 1] = 9.0;
        scores[word * (words + 1) + (word ^ 2) % words + 1] = 8.0;
        scores[word * (words + 1) + (word ^ 4) % words + 1] = 7.0;
    }
    assert!(is_tree(&best_tree(&scores, words)));
}
