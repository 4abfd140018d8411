//! Dates as the calendar has them: days, months, years, decades, centuries, quarters, ranges.

use super::calendar::{self, day_of, is_real, month_number, weekday};
use super::tense::{Tense, tense_at};
use super::{Found, Reading};
use crate::text::dependency::Relation;
use crate::text::document::Token;
use crate::text::numeral::ordinal;
use crate::text::tag::{FineTag, UniversalTag};
use crate::value::{Moment, Time};

/// A date as it is written, with the last token.
type Written = (usize, Moment);

/// The words of an event that ends a span of years are at most so many: "the fall of the town".
const LONGEST_EVENT: usize = 6;

impl Reading<'_> {
    /// The longest date or range of dates at a token.
    pub(super) fn absolute(&self, index: usize) -> Option<Found> {
        let all = [
            self.framed_range(index),
            self.range(index),
            self.single(index),
            self.season_years(index),
            self.decade(index),
            self.century(index),
            self.part_of_year(index),
            self.middle_of_month(index),
        ];
        all.into_iter().flatten().max_by_key(|(last, _)| *last)
    }

    /// One date, with a weekday in front or without.
    fn single(&self, index: usize) -> Option<Found> {
        let start = self.skip_weekday(index).unwrap_or(index);
        let (last, moment) = self.date(start)?;
        // "in August of that year": the year is told before.
        if let Some(end) = self
            .of_told_year(last + 1)
            .filter(|_| moment.year.is_none())
        {
            return Some((end, None));
        }
        let moment = self.with_year(moment, index);
        Some((last, Some(Time::At(moment))))
    }

    /// The end of "of that year", "that same year" behind a month.
    fn of_told_year(&self, index: usize) -> Option<usize> {
        let start = index + usize::from(self.word(index) == "of");
        let last = match (self.word(start), self.word(start + 1), self.word(start + 2)) {
            ("that", "year", _) => start + 1,
            ("that" | "the", "same", "year") => start + 2,
            _ => return None,
        };
        Some(last)
    }

    /// The index behind "Thursday," where a date follows.
    fn skip_weekday(&self, index: usize) -> Option<usize> {
        weekday(self.word(index))?;
        let next = index + 1 + usize::from(self.word(index + 1) == ",");
        self.date(next).map(|_| next)
    }

    /// A date: "28 October 2021", "October 28, 2021", "October 2021", "2021-10-28", "2021".
    fn date(&self, index: usize) -> Option<Written> {
        self.numeric_date(index)
            .or_else(|| self.month_first(index))
            .or_else(|| self.day_first(index))
            .or_else(|| self.year_alone(index))
    }

    /// "2021-10-28" and "10/28/2021" (the month first, unless it cannot be one).
    fn numeric_date(&self, index: usize) -> Option<Written> {
        let word = self.word(index);
        if !word.starts_with(|letter: char| letter.is_ascii_digit()) || word.len() < 8 {
            return None;
        }
        if let Ok(moment) = word.parse::<Moment>() {
            return moment.day.is_some().then_some((index, moment));
        }
        let mut parts = word.split(['/', '-', '.']);
        let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
        let (first, second): (u8, u8) = (first.parse().ok()?, second.parse().ok()?);
        let year: i32 = (year.len() == 4).then(|| year.parse().ok())??;
        let (month, day) = if first > 12 || word.contains('.') {
            (second, first)
        } else {
            (first, second)
        };
        let moment = Moment::day(year, month, day);
        let fits = (1..=12).contains(&month) && is_real(&moment) && parts.next().is_none();
        fits.then_some((index, moment))
    }

    /// The month at a token; "may" and "march" only as names.
    fn month(&self, index: usize) -> Option<u8> {
        let month = month_number(self.word(index))?;
        let is_sure = self.is_capital(index) && !self.is_verb(index);
        is_sure.then_some(month)
    }

    fn is_verb(&self, index: usize) -> bool {
        self.token(index).is_some_and(|token| {
            matches!(
                token.universal_tag,
                UniversalTag::Verb | UniversalTag::Auxiliary
            )
        })
    }

    /// The day of a month in figures, as "28" or "28th".
    pub(super) fn day_number(&self, index: usize) -> Option<u8> {
        let word = self.word(index);
        let digits = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
        let is_day = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        let day: u8 = is_day.then(|| digits.parse().ok())??;
        (1..=31).contains(&day).then_some(day)
    }

    /// "October 28th, 2021", "October 28", "October 2021", "October of 2021", "October".
    fn month_first(&self, index: usize) -> Option<Written> {
        let month = self.month(index)?;
        let moment = |year, day| Moment {
            year,
            month: Some(month),
            day,
            second: None,
        };
        if let Some(day) = self
            .day_number(index + 1)
            .filter(|_| !self.counts_next(index + 1))
        {
            let found = moment(None, Some(day));
            if !is_real(&found) {
                return None;
            }
            let comma = usize::from(self.word(index + 2) == ",");
            return Some(match self.year_figures(index + 2 + comma) {
                Some(year) => (index + 2 + comma, moment(Some(year), Some(day))),
                None => (index + 1, found),
            });
        }
        if let Some((last, year)) = self.of_pointed_year(index + 1) {
            return Some((last, moment(Some(year), None)));
        }
        let comma = usize::from(matches!(self.word(index + 1), "," | "of"));
        Some(match self.year_figures(index + 1 + comma) {
            Some(year) => (index + 1 + comma, moment(Some(year), None)),
            None => (index, moment(None, None)),
        })
    }

    /// "of last year", "of the past year", "this year": the year that is meant.
    fn of_pointed_year(&self, index: usize) -> Option<(usize, i32)> {
        let start = index + usize::from(self.word(index) == "of");
        let start = start + usize::from(self.word(start) == "the");
        let shift = match self.word(start) {
            "last" | "past" | "previous" => -1,
            "this" | "current" => 0,
            "next" | "coming" => 1,
            _ => return None,
        };
        let year = self.this_year.filter(|_| self.word(start + 1) == "year")?;
        Some((start + 1, year + shift))
    }

    /// Whether a number counts the noun behind it: "In May 12 people came".
    fn counts_next(&self, index: usize) -> bool {
        let is_plural = |token: &Token| {
            matches!(
                token.fine_tag,
                FineTag::PluralNoun | FineTag::PluralProperNoun
            )
        };
        let is_modifier = self
            .token(index)
            .is_some_and(|token| token.relation == Relation::NumericModifier);
        is_modifier && self.token(index + 1).is_some_and(is_plural)
    }

    /// "28 October 2021", "28th of October", "the 28th of October, 2021".
    fn day_first(&self, index: usize) -> Option<Written> {
        let start = index + usize::from(self.word(index) == "the");
        let day = self.day_number(start)?;
        let of = usize::from(self.word(start + 1) == "of");
        let place = start + 1 + of;
        let month = self.month(place)?;
        let moment = |year| Moment {
            year,
            month: Some(month),
            day: Some(day),
            second: None,
        };
        if !is_real(&moment(None)) {
            return None;
        }
        let comma = usize::from(self.word(place + 1) == ",");
        Some(match self.year_figures(place + 1 + comma) {
            Some(year) => (place + 1 + comma, moment(Some(year))),
            // "28 November last year"
            None => match self.of_pointed_year(place + 1) {
                Some((last, year)) => (last, moment(Some(year))),
                None => (place, moment(None)),
            },
        })
    }

    /// Four figures that can be a year.
    pub(super) fn year_figures(&self, index: usize) -> Option<i32> {
        self.figures(index, 4..=4)
            .filter(|year| (1000..=2199).contains(year))
    }

    /// A year standing alone: after a word of time, or where nothing is counted by it; also
    /// "508 BC" and "mid-2004".
    fn year_alone(&self, index: usize) -> Option<Written> {
        if let Some(year) = self.figures(index, 1..=4)
            && matches!(self.word(index + 1), "bc" | "bce" | "b.c.")
        {
            return Some((index + 1, Moment::year(1 - year)));
        }
        if let Some(rest) = self.word(index).strip_prefix("mid-") {
            let year: i32 = (rest.len() == 4).then(|| rest.parse().ok())??;
            return Some((index, Moment::year(year)));
        }
        let year = self.year_figures(index)?;
        let leads = matches!(
            self.before(index),
            "in" | "since"
                | "until"
                | "till"
                | "by"
                | "during"
                | "before"
                | "after"
                | "from"
                | "to"
                | "of"
                | "between"
                | "year"
                | "early"
                | "late"
                | "mid"
                | "around"
                | "circa"
                | "ca."
                | "c."
                | "summer"
                | "spring"
                | "autumn"
                | "winter"
                | "fall"
                | "("
                | "about"
                | "throughout"
        );
        let has_sign = matches!(self.before(index), "$" | "€" | "£" | "us$" | "#" | "no.")
            || matches!(
                self.word(index + 1),
                "%" | "percent" | "million" | "billion" | "km" | "m" | "dollars" | "usd"
            );
        let token = self.token(index)?;
        let counts = token.relation == Relation::NumericModifier
            && token
                .head
                .and_then(|head| self.token(head))
                .is_some_and(|head| {
                    matches!(head.fine_tag, FineTag::PluralNoun) && token.head > Some(index)
                });
        let is_plausible = (1500..=2100).contains(&year);
        let stands = !counts && !has_sign && (leads || is_plausible);
        stands.then(|| (index, Moment::year(year)))
    }

    /// "from 2024 to 2028", "between 23 and 25 August", "between May and July 2020".
    fn framed_range(&self, index: usize) -> Option<Found> {
        let joint = match self.word(index) {
            "from" => ["to", "until", "through", "till", "-"].as_slice(),
            "between" => ["and", "-"].as_slice(),
            _ => return None,
        };
        self.ends(index + 1, joint)
            .or_else(|| self.until_event(index))
    }

    /// "between 1974 and her retirement in 2001", "from 1990 to her death in 1999": the other end
    /// is an event with its year.
    fn until_event(&self, index: usize) -> Option<Found> {
        let first = self.year_figures(index + 1)?;
        let is_joint = matches!(
            (self.word(index), self.word(index + 2)),
            ("between", "and") | ("from", "to" | "until" | "till")
        );
        let place =
            (index + 3..index + 3 + LONGEST_EVENT).find(|&place| self.word(place) == "in")?;
        let is_noun = |place: usize| {
            self.token(place).is_some_and(|token| {
                use UniversalTag as Tag;
                matches!(
                    token.universal_tag,
                    Tag::Noun | Tag::ProperNoun | Tag::Pronoun | Tag::Determiner | Tag::Adjective
                ) || token.fine_tag == FineTag::Possessive
            })
        };
        let end = self.year_figures(place + 1)?;
        let is_whole = is_joint && first < end && (index + 3..place).all(is_noun);
        let years = Time::Between(Some(Moment::year(first)), Some(Moment::year(end)));
        (is_whole && place > index + 3).then_some((place + 1, Some(years)))
    }

    /// "2021-25", "26-27 July", "July 26-27", "May - July 2020", "16 to 18 May".
    fn range(&self, index: usize) -> Option<Found> {
        self.ends(index, &["-", "to", "through", "until"])
            .or_else(|| self.pair_of_days(index))
    }

    /// "8 and 9 June 2022", "June 8 and 9": one day and the next.
    fn pair_of_days(&self, index: usize) -> Option<Found> {
        if let Some(day) = self.day_number(index) {
            let (last, end) = self.day_first(index + 2)?;
            let is_next = end.day == Some(day + 1) && self.word(index + 1) == "and";
            let day = Some(day);
            let first = Moment { day, ..end };
            return is_next.then(|| self.between(index, first, end, last))?;
        }
        let (last, first) = self.month_first(index)?;
        let day = self.day_number(last + 2)?;
        let is_next = first.day == Some(day.saturating_sub(1)) && self.word(last + 1) == "and";
        if !is_next || self.month(last + 3).is_some() || self.counts_next(last + 2) {
            return None;
        }
        let comma = usize::from(self.word(last + 3) == ",");
        let year = self.year_figures(last + 3 + comma);
        let place = match year {
            Some(_) => last + 3 + comma,
            None => last + 2,
        };
        let year = first.year.or(year);
        let first = Moment { year, ..first };
        let day = Some(day);
        self.between(index, first, Moment { day, ..first }, place)
    }

    /// Two ends joined by one of some words; the first may leave out what the second says.
    fn ends(&self, index: usize, joints: &[&str]) -> Option<Found> {
        let joins = |place: usize| joints.contains(&self.word(place));
        let start = self.skip_weekday(index).unwrap_or(index);
        // "Thursday 7 to Sunday 10 August": each day may have its name.
        let is_named = weekday(self.word(start)).is_some() && joins(start + 2);
        let start = start + usize::from(is_named);
        let named = |place: usize| self.skip_weekday(place).unwrap_or(place);
        // "23 and 25 August", "the 5th to the 7th of May": the first is only a day.
        if let Some(day) = self.day_number(start).filter(|_| joins(start + 1)) {
            let next = named(start + 2);
            if let Some((last, end)) = self.day_first(next).filter(|(_, end)| end.month.is_some()) {
                let first = Moment {
                    day: Some(day),
                    ..end
                };
                return self.between(index, first, end, last);
            }
        }
        // "between 1640 and 1580 BC": both are before Christ.
        if let Some((first, end)) = self
            .figures(start, 1..=4)
            .zip(self.figures(start + 2, 1..=4))
            && joins(start + 1)
            && matches!(self.word(start + 3), "bc" | "bce" | "b.c.")
        {
            return self.between(
                index,
                Moment::year(1 - first),
                Moment::year(1 - end),
                start + 3,
            );
        }
        let (last, first) = self.date(start)?;
        if !joins(last + 1) {
            return None;
        }
        let next = named(last + 2);
        // "July 26-27", "July 26 to 27, 2024": the second is only a day.
        if first.day.is_some()
            && let Some(day) = self.day_number(next)
            && self.month(next + 1).is_none()
        {
            let comma = usize::from(self.word(next + 1) == ",");
            let year = self.year_figures(next + 1 + comma);
            let end_place = if year.is_some() {
                next + 1 + comma
            } else {
                next
            };
            let first = Moment {
                year: first.year.or(year),
                ..first
            };
            let end = Moment {
                day: Some(day),
                ..first
            };
            return self.between(index, first, end, end_place);
        }
        // "2021-25"
        if first.month.is_none()
            && let (Some(year), Some(short)) = (first.year, self.figures(next, 2..=2))
            && self.word(last + 1) == "-"
        {
            let end = Moment::year(year - year.rem_euclid(100) + short);
            return self.between(index, first, end, next);
        }
        let (end_place, end) = self.date(next)?;
        let same_precision = first.month.is_some() == end.month.is_some();
        let first = Moment {
            year: first.year.or(end.year),
            ..first
        };
        same_precision.then(|| self.between(index, first, end, end_place))?
    }

    /// The interval between two moments that are in order.
    fn between(&self, index: usize, first: Moment, end: Moment, last: usize) -> Option<Found> {
        let crosses = first.year.is_none() && end.year.is_none() && first.month > end.month;
        if crosses && self.today.is_some() {
            let end = self.with_year(end, index);
            let year = end.year.map(|year| year - 1);
            let first = Moment { year, ..first };
            return Some((last, Some(Time::Between(Some(first), Some(end)))));
        }
        let mut first = self.with_year(first, index);
        let mut end = Moment {
            year: end.year.or(first.year),
            ..end
        };
        if first.year.is_none() && end.year.is_none() || first.year == end.year {
            let (a, b) = ((first.month, first.day), (end.month, end.day));
            if a > b {
                // "December 30 to January 2" crosses the year.
                match end.year {
                    Some(year) if first.month > end.month => first.year = Some(year - 1),
                    _ => return None,
                }
            }
        } else if first.year > end.year {
            return None;
        }
        if !is_real(&first) || !is_real(&end) {
            return None;
        }
        end.second = None;
        Some((last, Some(Time::Between(Some(first), Some(end)))))
    }

    /// The moment with the year that the document's date and the tense give it.
    pub(super) fn with_year(&self, moment: Moment, index: usize) -> Moment {
        let (None, Some(month), Some(today)) = (moment.year, moment.month, self.today) else {
            return moment;
        };
        let this_year = i32::from(today.year());
        let years = [this_year - 1, this_year, this_year + 1];
        let in_year = |year: i32| Moment {
            year: Some(year),
            month: Some(month),
            ..moment
        };
        let now = Time::At(calendar::day(today)).bounds();
        let covers = |year: &i32| in_year(*year).bounds();
        let year = match tense_at(self.sentence, index) {
            Tense::Past => years
                .iter()
                .rev()
                .find(|year| covers(year).0 <= now.1)
                .copied(),
            Tense::Coming => years.iter().find(|year| covers(year).1 >= now.0).copied(),
            Tense::Unknown => years
                .iter()
                .min_by_key(|year| covers(year).0.abs_diff(now.0))
                .copied(),
        };
        in_year(year.unwrap_or(this_year))
    }

    /// "2021/22": two years as one season.
    fn season_years(&self, index: usize) -> Option<Found> {
        let (first, second) = self.word(index).split_once('/')?;
        let year: i32 = (first.len() == 4).then(|| first.parse().ok())??;
        let next = year.checked_add(1)?;
        let is_next = second.parse() == Ok(next) && second.len() == 4
            || second.parse() == Ok(next.rem_euclid(100)) && second.len() == 2;
        let is_plausible = is_next && (1500..=2100).contains(&year);
        let years = Time::Between(Some(Moment::year(year)), Some(Moment::year(next)));
        is_plausible.then_some((index, Some(years)))
    }

    /// "the 1990s", "the '90s", "mid-1980s".
    fn decade(&self, index: usize) -> Option<Found> {
        // "a man in his 40s"
        if matches!(
            self.before(index),
            "his" | "her" | "their" | "my" | "our" | "your"
        ) {
            return None;
        }
        let start = index + usize::from(self.word(index) == "the");
        let start = start + usize::from(matches!(self.word(start), "early" | "late" | "mid"));
        let start = start + usize::from(start > index && self.word(start) == "-");
        let word = self
            .word(start)
            .trim_start_matches("mid-")
            .trim_start_matches('\'');
        let digits = word.strip_suffix("'s").or_else(|| word.strip_suffix('s'))?;
        let number: i32 = digits
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| digits.parse().ok())??;
        let year = match digits.len() {
            4 if number % 10 == 0 => number,
            2 if number % 10 == 0 && number >= 20 => 1900 + number,
            _ => return None,
        };
        let span = if year % 100 == 0 && digits.len() == 4 && year < 2000 {
            99
        } else {
            9
        };
        let (first, end) = self.part_of_span(index, start, (year, year + span));
        let interval = Time::Between(Some(Moment::year(first)), Some(Moment::year(end)));
        Some((start, Some(interval)))
    }

    /// "the early 1960s", "the late 19th century": the first, middle or last part of so many
    /// years, four tenths, two and four.
    fn part_of_span(&self, index: usize, end: usize, (first, last): (i32, i32)) -> (i32, i32) {
        let tenth = (last + 1 - first) / 10;
        let part = (index..=end).find_map(|place| match self.word(place) {
            "early" => Some((first, first + 4 * tenth - 1)),
            "late" => Some((first + 6 * tenth, last)),
            "mid" => Some((first + 4 * tenth, first + 6 * tenth)),
            word if word.starts_with("mid-") => Some((first + 4 * tenth, first + 6 * tenth)),
            _ => None,
        });
        part.unwrap_or((first, last))
    }

    /// "the 19th century", "the seventh century BC".
    fn century(&self, index: usize) -> Option<Found> {
        let start = index + usize::from(self.word(index) == "the");
        let start = start + usize::from(matches!(self.word(start), "early" | "late" | "mid"));
        let number = i32::try_from(ordinal(self.word(start))?).ok()?;
        if !(1..=99).contains(&number) {
            return None;
        }
        let hyphen = usize::from(self.word(start + 1) == "-");
        if !matches!(self.word(start + 1 + hyphen), "century" | "c.") {
            return None;
        }
        let last = start + 1 + hyphen;
        let is_before_christ = matches!(self.word(last + 1), "bc" | "bce" | "b.c.");
        let (first, end) = if is_before_christ {
            (1 - number * 100, -(number - 1) * 100)
        } else {
            ((number - 1) * 100 + 1, number * 100)
        };
        let (first, end) = self.part_of_span(index, start, (first, end));
        let interval = Time::Between(Some(Moment::year(first)), Some(Moment::year(end)));
        Some((last + usize::from(is_before_christ), Some(interval)))
    }
}

/// The day of a moment, for callers that count from it.
pub(super) fn as_day(moment: Moment) -> Option<jiff::civil::Date> {
    day_of(Time::At(moment))
}
