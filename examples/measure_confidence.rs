//! Prints what confidence is reckoned from: a fact a line, with its confidence and its numbers, as
//! JSON; the first line names the numbers.
//!
//! ```text
//! cargo run --release --example measure_confidence -- articles/*.txt > facts.jsonl
//! python training/confidence.py facts.jsonl verdicts.tsv
//! ```
//!
//! A file that ends in `.conllu` brings its trees with it; only its first document is read.

use std::error::Error;
use std::io::{BufWriter, Write};

use factbase::Argument;
use factbase::extraction::{measured, signals};
use factbase::text::conllu;
use factbase::text::layout::Format;
use factbase::text::reader::{Reader, ReaderChoice, annotate};
use serde_json::json;

/// What an argument is called.
fn name(argument: &Argument) -> String {
    let value = || argument.value().map(ToString::to_string);
    let known = argument.name().map(str::to_owned).or_else(value);
    known.unwrap_or_else(|| argument.text.clone())
}

fn main() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new(ReaderChoice::Accurate)?.with_second_reading()?;
    let mut output = BufWriter::new(std::io::stdout().lock());
    writeln!(output, "{}", json!({ "signals": signals() }))?;
    for file in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&file)?;
        let document = if file.ends_with(".conllu") {
            let mut document = conllu::read(&text)?.into_iter().next().unwrap_or_default();
            annotate(&mut document);
            document
        } else {
            reader.read(&text, Format::Plain, None)
        };
        for (fact, numbers) in measured(&document) {
            let line = json!({
                "document": file,
                "sentence": fact.evidence.first().map(|evidence| &evidence.text),
                "subject": name(&fact.subject),
                "predicate": fact.predicate.name,
                "object": fact.object.as_ref().map(name),
                "plain": !fact.derived && !fact.negated && matches!(
                    fact.modality,
                    factbase::Modality::Asserted | factbase::Modality::Future
                ),
                "confidence": fact.confidence,
                "numbers": numbers,
            });
            writeln!(output, "{line}")?;
        }
    }
    Ok(())
}
