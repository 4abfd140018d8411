//! Times told from the document's day: "yesterday", "last year", "on Thursday", "two weeks ago".

use super::calendar::{
    self, Unit, moment_away, month_number, season, shifted, weekday, weekday_near,
};
use super::tense::{Tense, tense_at};
use super::{Found, Reading};
use crate::text::dependency::Relation;
use crate::text::numeral::number_words;
use crate::text::tag::UniversalTag;
use crate::value::{Bound, Moment, Time};

/// Words that are times without a value.
const VALUELESS: &[&[&str]] = &[
    &["recent", "years"],
    &["recent", "months"],
    &["recent", "weeks"],
    &["recent", "days"],
    &["recent", "decades"],
    &["recent", "times"],
    &["coming", "years"],
    &["coming", "months"],
    &["coming", "days"],
    &["coming", "weeks"],
    &["near", "future"],
    &["each", "year"],
    &["every", "year"],
    &["each", "month"],
    &["every", "month"],
    &["every", "day"],
    &["each", "day"],
    &["every", "week"],
    &["each", "week"],
    &["that", "year"],
    &["that", "day"],
    &["that", "month"],
    &["that", "time"],
    &["same", "year"],
    &["same", "day"],
    &["same", "month"],
    &["that", "week"],
    &["that", "morning"],
    &["that", "afternoon"],
    &["that", "evening"],
    &["that", "night"],
    &["same", "week"],
    &["following", "year"],
    &["following", "day"],
    &["following", "month"],
    &["following", "week"],
    &["following", "morning"],
    &["following", "afternoon"],
    &["following", "evening"],
    &["following", "night"],
    &["next", "morning"],
    &["next", "afternoon"],
    &["next", "evening"],
    &["next", "night"],
    &["same", "morning"],
    &["same", "afternoon"],
    &["same", "evening"],
    &["same", "night"],
    &["previous", "evening"],
    &["previous", "night"],
    &["previous", "day"],
    &["next", "day"],
    &["these", "days"],
    &["in", "future"],
    &["last", "season"],
    &["this", "season"],
    &["next", "season"],
];

/// How a unit that is pointed at lies on the calendar.
enum Stretched {
    /// It goes up to today, or begins with it.
    Around(i64),
    /// It is a year, a week, a decade of the calendar.
    Calendar,
    /// Only what is told around it says when it was.
    Told,
}

impl Reading<'_> {
    /// The longest time told from the document's day at a token.
    pub(super) fn relative(&self, index: usize) -> Option<Found> {
        let all = [
            self.named_day(index),
            self.weekday_at(index),
            self.pointed(index),
            self.stretch(index),
            self.ago(index),
            self.in_some_time(index),
            self.valueless(index),
            self.time_before(index),
        ];
        all.into_iter()
            .flatten()
            .max_by_key(|(last, value)| (*last, value.is_some()))
    }

    /// "today", "yesterday", "tomorrow", "the day before yesterday", "tonight", "last night".
    fn named_day(&self, index: usize) -> Option<Found> {
        let days = |count: i64| {
            let there = self
                .today
                .and_then(|today| shifted(today, count, Unit::Day));
            there.map(|date| Time::At(calendar::day(date)))
        };
        let start = index + usize::from(self.word(index) == "the");
        let (last, count) = match (self.word(start), self.word(start + 1), self.word(start + 2)) {
            ("day", "before", "yesterday") => (start + 2, -2),
            ("day", "after", "tomorrow") => (start + 2, 2),
            ("last", "night", _) => (start + 1, -1),
            ("this", "morning" | "afternoon" | "evening", _) => (start + 1, 0),
            ("today" | "tonight", ..) => (start, 0),
            ("yesterday", ..) => (start, -1),
            ("tomorrow", ..) => (start, 1),
            _ => return None,
        };
        let last = last
            + usize::from(matches!(
                self.word(last + 1),
                "morning" | "afternoon" | "evening" | "night"
            ));
        Some((last, days(count)))
    }

    /// "Thursday", "last Thursday", "next Monday", "this Friday", "Thursday night".
    fn weekday_at(&self, index: usize) -> Option<Found> {
        let pointer = self.word(index);
        let is_pointed = matches!(
            pointer,
            "last" | "next" | "this" | "past" | "coming" | "previous"
        );
        let place = index + usize::from(is_pointed);
        let day = weekday(self.word(place)).filter(|_| self.is_capital(place))?;
        let last = place
            + usize::from(matches!(
                self.word(place + 1),
                "morning" | "afternoon" | "evening" | "night"
            ));
        let found = |is_after, is_same| {
            weekday_near(self.today?, day, is_after, is_same)
                .map(|date| Time::At(calendar::day(date)))
        };
        let value = match pointer {
            "last" | "past" | "previous" => found(false, false),
            "next" | "coming" => found(true, false),
            "this" => self.weekday_of_this_week(place),
            // "called a meeting for Thursday": what is set for a day comes.
            _ if self.before(index) == "for" && self.word(last + 1) != "'s" => found(true, false),
            _ if self.before(index) == "since" => found(false, true),
            _ => match tense_at(self.sentence, place) {
                Tense::Coming => found(true, true),
                Tense::Past | Tense::Unknown => found(false, true),
            },
        };
        Some((last, value))
    }

    fn weekday_of_this_week(&self, place: usize) -> Option<Time> {
        let (today, day) = (self.today?, weekday(self.word(place))?);
        let from_monday =
            |weekday: jiff::civil::Weekday| i64::from(weekday.to_monday_zero_offset());
        let distance = from_monday(day) - from_monday(today.weekday());
        shifted(today, distance, Unit::Day).map(|date| Time::At(calendar::day(date)))
    }

    /// "last year", "this month", "next week", "this October", "last summer", "the past year",
    /// "the current decade".
    fn pointed(&self, index: usize) -> Option<Found> {
        let start = index + usize::from(self.word(index) == "the");
        // "this past weekend", "later this year"
        let is_past = self.word(start) == "this" && self.word(start + 1) == "past";
        let is_later = matches!(self.word(start), "later" | "earlier");
        let start = start + usize::from(is_past || is_later && self.word(start + 1) == "this");
        let shift = match self.word(start) {
            "last" | "past" | "previous" => -1,
            "this" | "current" => 0,
            "next" | "coming" | "upcoming" => 1,
            _ => return None,
        };
        let start = start
            + usize::from(matches!(
                self.word(start + 1),
                "calendar" | "financial" | "fiscal"
            ));
        let place = start + 1;
        let word = self.word(place);
        if let Some(month) = month_number(word).filter(|_| self.is_capital(place)) {
            let found = self.pointed_month(month, shift);
            return Some((place, found.map(Time::At)));
        }
        if let Some(months) = season(word) {
            let year = self
                .this_year
                .map(|year| year + shift.min(self.season_shift(months, shift)));
            let interval = |year| {
                Time::Between(
                    Some(Moment::month(year, months.0)),
                    Some(Moment::month(year, months.1)),
                )
            };
            return Some((place, year.map(interval)));
        }
        if word == "weekend" {
            return Some((place, self.weekend(shift)));
        }
        let unit = Unit::named(word).filter(|_| !word.ends_with('s'))?;
        if unit == Unit::Day {
            return Some((place, None));
        }
        let value = match self.stretched(index, place, unit) {
            Stretched::Around(sign) => self.stretch_of(1, unit, sign),
            Stretched::Calendar => self.pointed_unit(unit, shift),
            Stretched::Told => None,
        };
        Some((place, value))
    }

    /// Whether "the past decade" is the stretch of ten years up to today, or one of the calendar:
    /// "last year", "the last century".
    fn stretched(&self, index: usize, place: usize, unit: Unit) -> Stretched {
        let pointer = self.word(place - 1);
        let is_definite = self.word(index) == "the";
        let is_lasting = self.is_lasting(index);
        let is_long = matches!(unit, Unit::Decade | Unit::Century);
        if unit == Unit::Quarter && !is_lasting {
            return Stretched::Calendar;
        }
        match pointer {
            // "in July of the past year": a month of the calendar.
            "past" if unit == Unit::Year && self.before(index) == "of" => Stretched::Calendar,
            "past" => Stretched::Around(-1),
            // "the last decade of the war": of its own time.
            "last" | "next" if is_definite && self.word(place + 1) == "of" => Stretched::Told,
            "last" if is_definite && unit == Unit::Century => match self.before(index) {
                "over" => Stretched::Around(-1),
                _ => Stretched::Calendar,
            },
            "last" if is_definite && (is_lasting || is_long || self.before(index) == "in") => {
                Stretched::Around(-1)
            }
            // "a plan for the coming year": that of the calendar.
            "next" | "coming"
                if is_definite && (is_lasting && self.before(index) != "for" || is_long) =>
            {
                match tense_at(self.sentence, place) {
                    Tense::Past => Stretched::Told,
                    _ => Stretched::Around(1),
                }
            }
            _ => Stretched::Calendar,
        }
    }

    /// How a season is counted from: "last summer" in autumn is this year's.
    fn season_shift(&self, months: (u8, u8), shift: i32) -> i32 {
        let now = self.today.map_or(1, |today| today.month().unsigned_abs());
        match shift {
            -1 if now > months.1 => 0,
            1 if now < months.0 => 0,
            other => other,
        }
    }

    fn pointed_month(&self, month: u8, shift: i32) -> Option<Moment> {
        let today = self.today?;
        let (year, now) = (i32::from(today.year()), today.month().unsigned_abs());
        let year = match shift {
            -1 => year - i32::from(now <= month),
            1 => year + i32::from(now >= month),
            _ => year,
        };
        Some(Moment::month(year, month))
    }

    fn pointed_unit(&self, unit: Unit, shift: i32) -> Option<Time> {
        if unit == Unit::Year {
            return self
                .this_year
                .map(|year| Time::At(Moment::year(year + shift)));
        }
        let today = self.today?;
        let there = shifted(today, i64::from(shift), unit)?;
        let years = |first: i32, count: i32| {
            Time::Between(
                Some(Moment::year(first)),
                Some(Moment::year(first + count - 1)),
            )
        };
        match unit {
            Unit::Week => calendar::week(there),
            Unit::Month => Some(Time::At(calendar::month(there))),
            Unit::Quarter => {
                let first = (there.month().unsigned_abs() - 1) / 3 * 3 + 1;
                let year = i32::from(there.year());
                Some(Time::Between(
                    Some(Moment::month(year, first)),
                    Some(Moment::month(year, first + 2)),
                ))
            }
            Unit::Decade => Some(years(i32::from(there.year()).div_euclid(10) * 10, 10)),
            Unit::Century => Some(years(
                (i32::from(there.year()) - 1).div_euclid(100) * 100 + 1,
                100,
            )),
            Unit::Day | Unit::Year => None,
        }
    }

    /// Saturday and Sunday of the last, this or the next week.
    fn weekend(&self, shift: i32) -> Option<Time> {
        let there = shifted(self.today?, i64::from(shift), Unit::Week)?;
        let Some(Time::Between(_, Some(sunday))) = calendar::week(there) else {
            return None;
        };
        let saturday = calendar::eve(super::absolute::as_day(sunday)?)?;
        Some(Time::Between(Some(calendar::day(saturday)), Some(sunday)))
    }

    /// Whether a word of lasting stands before: "over", "during", "for", "within", "in".
    fn is_lasting(&self, index: usize) -> bool {
        matches!(
            self.before(index),
            "over" | "during" | "for" | "within" | "throughout"
        )
    }

    /// "the past two years", "the last three months", "the next five years".
    fn stretch(&self, index: usize) -> Option<Found> {
        let start = index + usize::from(self.word(index) == "the");
        let sign = match self.word(start) {
            "last" | "past" | "previous" => -1,
            "next" | "coming" | "following" => 1,
            _ => return None,
        };
        let (last, count) = self.count(start + 1)?;
        let unit = Unit::named(self.word(last + 1))?;
        // "Over the next two weeks he lost it all": counted from a day that was told before.
        let is_told = sign > 0
            && self.token(last + 1).is_some_and(|token| {
                matches!(
                    token.relation,
                    Relation::Oblique | Relation::UnmarkedOblique
                )
            })
            && tense_at(self.sentence, last + 1) == Tense::Past;
        let value = self.stretch_of(count, unit, sign).filter(|_| !is_told);
        Some((last + 1, value))
    }

    fn stretch_of(&self, count: i64, unit: Unit, sign: i64) -> Option<Time> {
        let today = self.today?;
        let there = shifted(today, count.checked_mul(sign)?, unit)?;
        let (first, end) = if sign < 0 {
            (there, today)
        } else {
            (today, there)
        };
        let moment = |date| match unit {
            Unit::Day | Unit::Week => calendar::day(date),
            Unit::Month | Unit::Quarter => calendar::month(date),
            Unit::Year | Unit::Decade | Unit::Century => Moment::year(i32::from(date.year())),
        };
        Some(Time::Between(Some(moment(first)), Some(moment(end))))
    }

    /// A whole number in words or figures with its last token; "a" and "an" are one.
    pub(super) fn count(&self, index: usize) -> Option<(usize, i64)> {
        if matches!(self.word(index), "a" | "an") {
            return Some((index, 1));
        }
        let (end, number) = number_words(&self.words, index)?;
        Some((end - 1, number.as_i64()?))
    }

    /// "two weeks ago", "a year ago", "ten days earlier" (which has no value).
    fn ago(&self, index: usize) -> Option<Found> {
        let (bound, start) = self.bound(index);
        let (last, count) = self.count(start)?;
        let unit = Unit::named(self.word(last + 1))?;
        match self.word(last + 2) {
            "ago" => {
                let moment = self
                    .today
                    .and_then(|today| moment_away(today, -count, unit));
                let time = moment.map(|moment| match bound {
                    // "more than a decade ago": at some time up to then.
                    Bound::Over | Bound::AtLeast => Time::Between(None, Some(moment)),
                    Bound::Under | Bound::UpTo => Time::Between(Some(moment), None),
                    _ => Time::At(moment),
                });
                // What happened less than so long ago lies between then and now.
                let time = match (time, self.today) {
                    (Some(Time::Between(from, None)), Some(today)) => {
                        Some(Time::Between(from, Some(calendar::day(today))))
                    }
                    (time, _) => time,
                };
                Some((last + 2, time))
            }
            "earlier" | "later" | "before" => Some((last + 2, None)),
            _ => None,
        }
    }

    /// What bounds a length of time, and where its number starts: "more than", "almost".
    fn bound(&self, index: usize) -> (Bound, usize) {
        match (self.word(index), self.word(index + 1)) {
            ("more", "than") => (Bound::Over, index + 2),
            ("at", "least") => (Bound::AtLeast, index + 2),
            ("less", "than") => (Bound::Under, index + 2),
            ("up", "to") => (Bound::UpTo, index + 2),
            ("over", _) => (Bound::Over, index + 1),
            ("under", _) => (Bound::Under, index + 1),
            ("about" | "around" | "nearly" | "almost" | "roughly" | "some", _) => {
                (Bound::About, index + 1)
            }
            _ => (Bound::Exact, index),
        }
    }

    /// "in two weeks", "in a year" of what is to come.
    fn in_some_time(&self, index: usize) -> Option<Found> {
        if self.word(index) != "in" {
            return None;
        }
        let (last, count) = self.count(index + 1)?;
        let unit = Unit::named(self.word(last + 1))?;
        let is_coming = tense_at(self.sentence, last + 1) == Tense::Coming;
        let is_own = !matches!(self.word(last + 2), "of" | "ago" | "after" | "before");
        if !is_coming || !is_own {
            return None;
        }
        let moment = self.today.and_then(|today| moment_away(today, count, unit));
        Some((last + 1, moment.map(Time::At)))
    }

    /// "since then", "before that,": the time told before.
    fn is_told_moment(&self, index: usize) -> bool {
        let ends = self.token(index + 1).is_none_or(|token| {
            matches!(
                token.universal_tag,
                UniversalTag::Punctuation | UniversalTag::CoordinatingConjunction
            )
        });
        match self.word(index) {
            "then" => matches!(
                self.before(index),
                "since" | "until" | "till" | "by" | "before"
            ),
            "that" => ends && matches!(self.before(index), "before" | "after"),
            _ => false,
        }
    }

    /// "recent years", "the near future": times without a value.
    fn valueless(&self, index: usize) -> Option<Found> {
        // "earlier that day", "later the same year", "earlier in the day".
        let is_part = matches!(self.word(index), "earlier" | "later");
        if is_part && self.word(index + 1) == "in" && self.word(index + 2) == "the" {
            let is_unit = matches!(self.word(index + 3), "day" | "week" | "month" | "year");
            return is_unit.then_some((index + 3, None));
        }
        if self.is_told_moment(index) {
            return Some((index, None));
        }
        let index = index + usize::from(is_part);
        let start = index + usize::from(self.word(index) == "the");
        let fits = |words: &&&[&str]| {
            words
                .iter()
                .enumerate()
                .all(|(offset, word)| self.word(start + offset) == *word)
        };
        let words = VALUELESS.iter().find(fits)?;
        Some((start + words.len() - 1, None))
    }
}
