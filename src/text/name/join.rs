//! Names that a mark holds together: "Lakeland & Tyne", "Ter-Stepanyan", "K. P. Lund".

use super::Found;
use crate::fact::EntityKind;
use crate::text::document::Token;
use crate::text::entity::is_calendar_word;
use crate::text::lexicon::{NounClass, is_country, is_in_class, is_nationality};
use crate::text::tag::UniversalTag;

/// Joins what stands on both sides of an ampersand, and the family names on both sides of a
/// hyphen that touches them.
pub(super) fn join(tokens: &[Token], names: &mut Vec<Found>) {
    for name in (1..names.len()).rev() {
        join_initial(tokens, names, name);
    }
    for name in (1..names.len()).rev() {
        join_given(tokens, names, name);
    }
    for mark in 1..tokens.len().saturating_sub(1) {
        let joined = match tokens.get(mark).map(|token| token.form.as_str()) {
            Some("&") => by_ampersand(tokens, names, mark),
            Some("-" | "\u{2011}") => by_hyphen(tokens, names, mark),
            _ => None,
        };
        let Some(joined) = joined else {
            continue;
        };
        names.retain(|name| name.last < joined.first || joined.last < name.first);
        names.push(joined);
        names.sort_by_key(|name| name.first);
    }
}

/// "K." and "P. Lund": an initial is no person beside another.
fn join_initial(tokens: &[Token], names: &mut Vec<Found>, place: usize) {
    let (Some(before), Some(name)) = (names.get(place - 1).copied(), names.get_mut(place)) else {
        return;
    };
    let is_initial = tokens.get(before.first).is_some_and(|token| {
        let mut letters = token.form.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next() == Some('.')
            && letters.next().is_none()
    });
    if is_initial
        && before.first == before.last
        && before.last + 1 == name.first
        && name.kind == EntityKind::Person
    {
        name.first = before.first;
        names.remove(place - 1);
    }
}

/// "Dr Ann" and "Lee": two people in one word each do not stand side by side; they are one.
fn join_given(tokens: &[Token], names: &mut Vec<Found>, place: usize) {
    let (Some(before), Some(name)) = (names.get(place - 1).copied(), names.get_mut(place)) else {
        return;
    };
    let is_word = |found: &Found| {
        found.first == found.last
            && found.kind == EntityKind::Person
            && tokens.get(found.first).is_some_and(|token| {
                token.universal_tag == UniversalTag::ProperNoun
                    && token.form.chars().count() > 2
                    && token.form.chars().next().is_some_and(char::is_uppercase)
                    && token.form.chars().skip(1).any(char::is_lowercase)
            })
    };
    // "told Ann Lee left": who is told and who leaves have a clause each.
    let has_verb_between = tokens
        .get(before.first)
        .zip(tokens.get(name.first))
        .is_some_and(|(first, second)| {
            matches!(first.relation.universal(), "obj" | "iobj")
                && second.relation.universal() == "nsubj"
        });
    if is_word(&before) && is_word(name) && before.last + 1 == name.first && !has_verb_between {
        name.first = before.first;
        names.remove(place - 1);
    }
}

/// "Lakeland & Tyne" is one firm; "Ann Lee & Bo Ek" are two people.
fn by_ampersand(tokens: &[Token], names: &[Found], mark: usize) -> Option<Found> {
    let left = side(tokens, names, mark - 1)?;
    let right = side(tokens, names, mark + 1)?;
    let is_whole_person = |side: &Found| side.kind == EntityKind::Person && side.first < side.last;
    // "10th & Federal Streets": a crossing.
    let is_crossing = |side: &Found| side.kind == EntityKind::Place && side.first < side.last;
    if is_whole_person(&left) && is_whole_person(&right)
        || is_crossing(&left)
        || is_crossing(&right)
    {
        return None;
    }
    Some(Found {
        first: left.first,
        last: right.last,
        kind: EntityKind::Organization,
    })
}

/// "Ter-Stepanyan", "Okoth-Adhiambo": a double family name, which tells of nothing behind it. The
/// "Reed-Hall summit" is one of two people.
fn by_hyphen(tokens: &[Token], names: &[Found], mark: usize) -> Option<Found> {
    let is_glued = |index: usize| {
        let before = tokens.get(index.checked_sub(1)?)?;
        Some(before.span.end == tokens.get(index)?.span.start)
    };
    if !is_glued(mark)? || !is_glued(mark + 1)? {
        return None;
    }
    let left = side(tokens, names, mark - 1)?;
    let right = side(tokens, names, mark + 1)?;
    let may_be = |side: &Found| {
        matches!(side.kind, EntityKind::Person | EntityKind::Other) && !is_land(tokens, side)
    };
    let is_person = left.kind == EntityKind::Person || right.kind == EntityKind::Person;
    let modifies = |index: usize| {
        tokens.get(index).is_some_and(|token| {
            matches!(token.relation.universal(), "compound" | "amod")
                && token.head.is_some_and(|head| head > right.last)
        })
    };
    let describes = (left.first..=right.last).any(modifies);
    (is_person && may_be(&left) && may_be(&right) && !describes).then_some(Found {
        first: left.first,
        last: right.last,
        kind: EntityKind::Person,
    })
}

fn is_land(tokens: &[Token], side: &Found) -> bool {
    tokens
        .get(side.first..=side.last)
        .unwrap_or(&[])
        .iter()
        .any(|token| is_country(&token.form) || is_nationality(&token.form))
}

/// The name that a token belongs to, or the lone proper noun that it is.
fn side(tokens: &[Token], names: &[Found], index: usize) -> Option<Found> {
    if let Some(name) = names
        .iter()
        .find(|name| (name.first..=name.last).contains(&index))
    {
        return Some(*name);
    }
    let token = tokens.get(index)?;
    let is_name = token.universal_tag == UniversalTag::ProperNoun
        && token.form.starts_with(char::is_uppercase)
        && !is_in_class(&token.form.to_lowercase(), NounClass::Title)
        && !is_calendar_word(&token.form);
    is_name.then_some(Found {
        first: index,
        last: index,
        kind: EntityKind::Other,
    })
}
