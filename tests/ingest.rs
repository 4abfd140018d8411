//! Documents in any order, read by any number of threads, make one store.

use std::collections::BTreeSet;

use factbase::{Document, Entity, EntityKind, Extractor, Fact, IngestOptions, Reading, Store};
use proptest::prelude::*;

/// Reads lines: `name, alias …` tells an entity with its other names, `subject | predicate |
/// object` a fact.
struct Lines;

impl Extractor for Lines {
    fn name(&self) -> String {
        "lines/1".to_owned()
    }

    fn read(&self, document: &Document) -> factbase::Result<Reading> {
        let mut reading = Reading::of(document);
        for line in document.text().lines() {
            if let [subject, predicate, object] = *line.split(" | ").collect::<Vec<_>>() {
                reading.facts.push(Fact::new(subject, predicate, object));
            } else {
                let mut names = line.split(", ").map(str::to_owned);
                reading.entities.push(Entity {
                    name: names.next().unwrap(),
                    kind: EntityKind::Organization,
                    aliases: names.collect(),
                });
            }
        }
        Ok(reading)
    }
}

fn ingested(documents: &[(String, String)], threads: usize) -> Store {
    let store = Store::in_memory().unwrap();
    let documents = documents
        .iter()
        .map(|(name, text)| Ok(Document::from_text(name, text)));
    let options = IngestOptions {
        threads,
        ..IngestOptions::default()
    };
    let report = store.ingest_all(documents, &Lines, &options, |_| {});
    assert_eq!(report.unwrap().skipped, []);
    store
}

/// The rows of an answer.
fn rows(store: &Store, question: &str) -> BTreeSet<String> {
    let rows = store.query(question).unwrap();
    rows.map(|row| {
        let row = row.unwrap();
        let cells = row.cells().map(|cell| cell.unwrap().to_string());
        cells.collect::<Vec<_>>().join(" | ")
    })
    .collect()
}

/// Everything that one may ask: all rows, all rows of every name, and where they come from.
fn answers(store: &Store) -> BTreeSet<String> {
    let mut found = rows(store, "?a ?p ?b");
    found.extend(rows(store, "?a ?p ?b [document = ?d]"));
    for number in 0..THINGS {
        for name in [long(number), short(number)] {
            let about = rows(store, &format!("\"{name}\" ?p ?b"));
            found.extend(about.into_iter().map(|row| format!("{name}: {row}")));
        }
    }
    found
}

/// How many things the documents speak of. Each has a long name and a short one.
const THINGS: usize = 5;

fn long(number: usize) -> String {
    format!("Union of Ports {number}")
}

fn short(number: usize) -> String {
    format!("UP{number}")
}

/// A document that names some of the things, each by its long name, by its short one, or by both,
/// and says something of them.
fn document() -> impl Strategy<Value = String> {
    let thing = (0..THINGS, 0..3_u8, 0..4_usize, 0..THINGS);
    prop::collection::btree_map(0..THINGS, thing, 1..4).prop_map(|things| {
        let mut text = String::new();
        for (number, (_, form, verb, object)) in things {
            let (name, told) = match form {
                0 => (long(number), long(number)),
                1 => (short(number), short(number)),
                _ => (long(number), format!("{}, {}", long(number), short(number))),
            };
            text.push_str(&format!("{told}\n{name} | do{verb} | thing{object}\n"));
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_documents_and_the_threads_that_read_them_change_no_answer(
        texts in prop::collection::vec(document(), 2..8),
        seed in any::<u64>(),
        threads in 2..5_usize,
    ) {
        let mut documents: Vec<(String, String)> = texts
            .into_iter()
            .enumerate()
            .map(|(number, text)| (format!("{number}.txt"), text))
            .collect();
        let expected = answers(&ingested(&documents, 1));
        prop_assert_eq!(&answers(&ingested(&documents, threads)), &expected);
        // Any order will do, as long as it is another one for another seed.
        documents.sort_by_key(|(name, _)| {
            name.bytes().fold(seed, |sum, byte| {
                (sum ^ u64::from(byte)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
            })
        });
        prop_assert_eq!(&answers(&ingested(&documents, threads)), &expected);
    }
}

#[test]
fn what_several_documents_say_is_one_fact_with_the_evidence_of_each() {
    let documents: Vec<(String, String)> = ["a.txt", "b.txt", "c.txt"]
        .map(|name| (name.to_owned(), "Orvel | buy | Tamm\n".to_owned()))
        .into();
    let store = ingested(&documents, 3);
    let facts: Vec<Fact> = store
        .facts()
        .subject("Orvel")
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!(facts.len(), 1);
    let sources: BTreeSet<&str> = facts[0]
        .evidence
        .iter()
        .map(|evidence| evidence.document.as_str())
        .collect();
    assert_eq!(sources, BTreeSet::from(["a.txt", "b.txt", "c.txt"]));
}

#[test]
fn a_short_name_that_came_first_joins_the_long_one_that_explains_it() {
    let early = (
        "a.txt".to_owned(),
        "ESA\nESA | build | telescope\n".to_owned(),
    );
    let late = (
        "b.txt".to_owned(),
        "European Space Agency, ESA\nEuropean Space Agency | launch | probe\n".to_owned(),
    );
    for documents in [[early.clone(), late.clone()], [late, early]] {
        let store = ingested(&documents, 1);
        let both = "?who build ?what, ?who launch ?other";
        let expected = BTreeSet::from(["European Space Agency | telescope | probe".to_owned()]);
        assert_eq!(rows(&store, both), expected);
        assert_eq!(
            rows(&store, "ESA ?p ?o"),
            rows(&store, "\"European Space Agency\" ?p ?o")
        );
    }
}

/// The next version of [`Lines`], which shouts.
struct Louder;

impl Extractor for Louder {
    fn name(&self) -> String {
        "lines/2".to_owned()
    }

    fn read(&self, document: &Document) -> factbase::Result<Reading> {
        let mut reading = Lines.read(document)?;
        for fact in &mut reading.facts {
            fact.predicate.name.push_str("_loudly");
        }
        Ok(reading)
    }
}

#[test]
fn a_better_extractor_reads_anew_what_the_store_has() {
    let store = Store::in_memory().unwrap();
    let document = Document::from_text("a", "Ada | sing | Aria");
    let ingest = |extractor: &dyn Extractor| {
        let documents = std::iter::once(Ok(document.clone()));
        let options = IngestOptions::default();
        store
            .ingest_all(documents, extractor, &options, |_| {})
            .unwrap()
    };
    assert_eq!(ingest(&Lines).documents, 1);
    assert_eq!(ingest(&Lines).unchanged, 1);
    assert_eq!(ingest(&Louder).documents, 1);
    assert_eq!(ingest(&Louder).unchanged, 1);
    assert!(rows(&store, "?a sing ?b").is_empty());
    assert_eq!(rows(&store, "?a sing_loudly ?b").len(), 1);
}
