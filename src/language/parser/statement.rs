//! Statements.

use nom::Parser;
use nom::combinator::opt;
use nom::multi::separated_list1;
use nom::sequence::preceded;

use super::super::expectation::Part;
use super::super::syntax::{
    Alias, Assert, Describe, Forget, Merge, Retract, Rule, StatementKind, Undo, UndoKind,
};
use super::super::token::TokenKind;
use super::super::vocabulary::Keyword;
use super::{Read, Reader};

impl<'source> Reader<'source> {
    /// A statement with nothing after it.
    pub(super) fn whole_statement(&self, input: &'source str) -> Read<'source, StatementKind> {
        let (input, kind) = self.statement(input)?;
        if self.token(input).kind == TokenKind::End {
            return Ok((input, kind));
        }
        self.fail(input, Part::End)
    }

    // statement ::= query | explain | describe | assert | retract | rule | correction
    // correction ::= alias | merge | undo | forget
    fn statement(&self, input: &'source str) -> Read<'source, StatementKind> {
        match self.token(input).kind {
            TokenKind::Keyword(Keyword::Explain) => self.explain(input),
            TokenKind::Keyword(Keyword::Describe) => self.describe(input),
            TokenKind::Keyword(Keyword::Assert) => self.assert(input),
            TokenKind::Keyword(Keyword::Retract) => self.retract(input),
            TokenKind::Keyword(Keyword::Rule) => self.rule(input),
            TokenKind::Keyword(Keyword::Alias) => self
                .alias(input)
                .map(|(rest, alias)| (rest, StatementKind::Alias(alias))),
            TokenKind::Keyword(Keyword::Merge) => self
                .merge(input)
                .map(|(rest, merge)| (rest, StatementKind::Merge(merge))),
            TokenKind::Keyword(Keyword::Undo) => self.undo(input),
            TokenKind::Keyword(Keyword::Forget) => self.forget(input),
            TokenKind::Word | TokenKind::Text | TokenKind::Parameter
                if self.second_token(input) == TokenKind::End =>
            {
                self.describe(input)
            }
            TokenKind::Keyword(Keyword::Find | Keyword::Not | Keyword::Optional) => {
                self.question(input)
            }
            TokenKind::Keyword(keyword) if !matches!(keyword, Keyword::True | Keyword::False) => {
                self.fail(input, Part::Statement)
            }
            _ => self.question(input),
        }
    }

    fn question(&self, input: &'source str) -> Read<'source, StatementKind> {
        let (rest, query) = self.query(input)?;
        Ok((rest, StatementKind::Query(query)))
    }

    // explain ::= "explain" query
    fn explain(&self, input: &'source str) -> Read<'source, StatementKind> {
        let (input, _) = self.keyword(input, Keyword::Explain)?;
        let (rest, query) = self.query(input)?;
        Ok((rest, StatementKind::Explain(query)))
    }

    // describe ::= "describe" ( name | "rule" predicate? ) | name
    fn describe(&self, input: &'source str) -> Read<'source, StatementKind> {
        let (input, _) = opt(|input| self.keyword(input, Keyword::Describe)).parse(input)?;
        if self.is_keyword(input, Keyword::Rule) {
            let (input, _) = self.keyword(input, Keyword::Rule)?;
            let (rest, predicate) = opt(|input| self.predicate(input)).parse(input)?;
            return Ok((rest, StatementKind::Describe(Describe::Rules(predicate))));
        }
        let (rest, name) = self.name(input)?;
        Ok((rest, StatementKind::Describe(Describe::Entity(name))))
    }

    // assert ::= "assert" pattern ( "," pattern )*
    fn assert(&self, input: &'source str) -> Read<'source, StatementKind> {
        let (input, _) = self.keyword(input, Keyword::Assert)?;
        let (rest, facts) =
            separated_list1(|input| self.comma(input), |input| self.pattern(input)).parse(input)?;
        Ok((rest, StatementKind::Assert(Assert { facts })))
    }

    // retract ::= "retract" pattern ( "," pattern )* ( "where" clauses )?
    fn retract(&self, input: &'source str) -> Read<'source, StatementKind> {
        let (input, _) = self.keyword(input, Keyword::Retract)?;
        let (input, facts) =
            separated_list1(|input| self.comma(input), |input| self.pattern(input)).parse(input)?;
        let (rest, clauses) = opt(preceded(
            |input| self.keyword(input, Keyword::Where),
            |input| self.clauses(input),
        ))
        .parse(input)?;
        let clauses = clauses.unwrap_or_default();
        Ok((rest, StatementKind::Retract(Retract { facts, clauses })))
    }

    // rule ::= "rule" pattern "if" clauses
    fn rule(&self, input: &'source str) -> Read<'source, StatementKind> {
        let (input, _) = self.keyword(input, Keyword::Rule)?;
        let (input, head) = self.pattern(input)?;
        let (input, _) = self.keyword(input, Keyword::If)?;
        let (rest, body) = self.clauses(input)?;
        Ok((rest, StatementKind::Rule(Rule { head, body })))
    }

    // alias ::= "alias" name "of" name
    fn alias(&self, input: &'source str) -> Read<'source, Alias> {
        let (input, _) = self.keyword(input, Keyword::Alias)?;
        let (input, name) = self.name(input)?;
        let (input, _) = self.keyword(input, Keyword::Of)?;
        let (rest, entity) = self.name(input)?;
        Ok((rest, Alias { name, entity }))
    }

    // merge ::= "merge" name "into" name
    fn merge(&self, input: &'source str) -> Read<'source, Merge> {
        let (input, _) = self.keyword(input, Keyword::Merge)?;
        let (input, from) = self.name(input)?;
        let (input, _) = self.keyword(input, Keyword::Into)?;
        let (rest, into) = self.name(input)?;
        Ok((rest, Merge { from, into }))
    }

    // undo ::= "undo" ( alias | merge | "rule" predicate )
    fn undo(&self, input: &'source str) -> Read<'source, StatementKind> {
        let (input, _) = self.keyword(input, Keyword::Undo)?;
        let (rest, kind) = if self.is_keyword(input, Keyword::Alias) {
            let (rest, alias) = self.alias(input)?;
            (rest, UndoKind::Alias(alias))
        } else if self.is_keyword(input, Keyword::Merge) {
            let (rest, merge) = self.merge(input)?;
            (rest, UndoKind::Merge(merge))
        } else {
            let (input, _) = self
                .keyword(input, Keyword::Rule)
                .or_else(|_| self.keyword(input, Keyword::Alias))
                .or_else(|_| self.keyword(input, Keyword::Merge))?;
            let (rest, predicate) = self.predicate(input)?;
            (rest, UndoKind::Rule(predicate))
        };
        Ok((rest, StatementKind::Undo(Undo { kind })))
    }

    // forget ::= "forget" name
    fn forget(&self, input: &'source str) -> Read<'source, StatementKind> {
        let (input, _) = self.keyword(input, Keyword::Forget)?;
        let (rest, document) = self.name(input)?;
        Ok((rest, StatementKind::Forget(Forget { document })))
    }
}
