//! The sentence splitter: where sentences end, told from the tokens of a paragraph.
//!
//! A sentence ends at a full stop, question or exclamation mark or ellipsis with the quotation
//! marks and brackets that close behind it, unless what follows shows that it goes on. Whether a
//! full stop belongs to an abbreviation is decided by the tokenizer; here only whether such a
//! token ends a sentence as well.

mod quoted;
mod unmarked;

use std::ops::Range;

use self::unmarked::{is_figure, is_leader};
use crate::provenance::Span;
use crate::text::token::{begins_sentence, is_abbreviation, is_starter, is_title};

/// An attribution behind a quotation has at most so many tokens: "… again." — Ada King.
const LONGEST_ATTRIBUTION: usize = 6;

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

    /// The token behind the marks that close what was opened before.
    fn closed(&self, index: usize) -> usize {
        let mut end = index;
        while self.is_closing(end) {
            end += 1;
        }
        end
    }

    /// Where the sentence ends, if its last word or mark stands at `index`.
    fn end_at(&self, start: usize, index: usize) -> Option<usize> {
        let form = self.form(index);
        if matches!(form, "[...]" | "[…]") {
            let end = self.closed(index + 1);
            let is_quotation = is_opening(self.form(end)) && !self.is_joined(end);
            let starts = is_quotation || self.first_letter(end).is_uppercase();
            return (starts || end == self.tokens.len()).then_some(end);
        }
        let mark = form.chars().next_back()?;
        if !matches!(mark, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟') {
            return None;
        }
        let is_word = form.chars().next().is_some_and(char::is_alphanumeric);
        if is_word {
            return self.end_at_abbreviation(start, index, form);
        }
        let end = self.closed(index + 1);
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
        let is_inside = !has_closed && self.is_in_built_in_quotation(start, index);
        (!goes_on && !is_inside && !self.is_remark_of_sentence(end)).then_some(end)
    }

    /// An abbreviation ends a sentence where the next word begins one.
    fn end_at_abbreviation(&self, start: usize, index: usize, form: &str) -> Option<usize> {
        let leads_on = matches!(
            form,
            "e.g." | "i.e." | "E.g." | "I.e." | "vs." | "cf." | "c."
        );
        if leads_on || !is_abbreviation(form) {
            return None;
        }
        let following = self.form(index + 1);
        if is_title(form.trim_end_matches('.')) {
            // "on Mill St. The hall": no saint, and no "Sr." before a name.
            let is_over = matches!(form, "St." | "Sr.") && index > start && is_starter(following);
            return is_over.then_some(index + 1);
        }
        let end = self.closed(index + 1);
        let mut next = end;
        while is_opening(self.form(next)) {
            next += 1;
        }
        let is_initial = form.chars().count() == 2;
        let is_alone = index == start; // "A. The first point"
        let word = form.trim_end_matches('.');
        let begins = match is_initial {
            true => is_leader(following),
            false => begins_sentence(self.form(next), self.form(next + 1), word),
        };
        (!is_alone && begins).then_some(end)
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
