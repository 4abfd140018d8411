//! The reader on sentences of our own: times and amounts with their normal values.

#![cfg(feature = "english")]

use factbase::text::layout::Format;
use factbase::text::reader::{Reader, ReaderChoice};

/// Day of the document (`-` for none), sentence, expected values in order.
const VALUES: &str = include_str!("text/values.tsv");

/// The values of a document as the table writes them; `_` where a time has no value.
fn shown(document: &factbase::text::document::AnnotatedDocument) -> String {
    let found = document.values.iter().map(|found| {
        let value = found
            .value
            .as_ref()
            .map_or_else(|| "_".to_owned(), ToString::to_string);
        format!("{} {value}", found.kind)
    });
    found.collect::<Vec<_>>().join(";")
}

#[test]
fn times_and_amounts_have_their_normal_values() {
    let reader = Reader::new(ReaderChoice::Accurate).expect("the weights are whole");
    let mut wrong = Vec::new();
    let rows: Vec<Vec<&str>> = VALUES
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    for row in &rows {
        let [day, sentence, expected] = row.as_slice() else {
            panic!("a row has three columns: {row:?}");
        };
        let document = reader.read(sentence, Format::Plain, day.parse().ok());
        let found = shown(&document);
        if found != *expected {
            wrong.push(format!("{sentence}: {found}, not {expected}"));
        }
    }
    // Tense comes from the model, so a table of this size may miss a few.
    assert!(rows.len() >= 200);
    assert!(wrong.len() * 100 <= rows.len() * 3, "{}", wrong.join("\n"));
}
