//! Times told from another time of the same sentence: "on Tuesday … the following morning", "in May
//! 2019 … a year later", and the year that stands behind a month: "in March next year".

use super::calendar::{self, Unit, shifted};
use super::{Reading, day_of};
use crate::text::document::ValueMention;
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
    let (count, unit) = match words.as_slice() {
        ["following" | "next", part] if is_part_of_day(part) => (1, Unit::Day),
        ["same", part] if is_part_of_day(part) => (0, Unit::Day),
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
            let there = shifted(day_of(known)?, count, unit)?;
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
