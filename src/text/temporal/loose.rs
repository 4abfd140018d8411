//! Times that lean on the text around them: hours of the day, what comes round again, the days and
//! quarters of a month or year that is not told.

use super::calendar::{self, Unit, is_real};
use super::tense::{Tense, tense_at};
use super::{Found, Reading};
use crate::text::tag::UniversalTag;
use crate::value::{Moment, Time};

/// What follows the hour of a day.
const OF_HOUR: &[&str] = &[
    "a.m.", "a.m", "am", "p.m.", "p.m", "pm", "gmt", "utc", "est", "edt", "cet", "cest", "bst",
    "et", "pst", "pdt", "cst", "cdt", "o'clock",
];

impl Reading<'_> {
    /// The longest of these times at a token.
    pub(super) fn loose(&self, index: usize) -> Option<Found> {
        let all = [
            self.hour(index),
            self.recurring(index),
            self.bare_day(index),
            self.year_end(index),
            self.fiscal_year(index),
        ];
        all.into_iter().flatten().max_by_key(|(last, _)| *last)
    }

    /// "10:30 GMT", "5 p.m.", "9:15": a time without a value, days being the smallest unit.
    fn hour(&self, index: usize) -> Option<Found> {
        let word = self.word(index);
        let (hours, minutes) = word.split_once([':', '.']).unwrap_or((word, ""));
        let is_below = |text: &str, limit: u8| text.parse::<u8>().is_ok_and(|n| n < limit);
        let has_minutes = minutes.len() == 2 && is_below(minutes, 60);
        let is_hour = (1..=2).contains(&hours.len()) && is_below(hours, 25);
        if !is_hour || !(has_minutes || minutes.is_empty() && word.len() <= 2) {
            return None;
        }
        let has_unit = OF_HOUR.contains(&self.word(index + 1));
        let mut last = index + usize::from(has_unit);
        if OF_HOUR.contains(&self.word(last + 1)) && has_unit {
            last += 1;
        }
        if self.word(last + 1) == "local" && self.word(last + 2) == "time" {
            return Some((last + 2, None));
        }
        let is_clock = has_unit || word.contains(':') && self.before(index) == "at";
        is_clock.then_some((last, None))
    }

    /// "every 11 days", "every other week", "every four years": no stretch of time, but how often.
    fn recurring(&self, index: usize) -> Option<Found> {
        if self.word(index) != "every" {
            return None;
        }
        let is_unit = |place: usize| {
            let word = self.word(place);
            Unit::named(word).is_some()
                || matches!(
                    word,
                    "hour" | "hours" | "minute" | "minutes" | "second" | "seconds"
                )
        };
        if matches!(self.word(index + 1), "other" | "few" | "single") {
            return is_unit(index + 2).then_some((index + 2, None));
        }
        let (last, _) = self.count(index + 1)?;
        is_unit(last + 1).then_some((last + 1, None))
    }

    /// "on the 14th": the day of the month that the text's day and the tense tell.
    fn bare_day(&self, index: usize) -> Option<Found> {
        let is_framed = self.word(index) == "the" && self.before(index) == "on";
        let word = self.word(index + 1);
        let is_ordinal = word.ends_with("th") || word.ends_with("st") || word.ends_with("d");
        if !is_framed || !is_ordinal || self.word(index + 2) == "of" {
            return None;
        }
        let day = self.day_number(index + 1)?;
        // "on the 14th floor"
        let is_of_noun = self.token(index + 2).is_some_and(|token| {
            use UniversalTag as Tag;
            matches!(
                token.universal_tag,
                Tag::Noun | Tag::Adjective | Tag::ProperNoun
            )
        });
        if is_of_noun {
            return None;
        }
        let today = self.today?;
        let (year, month) = (i32::from(today.year()), today.month().unsigned_abs());
        let now = today.day().unsigned_abs();
        let shift = match tense_at(self.sentence, index) {
            Tense::Past if day > now => -1,
            Tense::Coming if day < now => 1,
            _ => 0,
        };
        let (year, month) = match (month, shift) {
            (1, -1) => (year - 1, 12),
            (12, 1) => (year + 1, 1),
            (month, -1) => (year, month - 1),
            (month, shift) => (year, month + u8::from(shift == 1)),
        };
        let moment = Moment::day(year, month, day);
        is_real(&moment).then_some((index + 1, Some(Time::At(moment))))
    }

    /// "by year's end", "at year-end", "by the end of the year".
    fn year_end(&self, index: usize) -> Option<Found> {
        let words = |offset: usize| self.word(index + offset);
        let is_by = matches!(self.before(index), "by" | "at" | "before" | "until");
        let last = match (words(0), words(1), words(2)) {
            ("year", "'s" | "-", "end") if is_by => index + 2,
            ("the", "end", "of") if is_by && words(3) == "the" && words(4) == "year" => index + 4,
            _ => return None,
        };
        let is_whole = !matches!(self.word(last + 1), "of" | "to");
        let year = self.this_year.map(|year| Time::At(Moment::year(year)));
        is_whole.then_some((last, year))
    }

    /// "fiscal 2022", "fiscal year 2022".
    fn fiscal_year(&self, index: usize) -> Option<Found> {
        if !matches!(self.word(index), "fiscal" | "financial") {
            return None;
        }
        let place = index + 1 + usize::from(self.word(index + 1) == "year");
        let year = self.year_figures(place)?;
        Some((place, Some(Time::At(Moment::year(year)))))
    }

    /// The year of a quarter or half that is told without one: the last in the past, the next to
    /// come.
    pub(super) fn year_of_part(&self, index: usize, months: (u8, u8)) -> Option<i32> {
        let today = self.today?;
        let year = i32::from(today.year());
        let now = today.month().unsigned_abs();
        Some(match tense_at(self.sentence, index) {
            Tense::Coming => year + i32::from(months.1 < now),
            Tense::Past | Tense::Unknown => year - i32::from(months.0 > now),
        })
    }

    /// "mid-February", where the tokenizer keeps the two together.
    pub(super) fn middle_of_month(&self, index: usize) -> Option<Found> {
        let month = calendar::month_number(self.word(index).strip_prefix("mid-")?)?;
        let year = self.year_figures(index + 1);
        let moment = Moment {
            year,
            month: Some(month),
            day: None,
            second: None,
        };
        let last = index + usize::from(year.is_some());
        Some((last, Some(Time::At(self.with_year(moment, index)))))
    }
}
