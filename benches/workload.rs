//! The shared workload, with our own figures: a file of N-Triples, questions, commits.
//!
//! `cargo bench --bench workload -- FILE.nt QUESTIONS` imports the file into a new store and asks
//! each line of QUESTIONS (a name, a tab, the question) several times, first of the import alone
//! and then again with 1,000 facts asserted beside it; commits durably from one thread and from
//! several; and reads with a hundred threads, first alone and then while a writer commits. The
//! least time of each is printed, in milliseconds. Without a file a made-up graph is asked the
//! questions of `benches/workload/questions.tsv`.

// A benchmark ends with a message where something fails.
#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)]

#[path = "workload/graph.rs"]
mod graph;
#[path = "workload/random.rs"]
mod random;

use std::path::Path;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use factbase::{ExchangeFormat, Fact, Store};

use graph::graph;

/// How often each question is asked.
const RUNS: usize = 6;
/// Facts asserted beside the import.
const ASSERTED: usize = 1_000;
/// Commits of one thread.
const COMMITS: usize = 100;
/// Threads that read at once, and how often each of them asks.
const READERS: usize = 100;
const READINGS: usize = 20;

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The least time of several runs, and the rows.
fn least(mut ask: impl FnMut() -> usize) -> (f64, usize) {
    let mut best = f64::INFINITY;
    let mut rows = 0;
    for _ in 0..RUNS {
        let start = Instant::now();
        rows = ask();
        best = best.min(milliseconds(start.elapsed()));
    }
    (best, rows)
}

fn ask_all(store: &Store, questions: &[(&str, &str)]) -> Vec<(f64, usize)> {
    let ask = |(_, question): &(&str, &str)| {
        least(|| {
            let rows = store.query(question).expect("a question");
            rows.inspect(|row| assert!(row.is_ok())).count()
        })
    };
    questions.iter().map(ask).collect()
}

fn assert_one(store: &Store, number: usize) {
    let mut batch = store.batch();
    batch.assert(Fact::new(
        format!("subject {number}"),
        "note",
        format!("object {}", number / 3),
    ));
    batch.commit().expect("a commit");
}

fn commits(store: &Store) {
    let start = Instant::now();
    for number in 0..COMMITS {
        assert_one(store, 1_000_000 + number);
    }
    let one = milliseconds(start.elapsed());
    println!("{COMMITS} durable commits of one fact: {one:.1} ms");
    for threads in [2, 4, 8] {
        let start = Instant::now();
        std::thread::scope(|scope| {
            for thread in 0..threads {
                scope.spawn(move || {
                    for number in 0..COMMITS {
                        assert_one(store, (2 + threads + thread) * 1_000_000 + number);
                    }
                });
            }
        });
        let each = milliseconds(start.elapsed()) / threads as f64;
        println!("the same from {threads} threads at once, for each {COMMITS}: {each:.1} ms");
    }
}

/// The time that nine of ten readings of a hundred threads do not exceed.
fn slowest_decile(store: &Store, question: &str) -> f64 {
    let begin = Barrier::new(READERS);
    let mut times: Vec<f64> = std::thread::scope(|scope| {
        let reader = || {
            begin.wait();
            let read = |_| {
                let start = Instant::now();
                let rows = store.query(question).expect("a question").count();
                assert!(rows < usize::MAX);
                milliseconds(start.elapsed())
            };
            (0..READINGS).map(read).collect::<Vec<f64>>()
        };
        let readers: Vec<_> = (0..READERS).map(|_| scope.spawn(reader)).collect();
        let joined = readers.into_iter().map(|reader| reader.join());
        joined.flat_map(|times| times.expect("a reader")).collect()
    });
    times.sort_by(f64::total_cmp);
    times.get(times.len() * 9 / 10).copied().unwrap_or_default()
}

fn readers(store: &Store, question: &str) {
    let quiet = slowest_decile(store, question);
    let is_over = AtomicBool::new(false);
    let busy = std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0.. {
                if is_over.load(Ordering::Relaxed) {
                    break;
                }
                let mut batch = store.batch();
                for part in 0..50 {
                    let subject = format!("document {number} says {part}");
                    batch.assert(Fact::new(subject, "note", "something new"));
                }
                batch.commit().expect("a commit");
            }
        });
        let busy = slowest_decile(store, question);
        is_over.store(true, Ordering::Relaxed);
        busy
    });
    let ratio = busy / quiet;
    println!(
        "{READERS} readers, slowest decile: {quiet:.2} ms alone, {busy:.2} ms beside a writer \
         ({ratio:.1} times)"
    );
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut files = arguments.iter().filter(|name| !name.starts_with("--"));
    let (data, questions) = (files.next(), files.next());
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("workload.facts");
    let start = Instant::now();
    let store = Store::open(&path).expect("a store");
    match data {
        Some(data) => store.import_path(data, Some(ExchangeFormat::NTriples)),
        None => store.import(graph().as_bytes(), "graph.nt", ExchangeFormat::NTriples),
    }
    .expect("an import");
    println!("import: {:.0} ms", milliseconds(start.elapsed()));
    drop(store);

    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/workload/questions.tsv");
    let questions = questions.map_or(own, |name| Path::new(name).to_owned());
    let questions = std::fs::read_to_string(questions).expect("the questions");
    let questions: Vec<(&str, &str)> = questions
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .collect();
    let first = questions.first().map_or("", |(_, question)| question);
    let start = Instant::now();
    let store = Store::open(&path).expect("the store");
    let opened = milliseconds(start.elapsed());
    let rows = store.query(first).expect("a question").count();
    let answered = milliseconds(start.elapsed());
    let bytes = store.disk_bytes().expect("the size") >> 20;
    println!(
        "{bytes} MB on disk; open {opened:.1} ms, first answer ({rows} rows) {answered:.1} ms"
    );

    let alone = ask_all(&store, &questions);
    for number in 0..ASSERTED {
        assert_one(&store, number);
    }
    let beside = ask_all(&store, &questions);
    println!(
        "{:<28} {:>10} {:>10} {:>20}",
        "question", "rows", "ms", "ms, facts beside"
    );
    for ((name, _), (before, after)) in questions.iter().zip(alone.iter().zip(&beside)) {
        println!(
            "{name:<28} {:>10} {:>10.3} {:>20.3}",
            before.1, before.0, after.0
        );
    }
    commits(&store);
    readers(&store, first);
}
