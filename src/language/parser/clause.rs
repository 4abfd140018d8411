//! Clauses and blocks.

use nom::Parser;
use nom::multi::separated_list1;

use super::super::expectation::{Expected, Part};
use super::super::syntax::{Block, Clause, Expression, ExpressionKind};
use super::super::token::TokenKind;
use super::super::vocabulary::Keyword;
use super::{Read, Reader};

impl<'source> Reader<'source> {
    // clauses ::= clause ( "," clause )*
    pub(super) fn clauses(&self, input: &'source str) -> Read<'source, Vec<Clause>> {
        separated_list1(|input| self.comma(input), |input| self.clause(input)).parse(input)
    }

    // clause ::= not | optional | blocks | filter | pattern
    fn clause(&self, input: &'source str) -> Read<'source, Clause> {
        match self.token(input).kind {
            TokenKind::Keyword(Keyword::Not) => self.not(input),
            TokenKind::Keyword(Keyword::Optional) => self.optional(input),
            TokenKind::LeftBrace => self.blocks(input),
            _ => self.condition(input),
        }
    }

    /// A filter or a pattern, as the first two tokens decide.
    fn condition(&self, input: &'source str) -> Read<'source, Clause> {
        if self.is_filter(input) {
            let (rest, filter) = self.filter(input)?;
            return Ok((rest, Clause::Filter(filter)));
        }
        if !self.begins_pattern(input) {
            return self.fail(input, Part::Clause);
        }
        let (rest, pattern) = self.pattern(input)?;
        Ok((rest, Clause::Pattern(pattern)))
    }

    fn begins_pattern(&self, input: &'source str) -> bool {
        matches!(
            self.token(input).kind,
            TokenKind::Variable
                | TokenKind::Blank
                | TokenKind::Word
                | TokenKind::Text
                | TokenKind::Parameter
        )
    }

    /// Whether a clause is an expression. After a name or a variable an operator decides, since
    /// no predicate begins like one; other values cannot be subjects.
    fn is_filter(&self, input: &'source str) -> bool {
        match self.token(input).kind {
            TokenKind::Word => {
                let second = self.second_token(input);
                second == TokenKind::LeftParenthesis || is_operator(second)
            }
            TokenKind::Variable | TokenKind::Text | TokenKind::Parameter => {
                is_operator(self.second_token(input))
            }
            TokenKind::Number
            | TokenKind::Date
            | TokenKind::Timestamp
            | TokenKind::Interval
            | TokenKind::Minus
            | TokenKind::LeftParenthesis
            | TokenKind::Keyword(Keyword::True | Keyword::False) => true,
            _ => false,
        }
    }

    // filter ::= call | "(" filter ")" | sum ( comparison sum | "in" members )
    pub(super) fn filter(&self, input: &'source str) -> Read<'source, Expression> {
        let (rest, expression) = self.outer_expression(input, Part::Expression)?;
        match expression.kind {
            ExpressionKind::Call(_) | ExpressionKind::Compare(..) | ExpressionKind::In(..) => {
                Ok((rest, expression))
            }
            _ => self.fail(rest, Part::Comparison),
        }
    }

    // not ::= "not" ( block | filter | pattern )
    fn not(&self, input: &'source str) -> Read<'source, Clause> {
        let (input, _) = self.keyword(input, Keyword::Not)?;
        if self.token(input).kind == TokenKind::LeftBrace {
            let (rest, block) = self.block(input)?;
            return Ok((rest, Clause::Not(block)));
        }
        let (rest, clause) = self.condition(input)?;
        Ok((rest, Clause::Not(single(clause))))
    }

    // optional ::= "optional" ( block | pattern )
    fn optional(&self, input: &'source str) -> Read<'source, Clause> {
        let (input, _) = self.keyword(input, Keyword::Optional)?;
        if self.token(input).kind == TokenKind::LeftBrace {
            let (rest, block) = self.block(input)?;
            return Ok((rest, Clause::Optional(block)));
        }
        let (rest, pattern) = self.pattern(input)?;
        Ok((rest, Clause::Optional(single(Clause::Pattern(pattern)))))
    }

    // blocks ::= block ( "or" block )*
    fn blocks(&self, input: &'source str) -> Read<'source, Clause> {
        let (mut input, first) = self.block(input)?;
        if !self.is_keyword(input, Keyword::Or) {
            self.expect(input, Expected::Keyword(Keyword::Or));
            return Ok((input, Clause::Block(first)));
        }
        let mut blocks = vec![first];
        while self.is_keyword(input, Keyword::Or) {
            let (after, _) = self.keyword(input, Keyword::Or)?;
            let (rest, block) = self.block(after)?;
            blocks.push(block);
            input = rest;
        }
        self.expect(input, Expected::Keyword(Keyword::Or));
        Ok((input, Clause::Or(blocks)))
    }

    // block ::= "{" clauses "}"
    fn block(&self, start: &'source str) -> Read<'source, Block> {
        self.nested(start, |start| {
            let (input, _) = self.punctuation(start, TokenKind::LeftBrace, Part::LeftBrace)?;
            let (input, clauses) = self.clauses(input)?;
            let (rest, _) = self.punctuation(input, TokenKind::RightBrace, Part::RightBrace)?;
            Ok((
                rest,
                Block {
                    clauses,
                    span: self.span(start, rest),
                },
            ))
        })
    }
}

/// A block without braces.
fn single(clause: Clause) -> Block {
    let span = clause.span();
    Block {
        clauses: vec![clause],
        span,
    }
}

/// Whether a value followed by the token is the beginning of an expression.
fn is_operator(token: TokenKind) -> bool {
    token.is_operator() || token == TokenKind::Keyword(Keyword::In)
}
