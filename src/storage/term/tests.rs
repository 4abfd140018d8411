use super::*;

fn value(kind: &str, text: &str) -> Term {
    Term::Value(Value::parse(kind, text).unwrap())
}

#[test]
fn small_values_are_carried_by_their_number_in_their_order() {
    for ladder in [
        vec![
            value("number", "-5000000"),
            value("number", "0"),
            value("number", "7"),
        ],
        vec![
            value("time", "-0044"),
            value("time", "2020-12-31"),
            value("time", "2021"),
            value("time", "2021-01"),
            value("time", "2021-01-01"),
            value("time", "2021-01-01T00:00:00Z"),
            value("time", "2021-02"),
        ],
        vec![value("boolean", "false"), value("boolean", "true")],
    ] {
        for term in &ladder {
            let id = term.inline().unwrap();
            assert!(id.is_inline());
            assert_eq!(Term::from_inline(id).as_ref(), Some(term));
        }
        assert!(ladder.is_sorted_by(|a, b| a.inline() < b.inline()));
        assert!(ladder.is_sorted_by(|a, b| a.compare(b).is_lt()));
    }
}

#[test]
fn what_a_number_cannot_carry_stands_in_the_dictionary() {
    for term in [
        Term::name("Vienna"),
        value("text", "Vienna"),
        value("number", "2.5"),
        value("number", "9000000000000000000"),
        value("time", "--08-23"),
        value("time", "2021-01-01/2021-02-01"),
        value("quantity", "over 30 %"),
        value("money", "5 EUR"),
    ] {
        assert_eq!(term.inline(), None);
        assert_eq!(Term::from_owned_key(term.to_key()), Some(term.clone()));
        assert_eq!(Term::from_key(&term.to_key()), Some(term));
    }
}
