//! Prints what the definite nouns of documents may mean: a candidate a line, with the numbers of
//! its features, as JSON; the first line names the features.
//!
//! ```text
//! cargo run --release --example measure_antecedents -- articles/*.txt > candidates.jsonl
//! python training/antecedents.py candidates.jsonl gold
//! ```

use std::error::Error;
use std::io::{BufWriter, Write};

use factbase::extraction::{candidates, features};
use factbase::text::layout::Format;
use factbase::text::reader::{Reader, ReaderChoice};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new(ReaderChoice::Accurate)?;
    let mut output = BufWriter::new(std::io::stdout().lock());
    writeln!(output, "{}", json!({ "features": features() }))?;
    for file in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&file)?;
        let document = reader.read(&text, Format::Plain, None);
        for candidate in candidates(&document) {
            let sentence = document.sentences.get(candidate.sentence);
            let line = json!({
                "document": file,
                "sentence": sentence.map(|sentence| sentence.span.of(&document.text)),
                "place": candidate.place,
                "rule": candidate.by_rule,
                "text": candidate.text,
                "name": candidate.name,
                "numbers": candidate.numbers,
            });
            writeln!(output, "{line}")?;
        }
    }
    Ok(())
}
