//! Running statements: from their text to rows and changes.

use std::fmt;
use std::sync::OnceLock;

use super::snapshot::NAMING;
use super::{Change, Outcome, Rows, RunOptions, Snapshot, Store};
use crate::error::{Error, Result};
use crate::language::{self, Retract, Span, Statement, StatementKind};
use crate::query::{self, Engine, Known, Parameters};
use crate::storage::Term;

/// The engine of a snapshot with its rules, made once.
#[derive(Default)]
pub(super) struct EngineCache(OnceLock<Engine>);

/// How a question is answered: the steps with estimated and actual numbers of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    text: String,
}

impl fmt::Display for Explanation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// A question that was read once and can be asked many times, with other parameters.
///
/// # Examples
///
/// ```
/// use factbase::{Store, params};
///
/// # fn main() -> factbase::Result<()> {
/// let store = Store::in_memory()?;
/// store.execute("assert Ada live_in London; assert Marie live_in Paris")?;
/// let residents = store.prepare("?who live_in $city")?;
/// for (city, expected) in [("London", "Ada"), ("Paris", "Marie")] {
///     let who: Vec<String> = residents
///         .query(params! { "city" => city })?
///         .typed()
///         .collect::<Result<_, _>>()?;
///     assert_eq!(who, [expected]);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Query {
    store: Store,
    statement: Statement,
}

impl Query {
    /// Asks the question of what the store knows now.
    ///
    /// # Errors
    ///
    /// [`Error::Query`] if a parameter is missing or a predicate is not known.
    pub fn query(&self, parameters: Parameters) -> Result<Rows> {
        let options = RunOptions {
            parameters,
            ..RunOptions::default()
        };
        let outcome = self.store.snapshot().run(&self.statement, &options)?;
        rows_of(outcome)
    }
}

impl Store {
    /// Asks a question.
    ///
    /// # Errors
    ///
    /// [`Error::Query`] if the text is wrong or no single question.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn main() -> factbase::Result<()> {
    /// let store = factbase::Store::in_memory()?;
    /// store.execute("assert Ada know Charles")?;
    /// let rows: Vec<_> = store.query("?who know Charles")?.collect::<Result<_, _>>()?;
    /// assert_eq!(rows[0].text("who").as_deref(), Some("Ada"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn query(&self, text: &str) -> Result<Rows> {
        self.snapshot().query(text)
    }

    /// Reads a question once, to ask it many times.
    ///
    /// # Errors
    ///
    /// [`Error::Query`] if the text is wrong or no single question.
    pub fn prepare(&self, text: &str) -> Result<Query> {
        let statement = only_statement(text)?;
        if statement.is_writing() {
            return Err(not_a_question(&statement));
        }
        Ok(Query {
            store: self.clone(),
            statement,
        })
    }

    /// Runs every statement of a text, each that writes in a transaction of its own, and sums up
    /// what changed. Rows of questions are not shown.
    ///
    /// # Errors
    ///
    /// That of the first statement that fails; those before it have been run.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn main() -> factbase::Result<()> {
    /// let store = factbase::Store::in_memory()?;
    /// let change = store.execute("assert Ada know Charles; assert Ada know Mary")?;
    /// assert_eq!(change.asserted, 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn execute(&self, text: &str) -> Result<Change> {
        let mut total = Change::default();
        for span in language::statements(text) {
            let statement = checked(text, span)?;
            match self.run(text, &statement, &RunOptions::default())? {
                Outcome::Change(change) => {
                    total.transaction = change.transaction;
                    total.asserted += change.asserted;
                    total.retracted += change.retracted;
                    total.notes.extend(change.notes);
                }
                Outcome::Rows(rows) => {
                    for row in rows {
                        row?;
                    }
                }
            }
        }
        Ok(total)
    }

    /// Runs one statement that was read with [`language::parse_statement`]. `text` is what it was
    /// read from.
    ///
    /// # Errors
    ///
    /// [`Error::Query`] with the place in the text, [`Error::Limit`], [`Error::Cancelled`], or
    /// what the store says. Rows may bring errors of their own.
    pub fn run(&self, text: &str, statement: &Statement, options: &RunOptions) -> Result<Outcome> {
        if statement.is_writing() {
            let change = super::statement::write(self, text, statement, options)?;
            return Ok(Outcome::Change(change));
        }
        self.snapshot().run_read(text, statement, options)
    }

    /// Runs the question at a place of a text, where one was run before that differs from it only
    /// in the names it asks about and nothing was written since; `None` where none was. It need
    /// not be read with [`language::parse_statement`] then. Scripts ask most of their questions
    /// many times.
    ///
    /// # Errors
    ///
    /// As [`Store::run`].
    ///
    /// # Examples
    ///
    /// ```
    /// use factbase::language::{parse_statement, statements};
    /// use factbase::{Outcome, RunOptions, Store};
    ///
    /// # fn main() -> factbase::Result<()> {
    /// let store = Store::in_memory()?;
    /// store.execute("assert Ada know Charles; assert Mary know Ada")?;
    /// let (script, options) = ("Ada know ?whom; Mary know ?whom", RunOptions::default());
    /// let mut were_known = Vec::new();
    /// for span in statements(script) {
    ///     let known = store.run_known(script, span, &options)?;
    ///     were_known.push(known.is_some());
    ///     let outcome = match known {
    ///         Some(outcome) => outcome,
    ///         None => store.run(script, &parse_statement(script, span).0, &options)?,
    ///     };
    ///     let Outcome::Rows(rows) = outcome else { continue };
    ///     assert_eq!(rows.count(), 1);
    /// }
    /// assert_eq!(were_known, [false, true]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn run_known(
        &self,
        text: &str,
        span: Span,
        options: &RunOptions,
    ) -> Result<Option<Outcome>> {
        if options.as_of.is_some() {
            return Ok(None);
        }
        self.snapshot().run_known(text, span, options)
    }

    /// Shows how a question is answered.
    ///
    /// # Errors
    ///
    /// [`Error::Query`] if the text is wrong or no single question.
    pub fn explain(&self, text: &str) -> Result<Explanation> {
        let text = format!("explain {text}");
        let statement = only_statement(&text)?;
        let rows = rows_of(self.snapshot().run(&statement, &RunOptions::default())?)?;
        let mut lines = Vec::new();
        for row in rows {
            let row = row?;
            let cells = row
                .cells()
                .map(|cell| cell.map_or_else(String::new, Term::to_string));
            lines.push(cells.collect::<Vec<_>>().join("\t"));
        }
        Ok(Explanation {
            text: lines.join("\n"),
        })
    }
}

impl Snapshot {
    /// Asks a question.
    ///
    /// # Errors
    ///
    /// As [`Store::query`].
    pub fn query(&self, text: &str) -> Result<Rows> {
        let options = RunOptions::default();
        let span = only_span(text)?;
        if let Some(outcome) = self.run_known(text, span, &options)? {
            return rows_of(outcome);
        }
        let statement = checked(text, span)?;
        if statement.is_writing() {
            return Err(not_a_question(&statement));
        }
        rows_of(self.run_read(text, &statement, &options)?)
    }

    fn run_known(&self, text: &str, span: Span, options: &RunOptions) -> Result<Option<Outcome>> {
        let options = engine_options(options);
        let known = self.engine()?.answer_known(text, span, &options)?;
        Ok(known.map(
            |Known {
                 answer,
                 has_sources,
             }| { Outcome::Rows(Rows::new(answer, self.clone(), has_sources)) },
        ))
    }

    /// Runs a statement that was read from a text, and keeps it for [`Snapshot::run_known`].
    fn run_read(&self, text: &str, statement: &Statement, options: &RunOptions) -> Result<Outcome> {
        let (StatementKind::Query(query), None) = (&statement.kind, options.as_of) else {
            return self.run(statement, options);
        };
        let has_sources = query.modifiers.with_sources.is_some();
        let (kind, options) = (&statement.kind, engine_options(options));
        let engine = self.engine()?;
        let answer = engine.answer_and_keep(text, statement.span, kind, &options)?;
        Ok(Outcome::Rows(Rows::new(answer, self.clone(), has_sources)))
    }

    /// Runs one statement that only reads.
    ///
    /// # Errors
    ///
    /// As [`Store::run`].
    pub fn run(&self, statement: &Statement, options: &RunOptions) -> Result<Outcome> {
        let snapshot = match options.as_of {
            Some(moment) => self.at(moment)?,
            None => self.clone(),
        };
        let options = engine_options(options);
        let answer = snapshot.engine()?.answer(&statement.kind, &options)?;
        let has_sources = match &statement.kind {
            StatementKind::Query(query) => query.modifiers.with_sources.is_some(),
            _ => false,
        };
        Ok(Outcome::Rows(Rows::new(answer, snapshot, has_sources)))
    }

    /// The engine that answers questions about this snapshot.
    fn engine(&self) -> Result<&Engine> {
        let cache = &self.engine_cache().0;
        if let Some(engine) = cache.get() {
            return Ok(engine);
        }
        let engine = Engine::new(self.stored().clone(), NAMING)?;
        Ok(cache.get_or_init(|| engine))
    }

    /// The predicates that rules define.
    ///
    /// # Errors
    ///
    /// As [`Snapshot::predicates`].
    pub fn rule_predicates(&self) -> Result<Vec<String>> {
        let mut found = Vec::new();
        for rule in self.stored().rules() {
            let (name, _) = rule?;
            found.push(super::statement::predicate_of_rule(&name).to_owned());
        }
        found.dedup();
        Ok(found)
    }
}

/// Reads the statement at a place.
pub(super) fn checked(text: &str, span: Span) -> Result<Statement> {
    let (statement, diagnostics) = language::parse_statement(text, span);
    match diagnostics.first() {
        Some(diagnostic) => Err(diagnostic.to_error()),
        None => Ok(statement),
    }
}

/// Reads a text with one statement.
fn only_statement(text: &str) -> Result<Statement> {
    checked(text, only_span(text)?)
}

/// The place of the only statement of a text.
fn only_span(text: &str) -> Result<Span> {
    let mut spans = language::statements(text);
    let (first, second) = (spans.next(), spans.next());
    match (first, second) {
        (None, _) => Err(Error::query("there is no question in this text")),
        (Some(first), None) => Ok(first),
        (Some(_), Some(second)) => Err(Error::query("one question is expected, this is a second")
            .with_span(second.start, second.end)
            .with_help("Store::execute runs several statements")),
    }
}

fn not_a_question(statement: &Statement) -> Error {
    Error::query("this statement writes, a question is expected")
        .with_span(statement.span.start, statement.span.end)
        .with_help("Store::execute runs statements that write")
}

fn rows_of(outcome: Outcome) -> Result<Rows> {
    match outcome {
        Outcome::Rows(rows) => Ok(rows),
        Outcome::Change(_) => Err(Error::query("a question is expected")),
    }
}

/// Whether a rule can stand beside those of the snapshot.
pub(super) fn check_rule(snapshot: &Snapshot, text: &str) -> Result<()> {
    snapshot.engine()?.check_rule(text)
}

/// The rows a `retract` means.
pub(super) fn matching(
    snapshot: &Snapshot,
    retract: &Retract,
    options: &RunOptions,
) -> Result<Vec<[u64; 4]>> {
    let options = engine_options(options);
    let engine = snapshot.engine()?;
    engine.matching_rows(&retract.facts, &retract.clauses, &options)
}

fn engine_options(options: &RunOptions) -> query::Options {
    query::Options {
        parameters: options.parameters.clone(),
        limits: options.limits,
        cancellation: options.cancellation.clone(),
        least_confidence: options.least_confidence,
    }
}
