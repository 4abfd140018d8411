//! The calendar: months, weekdays, and days counted from a day.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use crate::value::{Moment, Time};

/// The day of a time, where it is one.
pub(crate) fn day_of(time: Time) -> Option<Date> {
    let (Time::At(moment) | Time::Between(Some(moment), _)) = time else {
        return None;
    };
    let year = i16::try_from(moment.year?).ok()?;
    let month = i8::try_from(moment.month?).ok()?;
    let day = i8::try_from(moment.day?).ok()?;
    Date::new(year, month, day).ok()
}

/// A day as a moment.
pub(super) fn day(date: Date) -> Moment {
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    Moment::day(i32::from(date.year()), month, day)
}

/// The month of a day as a moment.
pub(super) fn month(date: Date) -> Moment {
    Moment::month(i32::from(date.year()), date.month().unsigned_abs())
}

/// The week of a day, Monday to Sunday.
pub(super) fn week(date: Date) -> Option<Time> {
    let monday = shifted(
        date,
        -i64::from(date.weekday().to_monday_zero_offset()),
        Unit::Day,
    )?;
    let sunday = shifted(monday, 6, Unit::Day)?;
    Some(Time::Between(Some(day(monday)), Some(day(sunday))))
}

/// A unit that times are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The unit that a word names, in the singular or plural.
    pub(super) fn named(word: &str) -> Option<Self> {
        Some(match word {
            "day" | "days" => Self::Day,
            "week" | "weeks" => Self::Week,
            "month" | "months" => Self::Month,
            "quarter" | "quarters" => Self::Quarter,
            "year" | "years" => Self::Year,
            "decade" | "decades" => Self::Decade,
            "century" | "centuries" => Self::Century,
            _ => return None,
        })
    }
}

/// The day so many units after a day.
pub(super) fn shifted(date: Date, count: i64, unit: Unit) -> Option<Date> {
    let months = |months: i64| Span::new().try_months(count.checked_mul(months)?).ok();
    let span = match unit {
        Unit::Day => Span::new().try_days(count).ok()?,
        Unit::Week => Span::new().try_weeks(count).ok()?,
        Unit::Month => months(1)?,
        Unit::Quarter => months(3)?,
        Unit::Year => months(12)?,
        Unit::Decade => months(120)?,
        Unit::Century => months(1_200)?,
    };
    date.checked_add(span).ok()
}

/// The moment a unit away, as precise as the unit: a year for years, a day for weeks.
pub(super) fn moment_away(date: Date, count: i64, unit: Unit) -> Option<Moment> {
    let there = shifted(date, count, unit)?;
    Some(match unit {
        Unit::Day | Unit::Week => day(there),
        Unit::Month | Unit::Quarter => month(there),
        Unit::Year | Unit::Decade | Unit::Century => Moment::year(i32::from(there.year())),
    })
}

/// The nearest day of a weekday before or after a day. `is_same_allowed` lets it be the day itself.
pub(super) fn weekday_near(
    date: Date,
    weekday: Weekday,
    is_after: bool,
    is_same_allowed: bool,
) -> Option<Date> {
    if is_same_allowed && date.weekday() == weekday {
        return Some(date);
    }
    date.nth_weekday(if is_after { 1 } else { -1 }, weekday)
        .ok()
}

/// The weekday that a word names, in small letters.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon." => Weekday::Monday,
        "tuesday" | "tue." | "tues." => Weekday::Tuesday,
        "wednesday" | "wed." => Weekday::Wednesday,
        "thursday" | "thu." | "thur." | "thurs." => Weekday::Thursday,
        "friday" | "fri." => Weekday::Friday,
        "saturday" | "sat." => Weekday::Saturday,
        "sunday" | "sun." => Weekday::Sunday,
        _ => return None,
    })
}

/// The month that a word names, in small letters.
pub(super) fn month_number(word: &str) -> Option<u8> {
    Some(match word {
        "january" | "jan." | "jan" => 1,
        "february" | "feb." | "feb" => 2,
        "march" | "mar." => 3,
        "april" | "apr." | "apr" => 4,
        "may" => 5,
        "june" | "jun." => 6,
        "july" | "jul." => 7,
        "august" | "aug." | "aug" => 8,
        "september" | "sept." | "sep." | "sept" => 9,
        "october" | "oct." | "oct" => 10,
        "november" | "nov." | "nov" => 11,
        "december" | "dec." | "dec" => 12,
        _ => return None,
    })
}

/// The months of a season on the northern half of the earth; winter ends in the next year.
pub(super) fn season(word: &str) -> Option<(u8, u8)> {
    Some(match word {
        "spring" => (3, 5),
        "summer" => (6, 8),
        "autumn" | "fall" => (9, 11),
        _ => return None,
    })
}

/// Whether a day lies in the calendar, so that "30 February" is no date.
pub(super) fn is_real(moment: &Moment) -> bool {
    let longest = match moment.month {
        Some(4 | 6 | 9 | 11) => 30,
        Some(2)
            if moment
                .year
                .is_some_and(|y| y % 4 != 0 || y % 100 == 0 && y % 400 != 0) =>
        {
            28
        }
        Some(2) => 29,
        _ => 31,
    };
    moment.day.is_none_or(|day| (1..=longest).contains(&day))
}

/// The day before a day.
pub(super) fn eve(date: Date) -> Option<Date> {
    date.checked_sub(1.day()).ok()
}
