//! The algebra a query is resolved to: relations to join, conditions, groups within groups.
//!
//! Names are ids here, so that nothing below compares texts. A pattern without a fact variable
//! is a *set* of triples: facts that say the same triple count once. Solutions are a bag.

use super::expression::Scalar;

/// A variable of a query, numbered in order of appearance; hidden ones stand for blanks and
/// parts the query does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct VariableId(pub(crate) u16);

/// No query may use more variables, hidden ones included: sets of them are 128-bit words.
pub(crate) const VARIABLES_MAX: usize = 128;

/// What an empty variable holds in a column of ids.
pub(crate) const UNBOUND: u64 = u64::MAX;

/// A set of variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct VariableSet(u128);

impl VariableSet {
    pub(crate) fn of(variables: impl IntoIterator<Item = VariableId>) -> Self {
        let mut set = Self::default();
        variables
            .into_iter()
            .for_each(|variable| set.insert(variable));
        set
    }

    pub(crate) fn insert(&mut self, variable: VariableId) {
        self.0 |= 1u128.wrapping_shl(u32::from(variable.0));
    }

    pub(crate) fn contains(self, variable: VariableId) -> bool {
        self.0 & 1u128.wrapping_shl(u32::from(variable.0)) != 0
    }

    pub(crate) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    pub(crate) fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The variables in ascending order.
    #[expect(clippy::cast_possible_truncation, reason = "at most 128 bits")]
    pub(crate) fn iter(self) -> impl Iterator<Item = VariableId> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            if rest == 0 {
                return None;
            }
            let lowest = rest.trailing_zeros();
            rest &= rest - 1;
            Some(VariableId(lowest as u16))
        })
    }
}

/// A place of a pattern: a variable or the id of a constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    Variable(VariableId),
    Constant(u64),
}

impl Slot {
    pub(crate) fn variable(self) -> Option<VariableId> {
        match self {
            Self::Variable(variable) => Some(variable),
            Self::Constant(_) => None,
        }
    }

    pub(crate) fn constant(self) -> Option<u64> {
        match self {
            Self::Variable(_) => None,
            Self::Constant(id) => Some(id),
        }
    }
}

/// Rows of the index: subject, predicate, object, and the fact where it is asked for. No
/// variable stands in two places.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pattern {
    /// Subject, predicate, object.
    pub(crate) slots: [Slot; 3],
    /// The fact's variable; without one, equal triples count once.
    pub(crate) fact: Option<VariableId>,
    /// Whether rows of facts without an object match.
    pub(crate) allows_absent: bool,
    /// Whether negated, possible, weak and derived facts are read too.
    pub(crate) reads_marked: bool,
}

impl Pattern {
    /// A pattern of plain triples.
    pub(crate) fn plain(slots: [Slot; 3]) -> Self {
        Self {
            slots,
            fact: None,
            allows_absent: false,
            reads_marked: false,
        }
    }

    pub(crate) fn variables(&self) -> VariableSet {
        let slots = self.slots.iter().filter_map(|slot| slot.variable());
        VariableSet::of(slots.chain(self.fact))
    }
}

/// Rows of ids kept in memory, column by column.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Table {
    pub(crate) variables: Vec<VariableId>,
    pub(crate) columns: Vec<Vec<u64>>,
    pub(crate) rows: usize,
}

impl Table {
    /// One column of values for one variable.
    pub(crate) fn of_values(variable: VariableId, values: Vec<u64>) -> Self {
        Self {
            variables: vec![variable],
            rows: values.len(),
            columns: vec![values],
        }
    }

    /// No rows for some variables.
    pub(crate) fn empty(variables: Vec<VariableId>) -> Self {
        Self {
            columns: vec![Vec::new(); variables.len()],
            variables,
            rows: 0,
        }
    }
}

/// A predicate followed once or more, or any number of times.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Path {
    /// One step, from one variable to another.
    pub(crate) edge: Edge,
    pub(crate) subject: Slot,
    pub(crate) object: Slot,
    /// Whether no step at all is a way too.
    pub(crate) is_reflexive: bool,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Edge {
    /// A stored predicate.
    Stored(u64),
    /// Whatever a group binds its two variables to.
    Computed(Box<Group>, VariableId, VariableId),
}

/// A predicate that rules define.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    /// The predicate's normal form.
    pub(crate) predicate: String,
    pub(crate) subject: Slot,
    pub(crate) object: Slot,
    /// Whether derived facts without an object match.
    pub(crate) allows_absent: bool,
}

/// What a record says about a fact.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum FieldName {
    Source(crate::language::SourceField),
    /// The value of a qualifier.
    Role(String),
}

/// Fields of the record of a fact, taken together: those of one piece of evidence stand in one
/// row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    pub(crate) fact: VariableId,
    pub(crate) names: Vec<FieldName>,
    /// The variables of the fields, in the same order.
    pub(crate) values: Vec<VariableId>,
}

/// What can be joined.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Relation {
    Pattern(Pattern),
    Table(std::sync::Arc<Table>),
    Path(Path),
    Call(Call),
    Field(Field),
    /// Rows of any of the groups; a variable some of them do not bind may be empty.
    Union(Vec<Group>),
}

impl Relation {
    /// The variables that may be bound.
    pub(crate) fn variables(&self) -> VariableSet {
        let ends = |subject: &Slot, object: &Slot| {
            VariableSet::of(
                [subject.variable(), object.variable()]
                    .into_iter()
                    .flatten(),
            )
        };
        match self {
            Self::Pattern(pattern) => pattern.variables(),
            Self::Table(table) => VariableSet::of(table.variables.iter().copied()),
            Self::Path(path) => ends(&path.subject, &path.object),
            Self::Call(call) => ends(&call.subject, &call.object),
            Self::Field(field) => {
                VariableSet::of(std::iter::once(field.fact).chain(field.values.iter().copied()))
            }
            Self::Union(groups) => groups.iter().fold(VariableSet::default(), |all, group| {
                all.union(group.variables())
            }),
        }
    }

    /// The variables that are bound in every row.
    pub(crate) fn certain(&self) -> VariableSet {
        match self {
            Self::Union(groups) => groups
                .iter()
                .map(Group::certain)
                .reduce(VariableSet::intersection)
                .unwrap_or_default(),
            _ => self.variables(),
        }
    }
}

/// Relations to join, conditions, and groups that are optional or must not hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Group {
    pub(crate) relations: Vec<Relation>,
    pub(crate) conditions: Vec<Scalar>,
    /// Variables that only an expression binds, in an order in which they can be computed.
    pub(crate) computed: Vec<(VariableId, Scalar)>,
    pub(crate) optionals: Vec<Group>,
    pub(crate) negations: Vec<Group>,
}

impl Group {
    /// The variables that may be bound.
    pub(crate) fn variables(&self) -> VariableSet {
        self.optionals
            .iter()
            .fold(self.certain_and_maybe(), |all, group| {
                all.union(group.variables())
            })
    }

    fn certain_and_maybe(&self) -> VariableSet {
        let relations = self.relations.iter().map(Relation::variables);
        relations.fold(self.computed_variables(), VariableSet::union)
    }

    fn computed_variables(&self) -> VariableSet {
        VariableSet::of(self.computed.iter().map(|(variable, _)| *variable))
    }

    /// The variables that are bound in every row. A computed one may be empty.
    pub(crate) fn certain(&self) -> VariableSet {
        self.relations
            .iter()
            .map(Relation::certain)
            .fold(VariableSet::default(), VariableSet::union)
    }

    /// Makes parts that share no variable with the first group of their own, with the conditions
    /// that are only about them: each is then found once, and not again for every row before it.
    pub(crate) fn with_parts_apart(mut self) -> Self {
        let mut parts: Vec<(VariableSet, Vec<Relation>)> = Vec::new();
        for relation in std::mem::take(&mut self.relations) {
            let mut variables = relation.variables();
            let (met, apart): (Vec<_>, Vec<_>) = parts
                .into_iter()
                .partition(|(known, _)| !known.intersection(variables).is_empty());
            parts = apart;
            let mut relations: Vec<Relation> = Vec::new();
            for (known, members) in met {
                variables = variables.union(known);
                relations.extend(members);
            }
            relations.push(relation);
            parts.push((variables, relations));
        }
        let is_large = |relations: &[Relation]| relations.len() > 1;
        if parts.iter().filter(|(_, part)| is_large(part)).count() < 1 || parts.len() < 2 {
            self.relations = parts.into_iter().flat_map(|(_, part)| part).collect();
            return self;
        }
        for (variables, relations) in parts {
            let is_own = |condition: &Scalar| {
                let named = VariableSet::of(condition.variables());
                !named.is_empty() && named.is_within(variables)
            };
            let conditions = std::mem::take(&mut self.conditions);
            let (own, others) = conditions.into_iter().partition(is_own);
            self.conditions = others;
            let part = Self {
                relations,
                conditions: own,
                ..Self::default()
            };
            self.relations.push(Relation::Union(vec![part]));
        }
        self
    }

    /// The pattern of a group that is nothing else.
    pub(crate) fn only_pattern(&self) -> Option<&Pattern> {
        let [Relation::Pattern(pattern)] = self.relations.as_slice() else {
            return None;
        };
        let is_alone = self.conditions.is_empty()
            && self.computed.is_empty()
            && self.optionals.is_empty()
            && self.negations.is_empty();
        is_alone.then_some(pattern)
    }

    /// Every variable named anywhere within, also where it is not bound.
    pub(crate) fn mentioned(&self) -> VariableSet {
        let mut all = self.variables();
        for scalar in self
            .conditions
            .iter()
            .chain(self.computed.iter().map(|(_, scalar)| scalar))
        {
            scalar.each_variable(&mut |variable| all.insert(variable));
        }
        for group in self.optionals.iter().chain(&self.negations) {
            all = all.union(group.mentioned());
        }
        for relation in &self.relations {
            if let Relation::Union(groups) = relation {
                all = groups
                    .iter()
                    .fold(all, |all, group| all.union(group.mentioned()));
            }
        }
        all
    }
}
