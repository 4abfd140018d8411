//! Words: letters with their inner apostrophes, hyphens and ampersands, and the clitics cut off.

use super::period::full_stop;
use super::{Chunk, is_apostrophe, is_word_letter};

/// First parts that stay joined to the rest of a hyphenated word.
const PREFIXES: &[&str] = &[
    "anti", "bi", "co", "counter", "couter", "cross", "e", "ex", "extra", "hyper", "inter",
    "intra", "macro", "mega", "meta", "micro", "mid", "mini", "mono", "multi", "non", "over",
    "pan", "para", "poly", "post", "pre", "pro", "proto", "pseudo", "psycho", "re", "semi",
    "socio", "sub", "super", "supra", "trans", "tri", "ultra", "un", "under", "uni",
];

/// Contractions written without an apostrophe, and where they fall in two.
const CONTRACTIONS: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("gotta", 3),
    ("wanna", 3),
    ("dont", 2),
    ("didnt", 3),
    ("doesnt", 4),
    ("isnt", 2),
    ("wasnt", 3),
    ("wont", 2),
    ("cant", 2),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
    ("havent", 4),
    ("hasnt", 3),
    ("arent", 3),
    ("werent", 4),
    ("aint", 2),
    ("thats", 4),
    ("alot", 1),
    ("dunno", 2),
    ("outta", 3),
];

/// Words with an apostrophe in front that keep it.
const APOCOPES: &[&str] = &[
    "em", "til", "till", "tis", "twas", "cause", "bout", "cos", "n",
];

/// The end of the word that starts at an index; `cut` takes the border before a clitic.
pub(super) fn word(chunk: &Chunk<'_>, start: usize, cut: &mut dyn FnMut(usize)) -> usize {
    if let Some(end) = currency_letters(chunk, start) {
        return end;
    }
    let mut end = start;
    loop {
        end = chunk.run(end, is_word_letter);
        let (mark, next) = (chunk.at(end), chunk.at(end + 1));
        let goes_on = match mark {
            '-' | '\u{2010}' | '\u{2011}' => keeps_hyphen(chunk, start, end),
            '&' => keeps_ampersand(chunk, start, end),
            '/' => keeps_slash(chunk, start, end),
            '.' => match full_stop(chunk, start, end) {
                Some(stop) if stop == end + 1 && is_word_letter(chunk.at(stop)) => true,
                Some(stop) => return stop,
                None => false,
            },
            '$' => return dollar(chunk, start, end),
            '+' => return plus(chunk, start, end),
            '*' => next.is_alphabetic() && !next.is_uppercase(),
            '@' => next.is_alphabetic() && chunk.before(end).is_alphabetic(),
            '(' => is_letter_in_brackets(chunk, end),
            _ if is_apostrophe(mark) => match clitic(chunk, start, end) {
                Clitic::None => next.is_alphabetic(),
                Clitic::At(border, stop) => {
                    cut(border);
                    return stop;
                }
                Clitic::After => return end,
            },
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
        if mark == '(' {
            end += 2; // the letter and the closing bracket
        }
    }
    if let Some(border) = contraction(chunk, start, end) {
        cut(border);
    }
    end
}

/// What an apostrophe after a word is.
enum Clitic {
    /// Part of the word.
    None,
    /// A clitic inside the word before it ("n't"): its start and end.
    At(usize, usize),
    /// The word ends before the apostrophe.
    After,
}

fn clitic(chunk: &Chunk<'_>, start: usize, apostrophe: usize) -> Clitic {
    let tail_end = chunk.run(apostrophe + 1, char::is_alphanumeric);
    let tail = chunk.lower(apostrophe + 1, tail_end);
    let letter_before = chunk.before(apostrophe);
    match tail.as_str() {
        "t" if matches!(letter_before, 'n' | 'N') && apostrophe - start >= 2 => {
            Clitic::At(apostrophe - 1, tail_end)
        }
        "s" | "re" | "ve" | "ll" | "d" | "m" => Clitic::At(apostrophe, tail_end),
        "" => Clitic::After,
        _ => Clitic::None,
    }
}

/// The border inside a contraction without apostrophe.
fn contraction(chunk: &Chunk<'_>, start: usize, end: usize) -> Option<usize> {
    if !(4..=8).contains(&(end - start)) {
        return None;
    }
    let word = chunk.lower(start, end);
    let (_, border) = CONTRACTIONS.iter().find(|(known, _)| *known == word)?;
    Some(start + border)
}

/// An apostrophe in front of a word that belongs to it: "'em", "'90s", and clitics standing alone.
pub(super) fn leading_apostrophe(chunk: &Chunk<'_>, index: usize) -> Option<usize> {
    let end = chunk.run(index + 1, char::is_alphanumeric);
    let tail = chunk.lower(index + 1, end);
    let is_year = {
        let digits = tail.trim_end_matches('s');
        digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_quote = is_apostrophe(chunk.at(end)); // 'til' in quotes
    let is_clitic = matches!(tail.as_str(), "s" | "re" | "ve" | "ll" | "d" | "m");
    let is_opening = matches!(chunk.at(index), '‘' | '`');
    let joined = is_year && !is_opening
        || APOCOPES.contains(&tail.as_str()) && !is_quote
        || is_clitic && !is_opening && !is_quote;
    joined.then_some(end)
}

/// Whether a hyphen inside a word joins its parts.
fn keeps_hyphen(chunk: &Chunk<'_>, start: usize, hyphen: usize) -> bool {
    let next = chunk.at(hyphen + 1);
    if !next.is_alphanumeric() {
        return false;
    }
    let first = chunk.lower(start, hyphen);
    if PREFIXES.contains(&first.as_str()) {
        return (first != "e" && first != "un")
            || chunk.lower(hyphen + 1, chunk.len()).len() >= 2
                && (first == "e" && next.is_lowercase() || first == "un");
    }
    // Given names of two syllables: "Min-woo", "Yiu-chung".
    let second_end = chunk.run(hyphen + 1, char::is_alphabetic);
    is_korean_or_cantonese(&first, &chunk.lower(hyphen + 1, second_end))
        && chunk.at(start).is_uppercase()
        && chunk.at(second_end) != '-'
}

/// Whether two short syllables look like one Korean or Cantonese given name.
fn is_korean_or_cantonese(first: &str, second: &str) -> bool {
    const ONSETS: &[&str] = &[
        "chae", "cheol", "chi", "chul", "chun", "eun", "hae", "hee", "hye", "hyun", "hyung", "jae",
        "ji", "jin", "jong", "joo", "joon", "jun", "jung", "ka", "ki", "kwang", "kyu", "kyung",
        "man", "mi", "min", "myung", "sang", "seok", "seong", "seung", "siu", "so", "soo", "soon",
        "sook", "sun", "sung", "tae", "wai", "wing", "woo", "yong", "yoon", "young", "yiu", "yun",
        "ying", "ching", "chung", "chan", "kyun", "kwan", "hwan", "ho", "hoon", "geun", "gyu",
        "hyuk", "seo", "yeon", "young", "ngor", "fai", "fung", "kai", "kwong", "lai", "ming",
        "pik", "shin", "shing", "wan", "wook", "yuk", "keung", "kit", "kin", "lam", "yin", "yee",
    ];
    ONSETS.contains(&first) && ONSETS.contains(&second)
}

/// "AT&T", "R&D", "p&l": short parts on both sides of an ampersand are one name.
fn keeps_ampersand(chunk: &Chunk<'_>, start: usize, ampersand: usize) -> bool {
    let end = chunk.run(ampersand + 1, char::is_alphanumeric);
    let (left, right) = (ampersand - start, end - ampersand - 1);
    let is_upper = |from: usize, to: usize| {
        chunk
            .letters
            .get(from..to)
            .is_some_and(|letters| letters.iter().all(|(_, letter)| letter.is_uppercase()))
    };
    (1..=4).contains(&left)
        && (1..=4).contains(&right)
        && (is_upper(start, ampersand) && is_upper(ampersand + 1, end) || left + right == 2)
}

/// "A/S", "N/A": one capital on each side of a stroke.
fn keeps_slash(chunk: &Chunk<'_>, start: usize, slash: usize) -> bool {
    slash == start + 1
        && chunk.at(start).is_uppercase()
        && chunk.at(slash + 1).is_uppercase()
        && !is_word_letter(chunk.at(slash + 2))
        && chunk.at(slash + 2) != '/'
}

/// "US$": capitals before a dollar sign name its country.
fn dollar(chunk: &Chunk<'_>, start: usize, dollar: usize) -> usize {
    let before = chunk.letters.get(start..dollar).unwrap_or(&[]);
    let is_country = before.len() <= 3 && before.iter().all(|(_, letter)| letter.is_uppercase());
    let ends = !chunk.at(dollar + 1).is_alphabetic();
    if is_country && ends {
        dollar + 1
    } else {
        dollar
    }
}

/// "N2,500", "Sh900", "R1.5m": letters before a number that name its currency. A lone letter does
/// so only before thousands, or where a scale follows: "R2" and "N95" name other things.
fn currency_letters(chunk: &Chunk<'_>, start: usize) -> Option<usize> {
    const SURE: &[&str] = &[
        "Rs", "Sh", "Shs", "Ksh", "KSh", "Kshs", "KSHS", "KSH", "Tsh", "TSh", "Ush", "USh", "Tk",
        "Rp", "RM", "GHS", "GHC", "NGN", "KES", "UGX", "TZS", "ZAR", "INR", "PKR", "LKR", "NPR",
        "BDT", "USD", "EUR", "GBP", "NOK", "SEK", "DKK", "CHF", "AUD", "CAD", "NZD", "SGD", "HKD",
        "AED", "QAR", "SAR", "PHP", "PhP", "Php",
    ];
    const SCALES: &[&str] = &["m", "mn", "bn", "b", "tn", "trn", "k"];
    let end = chunk.run(start, |letter| letter.is_ascii_alphabetic());
    if !chunk.at(end).is_ascii_digit() {
        return None;
    }
    let digits = chunk.run(end, |letter| {
        letter.is_ascii_digit() || matches!(letter, ',' | '.')
    });
    let tail = chunk.lower(digits, chunk.run(digits, char::is_alphabetic));
    let has_scale = SCALES.contains(&tail.as_str())
        || tail.is_empty() && is_scale_word(chunk.next_word())
        || matches!(tail.as_str(), "million" | "billion");
    if !has_scale && !tail.is_empty() {
        return None;
    }
    let letters = chunk.text(start, end);
    if SURE.contains(&letters.as_str()) {
        return Some(end);
    }
    let figures = chunk.text(end, digits);
    let has_thousands = figures
        .split(',')
        .skip(1)
        .any(|group| group.bytes().take_while(u8::is_ascii_digit).count() == 3);
    let is_split = figures.len() <= 3 && is_group(chunk.next_word());
    let is_lone = matches!(letters.as_str(), "N" | "R" | "P" | "K");
    (is_lone && (has_thousands || has_scale || is_split && letters == "R")).then_some(end)
}

/// "million" and its like, perhaps with a mark behind.
fn is_scale_word(word: &str) -> bool {
    let plain = word.trim_end_matches(|letter: char| !letter.is_alphabetic());
    matches!(plain, "million" | "billion" | "trillion" | "bn" | "m")
}

/// Three figures: the thousands of "R6 589".
fn is_group(word: &str) -> bool {
    let plain = word.trim_end_matches(['.', ',', ';', ':', ')']);
    plain.len() == 3 && plain.bytes().all(|byte| byte.is_ascii_digit())
}

/// "C++" and "Labor+Liberty" are names; "A+" is a mark and its sign.
fn plus(chunk: &Chunk<'_>, start: usize, plus: usize) -> usize {
    if chunk.at(plus + 1).is_alphabetic() {
        return chunk.run(plus + 1, is_word_letter);
    }
    let is_language = chunk.at(start) == 'C' && plus == start + 1 && chunk.at(plus + 1) == '+';
    if is_language { plus + 2 } else { plus }
}

/// "Re(a)d": one letter in brackets inside a word.
fn is_letter_in_brackets(chunk: &Chunk<'_>, bracket: usize) -> bool {
    chunk.at(bracket + 1).is_alphabetic()
        && chunk.at(bracket + 2) == ')'
        && chunk.at(bracket + 3).is_alphabetic()
}
