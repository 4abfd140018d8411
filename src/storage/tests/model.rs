//! The store against a simple model: random batches, retractions, forgets, replaced documents,
//! merges, compactions and reopenings, with snapshots held across all of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proptest::prelude::*;

use super::*;

/// What a document says: subject, predicate, object by small numbers.
type Triple = (u8, u8, u8);

#[derive(Debug, Clone)]
enum Step {
    /// A document with a version and its facts.
    Put(u8, u8, Vec<Triple>),
    Forget(u8),
    Retract(u8),
    Assert(Triple),
    Load(u8, Vec<Triple>),
    Drop(Vec<Triple>),
    Hold,
    Compact,
    Reopen,
}

fn triples() -> impl Strategy<Value = Vec<Triple>> {
    prop::collection::vec((0_u8..6, 0_u8..3, 0_u8..6), 0..8)
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (0_u8..4, any::<u8>(), triples()).prop_map(|(name, version, facts)| {
            Step::Put(name, version, facts)
        }),
        2 => (0_u8..4).prop_map(Step::Forget),
        2 => any::<u8>().prop_map(Step::Retract),
        3 => (0_u8..6, 0_u8..3, 0_u8..6).prop_map(Step::Assert),
        1 => (0_u8..3, triples()).prop_map(|(name, facts)| Step::Load(name, facts)),
        1 => triples().prop_map(Step::Drop),
        1 => Just(Step::Hold),
        1 => Just(Step::Compact),
        1 => Just(Step::Reopen),
    ]
}

/// For each triple who supports it: documents by name, and `None` for a person's word.
#[derive(Debug, Clone, Default, PartialEq)]
struct Model {
    support: BTreeMap<Triple, BTreeSet<Option<String>>>,
    versions: BTreeMap<String, String>,
}

impl Model {
    fn withdraw(&mut self, name: &str) {
        self.support.retain(|_, support| {
            support.remove(&Some(name.to_owned()));
            !support.is_empty()
        });
        self.versions.remove(name);
    }

    fn add(&mut self, triple: Triple, who: Option<String>) {
        self.support.entry(triple).or_default().insert(who);
    }

    fn rows(&self) -> Vec<String> {
        let mut rows: Vec<String> = self
            .support
            .keys()
            .map(|(s, p, o)| format!("s{s} p{p} o{o}"))
            .collect();
        rows.sort();
        rows
    }
}

fn fact((subject, predicate, object): Triple) -> Fact {
    Fact::new(
        format!("s{subject}"),
        format!("p{predicate}"),
        format!("o{object}"),
    )
}

/// The store with its model and the snapshots held.
struct Pair {
    database: Option<Database>,
    model: Model,
    held: Vec<(Snapshot, Vec<String>)>,
    /// What was there after each transaction.
    history: Vec<(TransactionId, Vec<String>)>,
}

impl Pair {
    fn database(&self) -> &Database {
        self.database.as_ref().unwrap()
    }

    fn take(&mut self, path: &Path, step: Step) {
        match step {
            Step::Put(name, version, facts) => self.put(&format!("d{name}"), version, &facts),
            Step::Forget(name) => {
                let name = format!("d{name}");
                let mut transaction = self.database().begin().unwrap();
                let is_known = transaction.forget_document(&name).unwrap().is_some();
                transaction.commit().unwrap();
                assert_eq!(is_known, self.model.versions.contains_key(&name));
                self.model.withdraw(&name);
            }
            Step::Retract(which) => self.retract(usize::from(which)),
            Step::Assert(triple) => {
                let mut transaction = self.database().begin().unwrap();
                transaction.assert(&fact(triple)).unwrap();
                transaction.commit().unwrap();
                self.model.add(triple, None);
            }
            Step::Load(name, facts) => self.load(&format!("load{name}"), &facts),
            Step::Drop(facts) => {
                let mut transaction = self.database().begin().unwrap();
                for triple in facts {
                    transaction.assert(&fact(triple)).unwrap();
                }
            }
            Step::Hold => {
                let snapshot = self.database().snapshot();
                self.held.push((snapshot, self.model.rows()));
            }
            Step::Compact => self.database().compact().unwrap(),
            Step::Reopen => {
                self.held.clear();
                self.database = None;
                self.database = Some(Database::open(path, Options::default()).unwrap());
            }
        }
    }

    fn put(&mut self, name: &str, version: u8, facts: &[Triple]) {
        let version = (version % 3).to_string();
        let text = format!("Version {version} of {name}.");
        let mut transaction = self.database().begin().unwrap();
        let change = transaction
            .put_document(&document(name, &version), &sentences(&[&text]))
            .unwrap();
        let is_unchanged = self.model.versions.get(name) == Some(&version);
        assert_eq!(is_unchanged, change == DocumentChange::Unchanged);
        if is_unchanged {
            return;
        }
        self.model.withdraw(name);
        self.model.versions.insert(name.to_owned(), version);
        for &triple in facts {
            let said = from_sentence(fact(triple), name, 0, &text);
            transaction.assert(&said).unwrap();
            self.model.add(triple, Some(name.to_owned()));
        }
        transaction.commit().unwrap();
    }

    fn retract(&mut self, which: usize) {
        let snapshot = self.database().snapshot();
        let live: Vec<FactRecord> = snapshot
            .records()
            .map(Result::unwrap)
            .filter(|record| record.retracted.is_none())
            .collect();
        let Some(record) = live.get(which % live.len().max(1)) else {
            return;
        };
        let number = |argument: &crate::fact::Argument| argument.text[1..].parse().unwrap();
        let triple = (
            number(&record.fact.subject),
            record.fact.predicate.name[1..].parse().unwrap(),
            number(record.fact.object.as_ref().unwrap()),
        );
        let mut transaction = self.database().begin().unwrap();
        assert!(transaction.retract(record.id).unwrap());
        assert!(!transaction.retract(record.id).unwrap());
        transaction.commit().unwrap();
        self.model.support.remove(&triple);
    }

    fn load(&mut self, name: &str, facts: &[Triple]) {
        let version = format!("{facts:?}");
        let loader = self
            .database()
            .bulk_loader(&document(name, &version))
            .unwrap();
        let is_unchanged = self.model.versions.get(name) == Some(&version);
        assert_eq!(is_unchanged, loader.is_none());
        let Some(mut loader) = loader else {
            return;
        };
        self.model.withdraw(name);
        self.model.versions.insert(name.to_owned(), version);
        for &(subject, predicate, object) in facts {
            loader
                .push(
                    TermRef::Name(&format!("s{subject}")),
                    TermRef::Name(&format!("p{predicate}")),
                    TermRef::Name(&format!("o{object}")),
                )
                .unwrap();
            self.model
                .add((subject, predicate, object), Some(name.to_owned()));
        }
        loader.finish().unwrap();
    }

    fn compare(&mut self) {
        let snapshot = self.database().snapshot();
        let expected = self.model.rows();
        assert_eq!(rows(&snapshot, RowSet::Plain), expected);
        for permutation in Permutation::ALL {
            let count = snapshot.count(RowSet::Plain, permutation, &[]).unwrap();
            assert_eq!(count, expected.len() as u64);
        }
        for (s, p, o) in self.model.support.keys() {
            let id = |name: String| snapshot.find(&Term::Name(name)).unwrap().unwrap();
            let (s, p, o) = (
                id(format!("s{s}")),
                id(format!("p{p}")),
                id(format!("o{o}")),
            );
            let found = snapshot.count(RowSet::Plain, Permutation::Pos, &[p, o, s]);
            assert_eq!(found.unwrap(), 1);
            let mut cursor = snapshot
                .cursor(RowSet::Plain, Permutation::Osp, &[o])
                .unwrap();
            cursor.seek(&[o, s, p]).unwrap();
            let row = cursor.next_block().unwrap().unwrap().row(0).unwrap();
            assert_eq!(row[..3], [o.raw(), s.raw(), p.raw()]);
        }
        let last = snapshot.transaction();
        if self.history.last().is_none_or(|(known, _)| *known < last) {
            self.history.push((last, expected));
        }
        for (snapshot, expected) in &self.held {
            assert_eq!(&rows(snapshot, RowSet::Plain), expected);
        }
    }

    fn finish(&self) {
        let snapshot = self.database().snapshot();
        for (transaction, expected) in &self.history {
            let past = snapshot.as_of(*transaction).unwrap();
            assert_eq!(&rows(&past, RowSet::Plain), expected, "as of {transaction}");
        }
        for (triple, support) in &self.model.support {
            let documents: BTreeSet<String> = support.iter().flatten().cloned().collect();
            let record = record_of(&snapshot, *triple);
            let found = record.fact.evidence.into_iter();
            let found: BTreeSet<String> = found.map(|evidence| evidence.document).collect();
            assert_eq!(found, documents, "evidence of {triple:?}");
        }
        let report = self.database().check().unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }
}

fn record_of(snapshot: &Snapshot, (s, p, o): Triple) -> FactRecord {
    let id = |name: String| snapshot.find(&Term::Name(name)).unwrap().unwrap();
    let prefix = [
        id(format!("s{s}")),
        id(format!("p{p}")),
        id(format!("o{o}")),
    ];
    let mut cursor = snapshot
        .cursor(RowSet::Plain, Permutation::Spo, &prefix)
        .unwrap();
    let row = cursor.next_block().unwrap().unwrap().row(0).unwrap();
    snapshot.record_of_row(row).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_store_does_what_a_simple_model_does(
        steps in prop::collection::vec(step(), 1..40)
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.facts");
        let mut pair = Pair {
            database: Some(Database::open(&path, Options::default()).unwrap()),
            model: Model::default(),
            held: Vec::new(),
            history: Vec::new(),
        };
        for step in steps {
            pair.take(&path, step);
            pair.compare();
        }
        pair.finish();
    }
}
