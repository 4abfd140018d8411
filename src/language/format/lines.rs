//! Statements over several lines.
//!
//! A line that goes on with a statement is indented or begins with the keyword it goes on with,
//! or follows a comma, so that it reads back as the same statement.

use super::super::syntax::{Block, Clause, Query, Retract, Rule, Statement, StatementKind};
use super::{Listed, modifiers};

/// A statement within this many characters stays on one line.
const LINE_WIDTH: usize = 80;

/// How far the parts of a statement are indented.
const INDENT: usize = 4;

/// The statement on one line if it fits, over several if not.
pub(super) fn statement(statement: &Statement) -> String {
    let line = statement.to_string();
    if fits(&line, 0) {
        return line;
    }
    match &statement.kind {
        StatementKind::Query(query) => self::query(query),
        StatementKind::Explain(query) => format!("explain\n{}", self::query(query)),
        StatementKind::Assert(assert) => {
            let facts: Vec<_> = assert.facts.iter().map(ToString::to_string).collect();
            format!("assert\n{}", indented(&facts, INDENT))
        }
        StatementKind::Retract(Retract { facts, clauses }) if !clauses.is_empty() => {
            format!(
                "retract {}\nwhere\n{}",
                Listed(facts),
                self::clauses(clauses, INDENT)
            )
        }
        StatementKind::Rule(Rule { head, body }) => {
            format!("rule {head}\nif\n{}", clauses(body, INDENT))
        }
        _ => line,
    }
}

fn query(query: &Query) -> String {
    let mut text = match &query.find {
        Some(find) => format!("{find}\nwhere\n{}", clauses(&query.clauses, INDENT)),
        None => clauses(&query.clauses, 0),
    };
    for modifier in modifiers(&query.modifiers) {
        text.push('\n');
        text.push_str(&modifier);
    }
    text
}

fn fits(line: &str, indent: usize) -> bool {
    // One more for the comma or the semicolon.
    indent + line.chars().count() < LINE_WIDTH
}

/// Clauses, a line or more each.
fn clauses(clauses: &[Clause], indent: usize) -> String {
    let texts: Vec<_> = clauses
        .iter()
        .map(|clause| self::clause(clause, indent))
        .collect();
    indented(&texts, indent)
}

/// Parts on lines of their own with commas between them.
fn indented(parts: &[String], indent: usize) -> String {
    let padding = " ".repeat(indent);
    let lines: Vec<_> = parts
        .iter()
        .map(|part| format!("{padding}{part}"))
        .collect();
    lines.join(",\n")
}

/// A clause whose first line will be indented so far.
fn clause(clause: &Clause, indent: usize) -> String {
    let line = clause.to_string();
    if fits(&line, indent) {
        return line;
    }
    match clause {
        Clause::Pattern(_) | Clause::Filter(_) => line,
        Clause::Not(block) => format!("not {}", self::block(block, indent)),
        Clause::Optional(block) => format!("optional {}", self::block(block, indent)),
        Clause::Block(block) => self::block(block, indent),
        Clause::Or(blocks) => {
            let blocks: Vec<_> = blocks
                .iter()
                .map(|block| self::block(block, indent))
                .collect();
            blocks.join(" or ")
        }
    }
}

fn block(block: &Block, indent: usize) -> String {
    let inner = clauses(&block.clauses, indent + INDENT);
    format!("{{\n{inner}\n{}}}", " ".repeat(indent))
}
