//! Golden files: sentences with their trees, and the facts they give.
//!
//! A file is a list of blocks: the rows of a sentence in CoNLL-U, then one line for each fact,
//! `=> subject predicate object [qualifiers]`, with its notes. `FACTBASE_REFRESH=1` writes what
//! is found as what is expected.

use std::fs;
use std::path::{Path, PathBuf};

use factbase::Fact;
use factbase::extraction::{EnglishExtractor, Extractor};
use factbase::text::conllu;

/// What a fact looks like in a golden file.
fn line(fact: &Fact) -> String {
    let mut notes = String::new();
    if fact.derived {
        notes.push_str(" (derived)");
    } else if fact.is_weak() {
        notes.push_str(" (weak)");
    }
    format!("=> {fact}{notes}")
}

/// The block with the facts that are found in place of those expected.
fn refreshed(block: &str) -> String {
    let rows: Vec<&str> = block
        .lines()
        .filter(|line| !line.starts_with("=>"))
        .collect();
    let documents = conllu::read(&format!("{}\n", rows.join("\n"))).unwrap();
    let mut lines: Vec<String> = rows.into_iter().map(str::to_owned).collect();
    for document in &documents {
        lines.extend(EnglishExtractor.extract(document).iter().map(line));
    }
    lines.join("\n")
}

fn golden_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extraction");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "golden")
        })
        .collect();
    files.sort();
    files
}

#[test]
fn each_construction_gives_the_facts_of_its_golden_file() {
    let mut differences = Vec::new();
    let files = golden_files();
    assert!(files.len() >= 5, "golden files are missing");
    for file in files {
        let expected = fs::read_to_string(&file).unwrap();
        let blocks: Vec<&str> = expected.trim_end().split("\n\n").collect();
        let found: Vec<String> = blocks.iter().map(|block| refreshed(block)).collect();
        if std::env::var_os("FACTBASE_REFRESH").is_some() {
            fs::write(&file, found.join("\n\n") + "\n").unwrap();
            continue;
        }
        for (block, found) in blocks.iter().zip(&found) {
            if block != found {
                differences.push(format!(
                    "{}\nexpected:\n{block}\nfound:\n{found}",
                    file.display()
                ));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
}
