//! Times: days, months, years, intervals, and what is told from the document's date.
//!
//! A grammar over the tokens of a sentence; the longest reading at a token wins. "Thursday",
//! "last year" and "23 August" are resolved against the day of publication, with the tense of
//! their clause deciding between past and coming; without that day the year stays open, and what
//! depends on it has no value.

mod absolute;
mod anchored;
mod calendar;
mod loose;
mod part;
mod relative;
mod tense;

use jiff::civil::Date;

use crate::text::document::{Sentence, Token, ValueMention};
use crate::text::numeral::ordinal;
use crate::value::{Time, Value};

pub(crate) use anchored::across;
pub(crate) use calendar::day_of;

/// A time found at a token: the last token, and the value where it has one.
type Found = (usize, Option<Time>);

/// The times of a sentence, in order and without overlap.
pub(crate) fn times(
    number: usize,
    sentence: &Sentence,
    published: Option<Time>,
) -> Vec<ValueMention> {
    let reading = Reading::new(sentence, published);
    let mut found = Vec::new();
    let mut index = 0;
    while index < reading.words.len() {
        match reading.time_at(index) {
            Some((last, value)) => {
                found.push(ValueMention {
                    sentence: number,
                    first: index,
                    last,
                    value: value.map(Value::Time),
                    kind: "time",
                });
                index = last + 1;
            }
            None => index += 1,
        }
    }
    anchored::anchor(&reading, &mut found);
    found
}

/// A sentence as the grammar sees it.
struct Reading<'a> {
    sentence: &'a Sentence,
    /// The forms in small letters, with plain hyphens and apostrophes.
    words: Vec<String>,
    /// The day of publication.
    today: Option<Date>,
    /// The year of publication, where no more is known.
    this_year: Option<i32>,
}

impl<'a> Reading<'a> {
    fn new(sentence: &'a Sentence, published: Option<Time>) -> Self {
        let plain = |token: &Token| -> String {
            let letters = token.form.chars().flat_map(char::to_lowercase);
            letters
                .map(|letter| match letter {
                    '–' | '—' | '\u{2010}' | '\u{2011}' | '−' => '-',
                    '’' => '\'',
                    other => other,
                })
                .collect()
        };
        let moment = match published {
            Some(Time::At(moment) | Time::Between(Some(moment), _)) => Some(moment),
            _ => None,
        };
        Self {
            sentence,
            words: sentence.tokens.iter().map(plain).collect(),
            today: published.and_then(day_of),
            this_year: moment.and_then(|moment| moment.year),
        }
    }

    fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", String::as_str)
    }

    fn before(&self, index: usize) -> &str {
        index.checked_sub(1).map_or("", |index| self.word(index))
    }

    fn token(&self, index: usize) -> Option<&Token> {
        self.sentence.tokens.get(index)
    }

    fn is_capital(&self, index: usize) -> bool {
        self.token(index)
            .is_some_and(|token| token.form.starts_with(char::is_uppercase))
    }

    /// A whole number in figures with at most so many digits.
    fn figures(&self, index: usize, digits: std::ops::RangeInclusive<usize>) -> Option<i32> {
        let word = self.word(index);
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && digits.contains(&word.len())).then(|| word.parse().ok())?
    }

    /// The longest time that starts at a token.
    fn time_at(&self, index: usize) -> Option<Found> {
        if !begins_time(self.word(index)) {
            return None;
        }
        let readings = [
            self.absolute(index),
            self.relative(index),
            self.loose(index),
        ];
        readings
            .into_iter()
            .flatten()
            .max_by_key(|(last, value)| (*last, value.is_some()))
    }
}

/// Whether a time may begin with a word: a look that keeps plain text fast.
fn begins_time(word: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "a",
        "an",
        "the",
        "more",
        "less",
        "at",
        "up",
        "over",
        "under",
        "about",
        "around",
        "nearly",
        "almost",
        "roughly",
        "some",
        "earlier",
        "then",
        "from",
        "between",
        "in",
        "last",
        "next",
        "this",
        "past",
        "coming",
        "upcoming",
        "previous",
        "current",
        "following",
        "recent",
        "near",
        "each",
        "every",
        "year",
        "fiscal",
        "financial",
        "later",
        "that",
        "same",
        "these",
        "today",
        "tonight",
        "yesterday",
        "tomorrow",
        "day",
        "early",
        "late",
        "mid",
        "spring",
        "summer",
        "autumn",
        "fall",
        "q1",
        "q2",
        "q3",
        "q4",
    ];
    let is_number = word.starts_with(|letter: char| letter.is_ascii_digit() || letter == '\'');
    is_number
        || BEGINNINGS.contains(&word)
        || word.starts_with("mid-")
        || calendar::month_number(word).is_some()
        || calendar::weekday(word).is_some()
        || ordinal(word).is_some()
        || crate::text::numeral::is_number_word(word)
}

#[cfg(test)]
mod tests;
