//! Why a derived answer holds: the rule, its premises, and the documents they come from.
//!
//! Run with `cargo run --release --example explain_answer`.

use factbase::Store;

fn main() -> factbase::Result<()> {
    let store = Store::in_memory()?;
    store.execute(
        r#"assert "Marie Curie" work_for Sorbonne [document = "letters.txt"]
           assert "Paul Langevin" work_for Sorbonne [document = "papers.txt"]
           rule ?a colleague_of ?b if ?a work_for ?o, ?b work_for ?o, ?a != ?b"#,
    )?;
    for row in store.query(r#""Marie Curie" colleague_of ?who"#)? {
        let row = row?;
        println!("{row:?}");
        println!("{}", row.proof()?.unwrap_or_default());
        for fact in row.facts()? {
            println!(
                "{fact} ({})",
                fact.provenance().document().unwrap_or("asserted")
            );
        }
    }
    println!("{}", store.explain("?a work_for ?o, ?b work_for ?o")?);
    Ok(())
}
