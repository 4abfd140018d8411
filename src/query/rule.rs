//! Rules: predicates defined by clauses over others, looked up once for each state of a store.

use std::collections::{HashMap, HashSet};

use crate::error::{Error, Result};
use crate::language::{
    Clause, Closure, PredicateKind, Rule as Written, StatementKind, Term, TermKind, parse,
};

use super::algebra::{Call, Group, Relation, VariableId, VariableSet};
use super::cell::Cell;
use super::facts::Facts;
use super::resolve::{Environment, Naming, Parameters, Resolver, literal_cell};

/// An end of the derived fact.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Head {
    Variable(VariableId),
    Constant(Cell),
    /// The derived fact has no object.
    Absent,
}

impl Head {
    pub(crate) fn variable(&self) -> Option<VariableId> {
        match self {
            Self::Variable(variable) => Some(*variable),
            _ => None,
        }
    }
}

/// A rule with everything looked up.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Compiled {
    pub(crate) subject: Head,
    pub(crate) object: Head,
    pub(crate) body: Group,
    /// The rule as it was written.
    pub(crate) text: String,
}

/// All rules of a store, by the normal form of the predicate they define.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules {
    definitions: HashMap<String, Vec<Compiled>>,
    /// For each predicate those whose rules can reach it again.
    recursive: HashMap<String, HashSet<String>>,
    /// The predicates whose rules only rename others, with these others.
    renamed: HashMap<String, Vec<String>>,
    /// Their rules as they were written.
    renaming: Vec<(String, String)>,
}

/// A rule with `or` is taken apart into at most so many.
const ALTERNATIVES_MAX: usize = 256;

impl Rules {
    /// Looks up the rules of a store.
    ///
    /// # Errors
    ///
    /// `Query` where a rule depends on its own negation or names something that cannot be.
    pub(crate) fn compile(facts: &dyn Facts, texts: &[String], naming: Naming) -> Result<Self> {
        let mut written: Vec<(String, Written, String)> = Vec::new();
        for text in texts {
            let parsed = parse(text);
            for statement in parsed.script.statements {
                if let StatementKind::Rule(rule) = statement.kind {
                    let text = statement.span.text(text).to_owned();
                    written.push((head_predicate(&rule, naming)?, rule, text));
                }
            }
        }
        let mut rules = Self::default();
        rules.take_renaming(&mut written, naming);
        let names: HashSet<&str> = written.iter().map(|(name, ..)| name.as_str()).collect();
        let is_rule = |name: &str| names.contains(name);
        let renamed = rules.renamed.clone();
        let other_names = |name: &str| other_names(&renamed, name, naming);
        let parameters = Parameters::new();
        let environment = Environment {
            facts,
            naming,
            parameters: &parameters,
            is_rule: &is_rule,
            other_names: &other_names,
            least_confidence: None,
        };
        for (name, rule, text) in &written {
            for compiled in compile_rule(rule, text, &environment)? {
                rules
                    .definitions
                    .entry(name.clone())
                    .or_default()
                    .push(compiled);
            }
        }
        rules.stratify()?;
        Ok(rules)
    }

    /// Takes the rules out that only rename: `rule ?a acquire ?b if ?a buy ?b`. A question for
    /// `acquire` then reads the facts of both predicates, so that their sources and qualifiers can
    /// be asked for. A predicate that other rules define too, or lead to, stays derived.
    fn take_renaming(&mut self, written: &mut Vec<(String, Written, String)>, naming: Naming) {
        let mut edges: HashMap<String, Vec<Option<String>>> = HashMap::new();
        for (name, rule, _) in written.iter() {
            let other = renamed_predicate(rule, naming);
            edges.entry(name.clone()).or_default().push(other);
        }
        for name in edges.keys() {
            if let Some(reached) = renames(&edges, name) {
                self.renamed.insert(name.clone(), reached);
            }
        }
        written.retain(|(name, _, text)| {
            let is_renaming = self.renamed.contains_key(name);
            if is_renaming {
                self.renaming.push((name.clone(), text.clone()));
            }
            !is_renaming
        });
    }

    /// The other names of a predicate as it is written, by rules that only rename and by grammar.
    pub(crate) fn other_names(&self, written: &str, naming: Naming) -> Vec<String> {
        other_names(&self.renamed, written, naming)
    }

    /// Whether rules define a predicate, given in normal form.
    pub(crate) fn defines(&self, predicate: &str) -> bool {
        self.definitions.contains_key(predicate)
    }

    /// The rules of a predicate.
    pub(crate) fn of(&self, predicate: &str) -> &[Compiled] {
        self.definitions.get(predicate).map_or(&[], Vec::as_slice)
    }

    /// Whether the rules of a predicate use a predicate that leads back to it.
    pub(crate) fn are_recursive(&self, predicate: &str, used: &str) -> bool {
        self.recursive
            .get(predicate)
            .is_some_and(|members| members.contains(used))
    }

    /// The rules as they were written, those of one predicate or all.
    pub(crate) fn texts(&self, predicate: Option<&str>) -> Vec<String> {
        let mut texts: Vec<String> = self
            .definitions
            .iter()
            .filter(|(name, _)| predicate.is_none_or(|wanted| wanted == *name))
            .flat_map(|(_, rules)| rules.iter().map(|rule| rule.text.clone()))
            .collect();
        let renaming = self.renaming.iter();
        texts.extend(
            renaming
                .filter(|(name, _)| predicate.is_none_or(|wanted| wanted == name))
                .map(|(_, text)| text.clone()),
        );
        texts.sort_unstable();
        texts.dedup();
        texts
    }

    /// Finds which predicates depend on themselves, and refuses those that do so through `not`
    /// or `optional`.
    fn stratify(&mut self) -> Result<()> {
        let mut uses: HashMap<&str, Vec<(String, bool)>> = HashMap::new();
        for (name, rules) in &self.definitions {
            let used = uses.entry(name).or_default();
            rules
                .iter()
                .for_each(|rule| each_call(&rule.body, false, used));
        }
        let mut recursive = HashMap::new();
        let reaches = |from: &str, to: &str| {
            let mut seen: HashSet<&str> = HashSet::new();
            let mut open = vec![from];
            while let Some(name) = open.pop() {
                for (used, _) in uses.get(name).into_iter().flatten() {
                    if used == to {
                        return true;
                    }
                    if seen.insert(used) {
                        open.push(used);
                    }
                }
            }
            false
        };
        for (&name, used) in &uses {
            let mut members = HashSet::new();
            for (target, is_negative) in used {
                if target != name && !reaches(target, name) {
                    continue;
                }
                if *is_negative {
                    return Err(Error::query(format!(
                        "the rules of {name} depend on what they deny: {target}"
                    ))
                    .with_help("a rule may deny only what does not depend on it"));
                }
                members.insert(target.clone());
            }
            recursive.insert(name.to_owned(), members);
        }
        self.recursive = recursive;
        Ok(())
    }
}

/// The names a predicate goes by beside its own: those that rules give it, and the passive that a
/// participle may mean, with the names that rules give that.
fn other_names(
    renamed: &HashMap<String, Vec<String>>,
    written: &str,
    naming: Naming,
) -> Vec<String> {
    let normal = (naming.canonical)(written);
    let passive = (naming.passive)(written).filter(|passive| *passive != normal);
    let mut names: Vec<String> = passive.clone().into_iter().collect();
    for name in std::iter::once(&normal).chain(&passive) {
        for other in renamed.get(name).into_iter().flatten() {
            if *other != normal && !names.contains(other) {
                names.push(other.clone());
            }
        }
    }
    names
}

/// The predicate whose facts a rule gives another name: one pattern with the variables of the
/// head in their order, and nothing else.
fn renamed_predicate(rule: &Written, naming: Naming) -> Option<String> {
    let [Clause::Pattern(pattern)] = rule.body.as_slice() else {
        return None;
    };
    let variable = |term: Option<&Term>| match term.map(|term| &term.kind) {
        Some(TermKind::Variable(name)) => Some(name.clone()),
        _ => None,
    };
    let head = (
        variable(Some(&rule.head.subject))?,
        variable(rule.head.object.as_ref())?,
    );
    let body = (
        variable(Some(&pattern.subject))?,
        variable(pattern.object.as_ref())?,
    );
    let is_bare = head == body
        && head.0 != head.1
        && pattern.annotations.is_empty()
        && rule.head.annotations.is_empty()
        && pattern.path.closure == Closure::Once;
    match &pattern.path.predicate.kind {
        PredicateKind::Word(name) | PredicateKind::Text(name)
            if is_bare && !crate::storage::is_iri(name) =>
        {
            Some((naming.canonical)(name))
        }
        _ => None,
    }
}

/// Everything that a predicate renames, through any number of steps; nothing where one of them
/// is defined by more than renaming.
fn renames(edges: &HashMap<String, Vec<Option<String>>>, name: &str) -> Option<Vec<String>> {
    let mut reached: Vec<String> = Vec::new();
    let mut open = vec![name.to_owned()];
    while let Some(next) = open.pop() {
        for other in edges.get(&next).into_iter().flatten() {
            let other = other.as_ref()?;
            if other != name && !reached.contains(other) {
                reached.push(other.clone());
                open.push(other.clone());
            }
        }
    }
    reached.sort_unstable();
    Some(reached)
}

/// The predicates a group calls, and whether within `not` or `optional`.
fn each_call(group: &Group, is_negative: bool, used: &mut Vec<(String, bool)>) {
    for relation in &group.relations {
        match relation {
            Relation::Call(call) => used.push((call.predicate.clone(), is_negative)),
            Relation::Union(groups) => {
                groups
                    .iter()
                    .for_each(|group| each_call(group, is_negative, used));
            }
            // A path over a rule needs all of the rule before its first step.
            Relation::Path(path) => {
                if let super::algebra::Edge::Computed(group, ..) = &path.edge {
                    each_call(group, true, used);
                }
            }
            _ => {}
        }
    }
    for inner in group.optionals.iter().chain(&group.negations) {
        each_call(inner, true, used);
    }
}

fn head_predicate(rule: &Written, naming: Naming) -> Result<String> {
    let predicate = &rule.head.path.predicate;
    match &predicate.kind {
        PredicateKind::Word(name) | PredicateKind::Text(name) => {
            if crate::storage::is_iri(name) {
                Ok(name.clone())
            } else {
                Ok((naming.canonical)(name))
            }
        }
        _ => Err(Error::query("a rule defines a predicate by its name")
            .with_span(predicate.span.start, predicate.span.end)),
    }
}

fn compile_rule(
    rule: &Written,
    text: &str,
    environment: &Environment<'_>,
) -> Result<Vec<Compiled>> {
    if let Some(annotation) = rule.head.annotations.first() {
        return Err(Error::query("a derived fact has no sources and qualifiers")
            .with_span(annotation.span.start, annotation.span.end));
    }
    let mut resolver = Resolver::new(environment);
    let body = resolver.group(&rule.body, VariableSet::default())?;
    let mut head = |term: &crate::language::Term| -> Result<Head> {
        Ok(match &term.kind {
            TermKind::Variable(name) => Head::Variable(resolver.variable(name, term.span)?),
            TermKind::Name(name) => Head::Constant(Cell::Name(name.clone())),
            TermKind::Literal(literal) => Head::Constant(literal_cell(literal)),
            TermKind::Blank | TermKind::Parameter(_) => {
                return Err(Error::query("a derived fact is about something named")
                    .with_span(term.span.start, term.span.end));
            }
        })
    };
    let subject = match head(&rule.head.subject)? {
        // The subject of a fact is a name, however it is written.
        Head::Constant(cell) => Head::Constant(Cell::Name(cell.to_string())),
        other => other,
    };
    let object = match &rule.head.object {
        Some(term) => head(term)?,
        None => Head::Absent,
    };
    let mut bodies = vec![body];
    while let Some(place) = bodies.iter().position(has_union_of_calls) {
        let body = bodies.swap_remove(place);
        bodies.extend(split(body));
        if bodies.len() > ALTERNATIVES_MAX {
            return Err(Error::Limit {
                what: "a rule's number of alternatives".to_owned(),
                limit: ALTERNATIVES_MAX.to_string(),
            });
        }
    }
    Ok(bodies
        .into_iter()
        .map(|body| Compiled {
            subject: subject.clone(),
            object: object.clone(),
            body,
            text: text.to_owned(),
        })
        .collect())
}

fn calls_anything(group: &Group) -> bool {
    let mut used = Vec::new();
    each_call(group, false, &mut used);
    !used.is_empty()
}

fn is_union_of_calls(relation: &Relation) -> bool {
    matches!(relation, Relation::Union(groups) if groups.iter().any(calls_anything))
}

fn has_union_of_calls(group: &Group) -> bool {
    group.relations.iter().any(is_union_of_calls)
}

/// One body for each alternative of the first union.
fn split(mut body: Group) -> Vec<Group> {
    let Some(place) = body.relations.iter().position(is_union_of_calls) else {
        return vec![body];
    };
    let Relation::Union(groups) = body.relations.remove(place) else {
        return vec![body];
    };
    groups
        .into_iter()
        .map(|group| {
            let mut merged = body.clone();
            merged.relations.extend(group.relations);
            merged.conditions.extend(group.conditions);
            merged.computed.extend(group.computed);
            merged.optionals.extend(group.optionals);
            merged.negations.extend(group.negations);
            merged
        })
        .collect()
}

/// The calls of a body and its other relations.
pub(crate) fn calls_of(body: &Group) -> (Vec<&Call>, Vec<&Relation>) {
    let (mut calls, mut others) = (Vec::new(), Vec::new());
    for relation in &body.relations {
        match relation {
            Relation::Call(call) => calls.push(call),
            other => others.push(other),
        }
    }
    (calls, others)
}
