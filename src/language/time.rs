//! Dates, timestamps and intervals: from the digits of a token to a checked time.

use super::literal::{Date, Interval, Literal, Moment, Timestamp};

/// The value of a date, a timestamp or an interval token, or why there is no such time.
pub(super) fn read(text: &str) -> Result<Literal, String> {
    if let Some((start, end)) = text.split_once('/') {
        let (start, end) = (moment(start)?, moment(end)?);
        if is_after(start, end) {
            return Err(format!("the interval {text} ends before it begins"));
        }
        return Ok(Literal::Interval(Interval { start, end }));
    }
    Ok(match moment(text)? {
        Moment::Date(date) => Literal::Date(date),
        Moment::Timestamp(timestamp) => Literal::Timestamp(timestamp),
    })
}

fn moment(text: &str) -> Result<Moment, String> {
    match text.split_once('T') {
        None => Ok(Moment::Date(date(text)?)),
        Some((day, time)) => Ok(Moment::Timestamp(timestamp(date(day)?, time)?)),
    }
}

fn date(text: &str) -> Result<Date, String> {
    let mut parts = text.split('-');
    let year = parts
        .next()
        .and_then(|year| year.parse().ok())
        .unwrap_or_default();
    let month = parts.next().map(|month| month.parse().unwrap_or_default());
    let day = parts.next().map(|day| day.parse().unwrap_or_default());
    if let Some(month) = month {
        if !(1..=12).contains(&month) {
            return Err(format!("there is no month {month:02}"));
        }
        if day.is_some_and(|day| day < 1 || day > days_of_month(year, month)) {
            return Err(format!("there is no day {text}"));
        }
    }
    Ok(Date { year, month, day })
}

/// The number of days of a month in the Gregorian calendar.
fn days_of_month(year: u16, month: u8) -> u8 {
    let is_leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn timestamp(date: Date, text: &str) -> Result<Timestamp, String> {
    let (clock, offset_minutes) = match text.find(['Z', '+', '-']) {
        None => (text, None),
        Some(at) => {
            let (clock, zone) = text.split_at_checked(at).unwrap_or((text, "Z"));
            (clock, Some(offset_minutes(zone)?))
        }
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = clock
        .split(':')
        .map(|part| part.parse::<u8>().unwrap_or(u8::MAX));
    let mut part = || parts.next().unwrap_or_default();
    let (hour, minute, second) = (part(), part(), part());
    if hour > 23 || minute > 59 || second > 59 {
        return Err(format!("there is no time of day {clock}"));
    }
    Ok(Timestamp {
        date,
        hour,
        minute,
        second,
        nanosecond: nanosecond(fraction),
        offset_minutes,
    })
}

/// A fraction of a second, cut to nanoseconds.
fn nanosecond(digits: &str) -> u32 {
    let digits = digits.bytes().chain(std::iter::repeat(b'0')).take(9);
    digits.fold(0, |sum, digit| {
        sum * 10 + u32::from(digit.saturating_sub(b'0'))
    })
}

/// The offset of `Z`, `+02:00` or `-05:30`, within a day.
fn offset_minutes(zone: &str) -> Result<i16, String> {
    let Some((hours, minutes)) = zone.split_once(':') else {
        return Ok(0);
    };
    let magnitude: i16 = hours
        .get(1..)
        .and_then(|hours| hours.parse().ok())
        .unwrap_or(i16::MAX);
    let minutes: i16 = minutes.parse().unwrap_or(i16::MAX);
    if magnitude > 23 || minutes > 59 {
        return Err(format!("there is no offset {zone} from UTC"));
    }
    let total = magnitude * 60 + minutes;
    Ok(if hours.starts_with('-') {
        -total
    } else {
        total
    })
}

/// Whether one moment is after another, as far as both are written: days are compared with
/// days, months with months. Times of day are compared only with the same offset.
fn is_after(one: Moment, other: Moment) -> bool {
    let day = |moment| match moment {
        Moment::Date(date) => date,
        Moment::Timestamp(timestamp) => timestamp.date,
    };
    let (first, second) = (day(one), day(other));
    if first.year != second.year {
        return first.year > second.year;
    }
    let pairs = [(first.month, second.month), (first.day, second.day)];
    for (first, second) in pairs {
        match (first, second) {
            (Some(first), Some(second)) if first != second => return first > second,
            (Some(_), Some(_)) => {}
            _ => return false,
        }
    }
    match (one, other) {
        (Moment::Timestamp(one), Moment::Timestamp(other)) => {
            let clock = |time: Timestamp| (time.hour, time.minute, time.second, time.nanosecond);
            one.offset_minutes == other.offset_minutes && clock(one) > clock(other)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn times_of_the_calendar_are_read_and_written_alike() {
        for text in [
            "2021-10-28",
            "2021-10",
            "2000-02-29",
            "2021-10-28T10:00:00Z",
            "2021-10-28T23:59:59.5-05:30",
            "2021-10-28T10:00:00",
            "1914/1918",
            "1914/1918-11-11",
            "2021-10-28/2021-10",
        ] {
            assert_eq!(read(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn times_outside_the_calendar_are_refused() {
        for text in [
            "2021-00",
            "2021-13",
            "2021-02-29",
            "1900-02-29",
            "2021-10-28T24:00",
            "2021-10-28T10:60",
            "2021-10-28T10:00+24:00",
            "1918/1914",
            "2021-10-28/2021-10-27",
            "2021-10-28T10:00Z/2021-10-28T09:00Z",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
