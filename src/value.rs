//! Values: text, numbers, quantities, money, times and booleans.
//!
//! A value knows its normal form (`Display`), reads it back (`Value::parse`), and has one total
//! order, so that any column can be sorted. Comparisons across precision follow what the values
//! denote: a day lies within its month, "over 30" is not equal to 30.

mod amount;
pub(crate) mod calendar;
mod number;
mod time;

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

pub use amount::{Amount, Bound, Money, Quantity};
pub use number::Number;
pub use time::{Moment, Time};

/// The object of a fact or of a qualifier, when it is not an entity.
///
/// # Examples
///
/// ```
/// use factbase::Value;
///
/// let day: Value = Value::parse("time", "2021-10-28").unwrap();
/// assert_eq!(day.to_string(), "2021-10-28");
/// assert_eq!(day.kind(), "time");
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Value {
    /// Plain text.
    Text(String),
    /// A number without a unit.
    Number(Number),
    /// A number with a unit, and how sure its size is.
    Quantity(Quantity),
    /// A sum of money.
    Money(Money),
    /// A day, month, year, instant or interval.
    Time(Time),
    /// True or false.
    Boolean(bool),
}

impl Value {
    /// The name of the kind, as the export writes it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Number(_) => "number",
            Self::Quantity(_) => "quantity",
            Self::Money(_) => "money",
            Self::Time(_) => "time",
            Self::Boolean(_) => "boolean",
        }
    }

    /// Reads the normal form of a value of a kind; `None` where the text is not one.
    #[must_use]
    pub fn parse(kind: &str, text: &str) -> Option<Self> {
        match kind {
            "text" => Some(Self::Text(text.to_owned())),
            "number" => text.parse().ok().map(Self::Number),
            "quantity" => text.parse().ok().map(Self::Quantity),
            "money" => text.parse().ok().map(Self::Money),
            "time" => text.parse().ok().map(Self::Time),
            "boolean" => text.parse().ok().map(Self::Boolean),
            _ => None,
        }
    }

    /// Where values of different kinds stand in the one order.
    fn rank(&self) -> u8 {
        match self {
            Self::Boolean(_) => 0,
            Self::Number(_) => 1,
            Self::Quantity(_) => 2,
            Self::Money(_) => 3,
            Self::Time(_) => 4,
            Self::Text(_) => 5,
        }
    }

    /// One total order over all values: by kind, then by what they denote.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Number(a), Self::Number(b)) => a.cmp(b),
            (Self::Quantity(a), Self::Quantity(b)) => a.cmp(b),
            (Self::Money(a), Self::Money(b)) => a.cmp(b),
            (Self::Time(a), Self::Time(b)) => a.cmp(b),
            (Self::Boolean(a), Self::Boolean(b)) => a.cmp(b),
            _ => self.rank().cmp(&other.rank()),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => formatter.write_str(text),
            Self::Number(number) => number.fmt(formatter),
            Self::Quantity(quantity) => quantity.fmt(formatter),
            Self::Money(money) => money.fmt(formatter),
            Self::Time(time) => time.fmt(formatter),
            Self::Boolean(truth) => truth.fmt(formatter),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(Number::Integer(number))
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(Number::Decimal(number))
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Boolean(truth)
    }
}

impl From<Time> for Value {
    fn from(time: Time) -> Self {
        Self::Time(time)
    }
}
