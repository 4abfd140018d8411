//! A driver for measurements over CoNLL-U files.

use crate::text::document::AnnotatedDocument;

/// The document of a CoNLL-U text.
pub(crate) fn document(conllu: &str) -> AnnotatedDocument {
    crate::text::conllu::read(conllu)
        .unwrap()
        .into_iter()
        .next()
        .unwrap()
}

/// Prints the sentence form of the CoNLL-U file named by FACTBASE_CONLLU, for measuring.
#[test]
#[ignore = "a driver for measurements: needs FACTBASE_CONLLU and FACTBASE_OUT"]
fn the_sentence_form_of_a_treebank() {
    let path = std::env::var("FACTBASE_CONLLU").unwrap();
    let document = document(&std::fs::read_to_string(path).unwrap());
    let start = std::time::Instant::now();
    let rows = super::sentence_rows(&document);
    eprintln!(
        "{} sentences {} tokens {} rows {:?}",
        document.sentences.len(),
        document
            .sentences
            .iter()
            .map(|s| s.tokens.len())
            .sum::<usize>(),
        rows.len(),
        start.elapsed()
    );
    let lines: Vec<String> = rows
        .iter()
        .map(|row| serde_json::to_string(row).unwrap() + "\n")
        .collect();
    std::fs::write(std::env::var("FACTBASE_OUT").unwrap(), lines.concat()).unwrap();
}
