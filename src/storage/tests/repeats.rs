//! The counts of repeated triples against what the rows say, through random changes.

use std::collections::BTreeMap;

use super::*;

/// For each predicate how many rows repeat a triple, from the rows themselves.
fn counted(snapshot: &Snapshot) -> BTreeMap<u64, Repeats> {
    let mut cursor = snapshot
        .cursor(RowSet::Plain, Permutation::Spo, &[])
        .unwrap();
    let mut counts: BTreeMap<u64, Repeats> = BTreeMap::new();
    let mut last = None;
    while let Some(columns) = cursor.next_block().unwrap() {
        for row in columns.rows() {
            let count = counts.entry(row[1]).or_default();
            if last == Some([row[0], row[1], row[2]]) {
                if TermId::from_raw(row[2]).is_absent() {
                    count.without_object += 1;
                } else {
                    count.with_object += 1;
                }
            }
            last = Some([row[0], row[1], row[2]]);
        }
    }
    counts
}

fn compare(snapshot: &Snapshot) -> Repeats {
    let mut all = Repeats::default();
    for (predicate, expected) in counted(snapshot) {
        let predicate = TermId::from_raw(predicate);
        assert_eq!(snapshot.repeats(Some(predicate)).unwrap(), Some(expected));
        all.with_object += expected.with_object;
        all.without_object += expected.without_object;
    }
    assert_eq!(snapshot.repeats(None).unwrap(), Some(all));
    all
}

fn load(database: &Database, name: &str, triples: &[(u64, u64, u64)]) {
    let version = format!("{triples:?}");
    let Some(mut loader) = database.bulk_loader(&document(name, &version)).unwrap() else {
        return;
    };
    for (s, p, o) in triples {
        let names = [format!("s{s}"), format!("p{p}"), format!("o{o}")];
        let [s, p, o] = names.each_ref().map(|name| TermRef::Name(name));
        loader.push(s, p, o).unwrap();
    }
    loader.finish().unwrap();
}

/// One random change of the store.
fn change(database: &Database, live: &mut Vec<FactId>, mut random: impl FnMut(u64) -> u64) {
    let triple = (random(4), random(2), random(4));
    match random(10) {
        0 => {
            let other = (random(4), random(2), random(4));
            load(database, &format!("load{}", random(2)), &[triple, other]);
        }
        1 if !live.is_empty() => {
            let place = usize::try_from(random(live.len() as u64)).unwrap();
            let mut transaction = database.begin().unwrap();
            transaction.retract(live.swap_remove(place)).unwrap();
            transaction.commit().unwrap();
        }
        2 => {
            let mut transaction = database.begin().unwrap();
            let name = format!("doc{}", random(3));
            transaction.forget_document(&name).unwrap();
            transaction.commit().unwrap();
        }
        3 => {
            let mut transaction = database.begin().unwrap();
            let (from, into) = (format!("s{}", random(4)), "s0".to_owned());
            if from != into && transaction.merge(&from, &into).is_err() {
                transaction.undo_merge(&from).unwrap();
            }
            transaction.commit().unwrap();
        }
        4 => database.compact().unwrap(),
        _ => {
            let mut transaction = database.begin().unwrap();
            for _ in 0..=random(2) {
                let (s, p, o) = triple;
                let (subject, predicate) = (format!("s{s}"), format!("p{p}"));
                let mut fact = if random(4) == 0 {
                    Fact::without_object(subject, predicate)
                } else {
                    Fact::new(subject, predicate, format!("o{o}"))
                };
                fact = fact.with_document(format!("doc{}", random(3)));
                if random(3) > 0 {
                    fact = fact.with_qualifier("with", format!("friend {}", random(3)));
                }
                live.push(transaction.assert(&fact).unwrap().id);
            }
            transaction.commit().unwrap();
        }
    }
}

#[test]
fn repeated_triples_are_counted_through_all_changes() {
    let folder = tempfile::tempdir().unwrap();
    let mut most = Repeats::default();
    for seed in 1..=6_u64 {
        let path = folder.path().join(format!("{seed}.facts"));
        let mut state = seed;
        let mut random = move |limit: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % limit
        };
        let mut database = Database::open(&path, Options::default()).unwrap();
        let mut live = Vec::new();
        for step in 0..60 {
            change(&database, &mut live, &mut random);
            let all = compare(&database.snapshot());
            most.with_object = most.with_object.max(all.with_object);
            most.without_object = most.without_object.max(all.without_object);
            if step % 20 == 19 {
                drop(database);
                database = Database::open(&path, Options::default()).unwrap();
                compare(&database.snapshot());
            }
        }
        let report = database.check().unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }
    assert!(most.with_object > 3 && most.without_object > 0, "{most:?}");
}

#[test]
fn the_past_does_not_take_the_counts_of_today() {
    let database = Database::in_memory(Options::default());
    let mut ids = Vec::new();
    for friend in ["Ben", "Cleo"] {
        let mut transaction = database.begin().unwrap();
        let fact = Fact::new("Ada", "visit", "Turin").with_qualifier("with", friend);
        transaction.assert(&fact).unwrap();
        ids.push(transaction.commit().unwrap());
    }
    let today = database.snapshot();
    assert_eq!(compare(&today).with_object, 1);
    let before = today.as_of(ids[0]).unwrap();
    assert_eq!(before.repeats(None).unwrap(), None);
}
