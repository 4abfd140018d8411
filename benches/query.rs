//! Times of questions over a made-up graph, so that a change of the engine shows.
//!
//! `cargo bench --bench query [FACTS]` prints for each question its rows, and the least and the
//! median time of several runs in milliseconds. The data is made by a fixed generator.
//!
//! With `--only NAME --rounds N` one question is asked so often and nothing is timed: what
//! `benches/instructions.sh` counts the instructions of.

// A benchmark ends with a message where something fails.
#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)]

#[path = "workload/random.rs"]
mod random;

use std::time::Instant;

use factbase::{Fact, Store, Value};

use random::Random;

/// How often each question is asked.
const RUNS: usize = 7;

/// People who know each other, live in towns, have an age and a boss.
fn fill(store: &Store, facts: u64) {
    let people = (facts / 8).max(10);
    let mut random = Random(1);
    let mut batch = store.batch();
    let name = |number: u64| format!("person {number}");
    for person in 0..people {
        let town = format!("town {}", random.below(people / 50 + 1));
        let age = i64::try_from(random.below(90)).expect("an age");
        let subject = name(person);
        let facts = [
            Fact::new(subject.as_str(), "live_in", town),
            Fact::new(subject.as_str(), "be_aged", Value::from(age)),
            Fact::new(
                subject.as_str(),
                "work_under",
                name(random.below(person + 1)),
            ),
        ];
        for fact in facts {
            batch.assert(fact);
        }
        for _ in 0..5 {
            // The smaller of two numbers is the more likely: some are known by many.
            let friend = random.below(people).min(random.below(people));
            batch.assert(Fact::new(subject.as_str(), "know", name(friend)));
        }
    }
    batch.commit().expect("the facts are stored");
}

/// Each kind of question once.
const QUESTIONS: [(&str, &str); 9] = [
    ("look-up", "find ?town where \"person 17\" live_in ?town"),
    (
        "selective join",
        "find ?x, ?age where ?x live_in \"town 3\", ?x be_aged ?age, ?age > 60",
    ),
    (
        "triangles",
        "find count() where ?a know ?b, ?b know ?c, ?c know ?a",
    ),
    (
        "neighbours who know each other",
        "find count() where ?a know ?b, ?a live_in ?t, ?b live_in ?t",
    ),
    (
        "groups",
        "find ?t, count() as ?n where ?x live_in ?t order by ?n desc, ?t limit 10",
    ),
    (
        "order",
        "find ?x, ?age where ?x be_aged ?age order by ?age desc, ?x limit 10",
    ),
    (
        "negation",
        "find count() where ?x live_in ?t, not { ?x know ?y, ?y live_in ?t }",
    ),
    ("closure", "find count() where ?a work_under+ ?b"),
    ("count", "find count() where ?s ?p ?o"),
];

/// What stands after an option.
fn given(option: &str) -> Option<String> {
    let mut arguments = std::env::args().skip_while(|argument| argument != option);
    arguments.nth(1)
}

fn main() {
    let facts = std::env::args().find_map(|argument| argument.parse().ok());
    let store = Store::in_memory().expect("a store in memory");
    fill(&store, facts.unwrap_or(80_000));
    let snapshot = store.snapshot();
    if let Some(only) = given("--only") {
        let rounds = given("--rounds").and_then(|rounds| rounds.parse().ok());
        let (_, question) = QUESTIONS
            .into_iter()
            .find(|(name, _)| *name == only)
            .expect("the name of a question");
        for _ in 0..rounds.unwrap_or(1) {
            snapshot.query(question).expect("a question").count();
        }
        return;
    }
    println!(
        "{:<32} {:>9} {:>10} {:>10}",
        "question", "rows", "least ms", "median ms"
    );
    for (name, question) in QUESTIONS {
        let mut times = Vec::new();
        let mut count = 0;
        for _ in 0..RUNS {
            let start = Instant::now();
            count = snapshot.query(question).expect("a question").count();
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        let least = times.first().copied().unwrap_or_default();
        let median = times.get(RUNS / 2).copied().unwrap_or_default();
        println!("{name:<32} {count:>9} {least:>10.3} {median:>10.3}");
    }
}
