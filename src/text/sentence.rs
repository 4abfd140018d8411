//! The sentence splitter: where sentences end, told from the tokens of a paragraph.
//!
//! A sentence ends at a full stop, question or exclamation mark or ellipsis with the quotation
//! marks and brackets that close behind it, unless what follows shows that it goes on. Whether a
//! full stop belongs to an abbreviation is decided by the tokenizer; here only whether such a
//! token ends a sentence as well.

use std::ops::Range;

use crate::provenance::Span;
use crate::text::token::{begins_sentence, is_abbreviation, is_starter, is_title};

/// An attribution behind a quotation has at most so many tokens: "… again." — Ada King.
const LONGEST_ATTRIBUTION: usize = 6;

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Words before a date that belongs to its sentence.
const DATE_PREPOSITIONS: &[&str] = &[
    "after", "and", "before", "between", "by", "from", "last", "next", "of", "on", "or", "since",
    "this", "through", "to", "until",
];

/// Words that begin sentences and stand inside of names only in small letters.
const LEADERS: &[&str] = &[
    "Also",
    "Although",
    "But",
    "Despite",
    "He",
    "Her",
    "His",
    "How",
    "However",
    "It",
    "Its",
    "Many",
    "Meanwhile",
    "Most",
    "My",
    "Our",
    "Please",
    "She",
    "Some",
    "The",
    "Their",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "We",
    "What",
    "You",
];
/// The same, but only behind small letters: a name may have them inside ("Gone With the Wind").
const LEADING_PREPOSITIONS: &[&str] = &["At", "By", "For", "From", "On", "Under", "With"];
/// The same, behind small letters or a short line that ends in a name.
const LEADING_CONJUNCTIONS: &[&str] = &[
    "According",
    "After",
    "Among",
    "As",
    "During",
    "If",
    "In",
    "Since",
    "When",
    "While",
];
/// Words that the last word before a new sentence never is, in small letters.
const LINKS: &[&str] = &[
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "than",
    "that", "the", "to", "with",
];
/// What stands unmarked before a sentence has at most so many tokens.
const LONGEST_UNMARKED: usize = 60;
/// The same, where it ends in a name.
const LONGEST_CAPTION: usize = 14;

/// A remark in brackets has at most so many words: "[better source needed]".
const LONGEST_REMARK: usize = 5;

/// Splits the tokens of a paragraph into sentences, as ranges of tokens.
#[must_use]
pub fn split(text: &str, tokens: &[Span]) -> Vec<Range<usize>> {
    let splitter = Splitter { text, tokens };
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut index = 0;
    while index < tokens.len() {
        if let Some(end) = splitter.label_end(start, index) {
            if start < index {
                sentences.push(start..index);
            }
            sentences.push(index..end);
            (start, index) = (end, end);
            continue;
        }
        let is_last = splitter.is_credit(index + 1) || splitter.begins_unmarked(start, index + 1);
        let end = match is_last {
            true => Some(index + 1),
            false => splitter.end_at(start, index),
        };
        match end {
            Some(end) => {
                sentences.push(start..end);
                start = end;
                index = end;
            }
            None => index += 1,
        }
    }
    if start < tokens.len() {
        sentences.push(start..tokens.len());
    }
    sentences
}

/// What the tokens are asked for.
struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Span],
}

impl Splitter<'_> {
    fn form(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |span| span.of(self.text))
    }

    fn before(&self, index: usize) -> &str {
        index.checked_sub(1).map_or("", |index| self.form(index))
    }

    fn first_letter(&self, index: usize) -> char {
        self.form(index).chars().next().unwrap_or('\0')
    }

    /// Whether a token follows the one before it without a space.
    fn is_joined(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|i| self.tokens.get(i));
        match (before, self.tokens.get(index)) {
            (Some(before), Some(token)) => before.end == token.start,
            _ => false,
        }
    }

    /// Where the sentence ends, if its last word or mark stands at `index`.
    fn end_at(&self, start: usize, index: usize) -> Option<usize> {
        let form = self.form(index);
        if matches!(form, "[...]" | "[…]") {
            let next = self.form(index + 1);
            let starts = is_starter(next) || self.first_letter(index + 1).is_uppercase();
            return starts.then_some(index + 1);
        }
        let mark = form.chars().next_back()?;
        if !matches!(mark, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟') {
            return None;
        }
        let is_word = form.chars().next().is_some_and(char::is_alphanumeric);
        if is_word {
            return self.end_at_abbreviation(start, index, form);
        }
        let mut end = index + 1;
        while self.is_closing(end) {
            end += 1;
        }
        let has_closed = end > index + 1;
        if mark == '.' && self.is_note_number(end) {
            return Some(end + 1);
        }
        if end >= self.tokens.len() {
            return Some(end);
        }
        // The number of a list item or a figure: "1. Wash the rice.", "Figure 2. The bridge."
        if mark == '.' && index == start + 1 && is_enumerator(self.form(start))
            || mark == '.' && index == start + 2 && is_figure(self.form(start))
        {
            return None;
        }
        let is_certain = form == "." || matches!(mark, '。' | '।' | '？' | '！');
        let goes_on = if is_certain {
            self.goes_on_after_stop(end, index, has_closed)
        } else {
            self.goes_on_after_mark(end, form)
        };
        (!goes_on).then_some(end)
    }

    /// An abbreviation ends a sentence where the next word begins one.
    fn end_at_abbreviation(&self, start: usize, index: usize, form: &str) -> Option<usize> {
        let leads_on = matches!(
            form,
            "e.g." | "i.e." | "E.g." | "I.e." | "vs." | "cf." | "c."
        );
        if leads_on || !is_abbreviation(form) || is_title(form.trim_end_matches('.')) {
            return None;
        }
        let mut end = index + 1;
        while self.is_closing(end) {
            end += 1;
        }
        let mut next = end;
        while is_opening(self.form(next)) {
            next += 1;
        }
        let is_initial = form.chars().count() == 2;
        let is_alone = index == start; // "A. The first point"
        let begins = begins_sentence(self.form(next), form.trim_end_matches('.'));
        (!is_initial && !is_alone && begins).then_some(end)
    }

    /// Whether the sentence goes on behind a full stop that is a token of its own.
    fn goes_on_after_stop(&self, end: usize, index: usize, has_closed: bool) -> bool {
        let next = self.form(end);
        if self.is_joined(end) && !has_closed {
            // "end.Start" is two sentences; "(...)" and ".com" go on.
            return !self.first_letter(end).is_uppercase() && !is_opening(next);
        }
        let letter = self.first_letter(end);
        if matches!(letter, ',' | ';' | ':' | ')' | ']' | '”' | '.') {
            return true;
        }
        if has_closed && letter.is_lowercase() {
            return true;
        }
        if matches!(next, "—" | "–" | "--" | "-") && has_closed {
            let ends_soon = self.tokens.len() - end <= LONGEST_ATTRIBUTION;
            return self.first_letter(end + 1).is_lowercase() || ends_soon;
        }
        // "World War II. was": the stop behind an ordinal number in Roman figures.
        if letter.is_lowercase() && index > 0 && is_roman(self.form(index - 1)) {
            return true;
        }
        // "1. that it is old, and 2. that it is whole", "E. coli": small letters go on.
        let before = self.before(index);
        let is_short = before.chars().count() == 1 && before != "I";
        let is_numeral = before.len() <= 2 && before.bytes().all(|byte| byte.is_ascii_digit());
        let is_capital = before.starts_with(char::is_uppercase);
        if letter.is_lowercase() && (is_short && is_capital || is_numeral) {
            return true;
        }
        // An unknown abbreviation: a short word without vowel before, a small letter behind.
        letter.is_lowercase() && index > 0 && is_abbreviation_like(self.form(index - 1))
    }

    /// Whether the sentence goes on behind a question or exclamation mark or an ellipsis.
    fn goes_on_after_mark(&self, end: usize, form: &str) -> bool {
        let letter = self.first_letter(end);
        if matches!(
            letter,
            ',' | ';' | ':' | ')' | ']' | '”' | '—' | '–' | '-' | '.' | '?' | '!'
        ) {
            return true;
        }
        // A name with its mark: "Viva Maria! (1965)", "Yahoo! Messenger".
        let is_year = self.form(end) == "(" && self.first_letter(end + 1).is_numeric();
        if is_year && matches!(form, "!" | "?") {
            return true;
        }
        if letter.is_lowercase() || letter.is_numeric() && form.starts_with(['.', '…']) {
            return true;
        }
        form.starts_with(['.', '…']) && self.is_joined(end)
    }

    /// "Image: Ada King." behind a caption: a sentence of its own.
    fn is_credit(&self, index: usize) -> bool {
        let names = matches!(
            self.form(index),
            "Image" | "Images" | "Photo" | "Photos" | "Picture" | "Pictures" | "Credit" | "Video"
        );
        let is_apart = !matches!(self.before(index), ":" | "(" | "[" | "-" | "/");
        let starts_large = self.first_letter(index + 2).is_uppercase();
        names && is_apart && self.form(index + 1) == ":" && starts_large
    }

    /// Whether a sentence begins here though no mark ends the words before it, such as a headline
    /// or a caption: "Over 900 saved off the coast On Friday the navy".
    fn begins_unmarked(&self, start: usize, index: usize) -> bool {
        let (before, word) = (self.before(index), self.form(index));
        let is_preposition = LEADING_PREPOSITIONS.contains(&word);
        let is_conjunction = LEADING_CONJUNCTIONS.contains(&word);
        if !is_preposition && !is_conjunction && !LEADERS.contains(&word) {
            return false;
        }
        let is_numbered = index == start + 1 && is_enumerator(before);
        let is_link = LINKS.iter().any(|link| link.eq_ignore_ascii_case(before));
        let follows_word = before.ends_with(char::is_alphanumeric) && !is_link && !is_numbered;
        let follows_name = before.starts_with(char::is_uppercase);
        let length = index - start;
        let is_day = || {
            let next = self.form(index + 1);
            DAYS.contains(&next) || next.starts_with(|letter: char| letter.is_ascii_digit())
        };
        let goes_on_small = self.first_letter(index + 1).is_lowercase()
            || matches!(word, "In" | "On" | "By" | "Since") && is_day();
        if !follows_word
            || !goes_on_small
            || is_preposition && follows_name
            || is_conjunction && follows_name && length > LONGEST_CAPTION
            || length > LONGEST_UNMARKED
        {
            return false;
        }
        let count = |forms: &[&str]| {
            let tokens = start..index;
            tokens
                .filter(|place| forms.contains(&self.form(*place)))
                .count()
        };
        count(&["\""]) % 2 == 0
            && count(&["“", "``", "(", "["]) == count(&["”", "''", ")", "]"])
            && length > 0
    }

    /// Where a label ends that stands before a sentence without a mark between them: a whole date
    /// ("Monday, March 2, 2020 The hall"), the number of a figure ("Figure 1.5 Visitors").
    fn label_end(&self, start: usize, index: usize) -> Option<usize> {
        let form = self.form(index);
        let end = if DAYS.contains(&form) {
            self.date_end(index)?
        } else if index == start && is_figure(form) {
            let number = self.form(index + 1);
            number
                .starts_with(|letter: char| letter.is_ascii_digit())
                .then_some(index + 2)?
        } else {
            return None;
        };
        // "on Monday, March 2, 2020 Ada King": a date of the sentence that it stands in.
        let before = self.before(index);
        let is_apart = index == start || before.starts_with(char::is_alphanumeric);
        let is_of_sentence = index > start && DATE_PREPOSITIONS.contains(&before);
        let starts_large = self.first_letter(end).is_uppercase();
        let is_last = end == self.tokens.len() && DAYS.contains(&form);
        (is_apart && !is_of_sentence && (starts_large || is_last)).then_some(end)
    }

    /// Where "Monday, March 2, 2020" ends.
    fn date_end(&self, index: usize) -> Option<usize> {
        let has_digits = |index: usize, most: usize| {
            let form = self.form(index);
            form.len() <= most && !form.is_empty() && form.bytes().all(|b| b.is_ascii_digit())
        };
        let is_date = self.form(index + 1) == ","
            && self.first_letter(index + 2).is_uppercase()
            && has_digits(index + 3, 2)
            && self.form(index + 4) == ","
            && has_digits(index + 5, 4);
        is_date.then_some(index + 6)
    }

    /// Whether a token closes what was opened before: a bracket, or a quotation mark that joins
    /// the mark before it.
    fn is_closing(&self, index: usize) -> bool {
        let form = self.form(index);
        match form {
            ")" | "]" | "}" | "”" | "»" | "’" | "’’" | "''" => true,
            "\"" | "'" => self.is_joined(index) && !self.is_glued_on(index),
            // …venue.". with a stop on both sides of the mark.
            "." => self.is_joined(index) && matches!(self.before(index), "\"" | "”" | "’" | ")"),
            _ => self.is_note(index) || self.is_remark(index),
        }
    }

    /// "…text. [citation needed] The": a remark in brackets and small letters behind a sentence.
    fn is_remark(&self, index: usize) -> bool {
        let from = (0..=LONGEST_REMARK).find(|back| {
            let place = index.checked_sub(*back);
            place.is_some_and(|place| self.form(place) == "[")
        });
        let Some(start) = from.map(|back| index - back) else {
            return false;
        };
        let words = (start + 1..=start + LONGEST_REMARK)
            .take_while(|place| self.form(*place).chars().all(char::is_lowercase))
            .filter(|place| !self.form(*place).is_empty())
            .count();
        let close = start + 1 + words;
        words > 0 && index < close && self.form(close) == "]" && self.form(close - 1) == "needed"
    }

    /// "…rights. 4 Even": the number of a note, its raised figure being lost.
    fn is_note_number(&self, index: usize) -> bool {
        let form = self.form(index);
        let is_number = (1..=2).contains(&form.len()) && form.bytes().all(|b| b.is_ascii_digit());
        is_number && is_starter(self.form(index + 1))
    }

    /// Whether a straight quotation mark is followed by a word without a space: then it opens.
    fn is_glued_on(&self, index: usize) -> bool {
        self.is_joined(index + 1) && self.first_letter(index + 1).is_alphanumeric()
    }

    /// "…text.[2]": the number of a note behind the full stop.
    fn is_note(&self, index: usize) -> bool {
        let is_number = |i: usize| self.form(i).bytes().all(|byte| byte.is_ascii_digit());
        let is_start = self.form(index) == "[";
        let is_inside = self.is_joined(index) && self.form(index + 1) == "]" && is_number(index);
        is_start && is_number(index + 1) && self.form(index + 2) == "]"
            || is_inside && index > 0 && self.form(index - 1) == "["
    }
}

/// What a figure or table is numbered with: "Figure 2".
fn is_figure(form: &str) -> bool {
    matches!(form, "Figure" | "Fig." | "Table" | "Listing")
}

fn is_opening(form: &str) -> bool {
    matches!(
        form,
        "(" | "[" | "{" | "“" | "‘" | "``" | "\"" | "'" | "«" | "„"
    )
}

/// "1", "12", "a", "IV": what numbers a list item.
fn is_enumerator(form: &str) -> bool {
    let is_number = form.len() <= 5
        && form.split('.').all(|part| {
            (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        });
    let is_letter = form.len() == 1 && form.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_roman = form.len() <= 4 && form.bytes().all(|byte| b"IVXivx".contains(&byte));
    !form.is_empty() && (is_number || is_letter || is_roman)
}

/// A number of two letters and more in Roman figures.
fn is_roman(form: &str) -> bool {
    (2..=6).contains(&form.len()) && form.bytes().all(|byte| b"IVXL".contains(&byte))
}

/// Whether a word looks cut short: up to five letters and no vowel among the last two.
fn is_abbreviation_like(form: &str) -> bool {
    let letters = form.chars().count();
    let is_plain = form.chars().all(char::is_alphabetic);
    let has_vowel = form.chars().any(|letter| {
        matches!(
            letter.to_ascii_lowercase(),
            'a' | 'e' | 'i' | 'o' | 'u' | 'y'
        )
    });
    is_plain && letters <= 5 && !has_vowel
}

#[cfg(test)]
mod tests;
