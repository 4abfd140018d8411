//! Times told from another time of the same sentence: "on Tuesday … the following morning", "in May
//! 2019 … a year later", and the year that stands behind a month: "in March next year".

use super::calendar::{self, Unit, shifted};
use super::{Reading, day_of};
use crate::text::document::{Sentence, SentenceKind, ValueMention};
use crate::text::tag::UniversalTag;
use crate::value::{Moment, Time, Value};

/// Gives the times of a sentence that have no value the one that the time before them lends.
pub(super) fn anchor(reading: &Reading<'_>, found: &mut Vec<ValueMention>) {
    years_behind_months(found);
    for place in 1..found.len() {
        let (before, rest) = found.split_at_mut(place);
        let known = before.iter().rev().find_map(|mention| match mention.value {
            Some(Value::Time(time)) => Some(time),
            _ => None,
        });
        if let (Some(known), Some(mention)) = (known, rest.first_mut())
            && mention.value.is_none()
        {
            mention.value = told_from(reading, mention, known).map(Value::Time);
        }
    }
}

/// "in March next year", "on 3 May last year": the year of the month before it.
fn years_behind_months(found: &mut Vec<ValueMention>) {
    let mut place = 1;
    while place < found.len() {
        let pair = found.get(place - 1).zip(found.get(place));
        let joined = pair.and_then(|(month, year)| {
            let Some(Value::Time(Time::At(first))) = month.value else {
                return None;
            };
            let Some(Value::Time(Time::At(second))) = year.value else {
                return None;
            };
            let is_bare = first.month.is_some() && first.year.is_none();
            let is_year = second.month.is_none() && second.year.is_some();
            let gap = year.first.checked_sub(month.last + 1)?;
            (is_bare && is_year && gap <= 1).then_some((
                year.last,
                Moment {
                    year: second.year,
                    ..first
                },
            ))
        });
        match (joined, found.get_mut(place - 1)) {
            (Some((last, moment)), Some(month)) => {
                month.last = last;
                month.value = Some(Value::Time(Time::At(moment)));
                found.remove(place);
            }
            _ => place += 1,
        }
    }
}

/// What a time without a value is, counted from a known one.
fn told_from(reading: &Reading<'_>, mention: &ValueMention, known: Time) -> Option<Time> {
    let words: Vec<&str> = (mention.first..=mention.last)
        .map(|token| reading.word(token))
        .filter(|word| !matches!(*word, "the" | "on" | "in" | "by"))
        .collect();
    let words: &[&str] = match words.as_slice() {
        ["earlier" | "later", rest @ ..] => rest,
        all => all,
    };
    if let [.., "year"] = words
        && let Some(found) = month_of_year(reading, mention, known)
    {
        return Some(found);
    }
    if matches!(words, ["then" | "that"]) {
        return Some(known);
    }
    let (count, unit) = match words {
        ["day"] => (0, Unit::Day),
        ["week"] => return day_of_exact(known).and_then(calendar::week),
        ["month"] => (0, Unit::Month),
        ["year"] => (0, Unit::Year),
        ["that" | "same", part] if is_part_of_day(part) => (0, Unit::Day),
        ["that" | "same", "week"] => return day_of_exact(known).and_then(calendar::week),
        ["that" | "same", "month"] => (0, Unit::Month),
        ["that", "year"] => (0, Unit::Year),
        ["following" | "next", "month"] => (1, Unit::Month),
        ["following" | "next", part] if is_part_of_day(part) => (1, Unit::Day),
        ["previous", part] | [part, "before"] if is_part_of_day(part) => (-1, Unit::Day),
        ["following", "year"] => (1, Unit::Year),
        ["same", "year"] => (0, Unit::Year),
        ["previous", "year"] | ["year", "before"] => (-1, Unit::Year),
        [.., unit, direction @ ("earlier" | "later" | "before")] => {
            let (_, count) = reading.count(mention.first)?;
            let sign = if *direction == "later" { 1 } else { -1 };
            (count.checked_mul(sign)?, Unit::named(unit)?)
        }
        _ => return None,
    };
    away(known, count, unit)
}

/// "August of that year", "3 May the same year": the month with the year of the known time.
fn month_of_year(reading: &Reading<'_>, mention: &ValueMention, known: Time) -> Option<Time> {
    let Time::At(Moment { year: Some(_), .. }) = known else {
        return None;
    };
    let places = || mention.first..=mention.last;
    let month = places().find_map(|place| calendar::month_number(reading.word(place)))?;
    let day = places().find_map(|place| reading.day_number(place));
    let Time::At(known) = known else {
        return None;
    };
    Some(Time::At(Moment {
        year: known.year,
        month: Some(month),
        day,
        second: None,
    }))
}

/// The day of a time that tells one.
fn day_of_exact(known: Time) -> Option<jiff::civil::Date> {
    match known {
        Time::At(Moment { day: Some(_), .. }) => day_of(known),
        _ => None,
    }
}

/// A time is told from one at most so many sentences before: farther back, a text has gone on.
const FARTHEST: usize = 2;

/// Gives times that point back, "that day", "two years later", what the sentences before tell.
/// Where these tell several days, nobody knows which is meant.
pub(crate) fn across(sentences: &[Sentence], values: &mut [ValueMention]) {
    for place in 0..values.len() {
        let (before, rest) = values.split_at_mut(place);
        let Some(mention) = rest.first_mut() else {
            continue;
        };
        let is_open = mention.kind == "time" && mention.value.is_none();
        let Some(sentence) = sentences.get(mention.sentence).filter(|_| is_open) else {
            continue;
        };
        let reading = Reading::new(sentence, None);
        if let Some(found) = told_before(&reading, mention, before, sentences) {
            mention.value = Some(Value::Time(found));
        }
    }
}

/// What a time means from the nearest sentence that tells one, where all that it tells agree.
fn told_before(
    reading: &Reading<'_>,
    mention: &ValueMention,
    before: &[ValueMention],
    sentences: &[Sentence],
) -> Option<Time> {
    let from = mention.sentence.saturating_sub(FARTHEST);
    for number in (from..mention.sentence).rev() {
        if sentences.get(number)?.kind != SentenceKind::Body {
            return None;
        }
        let told = before.iter().filter(|other| other.sentence == number);
        let mut told = told.filter_map(|other| match other.value {
            Some(Value::Time(time)) => Some(time),
            _ => None,
        });
        let Some(first) = told.next() else {
            continue;
        };
        let found = told_from(reading, mention, first)?;
        let agree = told.all(|other| told_from(reading, mention, other) == Some(found));
        return agree.then_some(found);
    }
    None
}

fn is_part_of_day(word: &str) -> bool {
    matches!(word, "day" | "morning" | "afternoon" | "evening" | "night")
}

/// The time so many units from a known one, where that is as precise as the unit.
fn away(known: Time, count: i64, unit: Unit) -> Option<Time> {
    let Time::At(moment) = known else {
        return None;
    };
    match unit {
        Unit::Day | Unit::Week => {
            let there = shifted(day_of_exact(known)?, count, unit)?;
            Some(Time::At(calendar::day(there)))
        }
        Unit::Month => {
            let first = Moment {
                day: Some(1),
                ..moment
            };
            let there = shifted(day_of(Time::At(first))?, count, unit)?;
            Some(Time::At(calendar::month(there)))
        }
        Unit::Year | Unit::Decade if moment.year.is_some() => {
            let years = if unit == Unit::Decade { 10 } else { 1 };
            let count = i32::try_from(count.checked_mul(years)?).ok()?;
            let year = moment.year?.checked_add(count)?;
            Some(Time::At(Moment::year(year)))
        }
        _ => None,
    }
}

impl Reading<'_> {
    /// "the week before", "the night before" with nothing behind it: before the time told last.
    pub(super) fn time_before(&self, index: usize) -> Option<super::Found> {
        let place = index + 1;
        let is_time = self.word(index) == "the"
            && (is_part_of_day(self.word(place))
                || matches!(self.word(place), "week" | "month" | "year"));
        let ends = self.token(place + 2).is_none_or(|token| {
            matches!(
                token.universal_tag,
                UniversalTag::Punctuation
                    | UniversalTag::CoordinatingConjunction
                    | UniversalTag::SubordinatingConjunction
            )
        });
        (is_time && self.word(place + 1) == "before" && ends).then_some((place + 1, None))
    }
}
