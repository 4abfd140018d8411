//! Names without case and diacritics.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::key;
use crate::error::Result;

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

/// The name a name was merged into, at the end of the chain that `get` reads; the name itself
/// where it was not merged.
pub(super) fn survivor(
    name: &str,
    get: impl Fn(&[u8]) -> Result<Option<Arc<[u8]>>>,
) -> Result<String> {
    /// A chain cannot be longer: it would be a circle.
    const CHAIN_MAX: usize = 64;
    let mut name = name.to_owned();
    for _ in 0..CHAIN_MAX {
        match get(&key::merged(&name))? {
            Some(next) => name = String::from_utf8_lossy(&next).into_owned(),
            None => break,
        }
    }
    Ok(name)
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
    fn words_are_letters_and_digits_without_case() {
        let found: Vec<String> = words("The co-operation of 12 Länder.").collect();
        assert_eq!(found, ["the", "co", "operation", "of", "12", "lander"]);
    }
}
