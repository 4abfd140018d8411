//! The query language: syntax tree, parser, diagnostics, formatter, highlighter, completer.
//!
//! This layer knows texts and trees. It does not know the store: completion asks a
//! [`Catalog`], and whether a name or a predicate exists is the query engine's business.

mod advice;
mod check;
mod complete;
mod diagnostic;
mod expectation;
mod format;
mod highlight;
mod literal;
mod parser;
mod position;
mod shape;
mod statements;
mod syntax;
mod time;
mod token;
mod vocabulary;

pub use complete::{Candidate, Catalog, MOST_CANDIDATES, complete};
pub use diagnostic::{Completeness, Diagnostic, DiagnosticKind, Place, Related, completeness};

pub use format::format;
pub use highlight::{Class, highlight};
pub use literal::{Date, Interval, Literal, Moment, Timestamp};
pub use parser::{
    MAXIMUM_NESTING, MAXIMUM_OPERATORS, MAXIMUM_STATEMENT_BYTES, Parsed, parse, parse_statement,
};
pub(crate) use shape::{Shape, Writing};
pub use statements::{Statements, statements};
pub use syntax::{
    Alias, Annotation, Arithmetic, Assert, Block, Call, Clause, Closure, Column, Comparison, Count,
    Describe, Direction, Expression, ExpressionKind, Find, Forget, Key, Members, Merge, Modifiers,
    Path, Pattern, Predicate, PredicateKind, Query, Retract, Role, Rule, Script, Span, Statement,
    StatementKind, Term, TermKind, Test, Undo, UndoKind, Variable,
};
pub use vocabulary::{
    ANY_NUMBER, Function, FunctionClass, FunctionEntry, Keyword, KeywordClass, KeywordEntry,
    MODALITIES, SourceField, SourceFieldEntry,
};
