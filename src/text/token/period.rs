//! Full stops: part of an abbreviation, of a name, or the end of a sentence.

use super::abbreviation::{self, Kind};
use super::starter::begins_sentence;
use super::{Chunk, is_word_letter};

/// Where a word with the full stop at `stop` ends: after the stop, where the stop is its own (the
/// word may go on then), else `None`.
pub(super) fn full_stop(chunk: &Chunk<'_>, start: usize, stop: usize) -> Option<usize> {
    if chunk.at(stop + 1) == '.' {
        return None; // an ellipsis
    }
    let word = chunk.text(start, stop);
    // "ex-U.S.": what stands before a hyphen says nothing.
    let word = word.rsplit('-').next().unwrap_or("").to_owned();
    if is_word_letter(chunk.at(stop + 1)) {
        return inner_stop(chunk, start, stop, &word);
    }
    if abbreviation::kind(&word) == Some(Kind::BeforeNumber) && numbers_next(chunk, stop) {
        return Some(stop + 1);
    }
    // "(b. March 1961)", "(m. 1977; div. 1979)": dates of a life.
    if chunk.before(start) == '(' && abbreviation::is_of_life(&word) && dates_next(chunk, stop) {
        return Some(stop + 1);
    }
    // "Miller v. Oakes": one side against the other.
    if word == "v" && follows_capital(chunk) && next_letter(chunk, stop).is_uppercase() {
        return Some(stop + 1);
    }
    if is_lettered(&word) {
        return own_stop(chunk, stop, &word, word.chars().count() == 1);
    }
    match abbreviation::kind(&word)? {
        Kind::Title => (!ends_block(chunk, stop)).then_some(stop + 1),
        Kind::Always => own_stop(chunk, stop, &word, false),
        Kind::BeforeNumber => {
            let goes_on = abbreviation::goes_before_small_letter(&word)
                && next_letter(chunk, stop).is_lowercase();
            (goes_on || numbers_next(chunk, stop)).then_some(stop + 1)
        }
        Kind::OnlyInside => {
            let next = next_letter(chunk, stop);
            let goes_on = next.is_lowercase() || next.is_numeric() || next == ',';
            (goes_on && !ends_block(chunk, stop)).then_some(stop + 1)
        }
    }
}

/// A stop between letters: "U.S.", "e.g.", "comp.sources"; not "end.Start".
fn inner_stop(chunk: &Chunk<'_>, start: usize, stop: usize, word: &str) -> Option<usize> {
    let next = chunk.at(stop + 1);
    if is_lettered(word) || abbreviation::has_inner_stops(word) {
        return Some(stop + 1);
    }
    let last = chunk.before(stop);
    if next.is_numeric() {
        return (last.is_numeric() || stop - start == 1).then_some(stop + 1);
    }
    match abbreviation::kind(word) {
        Some(Kind::Title | Kind::Always) => {
            // "St.Petersburg": two tokens, the first with its stop. A word that ends here must
            // not go on, so the caller is told by a stop that lies one further.
            None
        }
        _ => (!next.is_uppercase() && last.is_alphanumeric()).then_some(stop + 1),
    }
}

/// Whether a word is of single letters with stops between: "J", "U.S", "p.m".
fn is_lettered(word: &str) -> bool {
    !word.is_empty()
        && word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_alphabetic)
                && letters.all(|letter| !letter.is_alphanumeric())
        })
}

/// The stop of an abbreviation: its own, unless it ends a sentence and gives its stop away.
fn own_stop(chunk: &Chunk<'_>, stop: usize, word: &str, is_initial: bool) -> Option<usize> {
    let next = next_capital(chunk, stop);
    let ends_sentence = ends_block(chunk, stop) || begins_sentence(next, chunk.word_after(1), word);
    // "reached 19 C. Another": the unit of a number, and no initial.
    let is_unit = matches!(word, "C" | "F" | "K")
        && last_word(chunk).ends_with(|letter: char| letter.is_ascii_digit());
    if is_initial && is_unit && next.chars().next().is_none_or(char::is_uppercase) {
        return None;
    }
    if is_initial {
        // "Plan B. The", "vitamin C." and "I." end sentences; "J. Smith" does not.
        let letter = word.chars().next()?;
        let is_name = letter.is_uppercase() && !ends_block(chunk, stop);
        let follows = next_letter(chunk, stop);
        let is_plain_end = ends_sentence && !is_starter_initial(chunk) || follows.is_lowercase();
        let is_pronoun = letter == 'I' && !follows_capital(chunk);
        // "Charles V. To", not "George W. A"
        let is_numeral = matches!(letter, 'I' | 'V' | 'X') && next_capital(chunk, stop).len() > 1;
        let is_of_name = follows_capital(chunk) && !(is_numeral && ends_sentence);
        return (is_name && !is_pronoun && (!is_plain_end || is_of_name)).then_some(stop + 1);
    }
    (!ends_sentence || !abbreviation::gives_stop_away(word)).then_some(stop + 1)
}

/// Whether the word before the chunk is a capitalised word, so that an initial belongs to a name.
fn follows_capital(chunk: &Chunk<'_>) -> bool {
    last_word(chunk)
        .chars()
        .next()
        .is_none_or(|letter| letter.is_uppercase() || !letter.is_alphabetic())
}

/// Whether an initial starts the block or follows a capitalised word.
fn is_starter_initial(chunk: &Chunk<'_>) -> bool {
    last_word(chunk).is_empty()
}

fn last_word<'a>(chunk: &Chunk<'a>) -> &'a str {
    let trimmed = chunk.before.trim_end();
    let start = trimmed
        .char_indices()
        .rev()
        .take(40)
        .find(|(_, letter)| super::is_space(*letter))
        .map_or(0, |(place, letter)| place + letter.len_utf8());
    trimmed.get(start..).unwrap_or("")
}

/// Whether nothing but closing marks follows in the block.
fn ends_block(chunk: &Chunk<'_>, stop: usize) -> bool {
    let closes = |letter: char| matches!(letter, ')' | ']' | '"' | '”' | '’' | '\'' | '»');
    let end = chunk.run(stop + 1, closes);
    end == chunk.len() && chunk.after.chars().all(super::is_space)
}

/// The first letter after the stop and closing marks, in this chunk or the next.
fn next_letter(chunk: &Chunk<'_>, stop: usize) -> char {
    let end = chunk.run(stop + 1, |letter| {
        matches!(letter, ')' | ']' | '"' | '”' | '’')
    });
    if end < chunk.len() {
        return chunk.at(end);
    }
    chunk.next_word().chars().next().unwrap_or('\0')
}

/// The next word, where it directly follows the stop.
fn next_capital<'a>(chunk: &'a Chunk<'_>, stop: usize) -> &'a str {
    if stop + 1 < chunk.len() {
        return "";
    }
    let word = chunk.next_word();
    let word = word.trim_start_matches(['"', '“', '‘', '(', '\'']);
    let end = word
        .find(|letter: char| !letter.is_alphabetic())
        .unwrap_or(word.len());
    word.get(..end).unwrap_or("")
}

/// Whether a number or a month follows.
fn dates_next(chunk: &Chunk<'_>, stop: usize) -> bool {
    let next = next_letter(chunk, stop);
    next.is_numeric() || next.is_uppercase()
}

/// Whether a number or a single letter follows: "No. 5", "Fig. B".
fn numbers_next(chunk: &Chunk<'_>, stop: usize) -> bool {
    if stop + 1 < chunk.len() {
        return chunk.at(stop + 1).is_numeric();
    }
    let word = chunk.next_word();
    let word = word.trim_start_matches(['(', '#', '[']);
    word.chars().next().is_some_and(char::is_numeric)
        || matches!(
            word.trim_end_matches(['.', ',', ')']),
            "II" | "III" | "IV" | "VI" | "XII"
        )
}
