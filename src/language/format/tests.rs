use super::format;
use crate::language::parse;

/// A tree without its spans: what `Debug` shows of them is cut.
fn shape(source: &str) -> String {
    let parsed = parse(source);
    assert_eq!(parsed.diagnostics, [], "{source}");
    let text = format!("{:?}", parsed.script);
    let mut shape = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("..") {
        let (before, after) = rest.split_at(at);
        shape.push_str(before.trim_end_matches(|c: char| c.is_ascii_digit()));
        rest = after[2..].trim_start_matches(|c: char| c.is_ascii_digit());
    }
    shape + rest
}

fn formatted(source: &str) -> String {
    format(&parse(source).script)
}

#[test]
fn short_statements_stay_on_a_line() {
    let cases = [
        ("Paris", "describe Paris;\n"),
        (
            "find  COUNT( DISTINCT ?x )  AS ?n WHERE ?x a b",
            "find count(distinct ?x) as ?n where ?x a b;\n",
        ),
        (
            "?x a b with sources limit 3 order by ?x asc, ?y desc",
            "?x a b order by ?x, ?y desc limit 3 with sources;\n",
        ),
        (
            "not { ?x a b }, optional {?x c ?d}",
            "not ?x a b, optional ?x c ?d;\n",
        ),
        ("{?x a b} or{?x c d}", "{ ?x a b } or { ?x c d };\n"),
        (
            "?x find+ -1 [in=Paris,\"in front of\" != _,when in[1990,2021-07]]",
            "?x find+ -1 [in = Paris, \"in front of\" != _, when in [1990, 2021-07]];\n",
        ),
        (
            "?x in $cities;?x \"two words\" \"a\\\"b\\u{e9}\\u{1}\"",
            "?x in $cities;\n?x \"two words\" \"a\\\"bé\\u{1}\";\n",
        ),
        (
            "undo  rule p; describe rule",
            "undo rule p;\ndescribe rule;\n",
        ),
    ];
    for (source, expected) in cases {
        assert_eq!(formatted(source), expected, "{source}");
    }
}

#[test]
fn long_statements_are_broken_where_their_parts_begin() {
    let source = "find ?org, count(?who) as ?staff where ?who work_for ?org, ?org based_in \
                  \"New York\", not { ?who die_in _, ?who retire } having ?staff > 3 order by \
                  ?staff desc limit 10";
    let expected = "find ?org, count(?who) as ?staff
where
    ?who work_for ?org,
    ?org based_in \"New York\",
    not { ?who die_in _, ?who retire }
having ?staff > 3
order by ?staff desc
limit 10;
";
    assert_eq!(formatted(source), expected);
    let long = "x".repeat(40);
    let source = format!("?a p {long}, not {{ ?a q {long}, {{ ?a r {long} }} or {{ ?a s b }} }}");
    let expected = format!(
        "?a p {long},\nnot {{\n    ?a q {long},\n    {{ ?a r {long} }} or {{ ?a s b }}\n}};\n"
    );
    assert_eq!(formatted(&source), expected);
}

#[test]
fn parentheses_stand_where_they_are_needed() {
    let cases = [
        (
            "(1 + 2) * 3 > ((4 - 5)) - (6 - 7)",
            "(1 + 2) * 3 > 4 - 5 - (6 - 7)",
        ),
        ("1 + (2 * 3) = -(4) / -?x", "1 + 2 * 3 = -(4) / -?x"),
        ("-(1 + ?x) < - -1", "-(1 + ?x) < --1"),
        ("(?x = 1) = (?y in [1])", "(?x = 1) = (?y in [1])"),
        ("abs((?x)) > 1e300", "abs(?x) > 1e300"),
        ("?x > 1.50 - 1e-7", "?x > 1.5 - 1e-7"),
    ];
    for (source, expected) in cases {
        assert_eq!(formatted(source), format!("{expected};\n"), "{source}");
        assert_eq!(shape(source), shape(expected), "{source}");
    }
}

#[test]
fn what_is_formatted_reads_back_and_stays() {
    for source in crate::language::parser::tests::GOOD {
        let once = formatted(source);
        // A name alone becomes `describe`, which is the same statement.
        assert_eq!(shape(source), shape(&once), "{source}\n{once}");
        assert_eq!(formatted(&once), once);
    }
}
