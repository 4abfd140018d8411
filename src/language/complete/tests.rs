use super::{Catalog, complete};

struct Curie;

fn with_prefix(words: &[&str], prefix: &str) -> Vec<String> {
    let prefix = prefix.to_lowercase();
    let fits = words
        .iter()
        .filter(|word| word.to_lowercase().starts_with(&prefix));
    fits.map(|word| (*word).to_owned()).collect()
}

impl Catalog for Curie {
    fn predicates(&self, prefix: &str, _: usize) -> Vec<String> {
        with_prefix(&["born_in", "find", "two words"], prefix)
    }

    fn names(&self, prefix: &str, _: usize) -> Vec<String> {
        with_prefix(&["Marie Curie", "Paris", "Order"], prefix)
    }

    fn roles(&self, prefix: &str, _: usize) -> Vec<String> {
        with_prefix(&["in", "when", "in front of"], prefix)
    }

    fn documents(&self, prefix: &str, _: usize) -> Vec<String> {
        with_prefix(&["notes.txt"], prefix)
    }

    fn rules(&self, prefix: &str, _: usize) -> Vec<String> {
        with_prefix(&["colleague_of"], prefix)
    }

    fn parameters(&self, prefix: &str, _: usize) -> Vec<String> {
        with_prefix(&["city"], prefix)
    }
}

/// The candidates at the bar, and the text with the first of them in its place.
fn at_bar(source: &str) -> (Vec<String>, String) {
    let cursor = source.find('|').unwrap();
    let text = source.replacen('|', "", 1);
    let candidates = complete(&text, cursor, &Curie);
    let first = candidates.first().map(|first| {
        format!(
            "{}{}{}",
            &text[..first.span.start],
            first.text,
            &text[first.span.end..]
        )
    });
    (
        candidates.into_iter().map(|one| one.text).collect(),
        first.unwrap_or_default(),
    )
}

#[test]
fn the_first_candidate_completes_what_is_written() {
    let cases = [
        ("fi|", "find"),
        ("find ?who wh|", "find ?who where"),
        ("find ?who where ?|", "find ?who where ?who"),
        ("?who b|", "?who born_in"),
        ("?who f|", "?who find"),
        ("?who t|", "?who \"two words\""),
        ("\"Mar|", "\"Marie Curie\""),
        ("?who born_in Par|", "?who born_in Paris"),
        ("?who born_in ord|", "?who born_in \"Order\""),
        ("?who born_in ?place or|", "?who born_in ?place order by"),
        ("?who born_in ?place [doc|", "?who born_in ?place [document"),
        (
            "?who born_in ?place [document = |",
            "?who born_in ?place [document = \"notes.txt\"",
        ),
        (
            "?who born_in ?place [modality = f|",
            "?who born_in ?place [modality = future",
        ),
        (
            "?who born_in ?place [negated = |",
            "?who born_in ?place [negated = true",
        ),
        ("find co|", "find count("),
        ("?x = 1, sta|", "?x = 1, starts_with("),
        ("?x born_in $|", "?x born_in $city"),
        ("?x born_in ?y limit $c|", "?x born_in ?y limit $city"),
        ("forget |", "forget \"notes.txt\""),
        ("undo rule |", "undo rule colleague_of"),
        ("describe ru|", "describe rule"),
        ("?a b c; ?x bo|", "?a b c; ?x born_in"),
        ("?x born_in ?y valid |", "?x born_in ?y valid at"),
    ];
    for (source, expected) in cases {
        assert_eq!(at_bar(source).1, expected, "{source}");
    }
}

#[test]
fn aggregates_are_offered_where_they_can_stand() {
    assert!(at_bar("find |").0.contains(&"count(".to_owned()));
    assert!(!at_bar("?x p ?y, |").0.contains(&"count(".to_owned()));
    assert!(
        at_bar("find ?x where ?x p ?y having |")
            .0
            .contains(&"count(".to_owned())
    );
}

#[test]
fn any_cursor_is_answered() {
    let source = "find ?é where \"ü ö\" p [in = {( 2021-07 # é\n$";
    for cursor in 0..source.len() + 3 {
        let _ = complete(source, cursor, &Curie);
        let _ = complete(source, cursor, &());
    }
}
