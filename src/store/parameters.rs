//! Parameters: values for the `$names` of a query.

use crate::value::{Time, Value};

/// Reads what a person types for a parameter: a number, a date, `true`, `false`, else a text.
///
/// # Examples
///
/// ```
/// use factbase::{Value, value_from_text};
///
/// assert_eq!(value_from_text("1903"), Value::from(1903));
/// assert_eq!(value_from_text("1903-12-10").kind(), "time");
/// assert_eq!(value_from_text("Paris"), Value::from("Paris"));
/// assert_eq!(value_from_text("\"1903\""), Value::from("1903"));
/// ```
#[must_use]
pub fn value_from_text(text: &str) -> Value {
    if let Some(inner) = text
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    {
        return Value::Text(inner.to_owned());
    }
    match text {
        "true" => return Value::Boolean(true),
        "false" => return Value::Boolean(false),
        _ => {}
    }
    let begins_as_number = text
        .strip_prefix('-')
        .unwrap_or(text)
        .starts_with(|first: char| first.is_ascii_digit());
    if begins_as_number {
        if let Some(number) = Value::parse("number", text) {
            return number;
        }
        if let Ok(time) = text.parse::<Time>() {
            return Value::Time(time);
        }
    }
    Value::Text(text.to_owned())
}

/// Parameters for a query, by name.
///
/// # Examples
///
/// ```
/// use factbase::{Store, params};
///
/// # fn main() -> factbase::Result<()> {
/// let store = Store::in_memory()?;
/// store.execute(r#"assert "Marie Curie" work_for Sorbonne"#)?;
/// let jobs = store.prepare("?who work_for $company")?;
/// let rows = jobs.query(params! { "company" => "Sorbonne" })?;
/// assert_eq!(rows.count(), 1);
/// # Ok(())
/// # }
/// ```
#[macro_export]
macro_rules! params {
    ($($name:expr => $value:expr),* $(,)?) => {
        $crate::Parameters::from([
            $((::std::string::String::from($name), $crate::Parameter::from($value))),*
        ])
    };
}
