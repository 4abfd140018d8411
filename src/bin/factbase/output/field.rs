//! What a row holds, as the formats see it.

use std::borrow::Cow;

use factbase::{Number, Value};

/// A field of a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Field<'a> {
    /// Nothing: an optional pattern did not match.
    Empty,
    /// A name or a text.
    Text(Cow<'a, str>),
    /// A number.
    Number(Number),
    /// A truth value.
    Boolean(bool),
}

impl<'a> Field<'a> {
    /// What stands in a column of a row.
    pub(crate) fn of_cell(cell: Option<&'a factbase::Term>) -> Self {
        match cell {
            None => Self::Empty,
            Some(factbase::Term::Name(name)) => Self::Text(Cow::Borrowed(name)),
            Some(factbase::Term::Value(value)) => Self::of_value(value),
        }
    }

    /// A value; times, quantities and money are written in their normal form.
    fn of_value(value: &'a Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(Cow::Borrowed(text)),
            Value::Number(number) => Self::Number(*number),
            Value::Boolean(truth) => Self::Boolean(*truth),
            other => Self::Text(Cow::Owned(other.to_string())),
        }
    }

    /// The same, on its own.
    pub(crate) fn into_owned(self) -> Field<'static> {
        match self {
            Self::Empty => Field::Empty,
            Self::Text(text) => Field::Text(Cow::Owned(text.into_owned())),
            Self::Number(number) => Field::Number(number),
            Self::Boolean(truth) => Field::Boolean(truth),
        }
    }

    /// The words a person reads.
    pub(crate) fn shown(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Boolean(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
        }
    }
}

/// A piece of evidence behind a row.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Source {
    /// The fact that it supports, in one line.
    pub(crate) fact: String,
    /// The document.
    pub(crate) document: String,
    /// Its title.
    pub(crate) title: Option<String>,
    /// The number of the sentence, from 0.
    pub(crate) sentence: Option<u32>,
    /// The sentence.
    pub(crate) text: String,
    /// When the document was published.
    pub(crate) published: Option<String>,
    /// Who says so.
    pub(crate) speaker: Option<String>,
    /// How likely the fact is read rightly.
    pub(crate) confidence: f32,
}
