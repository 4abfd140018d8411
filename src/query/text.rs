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
}
