//! Quotations and remarks in brackets whose marks are no end of the sentence around them.

use super::Splitter;

/// A quotation that is part of a sentence has at most so many tokens.
const LONGEST_QUOTATION: usize = 50;
/// A remark in brackets behind a mark has at most so many tokens.
const LONGEST_REMARK: usize = 12;
/// A remark of fewer words is no sentence: "(2012)."
const SHORTEST_SENTENCE: usize = 3;

impl Splitter<'_> {
    /// Whether the mark at `index` parts the two sentences of a quotation that is built into its
    /// sentence without a comma: He said “It is late. We leave.”
    pub(super) fn is_in_built_in_quotation(&self, start: usize, index: usize) -> bool {
        let first = index.saturating_sub(LONGEST_QUOTATION).max(start + 1);
        let Some(opening) = (first..index).rev().find(|place| self.is_quote(*place)) else {
            return false;
        };
        let follows_word = self
            .before(opening)
            .chars()
            .all(|letter| letter.is_alphanumeric());
        let opens = self.is_joined(opening + 1) && !self.is_joined(opening);
        if !opens || !follows_word || self.has_mark(opening, index) {
            return false;
        }
        let last = (opening + LONGEST_QUOTATION).min(self.tokens.len());
        let Some(closing) = (index + 1..last).find(|place| self.is_quote(*place)) else {
            return false;
        };
        // Its second sentence is its last.
        self.is_joined(closing) && !self.has_mark(index + 1, closing.saturating_sub(1))
    }

    /// "Meurtres? (1950) and others", "at the bar. (2012).": a remark in brackets behind a mark
    /// that belongs to the sentence before it, for the sentence goes on or ends behind it.
    pub(super) fn is_remark_of_sentence(&self, end: usize) -> bool {
        if self.form(end) != "(" {
            return false;
        }
        let mut places = end + 1..(end + LONGEST_REMARK).min(self.tokens.len());
        let Some(close) = places.find(|place| matches!(self.form(*place), ")" | "(")) else {
            return false;
        };
        let next = self.first_letter(close + 1);
        let is_short = close - end <= SHORTEST_SENTENCE;
        let goes_on = next.is_lowercase() || matches!(next, ',' | ';') || next == '.' && is_short;
        self.form(close) == ")" && goes_on && !self.has_mark(end, close)
    }

    fn is_quote(&self, index: usize) -> bool {
        matches!(self.form(index), "\"" | "“" | "”" | "``" | "''")
    }

    /// Whether a mark that ends sentences stands between two tokens.
    fn has_mark(&self, first: usize, end: usize) -> bool {
        (first..end).any(|place| matches!(self.form(place), "." | "!" | "?" | "..." | "…"))
    }
}
