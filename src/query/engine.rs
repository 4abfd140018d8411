//! One state of a store, ready for questions.

use std::sync::Arc;

use crate::error::{Error, Result};
use crate::language::{Clause, Query, Shape, Span, StatementKind};
use crate::storage::Snapshot;
use crate::value::Value;

use super::answer::Answer;
use super::budget::{Budget, Cancellation, Limits};
use super::cell::Cell;
use super::execute::{Context, Operator};
use super::explain::with_names;
use super::facts::Facts;
use super::pipeline::assemble;
use super::proof::{Explainer, Prover};
use super::resolve::{Environment, Naming, Output, Parameters, Resolved, Resolver};
use super::rule::Rules;
use super::snapshot::SnapshotFacts;
use super::template::{Template, Templates};

/// How a statement is run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    pub(crate) parameters: Parameters,
    pub(crate) limits: Limits,
    pub(crate) cancellation: Cancellation,
    /// The least confidence of facts that answer plain patterns, where it is not the store's.
    pub(crate) least_confidence: Option<f32>,
}

/// Answers statements about one state of a store. Cheap to clone; keeps what it learns about
/// the state, so one engine should serve all statements between two commits.
#[derive(Clone)]
pub(crate) struct Engine {
    pub(super) facts: Arc<dyn Facts>,
    pub(super) rules: Arc<Rules>,
    pub(super) naming: Naming,
    templates: Arc<Templates>,
}

/// An answer, and whether the question asks for the sources of its rows.
pub(crate) struct Known {
    pub(crate) answer: Answer,
    pub(crate) has_sources: bool,
}

/// A statement that is resolved and can be run.
pub(crate) struct Prepared {
    facts: Arc<dyn Facts>,
    rules: Arc<Rules>,
    budget: Arc<Budget>,
    resolved: Resolved,
    is_explained: bool,
    /// An answer that needed no join.
    given: Option<Answer>,
}

impl Engine {
    /// An engine for a snapshot, with the texts of its rules.
    ///
    /// # Errors
    ///
    /// `Query` where a rule cannot be used.
    pub(crate) fn new(snapshot: Snapshot, naming: Naming) -> Result<Self> {
        let mut texts = Vec::new();
        for rule in snapshot.rules() {
            texts.push(rule?.1);
        }
        let facts: Arc<dyn Facts> = Arc::new(SnapshotFacts::new(snapshot));
        Self::over(facts, &texts, naming)
    }

    /// An engine over anything that has facts.
    pub(crate) fn over(facts: Arc<dyn Facts>, rules: &[String], naming: Naming) -> Result<Self> {
        let rules = Rules::compile(facts.as_ref(), rules, naming)?;
        Ok(Self {
            facts,
            rules: Arc::new(rules),
            naming,
            templates: Arc::default(),
        })
    }

    /// Whether a further rule can stand beside those there are.
    ///
    /// # Errors
    ///
    /// `Query` where it cannot be used.
    pub(crate) fn check_rule(&self, text: &str) -> Result<()> {
        let mut texts = self.rules.texts(None);
        texts.push(text.to_owned());
        Rules::compile(self.facts.as_ref(), &texts, self.naming).map(|_| ())
    }

    /// Answers a question, an `explain` or a `describe`.
    ///
    /// # Errors
    ///
    /// `Query` where the statement asks for what cannot be, else what running it answers with.
    pub(crate) fn answer(&self, statement: &StatementKind, options: &Options) -> Result<Answer> {
        self.prepare(statement, options)?.run()
    }

    /// Answers the question at a place of a text, where one was asked before that differs from it
    /// only in the names it asks about; `None` where none was.
    ///
    /// # Errors
    ///
    /// As [`Engine::answer`].
    pub(crate) fn answer_known(
        &self,
        text: &str,
        span: Span,
        options: &Options,
    ) -> Result<Option<Known>> {
        if options.least_confidence.is_some() {
            return Ok(None);
        }
        let Some(shape) = Shape::read(text, span) else {
            return Ok(None);
        };
        let Some(template) = self.templates.find(text, &shape) else {
            return Ok(None);
        };
        let Some(group) = template.group(text, &shape, self.facts.as_ref())? else {
            return Ok(None);
        };
        let context = self.context(options);
        let Resolved { output, notes, .. } = &template.resolved;
        let columns = Arc::clone(&template.columns);
        let answer = running(&context, group, output, columns, notes.clone())?;
        let has_sources = template.has_sources;
        Ok(Some(Known {
            answer,
            has_sources,
        }))
    }

    /// Answers a question read from a place of a text, and keeps what it was resolved to for
    /// [`Engine::answer_known`].
    ///
    /// # Errors
    ///
    /// As [`Engine::answer`].
    pub(crate) fn answer_and_keep(
        &self,
        text: &str,
        span: Span,
        statement: &StatementKind,
        options: &Options,
    ) -> Result<Answer> {
        let StatementKind::Query(query) = statement else {
            return self.answer(statement, options);
        };
        if query.modifiers.as_of.is_some() || options.least_confidence.is_some() {
            return self.answer(statement, options);
        }
        let Some(shape) = Shape::read(text, span) else {
            return self.answer(statement, options);
        };
        let (resolved, places) = {
            let is_rule = |name: &str| self.rules.defines(name);
            let other_names = |name: &str| self.rules.other_names(name, self.naming);
            let environment = Environment {
                facts: self.facts.as_ref(),
                naming: self.naming,
                parameters: &options.parameters,
                is_rule: &is_rule,
                other_names: &other_names,
                least_confidence: options.least_confidence,
            };
            Resolver::new(&environment).query_with_places(query)?
        };
        if !places.has_others && !resolved.output.columns.is_empty() {
            let has_sources = query.modifiers.with_sources.is_some();
            let kept = resolved.clone();
            let template = Template::new(text, &shape, kept, &places.of_names, has_sources);
            self.templates.keep(shape, template);
        }
        let mut prepared = self.empty(options);
        prepared.resolved = resolved;
        prepared.run()
    }

    fn context(&self, options: &Options) -> Arc<Context> {
        let budget = Budget::new(options.limits, options.cancellation.clone());
        let facts = Arc::clone(&self.facts);
        Context::new(facts, budget, Arc::clone(&self.rules), false)
    }

    /// Resolves a question, an `explain` or a `describe`.
    ///
    /// # Errors
    ///
    /// `Query` where the statement asks for what cannot be.
    pub(crate) fn prepare(&self, statement: &StatementKind, options: &Options) -> Result<Prepared> {
        match statement {
            StatementKind::Query(query) => self.prepare_query(query, options, false),
            StatementKind::Explain(query) => self.prepare_query(query, options, true),
            StatementKind::Describe(describe) => {
                let mut prepared = self.empty(options);
                prepared.given = Some(self.describe(describe, options)?);
                Ok(prepared)
            }
            _ => Err(Error::query("this statement asks nothing")),
        }
    }

    fn empty(&self, options: &Options) -> Prepared {
        Prepared {
            facts: Arc::clone(&self.facts),
            rules: Arc::clone(&self.rules),
            budget: Budget::new(options.limits, options.cancellation.clone()),
            resolved: Resolved::default(),
            is_explained: false,
            given: None,
        }
    }

    fn prepare_query(
        &self,
        query: &Query,
        options: &Options,
        is_explained: bool,
    ) -> Result<Prepared> {
        let mut prepared = self.empty(options);
        prepared.is_explained = is_explained;
        let is_rule = |name: &str| self.rules.defines(name);
        let other_names = |name: &str| self.rules.other_names(name, self.naming);
        let environment = |facts| Environment {
            facts,
            naming: self.naming,
            parameters: &options.parameters,
            is_rule: &is_rule,
            other_names: &other_names,
            least_confidence: options.least_confidence,
        };
        if let Some(term) = &query.modifiers.as_of {
            let environment = environment(self.facts.as_ref());
            let time = Resolver::new(&environment).time(term)?;
            prepared.facts = self.facts.as_of(&time)?;
        }
        let environment = environment(prepared.facts.as_ref());
        prepared.resolved = Resolver::new(&environment).query(query)?;
        Ok(prepared)
    }

    /// The rows, as subject, predicate, object and fact, that patterns match for the solutions
    /// of clauses: what `retract` takes back.
    ///
    /// # Errors
    ///
    /// As [`Engine::answer`].
    pub(crate) fn matching_rows(
        &self,
        patterns: &[crate::language::Pattern],
        clauses: &[Clause],
        options: &Options,
    ) -> Result<Vec<[u64; 4]>> {
        let all: Vec<Clause> = patterns
            .iter()
            .cloned()
            .map(Clause::Pattern)
            .chain(clauses.iter().cloned())
            .collect();
        let is_rule = |name: &str| self.rules.defines(name);
        let other_names = |name: &str| self.rules.other_names(name, self.naming);
        let environment = Environment {
            facts: self.facts.as_ref(),
            naming: self.naming,
            parameters: &options.parameters,
            is_rule: &is_rule,
            other_names: &other_names,
            least_confidence: options.least_confidence,
        };
        let group =
            Resolver::new(&environment).group(&all, super::algebra::VariableSet::default())?;
        let budget = Budget::new(options.limits, options.cancellation.clone());
        let context = Context::new(
            Arc::clone(&self.facts),
            budget,
            Arc::clone(&self.rules),
            false,
        );
        super::proof::matched_rows(&context, &group, patterns.len())
    }
}

impl Prepared {
    /// The time spent planning is part of running: plans are made for the bindings at hand.
    ///
    /// # Errors
    ///
    /// `Limit`, `Cancelled`, or what the store answers with.
    pub(crate) fn run(self) -> Result<Answer> {
        if let Some(given) = self.given {
            return Ok(given);
        }
        let context = Context::new(
            Arc::clone(&self.facts),
            Arc::clone(&self.budget),
            Arc::clone(&self.rules),
            self.is_explained,
        );
        let Resolved {
            group,
            output,
            notes,
            names,
        } = self.resolved;
        if output.columns.is_empty() && !self.is_explained {
            return ground(&context, &group, notes);
        }
        if self.is_explained {
            let mut operator = assemble(&context, &group, &output)?;
            return explained(&context, operator.as_mut(), &names);
        }
        let columns = output.columns.iter();
        let columns = columns.map(|(name, _)| name.clone()).collect();
        running(&context, group, &output, columns, notes)
    }
}

/// Plans a question, whose rows then come as they are asked for.
fn running(
    context: &Arc<Context>,
    group: super::algebra::Group,
    output: &Output,
    columns: Arc<[String]>,
    notes: Vec<String>,
) -> Result<Answer> {
    let operator = assemble(context, &group, output)?;
    let prover = Prover::new(Arc::clone(context), group, output);
    let explainer = Arc::new(Explainer::Question(prover));
    let context = Arc::clone(context);
    Ok(Answer::new(columns, context, operator, notes, explainer))
}

/// A query without variables: its facts, each with its sources.
fn ground(
    context: &Arc<Context>,
    group: &super::algebra::Group,
    notes: Vec<String>,
) -> Result<Answer> {
    let prover = Prover::new(Arc::clone(context), group.clone(), &Default::default());
    let text = |text: String| Some(Cell::Value(Value::Text(text)));
    let mut rows = Vec::new();
    for support in prover.facts(&[])? {
        let shown = text(support.fact.to_string());
        if support.fact.evidence.is_empty() {
            rows.push(vec![shown.clone(), None, support.rule.and_then(text)]);
        }
        for evidence in &support.fact.evidence {
            let sentence = Some(evidence.text.clone()).filter(|text| !text.is_empty());
            rows.push(vec![
                shown.clone(),
                text(evidence.document.clone()),
                sentence.and_then(text),
            ]);
        }
    }
    let answer = Answer::given(&["fact", "document", "sentence"], rows);
    Ok(answer
        .with_notes(notes)
        .with_explainer(Explainer::Question(prover)))
}

/// Runs a query to its end and shows its steps with estimates and actual counts.
fn explained(
    context: &Arc<Context>,
    operator: &mut dyn Operator,
    names: &[Option<String>],
) -> Result<Answer> {
    let start = std::time::Instant::now();
    let mut count = 0u64;
    while let Some(batch) = operator.next()? {
        count += batch.unrolled().rows as u64;
    }
    let elapsed = start.elapsed();
    let variable = |number: usize| match names.get(number) {
        Some(Some(name)) => format!("?{name}"),
        _ => "_".to_owned(),
    };
    let term = |id: u64| match context.cell(id) {
        Ok(Some(cell)) => cell.to_string(),
        _ => format!("#{id}"),
    };
    let text = |text: String| Some(Cell::Value(Value::Text(text)));
    let number = |number: u64| {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        Some(Cell::Value(Value::from(number)))
    };
    let mut rows: Vec<Vec<Option<Cell>>> = context
        .trace()
        .into_iter()
        .map(|line| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "an estimate is shown as a whole number"
            )]
            let estimate = line
                .estimate
                .and_then(|rows| number(rows.max(0.0).round() as u64));
            let indent = "  ".repeat(line.depth);
            let step = with_names(&line.text, &variable, &term);
            vec![text(format!("{indent}{step}")), estimate, number(line.rows)]
        })
        .collect();
    rows.push(vec![
        text(format!(
            "{count} rows in {:.3} ms, {:.3} ms by the planner's measure, \
             at most {} kB of intermediate results",
            elapsed.as_secs_f64() * 1e3,
            context.budget.work() as f64 * 1e-6,
            context.budget.most_bytes() >> 10
        )),
        None,
        number(count),
    ]);
    Ok(Answer::given(&["step", "estimate", "rows"], rows))
}
