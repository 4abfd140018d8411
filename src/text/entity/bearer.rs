//! Offices told with their body right before the name: "chairman of the Arno Assembly Ada King"
//! names an assembly and a person.

use super::Name;
use crate::fact::EntityKind;
use crate::text::document::Token;
use crate::text::lexicon::{NounClass, is_country, is_in_class, is_nationality, is_place};
use crate::text::tag::UniversalTag;

/// A person's name behind a body has at least so many words, and at most so many.
const LEAST_WORDS: usize = 2;
const MOST_WORDS: usize = 4;

/// An office stands within so many words before the name of its body.
const FARTHEST_OFFICE: usize = 4;

/// The person whose name the model took for the end of a body's: cuts it off the body.
pub(super) fn cut_off(tokens: &[Token], body: &mut Name) -> Option<Name> {
    if body.kind != EntityKind::Organization || !follows_office(tokens, body.first) {
        return None;
    }
    let lower = |place: usize| tokens.get(place).map(|token| token.form.to_lowercase());
    let is_of_body = |place: usize| {
        lower(place).is_some_and(|word| {
            [
                NounClass::Organization,
                NounClass::Business,
                NounClass::Event,
                NounClass::Work,
                NounClass::Place,
            ]
            .into_iter()
            .any(|class| is_in_class(&word, class))
        })
    };
    let noun = (body.first + 1..=body.last)
        .rev()
        .find(|&place| is_of_body(place))?;
    let is_organization =
        lower(noun).is_some_and(|word| is_in_class(&word, NounClass::Organization));
    let words = tokens.get(noun + 1..=body.last)?;
    let is_name = |token: &Token| {
        token.universal_tag == UniversalTag::ProperNoun
            && token.form.starts_with(char::is_uppercase)
            && token.form.chars().any(char::is_lowercase)
            && !is_place(&token.form)
            && !is_country(&token.form)
            && !is_nationality(&token.form)
    };
    let fits = is_organization
        && (LEAST_WORDS..=MOST_WORDS).contains(&words.len())
        && words.iter().all(is_name);
    if !fits {
        return None;
    }
    let person = Name {
        first: noun + 1,
        last: body.last,
        kind: EntityKind::Person,
        is_tagged: true,
    };
    body.last = noun;
    Some(person)
}

/// Whether "of" and an office stand before a body: "Deputy Chairman of the".
fn follows_office(tokens: &[Token], first: usize) -> bool {
    let lower = |place: usize| {
        tokens
            .get(place)
            .map_or(String::new(), |token| token.form.to_lowercase())
    };
    let mut place = first;
    while place > 0 && first - place < FARTHEST_OFFICE {
        place -= 1;
        let word = lower(place);
        if matches!(word.as_str(), "of" | "at") {
            return place > 0 && is_in_class(&lower(place - 1), NounClass::Person);
        }
        let is_within = word == "the"
            || tokens.get(place).is_some_and(|token| {
                matches!(
                    token.universal_tag,
                    UniversalTag::Adjective | UniversalTag::ProperNoun
                )
            });
        if !is_within {
            return false;
        }
    }
    false
}

/// "Han | Ki-woong", "Ki-woong | Han": a family name and a given name with a hyphen, side by side.
pub(super) fn is_one_person(tokens: &[Token], before: &Name, name: &Name) -> bool {
    let are_people = before.kind == EntityKind::Person && name.kind == EntityKind::Person;
    let is_given = |name: &Name| {
        let words = tokens.get(name.first..=name.last).unwrap_or(&[]);
        words.windows(2).any(|pair| match pair {
            [hyphen, second] => hyphen.form == "-" && second.form.starts_with(char::is_lowercase),
            _ => false,
        })
    };
    let is_lone = |name: &Name| name.first == name.last;
    are_people
        && before.last + 1 == name.first
        && (is_lone(before) && is_given(name) || is_given(before) && is_lone(name))
}
