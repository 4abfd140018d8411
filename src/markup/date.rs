//! Dates as documents carry them: in front matter, in attributes, on a line of their own.

use crate::value::calendar::MONTHS;
use crate::value::{Moment, Time};

/// The number of a month by its name or the beginning of its name.
pub(crate) fn month_of(word: &str) -> Option<u8> {
    let word = word.trim_end_matches('.');
    let matches = |month: &&str| {
        let beginning = month.get(..word.len());
        let is_begun = beginning.is_some_and(|begun| begun.eq_ignore_ascii_case(word));
        is_begun && (matches!(word.len(), 3 | 4) || word.len() == month.len())
    };
    let index = MONTHS.iter().position(matches)?;
    u8::try_from(index + 1).ok()
}

/// Reads a date standing alone: `2021-10-28` (a time of day may follow), `28 October 2021`,
/// `October 28, 2021`, `Thursday, 28 Oct 2021`, `July 18` (the year stays open).
pub(crate) fn read_date(text: &str) -> Option<Time> {
    let text = text.trim();
    let iso = text.get(..10).and_then(|head| head.parse::<Moment>().ok());
    if let Some(moment) = iso.filter(|moment| moment.day.is_some()) {
        let tail = text.get(10..).unwrap_or("");
        let ends = tail.is_empty() || tail.starts_with(['T', ' ', 't']);
        return ends.then_some(Time::At(moment));
    }
    let (mut year, mut month, mut day) = (None, None, None);
    // "08-Jul-2022": hyphens join the parts where the month stands in letters.
    let is_joined = text.contains(char::is_alphabetic);
    let words = text.split(|letter: char| {
        letter.is_whitespace() || matches!(letter, ',' | '|') || is_joined && letter == '-'
    });
    for word in words.filter(|word| !word.is_empty()) {
        let plain = word.trim_end_matches(['.', 't', 'h', 's', 'n', 'd', 'r']);
        let number: Option<i32> = plain.parse().ok();
        match (number, month_of(word)) {
            (Some(value @ 1..=31), _) if day.is_none() && plain.len() <= 2 => {
                day = u8::try_from(value).ok();
            }
            (Some(value @ 1000..=2999), _) if year.is_none() => year = Some(value),
            (None, Some(found)) if month.is_none() => month = Some(found),
            (None, None) if is_date_word(word) => {}
            _ if word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit()) => {}
            _ => return None,
        }
    }
    let moment = Moment {
        year,
        month: Some(month?),
        day: Some(day?),
        second: None,
    };
    // Only days that the calendar has.
    moment.to_string().parse::<Moment>().ok().map(Time::At)
}

/// Words that may stand beside a date.
fn is_date_word(word: &str) -> bool {
    let lower = word.trim_end_matches('.').to_lowercase();
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let is_day = days.iter().any(|day| lower.starts_with(day)) && lower.len() <= 9;
    is_day
        || matches!(
            lower.as_str(),
            "am" | "pm" | "gmt" | "utc" | "at" | "on" | "a.m" | "p.m" | "-" | "–"
        )
}
