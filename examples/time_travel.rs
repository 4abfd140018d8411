//! What the store knew before it learned better.
//!
//! Run with `cargo run --release --example time_travel`.

use factbase::{Fact, Store};

fn main() -> factbase::Result<()> {
    let store = Store::in_memory()?;
    let mut batch = store.batch();
    batch.assert(Fact::new("Pluto", "be", "planet").with_document("textbook.txt"));
    let before = batch.commit()?;

    store.execute(r#"retract Pluto be planet; assert Pluto be "dwarf planet""#)?;

    for (when, snapshot) in [("then", store.as_of(before)?), ("now", store.snapshot())] {
        for fact in snapshot.facts().subject("Pluto") {
            println!("{when}: {}", fact?);
        }
    }
    Ok(())
}
