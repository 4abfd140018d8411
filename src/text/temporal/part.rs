//! Parts of a year: quarters, halves, seasons.

use super::calendar::season;
use super::{Found, Reading};
use crate::text::numeral::ordinal;
use crate::value::{Moment, Time};

impl Reading<'_> {
    /// "the first quarter of 2021", "Q3 2021", "the second half of 2020", "summer 2019",
    /// "the end of 2021".
    pub(super) fn part_of_year(&self, index: usize) -> Option<Found> {
        let start = index + usize::from(self.word(index) == "the");
        let (place, months) = self.part(start)?;
        let of = usize::from(self.word(place + 1) == "of")
            + usize::from(self.word(place + 2) == "the" && self.word(place + 1) == "of");
        let comma = usize::from(self.word(place + 1) == ",");
        if let Some(year) = self.year_figures(place + 1 + of + comma) {
            let (first, end) = months;
            let interval = Time::Between(
                Some(Moment::month(year, first)),
                Some(Moment::month(year, end)),
            );
            return Some((place + 1 + of + comma, Some(interval)));
        }
        // "the first quarter of this year", "of last year"
        let shift = match self.word(place + 1 + of) {
            "this" | "current" => 0,
            "last" | "previous" | "past" => -1,
            "next" | "coming" => 1,
            _ => return self.part_alone(index, (start, place), months),
        };
        let is_year = of > 0 && self.word(place + 2 + of) == "year";
        let year = self.this_year.filter(|_| is_year)? + shift;
        let (first, end) = months;
        let interval = Time::Between(
            Some(Moment::month(year, first)),
            Some(Moment::month(year, end)),
        );
        Some((place + 2 + of, Some(interval)))
    }

    /// "in the third quarter", "Q3": of the year that the tense tells.
    fn part_alone(&self, index: usize, part: (usize, usize), months: (u8, u8)) -> Option<Found> {
        let (start, place) = part;
        let word = self.word(place);
        let is_quarter = word == "quarter" && matches!(self.before(index), "in" | "for" | "during")
            || word.len() == 2 && word.starts_with('q') && start == place;
        let is_of_other = matches!(self.word(place + 1), "of" | "in");
        if !is_quarter || is_of_other {
            return None;
        }
        let interval = self.year_of_part(index, months).map(|year| {
            let moment = |month| Some(Moment::month(year, month));
            Time::Between(moment(months.0), moment(months.1))
        });
        Some((place, interval))
    }

    /// A part of the year with its last token and its months.
    fn part(&self, start: usize) -> Option<(usize, (u8, u8))> {
        let word = self.word(start);
        if let Some(number) = word.strip_prefix('q').and_then(|n| n.parse::<u8>().ok()) {
            return (1..=4).contains(&number).then(|| (start, quarter(number)));
        }
        if let Some(months) = season(word) {
            return Some((start, months));
        }
        let number = u8::try_from(ordinal(word)?).ok()?;
        match self.word(start + 1) {
            "quarter" if (1..=4).contains(&number) => Some((start + 1, quarter(number))),
            "half" if number == 1 => Some((start + 1, (1, 6))),
            "half" if number == 2 => Some((start + 1, (7, 12))),
            _ => None,
        }
    }
}

fn quarter(number: u8) -> (u8, u8) {
    (number * 3 - 2, number * 3)
}
