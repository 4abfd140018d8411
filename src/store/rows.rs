//! Rows of an answer.

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Snapshot, typed};
use crate::error::Result;
use crate::fact::Fact;
use crate::value::Value;

/// A name or a value in a row.
#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize)]
pub enum Cell {
    /// The name of an entity, a phrase, a predicate or an imported identifier.
    Name(String),
    /// A text, number, quantity, sum of money, time or boolean.
    Value(Value),
}

impl fmt::Display for Cell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => formatter.write_str(name),
            Self::Value(value) => value.fmt(formatter),
        }
    }
}

impl From<&str> for Cell {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

/// The rows of an answer: an iterator of results.
///
/// Rows come as they are asked for. Dropping them early stops the work.
///
/// # Examples
///
/// ```
/// use factbase::Store;
///
/// # fn main() -> factbase::Result<()> {
/// let store = Store::in_memory()?;
/// store.execute("assert Ada know Charles; assert Ada know Mary")?;
/// let mut names = Vec::new();
/// for row in store.query("Ada know ?whom")? {
///     names.extend(row?.text("whom"));
/// }
/// names.sort();
/// assert_eq!(names, ["Charles", "Mary"]);
/// # Ok(())
/// # }
/// ```
pub struct Rows {
    columns: Arc<[String]>,
    snapshot: Snapshot,
    waiting: VecDeque<Row>,
    has_sources: bool,
}

impl fmt::Debug for Rows {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Rows");
        shown
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}

impl Rows {
    /// The names of the columns, without question marks.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Whether the question asks for the sources of its rows (`with sources`).
    #[must_use]
    pub fn has_sources(&self) -> bool {
        self.has_sources
    }

    /// Why there may be no rows, where something is known: a name or a predicate that the store
    /// does not know, a variable used once.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        None
    }

    /// The rows as values of a type of yours: a struct with the columns' names, a tuple in their
    /// order, or, for one column, a single value.
    ///
    /// # Examples
    ///
    /// ```
    /// use factbase::Store;
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// struct Staff {
    ///     org: String,
    ///     count: u64,
    /// }
    ///
    /// # fn main() -> factbase::Result<()> {
    /// let store = Store::in_memory()?;
    /// store.execute("assert Ada work_for Engine; assert Charles work_for Engine")?;
    /// let rows = store.query("find ?org, count() as ?count where ?who work_for ?org")?;
    /// for staff in rows.typed::<Staff>() {
    ///     let Staff { org, count } = staff?;
    ///     assert_eq!((org.as_str(), count), ("Engine", 2));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn typed<T: DeserializeOwned>(self) -> TypedRows<T> {
        TypedRows {
            rows: self,
            made: PhantomData,
        }
    }
}

impl Iterator for Rows {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        self.waiting.pop_front().map(Ok)
    }
}

/// Rows as values of a type.
#[derive(Debug)]
pub struct TypedRows<T> {
    rows: Rows,
    made: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Iterator for TypedRows<T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.rows.next()?.and_then(|row| row.to()))
    }
}

/// A row of an answer.
#[derive(Clone)]
pub struct Row {
    columns: Arc<[String]>,
    cells: Vec<Option<Cell>>,
    snapshot: Snapshot,
}

impl fmt::Debug for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = self.columns.iter().zip(&self.cells);
        formatter.debug_map().entries(fields).finish()
    }
}

impl Row {
    /// The names of the columns.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// What stands in the columns, in their order; `None` where an optional clause found nothing.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = Option<&Cell>> {
        self.cells.iter().map(Option::as_ref)
    }

    /// What stands in a column.
    #[must_use]
    pub fn get(&self, column: &str) -> Option<&Cell> {
        let place = self.columns.iter().position(|name| name == column)?;
        self.cells.get(place)?.as_ref()
    }

    /// What stands in a column, as a text.
    #[must_use]
    pub fn text(&self, column: &str) -> Option<String> {
        self.get(column).map(ToString::to_string)
    }

    /// The row as a value of a type of yours.
    ///
    /// # Errors
    ///
    /// [`Error::Row`](crate::Error::Row) if it does not fit.
    pub fn to<T: DeserializeOwned>(&self) -> Result<T> {
        typed::from_row(&self.columns, &self.cells)
    }

    /// The snapshot that was asked.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The stated facts behind the row, each with its evidence.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub fn facts(&self) -> Result<Vec<Fact>> {
        Ok(Vec::new())
    }

    /// How rules derived the row, where they did: one line a step.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub fn proof(&self) -> Result<Option<String>> {
        Ok(None)
    }
}
