//! Arguments: what stands in the place of a subject, an object or a qualifier.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::EntityKind;
use crate::value::Value;

/// What an argument denotes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Content {
    /// An entity, by its canonical name.
    Entity {
        /// The canonical name.
        name: String,
        /// What kind of thing it is.
        kind: EntityKind,
    },
    /// A noun phrase or clause that names no known entity, without its article: `meeting`.
    Phrase {
        /// The phrase in its normal form.
        name: String,
    },
    /// A literal.
    Value(Value),
}

/// A subject, object or qualifier value: the words and what they denote.
///
/// # Examples
///
/// ```
/// use factbase::{Argument, Value};
///
/// let name = Argument::from("Marie Curie");
/// assert_eq!(name.name(), Some("Marie Curie"));
/// let count = Argument::from(Value::from(2));
/// assert_eq!(count.to_string(), "2");
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Argument {
    /// The words as they stand in the sentence; the normal form where there are none.
    pub text: String,
    /// What they denote.
    pub content: Content,
}

impl Argument {
    /// An entity, written as in the sentence.
    #[must_use]
    pub fn entity(text: impl Into<String>, name: impl Into<String>, kind: EntityKind) -> Self {
        Self {
            text: text.into(),
            content: Content::Entity {
                name: name.into(),
                kind,
            },
        }
    }

    /// A phrase, written as in the sentence.
    #[must_use]
    pub fn phrase(text: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            content: Content::Phrase { name: name.into() },
        }
    }

    /// A literal, written as in the sentence.
    #[must_use]
    pub fn literal(text: impl Into<String>, value: Value) -> Self {
        Self {
            text: text.into(),
            content: Content::Value(value),
        }
    }

    /// The canonical name, where the argument is an entity or a phrase.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match &self.content {
            Content::Entity { name, .. } | Content::Phrase { name } => Some(name),
            Content::Value(_) => None,
        }
    }

    /// The value, where the argument is a literal.
    #[must_use]
    pub fn value(&self) -> Option<&Value> {
        match &self.content {
            Content::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The kind as the export writes it: an entity's kind, `phrase`, or a value's kind.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.content {
            Content::Entity { kind, .. } => kind.as_str(),
            Content::Phrase { .. } => "phrase",
            Content::Value(value) => value.kind(),
        }
    }
}

impl fmt::Display for Argument {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.content {
            Content::Entity { name, .. } | Content::Phrase { name } => formatter.write_str(name),
            Content::Value(value) => value.fmt(formatter),
        }
    }
}

impl From<&str> for Argument {
    fn from(name: &str) -> Self {
        Self::entity(name, name, EntityKind::Other)
    }
}

impl From<String> for Argument {
    fn from(name: String) -> Self {
        Self::entity(name.clone(), name, EntityKind::Other)
    }
}

impl From<Value> for Argument {
    fn from(value: Value) -> Self {
        Self::literal(value.to_string(), value)
    }
}
