//! A hundred readers, alone and beside those who write: how long their questions take.
//!
//! `cargo bench --bench readers [SECONDS]` imports a made-up graph and lets a hundred threads ask
//! about random people, each with a pause after every answer, so that the time of an answer and
//! not the length of the queue for the processor is measured. This is done with nothing beside
//! them; beside threads that do nothing but use the processor, as many as the program reads
//! documents with; beside a writer that commits facts as fast as it can, so that merges run all
//! the time; beside a compaction, again and again; and beside the reading of documents. The
//! middle, the slowest decile, the slowest hundredth and the slowest answer of each are printed in
//! milliseconds.

// A benchmark ends with a message where something fails.
#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)]

#[path = "workload/graph.rs"]
mod graph;
#[path = "workload/random.rs"]
mod random;

#[cfg(feature = "english")]
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use factbase::{ExchangeFormat, Fact, Store};

use graph::{PEOPLE, graph};
use random::Random;

const READERS: u64 = 100;
/// The longest pause of a reader; together they use less than half a processor.
const PAUSE_MAX_MICROSECONDS: u64 = 100_000;

/// Asks until the time is over; how long each answer took.
fn read(store: &Store, seed: u64, time: Duration) -> Vec<f64> {
    let mut random = Random(seed);
    let begin = Instant::now();
    let mut times = Vec::new();
    while begin.elapsed() < time {
        let pause = random.below(PAUSE_MAX_MICROSECONDS);
        std::thread::sleep(Duration::from_micros(pause));
        let person = random.below(PEOPLE);
        let question = format!(
            "find ?who, ?town where \"e:p{person}\" \"e:know\" ?who, ?who \"e:live_in\" ?town"
        );
        let start = Instant::now();
        let rows = store.query(&question).expect("a question").count();
        times.push(start.elapsed().as_secs_f64() * 1e3);
        assert!(rows > 0);
    }
    times
}

/// The times of all readers beside some work, which is done again and again.
fn beside(store: &Store, time: Duration, name: &str, threads: u64, work: impl Fn(u64) + Sync) {
    let is_over = AtomicBool::new(false);
    let done = AtomicUsize::new(0);
    let mut times: Vec<f64> = std::thread::scope(|scope| {
        for thread in 0..threads {
            let (work, is_over, done) = (&work, &is_over, &done);
            scope.spawn(move || {
                for turn in 0.. {
                    if is_over.load(Ordering::Relaxed) {
                        break;
                    }
                    work(thread << 32 | turn);
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let readers: Vec<_> = (0..READERS)
            .map(|reader| scope.spawn(move || read(store, reader, time)))
            .collect();
        let times = readers
            .into_iter()
            .flat_map(|reader| reader.join().expect("a reader"));
        let times = times.collect();
        is_over.store(true, Ordering::Relaxed);
        times
    });
    times.sort_by(f64::total_cmp);
    let part = |part: f64| {
        let place = (times.len() as f64 * part) as usize;
        times
            .get(place.min(times.len() - 1))
            .copied()
            .unwrap_or_default()
    };
    println!(
        "{name:<34} {:>7} answers  {:>7.3} {:>7.3} {:>7.3} {:>8.3}  {} turns",
        times.len(),
        part(0.5),
        part(0.9),
        part(0.99),
        part(1.0),
        done.load(Ordering::Relaxed)
    );
}

fn commit(store: &Store, turn: u64) {
    let mut batch = store.batch();
    for part in 0..50 {
        let subject = format!("report {turn} on matter {part}");
        let object = format!("what report {turn} says of matter {part} at some length");
        batch.assert(Fact::new(subject, "note", object).with_document(format!("report {turn}")));
    }
    batch.commit().expect("a commit");
}

#[cfg(feature = "english")]
fn ingest(store: &Store, turn: u64) {
    let mut random = Random(turn);
    let mut text = String::new();
    for _ in 0..20 {
        let (first, second) = (random.below(900), random.below(900));
        writeln!(
            text,
            "The Harbour Company of Port {first} bought a ship from the Bank of Isle {second} on \
             4 May 1997, and its director praised the price. "
        )
        .expect("a string grows");
    }
    let document = factbase::Document::from_text(format!("notes {turn}"), text);
    store.ingest(&document).expect("a document");
}

fn main() {
    let seconds = std::env::args().skip(1).find_map(|text| text.parse().ok());
    let time = Duration::from_secs(seconds.unwrap_or(5));
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path().join("readers.facts")).expect("a store");
    let loaded = store.import(graph().as_bytes(), "graph.nt", ExchangeFormat::NTriples);
    loaded.expect("an import");
    let processors = std::thread::available_parallelism().map_or(1, |number| number.get() as u64);
    println!(
        "{:<34} {:>15}  {:>7} {:>7} {:>7} {:>8}",
        "beside", "", "middle", "decile", "1/100", "slowest"
    );
    beside(&store, time, "nothing", 0, |_| {});
    let burn = |_| {
        let start = Instant::now();
        let mut random = Random(7);
        while start.elapsed() < Duration::from_millis(10) {
            std::hint::black_box(random.below(9));
        }
    };
    beside(&store, time, "one busy processor", 1, burn);
    let all = format!("{processors} busy processors");
    beside(&store, time, &all, processors, burn);
    beside(&store, time, "commits of 50 facts, merges", 1, |turn| {
        commit(&store, turn)
    });
    beside(&store, time, "commits and compactions", 1, |turn| {
        commit(&store, 1 << 40 | turn);
        if turn % 200 == 199 {
            store.compact().expect("a compaction");
        }
    });
    #[cfg(feature = "english")]
    beside(&store, time, "reading documents", processors, |turn| {
        ingest(&store, turn)
    });
    beside(&store, time, "nothing", 0, |_| {});
}
