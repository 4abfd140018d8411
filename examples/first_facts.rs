//! A document in, a question, and the sentence behind the answer.
//!
//! Run with `cargo run --release --example first_facts`.

use factbase::{Document, Store};

fn main() -> factbase::Result<()> {
    let store = Store::in_memory()?;
    let text = "Ada Lovelace met Charles Babbage in London in 1833. She wrote notes on his engine.";
    let report = store.ingest(&Document::from_text("lovelace.txt", text))?;
    println!("{} sentences, {} facts", report.sentences, report.facts);

    for row in store.query("?who meet ?whom")? {
        let row = row?;
        println!("{row:?}");
        for fact in row.facts()? {
            println!("    {}", fact.provenance().sentence());
        }
    }
    Ok(())
}
