//! The parser: from a text to a syntax tree, in one pass, without backtracking over more than
//! two tokens.
//!
//! It never fails: a statement that cannot be read becomes [`StatementKind::Error`] with a
//! diagnostic, and reading goes on after the statement's end. The functions are nom parsers over
//! plain `&str`, each below its line of `grammar/query.ebnf`; a text's offset is the length of
//! the source minus that of the rest. The failure farthest into the statement is reported, with
//! everything that was looked for there.

mod clause;
mod expression;
mod pattern;
mod query;
mod statement;
mod terminal;

use std::cell::{Cell, RefCell};

use nom::IResult;
use nom::error::{ErrorKind, ParseError};

use super::check;
use super::diagnostic::{Diagnostic, DiagnosticKind};
use super::expectation::{Expectations, Expected, Part};
use super::statements::statements;
use super::syntax::{Script, Span, Statement, StatementKind};
use super::token::{Token, TokenKind, next_token};

/// How deep blocks, parentheses, calls and signs may lie in each other. Reading, checking and
/// dropping a tree recurse, and the stack of a thread is small; no person writes as much.
pub const MAXIMUM_NESTING: usize = 64;

/// How many operators an expression may have. A chain of them makes a tree as deep as it is
/// long.
pub const MAXIMUM_OPERATORS: usize = 256;

/// How long a statement may be, in bytes: room for an assertion of thousands of facts, and a
/// bound on the memory and time a stranger's text can take.
pub const MAXIMUM_STATEMENT_BYTES: usize = 1 << 20;

/// A script as far as it could be read, and what is wrong with the rest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The statements, those that could not be read as [`StatementKind::Error`].
    pub script: Script,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a script.
///
/// ```
/// use factbase::language::{StatementKind, parse};
///
/// let parsed = parse("?who win ?prize; find ?who; Paris");
/// assert_eq!(parsed.script.statements.len(), 3);
/// assert_eq!(parsed.script.statements[1].kind, StatementKind::Error);
/// assert_eq!(parsed.diagnostics.len(), 1);
/// ```
#[must_use]
pub fn parse(source: &str) -> Parsed {
    let mut parsed = Parsed::default();
    for span in statements(source) {
        let (statement, diagnostics) = parse_statement(source, span);
        parsed.script.statements.push(statement);
        parsed.diagnostics.extend(diagnostics);
    }
    parsed
}

/// Reads the statement at a place that [`statements`] gave. Spans are places in `source`.
#[must_use]
pub fn parse_statement(source: &str, span: Span) -> (Statement, Vec<Diagnostic>) {
    let error = Statement {
        kind: StatementKind::Error,
        span,
    };
    if span.end - span.start > MAXIMUM_STATEMENT_BYTES {
        let message = format!("a statement has at most {MAXIMUM_STATEMENT_BYTES} bytes");
        let diagnostic = Diagnostic::new(DiagnosticKind::Limit, message, span)
            .with_help("split it into several statements");
        return (error, vec![diagnostic]);
    }
    let reader = Reader::new(source, span);
    let Some(input) = source.get(span.start..span.end) else {
        return (error, Vec::new());
    };
    match reader.whole_statement(input) {
        Ok((_, kind)) => {
            let statement = Statement { kind, span };
            let mut diagnostics = reader.problems.into_inner();
            // A problem within may have left a stand-in in the tree.
            if diagnostics.is_empty() {
                check::statement(&statement, &mut diagnostics);
            }
            if diagnostics.is_empty() {
                (statement, diagnostics)
            } else {
                (error, diagnostics)
            }
        }
        Err(_) => {
            let diagnostic = reader.diagnostic();
            (error, vec![diagnostic])
        }
    }
}

/// How a text that is to be one statement ends.
pub(super) enum Ending {
    /// Nothing is missing.
    Whole,
    /// It breaks off where this was looked for.
    Open(Expectations),
    /// It is wrong before its end, or means nothing.
    Wrong,
}

/// How a text that is to be one statement ends.
pub(super) fn ending(source: &str) -> Ending {
    let span = Span::new(0, source.len());
    let reader = Reader::new(source, span);
    match reader.whole_statement(source) {
        Ok((_, kind)) => {
            let mut problems = reader.problems.into_inner();
            check::statement(&Statement { kind, span }, &mut problems);
            match problems.is_empty() {
                true => Ending::Whole,
                false => Ending::Wrong,
            }
        }
        Err(_) => match reader.read_token(reader.farthest.get()).kind {
            TokenKind::End if reader.limit.get().is_none() => {
                Ending::Open(reader.expectations.get())
            }
            _ => Ending::Wrong,
        },
    }
}

/// That a parser does not fit here. What it looked for is in the [`Reader`], so that failing is
/// cheap where another parser fits.
#[derive(Clone, Copy, Debug)]
struct Mismatch;

impl ParseError<&str> for Mismatch {
    fn from_error_kind(_: &str, _: ErrorKind) -> Self {
        Self
    }

    fn append(_: &str, _: ErrorKind, other: Self) -> Self {
        other
    }
}

/// What a parser function returns: the rest of the text and a part of the tree.
type Read<'source, Output> = IResult<&'source str, Output, Mismatch>;

/// What the functions that read one statement share.
struct Reader<'source> {
    source: &'source str,
    /// The place of the statement.
    span: Span,
    /// The two tokens last read and the offsets they were read from; most are looked at several
    /// times, and no decision needs more than two.
    tokens: [Cell<(usize, Token)>; 2],
    /// Where the parser failed farthest into the statement.
    farthest: Cell<usize>,
    /// What it looked for there.
    expectations: Cell<Expectations>,
    /// How deep the parser is.
    nesting: Cell<usize>,
    /// How many operators the outermost expression has so far.
    operators: Cell<usize>,
    /// What is well written and yet wrong: names of functions, times, numbers too large.
    problems: RefCell<Vec<Diagnostic>>,
    /// The limit that was exceeded, which ends everything.
    limit: Cell<Option<(&'static str, usize, Span)>>,
}

impl<'source> Reader<'source> {
    fn new(source: &'source str, span: Span) -> Self {
        let first = (span.start, next_token(source, span.start));
        Self {
            source,
            span,
            tokens: [first, first].map(Cell::new),
            farthest: Cell::new(span.start),
            expectations: Cell::default(),
            nesting: Cell::default(),
            operators: Cell::default(),
            problems: RefCell::default(),
            limit: Cell::default(),
        }
    }

    /// The offset in the source at which a rest of the statement begins.
    fn offset(&self, input: &str) -> usize {
        self.span.end - input.len()
    }

    /// The first token of a rest; the end of the statement is [`TokenKind::End`].
    fn token(&self, input: &str) -> Token {
        let offset = self.offset(input);
        let [last, before] = &self.tokens;
        let (from, token) = last.get();
        if from == offset {
            return token;
        }
        last.swap(before);
        let (from, token) = last.get();
        if from == offset {
            return token;
        }
        let token = self.read_token(offset);
        last.set((offset, token));
        token
    }

    fn read_token(&self, offset: usize) -> Token {
        let token = next_token(self.source, offset);
        if token.span.start < self.span.end {
            return token;
        }
        Token {
            kind: TokenKind::End,
            span: Span::new(self.span.end, self.span.end),
        }
    }

    /// The second token of a rest.
    fn second_token(&self, input: &'source str) -> TokenKind {
        self.token(self.after(self.token(input))).kind
    }

    /// What follows a token.
    fn after(&self, token: Token) -> &'source str {
        self.source
            .get(token.span.end..self.span.end)
            .unwrap_or_default()
    }

    /// The place from the first token of `from` to the last before `rest`.
    fn span(&self, from: &str, rest: &str) -> Span {
        Span::new(self.token_start(from), self.offset(rest))
    }

    /// Where the first token of a rest begins.
    fn token_start(&self, input: &str) -> usize {
        self.token(input).span.start
    }

    /// Notes what was looked for at the start of a rest.
    fn expect(&self, input: &str, expected: Expected) {
        let place = self.token(input).span.start;
        if place < self.farthest.get() {
            return;
        }
        let mut expectations = self.expectations.get();
        if place > self.farthest.get() {
            self.farthest.set(place);
            expectations = Expectations::default();
        }
        expectations.insert(expected);
        self.expectations.set(expectations);
    }

    /// Notes that a part was looked for in vain.
    fn fail<Output>(&self, input: &'source str, part: Part) -> Read<'source, Output> {
        self.expect(input, Expected::Part(part));
        Err(nom::Err::Error(Mismatch))
    }

    /// Notes something well written and yet wrong.
    fn problem(&self, problem: Diagnostic) {
        self.problems.borrow_mut().push(problem);
    }

    /// Reads something that may contain itself, within the limit of nesting.
    fn nested<Output>(
        &self,
        input: &'source str,
        parser: impl FnOnce(&'source str) -> Read<'source, Output>,
    ) -> Read<'source, Output> {
        let nesting = self.nesting.get();
        if nesting >= MAXIMUM_NESTING {
            return self.exceed(input, "levels of brackets and signs", MAXIMUM_NESTING);
        }
        self.nesting.set(nesting + 1);
        let read = parser(input);
        self.nesting.set(nesting);
        read
    }

    /// Ends reading because of a limit.
    fn exceed<Output>(
        &self,
        input: &str,
        what: &'static str,
        limit: usize,
    ) -> Read<'source, Output> {
        self.limit.set(Some((what, limit, self.token(input).span)));
        Err(nom::Err::Failure(Mismatch))
    }

    /// Why the statement could not be read.
    fn diagnostic(&self) -> Diagnostic {
        if let Some((what, limit, span)) = self.limit.get() {
            let message = format!("a statement has at most {limit} {what}");
            return Diagnostic::new(DiagnosticKind::Limit, message, span)
                .with_help("name a part of it with a rule and use that");
        }
        let farthest = self.farthest.get();
        let token = self.read_token(farthest);
        Diagnostic::syntax(self.source, self.span, token, self.expectations.get())
    }
}

#[cfg(test)]
pub(super) mod tests;
