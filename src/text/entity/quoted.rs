//! Titles between quotation marks: what has capitals throughout is one name.

use super::Name;
use crate::fact::EntityKind;
use crate::text::document::Token;
use crate::text::word_list::WordList;

/// Titles are no longer than this many tokens.
const LONGEST: usize = 12;

/// Makes one name of the names within a quoted title: "Parliaments and the Green Turn".
pub(super) fn join_titles(tokens: &[Token], names: &mut Vec<Name>) {
    let mut open: Option<usize> = None;
    for (place, token) in tokens.iter().enumerate() {
        let is_straight = token.form == "\"";
        let opens = matches!(token.form.as_str(), "“" | "``") || is_straight && open.is_none();
        let closes = matches!(token.form.as_str(), "”" | "''") || is_straight && open.is_some();
        if opens {
            open = Some(place);
        } else if closes && let Some(start) = open.take() {
            join(tokens, names, (start + 1, place));
        }
    }
}

fn join(tokens: &[Token], names: &mut Vec<Name>, (first, end): (usize, usize)) {
    let Some(words) = tokens.get(first..end) else {
        return;
    };
    // "The Silver Mill," said …: the comma is not of the title.
    let is_mark = |token: &Token| !token.form.chars().any(char::is_alphanumeric);
    let length = words
        .iter()
        .rposition(|token| !is_mark(token) || matches!(token.form.as_str(), "?" | "!"))
        .map_or(0, |last| last + 1);
    let words = words.get(..length).unwrap_or(&[]);
    let is_large = |token: &&Token| token.form.starts_with(char::is_uppercase);
    let is_title = (2..=LONGEST).contains(&length)
        && words.first().as_ref().is_some_and(is_large)
        && words.iter().filter(is_large).count() > 1
        && words.iter().all(|token| {
            is_large(&token) || is_mark(token) || is_small(&token.form) || is_number(&token.form)
        });
    let last = first + length.saturating_sub(1);
    let is_within = |name: &Name| first <= name.first && name.last <= last;
    let is_whole = |name: &Name| name.first <= first && last <= name.last;
    if !is_title || !names.iter().any(is_within) || names.iter().any(is_whole) {
        return;
    }
    // "Ann "The Mill" Lee": what goes over the marks stays.
    let crosses = |name: &Name| name.first <= last && first <= name.last && !is_within(name);
    if names.iter().any(crosses) {
        return;
    }
    names.retain(|name| !is_within(name));
    names.push(Name {
        first,
        last,
        kind: EntityKind::Work,
        is_tagged: false,
    });
}

/// The words that titles write small.
fn is_small(form: &str) -> bool {
    static SMALL: WordList =
        WordList::new("of and the in for a an on to with or at from by as 's ’s");
    SMALL.contains(form)
}

fn is_number(form: &str) -> bool {
    form.chars().all(|letter| letter.is_ascii_digit())
}
