//! One question, read once and asked with several parameters.
//!
//! Run with `cargo run --release --example parameters`.

use factbase::{Store, params};

fn main() -> factbase::Result<()> {
    let store = Store::in_memory()?;
    store.execute(
        r#"assert "Ada Lovelace" live_in London
           assert "Marie Curie" live_in Paris
           assert "Pierre Curie" live_in Paris"#,
    )?;
    let residents = store.prepare("find ?who where ?who live_in $city order by ?who")?;
    for city in ["London", "Paris"] {
        let names: Vec<String> = residents
            .query(params! { "city" => city })?
            .typed()
            .collect::<Result<_, _>>()?;
        println!("{city}: {}", names.join(", "));
    }
    Ok(())
}
