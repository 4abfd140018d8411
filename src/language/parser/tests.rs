use crate::language::{
    Clause, Count, DiagnosticKind, ExpressionKind, Literal, PredicateKind, Query, StatementKind,
    TermKind, parse, statements,
};

/// Statements of every kind, each of which must be read without a word.
pub(crate) const GOOD: &[&str] = &[
    "\"Marie Curie\" born_in ?place",
    "?who work_for ?org, ?org based_in Paris",
    "?who win \"Nobel Prize\", not ?who die_in _",
    "find ?org, count(?who) as ?staff where ?who work_for ?org order by ?staff desc limit 10",
    "?person student_of+ \"Marie Curie\"",
    "?who win ?prize [document = ?doc, sentence = ?text, speaker = ?by, when >= 1990]",
    "\"Marie Curie\" live_in ?city as of 1905-06-01",
    "\"Marie Curie\" live_in ?city valid at 1905-06-01/1906-03",
    "rule ?a colleague_of ?b if ?a work_for ?o, ?b work_for ?o, ?a != ?b",
    "assert \"Marie Curie\" born_in Warsaw [document = \"notes.txt\"]",
    "assert \"Marie Curie\" retire, \"Pierre Curie\" weigh -12.5",
    "retract ?x live_in _ where ?x die_in ?y",
    "FIND DISTINCT ?x WHERE { ?x a b } OR { ?x c d }, OPTIONAL { ?x e ?f } WITH SOURCES",
    "find count() as ?c where ?s ?p ?o having count() > 3, ?c < 9",
    "explain ?x y ?z",
    "Paris",
    "describe \"Marie Curie\"",
    "describe rule",
    "describe rule colleague_of",
    "alias ASEAN of \"Association of Southeast Asian Nations\"",
    "undo alias ASEAN of $name",
    "merge \"M. Curie\" into \"Marie Curie\"",
    "undo merge \"M. Curie\" into \"Marie Curie\"",
    "undo rule colleague_of",
    "forget \"notes.txt\"",
    "?police find ?what, ?what order ?whom",
    "?who resign [when = 2021-10, in = Paris, \"in front of\" = _]",
    "?x in [Paris, \"New York\", -3, ?y, $z]",
    "?x in $cities",
    "not contains(?t, \"x\"), ?t > 3 * (2 + ?u) / -?v - 1",
    "(?a = 1)",
    "find 1 + 2 as ?three, count(distinct ?x), ?x > 3 as ?big where ?x age ?y",
    "?x ?p $o limit $n offset 3 as of 2021-10-28T10:00:00+02:00",
    "$who \"http://example.org/terms#name\" \"a \\\"b\\\" \\u{e9}\"",
];

#[test]
fn each_kind_of_statement_is_read() {
    for source in GOOD {
        let parsed = parse(source);
        let messages: Vec<_> = parsed
            .diagnostics
            .iter()
            .map(|problem| problem.render(source, false))
            .collect();
        assert!(messages.is_empty(), "{source}\n{}", messages.join("\n"));
        assert_eq!(parsed.script.statements.len(), 1, "{source}");
    }
}

/// The one question of a source that must be good.
fn question(source: &str) -> Query {
    let parsed = parse(source);
    assert_eq!(parsed.diagnostics, [], "{source}");
    match parsed
        .script
        .statements
        .into_iter()
        .next()
        .map(|statement| statement.kind)
    {
        Some(StatementKind::Query(query)) => query,
        other => panic!("{source}: {other:?}"),
    }
}

#[test]
fn a_predicate_may_be_a_keyword_and_an_object_may_be_absent() {
    let query = question("?who find, ?who limit _ limit 7");
    let [Clause::Pattern(first), Clause::Pattern(second)] = query.clauses.as_slice() else {
        panic!("{query:?}");
    };
    assert_eq!(
        first.path.predicate.kind,
        PredicateKind::Word("find".to_owned())
    );
    assert_eq!(first.object, None);
    assert_eq!(
        second.object.as_ref().map(|object| &object.kind),
        Some(&TermKind::Blank)
    );
    assert!(matches!(query.modifiers.limit, Some(Count::Whole(7, _))));
}

#[test]
fn the_smallest_and_the_largest_integer_can_be_written() {
    for (text, value) in [
        ("-9223372036854775808", i64::MIN),
        ("9223372036854775807", i64::MAX),
        ("-0", 0),
    ] {
        let query = question(&format!("?x > {text}"));
        let [Clause::Filter(filter)] = query.clauses.as_slice() else {
            panic!("{query:?}")
        };
        let ExpressionKind::Compare(_, _, right) = &filter.kind else {
            panic!("{filter:?}")
        };
        let ExpressionKind::Term(term) = &right.kind else {
            panic!("{right:?}")
        };
        assert_eq!(term.kind, TermKind::Literal(Literal::Integer(value)));
    }
}

#[test]
fn spans_cover_what_they_name() {
    let source = "find ?x  where\n ?x  win+ \"Nobel\" [ in = Paris ] limit 3 ;";
    let query = question(source);
    assert_eq!(query.span.text(source), source.trim_end_matches(" ;"));
    let [Clause::Pattern(pattern)] = query.clauses.as_slice() else {
        panic!("{query:?}")
    };
    assert_eq!(
        pattern.span.text(source),
        "?x  win+ \"Nobel\" [ in = Paris ]"
    );
    assert_eq!(pattern.path.span.text(source), "win+");
    assert_eq!(pattern.annotations[0].span.text(source), "in = Paris");
    let find = query.find.unwrap();
    assert_eq!(find.span.text(source), "find ?x");
}

#[test]
fn a_script_of_lines_and_a_statement_of_lines_are_told_apart() {
    let script = "#!/usr/bin/env factbase\n\
        ?x resign\n\
        ?y win ?z # why\n\
        find ?x\nwhere ?x win ?y,\n?y in [Paris,\nRome]\norder by ?x\n\
        \n  desc\n\
        assert a b c;;; Paris\n\
        (\nfind ?x where ?x a b\n";
    let texts: Vec<_> = statements(script).map(|span| span.text(script)).collect();
    assert_eq!(
        texts,
        [
            "?x resign",
            "?y win ?z",
            "find ?x\nwhere ?x win ?y,\n?y in [Paris,\nRome]\norder by ?x\n\n  desc",
            "assert a b c",
            "Paris",
            "(",
            "find ?x where ?x a b",
        ]
    );
}

#[test]
fn an_error_spoils_one_statement_only() {
    let parsed = parse("find ?x;\n?x win ?y;\nfind where ?x;\nfind ?x where {\nParis;\nRome");
    let good: Vec<_> = parsed
        .script
        .statements
        .iter()
        .map(|statement| statement.kind != StatementKind::Error)
        .collect();
    assert_eq!(good, [false, true, false, false, true]);
    assert_eq!(parsed.diagnostics.len(), 3);
}

#[test]
fn nesting_and_length_have_limits() {
    let deep = |open: &str, inner: &str, close: &str| {
        format!("{}{inner}{}", open.repeat(10_000), close.repeat(10_000))
    };
    let long = "1 + ".repeat(10_000);
    let sources = [
        deep("{", "?x a b", "}"),
        deep("not {", "?x a b", "}"),
        format!("?x > {}", deep("(", "1", ")")),
        format!("?x > {}", deep("- ", "?y", "")),
        format!("?x > {}", deep("abs(", "1", ")")),
        format!("?x > {long} 1"),
        format!("?x a \"{}\"", "a".repeat(2 << 20)),
    ];
    for source in sources {
        let parsed = parse(&source);
        let kinds: Vec<_> = parsed
            .diagnostics
            .iter()
            .map(|problem| problem.kind)
            .collect();
        assert_eq!(
            kinds,
            [DiagnosticKind::Limit],
            "{}",
            source.get(..20).unwrap()
        );
    }
}

#[test]
fn hostile_texts_take_time_in_proportion_to_their_length() {
    let columns = |letter: &str| -> String {
        (0..20_000)
            .map(|number| format!("?{letter}{number}, "))
            .collect()
    };
    let facts: String = (0..20_000)
        .map(|number| format!("?b{number} p ?y, "))
        .collect();
    let sources = [
        format!("?x p \"{}", "\\u{".repeat(100_000)),
        format!("find {}?x where {facts}?x p", columns("a")),
        "?x p ?y \"\n".repeat(30_000),
        "{".repeat(300_000),
    ];
    for source in sources {
        let begin = std::time::Instant::now();
        assert!(!parse(&source).diagnostics.is_empty());
        // Going over such a text again for each of its parts would take minutes.
        assert!(
            begin.elapsed().as_secs() < 20,
            "{}",
            source.get(..20).unwrap()
        );
    }
}
