//! Names alone where a line may have an object: `"subject": "Ada"`.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::{ArgumentLine, PredicateLine};

/// A subject: a name, or an object with `name` or `value`.
pub(super) fn argument<'de, D: Deserializer<'de>>(from: D) -> Result<ArgumentLine, D::Error> {
    from.deserialize_any(Term).and_then(|term| match term {
        Some(argument) => Ok(argument),
        None => Err(D::Error::custom("a subject is missing")),
    })
}

/// An object: as a subject, or nothing.
pub(super) fn object<'de, D: Deserializer<'de>>(from: D) -> Result<Option<ArgumentLine>, D::Error> {
    from.deserialize_any(Term)
}

/// A predicate: its name, or an object with `name`.
pub(super) fn predicate<'de, D: Deserializer<'de>>(from: D) -> Result<PredicateLine, D::Error> {
    from.deserialize_any(Verb)
}

struct Term;

impl<'de> Visitor<'de> for Term {
    type Value = Option<ArgumentLine>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name, or an object with \"name\" or \"value\"")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Some(ArgumentLine {
            text: None,
            name: Some(name.to_owned()),
            kind: None,
            value: None,
        }))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        ArgumentLine::deserialize(MapAccessDeserializer::new(map)).map(Some)
    }
}

struct Verb;

impl<'de> Visitor<'de> for Verb {
    type Value = PredicateLine;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a predicate's name, or an object with \"name\"")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(PredicateLine {
            text: None,
            name: name.to_owned(),
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        PredicateLine::deserialize(MapAccessDeserializer::new(map))
    }
}
