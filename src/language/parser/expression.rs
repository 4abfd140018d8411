//! Expressions: comparisons, arithmetic, calls.

use nom::Parser;
use nom::multi::separated_list1;

use super::super::check;
use super::super::expectation::{Expected, Part};
use super::super::syntax::{Arithmetic, Call, Comparison, Expression, ExpressionKind};
use super::super::token::TokenKind;
use super::super::vocabulary::{Function, Keyword};
use super::{MAXIMUM_OPERATORS, Read, Reader};

impl<'source> Reader<'source> {
    // expression ::= sum ( comparison sum | "in" members )?
    pub(super) fn expression(&self, start: &'source str, part: Part) -> Read<'source, Expression> {
        let (input, left) = self.sum(start, part)?;
        if self.is_keyword(input, Keyword::In) {
            let (input, _) = self.keyword(input, Keyword::In)?;
            let (rest, members) = self.members(input)?;
            let kind = ExpressionKind::In(Box::new(left), members);
            return Ok((
                rest,
                Expression {
                    kind,
                    span: self.span(start, rest),
                },
            ));
        }
        let Some(comparison) = comparison_of(self.token(input).kind) else {
            self.expect(input, Expected::Part(Part::Operator));
            return Ok((input, left));
        };
        let (rest, right) = self.sum(self.after(self.token(input)), Part::Expression)?;
        let kind = ExpressionKind::Compare(comparison, Box::new(left), Box::new(right));
        Ok((
            rest,
            Expression {
                kind,
                span: self.span(start, rest),
            },
        ))
    }

    /// An expression that is in no other: it has the full limit of operators.
    pub(super) fn outer_expression(
        &self,
        start: &'source str,
        part: Part,
    ) -> Read<'source, Expression> {
        self.operators.set(0);
        self.expression(start, part)
    }

    // comparison ::= "=" | "!=" | "<" | "<=" | ">" | ">="
    pub(super) fn comparison(&self, input: &'source str) -> Read<'source, Comparison> {
        let token = self.token(input);
        match comparison_of(token.kind) {
            Some(comparison) => Ok((self.after(token), comparison)),
            None => self.fail(input, Part::Comparison),
        }
    }

    // sum ::= product ( ( "+" | "-" ) product )*
    fn sum(&self, start: &'source str, part: Part) -> Read<'source, Expression> {
        let (mut input, mut left) = self.product(start, part)?;
        loop {
            let token = self.token(input);
            let operation = match token.kind {
                TokenKind::Plus => Arithmetic::Add,
                TokenKind::Minus => Arithmetic::Subtract,
                _ => return Ok((input, left)),
            };
            self.count_operator(input)?;
            let (rest, right) = self.product(self.after(token), Part::Expression)?;
            left = self.arithmetic(operation, left, right, start, rest);
            input = rest;
        }
    }

    // product ::= factor ( ( "*" | "/" ) factor )*
    fn product(&self, start: &'source str, part: Part) -> Read<'source, Expression> {
        let (mut input, mut left) = self.factor(start, part)?;
        loop {
            let token = self.token(input);
            let operation = match token.kind {
                TokenKind::Star => Arithmetic::Multiply,
                TokenKind::Slash => Arithmetic::Divide,
                _ => return Ok((input, left)),
            };
            self.count_operator(input)?;
            let (rest, right) = self.factor(self.after(token), Part::Expression)?;
            left = self.arithmetic(operation, left, right, start, rest);
            input = rest;
        }
    }

    fn count_operator(&self, input: &'source str) -> Read<'source, ()> {
        let operators = self.operators.get() + 1;
        self.operators.set(operators);
        if operators > MAXIMUM_OPERATORS {
            return self.exceed(input, "operators in an expression", MAXIMUM_OPERATORS);
        }
        Ok((input, ()))
    }

    fn arithmetic(
        &self,
        operation: Arithmetic,
        left: Expression,
        right: Expression,
        start: &'source str,
        rest: &'source str,
    ) -> Expression {
        let kind = ExpressionKind::Arithmetic(operation, Box::new(left), Box::new(right));
        Expression {
            kind,
            span: self.span(start, rest),
        }
    }

    // factor ::= "-" factor | "(" expression ")" | call | variable | parameter | literal
    fn factor(&self, start: &'source str, part: Part) -> Read<'source, Expression> {
        let token = self.token(start);
        match token.kind {
            TokenKind::Minus if self.second_token(start) != TokenKind::Number => {
                self.nested(start, |start| {
                    let (rest, factor) = self.factor(self.after(token), Part::Expression)?;
                    let kind = ExpressionKind::Negate(Box::new(factor));
                    Ok((
                        rest,
                        Expression {
                            kind,
                            span: self.span(start, rest),
                        },
                    ))
                })
            }
            TokenKind::LeftParenthesis => self.nested(start, |start| {
                let (input, inner) = self.expression(self.after(token), Part::Expression)?;
                let (rest, _) =
                    self.punctuation(input, TokenKind::RightParenthesis, Part::RightParenthesis)?;
                Ok((
                    rest,
                    Expression {
                        kind: inner.kind,
                        span: self.span(start, rest),
                    },
                ))
            }),
            TokenKind::Word if self.second_token(start) == TokenKind::LeftParenthesis => {
                self.call(start)
            }
            _ => {
                let (rest, term) = self.value(start, part)?;
                let span = term.span;
                Ok((
                    rest,
                    Expression {
                        kind: ExpressionKind::Term(term),
                        span,
                    },
                ))
            }
        }
    }

    // call ::= function "(" ( "distinct"? expression ( "," expression )* )? ")"
    // function ::= word
    fn call(&self, start: &'source str) -> Read<'source, Expression> {
        let name = self.token(start);
        let (input, _) = self.punctuation(
            self.after(name),
            TokenKind::LeftParenthesis,
            Part::LeftParenthesis,
        )?;
        let (rest, (is_distinct, arguments)) = self.nested(input, |input| self.arguments(input))?;
        let word = name.span.text(self.source);
        let function = Function::from_word(word).unwrap_or_else(|| {
            self.problem(check::unknown_function(word, name.span));
            // The problem makes the statement an error, so nobody sees the function.
            Function::Count
        });
        let call = Call {
            function,
            is_distinct,
            arguments,
            span: name.span,
        };
        let span = self.span(start, rest);
        if Function::from_word(word).is_some() {
            check::call(&call, span, &mut self.problems.borrow_mut());
        }
        Ok((
            rest,
            Expression {
                kind: ExpressionKind::Call(call),
                span,
            },
        ))
    }

    /// The arguments of a call and its closing parenthesis.
    fn arguments(&self, input: &'source str) -> Read<'source, (bool, Vec<Expression>)> {
        let token = self.token(input);
        if token.kind == TokenKind::RightParenthesis {
            return Ok((self.after(token), (false, Vec::new())));
        }
        let is_distinct = token.kind == TokenKind::Keyword(Keyword::Distinct);
        let input = if is_distinct {
            self.after(token)
        } else {
            input
        };
        let (input, arguments) = separated_list1(
            |input| self.comma(input),
            |input| self.expression(input, Part::Expression),
        )
        .parse(input)?;
        let (rest, _) =
            self.punctuation(input, TokenKind::RightParenthesis, Part::RightParenthesis)?;
        Ok((rest, (is_distinct, arguments)))
    }
}

fn comparison_of(token: TokenKind) -> Option<Comparison> {
    Some(match token {
        TokenKind::Equal => Comparison::Equal,
        TokenKind::NotEqual => Comparison::NotEqual,
        TokenKind::Less => Comparison::Less,
        TokenKind::LessOrEqual => Comparison::LessOrEqual,
        TokenKind::Greater => Comparison::Greater,
        TokenKind::GreaterOrEqual => Comparison::GreaterOrEqual,
        _ => return None,
    })
}
