//! Cells: what stands in one column of one row of an answer.

use std::cmp::Ordering;

use crate::value::{Amount, Bound, Number, Time, Value};

use super::text::folded;

/// A name or a value in a row of an answer: a term, whether the store knows it or not.
pub(crate) use crate::storage::Term as Cell;

impl Cell {
    /// The text of a name or of a text value.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Name(text) | Self::Value(Value::Text(text)) => Some(text),
            Self::Value(_) => None,
        }
    }

    /// The time it denotes: a time, a whole number taken as a year, or a text that is a time.
    pub(crate) fn as_time(&self) -> Option<Time> {
        match self {
            Self::Value(Value::Time(time)) => Some(*time),
            Self::Value(Value::Number(number)) => {
                let year = number.as_i64()?;
                let year = i32::try_from(year).ok()?;
                (0..=9999)
                    .contains(&year)
                    .then(|| Time::At(crate::value::Moment::year(year)))
            }
            Self::Value(Value::Text(text)) => text.parse().ok(),
            _ => None,
        }
    }

    /// The amount it denotes: a number, or that of a quantity or a sum of money.
    fn amount(&self) -> Option<Amount> {
        match self {
            Self::Value(Value::Number(number)) => Some(Amount::exact(*number)),
            Self::Value(Value::Quantity(quantity)) => Some(quantity.amount),
            Self::Value(Value::Money(money)) => Some(money.amount),
            _ => None,
        }
    }

    /// The unit or currency, empty for a plain number.
    pub(crate) fn unit(&self) -> Option<&str> {
        match self {
            Self::Value(Value::Number(_)) => Some(""),
            Self::Value(Value::Quantity(quantity)) => Some(&quantity.unit),
            Self::Value(Value::Money(money)) => Some(&money.currency),
            _ => None,
        }
    }

    /// The number, or that of a quantity or a sum of money.
    pub(crate) fn number(&self) -> Option<Number> {
        self.amount().map(|amount| amount.number)
    }

    /// Whether both denote the same, as `=` asks: texts and names without case and diacritics,
    /// a whole number compared with a time is a year, and a time is equal to the coarser one it
    /// lies in.
    pub(crate) fn denotes_same(&self, other: &Self) -> bool {
        if let (Some(a), Some(b)) = (self.as_text(), other.as_text()) {
            return a == b || folded(a) == folded(b);
        }
        if self.is_time() || other.is_time() {
            return match (self.as_time(), other.as_time()) {
                (Some(a), Some(b)) => a.contains(&b) || b.contains(&a),
                _ => false,
            };
        }
        match (self, other) {
            (Self::Value(a), Self::Value(b)) => a.compare(b) == Ordering::Equal,
            _ => false,
        }
    }

    /// How the cell compares with another in the sense of `<` and `>`; `None` where neither is
    /// certainly before the other or they cannot be compared.
    pub(crate) fn denotes_order(&self, other: &Self) -> Option<Ordering> {
        if self.is_time() || other.is_time() {
            return order_times(&self.as_time()?, &other.as_time()?);
        }
        if let (Some(a), Some(b)) = (self.as_text(), other.as_text()) {
            return Some(a.cmp(b));
        }
        if let (Some(a), Some(b)) = (self.amount(), other.amount()) {
            let (unit_a, unit_b) = (self.unit()?, other.unit()?);
            return if unit_a == unit_b || unit_a.is_empty() || unit_b.is_empty() {
                order_amounts(a, b)
            } else {
                None
            };
        }
        match (self, other) {
            (Self::Value(Value::Boolean(a)), Self::Value(Value::Boolean(b))) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// Whether the cell is at least (`Greater`) or at most (`Less`) the other, as `>=` and `<=`
    /// ask. For a time that is: it does not begin before, or does not end after the other.
    pub(crate) fn denotes_at(&self, direction: Ordering, other: &Self) -> bool {
        if self.is_time() || other.is_time() {
            let (Some(a), Some(b)) = (self.as_time(), other.as_time()) else {
                return false;
            };
            if a.has_year() != b.has_year() {
                return false;
            }
            return match direction {
                Ordering::Greater => a.bounds().0 >= b.bounds().0,
                _ => a.bounds().1 <= b.bounds().1,
            };
        }
        match self.denotes_order(other) {
            Some(order) => order == direction || order == Ordering::Equal,
            None => false,
        }
    }

    fn is_time(&self) -> bool {
        matches!(self, Self::Value(Value::Time(_)))
    }
}

/// One time is before another when it ends before the other begins.
fn order_times(a: &Time, b: &Time) -> Option<Ordering> {
    if a.has_year() != b.has_year() {
        return None;
    }
    let ((a_from, a_to), (b_from, b_to)) = (a.bounds(), b.bounds());
    if a_to < b_from {
        Some(Ordering::Less)
    } else if a_from > b_to {
        Some(Ordering::Greater)
    } else if (a_from, a_to) == (b_from, b_to) {
        Some(Ordering::Equal)
    } else {
        None
    }
}

/// The lowest and the highest number an amount may stand for, and whether it is the end itself.
fn ends(amount: Amount) -> ((f64, bool), (f64, bool)) {
    let number = amount.number.as_f64();
    match (amount.upper, amount.bound) {
        (Some(upper), _) => ((number, true), (upper.as_f64(), true)),
        (None, Bound::Over) => ((number, false), (f64::INFINITY, true)),
        (None, Bound::AtLeast) => ((number, true), (f64::INFINITY, true)),
        (None, Bound::Under) => ((f64::NEG_INFINITY, true), (number, false)),
        (None, Bound::UpTo) => ((f64::NEG_INFINITY, true), (number, true)),
        (None, Bound::About | Bound::Exact) => ((number, true), (number, true)),
    }
}

/// One amount is below another when its highest number is below the other's lowest.
fn order_amounts(a: Amount, b: Amount) -> Option<Ordering> {
    if a.bound == Bound::Exact && b.bound == Bound::Exact && (a.upper, b.upper) == (None, None) {
        return Some(a.number.cmp(&b.number));
    }
    if a == b {
        return Some(Ordering::Equal);
    }
    let below = |high: (f64, bool), low: (f64, bool)| {
        high.0 < low.0 || (high.0 == low.0 && !(high.1 && low.1))
    };
    let ((a_low, a_high), (b_low, b_high)) = (ends(a), ends(b));
    if below(a_high, b_low) {
        Some(Ordering::Less)
    } else if below(b_high, a_low) {
        Some(Ordering::Greater)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(kind: &str, text: &str) -> Cell {
        match kind {
            "name" => Cell::from(text),
            kind => Cell::Value(Value::parse(kind, text).unwrap()),
        }
    }

    #[test]
    fn a_whole_number_compared_with_a_time_is_a_year() {
        let day = cell("time", "1990-05-17");
        assert!(day.denotes_same(&Cell::Value(1990.into())));
        assert!(day.denotes_at(Ordering::Greater, &Cell::Value(1990.into())));
        assert_eq!(
            day.denotes_order(&Cell::Value(1989.into())),
            Some(Ordering::Greater)
        );
        assert_eq!(day.denotes_order(&Cell::Value(1990.into())), None);
    }

    #[test]
    fn over_thirty_is_above_thirty_and_not_equal_to_it() {
        let over = cell("quantity", "over 30 people");
        let thirty = Cell::Value(30.into());
        assert!(!over.denotes_same(&thirty));
        assert_eq!(over.denotes_order(&thirty), Some(Ordering::Greater));
        assert_eq!(over.denotes_order(&Cell::Value(40.into())), None);
        let euros = cell("money", "5 EUR");
        assert_eq!(euros.denotes_order(&cell("money", "4 USD")), None);
        assert_eq!(
            euros.denotes_order(&Cell::Value(4.into())),
            Some(Ordering::Greater)
        );
    }

    #[test]
    fn names_and_texts_are_equal_without_case_and_diacritics() {
        assert!(Cell::from("Kraków").denotes_same(&cell("text", "krakow")));
        assert!(!Cell::from("Kraków").denotes_same(&cell("text", "Warsaw")));
    }
}
