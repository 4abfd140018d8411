//! Questions about small stores, with the rows they must have.

mod data;
mod memory;
mod plans;
mod reference;

use super::*;
use crate::Fact;
use crate::language::{StatementKind, parse};
use crate::storage::{Database, Options as StorageOptions};

/// Predicates are called what is written.
pub(super) const NAMING: Naming = Naming {
    canonical: str::to_owned,
    passive: |_| None,
};

/// The engine over a store with these facts.
pub(super) fn engine(facts: &[Fact], rules: &[&str]) -> Engine {
    let database = Database::in_memory(StorageOptions::default());
    let mut transaction = database.begin().unwrap();
    for fact in facts {
        transaction.assert(fact).unwrap();
    }
    for (number, rule) in rules.iter().enumerate() {
        transaction.put_rule(&format!("rule {number}"), rule);
    }
    transaction.commit().unwrap();
    Engine::new(database.snapshot(), NAMING).unwrap()
}

/// The only statement of a text.
pub(super) fn statement(text: &str) -> StatementKind {
    let parsed = parse(text);
    assert!(
        parsed.diagnostics.is_empty(),
        "{text}: {:?}",
        parsed.diagnostics
    );
    let mut statements = parsed.script.statements;
    assert_eq!(statements.len(), 1, "{text}");
    statements.remove(0).kind
}

/// The rows of an answer as texts: cells joined by ` | `, empty ones as `-`.
pub(super) fn rows(engine: &Engine, text: &str) -> crate::Result<Vec<String>> {
    let mut answer = engine.answer(&statement(text), &Options::default())?;
    let width = answer.columns().len();
    let mut shown = Vec::new();
    while let Some(rows) = answer.next_rows()? {
        for row in 0..rows.len() {
            let cells: Vec<String> = (0..width)
                .map(|column| {
                    rows.cell(row, column)
                        .map_or_else(|| "-".to_owned(), ToString::to_string)
                })
                .collect();
            shown.push(cells.join(" | "));
        }
    }
    Ok(shown)
}
