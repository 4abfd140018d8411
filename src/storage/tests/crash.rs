//! A process that writes is killed at random moments: what it was told to be committed is there,
//! nothing is there by half, and the store is sound.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::*;

/// Names the store for the process that is to be killed.
const STORE: &str = "FACTBASE_CRASH_STORE";
const ROUNDS: u64 = 50;
const FACTS: u64 = 5;
const TRIPLES: u64 = 300;

/// Small, so that merges run all the time.
fn options() -> Options {
    Options {
        overlay_bytes: 20_000,
        ..Options::default()
    }
}

fn documents(snapshot: &Snapshot) -> Vec<String> {
    let documents = snapshot.documents().map(Result::unwrap);
    documents.map(|document| document.record.name).collect()
}

/// Writes until it is killed, and says after each commit which it was.
fn write_for_ever(path: &Path) {
    let database = Database::open(path, options()).unwrap();
    let first = documents(&database.snapshot()).len() as u64;
    for number in first.. {
        let name = format!("doc{number}");
        if number % 9 == 8 {
            let load = database.bulk_loader(&document(&name, "x")).unwrap();
            let mut load = load.unwrap();
            for object in 0..TRIPLES {
                let (subject, object) = (format!("s{number}"), format!("o{number}x{object}"));
                load.push(
                    TermRef::Name(&subject),
                    TermRef::Name("p"),
                    TermRef::Name(&object),
                )
                .unwrap();
            }
            load.finish().unwrap();
        } else {
            let mut transaction = database.begin().unwrap();
            let text = format!("Sentence {number}.");
            transaction
                .put_document(&document(&name, "x"), &sentences(&[&text]))
                .unwrap();
            for object in 0..FACTS {
                let fact = Fact::new(format!("s{number}"), "p", format!("o{object}"));
                let fact = from_sentence(fact, &name, 0, &text);
                transaction.assert(&fact).unwrap();
            }
            transaction.commit().unwrap();
        }
        println!("\nacknowledged {number}");
        if number % 13 == 12 {
            database.compact().unwrap();
        }
    }
}

/// Not a test of its own: the process the next one kills.
#[test]
fn the_process_that_is_killed() {
    if let Some(path) = std::env::var_os(STORE) {
        write_for_ever(&PathBuf::from(path));
    }
}

/// Runs the writer and kills it after so many milliseconds; the last commit it told of.
fn run_and_kill(path: &Path, milliseconds: u64) -> Option<u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "the_process_that_is_killed",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(STORE, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let reader = std::thread::spawn(move || {
        let numbers = output.lines().map_while(Result::ok).filter_map(|line| {
            let number = line.strip_prefix("acknowledged ")?;
            number.parse::<u64>().ok()
        });
        numbers.last()
    });
    std::thread::sleep(Duration::from_millis(milliseconds));
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

#[test]
fn a_killed_process_loses_nothing_it_was_promised() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crash.facts");
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut last = None;
    for round in 0..ROUNDS {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        last = run_and_kill(&path, 15 + random % 150).or(last);
        if !backend::disk::Disk::is_store(&path) {
            continue;
        }
        let database = Database::open(&path, options()).unwrap();
        let snapshot = database.snapshot();
        let count = documents(&snapshot).len() as u64;
        assert!(
            last.is_none_or(|last| count > last),
            "round {round}: {count} documents, {last:?} was acknowledged"
        );
        for number in 0..count {
            let subject = snapshot.find(&Term::Name(format!("s{number}"))).unwrap();
            let rows = snapshot.count(RowSet::Plain, Permutation::Spo, &[subject.unwrap()]);
            let expected = if number % 9 == 8 { TRIPLES } else { FACTS };
            assert_eq!(rows.unwrap(), expected, "round {round}, document {number}");
        }
        let all = snapshot
            .count(RowSet::Plain, Permutation::Osp, &[])
            .unwrap();
        let loads = count / 9;
        assert_eq!(all, loads * TRIPLES + (count - loads) * FACTS);
        let report = database.check().unwrap();
        assert_eq!(report.faults, Vec::<String>::new(), "round {round}");
    }
    assert!(last.is_some(), "nothing was ever written");
}
