//! Numbers: whole ones exactly, others as the nearest double.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A number: whole where it can be, else a double.
///
/// `2` and `2.0` are the same number: they compare equal and hash alike.
///
/// # Examples
///
/// ```
/// use factbase::Number;
///
/// let whole: Number = "2".parse().unwrap();
/// let decimal: Number = "2.0".parse().unwrap();
/// assert_eq!(whole, decimal);
/// assert_eq!(decimal.to_string(), "2");
/// ```
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum Number {
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Decimal(f64),
}

impl Number {
    /// The number as a double.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "a double is the nearest a caller can get"
    )]
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Integer(whole) => whole as f64,
            Self::Decimal(decimal) => decimal,
        }
    }

    /// The whole number, where the number is one that fits.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        match self.simplified() {
            Self::Integer(whole) => Some(whole),
            Self::Decimal(_) => None,
        }
    }

    /// The same number, as a whole one where it is whole and small enough to be exact.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the range is checked just before"
    )]
    pub fn simplified(self) -> Self {
        // 2^53: up to here a double holds every whole number exactly.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        match self {
            Self::Decimal(decimal) if decimal.fract() == 0.0 && decimal.abs() <= EXACT => {
                Self::Integer(decimal as i64)
            }
            other => other,
        }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.simplified(), other.simplified()) {
            (Self::Integer(a), Self::Integer(b)) => a.cmp(&b),
            (a, b) => a.as_f64().total_cmp(&b.as_f64()),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.simplified().as_f64().to_bits().hash(state);
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.simplified() {
            Self::Integer(whole) => whole.fmt(formatter),
            Self::Decimal(decimal) => decimal.fmt(formatter),
        }
    }
}

impl FromStr for Number {
    type Err = std::num::ParseFloatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse() {
            Ok(whole) => Ok(Self::Integer(whole)),
            Err(_) => text
                .parse()
                .map(|decimal: f64| Self::Decimal(decimal).simplified()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_by_size_whatever_their_form() {
        let mut numbers: Vec<Number> = ["3", "2.5", "-1", "2", "1e3"]
            .iter()
            .map(|text| text.parse().unwrap())
            .collect();
        numbers.sort();
        let shown: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["-1", "2", "2.5", "3", "1000"]);
    }
}
