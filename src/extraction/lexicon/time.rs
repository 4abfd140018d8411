//! Words of time.

use crate::value::calendar::{MONTHS, WEEKDAYS};

/// Nouns of time that no year or date need stand beside: "by the evening" names nobody.
pub(in super::super) fn is_stretch_of_time(lemma: &str) -> bool {
    matches!(
        lemma,
        "morning"
            | "noon"
            | "midday"
            | "afternoon"
            | "evening"
            | "night"
            | "midnight"
            | "dawn"
            | "dusk"
            | "day"
            | "week"
            | "weekend"
            | "month"
            | "year"
            | "decade"
            | "century"
            | "spring"
            | "summer"
            | "autumn"
            | "winter"
            | "time"
            | "deadline"
    )
}

/// Names of days and months, in any case.
pub(in super::super) fn is_calendar_name(word: &str) -> bool {
    let mut names = MONTHS.iter().chain(&WEEKDAYS);
    names.any(|name| name.eq_ignore_ascii_case(word))
}

/// Adverbs of time.
pub(in super::super) fn is_time_adverb(lower: &str) -> bool {
    matches!(
        lower,
        "now"
            | "then"
            | "today"
            | "yesterday"
            | "tomorrow"
            | "tonight"
            | "recently"
            | "earlier"
            | "later"
            | "soon"
            | "ago"
            | "currently"
            | "before"
            | "afterwards"
            | "once"
            | "since"
            | "previously"
            | "formerly"
            | "nowadays"
            | "lately"
            | "immediately"
            | "eventually"
    )
}

/// Nouns that measure how long: "two hours", "some weeks".
pub(in super::super) fn is_measure_of_time(lemma: &str) -> bool {
    matches!(
        lemma,
        "second"
            | "minute"
            | "hour"
            | "day"
            | "night"
            | "week"
            | "weekend"
            | "fortnight"
            | "month"
            | "year"
            | "decade"
            | "century"
            | "generation"
    )
}

/// Prepositions that a measure stands before: "an hour after the vote", "two miles from town".
pub(in super::super) fn measures_from(lower: &str) -> bool {
    matches!(
        lower,
        "after" | "before" | "from" | "behind" | "into" | "ahead" | "prior" | "below" | "above"
    )
}
