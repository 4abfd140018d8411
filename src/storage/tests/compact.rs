//! Compaction: the store shrinks and never grows, whatever it is cut off at, whoever reads or
//! writes meanwhile.

use std::fs;
use std::path::Path;

use super::super::database::CompactionStep;
use super::*;

fn bytes_under(path: &Path) -> u64 {
    let entries = fs::read_dir(path).unwrap().map(Result::unwrap);
    let size = |entry: fs::DirEntry| match entry.file_type().unwrap().is_dir() {
        true => bytes_under(&entry.path()),
        false => entry.metadata().unwrap().len(),
    };
    entries.map(size).sum()
}

fn copy_directory(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_directory(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn data_directories(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path).unwrap().map(Result::unwrap);
    let names = entries.map(|entry| entry.file_name().into_string().unwrap());
    let mut names: Vec<String> = names
        .filter(|name| name.starts_with("data.") || name == "db")
        .collect();
    names.sort();
    names
}

fn load(database: &Database, name: &str) {
    let loader = database.bulk_loader(&document(name, name)).unwrap();
    let mut loader = loader.unwrap();
    for number in 0..700 {
        let subject = format!("{name} {number}");
        loader
            .push(
                TermRef::Name(&subject),
                TermRef::Name("p"),
                TermRef::Text("a text of some words"),
            )
            .unwrap();
    }
    loader.finish().unwrap();
}

fn assert_sound(database: &Database, expected: &[String]) {
    assert_eq!(rows(&database.snapshot(), RowSet::Plain), expected);
    assert_eq!(database.check().unwrap().faults, Vec::<String>::new());
}

#[test]
fn a_compaction_cut_off_anywhere_leaves_all_that_was_committed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.facts");
    let database = Database::open(&path, Options::default()).unwrap();
    for turn in 0..2_u32 {
        load(&database, &format!("load {turn}"));
        for round in 0..5 {
            add_round(&database, turn * 10 + round);
        }
        let expected = rows(&database.snapshot(), RowSet::Plain);
        let mut steps = Vec::new();
        database
            .compact_by_steps(&mut |step| {
                let copy = folder.path().join(format!("{turn}-{step:?}"));
                copy_directory(&path, &copy);
                steps.push((step, copy));
            })
            .unwrap();
        assert_eq!(steps.len(), 5);
        for (step, copy) in steps {
            let cut = Database::open_existing(&copy, Options::default()).unwrap();
            assert_sound(&cut, &expected);
            assert_eq!(data_directories(&copy).len(), 1, "after {step:?}");
            add_round(&cut, 77);
            cut.compact().unwrap();
            drop(cut);
            let cut = Database::open_existing(&copy, Options::default()).unwrap();
            assert_sound(&cut, &rows(&cut.snapshot(), RowSet::Plain));
            assert!(rows(&cut.snapshot(), RowSet::Plain).len() > expected.len());
        }
        assert_sound(&database, &expected);
    }
}

#[test]
fn a_store_shrinks_when_it_is_compacted_and_does_not_grow_when_it_is_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.facts");
    let database = Database::open(&path, Options::default()).unwrap();
    let mut sizes = Vec::new();
    for round in 0..6 {
        let mut transaction = database.begin().unwrap();
        for number in 0..2_000 {
            let fact = Fact::new(format!("s{number}"), "p", format!("{}", number % 50));
            transaction.assert(&fact).unwrap();
        }
        transaction
            .assert(&Fact::new("round", "is", format!("{round}")))
            .unwrap();
        transaction.commit().unwrap();
        database.compact().unwrap();
        sizes.push(bytes_under(&path));
    }
    // How sled lays its pages out differs from one time to the next, and when it closes it adds a
    // segment of half a megabyte.
    let limit = sizes[0] * 2 + (1 << 20);
    assert!(sizes.iter().all(|size| *size < limit), "{sizes:?}");
    drop(database);
    let database = Database::open_existing(&path, Options::default()).unwrap();
    database.compact().unwrap();
    let last = bytes_under(&path);
    assert!(last < limit, "{last} after {sizes:?}");
}

#[test]
fn a_snapshot_outlives_the_data_it_was_taken_of() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.facts");
    let database = Database::open(&path, Options::default()).unwrap();
    load(&database, "first");
    add_round(&database, 1);
    let early = database.snapshot();
    let before = rows(&early, RowSet::Plain);
    database.compact().unwrap();
    add_round(&database, 2);
    database.compact().unwrap();
    assert_eq!(rows(&early, RowSet::Plain), before);
    assert!(rows(&database.snapshot(), RowSet::Plain).len() > before.len());
    assert_eq!(data_directories(&path), ["data.00000002", "db"]);
    drop(early);
    assert_eq!(data_directories(&path), ["data.00000002"]);
}

#[test]
fn what_is_written_while_a_store_is_compacted_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.facts");
    let database = Database::open(&path, Options::default()).unwrap();
    load(&database, "before");
    load(&database, "before too");
    let mut expected = Vec::new();
    database
        .compact_by_steps(&mut |step| match step {
            CompactionStep::Begun => {
                load(&database, "meanwhile");
                add_round(&database, 1);
            }
            CompactionStep::Written => {
                add_round(&database, 2);
                expected = rows(&database.snapshot(), RowSet::Plain);
            }
            _ => {}
        })
        .unwrap();
    assert_sound(&database, &expected);
    add_round(&database, 3);
    let expected = rows(&database.snapshot(), RowSet::Plain);
    drop(database);
    let database = Database::open_existing(&path, Options::default()).unwrap();
    assert_sound(&database, &expected);
}

#[test]
fn what_names_the_data_is_never_guessed_where_it_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.facts");
    {
        let database = Database::open(&path, Options::default()).unwrap();
        load(&database, "first");
        database.compact().unwrap();
        add_round(&database, 1);
        database.compact().unwrap();
    }
    let current = path.join("current");
    let name = fs::read(&current).unwrap();
    let open = || Database::open_existing(&path, Options::default());
    let damaged = |part: &str| match open() {
        Err(crate::Error::Damaged { part: found, .. }) => {
            assert!(found.contains(part), "{found}");
        }
        other => panic!("{:?}", other.err()),
    };
    for content in ["", "data.0000", "data.00000009\n", "../data.1\n", "db\n"] {
        fs::write(&current, content).unwrap();
        damaged(if content.ends_with("9\n") {
            "db"
        } else {
            "current"
        });
    }
    // With only one directory there is no doubt.
    fs::remove_file(&current).unwrap();
    assert!(open().unwrap().check().unwrap().faults.is_empty());
    fs::write(&current, name).unwrap();
    let data = path.join(data_directories(&path).remove(0)).join("db");
    let hidden = path.join("hidden");
    fs::rename(&data, &hidden).unwrap();
    damaged("db");
    fs::rename(&hidden, &data).unwrap();
    assert_eq!(
        open().unwrap().check().unwrap().faults,
        Vec::<String>::new()
    );
}

#[test]
fn writers_loads_merges_and_compactions_at_once_lose_nothing() {
    const THREADS: u32 = 3;
    const ROUNDS: u32 = 40;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.facts");
    // Small, so that merges run all the time.
    let options = Options {
        overlay_bytes: 20_000,
        is_durable: false,
        ..Options::default()
    };
    let database = Database::open(&path, options).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let database = &database;
            scope.spawn(move || {
                for round in 0..ROUNDS {
                    add_round(database, thread * 1_000 + round);
                    if thread == 0 && round % 8 == 7 {
                        load(database, &format!("load {round}"));
                    }
                }
            });
        }
        for _ in 0..10 {
            let before = rows(&database.snapshot(), RowSet::Plain).len();
            database.compact().unwrap();
            assert!(rows(&database.snapshot(), RowSet::Plain).len() >= before);
        }
    });
    let expected = rows(&database.snapshot(), RowSet::Plain);
    let loads = (ROUNDS / 8) as usize;
    assert_eq!(
        expected.len(),
        (THREADS * ROUNDS * 6) as usize + loads * 700
    );
    assert_sound(&database, &expected);
    drop(database);
    let database = Database::open_existing(&path, options).unwrap();
    assert_sound(&database, &expected);
}
