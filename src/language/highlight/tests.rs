use super::{Class, highlight};

/// The classes of a text, a letter each.
fn classes(source: &str) -> String {
    let letter = |class| match class {
        Class::Keyword => 'K',
        Class::Function => 'F',
        Class::Predicate => 'P',
        Class::Role => 'R',
        Class::Name => 'N',
        Class::Text => 'T',
        Class::Variable => 'v',
        Class::Parameter => '$',
        Class::Number => '1',
        Class::Time => 'D',
        Class::Boolean => 'B',
        Class::Blank => '_',
        Class::Operator => '=',
        Class::Punctuation => '.',
        Class::Comment => '#',
        Class::Invalid => '!',
    };
    highlight(source)
        .into_iter()
        .map(|(_, class)| letter(class))
        .collect()
}

#[test]
fn words_are_classified_by_their_place() {
    let cases = [
        ("\"Marie Curie\" born_in Paris", "TPN"),
        ("?police find ?what order by ?what desc", "vPvKKvK"),
        (
            "find ?x, count(?y) as ?n where ?x \"p q\"+ $z",
            "Kv.F.v.KvKvP=$",
        ),
        (
            "?x win _ [in = Paris, when >= 1990] limit 3",
            "vP_.R=N.R=1.K1",
        ),
        ("not { ?x p true }, ?x in [A, 2021-07]", "K.vPB..vK.N.D."),
        ("describe rule find; Paris", "KKP.N"),
        ("year(?x) > 3 * ( 2 + 1)", "F.v.=1=.1=1."),
        ("# nothing\n?x p 'y' # more", "#vP!N!#"),
        ("alias ASEAN of Asia", "KNKN"),
        ("a p b\nassert c q d", "NPNKNPN"),
    ];
    for (source, expected) in cases {
        assert_eq!(classes(source), expected, "{source}");
    }
}

#[test]
fn every_stretch_is_in_order_and_white_space_is_left_out() {
    let source = "find ?x where # c\n ?x \"a b\" 2021-07 é;;\n?? \"open";
    let mut last = 0;
    let mut shown = String::new();
    for (span, _) in highlight(source) {
        assert!(span.start >= last && span.end > span.start, "{span:?}");
        assert!(source[last..span.start].trim().is_empty(), "{span:?}");
        shown.push_str(span.text(source));
        last = span.end;
    }
    assert!(shown.ends_with("\"open"), "{shown}");
}
