//! Prints what confidence is reckoned from: a row of the sentence form a line, with the rule that
//! read it, the confidence of its fact and the signals, as JSON.
//!
//! ```text
//! cargo run --release --example measure_confidence -- sentences.txt > rows.jsonl
//! python training/confidence.py --scorer FOLDER rows.jsonl
//! ```
//!
//! The input has one sentence a line, or is CoNLL-U where it ends in `.conllu`.

use std::error::Error;
use std::io::{BufWriter, Write};

use factbase::extraction::sentence_rows;
use factbase::text::conllu;
use factbase::text::layout::Format;
use factbase::text::reader::{Reader, ReaderChoice};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("give a file of sentences")?;
    let text = std::fs::read_to_string(&file)?;
    let documents = if file.ends_with(".conllu") {
        conllu::read(&text)?
    } else {
        let reader = Reader::new(ReaderChoice::Accurate)?;
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        lines
            .map(|line| reader.read(line, Format::Plain, None))
            .collect()
    };
    let mut output = BufWriter::new(std::io::stdout().lock());
    for row in documents.iter().flat_map(sentence_rows) {
        let line = json!({
            "sentence": row.sentence,
            "subject": row.subject,
            "predicate": row.predicate,
            "objects": row.objects,
            "rule": row.rule,
            "confidence": row.certainty,
            "signals": row.signals,
        });
        writeln!(output, "{line}")?;
    }
    Ok(())
}
