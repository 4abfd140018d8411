//! Questions that need more memory than they may use: they put rows aside and answer as they
//! would with all the memory there is, or say which limit they reached.

use super::super::{Engine, Options};
use super::reference::Random;
use super::{engine, statement};
use crate::{Error, Fact, Value};

const PEOPLE: usize = 3_000;
/// So little that what the questions below keep does not fit, many times over for some.
const MEMORY_BYTES: u64 = 96 << 10;

fn people() -> Engine {
    let mut random = Random(7);
    let mut facts = Vec::new();
    let name = |number: usize| format!("person {number}");
    for person in 0..PEOPLE {
        let town = format!("town {}", random.below(40));
        let age = i64::try_from(random.below(90)).unwrap();
        facts.push(Fact::new(name(person), "live_in", town));
        facts.push(Fact::new(name(person), "be_aged", Value::from(age)));
        for _ in 0..3 {
            let friend = random.below(PEOPLE).min(random.below(PEOPLE));
            facts.push(Fact::new(name(person), "know", name(friend)));
        }
    }
    engine(
        &facts,
        &[
            "rule ?a reach ?b if ?a know ?b",
            "rule ?a reach ?c if ?a reach ?b, ?b know ?c",
        ],
    )
}

fn ask(engine: &Engine, question: &str, memory_bytes: u64) -> crate::Result<Vec<String>> {
    let mut options = Options::default();
    options.limits.memory_bytes = memory_bytes;
    let mut answer = engine.answer(&statement(question), &options)?;
    let width = answer.columns().len();
    let mut shown = Vec::new();
    while let Some(rows) = answer.next_rows()? {
        for row in 0..rows.len() {
            let cell = |column| rows.cell(row, column).map(ToString::to_string);
            let cells: Vec<String> = (0..width).map(|c| cell(c).unwrap_or_default()).collect();
            shown.push(cells.join(" | "));
        }
    }
    Ok(shown)
}

/// The most memory that a question took, by its own account, in bytes.
fn taken(engine: &Engine, question: &str) -> u64 {
    let explained = ask(engine, &format!("explain {question}"), u64::MAX).unwrap();
    let last = explained.last().unwrap();
    let (_, after) = last.split_once("at most ").unwrap();
    let (number, _) = after.split_once(" kB").unwrap();
    number.parse::<u64>().unwrap() << 10
}

/// What is kept: rows that were seen, rows to be sorted, groups, what is joined.
const QUESTIONS: &[&str] = &[
    "find distinct ?x, ?t where ?x know ?y, ?y live_in ?t",
    "find distinct ?x, ?z where ?x know ?y, ?y know ?z",
    "find ?x, ?y where ?x know ?y order by ?y desc, ?x",
    "find ?x, ?n, ?y where ?x know ?y, ?y be_aged ?n order by ?n, ?x desc",
    "find ?y, count() as ?n, max(?x) as ?m where ?x know ?y",
    "find ?x, ?t, count() as ?n, sum(?a) as ?s where ?x know ?y, ?y live_in ?t, ?y be_aged ?a",
    "find ?x, count(distinct ?t) as ?n where ?x know ?y, ?y know ?z, ?z live_in ?t having ?n > 5",
    "find ?x, ?y, ?z where ?x know ?y, optional { ?y know ?z, ?z live_in \"town 3\" }",
    "find ?x, ?y where ?x know ?y, not { ?y know ?z, ?z live_in \"town 3\" }",
    "find count() as ?n where ?x know ?y, ?y know ?z, ?z know ?w",
    "find count(distinct ?z) as ?n where ?x know ?y, ?y know ?z",
    "find count(distinct ?x) as ?n, count() as ?all, sum(distinct ?x) as ?s where ?x know ?y",
];

#[test]
fn questions_that_do_not_fit_answer_as_those_that_do() {
    let engine = people();
    let mut too_large = 0;
    for question in QUESTIONS {
        let mut expected = ask(&engine, question, u64::MAX).unwrap();
        let mut found = ask(&engine, question, MEMORY_BYTES)
            .unwrap_or_else(|error| panic!("{question}: {error}"));
        if !question.contains("order by") {
            expected.sort();
            found.sort();
        }
        assert!(!expected.is_empty(), "{question}");
        assert!(
            found == expected,
            "{question}: {} rows, not {}",
            found.len(),
            expected.len()
        );
        too_large += usize::from(taken(&engine, question) > MEMORY_BYTES);
    }
    assert!(
        too_large >= 8,
        "only {too_large} questions need more than the limit"
    );
}

#[test]
fn what_cannot_be_put_aside_names_the_limit_and_the_cure() {
    let engine = people();
    for question in [
        "find count() as ?n where ?a know+ ?b",
        "find count() as ?n where ?a reach ?b",
        "find count(distinct ?x) as ?n, count(distinct ?y) as ?m where ?x know ?y",
        "find group_text(?x) as ?all where ?x know ?y",
    ] {
        let Err(error) = ask(&engine, question, 16 << 10) else {
            panic!("{question} fits");
        };
        assert!(
            matches!(error, Error::Limit { .. }),
            "{question}: {error:?}"
        );
        assert!(error.to_string().contains("16 kB"), "{question}: {error}");
        assert!(
            error
                .help()
                .is_some_and(|help| help.contains("raise the limit"))
        );
    }
}
