use super::*;
use crate::text::token::tokenize;

fn sentences(text: &str) -> Vec<String> {
    let tokens = tokenize(text, 0, text.len());
    split(text, &tokens)
        .into_iter()
        .map(|range| {
            let (first, last) = (tokens[range.start], tokens[range.end - 1]);
            text[first.start as usize..last.end as usize].to_owned()
        })
        .collect()
}

#[test]
fn sentences_end_where_a_reader_ends_them() {
    let cases: &[&[&str]] = &[
        &[
            "Dr. Hall met Gen. Li in St. Ives.",
            "He left at 5 p.m. on Friday.",
        ],
        &["She works for Bolt Inc. in the U.S. now.", "It pays."],
        &["He moved to the U.S.", "The firm stayed."],
        &["“Are you sure?” she asked.", "“Yes.”", "He sat down."],
        &["“We won!” he cried.", "Nobody heard."],
        &["It grew (by 3.5 percent.)", "Then it fell."],
        &["1. Wash the rice.", "Boil it."],
        &["He paused... and went on.", "Why?", "Nobody knows…"],
        &["J. R. Hall wrote it.", "See vol. 3, pp. 4-9."],
        &["The hall was full.", "Image: Ada Reed."],
        &["A full hall", "Image: Ada Reed / Press."],
        &["Monday, March 2, 2020", "The hall was full."],
        &["“It will rain.” — Ada Reed"],
    ];
    for expected in cases {
        assert_eq!(sentences(&expected.join(" ")), *expected);
    }
}

/// A line is a paragraph, " | " stands between its sentences.
const SENTENCES: &str = include_str!("../../../tests/text/sentences.txt");

#[test]
fn ordinary_prose_falls_into_its_sentences() {
    let mut wrong = Vec::new();
    for line in SENTENCES.lines().filter(|line| !line.starts_with('#')) {
        let expected: Vec<&str> = line.split(" | ").collect();
        let found = sentences(&expected.join(" "));
        if found != expected {
            wrong.push(found);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
