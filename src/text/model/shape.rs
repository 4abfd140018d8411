//! The shape of a word: what its letters and digits look like.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Shapes of words, 0 kept for what is no word.
pub(super) const SHAPES: usize = 16;

/// The class of a word's letters (1–10).
///
/// A letter is cased if it is upper, lower or title case; a word is lower (upper) case if it has
/// a cased letter and all its cased letters are lower (upper) case.
pub(super) fn word_shape(word: &str) -> usize {
    let mut rest = word.chars();
    let first = rest.next();
    let first_is_upper = first.is_some_and(char::is_uppercase);
    if is_lower_case(word.chars()) {
        1
    } else if is_upper_case(word) {
        if word.chars().nth(1).is_none() { 2 } else { 3 }
    } else if first_is_upper && is_lower_case(rest) {
        4
    } else if word.chars().all(is_digit) && first.is_some() {
        5
    } else if word.chars().any(is_digit) {
        6
    } else if word.chars().any(char::is_uppercase) {
        if first_is_upper { 7 } else { 8 }
    } else if !word.chars().any(is_letter_or_number) {
        9
    } else {
        10
    }
}

fn is_title_case(letter: char) -> bool {
    !letter.is_ascii() && letter.general_category() == GeneralCategory::TitlecaseLetter
}

fn is_lower_case(letters: impl Iterator<Item = char>) -> bool {
    let mut cased = false;
    for letter in letters {
        if letter.is_uppercase() || is_title_case(letter) {
            return false;
        }
        cased |= letter.is_lowercase();
    }
    cased
}

fn is_upper_case(word: &str) -> bool {
    let mut cased = false;
    for letter in word.chars() {
        if letter.is_lowercase() || is_title_case(letter) {
            return false;
        }
        cased |= letter.is_uppercase();
    }
    cased
}

/// Whether the character is a digit in Unicode's sense, superscripts and circled ones included.
pub(super) fn is_digit(character: char) -> bool {
    match character {
        '0'..='9' => true,
        _ if character.is_ascii() => false,
        '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '₀'..='₉' => true,
        '①'..='⑨' | '⑴'..='⑼' | '⒈'..='⒐' | '⓪' | '⓵'..='⓽' | '⓿' => true,
        '❶'..='❾' | '➀'..='➈' | '➊'..='➒' | '፩'..='፱' | '᧚' | '🄀'..='🄊' => {
            true
        }
        _ => character.general_category() == GeneralCategory::DecimalNumber,
    }
}

fn is_letter_or_number(character: char) -> bool {
    use unicode_properties::GeneralCategoryGroup as Group;
    matches!(
        character.general_category_group(),
        Group::Letter | Group::Number
    )
}

#[cfg(test)]
mod tests;
