//! Clauses: patterns with their annotations, paths, rules, conditions, groups.

use crate::error::{Error, Result};
use crate::language::{
    Block, Clause, Closure, Comparison, Expression, ExpressionKind, Function, Pattern as Written,
    SourceField, Term, TermKind, Test,
};
use crate::value::{Number, Value};

use super::super::algebra::{
    Call, Edge, Field, FieldName, Group, Path, Pattern, Relation, Slot, Table, VariableId,
    VariableSet,
};
use super::super::cell::Cell;
use super::super::expression::{Constant, Scalar};
use super::constant::ResolvedPredicate;
use super::scalar::mention;
use super::source::narrow;
use super::{Place, Resolver};

/// Fields that decide whether a fact answers a plain pattern.
const MARKS: [SourceField; 4] = [
    SourceField::Negated,
    SourceField::Modality,
    SourceField::Confidence,
    SourceField::Derived,
];

impl Resolver<'_> {
    /// Resolves clauses that must all hold. Outer variables are bound outside.
    pub(crate) fn group(&mut self, clauses: &[Clause], outer: VariableSet) -> Result<Group> {
        self.places.depth += 1;
        let group = self.joined(clauses, outer)?;
        self.places.depth -= 1;
        Ok(group)
    }

    fn joined(&mut self, clauses: &[Clause], outer: VariableSet) -> Result<Group> {
        let mut group = Group::default();
        let mut filters: Vec<&Expression> = Vec::new();
        let mut negated: Vec<&Block> = Vec::new();
        let mut alternatives: Vec<&Vec<Block>> = Vec::new();
        let mut optional: Vec<&Block> = Vec::new();
        let mut open: Vec<&Clause> = clauses.iter().rev().collect();
        while let Some(clause) = open.pop() {
            match clause {
                Clause::Pattern(pattern) => self.pattern(pattern, &mut group)?,
                Clause::Filter(expression) => filters.push(expression),
                Clause::Not(block) => negated.push(block),
                Clause::Optional(block) => {
                    self.name_variables(&block.clauses)?;
                    optional.push(block);
                }
                Clause::Block(block) => open.extend(block.clauses.iter().rev()),
                Clause::Or(blocks) => {
                    blocks
                        .iter()
                        .try_for_each(|block| self.name_variables(&block.clauses))?;
                    alternatives.push(blocks);
                }
            }
        }
        for blocks in alternatives {
            let around = outer.union(group.variables());
            let mut groups = Vec::with_capacity(blocks.len());
            for block in blocks {
                groups.push(self.group(&block.clauses, around)?);
            }
            group.relations.push(Relation::Union(groups));
        }
        for block in optional {
            let around = outer.union(group.variables());
            let inner = self.group(&block.clauses, around)?;
            group.optionals.push(inner);
        }
        for filter in filters {
            self.filter(filter, outer, &mut group)?;
        }
        for block in negated {
            let around = outer.union(group.variables());
            let inner = self.group(&block.clauses, around)?;
            group.negations.push(inner);
        }
        Ok(group)
    }

    /// Numbers the variables of nested clauses in the order of writing.
    fn name_variables(&mut self, clauses: &[Clause]) -> Result<()> {
        for clause in clauses {
            if let Clause::Pattern(pattern) = clause {
                for term in std::iter::once(&pattern.subject).chain(&pattern.object) {
                    if let TermKind::Variable(name) = &term.kind {
                        self.variable(name, term.span)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn filter(&mut self, filter: &Expression, outer: VariableSet, group: &mut Group) -> Result<()> {
        if let ExpressionKind::Compare(Comparison::Equal, left, right) = &filter.kind {
            for (target, value) in [(left, right), (right, left)] {
                if let ExpressionKind::Term(term) = &target.kind
                    && let TermKind::Variable(name) = &term.kind
                {
                    let variable = self.variable(name, term.span)?;
                    if outer.union(group.variables()).contains(variable) {
                        continue;
                    }
                    let scalar = self.scalar(value)?;
                    if !scalar.variables().contains(&variable) {
                        group.computed.push((variable, scalar));
                        return Ok(());
                    }
                }
            }
        }
        if let Some((name, words)) = mention(filter)
            && let Some(variable) = self.known_variable(name)
        {
            if let Some(texts) = self.mentioned(variable, words, group)? {
                narrow(group, variable, texts);
                return Ok(());
            }
            self.narrow_by_words(variable, words, group)?;
        }
        let scalar = self.scalar(filter)?;
        match named(&scalar, group) {
            Some((variable, names)) => narrow(group, variable, names),
            None => group.conditions.push(scalar),
        }
        Ok(())
    }

    /// The texts the index of words has for a `mentions`, where it knows all objects that the
    /// variable can be.
    fn mentioned(
        &mut self,
        variable: VariableId,
        words: &Term,
        group: &mut Group,
    ) -> Result<Option<Vec<u64>>> {
        if matches!(words.kind, TermKind::Variable(_) | TermKind::Blank) {
            return Ok(None);
        }
        let is_indexed = |relation: &Relation| match relation {
            Relation::Pattern(pattern) => match pattern.slots {
                [_, Slot::Constant(predicate), Slot::Variable(object)] if object == variable => {
                    Some(predicate)
                }
                _ => None,
            },
            _ => None,
        };
        let Some(predicate) = group.relations.iter().find_map(is_indexed) else {
            return Ok(None);
        };
        if self.facts().has_name_objects(predicate)? {
            return Ok(None);
        }
        let words = self.constant_term(words)?;
        self.facts().texts_with_words(&words.cell.to_string())
    }

    fn pattern(&mut self, written: &Written, group: &mut Group) -> Result<()> {
        let subject = self.slot(&written.subject, true, group)?;
        let predicate = self.predicate(&written.path.predicate)?;
        let object = match &written.object {
            Some(term) => self.slot(term, false, group)?,
            None => Some(Slot::Variable(self.hidden()?)),
        };
        let (Some(subject), Some(object)) = (subject, object) else {
            return self.nothing(written, group);
        };
        let object = self.different(subject, object, group)?;
        let allows_absent = written.object.is_none();
        if written.path.closure != Closure::Once {
            return self.path(written, predicate, subject, object, group);
        }
        let (slot, name) = match predicate {
            ResolvedPredicate::Derived(predicate) => {
                self.refuse_annotations(written, "a derived fact")?;
                group.relations.push(Relation::Call(Call {
                    predicate,
                    subject,
                    object,
                    allows_absent,
                }));
                return Ok(());
            }
            ResolvedPredicate::Variable(name) => {
                let slot = Slot::Variable(self.variable(&name, written.path.predicate.span)?);
                let slot = self.different(subject, slot, group)?;
                (self.different(object, slot, group)?, None)
            }
            ResolvedPredicate::Stored(ids, names) => match self.one_of(ids, group)? {
                // A role of several predicates is read from the facts themselves.
                Some(slot) => (slot, Some(names).filter(|names| names.len() == 1)),
                None => return self.nothing(written, group),
            },
        };
        let mut pattern = Pattern::plain([subject, slot, object]);
        pattern.allows_absent = allows_absent;
        let is_limited = self.environment.least_confidence.is_some();
        if !written.annotations.is_empty() || self.valid_at.is_some() || is_limited {
            let name = name.as_ref().and_then(|names| names.first());
            self.annotations(written, &mut pattern, name.map(String::as_str), group)?;
        }
        self.note_places(written, &pattern, group.relations.len());
        group.relations.push(Relation::Pattern(pattern));
        Ok(())
    }

    /// Notes where the names of a pattern went.
    fn note_places(&mut self, written: &Written, pattern: &Pattern, relation: usize) {
        if self.places.depth > 1 {
            return;
        }
        let [subject, _, object] = pattern.slots;
        let ends = [
            (Some(&written.subject), subject, true),
            (written.object.as_ref(), object, false),
        ];
        for (term, slot, is_subject) in ends {
            let Some(term) = term else {
                continue;
            };
            if matches!(term.kind, TermKind::Variable(_) | TermKind::Blank) {
                continue;
            }
            match slot {
                Slot::Constant(_) => {
                    let place = Place {
                        relation,
                        is_subject,
                    };
                    self.places.of_names.push((term.span, place));
                }
                Slot::Variable(_) => self.places.has_others = true,
            }
        }
    }

    /// A pattern that nothing can match: no rows for its variables.
    fn nothing(&mut self, written: &Written, group: &mut Group) -> Result<()> {
        self.places.has_others = true;
        let mut variables = Vec::new();
        let tests = written
            .annotations
            .iter()
            .filter_map(|known| match &known.test {
                Test::Compare(_, term) => Some(term),
                Test::In(_) => None,
            });
        for term in std::iter::once(&written.subject)
            .chain(&written.object)
            .chain(tests)
        {
            if let TermKind::Variable(name) = &term.kind {
                variables.push(self.variable(name, term.span)?);
            }
        }
        let predicate = &written.path.predicate;
        if let crate::language::PredicateKind::Variable(name) = &predicate.kind {
            variables.push(self.variable(name, predicate.span)?);
        }
        variables.sort_unstable();
        variables.dedup();
        if variables.is_empty() {
            variables.push(self.hidden()?);
        }
        let table = Table::empty(variables);
        group.relations.push(Relation::Table(table.into()));
        Ok(())
    }

    /// A subject or object; `None` where a constant is not in the store.
    fn slot(&mut self, term: &Term, is_subject: bool, group: &mut Group) -> Result<Option<Slot>> {
        let cell = match &term.kind {
            TermKind::Variable(name) => {
                return Ok(Some(Slot::Variable(self.variable(name, term.span)?)));
            }
            TermKind::Blank => return Ok(Some(Slot::Variable(self.hidden()?))),
            TermKind::Name(name) => Cell::Name(name.clone()),
            TermKind::Literal(literal) => self.literal(literal),
            TermKind::Parameter(name) => self.parameter_cell(name, term.span)?,
        };
        let ids = if is_subject {
            self.subject_ids(&cell)?
        } else {
            self.constant(&cell)?.ids
        };
        if ids.is_empty() {
            self.note_unknown_name(&cell)?;
        }
        self.one_of(ids, group)
    }

    /// A constant, or a hidden variable for several.
    fn one_of(&mut self, ids: Vec<u64>, group: &mut Group) -> Result<Option<Slot>> {
        Ok(match ids.as_slice() {
            [] => None,
            [id] => Some(Slot::Constant(*id)),
            _ => {
                let variable = self.hidden()?;
                let table = Table::of_values(variable, ids);
                group.relations.push(Relation::Table(table.into()));
                Some(Slot::Variable(variable))
            }
        })
    }

    /// A slot with a variable of its own: one that stands in another place too is made equal.
    fn different(&mut self, other: Slot, slot: Slot, group: &mut Group) -> Result<Slot> {
        match (other, slot) {
            (Slot::Variable(a), Slot::Variable(b)) if a == b => {
                let hidden = self.hidden()?;
                group.conditions.push(Scalar::Same(a, hidden));
                Ok(Slot::Variable(hidden))
            }
            _ => Ok(slot),
        }
    }

    fn path(
        &mut self,
        written: &Written,
        predicate: ResolvedPredicate,
        subject: Slot,
        object: Slot,
        group: &mut Group,
    ) -> Result<()> {
        self.refuse_annotations(written, "a path")?;
        let edge = match predicate {
            ResolvedPredicate::Variable(_) => {
                let span = written.path.span;
                return Err(Error::query("a path needs a predicate, not a variable")
                    .with_span(span.start, span.end)
                    .with_help("write the predicate's name before + or *"));
            }
            ResolvedPredicate::Derived(predicate) => {
                let (from, to) = (self.hidden()?, self.hidden()?);
                let inner = Group {
                    relations: vec![Relation::Call(Call {
                        predicate,
                        subject: Slot::Variable(from),
                        object: Slot::Variable(to),
                        allows_absent: false,
                    })],
                    ..Group::default()
                };
                Edge::Computed(Box::new(inner), from, to)
            }
            ResolvedPredicate::Stored(ids, _) => match ids.as_slice() {
                [] => return self.nothing(written, group),
                [id] => Edge::Stored(*id),
                _ => {
                    let (from, to) = (self.hidden()?, self.hidden()?);
                    let mut inner = Group::default();
                    if let Some(predicate) = self.one_of(ids, &mut inner)? {
                        let slots = [Slot::Variable(from), predicate, Slot::Variable(to)];
                        inner
                            .relations
                            .push(Relation::Pattern(Pattern::plain(slots)));
                    }
                    Edge::Computed(Box::new(inner), from, to)
                }
            },
        };
        group.relations.push(Relation::Path(Path {
            edge,
            subject,
            object,
            is_reflexive: written.path.closure == Closure::ZeroOrMore,
        }));
        Ok(())
    }

    fn refuse_annotations(&self, written: &Written, what: &str) -> Result<()> {
        match written.annotations.first() {
            None => Ok(()),
            Some(first) => Err(
                Error::query(format!("{what} has no sources and qualifiers"))
                    .with_span(first.span.start, first.span.end)
                    .with_help("ask them of the stored facts it follows from"),
            ),
        }
    }

    /// Fields and roles of the fact of a pattern.
    fn annotations(
        &mut self,
        written: &Written,
        pattern: &mut Pattern,
        predicate: Option<&str>,
        group: &mut Group,
    ) -> Result<()> {
        let fact = self.hidden()?;
        pattern.fact = Some(fact);
        let mut names: Vec<FieldName> = Vec::new();
        let mut values: Vec<VariableId> = Vec::new();
        let mut marks: Vec<SourceField> = Vec::new();
        let mut roles: Vec<(String, VariableId)> = Vec::new();
        for annotation in &written.annotations {
            let value = self.test(&annotation.test, group)?;
            let role = annotation.role.name.to_lowercase();
            self.narrow_by_source(&role, &annotation.test, pattern, group)?;
            match SourceField::from_word(&role) {
                Some(field) => {
                    if MARKS.contains(&field) {
                        marks.push(field);
                    }
                    names.push(FieldName::Source(field));
                    values.push(value);
                }
                None => roles.push((role, value)),
            }
        }
        if !marks.is_empty() || self.environment.least_confidence.is_some() {
            pattern.reads_marked = true;
            for field in MARKS.into_iter().filter(|field| !marks.contains(field)) {
                let value = self.hidden()?;
                group.conditions.push(self.usual(field, value)?);
                names.push(FieldName::Source(field));
                values.push(value);
            }
        }
        if !names.is_empty() {
            group.relations.push(Relation::Field(Field {
                fact,
                names,
                values,
            }));
        }
        for (role, value) in roles {
            self.role(&role, value, pattern, predicate, group)?;
        }
        if let Some(time) = self.valid_at {
            self.valid(fact, time, group)?;
        }
        Ok(())
    }

    /// The variable of a field or role; what is asked of it becomes a condition.
    fn test(&mut self, test: &Test, group: &mut Group) -> Result<VariableId> {
        if let Test::Compare(Comparison::Equal, term) = test {
            if let TermKind::Variable(name) = &term.kind {
                return self.variable(name, term.span);
            }
            if term.kind == TermKind::Blank {
                return self.hidden();
            }
        }
        let value = self.hidden()?;
        let variable = Box::new(Scalar::Variable(value));
        group.conditions.push(match test {
            Test::Compare(comparison, term) => {
                let other = match &term.kind {
                    TermKind::Variable(name) => Scalar::Variable(self.variable(name, term.span)?),
                    _ => Scalar::Constant(self.constant_term(term)?),
                };
                Scalar::Compare(*comparison, variable, Box::new(other))
            }
            Test::In(members) => Scalar::In(variable, self.members(members)?),
        });
        Ok(value)
    }

    /// What a mark is in facts that answer plain patterns.
    fn usual(&self, field: SourceField, value: VariableId) -> Result<Scalar> {
        let variable = Box::new(Scalar::Variable(value));
        let constant = |value: Value| -> Result<Constant> { self.constant(&Cell::Value(value)) };
        Ok(match field {
            SourceField::Modality => {
                let usual = ["asserted", "future"];
                let members: Result<Vec<Constant>> = usual
                    .into_iter()
                    .map(|modality| constant(Value::from(modality)))
                    .collect();
                Scalar::In(variable, members?)
            }
            SourceField::Confidence => {
                let least = match self.environment.least_confidence {
                    Some(least) => least,
                    None => self.environment.facts.weak_below()?,
                };
                let least = Number::Decimal(f64::from(least));
                let least = Scalar::Constant(constant(Value::Number(least))?);
                Scalar::Compare(Comparison::GreaterOrEqual, variable, Box::new(least))
            }
            _ => {
                let no = Scalar::Constant(constant(Value::Boolean(false))?);
                Scalar::Compare(Comparison::Equal, variable, Box::new(no))
            }
        })
    }

    /// A qualifier: a row of its own under predicate and role, with the same fact.
    fn role(
        &mut self,
        role: &str,
        value: VariableId,
        pattern: &Pattern,
        predicate: Option<&str>,
        group: &mut Group,
    ) -> Result<()> {
        let ids = match predicate {
            Some(predicate) => {
                let name = format!("{predicate}_{role}");
                self.stored_predicate(&name, &name)?
            }
            None => Vec::new(),
        };
        // The predicate may itself be a role ("take_part_in"), or stand for several: then the
        // qualifier is read from the facts.
        let Some(slot) = self.one_of(ids, group)? else {
            if let Some(fact) = pattern.fact {
                group.relations.push(Relation::Field(Field {
                    fact,
                    names: vec![FieldName::Role(role.to_owned())],
                    values: vec![value],
                }));
            }
            return Ok(());
        };
        let [subject, _, _] = pattern.slots;
        group.relations.push(Relation::Pattern(Pattern {
            slots: [subject, slot, Slot::Variable(value)],
            fact: pattern.fact,
            allows_absent: false,
            reads_marked: pattern.reads_marked,
        }));
        Ok(())
    }

    /// The fact has no valid time, or one that overlaps the time asked for.
    fn valid(
        &mut self,
        fact: VariableId,
        time: crate::value::Time,
        group: &mut Group,
    ) -> Result<()> {
        let when = self.hidden()?;
        group.optionals.push(Group {
            relations: vec![Relation::Field(Field {
                fact,
                names: vec![FieldName::Role("when".to_owned())],
                values: vec![when],
            })],
            ..Group::default()
        });
        let time = Scalar::Constant(self.constant(&Cell::Value(Value::Time(time)))?);
        let yes = Scalar::Constant(self.constant(&Cell::Value(Value::Boolean(true)))?);
        let overlaps = Scalar::Call(Function::Overlaps, vec![Scalar::Variable(when), time]);
        group
            .conditions
            .push(Scalar::Call(Function::Coalesce, vec![overlaps, yes]));
        Ok(())
    }
}

/// Where a condition says that a subject is one of some names: the ids of these. Subjects are
/// names, and all names a text may stand for are known, so that nothing is left to compare.
fn named(condition: &Scalar, group: &Group) -> Option<(VariableId, Vec<u64>)> {
    let (variable, members) = match condition {
        Scalar::Compare(Comparison::Equal, left, right) => match (left.as_ref(), right.as_ref()) {
            (Scalar::Variable(variable), Scalar::Constant(constant))
            | (Scalar::Constant(constant), Scalar::Variable(variable)) => {
                (*variable, std::slice::from_ref(constant))
            }
            _ => return None,
        },
        Scalar::In(inner, members) => match inner.as_ref() {
            Scalar::Variable(variable) => (*variable, members.as_slice()),
            _ => return None,
        },
        _ => return None,
    };
    let is_subject = group.relations.iter().any(|relation| match relation {
        Relation::Pattern(pattern) => pattern.slots[0].variable() == Some(variable),
        _ => false,
    });
    let are_names = members.iter().all(|member| member.cell.as_text().is_some());
    if !is_subject || !are_names {
        return None;
    }
    let mut ids: Vec<u64> = members
        .iter()
        .flat_map(|member| member.ids.iter().copied())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    Some((variable, ids))
}
