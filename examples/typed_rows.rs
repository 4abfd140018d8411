//! Rows as values of your own types.
//!
//! Run with `cargo run --release --example typed_rows`.

use factbase::Store;
use serde::Deserialize;

#[derive(Deserialize)]
struct Laureate {
    who: String,
    prizes: u32,
    first: Option<i32>,
}

fn main() -> factbase::Result<()> {
    let store = Store::in_memory()?;
    store.execute(
        r#"assert "Marie Curie" win "Nobel Prize in Physics" [when = 1903]
           assert "Marie Curie" win "Nobel Prize in Chemistry" [when = 1911]
           assert "Ernest Rutherford" win "Nobel Prize in Chemistry" [when = 1908]"#,
    )?;
    let rows = store.query(
        "find ?who, count() as ?prizes, min(year(?when)) as ?first
         where ?who win ?prize [when = ?when]
         order by ?prizes desc",
    )?;
    for laureate in rows.typed::<Laureate>() {
        let laureate = laureate?;
        let first = laureate
            .first
            .map_or_else(|| "?".to_owned(), |year| year.to_string());
        println!("{}: {} since {first}", laureate.who, laureate.prizes);
    }
    Ok(())
}
