//! Statements that write, each in one transaction.

use super::snapshot::canonical_predicate;
use super::{Change, RunOptions, Snapshot, Store};
use crate::error::{Error, Result};
use crate::fact::{Argument, Fact, Modality};
use crate::language::{
    Alias, Assert, Comparison, Literal, Merge, Pattern, Predicate, PredicateKind, Retract, Rule,
    Statement, StatementKind, Term as WrittenTerm, TermKind, Test, UndoKind,
};
use crate::query::Parameter;
use crate::storage::{FactId, Permutation, RowSet, Term, TermId, WriteTransaction};
use crate::value::Value;

/// Runs a statement that writes.
pub(super) fn write(
    store: &Store,
    text: &str,
    statement: &Statement,
    options: &RunOptions,
) -> Result<Change> {
    let mut writer = Writer {
        store,
        snapshot: store.snapshot(),
        options,
        change: Change::default(),
    };
    if let StatementKind::Retract(retract) = &statement.kind {
        return writer.retract(retract);
    }
    let mut transaction = store.database().begin()?;
    match &statement.kind {
        StatementKind::Assert(assert) => writer.assert(assert, &mut transaction)?,
        StatementKind::Rule(rule) => {
            writer.rule(rule, statement.span.text(text), &mut transaction)?
        }
        StatementKind::Alias(alias) => writer.alias(alias, &mut transaction)?,
        StatementKind::Merge(merge) => writer.merge(merge, &mut transaction)?,
        StatementKind::Undo(undo) => writer.undo(&undo.kind, &mut transaction)?,
        StatementKind::Forget(forget) => {
            let name = writer.name(&forget.document)?;
            let Some(forgotten) = transaction.forget_document(&name)? else {
                return Err(writer.unknown_document(&name, forget.document.span)?);
            };
            writer.change.retracted += forgotten.facts;
            writer
                .change
                .notes
                .push(format!("document {name} forgotten"));
        }
        _ => return Err(Error::query("this statement does not write")),
    }
    let mut change = writer.change;
    change.transaction = transaction.commit()?;
    Ok(change)
}

struct Writer<'a> {
    store: &'a Store,
    snapshot: Snapshot,
    options: &'a RunOptions,
    change: Change,
}

impl Writer<'_> {
    fn assert(&mut self, assert: &Assert, transaction: &mut WriteTransaction) -> Result<()> {
        for pattern in &assert.facts {
            let fact = self.fact(pattern)?;
            self.change.asserted += u64::from(transaction.assert(&fact)?.is_new);
        }
        Ok(())
    }

    /// The fact a pattern without variables says.
    fn fact(&self, pattern: &Pattern) -> Result<Fact> {
        let subject = self.name(&pattern.subject)?;
        let subject = self.known_name(&subject)?;
        let mut fact = Fact::without_object(subject, self.predicate(&pattern.path.predicate)?);
        if let Some(object) = &pattern.object {
            fact.object = Some(self.argument(object)?);
        }
        for annotation in &pattern.annotations {
            let role = annotation.role.name.to_lowercase();
            let Test::Compare(Comparison::Equal, term) = &annotation.test else {
                let span = annotation.span;
                return Err(Error::query("what is asserted is written with =")
                    .with_span(span.start, span.end));
            };
            self.annotate(&mut fact, &role, term)?;
        }
        let confidence = fact.confidence;
        for evidence in &mut fact.evidence {
            evidence.confidence = confidence;
        }
        Ok(fact)
    }

    /// Sets what brackets say about an asserted fact.
    fn annotate(&self, fact: &mut Fact, role: &str, term: &WrittenTerm) -> Result<()> {
        let wrong = |message: &str| {
            Error::query(message.to_owned()).with_span(term.span.start, term.span.end)
        };
        match role {
            "document" => {
                let name = self.name(term)?;
                *fact = fact.clone().with_document(name);
            }
            "speaker" => *fact = fact.clone().with_speaker(self.name(term)?),
            "modality" => {
                fact.modality = self.name(term)?.parse::<Modality>().map_err(|error| {
                    let help = error.help().unwrap_or_default();
                    wrong("there is no such modality").with_help(help)
                })?;
            }
            "negated" | "derived" => {
                let Value::Boolean(truth) = self.value(term)? else {
                    return Err(wrong("true or false is expected"));
                };
                if role == "negated" {
                    fact.negated = truth;
                } else {
                    fact.derived = truth;
                }
            }
            "confidence" => {
                let Value::Number(number) = self.value(term)? else {
                    return Err(wrong("a number between 0 and 1 is expected"));
                };
                let number = number.as_f64();
                if !(0.0..=1.0).contains(&number) {
                    return Err(wrong("a confidence lies between 0 and 1"));
                }
                #[expect(clippy::cast_possible_truncation, reason = "between 0 and 1")]
                let confidence = number as f32;
                fact.confidence = confidence;
            }
            "sentence" => {
                let text = self.name(term)?;
                match fact.evidence.last_mut() {
                    Some(evidence) => evidence.text = text,
                    None => return Err(wrong("name the document before its sentence")),
                }
            }
            "published" | "fact" => {
                return Err(wrong("this belongs to the document and cannot be asserted"));
            }
            role => {
                let argument = match self.argument(term)? {
                    // An integer in the place of a time is a year.
                    Argument {
                        content: crate::fact::Content::Value(Value::Number(number)),
                        ..
                    } if role == "when" => {
                        let year = number.as_i64().and_then(|year| i32::try_from(year).ok());
                        let year = year.ok_or_else(|| wrong("a year is expected"))?;
                        let time = crate::value::Time::At(crate::value::Moment::year(year));
                        Argument::from(Value::Time(time))
                    }
                    argument => argument,
                };
                *fact = fact.clone().with_qualifier(role, argument);
            }
        }
        Ok(())
    }

    /// A term as the argument of a fact: a word or a text is a name, everything else a value.
    fn argument(&self, term: &WrittenTerm) -> Result<Argument> {
        Ok(match self.value(term)? {
            Value::Text(name) => Argument::from(self.known_name(&name)?),
            value => Argument::from(value),
        })
    }

    /// The name by which the store knows something: that of its entity, where it has one.
    fn known_name(&self, name: &str) -> Result<String> {
        let entity = self.snapshot.entity(name)?;
        Ok(entity.map_or_else(|| name.to_owned(), |entity| entity.name))
    }

    /// What a term without variables stands for; names are texts.
    fn value(&self, term: &WrittenTerm) -> Result<Value> {
        let wrong =
            |message: String| Error::query(message).with_span(term.span.start, term.span.end);
        match &term.kind {
            TermKind::Name(name) => Ok(Value::Text(name.clone())),
            TermKind::Literal(literal) => Ok(value_of(literal)),
            TermKind::Parameter(name) => match self.options.parameters.get(name) {
                Some(Parameter::One(Term::Value(value))) => Ok(value.clone()),
                Some(Parameter::One(Term::Name(name))) => Ok(Value::Text(name.clone())),
                Some(Parameter::List(_)) => {
                    Err(wrong(format!("${name} is a list, one value is expected")))
                }
                None => Err(wrong(format!("${name} has no value"))
                    .with_help(format!("give it with --param {name}=… or params!"))),
            },
            TermKind::Variable(name) => Err(wrong(format!("?{name} stands for nothing here"))),
            TermKind::Blank => Err(wrong("the blank stands for nothing here".to_owned())),
        }
    }

    /// A term as a text.
    fn name(&self, term: &WrittenTerm) -> Result<String> {
        Ok(self.value(term)?.to_string())
    }

    fn predicate(&self, predicate: &Predicate) -> Result<String> {
        let span = predicate.span;
        let written = match &predicate.kind {
            PredicateKind::Word(name) | PredicateKind::Text(name) => name.clone(),
            PredicateKind::Parameter(name) => self.name(&WrittenTerm {
                kind: TermKind::Parameter(name.clone()),
                span,
            })?,
            PredicateKind::Variable(name) => {
                return Err(Error::query(format!("?{name} stands for nothing here"))
                    .with_span(span.start, span.end));
            }
        };
        let name = canonical_predicate(&written);
        if name.is_empty() {
            let error = Error::query("a predicate has at least one word");
            return Err(error.with_span(span.start, span.end));
        }
        Ok(name)
    }

    fn rule(&mut self, rule: &Rule, text: &str, transaction: &mut WriteTransaction) -> Result<()> {
        let predicate = self.predicate(&rule.head.path.predicate)?;
        let mut number = 1;
        for known in self.snapshot.stored().rules() {
            let (name, known) = known?;
            if predicate_of_rule(&name) != predicate {
                continue;
            }
            if known == text {
                return Ok(());
            }
            let known: u64 = name
                .rsplit(' ')
                .next()
                .and_then(|n| n.parse().ok())
                .unwrap_or(0);
            number = number.max(known + 1);
        }
        super::run::check_rule(&self.snapshot, text)?;
        transaction.put_rule(&format!("{predicate} {number}"), text);
        self.change
            .notes
            .push(format!("rule for {predicate} added"));
        Ok(())
    }

    fn alias(&mut self, alias: &Alias, transaction: &mut WriteTransaction) -> Result<()> {
        let name = self.name(&alias.name)?;
        let entity = self.entity(&alias.entity)?;
        transaction.add_alias(&entity, &name)?;
        self.change
            .notes
            .push(format!("{name} is now a name of {entity}"));
        Ok(())
    }

    fn merge(&mut self, merge: &Merge, transaction: &mut WriteTransaction) -> Result<()> {
        let from = self.entity(&merge.from)?;
        let into = self.entity(&merge.into)?;
        transaction.merge(&from, &into)?;
        self.change.notes.push(format!("{from} is now {into}"));
        Ok(())
    }

    fn undo(&mut self, kind: &UndoKind, transaction: &mut WriteTransaction) -> Result<()> {
        let (is_undone, note) = match kind {
            UndoKind::Alias(alias) => {
                let (name, entity) = (self.name(&alias.name)?, self.entity(&alias.entity)?);
                let is_undone = transaction.remove_alias(&entity, &name)?;
                (is_undone, format!("{name} is no name of {entity} any more"))
            }
            UndoKind::Merge(merge) => {
                let from = self.name(&merge.from)?;
                let is_undone = transaction.undo_merge(&from)?;
                (is_undone, format!("{from} stands for itself again"))
            }
            UndoKind::Rule(predicate) => {
                let predicate = self.predicate(predicate)?;
                let mut is_undone = false;
                for rule in self.snapshot.stored().rules() {
                    let (name, _) = rule?;
                    if predicate_of_rule(&name) == predicate {
                        is_undone |= transaction.remove_rule(&name)?;
                    }
                }
                (is_undone, format!("no rule defines {predicate} any more"))
            }
        };
        if is_undone {
            self.change.notes.push(note);
        }
        Ok(())
    }

    /// The canonical name of an entity, by any of its names.
    fn entity(&self, term: &WrittenTerm) -> Result<String> {
        let name = self.name(term)?;
        self.known_name(&name)
    }

    fn unknown_document(&self, name: &str, span: crate::language::Span) -> Result<Error> {
        let known = self.snapshot.documents()?;
        let near = known.iter().map(|known| known.record.name.as_str());
        let near = near.filter(|known| known.ends_with(name) || known.contains(name));
        let names: Vec<&str> = near.take(3).collect();
        let error =
            Error::query(format!("there is no document {name}")).with_span(span.start, span.end);
        Ok(if names.is_empty() {
            error
        } else {
            error.with_help(format!("did you mean {}?", names.join(" or ")))
        })
    }

    fn retract(&mut self, retract: &Retract) -> Result<Change> {
        let rows = super::run::matching(&self.snapshot, retract, self.options)?;
        let mut transaction = self.store.database().begin()?;
        let mut change = Change::default();
        for row in rows {
            change.retracted += u64::from(retract_row(&mut transaction, row)?);
        }
        change.transaction = transaction.commit()?;
        Ok(change)
    }
}

/// Takes back every fact with the subject, predicate and object of this one.
pub(super) fn retract_like(
    store: &Store,
    fact: &Fact,
    transaction: &mut WriteTransaction,
) -> Result<u64> {
    let snapshot = store.snapshot();
    let stored = snapshot.stored();
    let subject = stored.find(&Term::of(&fact.subject))?;
    let predicate = snapshot.find_predicate(&fact.predicate.name)?;
    let object = match &fact.object {
        Some(object) => stored.find(&Term::of(object))?,
        None => Some(TermId::ABSENT),
    };
    let (Some(subject), Some(&predicate), Some(object)) = (subject, predicate.first(), object)
    else {
        return Ok(0);
    };
    let mut count = 0;
    for set in RowSet::ALL {
        let mut cursor = stored.cursor(set, Permutation::Spo, &[subject, predicate, object])?;
        while let Some(block) = cursor.next_block()? {
            for row in block.rows() {
                count += u64::from(retract_row(transaction, row)?);
            }
        }
    }
    Ok(count)
}

/// Takes the fact of a row back; whether it held.
fn retract_row(transaction: &mut WriteTransaction, row: [u64; 4]) -> Result<bool> {
    let id = FactId::from_raw(row[3]);
    if id.is_bare() {
        transaction.retract_bare(row)
    } else {
        transaction.retract(id)
    }
}

/// The predicate that a stored rule defines: rules are named by it and a number.
pub(super) fn predicate_of_rule(name: &str) -> &str {
    name.rsplit_once(' ')
        .map_or(name, |(predicate, _)| predicate)
}

/// A literal of the language as a value.
fn value_of(literal: &Literal) -> Value {
    let time = |text: String| match text.parse() {
        Ok(time) => Value::Time(time),
        // Beyond the calendar of the store; kept as it is written.
        Err(_) => Value::Text(text),
    };
    match literal {
        Literal::Text(text) => Value::Text(text.clone()),
        Literal::Integer(number) => Value::from(*number),
        Literal::Decimal(number) => Value::from(*number),
        Literal::Boolean(truth) => Value::from(*truth),
        Literal::Date(date) => time(date.to_string()),
        Literal::Timestamp(timestamp) => time(timestamp.to_string()),
        Literal::Interval(interval) => time(interval.to_string()),
    }
}
