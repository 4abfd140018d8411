//! The words around the head of a name that belong to it.

use super::Name;
use crate::fact::EntityKind;
use crate::text::document::{NameTag, Token};
use crate::text::lexicon::{NounClass, is_country, is_in_class, is_nationality, is_place};
use crate::text::tag::{FineTag, UniversalTag};
use crate::value::calendar::is_calendar_name;

/// The longest name, in tokens on each side of its head.
const LONGEST_SIDE: usize = 12;

/// The first and last token of the name around its head: capitalised words, ordinals and joined
/// hyphens before it; "of …", "on …" and a year behind it.
pub(super) fn around(tokens: &[Token], head: usize) -> (usize, usize) {
    let mut first = head;
    while first > 0 && head - first < LONGEST_SIDE {
        if first > 1 && joins_modifiers(tokens, first - 1, head) {
            first -= 2;
        } else if joins_before(tokens, first - 1, first) {
            first -= 1;
        } else {
            break;
        }
    }
    while first < head && !starts_name(tokens, first) {
        first += 1;
    }
    (first, behind(tokens, head))
}

/// "Water and Sanitation Facility": whether "and" joins two words that both say what the head is.
fn joins_modifiers(tokens: &[Token], and: usize, head: usize) -> bool {
    let (Some(first), Some(joint), Some(second)) = (
        and.checked_sub(1).and_then(|place| tokens.get(place)),
        tokens.get(and),
        tokens.get(and + 1),
    ) else {
        return false;
    };
    // What the model takes for a place or a body here may be the beginning of the longer name.
    let is_free = |token: &Token| {
        let is_person = matches!(
            token.name,
            NameTag::Begin(EntityKind::Person) | NameTag::Inside(EntityKind::Person)
        );
        let is_named =
            token.name != NameTag::Outside && (is_place(&token.form) || is_country(&token.form));
        !is_person && !is_named && is_name_word(token) && !is_nationality(&token.form)
    };
    let modifies = matches!(first.relation.universal(), "compound" | "amod" | "nmod")
        && first.head == Some(head);
    let is_joined = second.relation.universal() == "conj" && second.head == Some(and - 1);
    matches!(joint.form.as_str(), "and" | "&")
        && and + 1 < head
        && is_free(first)
        && is_free(second)
        && modifies
        && is_joined
}

/// Whether a token belongs to the name that begins at the next one.
fn joins_before(tokens: &[Token], index: usize, next: usize) -> bool {
    let (Some(token), Some(following)) = (tokens.get(index), tokens.get(next)) else {
        return false;
    };
    if is_joint(token) {
        let before = index.checked_sub(1).and_then(|i| tokens.get(i));
        return before.is_some_and(is_name_word) && following.form.starts_with(char::is_uppercase);
    }
    let is_possessive = token.fine_tag == FineTag::Possessive;
    is_possessive && index > 0 && tokens.get(index - 1).is_some_and(is_name_word)
        || is_name_word(token) && !is_calendar_word(&token.form)
        || is_ordinal(token)
}

/// Hyphens and dashes inside a name.
fn is_joint(token: &Token) -> bool {
    matches!(token.form.as_str(), "-" | "–" | "‑")
}

/// "42nd", "30th".
fn is_ordinal(token: &Token) -> bool {
    token
        .form
        .starts_with(|letter: char| letter.is_ascii_digit())
        && token
            .form
            .ends_with(|letter: char| letter.is_ascii_alphabetic())
}

/// A capitalised word that can stand in a name.
pub(crate) fn is_name_word(token: &Token) -> bool {
    let is_word = matches!(
        token.universal_tag,
        UniversalTag::ProperNoun
            | UniversalTag::Adjective
            | UniversalTag::Noun
            | UniversalTag::Other
    );
    is_word && token.form.starts_with(char::is_uppercase)
}

/// A name does not begin with a joint, a possessive ending or a whole possessor.
fn starts_name(tokens: &[Token], index: usize) -> bool {
    let Some(token) = tokens.get(index) else {
        return true;
    };
    let owns = tokens
        .get(index + 1)
        .is_some_and(|next| next.fine_tag == FineTag::Possessive);
    !is_joint(token) && token.fine_tag != FineTag::Possessive && !owns
}

/// Completes a name that was cut short: "Grand" in "the Grand Mosque" and what "of" at its end
/// leads to.
pub(super) fn complete(tokens: &[Token], first: &mut usize, last: &mut usize) {
    while *first > 1 && is_cut_off(tokens, *first - 1, (*first, *last)) {
        *first -= 1;
    }
    while *last > *first
        && tokens
            .get(*last)
            .is_some_and(|token| matches!(token.form.as_str(), "of" | "for" | "and" | "the"))
    {
        let end = capitalised_after(tokens, *last + 1);
        if end > *last {
            *last = end;
            break;
        }
        *last -= 1;
    }
}

/// Cuts off a degree behind a person's name ("Ada Reed, MD") and what stands behind a quotation
/// mark that closes within the name.
pub(super) fn cut(tokens: &[Token], name: &mut Name) {
    const DEGREES: &[&str] = &["cpa", "dds", "dvm", "esq", "md", "phd", "rn"];
    let form = |index: usize| tokens.get(index).map_or("", |token| token.form.as_str());
    let is_quote = |index: &usize| matches!(form(*index), "\"" | "”" | "''" | "“" | "``");
    let quotes: Vec<usize> = (name.first + 1..=name.last).filter(is_quote).collect();
    if let [quote] = quotes[..] {
        name.last = quote - 1;
    }
    let last = form(name.last).replace('.', "").to_lowercase();
    if name.kind == EntityKind::Person && DEGREES.contains(&last.as_str()) {
        let is_apart = form(name.last.saturating_sub(1)) == ",";
        let length = 1 + usize::from(is_apart);
        if name.last >= name.first + length {
            name.last -= length;
        }
    }
}

/// Takes in what a hyphen joins to a name ("Ter-Stepanyan"), and its number ("School No. 92").
pub(super) fn join(tokens: &[Token], name: &mut Name) {
    let (own_kind, is_full) = (name.kind, name.first < name.last);
    let belongs = |index: usize| {
        tokens.get(index).is_some_and(|token| {
            let is_own = match token.name {
                NameTag::Outside => !is_nationality(&token.form) && !is_country(&token.form),
                // "Ada Reed-Hall", not "the Reed-Hall summit" of two people.
                NameTag::Begin(kind) | NameTag::Inside(kind) => {
                    kind == EntityKind::Person && own_kind == kind && is_full
                }
            };
            let is_name = token.universal_tag == UniversalTag::ProperNoun;
            is_own && is_name && token.form.starts_with(char::is_uppercase)
        })
    };
    let is_hyphen = |index: usize| {
        tokens.get(index).is_some_and(|token| token.form == "-") && touches(tokens, index)
    };
    let may_join = matches!(name.kind, EntityKind::Person | EntityKind::Organization);
    // "the Orvel-Velmor deal" is one of two firms.
    let modifies = |index: usize| {
        own_kind == EntityKind::Organization
            && tokens.get(index).is_some_and(|token| {
                matches!(token.relation.universal(), "compound" | "amod")
                    && token.head.is_some_and(|head| head > index)
            })
    };
    while may_join && is_hyphen(name.last + 1) && belongs(name.last + 2) && !modifies(name.last + 2)
    {
        name.last += 2;
    }
    let is_number_sign = |index: usize| tokens.get(index).is_some_and(|t| t.form == "No.");
    let is_number = |index: usize| tokens.get(index).is_some_and(is_figure);
    if is_number_sign(name.last) && is_number(name.last + 1) {
        name.last += 1;
    } else if is_number_sign(name.last + 1) && is_number(name.last + 2) {
        name.last += 2;
    } else if is_number(name.last + 1) && is_model(tokens, name) {
        name.last += 1;
        name.kind = EntityKind::Other;
    }
}

/// "Helios 4", "Orvel 9": a number that hangs on the name of a thing, with nothing counted behind
/// it, belongs to the name.
fn is_model(tokens: &[Token], name: &Name) -> bool {
    let Some(number) = tokens.get(name.last + 1) else {
        return false;
    };
    let hangs = matches!(number.relation.universal(), "flat" | "nummod")
        && number
            .head
            .is_some_and(|head| (name.first..=name.last).contains(&head));
    let counts = tokens.get(name.last + 2).is_some_and(|next| {
        matches!(
            next.universal_tag,
            UniversalTag::Noun
                | UniversalTag::ProperNoun
                | UniversalTag::Adjective
                | UniversalTag::Numeral
                | UniversalTag::Symbol
        ) || matches!(next.form.as_str(), "-" | "–" | "/" | ":")
    });
    let is_date = tokens
        .get(name.last)
        .is_some_and(|token| is_calendar_word(&token.form));
    // "the Orvel 2": a firm has no article, and is named with no number.
    let is_thing = match name.is_tagged {
        false => name.kind == EntityKind::Other,
        true => {
            name.kind != EntityKind::Place
                && name
                    .first
                    .checked_sub(1)
                    .and_then(|before| tokens.get(before))
                    .is_some_and(|before| {
                        matches!(
                            before.form.to_lowercase().as_str(),
                            "the" | "a" | "an" | "its" | "new" | "latest"
                        )
                    })
        }
    };
    is_thing && hangs && !counts && !is_date
}

/// "a Member of Parliament": a lone word with "a" before it and "of" behind it names nothing.
pub(super) fn is_one_of_many(tokens: &[Token], index: usize) -> bool {
    let form = |index: usize| tokens.get(index).map_or("", |token| token.form.as_str());
    let before = index.checked_sub(1).map_or("", form);
    matches!(before, "a" | "an" | "A" | "An") && form(index + 1) == "of"
}

/// "Journal" in "the Journal of Old Metals": a lone word that the model takes for a body goes on
/// with what "of" leads to, where that is no name of its own.
pub(super) fn complete_body(tokens: &[Token], name: &mut Name) {
    let is_body = name.kind == EntityKind::Organization && name.first == name.last;
    let is_of = tokens
        .get(name.last + 1)
        .is_some_and(|token| token.form == "of");
    let begins = tokens.get(name.last + 2).is_some_and(|token| {
        token.name == NameTag::Outside && token.form.starts_with(char::is_uppercase)
    });
    if is_body && is_of && begins {
        name.last = behind(tokens, name.last);
    }
}

/// "Church of …", "Bank of …": no place, whatever the model says.
pub(super) fn is_institution(tokens: &[Token], name: &Name) -> bool {
    const INSTITUTIONS: &[&str] = &[
        "academy",
        "association",
        "bank",
        "board",
        "bureau",
        "church",
        "college",
        "council",
        "department",
        "federation",
        "government",
        "institute",
        "ministry",
        "office",
        "order",
        "party",
        "society",
        "union",
        "university",
    ];
    let form = |index: usize| tokens.get(index).map_or("", |token| token.form.as_str());
    let first = form(name.first).to_lowercase();
    name.first + 1 < name.last
        && form(name.first + 1) == "of"
        && INSTITUTIONS.contains(&first.as_str())
}

/// "Orvel's reported": a possessive before a finite verb owns nothing; it is part of the name.
pub(super) fn ends_in_mark(tokens: &[Token], last: usize) -> bool {
    let is_mark = tokens
        .get(last + 1)
        .is_some_and(|token| token.fine_tag == FineTag::Possessive && token.form.len() > 1);
    is_mark
        && tokens.get(last + 2).is_some_and(|next| {
            matches!(
                next.fine_tag,
                FineTag::PastVerb | FineTag::PresentVerbThird | FineTag::Modal
            )
        })
        && tokens
            .get(last)
            .is_some_and(|token| token.relation.universal() == "nsubj")
}

/// Whether a capitalised word that no name has describes the name behind it: no people, office,
/// or first word of a sentence.
fn is_cut_off(tokens: &[Token], index: usize, (first, last): (usize, usize)) -> bool {
    let Some(token) = tokens.get(index) else {
        return false;
    };
    let hangs = token
        .head
        .is_some_and(|head| (first..=last).contains(&head))
        && matches!(
            token.relation.universal(),
            "amod" | "compound" | "advmod" | "flat"
        );
    let is_quality = matches!(
        token.universal_tag,
        UniversalTag::ProperNoun | UniversalTag::Adjective | UniversalTag::Adverb
    );
    let lower = token.form.to_lowercase();
    let is_office = [NounClass::Title, NounClass::Person]
        .into_iter()
        .any(|class| is_in_class(&lower, class));
    // A word behind a mark may have its capital from the sentence that begins there.
    let follows_word = index
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|before| before.form.chars().any(char::is_alphanumeric));
    hangs
        && is_quality
        && follows_word
        && !is_office
        && token.name == NameTag::Outside
        && token.form.starts_with(char::is_uppercase)
        && token.form.chars().all(char::is_alphabetic)
        && !is_calendar_word(&token.form)
        && !is_nationality(&token.form)
}

/// The last token of the name whose head is given: "of", "on", "for", "and" with capitalised
/// words behind it, and a year.
fn behind(tokens: &[Token], head: usize) -> usize {
    let mut last = head;
    while let Some(next) = tokens.get(last + 1) {
        if is_year(next) && last == head {
            last += 1;
            break;
        }
        // "Treaty of Friendship of 1976".
        if next.form == "of" && last > head && tokens.get(last + 2).is_some_and(is_year) {
            last += 2;
            break;
        }
        let word = next.form.as_str();
        let goes_on = match word {
            "of" | "on" | "for" | "to" | "against" => true,
            "in" if last == head && is_award(tokens, head) => is_untagged(tokens, last + 2),
            // Only inside a part that "of" opened, and not before another name.
            "and" | "in" | "," => {
                let is_article = is_article(tokens, last + 2);
                // "Declaration on Fair Trade in the Digital Age".
                let is_of_work = word == "in"
                    && is_in_class(&lower(tokens, head), NounClass::Work)
                    && is_untagged(tokens, last + 3);
                last > head && is_untagged(tokens, last + 2) && (!is_article || is_of_work)
            }
            // "Declaration on Building a Peaceful Area".
            "a" | "an" | "the" => last > head && is_gerund(tokens, last),
            _ => false,
        };
        if !goes_on {
            break;
        }
        let end = capitalised_after(tokens, last + 2);
        if end == last + 1 || end - head > LONGEST_SIDE {
            break;
        }
        last = end;
    }
    last
}

fn lower(tokens: &[Token], index: usize) -> String {
    tokens
        .get(index)
        .map_or(String::new(), |token| token.form.to_lowercase())
}

fn is_article(tokens: &[Token], index: usize) -> bool {
    tokens
        .get(index)
        .is_some_and(|token| matches!(token.form.as_str(), "the" | "a" | "an"))
}

fn is_year(token: &Token) -> bool {
    token.form.len() == 4
        && token.form.starts_with(['1', '2'])
        && token.fine_tag == FineTag::Cardinal
}

fn is_gerund(tokens: &[Token], index: usize) -> bool {
    tokens
        .get(index)
        .is_some_and(|token| token.form.ends_with("ing"))
}

/// "Prize in Physics": an award is named after its field.
fn is_award(tokens: &[Token], head: usize) -> bool {
    tokens
        .get(head)
        .is_some_and(|token| matches!(token.form.as_str(), "Prize" | "Award" | "Medal"))
}

/// Whether no name of the model begins at a token, nor a title.
fn is_untagged(tokens: &[Token], index: usize) -> bool {
    tokens.get(index).is_some_and(|token| {
        let is_title = is_in_class(&token.form.to_lowercase(), NounClass::Title);
        !is_title && !matches!(token.name, NameTag::Begin(_))
    })
}

/// The last token of the capitalised words at an index, which articles may precede; the index
/// before it where there are none.
fn capitalised_after(tokens: &[Token], start: usize) -> usize {
    let begin = start + usize::from(is_article(tokens, start));
    let is_part = |token: &Token| {
        token.form.starts_with(char::is_uppercase)
            && token.universal_tag != UniversalTag::Pronoun
            && (token.universal_tag != UniversalTag::Verb || token.form.ends_with("ing"))
            && !is_calendar_word(&token.form)
    };
    // "Committee on Foreign Affairs Ann Lee": a person's name begins a name of its own.
    let begins_person = |token: &Token| token.name == NameTag::Begin(EntityKind::Person);
    let count = tokens
        .iter()
        .skip(begin)
        .enumerate()
        .take_while(|&(place, token)| is_part(token) && (place == 0 || !begins_person(token)))
        .count();
    if count == 0 {
        start.saturating_sub(1)
    } else {
        begin + count - 1
    }
}

/// Whether a capitalised word only modifies the next one ("Summit" in "Summit Hotel").
pub(super) fn is_compound_of_next(tokens: &[Token], index: usize) -> bool {
    let Some(token) = tokens.get(index) else {
        return false;
    };
    matches!(token.relation.universal(), "compound" | "amod" | "nmod")
        && token
            .head
            .is_some_and(|head| head > index && head <= index + 3)
}

/// The end of the run of proper nouns that starts at an index; the index itself where none does.
pub(super) fn run_of_proper_nouns(tokens: &[Token], start: usize) -> usize {
    let is_proper = |token: &Token| {
        token.universal_tag == UniversalTag::ProperNoun
            && token.form.chars().any(char::is_alphanumeric)
    };
    let is_proper_at = |index: usize| tokens.get(index).is_some_and(is_proper);
    let joins = |index: usize, token: &Token| {
        is_joint(token)
            && tokens
                .get(index + 1)
                .is_some_and(|next| is_proper(next) || is_figure(next))
            && touches(tokens, index)
    };
    let joins_parts = |index: usize| {
        tokens
            .get(index - 1)
            .and_then(|token| token.head)
            .is_some_and(|head| joins_modifiers(tokens, index, head) && is_proper_at(index + 1))
    };
    let mut end = start;
    while let Some(token) = tokens.get(end) {
        if is_proper(token) {
            end += 1;
        } else if end > start && (joins(end, token) || joins_parts(end)) {
            end += 2;
        } else {
            break;
        }
    }
    end
}

/// The figures of "COVID-19", "A-380".
fn is_figure(token: &Token) -> bool {
    token.form.len() <= 4 && token.form.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a token stands without spaces between its neighbours.
fn touches(tokens: &[Token], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|i| tokens.get(i));
    match (before, tokens.get(index), tokens.get(index + 1)) {
        (Some(before), Some(token), Some(after)) => {
            before.span.end == token.span.start && token.span.end == after.span.start
        }
        _ => false,
    }
}

/// The token of a span whose head lies outside it.
pub(crate) fn head_of(tokens: &[Token], first: usize, last: usize) -> usize {
    let is_outside = |index: &usize| {
        let head = tokens.get(*index).and_then(|token| token.head);
        head.is_none_or(|head| head < first || head > last)
    };
    let mut outside = (first..=last).filter(is_outside);
    let is_word = |index: &usize| {
        tokens
            .get(*index)
            .is_some_and(|token| token.relation.universal() != "punct")
    };
    outside
        .clone()
        .find(is_word)
        .or_else(|| outside.next())
        .unwrap_or(last)
}

/// Days and months, which are no names.
pub(crate) fn is_calendar_word(word: &str) -> bool {
    is_calendar_name(word)
        || matches!(
            word,
            "Jan." | "Feb." | "Aug." | "Sept." | "Oct." | "Nov." | "Dec."
        )
}
