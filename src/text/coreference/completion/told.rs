//! What the words around a name say that it names: a firm, a team, a place, a person.

use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::Token;
use crate::text::entity::{Name, is_told_with_age};
use crate::text::lexicon::{NounClass, is_given_name, is_in_class, is_place};
use crate::text::tag::{FineTag, UniversalTag};

/// Whether the words around a name that the model takes for something else say that it is an
/// organization.
pub(super) fn is_told_as_body(tokens: &[Token], name: &Name) -> bool {
    name.kind != EntityKind::Organization
        && (follows_firm(tokens, name.first)
            || name.kind == EntityKind::Person && is_team(tokens, name)
            || is_told_as_firm(tokens, name))
}

/// Whether the noun before a name says that it is a firm: "its rival Orvel".
fn follows_firm(tokens: &[Token], first: usize) -> bool {
    const NOUNS: [&str; 24] = [
        "consultancy",
        "distributor",
        "operator",
        "publisher",
        "startup",
        "start-up",
        "brokerage",
        "conglomerate",
        "company",
        "firm",
        "group",
        "rival",
        "competitor",
        "subsidiary",
        "chain",
        "bank",
        "retailer",
        "airline",
        "carmaker",
        "brewer",
        "manufacturer",
        "utility",
        "lender",
        "insurer",
    ];
    let before = first.checked_sub(1).and_then(|place| tokens.get(place));
    before.is_some_and(|token| {
        let lemma = token.lemma.as_str();
        // "The hearing-aid maker Orvel", "the chipmaker Orvel"; a lawmaker is a person.
        let is_maker = lemma.ends_with("maker") && !is_in_class(lemma, NounClass::Person);
        token.universal_tag == UniversalTag::Noun && (NOUNS.contains(&lemma) || is_maker)
    })
}

/// Whether the words behind a name that the model takes for a person's say that it is a firm:
/// "Orvel, which …", "Orvel, the power arm of …", "shares in Orvel".
fn is_told_as_firm(tokens: &[Token], name: &Name) -> bool {
    let word = |place: usize| tokens.get(place).map(|token| token.form.to_lowercase());
    let is_word = |place: usize, wanted: &[&str]| {
        word(place).is_some_and(|word| wanted.contains(&word.as_str()))
    };
    let has_given_name = tokens
        .get(name.first..=name.last)
        .unwrap_or(&[])
        .iter()
        .any(|token| is_given_name(&token.form));
    if name.kind != EntityKind::Person || has_given_name {
        return false;
    }
    let hangs_on_name = |token: &Token| {
        token
            .head
            .is_some_and(|head| (name.first..=name.last).contains(&head))
    };
    let is_which = is_word(name.last + 1, &[","]) && is_word(name.last + 2, &["which"]);
    let is_business = |token: &Token| {
        let lemma = token.lemma.to_lowercase();
        is_in_class(&lemma, NounClass::Business)
            || matches!(lemma.as_str(), "arm" | "unit" | "division" | "subsidiary")
    };
    let is_described = tokens.iter().any(|token| {
        token.relation.universal() == "appos" && hangs_on_name(token) && is_business(token)
    });
    // "Their union, Orvel,": what the noun beside it says.
    let is_union = tokens
        .get(name.first..=name.last)
        .unwrap_or(&[])
        .iter()
        .any(|token| {
            let noun = token.head.filter(|&noun| noun < name.first);
            token.relation.universal() == "appos"
                && noun.and_then(|noun| tokens.get(noun)).is_some_and(|noun| {
                    let is_own = noun.relation.universal() != "nmod";
                    is_own && noun.universal_tag == UniversalTag::Noun && is_union(noun)
                })
        });
    let has_shares = name.first > 1
        && is_word(name.first - 1, &["in"])
        && is_word(name.first - 2, &["shares", "stock"])
        || is_word(name.last + 1, &["shares"]);
    is_which || is_described || is_union || has_shares
}

/// A common noun for an organization that no person is called by.
fn is_union(token: &Token) -> bool {
    let lemma = token.lemma.to_lowercase();
    (is_in_class(&lemma, NounClass::Business) || is_in_class(&lemma, NounClass::Organization))
        && !is_in_class(&lemma, NounClass::Person)
}

/// Whether the words around a lone name speak of a place: "southern Orvel", "Orvel's coast".
fn is_region(tokens: &[Token], name: &Name) -> bool {
    let lower = |place: usize| tokens.get(place).map(|token| token.form.to_lowercase());
    let is_part = name
        .first
        .checked_sub(1)
        .and_then(lower)
        .is_some_and(|word| {
            matches!(
                word.as_str(),
                "northern"
                    | "southern"
                    | "eastern"
                    | "western"
                    | "central"
                    | "north-eastern"
                    | "north-western"
                    | "south-eastern"
                    | "south-western"
            )
        });
    let owns = tokens
        .get(name.last + 1)
        .is_some_and(|token| token.fine_tag == FineTag::Possessive);
    let is_owner = owns
        && lower(name.last + 2).is_some_and(|word| {
            matches!(
                word.as_str(),
                "capital"
                    | "parliament"
                    | "coast"
                    | "borders"
                    | "border"
                    | "population"
                    | "territory"
                    | "north"
                    | "south"
                    | "east"
                    | "west"
            )
        });
    name.first == name.last && (is_part || is_owner)
}

/// Whether the words around a name say that it is a team: "Orvel coach Ann Lee", "Orvel, who are
/// fifth".
fn is_team(tokens: &[Token], name: &Name) -> bool {
    const STAFF: &str = "coach manager boss captain skipper striker midfielder defender goalkeeper \
        keeper winger forward playmaker";
    let lower = |place: usize| tokens.get(place).map(|token| token.form.to_lowercase());
    let is_lower = |place: usize, list: &str| {
        lower(place).is_some_and(|word| list.split_whitespace().any(|known| known == word))
    };
    let is_proper = |place: usize| {
        tokens
            .get(place)
            .is_some_and(|token| token.universal_tag == UniversalTag::ProperNoun)
    };
    let has_staff = is_lower(name.last + 1, STAFF)
        && tokens
            .get(name.last + 1)
            .is_some_and(|token| token.universal_tag == UniversalTag::Noun)
        && is_proper(name.last + 2);
    let is_plural = is_lower(name.last + 1, ",")
        && is_lower(name.last + 2, "who")
        && is_lower(name.last + 3, "are were have")
        && !is_one_of_several(tokens, name);
    has_staff || is_plural
}

/// Whether a name is joined to others, before or behind it.
fn is_one_of_several(tokens: &[Token], name: &Name) -> bool {
    let inside = name.first..=name.last;
    let is_joined = |token: &Token| token.relation == Relation::Conjunct;
    let takes = tokens
        .iter()
        .any(|token| is_joined(token) && token.head.is_some_and(|head| inside.contains(&head)));
    let own = tokens.get(name.first..=name.last).unwrap_or(&[]);
    takes || own.iter().any(is_joined)
}

/// "The town of Orvel", "in Orvel": whether a name stands where only a place can, as far as the
/// gazetteer knows it too, or a noun says so.
pub(super) fn is_told_as_place(tokens: &[Token], name: &Name, text: &str) -> bool {
    const PLACES: &str = "town city village municipality hamlet commune province district county";
    const WHERE: &str = "in near visit leave reach";
    let lemma = |back: usize| {
        let place = name.first.checked_sub(back)?;
        tokens.get(place).map(|token| token.lemma.to_lowercase())
    };
    let is_in = |word: Option<String>, list: &str| {
        word.is_some_and(|word| list.split_whitespace().any(|known| known == word))
    };
    let is_of_town = is_in(lemma(1), "of") && is_in(lemma(2), PLACES);
    is_region(tokens, name)
        || is_of_town
        || is_place(text) && !is_given_name(text) && is_in(lemma(1), WHERE)
}

/// "Ada Reed, 27,", "Ada Reed, a 27-year-old sailor": only people are told with their age.
pub(super) fn is_aged(tokens: &[Token], name: &Name) -> bool {
    let form = |place: usize| tokens.get(place).map_or("", |token| token.form.as_str());
    let at = name.last + 1;
    let is_age = form(at + 2)
        .parse::<u32>()
        .is_ok_and(|age| (14..=110).contains(&age));
    let is_year_old =
        [at + 3, at + 5].map(form) == ["-", "-"] && form(at + 4) == "year" && form(at + 6) == "old";
    let is_person = (at + 7..at + 10).any(|place| {
        tokens
            .get(place)
            .is_some_and(|token| is_in_class(&token.lemma.to_lowercase(), NounClass::Person))
    });
    let is_full = name.first < name.last;
    let has_age = is_told_with_age(tokens, name.last) && name.kind != EntityKind::Place;
    has_age
        || form(at) == ","
            && matches!(form(at + 1), "a" | "the")
            && is_age
            && is_year_old
            && (is_person || is_full)
}
