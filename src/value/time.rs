//! Times with precision: instants, days, months, years, open years and intervals.
//!
//! The normal form is ISO 8601: `2021-10-28`, `2021-07`, `2021`, `2021-10-28T09:30:00Z`,
//! intervals `2022-05-16/2022-05-18` with `..` for an open end, and `--08-23` where the year is
//! not known.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A point of the calendar, as precisely as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// The year; `None` where the text does not tell ("23 August").
    pub year: Option<i32>,
    /// The month, 1–12.
    pub month: Option<u8>,
    /// The day of the month, 1–31.
    pub day: Option<u8>,
    /// The second of the day in UTC, 0–86 399.
    pub second: Option<u32>,
}

impl Moment {
    /// A whole year.
    #[must_use]
    pub fn year(year: i32) -> Self {
        Self {
            year: Some(year),
            month: None,
            day: None,
            second: None,
        }
    }

    /// A whole month.
    #[must_use]
    pub fn month(year: i32, month: u8) -> Self {
        Self {
            year: Some(year),
            month: Some(month),
            day: None,
            second: None,
        }
    }

    /// A whole day.
    #[must_use]
    pub fn day(year: i32, month: u8, day: u8) -> Self {
        Self {
            year: Some(year),
            month: Some(month),
            day: Some(day),
            second: None,
        }
    }

    /// The first and the last second that the moment covers, counted from 1970 in UTC; a moment
    /// without a year counts from year 0.
    #[must_use]
    pub fn bounds(&self) -> (i64, i64) {
        let year = self.year.unwrap_or(0);
        let (from_month, to_month) = self.month.map_or((1, 12), |month| (month, month));
        let from_day = self.day.unwrap_or(1);
        let to_day = self.day.unwrap_or_else(|| days_in_month(year, to_month));
        let from = days_from_epoch(year, from_month, from_day) * SECONDS_A_DAY;
        let to = days_from_epoch(year, to_month, to_day) * SECONDS_A_DAY;
        match self.second {
            Some(second) => (from + i64::from(second), from + i64::from(second)),
            None => (from, to + SECONDS_A_DAY - 1),
        }
    }

    /// The instant so many seconds after 1970 in UTC.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        let (year, month, day) = date_from_days(seconds.div_euclid(SECONDS_A_DAY));
        let second = seconds.rem_euclid(SECONDS_A_DAY) as u32;
        Self {
            year: Some(year),
            month: Some(month),
            day: Some(day),
            second: Some(second),
        }
    }
}

const SECONDS_A_DAY: i64 = 86_400;

/// How many days a month has.
#[must_use]
pub(crate) fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant, "chrono-Compatible
/// Low-Level Date Algorithms").
fn days_from_epoch(year: i32, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted_month = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * shifted_month + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The date so many days after 1970-01-01; the inverse of [`days_from_epoch`].
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "ranges of a date"
)]
fn date_from_days(days: i64) -> (i32, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u8;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    } as u8;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i32, month, day)
}

/// A time: a moment, or an interval whose ends are included and may be open.
///
/// Times sort by their first second, then by their last, so a month stands before its first day
/// and a day lies within its month.
///
/// # Examples
///
/// ```
/// use factbase::Time;
///
/// let summit: Time = "2022-05-16/2022-05-18".parse().unwrap();
/// let day: Time = "2022-05-17".parse().unwrap();
/// let year: Time = "2022".parse().unwrap();
/// assert!(summit.contains(&day));
/// assert!(year.contains(&summit));
/// assert!(summit.overlaps(&year));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Time {
    /// One moment.
    At(Moment),
    /// From the first moment to the last, both included; `None` is an open end.
    Between(Option<Moment>, Option<Moment>),
}

impl Time {
    /// The instant so many seconds after 1970 in UTC.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        Self::At(Moment::from_seconds(seconds))
    }

    /// The first and the last second covered, counted from 1970 in UTC; an open end is the
    /// smallest or the greatest number.
    #[must_use]
    pub fn bounds(&self) -> (i64, i64) {
        match self {
            Self::At(moment) => moment.bounds(),
            Self::Between(first, last) => (
                first.map_or(i64::MIN, |moment| moment.bounds().0),
                last.map_or(i64::MAX, |moment| moment.bounds().1),
            ),
        }
    }

    /// Whether the year is known, so that the time can be compared with others.
    #[must_use]
    pub fn has_year(&self) -> bool {
        match self {
            Self::At(moment) => moment.year.is_some(),
            Self::Between(first, last) => {
                first.is_none_or(|moment| moment.year.is_some())
                    && last.is_none_or(|moment| moment.year.is_some())
            }
        }
    }

    /// Whether the other time lies within this one.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        let ((from, to), (other_from, other_to)) = (self.bounds(), other.bounds());
        self.has_year() == other.has_year() && from <= other_from && other_to <= to
    }

    /// Whether the two times share a second.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let ((from, to), (other_from, other_to)) = (self.bounds(), other.bounds());
        self.has_year() == other.has_year() && from <= other_to && other_from <= to
    }
}

impl Ord for Time {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |time: &Self| {
            let (from, to) = time.bounds();
            (!time.has_year(), from, std::cmp::Reverse(to))
        };
        key(self)
            .cmp(&key(other))
            .then_with(|| self.to_string().cmp(&other.to_string()))
    }
}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) if year < 0 => write!(formatter, "-{:04}", -year)?,
            Some(year) => write!(formatter, "{year:04}")?,
            None => formatter.write_str("-")?,
        }
        if let Some(month) = self.month {
            write!(formatter, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(formatter, "-{day:02}")?;
        }
        if let Some(second) = self.second {
            let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
            write!(formatter, "T{hour:02}:{minute:02}:{second:02}Z")?;
        }
        Ok(())
    }
}

impl fmt::Display for Time {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |moment: &Option<Moment>| {
            moment.map_or_else(|| "..".to_owned(), |moment| moment.to_string())
        };
        match self {
            Self::At(moment) => moment.fmt(formatter),
            Self::Between(first, last) => write!(formatter, "{}/{}", end(first), end(last)),
        }
    }
}

/// Why a text is not a time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a time: {0:?} (write 2021-10-28, 2021-07, 2021 or 2021-10-28T09:30:00Z)")]
pub struct NotATime(String);

impl FromStr for Moment {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read_moment(text).ok_or_else(|| NotATime(text.to_owned()))
    }
}

/// Reads `2021-10-28T09:30:00Z` and its shorter forms; `None` where it is none or no real date.
fn read_moment(text: &str) -> Option<Moment> {
    let (date, clock) = match text.split_once(['T', ' ']) {
        Some((date, clock)) => (date, Some(clock)),
        None => (text, None),
    };
    let (negative, digits) = match date.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, date),
    };
    let mut parts = digits.split('-');
    let year = match parts.next()? {
        "" if negative => None,
        year if year.len() == 4 => Some(read_digits::<i32>(year)? * if negative { -1 } else { 1 }),
        _ => return None,
    };
    let mut two = || {
        parts
            .next()
            .map(|part| (part.len() == 2).then(|| read_digits(part))?)
    };
    let (month, day): (Option<Option<u8>>, Option<Option<u8>>) = (two(), two());
    let (month, day) = (
        month.map_or(Some(None), |m| m.map(Some))?,
        day.map_or(Some(None), |d| d.map(Some))?,
    );
    if parts.next().is_some()
        || month.is_some_and(|month| !(1..=12).contains(&month))
        || (year.is_none() && month.is_none())
    {
        return None;
    }
    // A leap year stands in for an unknown one, so that 29 February is a day.
    let longest = month.map_or(31, |month| days_in_month(year.unwrap_or(2000), month));
    if day.is_some_and(|day| day == 0 || day > longest) || (day.is_none() && clock.is_some()) {
        return None;
    }
    let moment = Moment {
        year,
        month,
        day,
        second: None,
    };
    match clock {
        Some(clock) => read_clock(moment, clock),
        None => Some(moment),
    }
}

/// Adds a time of day, moved to UTC by its offset.
fn read_clock(moment: Moment, clock: &str) -> Option<Moment> {
    let split = clock.find(['Z', '+', '-']).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at_checked(split)?;
    let clock = clock
        .split_once('.')
        .map_or(clock, |(whole, _fraction)| whole);
    let seconds = read_time_of_day(clock)?;
    let offset = match zone.split_at_checked(1) {
        None | Some(("Z", "")) => 0,
        Some(("+", offset)) => read_time_of_day(offset)?,
        Some(("-", offset)) => -read_time_of_day(offset)?,
        Some(_) => return None,
    };
    moment.year?;
    Some(Moment::from_seconds(moment.bounds().0 + seconds - offset))
}

/// Reads `09:30` or `09:30:15` as seconds.
fn read_time_of_day(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let mut next = |limit: i64| {
        let part = parts.next()?;
        (part.len() == 2)
            .then(|| read_digits(part))?
            .filter(|&number: &i64| number < limit)
    };
    let (hour, minute) = (next(24)?, next(60)?);
    let second = if text.len() > 5 { next(60)? } else { 0 };
    parts
        .next()
        .is_none()
        .then_some(hour * 3600 + minute * 60 + second)
}

/// Reads plain digits, no sign.
fn read_digits<N: FromStr>(text: &str) -> Option<N> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())?
}

impl FromStr for Time {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let end = |part: &str| match part {
            ".." => Ok(None),
            part => part.parse::<Moment>().map(Some),
        };
        match text.split_once('/') {
            Some((first, last)) => {
                let (first, last) = (end(first)?, end(last)?);
                match (&first, &last) {
                    (Some(a), Some(b)) if a.bounds().0 > b.bounds().1 => {
                        Err(NotATime(text.to_owned()))
                    }
                    _ => Ok(Self::Between(first, last)),
                }
            }
            None => text.parse().map(Self::At),
        }
    }
}

#[cfg(test)]
mod tests;
