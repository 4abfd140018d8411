//! Facts that name nothing, so that nobody who sees them alone knows what they are about.

use crate::fact::{Argument, Attribution, Content, EntityKind, Qualifier};
use crate::provenance::Span;
use crate::text::dependency::Relation as R;
use crate::text::lexicon::{NounClass, is_in_class};
use crate::text::tag::UniversalTag;
use crate::text::word_list::WordList;
use crate::value::Value;

use super::super::argument::Part;
use super::super::confidence::clash;
use super::super::linking::Linked;
use super::super::phrase::Phrase;
use super::super::tree::Tree;

/// "Guests attend a concert": a bare noun of which nothing is told that has a name or an amount.
pub(super) fn names_nothing(
    subject: &Linked,
    object: Option<&Linked>,
    qualifiers: &[Qualifier],
) -> bool {
    let names = |argument: &Argument| match &argument.content {
        Content::Entity { .. } => true,
        Content::Value(Value::Time(_)) => false,
        Content::Value(_) => true,
        Content::Phrase { name } => name.split(' ').any(|word| {
            word.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric())
        }),
    };
    // "Eleven people are missing": a number of people is news.
    let counts = subject.shape.is_counted
        && !subject.shape.is_definite
        && subject.shape.is_person
        && is_many(&subject.argument)
        && !subject.is_unresolved();
    subject.is_vague()
        && !counts
        && !object.is_some_and(|object| names(&object.argument))
        && !qualifiers
            .iter()
            .any(|qualifier| names(&qualifier.argument))
}

/// Takes out what cannot stand beside its subject: "Ann Lee, Bo Ek" are two people, and neither is
/// a firm.
pub(super) fn drop_misread(
    subjects: &[(Linked, Option<Span>)],
    objects: &mut Vec<(Linked, Option<Span>)>,
) {
    let is_person = |linked: &Linked| linked.entity_kind() == Some(EntityKind::Person);
    // "Her lawyer, Atty. Ann Lee": the title alone is nobody.
    let is_title = |linked: &Linked| match &linked.argument.content {
        Content::Phrase { name } => {
            name.ends_with('.') && is_in_class(&name.to_lowercase(), NounClass::Title)
        }
        _ => false,
    };
    if subjects.iter().any(|(subject, _)| is_title(subject)) {
        objects.clear();
    }
    for (object, _) in objects.iter_mut() {
        for (subject, _) in subjects.iter().filter(|(subject, _)| is_person(subject)) {
            tell_office_alone(object, subject.argument.name().unwrap_or(""));
        }
    }
    objects.retain(|(object, _)| match &object.argument.content {
        Content::Phrase { name } => {
            !name.is_empty() && !name.split(' ').any(|word| ADDRESSES.contains(&word))
        }
        Content::Entity { .. } => !subjects
            .iter()
            .any(|(subject, _)| is_person(subject) && is_person(object) || clash(subject, object)),
        Content::Value(_) => true,
    });
}

/// "Nell is a daughter": whose, the fact does not tell.
pub(super) fn is_bare_kin(objects: &[(Linked, Option<Span>)]) -> bool {
    const KIN: [&str; 25] = [
        "daughter",
        "son",
        "wife",
        "husband",
        "brother",
        "sister",
        "mother",
        "father",
        "widow",
        "widower",
        "uncle",
        "aunt",
        "nephew",
        "niece",
        "cousin",
        "grandson",
        "granddaughter",
        "grandfather",
        "grandmother",
        "co-author",
        "predecessor",
        "successor",
        "counterpart",
        "colleague",
        "compatriot",
    ];
    let is_kin = |(object, _): &(Linked, Option<Span>)| match &object.argument.content {
        Content::Phrase { name } => KIN.contains(&name.as_str()),
        _ => false,
    };
    !objects.is_empty() && objects.iter().all(is_kin)
}

/// Whether nobody knows who says it.
pub(super) fn is_hearsay(said: Option<&Attribution>) -> bool {
    static NOBODY: WordList =
        WordList::new("he she they it you we one that this which what these those some others");
    said.is_some_and(|said| NOBODY.contains(&said.speaker.to_lowercase()))
}

/// Ways to address somebody high, which are no part of an office.
const ADDRESSES: [&str; 4] = ["Excellency", "H.E.", "H.E", "Highness"];

/// "Chemist Roth" of Ida Roth: the name is no part of what she is, nor is "Dr.".
fn tell_office_alone(object: &mut Linked, subject: &str) {
    const STYLES: [&str; 6] = ["Dr.", "Mr.", "Ms.", "Mrs.", "Prof.", "Hon."];
    let Content::Phrase { name } = &mut object.argument.content else {
        return;
    };
    let mut words: Vec<&str> = name
        .split(' ')
        .filter(|word| !STYLES.contains(word))
        .collect();
    while words.last().is_some_and(|last| {
        last.starts_with(char::is_uppercase) && subject.split(' ').any(|part| part == *last)
    }) {
        words.pop();
    }
    *name = words.join(" ");
}

/// "Eleven people", but not "two officers" or "some investors".
fn is_many(argument: &Argument) -> bool {
    static FEW: WordList = WordList::new("one two some many several few both all most various");
    let name = argument.name().unwrap_or(&argument.text).to_lowercase();
    let first = name.split(' ').next().unwrap_or("");
    name.contains(|letter: char| letter.is_ascii_digit()) || !FEW.contains(first)
}

/// "Offered 3.5 percent": of what, or what more, is not told.
pub(super) fn is_share_of_nothing(
    predicate: &str,
    subject: &Linked,
    object: Option<&Linked>,
) -> bool {
    let is_actor = matches!(
        subject.entity_kind(),
        Some(EntityKind::Person | EntityKind::Organization)
    );
    is_actor
        && object.is_some_and(Linked::is_bare_share)
        && matches!(
            predicate,
            "offer" | "demand" | "want" | "hold" | "own" | "control" | "buy" | "sell" | "seek"
        )
}

/// "Here", "there": where that is, the fact does not tell.
pub(super) fn is_here(tree: &Tree<'_>, part: Part, phrase: &Phrase) -> bool {
    let is_alone = phrase.tokens.len() == 1;
    part == Part::Adverb && is_alone && matches!(tree.lower(phrase.head), "here" | "there")
}

/// "For his part", "in her turn", "in their words": whose turn it is to speak.
pub(super) fn is_turn(tree: &Tree<'_>, phrase: &Phrase) -> bool {
    let is_owned = || {
        tree.children_by(phrase.head, &[R::PossessiveModifier])
            .any(|owner| tree.tag(owner) == UniversalTag::Pronoun)
    };
    phrase.tokens.len() == 2
        && matches!(
            tree.lower(phrase.head),
            "part" | "turn" | "words" | "view" | "opinion"
        )
        && is_owned()
}
