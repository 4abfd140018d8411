//! Files of facts, questions and rows in `tests/queries`, asked through the public interface.
//!
//! A file is read line by line: what begins with `?? ` is a question, `> ` a row it must have
//! (cells joined by ` | `, empty ones `-`), `! ` a part of the error it must have; `#` is a
//! comment; everything else is statements, run before the next question. Rows are compared in
//! order where the question has `order by`, else sorted.

use std::fmt::Write as _;
use std::path::Path;

use factbase::{Error, Store};

/// The rows of an answer as texts.
fn rows(store: &Store, question: &str) -> Result<Vec<String>, Error> {
    let mut shown = Vec::new();
    for row in store.query(question)? {
        let row = row?;
        let cells: Vec<String> = row
            .cells()
            .map(|cell| cell.map_or_else(|| "-".to_owned(), ToString::to_string))
            .collect();
        shown.push(cells.join(" | "));
    }
    if !question.contains("order by") {
        shown.sort();
    }
    Ok(shown)
}

struct Question<'a> {
    line: usize,
    text: &'a str,
    rows: Vec<&'a str>,
    error: Option<&'a str>,
}

fn ask(store: &Store, question: Question<'_>, failures: &mut String) {
    let Question {
        line, text, error, ..
    } = question;
    let mut expected = question.rows;
    if !text.contains("order by") {
        expected.sort_unstable();
    }
    match (rows(store, text), error) {
        (Ok(found), None) if found == expected => {}
        (Err(found), Some(part)) if found.to_string().contains(part) => {}
        (found, _) => {
            let _ = writeln!(
                failures,
                "line {line}: {text}\n  {found:?}\n  must be {expected:?}"
            );
        }
    }
}

fn check(path: &Path) {
    let text = std::fs::read_to_string(path).expect("the file can be read");
    let store = Store::in_memory().expect("a store in memory");
    let mut failures = String::new();
    let mut statements = String::new();
    let mut question: Option<Question<'_>> = None;
    for (number, line) in text.lines().enumerate() {
        if let Some(row) = line.strip_prefix("> ") {
            question
                .iter_mut()
                .for_each(|question| question.rows.push(row));
            continue;
        }
        if let Some(part) = line.strip_prefix("! ") {
            question
                .iter_mut()
                .for_each(|question| question.error = Some(part));
            continue;
        }
        if let Some(asked) = question.take() {
            ask(&store, asked, &mut failures);
        }
        if let Some(text) = line.strip_prefix("?? ") {
            store
                .execute(&std::mem::take(&mut statements))
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            question = Some(Question {
                line: number + 1,
                text,
                rows: Vec::new(),
                error: None,
            });
        } else if !line.starts_with('#') {
            statements.push_str(line);
            statements.push('\n');
        }
    }
    if let Some(asked) = question {
        ask(&store, asked, &mut failures);
    }
    assert!(failures.is_empty(), "{}:\n{failures}", path.display());
}

#[test]
fn every_file_of_questions_has_its_answers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files.iter().for_each(|file| check(file));
}

#[cfg(feature = "english")]
#[test]
fn a_participle_asks_for_the_passive_too() {
    let store = Store::in_memory().unwrap();
    store
        .execute(
            "assert \"Marie Curie\" be_born_in Warsaw; assert \"Pierre Curie\" born_in Paris;
assert summit be_held_in Quito; assert mayor hold summit; assert summit be_held;
rule ?a countryman_of ?b if ?a born_in ?where, ?b born_in ?where, ?a != ?b;
assert \"Bronisława Dłuska\" be_born_in Warsaw",
        )
        .unwrap();
    for (question, expected) in [
        (
            "?who born_in ?where",
            "Bronisława Dłuska | Warsaw, Marie Curie | Warsaw, Pierre Curie | Paris",
        ),
        ("?who was_born_in Warsaw", "Bronisława Dłuska, Marie Curie"),
        ("?what held_in ?where", "summit | Quito"),
        ("?who held ?what", "mayor | summit"),
        ("?a countryman_of \"Marie Curie\"", "Bronisława Dłuska"),
    ] {
        assert_eq!(
            rows(&store, question).unwrap().join(", "),
            expected,
            "{question}"
        );
    }
    let found = store
        .snapshot()
        .facts()
        .predicate("born_in")
        .into_iter()
        .count();
    assert_eq!(found, 3);
}
