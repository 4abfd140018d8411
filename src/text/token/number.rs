//! Numbers, dates and times of day in figures, with what sticks to them.

use super::{Chunk, is_apostrophe};

/// Units that are tokens of their own behind a figure: "5|km", "9|am".
const UNITS: &[&str] = &[
    "a", "am", "b", "bn", "bps", "c", "cc", "cm", "f", "ft", "g", "gb", "ghz", "ha", "hr", "hrs",
    "hz", "in", "k", "kb", "kbps", "kcal", "kg", "khz", "km", "kmh", "kph", "kw", "kwh", "l", "lb",
    "lbs", "m", "mb", "mbps", "mg", "mhz", "mi", "mil", "min", "mins", "ml", "mm", "mn", "mp",
    "mph", "mw", "mwh", "nm", "oz", "p", "pm", "ppm", "px", "rpm", "s", "sec", "secs", "sq", "t",
    "tb", "tn", "tr", "twh", "v", "w", "x", "yd", "yr", "yrs",
];

/// Whether a number starts with its point: ".04".
pub(super) fn starts_with_sign(chunk: &Chunk<'_>, index: usize) -> bool {
    let (sign, next) = (chunk.at(index), chunk.at(index + 1));
    let is_start = index == 0 || matches!(chunk.before(index), '$' | '(' | '€' | '£' | '-');
    match sign {
        '.' => next.is_ascii_digit() && is_start,
        '+' => next.is_ascii_digit() && index == 0,
        _ => false,
    }
}

/// The end of the number that starts at an index.
pub(super) fn number(chunk: &Chunk<'_>, index: usize) -> usize {
    if let Some(end) = hyphened(chunk, index) {
        return end;
    }
    let mut end = index + usize::from(!chunk.at(index).is_numeric());
    loop {
        end = chunk.run(end, |letter| letter.is_numeric() && !is_raised(letter));
        let (mark, next) = (chunk.at(end), chunk.at(end + 1));
        let goes_on = match mark {
            '.' | ',' => next.is_ascii_digit(),
            ':' | '/' => next.is_ascii_digit(),
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    suffix(chunk, index, end)
}

/// Raised figures behind a number are notes or powers, not its digits.
fn is_raised(letter: char) -> bool {
    matches!(letter, '²' | '³' | '¹' | '⁰'..='⁹')
}

/// What follows the figures: "th", "s", "'s" of decades stay; units do not; other letters stay.
fn suffix(chunk: &Chunk<'_>, index: usize, end: usize) -> usize {
    let next = chunk.at(end);
    if is_apostrophe(next) {
        let is_decade = chunk.before(end) == '0' && end - index >= 2;
        let is_plural = matches!(chunk.at(end + 1), 's' | 'S');
        let ends = !super::is_word_letter(chunk.at(end + 2));
        return if is_decade && is_plural && ends {
            end + 2
        } else {
            end
        };
    }
    if !next.is_alphabetic() {
        return end;
    }
    let tail_end = chunk.run(end, super::is_word_letter);
    let tail = chunk.lower(end, tail_end);
    let has_sign = chunk.letters.get(index..end).is_some_and(|letters| {
        letters
            .iter()
            .any(|(_, letter)| matches!(letter, '.' | ','))
    });
    match tail.as_str() {
        "st" | "nd" | "rd" | "th" => tail_end,
        "s" => tail_end,
        "d" if end - index == 1 => tail_end,
        "million" | "billion" | "trillion" => end,
        unit if UNITS.contains(&unit) && !is_code(chunk, end, tail_end) => end,
        _ if has_sign => end,
        _ => tail_end,
    }
}

/// "4A", "2B": a single capital behind one or two figures numbers a thing; "5K" and "3M" count.
fn is_code(chunk: &Chunk<'_>, end: usize, tail_end: usize) -> bool {
    tail_end - end == 1 && matches!(chunk.at(end), 'A' | 'B' | 'C' | 'D' | 'F' | 'G' | 'P' | 'W')
}

/// Telephone numbers and dates with hyphens: figures in groups that no range has.
fn hyphened(chunk: &Chunk<'_>, index: usize) -> Option<usize> {
    let mut groups: Vec<usize> = Vec::new();
    let mut end = index;
    loop {
        let stop = chunk.run(end, |letter| letter.is_ascii_digit());
        groups.push(stop - end);
        end = stop;
        let joins = matches!(chunk.at(end), '-' | '/' | '.' | '\u{2011}');
        if groups.len() == 6 || !(joins && chunk.at(end + 1).is_ascii_digit()) {
            break;
        }
        end += 1;
    }
    let has_hyphen = chunk
        .letters
        .get(index..end)?
        .iter()
        .any(|(_, letter)| matches!(letter, '-' | '\u{2011}'));
    if !has_hyphen || chunk.at(end).is_alphabetic() {
        return None;
    }
    let is_whole = match groups.as_slice() {
        [3, 4] => true,
        [_, _, _, ..] => groups.iter().all(|&digits| digits > 0),
        _ => false,
    };
    is_whole.then_some(end)
}
