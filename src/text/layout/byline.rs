//! Lines between headline and text that say who wrote it and when, without "By" or a date alone:
//! "Ada King", "Velmor correspondent", "NEWS | 14 November 2024", "Posted: Apr 24, 2025 4:15 PM".

use super::furniture::{HEAD_PARAGRAPHS, ends_as_sentence, text_of};
use super::{Layout, note_published};
use crate::markup::read_date;
use crate::text::document::SentenceKind;
use crate::text::lexicon::is_given_name;
use crate::value::Time;

/// Longer lines are no byline, in words.
const LONGEST_BYLINE: usize = 16;
/// A name on a line of its own has at most so many words.
const LONGEST_NAME: usize = 4;
/// Small words that stand in such lines.
const SMALL: &[&str] = &[
    "and",
    "in",
    "for",
    "of",
    "by",
    "at",
    "on",
    "the",
    "de",
    "van",
    "von",
    "last",
    "updated",
    "published",
    "posted",
    "first",
    "min",
    "read",
    "am",
    "pm",
    "a.m",
    "p.m",
    "a.m.",
    "p.m.",
    "|",
    "-",
    "–",
    "—",
    "•",
    "·",
];
/// What those who write for a paper are called.
const ROLES: &[&str] = &[
    "columnist",
    "contributor",
    "correspondent",
    "correspondents",
    "desk",
    "editor",
    "newsdesk",
    "reporter",
    "reporters",
    "staff",
    "writer",
    "writers",
];

/// Marks such lines behind the headline, and takes the day of publication from them.
pub(super) fn mark(layout: &mut Layout) {
    let mut is_behind_title = false;
    let mut beside_date = Vec::new();
    for index in 0..layout.paragraphs.len().min(HEAD_PARAGRAPHS + 1) {
        let Some(paragraph) = layout.paragraphs.get(index) else {
            break;
        };
        let line = text_of(&layout.text, paragraph).to_owned();
        if paragraph.kind == SentenceKind::Furniture {
            beside_date.push(index);
            continue;
        }
        if ends_as_sentence(&line) {
            break;
        }
        if !is_behind_title {
            is_behind_title = true;
            continue;
        }
        let date = dated(&line);
        if date.is_none() && !tells_role(&line) && !is_named_person(&line) {
            continue;
        }
        note_published(&mut layout.metadata, date);
        beside_date.push(index);
        if let Some(paragraph) = layout.paragraphs.get_mut(index) {
            paragraph.kind = SentenceKind::Furniture;
        }
    }
    for index in beside_date {
        let neighbours = [
            index.checked_sub(1).filter(|&before| before > 0),
            Some(index + 1),
        ];
        for place in neighbours.into_iter().flatten() {
            let Some(paragraph) = layout.paragraphs.get_mut(place) else {
                continue;
            };
            let line = layout.text.get(paragraph.range.clone()).unwrap_or("");
            if paragraph.kind == SentenceKind::Body && is_name(line) {
                paragraph.kind = SentenceKind::Furniture;
            }
        }
    }
}

/// Whether all words of a line are such as stand in the head of a text: names, figures, a few
/// small ones.
fn is_of_head(words: &[&str]) -> bool {
    (1..=LONGEST_BYLINE).contains(&words.len())
        && words.iter().all(|word| {
            let plain = word.trim_matches([',', ':', '.', '(', ')']).to_lowercase();
            word.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric())
                || SMALL.contains(&plain.as_str())
                || ROLES.contains(&plain.as_str())
                || plain.is_empty()
        })
}

/// The day, month and year that a line of the head tells somewhere.
fn dated(line: &str) -> Option<Time> {
    let words: Vec<&str> = line.split_whitespace().collect();
    if !is_of_head(&words) {
        return None;
    }
    words.windows(3).find_map(|window| {
        let text = window.join(" ");
        read_date(text.trim_matches(['(', ')', '|'])).filter(|date| {
            matches!(date, Time::At(moment) if moment.year.is_some() && moment.day.is_some())
        })
    })
}

/// "North of England correspondent", "ADA KING, Velmor Post staff writer".
fn tells_role(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_role = |word: &&str| {
        let plain = word.trim_matches([',', ':', '.', '(', ')']).to_lowercase();
        ROLES.contains(&plain.as_str())
    };
    is_of_head(&words) && words.iter().any(is_role)
}

/// A name alone of two to four words, with capitals throughout.
fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_part = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word
                .chars()
                .all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '\'' | '’' | '.'))
    };
    (2..=LONGEST_NAME).contains(&words.len())
        && words.iter().all(is_part)
        && !line.ends_with(['.', '!', '?'])
}

/// A name that begins with a given name.
fn is_named_person(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or("");
    is_name(line) && is_given_name(&first.to_lowercase())
}
