//! Loads that do not fit into their memory: what they write is what one that fits writes.

use std::path::Path;

use super::*;

struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// Triples of names, IRIs, texts and values, some of them more than once.
fn triples(seed: u64, count: u64) -> Vec<(String, String, Value)> {
    let mut random = Random(seed);
    let mut triples = Vec::new();
    for _ in 0..count {
        let subject = match random.below(3) {
            0 => format!("Thing {}", random.below(40)),
            1 => format!("http://example.org/{}", random.below(90)),
            _ => format!("Été {}", random.below(20)),
        };
        let object = match random.below(4) {
            0 => Value::from(random.below(30) as i64),
            1 => Value::from(random.below(30) as f64 + 0.5),
            2 => Value::parse("time", &format!("{}", 1900 + random.below(99))).unwrap(),
            _ => {
                let words = ["red", "Ships", "sail", "under", "Été", "grey", "skies"];
                let word = |random: &mut Random| words[random.below(7) as usize];
                let text: Vec<&str> = (0..4).map(|_| word(&mut random)).collect();
                Value::from(text.join(" ").as_str())
            }
        };
        triples.push((subject, format!("p{}", random.below(4)), object));
    }
    triples
}

#[derive(Debug, PartialEq)]
struct Seen {
    rows: Vec<String>,
    texts: Vec<Vec<String>>,
    names: Vec<Vec<String>>,
    totals: Vec<u64>,
    repeated: u64,
}

/// What can be seen of a store.
fn seen(path: &Path) -> Seen {
    let database = Database::open_existing(path, Options::default()).unwrap();
    assert_eq!(database.check().unwrap().faults, Vec::<String>::new());
    let snapshot = database.snapshot();
    let words = ["red", "ships", "ete", "grey", "blue"];
    let found = |word: &&str| {
        let texts = snapshot.texts_with_words(&[word]).unwrap();
        let terms = snapshot.terms(&texts).unwrap();
        terms.iter().map(ToString::to_string).collect()
    };
    let names = ["Thing 3", "thing 17", "ETE 7"];
    let named = |name: &&str| {
        let names = snapshot.names_like(name).unwrap();
        let terms = snapshot.terms(&names).unwrap();
        terms.iter().map(ToString::to_string).collect()
    };
    let totals = snapshot.predicate_totals().unwrap();
    let totals = totals
        .iter()
        .flat_map(|total| [total.rows, total.subjects, total.objects]);
    Seen {
        rows: rows(&snapshot, RowSet::Plain),
        texts: words.iter().map(found).collect(),
        names: names.iter().map(named).collect(),
        totals: totals.collect(),
        repeated: snapshot.repeats(None).unwrap().unwrap().with_object,
    }
}

fn write(path: &Path, bound: Option<(usize, usize)>) {
    let database = Database::open(path, Options::default()).unwrap();
    let mut transaction = database.begin().unwrap();
    // Facts that the loads say again, one of them with more to it.
    for (number, (subject, predicate, object)) in triples(7, 12).into_iter().enumerate() {
        let mut fact = Fact::new(subject, predicate, object);
        if number % 3 == 0 {
            fact = fact.with_qualifier("when", Value::parse("time", "1840").unwrap());
        }
        transaction.assert(&fact).unwrap();
    }
    transaction.commit().unwrap();
    for (name, seed, count) in [("one.nt", 7, 700), ("two.nt", 11, 400), ("three.nt", 7, 80)] {
        let mut loader = database
            .bulk_loader(&document(name, name))
            .unwrap()
            .unwrap();
        if let Some((rows, bytes)) = bound {
            loader.bound_to(rows, bytes);
        }
        for (subject, predicate, object) in triples(seed, count) {
            let (subject, predicate) = (TermRef::Name(&subject), TermRef::Name(&predicate));
            loader
                .push(subject, predicate, TermRef::Value(&object))
                .unwrap();
        }
        loader.finish().unwrap();
        assert!(!path.join("load").exists());
    }
}

#[test]
fn a_load_put_aside_in_chunks_writes_what_one_in_memory_writes() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole.facts");
    write(&whole, None);
    let expected = seen(&whole);
    assert!(expected.rows.len() > 500 && expected.repeated > 0);
    for (number, bound) in [(300, 1 << 20), (64, 2_000), (7, 300)]
        .into_iter()
        .enumerate()
    {
        let path = folder.path().join(number.to_string());
        write(&path, Some(bound));
        assert_eq!(seen(&path), expected, "{bound:?}");
    }
}

#[test]
fn a_load_dropped_half_way_leaves_nothing_aside() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.facts");
    let database = Database::open(&path, Options::default()).unwrap();
    let mut loader = database
        .bulk_loader(&document("one", "1"))
        .unwrap()
        .unwrap();
    loader.bound_to(10, 1 << 20);
    for (subject, predicate, object) in triples(3, 100) {
        let (subject, predicate) = (TermRef::Name(&subject), TermRef::Name(&predicate));
        loader
            .push(subject, predicate, TermRef::Value(&object))
            .unwrap();
    }
    assert!(path.join("load").exists());
    drop(loader);
    assert!(!path.join("load").exists());
    // A process that is killed leaves its files to the next that opens the store.
    std::fs::create_dir(path.join("load")).unwrap();
    drop(database);
    let database = Database::open(&path, Options::default()).unwrap();
    assert!(!path.join("load").exists());
    assert!(rows(&database.snapshot(), RowSet::Plain).is_empty());
}
