//! The syntax tree: what a script says, with the place of every part.
//!
//! Names, predicates and parameters are unresolved here, as they were written. Equality
//! compares spans too.

use std::fmt;

use super::literal::Literal;
use super::vocabulary::Function;

/// A stretch of the source in bytes, the end excluded.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte.
    pub end: usize,
}

impl Span {
    /// The stretch from `start` to before `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The stretch from the start of `self` to the end of `other`.
    #[must_use]
    pub const fn to(self, other: Self) -> Self {
        Self {
            start: self.start,
            end: other.end,
        }
    }

    /// The text of the stretch, empty where it does not lie within `source`.
    #[must_use]
    pub fn text(self, source: &str) -> &str {
        source.get(self.start..self.end).unwrap_or_default()
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Statements in the order they are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script {
    /// The statements. Those that could not be read are [`StatementKind::Error`].
    pub statements: Vec<Statement>,
}

/// One statement and its place, without the `;` that ends it.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What it asks or tells.
    pub kind: StatementKind,
    /// Where it stands.
    pub span: Span,
}

impl Statement {
    /// Whether running the statement changes the store.
    #[must_use]
    pub const fn is_writing(&self) -> bool {
        match self.kind {
            StatementKind::Query(_)
            | StatementKind::Explain(_)
            | StatementKind::Describe(_)
            | StatementKind::Error => false,
            StatementKind::Assert(_)
            | StatementKind::Retract(_)
            | StatementKind::Rule(_)
            | StatementKind::Alias(_)
            | StatementKind::Merge(_)
            | StatementKind::Undo(_)
            | StatementKind::Forget(_) => true,
        }
    }
}

/// What a statement asks or tells.
#[derive(Clone, Debug, PartialEq)]
pub enum StatementKind {
    /// A question: `find … where …`, or clauses alone.
    Query(Query),
    /// `explain` and a question: the plan, with estimates and actual counts.
    Explain(Query),
    /// `describe` and a name or a rule, or a name alone.
    Describe(Describe),
    /// New facts.
    Assert(Assert),
    /// Facts that shall no longer hold.
    Retract(Retract),
    /// A rule that defines a predicate.
    Rule(Rule),
    /// Another name of an entity.
    Alias(Alias),
    /// Two entities that are one.
    Merge(Merge),
    /// An alias, a merge or a rule taken back.
    Undo(Undo),
    /// A document whose facts shall go.
    Forget(Forget),
    /// A statement that could not be read; a diagnostic says why.
    Error,
}

/// A question: clauses that must hold, and what to show of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The columns after `find`; absent for clauses alone, which show their variables in order
    /// of appearance.
    pub find: Option<Find>,
    /// What must hold, at least one.
    pub clauses: Vec<Clause>,
    /// Order, limits, times, sources.
    pub modifiers: Modifiers,
    /// From the first column or clause to the last modifier.
    pub span: Span,
}

/// `find` and its columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Find {
    /// `find distinct`: equal rows are shown once.
    pub is_distinct: bool,
    /// The columns, at least one. Those without an aggregate are what rows are grouped by.
    pub columns: Vec<Column>,
    /// From `find` to the last column.
    pub span: Span,
}

/// A column of the answer: `count(?who) as ?staff`.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What to compute for each row or group.
    pub expression: Expression,
    /// The name given with `as`, which also stands for the column in `having` and `order by`.
    pub alias: Option<Variable>,
    /// Where it stands.
    pub span: Span,
}

/// A variable: `?who`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Variable {
    /// Its name without the question mark.
    pub name: String,
    /// Where it stands, the question mark included.
    pub span: Span,
}

/// What follows the clauses of a question. Each can be given once, in any order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Modifiers {
    /// `having`: conditions on rows after aggregation; comparisons and calls, all must hold.
    pub having: Vec<Expression>,
    /// `order by`: the most significant key first.
    pub order: Vec<Key>,
    /// `limit`: at most this many rows.
    pub limit: Option<Count>,
    /// `offset`: leave out this many rows first.
    pub offset: Option<Count>,
    /// `as of`: what the store knew then. A date, a timestamp, a whole number or a parameter.
    pub as_of: Option<Term>,
    /// `valid at`: what was the case then. A date, a timestamp, an interval, a whole number
    /// (a year) or a parameter.
    pub valid_at: Option<Term>,
    /// `with sources`: show the evidence of each row.
    pub with_sources: Option<Span>,
}

/// A key of `order by`.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// What to sort by.
    pub expression: Expression,
    /// Ascending unless `desc` is written.
    pub direction: Direction,
    /// Where it stands.
    pub span: Span,
}

/// The direction of a sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// The smallest first.
    #[default]
    Ascending,
    /// The largest first.
    Descending,
}

/// A number of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Count {
    /// Written out.
    Whole(u64, Span),
    /// A parameter, its name without the dollar sign.
    Parameter(String, Span),
}

/// Something that must hold of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Clause {
    /// A fact there must be.
    Pattern(Pattern),
    /// A comparison or a call that must be true. `?x = …` binds `?x` where nothing else does.
    Filter(Expression),
    /// There must be no such row.
    Not(Block),
    /// Taken where it holds; its variables stay empty where it does not.
    Optional(Block),
    /// Clauses in braces that stand by themselves.
    Block(Block),
    /// At least one of two or more blocks must hold.
    Or(Vec<Block>),
}

impl Clause {
    /// Where the clause stands. For `not` and `optional` that is what they govern.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Pattern(pattern) => pattern.span,
            Self::Filter(expression) => expression.span,
            Self::Not(block) | Self::Optional(block) | Self::Block(block) => block.span,
            Self::Or(blocks) => match (blocks.first(), blocks.last()) {
                (Some(first), Some(last)) => first.span.to(last.span),
                _ => Span::default(),
            },
        }
    }
}

/// Clauses that must all hold. Braces around a single clause after `not` and `optional` may be
/// left out, and leave no trace here.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// At least one clause.
    pub clauses: Vec<Clause>,
    /// Where it stands, with its braces.
    pub span: Span,
}

/// Subject, predicate, object: `?who win ?prize [when >= 1990]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// A variable, a blank, a name, a text (meant as a name) or a parameter.
    pub subject: Term,
    /// The predicate, perhaps its closure.
    pub path: Path,
    /// The object. Absent in `?who resign`: then the fact may have an object or none, and an
    /// asserted fact has none. The blank `_` asks for some object.
    pub object: Option<Term>,
    /// What is said about the fact, in brackets.
    pub annotations: Vec<Annotation>,
    /// Where it stands.
    pub span: Span,
}

/// A predicate and how often it is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The predicate.
    pub predicate: Predicate,
    /// Once, `+` or `*`.
    pub closure: Closure,
    /// Where it stands, with `+` or `*`.
    pub span: Span,
}

/// How often a predicate is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closure {
    /// `p`
    Once,
    /// `p+`
    OneOrMore,
    /// `p*`
    ZeroOrMore,
}

/// A predicate as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predicate {
    /// Name, text, variable or parameter.
    pub kind: PredicateKind,
    /// Where it stands.
    pub span: Span,
}

/// What a predicate is written as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PredicateKind {
    /// A bare word: `born_in`.
    Word(String),
    /// A text: `"taking part"`, `"http://…#name"`.
    Text(String),
    /// A variable, its name without the question mark.
    Variable(String),
    /// A parameter, its name without the dollar sign.
    Parameter(String),
}

/// Something said about a fact, within its brackets: `when >= 1990`.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// A source field (see [`SourceField`](super::SourceField)) or the role of a qualifier.
    pub role: Role,
    /// How it compares. `=` with a variable binds it.
    pub test: Test,
    /// Where it stands.
    pub span: Span,
}

/// A source field or the role of a qualifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// As it is written, which may be a keyword (`in`, `by`).
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// A comparison with a term, or a membership.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// `= term`, `>= term` and so on.
    Compare(Comparison, Term),
    /// `in [ … ]`
    In(Members),
}

/// A comparison of two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    /// The operator as it is written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

/// What `in` looks into.
#[derive(Clone, Debug, PartialEq)]
pub enum Members {
    /// Terms in brackets, perhaps none.
    List(Vec<Term>, Span),
    /// A parameter whose value is a list, its name without the dollar sign.
    Parameter(String, Span),
}

/// A variable, a constant or the blank.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// What it is.
    pub kind: TermKind,
    /// Where it stands.
    pub span: Span,
}

/// What a term is.
#[derive(Clone, Debug, PartialEq)]
pub enum TermKind {
    /// `?who`, its name without the question mark.
    Variable(String),
    /// `_`: anything, not shown. Not within expressions.
    Blank,
    /// A bare word, the name of something: `Paris`.
    Name(String),
    /// A value written out. A text may be meant as a name.
    Literal(Literal),
    /// `$city`, its name without the dollar sign.
    Parameter(String),
}

/// Something to compute, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Where it stands.
    pub span: Span,
}

/// What an expression is. Nesting is bounded by the parser.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpressionKind {
    /// A variable, a constant or a parameter; never the blank.
    Term(Term),
    /// A function of the vocabulary, with as many arguments as it takes.
    Call(Call),
    /// `-x`. A negative number written out is a literal.
    Negate(Box<Expression>),
    /// `x + y` and so on.
    Arithmetic(Arithmetic, Box<Expression>, Box<Expression>),
    /// `x < y` and so on.
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// `x in [ … ]`
    In(Box<Expression>, Members),
}

/// An arithmetic operation on two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

impl Arithmetic {
    /// The operator as it is written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        }
    }
}

/// A function applied to arguments: `count(distinct ?who)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The function.
    pub function: Function,
    /// `distinct` before the arguments, only for aggregates with an argument.
    pub is_distinct: bool,
    /// As many as the function takes.
    pub arguments: Vec<Expression>,
    /// The place of the function's name; the expression's span covers the call.
    pub span: Span,
}

/// What to describe.
#[derive(Clone, Debug, PartialEq)]
pub enum Describe {
    /// An entity: a name, a text or a parameter.
    Entity(Term),
    /// `describe rule`: all rules, or those that define a predicate.
    Rules(Option<Predicate>),
}

/// New facts: patterns without variables, blanks and closures.
#[derive(Clone, Debug, PartialEq)]
pub struct Assert {
    /// The facts, at least one.
    pub facts: Vec<Pattern>,
}

/// Facts that shall no longer hold: those a pattern matches, for each row of the clauses.
#[derive(Clone, Debug, PartialEq)]
pub struct Retract {
    /// The facts, at least one pattern.
    pub facts: Vec<Pattern>,
    /// The clauses after `where`, perhaps none.
    pub clauses: Vec<Clause>,
}

/// `rule head if body`
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The derived fact. Its predicate is a word or a text, without closure.
    pub head: Pattern,
    /// What must hold, at least one clause.
    pub body: Vec<Clause>,
}

/// `alias name of entity`
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    /// The further name: a name, a text or a parameter.
    pub name: Term,
    /// What it names: a name, a text or a parameter.
    pub entity: Term,
}

/// `merge one into other`
#[derive(Clone, Debug, PartialEq)]
pub struct Merge {
    /// The entity that becomes an alias: a name, a text or a parameter.
    pub from: Term,
    /// The entity that stays: a name, a text or a parameter.
    pub into: Term,
}

/// `undo alias …`, `undo merge …`, `undo rule …`
#[derive(Clone, Debug, PartialEq)]
pub struct Undo {
    /// What to take back.
    pub kind: UndoKind,
}

/// What `undo` takes back.
#[derive(Clone, Debug, PartialEq)]
pub enum UndoKind {
    /// An alias.
    Alias(Alias),
    /// A merge.
    Merge(Merge),
    /// All rules that define a predicate.
    Rule(Predicate),
}

/// `forget document`
#[derive(Clone, Debug, PartialEq)]
pub struct Forget {
    /// The document: a name, a text or a parameter.
    pub document: Term,
}
