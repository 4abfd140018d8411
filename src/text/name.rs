//! Names over a whole document, mended by what its other sentences say.
//!
//! The model reads each sentence alone. A name that it finds several times is looked for where it
//! missed it, and has one kind: the one it is given most. Two places in a row ("Lima Peru") are
//! two names.

mod coordinated;
mod join;

use std::collections::HashMap;

use crate::fact::EntityKind;
use crate::text::document::{AnnotatedDocument, NameTag, Sentence, Token};
use crate::text::entity::{Name, tagged};
use crate::text::lexicon::{is_country, is_place};
use crate::text::tag::UniversalTag;

/// A name is looked for elsewhere once the model has found it so many times.
const FEWEST_FINDINGS: usize = 2;
/// A kind wins over another that has at most so many times fewer findings.
const MAJORITY: usize = 2;
/// Longer names are not looked for, in words.
const LONGEST_NAME: usize = 5;

/// States that follow the name of a town without a comma.
const STATES: [&str; 50] = [
    "alabama",
    "alaska",
    "arizona",
    "arkansas",
    "california",
    "colorado",
    "connecticut",
    "delaware",
    "florida",
    "georgia",
    "hawaii",
    "idaho",
    "illinois",
    "indiana",
    "iowa",
    "kansas",
    "kentucky",
    "louisiana",
    "maine",
    "maryland",
    "massachusetts",
    "michigan",
    "minnesota",
    "mississippi",
    "missouri",
    "montana",
    "nebraska",
    "nevada",
    "new hampshire",
    "new jersey",
    "new mexico",
    "new york",
    "north carolina",
    "north dakota",
    "ohio",
    "oklahoma",
    "oregon",
    "pennsylvania",
    "rhode island",
    "south carolina",
    "south dakota",
    "tennessee",
    "texas",
    "utah",
    "vermont",
    "virginia",
    "washington",
    "west virginia",
    "wisconsin",
    "wyoming",
];
/// The postal codes of the states, and short names of countries, behind a town.
const CODES: &str = "AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO \
    MS MT NC ND NE NH NJ NM NV NY OH OK OR PA RI SC SD TN TX UK USA UT VA VT WA WI WV WY";
/// Names of countries and states that are names of people too.
const AMBIGUOUS: [&str; 9] = [
    "chad",
    "georgia",
    "israel",
    "jordan",
    "virginia",
    "washington",
    "montana",
    "carolina",
    "dakota",
];

/// A name in a sentence: its first and last word and its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    first: usize,
    last: usize,
    kind: EntityKind,
}

/// Mends the name tags of a document.
pub(crate) fn settle(document: &mut AnnotatedDocument) {
    let mut names: Vec<Vec<Found>> = document.sentences.iter().map(found).collect();
    for (sentence, names) in document.sentences.iter().zip(&mut names) {
        *names = names
            .iter()
            .flat_map(|&name| split(&sentence.tokens, name))
            .collect();
        join::join(&sentence.tokens, names);
        coordinated::complete(&sentence.tokens, names);
    }
    unite_kinds(&document.sentences, &mut names);
    spread(&document.sentences, &mut names);
    for (sentence, names) in document.sentences.iter_mut().zip(&names) {
        write(sentence, names);
    }
}

/// The names that the tags of a sentence tell.
fn found(sentence: &Sentence) -> Vec<Found> {
    let names = tagged(&sentence.tokens).into_iter();
    let found = |name: Name| Found {
        first: name.first,
        last: name.last,
        kind: name.kind,
    };
    names.map(found).collect()
}

fn write(sentence: &mut Sentence, names: &[Found]) {
    for token in &mut sentence.tokens {
        token.name = NameTag::Outside;
    }
    for name in names {
        for index in name.first..=name.last {
            if let Some(token) = sentence.tokens.get_mut(index) {
                token.name = match index == name.first {
                    true => NameTag::Begin(name.kind),
                    false => NameTag::Inside(name.kind),
                };
            }
        }
    }
}

/// The words from one to another.
fn written(tokens: &[Token], first: usize, last: usize) -> String {
    forms(tokens, first, (last + 1).saturating_sub(first)).join(" ")
}

/// The words from one to another, in small letters.
fn folded(tokens: &[Token], first: usize, last: usize) -> String {
    written(tokens, first, last).to_lowercase()
}

/// Whether a name is that of a country or a state.
fn is_land(name: &str) -> bool {
    STATES.binary_search(&name.to_lowercase().as_str()).is_ok() || is_country(name)
}

/// "CA", "Ca": the code of a state.
fn is_code(word: &str) -> bool {
    let is_capitalised = word.starts_with(|letter: char| letter.is_ascii_uppercase());
    let is_known = || CODES.split(' ').any(|code| code.eq_ignore_ascii_case(word));
    is_capitalised && word.len() <= 3 && is_known()
}

/// A town and its country or state are two names.
fn split(tokens: &[Token], name: Found) -> Vec<Found> {
    let is_known = |first, last| {
        let text = written(tokens, first, last);
        is_place(&text) || is_land(&text)
    };
    if name.kind == EntityKind::Place && name.first < name.last && !is_known(name.first, name.last)
    {
        for border in name.first + 1..=name.last {
            let land = written(tokens, border, name.last);
            let is_land = is_land(&land) || is_code(&land);
            if is_land && is_known(name.first, border - 1) {
                let (mut town, mut land) = (name, name);
                town.last = border - 1;
                land.first = border;
                return vec![town, land];
            }
        }
    }
    vec![name]
}

/// How often the names of a document have each kind.
#[derive(Default)]
struct Votes([usize; EntityKind::ALL.len()]);

impl Votes {
    fn add(&mut self, kind: EntityKind, count: usize) {
        let place = EntityKind::ALL.iter().position(|known| *known == kind);
        if let Some(votes) = place.and_then(|place| self.0.get_mut(place)) {
            *votes += count;
        }
    }

    /// The kind with most votes, its votes, and those of the next.
    fn winner(&self) -> Option<(EntityKind, usize, usize)> {
        let mut votes: Vec<(usize, EntityKind)> =
            self.0.iter().copied().zip(EntityKind::ALL).collect();
        votes.sort_by_key(|(votes, _)| std::cmp::Reverse(*votes));
        let (most, kind) = *votes.first()?;
        let (next, _) = *votes.get(1)?;
        Some((kind, most, next))
    }
}

/// Gives a name the kind that it has most often in the document.
fn unite_kinds(sentences: &[Sentence], names: &mut [Vec<Found>]) {
    let mut votes: HashMap<String, Votes> = HashMap::new();
    for (sentence, names) in sentences.iter().zip(names.iter()) {
        for name in names {
            let text = folded(&sentence.tokens, name.first, name.last);
            votes.entry(text).or_default().add(name.kind, 1);
        }
    }
    // First and last names of people who are named in full speak for a person too.
    let mut parts: HashMap<String, usize> = HashMap::new();
    for (sentence, names) in sentences.iter().zip(names.iter()) {
        for name in names {
            if name.kind == EntityKind::Person && name.first < name.last {
                for index in [name.first, name.last] {
                    let part = folded(&sentence.tokens, index, index);
                    *parts.entry(part).or_default() += 1;
                }
            }
        }
    }
    for (part, count) in parts {
        if let Some(votes) = votes.get_mut(&part) {
            votes.add(EntityKind::Person, count);
        }
    }
    for (sentence, names) in sentences.iter().zip(names.iter_mut()) {
        for name in names {
            let text = folded(&sentence.tokens, name.first, name.last);
            if let Some((kind, most, next)) = votes.get(&text).and_then(Votes::winner)
                && most >= next * MAJORITY
            {
                name.kind = kind;
            }
            let is_basic = matches!(name.kind, EntityKind::Person | EntityKind::Organization);
            let is_land = || is_land(&written(&sentence.tokens, name.first, name.last));
            if is_basic && !AMBIGUOUS.contains(&text.as_str()) && is_land() {
                name.kind = EntityKind::Place;
            }
        }
    }
}

/// Tags names that the model found elsewhere in the document, written the same.
fn spread(sentences: &[Sentence], names: &mut [Vec<Found>]) {
    let mut counts: HashMap<Vec<&str>, Votes> = HashMap::new();
    for (sentence, names) in sentences.iter().zip(names.iter()) {
        for name in names {
            let words = forms(&sentence.tokens, name.first, name.last - name.first + 1);
            if words.len() <= LONGEST_NAME {
                counts.entry(words).or_default().add(name.kind, 1);
            }
        }
    }
    let mut known: HashMap<&str, Vec<(Vec<&str>, EntityKind)>> = HashMap::new();
    for (words, votes) in counts {
        if let (Some(first), Some((kind, most, _))) = (words.first().copied(), votes.winner())
            && most >= FEWEST_FINDINGS
        {
            known.entry(first).or_default().push((words, kind));
        }
    }
    for candidates in known.values_mut() {
        candidates.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    }
    for (sentence, names) in sentences.iter().zip(names.iter_mut()) {
        add_known(&sentence.tokens, &known, names);
    }
}

fn forms(tokens: &[Token], first: usize, count: usize) -> Vec<&str> {
    let words = tokens.iter().skip(first).take(count);
    words.map(|token| token.form.as_str()).collect()
}

/// Adds the known names of a sentence that stand alone: no part of a longer run of proper nouns.
fn add_known(
    tokens: &[Token],
    known: &HashMap<&str, Vec<(Vec<&str>, EntityKind)>>,
    names: &mut Vec<Found>,
) {
    let mut is_taken = vec![false; tokens.len()];
    for name in names.iter() {
        let own = is_taken.iter_mut().take(name.last + 1).skip(name.first);
        own.for_each(|taken| *taken = true);
    }
    let mut added = false;
    for first in 0..tokens.len() {
        let form = tokens.get(first).map_or("", |token| token.form.as_str());
        for (words, kind) in known.get(form).into_iter().flatten() {
            let last = first + words.len() - 1;
            let is_free = is_taken
                .iter()
                .take(last + 1)
                .skip(first)
                .all(|taken| !taken);
            let is_name = |index: usize| {
                let token = tokens.get(index);
                token.is_some_and(|token| token.universal_tag == UniversalTag::ProperNoun)
            };
            let goes_on = |index: usize| is_name(index) && is_taken.get(index) == Some(&false);
            let is_alone = !first.checked_sub(1).is_some_and(goes_on) && !goes_on(last + 1);
            let is_word = words.len() > 1 || is_name(first);
            if is_free && is_alone && is_word && forms(tokens, first, words.len()) == *words {
                let kind = *kind;
                names.push(Found { first, last, kind });
                let own = is_taken.iter_mut().take(last + 1).skip(first);
                own.for_each(|taken| *taken = true);
                added = true;
                break;
            }
        }
    }
    if added {
        names.sort_by_key(|name| name.first);
    }
}

#[cfg(test)]
mod tests;
