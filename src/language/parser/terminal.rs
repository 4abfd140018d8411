//! Terminals: keywords, punctuation, names and literals.

use super::super::diagnostic::{Diagnostic, DiagnosticKind};
use super::super::expectation::{Expected, Part};
use super::super::literal::Literal;
use super::super::syntax::{Span, Term, TermKind, Variable};
use super::super::time;
use super::super::token::{Token, TokenKind, escape};
use super::super::vocabulary::Keyword;
use super::{Read, Reader};

impl<'source> Reader<'source> {
    /// A keyword.
    pub(super) fn keyword(&self, input: &'source str, keyword: Keyword) -> Read<'source, Span> {
        let token = self.token(input);
        if token.kind == TokenKind::Keyword(keyword) {
            return Ok((self.after(token), token.span));
        }
        self.expect(input, Expected::Keyword(keyword));
        Err(nom::Err::Error(super::Mismatch))
    }

    /// Whether the first token of a rest is a keyword.
    pub(super) fn is_keyword(&self, input: &'source str, keyword: Keyword) -> bool {
        self.token(input).kind == TokenKind::Keyword(keyword)
    }

    /// Punctuation, and how a message calls it.
    pub(super) fn punctuation(
        &self,
        input: &'source str,
        kind: TokenKind,
        part: Part,
    ) -> Read<'source, Span> {
        let token = self.token(input);
        if token.kind == kind {
            return Ok((self.after(token), token.span));
        }
        self.fail(input, part)
    }

    pub(super) fn comma(&self, input: &'source str) -> Read<'source, Span> {
        self.punctuation(input, TokenKind::Comma, Part::Comma)
    }

    pub(super) fn variable(&self, input: &'source str) -> Read<'source, Variable> {
        let token = self.token(input);
        if token.kind == TokenKind::Variable {
            let variable = Variable {
                name: self.without_sigil(token),
                span: token.span,
            };
            return Ok((self.after(token), variable));
        }
        self.fail(input, Part::Variable)
    }

    // name ::= word | text | parameter
    pub(super) fn name(&self, input: &'source str) -> Read<'source, Term> {
        let token = self.token(input);
        let kind = match token.kind {
            TokenKind::Word => TermKind::Name(self.text_of(token)),
            TokenKind::Text => TermKind::Literal(Literal::Text(self.unescaped(token))),
            TokenKind::Parameter => TermKind::Parameter(self.without_sigil(token)),
            _ => return self.fail(input, Part::Name),
        };
        Ok((
            self.after(token),
            Term {
                kind,
                span: token.span,
            },
        ))
    }

    // term ::= "_" | value
    pub(super) fn term(&self, input: &'source str, part: Part) -> Read<'source, Term> {
        let token = self.token(input);
        if token.kind == TokenKind::Blank {
            return Ok((
                self.after(token),
                Term {
                    kind: TermKind::Blank,
                    span: token.span,
                },
            ));
        }
        self.value(input, part)
    }

    // value ::= variable | parameter | "-" number | literal
    pub(super) fn value(&self, input: &'source str, part: Part) -> Read<'source, Term> {
        let token = self.token(input);
        let kind = match token.kind {
            TokenKind::Variable => TermKind::Variable(self.without_sigil(token)),
            TokenKind::Parameter => TermKind::Parameter(self.without_sigil(token)),
            TokenKind::Minus => {
                let number = self.token(self.after(token));
                if number.kind != TokenKind::Number {
                    return self.fail(self.after(token), Part::Value);
                }
                let kind = TermKind::Literal(self.number(number, true));
                return Ok((
                    self.after(number),
                    Term {
                        kind,
                        span: token.span.to(number.span),
                    },
                ));
            }
            _ => return self.literal(input, part),
        };
        Ok((
            self.after(token),
            Term {
                kind,
                span: token.span,
            },
        ))
    }

    // literal ::= word | text | number | time | "true" | "false"
    // time ::= date | timestamp | interval
    pub(super) fn literal(&self, input: &'source str, part: Part) -> Read<'source, Term> {
        let token = self.token(input);
        let kind = match token.kind {
            TokenKind::Word => TermKind::Name(self.text_of(token)),
            TokenKind::Text => TermKind::Literal(Literal::Text(self.unescaped(token))),
            TokenKind::Number => TermKind::Literal(self.number(token, false)),
            TokenKind::Keyword(Keyword::True) => TermKind::Literal(Literal::Boolean(true)),
            TokenKind::Keyword(Keyword::False) => TermKind::Literal(Literal::Boolean(false)),
            TokenKind::Date | TokenKind::Timestamp | TokenKind::Interval => {
                TermKind::Literal(self.time(token))
            }
            _ => return self.fail(input, part),
        };
        Ok((
            self.after(token),
            Term {
                kind,
                span: token.span,
            },
        ))
    }

    /// The value of a number, with its sign, so that the smallest integer can be written.
    fn number(&self, token: Token, is_negative: bool) -> Literal {
        let digits = token.span.text(self.source);
        if digits.bytes().all(|byte| byte.is_ascii_digit()) {
            let whole = digits.parse::<i128>().ok();
            let whole = whole.map(|whole| if is_negative { -whole } else { whole });
            if let Some(whole) = whole.and_then(|whole| i64::try_from(whole).ok()) {
                return Literal::Integer(whole);
            }
            self.too_large(token, "write it with a point, as an inexact number: 1e20");
        }
        let decimal = digits.parse::<f64>().unwrap_or(f64::INFINITY);
        if decimal.is_infinite() {
            self.too_large(token, "numbers go up to about 1.8e308");
        }
        Literal::Decimal(if is_negative { -decimal } else { decimal })
    }

    fn too_large(&self, token: Token, help: &str) {
        let message = format!("the number {} is too large", token.span.text(self.source));
        self.problem(Diagnostic::new(DiagnosticKind::Meaning, message, token.span).with_help(help));
    }

    /// The value of a time. One that is in no calendar is noted.
    fn time(&self, token: Token) -> Literal {
        let text = token.span.text(self.source);
        match time::read(text) {
            Ok(literal) => literal,
            Err(message) => {
                let problem = Diagnostic::new(DiagnosticKind::Meaning, message, token.span);
                let divides = token.kind == TokenKind::Interval && text.len() == "1906/1934".len();
                let help = "this is an interval of years; a division has spaces around `/`";
                self.problem(if divides {
                    problem.with_help(help)
                } else {
                    problem
                });
                Literal::Boolean(false)
            }
        }
    }

    /// A token as it is written.
    pub(super) fn text_of(&self, token: Token) -> String {
        token.span.text(self.source).to_owned()
    }

    /// The name of a variable or a parameter.
    pub(super) fn without_sigil(&self, token: Token) -> String {
        Span::new(token.span.start + 1, token.span.end)
            .text(self.source)
            .to_owned()
    }

    /// A text without its quotes and with its escapes resolved.
    pub(super) fn unescaped(&self, token: Token) -> String {
        let inner = Span::new(token.span.start + 1, token.span.end.saturating_sub(1));
        let mut rest = inner.text(self.source);
        let mut text = String::with_capacity(rest.len());
        while let Some((before, after)) = rest.split_once('\\') {
            text.push_str(before);
            let Some((character, length)) = escape(after.as_bytes()) else {
                return text;
            };
            text.push(character);
            rest = after.get(length..).unwrap_or_default();
        }
        text.push_str(rest);
        text
    }
}
