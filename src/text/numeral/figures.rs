//! Figures that need a second look: groups of thousands with spaces, and scores that look like
//! ranges.

use super::{ReadNumber, Reading};
use crate::text::tag::UniversalTag;
use crate::value::Number;

impl Reading<'_> {
    /// "won 3-5", "all out at 8-206", "a 5-7 vote": two joined numbers that count nothing behind
    /// them are no range.
    pub(super) fn is_score(&self, index: usize) -> bool {
        let is_whole = |place: usize| {
            let word = self.word(place);
            (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
        };
        let is_pair = is_whole(index)
            && self.word(index + 1) == "-"
            && is_whole(index + 2)
            && self.is_joined(index + 1)
            && self.is_joined(index + 2);
        let is_framed = index > 0
            && (self.currency_before(index - 1).is_some()
                || matches!(
                    self.word(index - 1),
                    "aged" | "ages" | "age" | "between" | "from" | "of" | "pages" | "about"
                ));
        if !is_pair || is_framed {
            return false;
        }
        let next = index + 3;
        let tells_result = matches!(
            self.word(next),
            "vote"
                | "win"
                | "victory"
                | "loss"
                | "defeat"
                | "draw"
                | "lead"
                | "score"
                | "record"
                | "decision"
                | "ruling"
                | "rout"
                | "verdict"
                | "triumph"
        );
        let counts = self.tokens.get(next).is_some_and(|token| {
            matches!(
                token.universal_tag,
                UniversalTag::Noun
                    | UniversalTag::ProperNoun
                    | UniversalTag::Adjective
                    | UniversalTag::Numeral
                    | UniversalTag::Symbol
            ) || matches!(token.form.as_str(), "-" | "–" | "/" | "per")
        });
        tells_result || !counts
    }

    /// "6 589", "12 400 000": groups of three figures with a space between them.
    pub(super) fn spaced_thousands(&self, index: usize) -> Option<ReadNumber> {
        let is_figures = |place: usize, lengths: std::ops::RangeInclusive<usize>| {
            let word = self.word(place);
            lengths.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !is_figures(index, 1..=3) {
            return None;
        }
        let mut end = index + 1;
        while is_figures(end, 3..=3) && !self.is_joined(end) {
            end += 1;
        }
        let figures: String = (index..end).map(|place| self.word(place)).collect();
        (end > index + 1).then(|| Some((end, Number::Integer(figures.parse().ok()?))))?
    }
}
