//! Sentences that begin or end without a mark: headlines, captions, credits, dates and labels that
//! stand before a text.

use super::{Splitter, is_enumerator};
use crate::value::calendar::WEEKDAYS;

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
/// Words alone before a name that begins with one of these: "the novel The end of the road".
const WORKS: &[&str] = &[
    "album",
    "article",
    "band",
    "book",
    "called",
    "documentary",
    "drama",
    "entitled",
    "essay",
    "film",
    "game",
    "group",
    "magazine",
    "movie",
    "musical",
    "named",
    "newspaper",
    "novel",
    "opera",
    "painting",
    "paper",
    "play",
    "poem",
    "programme",
    "program",
    "report",
    "series",
    "show",
    "single",
    "song",
    "story",
    "titled",
    "track",
    "work",
];
/// Words that begin questions, with which a headline does not end.
const QUESTIONS: &[&str] = &[
    "Are", "Can", "Could", "Did", "Do", "Does", "Has", "Have", "How", "Is", "May", "Might", "Must",
    "Should", "Was", "Were", "What", "When", "Where", "Which", "Who", "Why", "Will", "Would",
];
/// What stands unmarked before a sentence has at most so many tokens.
const LONGEST_UNMARKED: usize = 60;
/// The same, where it ends in a name.
const LONGEST_CAPTION: usize = 14;

impl Splitter<'_> {
    /// "Image: Ada King." behind a caption: a sentence of its own.
    pub(super) fn is_credit(&self, index: usize) -> bool {
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
    pub(super) fn begins_unmarked(&self, start: usize, index: usize) -> bool {
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
        if WORKS.contains(&before) || QUESTIONS.contains(&before) {
            return false;
        }
        let is_day = || {
            let next = self.form(index + 1);
            WEEKDAYS.contains(&next) || next.starts_with(|letter: char| letter.is_ascii_digit())
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
    pub(super) fn label_end(&self, start: usize, index: usize) -> Option<usize> {
        let form = self.form(index);
        let end = if WEEKDAYS.contains(&form) {
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
        let is_last = end == self.tokens.len() && WEEKDAYS.contains(&form);
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
}

/// Whether a word begins sentences and stands in names only in small letters.
pub(super) fn is_leader(word: &str) -> bool {
    let lists = [LEADERS, LEADING_PREPOSITIONS, LEADING_CONJUNCTIONS];
    lists.iter().any(|list| list.contains(&word))
}

/// What a figure or table is numbered with: "Figure 2".
pub(super) fn is_figure(form: &str) -> bool {
    matches!(form, "Figure" | "Fig." | "Table" | "Listing")
}
