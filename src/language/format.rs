//! The formatter: from a syntax tree back to text.
//!
//! Every part of a tree has a one-line [`Display`](std::fmt::Display); whole statements are
//! broken over lines where one line would be too long. Reading the text gives the tree again,
//! except for spans. Comments are not part of a tree.

use std::fmt::{self, Display, Formatter};

use super::literal::write_text;
use super::syntax::{
    Alias, Annotation, Block, Call, Clause, Closure, Column, Count, Describe, Direction,
    Expression, ExpressionKind, Find, Key, Members, Merge, Modifiers, Path, Pattern, Predicate,
    PredicateKind, Query, Role, Rule, Script, Statement, StatementKind, Term, TermKind, Test,
    UndoKind, Variable,
};
use super::token::{TokenKind, next_token};

mod lines;

/// Writes a script: a statement a paragraph of its own, ended by `;`.
///
/// Statements that could not be read are left out, so format what has no diagnostics.
///
/// ```
/// use factbase::language::{format, parse};
///
/// let script = parse("FIND ?who  WHERE ?who win\n  ?prize LIMIT 3").script;
/// assert_eq!(format(&script), "find ?who where ?who win ?prize limit 3;\n");
/// ```
#[must_use]
pub fn format(script: &Script) -> String {
    let good = script
        .statements
        .iter()
        .filter(|one| one.kind != StatementKind::Error);
    good.map(|statement| lines::statement(statement) + ";\n")
        .collect()
}

/// The statement on one line.
impl Display for Statement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            StatementKind::Query(query) => query.fmt(f),
            StatementKind::Explain(query) => write!(f, "explain {query}"),
            StatementKind::Describe(Describe::Entity(entity)) => write!(f, "describe {entity}"),
            StatementKind::Describe(Describe::Rules(None)) => f.write_str("describe rule"),
            StatementKind::Describe(Describe::Rules(Some(predicate))) => {
                write!(f, "describe rule {predicate}")
            }
            StatementKind::Assert(assert) => {
                f.write_str("assert ")?;
                list(&assert.facts, f)
            }
            StatementKind::Retract(retract) => {
                f.write_str("retract ")?;
                list(&retract.facts, f)?;
                if !retract.clauses.is_empty() {
                    f.write_str(" where ")?;
                    list(&retract.clauses, f)?;
                }
                Ok(())
            }
            StatementKind::Rule(rule) => rule.fmt(f),
            StatementKind::Alias(alias) => alias.fmt(f),
            StatementKind::Merge(merge) => merge.fmt(f),
            StatementKind::Undo(undo) => match &undo.kind {
                UndoKind::Alias(alias) => write!(f, "undo {alias}"),
                UndoKind::Merge(merge) => write!(f, "undo {merge}"),
                UndoKind::Rule(predicate) => write!(f, "undo rule {predicate}"),
            },
            StatementKind::Forget(forget) => write!(f, "forget {}", forget.document),
            StatementKind::Error => Ok(()),
        }
    }
}

impl Display for Rule {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "rule {} if ", self.head)?;
        list(&self.body, f)
    }
}

impl Display for Alias {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "alias {} of {}", self.name, self.entity)
    }
}

impl Display for Merge {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "merge {} into {}", self.from, self.into)
    }
}

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(find) = &self.find {
            write!(f, "{find} where ")?;
        }
        list(&self.clauses, f)?;
        for modifier in modifiers(&self.modifiers) {
            write!(f, " {modifier}")?;
        }
        Ok(())
    }
}

impl Display for Find {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_distinct {
            "find distinct "
        } else {
            "find "
        })?;
        list(&self.columns, f)
    }
}

impl Display for Column {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.expression.fmt(f)?;
        match &self.alias {
            Some(alias) => write!(f, " as {alias}"),
            None => Ok(()),
        }
    }
}

impl Display for Variable {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "?{}", self.name)
    }
}

/// Each modifier as text, in the order in which they take effect.
fn modifiers(modifiers: &Modifiers) -> Vec<String> {
    let Modifiers {
        having,
        order,
        limit,
        offset,
        as_of,
        valid_at,
        with_sources,
    } = modifiers;
    let mut texts = Vec::new();
    if !having.is_empty() {
        texts.push(format!("having {}", Listed(having)));
    }
    if !order.is_empty() {
        texts.push(format!("order by {}", Listed(order)));
    }
    texts.extend(limit.iter().map(|count| format!("limit {count}")));
    texts.extend(offset.iter().map(|count| format!("offset {count}")));
    texts.extend(as_of.iter().map(|time| format!("as of {time}")));
    texts.extend(valid_at.iter().map(|time| format!("valid at {time}")));
    texts.extend(with_sources.iter().map(|_| "with sources".to_owned()));
    texts
}

impl Display for Key {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.expression.fmt(f)?;
        match self.direction {
            Direction::Ascending => Ok(()),
            Direction::Descending => f.write_str(" desc"),
        }
    }
}

impl Display for Count {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(whole, _) => whole.fmt(f),
            Self::Parameter(name, _) => write!(f, "${name}"),
        }
    }
}

impl Display for Clause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pattern(pattern) => pattern.fmt(f),
            Self::Filter(filter) => filter.fmt(f),
            Self::Not(block) => match block.clauses.as_slice() {
                [clause @ (Self::Pattern(_) | Self::Filter(_))] => write!(f, "not {clause}"),
                _ => write!(f, "not {block}"),
            },
            Self::Optional(block) => match block.clauses.as_slice() {
                [clause @ Self::Pattern(_)] => write!(f, "optional {clause}"),
                _ => write!(f, "optional {block}"),
            },
            Self::Block(block) => block.fmt(f),
            Self::Or(blocks) => separated(blocks, " or ", f),
        }
    }
}

impl Display for Block {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("{ ")?;
        list(&self.clauses, f)?;
        f.write_str(" }")
    }
}

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.subject, self.path)?;
        if let Some(object) = &self.object {
            write!(f, " {object}")?;
        }
        if !self.annotations.is_empty() {
            write!(f, " [{}]", Listed(&self.annotations))?;
        }
        Ok(())
    }
}

impl Display for Path {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.predicate.fmt(f)?;
        f.write_str(match self.closure {
            Closure::Once => "",
            Closure::OneOrMore => "+",
            Closure::ZeroOrMore => "*",
        })
    }
}

impl Display for Predicate {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            PredicateKind::Word(word) => bare(word, f, |token| match token {
                TokenKind::Word => true,
                TokenKind::Keyword(keyword) => keyword.is_verb(),
                _ => false,
            }),
            PredicateKind::Text(text) => write_text(text, f),
            PredicateKind::Variable(name) => write!(f, "?{name}"),
            PredicateKind::Parameter(name) => write!(f, "${name}"),
        }
    }
}

impl Display for Annotation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.test {
            Test::Compare(comparison, term) => {
                write!(f, "{} {} {term}", self.role, comparison.symbol())
            }
            Test::In(members) => write!(f, "{} in {members}", self.role),
        }
    }
}

impl Display for Role {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        bare(&self.name, f, |token| match token {
            TokenKind::Word => true,
            TokenKind::Keyword(keyword) => keyword.is_particle(),
            _ => false,
        })
    }
}

impl Display for Members {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(terms, _) => write!(f, "[{}]", Listed(terms)),
            Self::Parameter(name, _) => write!(f, "${name}"),
        }
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            TermKind::Variable(name) => write!(f, "?{name}"),
            TermKind::Blank => f.write_str("_"),
            TermKind::Name(name) => bare(name, f, |token| token == TokenKind::Word),
            TermKind::Literal(literal) => literal.fmt(f),
            TermKind::Parameter(name) => write!(f, "${name}"),
        }
    }
}

/// Writes a word bare where it reads back as one, in quotes where it does not.
fn bare(word: &str, f: &mut Formatter<'_>, is_bare: impl Fn(TokenKind) -> bool) -> fmt::Result {
    let token = next_token(word, 0);
    if is_bare(token.kind) && token.span.start == 0 && token.span.end == word.len() {
        return f.write_str(word);
    }
    write_text(word, f)
}

/// How tightly an expression holds together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Comparison,
    Sum,
    Product,
    Factor,
}

fn strength(expression: &Expression) -> Strength {
    use super::syntax::Arithmetic;
    match &expression.kind {
        ExpressionKind::Compare(..) | ExpressionKind::In(..) => Strength::Comparison,
        ExpressionKind::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, ..) => Strength::Sum,
        ExpressionKind::Arithmetic(Arithmetic::Multiply | Arithmetic::Divide, ..) => {
            Strength::Product
        }
        ExpressionKind::Term(_) | ExpressionKind::Call(_) | ExpressionKind::Negate(_) => {
            Strength::Factor
        }
    }
}

impl Display for Expression {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExpressionKind::Term(term) => term.fmt(f),
            ExpressionKind::Call(call) => call.fmt(f),
            ExpressionKind::Negate(inner) => {
                // A sign directly before a number belongs to the number.
                let text = inner.to_string();
                if text.starts_with(|first: char| first.is_ascii_digit()) {
                    write!(f, "-({text})")
                } else {
                    f.write_str("-")?;
                    operand(inner, Strength::Factor, f)
                }
            }
            ExpressionKind::Arithmetic(operation, left, right) => {
                let own = strength(self);
                let tighter = if own == Strength::Sum {
                    Strength::Product
                } else {
                    Strength::Factor
                };
                operand(left, own, f)?;
                write!(f, " {} ", operation.symbol())?;
                operand(right, tighter, f)
            }
            ExpressionKind::Compare(comparison, left, right) => {
                operand(left, Strength::Sum, f)?;
                write!(f, " {} ", comparison.symbol())?;
                operand(right, Strength::Sum, f)
            }
            ExpressionKind::In(value, members) => {
                operand(value, Strength::Sum, f)?;
                write!(f, " in {members}")
            }
        }
    }
}

/// Writes an operand, in parentheses if it is weaker than it must be.
fn operand(expression: &Expression, least: Strength, f: &mut Formatter<'_>) -> fmt::Result {
    if strength(expression) < least {
        return write!(f, "({expression})");
    }
    expression.fmt(f)
}

impl Display for Call {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let distinct = if self.is_distinct { "distinct " } else { "" };
        write!(
            f,
            "{}({distinct}{})",
            self.function.word(),
            Listed(&self.arguments)
        )
    }
}

/// Parts with commas between them.
struct Listed<'part, Part>(&'part [Part]);

impl<Part: Display> Display for Listed<'_, Part> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        list(self.0, f)
    }
}

fn list<Part: Display>(parts: &[Part], f: &mut Formatter<'_>) -> fmt::Result {
    separated(parts, ", ", f)
}

fn separated<Part: Display>(parts: &[Part], between: &str, f: &mut Formatter<'_>) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        part.fmt(f)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
