use super::*;

#[test]
fn numbers_are_read_in_words_and_figures() {
    let cases = [
        ("two hundred and fifty", "250"),
        ("twenty - five", "25"),
        ("2.5 million", "2500000"),
        ("a dozen", "12"),
        ("two dozen", "24"),
        ("half a million", "500000"),
        ("1,200.5", "1200.5"),
        ("three and a half billion", "3500000000"),
        ("one hundred twenty thousand three", "120003"),
        ("two - thirds", "0.6666666666666666"),
    ];
    for (text, expected) in cases {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let (end, number) = number_words(&words, 0).unwrap();
        assert_eq!(number.to_string(), expected, "{text}");
        assert_eq!(end, words.len(), "{text}");
    }
    let words = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
    assert!(number_words(&words("several people"), 0).is_none());
    assert!(number_words(&words("a man"), 0).is_none());
}
