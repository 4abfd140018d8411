use super::{Invalidity, TokenKind, next_token};
use crate::language::Keyword;

/// The tokens of a text, invalid ones included, with their texts.
fn tokens(source: &str) -> Vec<(TokenKind, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let token = next_token(source, at);
        if token.kind == TokenKind::End {
            return found;
        }
        found.push((token.kind, token.span.text(source)));
        at = token.span.end;
    }
}

fn kinds(source: &str) -> Vec<TokenKind> {
    tokens(source).into_iter().map(|(kind, _)| kind).collect()
}

#[test]
fn words_are_whole() {
    use TokenKind::Word;
    for word in [
        "Paris",
        "or_not",
        "orb",
        "Jean-Paul",
        "O'Brien",
        "l’été",
        "e\u{301}tat",
        "पेरिस",
    ] {
        assert_eq!(tokens(word), [(Word, word)]);
    }
    assert_eq!(kinds("OR oR"), [TokenKind::Keyword(Keyword::Or); 2]);
    assert_eq!(
        tokens("a- b"),
        [(Word, "a"), (TokenKind::Minus, "-"), (Word, "b")]
    );
    assert_eq!(tokens("東京 a"), [(Word, "東京"), (Word, "a")]);
}

#[test]
fn times_and_numbers_are_told_apart() {
    use TokenKind::{Date, Interval, Minus, Number, Slash, Timestamp};
    let cases = [
        ("2021-07", vec![Date]),
        ("2021-07-28", vec![Date]),
        ("2021-7", vec![Number, Minus, Number]),
        ("12021-07", vec![Number, Minus, Number]),
        ("2021 - 07", vec![Number, Minus, Number]),
        ("2021-10-28T10:00Z", vec![Timestamp]),
        ("2021-10-28T10:00:59.5+02:00", vec![Timestamp]),
        ("1914/1918", vec![Interval]),
        ("1914 / 1918", vec![Number, Slash, Number]),
        ("100/2000", vec![Number, Slash, Number]),
        ("2021-05/2021-06-07T10:00:00Z", vec![Interval]),
        ("1.5e-7", vec![Number]),
        ("1e5", vec![Number]),
        ("-1", vec![Minus, Number]),
    ];
    for (source, expected) in cases {
        assert_eq!(kinds(source), expected, "{source}");
    }
}

#[test]
fn what_is_no_token_says_why() {
    let cases = [
        ("3kg", Invalidity::Joined),
        ("1e", Invalidity::Joined),
        ("_x", Invalidity::Joined),
        ("2021-07-5", Invalidity::Time),
        ("2021-07-28T10", Invalidity::Time),
        ("2021-07-28T10:0", Invalidity::Time),
        ("2021-07x", Invalidity::Time),
        ("?", Invalidity::Nameless),
        ("$1", Invalidity::Nameless),
        ("\"a", Invalidity::UnclosedText),
        ("\"a\\\"", Invalidity::UnclosedText),
        ("\"a\\x\"", Invalidity::Escape),
        ("\"\\u{110000}\"", Invalidity::Escape),
        ("'", Invalidity::Character),
        ("!", Invalidity::Character),
    ];
    for (source, why) in cases {
        assert_eq!(
            tokens(source),
            [(TokenKind::Invalid(why), source)],
            "{source}"
        );
    }
}

#[test]
fn white_space_and_comments_stand_between_tokens() {
    let source = "\u{feff}#!/usr/bin/env factbase\n\t?x\u{a0}p # \"c\r\n\"# d\" #";
    let texts: Vec<_> = tokens(source).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["?x", "p", "\"# d\""]);
}
