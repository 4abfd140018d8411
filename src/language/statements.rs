//! Where statements end.
//!
//! A `;` ends a statement. So does a line break, if the next token stands in the first column
//! of its line and cannot go on with the statement: then a script can have one statement a line
//! without any `;`, while a long statement can run over lines that are indented or that begin
//! with the keyword they go on with.

use super::syntax::Span;
use super::token::{Token, TokenKind, next_token};
use super::vocabulary::{Keyword, KeywordClass};

/// The places of the statements of a script, in order, each without the `;` that ends it.
/// Empty statements are left out.
///
/// ```
/// use factbase::language::statements;
///
/// let script = "?x win ?prize\nfind ?x\nwhere ?x win _; Paris";
/// let texts: Vec<_> = statements(script).map(|span| span.text(script)).collect();
/// assert_eq!(texts, ["?x win ?prize", "find ?x\nwhere ?x win _", "Paris"]);
/// ```
#[must_use]
pub fn statements(source: &str) -> Statements<'_> {
    Statements {
        source,
        pending: next_token(source, 0),
    }
}

/// The iterator behind [`statements`].
#[derive(Clone, Debug)]
pub struct Statements<'source> {
    source: &'source str,
    /// The first token of the next statement.
    pending: Token,
}

impl Iterator for Statements<'_> {
    type Item = Span;

    // script ::= statement? ( end statement? )*
    fn next(&mut self) -> Option<Span> {
        while self.pending.kind == TokenKind::Semicolon {
            self.pending = next_token(self.source, self.pending.span.end);
        }
        if self.pending.kind == TokenKind::End {
            return None;
        }
        let start = self.pending.span.start;
        let mut last = self.pending;
        let mut depth = depth_after(0, last.kind);
        loop {
            let token = next_token(self.source, last.span.end);
            if self.ends_before(token, last.kind, depth) {
                self.pending = token;
                return Some(Span::new(start, last.span.end));
            }
            depth = depth_after(depth, token.kind);
            last = token;
        }
    }
}

impl Statements<'_> {
    // end ::= ";" | newline
    fn ends_before(&self, token: Token, last: TokenKind, depth: usize) -> bool {
        match token.kind {
            TokenKind::End | TokenKind::Semicolon => true,
            kind => {
                is_in_first_column(self.source, token.span) && begins_statement(last, kind, depth)
            }
        }
    }
}

/// How many brackets are open after a token.
fn depth_after(depth: usize, token: TokenKind) -> usize {
    match token {
        TokenKind::LeftBrace | TokenKind::LeftBracket | TokenKind::LeftParenthesis => depth + 1,
        TokenKind::RightBrace | TokenKind::RightBracket | TokenKind::RightParenthesis => {
            depth.saturating_sub(1)
        }
        _ => depth,
    }
}

// newline ::= #xA
fn is_in_first_column(source: &str, span: Span) -> bool {
    span.start
        .checked_sub(1)
        .is_none_or(|before| source.as_bytes().get(before) == Some(&b'\n'))
}

/// Whether a token in the first column begins a statement, given the token before it.
fn begins_statement(last: TokenKind, token: TokenKind, depth: usize) -> bool {
    if let TokenKind::Keyword(keyword) = token {
        if keyword.is_continuation() {
            return false;
        }
        if is_statement(keyword) {
            // Even within brackets: an unclosed one must not swallow the rest of a script.
            return !matches!(
                last,
                TokenKind::Keyword(Keyword::Explain | Keyword::Undo | Keyword::Describe)
            );
        }
    }
    depth == 0 && !asks_for_more(last) && !goes_on(token)
}

/// Whether the keyword begins a statement and nothing else.
fn is_statement(keyword: Keyword) -> bool {
    keyword
        .entry()
        .is_some_and(|entry| entry.class == KeywordClass::Statement)
}

/// Whether a statement cannot end with the token.
fn asks_for_more(last: TokenKind) -> bool {
    match last {
        TokenKind::Keyword(keyword) => !matches!(
            keyword,
            Keyword::True | Keyword::False | Keyword::Asc | Keyword::Desc | Keyword::Sources
        ),
        TokenKind::Comma => true,
        other => other.is_operator(),
    }
}

/// Whether no statement begins with the token.
fn goes_on(token: TokenKind) -> bool {
    token.is_operator()
        || matches!(
            token,
            TokenKind::Comma
                | TokenKind::LeftBracket
                | TokenKind::RightBracket
                | TokenKind::RightBrace
                | TokenKind::RightParenthesis
        )
}
