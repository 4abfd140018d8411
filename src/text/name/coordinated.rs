//! Names with "and" inside: "Front for Land and Water", "Pilots' and Masters League".
//!
//! The model and the parser often end such a name before its "and". What joins the parts is the
//! form: a body named after what "of" or "for" leads to goes on with more nouns of that sort; two
//! modifiers in front of one noun, of which the first is a possessive, are of one name; and two
//! words with one singular verb are one title.

use super::Found;
use crate::fact::EntityKind;
use crate::text::document::{NameTag, Token};
use crate::text::entity::is_calendar_word;
use crate::text::lexicon::{
    NounClass, is_country, is_given_name, is_in_class, is_nationality, is_place,
};
use crate::text::tag::{FineTag, UniversalTag};

/// A part of a name behind its "and" has at most so many words: "Human Services".
const LONGEST_PART: usize = 2;
/// Bodies that are named after what they are for, beside those that are bodies by their noun.
const BODIES: [&str; 26] = [
    "action",
    "affairs",
    "archive",
    "brigade",
    "bureau",
    "campaign",
    "confederation",
    "congregation",
    "council",
    "division",
    "faculty",
    "forum",
    "front",
    "initiative",
    "inspectorate",
    "institute",
    "league",
    "ministry",
    "movement",
    "museum",
    "order",
    "organisation",
    "platform",
    "programme",
    "trust",
    "union",
];

/// Completes the names that end before their "and".
pub(super) fn complete(tokens: &[Token], names: &mut Vec<Found>) {
    for and in 1..tokens.len().saturating_sub(1) {
        if !matches!(form(tokens, and), "and" | "&") {
            continue;
        }
        let found = behind_of(tokens, names, and)
            .or_else(|| behind_possessive(tokens, names, and))
            .or_else(|| behind_determiner(tokens, names, and))
            .or_else(|| with_singular_verb(tokens, names, and));
        if let Some(whole) = found {
            names.retain(|name| name.last < whole.first || whole.last < name.first);
            names.push(whole);
            names.sort_by_key(|name| name.first);
        }
    }
}

fn form(tokens: &[Token], index: usize) -> &str {
    tokens.get(index).map_or("", |token| token.form.as_str())
}

fn lower(tokens: &[Token], index: usize) -> String {
    form(tokens, index).to_lowercase()
}

/// A capitalised word that may be part of a name, and is no day, people or acronym.
fn is_part(token: &Token) -> bool {
    let letters = token.form.chars().filter(|letter| letter.is_alphabetic());
    let is_acronym = token.form.chars().count() > 1
        && letters.clone().count() > 1
        && letters.clone().all(char::is_uppercase);
    token.form.starts_with(char::is_uppercase)
        && !is_acronym
        && !is_calendar_word(&token.form)
        && !is_nationality(&token.form)
        && matches!(
            token.universal_tag,
            UniversalTag::ProperNoun | UniversalTag::Noun | UniversalTag::Adjective
        )
}

/// The end of the words behind "and" or a comma that may be one part of a name: nothing that is a
/// body, a place or a person by itself.
fn part_from(tokens: &[Token], start: usize) -> Option<usize> {
    let mut end = start;
    while tokens.get(end).is_some_and(is_part) {
        end += 1;
    }
    let words: Vec<&str> = (start..end).map(|index| form(tokens, index)).collect();
    let last = words.last()?.to_lowercase();
    let text = words.join(" ");
    let is_tagged_apart = (start..end).any(|index| {
        matches!(
            tokens.get(index).map(|token| token.name),
            Some(
                NameTag::Begin(EntityKind::Person | EntityKind::Place)
                    | NameTag::Inside(EntityKind::Person | EntityKind::Place)
            )
        )
    });
    // "Human Services" is what a department is for; "Defence Forces" are a body. "Justice" alone is
    // no title.
    let is_office = || {
        [NounClass::Title, NounClass::Person]
            .into_iter()
            .any(|class| is_in_class(&last, class))
    };
    let heads_name = is_in_class(&last, NounClass::Organization) && last != "services"
        || words.len() > 1 && is_office();
    let goes_on = matches!(form(tokens, end), "of" | "-" | "'s" | "’s");
    let is_other = is_place(&text) || is_country(&text) || words.iter().any(|w| is_given_name(w));
    (words.len() <= LONGEST_PART && !is_tagged_apart && !heads_name && !goes_on && !is_other)
        .then_some(end - 1)
}

/// "Front for Land" and "Water", "Ministry of Trade" with ", Industry and Mines".
fn behind_of(tokens: &[Token], names: &[Found], and: usize) -> Option<Found> {
    let last = part_from(tokens, and + 1)?;
    // Back over the parts between commas: "Trade, Industry and Mines".
    let mut before = and.checked_sub(usize::from(form(tokens, and - 1) == ",") + 1)?;
    let body = loop {
        let covering = names
            .iter()
            .find(|name| (name.first..=name.last).contains(&before))?;
        if opens_of(tokens, covering) {
            break *covering;
        }
        let is_listed = covering.first >= 2 && form(tokens, covering.first - 1) == ",";
        let is_plain = part_from(tokens, covering.first).is_some();
        if !is_listed || !is_plain {
            return None;
        }
        before = covering.first - 2;
    };
    if body.last >= and {
        return None;
    }
    // The model tags a second body as such, and the parser hangs it on the first.
    let head = (body.first..=body.last).find(|&index| !is_below_within(tokens, index, body))?;
    let part = tokens.get(and + 1)?;
    let joins_body = (and + 1..=last).any(|index| {
        tokens
            .get(index)
            .is_some_and(|token| token.head == Some(head))
    });
    let begins_own = matches!(part.name, NameTag::Begin(_));
    let is_same = tokens
        .get(and - 1)
        .is_some_and(|token| token.name != NameTag::Outside);
    let is_told_short = has_acronym(tokens, body.first, last);
    (is_told_short || !(joins_body && begins_own) && is_same).then_some(Found {
        first: body.first,
        last,
        kind: match body.kind {
            EntityKind::Person | EntityKind::Place => EntityKind::Organization,
            kind => kind,
        },
    })
}

/// Whether a token hangs on another one of the same name.
fn is_below_within(tokens: &[Token], index: usize, name: Found) -> bool {
    tokens
        .get(index)
        .and_then(|token| token.head)
        .is_some_and(|head| (name.first..=name.last).contains(&head))
}

/// Whether a name is that of a body with "of" or "for", and ends in what these lead to.
fn opens_of(tokens: &[Token], name: &Found) -> bool {
    let Some(of) = (name.first + 1..name.last)
        .find(|&index| matches!(form(tokens, index), "of" | "for" | "on" | "against" | "to"))
    else {
        return false;
    };
    let is_body = (name.first..of).any(|index| {
        let word = lower(tokens, index);
        is_in_class(&word, NounClass::Organization)
            || is_in_class(&word, NounClass::Work)
            || BODIES.contains(&word.as_str())
    });
    // "University of Lund and Malmö" is of two places.
    let leads_to: Vec<&str> = (of + 1..=name.last)
        .map(|index| form(tokens, index))
        .filter(|word| !matches!(*word, "the" | "a"))
        .collect();
    let text = leads_to.join(" ");
    is_body && !is_place(&text) && !is_country(&text)
}

/// "(FLW)" right behind: the initials of the whole.
fn has_acronym(tokens: &[Token], first: usize, last: usize) -> bool {
    if form(tokens, last + 1) != "(" {
        return false;
    }
    let initials: String = (first..=last)
        .map(|index| form(tokens, index))
        .filter(|word| word.starts_with(char::is_uppercase))
        .filter_map(|word| word.chars().next())
        .collect();
    form(tokens, last + 2).eq_ignore_ascii_case(&initials)
}

/// "Pilots' and Masters League": a possessive before "and" owns what the other part names.
fn behind_possessive(tokens: &[Token], names: &[Found], and: usize) -> Option<Found> {
    let mark = and.checked_sub(1)?;
    let is_mark = tokens
        .get(mark)
        .is_some_and(|token| token.fine_tag == FineTag::Possessive);
    let owner = mark
        .checked_sub(1)
        .filter(|&owner| is_mark && tokens.get(owner).is_some_and(is_part))?;
    let name = names.iter().find(|name| name.first == and + 1)?;
    if name.kind == EntityKind::Person || name.first == name.last {
        return None;
    }
    let covering = names
        .iter()
        .find(|other| (other.first..=other.last).contains(&owner));
    if covering.is_some_and(|other| other.kind == EntityKind::Person) {
        return None;
    }
    Some(Found {
        first: covering.map_or(owner, |other| other.first.min(owner)),
        last: name.last,
        kind: name.kind,
    })
}

/// "The Orvel and District Growers' Association": "the" before a lone place or word without a body
/// of its own belongs to the body behind "and"; "and District" always goes on with a name.
fn behind_determiner(tokens: &[Token], names: &[Found], and: usize) -> Option<Found> {
    let body = *names.iter().find(|name| name.first == and + 1)?;
    let noun = lower(tokens, body.last);
    let is_body = body.kind == EntityKind::Organization
        && body.first < body.last
        && (is_in_class(&noun, NounClass::Organization) || BODIES.contains(&noun.as_str()));
    let place = and.checked_sub(1).filter(|_| is_body)?;
    let token = tokens.get(place).filter(|token| is_part(token))?;
    let covering = names
        .iter()
        .find(|name| (name.first..=name.last).contains(&place));
    let first = covering.map_or(place, |name| name.first);
    let is_lone = first == place && covering.is_none_or(|name| name.kind != EntityKind::Person);
    let is_district = form(tokens, and + 1) == "District";
    let has_article = place
        .checked_sub(1)
        .is_some_and(|before| lower(tokens, before) == "the");
    let is_own_body = is_in_class(&token.form.to_lowercase(), NounClass::Organization)
        || BODIES.contains(&token.form.to_lowercase().as_str());
    let is_plain = !is_country(&token.form) && !is_own_body;
    (is_lone && is_plain && (is_district || has_article)).then_some(Found {
        first,
        last: body.last,
        kind: EntityKind::Organization,
    })
}

/// "Salt and Iron shows …": two words with one verb in the singular are one title.
fn with_singular_verb(tokens: &[Token], names: &[Found], and: usize) -> Option<Found> {
    let (first, last) = (and.checked_sub(1)?, and + 1);
    let (left, right) = (tokens.get(first)?, tokens.get(last)?);
    let verb = left.head?;
    let is_subject = left.relation.universal() == "nsubj"
        && right.relation.universal() == "conj"
        && right.head == Some(first)
        && verb > last;
    let is_singular = |token: &Token| {
        token.fine_tag == FineTag::PresentVerbThird
            || matches!(token.form.as_str(), "was" | "has" | "is" | "does")
    };
    let verb_token = tokens.get(verb)?;
    // The copula of a noun agrees with the subject all the same; "has" of one clause only.
    let agrees = is_singular(verb_token)
        || tokens.iter().enumerate().any(|(index, token)| {
            index > last
                && index < verb
                && token.head == Some(verb)
                && is_singular(token)
                && matches!(token.relation.universal(), "aux" | "cop")
        });
    let starts = first == 0
        || !tokens
            .get(first - 1)
            .is_some_and(|token| token.form.starts_with(char::is_uppercase) || token.form == ",");
    let is_person = |index: usize| {
        names.iter().any(|name| {
            (name.first..=name.last).contains(&index)
                && matches!(name.kind, EntityKind::Person | EntityKind::Place)
        })
    };
    let is_next = matches!(
        tokens.get(last + 1).map(|token| token.universal_tag),
        Some(UniversalTag::Verb | UniversalTag::Auxiliary | UniversalTag::Adverb)
    );
    let is_title = is_subject
        && agrees
        && starts
        && is_next
        && is_part(left)
        && is_part(right)
        && !is_person(first)
        && !is_person(last);
    is_title.then_some(Found {
        first,
        last,
        kind: EntityKind::Other,
    })
}
