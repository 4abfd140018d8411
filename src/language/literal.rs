//! Literals as they are written: numbers, texts and times, checked but not interpreted.
//!
//! These are plain types of the language's own. What they mean in a store (which zone a
//! timestamp without one has, how an integer compares with a date) is decided above.

use std::fmt;

/// A value written out in a query.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A text in double quotes, without the quotes and with its escapes resolved. Where a name
    /// can stand, it may be meant as a name.
    Text(String),
    /// A whole number: `1990`, `-3`. Compared with a date it is a year.
    Integer(i64),
    /// A number with a fraction or an exponent: `0.5`, `1e9`. Always finite.
    Decimal(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A day or a month: `1905-06-01`, `2021-07`.
    Date(Date),
    /// A time of day on a day: `2021-10-28T10:00:00Z`.
    Timestamp(Timestamp),
    /// The time from one moment to another: `2022-05-16/2022-05-18`.
    Interval(Interval),
}

/// A year, a month or a day of the Gregorian calendar, as precise as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The year, 0 to 9999.
    pub year: u16,
    /// The month, 1 to 12. Only a bound of an interval can be without one.
    pub month: Option<u8>,
    /// The day of the month, 1 to 31, checked against the month.
    pub day: Option<u8>,
}

/// A time of day on a day, with the offset it was written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timestamp {
    /// The day; its month and day are present.
    pub date: Date,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
    /// The second, 0 to 59.
    pub second: u8,
    /// The fraction of the second in nanoseconds.
    pub nanosecond: u32,
    /// The offset from UTC in minutes, east positive; `None` if none was written.
    pub offset_minutes: Option<i16>,
}

/// A bound of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A year, a month or a day.
    Date(Date),
    /// A time of day.
    Timestamp(Timestamp),
}

/// The time from one moment to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The first moment.
    pub start: Moment,
    /// The last moment, not before the first as far as both are precise.
    pub end: Moment,
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            date,
            hour,
            minute,
            second,
            nanosecond,
            offset_minutes,
        } = self;
        write!(f, "{date}T{hour:02}:{minute:02}:{second:02}")?;
        if *nanosecond != 0 {
            let digits = format!("{nanosecond:09}");
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        match offset_minutes {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(minutes) => {
                let sign = if *minutes < 0 { '-' } else { '+' };
                let minutes = minutes.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Timestamp(timestamp) => timestamp.fmt(f),
        }
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.start, self.end)
    }
}

/// Writes the literal as the language reads it: a text in quotes with escapes.
impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write_text(text, f),
            Self::Integer(number) => number.fmt(f),
            // `Debug` always shows a point or an exponent, so it reads back as a decimal.
            Self::Decimal(number) => write!(f, "{number:?}"),
            Self::Boolean(truth) => truth.fmt(f),
            Self::Date(date) => date.fmt(f),
            Self::Timestamp(timestamp) => timestamp.fmt(f),
            Self::Interval(interval) => interval.fmt(f),
        }
    }
}

/// Writes a text in double quotes, with escapes for what cannot stand between them.
pub(super) fn write_text(text: &str, f: &mut dyn fmt::Write) -> fmt::Result {
    f.write_char('"')?;
    for character in text.chars() {
        match character {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            other if other.is_control() => write!(f, "\\u{{{:x}}}", u32::from(other))?,
            other => f.write_char(other)?,
        }
    }
    f.write_char('"')
}
