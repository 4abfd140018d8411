//! Data-driven: facts, questions and rows in one table.

use super::{engine, rows};
use crate::{Fact, Value};

fn value(kind: &str, text: &str) -> Value {
    Value::parse(kind, text).unwrap()
}

/// A small world of people, cities and prizes.
fn world() -> Vec<Fact> {
    vec![
        Fact::new("Marie Curie", "born_in", "Warsaw"),
        Fact::new("Marie Curie", "win", "Nobel Prize in Physics")
            .with_qualifier("when", value("time", "1903"))
            .with_qualifier("with", "Pierre Curie")
            .with_document("curie.txt"),
        Fact::new("Marie Curie", "win", "Nobel Prize in Chemistry")
            .with_qualifier("when", value("time", "1911-12-10"))
            .with_document("prizes.txt"),
        Fact::new("Pierre Curie", "win", "Nobel Prize in Physics")
            .with_qualifier("when", value("time", "1903")),
        Fact::new("Pierre Curie", "born_in", "Paris"),
        Fact::new("Irène Joliot-Curie", "born_in", "Paris"),
        Fact::new("Irène Joliot-Curie", "win", "Nobel Prize in Chemistry")
            .with_qualifier("when", value("time", "1935")),
        Fact::new("Irène Joliot-Curie", "child_of", "Marie Curie"),
        Fact::new("Hélène Langevin-Joliot", "child_of", "Irène Joliot-Curie"),
        Fact::new("Warsaw", "lie_in", "Poland"),
        Fact::new("Paris", "lie_in", "France"),
        Fact::new("Warsaw", "have_people", Value::from(1_800_000)),
        Fact::new("Paris", "have_people", Value::from(2_100_000)),
        Fact::without_object("Pierre Curie", "die").with_qualifier("in", "Paris"),
        Fact::new("Paris", "called", value("text", "the city of light")),
    ]
}

/// Questions and their rows, sorted unless the question orders them.
const QUESTIONS: &[(&str, &[&str])] = &[
    ("\"Marie Curie\" born_in ?place", &["Warsaw"]),
    ("\"marie curie\" born_in ?place", &["Warsaw"]),
    ("\"Irene Joliot-Curie\" born_in ?x", &["Paris"]),
    (
        "?who win ?prize, ?who born_in Paris",
        &[
            "Irène Joliot-Curie | Nobel Prize in Chemistry",
            "Pierre Curie | Nobel Prize in Physics",
        ],
    ),
    (
        "?who born_in ?city, ?city lie_in ?land",
        &[
            "Irène Joliot-Curie | Paris | France",
            "Marie Curie | Warsaw | Poland",
            "Pierre Curie | Paris | France",
        ],
    ),
    (
        "?who win \"Nobel Prize in Physics\", not ?who die_in _",
        &["Marie Curie"],
    ),
    ("?who die", &["Pierre Curie"]),
    ("?who die _", &[]),
    ("?who die_in ?where", &["Pierre Curie | Paris"]),
    (
        "find ?who, count(?prize) as ?n where ?who win ?prize order by ?n desc, ?who",
        &[
            "Marie Curie | 2",
            "Irène Joliot-Curie | 1",
            "Pierre Curie | 1",
        ],
    ),
    ("find count() where ?who win ?prize", &["4"]),
    ("find count(distinct ?prize) where ?who win ?prize", &["2"]),
    ("find count() where ?x nothing_like_it ?y", &["0"]),
    (
        "find ?who where ?who child_of+ \"Marie Curie\"",
        &["Hélène Langevin-Joliot", "Irène Joliot-Curie"],
    ),
    (
        "find ?who where \"Hélène Langevin-Joliot\" child_of* ?who",
        &[
            "Hélène Langevin-Joliot",
            "Irène Joliot-Curie",
            "Marie Curie",
        ],
    ),
    ("find count() where ?a child_of+ ?b", &["3"]),
    (
        "?who win ?prize [when >= 1910]",
        &[
            "Irène Joliot-Curie | Nobel Prize in Chemistry",
            "Marie Curie | Nobel Prize in Chemistry",
        ],
    ),
    (
        "?who win ?prize [when = 1911]",
        &["Marie Curie | Nobel Prize in Chemistry"],
    ),
    (
        "?who win ?prize [when = ?t, with = ?whom]",
        &["Marie Curie | Nobel Prize in Physics | 1903 | Pierre Curie"],
    ),
    (
        "?who win ?prize [document = ?doc]",
        &[
            "Marie Curie | Nobel Prize in Chemistry | prizes.txt",
            "Marie Curie | Nobel Prize in Physics | curie.txt",
        ],
    ),
    (
        "?who win ?prize [document = \"curie.txt\"]",
        &["Marie Curie | Nobel Prize in Physics"],
    ),
    (
        "find ?city where ?city have_people ?n, ?n > 2000000",
        &["Paris"],
    ),
    (
        "find ?city, ?n / 100000 as ?m where ?city have_people ?n order by ?m desc",
        &["Paris | 21", "Warsaw | 18"],
    ),
    (
        "find sum(?n), min(?n), max(?n), avg(?n) where ?city have_people ?n",
        &["3900000 | 1800000 | 2100000 | 1950000"],
    ),
    (
        "?who born_in ?city, optional ?who child_of ?whom",
        &[
            "Irène Joliot-Curie | Paris | Marie Curie",
            "Marie Curie | Warsaw | -",
            "Pierre Curie | Paris | -",
        ],
    ),
    (
        "{ ?x born_in Paris } or { ?x lie_in Poland }",
        &["Irène Joliot-Curie", "Pierre Curie", "Warsaw"],
    ),
    (
        "find ?x where ?x called ?name, mentions(?name, \"light\")",
        &["Paris"],
    ),
    ("find ?x where ?x called \"the city of light\"", &["Paris"]),
    (
        "find ?p where Paris ?p ?o order by ?p",
        &["called", "have_people", "lie_in"],
    ),
    (
        "find ?a, ?b where ?a born_in ?c, ?b born_in ?c, ?a != ?b order by ?a",
        &[
            "Irène Joliot-Curie | Pierre Curie",
            "Pierre Curie | Irène Joliot-Curie",
        ],
    ),
    (
        "find group_text(?who, \"; \") where ?who born_in Paris",
        &["Irène Joliot-Curie; Pierre Curie"],
    ),
    (
        "find ?who where ?who born_in ?c order by ?who limit 1 offset 1",
        &["Marie Curie"],
    ),
    (
        "find distinct ?c where ?who born_in ?c",
        &["Paris", "Warsaw"],
    ),
    (
        "find ?who, ?y where ?who win ?p [when = ?t], ?y = year(?t), ?y < 1905",
        &["Marie Curie | 1903", "Pierre Curie | 1903"],
    ),
    (
        "find ?c, count() as ?n where ?who born_in ?c having ?n > 1",
        &["Paris | 2"],
    ),
];

#[test]
fn questions_have_the_rows_they_must_have() {
    let engine = engine(&world(), &[]);
    for (question, expected) in QUESTIONS {
        let mut found = rows(&engine, question).unwrap_or_else(|error| {
            panic!("{question}: {error:?}");
        });
        if !question.contains("order by") {
            found.sort();
        }
        assert_eq!(found, *expected, "{question}");
    }
}
