//! Evidence: what each further piece costs, and that it goes and comes with its documents.

use std::sync::Arc;

use super::super::backend::{Backend, memory::Memory};
use super::*;

const DOCUMENTS: usize = 200;

fn known_by(database: &Database) -> (f32, Vec<String>) {
    let snapshot = database.snapshot();
    let mut records = snapshot.records().map(Result::unwrap);
    let record = records.find(|record| record.retracted.is_none()).unwrap();
    let evidence = record.fact.evidence.iter();
    (
        record.fact.confidence,
        evidence.map(|piece| piece.document.clone()).collect(),
    )
}

fn name(number: usize) -> String {
    format!("doc{number:04}")
}

fn state(database: &Database, number: usize, confidence: f32) {
    let mut transaction = database.begin().unwrap();
    let text = "Ada visited Turin in the spring, with three friends and a dog.";
    transaction
        .put_document(&document(&name(number), "1"), &sentences(&[text]))
        .unwrap();
    let mut fact = from_sentence(Fact::new("Ada", "visit", "Turin"), &name(number), 0, text);
    fact.evidence[0].confidence = confidence;
    transaction.assert(&fact).unwrap();
    transaction.commit().unwrap();
}

fn forget(database: &Database, number: usize) -> Forgotten {
    let mut transaction = database.begin().unwrap();
    let forgotten = transaction.forget_document(&name(number)).unwrap();
    transaction.commit().unwrap();
    forgotten.unwrap()
}

#[test]
fn each_document_that_states_a_fact_again_costs_as_much_as_the_one_before() {
    let backend: Arc<dyn Backend> = Arc::new(Memory::default());
    let database = Database::open_backend(Arc::clone(&backend), Options::default()).unwrap();
    let bytes = |from: u64, to: u64| -> usize {
        let records = (from..to).filter_map(|number| backend.record(number).unwrap());
        records.map(|record| record.len()).sum()
    };
    for number in 0..DOCUMENTS {
        state(&database, number, 0.9);
    }
    let last = database.snapshot().transaction().raw();
    assert_eq!(last, DOCUMENTS as u64);
    let (early, late) = (bytes(21, 41), bytes(last - 19, last + 1));
    assert!(late < early + early / 10, "{early} bytes, then {late}");

    for number in 0..DOCUMENTS - 1 {
        assert_eq!(forget(&database, number), Forgotten { facts: 0, kept: 1 });
    }
    let end = database.snapshot().transaction().raw();
    let (early, late) = (bytes(last + 1, last + 21), bytes(end - 19, end + 1));
    assert!(
        late < early * 3 / 2,
        "forgetting: {early} bytes, then {late}"
    );
    assert_eq!(known_by(&database).1, [name(DOCUMENTS - 1)]);
    assert_eq!(forget(&database, DOCUMENTS - 1).facts, 1);
    assert!(rows(&database.snapshot(), RowSet::Plain).is_empty());
}

#[test]
fn a_store_keeps_the_border_of_weak_facts_it_was_begun_with() {
    let backend: Arc<dyn Backend> = Arc::new(Memory::default());
    let open = |weak_below| {
        let options = Options {
            weak_below,
            ..Options::default()
        };
        Database::open_backend(Arc::clone(&backend), options).unwrap()
    };
    state(&open(0.3), 0, 0.4);
    let database = open(0.9);
    assert_eq!(database.snapshot().weak_below().unwrap(), 0.3);
    state(&database, 1, 0.35);
    assert_eq!(rows(&database.snapshot(), RowSet::Plain).len(), 1);
    forget(&database, 0);
    forget(&database, 1);
    for set in RowSet::ALL {
        assert!(rows(&database.snapshot(), set).is_empty());
    }
    let database = Database::in_memory(Options {
        weak_below: 0.5,
        ..Options::default()
    });
    state(&database, 0, 0.4);
    assert!(rows(&database.snapshot(), RowSet::Plain).is_empty());
    assert_eq!(rows(&database.snapshot(), RowSet::Marked).len(), 1);
}

#[test]
fn evidence_comes_and_goes_with_its_documents_in_any_order() {
    let database = Database::in_memory(Options::default());
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut held: Vec<(usize, f32)> = Vec::new();
    for number in 0..400 {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        if held.len() > 30 || (held.len() > 1 && random.is_multiple_of(3)) {
            let place = random as usize % held.len();
            let (gone, _) = held.remove(place);
            assert_eq!(forget(&database, gone).kept, 1);
        } else {
            let confidence = 0.75 + (random >> 32 & 63) as f32 / 256.0;
            state(&database, number, confidence);
            // Again, with less confidence: nothing changes.
            let text = "Ada visited Turin in the spring, with three friends and a dog.";
            let mut transaction = database.begin().unwrap();
            let fact = Fact::new("Ada", "visit", "Turin");
            let mut fact = from_sentence(fact, &name(number), 0, text);
            fact.evidence[0].confidence = 0.1;
            transaction.assert(&fact).unwrap();
            transaction.commit().unwrap();
            held.push((number, confidence));
        }
        let (confidence, mut documents) = known_by(&database);
        documents.sort();
        let mut expected: Vec<String> = held.iter().map(|(number, _)| name(*number)).collect();
        expected.sort();
        assert_eq!(documents, expected, "step {number}");
        let best = held.iter().map(|(_, confidence)| *confidence);
        assert_eq!(Some(confidence), best.max_by(f32::total_cmp));
        if number % 50 == 49 {
            database.compact().unwrap();
            assert_eq!(database.check().unwrap().faults, Vec::<String>::new());
        }
    }
    assert!(held.len() > 8);
}

#[test]
fn many_pieces_in_one_transaction_are_kept_and_bounded_for_each_document() {
    let database = Database::in_memory(Options::default());
    let mut fact = Fact::new("Ada", "visit", "Turin");
    for number in 0..100_u32 {
        let text = format!("Sentence {number}.");
        fact = from_sentence(fact, &name(number as usize % 3), number, &text);
    }
    let mut transaction = database.begin().unwrap();
    transaction.assert(&fact).unwrap();
    for number in 0..100 {
        let fact = Fact::new("Ada", "visit", "Turin");
        let text = format!("Refrain {number}.");
        transaction
            .assert(&from_sentence(fact, &name(0), 500 + number, &text))
            .unwrap();
    }
    transaction.commit().unwrap();
    let (_, documents) = known_by(&database);
    let count = |number| {
        documents
            .iter()
            .filter(|known| **known == name(number))
            .count()
    };
    assert_eq!([count(0), count(1), count(2)], [64, 33, 33]);
}

#[test]
fn a_record_with_too_much_evidence_is_mended_when_more_comes() {
    // As a store of an earlier format has it.
    let database = Database::in_memory(Options::default());
    for number in 0..6 {
        state(&database, number, 0.9);
    }
    let mut transaction = database.begin().unwrap();
    let id = FactId::FIRST_RECORDED;
    transaction.swell(id, 50);
    transaction.commit().unwrap();
    assert_eq!(known_by(&database).1.len(), 56);
    state(&database, 7, 0.8);
    let (_, documents) = known_by(&database);
    assert_eq!(documents.len(), 57);
    for number in [0, 3] {
        forget(&database, number);
    }
    let (_, documents) = known_by(&database);
    assert!(!documents.contains(&name(0)) && !documents.contains(&name(3)));
    assert!(documents.contains(&name(7)));
}
