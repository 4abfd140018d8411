use crate::text::numeral::ordinal;

#[test]
fn ordinals_are_read_in_words_and_figures() {
    assert_eq!(ordinal("seventh"), Some(7));
    assert_eq!(ordinal("42nd"), Some(42));
    assert_eq!(ordinal("th"), None);
}
