use super::*;

/// Sentences with their tokens separated by single spaces; joined ones are told by the left side.
const CASES: &[(&str, &str)] = &[
    (
        "They don't say it can't work.",
        "They do n't say it ca n't work .",
    ),
    (
        "Ada’s well-known re-election",
        "Ada ’s well - known re-election",
    ),
    (
        "It cost US$20 billion (€5m).",
        "It cost US$ 20 billion ( € 5 m ) .",
    ),
    (
        "It cost N2,500, or R1.5m.",
        "It cost N 2,500 , or R 1.5 m .",
    ),
    ("an N95 mask and an R2 unit", "an N95 mask and an R2 unit"),
    ("Sh900 million and KSh150", "Sh 900 million and KSh 150"),
    ("About 30% of 1,200.50 km", "About 30 % of 1,200.50 km"),
    ("at 10:30 a.m. on the 21st", "at 10:30 a.m. on the 21st"),
    (
        "the 1990s, 2021-25 and 2021–2025",
        "the 1990s , 2021 - 25 and 2021 – 2025",
    ),
    (
        "Mr. J. R. Hall of the U.S. Navy",
        "Mr. J. R. Hall of the U.S. Navy",
    ),
    (
        "see https://example.org/a_(b).",
        "see https://example.org/a_(b) .",
    ),
    ("write to ada@example.org!", "write to ada@example.org !"),
    ("“Wait…” he said.", "“ Wait … ” he said ."),
    (
        "the boys' school, rock 'n' roll",
        "the boys ' school , rock ' n ' roll",
    ),
    ("AT&T and R&D; and/or", "AT&T and R&D ; and / or"),
    (
        "Orvel A/S rose 24/7, and/or",
        "Orvel A/S rose 24/7 , and / or",
    ),
    ("pens, paper, etc.", "pens , paper , etc ."),
    ("We cannot go.", "We can not go ."),
    (
        "Nguyễn Văn Bình và Пётр Ильич",
        "Nguyễn Văn Bình và Пётр Ильич",
    ),
    ("call 555-0199 today", "call 555-0199 today"),
    ("No. 5 said no.", "No. 5 said no ."),
    ("O'Neill isn't here", "O'Neill is n't here"),
    ("ten\u{a0}km\u{200b}later", "ten km later"),
];

#[test]
fn words_are_cut_as_the_treebank_cuts_them() {
    for (text, expected) in CASES {
        let tokens = tokenize(text, 0, text.len());
        let words: Vec<&str> = tokens.iter().map(|span| span.of(text)).collect();
        assert_eq!(words.join(" "), *expected, "{text:?}");
    }
}

#[test]
fn every_character_that_is_no_space_lies_in_one_token() {
    let text = "a\u{300}b —\u{0}x\u{1F469}\u{200D}\u{1F680}'\u{301}.. ¿Qué? 日本語。";
    let tokens = tokenize(text, 0, text.len());
    let covered: String = tokens.iter().map(|span| span.of(text)).collect();
    let expected: String = text.chars().filter(|letter| !is_space(*letter)).collect();
    assert_eq!(covered, expected);
}
