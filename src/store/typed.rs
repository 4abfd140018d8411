//! Rows as values of the caller's types, through serde.

use std::fmt;

use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use crate::error::{Error, Result};
use crate::storage::Term as Cell;
use crate::value::{Number, Value};

/// Reads a row as a struct by its columns' names, or as a tuple by their order.
pub(crate) fn from_row<T: DeserializeOwned>(
    columns: &[String],
    terms: &[Option<&Cell>],
) -> Result<T> {
    T::deserialize(RowDeserializer { columns, terms }).map_err(|mismatch| Error::Row {
        message: mismatch.0,
    })
}

/// Why a row does not fit.
#[derive(Debug)]
struct Mismatch(String);

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Mismatch {}

impl de::Error for Mismatch {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

struct RowDeserializer<'a> {
    columns: &'a [String],
    terms: &'a [Option<&'a Cell>],
}

impl<'a> RowDeserializer<'a> {
    fn fields(&self) -> impl Iterator<Item = (&'a str, Field<'a>)> + use<'a> {
        let names = self.columns.iter().map(String::as_str);
        names.zip(self.terms).map(|(name, &term)| {
            let field = Field { column: name, term };
            (name, field)
        })
    }

    /// The only field of a row with one column.
    fn only(&self) -> Result<Field<'a>, Mismatch> {
        let mut fields = self.fields();
        match (fields.next(), fields.next()) {
            (Some((_, field)), None) => Ok(field),
            _ => Err(Mismatch(format!(
                "it has {} columns: use a tuple or a struct with fields {}",
                self.columns.len(),
                self.columns.join(", ")
            ))),
        }
    }
}

/// Single values (`String`, `u64`, an enum) are read from rows with one column.
macro_rules! from_the_only_field {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            self.only()?.$method(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for RowDeserializer<'_> {
    type Error = Mismatch;

    from_the_only_field! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_f32
        deserialize_f64 deserialize_char deserialize_str deserialize_string deserialize_option
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_map(MapDeserializer::new(self.fields()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_map(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_seq(SeqDeserializer::new(self.fields().map(|(_, field)| field)))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        if length != self.terms.len() {
            let columns = self.terms.len();
            return Err(Mismatch(format!(
                "it has {columns} columns, the tuple {length}"
            )));
        }
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.only()?.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        i128 u128 bytes byte_buf unit unit_struct identifier ignored_any
    }
}

#[derive(Clone, Copy)]
struct Field<'a> {
    column: &'a str,
    term: Option<&'a Cell>,
}

impl Field<'_> {
    fn mismatch(&self, expected: &str) -> Mismatch {
        let column = self.column;
        match self.term {
            Some(term) => Mismatch(format!("column {column} holds {term:?}, not {expected}")),
            None => Mismatch(format!(
                "column {column} is empty: make the field an Option to allow it"
            )),
        }
    }

    fn number(&self) -> Result<Number, Mismatch> {
        match self.term {
            Some(Cell::Value(Value::Number(number))) => Ok(*number),
            _ => Err(self.mismatch("a number")),
        }
    }
}

impl<'de> IntoDeserializer<'de, Mismatch> for Field<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! whole_number {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            let whole = self.number()?.as_i64();
            visitor.visit_i64(whole.ok_or_else(|| self.mismatch("a whole number"))?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Field<'_> {
    type Error = Mismatch;

    whole_number! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.term {
            None => visitor.visit_none(),
            Some(Cell::Value(Value::Boolean(truth))) => visitor.visit_bool(*truth),
            Some(Cell::Value(Value::Number(number))) => match number.as_i64() {
                Some(whole) => visitor.visit_i64(whole),
                None => visitor.visit_f64(number.as_f64()),
            },
            Some(term) => visitor.visit_string(term.to_string()),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.term {
            Some(Cell::Value(Value::Boolean(truth))) => visitor.visit_bool(*truth),
            _ => Err(self.mismatch("true or false")),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_f64(self.number()?.as_f64())
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_string(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.term {
            Some(term) => visitor.visit_string(term.to_string()),
            None => Err(self.mismatch("a text")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.term {
            None => visitor.visit_none(),
            Some(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    /// Our own `Cell` and `Value` keep their kind; other enums are read by the name of a variant.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        let Some(term) = self.term else {
            return Err(self.mismatch("a value"));
        };
        let json = match (name, term) {
            ("Term", term) => serde_json::to_value(term),
            ("Value", Cell::Value(value)) => serde_json::to_value(value),
            ("Value", Cell::Name(name)) => serde_json::to_value(Value::Text(name.clone())),
            _ => {
                let text = term.to_string();
                let variant: StrDeserializer<'_, Mismatch> = text.as_str().into_deserializer();
                return variant.deserialize_enum(name, variants, visitor);
            }
        };
        json.and_then(|json| json.deserialize_enum(name, variants, visitor))
            .map_err(|error| Mismatch(format!("column {}: {error}", self.column)))
    }

    forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    fn read<T: DeserializeOwned>(columns: &[String], terms: &[Option<Cell>]) -> Result<T> {
        let terms: Vec<Option<&Cell>> = terms.iter().map(Option::as_ref).collect();
        from_row(columns, &terms)
    }

    fn row() -> (Vec<String>, Vec<Option<Cell>>) {
        let columns = ["who", "prizes", "died"].map(str::to_owned).to_vec();
        let terms = vec![
            Some(Cell::from("Marie Curie")),
            Some(Cell::Value(Value::from(2))),
            None,
        ];
        (columns, terms)
    }

    #[test]
    fn a_row_becomes_a_struct_by_name_and_a_tuple_by_order() {
        #[derive(Deserialize, PartialEq, Debug)]
        struct Winner {
            prizes: u8,
            who: String,
            died: Option<Value>,
        }
        let (columns, terms) = row();
        let winner: Winner = read(&columns, &terms).unwrap();
        let expected = Winner {
            prizes: 2,
            who: "Marie Curie".into(),
            died: None,
        };
        assert_eq!(winner, expected);
        let tuple: (Cell, f64, Option<String>) = read(&columns, &terms).unwrap();
        assert_eq!(tuple, (Cell::from("Marie Curie"), 2.0, None));
    }

    #[test]
    fn a_row_of_one_column_is_its_field() {
        let columns = vec!["count".to_owned()];
        let terms = vec![Some(Cell::Value(Value::from(7)))];
        assert_eq!(read::<u64>(&columns, &terms).unwrap(), 7);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let (columns, terms) = row();
        let error = read::<(String, String, String)>(&columns, &terms).unwrap_err();
        assert!(error.to_string().contains("died is empty"), "{error}");
        let error = read::<(u8, u8, Option<u8>)>(&columns, &terms).unwrap_err();
        assert!(error.to_string().contains("who"), "{error}");
        let error = read::<(String, u8)>(&columns, &terms).unwrap_err();
        assert!(error.to_string().contains("3 columns"), "{error}");
    }
}
