//! Terms: what stands in the columns of a row, how their numbers carry small values, and in which
//! order they stand.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::identifier::TermId;
use crate::fact::{Argument, Content};
use crate::value::{Moment, Money, Number, Quantity, Time, Value};

/// A name or a value: what stands in a row of an answer.
///
/// # Examples
///
/// ```
/// use factbase::{Term, Value};
///
/// assert_eq!(Term::from("Marie Curie").to_string(), "Marie Curie");
/// assert_eq!(Term::from(Value::from(2)).as_name(), None);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Term {
    /// An entity, a phrase, a predicate, an IRI.
    Name(String),
    /// A literal.
    Value(Value),
}

/// What kind of term, as the dictionary keeps them apart; the numbers are those on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum TermKind {
    /// A name.
    Name = 1,
    /// Plain text.
    Text = 2,
    /// A number that does not fit into a term's number.
    Number = 3,
    /// A quantity.
    Quantity = 4,
    /// A sum of money.
    Money = 5,
    /// An interval, or a time without a year.
    Time = 6,
    /// True or false: always carried by the number, never in the dictionary.
    Boolean = 7,
}

impl TermKind {
    /// All kinds in the order of the dictionary.
    pub(crate) const ALL: [Self; 6] = [
        Self::Name,
        Self::Text,
        Self::Number,
        Self::Quantity,
        Self::Money,
        Self::Time,
    ];

    /// The kind with this number on disk.
    pub(crate) fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as u8 == byte)
    }
}

const INLINE_BOOLEAN: u64 = 0x8;
const INLINE_INTEGER: u64 = 0x9;
const INLINE_TIME: u64 = 0xA;
const TAG_SHIFT: u32 = 60;
const PAYLOAD: u64 = (1 << TAG_SHIFT) - 1;
/// Whole numbers below this size, positive and negative, are carried in the term's number.
const INTEGER_LIMIT: i64 = 1 << 58;
/// Added to the seconds of a time so that the years -9999 to 9999 are positive.
const TIME_OFFSET: i64 = 400_000_000_000;

impl Term {
    /// A name.
    pub fn name(name: impl Into<String>) -> Self {
        Self::Name(name.into())
    }

    /// The term that stands for an argument in the rows: its canonical name or its value.
    pub(crate) fn of(argument: &Argument) -> Self {
        match &argument.content {
            Content::Entity { name, .. } | Content::Phrase { name } => Self::Name(name.clone()),
            Content::Value(value) => Self::Value(value.clone()),
        }
    }

    /// The name, where it is one.
    #[must_use]
    pub fn as_name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            Self::Value(_) => None,
        }
    }

    /// The value, where it is one.
    #[must_use]
    pub fn as_value(&self) -> Option<&Value> {
        match self {
            Self::Name(_) => None,
            Self::Value(value) => Some(value),
        }
    }

    /// One total order: booleans, numbers, quantities, money, times, texts, names, and within
    /// each by what it denotes.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Value(a), Self::Value(b)) => a.compare(b),
            (Self::Name(a), Self::Name(b)) => a.cmp(b),
            (Self::Value(_), Self::Name(_)) => Ordering::Less,
            (Self::Name(_), Self::Value(_)) => Ordering::Greater,
        }
    }

    /// The number that carries the term itself; `None` where the dictionary must.
    pub(crate) fn inline(&self) -> Option<TermId> {
        let (tag, payload) = match self {
            Self::Value(Value::Boolean(truth)) => (INLINE_BOOLEAN, u64::from(*truth)),
            Self::Value(Value::Number(number)) => {
                let whole = number.as_i64()?;
                if !(-INTEGER_LIMIT..INTEGER_LIMIT).contains(&whole) {
                    return None;
                }
                (INLINE_INTEGER, (whole + INTEGER_LIMIT).cast_unsigned())
            }
            Self::Value(Value::Time(time)) => (INLINE_TIME, inline_time(time)?),
            _ => return None,
        };
        Some(TermId::from_raw(tag << TAG_SHIFT | payload))
    }

    /// The term a number carries; `None` where it does not.
    pub(crate) fn from_inline(id: TermId) -> Option<Self> {
        let payload = id.raw() & PAYLOAD;
        let value = match id.raw() >> TAG_SHIFT {
            INLINE_BOOLEAN => Value::Boolean(payload == 1),
            INLINE_INTEGER => Value::Number(Number::Integer(payload.cast_signed() - INTEGER_LIMIT)),
            INLINE_TIME => Value::Time(time_of_inline(payload)?),
            _ => return None,
        };
        Some(Self::Value(value))
    }

    /// The kind as the dictionary tells it apart; booleans, whole numbers and times carried by
    /// their number have that of numbers and times.
    pub(crate) fn kind_of_inline(id: TermId) -> Option<TermKind> {
        match id.raw() >> TAG_SHIFT {
            INLINE_BOOLEAN => Some(TermKind::Boolean),
            INLINE_INTEGER => Some(TermKind::Number),
            INLINE_TIME => Some(TermKind::Time),
            _ => None,
        }
    }

    /// Kind byte and normal form: how the dictionary writes and sorts the term; `None` for what
    /// a number carries always.
    pub(crate) fn to_key(&self) -> Vec<u8> {
        let (kind, text) = match self {
            Self::Name(name) => (TermKind::Name, std::borrow::Cow::Borrowed(name.as_str())),
            Self::Value(Value::Text(text)) => {
                (TermKind::Text, std::borrow::Cow::Borrowed(text.as_str()))
            }
            Self::Value(value) => {
                let kind = match value {
                    Value::Quantity(_) => TermKind::Quantity,
                    Value::Money(_) => TermKind::Money,
                    Value::Time(_) => TermKind::Time,
                    _ => TermKind::Number,
                };
                (kind, std::borrow::Cow::Owned(value.to_string()))
            }
        };
        key_of(kind, &text)
    }

    /// The key of the name with this text.
    pub(crate) fn key_of_name(name: &str) -> Vec<u8> {
        key_of(TermKind::Name, name)
    }

    /// The inverse of [`Term::to_key`]; `None` for bytes that are no term.
    pub(crate) fn from_owned_key(mut key: Vec<u8>) -> Option<Self> {
        let kind = TermKind::from_byte(*key.first()?)?;
        if !matches!(kind, TermKind::Name | TermKind::Text) {
            return Self::from_key(&key);
        }
        key.remove(0);
        let text = String::from_utf8(key).ok()?;
        Some(match kind {
            TermKind::Name => Self::Name(text),
            _ => Self::Value(Value::Text(text)),
        })
    }

    /// The inverse of [`Term::to_key`]; `None` for bytes that are no term.
    pub(crate) fn from_key(key: &[u8]) -> Option<Self> {
        let (&kind, text) = key.split_first()?;
        let text = std::str::from_utf8(text).ok()?;
        Some(match TermKind::from_byte(kind)? {
            TermKind::Name => Self::Name(text.to_owned()),
            TermKind::Text => Self::Value(Value::Text(text.to_owned())),
            TermKind::Number => Self::Value(Value::Number(text.parse().ok()?)),
            TermKind::Quantity => Self::Value(Value::Quantity(text.parse::<Quantity>().ok()?)),
            TermKind::Money => Self::Value(Value::Money(text.parse::<Money>().ok()?)),
            TermKind::Time => Self::Value(Value::Time(text.parse().ok()?)),
            TermKind::Boolean => return None,
        })
    }
}

/// The key of a term of a kind.
fn key_of(kind: TermKind, text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(1 + text.len());
    key.push(kind as u8);
    key.extend_from_slice(text.as_bytes());
    key
}

/// Seconds and precision of a moment with a year, so that the order of numbers is that of times:
/// a year before its first month, that before its first day.
fn inline_time(time: &Time) -> Option<u64> {
    let Time::At(moment) = time else {
        return None;
    };
    if !(-9999..=9999).contains(&moment.year?) {
        return None;
    }
    let precision = match (moment.month, moment.day, moment.second) {
        (None, None, None) => 0,
        (Some(_), None, None) => 1,
        (Some(_), Some(_), None) => 2,
        (Some(_), Some(_), Some(_)) => 3,
        _ => return None,
    };
    let seconds = u64::try_from(moment.bounds().0 + TIME_OFFSET).ok()?;
    Some(seconds << 2 | precision)
}

/// The inverse of [`inline_time`].
fn time_of_inline(payload: u64) -> Option<Time> {
    let seconds = (payload >> 2).cast_signed() - TIME_OFFSET;
    let Moment {
        year,
        month,
        day,
        second,
    } = Moment::from_seconds(seconds);
    let precision = payload & 3;
    Some(Time::At(Moment {
        year: Some(year?),
        month: month.filter(|_| precision >= 1),
        day: day.filter(|_| precision >= 2),
        second: second.filter(|_| precision == 3),
    }))
}

impl fmt::Display for Term {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => formatter.write_str(name),
            Self::Value(value) => value.fmt(formatter),
        }
    }
}

impl From<&str> for Term {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

impl From<Value> for Term {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}

#[cfg(test)]
mod tests;
