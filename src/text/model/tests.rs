use proptest::prelude::*;
use serde::Deserialize;

use super::accurate::AccurateReader;
use super::fast::FastReader;
use super::instructions::Instructions;
use super::tree::is_tree;
use super::weights::Weights;
use super::{ACCURATE_WEIGHTS, Analyzer, FAST_WEIGHTS, SentenceAnalysis, accurate, fast};
use crate::text::document::NameTag;

/// What the training framework computes from the same weights without quantising activations.
#[derive(Deserialize)]
struct Vector {
    words: Vec<String>,
    tags: Vec<usize>,
    heads: Vec<usize>,
    relations: Vec<usize>,
    names: Vec<usize>,
    margins: Vec<f32>,
}

fn vectors(lines: &str) -> Vec<Vector> {
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn heads(analysis: &SentenceAnalysis) -> Vec<usize> {
    analysis.words.iter().map(|word| word.head).collect()
}

/// Shares of words whose tag, head, relation and name equal the vectors', and the largest
/// difference by which a probability exceeds the arc's.
fn agreement(reader: &dyn Analyzer, weights: &Weights, vectors: &[Vector]) -> ([f64; 4], f32) {
    let sentences: Vec<Vec<&str>> = vectors
        .iter()
        .map(|v| v.words.iter().map(String::as_str).collect())
        .collect();
    let (mut equal, mut count, mut excess) = ([0.0; 4], 0.0, 0.0f32);
    for (analysis, vector) in reader.analyze(&sentences).iter().zip(vectors) {
        assert_eq!(analysis.words.len(), vector.words.len());
        for (i, word) in analysis.words.iter().enumerate() {
            let (universal, fine) = &weights.header.tags[vector.tags[i]];
            let name = match word.name {
                NameTag::Outside => 0,
                NameTag::Begin(kind) => 1 + 2 * kind_place(kind),
                NameTag::Inside(kind) => 2 + 2 * kind_place(kind),
            };
            let hits = [
                (word.universal_tag.as_str(), word.fine_tag.as_str()) == (universal, fine),
                word.head == vector.heads[i],
                word.relation.as_str() == weights.header.relations[vector.relations[i]],
                name == vector.names[i],
            ];
            for (equal, hit) in equal.iter_mut().zip(hits) {
                *equal += f64::from(u8::from(hit));
            }
            count += 1.0;
            if word.head == vector.heads[i] {
                excess = excess.max(word.margin - vector.margins[i]);
            }
        }
    }
    (equal.map(|equal| equal / count), excess)
}

fn kind_place(kind: crate::fact::EntityKind) -> usize {
    use crate::fact::EntityKind;
    match kind {
        EntityKind::Person => 0,
        EntityKind::Organization => 1,
        _ => 2,
    }
}

const ACCURATE_VECTORS: &str = include_str!("../../../models/accurate.parity.jsonl");
const FAST_VECTORS: &str = include_str!("../../../models/fast.parity.jsonl");

/// Both readers with their weights and vectors.
fn readers() -> [(&'static dyn Analyzer, Weights, Vec<Vector>); 2] {
    [
        (
            accurate().unwrap(),
            Weights::parse(ACCURATE_WEIGHTS).unwrap(),
            vectors(ACCURATE_VECTORS),
        ),
        (
            fast().unwrap(),
            Weights::parse(FAST_WEIGHTS).unwrap(),
            vectors(FAST_VECTORS),
        ),
    ]
}

fn words(vectors: &[Vector]) -> Vec<Vec<&str>> {
    vectors
        .iter()
        .map(|vector| vector.words.iter().map(String::as_str).collect())
        .collect()
}

#[test]
fn the_readers_compute_what_the_training_framework_computes() {
    for (reader, weights, vectors) in readers() {
        let (equal, excess) = agreement(reader, &weights, &vectors);
        println!("{}: {equal:?} {excess}", weights.header.model);
        // Quantised activations turn a few near ties the other way.
        assert!(
            equal.iter().all(|share| *share > 0.98),
            "{}: {equal:?}",
            weights.header.model
        );
        assert!(excess < 0.1, "{}: {excess}", weights.header.model);
    }
}

#[test]
fn every_level_of_instructions_gives_the_same_bits() {
    let sentences = [
        vec!["Ferries", "leave", "Ærø", "at", "7.45", "."],
        vec!["Why", "?"],
        vec![],
    ];
    let accurate = Weights::parse(ACCURATE_WEIGHTS).unwrap();
    let fast = Weights::parse(FAST_WEIGHTS).unwrap();
    let analyses: Vec<_> = Instructions::all()
        .into_iter()
        .map(|level| {
            let accurate = AccurateReader::new(&accurate, level)
                .unwrap()
                .analyze(&sentences);
            let fast = FastReader::new(&fast, level).unwrap().analyze(&sentences);
            (accurate, fast)
        })
        .collect();
    for other in &analyses {
        assert_eq!(other, &analyses[0]);
    }
}

#[test]
fn a_sentence_gets_the_same_alone_and_among_others() {
    for (reader, _, vectors) in readers() {
        let sentences = words(&vectors[..8]);
        let together = reader.analyze(&sentences);
        for (sentence, analysis) in sentences.iter().zip(&together) {
            assert_eq!(&reader.analyze(std::slice::from_ref(sentence))[0], analysis);
        }
    }
}

#[test]
fn any_words_get_a_tree() {
    let long = "x".repeat(100_000);
    let accents = "é\u{301}\u{302}".repeat(2_000);
    let sentences = vec![
        vec![],
        vec![""],
        vec!["", " ", "\u{0}", "\t\n", "\u{fffd}", "\u{301}"],
        vec![long.as_str(), "!", accents.as_str()],
        vec!["🙂👩‍👩‍👧", "漢字漢字漢字漢字漢字漢字漢字漢字", "\u{200b}"],
        vec!["漢字漢字漢字漢字漢字,"; 45],
    ];
    for reader in [accurate().unwrap(), fast().unwrap()] {
        for (sentence, analysis) in sentences.iter().zip(reader.analyze(&sentences)) {
            assert_eq!(analysis.words.len(), sentence.len());
            assert!(sentence.is_empty() || is_tree(&heads(&analysis)));
            assert!(
                analysis
                    .words
                    .iter()
                    .all(|word| (0.0..=1.0).contains(&word.margin))
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_text_as_words_never_panics(
        sentences in prop::collection::vec(prop::collection::vec(any::<String>(), 0..9), 0..4),
    ) {
        let sentences: Vec<Vec<&str>> =
            sentences.iter().map(|words| words.iter().map(String::as_str).collect()).collect();
        let analyses = fast().unwrap().analyze(&sentences);
        for (sentence, analysis) in sentences.iter().zip(&analyses) {
            prop_assert_eq!(analysis.words.len(), sentence.len());
            prop_assert!(sentence.is_empty() || is_tree(&heads(analysis)));
        }
    }
}
