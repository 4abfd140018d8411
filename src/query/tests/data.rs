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

/// Rules over the same world.
const RULES: &[&str] = &[
    "rule ?a descends_from ?b if ?a child_of ?b",
    "rule ?a descends_from ?c if ?a child_of ?b, ?b descends_from ?c",
    "rule ?a kin_of ?b if { ?a descends_from ?b } or { ?b descends_from ?a }",
    "rule ?a compatriot_of ?b if ?a born_in ?c, ?b born_in ?c, ?a != ?b",
    "rule ?x laureate if ?x win _",
    "rule ?x plain if ?x born_in ?c, not ?x laureate",
    "rule ?a linked ?b if ?a linked ?c, ?c child_of ?b",
    "rule ?a linked ?b if ?a child_of ?b",
];

const DERIVED: &[(&str, &[&str])] = &[
    (
        "\"Hélène Langevin-Joliot\" descends_from ?x",
        &["Irène Joliot-Curie", "Marie Curie"],
    ),
    (
        "?x descends_from \"Marie Curie\"",
        &["Hélène Langevin-Joliot", "Irène Joliot-Curie"],
    ),
    ("find count() where ?a descends_from ?b", &["3"]),
    ("find count() where ?a linked ?b", &["3"]),
    (
        "?x linked \"Marie Curie\"",
        &["Hélène Langevin-Joliot", "Irène Joliot-Curie"],
    ),
    ("find count() where ?a kin_of ?b", &["6"]),
    (
        "\"Marie Curie\" kin_of ?x",
        &["Hélène Langevin-Joliot", "Irène Joliot-Curie"],
    ),
    ("\"Pierre Curie\" compatriot_of ?x", &["Irène Joliot-Curie"]),
    (
        "?x laureate",
        &["Irène Joliot-Curie", "Marie Curie", "Pierre Curie"],
    ),
    ("?x plain", &[]),
    (
        "?who descends_from ?x, ?x win ?prize",
        &[
            "Hélène Langevin-Joliot | Irène Joliot-Curie | Nobel Prize in Chemistry",
            "Hélène Langevin-Joliot | Marie Curie | Nobel Prize in Chemistry",
            "Hélène Langevin-Joliot | Marie Curie | Nobel Prize in Physics",
            "Irène Joliot-Curie | Marie Curie | Nobel Prize in Chemistry",
            "Irène Joliot-Curie | Marie Curie | Nobel Prize in Physics",
        ],
    ),
];

#[test]
fn rules_derive_what_they_must_derive() {
    let engine = engine(&world(), RULES);
    for (question, expected) in DERIVED {
        let mut found = rows(&engine, question).unwrap_or_else(|error| {
            panic!("{question}: {error:?}");
        });
        found.sort();
        assert_eq!(found, *expected, "{question}");
    }
}

#[test]
fn a_rule_that_denies_itself_is_refused() {
    let database = crate::storage::Database::in_memory(crate::storage::Options::default());
    let mut transaction = database.begin().unwrap();
    transaction.put_rule("odd", "rule ?x odd ?y if ?x next ?y, not ?y odd ?x");
    transaction.commit().unwrap();
    let Err(error) = super::Engine::new(database.snapshot(), super::NAMING) else {
        panic!("the rule must be refused");
    };
    assert!(error.to_string().contains("deny"), "{error}");
}

#[test]
fn a_derived_row_leads_to_the_facts_it_follows_from() {
    let engine = engine(&world(), RULES);
    let question = super::statement("\"Hélène Langevin-Joliot\" descends_from \"Marie Curie\"");
    let mut answer = engine
        .answer(&question, &super::Options::default())
        .unwrap();
    let found = answer.next_rows().unwrap().unwrap();
    let fact = found.cell(0, 0).unwrap().to_string();
    assert_eq!(fact, "Hélène Langevin-Joliot descends_from Marie Curie");
    let question = super::statement("?x descends_from \"Marie Curie\"");
    let mut answer = engine
        .answer(&question, &super::Options::default())
        .unwrap();
    let explainer = answer.explainer().unwrap();
    let found = answer.next_rows().unwrap().unwrap();
    for row in 0..found.len() {
        let supports = explainer.facts(&found.handle(row)).unwrap();
        assert_eq!(supports.len(), 1);
        assert!(
            supports[0]
                .rule
                .as_ref()
                .unwrap()
                .starts_with("rule ?a descends_from")
        );
        assert!(!supports[0].premises.is_empty());
    }
}

#[test]
fn a_description_shows_each_fact_once_and_leads_to_it() {
    let engine = engine(&world(), &[]);
    let mut answer = engine
        .answer(
            &super::statement("describe \"Pierre Curie\""),
            &super::Options::default(),
        )
        .unwrap();
    let explainer = answer.explainer().unwrap();
    let rows = answer.next_rows().unwrap().unwrap();
    let mut shown = Vec::new();
    for row in 0..rows.len() {
        let cells = (0..4).map(|column| rows.cell(row, column).map(ToString::to_string));
        shown.push(
            cells
                .map(Option::unwrap_or_default)
                .collect::<Vec<_>>()
                .join(" | "),
        );
        let support = explainer.facts(&rows.handle(row)).unwrap();
        assert!(shown[row].starts_with(&support[0].fact.subject.to_string()));
    }
    assert_eq!(
        shown,
        [
            "Marie Curie | win | Nobel Prize in Physics | when 1903, with Pierre Curie",
            "Pierre Curie | win | Nobel Prize in Physics | when 1903",
            "Pierre Curie | born_in | Paris | ",
            "Pierre Curie | die |  | in Paris",
        ]
    );
}

#[test]
fn unknown_names_and_predicates_are_named_with_the_nearest() {
    let engine = engine(&world(), &[]);
    let notes = |text: &str| {
        let answer = engine.answer(&super::statement(text), &super::Options::default());
        answer.unwrap().notes().join("; ")
    };
    assert!(notes("\"Marie Cury\" born_in ?x").contains("Marie Curie"));
    assert!(notes("?x bron_in ?y").contains("born_in"));
    assert!(notes("find ?x where ?x born_in ?y").contains("?y is used once"));
}

#[test]
fn a_query_without_variables_answers_with_the_fact_and_its_sources() {
    let engine = engine(&world(), &[]);
    let found = rows(&engine, "\"Marie Curie\" win \"Nobel Prize in Physics\"").unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("| curie.txt"), "{found:?}");
    assert!(
        rows(&engine, "\"Marie Curie\" win Paris")
            .unwrap()
            .is_empty()
    );
    assert!(rows(&engine, "\"Marie Curie\"").unwrap().len() >= 4);
}

#[test]
fn limits_and_cancellation_stop_a_query() {
    let engine = engine(&world(), &[]);
    let question = super::statement("?a ?p ?b, ?c ?q ?d, ?e ?r ?f");
    let run = |options: &super::Options| -> crate::Result<usize> {
        let mut answer = engine.answer(&question, options)?;
        let mut count = 0;
        while let Some(rows) = answer.next_rows()? {
            count += rows.len();
        }
        Ok(count)
    };
    let mut options = super::Options::default();
    options.limits.rows = Some(10);
    assert!(matches!(run(&options), Err(crate::Error::Limit { .. })));
    let mut options = super::Options::default();
    options.limits.time = Some(std::time::Duration::ZERO);
    assert!(matches!(run(&options), Err(crate::Error::Limit { .. })));
    let mut options = super::Options::default();
    options.limits.memory_bytes = 256;
    assert!(matches!(run(&options), Err(crate::Error::Limit { .. })));
    let options = super::Options::default();
    options.cancellation.cancel();
    assert!(matches!(run(&options), Err(crate::Error::Cancelled)));
}
