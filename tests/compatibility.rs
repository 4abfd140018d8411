//! Stores written by earlier releases are opened, answer as they did, and can be written to.

use std::fs;
use std::path::{Path, PathBuf};

use factbase::{Fact, Store, TransactionId};

/// The formats there are stores of.
const FORMATS: [u32; 3] = [1, 2, 3];

fn fixture(format: u32) -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compatibility");
    tests.join(format!("format_{format}"))
}

/// A copy of a store that may be written to.
fn copy(format: u32, folder: &Path) -> PathBuf {
    let target = folder.join(format!("format_{format}.facts"));
    copy_folder(&fixture(format), &target);
    target
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn answers(store: &Store, question: &str) -> Vec<String> {
    let rows = store.query(question).unwrap().map(Result::unwrap);
    let shown = |row: factbase::Row| {
        let columns: Vec<String> = row.columns().iter().map(ToString::to_string).collect();
        let texts = columns
            .iter()
            .map(|column| row.text(column).unwrap_or_default());
        texts.collect::<Vec<_>>().join(" | ")
    };
    let mut answers: Vec<String> = rows.map(shown).collect();
    answers.sort();
    answers
}

/// What every one of the stores says.
fn assert_answers(store: &Store) {
    for (question, expected) in [
        (
            "Orsolya found ?what [document = ?where, when = ?year]",
            &["Harbour Choir | letters.txt | 1931"][..],
        ),
        (
            "Orsolya found ?what [document = \"Letters.txt\"]",
            &["Harbour Choir"],
        ),
        (
            "?who found ?what [sentence = ?text], mentions(?text, \"founded\")",
            &["Mara Holm | Northern Press | She founded the Northern Press in 1926."],
        ),
        ("?who sing_in \"the choir\"", &["Benedek Varga"]),
        (
            "Benedek say ?what",
            &["the tide was late and the singers were not"],
        ),
        ("Orsolya live_in ?where", &[]),
        ("Orsolya teach ?whom", &["Benedek Varga"]),
        (
            "?who \"http://example.org/has_voice\" ?voice, mentions(?voice, \"harbours\")",
            &["http://example.org/choir/2 | a deep bass of the harbour"],
        ),
        (
            "?choir \"http://example.org/size\" ?size, ?size > 20",
            &["http://example.org/choir/1 | 24"],
        ),
        (
            "\"Mara Holm\" found ?what [sentence = ?text]",
            &["Northern Press | She founded the Northern Press in 1926."],
        ),
    ] {
        assert_eq!(answers(store, question), expected, "{question}");
    }
    let before = store.as_of(TransactionId::from_raw(1)).unwrap();
    let places: Vec<_> = before.query("Orsolya live_in ?where").unwrap().collect();
    assert_eq!(places.len(), 1);
    assert_eq!(store.check().unwrap().problems, Vec::<String>::new());
}

#[test]
fn stores_of_earlier_formats_are_opened_and_answer_as_they_did() {
    let folder = tempfile::tempdir().unwrap();
    for format in FORMATS {
        let path = copy(format, folder.path());
        for _ in 0..2 {
            assert_answers(&Store::open_read_only(&path).unwrap());
        }
    }
}

#[test]
fn stores_of_earlier_formats_are_written_to_and_compacted() {
    let folder = tempfile::tempdir().unwrap();
    for format in FORMATS {
        let path = copy(format, folder.path());
        for round in 0..3 {
            let store = Store::open_existing(&path).unwrap();
            let mut batch = store.batch();
            for letter in 0..12 {
                let document = format!("letter {round} {letter}");
                batch.assert(Fact::new("Orsolya", "play", "Viola").with_document(document));
            }
            batch.commit().unwrap();
            assert_answers(&store);
            if round == 1 {
                store.compact().unwrap();
                assert_answers(&store);
            }
        }
        let store = Store::open_existing(&path).unwrap();
        assert_answers(&store);
        let documents = answers(&store, "Orsolya play Viola [document = ?letter]");
        assert_eq!(documents.len(), 36);
        assert!(store.forget("letter 0 0").is_ok());
        let documents = answers(&store, "Orsolya play Viola [document = ?letter]");
        assert_eq!(documents.len(), 35);
    }
}
