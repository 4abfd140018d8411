//! Rows of an answer.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::{Snapshot, typed};
use crate::error::Result;
use crate::fact::Fact;
use crate::query::{self, Answer, Explainer, Support};
use crate::storage::Term;

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
    answer: Answer,
    shared: Arc<Shared>,
    block: Option<Arc<query::Rows>>,
    next: usize,
    given: usize,
    has_sources: bool,
    is_done: bool,
}

/// An answer of more rows is not asked once more for what it left out.
const ROWS_WITH_HINT: usize = 32;

/// What all rows of an answer share.
struct Shared {
    columns: Arc<[String]>,
    snapshot: Snapshot,
    explainer: Option<Arc<Explainer>>,
}

impl fmt::Debug for Rows {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Rows");
        shown
            .field("columns", &self.columns())
            .finish_non_exhaustive()
    }
}

impl Rows {
    pub(super) fn new(answer: Answer, snapshot: Snapshot, has_sources: bool) -> Self {
        Self {
            shared: Arc::new(Shared {
                columns: answer.columns(),
                explainer: answer.explainer(),
                snapshot,
            }),
            answer,
            block: None,
            next: 0,
            given: 0,
            has_sources,
            is_done: false,
        }
    }

    /// The names of the columns, without question marks.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.shared.columns
    }

    /// Whether the question asks for the sources of its rows (`with sources`).
    #[must_use]
    pub fn has_sources(&self) -> bool {
        self.has_sources
    }

    /// Why there may be no rows, where something is known: a name or a predicate that the store
    /// does not know, a variable used once; else, for a question that had no rows, whether facts
    /// that are weak, denied, possible or derived say so, and how to ask for these. A question that
    /// had a few rows hears how many weaker facts it left out.
    ///
    /// What is said of facts asks the store again: call it when the rows have come to an end.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        if self.given == 0 {
            let notes = self.answer.notes();
            if !notes.is_empty() {
                return Some(notes.join("; "));
            }
        }
        if !self.is_done || self.given > ROWS_WITH_HINT {
            return None;
        }
        // A hint that cannot be had in time is no failure of the question.
        let explainer = self.shared.explainer.as_ref()?;
        explainer.beyond_plain(self.given > 0).ok()?
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
        loop {
            if self.is_done {
                return None;
            }
            if let Some(block) = &self.block
                && self.next < block.len()
            {
                self.next += 1;
                self.given += 1;
                return Some(Ok(Row {
                    shared: Arc::clone(&self.shared),
                    block: Arc::clone(block),
                    place: self.next - 1,
                }));
            }
            match self.answer.next_rows() {
                Ok(Some(block)) => {
                    self.block = Some(Arc::new(block));
                    self.next = 0;
                }
                Ok(None) => self.is_done = true,
                Err(error) => {
                    self.is_done = true;
                    return Some(Err(error));
                }
            }
        }
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
///
/// It shares the block of rows it came with: a row that is kept keeps some thousand others in
/// memory.
#[derive(Clone)]
pub struct Row {
    shared: Arc<Shared>,
    block: Arc<query::Rows>,
    place: usize,
}

impl fmt::Debug for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = self.columns().iter().zip(self.cells());
        formatter.debug_map().entries(fields).finish()
    }
}

impl Row {
    /// The names of the columns.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.shared.columns
    }

    /// What stands in the columns, in their order; `None` where an optional clause found nothing.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = Option<&Term>> {
        (0..self.shared.columns.len()).map(|column| self.block.cell(self.place, column))
    }

    /// What stands in a column.
    #[must_use]
    pub fn get(&self, column: &str) -> Option<&Term> {
        let place = self.columns().iter().position(|name| name == column)?;
        self.block.cell(self.place, place)
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
        let cells: Vec<Option<&Term>> = self.cells().collect();
        typed::from_row(self.columns(), &cells)
    }

    /// The snapshot that was asked.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        &self.shared.snapshot
    }

    /// The stated facts behind the row, each with its evidence; for a row that rules derive those
    /// its proof begins with.
    ///
    /// # Errors
    ///
    /// What the store says.
    ///
    /// # Examples
    ///
    /// ```
    /// use factbase::{Fact, Store};
    ///
    /// # fn main() -> factbase::Result<()> {
    /// let store = Store::in_memory()?;
    /// let mut batch = store.batch();
    /// batch.assert(Fact::new("Ada", "know", "Charles").with_document("letters.txt"));
    /// batch.commit()?;
    /// let row = store.query("Ada know ?whom")?.next().unwrap()?;
    /// assert_eq!(row.facts()?[0].provenance().document(), Some("letters.txt"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn facts(&self) -> Result<Vec<Fact>> {
        let mut facts = Vec::new();
        for support in self.support()? {
            collect(support, &mut facts);
        }
        Ok(facts)
    }

    /// How rules derived the row, where they did: one line a step, indented under what it serves.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub fn proof(&self) -> Result<Option<String>> {
        let support = self.support()?;
        if support.iter().all(|known| known.rule.is_none()) {
            return Ok(None);
        }
        let mut text = String::new();
        for known in &support {
            write_proof(known, 0, &mut text);
        }
        Ok(Some(text))
    }

    fn support(&self) -> Result<Vec<Support>> {
        match &self.shared.explainer {
            Some(explainer) => explainer.facts(&self.block.handle(self.place)),
            None => Ok(Vec::new()),
        }
    }
}

/// The stated facts of a proof, each once.
fn collect(support: Support, facts: &mut Vec<Fact>) {
    if support.rule.is_none() && !facts.contains(&support.fact) {
        facts.push(support.fact);
    }
    for premise in support.premises {
        collect(premise, facts);
    }
}

/// A step of a proof and what it rests on.
fn write_proof(support: &Support, depth: usize, text: &mut String) {
    use std::fmt::Write as _;
    let indent = "  ".repeat(depth);
    let _ = match &support.rule {
        Some(rule) => writeln!(text, "{indent}{} by {rule}", support.fact),
        None => writeln!(text, "{indent}{}", support.fact),
    };
    for premise in &support.premises {
        write_proof(premise, depth + 1, text);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Fact, Store};

    #[test]
    fn a_question_hears_of_weaker_facts_once_its_rows_are_read() {
        let store = Store::in_memory().unwrap();
        let mut batch = store.batch();
        for (whom, confidence) in [("Charles", 0.9), ("Mary", 0.2)] {
            let mut fact = Fact::new("Ada", "know", whom);
            fact.confidence = confidence;
            batch.assert(fact);
        }
        batch.commit().unwrap();
        let hint = |question: &str| {
            let mut rows = store.query(question).unwrap();
            assert_eq!(rows.hint(), None, "before the rows are read");
            let count = rows.by_ref().count();
            (count, rows.hint().unwrap_or_default())
        };
        let (count, said) = hint("Ada know ?whom");
        assert_eq!(count, 1);
        assert!(said.starts_with("1 weaker fact is left out"), "{said}");
        assert_eq!(hint("Ada know ?whom [confidence >= 0]"), (2, String::new()));
        assert_eq!(hint("Ada know Charles"), (1, String::new()));
        let (count, said) = hint("Ada know Mary");
        assert_eq!(count, 0);
        assert!(said.contains("weak (confidence 0.20)"), "{said}");
    }
}
