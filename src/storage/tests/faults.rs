//! Damage, locks, full disks and folders that may not be written: clear errors, never a panic and
//! never a wrong answer.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::*;
use crate::Error;

fn filled(path: &Path) -> Vec<String> {
    let database = Database::open(path, Options::default()).unwrap();
    for round in 0..6 {
        add_round(&database, round);
    }
    database.compact().unwrap();
    for round in 6..9 {
        add_round(&database, round);
    }
    rows(&database.snapshot(), RowSet::Plain)
}

/// Where sled's files are.
fn data(path: &Path) -> std::path::PathBuf {
    match fs::read_to_string(path.join("current")) {
        Ok(name) => path.join(name.trim()),
        Err(_) => path.to_owned(),
    }
}

/// The store's keys and values. A process another test starts may hold the lock for a moment.
fn raw(path: &Path) -> sled::Db {
    for _ in 0..50 {
        if let Ok(database) = sled::open(data(path)) {
            return database;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    sled::open(data(path)).unwrap()
}

/// What the store answers after it was damaged: all rows, or the error it gives.
fn answer(path: &Path) -> Result<Vec<String>, Error> {
    let database = Database::open_existing(path, Options::default())?;
    let report = database.check()?;
    let snapshot = database.snapshot();
    let mut found = Vec::new();
    let mut cursor = snapshot.cursor(RowSet::Plain, Permutation::Spo, &[])?;
    while let Some(columns) = cursor.next_block()? {
        for row in columns.rows() {
            let [subject, predicate, object, _] = row.map(TermId::from_raw);
            let terms = snapshot.terms(&[subject, predicate, object])?;
            let shown: Vec<String> = terms.iter().map(ToString::to_string).collect();
            found.push(shown.join(" "));
        }
    }
    found.sort();
    if let Some(fault) = report.faults.into_iter().next() {
        return Err(Error::Damaged {
            part: "check".to_owned(),
            message: fault,
        });
    }
    Ok(found)
}

#[test]
fn a_snapshot_file_half_written_is_no_obstacle() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.facts");
    let expected = filled(&path);
    fs::write(
        data(&path).join("snap.0000000000000042.generating"),
        b"half",
    )
    .unwrap();
    assert_eq!(answer(&path).unwrap(), expected);
    fs::write(
        data(&path).join("snap.0000000000FFFFFF"),
        b"no snapshot at all",
    )
    .unwrap();
    assert_eq!(answer(&path).unwrap(), expected);
}

#[test]
fn flipped_and_missing_bytes_give_an_error_or_the_right_answer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.facts");
    let expected = filled(&path);
    let file = data(&path).join("db");
    let sound = fs::read(&file).unwrap();
    let used = sound.iter().rposition(|byte| *byte != 0).unwrap_or(0);
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let (mut errors, mut answers) = (0, 0);
    for round in 0..40 {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let place = usize::try_from(random % used as u64).unwrap();
        let mut damaged = sound.clone();
        if round % 4 == 3 {
            damaged.truncate(place);
        } else {
            damaged[place] ^= 1 << (random >> 32 & 7);
        }
        for entry in fs::read_dir(data(&path)).unwrap().flatten() {
            if entry.file_name().to_string_lossy().starts_with("snap.") {
                fs::remove_file(entry.path()).unwrap();
            }
        }
        fs::write(&file, damaged).unwrap();
        let copy = path.clone();
        let result = std::thread::spawn(move || answer(&copy)).join();
        match result.expect("no panic") {
            Ok(found) => {
                assert_eq!(found, expected, "a wrong answer after byte {place}");
                answers += 1;
            }
            Err(_) => errors += 1,
        }
    }
    assert!(errors > 0 && answers + errors == 40);
}

#[test]
fn damage_to_the_log_is_an_error_and_never_a_wrong_answer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.facts");
    let expected = filled(&path);
    let is_log = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with("log.");
    let files = fs::read_dir(&path).unwrap().map(Result::unwrap);
    let files: Vec<_> = files.filter(is_log).map(|entry| entry.path()).collect();
    assert_eq!(files.len(), 1);
    let sound = fs::read(&files[0]).unwrap();
    let used = sound.iter().rposition(|byte| *byte != 0).unwrap();
    assert!(used > 500);
    let noted = path.join("acknowledged");
    let note = fs::read(&noted).unwrap();
    for place in (0..=used).step_by(used / 40) {
        for cuts in [false, true] {
            let mut damaged = sound.clone();
            if cuts {
                damaged.truncate(place);
            } else {
                damaged[place] ^= 4;
            }
            fs::write(&files[0], &damaged).unwrap();
            fs::write(&noted, &note).unwrap();
            match answer(&path) {
                Err(Error::Damaged { part, message }) => {
                    assert!(
                        part.contains("log") && message.contains("log."),
                        "{message}"
                    );
                }
                other => panic!("byte {place}, {cuts}: {other:?}"),
            }
            // Whoever gives up what was lost has what was committed before it.
            fs::remove_file(&noted).unwrap();
            let kept = answer(&path).unwrap();
            assert!(kept.iter().all(|row| expected.contains(row)));
            assert!(kept.len() < expected.len());
        }
    }
    fs::write(&files[0], &sound).unwrap();
    fs::write(&noted, &note).unwrap();
    assert_eq!(answer(&path).unwrap(), expected);
}

#[test]
fn a_store_of_the_first_format_is_read_and_then_written_as_one_of_this() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.facts");
    let expected = filled(&path);
    let format = |database: &sled::Db| database.get(b"M").unwrap().unwrap()[4];
    {
        // In the first format the records of the log stand among the keys, and triples that
        // repeat are not counted.
        let database = raw(&path);
        let mut manifest = database.get(b"M").unwrap().unwrap().to_vec();
        manifest[4] = 1;
        database.insert(b"M", manifest).unwrap();
        database.flush().unwrap();
    }
    assert_eq!(answer(&path).unwrap(), expected);
    assert_eq!(format(&raw(&path)), 1);
    {
        let database = Database::open_existing(&path, Options::default()).unwrap();
        add_round(&database, 9);
    }
    assert_eq!(u32::from(format(&raw(&path))), manifest::FORMAT);
    assert!(answer(&path).unwrap().len() > expected.len());
}

#[test]
fn a_second_process_is_told_that_the_store_is_in_use() {
    const STORE: &str = "FACTBASE_LOCKED_STORE";
    if let Some(path) = std::env::var_os(STORE) {
        let opened = Database::open_existing(Path::new(&path), Options::default());
        assert!(matches!(opened, Err(Error::InUse { .. })));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.facts");
    let _database = Database::open(&path, Options::default()).unwrap();
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["a_second_process_is_told_that_the_store_is_in_use"])
        .env(STORE, &path)
        .status()
        .unwrap();
    assert!(status.success());
}

#[test]
fn a_newer_format_is_refused_by_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.facts");
    filled(&path);
    {
        let database = raw(&path);
        let mut manifest = database.get(b"M").unwrap().unwrap().to_vec();
        manifest[4] = 99;
        database.insert(b"M", manifest).unwrap();
        database.flush().unwrap();
    }
    assert!(matches!(
        Database::open(&path, Options::default()),
        Err(Error::NewerFormat { found: 99, .. })
    ));
}

#[test]
fn a_damaged_block_is_named_by_the_check() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.facts");
    filled(&path);
    {
        let database = raw(&path);
        let pairs = database.scan_prefix(b"R").map(Result::unwrap);
        let block = pairs.filter(|(key, _)| key[5] == 1).last().unwrap();
        let mut value = block.1.to_vec();
        let last = value.len() - 1;
        value[last] ^= 0x40;
        database.insert(block.0, value).unwrap();
        database.flush().unwrap();
    }
    let database = Database::open_existing(&path, Options::default()).unwrap();
    let report = database.check().unwrap();
    assert!(
        report
            .faults
            .iter()
            .any(|fault| fault.contains("order POS")),
        "{:?}",
        report.faults
    );
}

#[test]
fn a_store_open_for_reading_only_refuses_to_write() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.facts");
    let expected = filled(&path);
    let options = Options {
        is_read_only: true,
        ..Options::default()
    };
    let database = Database::open_existing(&path, options).unwrap();
    assert!(matches!(database.begin(), Err(Error::ReadOnly)));
    assert!(matches!(database.compact(), Err(Error::ReadOnly)));
    assert_eq!(rows(&database.snapshot(), RowSet::Plain), expected);
    assert!(matches!(
        Database::open_existing(&folder.path().join("none"), options),
        Err(Error::Missing { .. })
    ));
}

#[test]
fn a_folder_that_cannot_be_written_gives_an_error_with_its_name() {
    // /proc takes no files, whoever asks.
    let path = Path::new("/proc/test.facts");
    match Database::open(path, Options::default()) {
        Err(error) => assert!(error.to_string().contains("/proc/test.facts"), "{error}"),
        Ok(_) => panic!("a store in /proc"),
    }
}

/// The files of a store, below its directory.
fn files(path: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(path).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found.sort();
    found
}

#[test]
fn damage_to_any_file_gives_an_error_that_names_the_place_or_the_right_answer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.facts");
    let expected = filled(&path);
    let sound: Vec<_> = files(&path)
        .into_iter()
        .map(|file| (file.clone(), fs::read(file).unwrap()))
        .collect();
    let names: Vec<&str> = sound
        .iter()
        .map(|(file, _)| file.file_name().unwrap().to_str().unwrap())
        .collect();
    for name in [
        "acknowledged",
        "conf",
        "current",
        "db",
        "lock",
        "log.00000002",
    ] {
        assert!(names.contains(&name), "{names:?}");
    }
    let mut errors = std::collections::BTreeSet::new();
    for (file, content) in &sound {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let used = content.iter().rposition(|byte| *byte != 0).unwrap_or(0);
        for damage in 0..8 {
            fs::remove_dir_all(&path).unwrap();
            for (file, content) in &sound {
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, content).unwrap();
            }
            match damage {
                0 => fs::remove_file(file).unwrap(),
                1 => fs::write(file, b"").unwrap(),
                2 => fs::write(file, &content[..used / 2]).unwrap(),
                3 => fs::write(file, [content.as_slice(), b"more"].concat()).unwrap(),
                place if !content.is_empty() => {
                    let mut content = content.clone();
                    content[used * (place - 4) / 4] ^= 0x20;
                    fs::write(file, content).unwrap();
                }
                _ => continue,
            }
            let store = path.clone();
            let result = std::thread::spawn(move || answer(&store)).join();
            match result.unwrap_or_else(|_| panic!("{name}, damage {damage}: a panic")) {
                Ok(found) => assert_eq!(found, expected, "{name}, damage {damage}"),
                Err(error) => {
                    let is_clear = matches!(error, Error::Damaged { .. }) && error.help().is_some();
                    assert!(is_clear, "{name}, damage {damage}: {error:?}");
                    errors.insert(name.clone());
                }
            }
        }
    }
    let expected = ["current", "db", "log.00000002"];
    assert!(
        expected.iter().all(|name| errors.contains(*name)),
        "{errors:?}"
    );
}

#[test]
fn a_compaction_without_room_says_what_it_needs_and_leaves_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let mount = |arguments: &[&str]| {
        let target = folder.path().to_str().unwrap();
        let mut command = Command::new(arguments[0]);
        let status = command.args(&arguments[1..]).arg(target);
        let status = status.stderr(std::process::Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    };
    if !mount(&["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs"]) {
        println!("skipped: only root can mount a small file system");
        return;
    }
    let path = folder.path().join("test.facts");
    let (expected, failed, kept, again) = {
        // No merge but the compaction.
        let options = Options {
            overlay_bytes: 64 << 20,
            ..Options::default()
        };
        let database = Database::open(&path, options).unwrap();
        for round in 0..100 {
            let mut transaction = database.begin().unwrap();
            let text = format!("{round} {}", "filler ".repeat(8_000));
            let fact = Fact::new(format!("s{round}"), "p", Value::from(text.as_str()));
            transaction.assert(&fact).unwrap();
            if transaction.commit().is_err() || files_bytes(folder.path()) > 8 << 20 {
                break;
            }
        }
        let expected = rows(&database.snapshot(), RowSet::Plain).len();
        let failed = database.compact();
        let kept = rows(&database.snapshot(), RowSet::Plain).len();
        drop(database);
        let again = Database::open_existing(&path, options);
        let again = again.map(|database| rows(&database.snapshot(), RowSet::Plain).len());
        (expected, failed, kept, again)
    };
    let left: Vec<_> = files(&path)
        .into_iter()
        .filter(|file| file.to_string_lossy().contains("data."))
        .collect();
    assert!(mount(&["umount", "-l"]));
    let error = failed.unwrap_err().to_string();
    assert!(error.contains("MB of free space"), "{error}");
    assert_eq!(kept, expected);
    assert_eq!(again.unwrap(), expected);
    assert!(left.is_empty(), "{left:?}");
}

fn files_bytes(path: &Path) -> u64 {
    let sizes = files(path)
        .into_iter()
        .map(|file| fs::metadata(file).map_or(0, |data| data.len()));
    sizes.sum()
}

#[test]
fn a_full_disk_gives_an_error_and_keeps_what_was_committed() {
    let folder = tempfile::tempdir().unwrap();
    let mount = |arguments: &[&str]| {
        let target = folder.path().to_str().unwrap();
        let status = Command::new(arguments[0])
            .args(&arguments[1..])
            .arg(target)
            .stderr(std::process::Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    };
    if !mount(&["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs"]) {
        println!("skipped: only root can mount a small file system");
        return;
    }
    let path = folder.path().join("test.facts");
    let mut committed = 0;
    let failed = {
        let database = Database::open(&path, Options::default()).unwrap();
        loop {
            let result = database.begin().and_then(|mut transaction| {
                let text = format!("{committed} {}", "filler ".repeat(9_000));
                let fact = Fact::new(format!("s{committed}"), "p", Value::from(text.as_str()));
                transaction.assert(&fact)?;
                transaction.commit()
            });
            match result {
                Ok(_) if committed < 2_000 => committed += 1,
                Ok(_) => break None,
                Err(error) => break Some(error),
            }
        }
    };
    let reopened = Database::open_existing(&path, Options::default());
    let kept = reopened.map(|database| {
        let snapshot = database.snapshot();
        snapshot
            .count(RowSet::Plain, Permutation::Spo, &[])
            .unwrap()
    });
    assert!(mount(&["umount", "-l"]));
    assert!(matches!(failed, Some(Error::Io { .. })), "{failed:?}");
    assert!(committed > 0);
    // Without room even to open it, the error says so; with room everything is there.
    match kept {
        Ok(kept) => assert!(kept >= committed, "{kept} of {committed} facts"),
        Err(error) => assert!(matches!(error, Error::Io { .. }), "{error:?}"),
    }
}
