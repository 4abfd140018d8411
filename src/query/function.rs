//! The functions of the language on cells. Their names, arity and documentation are in the
//! table of the language.

use crate::language::{Arithmetic, Function};
use crate::value::{Moment, Number, Time, Value};

use super::cell::Cell;
use super::text::{fits, folded};

/// Applies a function to its arguments; `None` is empty, as where an argument has the wrong
/// kind. Aggregates, `bound`, `coalesce` and `mentions` are not computed here.
pub(crate) fn apply(function: Function, arguments: &[&Cell]) -> Option<Cell> {
    let first = arguments.first().copied()?;
    let second = arguments.get(1).copied();
    match function {
        Function::Contains | Function::StartsWith | Function::EndsWith | Function::Matches => {
            two_texts(function, first, second?).map(truth)
        }
        Function::Lower => Some(text(first.as_text()?.to_lowercase())),
        Function::Upper => Some(text(first.as_text()?.to_uppercase())),
        Function::Length => {
            let length = first.as_text()?.chars().count();
            Some(whole(i64::try_from(length).ok()?))
        }
        Function::Concat => Some(text(arguments.iter().map(ToString::to_string).collect())),
        Function::Text => Some(text(first.to_string())),
        Function::Year | Function::Month | Function::Day => {
            let moment = first_moment(&first.as_time()?)?;
            match function {
                Function::Year => moment.year.map(|year| whole(i64::from(year))),
                Function::Month => moment.month.map(|month| whole(i64::from(month))),
                _ => moment.day.map(|day| whole(i64::from(day))),
            }
        }
        Function::Start | Function::End => end_of(function, &first.as_time()?),
        Function::Overlaps | Function::Before | Function::After | Function::During => {
            two_times(function, &first.as_time()?, &second?.as_time()?).map(truth)
        }
        Function::Abs => match first.number()? {
            Number::Integer(number) => Some(whole(number.checked_abs()?)),
            Number::Decimal(number) => Some(decimal(number.abs())),
        },
        Function::Round => round(first.number()?, second.map_or(Some(0), digits)?),
        Function::Floor => Some(decimal(first.number()?.as_f64().floor())),
        Function::Ceiling => Some(decimal(first.number()?.as_f64().ceil())),
        Function::Number => match first.number() {
            Some(number) => Some(Cell::Value(Value::Number(number))),
            None => first.as_text()?.trim().parse().ok().map(number_cell),
        },
        Function::Unit => first
            .unit()
            .filter(|unit| !unit.is_empty())
            .map(|unit| text(unit.to_owned())),
        Function::Kind => Some(text(match first {
            Cell::Name(_) => "name".to_owned(),
            Cell::Value(value) => value.kind().to_owned(),
        })),
        Function::Count
        | Function::Sum
        | Function::Min
        | Function::Max
        | Function::Avg
        | Function::Sample
        | Function::GroupText
        | Function::Mentions
        | Function::Bound
        | Function::Coalesce => None,
    }
}

/// Computes with two numbers, whole where both are and the result fits; `None` for a division
/// by zero.
pub(crate) fn arithmetic(operation: Arithmetic, a: Number, b: Number) -> Option<Number> {
    if let (Number::Integer(a), Number::Integer(b)) = (a.simplified(), b.simplified()) {
        let exact = match operation {
            Arithmetic::Add => a.checked_add(b),
            Arithmetic::Subtract => a.checked_sub(b),
            Arithmetic::Multiply => a.checked_mul(b),
            Arithmetic::Divide => (b != 0 && a.checked_rem(b) == Some(0))
                .then(|| a.checked_div(b))
                .flatten(),
        };
        if let Some(number) = exact {
            return Some(Number::Integer(number));
        }
    }
    let (a, b) = (a.as_f64(), b.as_f64());
    let result = match operation {
        Arithmetic::Add => a + b,
        Arithmetic::Subtract => a - b,
        Arithmetic::Multiply => a * b,
        Arithmetic::Divide => a / b,
    };
    result
        .is_finite()
        .then(|| Number::Decimal(result).simplified())
}

fn text(text: String) -> Cell {
    Cell::Value(Value::Text(text))
}

fn truth(truth: bool) -> Cell {
    Cell::Value(Value::Boolean(truth))
}

fn whole(number: i64) -> Cell {
    Cell::Value(Value::from(number))
}

fn number_cell(number: Number) -> Cell {
    Cell::Value(Value::Number(number))
}

fn decimal(number: f64) -> Cell {
    number_cell(Number::Decimal(number).simplified())
}

fn digits(cell: &Cell) -> Option<i64> {
    cell.number()?.as_i64()
}

/// Halves go up; digits beyond those of a double change nothing.
fn round(number: Number, digits: i64) -> Option<Cell> {
    let digits = i32::try_from(digits.clamp(-300, 300)).ok()?;
    if matches!(number, Number::Integer(_)) && digits >= 0 {
        return Some(number_cell(number));
    }
    let scale = 10f64.powi(digits);
    let scaled = number.as_f64() * scale;
    if !scaled.is_finite() {
        return Some(number_cell(number));
    }
    Some(decimal((scaled + 0.5).floor() / scale))
}

fn two_texts(function: Function, first: &Cell, second: &Cell) -> Option<bool> {
    let (first, second) = (first.as_text()?, second.as_text()?);
    if function == Function::Matches {
        return Some(fits(first, second));
    }
    let (first, second) = (folded(first), folded(second));
    let second = second.as_ref();
    Some(match function {
        Function::Contains => first.contains(second),
        Function::StartsWith => first.starts_with(second),
        _ => first.ends_with(second),
    })
}

fn two_times(function: Function, first: &Time, second: &Time) -> Option<bool> {
    if first.has_year() != second.has_year() {
        return None;
    }
    let ((from, to), (other_from, other_to)) = (first.bounds(), second.bounds());
    Some(match function {
        Function::Overlaps => first.overlaps(second),
        Function::Before => to < other_from,
        Function::After => from > other_to,
        _ => second.contains(first),
    })
}

fn first_moment(time: &Time) -> Option<Moment> {
    match time {
        Time::At(moment) => Some(*moment),
        Time::Between(first, _) => *first,
    }
}

/// The first or the last day of a time.
fn end_of(function: Function, time: &Time) -> Option<Cell> {
    let (from, to) = time.bounds();
    let seconds = if function == Function::Start {
        from
    } else {
        to
    };
    if !time.has_year() || seconds == i64::MIN || seconds == i64::MAX {
        return None;
    }
    let moment = Moment {
        second: None,
        ..Moment::from_seconds(seconds)
    };
    Some(Cell::Value(Value::Time(Time::At(moment))))
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

    /// A function, its arguments by kind, and its value.
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], Option<&'a str>);

    #[test]
    fn functions_compute_what_their_documentation_says() {
        let cases: &[Case] = &[
            (
                "contains",
                &[("text", "A Cat sat"), ("text", "cat")],
                Some("true"),
            ),
            (
                "starts_with",
                &[("name", "Élan"), ("text", "elan")],
                Some("true"),
            ),
            (
                "ends_with",
                &[("name", "Paris"), ("text", "RIS")],
                Some("true"),
            ),
            (
                "matches",
                &[("name", "Paris"), ("text", "p*s")],
                Some("true"),
            ),
            ("length", &[("text", "häuser")], Some("6")),
            ("upper", &[("text", "ab")], Some("AB")),
            ("concat", &[("text", "a"), ("number", "2")], Some("a2")),
            ("year", &[("time", "2022-05-16/2023-01-01")], Some("2022")),
            ("month", &[("time", "2022")], None),
            ("day", &[("time", "2022-05-16")], Some("16")),
            ("start", &[("time", "2022")], Some("2022-01-01")),
            ("end", &[("time", "2024-02")], Some("2024-02-29")),
            (
                "overlaps",
                &[("time", "2022-05"), ("number", "2022")],
                Some("true"),
            ),
            (
                "before",
                &[("time", "2021"), ("time", "2022-05")],
                Some("true"),
            ),
            (
                "during",
                &[("time", "2022-05"), ("number", "2022")],
                Some("true"),
            ),
            (
                "during",
                &[("number", "2022"), ("time", "2022-05")],
                Some("false"),
            ),
            ("abs", &[("number", "-3")], Some("3")),
            ("round", &[("number", "2.5")], Some("3")),
            (
                "round",
                &[("number", "2.345"), ("number", "2")],
                Some("2.35"),
            ),
            ("floor", &[("number", "-2.5")], Some("-3")),
            ("ceiling", &[("number", "2.1")], Some("3")),
            ("number", &[("money", "over 5 EUR")], Some("5")),
            ("number", &[("text", "many")], None),
            ("unit", &[("money", "5 EUR")], Some("EUR")),
            ("kind", &[("time", "2021")], Some("time")),
        ];
        for (name, arguments, expected) in cases {
            let function = Function::from_word(name).unwrap();
            let arguments: Vec<Cell> = arguments.iter().map(|(k, t)| cell(k, t)).collect();
            let arguments: Vec<&Cell> = arguments.iter().collect();
            let found = apply(function, &arguments).map(|cell| cell.to_string());
            assert_eq!(found.as_deref(), *expected, "{name}{arguments:?}");
        }
    }

    #[test]
    fn division_is_exact_where_it_can_be_and_empty_by_zero() {
        let divide = |a, b| arithmetic(Arithmetic::Divide, Number::Integer(a), Number::Integer(b));
        assert_eq!(divide(6, 3), Some(Number::Integer(2)));
        assert_eq!(divide(1, 2), Some(Number::Decimal(0.5)));
        assert_eq!(divide(1, 0), None);
        assert_eq!(
            divide(i64::MIN, -1).map(Number::as_f64),
            Some(-(i64::MIN as f64))
        );
    }
}
