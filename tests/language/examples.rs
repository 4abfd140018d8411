//! The examples of the language reference, run against the facts of its first block.

use factbase::language::{Statement, StatementKind, parse};
use factbase::{Outcome, Parameters, RunOptions, Store, value_from_text};

use super::reference::{Block, blocks};

fn parameters() -> Parameters {
    let values = [("city", "Paris"), ("most", "10")];
    let mut parameters = Parameters::new();
    for (name, text) in values {
        parameters.insert(name.to_owned(), value_from_text(text).into());
    }
    parameters
}

/// Runs the statements of a block; the header and the rows of the last one, if it is a question.
fn run(store: &Store, block: &Block) -> Result<Option<(Statement, Vec<String>)>, String> {
    let options = RunOptions {
        parameters: parameters(),
        ..RunOptions::default()
    };
    let mut last = None;
    for statement in parse(&block.text).script.statements {
        let wrong = |error: factbase::Error| format!("{}\n{error:?}", block.text);
        match store
            .run(&block.text, &statement, &options)
            .map_err(wrong)?
        {
            Outcome::Rows(rows) => {
                let mut lines = vec![rows.columns().join(",")];
                for row in rows {
                    let row = row.map_err(wrong)?;
                    let cell = |cell: Option<&factbase::Term>| {
                        cell.map_or_else(String::new, ToString::to_string)
                    };
                    lines.push(row.cells().map(cell).collect::<Vec<_>>().join(","));
                }
                last = Some((statement, lines));
            }
            _ => last = None,
        }
    }
    Ok(last)
}

/// The rows in the order in which they are compared: their own, if the question orders them.
fn compared(statement: &Statement, mut rows: Vec<String>) -> Vec<String> {
    let is_ordered = matches!(&statement.kind, StatementKind::Query(query)
        if !query.modifiers.order.is_empty());
    if !is_ordered && rows.len() > 1 {
        rows[1..].sort();
    }
    rows
}

#[test]
fn every_example_gives_the_rows_it_shows() {
    let mut problems: Vec<String> = Vec::new();
    let store = Store::in_memory().unwrap();
    let mut last = None;
    for block in blocks() {
        if block.tag.starts_with("factbase") {
            last = run(&store, &block).unwrap_or_else(|problem| {
                problems.push(problem);
                None
            });
        } else if block.tag == "rows" {
            let Some((statement, rows)) = last.take() else {
                continue;
            };
            let expected = block.text.lines().map(str::to_owned).collect();
            let (expected, found) = (compared(&statement, expected), compared(&statement, rows));
            if expected != found {
                problems.push(format!(
                    "{statement}\nexpected {expected:#?}\nfound {found:#?}"
                ));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}
