//! Parameters: values for the `$names` of a query.

use std::collections::BTreeMap;

use crate::value::{Time, Value};

/// What a parameter stands for: one value, or a list for `in $names`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Parameter {
    /// One value. A text in the place of a name is that name.
    One(Value),
    /// Several values, for `?x in $names`.
    Many(Vec<Value>),
}

impl<V: Into<Value>> From<V> for Parameter {
    fn from(value: V) -> Self {
        Self::One(value.into())
    }
}

impl<V: Into<Value>> From<Vec<V>> for Parameter {
    fn from(values: Vec<V>) -> Self {
        Self::Many(values.into_iter().map(Into::into).collect())
    }
}

/// Parameters by name, without the dollar sign. The macro [`params!`](crate::params) makes them.
///
/// # Examples
///
/// ```
/// use factbase::{Parameters, params};
///
/// let written: Parameters = params! { "city" => "Paris", "year" => 1903 };
/// let built = Parameters::new().with("city", "Paris").with("year", 1903);
/// assert_eq!(written, built);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parameters {
    values: BTreeMap<String, Parameter>,
}

impl Parameters {
    /// No parameters.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same parameters and one more; an earlier one of the same name is replaced.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Parameter>) -> Self {
        self.values.insert(name.into(), value.into());
        self
    }

    /// The parameter with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Parameter> {
        self.values.get(name)
    }

    /// All parameters by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Parameter)> {
        self.values
            .iter()
            .map(|(name, value)| (name.as_str(), value))
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

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
        $crate::Parameters::new()$(.with($name, $value))*
    };
}
