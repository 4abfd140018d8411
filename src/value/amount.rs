//! Amounts with a bound ("over 30", "between 2 and 3 million"), their units and currencies.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Number;

/// How an amount relates to the number given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Bound {
    /// Less than the number: "under 30".
    Under,
    /// The number or less: "up to 30", "no more than 30".
    UpTo,
    /// Near the number: "about 30", "nearly 30".
    About,
    /// The number itself.
    Exact,
    /// The number or more: "at least 30".
    AtLeast,
    /// More than the number: "over 30".
    Over,
}

/// A number with its bound, or a range of two numbers.
///
/// The normal form is `30`, `over 30`, `at least 30`, `about 30`, `up to 30`, `under 30` or
/// `20..30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Amount {
    /// The number, or the lower end of a range.
    pub number: Number,
    /// The upper end of a range.
    pub upper: Option<Number>,
    /// How the amount relates to the number; `Exact` for a range.
    pub bound: Bound,
}

impl Amount {
    /// Exactly this number.
    #[must_use]
    pub fn exact(number: Number) -> Self {
        Self {
            number,
            upper: None,
            bound: Bound::Exact,
        }
    }

    /// This number with a bound.
    #[must_use]
    pub fn bounded(bound: Bound, number: Number) -> Self {
        Self {
            number,
            upper: None,
            bound,
        }
    }

    /// From one number to another, both included.
    #[must_use]
    pub fn range(lower: Number, upper: Number) -> Self {
        Self {
            number: lower,
            upper: Some(upper),
            bound: Bound::Exact,
        }
    }
}

impl Ord for Amount {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.number, self.bound, self.upper).cmp(&(other.number, other.bound, other.upper))
    }
}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The words that tell a bound, before the number.
const WORDS: [(&str, Bound); 5] = [
    ("under ", Bound::Under),
    ("up to ", Bound::UpTo),
    ("about ", Bound::About),
    ("at least ", Bound::AtLeast),
    ("over ", Bound::Over),
];

/// The bound that a text begins with, and the text behind its words.
fn split_bound(text: &str) -> (Bound, &str) {
    let told = WORDS
        .iter()
        .find_map(|(words, bound)| Some((*bound, text.strip_prefix(words)?)));
    told.unwrap_or((Bound::Exact, text))
}

impl fmt::Display for Amount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(upper) = self.upper {
            return write!(formatter, "{}..{upper}", self.number);
        }
        let words = WORDS.iter().find(|(_, bound)| *bound == self.bound);
        let words = words.map_or("", |(words, _)| words);
        write!(formatter, "{words}{}", self.number)
    }
}

/// Why a text is not an amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an amount: {0:?}")]
pub struct NotAnAmount(String);

impl FromStr for Amount {
    type Err = NotAnAmount;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || NotAnAmount(text.to_owned());
        let (bound, rest) = split_bound(text);
        if let Some((lower, upper)) = rest.split_once("..") {
            let lower = lower.parse().map_err(|_| wrong())?;
            return Ok(Self::range(lower, upper.parse().map_err(|_| wrong())?));
        }
        Ok(Self::bounded(bound, rest.parse().map_err(|_| wrong())?))
    }
}

/// Splits "over 30 people" into its amount and the unit behind it.
fn split_unit(text: &str) -> Result<(Amount, &str), NotAnAmount> {
    let (bound, rest) = split_bound(text);
    let (number, unit) = rest.split_once(' ').unwrap_or((rest, ""));
    let mut amount: Amount = number.parse()?;
    amount.bound = bound;
    Ok((amount, unit.trim_start()))
}

macro_rules! measured {
    ($name:ident, $unit:ident) => {
        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                self.$unit
                    .cmp(&other.$unit)
                    .then_with(|| self.amount.cmp(&other.amount))
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{}", self.amount)?;
                if self.$unit.is_empty() {
                    Ok(())
                } else {
                    write!(formatter, " {}", self.$unit)
                }
            }
        }

        impl FromStr for $name {
            type Err = NotAnAmount;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let (amount, unit) = split_unit(text)?;
                Ok(Self {
                    amount,
                    $unit: unit.to_owned(),
                })
            }
        }
    };
}

/// An amount of something: `over 30 %`, `99 lines of action`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quantity {
    /// How much.
    pub amount: Amount,
    /// Of what: a unit sign or the counted noun, in the singular where it is a unit.
    pub unit: String,
}

/// A sum of money: `over 8130000 USD`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// How much.
    pub amount: Amount,
    /// The currency: its ISO 4217 code where known, else its name.
    pub currency: String,
}

measured!(Quantity, unit);
measured!(Money, currency);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_form_reads_back() {
        for text in [
            "over 30 %",
            "at least 12 people",
            "up to 900 m",
            "99 lines of action",
            "2.5..3 km",
            "about 1000000",
        ] {
            let quantity: Quantity = text.parse().unwrap();
            assert_eq!(quantity.to_string(), text);
        }
        let money: Money = "over 8130000 USD".parse().unwrap();
        assert_eq!(money.currency, "USD");
        assert_eq!(money.amount.bound, Bound::Over);
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", "many people", "over", "up to", "1..x km"] {
            assert!(text.parse::<Quantity>().is_err(), "{text:?}");
        }
    }
}
