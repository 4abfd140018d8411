use super::*;
use crate::text::model::ACCURATE_WEIGHTS;

fn pieces(words: &str) -> Vec<Vec<String>> {
    let weights = Weights::parse(ACCURATE_WEIGHTS).unwrap();
    let wordpiece = WordPiece::new(&weights).unwrap();
    let vocabulary = std::str::from_utf8(weights.bytes("vocabulary").unwrap()).unwrap();
    let vocabulary: Vec<&str> = vocabulary.split('\n').collect();
    let cut = |word: &str| {
        let mut ids = Vec::new();
        wordpiece.cut(word, &mut ids);
        ids.iter()
            .map(|id| vocabulary[*id as usize].to_owned())
            .collect()
    };
    words.split(' ').map(cut).collect()
}

#[test]
fn words_are_cut_as_the_vocabulary_was_made() {
    for (word, expected) in [
        ("house", "house"),
        ("Café", "cafe"),
        ("U.S.", "u . s ."),
        ("can't", "can ' t"),
        ("embeddings", "em ##bed ##ding ##s"),
        ("3,141", "3 , 141"),
        ("İstanbul", "istanbul"),
        ("東京", "東 京"),
        ("“", "“"),
        ("\u{200b}", "[UNK]"),
        ("", "[UNK]"),
    ] {
        assert_eq!(
            pieces(word),
            [expected.split(' ').collect::<Vec<_>>()],
            "{word}"
        );
    }
}

#[test]
fn a_word_has_at_most_twelve_pieces() {
    assert_eq!(pieces(&"!?".repeat(50))[0].len(), 12);
    assert_eq!(pieces(&"ab.".repeat(5_000))[0].len(), 12);
    assert_eq!(pieces(&"x".repeat(5_000)), [["[UNK]"]]);
}
