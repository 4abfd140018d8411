use super::*;
use crate::fact::EntityKind::{Person, Place};

const TAGS: [NameTag; 5] = [
    NameTag::Outside,
    NameTag::Begin(Person),
    NameTag::Inside(Person),
    NameTag::Begin(Place),
    NameTag::Inside(Place),
];

#[test]
fn the_best_tags_stand_where_they_are_allowed() {
    let scores = [
        0.0, 5.0, 0.0, 0.0, 0.0, 0.0, 0.0, 4.0, 0.0, 0.0, 3.0, 0.0, 0.0, 0.0, 0.0,
    ];
    let expected = [
        NameTag::Begin(Person),
        NameTag::Inside(Person),
        NameTag::Outside,
    ];
    assert_eq!(best_names(&scores, &TAGS), expected);
}

#[test]
fn a_name_never_begins_inside() {
    let scores = [0.0, 1.0, 9.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 9.0];
    let found = best_names(&scores, &TAGS);
    assert!(!matches!(found[0], NameTag::Inside(_)));
    // The second tag's kind decides the first: nine points against one.
    assert_eq!(found, [NameTag::Begin(Place), NameTag::Inside(Place)]);
}

#[test]
fn no_words_have_no_names() {
    assert!(best_names(&[], &TAGS).is_empty());
}
