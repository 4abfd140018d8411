//! An extractor of your own: here for lines such as `Marie Curie | work_for | Sorbonne`.
//!
//! Run with `cargo run --release --example custom_extractor`.

use factbase::{Document, Extractor, Fact, Reading, Store};

struct Lines;

impl Extractor for Lines {
    fn name(&self) -> String {
        "lines/1".to_owned()
    }

    fn read(&self, document: &Document) -> factbase::Result<Reading> {
        let mut reading = Reading::of(document);
        for (number, span) in reading.sentences.clone().into_iter().enumerate() {
            let line = span.of(&reading.text).to_owned();
            let mut parts = line.split(" | ");
            if let (Some(subject), Some(predicate), Some(object)) =
                (parts.next(), parts.next(), parts.next())
            {
                let mut fact = Fact::new(subject, predicate, object).with_document(document.name());
                // The line is the evidence: `.why` shows it.
                if let Some(evidence) = fact.evidence.last_mut() {
                    evidence.sentence = u32::try_from(number).ok();
                    evidence.span = span;
                    evidence.text.clone_from(&line);
                }
                reading.facts.push(fact);
            }
        }
        Ok(reading)
    }
}

fn main() -> factbase::Result<()> {
    let store = Store::in_memory()?;
    let text = "Marie Curie | work_for | Sorbonne\nPierre Curie | work_for | Sorbonne";
    let report = store.ingest_with(&Document::from_text("jobs.txt", text), &Lines)?;
    println!("{} facts", report.facts);
    for fact in store.facts().predicate("work_for") {
        let fact = fact?;
        println!("{fact}: {}", fact.provenance().sentence());
    }
    Ok(())
}
