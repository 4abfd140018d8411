mod compact;
mod crash;
mod evidence;
mod faults;
mod loads;
mod model;
mod repeats;

use super::transaction::Forgotten;
use super::*;
use crate::fact::{Entity, EntityKind, Fact, Modality};
use crate::provenance::{DocumentRecord, Evidence, Span};
use crate::value::{Time, Value};

fn document(name: &str, sha256: &str) -> DocumentRecord {
    DocumentRecord::named(name, sha256, Time::from_seconds(0))
}

fn sentences(texts: &[&str]) -> Vec<Sentence> {
    let sentence = |text: &&str| Sentence {
        span: Span::new(0, 1),
        text: (*text).to_owned(),
    };
    texts.iter().map(sentence).collect()
}

fn from_sentence(mut fact: Fact, document: &str, sentence: u32, text: &str) -> Fact {
    let mut evidence = Evidence::document_only(document);
    evidence.sentence = Some(sentence);
    evidence.text = text.to_owned();
    fact.evidence.push(evidence);
    fact
}

/// All rows of a set as texts, in the order SPO.
fn rows(snapshot: &Snapshot, set: RowSet) -> Vec<String> {
    let mut cursor = snapshot.cursor(set, Permutation::Spo, &[]).unwrap();
    let mut rows = Vec::new();
    while let Some(columns) = cursor.next_block().unwrap() {
        for row in columns.rows() {
            let shown = |raw| match TermId::from_raw(raw) {
                TermId::ABSENT => "-".to_owned(),
                id => match snapshot.term(id).unwrap() {
                    Term::Name(name) => name,
                    Term::Value(value) => value.to_string(),
                },
            };
            rows.push(format!(
                "{} {} {}",
                shown(row[0]),
                shown(row[1]),
                shown(row[2])
            ));
        }
    }
    rows.sort();
    rows
}

#[test]
fn a_fact_has_a_row_for_its_object_and_one_for_each_qualifier() {
    let database = Database::in_memory(Options::default());
    let mut transaction = database.begin().unwrap();
    let fact = Fact::new("Ada", "visit", "Turin")
        .with_qualifier("when", Value::parse("time", "1840").unwrap());
    let asserted = transaction.assert(&fact).unwrap();
    assert!(asserted.is_new);
    transaction.commit().unwrap();
    let snapshot = database.snapshot();
    assert_eq!(
        rows(&snapshot, RowSet::Plain),
        ["Ada visit Turin", "Ada visit_when 1840"]
    );
    let record = snapshot.record(asserted.id).unwrap().unwrap();
    assert_eq!(record.fact, fact);
}

#[test]
fn a_transaction_not_committed_leaves_no_trace() {
    let database = Database::in_memory(Options::default());
    let mut transaction = database.begin().unwrap();
    transaction.assert(&Fact::new("a", "b", "c")).unwrap();
    drop(transaction);
    assert!(rows(&database.snapshot(), RowSet::Plain).is_empty());
    assert_eq!(database.snapshot().find(&Term::name("a")).unwrap(), None);
}

#[test]
fn the_same_fact_again_gains_evidence_and_no_row() {
    let database = Database::in_memory(Options::default());
    let mut transaction = database.begin().unwrap();
    let fact = Fact::new("Ada", "visit", "Turin");
    let first = transaction
        .assert(&fact.clone().with_document("one.txt"))
        .unwrap();
    let second = transaction
        .assert(&fact.clone().with_document("two.txt"))
        .unwrap();
    assert_eq!(first.id, second.id);
    assert!(!second.is_new);
    transaction.commit().unwrap();
    let snapshot = database.snapshot();
    assert_eq!(rows(&snapshot, RowSet::Plain).len(), 1);
    let record = snapshot.record(first.id).unwrap().unwrap();
    let documents: Vec<_> = record.fact.evidence.iter().map(|e| &e.document).collect();
    assert_eq!(documents, ["one.txt", "two.txt"]);
}

#[test]
fn what_is_not_plainly_said_stands_apart() {
    let database = Database::in_memory(Options::default());
    let mut transaction = database.begin().unwrap();
    let mut denied = Fact::new("Ada", "visit", "Turin");
    denied.negated = true;
    let mut possible = Fact::new("Ada", "visit", "Turin");
    possible.modality = Modality::Possible;
    transaction.assert(&denied).unwrap();
    transaction.assert(&possible).unwrap();
    transaction.commit().unwrap();
    let snapshot = database.snapshot();
    assert!(rows(&snapshot, RowSet::Plain).is_empty());
    assert_eq!(rows(&snapshot, RowSet::Marked).len(), 2);
}

#[test]
fn forgetting_a_document_removes_what_only_it_supported() {
    let database = Database::in_memory(Options::default());
    let mut transaction = database.begin().unwrap();
    let text = "Ada visited Turin.";
    for (name, hash) in [("one.txt", "1"), ("two.txt", "2")] {
        let change = transaction
            .put_document(&document(name, hash), &sentences(&[text]))
            .unwrap();
        assert_eq!(change, DocumentChange::New);
        let fact = Fact::new("Ada", "visit", "Turin");
        transaction
            .assert(&from_sentence(fact, name, 0, text))
            .unwrap();
    }
    let fact = Fact::new("Ada", "leave", "Turin");
    transaction
        .assert(&from_sentence(fact, "two.txt", 0, text))
        .unwrap();
    transaction.commit().unwrap();

    let mut transaction = database.begin().unwrap();
    let forgotten = transaction.forget_document("two.txt").unwrap();
    assert_eq!(forgotten, Some(Forgotten { facts: 1, kept: 1 }));
    transaction.commit().unwrap();
    let snapshot = database.snapshot();
    assert_eq!(rows(&snapshot, RowSet::Plain), ["Ada visit Turin"]);
    assert!(snapshot.document("two.txt").unwrap().is_none());
    let words = snapshot.sentences_with_words(&["visited"]).unwrap();
    let live = words
        .iter()
        .filter(|id| snapshot.sentence(**id).unwrap().is_some());
    assert_eq!(live.count(), 1);
}

#[test]
fn a_changed_document_replaces_its_evidence() {
    let database = Database::in_memory(Options::default());
    for (hash, object) in [("1", "Turin"), ("2", "Milan")] {
        let mut transaction = database.begin().unwrap();
        let text = format!("Ada visited {object}.");
        transaction
            .put_document(&document("one.txt", hash), &sentences(&[&text]))
            .unwrap();
        let fact = Fact::new("Ada", "visit", object);
        transaction
            .assert(&from_sentence(fact, "one.txt", 0, &text))
            .unwrap();
        transaction.commit().unwrap();
    }
    let snapshot = database.snapshot();
    assert_eq!(rows(&snapshot, RowSet::Plain), ["Ada visit Milan"]);
    let before = snapshot.as_of(TransactionId::from_raw(1)).unwrap();
    assert_eq!(rows(&before, RowSet::Plain), ["Ada visit Turin"]);
    let mut transaction = database.begin().unwrap();
    let change = transaction
        .put_document(&document("one.txt", "2"), &[])
        .unwrap();
    assert_eq!(change, DocumentChange::Unchanged);
}

#[test]
fn a_merge_moves_the_rows_and_its_undo_moves_them_back() {
    let database = Database::in_memory(Options::default());
    let mut transaction = database.begin().unwrap();
    for (subject, object) in [("Kosachev", "Paris"), ("Konstantin Kosachev", "Rome")] {
        let fact = Fact::new(subject, "visit", object);
        transaction.assert(&fact).unwrap();
    }
    transaction.commit().unwrap();
    let mut transaction = database.begin().unwrap();
    transaction
        .merge("Kosachev", "Konstantin Kosachev")
        .unwrap();
    transaction.commit().unwrap();
    let merged = [
        "Konstantin Kosachev visit Paris",
        "Konstantin Kosachev visit Rome",
    ];
    let snapshot = database.snapshot();
    assert_eq!(rows(&snapshot, RowSet::Plain), merged);
    assert_eq!(
        snapshot.names_like("KOSACHEV").unwrap(),
        snapshot.names_like("konstantin kosachev").unwrap()
    );
    let mut transaction = database.begin().unwrap();
    assert!(transaction.undo_merge("Kosachev").unwrap());
    transaction.commit().unwrap();
    assert_eq!(
        rows(&database.snapshot(), RowSet::Plain),
        ["Konstantin Kosachev visit Rome", "Kosachev visit Paris"]
    );
    assert_eq!(rows(&snapshot, RowSet::Plain), merged, "a snapshot moved");
}

#[test]
fn names_are_found_without_case_by_alias_and_when_mistyped() {
    let database = Database::in_memory(Options::default());
    let mut transaction = database.begin().unwrap();
    transaction
        .put_entity(&Entity {
            name: "Café Zürich".to_owned(),
            kind: EntityKind::Place,
            aliases: vec!["The Café".to_owned()],
        })
        .unwrap();
    transaction.commit().unwrap();
    let snapshot = database.snapshot();
    let id = snapshot.find(&Term::name("Café Zürich")).unwrap().unwrap();
    assert_eq!(snapshot.names_like("cafe ZURICH").unwrap(), [id]);
    assert_eq!(snapshot.names_like("the cafe").unwrap(), [id]);
    assert_eq!(
        snapshot.nearest_names("Cafe Zurihc", 3).unwrap(),
        ["Café Zürich"]
    );
    assert_eq!(
        snapshot.names_with_prefix("CAF", 3).unwrap(),
        ["Café Zürich"]
    );
}

#[test]
fn words_are_found_by_their_lemma() {
    let options = Options {
        lemma: |word| word.trim_end_matches('s').to_owned(),
        ..Options::default()
    };
    let database = Database::in_memory(options);
    let mut transaction = database.begin().unwrap();
    let fact = Fact::new("Ada", "say", Value::from("Two Engines, one plan"));
    transaction.assert(&fact).unwrap();
    transaction.commit().unwrap();
    let snapshot = database.snapshot();
    assert_eq!(
        snapshot
            .texts_with_words(&["engine", "plans"])
            .unwrap()
            .len(),
        1
    );
    assert!(
        snapshot
            .texts_with_words(&["engine", "plane"])
            .unwrap()
            .is_empty()
    );
}

#[test]
fn counts_and_totals_agree_with_the_rows() {
    let database = Database::in_memory(Options::default());
    for round in 0..40 {
        let mut transaction = database.begin().unwrap();
        for object in 0..5_i64 {
            let fact = Fact::new(format!("s{round}"), "p", Value::from(object));
            transaction.assert(&fact).unwrap();
        }
        transaction.commit().unwrap();
    }
    let snapshot = database.snapshot();
    let predicate = snapshot.find(&Term::name("p")).unwrap().unwrap();
    let count = snapshot.count(RowSet::Plain, Permutation::Pos, &[predicate]);
    assert_eq!(count.unwrap(), 200);
    let totals = snapshot.predicate_totals().unwrap();
    assert_eq!(totals[0].rows, 200);
    assert_eq!(totals[0].objects, 5);
}

fn add_round(database: &Database, round: u32) {
    let mut transaction = database.begin().unwrap();
    let name = format!("doc{round}.txt");
    let text = format!("Thing {round} likes Berlin.");
    transaction
        .put_document(&document(&name, &round.to_string()), &sentences(&[&text]))
        .unwrap();
    for object in 0..5_i64 {
        let fact = Fact::new(format!("s{round}"), "p", Value::from(object));
        transaction
            .assert(&from_sentence(fact, &name, 0, &text))
            .unwrap();
    }
    let fact = Fact::new(format!("s{round}"), "say", Value::from(text.as_str()));
    transaction
        .assert(&from_sentence(fact, &name, 0, &text))
        .unwrap();
    transaction.commit().unwrap();
}

#[test]
fn a_store_on_disk_is_the_same_after_reopening_and_compacting() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.facts");
    let mut expected = Vec::new();
    for round in 0..12 {
        let database = Database::open(&path, Options::default()).unwrap();
        add_round(&database, round);
        if round % 5 == 3 {
            let mut transaction = database.begin().unwrap();
            let name = format!("doc{}.txt", round - 1);
            transaction.forget_document(&name).unwrap().unwrap();
            transaction.commit().unwrap();
        }
        if round % 4 == 2 {
            database.compact().unwrap();
        }
        let snapshot = database.snapshot();
        expected = rows(&snapshot, RowSet::Plain);
        let report = database.check().unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
        assert_eq!(report.rows, expected.len() as u64);
    }
    let database = Database::open_existing(&path, Options::default()).unwrap();
    let snapshot = database.snapshot();
    assert_eq!(rows(&snapshot, RowSet::Plain), expected);
    let texts = snapshot.texts_with_words(&["berlin"]).unwrap();
    assert_eq!(texts.len(), 12);
    assert_eq!(snapshot.terms(&texts).unwrap().len(), 12);
    let first = snapshot.as_of(TransactionId::from_raw(1)).unwrap();
    assert_eq!(rows(&first, RowSet::Plain).len(), 6);
    let copy = folder.path().join("copy.facts");
    database.backup(&copy).unwrap();
    let copied = Database::open_existing(&copy, Options::default()).unwrap();
    assert_eq!(rows(&copied.snapshot(), RowSet::Plain), expected);
    assert!(matches!(
        Database::open(&path, Options::default()),
        Err(crate::Error::InUse { .. })
    ));
}

#[test]
fn the_background_merge_changes_nothing_readers_see() {
    let database = Database::in_memory(Options::default());
    let mut transaction = database.begin().unwrap();
    transaction.assert(&Fact::new("first", "p", "o")).unwrap();
    transaction.commit().unwrap();
    let early = database.snapshot();
    for round in 0..60 {
        let mut transaction = database.begin().unwrap();
        for number in 0..400 {
            let fact = Fact::new(
                format!("s{round}"),
                format!("p{}", number % 7),
                format!("o{number}"),
            );
            transaction.assert(&fact).unwrap();
        }
        transaction.commit().unwrap();
    }
    assert_eq!(rows(&early, RowSet::Plain), ["first p o"]);
    let snapshot = database.snapshot();
    assert_eq!(rows(&snapshot, RowSet::Plain).len(), 24_001);
    database.compact().unwrap();
    assert!(database.runs() <= 1);
    assert_eq!(
        rows(&database.snapshot(), RowSet::Plain),
        rows(&snapshot, RowSet::Plain)
    );
    let report = database.check().unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
}
