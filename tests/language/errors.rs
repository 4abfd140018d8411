//! Messages of the language, as people see them.
//!
//! `tests/errors/messages.txt` holds wrong texts with the messages they get. With `REFRESH=1` in
//! the environment it is written anew.

use std::fs;
use std::path::PathBuf;

use factbase::language::parse;

const BETWEEN_CASES: &str = "\n====\n";
const BEFORE_MESSAGE: &str = "\n----\n";

fn messages(source: &str) -> String {
    let diagnostics = parse(source).diagnostics;
    let texts: Vec<_> = diagnostics
        .iter()
        .map(|one| one.render(source, false))
        .collect();
    texts.concat().trim_end().to_owned()
}

#[test]
fn messages_stay_as_they_are() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/errors/messages.txt");
    let text = fs::read_to_string(&path).unwrap();
    let mut fresh = Vec::new();
    for case in text.trim_end().split(BETWEEN_CASES) {
        let source = case.split(BEFORE_MESSAGE).next().unwrap();
        let message = messages(source);
        assert!(!message.is_empty(), "nothing is wrong with:\n{source}");
        fresh.push(format!("{source}{BEFORE_MESSAGE}{message}"));
    }
    let fresh = fresh.join(BETWEEN_CASES) + "\n";
    if std::env::var_os("REFRESH").is_some() {
        fs::write(&path, fresh).unwrap();
    } else {
        assert_eq!(text, fresh, "REFRESH=1 writes it anew");
    }
}
