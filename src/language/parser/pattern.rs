//! Patterns and what stands in their brackets.

use nom::Parser;
use nom::combinator::opt;
use nom::multi::{separated_list0, separated_list1};

use super::super::expectation::{Expected, Part};
use super::super::syntax::{
    Annotation, Closure, Members, Path, Pattern, Predicate, PredicateKind, Role, Term, TermKind,
    Test,
};
use super::super::token::TokenKind;
use super::super::vocabulary::Keyword;
use super::{Read, Reader};

impl<'source> Reader<'source> {
    // pattern ::= subject path term? annotations?
    pub(super) fn pattern(&self, start: &'source str) -> Read<'source, Pattern> {
        let (input, subject) = self.subject(start)?;
        let (input, path) = self.path(input)?;
        let (input, object) = if self.begins_term(input) {
            let (input, object) = self.term(input, Part::Object)?;
            (input, Some(object))
        } else {
            self.expect(input, Expected::Part(Part::Object));
            (input, None)
        };
        let (rest, annotations) = opt(|input| self.annotations(input)).parse(input)?;
        let annotations = annotations.unwrap_or_default();
        let span = self.span(start, rest);
        Ok((
            rest,
            Pattern {
                subject,
                path,
                object,
                annotations,
                span,
            },
        ))
    }

    fn begins_term(&self, input: &'source str) -> bool {
        matches!(
            self.token(input).kind,
            TokenKind::Variable
                | TokenKind::Blank
                | TokenKind::Parameter
                | TokenKind::Minus
                | TokenKind::Word
                | TokenKind::Text
                | TokenKind::Number
                | TokenKind::Date
                | TokenKind::Timestamp
                | TokenKind::Interval
                | TokenKind::Keyword(Keyword::True | Keyword::False)
        )
    }

    // subject ::= variable | "_" | name
    fn subject(&self, input: &'source str) -> Read<'source, Term> {
        let token = self.token(input);
        let kind = match token.kind {
            TokenKind::Variable => TermKind::Variable(self.without_sigil(token)),
            TokenKind::Blank => TermKind::Blank,
            TokenKind::Word | TokenKind::Text | TokenKind::Parameter => return self.name(input),
            _ => return self.fail(input, Part::Subject),
        };
        Ok((
            self.after(token),
            Term {
                kind,
                span: token.span,
            },
        ))
    }

    // path ::= predicate ( "+" | "*" )?
    fn path(&self, start: &'source str) -> Read<'source, Path> {
        let (input, predicate) = self.predicate(start)?;
        let token = self.token(input);
        let (rest, closure) = match token.kind {
            TokenKind::Plus => (self.after(token), Closure::OneOrMore),
            TokenKind::Star => (self.after(token), Closure::ZeroOrMore),
            _ => (input, Closure::Once),
        };
        Ok((
            rest,
            Path {
                predicate,
                closure,
                span: self.span(start, rest),
            },
        ))
    }

    // predicate ::= word | verb | text | variable | parameter
    // verb ::= "find" | "order" | "limit" | "offset" | "explain" | "describe" | command
    // command ::= "assert" | "retract" | "rule" | "alias" | "merge" | "undo" | "forget"
    pub(super) fn predicate(&self, input: &'source str) -> Read<'source, Predicate> {
        let token = self.token(input);
        let kind = match token.kind {
            TokenKind::Word => PredicateKind::Word(self.text_of(token)),
            TokenKind::Keyword(keyword) if keyword.is_verb() => {
                PredicateKind::Word(self.text_of(token))
            }
            TokenKind::Text => PredicateKind::Text(self.unescaped(token)),
            TokenKind::Variable => PredicateKind::Variable(self.without_sigil(token)),
            TokenKind::Parameter => PredicateKind::Parameter(self.without_sigil(token)),
            _ => return self.fail(input, Part::Predicate),
        };
        Ok((
            self.after(token),
            Predicate {
                kind,
                span: token.span,
            },
        ))
    }

    // annotations ::= "[" annotation ( "," annotation )* "]"
    fn annotations(&self, input: &'source str) -> Read<'source, Vec<Annotation>> {
        let (input, _) = self.punctuation(input, TokenKind::LeftBracket, Part::LeftBracket)?;
        let (input, annotations) =
            separated_list1(|input| self.comma(input), |input| self.annotation(input))
                .parse(input)?;
        let (rest, _) = self.punctuation(input, TokenKind::RightBracket, Part::RightBracket)?;
        Ok((rest, annotations))
    }

    // annotation ::= role ( comparison term | "in" members )
    fn annotation(&self, start: &'source str) -> Read<'source, Annotation> {
        let (input, role) = self.role(start)?;
        let (rest, test) = if self.is_keyword(input, Keyword::In) {
            let (input, _) = self.keyword(input, Keyword::In)?;
            let (rest, members) = self.members(input)?;
            (rest, Test::In(members))
        } else {
            let (input, comparison) = self.comparison(input)?;
            let (rest, term) = self.term(input, Part::Value)?;
            (rest, Test::Compare(comparison, term))
        };
        Ok((
            rest,
            Annotation {
                role,
                test,
                span: self.span(start, rest),
            },
        ))
    }

    // role ::= word | particle | text
    // particle ::= "as" | "at" | "by" | "if" | "in" | "into" | "of" | "where" | "with"
    fn role(&self, input: &'source str) -> Read<'source, Role> {
        let token = self.token(input);
        let name = match token.kind {
            TokenKind::Word => self.text_of(token),
            TokenKind::Keyword(keyword) if keyword.is_particle() => self.text_of(token),
            TokenKind::Text => self.unescaped(token),
            _ => return self.fail(input, Part::Role),
        };
        Ok((
            self.after(token),
            Role {
                name,
                span: token.span,
            },
        ))
    }

    // members ::= "[" ( value ( "," value )* )? "]" | parameter
    pub(super) fn members(&self, start: &'source str) -> Read<'source, Members> {
        let token = self.token(start);
        match token.kind {
            TokenKind::Parameter => {
                let members = Members::Parameter(self.without_sigil(token), token.span);
                Ok((self.after(token), members))
            }
            TokenKind::LeftBracket => {
                let (input, values) = separated_list0(
                    |input| self.comma(input),
                    |input| self.value(input, Part::Value),
                )
                .parse(self.after(token))?;
                let (rest, _) =
                    self.punctuation(input, TokenKind::RightBracket, Part::RightBracket)?;
                Ok((rest, Members::List(values, self.span(start, rest))))
            }
            _ => self.fail(start, Part::Members),
        }
    }
}
