//! Names without case and diacritics, and which names are near to a mistyped one.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name without case, diacritics and doubled spaces.
pub(crate) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut push = |letter: char| {
        if !letter.is_whitespace() {
            folded.push(letter);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    };
    if name.is_ascii() {
        name.chars()
            .for_each(|letter| push(letter.to_ascii_lowercase()));
    } else {
        name.nfkd()
            .filter(|letter| !is_combining_mark(*letter))
            .flat_map(char::to_lowercase)
            .for_each(push);
    }
    while folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// Whether a name is an IRI: those are found exactly and not without case.
pub(crate) fn is_iri(name: &str) -> bool {
    name.split_once(':').is_some_and(|(scheme, rest)| {
        (rest.starts_with("//") || scheme == "urn")
            && !scheme.is_empty()
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// The words of a text, folded: runs of letters and digits.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|letter: char| !letter.is_alphanumeric() && !is_combining_mark(letter))
        .filter(|word| !word.is_empty())
        .map(fold)
}

/// How many letters must be added, taken away, changed or swapped with their neighbour to make
/// one text of the other; `None` where it is more than the limit. (Optimal string alignment.)
pub(crate) fn distance(left: &str, right: &str, limit: usize) -> Option<usize> {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    if left.len().abs_diff(right.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    let at = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX / 2);
    for (i, a) in left.iter().enumerate() {
        let mut row = Vec::with_capacity(last.len());
        row.push(i + 1);
        for (j, b) in right.iter().enumerate() {
            let change = at(&last, j) + usize::from(a != b);
            let mut best = change.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let is_swap =
                i > 0 && j > 0 && left.get(i - 1) == Some(b) && right.get(j - 1) == Some(a);
            if is_swap {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
        }
        if row.iter().all(|&value| value > limit) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|&value| value <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_without_case_marks_and_doubled_spaces() {
        for (name, folded) in [
            ("Łódź", "łodz"),
            ("  Marie   CURIE ", "marie curie"),
            ("Đà Nẵng", "đa nang"),
            ("São Tomé", "sao tome"),
        ] {
            assert_eq!(fold(name), folded);
            assert_eq!(fold(&fold(name)), folded);
        }
    }

    #[test]
    fn an_iri_is_told_from_a_name_with_a_colon() {
        assert!(is_iri("http://example.org/a"));
        assert!(is_iri("urn:isbn:1"));
        assert!(!is_iri("Summit: the first day"));
        assert!(!is_iri("://"));
    }

    #[test]
    fn distance_counts_letters_and_swaps_up_to_the_limit() {
        for (left, right, expected) in [
            ("curie", "curie", Some(0)),
            ("cruie", "curie", Some(1)),
            ("curi", "curie", Some(1)),
            ("", "ab", Some(2)),
            ("warsaw", "vienna", None),
        ] {
            assert_eq!(distance(left, right, 2), expected, "{left} {right}");
        }
    }

    #[test]
    fn words_are_letters_and_digits_without_case() {
        let found: Vec<String> = words("The co-operation of 12 Länder.").collect();
        assert_eq!(found, ["the", "co", "operation", "of", "12", "lander"]);
    }
}
