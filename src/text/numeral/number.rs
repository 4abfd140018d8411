//! Numbers in figures and words.

use crate::value::Number;

const ONES: [(&str, i64); 20] = [
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
];
const TENS: [(&str, i64); 8] = [
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];
const SCALES: [(&str, f64); 8] = [
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
    ("lakh", 1e5),
    ("crore", 1e7),
    ("dozen", 12.0),
];

fn lookup<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    table
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, value)| *value)
}

/// The number that a scale word multiplies by: "million".
pub(super) fn scale(word: &str) -> Option<f64> {
    lookup(&SCALES, word)
}

/// Whether a number in words begins with a word.
pub(crate) fn is_number_word(word: &str) -> bool {
    lookup(&ONES, word).is_some() || lookup(&TENS, word).is_some()
}

/// Reads the number that starts at a word, given in small letters with plain hyphens; returns
/// the word after it. "twenty-five", "a hundred and six", "2.5 million", "half a dozen", "1 1/2".
pub(crate) fn number_words(words: &[String], index: usize) -> Option<(usize, Number)> {
    let word = |place: usize| words.get(place).map_or("", String::as_str);
    if let Some(found) = fraction(words, index) {
        return Some(found);
    }
    if let Some(number) = figures(word(index)) {
        let (end, number) = with_groups(words, index + 1, number);
        return Some(with_scales(words, end, number));
    }
    // "a dozen", "a hundred", "half a million", "a few hundred" has no number.
    if matches!(word(index), "a" | "an") {
        scale(word(index + 1))?;
        return Some(with_scales(words, index + 1, 1.0));
    }
    if word(index) == "half" && word(index + 1) == "a" && scale(word(index + 2)).is_some() {
        return Some(with_scales(words, index + 2, 0.5));
    }
    // "half of the members", "half its members"
    if word(index) == "half"
        && matches!(word(index + 1), "of" | "the" | "its" | "their" | "all")
        && !matches!(
            index.checked_sub(1).map_or("", word),
            "first" | "second" | "a" | "-"
        )
    {
        return Some((index + 1, Number::Decimal(0.5)));
    }
    spelled(words, index)
}

/// "2.5", "1,200", "10 000" is two words; "½".
fn figures(word: &str) -> Option<f64> {
    let plain = match word {
        "½" => return Some(0.5),
        "¼" => return Some(0.25),
        "¾" => return Some(0.75),
        other => other.trim_start_matches('+'),
    };
    let starts = plain.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.');
    let ends = plain.ends_with(|letter: char| letter.is_ascii_digit());
    let is_number = plain
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'\xC2' | b'\xA0'));
    if !starts || !ends || !is_number {
        return None;
    }
    let grouped = plain.split(',').skip(1).all(|group| {
        let whole = group.split('.').next().unwrap_or("");
        matches!(whole.len(), 2 | 3)
    });
    let is_decimal_comma = plain.matches(',').count() == 1 && !grouped && !plain.contains('.');
    let text = if is_decimal_comma {
        plain.replace(',', ".")
    } else {
        plain.replace([',', '\u{a0}'], "")
    };
    (text.matches('.').count() <= 1).then(|| text.parse().ok())?
}

/// "10 000": groups of three figures behind one of up to three, which spaces part.
fn with_groups(words: &[String], mut index: usize, first: f64) -> (usize, f64) {
    let is_figures = |word: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let before = index.checked_sub(1).and_then(|before| words.get(before));
    let begins = before.is_some_and(|word| is_figures(word, 1..=3) && !word.starts_with('0'));
    let mut number = first;
    while begins && let Some(group) = words.get(index).filter(|word| is_figures(word, 3..=3)) {
        number = number * 1_000.0 + group.parse().unwrap_or(0.0);
        index += 1;
    }
    (index, number)
}

/// Multiplies by the scale words that follow.
fn with_scales(words: &[String], mut index: usize, number: f64) -> (usize, Number) {
    let mut value = number;
    while let Some(factor) = words.get(index).and_then(|word| scale(word)) {
        value *= factor;
        index += 1;
    }
    (index, Number::Decimal(rounded(value)).simplified())
}

/// Without the dust that decimal factors leave: 8.13 million is 8130000.
pub(super) fn rounded(value: f64) -> f64 {
    let whole = value.round();
    if (value - whole).abs() < 1e-6 * whole.abs().max(1.0) && value.abs() >= 1_000.0 {
        whole
    } else {
        value
    }
}

/// A number in words: "one hundred and twenty-five thousand", "two and a half million".
fn spelled(words: &[String], index: usize) -> Option<(usize, Number)> {
    let word = |place: usize| words.get(place).map_or("", String::as_str);
    let (mut total, mut part) = (0.0, 0.0);
    let mut place = index;
    let mut is_started = false;
    loop {
        let current = word(place);
        if let Some(value) = lookup(&ONES, current) {
            if is_started && part % 10.0 != 0.0 {
                break;
            }
            part += value as f64;
        } else if let Some(value) = lookup(&TENS, current) {
            if is_started && part % 100.0 != 0.0 {
                break;
            }
            part += value as f64;
            if word(place + 1) == "-" && lookup(&ONES, word(place + 2)).is_some_and(|one| one < 10)
            {
                place += 1;
            }
        } else if is_started && let Some(factor) = scale(current) {
            if factor == 100.0 || current == "dozen" {
                part *= factor;
            } else {
                total += part * factor;
                part = 0.0;
            }
        } else if is_started
            && current == "and"
            && word(place + 1) == "a"
            && word(place + 2) == "half"
        {
            part += 0.5;
            place += 2;
        } else if is_started
            && current == "and"
            && part >= 100.0
            && (lookup(&ONES, word(place + 1)).is_some()
                || lookup(&TENS, word(place + 1)).is_some())
        {
            // "a hundred and six"
        } else {
            break;
        }
        is_started = true;
        place += 1;
    }
    is_started.then(|| (place, Number::Decimal(rounded(total + part)).simplified()))
}

/// "two-thirds", "three quarters", "1/2" and "2 1/2".
fn fraction(words: &[String], index: usize) -> Option<(usize, Number)> {
    let word = |place: usize| words.get(place).map_or("", String::as_str);
    let decimal = |value: f64| Number::Decimal(value).simplified();
    if let Some((above, below)) = word(index).split_once('/') {
        let (above, below): (f64, f64) = (above.parse().ok()?, below.parse().ok()?);
        let is_fraction = above < below && (2.0..=16.0).contains(&below);
        return is_fraction.then(|| (index + 1, decimal(above / below)));
    }
    let count = match word(index) {
        "a" => 1,
        other => lookup(&ONES, other).filter(|count| (1..10).contains(count))?,
    };
    let hyphen = usize::from(word(index + 1) == "-");
    let below = match word(index + 1 + hyphen) {
        "third" | "thirds" => 3.0,
        "quarter" | "quarters" => 4.0,
        "fifth" | "fifths" => 5.0,
        "tenth" | "tenths" => 10.0,
        _ => return None,
    };
    let is_part = count > 1 || word(index + 2 + hyphen) == "of";
    is_part.then(|| (index + 2 + hyphen, decimal(count as f64 / below)))
}

/// The number of an ordinal: "19th", "seventh"; "last" is none.
pub(crate) fn ordinal(word: &str) -> Option<i64> {
    const WORDS: [&str; 21] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
        "twenty-first",
    ];
    if let Some(place) = WORDS.iter().position(|known| *known == word) {
        return i64::try_from(place + 1).ok();
    }
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| word.strip_suffix(end))?;
    let plain = digits.replace(',', "");
    let is_number = !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| plain.parse().ok())?
}
