//! Names in a sentence: from the model's tags, mended and completed by rule.
//!
//! The model tags persons, organizations and places. Rules split titles from names, complete
//! names that were cut, and add what the model does not know: events, works, other names. Names
//! may lie inside names ("East Asia" in "East Asia Summit").

mod bearer;
mod phrase;
mod quoted;

use crate::fact::EntityKind;
use crate::text::document::{NameTag, Sentence, Token};
use crate::text::lexicon::{NounClass, is_country, is_in_class, is_nationality, is_place};
use crate::text::tag::UniversalTag;

pub(crate) use phrase::{head_of, is_calendar_word, is_name_word};

/// A name in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// The first token.
    pub(crate) first: usize,
    /// The last token.
    pub(crate) last: usize,
    /// What kind of thing it names.
    pub(crate) kind: EntityKind,
    /// Whether the model tagged it, or only a rule found it.
    pub(crate) is_tagged: bool,
}

/// The names of a sentence, ordered by first token, longer ones first.
pub(crate) fn names(sentence: &Sentence) -> Vec<Name> {
    let tokens = &sentence.tokens;
    let mut names = mended_names(tokens);
    add_headed(tokens, &mut names);
    add_rest(tokens, &mut names);
    quoted::join_titles(tokens, &mut names);
    names.sort_by_key(|name| (name.first, std::cmp::Reverse(name.last)));
    names.dedup_by_key(|name| (name.first, name.last));
    names
}

/// The model's names: a begin tag, or an inside tag of another kind, starts one.
pub(super) fn tagged(tokens: &[Token]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let (kind, begins) = match token.name {
            NameTag::Outside => continue,
            NameTag::Begin(kind) => (kind, true),
            NameTag::Inside(kind) => (kind, false),
        };
        match names.last_mut() {
            Some(name) if !begins && name.last + 1 == index && name.kind == kind => {
                name.last = index;
            }
            _ => names.push(Name {
                first: index,
                last: index,
                kind,
                is_tagged: true,
            }),
        }
    }
    names
}

/// The model's names, mended; what one of them took in is no name of its own.
fn mended_names(tokens: &[Token]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for name in tagged(tokens) {
        let Some(mut name) = mended(tokens, name) else {
            continue;
        };
        let bearer = bearer::cut_off(tokens, &mut name);
        let is_taken = |before: &Name| before.first <= name.first && name.last <= before.last;
        if names
            .last()
            .is_some_and(|before| bearer::is_one_person(tokens, before, &name))
        {
            if let Some(before) = names.last_mut() {
                before.last = name.last;
            }
        } else if !names.last().is_some_and(is_taken) {
            names.push(name);
        }
        names.extend(bearer);
    }
    names
}

/// The name without what does not belong to it, and with what was cut off.
fn mended(tokens: &[Token], mut name: Name) -> Option<Name> {
    while name.first < name.last && is_before_name(tokens.get(name.first)?, name.kind) {
        name.first += 1;
    }
    while name.first < name.last && is_after_name(tokens.get(name.last)?) {
        name.last -= 1;
    }
    let first = tokens.get(name.first)?;
    let is_lone = name.first == name.last;
    // "(Rtd)": retired.
    let is_remark = matches!(first.form.as_str(), "Rtd" | "Retd" | "Ret'd" | "Rtd.");
    if is_lone && (is_remark || is_before_name(first, name.kind) || is_after_name(first)) {
        return None;
    }
    // "the Peruvian minister", also where the country is in no gazetteer.
    let modifies = first.relation.universal() == "amod";
    if is_lone
        && first.universal_tag == UniversalTag::Adjective
        && (modifies || is_nationality(&first.form))
    {
        return None;
    }
    phrase::cut(tokens, &mut name);
    phrase::join(tokens, &mut name);
    phrase::complete_body(tokens, &mut name);
    match name.kind {
        EntityKind::Person => extend_person(tokens, &mut name),
        EntityKind::Organization => extend_organization(tokens, &mut name),
        _ => {}
    }
    if phrase::ends_in_mark(tokens, name.last) {
        name.last += 1;
        name.kind = EntityKind::Organization;
    }
    if name.kind != EntityKind::Person {
        phrase::complete(tokens, &mut name.first, &mut name.last);
    }
    end_in_content(tokens, &mut name);
    set_kind(tokens, &mut name);
    Some(name)
}

/// Articles, titles and marks in front of a name.
fn is_before_name(token: &Token, kind: EntityKind) -> bool {
    let lower = token.form.to_lowercase();
    let is_mark = !token.form.chars().any(char::is_alphanumeric);
    let is_article = matches!(
        lower.as_str(),
        "the" | "a" | "an" | "its" | "their" | "his" | "her"
    );
    let is_title = kind == EntityKind::Person && is_in_class(&lower, NounClass::Title);
    // "brewer Orvel": the noun tells what it is.
    let is_trade = token.universal_tag == UniversalTag::Noun
        && lower == token.form
        && [
            NounClass::Person,
            NounClass::Business,
            NounClass::Organization,
        ]
        .into_iter()
        .any(|class| is_in_class(&lower, class))
        || TRADERS.contains(&lower.as_str()) && lower == token.form;
    is_trade || is_mark || is_article || is_title
}

/// Nouns for firms that stand before their names.
const TRADERS: [&str; 12] = [
    "brewer",
    "distributor",
    "consultancy",
    "publisher",
    "operator",
    "developer",
    "producer",
    "supplier",
    "shipowner",
    "brokerage",
    "drugmaker",
    "carmaker",
];

/// Marks behind a name; "Inc." keeps its stop, being one token, and "Wendy's" its ending.
fn is_after_name(token: &Token) -> bool {
    !token.form.chars().any(char::is_alphanumeric)
}

/// "Harvest Without | Hunger": no name ends in a preposition, an article or a conjunction. It goes
/// on with the capitals behind that word, or ends before it.
fn end_in_content(tokens: &[Token], name: &mut Name) {
    let needs_another = |place: usize| {
        tokens.get(place).is_some_and(|token| {
            let lower = token.form.to_lowercase();
            BETWEEN.contains(&lower.as_str())
        })
    };
    if name.first == name.last || !needs_another(name.last) {
        return;
    }
    let is_capital = |place: usize| {
        tokens
            .get(place)
            .is_some_and(|token| token.form.starts_with(char::is_uppercase))
    };
    let is_free = |place: usize| {
        let tag = tokens.get(place).map(|token| token.name);
        tag == Some(NameTag::Outside) && is_capital(place) && !needs_another(place)
    };
    while is_free(name.last + 1) {
        name.last += 1;
    }
    while name.first < name.last && needs_another(name.last) {
        name.last -= 1;
    }
}

/// Words that stand between the words of a name; those that may be particles are left out.
const BETWEEN: [&str; 20] = [
    "of", "for", "at", "by", "with", "without", "from", "to", "into", "among", "between",
    "against", "beyond", "towards", "the", "a", "an", "and", "or", "&",
];

/// Takes in the later parts of a person's name that the model left out.
fn extend_person(tokens: &[Token], name: &mut Name) {
    while let Some(next) = tokens.get(name.last + 1) {
        let joins = next.universal_tag == UniversalTag::ProperNoun
            && next.name == NameTag::Outside
            && matches!(next.relation.universal(), "flat")
            && next
                .head
                .is_some_and(|head| (name.first..=name.last).contains(&head));
        if !joins {
            break;
        }
        name.last += 1;
    }
}

/// "Coastal Defence | Forces": the noun behind a name that says it is an organization's.
fn extend_organization(tokens: &[Token], name: &mut Name) {
    let Some(next) = tokens.get(name.last + 1) else {
        return;
    };
    let is_capital = next.form.starts_with(char::is_uppercase);
    let is_noun = is_in_class(&next.form.to_lowercase(), NounClass::Organization);
    if next.name == NameTag::Outside && is_capital && is_noun {
        name.last += 1;
    }
}

/// Gives a name the kind that its first or last words tell beyond doubt.
fn set_kind(tokens: &[Token], name: &mut Name) {
    let Some(head) = tokens.get(name.last) else {
        return;
    };
    let text = &head.form;
    let is_long_acronym = text.chars().count() >= 4 && text.chars().all(char::is_uppercase);
    let is_known = is_place(text) || is_country(text);
    if name.first == name.last && is_long_acronym && name.kind == EntityKind::Place && !is_known {
        name.kind = EntityKind::Organization;
    }
    // "They left for Lyon": a known place where only a place can stand.
    let before = name
        .first
        .checked_sub(1)
        .and_then(|place| tokens.get(place));
    let is_where = before
        .is_some_and(|word| matches!(word.form.as_str(), "in" | "near" | "to" | "from" | "for"));
    if name.first == name.last && name.kind == EntityKind::Organization && is_where && is_known {
        name.kind = EntityKind::Place;
    }
    if name.kind == EntityKind::Place && phrase::is_institution(tokens, name) {
        name.kind = EntityKind::Organization;
    }
    let lower = text.to_lowercase();
    if name.kind != EntityKind::Person
        && name.first < name.last
        && is_in_class(&lower, NounClass::StrictEvent)
    {
        name.kind = EntityKind::Event;
    }
}

/// Adds the names whose last word tells what they are: "Baltic Sea Summit", "Treaty of Lisbon".
fn add_headed(tokens: &[Token], names: &mut Vec<Name>) {
    for (index, token) in tokens.iter().enumerate() {
        let Some(kind) = headed_kind(tokens, index, token) else {
            continue;
        };
        let (first, last) = phrase::around(tokens, index);
        let is_single = first == last;
        if is_single {
            continue; // "the Summit" is a noun phrase for coreference
        }
        let covered = names.iter().any(|name| {
            name.first <= first && last <= name.last
                || name.kind == EntityKind::Person && name.first <= index && index <= name.last
        });
        if covered {
            continue;
        }
        // A tagged name that is cut is completed; one that lies inside stays beside it.
        if let Some(name) = names
            .iter_mut()
            .find(|name| (name.first..=name.last).contains(&index) && name.kind == kind)
        {
            name.first = name.first.min(first);
            name.last = name.last.max(last);
            continue;
        }
        // What the model cut out of the longer name is no name of its own, unless it is a place.
        names.retain(|name| {
            let is_inside = first <= name.first && name.last <= last;
            !is_inside || name.kind != kind && is_own_name(tokens, name)
        });
        names.push(Name {
            first,
            last,
            kind,
            is_tagged: false,
        });
    }
}

/// Whether a name inside a longer one stands for itself: "Nile" in "Nile Summit", not
/// "Asian Nations".
fn is_own_name(tokens: &[Token], name: &Name) -> bool {
    let words: Vec<&str> = tokens
        .get(name.first..=name.last)
        .unwrap_or(&[])
        .iter()
        .map(|token| token.form.as_str())
        .collect();
    let is_cut = words
        .iter()
        .any(|word| is_nationality(word) || matches!(*word, "and" | "&"));
    name.first == name.last || !is_cut
}

/// The kind of the name that a capitalised word may head.
fn headed_kind(tokens: &[Token], index: usize, token: &Token) -> Option<EntityKind> {
    let is_capital = token.form.starts_with(char::is_uppercase);
    let is_noun = matches!(
        token.universal_tag,
        UniversalTag::ProperNoun | UniversalTag::Noun
    );
    if !is_capital || !is_noun {
        return None;
    }
    let follows = tokens.get(index + 1);
    let goes_on = follows.is_some_and(|next| {
        next.universal_tag == UniversalTag::ProperNoun && next.form.starts_with(char::is_uppercase)
    });
    if goes_on && phrase::is_compound_of_next(tokens, index) {
        return None;
    }
    let lower = token.form.to_lowercase();
    if is_in_class(&lower, NounClass::StrictEvent) || is_in_class(&lower, NounClass::Event) {
        return Some(EntityKind::Event);
    }
    if is_in_class(&lower, NounClass::Organization) {
        return Some(EntityKind::Organization);
    }
    is_in_class(&lower, NounClass::Work).then_some(EntityKind::Work)
}

/// Adds the runs of proper nouns that nothing covers yet.
fn add_rest(tokens: &[Token], names: &mut Vec<Name>) {
    let mut index = 0;
    while index < tokens.len() {
        let end = phrase::run_of_proper_nouns(tokens, index);
        if end == index {
            index += 1;
            continue;
        }
        let (mut first, mut last) = trimmed_run(tokens, index, end - 1);
        index = end;
        if first <= last {
            phrase::complete(tokens, &mut first, &mut last);
        }
        if first == last && phrase::is_one_of_many(tokens, first) {
            continue;
        }
        let is_covered = names
            .iter()
            .any(|name| name.first <= last && first <= name.last);
        if first > last || is_covered {
            continue;
        }
        if let Some(kind) = kind_of_run(tokens.get(first..=last).unwrap_or(&[])) {
            let mut name = Name {
                first,
                last,
                kind,
                is_tagged: false,
            };
            phrase::join(tokens, &mut name);
            if first < last && kind == EntityKind::Other && is_told_with_age(tokens, last) {
                name.kind = EntityKind::Person;
            }
            names.push(name);
        }
    }
}

/// "Ada Reed Hall, 54,": only people are told with their age.
pub(crate) fn is_told_with_age(tokens: &[Token], last: usize) -> bool {
    let form = |place: usize| tokens.get(place).map_or("", |token| token.form.as_str());
    let is_age = form(last + 2)
        .parse::<u32>()
        .is_ok_and(|age| (14..=110).contains(&age));
    form(last + 1) == "," && is_age && matches!(form(last + 3), "," | ".")
}

/// A run without titles in front of it.
fn trimmed_run(tokens: &[Token], mut first: usize, last: usize) -> (usize, usize) {
    let is_title = |token: &Token| is_in_class(&token.form.to_lowercase(), NounClass::Title);
    let is_mark = |token: &Token| !token.form.chars().any(char::is_alphanumeric);
    let is_before = |token: &Token| is_title(token) || is_mark(token);
    while first <= last && tokens.get(first).is_some_and(is_before) {
        first += 1;
    }
    (first, last)
}

/// The model's names after the rules have mended them, as name tags.
pub(crate) fn mended_tags(sentence: &Sentence) -> Vec<NameTag> {
    let mut tags = vec![NameTag::Outside; sentence.tokens.len()];
    for name in mended_names(&sentence.tokens) {
        for (index, tag) in tags
            .iter_mut()
            .enumerate()
            .take(name.last + 1)
            .skip(name.first)
        {
            *tag = match index == name.first {
                true => NameTag::Begin(name.kind),
                false => NameTag::Inside(name.kind),
            };
        }
    }
    tags
}

/// What an untagged run of proper nouns names: a place where the gazetteer says so, else a thing
/// of its own kind. Days, months and nationalities are no names.
fn kind_of_run(run: &[Token]) -> Option<EntityKind> {
    let words: Vec<&str> = run.iter().map(|token| token.form.as_str()).collect();
    let text = words.join(" ");
    let is_time = words.iter().all(|word| phrase::is_calendar_word(word));
    let has_letter = text.chars().any(char::is_alphabetic);
    // "50,000 somar": what is written small throughout is no name.
    let is_small = text.chars().all(|letter| !letter.is_uppercase());
    if is_lone_label(&words) || is_small {
        return None;
    }
    if is_time || !has_letter || text.chars().count() < 2 || is_nationality(&text) {
        return None;
    }
    if is_country(&text) || words.len() <= 3 && is_place(&text) {
        return Some(EntityKind::Place);
    }
    Some(EntityKind::Other)
}

/// A single word that numbers, dates or titles something, but names nothing by itself.
fn is_lone_label(words: &[&str]) -> bool {
    const LABELS: [&str; 29] = [
        "Holiness",
        "Excellency",
        "Honour",
        "Eminence",
        "Rtd",
        "Retd",
        "Magnitude",
        "al.",
        "al",
        "BC",
        "BCE",
        "AD",
        "CE",
        "Figure",
        "Fig.",
        "Table",
        "Section",
        "Chapter",
        "Image",
        "Photo",
        "Source",
        "Note",
        "Page",
        "No.",
        "Nos.",
        "Part",
        "Article",
        "Mr",
        "Ms",
    ];
    let [only] = words else {
        return false;
    };
    let lower = only.to_lowercase();
    let singular = lower.strip_suffix('s').unwrap_or(&lower);
    let is_class = |class| is_in_class(singular, class) || is_in_class(&lower, class);
    LABELS.contains(only) || is_class(NounClass::Person) || is_class(NounClass::Title)
}

#[cfg(test)]
mod tests;
