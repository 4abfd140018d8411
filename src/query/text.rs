//! Texts as queries compare them: without case and diacritics, by glob, by part.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in lower case and without diacritics.
pub(crate) fn folded(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Borrowed(text)
        };
    }
    Cow::Owned(
        text.nfkd()
            .filter(|&letter| !is_combining_mark(letter))
            .flat_map(char::to_lowercase)
            .collect(),
    )
}

/// Whether a pattern fits all of a text: `*` is any characters, `?` is one. Case does not count.
///
/// The last star alone is tried again, so that the time is at most the product of the lengths
/// (Kirk J. Krauss, "Matching Wildcards", 2008).
pub(crate) fn fits(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    let pattern: Vec<char> = pattern.chars().flat_map(char::to_lowercase).collect();
    let (mut at, mut place) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(place) {
            Some('*') => {
                star = Some((place, at));
                place += 1;
            }
            Some(&letter) if letter == '?' || Some(&letter) == text.get(at) => {
                at += 1;
                place += 1;
            }
            _ => match &mut star {
                Some((star_place, star_at)) => {
                    *star_at += 1;
                    (place, at) = (*star_place + 1, *star_at);
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(place).all(|&letter| letter == '*')
}

/// The small number of edits (insert, delete, replace, swap) that turn one text into another;
/// `None` above a limit.
pub(crate) fn edits(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut current = vec![i + 1];
        for (j, other) in b.iter().enumerate() {
            let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX);
            let replaced = at(&previous, j).saturating_add(usize::from(letter != other));
            let mut best = replaced
                .min(at(&previous, j + 1).saturating_add(1))
                .min(at(&current, j).saturating_add(1));
            let swapped =
                i > 0 && j > 0 && a.get(i - 1) == Some(other) && b.get(j - 1) == Some(letter);
            if swapped {
                best = best.min(at(&before, j - 1).saturating_add(1));
            }
            current.push(best);
        }
        before = std::mem::replace(&mut previous, current);
    }
    previous.last().copied().filter(|&edits| edits <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_fit_the_whole_text() {
        for (text, pattern, expected) in [
            ("Nobel Prize", "nobel*", true),
            ("Nobel Prize", "*prize", true),
            ("Nobel Prize", "n?bel pr*z?", true),
            ("Nobel Prize", "nobel", false),
            ("aaaaaaaaaaaaaaaaaaaaaaab", "*a*a*a*a*a*c", false),
            ("", "*", true),
            ("", "?", false),
        ] {
            assert_eq!(fits(text, pattern), expected, "{text:?} {pattern:?}");
        }
    }

    #[test]
    fn a_swap_is_one_edit() {
        assert_eq!(edits("brithplace", "birthplace", 2), Some(1));
        assert_eq!(edits("win", "winn", 2), Some(1));
        assert_eq!(edits("win", "loose", 2), None);
    }
}
