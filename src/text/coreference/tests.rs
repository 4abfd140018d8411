use super::alias::{is_acronym, spells};
use super::*;

#[test]
fn acronyms_are_the_initials_of_names() {
    assert!(spells("NBI", "Nile Basin Initiative"));
    assert!(spells("UBA", "Union of Baltic Actors"));
    assert!(spells("EAEU", "East Asian Energy Union"));
    assert!(!spells("NBC", "Nile Basin Initiative"));
    assert!(is_acronym("U.N.") && !is_acronym("Union"));
}

#[test]
fn names_lose_article_and_ending() {
    assert_eq!(
        canonical("the Nile Basin Initiative"),
        "Nile Basin Initiative"
    );
    assert_eq!(canonical("Ghana’s"), "Ghana");
    assert_eq!(key_of("the Russian Federation"), "russia");
}
