use super::*;

fn code(
    currency: &str,
    near: &[(&'static str, usize)],
    document: &[(&'static str, usize)],
) -> String {
    let found = table().currencies.get(currency).unwrap();
    chosen(found, near, None, (near, document))
        .unwrap_or("none")
        .to_owned()
}

#[test]
fn the_country_of_the_sentence_or_the_text_tells_a_shared_currency() {
    assert_eq!(
        code("rupee", &[("Nepal", 1)], &[("India", 5), ("Nepal", 1)]),
        "NPR"
    );
    assert_eq!(code("rupee", &[], &[("India", 5), ("Nepal", 1)]), "INR");
    assert_eq!(code("rupee", &[], &[("India", 1), ("Nepal", 1)]), "none");
    assert_eq!(code("rupee", &[], &[("France", 4)]), "none");
}

#[test]
fn dollars_are_american_unless_the_text_is_of_another_country() {
    assert_eq!(code("dollar", &[], &[("Australia", 2)]), "USD");
    assert_eq!(
        code("dollar", &[("Australia", 1)], &[("Australia", 2)]),
        "AUD"
    );
    assert_eq!(
        code(
            "dollar",
            &[("Australia", 1)],
            &[("Australia", 1), ("Japan", 1)]
        ),
        "USD"
    );
    assert_eq!(code("dollar", &[], &[("Australia", 4), ("Fiji", 1)]), "AUD");
    assert_eq!(
        code("dollar", &[], &[("Australia", 4), ("United States", 1)]),
        "USD"
    );
    assert_eq!(
        code("dollar", &[], &[("Australia", 4), ("Japan", 6)]),
        "USD"
    );
}

#[test]
fn a_dateline_tells_the_dollars_of_a_text_that_names_america_by_the_way() {
    let dollar = table().currencies.get("dollar").unwrap();
    let code = |near: &[Named], document: &[Named]| {
        chosen(dollar, near, Some("Australia"), (document, document)).unwrap_or("none")
    };
    assert_eq!(code(&[], &[]), "AUD");
    assert_eq!(code(&[], &[("United States", 1)]), "AUD");
    assert_eq!(code(&[], &[("United States", 2)]), "USD");
    let america = [("United States", 1)];
    assert_eq!(code(&america, &[("United States", 1)]), "USD");
}

#[test]
fn every_row_of_the_table_is_read() {
    let rows = TABLE
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    assert_eq!(rows.count(), table().currencies.len());
}
