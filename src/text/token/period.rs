//! Full stops: part of an abbreviation, of a name, or the end of a sentence.

use super::abbreviation::{self, Kind};
use super::{Chunk, is_word_letter};

/// Words that begin sentences and no names: after an abbreviation they say that its full stop was
/// the sentence's too.
const STARTERS: &[&str] = &[
    "A",
    "About",
    "According",
    "After",
    "All",
    "Also",
    "Although",
    "Among",
    "An",
    "And",
    "Another",
    "Any",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Despite",
    "During",
    "Each",
    "Even",
    "Every",
    "Few",
    "For",
    "From",
    "Further",
    "Furthermore",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Indeed",
    "Instead",
    "It",
    "Its",
    "Last",
    "Later",
    "Many",
    "Maybe",
    "Meanwhile",
    "More",
    "Moreover",
    "Most",
    "My",
    "Nearly",
    "Nevertheless",
    "No",
    "Not",
    "Nothing",
    "Now",
    "Of",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Our",
    "Over",
    "People",
    "Perhaps",
    "Please",
    "She",
    "Since",
    "So",
    "Some",
    "Sometimes",
    "Soon",
    "Still",
    "Such",
    "Thanks",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "Therefore",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Through",
    "Thus",
    "To",
    "Today",
    "Two",
    "Under",
    "Unfortunately",
    "Unlike",
    "Until",
    "Upon",
    "We",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "With",
    "Within",
    "Without",
    "Yes",
    "Yesterday",
    "Yet",
    "You",
    "Your",
];

/// Whether a word mostly begins sentences.
pub(crate) fn is_starter(word: &str) -> bool {
    STARTERS.binary_search(&word).is_ok()
}

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
    let ends_sentence = ends_block(chunk, stop) || is_starter(next_capital(chunk, stop));
    if is_initial {
        // "Plan B. The", "vitamin C." and "I." end sentences; "J. Smith" does not.
        let letter = word.chars().next()?;
        let is_name = letter.is_uppercase() && !ends_block(chunk, stop);
        let follows = next_letter(chunk, stop);
        let is_plain_end = ends_sentence && !is_starter_initial(chunk) || follows.is_lowercase();
        let is_pronoun = letter == 'I' && !follows_capital(chunk);
        return (is_name && !is_pronoun && (!is_plain_end || follows_capital(chunk)))
            .then_some(stop + 1);
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
