//! Questions: columns and modifiers.

use nom::Parser;
use nom::combinator::opt;
use nom::multi::separated_list1;
use nom::sequence::preceded;

use super::super::diagnostic::{Diagnostic, DiagnosticKind};
use super::super::expectation::{Expected, Part};
use super::super::literal::Literal;
use super::super::syntax::{
    Column, Count, Direction, Expression, Find, Key, Modifiers, Query, Span, Term, TermKind,
};
use super::super::token::TokenKind;
use super::super::vocabulary::Keyword;
use super::{Read, Reader};

impl<'source> Reader<'source> {
    // query ::= find? clauses modifier*
    pub(super) fn query(&self, start: &'source str) -> Read<'source, Query> {
        let (input, find) = if self.is_keyword(start, Keyword::Find) {
            let (input, find) = self.find(start)?;
            (input, Some(find))
        } else {
            (start, None)
        };
        let (input, clauses) = self.clauses(input)?;
        let (rest, modifiers) = self.modifiers(input)?;
        let span = self.span(start, rest);
        Ok((
            rest,
            Query {
                find,
                clauses,
                modifiers,
                span,
            },
        ))
    }

    // find ::= "find" "distinct"? column ( "," column )* "where"
    fn find(&self, start: &'source str) -> Read<'source, Find> {
        let (input, _) = self.keyword(start, Keyword::Find)?;
        let is_distinct = self.is_keyword(input, Keyword::Distinct);
        let input = if is_distinct {
            self.keyword(input, Keyword::Distinct)?.0
        } else {
            input
        };
        let (input, columns) =
            separated_list1(|input| self.comma(input), |input| self.column(input)).parse(input)?;
        let span = self.span(start, input);
        let (rest, _) = self.keyword(input, Keyword::Where)?;
        Ok((
            rest,
            Find {
                is_distinct,
                columns,
                span,
            },
        ))
    }

    // column ::= expression ( "as" variable )?
    fn column(&self, start: &'source str) -> Read<'source, Column> {
        let (input, expression) = self.outer_expression(start, Part::Column)?;
        let (rest, alias) = opt(preceded(
            |input| self.keyword(input, Keyword::As),
            |input| self.variable(input),
        ))
        .parse(input)?;
        Ok((
            rest,
            Column {
                expression,
                alias,
                span: self.span(start, rest),
            },
        ))
    }

    // modifier ::= having | order | limit | offset | as_of | valid_at | sources
    fn modifiers(&self, start: &'source str) -> Read<'source, Modifiers> {
        let mut modifiers = Modifiers::default();
        let mut input = start;
        while let TokenKind::Keyword(keyword) = self.token(input).kind {
            let is_repeated = match keyword {
                Keyword::Having => !modifiers.having.is_empty(),
                Keyword::Order => !modifiers.order.is_empty(),
                Keyword::Limit => modifiers.limit.is_some(),
                Keyword::Offset => modifiers.offset.is_some(),
                Keyword::As => modifiers.as_of.is_some(),
                Keyword::Valid => modifiers.valid_at.is_some(),
                Keyword::With => modifiers.with_sources.is_some(),
                _ => break,
            };
            if is_repeated {
                let message = format!("`{}` is given twice", keyword.word());
                let span = self.token(input).span;
                self.problem(Diagnostic::new(DiagnosticKind::Meaning, message, span));
            }
            (input, ()) = self.modifier(input, keyword, &mut modifiers)?;
        }
        self.expect(input, Expected::Part(Part::Modifier));
        Ok((input, modifiers))
    }

    fn modifier(
        &self,
        input: &'source str,
        keyword: Keyword,
        modifiers: &mut Modifiers,
    ) -> Read<'source, ()> {
        let rest;
        match keyword {
            Keyword::Having => (rest, modifiers.having) = self.having(input)?,
            Keyword::Order => (rest, modifiers.order) = self.order(input)?,
            Keyword::Limit => {
                let (after, count) = self.limit(input)?;
                (rest, modifiers.limit) = (after, Some(count));
            }
            Keyword::Offset => {
                let (after, count) = self.offset_rows(input)?;
                (rest, modifiers.offset) = (after, Some(count));
            }
            Keyword::As => {
                let (after, time) = self.as_of(input)?;
                (rest, modifiers.as_of) = (after, Some(time));
            }
            Keyword::Valid => {
                let (after, time) = self.valid_at(input)?;
                (rest, modifiers.valid_at) = (after, Some(time));
            }
            _ => {
                let (after, span) = self.sources(input)?;
                (rest, modifiers.with_sources) = (after, Some(span));
            }
        }
        Ok((rest, ()))
    }

    // having ::= "having" filter ( "," filter )*
    fn having(&self, input: &'source str) -> Read<'source, Vec<Expression>> {
        let (input, _) = self.keyword(input, Keyword::Having)?;
        separated_list1(|input| self.comma(input), |input| self.filter(input)).parse(input)
    }

    // order ::= "order" "by" key ( "," key )*
    fn order(&self, input: &'source str) -> Read<'source, Vec<Key>> {
        let (input, _) = self.keyword(input, Keyword::Order)?;
        let (input, _) = self.keyword(input, Keyword::By)?;
        separated_list1(|input| self.comma(input), |input| self.key(input)).parse(input)
    }

    // key ::= expression ( "asc" | "desc" )?
    fn key(&self, start: &'source str) -> Read<'source, Key> {
        let (input, expression) = self.outer_expression(start, Part::Expression)?;
        let (rest, direction) = if self.is_keyword(input, Keyword::Asc) {
            (self.keyword(input, Keyword::Asc)?.0, Direction::Ascending)
        } else {
            let (rest, descending) =
                opt(|input| self.keyword(input, Keyword::Desc)).parse(input)?;
            let direction = descending.map_or(Direction::Ascending, |_| Direction::Descending);
            (rest, direction)
        };
        Ok((
            rest,
            Key {
                expression,
                direction,
                span: self.span(start, rest),
            },
        ))
    }

    // limit ::= "limit" count
    fn limit(&self, input: &'source str) -> Read<'source, Count> {
        let (input, _) = self.keyword(input, Keyword::Limit)?;
        self.count(input)
    }

    // offset ::= "offset" count
    fn offset_rows(&self, input: &'source str) -> Read<'source, Count> {
        let (input, _) = self.keyword(input, Keyword::Offset)?;
        self.count(input)
    }

    // count ::= whole | parameter
    fn count(&self, input: &'source str) -> Read<'source, Count> {
        let token = self.token(input);
        let count = match token.kind {
            TokenKind::Number => match token.span.text(self.source).parse() {
                Ok(whole) => Count::Whole(whole, token.span),
                Err(_) if self.is_whole(token.span) => {
                    let message = "the number is too large";
                    self.problem(Diagnostic::new(
                        DiagnosticKind::Meaning,
                        message,
                        token.span,
                    ));
                    Count::Whole(u64::MAX, token.span)
                }
                Err(_) => return self.fail(input, Part::Count),
            },
            TokenKind::Parameter => Count::Parameter(self.without_sigil(token), token.span),
            _ => return self.fail(input, Part::Count),
        };
        Ok((self.after(token), count))
    }

    fn is_whole(&self, span: Span) -> bool {
        span.text(self.source)
            .bytes()
            .all(|byte| byte.is_ascii_digit())
    }

    // as_of ::= "as" "of" ( whole | date | timestamp | parameter )
    fn as_of(&self, input: &'source str) -> Read<'source, Term> {
        let (input, _) = self.keyword(input, Keyword::As)?;
        let (input, _) = self.keyword(input, Keyword::Of)?;
        if self.token(input).kind == TokenKind::Interval {
            return self.fail(input, Part::Time);
        }
        self.instant(input)
    }

    // valid_at ::= "valid" "at" ( whole | time | parameter )
    fn valid_at(&self, input: &'source str) -> Read<'source, Term> {
        let (input, _) = self.keyword(input, Keyword::Valid)?;
        let (input, _) = self.keyword(input, Keyword::At)?;
        self.instant(input)
    }

    fn instant(&self, input: &'source str) -> Read<'source, Term> {
        match self.token(input).kind {
            TokenKind::Date | TokenKind::Timestamp | TokenKind::Interval | TokenKind::Parameter => {
                self.value(input, Part::Time)
            }
            TokenKind::Number => match self.value(input, Part::Time)? {
                (
                    _,
                    Term {
                        kind: TermKind::Literal(Literal::Decimal(_)),
                        span,
                    },
                ) if !self.is_whole(span) => self.fail(input, Part::Time),
                read => Ok(read),
            },
            _ => self.fail(input, Part::Time),
        }
    }

    // sources ::= "with" "sources"
    fn sources(&self, start: &'source str) -> Read<'source, Span> {
        let (input, _) = self.keyword(start, Keyword::With)?;
        let (rest, _) = self.keyword(input, Keyword::Sources)?;
        Ok((rest, self.span(start, rest)))
    }
}
