//! Datelines ("PARIS, March 3 (AP) —"), agency endings ("— AP") and dates in metadata.

use std::borrow::Cow;

use crate::markup::{month_of, read_date};
use crate::text::document::{Metadata, SentenceKind};
use crate::text::layout::{Layout, note_published};
use crate::text::lexicon::{is_country, is_place};
use crate::value::Time;

/// A dateline stands within so many body paragraphs of the start, and is at most so long.
const FIRST_PARAGRAPHS: usize = 3;
const LONGEST_DATELINE: usize = 90;
/// The separators between dateline and text; a hyphen needs its spaces.
const SEPARATORS: [&str; 5] = [" — ", " – ", " -- ", " - ", "— "];

/// Parts dateline and agency ending from the body and notes them in the metadata.
pub(super) fn take(layout: &mut Layout) {
    let is_text = |kind: SentenceKind| matches!(kind, SentenceKind::Body | SentenceKind::Caption);
    let bodies = layout.paragraphs.iter().enumerate();
    let bodies = bodies.filter(|(_, paragraph)| is_text(paragraph.kind));
    let found = bodies
        .take(FIRST_PARAGRAPHS)
        .find_map(|(index, paragraph)| {
            let line = layout.text.get(paragraph.range.clone()).unwrap_or("");
            let end = dateline(line, &mut layout.metadata)?;
            Some((index, paragraph.range.start + end, paragraph.kind))
        });
    if let Some((index, place, kind)) = found {
        layout.split(index, place, SentenceKind::Furniture, kind);
    }
    take_later(layout);
    let mut paragraphs = layout.paragraphs.iter();
    let last = paragraphs.rposition(|paragraph| paragraph.kind == SentenceKind::Body);
    let last = last.and_then(|index| Some((index, layout.paragraphs.get(index)?.range.clone())));
    if let Some((index, range)) = last
        && let Some((end, agency)) = ending(layout.text.get(range.clone()).unwrap_or(""))
    {
        layout.metadata.agency.get_or_insert(agency);
        let (body, furniture) = (SentenceKind::Body, SentenceKind::Furniture);
        layout.split(index, range.start + end, body, furniture);
    }
}

/// Parts the datelines of further pieces from their text: a page of briefs has one for each. They
/// stand in capitals before a dash, and say nothing of the whole document.
fn take_later(layout: &mut Layout) {
    for index in (0..layout.paragraphs.len()).rev() {
        let Some(paragraph) = layout.paragraphs.get(index) else {
            continue;
        };
        let (start, kind) = (paragraph.range.start, paragraph.kind);
        let line = layout.text.get(paragraph.range.clone()).unwrap_or("");
        let is_upper = separated(line).is_some_and(|(end, _)| {
            let head = line.get(..end).unwrap_or("");
            let place = head.split([',', '(']).next().unwrap_or("");
            place
                .chars()
                .filter(|letter| letter.is_alphabetic())
                .count()
                >= 3
                && !place.chars().any(char::is_lowercase)
        });
        if kind != SentenceKind::Body || !is_upper {
            continue;
        }
        if let Some(end) = dateline(line, &mut Metadata::default()) {
            layout.split(index, start + end, SentenceKind::Furniture, kind);
        }
    }
}

/// Reads a dateline at the start of a line; returns where the text begins.
fn dateline(line: &str, metadata: &mut Metadata) -> Option<usize> {
    let window_end = line
        .char_indices()
        .nth(LONGEST_DATELINE)
        .map_or(line.len(), |(place, _)| place);
    let window = line.get(..window_end)?;
    let (head_end, body_start) = wired(window)
        .or_else(|| touching(window))
        .or_else(|| separated(window))
        .or_else(|| slashed(window))?;
    let head = line.get(..head_end)?;
    let parts = head_parts(&head.replacen("--(", " (", 1))?;
    if parts.place.is_none() && parts.agency.is_none() {
        return None;
    }
    // "Ireland — which voted no — left": capitals, an agency or a date make a dateline sure, or a
    // place with its country in front of a dash that nothing closes.
    let is_known = is_located(head) && is_only_dash(line, head_end);
    let is_sure = parts.is_upper || parts.agency.is_some() || parts.date.is_some() || is_known;
    let body_starts_large = line
        .get(body_start..)?
        .trim_start_matches(['“', '"', '‘', '\''])
        .starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric());
    if !is_sure || !body_starts_large {
        return None;
    }
    if let Some(place) = parts.place {
        metadata.place.get_or_insert(title_case(&place));
    }
    if let Some(agency) = parts.agency {
        metadata.agency.get_or_insert(agency);
    }
    if let Some(Time::At(moment)) = parts.date
        && moment.year.is_some()
    {
        note_published(metadata, parts.date);
    }
    Some(body_start)
}

/// "Oslo, Norway", "Geneva", "Nairobi/Rome": known places, or one whose country is told.
fn is_located(head: &str) -> bool {
    let head = with_country(head);
    let mut parts = head.split(',').map(str::trim);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(places), None, None) => places
            .split('/')
            .all(|place| is_place(place.trim()) && !is_country(place.trim())),
        (Some(_), Some(country), None) => is_country(country) || is_place(country),
        _ => false,
    }
}

/// Whether no other dash stands in the sentence that a dash at a place may open.
fn is_only_dash(line: &str, place: usize) -> bool {
    let sentence = line.get(place..).unwrap_or("");
    let end = sentence.find(". ").unwrap_or(sentence.len());
    let sentence = sentence.get(..end).unwrap_or("");
    let spaced = SEPARATORS.iter().take(3);
    spaced
        .map(|&mark| sentence.matches(mark).count())
        .sum::<usize>()
        == 1
}

/// Reads a dateline on a line of its own: "Brno, 17 October 2019", "PARIS, March 3, 2020 (AP) —".
/// Whether it is one: a place and a whole date, and nothing else.
pub(super) fn is_dateline(line: &str, metadata: &mut Metadata) -> bool {
    if line.chars().count() > LONGEST_DATELINE {
        return false;
    }
    let head = line.trim_end_matches([' ', '—', '–', '-', ':', '.']);
    let Some(parts) = head_parts(head) else {
        return false;
    };
    let (Some(place), Some(Time::At(moment))) = (parts.place, parts.date) else {
        return false;
    };
    if moment.year.is_none() {
        return false;
    }
    metadata.place.get_or_insert(title_case(&place));
    if let Some(agency) = parts.agency {
        metadata.agency.get_or_insert(agency);
    }
    note_published(metadata, parts.date);
    true
}

/// "VELMOR CITY—Heavy rain …": a dash without spaces behind capitals alone.
fn touching(window: &str) -> Option<(usize, usize)> {
    let (place, dash) = window
        .char_indices()
        .find(|(_, letter)| matches!(letter, '—' | '–'))?;
    let head = window.get(..place)?;
    let body = window.get(place + dash.len_utf8()..)?;
    let letters = head.chars().filter(|letter| letter.is_alphabetic());
    let is_upper = letters.clone().count() >= 3
        && head
            .split([',', '('])
            .next()?
            .chars()
            .all(|letter| !letter.is_lowercase());
    let touches = !head.ends_with(' ') && body.starts_with(|letter: char| letter.is_alphanumeric());
    (is_upper && touches).then(|| (place, place + dash.len_utf8()))
}

/// "MILTON--(BUSINESS WIRE)--Orvel Group …": dashes on both sides of an agency in brackets.
fn wired(window: &str) -> Option<(usize, usize)> {
    let open = window.find("--(")?;
    let close = open + window.get(open..)?.find(")--")? + 1;
    (open > 0).then_some((close, close + 2))
}

/// Head and body around the first separator.
fn separated(window: &str) -> Option<(usize, usize)> {
    SEPARATORS
        .iter()
        .filter_map(|mark| window.find(mark).map(|place| (place, place + mark.len())))
        .min()
}

/// "MOSCOW, July 18. /TASS/. Text", "PARIS (AP): Text".
fn slashed(window: &str) -> Option<(usize, usize)> {
    let open = window.find(" /")?;
    let close = window.get(open + 2..)?.find('/')? + open + 3;
    let rest = window.get(close..)?;
    let body = rest.trim_start_matches(['.', ':', ' ', '-', '–', '—']);
    Some((close, close + rest.len() - body.len()))
}

/// What a dateline's head says.
struct Head {
    place: Option<String>,
    is_upper: bool,
    agency: Option<String>,
    date: Option<Time>,
}

/// "Oslo (Norway), May 4" as "Oslo, Norway, May 4"; what else stands in brackets stays there.
fn with_country(head: &str) -> Cow<'_, str> {
    let bracketed = head.split_once(" (").and_then(|(place, rest)| {
        let (inside, behind) = rest.split_once(')')?;
        is_country(inside).then(|| format!("{place}, {inside}{behind}"))
    });
    bracketed.map_or(Cow::Borrowed(head), Cow::Owned)
}

/// Takes a head apart; `None` where it is none.
fn head_parts(head: &str) -> Option<Head> {
    let head = with_country(head);
    let mut rest = head.trim().trim_end_matches(['.', ':', ',']);
    let mut agency = None;
    let mut bracketed = None;
    for (open, close) in [('(', ')'), ('/', '/')] {
        if let Some(start) = rest.find(open)
            && let Some(inside) = rest.get(start + 1..)?.strip_suffix(close)
        {
            // "Lund (4 May 2020) --".
            if let Some(day) = read_date(inside) {
                bracketed = Some(day);
            } else {
                agency = is_agency(inside).then(|| inside.to_owned());
                agency.as_ref()?;
            }
            rest = rest.get(..start)?.trim_end_matches(['.', ',', ' ']);
        }
    }
    let mut places: Vec<&str> = Vec::new();
    let mut date_words: Vec<&str> = Vec::new();
    for part in rest
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let first = part.split_whitespace().next().unwrap_or("");
        let is_date = month_of(first).is_some() || part.starts_with(|c: char| c.is_ascii_digit());
        if is_date || !date_words.is_empty() {
            date_words.push(part);
        } else {
            places.push(part);
        }
    }
    let date = read_date(&date_words.join(" "));
    if !date_words.is_empty() && date.is_none() {
        return None;
    }
    // "ROME / GENEVA": the first of the places.
    let place_words = places.iter().flat_map(|place| place.split([' ', '/']));
    let place_words: Vec<&str> = place_words.filter(|word| !word.is_empty()).collect();
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    if place_words.len() > 6 || !place_words.iter().all(is_capital) {
        return None;
    }
    let first = places.first().copied().unwrap_or("");
    let first = first.split(" / ").next().unwrap_or(first).trim();
    let letters: Vec<char> = first
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .collect();
    Some(Head {
        place: (!first.is_empty()).then(|| first.to_owned()),
        is_upper: letters.len() >= 3 && letters.iter().all(|letter| letter.is_uppercase()),
        agency,
        date: date.or(bracketed),
    })
}

/// Whether a text in brackets can be an agency: "AP", "Reuters", "VNA/VNS".
fn is_agency(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let letters = text
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, '/' | '-' | ' ' | '.'));
    (1..=3).contains(&words) && letters && text.starts_with(char::is_uppercase)
}

/// "… talks. — VNS": where the text ends, and the agency in capitals behind it.
fn ending(line: &str) -> Option<(usize, String)> {
    let trimmed = line.trim_end_matches(['.', ' ']);
    let start = trimmed
        .rfind(|letter: char| !(letter.is_alphabetic() || letter == '/'))
        .map_or(0, |place| {
            place + trimmed.get(place..).map_or(1, first_length)
        });
    let name = trimmed.get(start..)?.trim_matches('/');
    let before = trimmed.get(..start)?.trim_end();
    let text = before.trim_end_matches(['—', '–', '-', '/']).trim_end();
    let has_dash = text.len() < before.len() || trimmed.get(start..)?.starts_with('/');
    let ends = text.is_empty() || text.ends_with(['.', '!', '?', '”', '"', '’']);
    let is_name = (2..=12).contains(&name.chars().count())
        && name
            .chars()
            .all(|letter| letter.is_uppercase() || letter == '/')
        || name == "Reuters";
    (has_dash && ends && is_name).then(|| (text.len(), name.to_owned()))
}

fn first_length(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

/// "HÀ NỘI" as "Hà Nội".
fn title_case(place: &str) -> String {
    if place.chars().any(char::is_lowercase) {
        return place.to_owned();
    }
    let mut starts = true;
    place
        .chars()
        .flat_map(|letter| {
            let shown: Vec<char> = if starts {
                vec![letter]
            } else {
                letter.to_lowercase().collect()
            };
            starts = !letter.is_alphabetic();
            shown
        })
        .collect()
}
