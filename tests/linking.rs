//! Whole documents with their trees, and the facts they give once names, descriptions and pronouns
//! are linked.
//!
//! A file is a document in CoNLL-U, then one line for each plain fact, `=> subject predicate object
//! [qualifiers]`. `FACTBASE_REFRESH=1` writes what is found as what is expected.

use std::fs;
use std::path::{Path, PathBuf};

use factbase::extraction::{EnglishExtractor, Extractor};
use factbase::text::{conllu, reader};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/linking");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

/// Weak facts with less confidence than this are left out.
const LEAST: f32 = 0.3;

/// The facts that a document states, weak ones with a note, derived ones left out.
fn facts(rows: &str) -> Vec<String> {
    let mut document = conllu::read(rows).unwrap().remove(0);
    reader::annotate(&mut document);
    let facts = EnglishExtractor.extract(&document);
    facts
        .iter()
        .filter(|fact| {
            let mut sure = (*fact).clone();
            sure.confidence = 1.0;
            sure.is_plain() && fact.confidence >= LEAST
        })
        .map(|fact| {
            let note = if fact.is_plain() { "" } else { " (weak)" };
            format!("=> {fact}{note}")
        })
        .collect()
}

#[test]
fn each_document_gives_the_linked_facts_of_its_file() {
    let files = files();
    assert!(files.len() >= 3, "documents are missing");
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let (rows, expected): (Vec<&str>, Vec<&str>) =
            text.lines().partition(|line| !line.starts_with("=>"));
        let rows = format!("{}\n\n", rows.join("\n").trim_end());
        let found = facts(&rows);
        if std::env::var_os("FACTBASE_REFRESH").is_some() {
            fs::write(&file, format!("{rows}{}\n", found.join("\n"))).unwrap();
        } else {
            assert_eq!(found, expected, "{}", file.display());
        }
    }
}
